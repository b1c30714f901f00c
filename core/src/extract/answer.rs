//! Yes, no and «пропустить»: a whole message that holds nothing else.

use crate::text::{Token, TokenKind, fold_word, tokens};

/// Phrases of agreement, folded.
#[rustfmt::skip] // one phrase a line would hide the code
const YES: &[&str] = &[
    "да", "ага", "угу", "агась", "да да", "дада", "даа", "конечно", "естественно", "разумеется",
    "безусловно", "хорошо", "хор", "ок", "окей", "оки", "окич", "ладно", "давай", "давайте", "согласен",
    "согласна", "согласны", "подтверждаю", "верно", "все верно", "правильно", "все правильно", "точно",
    "именно", "подходит", "подойдет", "годится", "устраивает", "меня устраивает", "можно", "хочу", "буду",
    "приду", "записывайте", "запишите", "идет", "пойдет", "отлично", "супер", "с удовольствием",
    "обязательно", "я за", "не против", "почему бы и нет", "нужно", "надо", "плюс", "дп", "lf", "так",
    "авжеж", "звісно", "звичайно", "добре", "гаразд", "згоден", "згодна", "згодні", "підтверджую", "вірно",
    "все вірно", "усе вірно", "підходить", "влаштовує", "можна", "хочу так", "із задоволенням", "залюбки",
    "нехай", "еге", "атож", "yes", "yep", "yeah", "yea", "yup", "ya", "sure", "ok", "okay", "k", "y",
    "of course", "absolutely", "definitely", "certainly", "correct", "right", "thats right", "exactly",
    "agreed", "i agree", "sounds good", "sounds great", "fine", "great", "perfect", "why not", "go ahead",
    "lets do it", "confirm", "confirmed", "yes i do", "id love to", "works for me",
    "иә", "ҳа", "ha", "այո", "კი", "დიახ",
];

/// Phrases of refusal, folded.
#[rustfmt::skip] // one phrase a line would hide the code
const NO: &[&str] = &[
    "нет", "неа", "нее", "не", "нит", "нету", "ни", "никак нет", "не надо", "не нужно", "не хочу",
    "не буду", "не согласен", "не согласна", "не подходит", "не подойдет", "не устраивает", "не верно",
    "неверно", "неправильно", "не правильно", "не стоит", "не интересно", "неинтересно", "не интересует",
    "нельзя", "отказываюсь", "против", "ни в коем случае", "конечно нет", "точно нет", "да нет", "не могу",
    "не получится", "не сейчас", "отмена", "откажусь", "нет не надо", "нет не нужно", "минус", "ні", "нє",
    "не треба", "не потрібно", "не згоден", "не згодна", "не підходить", "не влаштовує", "не цікаво",
    "не вірно", "не зараз", "звісно ні", "звичайно ні", "нема", "немає", "no", "nope", "nah", "n", "no way",
    "not really", "not now", "no need", "i dont", "i dont think so", "dont", "do not", "not interested",
    "never", "no i dont", "of course not", "negative", "not needed", "wrong",
    "не а", "нет конечно", "ничего нет", "нет ничего", "никого нет", "нет никого", "нічого нема",
    "нема нічого", "нікого нема", "нема нікого", "жоқ", "йўқ", "yoq", "ոչ", "არა",
];

/// Phrases that leave a question out.
#[rustfmt::skip] // one phrase a line would hide the code
const SKIP: &[&str] = &[
    "пропустить", "пропусти", "пропустите", "пропускаю", "пропуск", "пропустим", "дальше", "далее",
    "следующий вопрос", "не важно", "неважно", "без разницы", "все равно", "не скажу", "не хочу говорить",
    "не хочу указывать", "не указывать", "не знаю", "нет такого", "без этого", "обойдусь", "потом", "позже",
    "не помню", "пропустити", "пропускаємо", "далі", "не важливо", "неважливо", "байдуже", "все одно",
    "потім", "пізніше", "немає такого", "skip", "skip it", "skip this", "next", "pass", "doesnt matter",
    "whatever", "later", "none", "nothing", "n a", "rather not", "id rather not", "i dont know",
    "dont know", "нет фото", "фото нет", "без фото", "немає фото", "фото немає", "no photo", "no photos",
];

