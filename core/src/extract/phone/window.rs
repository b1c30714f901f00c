//! The text right beside a place, cut on a character boundary.

/// At most `bytes` of text that end at `end`.
pub(super) fn before(text: &str, end: usize, bytes: usize) -> &str {
    let start = (end.saturating_sub(bytes)..end).find(|&at| text.is_char_boundary(at)).unwrap_or(end);
    text.get(start..end).unwrap_or_default()
}

/// At most `bytes` of text that begin at `start`.
pub(super) fn after(text: &str, start: usize, bytes: usize) -> &str {
    let most = text.len().min(start.saturating_add(bytes));
    let end = (start..=most).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(start);
    text.get(start..end).unwrap_or_default()
}
