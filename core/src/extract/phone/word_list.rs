//! A list of words, made for asking about words that are none of them: nearly all are told by their first letters.

use crate::text::fold::{folded, plain_letter};

/// Folded words and what they mean; a star at the end stands for any ending.
#[derive(Debug)]
pub(super) struct WordList<T: 'static> {
    /// For each pair of first letters the group of words that begin with them, counted from one.
    by_start: Vec<u8>,
    groups: Vec<Group<T>>,
}

/// Words with the same first two letters, in the order of the list.
#[derive(Debug)]
struct Group<T: 'static> {
    words: Vec<(&'static str, T)>,
    /// Their third letters, as a set of bits.
    thirds: u64,
}

impl<T: Copy> WordList<T> {
    /// A list of words in code point order.
    pub(super) fn of(words: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut list = Self { by_start: vec![0; 64 * 64], groups: Vec::new() };
        for (word, meaning) in words {
            let mut letters = word.chars();
            let mut next = || letters.next().map_or(NO_LETTER, letter);
            let (start, third) = (start([next(), next()]), next());
            let endings = if word.ends_with('*') && word.chars().count() < 4 { u64::MAX } else { 1 << third };
            let Some(place) = list.by_start.get_mut(start) else { continue };
            if *place == 0 {
                list.groups.push(Group { words: Vec::new(), thirds: 0 });
                *place = u8::try_from(list.groups.len()).unwrap_or_default();
            }
            if let Some(group) = list.groups.get_mut(usize::from(*place).wrapping_sub(1)) {
                group.words.push((word, meaning));
                group.thirds |= endings;
            }
        }
        list
    }

    /// What a word means, however typed; `room` is to fold it in.
    pub(super) fn find(&self, word: &str, room: &mut String) -> Option<T> {
        if self.is_none(word) {
            return None;
        }
        let folded = folded(word, room);
        let mut letters = folded.chars();
        let mut next = || letters.next().map_or(NO_LETTER, letter);
        let group = self.group([next(), next()])?;
        // A pattern sorts before the words it fits, the longer one nearer; a star sorts before every letter.
        group.words.iter().rev().find(|(pattern, _)| fits(pattern, folded)).map(|(_, meaning)| *meaning)
    }

    /// Whether a word begins as none of the list does, told without folding it where folding would keep its first
    /// letters: plain ones of one alphabet, each unlike the one before it, and no Cyrillic ones after Latin.
    fn is_none(&self, word: &str) -> bool {
        let mut letters = word.chars();
        let mut next = || letters.next().and_then(plain_letter);
        let (Some(first), Some(second)) = (next(), next()) else { return false };
        if first == second || first.is_ascii() != second.is_ascii() || first.is_ascii() && !word.is_ascii() {
            return false;
        }
        let Some(group) = self.group([letter(first), letter(second)]) else { return true };
        let plain = |third: &char| *third != second && third.is_ascii() == second.is_ascii();
        next().filter(plain).is_some_and(|third| group.thirds & 1 << letter(third) == 0)
    }

    fn group(&self, first_two: [usize; 2]) -> Option<&Group<T>> {
        let place = self.by_start.get(start(first_two))?;
        self.groups.get(usize::from(*place).wrapping_sub(1))
    }
}

/// The number of a letter, less than 64: one of its own for those of Russian, Ukrainian and English. A letter that a
/// mark may make of another has its number, as the mark is typed after it.
fn letter(c: char) -> usize {
    const LATIN: u32 = 1;
    const CYRILLIC: u32 = LATIN + 26;
    let number = match c {
        'a'..='z' => LATIN + u32::from(c) - u32::from('a'),
        'й' => return letter('и'),
        'а'..='я' => CYRILLIC + u32::from(c) - u32::from('а'),
        'ў' => return letter('у'),
        'і' | 'ї' => CYRILLIC + 32,
        'є' => CYRILLIC + 33,
        'ґ' => CYRILLIC + 34,
        _ => CYRILLIC + 35,
    };
    number as usize
}

/// Stands after the end of a word.
const NO_LETTER: usize = 0;

fn start([first, second]: [usize; 2]) -> usize {
    first << 6 | second
}

fn fits(pattern: &str, word: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_words_however_typed() {
        let list = WordList::of([("мой", 1), ("тел*", 2), ("телега", 3), ("ту*", 4), ("fax", 5)].into_iter());
        for (word, meaning) in [
            ("мои\u{306}", Some(1)),
            ("ТЕЛЕФОН", Some(2)),
            ("ттттел", Some(2)),
            ("те\u{301}л", Some(2)),
            ("тeл", Some(2)), // a Latin e
            ("телега", Some(3)),
            ("туфли", Some(4)),
            ("ту", Some(4)),
            ("Fax", Some(5)),
            ("faxed", None),
            ("те", None),
            ("т", None),
            ("", None),
            ("темно", None),
        ] {
            assert_eq!(list.find(word, &mut String::new()), meaning, "{word}");
        }
    }

    #[test]
    fn letters_have_numbers_of_their_own() {
        let numbers: Vec<_> = "abyzабвюяієґ?".chars().map(letter).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b) && numbers.iter().all(|number| (1..64).contains(number)));
    }
}
