//! Small and capital letters, by the tables of Unicode that the standard library has too, in a tenth of the space: the
//! build script writes them as stretches of letters that change alike.

/// Letters that change by the same distance: the first, the last, from one to the next, and how far each changes.
type Stretch = (u32, u32, u32, i32);

include!(concat!(env!("OUT_DIR"), "/case.rs"));

/// The small form of a letter; any other character as it is.
pub(crate) fn lower(c: char) -> impl Iterator<Item = char> {
    // The one capital whose small form is two characters.
    let dot = (c == 'İ').then_some('\u{307}');
    std::iter::once(if c == 'İ' { 'i' } else { changed(&SMALL, c) }).chain(dot)
}

/// The capital form of a letter; any other character as it is.
pub(crate) fn upper(c: char) -> impl Iterator<Item = char> {
    let several = SEVERAL.split(' ').find_map(|entry| entry.strip_prefix(c));
    let one = several.is_none().then(|| changed(&CAPITAL, c));
    several.unwrap_or_default().chars().chain(one)
}

/// A text in small letters.
pub(crate) fn lowercase(text: &str) -> String {
    text.chars().flat_map(lower).collect()
}

fn changed(stretches: &[Stretch], c: char) -> char {
    let point = u32::from(c);
    let at = stretches.partition_point(|&(_, last, ..)| last < point);
    let stretch =
        stretches.get(at).filter(|&&(first, _, step, _)| first <= point && (point - first) % step == 0);
    let moved = stretch.and_then(|&(.., distance)| char::from_u32(point.checked_add_signed(distance)?));
    moved.unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_changes_as_in_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert!(lower(c).eq(c.to_lowercase()), "{c:?}");
            assert!(upper(c).eq(c.to_uppercase()), "{c:?}");
        }
        assert_eq!(lowercase("Їжак ÄÖ"), "їжак äö");
    }
}
