//! Perceptions in the database.

use super::types::{Perception, PerceptionFilter};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{perceptions, pseudonyms};
use crate::effect_squares::summary::PerceivedCount;
use crate::effect_squares::types::EffectSquare;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::practice::RecordState;
use diesel::dsl::{count_star, exists, select};
use diesel::prelude::*;

crate::record_store!(perceptions, Perception);

/// A perception by its id.
#[derive(Clone)]
pub struct OnePerception(pub Id);

impl Locate for OnePerception {
    type Found = Perception;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Perception, Place)>> {
        Ok(find(tx, self.0)?.map(|perception| {
            let place = Place::network(perception.network_id).by(perception.author_id);
            (perception, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    square: &EffectSquare,
    filter: &PerceptionFilter,
    page: &Page,
) -> QueryResult<Vec<Perception>> {
    let mut query = newest_first!(
        perceptions::table
            .filter(perceptions::network_id.eq(square.network_id))
            .filter(perceptions::effect_square_id.eq(square.id))
            .filter(perceptions::state.eq(filter.state.unwrap_or(RecordState::Current))),
        page,
        perceptions::happened_at,
        perceptions::id
    );
    if let Some(initiative_id) = filter.initiative_id {
        query = query.filter(perceptions::initiative_id.eq(initiative_id));
    }
    if let Some(direction) = filter.direction {
        query = query.filter(perceptions::direction.eq(direction));
    }
    if let Some(perspective) = filter.perspective {
        query = query.filter(perceptions::perspective.eq(perspective));
    }
    query.load(tx.conn())
}

/// The perceptions of a square that stand, counted.
pub fn counted(tx: &mut Tx<'_>, square: &EffectSquare) -> QueryResult<Vec<PerceivedCount>> {
    let rows: Vec<(Id, _, _, i64)> = perceptions::table
        .filter(perceptions::network_id.eq(square.network_id))
        .filter(perceptions::effect_square_id.eq(square.id))
        .filter(perceptions::state.eq(RecordState::Current))
        .group_by((perceptions::initiative_id, perceptions::direction, perceptions::perspective))
        .select((perceptions::initiative_id, perceptions::direction, perceptions::perspective, count_star()))
        .load(tx.conn())?;
    let counted = |(initiative_id, direction, perspective, count)| PerceivedCount {
        initiative_id,
        direction,
        perspective,
        count,
    };
    Ok(rows.into_iter().map(counted).collect())
}

/// The initiatives of a square that a perception was told of, withdrawn or not.
pub fn initiatives_perceived(tx: &mut Tx<'_>, square: &EffectSquare) -> QueryResult<Vec<Id>> {
    perceptions::table
        .filter(perceptions::network_id.eq(square.network_id))
        .filter(perceptions::effect_square_id.eq(square.id))
        .select(perceptions::initiative_id)
        .distinct()
        .load(tx.conn())
}

pub fn pseudonym_stands(tx: &mut Tx<'_>, network_id: Id, id: Id) -> QueryResult<bool> {
    let standing =
        pseudonyms::table.filter(pseudonyms::network_id.eq(network_id)).filter(pseudonyms::id.eq(id));
    select(exists(standing)).get_result(tx.conn())
}
