//! The one error type and the catalogue of its codes.

pub mod catalogue;

use std::fmt;

/// What went wrong, where, and what would be right.
///
/// `code` is stable and meant for programs, `message` for people: lower case, no full stop, the input in
/// backticks, never a Rust type name.
///
/// As JSON: `{code, path, line?, column?, message, hint?}`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error("{}", self.in_one_line())]
pub struct Error {
    /// The stable code, one of the catalogue [`Code`].
    pub code: Code,
    /// Where: dotted path into the definition, event or snapshot (`rules[2].do[0].say`); empty for the whole.
    pub path: String,
    /// What was found and what would be right.
    pub message: String,
    /// Line in the text that was loaded, from 1, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Column in code points, from 1, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// A suggestion: the nearest known name, or how to write it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Error {
    /// An error at a path, without a position.
    pub fn new(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, path: path.into(), message: message.into(), line: None, column: None, hint: None }
    }

    /// The same error with a suggestion.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    fn in_one_line(&self) -> String {
        let mut out = String::new();
        if let (Some(line), Some(column)) = (self.line, self.column) {
            out.push_str(&format!("{line}:{column}: "));
        }
        out.push_str(&format!("{}: ", self.code));
        if !self.path.is_empty() {
            out.push_str(&format!("{}: ", self.path));
        }
        out.push_str(&self.message);
        if let Some(hint) = &self.hint {
            out.push_str(&format!(" ({hint})"));
        }
        out
    }
}

