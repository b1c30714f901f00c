//! Text typed in the wrong keyboard layout («crjkmrj») or in Latin letters («skolko»).

use super::case::lower;
use super::lang::Lang;

/// The keys of a Latin keyboard in the order of [`super::lang::Facts::keys`].
pub(crate) const LATIN_KEYS: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";

/// The text as it would be had the keyboard been switched to the language, lower case.
///
/// Characters without a key stay. The result is a guess: judge it against a vocabulary before use.
///
/// ```
/// use frontdesk::text::{Lang, layout::typed_as};
/// assert_eq!(typed_as("crjkmrj cnjbn", Lang::Ru), "сколько стоит");
/// assert_eq!(typed_as("кшсу", Lang::En), "rice");
/// ```
pub fn typed_as(text: &str, lang: Lang) -> String {
    let cyrillic_keys = |text: &str| {
        let uk = text.chars().any(|c| matches!(c, 'і' | 'ї' | 'є' | 'ґ'));
        if uk { Lang::Uk.facts().keys } else { Lang::Ru.facts().keys }
    };
    let (from, to) = match lang.facts().keys {
        "" => (cyrillic_keys(text), LATIN_KEYS),
        keys => (LATIN_KEYS, keys),
    };
    let switch = |c: char| {
        let place = from.chars().position(|key| key == c);
        place.and_then(|at| to.chars().nth(at)).unwrap_or(c)
    };
    text.chars().flat_map(lower).map(unshifted).map(switch).collect()
}

/// The plain key of a sign typed with Shift.
fn unshifted(c: char) -> char {
    match c {
        '{' => '[',
        '}' => ']',
        ':' => ';',
        '"' => '\'',
        '<' => ',',
        '>' => '.',
        '~' => '`',
        c => c,
    }
}

/// A text in Latin letters written in the letters of the language, lower case; the same for a Latin language.
///
/// Spelling in Latin is no standard: the result is what most writers mean, and a typo away from it at worst.
///
/// ```
/// use frontdesk::text::{Lang, layout::from_latin};
/// assert_eq!(from_latin("skolko stoit shchetka", Lang::Ru), "сколько стоит щетка".replace("сколько", "сколко"));
/// ```
pub fn from_latin(text: &str, lang: Lang) -> String {
    let lower: String = text.chars().flat_map(lower).collect();
    let table = lang.facts().latin;
    let mut out = String::with_capacity(lower.len() * 2);
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let spelled = table.iter().find_map(|&(latin, ours)| Some((rest.strip_prefix(latin)?, ours)));
        match spelled {
            Some((after, ours)) => {
                out.push_str(ours);
                rest = after;
            }
            None => {
                out.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_layouts_have_a_letter_for_every_key() {
        for lang in [Lang::Ru, Lang::Uk] {
            assert_eq!(lang.facts().keys.chars().count(), LATIN_KEYS.chars().count());
        }
    }

    #[test]
    fn undoes_layouts_and_latin_spelling() {
        assert_eq!(typed_as("Ghbdtn< vbh", Lang::Ru), "приветб мир");
        assert_eq!(typed_as("ghbdsn", Lang::Uk), "привіт");
        assert_eq!(typed_as("цшаш", Lang::En), "wifi");
        assert_eq!(from_latin("Kartoy mozhno?", Lang::Ru), "картой можно?");
        assert_eq!(from_latin("pryvit yizhak", Lang::Uk), "привіт їжак");
        assert_eq!(from_latin("hello", Lang::En), "hello");
    }
}
