//! Names of people, where they introduce themselves or were asked.

use super::answer::{is_answer_word, skip, yes_no};
use super::given;
use crate::text::case::{lower, upper};
use crate::text::{Span, Token, TokenKind, fold_word, tokens};
use std::sync::LazyLock;

/// A name found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its place.
    pub span: Span,
    /// One to three words in the case the client typed («зовите меня Олегом» gives «Олегом»), each with a capital.
    pub value: String,
}

/// The name after «меня зовут», «моё имя», «мене звати», "my name is"; after «это», «я», «це», "I'm", "this is" only
/// where it is a known given name or has a capital and ends the sentence.
///
/// ```
/// use frontdesk::extract::name::introduced;
/// assert_eq!(introduced("Здравствуйте, меня зовут анна, хочу записаться").unwrap().value, "Анна");
/// assert_eq!(introduced("это больно?"), None);
/// ```
pub fn introduced(text: &str) -> Option<Name> {
    let words: Vec<Word<'_>> = words(text);
    (0..words.len()).find_map(|at| {
        let (strong, len) = introduction(&words, at)?;
        let name = words.get(at + len..)?;
        if strong { after_strong(name) } else { after_weak(name) }
    })
}

/// The name in an answer to «Как к вам обращаться?»: «Анна», «анна петровна», «зовите меня Олегом», "I'm Kate".
///
/// Refuses a question, a sentence, a yes or no, and anything with a digit or `@`.
///
/// ```
/// use frontdesk::extract::name::expected;
/// assert_eq!(expected("анна петровна").unwrap().value, "Анна Петровна");
/// assert_eq!(expected("а сколько стоит?"), None);
/// ```
pub fn expected(text: &str) -> Option<Name> {
    if let Some(name) = introduced(text) {
        return Some(name);
    }
    let words = words(text);
    if !matches!((yes_no(text), skip(text)), (None, false)) {
        return None;
    }
    let names: Vec<Word<'_>> = words.iter().copied().skip_while(|word| word.is_courtesy()).collect();
    let end = names.iter().rposition(|word| !word.is_courtesy() && word.is_word())? + 1;
    let names = names.get(..end)?;
    let plain = names.len() <= MOST_WORDS
        && names.iter().all(|word| word.may_be_name())
        && !text.contains(['?', '@']);
    let digits = text.chars().any(|c| c.is_numeric());
    if !plain || digits {
        return None;
    }
    let (first, rest) = names.split_first()?;
    let fits = first.is_given()
        || rest.is_empty()
        || names.iter().all(|word| word.has_capital() || word.is_patronymic());
    let rest_fits = rest.iter().all(|word| word.has_capital() || word.is_given() || word.is_surname());
    (fits && rest_fits).then(|| joined(names)).flatten()
}

/// The name of an answer that other values were cut out of. One word must be a known given name or have a capital:
/// «пишите» beside a number is none.
pub(crate) fn beside(rest: &str) -> Option<Name> {
    expected(rest).filter(|name| words(name.span.of(rest)).iter().any(|w| w.is_given() || w.has_capital()))
}

/// Whether a word may be a name at all: letters, and no word of ordinary talk.
pub(crate) fn may_be(word: &str) -> bool {
    words(word).first().is_some_and(Word::may_be_name)
}

/// What looks like a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lookalike {
    pub(crate) span: Span,
    /// The client says that it is a name, or signs with it.
    pub(crate) told: bool,
}

/// All that looks like a name, for who must not keep any: who introduces themselves or signs, common given names in
/// every case with the family name after them, patronymics. Words that are both («вера», «роман») count as names.
pub(crate) fn lookalikes(text: &str) -> Vec<Lookalike> {
    let words = words(text);
    let told = introduced(text).map(|name| name.span);
    let family = told.and_then(|name| family_of(&words, name));
    let told = told.into_iter().chain(family).chain((0..words.len()).flat_map(|at| after_cue(&words, at)));
    let after = |at: usize| words.get(at + 1).filter(|next| next.has_capital() && next.may_be_name());
    let common = words.iter().enumerate().filter(|(at, word)| word.looks_given() && !is_month(&words, *at));
    let common = common.flat_map(|(at, word)| [Some(word.span), after(at).map(|next| next.span)]).flatten();
    let told = told.map(|span| Lookalike { span, told: true });
    told.chain(common.map(|span| Lookalike { span, told: false })).collect()
}

