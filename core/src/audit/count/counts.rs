//! What is counted of a dialog, and the shares that are made of it.

use crate::document::packed;
use serde::{Deserialize, Serialize};

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Sums over dialogs; adding two of them counts both.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Counts { $($(#[$doc])* #[serde(skip_serializing_if = "is_zero")] pub $name: u64,)* }

        packed!(Counts { $($name),* });

        impl Counts {
            /// Adds what another one counted.
            pub fn add(&mut self, other: &Counts) {
                $(self.$name = self.$name.saturating_add(other.$name);)*
            }

            /// A count by its name; none where nothing is called so.
            pub fn get(&self, name: &str) -> Option<u64> {
                match name { $(stringify!($name) => Some(self.$name),)* _ => None }
            }
        }
    };
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

counts! {
    /// Dialogs.
    dialogs,
    /// Dialogs in which the client wrote.
    written,
    /// Dialogs of a client who had one before.
    repeat,
    /// Dialogs in which the client got an answer, of the bot's or of a human's.
    answered,
    /// Milliseconds from the first message to the first answer, over `answered`.
    first_answer_ms,
    /// Dialogs whose first answer came within a minute.
    answered_within_minute,
    /// Dialogs whose first answer came within an hour.
    answered_within_hour,
    /// Dialogs that reached their goal: status `done`, `booked` or `confirmed`, a booking, a payment.
    done,
    /// Dialogs with a lead.
    with_lead,
    /// Dialogs with a booking.
    with_booking,
    /// Dialogs with a lead and a booking.
    with_lead_and_booking,
    /// Dialogs with a payment.
    with_payment,
    /// Dialogs that a human was called into, or came into.
    with_handoff,
    /// Dialogs whose client did not come.
    with_no_show,
    /// Dialogs with a lead, or in which the client gave a contact.
    with_contact,
    /// Dialogs with a lost lead: an unconfirmed one, or a contact of which none was made.
    with_lost_lead,
    /// Dialogs with an empty booking.
    with_empty_booking,
    /// Dialogs that ended as cancelled.
    cancelled,
    /// Messages of clients.
    messages,
    /// Replies of the bot.
    replies,
    /// Messages of operators.
    operator_messages,
    /// Messages left without a reply because the dialog was over or a human talked.
    suppressed,
    /// Messages that were looked up in the table of questions and answers.
    questions,
    /// Those that nothing answered.
    unanswered,
    /// Messages that were to answer a question of the bot's, and did not.
    failed_answers,
    /// Leads sent.
    leads,
    /// Leads that every target confirmed.
    leads_confirmed,
    /// Leads that were not confirmed in time, though perhaps later.
    leads_late,
    /// Bookings made.
    bookings,
    /// Reminders and other messages nobody had asked for.
    outreach,
}

/// A share: its name, of what, out of what.
type Share = (&'static str, fn(&Counts) -> u64, fn(&Counts) -> u64);

/// Every share, in permille of its base; `docs/figures.md` defines them.
const SHARES: &[Share] = &[
    ("done", |c| c.done, |c| c.dialogs),
    ("lead", |c| c.with_lead, |c| c.dialogs),
    ("booking", |c| c.with_booking, |c| c.dialogs),
    ("payment", |c| c.with_payment, |c| c.dialogs),
    ("lead_to_booking", |c| c.with_lead_and_booking, |c| c.with_lead),
    ("handoff", |c| c.with_handoff, |c| c.dialogs),
    ("repeat", |c| c.repeat, |c| c.dialogs),
    ("answered", |c| c.answered, |c| c.written),
    ("answered_within_minute", |c| c.answered_within_minute, |c| c.answered),
    ("answered_within_hour", |c| c.answered_within_hour, |c| c.answered),
    ("no_show", |c| c.with_no_show, |c| c.with_booking),
    ("lost_lead", |c| c.with_lost_lead, |c| c.with_contact),
    ("unanswered", |c| c.unanswered, |c| c.questions),
    ("suppressed", |c| c.suppressed, |c| c.messages),
];

impl Counts {
    /// The shares that have a base, by name, in permille, rounded down.
    pub fn shares(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        let share = |(name, of, base): &Share| Some((*name, (of(self) * 1000).checked_div(base(self))?));
        SHARES.iter().filter_map(share)
    }

    /// A figure by name: a share, `first_answer_avg_ms`, or a count.
    pub fn figure(&self, name: &str) -> Option<u64> {
        if name == "first_answer_avg_ms" {
            return self.first_answer_ms.checked_div(self.answered);
        }
        match name.strip_suffix("_permille") {
            Some(share) => self.shares().find(|(known, _)| *known == share).map(|(_, permille)| permille),
            None => self.get(name),
        }
    }

    /// Whether a figure can be called so.
    pub fn knows(name: &str) -> bool {
        let share = |name: &str| SHARES.iter().any(|(known, ..)| *known == name);
        name == "first_answer_avg_ms"
            || name.strip_suffix("_permille").is_some_and(share)
            || Self::default().get(name).is_some()
    }
}
