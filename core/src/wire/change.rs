//! What a vendor's limits made of an effect.

use serde::Serialize;

/// A change that a vendor's limit forced: `{code, effect, path?, found, limit}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What was done.
    pub code: ChangeCode,
    /// Key of the effect.
    pub effect: String,
    /// The part of the effect: `text`, `buttons[2].title`; the whole effect where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What there was, in the units of the limit.
    pub found: usize,
    /// What the vendor takes.
    pub limit: usize,
}

/// What was done about a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeCode {
    /// A text was cut and ends with `…`.
    Clipped,
    /// A text became several messages.
    Split,
    /// Several payloads carry what belongs together.
    Parted,
    /// Buttons became a list to open.
    Listed,
    /// Buttons became numbered lines; the number typed presses the button.
    Numbered,
    /// An id became a short token that the codec reads back.
    Shortened,
    /// Something that the vendor has no place for is left out.
    Dropped,
    /// The messaging window is closed and no template is named: nothing is sent.
    WindowClosed,
    /// The messaging window is closed: the named template goes out instead of the text.
    Templated,
    /// The lead that it belongs to has no id yet: to be encoded again once the lead's result is in.
    LeadUnknown,
    /// An option that it needs, named by `path`, is not given: what cannot stand without it is left out.
    OptionMissing,
}

impl ChangeCode {
    /// Every code.
    pub const ALL: &'static [ChangeCode] = &[
        ChangeCode::Clipped,
        ChangeCode::Split,
        ChangeCode::Parted,
        ChangeCode::Listed,
        ChangeCode::Numbered,
        ChangeCode::Shortened,
        ChangeCode::Dropped,
        ChangeCode::WindowClosed,
        ChangeCode::Templated,
        ChangeCode::LeadUnknown,
        ChangeCode::OptionMissing,
    ];
}
