//! Who can close what is open, by the policy, and so where somebody's own is to be looked for.

use super::types::{CanClose, CanCloseAs, Closer, MyOpenItemFilter, OpenItemFilter};
use crate::access::policy::{Who, roles_for, who_may};
use crate::access::{Op, Place, Standing, Standings};
use crate::ids::Id;
use crate::loops::open_ends::{Bond, OpenEnd, Window, Within};
use crate::loops::rules::OpenType;
use std::collections::HashMap;
use strum::IntoEnumIterator;

/// The operation that brings an open record to an end as it stands.
const fn closing(kind: OpenType) -> Op {
    match kind {
        OpenType::Observation => Op::TransitionObservation,
        OpenType::Action => Op::TransitionAction,
        OpenType::Question => Op::CreateReturn,
    }
}

/// Where it lies and whose it is: an action in the cycle that it was taken in, wherever it was carried.
pub fn place_of(end: &OpenEnd) -> Place {
    Place {
        network_id: Some(end.network_id),
        cycle_id: end.origin_id,
        author_id: Some(end.author_id),
        owner_id: Some(end.owner_id),
        ..Place::default()
    }
}

/// Who can close it, by the policy. `names` has the people who can sign in.
pub fn can_close(end: &OpenEnd, standings: &Standings, names: &HashMap<Id, String>) -> CanClose {
    if standings.is_archived(end.network_id) {
        return CanClose::default();
    }
    let (op, place) = (closing(end.kind), place_of(end));
    let mut people: Vec<Closer> = Vec::new();
    let bonds = match end.kind {
        OpenType::Action => &[(Bond::Owner, end.owner_id), (Bond::Author, end.author_id)][..],
        OpenType::Observation | OpenType::Question => &[(Bond::Author, end.author_id)],
    };
    for (bond, person_id) in bonds {
        // That it is theirs is what counts: a guide who made it is named since they made it.
        let own = owns(op, &standings.of(*person_id, &place), &place);
        if let Some(display_name) = names.get(person_id).filter(|_| own)
            && people.iter().all(|closer| closer.person_id != *person_id)
        {
            people.push(Closer { person_id: *person_id, display_name: display_name.clone(), bond: *bond });
        }
    }
    CanClose { people, roles: roles_for(op).to_vec() }
}

/// Whether somebody who stands so may do this at a place to what is theirs, and since it is theirs.
fn owns(op: Op, standing: &Standing, place: &Place) -> bool {
    let me = Some(standing.person_id);
    asks_whose_it_is(op) && standing.may(op, &Place { author_id: me, owner_id: me, ..place.clone() })
}

fn asks_whose_it_is(op: Op) -> bool {
    matches!(who_may(op), Who::AuthorOr(_) | Who::OwnerOr(_))
}

/// Where to look in a network.
pub fn windows_in(network_id: Id, filter: &OpenItemFilter) -> Vec<Window> {
    let kinds = OpenType::iter().filter(|kind| filter.kind.is_none_or(|wanted| wanted == *kind));
    let within = |kind: OpenType| match filter.cycle_id {
        None => vec![Within::Network(network_id)],
        Some(id) if kind == OpenType::Action => {
            vec![Within::Cycle { network_id, id }, Within::CarriedInto { network_id, id }]
        }
        Some(id) => vec![Within::Cycle { network_id, id }],
    };
    kinds.flat_map(|kind| within(kind).into_iter().map(move |within| Window { kind, within })).collect()
}

/// Where to look for what somebody can close, who stands so at these places.
pub fn windows_of(person_id: Id, places: &[(Place, Standing)], filter: &MyOpenItemFilter) -> Vec<Window> {
    let mut windows = Vec::new();
    for kind in OpenType::iter().filter(|kind| filter.kind.is_none_or(|wanted| wanted == *kind)) {
        let op = closing(kind);
        let (mut networks, mut cycles) = (Vec::new(), Vec::new());
        for (place, standing) in places {
            let Some(network_id) = place.network_id else { continue };
            if filter.network_id.is_some_and(|wanted| wanted != network_id) {
                continue;
            }
            let by_role = standing.may(op, place);
            if by_role && filter.can_close_as != Some(CanCloseAs::Person) {
                let within = match place.cycle_id {
                    None => Within::Network(network_id),
                    Some(id) => Within::Cycle { network_id, id },
                };
                windows.push(Window { kind, within });
            } else if owns(op, standing, place) && filter.can_close_as != Some(CanCloseAs::Role) {
                match place.cycle_id {
                    None => networks.push(network_id),
                    Some(id) => cycles.push(id),
                }
            }
        }
        if networks.is_empty() && cycles.is_empty() {
            continue;
        }
        let bonds = if kind == OpenType::Action { &[Bond::Owner, Bond::Author][..] } else { &[Bond::Author] };
        for bond in bonds {
            let (networks, cycles) = (networks.clone(), cycles.clone());
            windows.push(Window { kind, within: Within::Own { bond: *bond, person_id, networks, cycles } });
        }
    }
    windows
}
