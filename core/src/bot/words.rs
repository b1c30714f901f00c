//! Word lists: a listed word stands for all its forms, strictly, on word boundaries.
//!
//! Forms are worked out when a definition is compiled; a message is matched by looking up each of its folded
//! words, so the cost does not grow with the lists.

use crate::document::packed;
use crate::extract::answer::is_answer_word;
use crate::text::fold::cyrillic_look_alike;
use crate::text::forms::expand;
use crate::text::{Lang, Span, TokenKind, fold_word, tokens};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher};

/// Other words allowed between two neighbours of a phrase.
const PHRASE_GAP: usize = 2;

/// The list of courtesy words, which never make a message more than a courtesy.
pub const COURTESY: &str = "courtesy";
/// The list of words that end a turn and ask for nothing: «подумаю», «жду», «не надо».
pub const ACKNOWLEDGEMENT: &str = "acknowledgement";
/// The list of greetings and «как дела».
pub const GREETING: &str = "greeting";
/// The list behind `mood: angry`.
pub const ANGRY: &str = "angry";
/// The list of swear words.
pub const PROFANITY: &str = "profanity";

const BUILT_IN: &[(&str, &str)] = &[
    (COURTESY, include_str!("lists/courtesy.txt")),
    (ACKNOWLEDGEMENT, include_str!("lists/acknowledgement.txt")),
    (GREETING, include_str!("lists/greeting.txt")),
    (ANGRY, include_str!("lists/angry.txt")),
    (PROFANITY, include_str!("lists/profanity.txt")),
];

/// Whether every bot has a list of this name.
pub(super) fn is_built_in(name: &str) -> bool {
    BUILT_IN.iter().any(|(known, _)| *known == name)
}

/// Compiled word lists.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub(super) lists: BTreeMap<String, usize>,
    pub(super) entries: Vec<Entry>,
    /// Patterns that a folded word meets.
    pub(super) forms: HashMap<Box<str>, Vec<u32>, BuildHasherDefault<DefaultHasher>>,
    /// Beginnings, sorted, with their pattern.
    pub(super) beginnings: Vec<(Box<str>, u32)>,
    /// Entries by the pattern they start with.
    starts: BTreeMap<u32, Vec<u32>>,
    /// Patterns by their spelling, while lists are compiled.
    patterns: BTreeMap<String, u32>,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) written: String,
    pub(super) lists: BTreeSet<usize>,
    pub(super) patterns: Vec<u32>,
}

packed!(Entry { written, lists, patterns });

/// An entry of a list, found in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'l> {
    /// The entry as the author wrote it.
    pub word: &'l str,
    /// From its first to its last word.
    pub span: Span,
}

/// A message as word lists see it.
#[derive(Debug, Clone)]
pub struct Reading<'t> {
    words: Vec<Word<'t>>,
    matches: Vec<Match>,
    /// Whether a word or a number is left to see.
    pub has_words: bool,
    text: &'t str,
}

#[derive(Debug, Clone)]
struct Word<'t> {
    text: &'t str,
    span: Span,
    emoji: bool,
}

#[derive(Debug, Clone)]
struct Match {
    entry: u32,
    /// Indices of the words that the entry covers.
    words: Vec<usize>,
}

impl Lexicon {
    /// Compiles the author's lists beside the built-in ones; an own list of a built-in name adds to it.
    pub fn new(lists: &BTreeMap<String, Vec<String>>) -> Self {
        let mut lexicon = Self::default();
        lexicon.add_built_in();
        for (name, words) in lists {
            lexicon.add_list(name, words, lists);
        }
        lexicon.beginnings.sort();
        lexicon
    }

    /// One list alone, without the built-in ones; entries `@other` are nothing there.
    pub fn single(name: &str, words: &[String]) -> Self {
        let mut lexicon = Self::default();
        lexicon.add_list(name, words, &BTreeMap::new());
        lexicon.beginnings.sort();
        lexicon
    }

    fn add_built_in(&mut self) {
        for (name, text) in BUILT_IN {
            let words = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
            let list = self.list(name);
            words.for_each(|word| self.add(list, word));
        }
    }

