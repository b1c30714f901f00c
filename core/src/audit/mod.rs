//! Floor 6: what the records say: proved, replayed, counted, shown.
//!
//! Every turn leaves a [`Record`](crate::dialog::Record); the host stores them as JSON lines. This floor reads them
//! and makes nothing but texts and sums: it never speaks to a client.
//!
//! | what | how |
//! |---|---|
//! | [`Entry`] | one line of a log, borrowed |
//! | [`Counter`], [`Partial`], [`figures`] | counts that add up, and the figures of a week |
//!
//! Everything here takes records one by one and needs memory for dialogs or sessions, not for records.

mod argument;
mod chain;
mod count;
mod figures;
mod marks;
mod record;
mod replay;
mod verbs;
mod what_if;

pub use chain::{Broken, Expected, Head, Verdict, Verifier};
pub use count::{Case, Cell, Counter, Counts, Filter, Nearest, Outreach, Partial, Question, Scores};
pub use figures::{Bound, Figures, Rule, Wanted, figures};
pub use marks::Resolver;
pub use record::{Done, Entry, Found, Happened, Text, Whose, lines};
pub use replay::{Difference, Replayed, Replayer};
pub use verbs::{VERBS, verb};
pub use what_if::{Compared, Example, Group, WhatIf};
