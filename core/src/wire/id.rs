//! Ids: of events that a vendor gives none, and of buttons that are too long for one.

use sha2::{Digest, Sha256};

/// The id of an event whose vendor gives none: the same for the same parts, 128 bits of SHA-256.
///
/// Each part goes in with its length, so that no two lists of parts run together.
pub(crate) fn derived_id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    format!("d{}", hex(&hash.finalize(), 16))
}

/// What stands for an id that is too long for a vendor: `~` and 64 bits of its SHA-256.
pub(crate) fn token(id: &str) -> String {
    format!("~{}", hex(&Sha256::digest(id.as_bytes()), 8))
}

fn hex(bytes: &[u8], most: usize) -> String {
    bytes.iter().take(most).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        assert_eq!(derived_id(&["7", "да"]), derived_id(&["7", "да"]));
        assert_ne!(derived_id(&["7", "1", "да"]), derived_id(&["71", "да"]));
        assert_ne!(derived_id(&["7", ""]), derived_id(&["7"]));
        assert_eq!(derived_id(&[]).len(), 33);
        assert_eq!(token("Записаться").len(), 17);
    }
}
