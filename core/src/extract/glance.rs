//! A glance at the bytes of a text: what it may hold, told at nearly the speed of memory.
//!
//! Most messages hold no number and no address, and a reader that walks over their words costs a hundred times what
//! it takes to see that. Each question here is asked of all bytes alike, without branches, so that the compiler puts
//! many of them into one register. A yes means «look closer», a no is certain.

/// Places looked at in one step.
const LANES: usize = 32;
/// Bytes that a question may look ahead from each place.
const REACH: usize = 8;

/// The bytes of some places and of those right after them.
type Block = [u8; LANES + REACH];

/// A text cut into blocks, one from every [`LANES`]-th place.
struct Blocks<'t> {
    text: &'t [u8],
    /// What is left after the last whole block, filled up with spaces; copied once for all questions.
    tail: [u8; 2 * LANES + REACH],
}

impl<'t> Blocks<'t> {
    fn of(text: &'t str) -> Self {
        let text = text.as_bytes();
        let whole = text.len().saturating_sub(REACH) / LANES * LANES;
        let rest = text.get(whole..).unwrap_or_default();
        let mut tail = [b' '; 2 * LANES + REACH];
        if let Some(start) = tail.get_mut(..rest.len()) {
            start.copy_from_slice(rest);
        }
        Self { text, tail }
    }

    /// Whether a question is answered yes for any block.
    fn any(&self, mut question: impl FnMut(&Block) -> bool) -> bool {
        let mut rest = self.text;
        while let Some(block) = rest.first_chunk() {
            if question(block) {
                return true;
            }
            rest = rest.get(LANES..).unwrap_or_default();
        }
        let mut ends = [0, LANES].iter().take(rest.len().div_ceil(LANES));
        ends.any(|&at| self.tail.get(at..).and_then(|tail| tail.first_chunk()).is_some_and(&mut question))
    }
}

/// Whether so many bytes of a text fit; a zero byte fits nothing.
fn has_bytes(text: &str, least: usize, fits: impl Fn(u8) -> bool) -> bool {
    let (chunks, rest) = text.as_bytes().as_chunks::<LANES>();
    let fitting = |chunk: &[u8; LANES]| usize::from(count(chunk.iter().map(|&b| fits(b))));
    let mut found = 0;
    for chunk in chunks {
        found += fitting(chunk);
        if found >= least {
            return true;
        }
    }
    let mut last = [0; LANES];
    if let Some(start) = last.get_mut(..rest.len()) {
        start.copy_from_slice(rest);
    }
    found + fitting(&last) >= least
}

/// The bytes so far ahead of each place.
fn ahead(block: &Block, by: usize) -> impl Iterator<Item = u8> {
    let lanes = block.get(by..).and_then(|rest| rest.first_chunk::<LANES>());
    lanes.unwrap_or(&[0; LANES]).iter().copied()
}

/// How many places of a block answer yes.
fn count(answers: impl Iterator<Item = bool>) -> u8 {
    answers.map(u8::from).sum()
}

/// The last byte of a Cyrillic letter without its case; some letters become one.
fn fold_cyrillic(byte: u8) -> u8 {
    byte & 0x9F
}

/// Whether a folded byte is the last one of a small Cyrillic letter.
fn is(byte: u8, letter: char) -> bool {
    byte == letter as u8 & 0x1F | 0x80
}

fn fold_latin(byte: u8) -> u8 {
    byte | 0x20
}

fn is_latin(byte: u8) -> bool {
    fold_latin(byte).wrapping_sub(b'a') < 26
}

/// Whether a text has so many digits; other scripts' are told by a byte that each of them has.
pub(super) fn has_digits(text: &str, least: usize) -> bool {
    has_bytes(text, least, |b| b.is_ascii_digit() | (b == 0xD9) | (b == 0xDB) | (b == 0xEF))
}

