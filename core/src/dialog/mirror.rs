//! The talk mirrored to the team: a note for every message of either side, in every mode (C20).

use super::effect::EffectKind;
use super::event::{EventKind, Message};
use super::run::Run;

impl Run<'_> {
    /// Notes the message that came, then the replies of this step. The key of a note is that of its effect, so a turn
    /// that is sent again is the same note.
    pub(super) fn mirror(&mut self, event: Option<&EventKind>) {
        let Some(mirror) = &self.definition().mirror else { return };
        let came = match event {
            Some(EventKind::Message(message)) => Some(("client", None, self.written(message))),
            Some(EventKind::Operator(operator)) => {
                operator.text.clone().map(|text| ("operator", operator.who.as_deref(), text))
            }
            _ => None,
        };
        let mut notes: Vec<String> =
            came.map(|(side, who, text)| self.note(side, who, &text)).into_iter().collect();
        for effect in &self.effects {
            if let EffectKind::Reply(reply) = &effect.kind {
                let titles: Vec<&str> = reply.buttons().iter().map(|b| b.title.as_str()).collect();
                notes.push(self.note("bot", None, &with_marks(reply.text(), &titles)));
            }
        }
        for text in notes {
            self.effect(EffectKind::Note { to: mirror.to.clone(), text });
        }
    }

    /// `Клиент: Сколько стоит чистка?` in the words of the team.
    fn note(&self, side: &str, who: Option<&str>, text: &str) -> String {
        let definition = self.definition();
        let side = definition.sentence(side, definition.languages.team());
        let name = who.map(|who| format!(" {who}")).unwrap_or_default();
        format!("{side}{name}: {text}")
    }

    /// What the client wrote, pressed and sent.
    fn written(&self, message: &Message) -> String {
        let pressed = message.button.as_deref().map(|id| self.pressed().map_or(id, |b| &b.title));
        let sent = message.attachments.iter().map(|a| a.reference.as_deref().unwrap_or(&a.kind));
        let marks: Vec<&str> = pressed.into_iter().chain(sent).collect();
        with_marks(message.text.as_deref().unwrap_or_default(), &marks)
    }
}

/// A text with what stands under it in brackets: `Когда вам удобно? [Завтра] [В пятницу]`.
fn with_marks(text: &str, marks: &[&str]) -> String {
    let marks = marks.iter().map(|mark| format!(" [{mark}]")).collect::<String>();
    format!("{text}{marks}").trim_start().to_string()
}
