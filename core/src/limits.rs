//! Every limit of the crate in one place, with its reason.
//!
//! An input above a limit is refused with the code `limit` and the name of the limit; nothing is cut silently.

/// Bytes of one client message. A chat message is at most 4,096 characters on every channel served.
pub const MESSAGE_BYTES: usize = 16 * 1024;

/// Bytes of one table of questions and answers: 100,000 rows of 640 bytes.
pub const TABLE_BYTES: usize = 64 * 1024 * 1024;

/// Rows of one table of questions and answers; larger ones are search engines, not front desks.
pub const TABLE_ROWS: usize = 100_000;
