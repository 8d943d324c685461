//! What is kept of a record to be looked in.

use super::types::Kind;
use super::words::Content;
use crate::clock::Instant;
use crate::db::schema::search_documents;
use crate::ids::Id;
use crate::insights::types::{Insight, InsightState};
use crate::observations::types::{Observation, ObservationState};
use crate::practice::RecordState;
use crate::questions::types::Question;
use crate::record::Record;
use crate::reflections::types::Reflection;
use diesel::prelude::*;

/// A record that can be found.
pub trait Searchable: Record {
    const SOUGHT_AS: Kind;

    /// Whether anybody may find it.
    fn stands(&self) -> bool;
    fn happened_at(&self) -> Instant;
    fn title(&self) -> Option<&str> {
        None
    }
    /// What is looked in besides the title, and what pieces are shown of.
    fn text(&self) -> String;
}

impl Searchable for Observation {
    const SOUGHT_AS: Kind = Kind::Observation;

    fn stands(&self) -> bool {
        self.state != ObservationState::Withdrawn
    }
    fn happened_at(&self) -> Instant {
        self.happened_at
    }
    fn text(&self) -> String {
        [std::slice::from_ref(&self.body), self.tags.as_slice()].concat().join("\n")
    }
}

impl Searchable for Reflection {
    const SOUGHT_AS: Kind = Kind::Reflection;

    fn stands(&self) -> bool {
        self.state == RecordState::Current
    }
    fn happened_at(&self) -> Instant {
        self.happened_at
    }
    fn text(&self) -> String {
        let mut texts: Vec<&str> = self.answers.iter().map(|answer| &*answer.text).collect();
        if let Some(shift) = &self.frame_shift {
            texts.extend([&*shift.assumption_before, &*shift.disruption, &*shift.assumption_after]);
        }
        texts.join("\n")
    }
}

impl Searchable for Question {
    const SOUGHT_AS: Kind = Kind::Question;

    fn stands(&self) -> bool {
        self.state == RecordState::Current
    }
    fn happened_at(&self) -> Instant {
        self.happened_at
    }
    fn text(&self) -> String {
        self.text.clone()
    }
}

impl Searchable for Insight {
    const SOUGHT_AS: Kind = Kind::Insight;

    fn stands(&self) -> bool {
        self.state != InsightState::Withdrawn
    }
    /// When it was shared, or while it is a draft, made.
    fn happened_at(&self) -> Instant {
        self.shared_at.unwrap_or(self.created_at)
    }
    fn title(&self) -> Option<&str> {
        Some(&self.title)
    }
    fn text(&self) -> String {
        self.body.clone()
    }
}

/// A document, as both databases store it.
#[derive(Insertable)]
#[diesel(table_name = search_documents)]
pub struct Document {
    pub network_id: Id,
    pub id: Id,
    kind: Kind,
    place: String,
    dutch: String,
    english: String,
    words: String,
}

impl Document {
    /// With stems, for a database that does not stem by itself.
    pub fn of<R: Searchable>(record: &R, stemmed: bool) -> Document {
        let mut place = vec![of_kind(R::SOUGHT_AS), in_network(record.network_id())];
        place.extend(record.cycle_id().map(in_cycle));
        let text = [record.title().unwrap_or_default(), &record.text()].join("\n");
        let Content { dutch, english, words } = Content::of(&text, stemmed);
        Document {
            network_id: record.network_id(),
            id: record.id(),
            kind: R::SOUGHT_AS,
            place: place.join(" "),
            dutch,
            english,
            words,
        }
    }
}

// Words of a document's place. The sign tells them from words of a text, which have none.

pub fn of_kind(kind: Kind) -> String {
    format!("@{}", <&str>::from(kind))
}

pub fn in_network(id: Id) -> String {
    format!("@n{}", id.0.simple())
}

pub fn in_cycle(id: Id) -> String {
    format!("@c{}", id.0.simple())
}
