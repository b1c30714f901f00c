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

/// Whether a question is answered yes for any block of a text; blocks begin at every [`LANES`]-th place.
fn any_block(text: &str, mut question: impl FnMut(&Block) -> bool) -> bool {
    let mut rest = text.as_bytes();
    while let Some(block) = rest.first_chunk() {
        if question(block) {
            return true;
        }
        rest = rest.get(LANES..).unwrap_or_default();
    }
    // What is left after the last whole block, filled up with spaces.
    let mut ends = [b' '; 2 * LANES + REACH];
    if let Some(start) = ends.get_mut(..rest.len()) {
        start.copy_from_slice(rest);
    }
    let mut blocks = [0, LANES].iter().take(rest.len().div_ceil(LANES));
    blocks.any(|&at| ends.get(at..).and_then(|end| end.first_chunk()).is_some_and(&mut question))
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

/// What a text may hold for the sign of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AtSign {
    Nothing,
    /// `@`, plain or full-width.
    Sign,
    /// A word for it, told by letters that every such word has.
    Word,
}

pub(super) fn at_sign(text: &str) -> AtSign {
    let mut kinds = 0;
    let says = any_block(text, |block| {
        let here = kinds_of(block);
        kinds |= here;
        here & CYRILLIC != 0 && says_at_in_cyrillic(block)
            || here & LATIN != 0 && says_at_in_latin(block)
            || here & BRACKET != 0 && says_at_in_brackets(block)
    });
    match kinds & SIGN {
        _ if says => AtSign::Word,
        0 => AtSign::Nothing,
        _ => AtSign::Sign,
    }
}

const SIGN: u8 = 1;
const BRACKET: u8 = 2;
const LATIN: u8 = 4;
const CYRILLIC: u8 = 8;

/// The kinds of bytes that the questions begin with: a byte of no ASCII character counts as Cyrillic, and a Latin
/// letter counts at the place before it.
#[inline(never)] // a small loop alone is put into registers, a large one with others in it is not
fn kinds_of(block: &Block) -> u8 {
    ahead(block, 0).zip(ahead(block, 1)).fold(0, |kinds, (b, next)| {
        kinds
            | (SIGN * u8::from((b == b'@') | (b == 0xEF)))
            | (BRACKET * u8::from(opens_bracket(b)))
            | (LATIN * u8::from(is_latin(next)))
            | (CYRILLIC * u8::from(!b.is_ascii()))
    })
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
#[inline(never)] // a small loop alone is put into registers, a large one with others in it is not
fn says_at_in_brackets(block: &Block) -> bool {
    let closes = |b: u8| (b == b')') | (b | 0x20 == b'}');
    let inside = ahead(block, 0).zip(ahead(block, 1)).zip(ahead(block, 2)).zip(ahead(block, 3));
    count(inside.zip(ahead(block, 5)).map(|((((open, first), a), b), c)| {
        opens_bracket(open) & !first.is_ascii_digit() & (closes(a) | closes(b) | closes(c))
    })) > 0
}

/// Whether a word that begins after a space is the one sought; `seeks` gets the text from there on.
pub(super) fn any_word_after_space<'t>(text: &'t str, mut seeks: impl FnMut(&'t [u8]) -> bool) -> bool {
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let mut spaces = spaces(first_bytes(rest));
        while spaces != 0 {
            let space = spaces.trailing_zeros() as usize / 8;
            if seeks(rest.get(space + 1..).unwrap_or_default()) {
                return true;
            }
            spaces &= spaces - 1;
        }
        rest = rest.get(8..).unwrap_or_default();
    }
    false
}

/// The first bytes of a text; zeros after its end.
pub(super) fn first_bytes<const N: usize>(text: &[u8]) -> [u8; N] {
    text.first_chunk().copied().unwrap_or_else(|| {
        let mut bytes = [0; N];
        for (to, from) in bytes.iter_mut().zip(text) {
            *to = *from;
        }
        bytes
    })
}

/// The highest bit of each byte that is a space, the first byte lowest.
fn spaces(bytes: [u8; 8]) -> u64 {
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let others = u64::from_le_bytes(bytes.map(|byte| byte ^ b' '));
    // Adding carries into the highest bit of each byte that is not zero, and no further.
    !(((others & !HIGH) + !HIGH) | others) & HIGH
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
            for (word, seen) in [
                ("@", AtSign::Sign),
                ("＠", AtSign::Sign),
                ("сОбАчКа", AtSign::Word),
                ("[аТ]", AtSign::Word),
                (" At", AtSign::Word),
            ] {
                let text = format!("{}{word}{}", "х".repeat(before), ".".repeat(before % 7));
                assert_eq!(at_sign(&text), seen, "{text}");
            }
        }
    }

    #[test]
    fn words_begin_after_spaces() {
        for text in ["раз  два, three\n4 о ", "", " ", "12345678 9", "1234567 89"] {
            let expected: Vec<_> =
                text.match_indices(' ').map(|(at, _)| text.get(at + 1..).unwrap()).collect();
            let mut words = Vec::new();
            assert!(!any_word_after_space(text, |word| {
                words.push(str::from_utf8(word).unwrap());
                false
            }));
            assert_eq!(words, expected);
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
            assert_eq!(at_sign(text), AtSign::Nothing, "{text}");
        }
    }
}
