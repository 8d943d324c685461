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
    tx.shows(networks.iter().copied());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::kept_pages::KeptPages;
    use crate::http::page::List;
    use crate::loops::open_ends::Within;
    use crate::loops::rules::OpenType;
    use crate::loops::{listen, on_a_database};
    use actix_web::dev::Payload;
    use actix_web::test::TestRequest;
    use actix_web::{FromRequest, web::Data};
    use diesel::connection::SimpleConnection;

    fn asked() -> (OpenItemFilter, Page) {
        let kept = Data::new(KeptPages::default());
        let request = TestRequest::with_uri("/v1/networks/any/open-items?limit=200").app_data(kept);
        let list = List::from_request(&request.to_http_request(), &mut Payload::None).into_inner();
        let List { filter, page } = list.expect("a query");
        (filter, page)
    }

    /// Members of a network who each logged something that nobody took into a cycle.
    fn members(tx: &mut Tx<'_>, first: usize, last: usize) -> Result<()> {
        for at in first..=last {
            tx.conn().batch_execute(&format!(
                "INSERT INTO people (id, kind, display_name, locale, system_role, active, created_at, updated_at, version, digest)
                 VALUES (x'{at:032x}', 'person', 'Iemand', 'nl', 'none', 1, 1, 1, 1, x'');
                 INSERT INTO networks (id, name, kind, state, description, pauses, created_by, created_at, updated_at, version, digest)
                 VALUES (x'{at:032x}', 'Team', 'team', 'active', NULL, '[]', x'{at:032x}', 1, 1, 1, x'');
                 INSERT INTO members (network_id, id, person_id, role, starts_at, created_at, updated_at, version, digest)
                 VALUES (x'{at:032x}', x'{at:032x}', x'{at:032x}', 'practitioner', 1, 1, 1, 1, x'');
                 INSERT INTO observations (network_id, id, body, perspective, about_pseudonym_ids, theme_ids, life_domains, tags,
                     late, state, author_id, happened_at, created_at, updated_at, version, digest)
                 VALUES (x'{at:032x}', x'{at:032x}', 'Gezien.', 'citizen', '[]', '[]', '[]', '[]',
                     0, 'logged', x'{at:032x}', {at}, 1, 1, 1, x'')"
            ))?;
        }
        Ok(())
    }

    #[test]
    fn a_page_takes_as_many_queries_whatever_is_on_it() {
        on_a_database(|tx| {
            let (_, page) = asked();
            let mut counted = Vec::new();
            for (first, last) in [(1, 1), (2, 60)] {
                members(tx, first, last)?;
                let place = |at: usize| Within::Network(Id(uuid::Uuid::from_u128(at as u128)));
                let windows: Vec<Window> =
                    (1..=last).map(|at| Window { kind: OpenType::Observation, within: place(at) }).collect();
                let made = listen(tx);
                let listed = listed(tx, &windows, &Sought::default(), &page)?;
                assert_eq!(listed.len(), last);
                assert!(listed.iter().all(|item| item.can_close.people.len() == 1 && item.since < tx.now));
                counted.push(made.lock().expect("one at a time").len());
            }
            assert_eq!(counted[0], counted[1], "in one network or in sixty");
            Ok(())
        });
    }
}
