//! Which conditions hold wherever others do, and which words of two lists meet.

use crate::bot::list_name;
use crate::bot::words::{Lexicon, PROFANITY};
use crate::definition::{Condition, Test, WordsRef};
use crate::limits;
use std::cell::Cell;

/// Compares, as long as there is fuel: pairs of a large definition are too many to look at each.
pub(super) struct Compare<'l> {
    lexicon: &'l Lexicon,
    fuel: Cell<usize>,
}

impl<'l> Compare<'l> {
    pub(super) fn new(lexicon: &'l Lexicon) -> Self {
        Self { lexicon, fuel: Cell::new(limits::LINT_COMPARISONS) }
    }

    /// Whether there is fuel for one more comparison.
    pub(super) fn goes_on(&self) -> bool {
        let left = self.fuel.get().checked_sub(1);
        self.fuel.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether `wide` surely holds wherever `narrow` does. False where it cannot be told.
    pub(super) fn implies(&self, narrow: &Condition, wide: &Condition) -> bool {
        if !self.goes_on() {
            return false;
        }
        if narrow == wide {
            return true;
        }
        match (narrow, wide) {
            (Condition::Any(inner), _) => inner.iter().all(|c| self.implies(c, wide)),
            (_, Condition::All(inner)) => inner.iter().all(|c| self.implies(narrow, c)),
            (_, Condition::Any(inner)) if inner.iter().any(|c| self.implies(narrow, c)) => true,
            // Several `has` of one `all` hold when one of them is new, so none of them says that it is.
            (Condition::All(inner), _) => {
                let fields = inner.iter().filter(|c| matches!(c, Condition::Has(_))).count();
                let tells = |c: &&Condition| fields < 2 || !matches!(c, Condition::Has(_));
                inner.iter().filter(tells).any(|c| self.implies(c, wide))
            }
            (Condition::Not(narrow), Condition::Not(wide)) => self.implies(wide, narrow),
            (Condition::Words { words: few, whole: only }, Condition::Words { words: many, whole }) => {
                (!whole || *only) && self.holds_all(many, few)
            }
            (Condition::Status(few), Condition::Status(many))
            | (Condition::Language(few), Condition::Language(many))
            | (Condition::Channel(few), Condition::Channel(many))
            | (Condition::Audience(few), Condition::Audience(many)) => few.iter().all(|n| many.contains(n)),
            (Condition::Attachment(_), Condition::Attachment(any)) => any == "any",
            (Condition::Field { name, tests }, Condition::Field { name: other, tests: fewer }) => {
                name == other && fewer.iter().all(|test| implied(tests, test))
            }
            (
                Condition::Data { source, name, key, tests },
                Condition::Data { source: from, name: other, key: wanted, tests: fewer },
            ) => {
                let same = source == from && name == other;
                same && (wanted.is_none() || key == wanted) && fewer.iter().all(|test| implied(tests, test))
            }
            _ => false,
        }
    }

    /// Whether every entry of one list is met by the other.
    fn holds_all(&self, many: &WordsRef, few: &WordsRef) -> bool {
        let (many, few) = (list_name(many), list_name(few));
        if many == few {
            return true;
        }
        let Some(many) = self.lexicon.list_number(&many) else { return false };
        let mut entries = self.lexicon.entries(&few).peekable();
        let whole = |entry: &str, met: &String| entry.starts_with('=') || !met.starts_with('=');
        entries.peek().is_some()
            && entries.all(|entry| self.meets(entry, many).iter().any(|met| whole(entry, met)))
    }

    /// The entries of a list that an entry, typed by a client, meets with all its words.
    pub(super) fn meets(&self, entry: &str, list: usize) -> Vec<String> {
        if !self.goes_on() {
            return Vec::new();
        }
        let reading = self.lexicon.read(plain(entry), &[]);
        let met = self.lexicon.entries_in(&reading);
        met.filter(|(_, lists, covers)| *covers && lists.contains(&list)).map(|m| m.0.to_string()).collect()
    }

    /// An entry of one list that, typed by a client, meets the other too, whatever stands beside.
    pub(super) fn both_in(&self, one: &str, other: &str) -> Option<String> {
        let from = |one: &str, other: &str| {
            let other = self.lexicon.list_number(other)?;
            let meets = |entry: &&str| {
                let reading = self.lexicon.read(plain(entry), &[]);
                self.goes_on()
                    && self.lexicon.entries_in(&reading).any(|(_, lists, _)| lists.contains(&other))
            };
            self.lexicon.entries(one).find(meets).map(str::to_string)
        };
        from(one, other).or_else(|| from(other, one))
    }

    /// A word that two lists have in common, for a message; swear words are not repeated.
    pub(super) fn common(&self, one: &str, other: &str) -> Option<String> {
        let from = |one: &str, other: &str| {
            let other = self.lexicon.list_number(other)?;
            self.lexicon.entries(one).find(|entry| !self.meets(entry, other).is_empty()).map(str::to_string)
        };
        let word = from(one, other).or_else(|| from(other, one))?;
        let swears = self.lexicon.entries(PROFANITY).any(|entry| entry == word);
        Some(if swears { "a word of `@profanity`".to_string() } else { format!("`{word}`") })
    }
}

/// An entry as a client would type it.
pub(super) fn plain(entry: &str) -> &str {
    entry.trim_start_matches('=').trim_end_matches('*')
}

/// Whether one of the tests says at least as much.
fn implied(tests: &[Test], wanted: &Test) -> bool {
    tests.iter().any(|test| match (test, wanted) {
        (Test::Is(few), Test::Is(many)) => few.iter().all(|l| many.contains(l)),
        _ => test == wanted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn words(words: &[&str], whole: bool) -> Condition {
        Condition::Words { words: WordsRef::Inline(words.iter().map(|w| w.to_string()).collect()), whole }
    }

    fn lexicon(conditions: &[&Condition]) -> Lexicon {
        let mut lists = BTreeMap::new();
        for condition in conditions {
            condition.walk(&mut |c| {
                if let Condition::Words { words: WordsRef::Inline(words), .. } = c {
                    lists.insert(list_name(&WordsRef::Inline(words.clone())), words.clone());
                }
            });
        }
        Lexicon::new(&lists)
    }

    #[test]
    fn a_condition_implies_what_is_wider() {
        let has = |field: &str| Condition::Has(field.to_string());
        let (dogs, pets) = (words(&["собак"], false), words(&["собака", "кошка"], false));
        let whole = words(&["собака"], true);
        let both = Condition::All(vec![has("phone"), has("name")]);
        let outside = Condition::All(vec![has("phone"), Condition::Flow(None)]);
        let either = Condition::Any(vec![has("phone"), dogs.clone()]);
        let lexicon = lexicon(&[&dogs, &pets, &whole]);
        let compare = Compare::new(&lexicon);
        for (narrow, wide, implied) in [
            (&dogs, &pets, true),
            (&pets, &dogs, false),
            (&whole, &dogs, true),
            (&dogs, &whole, false),
            (&outside, &has("phone"), true),
            (&has("phone"), &outside, false),
            (&both, &has("phone"), false),
            (&has("phone"), &either, true),
            (&either, &has("phone"), false),
        ] {
            assert_eq!(compare.implies(narrow, wide), implied, "{narrow:?} => {wide:?}");
        }
    }

    #[test]
    fn nested_conditions_burn_no_more_than_the_fuel() {
        let mut deep = words(&["а"], false);
        for depth in 0..40 {
            let twice = vec![deep.clone(), Condition::Has(format!("f{depth}"))];
            deep = if depth % 2 == 0 { Condition::All(twice) } else { Condition::Any(twice) };
        }
        let other = Condition::Not(Box::new(deep.clone()));
        let lexicon = lexicon(&[&deep]);
        let compare = Compare::new(&lexicon);
        assert!(!compare.implies(&deep, &other));
    }
}
