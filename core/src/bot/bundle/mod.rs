//! Bundles: a definition compiled for a page.
//!
//! A page needs no compiler: in a bundle the word forms are expanded, and of the time zones, the rows and the rules it
//! holds those that one audience can meet. It gives the same bytes for every event as the definition it was made of, and
//! has its hash, so sessions go from one to the other.
//!
//! The built-in concepts of the FAQ stay in the module that runs it: also a concept that no row has counts in the score
//! of a message, so with fewer of them scores would be others.
//!
//! A bundle is one line of text and then its contents as [`Packed`](crate::document::Packed) writes them:
//!
//! ```text
//! frontdesk-bundle <version of frontdesk> <SHA-256 of the contents>
//! ```
//!
//! The contents are [`Contents`]. Their shape belongs to the version of frontdesk, so a bundle is made anew with every
//! new version, as the module that runs it is.

mod audience;
mod lists;

use super::knowledge::{CLIENT, PackedKnowledge};
use super::words::{ACKNOWLEDGEMENT, ANGRY, COURTESY, GREETING};
use super::{Bot, hex, options, orders, phone_options};
use crate::definition::Definition;
use crate::document::{nearest, pack, packed, unpack};
use crate::error::{Code, Error};
use crate::limits;
use crate::time::{Zone, ZoneFile};
use audience::{definition_for, lists_used};
use lists::Lists;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

const MAGIC: &str = "frontdesk-bundle";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a bundle holds, in the order of its bytes.
struct Contents {
    hash: String,
    audience: String,
    zone: ZoneFile,
    definition: Definition,
    lists: Lists,
    knowledge: PackedKnowledge,
}

packed!(Contents { hash, audience, zone, definition, lists, knowledge });

impl Bot {
    /// The bot as one audience may have it: `client` for everybody who is no other's.
    ///
    /// Left out are the rows, rules, reactions and word lists of other audiences, flows and leads that only they lead
    /// to, dialog tests, names of files and accounts. What may show in an effect stays, so that effects are the same:
    /// names of targets, texts to the team. A host that must not show them to the page runs the bot itself.
    ///
    /// Every session of a bundle is of its audience. Costs some 10 ms for a table of 100 rows.
    ///
    /// Errors: `unknown_name` at `audience` for one that the definition does not have.
    pub fn bundle(&self, audience: &str) -> Result<Vec<u8>, Error> {
        self.check_audience(audience)?;
        let knowledge = self.knowledge.packed(audience);
        let definition = definition_for(audience, &self.definition, &knowledge.answers);
        let used = lists_used(&definition);
        let built_in = [COURTESY, ACKNOWLEDGEMENT, GREETING, ANGRY];
        let titles = |name: &str| self.options.iter().any(|(_, _, list)| list == name);
        let is_used = |name: &str| built_in.contains(&name) || used.contains(name) || titles(name);
        let contents = Contents {
            hash: self.hash.clone(),
            audience: audience.to_string(),
            zone: self.zone.file().clone(),
            lists: Lists::of(&self.lexicon, is_used),
            definition,
            knowledge,
        };
        let contents = pack(&contents);
        let mut bundle = format!("{MAGIC} {VERSION} {}\n", checksum(&contents)).into_bytes();
        bundle.extend(contents);
        Ok(bundle)
    }

    /// A bot of a bundle knows its own audience alone.
    fn check_audience(&self, audience: &str) -> Result<(), Error> {
        let named = || self.definition.audiences.iter().map(|audience| audience.name.as_str());
        let known: Vec<&str> = match self.only_audience() {
            Some(only) => vec![only],
            None => named().chain([CLIENT]).collect(),
        };
        if known.contains(&audience) {
            return Ok(());
        }
        let message = format!("the definition has no audience `{audience}`");
        let error = Error::new(Code::UnknownName, "audience", message);
        Err(match nearest(audience, known.into_iter()) {
            Some(near) => error.with_hint(format!("did you mean `{near}`?")),
            None => error,
        })
    }

    /// The bot of a bundle.
    ///
    /// Errors: `bundle_invalid` where it is cut, edited, or of another version; `regex_not_built` where it needs the
    /// feature `author-regex`. The checksum finds damage, not malice: a bundle is as trusted as the page it is on.
    pub fn from_bundle(bundle: &[u8]) -> Result<Self, Error> {
        let Contents { hash, audience, zone, definition, lists, knowledge } =
            unpack(contents(bundle)?).ok_or_else(edited)?;
        let mut errors = Vec::new();
        let orders = orders(&definition, &mut errors);
        if let Some(error) = errors.into_iter().next() {
            return Err(error);
        }
        Ok(Self {
            hash,
            zone: Zone::from_file(zone).map_err(|_| edited())?,
            phone_options: phone_options(&definition),
            options: options(&definition),
            orders,
            lexicon: lists.compiled(),
            knowledge: knowledge.unpacked(&audience),
            definition,
            audience: Some(audience),
            log_key: None,
            published: OnceLock::new(),
        })
    }
}

/// The bytes after the first line, which tells whether they are whole and ours to read.
fn contents(bundle: &[u8]) -> Result<&[u8], Error> {
    if bundle.len() > limits::BUNDLE_BYTES {
        return Err(invalid(format!("{} bytes; at most {} are read", bundle.len(), limits::BUNDLE_BYTES)));
    }
    let end = bundle.iter().take(HEAD_BYTES).position(|byte| *byte == b'\n').unwrap_or(0);
    let (head, rest) = bundle.split_at_checked(end).unwrap_or_default();
    let head = std::str::from_utf8(head).unwrap_or_default();
    let mut words = head.split(' ');
    let (Some(MAGIC), Some(version), Some(sum), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(invalid(format!("no bundle: it does not begin with `{MAGIC}`")));
    };
    if version != VERSION {
        let message = format!("made by frontdesk {}; this is {VERSION}", shown(version));
        return Err(invalid(message));
    }
    let contents = rest.get(1..).unwrap_or_default();
    if checksum(contents) == sum { Ok(contents) } else { Err(edited()) }
}

/// Bytes of the first line at most.
const HEAD_BYTES: usize = 128;

fn checksum(contents: &[u8]) -> String {
    hex(&Sha256::digest(contents))
}

fn shown(version: &str) -> String {
    version.chars().take(20).collect()
}

fn edited() -> Error {
    invalid("cut or edited: its checksum is another".into())
}

fn invalid(message: String) -> Error {
    Error::new(Code::BundleInvalid, "", message)
        .with_hint("bundle the definition again, with the version that is to run it")
}
