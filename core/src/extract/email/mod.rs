//! E-mail addresses as people type them in chats.
//!
//! Plain ones, international ones, and those dressed against robots or typed from dictation: `ivan (собака) mail.ru`,
//! `john dot doe at example dot com`, full-width and invisible characters, spaces around the sign.
//!
//! Missed on purpose: an address spelled letter by letter (`i v a n @ …`), a bare "at" after an everyday word ("look
//! at example.com"), a Cyrillic name with a dictated Cyrillic domain («собака Бим точка ру»).

mod domain;
mod local;
mod mark;

use crate::text::Span;
use crate::text::case::{lower, lowercase};
use crate::text::fold::cyrillic_look_alike;
use mark::{Kind, Mark};
use std::borrow::Cow;

/// An e-mail address found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email<'t> {
    /// The address, lower case, with a plain `@` and plain dots.
    pub address: String,
    /// The address as typed.
    pub raw: &'t str,
    /// Where `raw` stands.
    pub span: Span,
}

/// The e-mail addresses of a text, from left to right.
///
/// A domain needs a dot and a top level of letters that is no file type (`icon@2x.png` is none). Not for validating
/// one address in a form field, and no promise that anybody reads the mailbox.
///
/// Cost: one pass, linear in the text; a text without `@` or a word for it is only scanned.
///
/// ```
/// use frontdesk::extract::emails;
/// let found: Vec<_> = emails("моя почта ivan.petrov (собака) mail.ru").collect();
/// assert_eq!(found[0].address, "ivan.petrov@mail.ru");
/// assert_eq!(found[0].raw, "ivan.petrov (собака) mail.ru");
/// ```
pub fn emails(text: &str) -> impl Iterator<Item = Email<'_>> {
    let mut floor = 0;
    mark::marks(text).filter_map(move |mark| {
        let email = read(text, floor, mark)?;
        floor = email.span.end;
        Some(email)
    })
}

fn read(text: &str, floor: usize, mark: Mark) -> Option<Email<'_>> {
    if mark.span.start < floor {
        return None;
    }
    let local = local::before(text, floor, mark)?;
    let domain = domain::after(text, mark)?;
    let spaced = local.end != mark.span.start || domain.start != mark.span.end;
    if spaced && !spaces_are_meant(text, mark, &local, &domain)
        || mark.kind == Kind::Word && !is_dictated(&local, &domain)
    {
        return None;
    }
    let span = Span::new(local.start, domain.end);
    let mut address = String::with_capacity(local.text.len() + 1 + domain.text.len());
    match latin(&local.text) {
        Some(latin) => address.push_str(&latin),
        None => address.push_str(&local.text),
    }
    address.push('@');
    address.push_str(&domain.text);
    if address.is_ascii() {
        address.make_ascii_lowercase();
    } else {
        address = lowercase(&address);
    }
    Some(Email { address, raw: span.of(text), span })
}

/// A Latin name with Cyrillic letters that look like its own: «аnna» with a Cyrillic «а».
fn latin(local: &str) -> Option<String> {
    let mixed = !local.is_ascii() && local.contains(|c: char| c.is_ascii_alphabetic());
    let latin = |c: char| {
        let small = lower(c).next()?;
        let alike = c.is_uppercase() || matches!(c, 'а' | 'е' | 'о' | 'р' | 'с' | 'у' | 'х' | 'і');
        let found = || ('a'..='z').find(|&latin| cyrillic_look_alike(latin) == small);
        if c.is_ascii() { Some(c) } else { found().filter(|_| alike) }
    };
    if mixed { local.chars().map(latin).collect() } else { None }
}

/// The part of an address on one side of its mark.
#[derive(Debug)]
struct Part<'t> {
    text: Cow<'t, str>,
    start: usize,
    end: usize,
    /// Holds a dot or another sign said in words.
    dictated: bool,
}

/// Spaces around a sign belong to an address if they stand on both sides, or if the domain is a mail service.
fn spaces_are_meant(text: &str, mark: Mark, local: &Part<'_>, domain: &Part<'_>) -> bool {
    let one_script = local.text.is_ascii() == domain.text.is_ascii();
    let both = local.end != mark.span.start && domain.start != mark.span.end;
    let lines = text.get(local.end..domain.start).is_some_and(|gap| gap.matches('\n').count() > 1);
    !lines && (mark.kind != Kind::Sign || one_script && (both || domain::is_mail_service(&domain.text)))
}

/// A word for the sign is an everyday word too: «у меня собака», "look at example.com".
fn is_dictated(local: &Part<'_>, domain: &Part<'_>) -> bool {
    let telling =
        local.dictated || local.text.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '-'));
    let latin = domain.text.is_ascii();
    if local.text.is_ascii() {
        latin
            && (telling || domain.dictated || domain::is_mail_service(&domain.text))
            && !is_everyday(&local.text)
    } else {
        latin && local.text.chars().count() > 1
    }
}

/// English words that stand before a plain "at".
fn is_everyday(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "am", "are", "arrive", "be", "been", "book", "buy", "call", "check", "find", "found", "here", "him",
        "is", "it", "look", "me", "meet", "my", "now", "on", "online", "only", "or", "reach", "read", "see",
        "shop", "site", "the", "there", "them", "us", "visit", "was", "website", "were", "work", "you",
    ];
    WORDS.iter().any(|w| word.eq_ignore_ascii_case(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        emails(text).map(|e| e.address).collect()
    }

    #[test]
    fn reads_addresses_in_every_dress() {
        for (text, address) in [
            ("Mail: Anna.K@Mail.RU.", "anna.k@mail.ru"),
            ("anna＠mail.ru", "anna@mail.ru"),
            ("an\u{200B}na@ma\u{200B}il.ru", "anna@mail.ru"),
            ("anna @ mail.ru", "anna@mail.ru"),
            ("anna\n@mail.ru", "anna@mail.ru"),
            ("anna (собака) mail точка ru", "anna@mail.ru"),
            ("anna[at]mail[dot]ru", "anna@mail.ru"),
            ("anna dot k at example dot co dot uk", "anna.k@example.co.uk"),
            ("anna собака яндекс точка ру", "anna@yandex.ru"),
            ("anna собака mail ru", "anna@mail.ru"),
            ("anna@mail,ru", "anna@mail.ru"),
            ("анна@почта.рф", "анна@почта.рф"),
            ("аnnа.k@mail.ru", "anna.k@mail.ru"),
            ("Мaria@ukr.net", "maria@ukr.net"),
            ("аннa@mail.ru", "аннa@mail.ru"),
            ("o'neil@example.ie", "o'neil@example.ie"),
            ("anna@mail.ru.Жду", "anna@mail.ru"),
            ("anna@mail.ruжду", "anna@mail.ru"),
            ("email=anna@mail.ru", "anna@mail.ru"),
        ] {
            assert_eq!(read(text), [address], "{text}");
        }
    }

    #[test]
    fn leaves_the_rest_alone() {
        for text in [
            "icon@2x.png",
            "@anna",
            "пишите в @shop_bot или @admin.ru",
            "у меня собака по кличке Бим точка ру",
            "моя собака болеет, точка",
            "look at example.com",
            "5 шт @ 1200.50",
            "https://example.com/@anna.k/post",
            "a@b",
            "foo.@example.com",
            "a@-foo.com",
        ] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
