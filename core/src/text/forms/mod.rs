//! Word forms: a listed word stands for all its forms and for nothing else.
//!
//! A word list is expanded once, when a definition is compiled; matching a message is then a look-up of its folded
//! words, fast and explainable. There is no dictionary: the rules are those of school grammars,
//! with tables of what follows no rule, written as a dictionary gives it: by principal parts. The paradigm of a word is told
//! by its ending; where that leaves several, all are given. A form that is no word of the language costs a few bytes,
//! a form of another word is a false match, and tables keep the frequent ones out.
//!
//! Not for stemming free text (an unknown word may get forms of two paradigms) and not for telling a word's grammar.
//! Aspects are words of their own (купить, покупать), so are participles, adverbs and short adjectives.
//!
//! Cost: some ten microseconds a word; the tables are indexed at the first use, once a process.

mod en;
mod ru;
mod table;
mod uk;
mod verb;

use super::fold::{fold_word, is_apostrophe, is_cyrillic};
use crate::limits::INFLECTED_WORD_LETTERS;

/// The folded forms of a listed word, in whatever form it was listed: the folded word itself first, then the others
/// in order, each once. No input is refused; a word that no rule fits, or of more than [`INFLECTED_WORD_LETTERS`]
/// letters, stands for itself. The language is told by letters and endings; a word that may be Russian or Ukrainian
/// has the forms of both. A capital initial lets a surname be one (Петров, Петровой).
///
/// ```
/// use frontdesk::text::forms::expand;
/// let forms = expand("кошка");
/// assert_eq!(forms[0], "кошка");
/// assert!(forms.iter().any(|form| form == "кошек"));
/// ```
pub fn expand(word: &str) -> Vec<String> {
    let folded = fold_word(word);
    if folded.chars().nth(INFLECTED_WORD_LETTERS).is_some() {
        return vec![folded];
    }
    let mut forms = Vec::new();
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    match language(word, &folded) {
        Some(Language::English) => en::expand(&folded, &mut forms),
        Some(Language::Russian) => ru::expand(&folded, capital, &mut forms),
        Some(Language::Ukrainian) => uk::expand(&folded, &mut forms),
        None if ru::is_invariable(&folded) || uk::is_invariable(&folded) => {}
        None => {
            ru::expand(&folded, capital, &mut forms);
            uk::expand(&folded, &mut forms);
        }
    }
    forms.sort_unstable();
    forms.dedup();
    forms.retain(|form| *form != folded);
    forms.insert(0, folded);
    forms
}

/// A language whose words are inflected here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    English,
    Russian,
    Ukrainian,
}

/// The language that the letters and endings of a word tell; none where it may be Russian or Ukrainian.
fn language(word: &str, folded: &str) -> Option<Language> {
    if !folded.contains(is_cyrillic) {
        return Some(Language::English);
    }
    if folded.contains(['і', 'ї', 'є', 'ґ']) || word.chars().any(is_apostrophe) {
        return Some(Language::Ukrainian);
    }
    const RUSSIAN: &str = "ать ять ить еть уть ыть ться ость ние тие ия ие ция ее ишь ешь аете уете яете лся лась \
        лись лось ете";
    if word.contains(['ы', 'э', 'ъ', 'ё', 'Ё']) || ends_with_any(folded, RUSSIAN) {
        return Some(Language::Russian);
    }
    const UKRAINIAN: &str = "ати ити ути яти тися ння ття ього ьому";
    ends_with_any(folded, UKRAINIAN).then_some(Language::Ukrainian)
}

/// Adds the stem with each of the endings, which spaces part.
#[inline(never)]
fn attach(stem: &str, endings: &str, out: &mut Vec<String>) {
    out.extend(endings.split(' ').map(|ending| join(stem, ending)));
}

/// The two parts as one word. Not inlined: it is called everywhere, and the browser build counts bytes.
#[inline(never)]
fn join(head: &str, tail: &str) -> String {
    [head, tail].concat()
}

