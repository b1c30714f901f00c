//! The part of an address after its mark.

use super::Part;
use super::mark::{Kind, Mark};
use crate::text::fold::{fold_word, is_alphabetic, is_alphanumeric, is_cyrillic, is_invisible, plain};

/// Characters of a domain (RFC 1035, 2.3.4) and of one label.
const LENGTH: usize = 253;
const LABEL: usize = 63;

/// File types that look like top levels: `icon@2x.png`.
const FILE_TYPES: &[&str] = &[
    "bmp", "css", "docx", "gif", "html", "ico", "jpeg", "jpg", "js", "json", "pdf", "png", "svg", "webp",
    "xlsx",
];

/// Mail services whose dot people leave out or type as a comma.
#[rustfmt::skip]
const MAIL_SERVICES: &[&str] = &[
    "bk.ru", "gmail.com", "hotmail.com", "i.ua", "icloud.com", "inbox.ru", "list.ru", "mail.com", "mail.kz", "mail.ru",
    "meta.ua", "outlook.com", "proton.me", "rambler.ru", "tut.by", "ukr.net", "ya.ru", "yahoo.com", "yandex.by",
    "yandex.com", "yandex.kz", "yandex.ru", "yandex.ua",
];

/// Names of mail services and top levels as they sound, written in Cyrillic.
#[rustfmt::skip]
const SOUNDS: &[(&str, &str)] = &[
    ("айклауд", "icloud"), ("бай", "by"), ("бк", "bk"), ("гмаил", "gmail"), ("гмайл", "gmail"), ("гмейл", "gmail"),
    ("джимейл", "gmail"), ("инбокс", "inbox"), ("ком", "com"), ("кз", "kz"), ("лист", "list"), ("маил", "mail"),
    ("майл", "mail"), ("мейл", "mail"), ("мэйл", "mail"), ("нет", "net"), ("рамблер", "rambler"), ("ру", "ru"),
    ("уа", "ua"), ("укр", "ukr"), ("юа", "ua"), ("я", "ya"), ("яндекс", "yandex"),
];

/// Whether the domain is one of the mail services that most chat users have.
pub(super) fn is_mail_service(domain: &str) -> bool {
    MAIL_SERVICES.iter().any(|s| domain.eq_ignore_ascii_case(s))
}

/// Reads the domain that begins at the mark.
pub(super) fn after(text: &str, mark: Mark) -> Option<Part<'_>> {
    let after = text.get(mark.span.end..)?;
    let rest = after.trim_start();
    let start = text.len() - rest.len();
    let mut reader = Reader { rest, labels: Vec::new(), dictated: mark.kind == Kind::Word };
    reader.label()?;
    while reader.plain_dot() || reader.spoken_dot() {}
    if reader.labels.len() == 1 {
        reader.missing_dot();
    }
    let domain = reader.finish()?;
    Some(Part { text: domain.into(), start, end: text.len() - reader.rest.len(), dictated: reader.dictated })
}

struct Reader<'t> {
    rest: &'t str,
    labels: Vec<&'t str>,
    dictated: bool,
}

impl<'t> Reader<'t> {
    fn label(&mut self) -> Option<()> {
        let (label, rest) = split_label(self.rest)?;
        self.labels.push(label);
        self.rest = rest;
        Some(())
    }

    /// A dot and a label that goes on in the same hand: `mail.ru.Спасибо` ends before the thanks.
    fn plain_dot(&mut self) -> bool {
        let Some((label, rest)) = self.rest.strip_prefix(['.', '．', '。']).and_then(split_label) else {
            return false;
        };
        let enough = self.labels.len() > 1;
        let last = self.labels.last().copied().unwrap_or_default();
        let other_script = last.starts_with(is_cyrillic) != label.starts_with(is_cyrillic);
        let sentence = label.starts_with(char::is_uppercase) && !last.contains(char::is_uppercase);
        if enough && (other_script || sentence) {
            return false;
        }
        self.labels.push(label);
        self.rest = rest;
        true
    }

