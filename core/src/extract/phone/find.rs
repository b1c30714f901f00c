//! The search: runs of digits, and in each the surest numbers from left to right.

use super::context::{Context, context, is_money};
use super::cues;
use super::cues::Cues;
use super::decide::{Candidate, DIGITS, Decision, decide, may_be_number};
use super::scan::{Gap, Group, Run, next_digit};
use super::shape::{bar_values, grouping};
use super::{Phone, PhoneOptions, Why, extension};
use crate::extract::glance;
use crate::text::Span;

/// Confidence lost where letters were read as digits.
const LOOK_ALIKE_DOUBT: u16 = 60;

/// Iterator over the numbers written in digits.
pub(super) struct Finder<'t, 'o> {
    text: &'t str,
    options: &'o PhoneOptions,
    run: Run,
    link: bool,
    /// The next group of the run to begin a number with.
    group: usize,
    /// A number may begin at this group although digits stand before it: they were a number, a value, another line.
    fresh: bool,
    /// Nothing before this byte belongs to a further number.
    at: usize,
    /// Room to fold words in.
    folded: String,
}

impl<'t, 'o> Finder<'t, 'o> {
    pub(super) fn new(text: &'t str, options: &'o PhoneOptions) -> Self {
        let enough = glance::has_digits(text, *DIGITS.start() - LOOK_ALIKES);
        let (at, run) = if enough { (0, Run::new()) } else { (text.len(), Run::default()) };
        Self { text, options, run, link: false, group: 0, fresh: true, at, folded: String::new() }
    }

    /// Reads the next run of digits that may hold a number.
    fn read_run(&mut self) -> Option<()> {
        loop {
            let first = next_digit(self.text, self.at)?;
            self.run.read(self.text, self.at, first);
            self.at = self.run.end;
            if self.run.digits.len() < *DIGITS.start() {
                continue;
            }
            let context = context(self.text, &self.run);
            if context == Context::Refused {
                continue;
            }
            bar_values(&mut self.run);
            self.bar_money();
            self.link = context == Context::PhoneLink;
            self.group = 0;
            self.fresh = true;
            return Some(());
        }
    }

    /// Marks the first or the last group as a sum where a currency stands beside it.
    fn bar_money(&mut self) {
        let before = self.text.get(..self.run.start).unwrap_or_default();
        let after = self.text.get(self.run.end..).unwrap_or_default();
        if before.ends_with(is_money)
            && let Some(first) = self.run.groups.first_mut()
        {
            first.barred = true;
        }
        if after.trim_start_matches([' ', '\u{a0}']).starts_with(is_money)
            && let Some(last) = self.run.groups.last_mut()
        {
            last.barred = true;
        }
    }

