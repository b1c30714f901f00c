//! What digits are part of: a link, an identifier, an e-mail address or a sum are no telephone numbers.

use super::cues::{self, Cue};
use super::scan::Run;
use super::window;
use crate::text::fold::{is_alphabetic, is_alphanumeric, is_cyrillic};

/// Whether the run may hold telephone numbers at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    Free,
    /// A link that holds a number in international form: `wa.me/79…`, `tel:+7…`.
    PhoneLink,
    Refused,
}

/// Bytes looked back and ahead at for the beginning of a link and the rest of an address.
const REACH: usize = 128;

const PHONE_LINKS: &[&str] = &["wa.me/", "tel:", "callto:", "t.me/+", "viber:", "whatsapp:", "phone="];

pub(super) fn context(text: &str, run: &Run) -> Context {
    let is_apart = |beside: Option<char>| beside.is_none_or(char::is_whitespace);
    let last_before = || text.get(..run.start).and_then(|before| before.chars().next_back());
    if is_apart(last_before()) && is_apart(text.get(run.end..).and_then(|after| after.chars().next())) {
        return Context::Free;
    }
    let before = window::before(text, run.start, REACH);
    let after = window::after(text, run.end, REACH);
    let head = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let tail = after.split(char::is_whitespace).next().unwrap_or_default();
    if head.ends_with(['/', ':', '+', '=']) && PHONE_LINKS.iter().any(|link| ends_with_link(head, link)) {
        Context::PhoneLink
    } else if is_link(head)
        || head.ends_with(is_money)
        || in_address(head, tail)
        || glued(text, head, tail, run)
    {
        Context::Refused
    } else {
        Context::Free
    }
}

fn ends_with_link(head: &str, link: &str) -> bool {
    let end = head.trim_end_matches(['/', '+']);
    let link = link.trim_end_matches(['/', '+']);
    end.len()
        .checked_sub(link.len())
        .and_then(|at| end.get(at..))
        .is_some_and(|e| e.eq_ignore_ascii_case(link))
}

pub(super) fn is_money(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₴' | '₽' | '₸' | '₾' | '֏')
}

/// A scheme, `www.`, or a domain with a path: `vk.com/id`.
fn is_link(head: &str) -> bool {
    let domain_with_path = || {
        head.split_once('/')
            .and_then(|(domain, _)| domain.rsplit_once('.'))
            .is_some_and(|(name, top)| !name.is_empty() && top.len() > 1 && top.chars().all(is_alphabetic))
    };
    let linked = head.contains('/') && (head.contains("://") || domain_with_path());
    linked || head.starts_with("www.")
}

/// The digits belong to the local part or the domain of an e-mail address, or to a nickname.
fn in_address(head: &str, tail: &str) -> bool {
    let local = |c: char| is_alphanumeric(c) || matches!(c, '.' | '_' | '-' | '+');
    let behind =
        head.rfind('@').and_then(|at| head.get(at + 1..)).is_some_and(|rest| rest.chars().all(local));
    behind || tail.trim_start_matches(local).starts_with(['@', '＠'])
}

/// Letters touch the digits and make an identifier of them. Cyrillic and other words may: people forget the space.
fn glued(text: &str, head: &str, tail: &str, run: &Run) -> bool {
    let is_part = |c: char| is_alphanumeric(c) || c == '_';
    if tail.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && !opens_extension(tail) {
        return true;
    }
    if head.ends_with('=') {
        return cues::of_word(head.trim_end_matches('=')) != Some(Cue::Phone);
    }
    let opens = text.get(run.start..).is_some_and(|t| t.starts_with(['(', '（']));
    let word = head.rsplit(|c| !is_part(c)).next().unwrap_or_default();
    match word.chars().next_back() {
        None => false,
        Some(_) if opens || run.plus || cues::of_word(word.trim_end_matches('_')) == Some(Cue::Phone) => {
            false
        }
        Some(last) if is_cyrillic(last) => {
            word.chars().count() < 3 || word.contains(|c: char| c.is_ascii_digit())
        }
        Some(last) => last.is_ascii_alphanumeric() || last == '_',
    }
}

fn opens_extension(tail: &str) -> bool {
    let letters = tail.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let word = tail.get(..tail.len() - letters.len()).unwrap_or_default();
    ["x", "ext", "extension", "extn", "int"].iter().any(|marker| word.eq_ignore_ascii_case(marker))
}
