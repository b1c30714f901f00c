//! The words that carry numbers, dates and money in Russian, Ukrainian and English.
//!
//! A row is a stem, its endings (`-` is the bare stem) and a meaning; rows expand once into one table of
//! forms. A form has one meaning: where languages disagree, the reader settles it by the neighbours.

mod calendar;
mod number;
mod slip;
mod small;

use crate::text::fold::fold_into;
use std::sync::LazyLock;

/// A row of a lexicon: stem, endings, meaning.
type Row = (&'static str, &'static str, Meaning);

/// What a word says to the readers of numbers, dates and money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// «пять», "five".
    Cardinal(u16),
    /// «пятого», "fifth".
    Ordinal(u16),
    /// The English word for hundreds, which multiplies what stands before it.
    Hundred,
    /// A power of ten: «тысяч» is 3.
    Power(u8),
    /// «пол», «пів», "half".
    Half,
    /// «полмиллиона»: half of a power of ten.
    HalfOf(u8),
    /// «полтора».
    OneAndHalf,
    /// «полтретьего»: half an hour before this hour.
    HalfBefore(u8),
    /// «четверть», "quarter".
    Quarter,
    /// «пара» is 2, «несколько» about 3.
    Few(u8),
    /// Days from today: «завтра» is 1.
    Day(i8),
    /// "tonight".
    Tonight,
    /// 1 is Monday; `sure` where the spelling is no other common word.
    Weekday { day: u8, sure: bool },
    /// 1 is January.
    Month(u8),
    /// «начало», «конец» of a month, by the day it begins with.
    StretchOf(u8),
    /// A length of time.
    Unit(Unit),
    /// «утром»: a part of the day that stands alone.
    Part(Part),
    /// «утра»: a part of the day after an hour.
    PartOf(Part),
    /// «утро», "morning": a part of the day beside a day.
    PartName(Part),
    /// «полдень», "noon": twelve o'clock.
    Noon,
    /// «работы», after which the evening begins.
    Work,
    /// "am" and "pm".
    HalfDay { pm: bool },
    /// «выходные».
    Weekend,
    /// «эту», "this".
    This,
    /// «ближайшую».
    Nearest,
    /// «следующую», "next".
    Next,
    /// «прошлую», "last", «назад», "ago".
    Past,
    /// «каждую», "every".
    Every,
    /// «числа» after a day of the month.
    DayOfMonth,
    /// «в», "at".
    At,
    /// «на», "on".
    On,
    /// «к», "by".
    By,
    /// «с», "from".
    From,
    /// «от», which counts hours and sums alike.
    Since,
    /// «до», "to", "until".
    To,
    /// «по», "through".
    Through,
    /// «после», "after".
    After,
    /// "before".
    Before,
    /// «раньше» and «позже», which speak of a bound after «не».
    Sooner,
    /// See [`Meaning::Sooner`].
    Later,
    /// "past" in "half past two".
    PastHour,
    /// «без» in «без четверти три».
    Without,
    /// «около», "about".
    About,
    /// «через», "in".
    In,
    /// «за»: a term in Ukrainian, a price in Russian.
    Within,
    /// "the", "a".
    Article,
    /// "of".
    Of,
    /// «не», "not".
    Not,
    /// «и», «или», "or".
    And,
    /// An ISO 4217 code.
    Currency(&'static str),
    /// «минимум», «больше»: the sum is a floor.
    AtLeast,
    /// «максимум», "under": the sum is a ceiling.
    AtMost,
    /// «бюджет», "price": the number beside it is money.
    Price,
    /// «кг», «этажа», «раза»: the number before it counts something.
    Counted,
    /// «заказ», "order": the number after it may be an order number.
    Order,
    /// «версия», «дом»: the number after it is a label.
    Label,
    /// A word that may follow a bare hour: «можно», «подойдёт».
    Follower,
}

/// Lengths of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    HalfHour,
    Hour,
    Day,
    Week,
    Month,
    HalfYear,
    Year,
}

/// Parts of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Lunch,
    Day,
    Evening,
    Night,
}

/// The longest form in bytes; a longer word needs no look.
const LONGEST: usize = 32;

/// The forms in a hash table: a chat message is mostly words that are not in it, and each is asked for.
struct Forms {
    all: Vec<(String, Meaning)>,
    /// Place in `all` + 1 by hash; 0 is free.
    slots: Vec<u16>,
}

/// Slots of the table, a power of two well above twice the number of forms.
const SLOTS: usize = 1 << 13;

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let rows = [number::ROWS, calendar::ROWS, small::ROWS].into_iter().flatten();
    let all: Vec<(String, Meaning)> = rows
        .flat_map(|&(stem, endings, meaning)| {
            endings.split(' ').map(move |ending| (format!("{stem}{}", ending.trim_matches('-')), meaning))
        })
        .collect();
    let mut slots = vec![0; SLOTS];
    for (place, (form, _)) in (1..).zip(&all) {
        let free = probes(form).find(|&slot| slots.get(slot) == Some(&0));
        if let Some(slot) = free.and_then(|slot| slots.get_mut(slot)) {
            *slot = place;
        }
    }
    Forms { all, slots }
});

impl Forms {
    fn get(&self, folded: &str) -> Option<Meaning> {
        for slot in probes(folded) {
            let place = usize::from(*self.slots.get(slot)?).checked_sub(1)?;
            match self.all.get(place)? {
                (form, meaning) if form == folded => return Some(*meaning),
                _ => {}
            }
        }
        None
    }
}

/// The slots to look at, from the FNV-1a hash of the form on.
fn probes(form: &str) -> impl Iterator<Item = usize> + use<> {
    let hash =
        form.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let start = (hash ^ (hash >> 15)) as usize;
    (0..SLOTS).map(move |step| (start + step) % SLOTS)
}

/// The lexicon with a buffer for folding, so that a text costs no allocation per word.
#[derive(Default)]
pub(super) struct Lexicon {
    folded: String,
}

impl Lexicon {
    /// The meaning of a word as typed.
    pub(super) fn meaning(&mut self, word: &str) -> Option<Meaning> {
        if word.len() > 2 * LONGEST {
            return None;
        }
        self.folded.clear();
        fold_into(word, &mut self.folded);
        FORMS.get(&self.folded).or_else(|| slip::day(&self.folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_word;

    #[test]
    fn a_form_is_folded_and_has_one_meaning() {
        let mut forms: Vec<_> = FORMS.all.iter().collect();
        forms.sort_by(|a, b| a.0.cmp(&b.0));
        let twice: Vec<_> = forms.windows(2).filter(|pair| pair[0].0 == pair[1].0).collect();
        assert!(twice.is_empty(), "{twice:?}");
        assert!(forms.len() * 2 < SLOTS, "{}", forms.len());
        for (form, meaning) in forms {
            assert_eq!(&fold_word(form), form);
            assert_eq!(FORMS.get(form), Some(*meaning), "{form}");
            assert!(form.len() <= LONGEST, "{form}");
        }
    }

    #[test]
    fn knows_words_in_three_languages() {
        let mut lexicon = Lexicon::default();
        for (word, meaning) in [
            ("Декабря", Meaning::Month(12)),
            ("грудня", Meaning::Month(12)),
            ("Dec", Meaning::Month(12)),
            ("п'ятницю", Meaning::Weekday { day: 5, sure: true }),
            ("тыс", Meaning::Power(3)),
            ("полтретьего", Meaning::HalfBefore(3)),
        ] {
            assert_eq!(lexicon.meaning(word), Some(meaning), "{word}");
        }
        assert_eq!(lexicon.meaning("косметика"), None);
    }
}
