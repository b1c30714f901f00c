//! The right to speak.
//!
//! A [`Reply`] can be made by a [`Voice`] only, and there is a voice only where the mode is
//! [`Mode::Active`]. When a dialog finishes or a human joins, the engine gives its voice up; what follows has
//! nothing to speak with. No check can be forgotten, because there is none.

use super::session::Mode;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A reply to the client.
///
/// Hosts read it; only the engine can make one, and only while it may speak:
///
/// ```compile_fail
/// let reply = frontdesk::dialog::Reply { text: "hello".into() };
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reply {
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    buttons: Vec<ReplyButton>,
    language: String,
    window: Window,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<String>,
    mode_rev: u64,
}

/// A button of a reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyButton {
    /// What an event names.
    pub id: String,
    /// What the client sees.
    pub title: String,
}

/// Whether the vendor's messaging window is open: less than 24 hours since the client's last message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// Free texts may be sent.
    Open,
    /// Only the vendor's templates may be sent.
    Closed,
}

impl Window {
    const LENGTH: i64 = 24 * 3_600_000;

    pub(super) fn at(now: Timestamp, last_client: Option<Timestamp>) -> Self {
        let open = last_client.is_some_and(|last| now.as_millis() - last.as_millis() < Self::LENGTH);
        if open { Window::Open } else { Window::Closed }
    }
}

impl Reply {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The buttons.
    pub fn buttons(&self) -> &[ReplyButton] {
        &self.buttons
    }

    /// The language of the text.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Whether the messaging window is open.
    pub fn window(&self) -> Window {
        self.window
    }

    /// Name of the vendor's template for a closed window.
    pub fn template(&self) -> Option<&str> {
        self.template.as_deref()
    }

    /// The revision of the mode in which it was decided. A host drops a reply whose revision is older than the
    /// session's: a human has joined meanwhile.
    pub fn mode_rev(&self) -> u64 {
        self.mode_rev
    }
}

/// The right to speak; the only maker of replies.
#[derive(Debug)]
pub(super) struct Voice(());

/// What a reply is to say.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) text: String,
    pub(super) buttons: Vec<ReplyButton>,
    pub(super) language: String,
    pub(super) window: Window,
    pub(super) template: Option<String>,
    pub(super) mode_rev: u64,
}

impl Voice {
    /// The voice of a dialog in this mode, if it has one.
    pub(super) fn of(mode: Mode) -> Option<Self> {
        (mode == Mode::Active).then_some(Self(()))
    }

    pub(super) fn reply(&self, draft: Draft) -> Reply {
        let Draft { text, buttons, language, window, template, mode_rev } = draft;
        Reply { text, buttons, language, window, template, mode_rev }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_active_dialog_has_a_voice() {
        assert!(Voice::of(Mode::Active).is_some());
        assert!(Voice::of(Mode::Human).is_none());
        assert!(Voice::of(Mode::Finished).is_none());
    }

    #[test]
    fn at_24_hours_sharp_the_window_is_closed() {
        let last = Timestamp::from_millis(0);
        assert_eq!(Window::at(Timestamp::from_millis(Window::LENGTH - 1), Some(last)), Window::Open);
        assert_eq!(Window::at(Timestamp::from_millis(Window::LENGTH), Some(last)), Window::Closed);
    }
}
