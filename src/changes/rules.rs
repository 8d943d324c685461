//! How the streams of a reader become one list. Pure.

use super::position::Stream;
use super::types::Change;
use crate::clock::Instant;
use std::collections::BTreeMap;

/// What one stream gives.
pub struct Part {
    pub stream: Stream,
    /// What the reader may know of, by number.
    pub changes: Vec<Change>,
    /// Up to which number was read: beyond the last of the changes where others follow that are not for the reader.
    pub read_to: i64,
    /// The number of the stream's last change.
    pub last: i64,
}

impl Part {
    /// A stream in which nothing has happened since `last`.
    pub fn still(stream: Stream, last: i64) -> Part {
        Part { stream, changes: Vec::new(), read_to: last, last }
    }
}

/// Takes so many changes at most, by time, each stream in its own order. Answers with them, how far each stream was read,
/// and whether any has more.
pub fn merge(parts: Vec<Part>, limit: usize) -> (Vec<Change>, BTreeMap<Stream, i64>, bool) {
    let mut position: BTreeMap<Stream, i64> = parts.iter().map(|part| (part.stream, part.read_to)).collect();
    let mut last: BTreeMap<Stream, i64> = BTreeMap::new();
    let mut all: Vec<(Instant, Stream, Change)> = Vec::new();
    for part in parts {
        last.insert(part.stream, part.last);
        // Where a clock ran back, a stream's own order counts.
        let mut latest: Option<Instant> = None;
        for change in part.changes {
            let at = latest.map_or(change.changed_at, |latest| latest.max(change.changed_at));
            latest = Some(at);
            all.push((at, part.stream, change));
        }
    }
    all.sort_by_key(|(at, stream, change)| (*at, *stream, change.number));
    let left = all.split_off(all.len().min(limit));
    for (_, stream, change) in left.iter().rev() {
        position.insert(*stream, change.number - 1);
    }
    let more = position.iter().any(|(stream, number)| last.get(stream).is_some_and(|last| number < last));
    (all.into_iter().map(|(.., change)| change).collect(), position, more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use chrono::Duration;

    fn change(number: i64, at: Instant) -> Change {
        Change {
            network_id: None,
            number,
            changed_at: at,
            kind: "theme.created".into(),
            subject_id: Id::NIL,
            subject_version: 1,
            cycle_id: None,
            actor_id: None,
            href: None,
            tombstone: None,
        }
    }

    #[test]
    fn what_does_not_fit_is_read_the_next_time() {
        let start = crate::clock::now();
        let at = |seconds: i64| start.plus(Duration::seconds(seconds));
        let (one, other) = (Stream::Server, Stream::Network(Id::new()));
        let parts = || {
            vec![
                // Its clock ran back; 4 and 6 are not for the reader.
                Part { stream: one, changes: vec![change(3, at(5)), change(5, at(1))], read_to: 6, last: 6 },
                Part {
                    stream: other,
                    changes: vec![change(1, at(2)), change(2, at(9))],
                    read_to: 2,
                    last: 7,
                },
            ]
        };
        let numbers = |changes: &[Change]| changes.iter().map(|change| change.number).collect::<Vec<_>>();
        let (items, position, more) = merge(parts(), 2);
        assert_eq!((numbers(&items), more), (vec![1, 3], true));
        assert_eq!(position, BTreeMap::from([(one, 4), (other, 1)]));
        let (items, position, more) = merge(parts(), 9);
        assert_eq!((numbers(&items), more), (vec![1, 3, 5, 2], true));
        assert_eq!(position, BTreeMap::from([(one, 6), (other, 2)]));
        let (items, position, more) = merge(vec![Part::still(one, 6)], 1);
        assert_eq!((items.len(), position, more), (0, BTreeMap::from([(one, 6)]), false));
    }
}
