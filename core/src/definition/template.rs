//! Placeholders in texts: `{field}`, `{field|what stands in for it}`.

/// The names of the placeholders of a text.
pub(crate) fn placeholders(text: &str) -> Vec<&str> {
    pieces(text)
        .filter_map(|piece| if let Piece::Hole { name, .. } = piece { Some(name) } else { None })
        .collect()
}

/// The text with every placeholder replaced by its value, or by what stands in for it.
pub(crate) fn fill(text: &str, mut value: impl FnMut(&str) -> Option<String>) -> String {
    if !text.contains('{') {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len() + 32);
    for piece in pieces(text) {
        match piece {
            Piece::Plain(plain) => out.push_str(plain),
            Piece::Hole { name, default } => match value(name).filter(|v| !v.is_empty()) {
                Some(value) => out.push_str(&value),
                None => out.push_str(default),
            },
        }
    }
    out
}

enum Piece<'t> {
    Plain(&'t str),
    Hole { name: &'t str, default: &'t str },
}

/// Braces around anything but a name are plain text.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((hole, after)) = hole(rest) {
            rest = after;
            return Some(hole);
        }
        let next = rest
            .char_indices()
            .skip(1)
            .find(|(at, c)| *c == '{' && hole(rest.get(*at..).unwrap_or("")).is_some());
        let (plain, after) = rest.split_at_checked(next.map_or(rest.len(), |(at, _)| at))?;
        rest = after;
        Some(Piece::Plain(plain))
    })
}

fn hole(text: &str) -> Option<(Piece<'_>, &str)> {
    let (inside, after) = text.strip_prefix('{')?.split_once('}')?;
    let (name, default) = inside.split_once('|').unwrap_or((inside, ""));
    let name = name.trim();
    let named = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    named.then_some((Piece::Hole { name, default }, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_what_is_known_and_keeps_other_braces() {
        let value = |name: &str| (name == "name").then(|| "Анна".to_string());
        for (text, filled) in [
            ("Привет, {name}!", "Привет, Анна!"),
            ("{who|клиент} {name|x}", "клиент Анна"),
            ("{ 1 } {} {name", "{ 1 } {} {name"),
            ("{who}.", "."),
        ] {
            assert_eq!(fill(text, value), filled);
        }
        assert_eq!(placeholders("{a} {b.c|d} { }"), ["a", "b.c"]);
    }
}
