//! Any text: no panic, spans on boundaries, in order, disjoint. `cargo +nightly fuzz run extract`
#![no_main]

use frontdesk::extract::{PhoneOptions, Region, emails, phones};
use frontdesk::text::Span;
use libfuzzer_sys::fuzz_target;

fn check<'t>(text: &str, found: impl Iterator<Item = (Span, &'t str)>) {
    let mut end = 0;
    for (span, raw) in found {
        assert!(span.start >= end && span.end > span.start);
        assert_eq!(text.get(span.start..span.end), Some(raw));
        end = span.end;
    }
}

fuzz_target!(|text: &str| {
    let options = PhoneOptions::new(["RU", "UA", "US", "DE", "AR", "SG"].into_iter().filter_map(Region::from_code));
    check(text, phones(text, &options).map(|p| (p.span, p.raw)));
    check(text, emails(text).map(|e| (e.span, e.raw)));
});
