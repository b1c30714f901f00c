//! Words beside a number: those that call for a call, and those that name something else.

use super::window;
use super::word_list::WordList;
use crate::text::fold::{is_alphanumeric, is_apostrophe, is_combining};
use std::sync::LazyLock;

/// What a word says about the digits beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// A telephone, a call, a messenger.
    Phone,
    /// «номер»: of whatever the next word names, of a telephone if none does.
    Number,
    /// An order, an account, a document, a price.
    Other,
}

use Cue::{Number, Other, Phone};

/// Folded words in code point order; a star stands for any ending.
#[rustfmt::skip]
const WORDS: &[(&str, Cue)] = &[
    ("account*", Other), ("acct", Other), ("amount*", Other), ("arayın", Phone), ("balance*", Other),
    ("bestell*", Other), ("booking*", Other), ("buyurtma*", Other), ("call*", Phone), ("card", Other),
    ("cards", Other), ("case", Other), ("cell*", Phone), ("cep", Phone), ("chat_id", Other),
    ("code*", Other), ("contact*", Phone), ("contract*", Other), ("dhl", Other), ("dial*", Phone),
    ("ean", Other), ("faktur*", Other), ("fatura*", Other), ("fax*", Phone), ("fedex", Other),
    ("gtin", Other), ("handy*", Phone), ("hisob*", Other), ("iban", Other), ("id", Other), ("imei", Other),
    ("inn", Other), ("invoice*", Other), ("isbn", Other), ("jshshir", Other), ("mob", Phone),
    ("mobil*", Phone), ("narx*", Other), ("nomer*", Number), ("number*", Number), ("numer*", Number),
    ("nummer*", Number), ("order*", Other), ("parcel*", Other), ("pasport*", Other), ("passport*", Other),
    ("password*", Other), ("payment*", Other), ("phone*", Phone), ("policy", Other), ("price*", Other),
    ("qongiroq*", Phone), ("qo‘ngiroq*", Phone), ("raqam*", Number), ("reach*", Phone),
    ("rechnung*", Other), ("ref", Other), ("reference*", Other), ("ring*", Phone), ("ruf*", Phone),
    ("serial*", Other), ("shartnoma*", Other), ("shipment*", Other), ("siparis*", Other),
    ("sipariş*", Other), ("sku", Other), ("sms*", Phone), ("ssn", Other), ("stir", Other), ("swift", Other),
    ("tel", Phone), ("telefon*", Phone), ("text", Phone), ("ticket*", Other), ("timestamp*", Other),
    ("total*", Other), ("track*", Other), ("uid", Other), ("upc", Other), ("ups", Other), ("usps", Other),
    ("version*", Other), ("viber*", Phone), ("vin", Other), ("voucher*", Other), ("whatsapp*", Phone),
    ("zadzwo*", Phone), ("zamowien*", Other), ("zamówien*", Other), ("zip", Other), ("zəng*", Phone),
    ("айди", Other), ("аккаунт*", Other), ("акт", Other), ("акта", Other), ("арт", Other),
    ("артикул*", Other), ("баланс*", Other), ("баға*", Other), ("бик", Other), ("билет*", Other),
    ("бин", Other), ("брон*", Other), ("бсн", Other), ("бюджет*", Other), ("вайбер*", Phone),
    ("ватсап*", Phone), ("вацап*", Phone), ("версии", Other), ("версия*", Other), ("вин", Other),
    ("возврат*", Other), ("вотсап*", Phone), ("гост", Other), ("дагавор*", Other), ("дзвон*", Phone),
    ("дзвін*", Phone), ("договор*", Other), ("договір*", Other), ("егрип", Other), ("егрн", Other),
    ("жду", Phone), ("жсн", Other), ("заказ", Other), ("заказа", Other), ("заказе", Other),
    ("заказов", Other), ("заказом", Other), ("заказу", Other), ("заказы", Other), ("заказі", Other),
    ("замова*", Other), ("замовлен*", Other), ("занг*", Phone), ("зателефон*", Phone), ("заявк*", Other),
    ("званіц*", Phone), ("звон*", Phone), ("звяз*", Phone), ("ид", Other), ("иин", Other), ("инв", Other),
    ("инвойс*", Other), ("индекс*", Other), ("инн", Other), ("итог*", Other), ("к/с", Other),
    ("кадастр*", Other), ("карта", Other), ("карте", Other), ("картк*", Other), ("картой", Other),
    ("карту", Other), ("карты", Other), ("квитанц*", Other), ("келісім*", Other), ("код", Other),
    ("кода", Other), ("кодом", Other), ("контакт*", Phone), ("корреспондентск*", Other), ("кошт*", Other),
    ("кпп", Other), ("л/р", Other), ("л/с", Other), ("лицев*", Other), ("лицензи*", Other), ("лот", Other),
    ("маб", Phone), ("мабільн*", Phone), ("моб*", Phone), ("мобіл*", Phone), ("набери*", Phone),
    ("набир*", Phone), ("набрать", Phone), ("накладн*", Other), ("номер*", Number), ("нумар*", Number),
    ("нөмір*", Number), ("огрн*", Other), ("окпо", Other), ("октмо", Other), ("омс", Other),
    ("осаго", Other), ("особов*", Other), ("отправлен*", Other), ("оферт*", Other), ("пазван*", Phone),
    ("парол*", Other), ("паспорт*", Other), ("пасылк*", Other), ("патэлефан*", Phone), ("пашпарт*", Other),
    ("передзвон*", Phone), ("перезвон*", Phone), ("позвон*", Phone), ("показани*", Other),
    ("показник*", Other), ("полис*", Other), ("поліс*", Other), ("посилк*", Other), ("посылк*", Other),
    ("пошлин*", Other), ("промокод*", Other), ("протокол*", Other), ("р/р", Other), ("р/с", Other),
    ("расчетн*", Other), ("рахун*", Other), ("рейс*", Other), ("рнокпп", Other), ("с/ф", Other),
    ("связ*", Phone), ("сделк*", Other), ("сдэк*", Other), ("серийн*", Other), ("серия", Other),
    ("сериі", Other), ("снилс*", Other), ("сот", Phone), ("сотов*", Phone), ("стоимост*", Other),
    ("сумм*", Other), ("счет*", Other), ("тапсырыс*", Other), ("тариф*", Other), ("тел", Phone),
    ("телефон*", Phone), ("тикет*", Other), ("транзакц*", Other), ("трек*", Other), ("ттн", Other),
    ("тэл", Phone), ("тэлеф*", Phone), ("угода", Other), ("угоди", Other), ("удостоверен*", Other),
    ("унзр", Other), ("унп", Other), ("факс*", Phone), ("хабарлас*", Phone), ("цана*", Other),
    ("цена", Other), ("цене", Other), ("ценой", Other), ("цену", Other), ("цены", Other), ("цін*", Other),
    ("чалыңыз", Phone), ("чек", Other), ("чека", Other), ("чеку", Other), ("шот*", Other),
    ("штрихкод*", Other), ("єдрпоу", Other), ("іин", Other), ("інвойс*", Other), ("інн", Other),
    ("іпн", Other), ("қоңырау*", Phone), ("ұялы", Phone), ("գին*", Other), ("զանգ*", Phone),
    ("համար*", Number), ("հեռ*", Phone), ("պատվեր*", Other), ("טלפון", Phone), ("נייד", Phone),
    ("დარეკ*", Phone), ("მობ*", Phone), ("ნომერ*", Number), ("ტელ*", Phone), ("ფას*", Other),
    ("შეკვეთ*", Other),
];

