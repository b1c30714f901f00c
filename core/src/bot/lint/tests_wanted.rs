//! Dialog tests that are not there yet (R089). A definition without any is not asked for them.

use super::Scene;
use crate::bot::words::{ANGRY, PROFANITY};
use crate::definition::{Action, DialogTest, FieldKind, Place, TestStep};
use crate::error::Code;
use std::collections::BTreeSet;

/// Dialogs that a bot is tried with before it goes to people.
const ENOUGH: usize = 10;

pub(super) fn check(scene: &Scene<'_>) {
    let tests = &scene.definition.tests;
    if tests.is_empty() {
        return;
    }
    let at = scene.root.down("tests");
    if tests.len() < ENOUGH {
        let message =
            format!("{} dialog tests; {ENOUGH} are the least before a bot goes to people", tests.len());
        at.warn(Code::TestsFew, message);
    }
    let orders = scene.definition.fields.iter().filter(|f| f.kind == FieldKind::Order);
    let questions: BTreeSet<&str> = orders.flat_map(|f| &f.ask).flat_map(|t| t.all()).collect();
    let unclear = Unclear::of(scene);
    let kinds = [
        ("an angry client", true, tests.iter().any(|t| is_angry(scene, t))),
        ("an unclear request", unclear.is_possible(), tests.iter().any(|t| unclear.is_shown(t))),
        (
            "a client without an order number",
            !questions.is_empty(),
            tests.iter().any(|t| expects(t, "say", &questions)),
        ),
    ];
    let missing: Vec<&str> =
        kinds.iter().filter(|(_, due, there)| *due && !there).map(|(kind, ..)| *kind).collect();
    if !missing.is_empty() {
        at.warn(Code::TestsKinds, format!("no dialog test shows {}", missing.join(", or ")));
    }
}

fn is_angry(scene: &Scene<'_>, test: &DialogTest) -> bool {
    let lexicon = &scene.bot.lexicon;
    test.steps.iter().any(|step| {
        let TestStep::Client(text) = step else { return false };
        let reading = lexicon.read(text, &[]);
        reading.shouts() || [ANGRY, PROFANITY].iter().any(|list| lexicon.contains(list, &reading))
    })
}

/// What is said, and why a human is called, where nothing fits.
#[derive(Default)]
struct Unclear<'a> {
    texts: BTreeSet<&'a str>,
    reasons: BTreeSet<&'a str>,
}

impl<'a> Unclear<'a> {
    fn of(scene: &Scene<'a>) -> Self {
        let mut unclear = Self::default();
        for (list, _, action) in scene.actions() {
            match action {
                _ if !matches!(list.of, Place::Unknown | Place::Unsure(_)) => {}
                Action::Say(say) => unclear.texts.extend(say.text.all()),
                Action::Handoff { reason, .. } => {
                    unclear.reasons.insert(reason);
                }
                _ => {}
            }
        }
        unclear
    }

    fn is_possible(&self) -> bool {
        !self.texts.is_empty() || !self.reasons.is_empty()
    }

    fn is_shown(&self, test: &DialogTest) -> bool {
        expects(test, "say", &self.texts) || expects(test, "handoff", &self.reasons)
    }
}

fn expects(test: &DialogTest, key: &str, values: &BTreeSet<&str>) -> bool {
    test.steps.iter().any(|step| {
        let TestStep::Expect(effects) = step else { return false };
        effects
            .iter()
            .flat_map(|e| &e.keys)
            .any(|(name, value)| name == key && value.as_str().is_some_and(|text| values.contains(text)))
    })
}
