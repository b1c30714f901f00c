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
    let questions: BTreeSet<&str> = orders.clone().flat_map(|f| &f.ask).flat_map(|t| t.all()).collect();
    let kinds = [
        ("an angry client", true, tests.iter().any(|t| is_angry(scene, t))),
        ("an unclear request", gives_up(scene), tests.iter().any(|t| is_unclear(scene, t))),
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

/// Whether the definition has a safe way out at all.
fn gives_up(scene: &Scene<'_>) -> bool {
    scene.lists.iter().any(|l| matches!(l.of, Place::Unknown | Place::Unsure(_)) && !l.actions.is_empty())
}

/// Whether a test expects what is done where nothing fits.
fn is_unclear(scene: &Scene<'_>, test: &DialogTest) -> bool {
    let (mut texts, mut reasons) = (BTreeSet::new(), BTreeSet::new());
    for list in scene.lists.iter().filter(|l| matches!(l.of, Place::Unknown | Place::Unsure(_))) {
        for action in list.actions {
            match action {
                Action::Say(say) => texts.extend(say.text.all()),
                Action::Handoff { reason, .. } => {
                    reasons.insert(reason.as_str());
                }
                _ => {}
            }
        }
    }
    expects(test, "say", &texts) || expects(test, "handoff", &reasons)
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