/// What a number counts when it stands right before one of these.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "eur", "kg", "km", "kzt", "rub", "uah", "usd", "uzs", "гривен", "гривень", "грн", "долларов", "евро",
    "кг", "км", "лари", "мм", "р", "раз", "руб", "рублей", "рублеў", "рубля", "см", "сом", "сум", "тг",
    "тенге", "теңге", "шт", "штук", "դրամ", "ლარი",
];

/// Bytes looked at on each side of a number.
const WINDOW: usize = 96;
/// Words between a number and the word that calls for a call, at most; and the one that names something else.
const PHONE_REACH: usize = 6;
const OTHER_REACH: usize = 3;

/// What the words beside a number say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cues {
    pub(super) phone: bool,
    pub(super) other: bool,
}

impl Cues {
    /// Of the cue before a number and, unless it decides alone, those after it.
    pub(super) fn new(before: Option<Cue>, after: impl FnOnce() -> Cues) -> Self {
        if before == Some(Other) {
            return Self { phone: false, other: true };
        }
        let after = after();
        Self { phone: before.is_some() || after.phone, other: after.other }
    }
}

/// Reads the words on both sides of `text[start..end]`.
pub(super) fn around(text: &str, start: usize, end: usize) -> Cues {
    let mut folded = String::new();
    Cues::new(before(text, start, &mut folded), || after(text, end, &mut folded))
}

/// The cue of one word, typed as people type.
pub(super) fn of_word(word: &str) -> Option<Cue> {
    cue(word, &mut String::new())
}

fn cue(word: &str, folded: &mut String) -> Option<Cue> {
    CUES.find(word, folded)
}

static CUES: LazyLock<WordList<Cue>> = LazyLock::new(|| WordList::of(WORDS.iter().copied()));
static COUNTED: LazyLock<WordList<()>> = LazyLock::new(|| WordList::of(UNITS.iter().map(|unit| (*unit, ()))));