    fn add_list(&mut self, name: &str, words: &[String], all: &BTreeMap<String, Vec<String>>) {
        let list = self.list(name);
        let mut open: Vec<&[String]> = vec![words];
        let mut included = BTreeSet::new();
        while let Some(words) = open.pop() {
            for word in words {
                match word.strip_prefix('@') {
                    Some(other) if included.insert(other) => {
                        open.extend(all.get(other).map(Vec::as_slice));
                        self.include_built_in(other, list);
                    }
                    Some(_) => {}
                    None => self.add(list, word),
                }
            }
        }
    }

    fn include_built_in(&mut self, name: &str, list: usize) {
        if let Some(&from) = self.lists.get(name).filter(|_| is_built_in(name)) {
            self.entries.iter_mut().filter(|e| e.lists.contains(&from)).for_each(|e| {
                e.lists.insert(list);
            });
        }
    }

    fn list(&mut self, name: &str) -> usize {
        let next = self.lists.len();
        *self.lists.entry(name.to_string()).or_insert(next)
    }

    fn add(&mut self, list: usize, written: &str) {
        if let Some(entry) = self.entries.iter_mut().find(|e| e.written == written) {
            entry.lists.insert(list);
            return;
        }
        let (exact, phrase) = written.strip_prefix('=').map_or((false, written), |rest| (true, rest));
        let patterns: Vec<u32> = visible(phrase, &[])
            .map(|word| {
                let beginning = phrase.get(word.span.end..).is_some_and(|rest| rest.starts_with('*'));
                self.pattern(word.text, exact, beginning)
            })
            .collect();
        if !patterns.is_empty() {
            self.push(Entry { written: written.to_string(), lists: BTreeSet::from([list]), patterns });
        }
    }

    /// Adds an entry whose patterns are known.
    pub(super) fn push(&mut self, entry: Entry) {
        let Some(&first) = entry.patterns.first() else { return };
        let number = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(entry);
        self.starts.entry(first).or_default().push(number);
    }

    fn pattern(&mut self, word: &str, exact: bool, beginning: bool) -> u32 {
        let folded = fold_word(word);
        let key = format!(
            "{}{folded}",
            if beginning {
                "*"
            } else if exact {
                "="
            } else {
                "~"
            }
        );
        if let Some(&pattern) = self.patterns.get(&key) {
            return pattern;
        }
        let pattern = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        self.patterns.insert(key, pattern);
        if beginning {
            self.beginnings.push((folded.into_boxed_str(), pattern));
        } else {
            let forms = if exact { vec![folded] } else { expand(&folded) };
            for form in forms {
                self.forms.entry(form.into_boxed_str()).or_default().push(pattern);
            }
        }
        pattern
    }

