//! What is known of each session of a log, in little memory.
//!
//! Sessions are mixed in a log, and each may go on at its end, so that nothing of what is known of one may be
//! forgotten. But only some of them talk at a time: those stand ready, all others are folded to bytes, and unfolded
//! where they go on. What comes of it is the same as if all stood ready.

use super::record::Whose;
use crate::dialog::Key;
use crate::document::{Packed, pack, unpack};
use crate::error::{Code, Error};
use crate::limits;
use std::collections::{BTreeMap, HashMap};

/// What is known of sessions, by their keys.
#[derive(Debug, Default)]
pub(super) struct Sessions<T> {
    /// The ready ones, with their places in the order.
    ready: HashMap<Name, (u64, T)>,
    /// The ready ones, the one silent for longest first.
    order: BTreeMap<u64, Name>,
    /// Records taken.
    taken: u64,
    folded: HashMap<Name, Box<[u8]>>,
}

/// A key in one piece: a third of the memory of its three parts.
pub(super) type Name = Box<str>;

/// The key of a record in one piece.
pub(super) fn name(whose: &Whose<'_>) -> Name {
    let Whose { channel, account, user } = whose;
    joined(channel, account, user)
}

/// A key in one piece.
pub(super) fn name_of(key: &Key) -> Name {
    joined(&key.channel, &key.account, &key.user)
}

fn joined(channel: &str, account: &str, user: &str) -> Name {
    // Lengths first: whatever stands in the parts, two keys are never one.
    [&channel.len().to_string(), " ", &account.len().to_string(), " ", channel, account, user].concat().into()
}

/// The key itself.
pub(super) fn key_of(name: &str) -> Key {
    let parts = || {
        let mut lengths = name.splitn(3, ' ');
        let (channel, account) = (lengths.next()?.parse().ok()?, lengths.next()?.parse().ok()?);
        let (channel, rest) = lengths.next()?.split_at_checked(channel)?;
        let (account, user) = rest.split_at_checked(account)?;
        Some([channel, account, user].map(str::to_string))
    };
    let [channel, account, user] = parts().unwrap_or_default();
    Key { channel, account, user }
}

/// Error: `limit` where a log has as many sessions as are followed, and another one.
pub(super) fn room<T>(sessions: &HashMap<Name, T>, beside: usize) -> Result<(), Error> {
    if sessions.len() + beside < limits::LOG_SESSIONS {
        return Ok(());
    }
    let message = format!("more than {} sessions; cut the log by session", limits::LOG_SESSIONS);
    Err(Error::new(Code::Limit, "records", message))
}

impl<T: Packed + Default> Sessions<T> {
    /// What is known of the session of a record. Error: `limit` above [`limits::LOG_SESSIONS`] sessions.
    pub(super) fn of(&mut self, whose: &Whose<'_>) -> Result<&mut T, Error> {
        let name = name(whose);
        let known = match self.ready.remove(&name) {
            Some((place, known)) => {
                self.order.remove(&place);
                known
            }
            None => self.unfold(&name)?,
        };
        self.taken += 1;
        self.order.insert(self.taken, name.clone());
        let (_, known) = self.ready.entry(name).insert_entry((self.taken, known)).into_mut();
        Ok(known)
    }

    /// Unfolds a session, or begins it, and makes room for it among the ready ones.
    fn unfold(&mut self, name: &Name) -> Result<T, Error> {
        let known = match self.folded.remove(name) {
            Some(bytes) => unfolded(&bytes),
            None => {
                room(&self.folded, self.ready.len())?;
                T::default()
            }
        };
        if self.ready.len() >= limits::SESSIONS_READY {
            let oldest = self.order.pop_first().and_then(|(_, name)| self.ready.remove_entry(&name));
            self.folded.extend(oldest.map(|(name, (_, known))| (name, folded(&known))));
        }
        Ok(known)
    }

    /// Takes over what was known of a session before.
    pub(super) fn insert(&mut self, key: &Key, known: &T) {
        self.folded.insert(name_of(key), folded(known));
    }

    /// All of them, in no order.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = (Key, T)> + use<T> {
        let Self { ready, folded, .. } = std::mem::take(self);
        let ready = ready.into_iter().map(|(name, (_, known))| (name, known));
        let folded = folded.into_iter().map(|(name, bytes)| (name, unfolded(&bytes)));
        ready.chain(folded).map(|(name, known)| (key_of(&name), known))
    }

    /// All of them, by their keys.
    pub(super) fn drain_in_order(&mut self) -> impl Iterator<Item = (Key, T)> + use<T> {
        let Self { ready, folded: mut bytes, .. } = std::mem::take(self);
        bytes.extend(ready.into_iter().map(|(name, (_, known))| (name, folded(&known))));
        let mut all: Vec<(Name, Box<[u8]>)> = bytes.into_iter().collect();
        all.sort_unstable();
        all.into_iter().map(|(name, bytes)| (key_of(&name), unfolded(&bytes)))
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

fn folded(known: &impl Packed) -> Box<[u8]> {
    pack(known).into()
}

fn unfolded<T: Packed + Default>(bytes: &[u8]) -> T {
    unpack(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::Text;
    use super::*;
    use crate::document::packed;
    use std::borrow::Cow;

    #[derive(Debug, Default, PartialEq)]
    struct Sum(u64);

    packed!(Sum { 0 });

    fn whose(user: &str) -> Whose<'_> {
        let text = |text| Text(Cow::Borrowed(text));
        Whose { channel: text("telegram"), account: text(""), user: text(user) }
    }

    #[test]
    fn what_is_folded_goes_on_where_it_stood() {
        let mut sessions: Sessions<Sum> = Sessions::default();
        let users = limits::SESSIONS_READY * 2 + 7;
        for round in 1..=3 {
            for user in 0..users {
                sessions.of(&whose(&format!("{user} · {user}"))).unwrap().0 += user as u64 * round;
            }
        }
        assert!(
            sessions.ready.len() == limits::SESSIONS_READY && sessions.order.len() == sessions.ready.len()
        );
        let mut sums: Vec<(Key, Sum)> = sessions.drain().collect();
        sums.sort_by_key(|(_, sum)| sum.0);
        assert_eq!(sums.len(), users);
        for (user, (key, sum)) in sums.iter().enumerate() {
            assert_eq!((&*key.channel, &*key.account), ("telegram", ""));
            assert_eq!((&*key.user, sum.0), (&*format!("{user} · {user}"), user as u64 * 6));
        }
    }

    #[test]
    fn the_one_silent_for_longest_is_folded() {
        let mut sessions: Sessions<Sum> = Sessions::default();
        for user in 0..limits::SESSIONS_READY {
            sessions.of(&whose(&user.to_string())).unwrap();
        }
        for user in ["0", "new"] {
            sessions.of(&whose(user)).unwrap();
        }
        let folded: Vec<Key> = sessions.folded.keys().map(|name| key_of(name)).collect();
        assert!(matches!(&*folded, [key] if key.user == "1"), "{folded:?}");
    }

    #[test]
    fn keys_whose_parts_run_together_are_not_one() {
        let of = |channel: &str, account: &str, user: &str| {
            let key = Key { channel: channel.into(), account: account.into(), user: user.into() };
            assert_eq!(key_of(&name_of(&key)), key);
            name_of(&key)
        };
        assert_ne!(of("a", "b", "c"), of("ab", "", "c"));
        assert_ne!(of("a", "b ", "c"), of("a", "b", " c"));
        assert_eq!(of("канал", "0 1", "").len(), "10 3 канал0 1".len());
    }
}
