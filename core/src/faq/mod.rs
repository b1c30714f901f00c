//! Floor 1: the client's table of questions and answers: the right row or none.
//!
//! [`Index::build`] reads a table once; [`Index::search`] finds the row that answers a short, sloppy message, says
//! how sure it is and why. Everything is learnt from the table alone: no model, no network, the same scores to the
//! integer on every platform.
//!
//! How a message is matched:
//!
//! 1. Words are folded ([`crate::text::fold_word`]), stemmed, and where the table does not know them read in the
//!    kindred language, or as the nearest known word when they are typing errors (a word some language knows is
//!    none). A message in the wrong keyboard layout or in Latin letters is tried in its repaired readings too.
//! 2. A text is a vector of three blocks, each of length 1: stems, letter groups, concepts. Unknown features count
//!    in the length of the message at the highest rarity, so a message full of unseen words scores low.
//! 3. A row scores by its best phrasing and by its centroid; with three phrasings a row, a softmax regression over
//!    the same vectors corrects the order.
//! 4. The threshold and the weight of the concepts are found per table by leaving phrasings and rows out.
//!
//! Not for texts longer than a chat message, nor for search in documents: rows are questions.
//!
//! ```
//! use frontdesk::faq::{Index, Options, Query, Row};
//! let row = |id: &str, ask: &[&str]| Row {
//!     id: id.into(),
//!     ask: ask.iter().map(|&ask| ask.into()).collect(),
//!     ..Row::default()
//! };
//! let rows = [
//!     row("delivery", &["Как работает доставка?", "Сколько стоит доставка"]),
//!     row("refund", &["Как вернуть товар?", "Возврат денег"]),
//!     row("hours", &["Во сколько вы открываетесь?", "График работы"]),
//! ];
//! let index = Index::build(&rows, &Options::default());
//! let found = index.search(&Query::new("ljcnfdrf crjkmrj cnjbn"), 3); // the keyboard was left in Latin
//! assert_eq!(found.answer, Some(0));
//! assert_eq!(index.search(&Query::new("собака съела мой носок"), 3).answer, None);
//! ```

mod accumulate;
mod calibrate;
mod concepts;
pub mod discover;
mod encode;
mod hash;
mod head;
pub mod health;
mod index;
mod learnt;
mod lists;
mod phrasings;
mod rank;
mod reader;
mod repair;
mod search;
pub mod table;
#[cfg(test)]
mod tests;
mod types;
mod vectors;
mod vocabulary;
mod why;
mod words;

pub use index::Index;
pub(crate) use learnt::Learnt;
pub use types::{
    Candidate, Found, Ingredients, Options, Query, Rejected, Repair, RepairKind, Row, Threshold, Why, WhyWord,
};
