//! Which language a message is written in.

use super::lang::Lang;
use super::{TokenKind, fold_word, tokens};

/// Words looked at: enough to be sure, and a bound for long messages.
const WORDS: usize = 100;
/// Evidence by which the best language must lead.
const LEAD: usize = 2;
/// Letters of the shortest text that shows its language: «ok», «так» and «spa» are written in any.
const LETTERS: usize = 5;
/// What a telling word weighs beside a word that merely fits the alphabet.
const FREQUENT: usize = 2;

/// The language of a text among the candidates, or none where the text does not show it.
///
/// Every word votes for the languages whose alphabet has its letters, a frequent word of a language or one with an
/// ending of its own more; the winner must lead clearly. Short or shared words («номер на завтра» is Russian and
/// Ukrainian-like) show too little and give none: keep the language of the session then. Judge a text after layout and Latin spelling are
/// repaired, see [`super::layout`]. Linear in the text.
///
/// ```
/// use frontdesk::text::{Lang, language::detect};
/// assert_eq!(detect("Скільки коштує доставка?", &Lang::ALL), Some(Lang::Uk));
/// assert_eq!(detect("How much is the delivery?", &Lang::ALL), Some(Lang::En));
/// assert_eq!(detect("ок", &Lang::ALL), None);
/// ```
pub fn detect(text: &str, candidates: &[Lang]) -> Option<Lang> {
    text.chars().filter(|c| c.is_alphabetic()).nth(LETTERS - 1)?; // fewer letters show no language
    let mut votes = vec![0usize; candidates.len()];
    for token in tokens(text).filter(|t| t.kind == TokenKind::Word).take(WORDS) {
        let word = fold_word(token.text);
        for (&lang, votes) in candidates.iter().zip(&mut votes) {
            *votes += evidence(&word, lang);
        }
    }
    let best = votes.iter().copied().max().filter(|&votes| votes >= LEAD)?;
    let mut ahead = candidates.iter().zip(&votes).filter(|&(_, &votes)| votes + LEAD > best);
    match (ahead.next(), ahead.next()) {
        (Some((&lang, _)), None) => Some(lang),
        _ => None,
    }
}

/// Whether a text is plainly in none of these languages: it has two words at least, and most of them have letters
/// that none of the languages has. A language in the same letters, such as German beside English, is not told apart.
///
/// ```
/// use frontdesk::text::{Lang, language::is_foreign};
/// assert!(is_foreign("お部屋は ありますか", &[Lang::Uk, Lang::En]));
/// assert!(is_foreign("Is there a free room for two?", &[Lang::Uk]));
/// assert!(!is_foreign("Чи є вільні номери?", &[Lang::Uk, Lang::En]));
/// ```
pub fn is_foreign(text: &str, known: &[Lang]) -> bool {
    let (mut words, mut strange) = (0usize, 0usize);
    for token in tokens(text).filter(|t| t.kind == TokenKind::Word).take(WORDS) {
        let word = fold_word(token.text);
        words += 1;
        strange += usize::from(known.iter().all(|&lang| !lang.spells(&word)));
    }
    words > 1 && strange * 2 > words
}

fn evidence(word: &str, lang: Lang) -> usize {
    if !lang.spells(word) {
        0
    } else if lang.shows_in(word) {
        1 + FREQUENT
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_kindred_languages_apart() {
        for (text, lang) in [
            ("Мені потрібна ваша адреса", Some(Lang::Uk)),
            ("Подскажите, где вы находитесь", Some(Lang::Ru)),
            ("do you work on sundays", Some(Lang::En)),
            ("", None),
            ("5 000", None),
            ("лампа", None),
        ] {
            assert_eq!(detect(text, &Lang::ALL), lang, "{text}");
        }
    }

    #[test]
    fn only_candidates_are_answered() {
        assert_eq!(detect("Скільки коштує доставка?", &[Lang::En]), None);
        assert_eq!(detect("Где вы находитесь?", &[]), None);
    }
}
