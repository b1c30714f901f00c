//! Floor 0: text as every other part sees it: spans, tokens and folded words.

pub(crate) mod case;
pub mod fold;
pub mod forms;
mod lang;
pub mod language;
pub mod layout;
pub(crate) mod name;
pub mod span;
mod stem;
pub mod tokens;

pub use fold::fold_word;
pub use lang::Lang;
pub use span::{Ruler, Span};
pub use stem::stem;
pub(crate) use tokens::folded_words;
pub use tokens::{Token, TokenKind, tokens};