/// The family name in small letters that ends a sentence: «меня зовут аристарх вальдшнеп».
fn family_of(words: &[Word<'_>], name: Span) -> Option<Span> {
    let last = words.iter().position(|word| word.span.end == name.end)?;
    let family = words.get(last + 1).filter(|word| word.may_be_name() && !word.has_capital())?;
    let ends = words.get(last + 2).is_none_or(|word| !word.is_word());
    (ends && words.get(last).is_some_and(|word| !word.has_capital())).then_some(family.span)
}

/// The capitalised words after «зовут», «Ф.И.О.:», «с уважением,».
fn after_cue<'w>(words: &'w [Word<'w>], at: usize) -> impl Iterator<Item = Span> {
    let folded = |at: usize| words.get(at).map(Word::folded).unwrap_or_default();
    let spelled = || {
        let start: Option<[String; 3]> = at.checked_sub(4).map(|f| [f, f + 2, at].map(folded));
        start.is_some_and(|[f, i, o]| matches!((&*f, &*i, &*o), ("ф", "и", "о") | ("п", "і", "б")))
    };
    let cued = words.get(at).is_some_and(Word::is_word) && (CUES.contains(&folded(at).as_str()) || spelled());
    let named = words.get(at + 1..).filter(|_| cued).unwrap_or_default();
    let signs = named.iter().take_while(|w| matches!(w.text, "." | ":" | "," | "-" | "–" | "—")).count();
    let named = named.iter().skip(signs).take(MOST_WORDS);
    named.take_while(|word| word.has_capital() && word.may_be_name()).map(|word| word.span)
}

/// «8 марта»
fn is_month(words: &[Word<'_>], at: usize) -> bool {
    let number = at.checked_sub(1).and_then(|before| words.get(before));
    number.is_some_and(|n| n.token.kind == TokenKind::Number)
        && words.get(at).is_some_and(|w| w.folded() == "марта")
}

/// Words that a name follows in a letter or a form.
const CUES: &[&str] = &[
    "зовут",
    "звать",
    "звати",
    "звуть",
    "имя",
    "імя",
    "фио",
    "піб",
    "фамилия",
    "прізвище",
    "уважением",
    "повагою",
    "regards",
    "sincerely",
];

/// The most words of a name: given name, patronymic, family name.
const MOST_WORDS: usize = 3;

/// The longest word of a name in characters.
const LONGEST: usize = 30;

#[derive(Debug, Clone, Copy)]
struct Word<'t> {
    token: Token<'t>,
    /// Up to three words joined by hyphens, as in «Анна-Мария», have one span.
    span: Span,
    text: &'t str,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut out: Vec<Word<'_>> = Vec::new();
    for token in tokens(text) {
        if let [.., first, hyphen] = out.as_mut_slice()
            && hyphen.text == "-"
            && first.is_word()
            && token.kind == TokenKind::Word
            && first.span.end == hyphen.span.start
            && hyphen.span.end == token.span.start
        {
            first.span.end = token.span.end;
            first.text = first.span.of(text);
            out.pop();
            continue;
        }
        out.push(Word { token, span: token.span, text: token.text });
    }
    out
}

impl Word<'_> {
    fn is_word(&self) -> bool {
        self.token.kind == TokenKind::Word
    }

    fn folded(&self) -> String {
        fold_word(self.text)
    }

    fn has_capital(&self) -> bool {
        self.is_word() && self.text.starts_with(char::is_uppercase)
    }

    fn is_given(&self) -> bool {
        self.is_word() && given::is_given(&self.folded())
    }

    /// A common given name or a patronymic, in any case and alphabet.
    fn looks_given(&self) -> bool {
        let given = || self.text.split('-').any(given::is_form);
        self.is_word()
            && (given() || self.is_patronymic() || self.has_capital() && given::is_in_latin(self.text))
    }

    fn is_patronymic(&self) -> bool {
        let word = self.folded();
        ["вич", "вна", "ична", "инична", "івна", "ївна"].iter().any(|end| word.ends_with(end))
            && word.chars().count() > 5
    }

    fn is_surname(&self) -> bool {
        let word = self.folded();
        let ends = [
            "ов",
            "ова",
            "ев",
            "ева",
            "ин",
            "ина",
            "ский",
            "ская",
            "ський",
            "ська",
            "енко",
            "чук",
            "юк",
            "ко",
            "ец",
            "дзе",
            "швили",
            "ян",
        ];
        self.is_patronymic()
            || (word.chars().count() > 4 && ends.iter().any(|end| word.ends_with(end)) && !self.is_common())
    }

    fn is_common(&self) -> bool {
        COMMON.binary_search(&self.folded().as_str()).is_ok()
    }

    /// Letters only, of a length that names have, and no word of ordinary talk.
    fn may_be_name(&self) -> bool {
        let letters = self.text.chars().all(|c| !c.is_numeric()) && self.text.chars().count() <= LONGEST;
        let folded = self.folded();
        self.is_word()
            && letters
            && folded.chars().count() >= 2
            && !self.is_common()
            && !is_answer_word(&folded)
    }

    /// Greetings, thanks and signs around a name.
    fn is_courtesy(&self) -> bool {
        !self.is_word()
            || is_answer_word(&self.folded())
            || matches!(self.folded().as_str(), "имя" | "зовут" | "можно" | "просто" | "имею" | "name")
    }
}

