//! Where the loop is stuck: every open end with its age, what it waits for and who can close it. What is open is decided in
//! `loops`, as for reports, which never name anybody; who can close it in the policy.

pub mod api;
mod closing;
pub mod rules;
mod store;
pub mod types;

use crate::access::{Place, Tx};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::loops::figures::age_days;
use crate::loops::open_ends::{self, Sought, Window};
use types::{MyOpenItemFilter, OpenEnd, OpenItemFilter};

/// What is open in a network.
pub fn of_network(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &OpenItemFilter,
    page: &Page,
) -> Result<Vec<OpenEnd>> {
    let windows = closing::windows_in(network_id, filter);
    let sought = Sought {
        waiting_for: filter.waiting_for,
        cycle_id: filter.cycle_id,
        owner_id: filter.owner_id,
        until: filter.until,
    };
    listed(tx, &windows, &sought, page)
}

/// What is open and somebody's to close, wherever they have a role.
pub fn of_person(
    tx: &mut Tx<'_>,
    person_id: Id,
    filter: &MyOpenItemFilter,
    page: &Page,
) -> Result<Vec<OpenEnd>> {
    let places = tx.places_of(person_id)?;
    let windows = closing::windows_of(person_id, &places, filter);
    let sought = Sought {
        waiting_for: filter.waiting_for,
        cycle_id: filter.cycle_id,
        owner_id: None,
        until: filter.until,
    };
    listed(tx, &windows, &sought, page)
}

fn listed(tx: &mut Tx<'_>, windows: &[Window], sought: &Sought, page: &Page) -> Result<Vec<OpenEnd>> {
    let ends = open_ends::page(tx, windows, sought, page)?;
    let mut people: Vec<Id> = ends.iter().flat_map(|end| [end.owner_id, end.author_id]).collect();
    people.sort_unstable();
    people.dedup();
    let mut networks: Vec<Id> = ends.iter().map(|end| end.network_id).collect();
    networks.sort_unstable();
    networks.dedup();
    let places: Vec<Place> = ends.iter().map(closing::place_of).collect();
    let names = store::names(tx, &people)?;
    let standings = tx.standings(&people, &places)?;
    let pauses = store::pauses(tx, &networks)?;
    let now = tx.now;
    let item = |end: open_ends::OpenEnd| OpenEnd {
        can_close: closing::can_close(&end, &standings, &names),
        age_days: age_days(end.since, now),
        paused_days: rules::paused_days(
            end.since,
            now,
            pauses.get(&end.network_id).map(|pauses| &***pauses).unwrap_or_default(),
        ),
        kind: end.kind,
        id: end.id,
        network_id: end.network_id,
        cycle_id: end.cycle_id,
        since: end.since,
        waiting_for: end.waiting_for,
    };
    Ok(ends.into_iter().map(item).collect())
}
