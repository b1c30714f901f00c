//! Every limit of the crate in one place, with its reason.
//!
//! An input above a limit is refused with the code `limit` and the name of the limit; nothing is cut silently.

/// Bytes of one client message. A chat message is at most 4,096 characters on every channel served.
pub const MESSAGE_BYTES: usize = 16 * 1024;

/// Letters of a listed word that is still inflected; the longest words of chats have some 30. A longer one stands for
/// itself only.
pub const INFLECTED_WORD_LETTERS: usize = 40;