/// Words that may stand around an answer.
#[rustfmt::skip] // one phrase a line would hide the code
const COURTESY: &[&str] = &[
    "спасибо", "спс", "благодарю", "пожалуйста", "пожалуста", "плиз", "пж", "пжл", "большое", "огромное",
    "вам", "тебе", "привет", "здравствуйте", "здрасте", "добрый", "доброе", "день", "утро", "вечер", "ну",
    "ой", "вот", "же", "уж", "извините", "простите", "это", "мне", "я", "все", "очень", "и", "то", "пока",
    "дякую", "дуже", "будь", "ласка", "вітаю", "доброго", "дня", "вибачте", "та", "ж", "мені", "please",
    "pls", "plz", "thanks", "thank", "you", "thx", "ty", "hi", "hello", "sorry", "oh", "well", "very",
    "much", "it", "that", "is", "just", "там", "тут", "здесь", "его", "ее", "их", "она", "он", "они", "оно",
    "у", "меня", "нас", "уже", "еще", "його", "її", "їх", "вона", "він", "вони", "мене", "вже", "ще", "there",
    "here",
];

/// Words that answer before a story: «да, положили у двери».
#[rustfmt::skip] // one word a line would hide the code
const LEADING: &[(&str, bool)] = &[
    ("да", true), ("ага", true), ("угу", true), ("конечно", true), ("так", true), ("звісно", true),
    ("yes", true), ("yep", true), ("yeah", true), ("иә", true), ("այո", true), ("კი", true), ("нет", false),
    ("неа", false), ("нету", false), ("ні", false), ("нема", false), ("no", false), ("nope", false),
    ("жоқ", false), ("yoq", false), ("ոչ", false), ("არა", false),
];

/// Words that ask, or turn what was said round: no story begins with them.
#[rustfmt::skip] // one word a line would hide the code
const TURNING: &[&str] = &[
    "не", "ли", "или", "либо", "что", "чего", "кто", "как", "где", "куда", "откуда", "когда", "сколько",
    "почем", "почему", "зачем", "какой", "какая", "какое", "какие", "чи", "або", "що", "хто", "як", "де",
    "коли", "скільки", "чому", "навіщо", "який", "яка", "яке", "які", "or", "what", "who", "how", "where",
    "when", "why", "which", "not",
];

/// Words that make an answer less sure, and an answer all the same to who asked.
const HEDGING: &[&str] = &["наверное", "наверно", "вроде", "кажется", "видимо", "мабуть", "ніби", "probably"];

/// Words between an answer and what follows it.
const LINKING: &[&str] = &["а", "но", "і", "и", "але", "but", "and", "ну", "то", "ж", "же"];

/// The longest phrase in words.
const LONGEST: usize = 4;

/// More words than this are a story.
const MOST_WORDS: usize = 12;

/// Whether a whole message says yes or no; courtesy, punctuation and emoji may stand around it. None where anything
/// else is in the message, where it asks, or where it says both.
///
/// ```
/// use frontdesk::extract::answer::yes_no;
/// assert_eq!(yes_no("Да, конечно!"), Some(true));
/// assert_eq!(yes_no("ні, дякую"), Some(false));
/// assert_eq!(yes_no("да, а сколько стоит?"), None);
/// ```
pub fn yes_no(text: &str) -> Option<bool> {
    let message = Message::read(text)?;
    message.judge(&[(YES, Verdict::Yes), (NO, Verdict::No)]).and_then(|verdict| match verdict {
        Verdict::Yes => Some(true),
        Verdict::No => Some(false),
        Verdict::Skip => None,
    })
}

/// [`yes_no`] of an answer to a question that was put: a yes or no that leads the message counts too, whatever is
/// told after it.
///
/// Not for a message that nobody asked for: there «нет времени» is no answer.
///
/// ```
/// use frontdesk::extract::answer::yes_no_expected;
/// assert_eq!(yes_no_expected("нет, соседей не было дома"), Some(false));
/// assert_eq!(yes_no_expected("да, положили у двери"), Some(true));
/// assert_eq!(yes_no_expected("нет ли у вас доставки"), None);
/// ```
pub fn yes_no_expected(text: &str) -> Option<bool> {
    yes_no(text).or_else(|| leading(text)).or_else(|| trailing(text))
}

/// What the last word says where a sign parts it from the rest: «смотрели, нет».
fn trailing(text: &str) -> Option<bool> {
    let said: Vec<Token<'_>> = tokens(text.trim_end_matches(['.', '!', ' '])).collect();
    let [.., sign, last] = said.as_slice() else { return None };
    let asks = said.iter().any(|t| t.text == "?" || TURNING.contains(&fold_word(t.text).as_str()));
    let parted = matches!(sign.text, "," | "." | "–" | "—") && !asks;
    of_lead(&fold_word(last.text)).filter(|_| parted)
}

/// What a word says that answers before or after a story.
fn of_lead(word: &str) -> Option<bool> {
    LEADING.iter().find(|(leads, _)| *leads == word).map(|&(_, yes)| yes)
}

