//! Runs of digits: what a left-to-right reader takes in before deciding where a number begins and ends.

use super::cues::{Cue, Cues};
use crate::text::Span;
use crate::text::fold::{is_alphanumeric, is_invisible, plain};

/// What parts a group of digits from the one before it; the weightiest sign of a gap names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    Space,
    Dash,
    Dot,
    Paren,
    /// A dash with spaces around it, or a full stop and a space.
    Wide,
    Slash,
    Line,
}

/// Digits written together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) span: Span,
    /// Where its digits lie in [`Run::digits`].
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) gap: Gap,
    /// Part of a time, a date or a card: no telephone number takes it in.
    pub(super) barred: bool,
    pub(super) asked: Asked,
}

/// What was asked about a group before; many candidates begin or end with the same one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    /// What the words before it say.
    pub(super) before: Option<Option<Cue>>,
    /// What the words after it say.
    pub(super) after: Option<Cues>,
    /// Whether a number begins with it.
    pub(super) begins: Option<bool>,
}

/// Groups of digits with nothing but phone punctuation between them.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// All digits as ASCII.
    pub(super) digits: String,
    pub(super) groups: Vec<Group>,
    /// A plus sign leads the first group.
    pub(super) plus: bool,
    /// Brackets opened between groups.
    pub(super) brackets: usize,
    /// Letters stand for digits somewhere.
    pub(super) look_alikes: bool,
    /// Where the run begins, its plus sign and bracket included.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Signs in a row that may part two groups of one number.
const GAP_CHARS: usize = 5;
/// Characters of a token looked at for letters that stand for digits; longer ones are no telephone numbers.
const TOKEN_CHARS: usize = 24;

/// The digit a character is, if it is one, in whatever script phones are typed.
pub(super) fn digit(c: char) -> Option<char> {
    if c.is_ascii() { Some(c) } else { Some(plain(c)) }.filter(char::is_ascii_digit)
}

/// The digit a letter is taken for when it stands among digits.
fn look_alike(c: char) -> Option<char> {
    match c {
        'о' | 'О' | 'o' | 'O' => Some('0'),
        'з' | 'З' => Some('3'),
        'l' | 'I' | 'І' => Some('1'),
        _ => None,
    }
}

fn gap(c: char) -> Option<Gap> {
    match if c.is_ascii() { c } else { plain(c) } {
        ' ' => Some(Gap::Space),
        '\n' | '\r' => Some(Gap::Line),
        '-' | '_' | '~' | '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー' => Some(Gap::Dash),
        '.' | '·' | '•' => Some(Gap::Dot),
        '(' | ')' => Some(Gap::Paren),
        '/' | '\\' => Some(Gap::Slash),
        c if c.is_whitespace() => Some(Gap::Space),
        _ => None,
    }
}

/// Characters that leave no trace between digits: invisible ones and the box of a keycap emoji.
fn is_traceless(c: char) -> bool {
    is_invisible(c) || c == '\u{20E3}'
}

/// The next digit at or after `from`.
pub(super) fn next_digit(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.as_bytes().get(at..)?;
        // Arabic-Indic digits lead with D9 or DB, full-width ones with EF, Cyrillic letters with less.
        at += rest.iter().position(|&b| b.is_ascii_digit() | (b >= 0xD9))?;
        let found = text.get(at..)?.chars().next()?;
        if digit(found).is_some() {
            return Some(at);
        }
        at += found.len_utf8();
    }
}

impl Run {
    /// An empty run with room for one number, so that most messages allocate once.
    pub(super) fn new() -> Self {
        Self { digits: String::with_capacity(24), groups: Vec::with_capacity(12), ..Self::default() }
    }

    /// Reads the run around the digit at `first` into `self`; nothing before `floor` is touched.
    pub(super) fn read(&mut self, text: &str, floor: usize, first: usize) {
        self.digits.clear();
        self.groups.clear();
        self.look_alikes = false;
        self.brackets = 0;
        let first = leading_look_alikes(text, floor, first);
        let open = self.read_lead(text, floor, first);
        self.read_groups(text, first, open);
    }

