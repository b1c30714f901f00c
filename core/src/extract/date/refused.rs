//! Days that are named and not meant: «завтра не могу», «перенесите с пятницы», «в субботу был у вас».

use super::day::{DaySaid, Week};
use super::read::{Said, View};
use crate::extract::items::Kind;
use crate::extract::lexicon::Meaning;
use crate::text::fold::folded;

/// How many words a refusal stands from the day, and a verb that tells when something was.
const REACH: usize = 4;
/// How far apart the two days of a move stand.
const MOVE: usize = 8;

/// What a client says with «не» of a day that does not suit him. Of others («не работаете», «не сможете») he asks.
#[rustfmt::skip] // one word a line would hide the code
const NOT_POSSIBLE: &[&str] = &[
    "могу", "можем", "смогу", "сможем", "получится", "получается", "получиться", "выйдет", "выходит", "подходит",
    "подойдет", "успею", "успеваю", "успеем", "удобно", "хочу", "буду", "приду", "приеду", "можу", "можемо", "зможу",
    "зможемо", "вийде", "виходить", "підходить", "підійде", "встигну", "встигаю", "зручно", "прийду", "приїду",
    "possible", "good", "convenient", "available",
];

/// The same in one word.
#[rustfmt::skip] // one word a line would hide the code
const IMPOSSIBLE: &[&str] = &[
    "занят", "занята", "заняты", "зайнятий", "зайнята", "никак", "ніяк", "неудобно", "незручно", "cant", "cannot",
    "wont", "doesnt", "isnt",
];

/// Words after which a refusal is of something else.
const OTHERWISE: &[&str] = &["если", "якщо", "if", "а", "но", "але", "but"];

/// Beginnings of «прийти», «быть», «попасть»: «не могу прийти завтра».
const COMING: &[&str] =
    &["прий", "прие", "приї", "быть", "бути", "подъ", "під", "попа", "make", "come", "do"];

/// Verbs of what is done with at a visit, without the endings of the past.
#[rustfmt::skip] // one word a line would hide the code
const VISITED: &[&str] = &[
    "бы", "бу", "приходи", "приезжа", "приїжджа", "заезжа", "заходи", "купи", "покупа", "купува", "заказа",
    "заказыва", "замови", "замовля", "отдыха", "відпочива", "останавлива", "забы", "забу", "остави", "залиши",
    "дела", "роби", "лечи", "лікува", "стриг", "забира", "забра", "бра", "плати", "оплати", "получи", "отрима",
    "бронирова", "бронюва", "посеща", "меня", "чини", "ремонтирова", "стави", "привози", "сдава", "лагоди",
];
const PAST_ENDS: &[&str] = &["л", "ла", "ли", "в", "лся", "лась", "лись"];
const PAST_ENGLISH: &[&str] = &["stayed", "visited", "bought", "ordered", "came"];

/// Verbs that move a visit, without their first letter, which may be a capital.
const MOVES: &[&str] = &["еренес", "еренос", "ерезап", "ерестав", "ередвин", "двин"];

impl View<'_, '_> {
    /// Whether an expression is named only to say that it is another or was.
    pub(super) fn is_not_meant(&self, said: &Said, start: usize, end: usize) -> bool {
        self.is_refused(start, end) || self.is_past(said, start, end)
    }

    /// «с пятницы» of «перенесите с пятницы на субботу».
    pub(super) fn moves_from(&self, at: usize) -> bool {
        let onto =
            || (at + 1..=at + MOVE).any(|at| matches!(self.meaning(at), Some(Meaning::On | Meaning::To)));
        let moves = |at| {
            self.item(at).is_some_and(|item| {
                let mut letters = item.text.chars();
                letters.next();
                let rest = letters.as_str();
                let english =
                    ["move", "reschedule", "change"].iter().any(|w| item.text.eq_ignore_ascii_case(w));
                english || MOVES.iter().any(|stem| rest.starts_with(stem))
            })
        };
        self.is(at, Meaning::From) && onto() && (at.saturating_sub(MOVE)..at + MOVE).any(moves)
    }