macro_rules! codes {
    (
        errors { $($(#[doc = $fault:literal])* $error:ident = $error_text:literal,)* }
        warnings { $($(#[doc = $doubt:literal])* $warning:ident = $warning_text:literal,)* }
    ) => {
        /// The catalogue of codes: errors stop a compile or a step, warnings never do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $fault])* $error,)*
            $($(#[doc = $doubt])* $warning,)*
        }
        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$error,)* $(Code::$warning,)*];
            /// Whether it warns and never stops a compile.
            pub fn is_warning(self) -> bool {
                matches!(self, $(Code::$warning)|*)
            }
            /// The stable text of the code.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$error => $error_text,)* $(Code::$warning => $warning_text,)* }
            }
            /// What it says, in one sentence.
            pub fn meaning(self) -> &'static str {
                let text = match self {
                    $(Code::$error => concat!($($fault),*),)*
                    $(Code::$warning => concat!($($doubt),*),)*
                };
                text.trim()
            }
        }
    };
}

codes! {
errors {
    /// The text is no JSON or YAML.
    SyntaxInvalid = "syntax_invalid",
    /// A key that is not known at this place.
    UnknownKey = "unknown_key",
    /// The same key twice in one map.
    DuplicateKey = "duplicate_key",
    /// A key that must stand is missing.
    MissingKey = "missing_key",
    /// A value of another type than expected.
    WrongType = "wrong_type",
    /// A number with a fraction, or beyond ±(2^53 − 1).
    NumberRefused = "number_refused",
    /// A word that is none of those allowed here.
    UnknownValue = "unknown_value",
    /// A name that nothing in the definition has.
    UnknownName = "unknown_name",
    /// A placeholder that stands for nothing.
    UnknownPlaceholder = "unknown_placeholder",
    /// The same name twice in a list.
    DuplicateName = "duplicate_name",
    /// None, or more than one, where exactly one is expected.
    OneExpected = "one_expected",
    /// A key that belongs to another kind of value.
    KeyMisplaced = "key_misplaced",
    /// No length of time such as `48h`.
    DurationInvalid = "duration_invalid",
    /// No RFC 3339 time, or no time of day.
    TimeInvalid = "time_invalid",
    /// No IANA time zone.
    ZoneUnknown = "zone_unknown",
    /// No country such as `UA`.
    RegionUnknown = "region_unknown",
    /// A definition of another format version.
    FormatUnknown = "format_unknown",
    /// A channel that the platform does not serve.
    ChannelNotOnPlatform = "channel_not_on_platform",
    /// A table that the definition names was not handed in.
    FileMissing = "file_missing",
    /// A text or list that must not be empty.
    Empty = "empty",
    /// An input is larger than a limit of `limits`.
    Limit = "limit",
    /// A mask of an order number cannot be read.
    MaskInvalid = "mask_invalid",
    /// A regular expression of an author cannot be read.
    RegexInvalid = "regex_invalid",
    /// A regular expression needs a build with the feature `author-regex`.
    RegexNotBuilt = "regex_not_built",
    /// A row or column of a table cannot be read.
    TableInvalid = "table_invalid",
    /// Embeddings that cannot be read, or that differ in length.
    VectorsInvalid = "vectors_invalid",
    /// A session or snapshot that is cut, edited or of a newer version.
    SnapshotInvalid = "snapshot_invalid",
    /// A session of another bot, or of another version of this one; `migrate` takes it over.
    BotMismatch = "bot_mismatch",
    /// A payload that is none of its vendor's.
    PayloadInvalid = "payload_invalid",
    /// A bundle that is cut, edited or of another version.
    BundleInvalid = "bundle_invalid",
    /// A line of a log that is no record.
    RecordInvalid = "record_invalid",
    /// A record does not say what its hash says.
    LogEdited = "log_edited",
    /// Records are missing: at the beginning, in the middle, or at the end where that is known.
    LogTruncated = "log_truncated",
    /// Records stand in another order than they were made in.
    LogReordered = "log_reordered",
    /// A record stands in the log twice.
    LogDuplicated = "log_duplicated",
    /// A record of another log, session or bot.
    LogForeign = "log_foreign",
    /// Partial sums that this library did not write, or that do not add up.
    PartialInvalid = "partial_invalid",
    /// A call that this build of a face leaves out: the core never says it.
    NotBuilt = "not_built",
    /// A bug of this library: the core never says it, a face does where the core panicked.
    Internal = "internal",
    /// A list sets a status of a dialog that goes on, and ends the dialog.
    FinishNotFinal = "finish_not_final",
    /// A list sets a final status, and the dialog goes on.
    FinalGoesOn = "final_goes_on",
}
warnings {
    /// A key that this version reads but does not act on yet.
    NotYet = "not_yet",
    /// A list creates a lead and does not say what follows.
    AfterLead = "after_lead",
    /// Records are masked without a secret.
    LogKeyMissing = "log_key_missing",
    /// A lead has no target; it stays in session and record.
    LeadWithoutTarget = "lead_without_target",
    /// A lead needs no field, so the CRM gets empty ones.
    LeadNeedsNothing = "lead_needs_nothing",
    /// A lead needs a field that nothing collects and that no message brings by itself.
    NeedNotCollected = "need_not_collected",
    /// An action stands after `finish`.
    AfterFinish = "after_finish",
    /// A closing or greeting word inside any message ends the dialog.
    ClosingContains = "closing_contains",
    /// An answer of the FAQ ends the dialog for good.
    FaqFinish = "faq_finish",
    /// A greeting ends the dialog for good.
    GreetingFinish = "greeting_finish",
    /// A list calls a human and ends the dialog.
    HandoffFinish = "handoff_finish",
    /// A list of a flow or of silence sets a final status, and the dialog goes on.
    FinalStatusOpen = "final_status_open",
    /// A dialog ends for good in a status that is not final.
    FinishKeepsStatus = "finish_keeps_status",
    /// Two rules have a trigger in common, and opposite ends.
    OppositeRules = "opposite_rules",
    /// The same word calls a human and ends the dialog.
    AngryOrBanned = "angry_or_banned",
    /// A rule above takes every message that this one would.
    RuleUnreachable = "rule_unreachable",
    /// A condition can never hold.
    NeverHolds = "never_holds",
    /// A condition asks for a status that nothing sets.
    StatusNeverSet = "status_never_set",
    /// A word that ends the dialog stands in a question of the FAQ.
    WordTooBroad = "word_too_broad",
    /// An entry of a word list adds nothing to another one of it.
    WordRepeated = "word_repeated",
    /// An entry of a word list matches no message.
    WordMatchesNothing = "word_matches_nothing",
    /// One message starts two flows.
    StartsOverlap = "starts_overlap",
    /// Flows start each other in a circle.
    StartCycle = "start_cycle",
    /// Several fields share a type, and a value that nobody asked for has no home.
    FieldAmbiguous = "field_ambiguous",
    /// A reminder before a field that holds no date.
    RemindNever = "remind_never",
    /// A booking is requested without a date or slot.
    BookWithoutTime = "book_without_time",
    /// Silence is counted from an offer that no list makes.
    SilenceNever = "silence_never",
    /// There are questions and answers, and nothing is done where none fits.
    UnknownMissing = "unknown_missing",
    /// An author's row answers the same question as a row of the table.
    FaqShadowed = "faq_shadowed",
    /// An audience that the definition does not describe.
    AudienceUnknown = "audience_unknown",
    /// An audience without channels and accounts.
    AudienceEmpty = "audience_empty",
    /// A button that nothing reacts to.
    ButtonUnhandled = "button_unhandled",
    /// A message to the team carries no link to the chat.
    ChatLinkMissing = "chat_link_missing",
    /// A summary is sent that has no fields.
    SummaryEmpty = "summary_empty",
    /// A human is called, and nobody is told.
    HandoffWithoutTarget = "handoff_without_target",
    /// A target's name is nearly that of another, or of a kind that the crate speaks to.
    TargetMisspelt = "target_misspelt",
    /// A target is asked for what its kind cannot do.
    TargetCannot = "target_cannot",
    /// A platform's name is nearly one that is known.
    PlatformMisspelt = "platform_misspelt",
    /// Several accounts of one channel on ManyChat.
    AccountsOnManychat = "accounts_on_manychat",
    /// The simpler platform would do.
    PlatformSimpler = "platform_simpler",
    /// A message after 24 hours has no template for a closed messaging window.
    TemplateMissing = "template_missing",
    /// Reminders and comebacks may be sent at night.
    NightOutreach = "night_outreach",
    /// Quiet hours that begin when they end.
    QuietHoursEmpty = "quiet_hours_empty",
    /// Dates and hours are read without a time zone.
    ZoneMissing = "zone_missing",
    /// A text is missing in a configured language.
    TextMissing = "text_missing",
    /// A configured language in which nothing is written.
    LanguageUnspoken = "language_unspoken",
    /// A word list that nothing uses.
    WordsUnused = "words_unused",
    /// A field that nothing uses.
    FieldUnused = "field_unused",
    /// A lead that no list creates.
    LeadUnused = "lead_unused",
    /// A flow that nothing starts.
    FlowUnused = "flow_unused",
    /// A status that nothing uses.
    StatusUnused = "status_unused",
    /// Fewer dialog tests than a bot should go to people with.
    TestsFew = "tests_few",
    /// The dialog tests leave out a kind of dialog that goes wrong most.
    TestsKinds = "tests_kinds",
}
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
