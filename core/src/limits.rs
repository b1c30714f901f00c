//! Every limit of the crate in one place, with its reason.
//!
//! An input above a limit is refused with the code `limit` and the name of the limit; nothing is cut silently.

/// Bytes of one client message. A chat message is at most 4,096 characters on every channel served.
pub const MESSAGE_BYTES: usize = 16 * 1024;

/// Characters of an author's mask or regular expression. The longest order numbers in use have about 30.
pub const PATTERN_CHARS: usize = 64;
/// Bytes of one definition, event or snapshot text. The clinic's definition takes 10 KB, a large one 200.
pub const DOCUMENT_BYTES: usize = 8 * 1024 * 1024;

/// Levels of lists and maps within each other. The deepest useful definition has about ten.
pub const DOCUMENT_DEPTH: usize = 64;

/// The largest whole number that JavaScript keeps exactly, and so the largest on any face.
pub const NUMBER_MAX: u64 = (1 << 53) - 1;

/// Bytes of an event id. Vendors' ids take up to 130.
pub const ID_BYTES: usize = 512;

/// Bytes of a reference or link in an event.
pub const REFERENCE_BYTES: usize = 2 * 1024;

/// Attachments of one message. Albums have ten.
pub const ATTACHMENTS: usize = 32;

/// Dimensions of the host's embedding. The largest models in use have 4,096.
pub const VECTOR_DIMENSIONS: usize = 4096;

/// Event ids remembered against repetition, and for how long: vendors repeat a webhook for up to 24 hours.
pub const SEEN_EVENTS: usize = 64;
/// See [`SEEN_EVENTS`].
pub const SEEN_MILLIS: i64 = 26 * 3_600_000;

/// Actions that one step may run. A definition that needs more goes round in circles.
pub const ACTIONS_PER_STEP: usize = 256;

/// Safe ways out of flows taken in a row with no answer between. More lead back into flows for ever.
pub const WAYS_OUT: u32 = 4;

/// Timers that one call of `due` may fire.
pub const TIMERS_PER_DUE: usize = 256;

/// Timers that a session may hold.
pub const TIMERS: usize = 32;

/// Lists of actions that may wait for an answer or a result at once.
pub const WAITING_LISTS: usize = 4;

/// Requests without an answer whose late results still count.
pub const LATE_REQUESTS: usize = 8;

/// Leads that a session remembers; the oldest confirmed ones are forgotten first.
pub const LEADS: usize = 8;

/// Bytes of a text that a field keeps.
pub const FIELD_BYTES: usize = 2 * 1024;

/// Bytes of all texts that the fields of a session keep together.
pub const FIELDS_BYTES: usize = 16 * 1024;

/// Bytes that a session keeps of the last result or fact of a name, for placeholders: the translation of a long message
/// takes half of them.
pub const DATA_BYTES: usize = 4 * 1024;

/// Values that a session keeps of one result or fact.
pub const DATA_VALUES: usize = 8;

/// Names of results and facts whose data a session keeps.
pub const DATA_NAMES: usize = 8;

/// Slots offered at once. More buttons than this no channel shows.
pub const SLOTS: usize = 10;

/// Bytes of the id or label of a slot, and of the id that a target gives a lead. Buttons take 64 on most channels.
pub const LABEL_BYTES: usize = 256;

/// Bytes of each text that a channel tells of a client: a name, a link, a mark of a campaign.
pub const CONTACT_BYTES: usize = 1024;

/// Names that a session keeps of a client who gives another one, where records are masked.
pub const FORMER_NAMES: usize = 4;

/// Bytes of a session as JSON. The other bounds of a session keep it below.
pub const SESSION_BYTES: usize = 64 * 1024;
/// Bytes of one table of questions and answers: 100,000 rows of 640 bytes.
pub const TABLE_BYTES: usize = 64 * 1024 * 1024;

/// Rows of one table of questions and answers; larger ones are search engines, not front desks.
pub const TABLE_ROWS: usize = 100_000;
/// Letters of a listed word that is still inflected; the longest words of chats have some 30. A longer one stands for
/// itself only.
pub const INFLECTED_WORD_LETTERS: usize = 40;
/// Comparisons that the lint makes between rules, flows and word lists, whose pairs grow with the square. A definition
/// of 100 rules takes some 10,000.
pub const LINT_COMPARISONS: usize = 200_000;

/// Bytes of one payload of a vendor's: WhatsApp sends up to 3 MB.
#[cfg(feature = "channels")]
pub const PAYLOAD_BYTES: usize = 4 * 1024 * 1024;

/// Events of one payload: Meta packs up to 1,000 updates together.
#[cfg(feature = "channels")]
pub const PAYLOAD_EVENTS: usize = 1024;

/// Fields of a webhook that is a form, and brackets within each other in one of their names. Bitrix24 sends some hundred
/// fields, five deep.
#[cfg(feature = "channels")]
pub const FORM_FIELDS: usize = 4096;
/// See [`FORM_FIELDS`].
#[cfg(feature = "channels")]
pub const FORM_DEPTH: usize = 16;

/// Effects that are encoded at once: a step runs at most 256 actions, and an action gives a few.
#[cfg(feature = "channels")]
pub const EFFECTS: usize = 4096;

/// Bytes of one bundle: a page is not to load more, and the largest tables of front desks take a tenth of it.
pub const BUNDLE_BYTES: usize = 16 * 1024 * 1024;

/// Sessions whose records are followed when a log is verified, counted or replayed; `docs/records.md` says what memory
/// they take. A log of more is cut by session.
pub const LOG_SESSIONS: usize = 1_000_000;

/// Bytes of a log that the command line reads at once, whole lines and one more: enough for the reading to cost nothing
/// beside the work, little beside what the sessions of the log take.
pub const LOG_PART: usize = 1 << 20;

/// Sessions of a log that stand ready; what is known of the others is folded to bytes. As many as talk within minutes
/// even where a hundred thousand do in a day.
pub const SESSIONS_READY: usize = 1_024;

/// Dialogs of one session that are counted together: results and no-shows come to the one they belong to. Older ones
/// are over.
pub const DIALOGS_REMEMBERED: usize = 8;

/// Unanswered questions kept of one dialog, and messages nobody had asked for. Longer ones are made by machines.
pub const QUESTIONS_OF_DIALOG: usize = 32;
/// See [`QUESTIONS_OF_DIALOG`].
pub const OUTREACH_OF_DIALOG: usize = 32;

/// Characters of a question or a message that a list of figures shows.
pub const SHOWN_CHARS: usize = 300;

/// Different unanswered questions counted in one week: 600 KB of sums. Of more a fair sample is kept.
pub const QUESTIONS_OF_WEEK: usize = 2_000;
/// Unanswered questions shown of one week: what a manager reads.
pub const QUESTIONS_SHOWN: usize = 50;

/// Different wordings of reminders counted in one week. Authors write some ten.
pub const WORDINGS_OF_WEEK: usize = 500;

/// Cases of one week that are listed, the newest.
pub const CASES_OF_WEEK: usize = 200;

/// Hashes remembered of each session when a log is verified, to tell a record met again from one of another log: a
/// store writes a record twice within a few.
pub const LINKS_REMEMBERED: usize = 8;

/// Causes that a comparison with an edited bot tells apart.
pub const CAUSES: usize = 1_000;

/// Dialogs that a report shows whole, of the sample and of the cases each, and turns of each of them: more than anybody
/// reads of one page, and some 5 MB of it.
pub const DIALOGS_SHOWN: usize = 300;
/// See [`DIALOGS_SHOWN`].
pub const TURNS_SHOWN: usize = 200;
