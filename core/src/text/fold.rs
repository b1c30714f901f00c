//! Folding: the spelling of a word without the accidents of typing.

use super::case::lower;
pub use super::lang::is_cyrillic;

/// The folded spelling of one word: lower case, ё as е, compatibility forms (full-width, decomposed й) as their
/// plain letters, stress marks, apostrophes and invisible characters gone, Latin look-alikes inside a Cyrillic
/// word as Cyrillic, a letter repeated three times or more once.
///
/// ```
/// use frontdesk::text::fold_word;
/// assert_eq!(fold_word("Ёлка"), "елка");
/// assert_eq!(fold_word("сoбaкa"), "собака"); // Latin o and a
/// assert_eq!(fold_word("Приииивет"), "привет");
/// assert_eq!(fold_word("п'ять"), "пять");
/// ```
pub fn fold_word(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// [`fold_word`] appended to a buffer.
pub fn fold_into(word: &str, out: &mut String) {
    if is_folded(word) {
        return out.push_str(word);
    }
    out.reserve(word.len());
    if !fold_capital(word, out) && !fold_plain(word, out) {
        fold_any(word, out);
    }
}

/// [`fold_word`] that borrows a word typed as it is folded; `room` is for any other.
pub(crate) fn folded<'w>(word: &'w str, room: &'w mut String) -> &'w str {
    if is_folded(word) {
        return word;
    }
    room.clear();
    fold_into(word, room);
    room
}

/// Whether a word is made of small Russian or small Latin letters, none stretched, as most words are.
fn is_folded(word: &str) -> bool {
    fn stretched<T: PartialEq>(letters: &[T]) -> bool {
        letters.windows(3).any(|three| matches!(three, [a, b, c] if a == b && b == c))
    }
    let (letters, rest) = word.as_bytes().as_chunks();
    let russian = |letter: &[u8; 2]| matches!(letter, [0xD0, 0xB0..=0xBF] | [0xD1, 0x80..=0x8F]);
    rest.is_empty() && letters.iter().all(russian) && !stretched(letters)
        || word.bytes().all(|b| b.is_ascii_lowercase()) && !stretched(word.as_bytes())
}

/// Folds a word whose first letter alone is none of those of [`is_folded`]; false where it is no such word.
fn fold_capital(word: &str, out: &mut String) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next().and_then(plain_letter) else { return false };
    let rest = letters.as_str();
    let fits = |second: char| second != first && second.is_ascii() == first.is_ascii();
    if first.is_ascii_digit() || !rest.starts_with(fits) || !is_folded(rest) {
        return false;
    }
    out.push(first);
    out.push_str(rest);
    true
}

/// Folds a word of one alphabet without marks or stretched letters, as nearly all are; false where it is none.
fn fold_plain(word: &str, out: &mut String) -> bool {
    let start = out.len();
    let (mut latin, mut cyrillic) = (false, false);
    let (mut last, mut before) = ('\0', '\0');
    for c in word.chars() {
        let letter = plain_letter(c).filter(|&letter| letter != last || last != before);
        latin |= c.is_ascii_alphabetic();
        cyrillic |= !c.is_ascii();
        let Some(letter) = letter.filter(|_| !(latin && cyrillic)) else {
            out.truncate(start);
            return false;
        };
        out.push(letter);
        (before, last) = (last, letter);
    }
    true
}

/// The folded form of a letter that has one whatever stands around it.
pub(crate) fn plain_letter(c: char) -> Option<char> {
    match c {
        'а'..='я' | 'a'..='z' | '0'..='9' | 'і' | 'ї' | 'є' | 'ґ' => Some(c),
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20),
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        'ё' | 'Ё' => Some('е'),
        _ => None,
    }
}