    /// «завтра не могу», «не получится в среду», «в четверг никак», "Monday doesn't work"; «завтра не получится?» is
    /// a wish.
    fn is_refused(&self, start: usize, end: usize) -> bool {
        self.refused_before(start) || self.refused_after(end)
    }

    fn refused_after(&self, end: usize) -> bool {
        let asks = || (end..end + 2 * REACH).find_map(|at| self.sign(at)) == Some('?');
        for at in end..end + REACH {
            let Some(item) = self.item(at) else { return false };
            let joins = matches!(item.kind, Kind::Sign(_) | Kind::Number(_) | Kind::Word(Meaning::And));
            if joins || self.reads(at, OTHERWISE) {
                return false;
            }
            if self.is(at, Meaning::Not) {
                return self.reads(at + 1, NOT_POSSIBLE) && !asks();
            }
            if self.reads(at, IMPOSSIBLE) {
                return !asks();
            }
        }
        false
    }

    fn refused_before(&self, start: usize) -> bool {
        let back = |by| start.checked_sub(by);
        let coming = back(1).and_then(|at| self.item(at)).is_some_and(|item| {
            let begins = |stem: &&str| item.text.starts_with(*stem);
            item.kind == Kind::Other && COMING.iter().any(begins)
        });
        let verb = back(if coming { 2 } else { 1 });
        let asks = || (start..start + 2 * REACH).find_map(|at| self.sign(at)) == Some('?');
        verb.is_some_and(|at| {
            let not = at.checked_sub(1).is_some_and(|not| self.is(not, Meaning::Not));
            (not && self.reads(at, NOT_POSSIBLE) || self.reads(at, &["cant", "cannot"])) && !asks()
        })
    }

    /// «в субботу был у вас», «ми були у вас 12.03»: the next such day is not meant. «купил билет на субботу» is ahead;
    /// «завтра», «вчера», «12.03.2024» are what they are.
    fn is_past(&self, said: &Said, start: usize, end: usize) -> bool {
        use DaySaid::{Calendar, Weekday, Weekend};
        let next_is_taken = matches!(
            said.day,
            None | Some(Weekday { week: Week::Unsaid | Week::This, .. })
                | Some(Weekend(Week::Unsaid | Week::This))
                | Some(Calendar { year: None, .. } | DaySaid::Week(Week::Unsaid | Week::This))
        );
        let onto = matches!(self.meaning(start), Some(Meaning::On | Meaning::By | Meaning::To))
            && !self.reads(start, &["on"]);
        if !next_is_taken || onto {
            return false;
        }
        let same_breath = |at: &usize| {
            self.item(*at).is_some_and(|item| !matches!(item.kind, Kind::Sign(_)))
                && !self.is(*at, Meaning::And)
                && !self.reads(*at, &["можно", "можна", "хочу", "хочемо", "хотим", "запишите", "запишіть"])
        };
        let before = (start.saturating_sub(REACH)..start).rev().take_while(same_breath);
        let after = (end..end + REACH).take_while(same_breath);
        before.chain(after).any(|at| self.is_past_verb(at))
    }

    fn is_past_verb(&self, at: usize) -> bool {
        let mut room = String::new();
        let Some(item) = self.item(at).filter(|item| item.kind == Kind::Other) else { return false };
        let word = folded(item.text, &mut room);
        let ends = |rest: &str| PAST_ENDS.contains(&rest);
        let past = VISITED.iter().any(|stem| word.strip_prefix(stem).is_some_and(ends));
        let wished = || {
            (at.saturating_sub(2)..=at + 1)
                .any(|at| self.reads(at, &["бы", "б", "би", "чтобы", "чтоб", "щоб"]))
        };
        (past || PAST_ENGLISH.contains(&word)) && !wished()
    }

    fn reads(&self, at: usize, words: &[&str]) -> bool {
        let mut room = String::new();
        self.item(at).is_some_and(|item| words.contains(&folded(item.text, &mut room)))
    }
}