    /// Reads a message; words inside the hidden spans are not there.
    pub fn read<'t>(&self, text: &'t str, hidden: &[Span]) -> Reading<'t> {
        let words: Vec<Word<'t>> = visible(text, hidden).collect();
        let met: Vec<Vec<u32>> = words.iter().map(|word| self.met(word)).collect();
        let mut matches = Vec::new();
        for (at, patterns) in met.iter().enumerate() {
            for entry in patterns.iter().filter_map(|p| self.starts.get(p)).flatten() {
                if let Some(words) = self.phrase(*entry, at, &met) {
                    matches.push(Match { entry: *entry, words });
                }
            }
        }
        Reading { has_words: words.iter().any(|w| !w.emoji), words, matches, text }
    }

    fn met(&self, word: &Word<'_>) -> Vec<u32> {
        let folded = fold_word(word.text);
        let mut met = self.forms.get(folded.as_str()).cloned().unwrap_or_default();
        if met.is_empty()
            && let Some(disguised) = as_cyrillic(&folded)
        {
            met = self.forms.get(disguised.as_str()).cloned().unwrap_or_default();
        }
        // The beginnings of a word sort before it; walking back ends where the first letter differs.
        let upto = self.beginnings.partition_point(|(beginning, _)| **beginning <= *folded);
        let first = folded.chars().next();
        for (beginning, pattern) in self.beginnings.iter().take(upto).rev() {
            if beginning.chars().next() != first {
                break;
            }
            if folded.starts_with(&**beginning) {
                met.push(*pattern);
            }
        }
        met
    }

    fn phrase(&self, entry: u32, start: usize, met: &[Vec<u32>]) -> Option<Vec<usize>> {
        let patterns = &self.entries.get(entry as usize)?.patterns;
        let mut words = vec![start];
        let mut at = start;
        for pattern in patterns.iter().skip(1) {
            let near = met.iter().enumerate().skip(at + 1).take(PHRASE_GAP + 1);
            at = near.into_iter().find(|(_, met)| met.contains(pattern))?.0;
            words.push(at);
        }
        Some(words)
    }

    /// The hits of a list in a message, in the order of the text.
    pub fn hits<'l>(&'l self, list: &str, reading: &Reading<'_>) -> Vec<Hit<'l>> {
        let Some(list) = self.lists.get(list) else { return Vec::new() };
        let mut hits: Vec<Hit<'l>> =
            reading.matches.iter().filter_map(|m| self.hit(*list, m, reading)).collect();
        hits.sort_by_key(|hit| hit.span);
        hits
    }

    fn hit<'l>(&'l self, list: usize, found: &Match, reading: &Reading<'_>) -> Option<Hit<'l>> {
        let entry = self.entries.get(found.entry as usize).filter(|e| e.lists.contains(&list))?;
        let place = |at: Option<&usize>| at.and_then(|at| reading.words.get(*at)).map(|w| w.span);
        let (first, last) = (place(found.words.first())?, place(found.words.last())?);
        Some(Hit { word: &entry.written, span: Span::new(first.start, last.end) })
    }

    /// The entries of a list as they were written, those of the lists it includes too.
    pub(crate) fn entries(&self, list: &str) -> impl Iterator<Item = &str> {
        let list = self.lists.get(list).copied();
        let of_list = move |e: &&Entry| list.is_some_and(|list| e.lists.contains(&list));
        self.entries.iter().filter(of_list).map(|e| e.written.as_str())
    }

    /// The entries that a text meets; with each the lists it stands in, and whether it covers every word.
    pub(crate) fn entries_in<'r>(
        &'r self,
        reading: &'r Reading<'_>,
    ) -> impl Iterator<Item = (&'r str, &'r BTreeSet<usize>, bool)> {
        reading.matches.iter().filter_map(|found| {
            let entry = self.entries.get(found.entry as usize)?;
            Some((entry.written.as_str(), &entry.lists, found.words.len() == reading.words.len()))
        })
    }

    /// The number of a list in [`Lexicon::entries_in`].
    pub(crate) fn list_number(&self, list: &str) -> Option<usize> {
        self.lists.get(list).copied()
    }

    /// Whether the message contains an entry of the list.
    pub fn contains(&self, list: &str, reading: &Reading<'_>) -> bool {
        self.lists.get(list).is_some_and(|list| self.matched(&[*list], reading).next().is_some())
    }

    /// Whether the message holds an entry of one of the lists and else only courtesy, emoji and punctuation.
    pub fn whole(&self, lists: &[&str], reading: &Reading<'_>) -> bool {
        let wanted: Vec<usize> = lists.iter().filter_map(|name| self.lists.get(*name)).copied().collect();
        if self.matched(&wanted, reading).next().is_none() {
            return false;
        }
        let courtesy: Vec<usize> = wanted.iter().chain(self.lists.get(COURTESY)).copied().collect();
        self.uncovered(&courtesy, reading).next().is_none()
    }

    /// Whether one of the lists occurs and the rest says nothing of its own: `values` that were read out of the
    /// message, and words such as «на», «мне», «пожалуйста».
    pub fn nothing_beside(&self, lists: &[&str], reading: &Reading<'_>, values: &[Span]) -> bool {
        let wanted: Vec<usize> = lists.iter().filter_map(|name| self.lists.get(*name)).copied().collect();
        let says_nothing =
            |word: &Word<'_>| word.says_nothing() || values.iter().any(|value| value.overlaps(word.span));
        self.matched(&wanted, reading).next().is_some() && self.uncovered(&wanted, reading).all(says_nothing)
    }

    /// Whether the message holds nothing but courtesy, emoji and punctuation.
    pub fn only_courtesy(&self, reading: &Reading<'_>) -> bool {
        self.only(&[COURTESY], reading)
    }

    /// Whether the message, courtesy apart, only acknowledges: «спасибо, подумаю», and asks nothing by its sign.
    pub fn only_acknowledges(&self, reading: &Reading<'_>) -> bool {
        !reading.text.contains('?') && self.only(&[COURTESY, ACKNOWLEDGEMENT], reading)
    }

    /// Whether the lists cover every word of the message.
    fn only(&self, lists: &[&str], reading: &Reading<'_>) -> bool {
        let lists: Vec<usize> = lists.iter().filter_map(|name| self.lists.get(*name)).copied().collect();
        self.uncovered(&lists, reading).next().is_none()
    }

    /// The only one of the lists that has an entry with every word of the message, in whatever order; light words
    /// need not be in it, but for those that deny. None for a message of light words that are in no entry.
    pub fn only_holder<'l>(&self, lists: &[&'l str], reading: &Reading<'_>) -> Option<&'l str> {
        let said = reading.words.iter().filter(|word| !word.emoji);
        let said: Vec<(Vec<u32>, bool)> = said.map(|word| (self.met(word), word.may_be_left_out())).collect();
        // «и», «на» alone say nothing.
        let long = |word: &Word<'_>| word.text.chars().count() > 2;
        if !reading.words.iter().any(long) {
            return None;
        }
        let holds = |list: &str, light: bool| {
            let counted = || said.iter().filter(|(_, left_out)| light || !left_out);
            let number = self.lists.get(list);
            let mut entries = self.entries.iter().filter(|e| number.is_some_and(|n| e.lists.contains(n)));
            let holds = |e: &Entry| counted().all(|(met, _)| e.patterns.iter().any(|p| met.contains(p)));
            counted().next().is_some() && entries.any(holds)
        };
        [true, false].into_iter().find_map(|light| {
            let mut holders = lists.iter().filter(|list| holds(list, light));
            holders.next().filter(|_| holders.next().is_none()).copied()
        })
    }

    /// The words, emoji apart, that no entry of these lists covers.
    fn uncovered<'r>(&self, lists: &[usize], reading: &'r Reading<'_>) -> impl Iterator<Item = &'r Word<'r>> {
        let covered: BTreeSet<usize> =
            self.matched(lists, reading).flat_map(|found| found.words.iter().copied()).collect();
        let words = reading.words.iter().enumerate();
        words.filter(move |(at, word)| !word.emoji && !covered.contains(at)).map(|(_, word)| word)
    }

    fn matched<'r>(&self, lists: &[usize], reading: &'r Reading<'_>) -> impl Iterator<Item = &'r Match> {
        reading.matches.iter().filter(move |found| {
            let entry = self.entries.get(found.entry as usize);
            entry.is_some_and(|e| lists.iter().any(|list| e.lists.contains(list)))
        })
    }
}

