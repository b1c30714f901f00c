//! The host's side: results that come in time, late, twice, out of order, or never.

use crate::support::Random;
use frontdesk::dialog::{EffectKind, EffectResult, EventKind, Turn};
use serde_json::{Value as Json, json};

/// What the bot asked for and the host has not answered, and what it answered before.
#[derive(Default)]
pub(crate) struct Network {
    open: Vec<(String, &'static str)>,
    answered: Vec<EffectResult>,
}

impl Network {
    pub(crate) fn sees(&mut self, turn: &Turn) {
        for effect in &turn.effects {
            match &effect.kind {
                EffectKind::Request { what, .. } => self.open.push((effect.key.clone(), what)),
                EffectKind::CreateLead(_) | EffectKind::UpdateLead(_) => {
                    self.open.push((effect.key.clone(), "lead"));
                }
                _ => {}
            }
        }
    }

    /// A result: of any request that is open, or once more of one that is not; nothing where it is lost.
    pub(crate) fn delivers(&mut self, random: &mut Random) -> Option<EventKind> {
        if self.open.is_empty() || random.below(10) == 0 {
            let again = self.answered.get(random.below(self.answered.len().max(1)))?;
            return Some(EventKind::Result(again.clone()));
        }
        let (effect, what) = self.open.remove(random.below(self.open.len()));
        if random.below(8) == 0 {
            return None;
        }
        let ok = random.below(6) != 0;
        let data = Some(data(what, random)).filter(|_| ok || random.below(2) == 0);
        let error = (!ok).then(|| "503".to_string());
        let result = EffectResult { effect, target: None, ok, data, error };
        self.answered.push(result.clone());
        Some(EventKind::Result(result))
    }
}

fn data(what: &str, random: &mut Random) -> Json {
    match what {
        "slots" => {
            let slot = |n: usize| {
                let (month, day, hour) = (1 + random_month(n), 1 + (n * 7) % 27, 9 + n % 9);
                json!({"id": format!("s{n}"), "start": format!("2027-{month:02}-{day:02}T{hour:02}:00:00Z")})
            };
            json!({"slots": (0..random.below(4)).map(slot).collect::<Vec<_>>()})
        }
        "book" => json!({"taken": random.below(5) == 0}),
        "order" => {
            let status = *random.pick(&["in_transit", "delayed", "delivered", "damaged", "unknown"]);
            let verified = random.below(3) != 0;
            json!({"status": status, "eta": "2027-01-15", "amount": 1_000 * random.below(100), "verified": verified})
        }
        "quote" => json!({"amount": 1_000 * random.below(500), "text": "Смета на работы"}),
        "payment_link" => json!({"url": "https://pay.example/1"}),
        "approval" => json!({"approved": random.below(3) != 0, "who": "Ольга"}),
        "translation" => json!({"text": "Переклад"}),
        "match" => json!({"id": null}),
        _ => json!({"id": "42"}),
    }
}

fn random_month(n: usize) -> usize {
    (n * 5) % 12
}
