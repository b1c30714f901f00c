//! Proof that a log is whole: every record has the hash of what it says and of the record before it.
//!
//! The hash of a record is the SHA-256 of its JSON as the library wrote it, without the member `hash`. White space,
//! escapes and an order of keys that another program put in do not matter, but cost some twenty times as much to see
//! through: a log is best stored as the lines it came in.
//!
//! What a chain cannot show is that its end is missing: for that keep the hash of the last record, which stands in the
//! session, where the log's keeper cannot write, and hand it in as a [`Head`]. Nor can it show that a whole log was
//! written anew; for that, too, a head kept elsewhere is the proof.

use super::record::Entry;
use super::sessions::{Name, key_of, name, name_of, room};
use crate::bot::hex;
use crate::dialog::Key;
use crate::document::{Node, Value};
use crate::error::{Code, Error};
use crate::limits;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::num::NonZeroU32;

/// The last record of a session.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Whose.
    pub session: Key,
    /// Its number.
    #[serde(default)]
    pub n: u64,
    /// Its hash.
    pub hash: String,
}

/// What a log must be, beside whole.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// The only session, where it is the log of one.
    pub session: Option<Key>,
    /// The hashes of the bots that wrote it; any where empty.
    pub bots: Vec<String>,
    /// Where sessions end.
    pub heads: Vec<Head>,
    /// Where sessions stood at the end of the part of the log before this one.
    pub from: Vec<Head>,
}

/// The verdict on a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether nothing is broken.
    pub ok: bool,
    /// Lines read.
    pub records: usize,
    /// Sessions met.
    pub sessions: usize,
    /// The first record that is broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub broken: Option<Broken>,
    /// Where the sessions ended, for the next part of the log; where asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub heads: Vec<Head>,
}

/// A broken record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Its place in the log, from 0; for a missing end the number of lines.
    pub at: usize,
    /// `log_edited`, `log_truncated`, `log_reordered`, `log_duplicated`, `log_foreign` or `record_invalid`.
    pub code: Code,
    /// What was found.
    pub message: String,
    /// Whose record it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<Key>,
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
}

/// Verifies a log in one pass: some 200 bytes for each session.
#[derive(Debug, Default)]
pub struct Verifier {
    expected: Expected,
    sessions: HashMap<Name, Link>,
    /// Tombstones by their hash.
    purged: HashMap<Hash, u64>,
    records: usize,
    broken: Option<Broken>,
    /// A record that came too early: the one that should stand there may come later.
    gap: Option<Gap>,
    /// A line that cannot be read: where it is the last one, the log was cut.
    unreadable: Option<Broken>,
    /// The log is a part: its sessions may have begun before it.
    part: bool,
}

const EDITED: &str = "the record does not say what its hash says";

/// A SHA-256.
type Hash = [u8; 32];

/// The end of a session's chain so far.
#[derive(Debug, Clone, Default)]
struct Link {
    n: u64,
    head: Option<Hash>,
    /// The first bytes of the last hashes: a record met again is told from one of another log.
    recent: [Option<NonZeroU32>; limits::LINKS_REMEMBERED],
}

#[derive(Debug)]
struct Gap {
    session: Key,
    n: u64,
    prev: Option<String>,
}

impl Link {
    fn at(n: u64, head: Option<Hash>) -> Self {
        let mut link = Self { n, head, ..Self::default() };
        link.remember();
        link
    }

    fn remember(&mut self) {
        self.recent.rotate_right(1);
        if let (Some(place), Some(head)) = (self.recent.first_mut(), &self.head) {
            *place = short(head);
        }
    }

    fn follows(&self, prev: Option<&str>) -> bool {
        match (&self.head, prev) {
            (Some(head), Some(prev)) => read(prev).as_ref() == Some(head),
            (head, prev) => head.is_none() && prev.is_none(),
        }
    }

    fn advance(&mut self, n: u64, hash: Hash) {
        (self.n, self.head) = (n, Some(hash));
        self.remember();
    }

    /// What is wrong with a record that does not follow.
    fn judge(&self, n: u64, hash: &Hash) -> Option<Code> {
        if n > self.n + 1 {
            return None;
        }
        let known = self.recent.iter().flatten().any(|recent| Some(*recent) == short(hash));
        let long_ago = n + self.recent.iter().flatten().count() as u64 <= self.n;
        Some(if known || long_ago { Code::LogDuplicated } else { Code::LogForeign })
    }
}