/// The words that an introduction begins with.
const FIRST_WORDS: &[&str] = &[
    "меня",
    "мене",
    "зовут",
    "звать",
    "звати",
    "звуть",
    "зовите",
    "называйте",
    "називайте",
    "кличте",
    "мое",
    "моє",
    "имя",
    "імя",
    "это",
    "я",
    "це",
    "my",
    "call",
    "name",
    "i",
    "im",
    "this",
    "it",
    "its",
];

/// Whether an introduction begins here, whether it is a sure one, and its length.
fn introduction(words: &[Word<'_>], at: usize) -> Option<(bool, usize)> {
    let folded = |n: usize| words.get(at + n).filter(|w| w.is_word()).map(|w| w.folded()).unwrap_or_default();
    let a = folded(0);
    if !FIRST_WORDS.contains(&a.as_str()) {
        return None;
    }
    let (b, c) = (folded(1), folded(2));
    let strong = match (a.as_str(), b.as_str(), c.as_str()) {
        ("меня" | "мене", "зовут" | "звать" | "звати" | "звуть", _) => 2,
        ("зовут" | "звать" | "звати" | "звуть", "меня" | "мене", _) => 2,
        ("зовите" | "називайте" | "называйте" | "кличте", "меня" | "мене", "просто") => {
            3
        }
        ("зовите" | "називайте" | "называйте" | "кличте", "меня" | "мене", _) => {
            2
        }
        ("мое" | "моє", "имя" | "імя", "это" | "це") => 3,
        ("мое" | "моє", "имя" | "імя", _) => 2,
        ("my", "name", "is") => 3,
        ("my", "names", _) => 2,
        ("имя" | "name" | "імя", _, _) if words.get(at + 1).is_some_and(|w| w.text == ":") => 2,
        _ => 0,
    };
    if strong > 0 {
        let sign = words.get(at + strong).is_some_and(|w| matches!(w.text, ":" | "-" | "–" | "—" | ","));
        return Some((true, strong + usize::from(sign)));
    }
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let starts = before.is_none_or(|w| !w.is_word() || w.is_courtesy());
    let weak = match (a.as_str(), b.as_str()) {
        ("i", "am") | ("this", "is") | ("it", "is") | ("call", "me") => 2,
        ("im" | "its", _) => 1,
        ("это" | "я" | "це", _) if starts => 1,
        _ => return None,
    };
    Some((false, weak))
}

/// After «меня зовут» any word is a name, further ones where they look like it.
fn after_strong(words: &[Word<'_>]) -> Option<Name> {
    let first = words.first().filter(|word| word.may_be_name())?;
    let more = words.iter().skip(1).take(MOST_WORDS - 1);
    let more = more.take_while(|word| {
        word.may_be_name()
            && (word.is_patronymic()
                || (word.has_capital() && first.has_capital())
                || (word.is_surname() && !first.has_capital()))
    });
    joined(words.get(..1 + more.count())?)
}

/// After «это» only a known name, or a capital at the end of a sentence that is not a question.
fn after_weak(words: &[Word<'_>]) -> Option<Name> {
    let first = words.first().filter(|word| word.may_be_name())?;
    let name = after_strong(words)?;
    let last = words.iter().position(|word| word.span.end == name.span.end)?;
    let next = words.get(last + 1);
    let asks = next.is_some_and(|word| word.text == "?");
    let ends = next.is_none_or(|word| matches!(word.text, "," | "." | "!"));
    let shouted = first.text.chars().count() > 1 && first.text.chars().all(|c| !c.is_lowercase());
    let fits = first.is_given() || (first.has_capital() && ends && !shouted);
    (fits && !asks).then_some(name)
}

fn joined(words: &[Word<'_>]) -> Option<Name> {
    let (first, last) = (words.first()?, words.last()?);
    let value: Vec<String> = words.iter().map(|word| titled(word.text)).collect();
    Some(Name { span: Span::new(first.span.start, last.span.end), value: value.join(" ") })
}

/// «анна-мария» as «Анна-Мария», «ОЛЕГ» as «Олег», «ДеВито» as typed.
fn titled(word: &str) -> String {
    let shouted = word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase());
    let mut out = String::with_capacity(word.len());
    let mut start = true;
    for c in word.chars() {
        match (start, shouted) {
            (true, _) => out.extend(upper(c)),
            (false, true) => out.extend(lower(c)),
            (false, false) => out.push(c),
        }
        start = c == '-';
    }
    out
}

/// Words of chats that stand where a name could.
static COMMON: LazyLock<Vec<&'static str>> = LazyLock::new(|| sorted(TALK));

const TALK: &str = "
как что кто где когда почему зачем сколько какой какая какие куда чем не ни а в на с к у о по за из от до для про но
или если вы ты мы он она они вас нас меня мой моя мое ваш ваша ваше тут там здесь уже еще только тоже просто можно
нужно надо есть был была было будет буду хочу хотел хотела могу стоит цена дорого дешево больно срочно важно правда
долго удобно понятно ясно интересно бесплатно завтра сегодня потом сейчас позже запись записаться узнать спросить
вопрос ответ клиент клиентка пациент менеджер оператор бот человек аноним никак никто неважно так пишу повторно
снова опять прошу звонил звонила пишите напишите держите ловите москва киев мошенники обман супер ужас реклама маникюр доставка заказ товар телефон
номер як що хто де коли чому скільки який яка ви ти ми він вона вони мій вже ще тільки також треба потрібно є був
була було буде можу коштує ціна боляче терміново важливо цікаво сьогодні потім зараз записатися питання київ what
who how where when why a an the not in on at from for with here there interested looking going fine good great sorry
late ready sure happy busy free new calling writing asking having trying about my your his her we you he she they me
and or but so very too also urgent important expensive price cost question afraid waiting done back home it is are
was am do does can could would will anonymous nobody whatever
";

fn sorted(words: &'static str) -> Vec<&'static str> {
    let mut words: Vec<&str> = words.split_whitespace().collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_introduce_themselves() {
        for (text, name) in [
            ("Меня зовут Олег", "Олег"),
            ("меня зовут анна, хочу записаться", "Анна"),
            ("Добрый день! Меня зовут Анна Петровна Сидорова.", "Анна Петровна Сидорова"),
            ("моё имя - Тимур", "Тимур"),
            ("это Марина, я вчера писала", "Марина"),
            ("это анна", "Анна"),
            ("зовите меня Олегом", "Олегом"),
            ("Вітаю, мене звати Соломія", "Соломія"),
            ("мене звуть тарас", "Тарас"),
            ("моє ім'я Ярина", "Ярина"),
            ("це Наталя, доброго дня", "Наталя"),
            ("My name is John Smith", "John Smith"),
            ("my name is kate", "Kate"),
            ("Hi, I'm Anna", "Anna"),
            ("this is Peter, I called yesterday", "Peter"),
            ("Hello! I am Priya.", "Priya"),
            ("я Зульфия, запишите", "Зульфия"),
            ("меня зовут АННА", "Анна"),
            ("Имя: Фёдор", "Фёдор"),
            ("меня зовут Анна-Мария", "Анна-Мария"),
        ] {
            let found = introduced(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.value, name, "{text}");
            assert_eq!(found.span.of(text).to_lowercase(), name.to_lowercase(), "{text}");
        }
    }

    #[test]
    fn other_words_are_no_introduction() {
        for text in [
            "это больно?",
            "это срочно",
            "Это Москва?",
            "я хочу записаться",
            "меня зовут не так",
            "как вас зовут",
            "I'm interested",
            "I am looking for a doctor",
            "this is urgent",
            "это дорого",
            "я из Киева",
            "це боляче?",
            "это ЦЕНА",
            "сколько это стоит",
            "",
            "it's expensive",
        ] {
            assert_eq!(introduced(text), None, "{text}");
        }
    }

    #[test]
    fn an_answer_is_a_name_or_refused() {
        for (text, name) in [
            ("Анна", "Анна"),
            ("олег", "Олег"),
            ("Анна Петровна", "Анна Петровна"),
            ("анна петровна", "Анна Петровна"),
            ("Здравствуйте, Мария", "Мария"),
            ("Айгуль", "Айгуль"),
            ("айгуль.", "Айгуль"),
            ("Можно просто Саша", "Саша"),
            ("зовите меня Олегом", "Олегом"),
            ("Иван Иванов", "Иван Иванов"),
            ("иван иванов", "Иван Иванов"),
            ("Олена, дякую", "Олена"),
            ("John", "John"),
            ("O'Brien", "O'Brien"),
        ] {
            assert_eq!(expected(text).map(|n| n.value).as_deref(), Some(name), "{text}");
        }
        for text in [
            "а сколько стоит?",
            "+79991234567",
            "не скажу",
            "просто хочу спросить",
            "да",
            "нет",
            "зачем вам имя",
            "Анна?",
            "anna@mail.ru",
            "завтра",
            "дорого",
            "привет",
            "",
            "👍",
            "what is the price",
        ] {
            assert_eq!(expected(text), None, "{text}");
        }
    }
}
