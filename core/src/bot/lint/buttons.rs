//! Buttons that nothing reacts to: the client presses, and the bot says nothing.

use super::Scene;
use crate::definition::{Action, Button, Condition, FieldKind};
use crate::document::Cursor;
use crate::error::Code;
use crate::extract::answer;
use std::collections::BTreeSet;

pub(super) fn check(scene: &Scene<'_>) {
    let handled = Handled::of(scene);
    let each = |at: Cursor<'_>, buttons: &[Button]| {
        for (place, button) in buttons.iter().enumerate().filter(|(_, b)| !handled.has(b)) {
            at.down("buttons").nth(place).warn(Code::ButtonUnhandled, unhandled(&button.id));
        }
    };
    for (_, at, action) in scene.actions() {
        match action {
            Action::Say(say) => each(at, &say.buttons),
            Action::Remind(remind) => each(at, &remind.say.buttons),
            _ => {}
        }
    }
    for (row, answer) in scene.bot.knowledge.answers().iter().enumerate() {
        for button in answer.buttons.iter().filter(|b| !handled.has(b)) {
            scene.warn_row(row, "buttons", Code::ButtonUnhandled, unhandled(&button.id));
        }
    }
}

fn unhandled(id: &str) -> String {
    format!("no rule, flow or reaction has `button: {id}`, so a press does nothing")
}

/// What a press may meet: a condition, or the question that is open.
struct Handled<'a> {
    names: BTreeSet<&'a str>,
    yes_no: bool,
    optional: bool,
}

impl<'a> Handled<'a> {
    fn of(scene: &Scene<'a>) -> Self {
        let mut names = BTreeSet::new();
        for found in &scene.conditions {
            found.condition.walk(&mut |c| {
                if let Condition::Button(name) = c {
                    names.insert(name.as_str());
                }
            });
        }
        let fields = &scene.definition.fields;
        for option in fields.iter().flat_map(|f| &f.options) {
            names.insert(&option.id);
        }
        let yes_no = fields.iter().any(|f| f.kind == FieldKind::YesNo);
        Self { names, yes_no, optional: fields.iter().any(|f| f.optional) }
    }

    fn has(&self, button: &Button) -> bool {
        let mut titles = button.title.all();
        self.names.contains(button.id.as_str())
            || titles.any(|title| {
                self.names.contains(title)
                    || self.yes_no && answer::yes_no(title).is_some()
                    || self.optional && answer::skip(title)
            })
    }
}