fn fold_any(word: &str, out: &mut String) {
    let mixed = word.chars().any(is_cyrillic);
    let (mut last, mut run) = ('\0', 0usize);
    for raw in word.chars() {
        if is_invisible(raw) || is_apostrophe(raw) {
            continue;
        }
        if is_combining(raw) {
            compose(raw, out);
            last = out.chars().next_back().unwrap_or('\0');
            run = 1;
            continue;
        }
        for lower in lower(plain(raw)) {
            let letter = match lower {
                'ё' => 'е',
                c if mixed => cyrillic_look_alike(c),
                c => c,
            };
            // «77777» is a number and no stretched «7».
            if letter == last && is_alphabetic(letter) {
                run += 1;
                match run {
                    2 => out.push(letter),
                    3 => {
                        out.pop();
                    }
                    _ => {}
                }
            } else {
                out.push(letter);
                last = letter;
                run = 1;
            }
        }
    }
}

/// [`char::is_alphabetic`], in one step for the letters that chats are made of.
pub fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphabetic(),
        '\u{0400}'..='\u{0481}' | '\u{048A}'..='\u{052F}' => true,
        '\u{0561}'..='\u{0586}' | '\u{10D0}'..='\u{10FA}' => true,
        '\u{2000}'..='\u{206F}' | '\u{20A0}'..='\u{20CF}' => false,
        c => c.is_alphabetic(),
    }
}

/// [`char::is_alphanumeric`], as quick as [`is_alphabetic`].
pub fn is_alphanumeric(c: char) -> bool {
    is_alphabetic(c) || if c.is_ascii() { c.is_ascii_digit() } else { c.is_numeric() }
}

/// Apostrophes that people type inside words.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | '´' | '′')
}

/// Characters that take no place on the screen.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// Combining marks that follow a letter.
pub fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

fn compose(mark: char, out: &mut String) {
    let composed = match (out.chars().next_back(), mark) {
        (Some('и'), '\u{0306}') => 'й',
        (Some('у'), '\u{0306}') => 'ў',
        (Some('і'), '\u{0308}') => 'ї',
        _ => return,
    };
    out.pop();
    out.push(composed);
}

/// The plain form of a compatibility character: full-width letters and digits, Arabic-Indic digits.
pub fn plain(c: char) -> char {
    let shifted = match c {
        '\0'..='\u{065F}' => return c,
        '\u{FF01}'..='\u{FF5E}' => u32::from(c) - 0xFF01 + 0x21,
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660 + 0x30,
        '\u{06F0}'..='\u{06F9}' => u32::from(c) - 0x06F0 + 0x30,
        _ => return c,
    };
    char::from_u32(shifted).unwrap_or(c)
}

/// The Cyrillic letter that a Latin one looks like.
pub(crate) fn cyrillic_look_alike(c: char) -> char {
    match c {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'i' => 'і',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_people_type() {
        for (typed, folded) in [
            ("СОБАКА", "собака"),
            ("соба́ка", "собака"),
            ("мои\u{0306}", "мой"),
            ("е\u{0308}лка", "елка"),
            ("ｈｅｌｌｏ", "hello"),
            ("cobaka", "cobaka"),
            ("ооочень", "очень"),
            ("длинная", "длинная"),
            ("don’t", "dont"),
            ("10000", "10000"),
            ("со\u{200B}бака", "собака"),
        ] {
            assert_eq!(fold_word(typed), folded, "{typed}");
        }
    }

    #[test]
    fn the_quick_ways_agree_with_the_slow_ones() {
        for c in '\0'..='\u{3000}' {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c}");
        }
        for word in "Завтра ЗАВТРА завтра ёлка Ёж Ааа аАа Ябc 1а п'ять Їжак ааа длинная Monday тoday ёлка aёё a1 1000 é Ґава йод".split(' ')
        {
            let (mut quick, mut slow) = (String::new(), String::new());
            fold_any(word, &mut slow);
            if fold_plain(word, &mut quick) {
                assert_eq!(quick, slow, "{word}");
            }
            quick.clear();
            if fold_capital(word, &mut quick) {
                assert_eq!(quick, slow, "{word}");
            }
            assert_eq!(folded(word, &mut quick), slow, "{word}");
        }
    }
}