impl Word<'_> {
    /// A word that carries grammar or politeness, and a number that was left over.
    fn says_nothing(&self) -> bool {
        let folded = fold_word(self.text);
        let is = |test: fn(Lang, &str) -> bool| Lang::ALL.into_iter().any(|lang| test(lang, &folded));
        is(Lang::is_light) && !is(Lang::is_asking) || folded.bytes().all(|b| b.is_ascii_digit())
    }
}

impl Word<'_> {
    /// A word of grammar, politeness or choosing that an option need not have; what denies is no such word.
    fn may_be_left_out(&self) -> bool {
        const DENYING: &[&str] = &["не", "ні", "ни", "нет", "нема", "немає", "без", "not", "no", "without"];
        const CHOOSING: &[&str] =
            &["лучше", "краще", "нужен", "нужна", "нужны", "потрібен", "потрібна", "выбираю"];
        let folded = fold_word(self.text);
        let choosing = CHOOSING.contains(&folded.as_str()) || is_answer_word(&folded);
        !DENYING.contains(&folded.as_str()) && (self.says_nothing() || choosing)
    }
}

impl Reading<'_> {
    /// Whether what is left of the message, beside the values read out of it, says nothing of its own.
    pub fn says_nothing(&self) -> bool {
        self.words.iter().all(Word::says_nothing)
    }

    /// Whether the message shouts: `!!!`, or two words of four letters and more in capitals.
    pub fn shouts(&self) -> bool {
        let capitals = |word: &&Word<'_>| {
            let letters = word.text.chars().filter(|c| c.is_alphabetic());
            letters.clone().count() >= 4 && letters.clone().all(char::is_uppercase)
        };
        self.text.contains("!!!") || self.words.iter().filter(capitals).take(2).count() == 2
    }
}