fn short(hash: &Hash) -> Option<NonZeroU32> {
    hash.first_chunk().and_then(|first| NonZeroU32::new(u32::from_be_bytes(*first)))
}

/// A hash as it stands in a record.
fn read(hex: &str) -> Option<Hash> {
    let digit = |byte: &u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut hash = Hash::default();
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    if pairs.len() != hash.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in hash.iter_mut().zip(pairs) {
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(hash)
}

impl Verifier {
    /// A verifier that expects this of the log.
    pub fn new(expected: Expected) -> Self {
        let link = |head: &Head| {
            (name_of(&head.session), Link::at(head.n, Some(read(&head.hash).unwrap_or_default())))
        };
        let sessions = expected.from.iter().map(link).collect();
        Self { expected, sessions, ..Self::default() }
    }

    /// A verifier of a part of a log, whose sessions may begin anywhere.
    pub(super) fn of_part() -> Self {
        Self { part: true, ..Self::default() }
    }

    /// Takes the next line.
    ///
    /// # Errors
    /// `limit` above [`limits::LOG_SESSIONS`] sessions.
    pub fn take(&mut self, line: &str) -> Result<(), Error> {
        match Entry::read(line) {
            Ok(entry) => self.take_entry(line, &entry),
            Err(error) => {
                self.settle_unreadable();
                let at = self.records;
                self.records += 1;
                let (session, n) = (None, None);
                if is_edited(line) {
                    let message = EDITED.to_string();
                    self.broken.get_or_insert(Broken { at, code: Code::LogEdited, message, session, n });
                } else {
                    let (code, message) = (Code::RecordInvalid, error.message);
                    let broken = Broken { at, code, message, session, n };
                    if breaks_off(line) {
                        self.unreadable = Some(broken);
                    } else {
                        self.broken.get_or_insert(broken);
                    }
                }
                Ok(())
            }
        }
    }

    /// Takes the next line, which has been read.
    ///
    /// # Errors
    /// As [`Verifier::take`].
    pub fn take_entry(&mut self, line: &str, entry: &Entry<'_>) -> Result<(), Error> {
        self.settle_unreadable();
        let at = self.records;
        self.records += 1;
        if self.broken.is_some() {
            self.fill_gap(entry);
            return Ok(());
        }
        if entry.purged.is_some() {
            self.purged.extend(read(entry.hash).map(|hash| (hash, entry.n)));
            return Ok(());
        }
        let foreign = self.expected.session.as_ref().is_some_and(|wanted| *wanted != entry.session.to_key())
            || !(self.expected.bots.is_empty() || self.expected.bots.iter().any(|bot| bot == entry.bot));
        if foreign {
            self.break_at(at, Code::LogForeign, "another session or bot than expected", entry);
            return Ok(());
        }
        let Some(hash) = read(entry.hash).filter(|hash| says(line, entry, hash)) else {
            self.break_at(at, Code::LogEdited, EDITED, entry);
            return Ok(());
        };
        let name = name(&entry.session);
        if !self.sessions.contains_key(&name) {
            room(&self.sessions, 0)?;
        }
        let (purged, part) = (&self.purged, self.part);
        let begins = || {
            let prev = entry.prev.and_then(read);
            match prev.and_then(|prev| purged.get_key_value(&prev)) {
                Some((hash, n)) if n + 1 >= entry.n => Link::at(*n, Some(*hash)),
                None if part && prev.is_some() => {
                    Link::at(entry.n.saturating_sub(u64::from(!entry.is_aside())), prev)
                }
                _ => Link::default(),
            }
        };
        let link = self.sessions.entry(name).or_insert_with(begins);
        let follows = link.follows(entry.prev);
        if follows && entry.n == link.n + 1 {
            link.advance(entry.n, hash);
        } else if !(follows && entry.n == link.n && entry.is_aside()) {
            let (n, head) = (link.n + 1, link.head);
            let code = link.judge(entry.n, &hash);
            self.breaks(at, entry, code, n, head);
        }
        Ok(())
    }

    /// A record that does not follow the one before it: number `n` should stand here, after `head`.
    fn breaks(&mut self, at: usize, entry: &Entry<'_>, code: Option<Code>, n: u64, head: Option<Hash>) {
        match code {
            Some(Code::LogDuplicated) => {
                self.break_at(at, Code::LogDuplicated, "the record stands here again", entry);
            }
            Some(code) => {
                self.break_at(at, code, "the record follows one that is not in this log", entry);
            }
            None => {
                let message = format!("record {n} is expected here");
                self.break_at(at, Code::LogTruncated, &message, entry);
                self.gap =
                    Some(Gap { session: entry.session.to_key(), n, prev: head.map(|head| hex(&head)) });
            }
        }
    }

    /// The record that was missed may come later: then the log was reordered and not cut.
    fn fill_gap(&mut self, entry: &Entry<'_>) {
        let fits = |gap: &Gap| {
            gap.n == entry.n && gap.prev.as_deref() == entry.prev && gap.session == entry.session.to_key()
        };
        if self.gap.as_ref().is_some_and(fits) {
            self.gap = None;
            if let Some(broken) = &mut self.broken {
                broken.code = Code::LogReordered;
                broken.message = format!("record {} comes later than this one", entry.n);
            }
        }
    }

    fn break_at(&mut self, at: usize, code: Code, message: &str, entry: &Entry<'_>) {
        let (message, session) = (message.to_string(), Some(entry.session.to_key()));
        self.broken = Some(Broken { at, code, message, session, n: Some(entry.n) });
    }

    /// More lines follow one that cannot be read, so the log was not cut there.
    fn settle_unreadable(&mut self) {
        if let Some(unreadable) = self.unreadable.take() {
            self.broken.get_or_insert(unreadable);
        }
    }

    /// The verdict, at the end of the log.
    pub fn finish(mut self, tell_heads: bool) -> Verdict {
        if let (Some(cut), None) = (self.unreadable.take(), &self.broken) {
            let message = "the last line breaks off".to_string();
            self.broken = Some(Broken { code: Code::LogTruncated, message, ..cut });
        }
        if self.broken.is_none() {
            self.broken = self.missing_end();
        }
        let head = |(name, link): (Name, Link)| {
            Some(Head { session: key_of(&name), n: link.n, hash: hex(&link.head?) })
        };
        let (records, sessions) = (self.records, self.sessions.len());
        let mut heads: Vec<Head> =
            if tell_heads { self.sessions.into_iter().filter_map(head).collect() } else { Vec::new() };
        heads.sort();
        Verdict { ok: self.broken.is_none(), records, sessions, broken: self.broken, heads }
    }

    fn missing_end(&self) -> Option<Broken> {
        let link = |head: &Head| self.sessions.get(&name_of(&head.session));
        let ends = |head: &&Head| {
            let hash = read(&head.hash);
            let purged = hash.is_some_and(|hash| self.purged.contains_key(&hash));
            !purged && (hash.is_none() || link(head).and_then(|link| link.head) != hash)
        };
        let head = self.expected.heads.iter().find(ends)?;
        Some(Broken {
            at: self.records,
            code: Code::LogTruncated,
            message: "the session ends at another record".to_string(),
            session: Some(head.session.clone()),
            n: link(head).map(|link| link.n),
        })
    }
}

/// Whether a line ends before what it says does.
fn breaks_off(line: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(line).is_err_and(|error| error.is_eof())
}

/// Whether a line that is no record was one: it has a hash, and it is that of something else.
fn is_edited(line: &str) -> bool {
    let Ok(mut node) = Node::from_json(line) else { return false };
    let Value::Map(entries) = &mut node.value else { return false };
    let hash = entries.iter().find(|e| e.key == "hash").and_then(|e| read(e.node.as_str()?));
    entries.retain(|e| e.key != "hash");
    hash.is_some_and(|hash| Sha256::digest(node.to_text())[..] != hash[..])
}

/// Whether a hash is that of what a line says.
fn says(line: &str, entry: &Entry<'_>, hash: &Hash) -> bool {
    let Some(at) = (entry.hash.as_ptr() as usize).checked_sub(line.as_ptr() as usize) else { return false };
    let before = line.get(..at).and_then(|before| before.strip_suffix("\"hash\":\""));
    let after = line.get(at + entry.hash.len()..).and_then(|after| after.strip_prefix("\","));
    if let (Some(before), Some(after)) = (before, after) {
        let digest =
            Sha256::new().chain_update(before.trim_start()).chain_update(after.trim_end()).finalize();
        if digest[..] == hash[..] {
            return true;
        }
    }
    // Another program may have put in spaces or escapes.
    let Ok(mut node) = Node::from_json(line) else { return false };
    if let Value::Map(entries) = &mut node.value {
        entries.retain(|e| e.key != "hash");
    }
    if Sha256::digest(node.to_text())[..] == hash[..] {
        return true;
    }
    // Or have sorted the keys.
    super::canon::order(&mut node);
    Sha256::digest(node.to_text())[..] == hash[..]
}
