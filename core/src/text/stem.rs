//! Stems: the part of a word that its forms share, for ranking (never for rules: see the word forms).

use super::lang::{Lang, is_cyrillic};
use snowball_stemmers_rs::{Algorithm, Stemmer};

/// Letters of the longest word that is stemmed; a longer one is no word of a language.
const LONGEST_STEMMED: usize = 40;

/// The stem of a folded word in a language, by its Snowball algorithm; a word in another script is its own stem.
///
/// A stem groups most forms of a word and some forms of others, so it suits scores and not promises: day and days
/// meet, go and went do not.
///
/// ```
/// use frontdesk::text::{Lang, stem};
/// assert_eq!(stem("коронками", Lang::Ru), stem("коронка", Lang::Ru));
/// assert_eq!(stem("refunds", Lang::En), "refund");
/// ```
pub fn stem(folded: &str, lang: Lang) -> String {
    let cyrillic = folded.chars().any(is_cyrillic);
    if cyrillic == (lang == Lang::En) || folded.chars().nth(LONGEST_STEMMED).is_some() {
        return folded.to_owned();
    }
    // Snowball takes the «сь» of «запись» for the reflexive of a verb, and parts it from «записи».
    if lang == Lang::Ru
        && let Some(root) = folded.strip_suffix("пись")
    {
        return format!("{root}пис");
    }
    // Each algorithm is named as a constant, so that the linker drops the languages nobody names.
    let stemmer = match lang {
        Lang::Ru => Stemmer::create(Algorithm::Russian),
        Lang::Uk => Stemmer::create(Algorithm::Ukrainian),
        Lang::En => Stemmer::create(Algorithm::English),
    };
    stemmer.stem(folded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_meet_in_their_stem() {
        for (lang, one, other) in
            [(Lang::Ru, "запись", "записи"), (Lang::Uk, "лікаря", "лікарем"), (Lang::En, "booking", "booked")]
        {
            assert_eq!(stem(one, lang), stem(other, lang));
        }
    }

    #[test]
    fn a_word_of_another_script_is_left_alone() {
        assert_eq!(stem("running", Lang::Ru), "running");
        assert_eq!(stem("работает", Lang::En), "работает");
        let long = "и".repeat(10_000);
        assert_eq!(stem(&long, Lang::Ru), long);
    }
}