fn is_word(c: char) -> bool {
    match c {
        'а'..='я' | 'А'..='Я' | 'a'..='z' | 'A'..='Z' | '0'..='9' | '/' | '_' => true,
        '\0'..='\x7F' => is_apostrophe(c),
        c => is_alphanumeric(c) || is_apostrophe(c) || is_combining(c),
    }
}

/// The nearest naming word before the number; `folded` is room to fold words in.
///
/// One that names something else counts only where nothing parts it from the number: no comma, no line break, no other
/// digits that it may belong to.
pub(super) fn before(text: &str, start: usize, folded: &mut String) -> Option<Cue> {
    let mut rest = window::before(text, start, WINDOW);
    let mut number = None;
    let mut joined = true;
    for reach in 1..=PHONE_REACH {
        if rest.is_empty() {
            break;
        }
        let head = rest.trim_end_matches(|c| !is_word(c));
        let signs = rest.get(head.len()..)?;
        let stem = head.trim_end_matches(is_word);
        let word = head.get(stem.len()..)?.trim_matches('/');
        if signs != " " {
            if ends_sentence(word, signs) {
                break;
            }
            if signs.contains(['№', '#']) && number.is_none() {
                number = Some(Other);
            }
            joined &= !signs.contains([',', ';', '\n', ')', '+']);
        }
        match cue(word, folded) {
            Some(Phone) => return Some(Phone),
            Some(Other) if joined && reach <= OTHER_REACH => return Some(Other),
            Some(Number) if number.is_none() => number = Some(Number),
            _ => joined = joined && !word.bytes().any(|b| b.is_ascii_digit()),
        }
        if stem.is_empty() {
            break;
        }
        rest = stem;
    }
    number
}

/// A full stop after a short word marks an abbreviation («тел.»), not an end.
fn ends_sentence(word: &str, signs: &str) -> bool {
    let stop = signs.contains('.') && word.chars().count() > 4;
    stop || signs.contains(['!', '?']) || signs.contains("\n\n")
}

/// What the words after a number say.
pub(super) fn after(text: &str, end: usize, folded: &mut String) -> Cues {
    let mut cues = Cues::default();
    let mut named = false;
    let mut rest = window::after(text, end, WINDOW);
    for reach in 1..=OTHER_REACH {
        if rest.is_empty() {
            break;
        }
        let tail = rest.trim_start_matches(|c| !is_word(c));
        let signs = rest.get(..rest.len() - tail.len()).unwrap_or_default();
        if signs.contains(['.', '!', '?', '\n', '+']) {
            break;
        }
        cues.other |= reach == 1 && signs.contains(['₽', '$', '€', '₴', '₸', '₾', '֏', '%']);
        let next = tail.trim_start_matches(is_word);
        let word = tail.get(..tail.len() - next.len()).unwrap_or_default();
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        if reach == 1 && signs.chars().all(char::is_whitespace) {
            cues.other |= COUNTED.find(word, folded).is_some();
        }
        match cue(word, folded) {
            Some(Phone) => cues.phone = true,
            Some(Number) => named = true,
            Some(Other) => cues.other |= named,
            None => {}
        }
        rest = next;
    }
    cues
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order() {
        assert!(WORDS.is_sorted_by_key(|(w, _)| w) && UNITS.is_sorted());
    }

    #[test]
    fn every_word_is_found_however_typed() {
        for (word, cue) in WORDS {
            let word = word.trim_end_matches('*');
            assert_eq!(of_word(word), Some(*cue), "{word}");
            let capitals = word.to_uppercase();
            let same = capitals.to_lowercase() == word; // Turkish «ı» is none
            assert!(!same || of_word(&capitals) == Some(*cue), "{word}");
        }
        // Latin letters among Cyrillic ones, a stretched letter.
        for word in ["pахунок", "paхунок", "кoд", "cчет", "зззвоните"] {
            assert!(of_word(word).is_some(), "{word}");
        }
        assert!(["привет", "hello", "я", ""].iter().all(|word| of_word(word).is_none()));
    }

    #[test]
    fn the_nearest_naming_word_speaks() {
        for (text, phone, other) in [
            ("мой номер | ", true, false),
            ("номер заказа: |", false, true),
            ("заказ №|", false, true),
            ("Заказ 45812, мой телефон |", true, false),
            ("заказ 45812, |", false, false),
            ("телефон № |", true, false),
            ("Лицевой счёт |", false, true),
            ("л/с |", false, true),
            ("| звоните после шести", true, false),
            ("| рублей", false, true),
            ("хочу заказать, |", false, false),
            ("тел. |", true, false),
            ("сделал заказ вчера. |", false, false),
        ] {
            let at = text.find('|').unwrap();
            let text = text.replace('|', "");
            let cues = around(&text, at, at);
            assert_eq!((cues.phone, cues.other), (phone, other), "{text}");
        }
    }
}