    /// Takes in a plus sign and a bracket before the first digit; tells whether a bracket is open.
    fn read_lead(&mut self, text: &str, floor: usize, first: usize) -> bool {
        let before = text.get(floor..first).unwrap_or_default();
        let (mut plus, mut bracket, mut led_by_digit) = (None, None, false);
        for (at, c) in before.char_indices().rev() {
            match plain(c) {
                '+' => plus = Some(at),
                c if plus.is_some() => {
                    led_by_digit = c.is_ascii_digit();
                    break;
                }
                '(' => bracket = bracket.or(Some(at)),
                ' ' | '\u{a0}' => {}
                c if is_traceless(c) => {}
                _ => break,
            }
        }
        let plus = plus.filter(|_| !led_by_digit);
        self.plus = plus.is_some();
        self.start = plus.or(bracket).map_or(first, |at| floor + at);
        bracket.is_some()
    }

    fn read_groups(&mut self, text: &str, first: usize, mut open: bool) {
        let mut pending: Option<(Gap, usize)> = None;
        let mut token_end = first;
        let mut clock = text.get(..first).is_some_and(after_clock);
        let mut last = '\0';
        let mut at = first;
        self.end = first;
        while let Some(rest) = text.get(at..) {
            let typed = rest.get(..ascii_digits(rest)).unwrap_or_default();
            if !typed.is_empty() {
                self.push(typed, Span::new(at, at + typed.len()), pending.take(), clock);
                clock = false;
                at += typed.len();
                let next = rest.as_bytes().get(typed.len()..);
                (last, pending) = match next {
                    // Nearly every gap is one sign between digits.
                    Some([b' ', b'0'..=b'9', ..]) => (' ', Some((Gap::Space, 1))),
                    Some([b'-', b'0'..=b'9', ..]) => ('-', Some((Gap::Dash, 1))),
                    _ => ('0', None),
                };
                at += usize::from(pending.is_some());
                continue;
            }
            let Some(raw) = rest.chars().next() else { break };
            let span = Span::new(at, at + raw.len_utf8());
            if let Some(found) = gap(raw) {
                let (so_far, signs) = pending.unwrap_or((Gap::Space, 0));
                let second_line = raw == '\n' && so_far == Gap::Line && last == '\n';
                match plain(raw) {
                    ' ' => {}
                    '(' => {
                        open = true;
                        self.brackets += 1;
                    }
                    ')' if !open => break,
                    ')' => open = false,
                    _ => {}
                }
                if signs == GAP_CHARS || second_line {
                    break;
                }
                let wide = matches!(
                    (so_far, found),
                    (Gap::Dash | Gap::Wide, Gap::Space | Gap::Dash) | (Gap::Dot, Gap::Space)
                );
                let widened = if wide && signs > 0 { Gap::Wide } else { so_far.max(found) };
                pending = Some((widened, signs + 1));
            } else if let Some(digit) = digit(raw).or_else(|| {
                let digit = look_alike(raw)?;
                if at >= token_end {
                    token_end = look_alike_token(text, at, pending.is_none() && !self.groups.is_empty())?;
                }
                self.look_alikes = true;
                Some(digit)
            }) {
                self.push(digit.encode_utf8(&mut [0; 4]), span, pending.take(), clock);
                clock = false;
            } else if raw.is_ascii() || !is_traceless(raw) {
                let in_clock = raw == ':' && pending.is_none();
                if in_clock && rest.get(1..).is_some_and(|r| r.starts_with(|c| digit(c).is_some())) {
                    self.mark_clock();
                }
                break;
            }
            last = raw;
            at = span.end;
        }
    }

