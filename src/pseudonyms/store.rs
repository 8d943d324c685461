//! Pseudonyms in the database.

use super::types::Pseudonym;
use crate::access::{Locate, Located, Place, Tx, in_order};
use crate::db::schema::pseudonyms;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::record::Record;
use diesel::prelude::*;

crate::run_store!(
    pseudonyms,
    Pseudonym(label, age_band, area, created_by, created_at, updated_at, version, digest,)
);

/// A pseudonym by its id.
#[derive(Clone)]
pub struct OnePseudonym(pub Id);

impl Locate for OnePseudonym {
    type Found = Pseudonym;

    fn named(&self) -> Option<(&'static str, Id)> {
        Some((Pseudonym::KIND, self.0))
    }

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Pseudonym, Place)>> {
        Ok(find(tx, self.0)?.map(placed))
    }

    fn locate_all(these: &[OnePseudonym], tx: &mut Tx<'_>) -> Result<Vec<Located<Pseudonym>>> {
        let ids: Vec<Id> = these.iter().map(|one| one.0).collect();
        let found = find_all(tx, &ids)?.into_iter();
        Ok(in_order(&ids, found.map(|record| (record.id, placed(record)))))
    }
}

fn placed(pseudonym: Pseudonym) -> (Pseudonym, Place) {
    let place = Place::network(pseudonym.network_id);
    (pseudonym, place)
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<Pseudonym>> {
    let query = newest_first!(
        pseudonyms::table.filter(pseudonyms::network_id.eq(network_id)),
        page,
        pseudonyms::created_at,
        pseudonyms::id
    );
    query.load(tx.conn())
}

/// Those of `labels` that the network has.
pub fn labels_among(tx: &mut Tx<'_>, network_id: Id, labels: &[String]) -> QueryResult<Vec<String>> {
    pseudonyms::table
        .filter(pseudonyms::network_id.eq(network_id))
        .filter(pseudonyms::label.eq_any(labels))
        .select(pseudonyms::label)
        .load(tx.conn())
}
