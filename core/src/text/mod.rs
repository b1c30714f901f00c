//! Floor 0: text as every other part sees it: spans, tokens and folded words.

pub mod fold;
pub mod forms;
pub mod span;
pub mod tokens;

pub use fold::fold_word;
pub use span::Span;
pub use tokens::{Token, TokenKind, tokens};