    fn push(&mut self, digits: &str, span: Span, gap: Option<(Gap, usize)>, clock: bool) {
        self.end = span.end;
        let from = self.digits.len();
        self.digits.push_str(digits);
        let to = self.digits.len();
        match self.groups.last_mut() {
            Some(group) if gap.is_none() => {
                group.span.end = span.end;
                group.to = to;
            }
            _ => {
                let gap = gap.map_or(Gap::Line, |(gap, _)| gap);
                self.groups.push(Group { span, from, to, gap, barred: clock, asked: Asked::default() });
            }
        }
    }

    fn mark_clock(&mut self) {
        if let Some(group) = self.groups.last_mut() {
            group.barred = true;
        }
    }
}

fn ascii_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn after_clock(before: &str) -> bool {
    before.strip_suffix(':').is_some_and(|b| b.ends_with(|c| digit(c).is_some()))
}

/// Steps back from a digit over letters that stand for digits («О67»).
fn leading_look_alikes(text: &str, floor: usize, first: usize) -> usize {
    let before = text.get(floor..first).unwrap_or_default();
    let word = before.trim_end_matches(|c| look_alike(c).is_some());
    let start = floor + word.len();
    let whole = || first - start <= 4 && !word.ends_with(is_alphanumeric);
    if start < first && whole() && look_alike_token(text, start, false).is_some() { start } else { first }
}

/// The end of the token at `at`, if it is made of digits and their look-alikes alone.
fn look_alike_token(text: &str, at: usize, after_digit: bool) -> Option<usize> {
    let mut has_digit = after_digit;
    let mut end = at;
    for c in text.get(at..)?.chars().take(TOKEN_CHARS) {
        if digit(c).is_some() {
            has_digit = true;
        } else if is_alphanumeric(c) && look_alike(c).is_none() {
            return None;
        } else if !is_alphanumeric(c) && !is_traceless(c) {
            break;
        }
        end += c.len_utf8();
    }
    has_digit.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(text: &str) -> Vec<String> {
        let mut run = Run::default();
        run.read(text, 0, next_digit(text, 0).unwrap());
        run.groups.iter().map(|g| run.digits.get(g.from..g.to).unwrap().to_owned()).collect()
    }

    #[test]
    fn reads_groups_in_every_dress() {
        assert_eq!(groups("+7 (916) 555-01_02"), ["7", "916", "555", "01", "02"]);
        assert_eq!(groups("8️⃣9️⃣ 1"), ["89", "1"]);
        assert_eq!(groups("٧ ９1"), ["7", "91"]);
        assert_eq!(groups("тел О67 5l5"), ["067", "515"]);
        assert_eq!(groups("89031112233Олег"), ["89031112233"]);
        assert_eq!(groups("1) 2"), ["1"]);
    }

    #[test]
    fn knows_a_plus_sign_and_a_clock() {
        let mut run = Run::default();
        run.read("650+253", 3, 4);
        assert!(run.plus, "the floor hides the digit, the caller passes the whole text");
        run.read("650+253", 0, 4);
        assert!(!run.plus);
        run.read("20120102 08:00", 0, 0);
        assert!(run.groups[1].barred);
    }

    /// A hundred thousand texts of digits, spaces and dashes: the runs are those that a regular expression finds.
    #[test]
    fn reads_the_runs_of_a_regular_expression() {
        let expression = regex::Regex::new(r"[0-9](?:[ -]{0,5}[0-9])*").unwrap();
        let (mut state, mut run) = (1_u64, Run::default());
        for _ in 0..100_000 {
            let text: String = (0..24)
                .map(|_| {
                    state =
                        state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    char::from(b"0123 ---  ab"[(state >> 33) as usize % 12])
                })
                .collect();
            let mut at = 0;
            let mut runs = Vec::new();
            while let Some(first) = next_digit(&text, at) {
                run.read(&text, at, first);
                runs.push(first..run.end);
                at = run.end;
            }
            assert_eq!(runs, expression.find_iter(&text).map(|m| m.range()).collect::<Vec<_>>(), "{text:?}");
        }
    }
}