    fn next_in_run(&mut self) -> Option<Phone<'t>> {
        while let Some(&first) = self.run.groups.get(self.group) {
            let from = self.group;
            let strong_gap = first.gap >= Gap::Wide;
            if first.barred {
                self.fresh = true;
            } else if let Some((len, decision)) = self.surest(from, self.fresh || strong_gap) {
                self.group = from + len;
                self.fresh = true;
                return Some(self.phone(from, len, decision));
            } else {
                self.fresh = false;
            }
            self.group += 1;
        }
        None
    }

    /// The surest number that begins at a group, and how many groups it takes; the longer of equals.
    fn surest(&mut self, from: usize, fresh: bool) -> Option<(usize, Decision)> {
        let lead = *self.run.groups.get(from)?;
        let mut best: Option<(usize, Decision)> = None;
        for to in from.. {
            let Some(last) = self.run.groups.get(to) else { break };
            if last.barred || last.to - lead.from > *DIGITS.end() || to - from == GROUPS {
                break;
            }
            let Some(decision) = self.decide(from, to, !fresh) else { continue };
            let explicit = decision.why != Why::Plan && decision.confidence >= 680;
            let complete = decision.why != Why::CountryCode && decision.confidence >= 900;
            let ends = || ends_well(self.run.groups.get(to + 1), explicit);
            if (fresh || complete) && (ends() || self.begins(to + 1)) {
                best = best
                    .filter(|(_, b)| b.confidence > decision.confidence)
                    .or(Some((to - from + 1, decision)));
            }
        }
        best
    }

    /// Whether some number begins at a group, whatever follows it.
    fn begins(&mut self, from: usize) -> bool {
        let Some(known) = self.run.groups.get(from).map(|g| g.asked.begins) else { return false };
        if let Some(begins) = known {
            return begins;
        }
        let barred = |to: usize| self.run.groups.get(to).is_none_or(|g| g.barred);
        let last = (from..from + GROUPS).take_while(|&to| !barred(to)).last();
        let begins = last.is_some_and(|last| (from..=last).any(|to| self.decide(from, to, false).is_some()));
        if let Some(group) = self.run.groups.get_mut(from) {
            group.asked.begins = Some(begins);
        }
        begins
    }

    /// Decides on the digits of the groups `from..=to`; most are too few or too many.
    fn decide(&mut self, from: usize, to: usize, inner: bool) -> Option<Decision> {
        let (first, last) = (self.run.groups.get(from)?, self.run.groups.get(to)?);
        let digits = self.run.digits.get(first.from..last.to)?;
        let explicit = from == 0 && (self.run.plus || self.link);
        if may_be_number(digits, explicit, self.options) { self.weigh(from, to, inner) } else { None }
    }

    #[inline(never)] // the refusal before it is asked often and needs none of its room
    fn weigh(&mut self, from: usize, to: usize, inner: bool) -> Option<Decision> {
        let leads = from == 0;
        let groups = self.run.groups.get(from..=to)?;
        let (first, last) = (*groups.first()?, groups.last()?);
        let digits = self.run.digits.get(first.from..last.to)?;
        let plus = leads && self.run.plus;
        let link = leads && self.link;
        if self.run.brackets > 1 && self.is_nested(&first, last) {
            return None;
        }
        let candidate = Candidate { digits, plus, grouping: grouping(&self.run, groups), inner };
        let start = if leads { self.run.start } else { first.span.start };
        let (mut before, mut after, end) = (first.asked.before, last.asked.after, last.span.end);
        let folded = &mut self.folded;
        let mut cues = || {
            let before = *before.get_or_insert_with(|| cues::before(self.text, start, folded));
            Cues::new(before, || *after.get_or_insert_with(|| cues::after(self.text, end, folded)))
        };
        let linked = Candidate { plus: true, ..candidate };
        let found = if link { decide(linked, self.options, &mut cues) } else { None };
        let found = found.or_else(|| decide(candidate, self.options, &mut cues));
        if let Some(first) = self.run.groups.get_mut(from) {
            first.asked.before = before;
        }
        if let Some(last) = self.run.groups.get_mut(to) {
            last.asked.after = after;
        }
        found
    }

    /// More than one pair of brackets, but for a trunk prefix in its own.
    fn is_nested(&self, first: &Group, last: &Group) -> bool {
        let typed = Span::new(first.span.start, last.span.end).of(self.text);
        typed.matches(['(', '（']).count() > 1 && !typed.contains("(0)")
    }

    fn phone(&mut self, from: usize, len: usize, decision: Decision) -> Phone<'t> {
        let groups = self.run.groups.get(from..from + len).unwrap_or_default();
        let (digits_start, mut end) = groups
            .first()
            .zip(groups.last())
            .map_or((0, 0), |(first, last)| (first.span.start, last.span.end));
        let start = self.start_of(from, digits_start, end);
        let extension = extension::read(self.text, end);
        if let Some(extension) = extension {
            end = extension.end;
            self.group += self.run.groups.iter().skip(self.group).take_while(|g| g.span.start < end).count();
            self.at = self.at.max(end);
        }
        let span = Span::new(start, end);
        let doubt = if self.run.look_alikes { LOOK_ALIKE_DOUBT } else { 0 };
        Phone {
            e164: decision.e164,
            raw: span.of(self.text),
            span,
            ext: extension.map(|e| e.digits),
            region: decision.region,
            confidence: decision.confidence - doubt,
            why: decision.why,
        }
    }

    /// Where a number begins: at its plus sign, or at the bracket that its digits close.
    fn start_of(&self, from: usize, digits_start: usize, end: usize) -> usize {
        let lead = if from == 0 { self.run.start } else { digits_start };
        if from == 0 && self.run.plus {
            return lead;
        }
        let before = self.text.get(..digits_start).unwrap_or_default();
        let Some(bracket) = before.strip_suffix(['(', '（']) else { return digits_start };
        let inside = self.text.get(digits_start..end).unwrap_or_default();
        let count = |signs: [char; 2]| inside.chars().filter(|c| signs.contains(c)).count();
        if count([')', '）']) > count(['(', '（']) { bracket.len() } else { digits_start }
    }
}

impl<'t> Iterator for Finder<'t, '_> {
    type Item = Phone<'t>;

    fn next(&mut self) -> Option<Phone<'t>> {
        loop {
            if let Some(phone) = self.next_in_run() {
                return Some(phone);
            }
            self.read_run()?;
        }
    }
}

/// Whether a number may end where `next` follows. Digits that go on belong to something else, unless the number is
/// complete by its own prefix.
fn ends_well(next: Option<&Group>, explicit: bool) -> bool {
    next.is_none_or(|next| match next.gap {
        Gap::Wide | Gap::Slash | Gap::Line => true,
        Gap::Space | Gap::Paren => explicit || next.barred,
        Gap::Dash | Gap::Dot => explicit && next.to - next.from > 2,
    })
}

/// Groups of one number: as many as the digits of nearly all, should they be typed one by one.
const GROUPS: usize = 13;

/// Digits of one number that letters may stand for.
const LOOK_ALIKES: usize = 3;
