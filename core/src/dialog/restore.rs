//! Reading a stored session back, strictly.

use super::burst::Burst;
use super::event::{Contact, Utm};
use super::lists::ListRef;
use super::session::{
    ActiveFlow, Asked, BotRef, Finished, Key, LeadState, Matching, Mode, Purpose, Question, ReactingFlow,
    SESSION_VERSION, Seen, Session, Timer, Topic, WaitingFor, WaitingList,
};
use super::voice::ReplyButton;
use crate::bot::Bot;
use crate::document::{Cursor, Node, Report, Stored, path_at, stored, stored_keys};
use crate::error::{Code, Error};
use crate::limits;

impl Session {
    /// Reads a stored session of any version of any bot, to [`Bot::migrate`] it. Refused: a cut or edited one
    /// (`snapshot_invalid`, with the path).
    pub fn from_json(text: &str) -> Result<Self, Error> {
        if text.len() > limits::SESSION_BYTES {
            let message = format!("{} bytes; a session has at most {}", text.len(), limits::SESSION_BYTES);
            return Err(Error::new(Code::Limit, "", message));
        }
        let session = read(text)?;
        if session.v != SESSION_VERSION {
            let message = format!("session version {}; this version reads {SESSION_VERSION}", session.v);
            return Err(Error::new(Code::SnapshotInvalid, "v", message));
        }
        Ok(session)
    }

    /// Reads a stored session of this bot. Refused: a cut or edited one (`snapshot_invalid`, with the path), one
    /// of another bot or of another version of it (`bot_mismatch`).
    pub fn restore(bot: &Bot, text: &str) -> Result<Self, Error> {
        let session = Self::from_json(text)?;
        session.belongs_to(bot)?;
        Ok(session)
    }

    pub(super) fn belongs_to(&self, bot: &Bot) -> Result<(), Error> {
        if self.bot.hash == bot.hash() {
            return Ok(());
        }
        let short = |hash: &str| hash.chars().take(12).collect::<String>();
        let message = format!(
            "the session belongs to `{}` {}, this bot is `{}` {}",
            self.bot.name,
            short(&self.bot.hash),
            bot.definition().name,
            short(bot.hash())
        );
        Err(Error::new(Code::BotMismatch, "bot.hash", message).with_hint("migrate the session first"))
    }
}

fn read(text: &str) -> Result<Session, Error> {
    let node = Node::from_stored_json(text).map_err(|e| {
        let (line, column) = (e.line.unwrap_or(1), e.column.unwrap_or(0));
        let message = e.message.strip_prefix("not JSON: ").unwrap_or(&e.message);
        invalid(&path_at(text, line as usize, column as usize), message)
    })?;
    let report = Report::of(&node);
    let session = Session::read(&report.root());
    report.into_first(Some(session)).map_err(|e| invalid(&e.path, &e.message))
}

fn invalid(path: &str, message: &str) -> Error {
    Error::new(Code::SnapshotInvalid, path, format!("not a session: {message}"))
}

stored!(BotRef { name, hash; });
stored!(Session {
    v, bot, key, dialog, rev, now, mode, mode_rev, status, language; finished, contact, fields, mentioned,
    flow, suspended, reacting, waiting, timers, leads, asked, matching, handoffs, buttons, topic,
    last_question, last_client, last_at, last_outreach, outreach_count, data, burst, lent, former, ways_out,
    disclosed, suppressed, gap, seen, last_record
});
stored!(Finished { reopen, outcome, at; });
stored!(ActiveFlow { name; question, skipped, then_ran });
stored!(Question { field; failed, slots, request });
stored!(ReactingFlow { name, dialog; until });
stored!(WaitingList { list, next, on; under });
stored!(Asked { effect, what; });
stored!(Matching { effect, rows; close });
stored!(Timer { id, due, purpose; });
stored!(LeadState { name, key, dialog, effects, sent, to; confirmed, ids, alerted });
stored!(Burst { text, since; language });
stored!(ReplyButton { id, title; });
stored!(Contact { ; name, phone, language, chat_url, utm, source, entry });
stored!(Utm { ; source, medium, campaign, term, content });

stored!(Key { channel, account, user; });

impl Stored for Mode {
    fn read(at: &Cursor<'_>) -> Self {
        let words = [("active", Mode::Active), ("human", Mode::Human), ("finished", Mode::Finished)];
        at.one_of(&words).unwrap_or(Mode::Active)
    }
}

impl Stored for WaitingFor {
    fn read(at: &Cursor<'_>) -> Self {
        let (name, at) = at.variant();
        match name {
            "result" => stored_keys!(at => WaitingFor::Result { effect, what; }),
            "answer" => WaitingFor::Answer(Question::read(&at)),
            _ => {
                at.no_variant(name);
                WaitingFor::Answer(Question::read(&at))
            }
        }
    }
}

impl Stored for Purpose {
    fn read(at: &Cursor<'_>) -> Self {
        let (name, at) = at.variant();
        match name {
            "silence" => stored_keys!(at => Purpose::Silence { entry; }),
            "no_reply" => stored_keys!(at => Purpose::NoReply { flow, reaction, reminder, event; }),
            "reminder" => stored_keys!(at => Purpose::Reminder { list, action, event; }),
            "confirm" => stored_keys!(at => Purpose::Confirm { lead_key; }),
            "wait" => stored_keys!(at => Purpose::Wait { effect; }),
            "pause" => Purpose::Pause,
            "settle" => Purpose::Settle,
            "removed" => stored_keys!(at => Purpose::Removed { flow; }),
            _ => {
                at.no_variant(name);
                Purpose::Pause
            }
        }
    }
}

impl Stored for Topic {
    fn read(at: &Cursor<'_>) -> Self {
        let (name, at) = at.variant();
        match name {
            "flow" => Topic::Flow(String::read(&at)),
            "faq" => Topic::Faq(String::read(&at)),
            _ => {
                at.no_variant(name);
                Topic::Faq(String::new())
            }
        }
    }
}

impl Stored for Seen {
    fn read(at: &Cursor<'_>) -> Self {
        let (id, when) = at.pair();
        Seen(id, when)
    }
}

impl Stored for ListRef {
    fn read(at: &Cursor<'_>) -> Self {
        let (name, at) = at.variant();
        match name {
            "rule" => ListRef::Rule(String::read(&at)),
            "then" => ListRef::Then(String::read(&at)),
            "react" => {
                let (flow, place) = at.pair();
                ListRef::React(flow, place)
            }
            "unsure" => ListRef::Unsure(String::read(&at)),
            "faq" => ListRef::Faq(String::read(&at)),
            "unknown" => ListRef::Unknown,
            "greeting" => ListRef::Greeting,
            "silence" => ListRef::Silence(usize::read(&at)),
            _ => {
                at.no_variant(name);
                ListRef::Unknown
            }
        }
    }
}
