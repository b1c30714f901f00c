//! Word lists: entries that match nothing, that repeat another, that stop a question of the FAQ.

use super::Scene;
use super::compare::{Compare, plain};
use super::endings::finish;
use super::triggers::{Trigger, triggers};
use crate::definition::{Condition, Place, WordsRef, walk};
use crate::document::Cursor;
use crate::error::Code;
use std::collections::BTreeMap;

/// The author's lists, in place or not, by the name the lexicon has for them.
type Lists<'a> = BTreeMap<String, (Cursor<'a>, &'a [String])>;

pub(super) fn check(scene: &Scene<'_>) {
    let lists = own_lists(scene);
    let compare = Compare::new(&scene.bot.lexicon);
    for (name, (at, words)) in &lists {
        let Some(number) = scene.bot.lexicon.list_number(name) else { continue };
        let mut first = BTreeMap::new();
        words.iter().enumerate().for_each(|(place, word)| {
            first.entry(word.as_str()).or_insert(place);
        });
        for (place, word) in words.iter().enumerate().filter(|(_, word)| !word.starts_with('@')) {
            if scene.bot.lexicon.entries_in(&scene.bot.lexicon.read(plain(word), &[])).next().is_none() {
                let message = format!("`{word}` holds no word, so no message has it");
                at.nth(place).warn(Code::WordMatchesNothing, message);
            } else if let Some(other) = repeats(&compare, &first, (place, word), number) {
                at.nth(place).warn(Code::WordRepeated, format!("`{other}` stands for `{word}` too"));
            }
        }
    }
    too_broad(scene, &lists);
}

fn own_lists<'a>(scene: &Scene<'a>) -> Lists<'a> {
    let section = scene.root.down("words");
    let named = scene.definition.words.iter();
    let mut lists: Lists<'a> =
        named.filter_map(|(name, w)| Some((name.clone(), (section.find(name)?, w.as_slice())))).collect();
    for found in &scene.conditions {
        walk(found.condition, &found.at, &mut |condition, at| {
            if let Condition::Words { words: list @ WordsRef::Inline(words), .. } = condition {
                lists.insert(crate::bot::list_name(list), (at.down("words"), words));
            }
        });
    }
    lists
}

/// The entry of the same list that leaves this one nothing to say: itself, or `слово` beside `=слово`. Forms of one word
/// beside each other do no harm: authors list them to be sure.
fn repeats(
    compare: &Compare<'_>,
    first: &BTreeMap<&str, usize>,
    (place, word): (usize, &str),
    list: usize,
) -> Option<String> {
    if first.get(word).is_some_and(|first| *first < place) {
        return Some(word.to_string());
    }
    let is_exact = |entry: &str| entry.starts_with('=') && !entry.ends_with('*');
    let met = if is_exact(word) { compare.meets(word, list) } else { Vec::new() };
    met.into_iter().find(|other| !is_exact(other) && first.contains_key(other.as_str()))
}

/// R115: a word that ends the dialog, wherever it stands, and that clients ask the FAQ with.
fn too_broad(scene: &Scene<'_>, lists: &Lists<'_>) {
    let lexicon = &scene.bot.lexicon;
    let mut stops: BTreeMap<usize, (String, &str, &Cursor<'_>)> = BTreeMap::new();
    for found in &scene.conditions {
        let Place::Rule(rule) = found.of else { continue };
        if finish(&rule.actions).is_none() {
            continue;
        }
        for trigger in triggers(found.condition) {
            if let Trigger::Words { list, whole: false } = trigger.by
                && let Some(number) = lexicon.list_number(&list)
            {
                stops.entry(number).or_insert((list, &rule.name, &found.at));
            }
        }
    }
    if stops.is_empty() {
        return;
    }
    let mut told = BTreeMap::new();
    for answer in scene.bot.knowledge.answers() {
        for question in &answer.ask {
            let reading = lexicon.read(question, &[]);
            for (word, in_lists, _) in lexicon.entries_in(&reading) {
                for (list, rule, at) in
                    stops.iter().filter(|(n, _)| in_lists.contains(n)).map(|(_, stop)| stop)
                {
                    told.entry((list, word.to_string())).or_insert((rule, at, question, &answer.place));
                }
            }
        }
    }
    for ((list, word), (rule, at, question, row)) in told {
        let message = format!(
            "`{word}` ends the dialog by the rule `{rule}` and stands in the question `{question}` ({row}), which \
             would never be answered. write a phrase, or `match: whole`"
        );
        // A word of another list, or of a preset, stands where the rule names it.
        let own =
            lists.get(list).and_then(|(at, words)| Some(at.nth(words.iter().position(|w| *w == word)?)));
        own.unwrap_or(**at).warn(Code::WordTooBroad, message);
    }
}