/// Whether a text may hold the sign `@`, plain or full-width.
pub(super) fn has_at_sign(text: &str) -> bool {
    has_bytes(text, 1, |b| (b == b'@') | (b == 0xEF))
}

/// Whether a text may hold a word for `@`: by letters that every such word has.
pub(super) fn may_say_at(text: &str) -> bool {
    let (cyrillic, latin) = (!text.is_ascii(), has_bytes(text, 1, is_latin));
    if !cyrillic && !latin {
        return false;
    }
    let blocks = Blocks::of(text);
    cyrillic && blocks.any(says_at_in_cyrillic)
        || latin && blocks.any(says_at_in_latin)
        || has_bytes(text, 1, opens_bracket) && blocks.any(says_at_in_brackets)
}

/// «бак» and «бач» of собака and сабачка, «вли» of равлик, «лпа» of малпа, «сик» of песик.
#[inline(never)] // a small loop alone is put into registers, a large one with others in it is not
fn says_at_in_cyrillic(block: &Block) -> bool {
    let letters = ahead(block, 0).zip(ahead(block, 2)).zip(ahead(block, 4));
    count(letters.map(|((a, b), c)| {
        let (a, b, c) = (fold_cyrillic(a), fold_cyrillic(b), fold_cyrillic(c));
        is(a, 'б') & is(b, 'а') & (is(c, 'к') | is(c, 'ч'))
            | is(a, 'в') & is(b, 'л') & is(c, 'и')
            | is(a, 'л') & is(b, 'п') & is(c, 'а')
            | is(a, 'с') & is(b, 'и') & is(c, 'к')
    })) > 0
}

/// "at" at the beginning of a word, "dog", «sob» of sobaka.
#[inline(never)] // a small loop alone is put into registers, a large one with others in it is not
fn says_at_in_latin(block: &Block) -> bool {
    let letters = ahead(block, 0).zip(ahead(block, 1)).zip(ahead(block, 2));
    count(letters.map(|((before, b), c)| {
        let (a, b, c) = (fold_latin(before), fold_latin(b), fold_latin(c));
        !is_latin(before) & (b == b'a') & (c == b't')
            | (b == b'o') & ((a == b'd') & (c == b'g') | (a == b's') & (c == b'b'))
    })) > 0
}

/// Round, square and curly ones; the last two differ in one bit.
fn opens_bracket(byte: u8) -> bool {
    (byte == b'(') | (byte | 0x20 == b'{')
}

/// «(a)», «[ат]»: one or two letters in brackets.
fn says_at_in_brackets(block: &Block) -> bool {
    let closes = |b: u8| (b == b')') | (b | 0x20 == b'}');
    let inside = ahead(block, 0).zip(ahead(block, 1)).zip(ahead(block, 2)).zip(ahead(block, 3));
    count(inside.zip(ahead(block, 5)).map(|((((open, first), a), b), c)| {
        opens_bracket(open) & !first.is_ascii_digit() & (closes(a) | closes(b) | closes(c))
    })) > 0
}

/// Whether a text may hold three words of a number said in Cyrillic, or five in Latin letters: by the first three
/// letters of each.
pub(super) fn may_say_numbers(text: &str) -> bool {
    const CYRILLIC: usize = 5;
    const LATIN: usize = 3;
    // Three words; but no space leads to the first word of the text.
    const ENOUGH: usize = 2 * CYRILLIC;
    let (cyrillic, latin) = (!text.is_ascii(), has_bytes(text, 1, is_latin));
    if !cyrillic && !latin {
        return false;
    }
    let mut weight = 0;
    let mut enough = |words: u8, weighs: usize| {
        weight += weighs * usize::from(words);
        weight >= ENOUGH
    };
    let blocks = Blocks::of(text);
    cyrillic && blocks.any(|block| enough(numbers_in_cyrillic(block), CYRILLIC))
        || latin && blocks.any(|block| enough(numbers_in_latin(block), LATIN))
}