/// What the first word of a message says; none where a question or the contrary follows it.
fn leading(text: &str) -> Option<bool> {
    let said: Vec<Token<'_>> = tokens(text).collect();
    let folded = |token: &Token<'_>| fold_word(token.text);
    let opens = |word: String| {
        of_lead(&word).is_none() && (COURTESY.contains(&word.as_str()) || HEDGING.contains(&word.as_str()))
    };
    let at = said.iter().position(|t| !opens(folded(t)))?;
    let lead = folded(said.get(at)?);
    let yes = of_lead(&lead)?;
    let rest = said.get(at + 1..)?;
    // «Так» opens a Russian sentence as well: it answers where a sign parts it from the rest.
    let parted = lead != "так" || rest.first().is_some_and(|t| t.kind == TokenKind::Sign);
    let mut words = rest.iter().filter(|t| t.kind != TokenKind::Sign).map(folded);
    let next = words.find(|word| !LINKING.contains(&word.as_str()));
    let denies_no = |word: &str| !yes && matches!(word, "не" | "not");
    let turns = next.is_some_and(|word| {
        TURNING.contains(&word.as_str()) && !denies_no(&word) || of_lead(&word) == Some(!yes)
    });
    let asks = said.iter().any(|t| t.text == "?");
    (parted && !turns && !asks).then_some(yes)
}

/// Whether a whole message leaves an optional question out: «пропустить», «нет», «не нужно».
///
/// ```
/// use frontdesk::extract::answer::skip;
/// assert!(skip("Пропустить, пожалуйста"));
/// assert!(skip("не нужно"));
/// assert!(!skip("нет, запишите телефон"));
/// ```
pub fn skip(text: &str) -> bool {
    let Some(message) = Message::read(text) else { return false };
    matches!(message.judge(&[(SKIP, Verdict::Skip), (NO, Verdict::Skip)]), Some(Verdict::Skip))
}

/// Whether the word is courtesy or an answer, and so no value of its own.
pub(crate) fn is_answer_word(folded: &str) -> bool {
    [YES, NO, SKIP, COURTESY].into_iter().any(|list| list.contains(&folded))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Yes,
    No,
    Skip,
}

/// The words of a short message, and what its signs alone say.
struct Message {
    words: Vec<String>,
    sign: Option<Verdict>,
}

impl Message {
    /// None for a question, a number or a message too long to be an answer.
    fn read(text: &str) -> Option<Self> {
        let mut words = Vec::new();
        let mut sign = None;
        for token in tokens(text) {
            match token.kind {
                TokenKind::Word if words.len() < MOST_WORDS => words.push(fold_word(token.text)),
                TokenKind::Word | TokenKind::Number => return None,
                TokenKind::Emoji | TokenKind::Sign => {
                    if token.text == "?"
                        || sign.is_some_and(|known| said_by(&token).is_some_and(|new| new != known))
                    {
                        return None;
                    }
                    sign = sign.or(said_by(&token));
                }
            }
        }
        let alone = matches!(text.trim(), "-" | "–" | "—");
        Some(Self { words, sign: if alone { Some(Verdict::No) } else { sign } })
    }

    /// The one verdict that every phrase of the message gives; courtesy gives none.
    fn judge(&self, lists: &[(&[&str], Verdict)]) -> Option<Verdict> {
        let mut verdict = None;
        let mut at = 0;
        while at < self.words.len() {
            let (said, len) = self.phrase(at, lists)?;
            if let Some(said) = said {
                if verdict.is_some_and(|known| known != said) {
                    return None;
                }
                verdict = Some(said);
            }
            at += len;
        }
        let skips = lists.iter().all(|&(_, verdict)| verdict == Verdict::Skip);
        let sign = self.sign.map(|sign| if skips && sign == Verdict::No { Verdict::Skip } else { sign });
        match (verdict, sign) {
            (Some(said), Some(shown)) if said != shown => None,
            (said, shown) => said.or(shown),
        }
    }

    fn phrase(&self, at: usize, lists: &[(&[&str], Verdict)]) -> Option<(Option<Verdict>, usize)> {
        for len in (1..=LONGEST).rev() {
            let Some(words) = self.words.get(at..at + len) else { continue };
            let phrase = words.join(" ");
            if phrase == "не" && self.words.get(at + 1).is_some_and(|next| !follows_no(next)) {
                continue;
            }
            for &(list, verdict) in lists {
                if list.contains(&phrase.as_str()) {
                    return Some((Some(verdict), len));
                }
            }
        }
        let word = self.words.get(at)?;
        COURTESY.contains(&word.as_str()).then_some((None, 1))
    }
}