    /// `точка`, `(dot)`, ` . `
    fn spoken_dot(&mut self) -> bool {
        let Some(rest) = after_spoken_dot(self.rest) else { return false };
        let Some((label, rest)) = split_label(rest) else { return false };
        if !label.chars().all(is_alphanumeric) || self.labels.len() > 3 {
            return false;
        }
        self.labels.push(label);
        self.rest = rest;
        self.dictated = true;
        true
    }

    /// `mail,ru`, `mail. ru`, and in dictation `mail ru`.
    fn missing_dot(&mut self) {
        let gap = self.rest.len() - self.rest.trim_start_matches([',', '.', ' ']).len();
        let Some((typed, rest)) = self.rest.split_at_checked(gap) else { return };
        let allowed = matches!(typed, "," | ", " | ". " | " .") || self.dictated && typed == " ";
        let Some((top, rest)) = Some(rest).filter(|_| allowed).and_then(split_label) else { return };
        let whole = !rest.starts_with(['@', '＠', '.']) || rest.starts_with(". ") || rest == ".";
        if let [name] = self.labels.as_slice()
            && whole
            && is_mail_service(&format!("{}.{}", sound(name), sound(top)))
        {
            self.labels.push(top);
            self.rest = rest;
        }
    }

    fn finish(&self) -> Option<String> {
        let top = *self.labels.last()?;
        let cyrillic = self.labels.iter().any(|l| l.starts_with(is_cyrillic));
        let heard = self.dictated && cyrillic && sound(top) != normal(top);
        let mut domain = String::with_capacity(2 * LABEL);
        for label in &self.labels {
            if !domain.is_empty() {
                domain.push('.');
            }
            if heard { domain.push_str(&sound(label)) } else { push_normal(label, &mut domain) }
        }
        let (name, top) = domain.rsplit_once('.')?;
        let is = |text: &str| top.eq_ignore_ascii_case(text);
        let letters = top.chars().all(is_alphabetic)
            || top.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
        let named = letters && top.chars().nth(1).is_some() && domain.chars().count() <= LENGTH;
        (named && !name.is_empty() && !FILE_TYPES.iter().any(|t| is(t))).then_some(domain)
    }
}

/// The label at the start of `rest`: letters and digits, hyphens inside. A Latin label ends where Cyrillic goes on:
/// people forget the space.
fn split_label(rest: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    let mut latin = false;
    for (at, c) in rest.char_indices().take(LABEL) {
        let letter = is_alphanumeric(plain(c));
        if latin && is_cyrillic(c) || !(letter || c == '-' || is_invisible(c)) {
            break;
        }
        latin |= c.is_ascii_alphabetic();
        if letter {
            end = at + c.len_utf8();
        }
    }
    let (label, rest) = rest.split_at_checked(end)?;
    (!label.is_empty() && !label.starts_with('-')).then_some((label, rest))
}

fn after_spoken_dot(rest: &str) -> Option<&str> {
    let open = rest.trim_start_matches([' ', '\u{a0}']);
    let inner = open.strip_prefix(['(', '[', '{']).map(str::trim_start);
    let word = inner.unwrap_or(open);
    let tail = match word.strip_prefix('.') {
        Some(tail) if inner.is_some() => tail,
        _ => {
            let tail = word.trim_start_matches(is_alphabetic);
            let said = fold_word(word.get(..word.len() - tail.len())?);
            matches!(said.as_str(), "dot" | "точка" | "тчк" | "крапка" | "кропка" | "нүкте")
                .then_some(tail)?
        }
    };
    match inner {
        Some(_) => tail.trim_start().strip_prefix([')', ']', '}']).map(|t| t.trim_start_matches(' ')),
        None => Some(tail.trim_start_matches([' ', '\u{a0}'])).filter(|t| t.len() < tail.len()),
    }
}

fn normal(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    push_normal(label, &mut out);
    out
}

fn push_normal(label: &str, out: &mut String) {
    if label.is_ascii() {
        out.push_str(label);
    } else {
        out.extend(label.chars().filter(|c| !is_invisible(*c)).map(plain));
    }
}

/// A label written as it sounds, in Latin letters; any other as it is.
fn sound(label: &str) -> String {
    let folded = fold_word(label);
    let heard = SOUNDS.iter().find(|(cyrillic, _)| *cyrillic == folded);
    heard.map_or_else(|| normal(label), |(_, latin)| (*latin).to_owned())
}