#[inline(never)] // a small loop alone is put into registers, a large one with others in it is not
fn numbers_in_cyrillic(block: &Block) -> u8 {
    let words = ahead(block, 0).zip(ahead(block, 2)).zip(ahead(block, 3)).zip(ahead(block, 4));
    count(words.zip(ahead(block, 6)).map(|((((before, a), joint), b), c)| {
        let (a, b, c) = (fold_cyrillic(a), fold_cyrillic(b), fold_cyrillic(c));
        let apostrophe = joint & 0xFE != 0xD0;
        let starts = is(b, 'д')
            | is(a, 'т') & is(b, 'р')
            | is(c, 'с') & (is(a, 'ш') | is(a, 'в') | is(a, 'д'))
            | is(a, 'д') & (is(b, 'в') | is(b, 'з') | is(c, 'в') | apostrophe)
            | is(a, 'п') & (is(b, 'я') | is(c, 'ю') | apostrophe)
            | is(a, 'с') & (is(c, 'м') | is(b, 'о') & is(c, 'р') | is(b, 'т') & is(c, 'о'))
            | is(a, 'ч') & is(c, 'т')
            | is(a, 'н') & is(c, 'л');
        (before == b' ') & starts
    }))
}

#[inline(never)] // a small loop alone is put into registers, a large one with others in it is not
fn numbers_in_latin(block: &Block) -> u8 {
    let words = ahead(block, 0).zip(ahead(block, 1)).zip(ahead(block, 2)).zip(ahead(block, 3));
    count(words.map(|(((before, a), b), c)| {
        let (a, b, c) = (fold_latin(a), fold_latin(b), fold_latin(c));
        let starts = (a == b'z') & (b == b'e')
            | (a == b'o') & ((b == b'n') & (c == b'e') | (b == b'h'))
            | (a == b't')
                & ((b == b'w') | (b == b'h') & ((c == b'r') | (c == b'i')) | (b == b'e') & (c == b'n'))
            | (a == b'f')
                & ((b == b'o') & ((c == b'u') | (c == b'r')) | (b == b'i') & ((c == b'v') | (c == b'f')))
            | (a == b's') & ((b == b'i') & (c == b'x') | (b == b'e') & (c == b'v'))
            | (a == b'e') & ((b == b'i') & (c == b'g') | (b == b'l') & (c == b'e'))
            | (a == b'n') & (b == b'i')
            | (a == b'd') & (b == b'o') & (c == b'u')
            | (a == b'p') & (b == b'l') & (c == b'u');
        (before == b' ') & starts
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_digits_across_blocks() {
        for len in 0..200 {
            let text = "7".repeat(len);
            assert!(has_digits(&text, len) || len == 0);
            assert!(!has_digits(&text, len + 1));
        }
        assert!(has_digits("٧９", 2));
    }

    #[test]
    fn sees_every_place_of_a_text() {
        for before in 0..100 {
            for (word, see) in [
                ("@", has_at_sign as fn(&str) -> bool),
                ("＠", has_at_sign),
                ("сОбАчКа", may_say_at),
                ("[аТ]", may_say_at),
                (" At", may_say_at),
                (" сЕмь шестьсот пятЬ", may_say_numbers),
                (" п'ять п’ять дев'ять", may_say_numbers),
                (" one Two three four five", may_say_numbers),
            ] {
                let text = format!("{}{word}{}", "х".repeat(before), ".".repeat(before % 7));
                assert!(see(&text), "{text}");
            }
        }
    }

    #[test]
    fn dismisses_ordinary_messages() {
        for text in [
            "Добрый вечер, подскажите, как к вам лучше доехать?",
            "Сколько стоит стрижка и сколько она занимает?",
            "Please tell me whether you are open on the weekend",
            "буду в 18:30 (3952) [12]",
        ] {
            assert!(!has_at_sign(text) && !may_say_at(text) && !may_say_numbers(text), "{text}");
        }
    }
}
