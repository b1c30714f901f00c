//! Floor 5: what the codecs of channels and CRMs share.
//!
//! A codec is a pure function between a vendor's JSON and the contract: payloads become [`Decoded`] events, effects
//! become [`Encoded`] payloads with every [`Change`] that a vendor's limits forced. Nothing is sent from here.
//!
//! - [`Outgoing`] reads effects. A reply can be made only by a dialog that may speak, so a codec has a view of its own.
//! - [`Limit`] clips and splits texts by grapheme, in the units that the vendor counts in.
//! - Ids are texts: a vendor's number beyond 2^53 keeps every digit.
//! - Webhooks that are forms with brackets (`data[user][id]=7`) are read as the document they stand for.

mod answer;
mod change;
mod form;
mod id;
mod limit;
mod outgoing;
mod read;

pub use answer::{Conversation, Decoded, Encoded, Request};
pub use change::{Change, ChangeCode};
pub use limit::{Limit, Measure};
pub use outgoing::{Outgoing, OutgoingKind, Said};

pub(crate) use form::payload;
pub(crate) use id::{derived_id, token};
pub(crate) use read::{or_empty, read, under};
