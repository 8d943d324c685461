//! What overviews are made of: one query a kind of thing, however many networks there are.

use super::rules::CycleOnTheme;
use super::types::ThemeInOverview;
use crate::access::{Locate, Place, Role, Tx, member_at};
use crate::clock::Instant;
use crate::cycles::types::Phase;
use crate::db::schema::{cycle_themes, cycles, members, networks, observations, themes};
use crate::error::Result;
use crate::ids::Id;
use crate::loops::CycleKey;
use crate::networks::types::{NetworkKind, NetworkState};
use crate::observations::types::ObservationState;
use crate::tree::{self, NETWORKS};
use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// A network from above: what is found is its id, and its place is the nearest network at or above it that the caller
/// coordinates. Access does not go down along the nesting otherwise.
#[derive(Clone)]
pub struct FromAbove(pub Id);

impl Locate for FromAbove {
    type Found = Id;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Id, Place)>> {
        let line: Vec<Id> = tree::above(tx, NETWORKS, self.0)?.into_iter().map(|node| node.id).collect();
        let coordinated = memberships(tx, &line, Some(Role::Coordinator))?;
        let nearest = line.into_iter().find(|id| coordinated.contains(id));
        Ok(Some((self.0, Place::network(nearest.unwrap_or(self.0)))))
    }
}

/// Those of the networks that the caller is a member of today, in that role if one is named.
pub fn memberships(tx: &mut Tx<'_>, network_ids: &[Id], role: Option<Role>) -> QueryResult<HashSet<Id>> {
    let (now, person_id) = (tx.now, tx.acting.unwrap_or(Id::NIL));
    let mut query = members::table
        .filter(members::person_id.eq(person_id))
        .filter(members::network_id.eq_any(network_ids))
        .filter(member_at(now))
        .select(members::network_id)
        .into_boxed();
    if let Some(role) = role {
        query = query.filter(members::role.eq(role));
    }
    Ok(query.load(tx.conn())?.into_iter().collect())
}

/// What anybody may know of a network on a theme.
#[derive(Clone, Debug, Queryable)]
pub struct NetworkHead {
    pub id: Id,
    pub name: String,
    pub kind: NetworkKind,
    pub locality: Option<String>,
    pub state: NetworkState,
    pub parent_id: Option<Id>,
}

pub fn heads(tx: &mut Tx<'_>, network_ids: &[Id]) -> QueryResult<HashMap<Id, NetworkHead>> {
    let rows: Vec<NetworkHead> = networks::table
        .filter(networks::id.eq_any(network_ids))
        .select((
            networks::id,
            networks::name,
            networks::kind,
            networks::locality,
            networks::state,
            networks::parent_id,
        ))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|head| (head.id, head)).collect())
}

pub fn titles(tx: &mut Tx<'_>, theme_ids: &[Id]) -> QueryResult<HashMap<Id, ThemeInOverview>> {
    let rows: Vec<(Id, String, Option<String>, _, _, Option<Id>)> = themes::table
        .filter(themes::id.eq_any(theme_ids))
        .select((
            themes::id,
            themes::title,
            themes::locality,
            themes::starts_on,
            themes::ends_on,
            themes::broader_theme_id,
        ))
        .load(tx.conn())?;
    let theme = |(id, title, locality, starts_on, ends_on, broader_theme_id)| {
        (id, ThemeInOverview { id, title, locality, starts_on, ends_on, broader_theme_id })
    };
    Ok(rows.into_iter().map(theme).collect())
}

/// The cycles on the themes, of all networks.
pub fn cycles_on(tx: &mut Tx<'_>, theme_ids: &[Id]) -> QueryResult<Vec<CycleOnTheme>> {
    let same = cycles::network_id.eq(cycle_themes::network_id).and(cycles::id.eq(cycle_themes::cycle_id));
    type Row = (Id, Id, Id, Phase, Instant, Option<Instant>, Instant);
    let rows: Vec<Row> = cycle_themes::table
        .inner_join(cycles::table.on(same))
        .filter(cycle_themes::theme_id.eq_any(theme_ids))
        .select((
            cycle_themes::theme_id,
            cycles::network_id,
            cycles::id,
            cycles::phase,
            cycles::created_at,
            cycles::closed_at,
            cycles::updated_at,
        ))
        .load(tx.conn())?;
    let told = |(theme_id, network_id, id, phase, created_at, closed_at, updated_at)| CycleOnTheme {
        theme_id,
        cycle: CycleKey { network_id, id },
        phase,
        created_at,
        closed_at,
        updated_at,
    };
    Ok(rows.into_iter().map(told).collect())
}

pub fn learning_questions(tx: &mut Tx<'_>, cycle_ids: &[Id]) -> QueryResult<HashMap<Id, String>> {
    let rows: Vec<(Id, String)> = cycles::table
        .filter(cycles::id.eq_any(cycle_ids))
        .select((cycles::id, cycles::learning_question))
        .load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

/// A cycle that lives in one of the networks.
#[derive(Clone, Copy, Debug)]
pub struct Begun {
    pub cycle: CycleKey,
    pub phase: Phase,
    pub created_at: Instant,
}

pub fn cycles_of(tx: &mut Tx<'_>, network_ids: &[Id]) -> QueryResult<Vec<Begun>> {
    let rows: Vec<(Id, Id, Phase, Instant)> = cycles::table
        .filter(cycles::network_id.eq_any(network_ids))
        .select((cycles::network_id, cycles::id, cycles::phase, cycles::created_at))
        .load(tx.conn())?;
    let begun =
        |(network_id, id, phase, created_at)| Begun { cycle: CycleKey { network_id, id }, phase, created_at };
    Ok(rows.into_iter().map(begun).collect())
}

/// How many observations wait in the inboxes of the networks, and since when the oldest does.
pub fn inboxes(tx: &mut Tx<'_>, network_ids: &[Id]) -> QueryResult<Vec<(Id, usize, Instant)>> {
    let rows: Vec<(Id, i64, Option<Instant>)> = observations::table
        .filter(observations::network_id.eq_any(network_ids))
        .filter(observations::cycle_id.is_null())
        .filter(observations::state.eq(ObservationState::Logged))
        .group_by(observations::network_id)
        .select((observations::network_id, count_star(), min(observations::happened_at)))
        .load(tx.conn())?;
    Ok(rows.into_iter().filter_map(|(id, count, oldest)| Some((id, count as usize, oldest?))).collect())
}