/// Whether the word ends with one of the ends, which spaces part.
#[inline(never)]
fn ends_with_any(word: &str, ends: &str) -> bool {
    ends.split_ascii_whitespace().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every form follows from the word, and from each of the forms listed in its stead.
    fn same_word(forms: &str) {
        for listed in forms.split(' ') {
            let found = expand(listed);
            for form in forms.split(' ').map(fold_word) {
                assert!(found.contains(&form), "`{listed}` lacks `{form}`");
            }
        }
    }

    fn has(word: &str, forms: &str) {
        let found = expand(word);
        for form in forms.split(' ').map(fold_word) {
            assert!(found.contains(&form), "`{word}` lacks `{form}`");
        }
    }

    fn has_not(word: &str, others: &str) {
        let found = expand(word);
        for other in others.split(' ').map(fold_word) {
            assert!(!found.contains(&other), "`{word}` takes `{other}`");
        }
    }

    #[test]
    fn inflects_russian_nouns() {
        same_word("собака собаки собаку собак собаками");
        same_word("день дня дню днём дни дней днями");
        same_word("человек человека люди людей людям");
        same_word("ребёнок ребёнку дети детей");
        same_word("друг друзья друзей друзьям");
        same_word("дверь двери дверью дверей дверям");
        has("отец", "отца отцу отцом отцы отцов");
        has("рубашка", "рубашек рубашкой рубашку");
        has("окно", "окон окна окном");
        has("песня", "песен песню песнями");
        has("щенок", "щенка щенки щенята щенками");
        has("сообщение", "сообщений сообщением сообщениях");
        has("акция", "акций акцией акцию");
        has("время", "времени времена временем");
        has("Петров", "Петрова Петровым Петровой Петровых");
        has("врач", "врача врачом врачей врачам");
    }

    #[test]
    fn leaves_indeclinable_words_alone() {
        for word in ["пальто", "кофе", "резюме", "такси", "дорого", "спасибо"]
        {
            assert_eq!(expand(word), [word]);
        }
    }

    #[test]
    fn inflects_russian_verbs() {
        same_word("верните вернуть вернёте вернул вернёшь");
        same_word("запишите записать запишу записал запишут");
        same_word("перенести перенесу перенёс перенесли перенесите");
        same_word("взять возьму взял возьмите");
        same_word("прийти приду пришёл пришла придёт");
        same_word("хотеть хочу хотите хотел");
        same_word("записаться запишусь записался запишитесь");
        has("устроиться", "устроюсь устроился устройтесь устроятся");
        has("идти", "иду шёл шли идите");
        has("купить", "куплю купит купите купили");
        has("собрать", "соберу собрал соберите");
        has("танцевать", "танцую танцует танцевала");
        has("исчезнуть", "исчез исчезла исчезнет");
        has("оплачу", "оплатить оплатил оплатите");
    }

    #[test]
    fn inflects_russian_adjectives_and_pronouns() {
        same_word("срочный срочная срочного срочные срочных");
        same_word("этот эта этих этому");
        has("хороший", "хорошая хорошего хорошую хорошими");
        has("большой", "большая большие больших");
        has("синий", "синяя синего синюю");
        has("третий", "третья третьего третьей");
        has("пять", "пяти пятью");
    }

    #[test]
    fn inflects_ukrainian() {
        same_word("людина люди людей людям");
        has("книжка", "книжки книжці книжок книжкою");
        has("стіл", "стола столу столом столи");
        has("ніч", "ночі ніччю ночей");
        has("питання", "питанню питанням питань");
        has("п'ять", "п’яти п’ятьох");
        has("послуга", "послузі послуг послугою");
        has("вільний", "вільна вільного вільні вільних");
        has("замовити", "замовлю замовив замовте замовлять замовлено");
        has("записатися", "запишусь записалася запишіться запишеться");
        has("прийти", "прийду прийшов прийдіть");
        has("скасувати", "скасую скасуйте скасував скасовано");
    }

    #[test]
    fn inflects_english() {
        same_word("child children");
        same_word("buy buys bought buying");
        has("city", "cities");
        has("stop", "stops stopped stopping");
        has("make", "makes made making");
        has("agree", "agrees agreed agreeing");
        has("woman", "women");
        has("cheap", "cheaper cheapest");
        has("bookings", "booking");
        assert_eq!(expand("please").first().map(String::as_str), Some("please"));
    }

    #[test]
    fn joins_no_other_words() {
        has_not("запись", "запах запахи записать");
        has_not("дать", "дата дату даты");
        has_not("стол", "столица столик");
        has_not("цена", "ценный ценить");
        has_not("дорого", "дорога дорогу");
        has_not("купить", "покупать купе");
        has_not("кошка", "кошелек");
        has_not("час", "часто часть");
    }

    #[test]
    fn gives_the_word_first_and_each_form_once() {
        for word in
            ["", "-", "ь", "ся", "Ёлка", "сусусусусусусусусусусусусусусусусусусу", "don’t", "x", "й", "ться"]
        {
            let forms = expand(word);
            assert_eq!(forms.first(), Some(&fold_word(word)));
            assert!(forms.iter().skip(1).is_sorted_by(|a, b| a < b), "{word}: {forms:?}");
        }
        let long = "приставка".repeat(1_000);
        assert_eq!(expand(&long), [long]);
    }
}
