//! Floor 1: text to values with spans.
//!
//! Each kind is a module usable alone; scanners are our own, one left-to-right pass, linear in the text.

pub mod answer;
pub mod date;
pub mod money;
pub mod name;
pub mod number;
pub mod order;

mod email;
mod given;
mod glance;
mod items;
mod lexicon;
pub(crate) mod personal;
mod phone;
mod plan;
mod read;

pub use email::{Email, emails};
pub(crate) use phone::names_contact;
pub use phone::{E164, Phone, PhoneOptions, Why, phones};
pub use plan::Region;
pub use read::{Context, Found, Wanted, read};