/// Words that may follow a «не» which is a whole answer: «не, спасибо», «не, не надо».
fn follows_no(word: &str) -> bool {
    COURTESY.contains(&word) || NO.contains(&word)
}

fn said_by(token: &Token<'_>) -> Option<Verdict> {
    match token.text.chars().next()? {
        '+' | '👍' | '✅' | '👌' | '☑' | '✔' | '🆗' => Some(Verdict::Yes),
        '👎' | '❌' | '🚫' | '🙅' => Some(Verdict::No),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_in_three_languages() {
        for text in [
            "да",
            "Да!",
            "ага",
            "+",
            "++",
            "угу",
            "конечно",
            "Давайте",
            "так",
            "yep",
            "👍",
            "👍🏽",
            "да, спасибо",
            "да да",
            "Ну да",
            "да, все верно",
            "ок",
            "ok",
            "хорошо, спасибо большое",
            "звісно",
            "так, дякую",
            "yes please",
            "sure, thanks!",
            "sounds good",
            "подходит 👍",
            "Дааааа",
            "of course",
            "добре, будь ласка",
            "почему бы и нет",
            "👌",
            "That's right",
        ] {
            assert_eq!(yes_no(text), Some(true), "{text}");
        }
    }

    #[test]
    fn no_in_three_languages() {
        for text in [
            "нет",
            "Нет.",
            "не надо",
            "ні",
            "no thanks",
            "нет, спасибо",
            "неа",
            "не нужно",
            "ні, дякую",
            "не треба",
            "nope",
            "no",
            "❌",
            "👎",
            "да нет",
            "нет нет",
            "не сейчас, спасибо",
            "not now, sorry",
            "-",
            "No, thank you",
            "конечно нет",
            "I don't think so",
        ] {
            assert_eq!(yes_no(text), Some(false), "{text}");
        }
    }

    #[test]
    fn anything_else_is_no_answer() {
        for text in [
            "да, а сколько стоит?",
            "да?",
            "нет времени",
            "да или нет",
            "завтра",
            "",
            "спасибо",
            "да 5",
            "дай телефон",
            "нет, в пятницу",
            "👍👎",
            "да ❌",
            "🙂",
            "не знаю",
            "yes, but what is the price",
            "здравствуйте",
            "ну",
            "-5",
        ] {
            assert_eq!(yes_no(text), None, "{text}");
        }
    }

    #[test]
    fn fillers_and_other_languages_answer() {
        for text in ["да, конечно", "ага", "угу", "ну так", "yep", "Иә", "Ha", "այո", "კი", "да там она"]
        {
            assert_eq!(yes_no(text), Some(true), "{text}");
        }
        for text in [
            "нет ее там",
            "там нет ничего",
            "нет, конечно",
            "не-а",
            "та ні",
            "ні, нема",
            "її там нема",
            "nope",
            "жоқ",
            "yo'q",
            "yo‘q",
            "ոչ",
            "არა",
            "нет у меня",
            "там никого нет",
        ] {
            assert_eq!(yes_no(text), Some(false), "{text}");
        }
    }

    #[test]
    fn a_yes_or_no_leads_a_story() {
        for (text, said) in [
            ("да, положили у двери", Some(true)),
            ("да смотрела уже", Some(true)),
            ("так, сусіди забрали", Some(true)),
            ("yes, at the back door", Some(true)),
            ("нет, соседей не было", Some(false)),
            ("ну нет, дом другой", Some(false)),
            ("ні, двері зачинені", Some(false)),
            ("no, nobody was home", Some(false)),
            ("ні, не дивилась", Some(false)),
            ("вроде нет", Some(false)),
            ("смотрела везде, нет.", Some(false)),
            ("чому ні, так", None),
            ("нет ли у вас доставки", None),
            ("нет, а вы смотрели?", None),
            ("да, а сколько ждать", None),
            ("yes, but what is the price", None),
            ("да или нет", None),
            ("да не знаю", None),
            ("так долго едет", None),
            ("соседи дома", None),
            ("", None),
        ] {
            assert_eq!(yes_no_expected(text), said, "{text}");
        }
    }

    #[test]
    fn skips_a_question() {
        for text in [
            "пропустить",
            "Пропустите, пожалуйста",
            "нет",
            "не нужно",
            "skip",
            "далі",
            "no thanks",
            "не хочу указывать",
            "дальше",
            "-",
            "n/a",
        ] {
            assert!(skip(text), "{text}");
        }
        for text in ["да", "Анна", "не пропустить", "👍", "", "а можно пропустить?"]
        {
            assert!(!skip(text), "{text}");
        }
    }
}
