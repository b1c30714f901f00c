//! The one error type and the catalogue of its codes.

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
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The catalogue of error codes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }
        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];
            /// Whether it warns and never stops a compile.
            pub fn is_warning(self) -> bool {
                use Code::*;
                matches!(self, NotYet | AfterLead | LeadWithoutTarget | FaqShadowed | TextMissing)
            }
            /// The stable text of the code.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
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
    /// An input is larger than a limit of [`crate::limits`].
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
    /// A bundle that is cut, edited or of another version.
    BundleInvalid = "bundle_invalid",
    /// Warning: a key that this version reads but does not act on yet.
    NotYet = "not_yet",
    /// Warning: a list creates a lead and does not say what follows.
    AfterLead = "after_lead",
    /// Warning: a lead has no target; it stays in session and record.
    LeadWithoutTarget = "lead_without_target",
    /// Warning: an author's row answers the same question as a row of the table.
    FaqShadowed = "faq_shadowed",
    /// Warning: a text is missing in a configured language.
    TextMissing = "text_missing",
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
