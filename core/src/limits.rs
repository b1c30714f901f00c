//! Every limit of the crate in one place, with its reason.
//!
//! An input above a limit is refused with the code `limit` and the name of the limit; nothing is cut silently.

/// Bytes of one client message. A chat message is at most 4,096 characters on every channel served.
pub const MESSAGE_BYTES: usize = 16 * 1024;

/// Characters of an author's mask or regular expression. The longest order numbers in use have about 30.
pub const PATTERN_CHARS: usize = 64;
