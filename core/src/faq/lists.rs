//! Many short lists in one piece of memory.

/// Lists one after another, by number.
#[derive(Debug)]
pub(super) struct Lists<T> {
    /// Where each list ends, and so where the next begins.
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { ends: Vec::new(), items: Vec::new() }
    }
}

impl<T: Copy> Lists<T> {
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.items.extend(list);
        self.ends.push(self.items.len() as u32);
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How long the lists are together.
    pub(super) fn items(&self) -> usize {
        self.items.len()
    }

    /// The list of a number; empty where there is none.
    pub(super) fn of(&self, number: u32) -> &[T] {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        match (start, self.ends.get(at)) {
            (Some(start), Some(&end)) => self.items.get(start as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[T]> {
        self.ends.iter().scan(0, |start, &end| {
            let list = self.items.get(*start..end as usize).unwrap_or_default();
            *start = end as usize;
            Some(list)
        })
    }

    /// Changes list after list.
    pub(super) fn each_mut(&mut self, mut change: impl FnMut(&mut [T])) {
        let (mut rest, mut start) = (self.items.as_mut_slice(), 0);
        for &end in &self.ends {
            let Some((list, after)) = rest.split_at_mut_checked((end - start) as usize) else { return };
            change(list);
            (rest, start) = (after, end);
        }
    }

    /// The lists turned round: for each key below `keys` what became of the items that have it, lists ascending.
    pub(super) fn inverse<U: Copy + Default>(
        &self,
        keys: usize,
        turned: impl Fn(u32, &T) -> (u32, U),
    ) -> Lists<U> {
        // Ends are counted one place late, so that filling moves the start of each list up to its end.
        let mut ends = vec![0u32; keys + 1];
        for (number, list) in (0..).zip(self.iter()) {
            for item in list {
                if let Some(count) = ends.get_mut(turned(number, item).0 as usize + 1) {
                    *count += 1;
                }
            }
        }
        let mut total = 0;
        for end in &mut ends {
            total += *end;
            *end = total;
        }
        let mut items = vec![U::default(); total as usize];
        for (number, list) in (0..).zip(self.iter()) {
            for item in list {
                let (key, value) = turned(number, item);
                let Some(next) = ends.get_mut(key as usize) else { continue };
                if let Some(place) = items.get_mut(*next as usize) {
                    *place = value;
                }
                *next += 1;
            }
        }
        ends.truncate(keys);
        Lists { ends, items }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_turn_round_and_back() {
        let mut lists = Lists::default();
        for list in [vec![2u32, 0], vec![], vec![2]] {
            lists.push(list);
        }
        assert_eq!(lists.of(0), [2, 0]);
        assert!(lists.of(1).is_empty() && lists.of(3).is_empty());
        let inverse = lists.inverse(3, |list, &item| (item, list));
        assert_eq!(inverse.iter().collect::<Vec<_>>(), [&[0u32][..], &[], &[0, 2]]);
        let back = inverse.inverse(3, |list, &item| (item, list));
        assert_eq!(back.iter().collect::<Vec<_>>(), [&[0u32, 2][..], &[], &[2]]);
    }
}
