//! Floor 6: what the records say: proved, replayed, counted, shown.
//!
//! Every turn leaves a [`Record`](crate::dialog::Record); the host stores them as JSON lines. This floor reads them
//! and makes nothing but texts and sums: it never speaks to a client.
//!
//! | what | how |
//! |---|---|
//! | [`Entry`] | one line of a log, borrowed |
//! | [`Verifier`] | whether the log is whole, and what is wrong with the first record that is not |
//! | [`Replayer`] | whether the bots of the log do the same again |
//! | [`WhatIf`] | which dialogs an edited bot would have led otherwise |
//! | [`Counter`], [`Partial`], [`figures`] | counts that add up, and the figures of a week |
//! | [`Sampler`], [`Transcript`] | the dialogs that a human should read, and how they read |
//! | [`report`] | a week on one page, for a manager |
//! | [`diagram`] | the flows of a bot drawn, with dialogs counted on the arrows |
//! | [`Purge`], [`Rechain`] | records forgotten after their time, and masked afterwards |
//!
//! Everything here takes records one by one and needs memory for dialogs or sessions, not for records.

mod argument;
mod canon;
mod chain;
mod count;
pub mod diagram;
mod figures;
mod marks;
mod purge;
mod rechain;
mod record;
mod replay;
mod report;
mod sample;
mod sessions;
mod transcript;
pub(crate) mod verbs;
mod what_if;
mod words;

pub use chain::{Broken, Expected, Head, Verdict, Verifier};
pub use count::{Case, Cell, Counter, Counts, Filter, Nearest, Outreach, Partial, Question, Scores};
pub use figures::{Bound, Figures, Rule, Wanted, figures};
pub use marks::Resolver;
pub use purge::{Kept, Purge};
pub use rechain::Rechain;
pub use record::{Done, Entry, Found, Happened, Text, Whose};
pub use replay::{Difference, Replayed, Replayer};
pub use report::{Report, Reported, Reporter, report};
pub use sample::{Chosen, Sample, Sampler};
pub use transcript::{Format, Line, Style, Transcript, Who};
pub use what_if::{Compared, Example, Group, WhatIf};
