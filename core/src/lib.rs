//! frontdesk: the embeddable front desk for chats.
#![forbid(unsafe_code)]

pub mod bot;
pub mod definition;
pub mod dialog;
pub mod document;
pub mod error;
pub mod extract;
pub mod faq;
pub mod limits;
pub mod text;
pub mod time;
pub mod verbs;