/// A word of Latin letters that all look Cyrillic, as the Cyrillic word it may be a disguise of: `XAMCTBO`. Shorter
/// words are too often English.
fn as_cyrillic(folded: &str) -> Option<String> {
    const SHORTEST: usize = 4;
    let read = |c: char| match cyrillic_look_alike(c) {
        cyrillic if cyrillic != c => Some(cyrillic),
        _ => None,
    };
    (folded.len() >= SHORTEST).then(|| folded.chars().map(read).collect()).flatten()
}

/// The words, numbers and pictographs of a text outside the hidden spans.
fn visible<'t>(text: &'t str, hidden: &[Span]) -> impl Iterator<Item = Word<'t>> {
    tokens(text)
        .filter(|t| t.kind != TokenKind::Sign && !hidden.iter().any(|span| span.overlaps(t.span)))
        .map(|t| Word { text: t.text, span: t.span, emoji: t.kind == TokenKind::Emoji })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(words: &[&str]) -> Lexicon {
        let words = words.iter().map(|w| w.to_string()).collect();
        Lexicon::new(&BTreeMap::from([("own".to_string(), words)]))
    }

    fn fires(words: &[&str], text: &str) -> bool {
        let lexicon = lexicon(words);
        lexicon.contains("own", &lexicon.read(text, &[]))
    }

    #[test]
    fn r113_a_word_stands_for_its_forms() {
        assert!(fires(&["собаки"], "Обожаю собак!"));
        assert!(fires(&["кошка"], "трёх КОШЕК держу"));
        assert!(fires(&["собака"], "сoбaк боюсь"), "Latin look-alikes");
        assert!(fires(&["собака"], "собааааки"), "stretched letters");
        assert!(fires(&["хамство"], "XAMCTBO"), "all Latin");
    }

    #[test]
    fn never_a_substring() {
        assert!(!fires(&["кот"], "который час"));
        assert!(!fires(&["=запись"], "нужна запис"));
        assert!(fires(&["=запись"], "Запись!"));
        assert!(!fires(&["=запись"], "записи"));
        assert!(fires(&["кот*"], "который час"));
        assert!(!fires(&["кот*"], "скотный двор"));
    }

    #[test]
    fn a_phrase_allows_two_words_between_neighbours() {
        let phrase = ["верните деньги"];
        assert!(fires(&phrase, "верните мне мои деньги"));
        assert!(!fires(&phrase, "верните мне мои честные деньги"));
        assert!(!fires(&phrase, "деньги верните"));
    }

    #[test]
    fn c2_whole_means_nothing_else_but_courtesy() {
        let lexicon = lexicon(&["спасибо", "пока", "до свидания"]);
        let whole = |text: &str| lexicon.whole(&["own"], &lexicon.read(text, &[]));
        for text in ["Спасибо!", "спасибо вам большое 🙏", "Спасибо, до свидания", "Ок, пока)"]
        {
            assert!(whole(text), "{text}");
        }
        for text in ["Спасибо, а сколько стоит имплант?", "пока не знаю", "ок", ""]
        {
            assert!(!whole(text), "{text}");
        }
    }

    #[test]
    fn hidden_words_are_not_there() {
        let lexicon = lexicon(&["@profanity", "собака"]);
        let text = "ivan (собака) mail.ru";
        let hidden = [Span::new(0, text.len())];
        assert!(!lexicon.contains("own", &lexicon.read(text, &hidden)));
        let hits = lexicon.read(text, &[]);
        assert_eq!(lexicon.hits("own", &hits)[0].word, "собака");
    }
}
