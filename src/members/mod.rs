//! Members: people in a network, with a role, for a time. Memberships end; they are never deleted.

pub mod api;
mod store;
pub mod types;

use crate::access::{Access, Role, Seen, Tx};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::people;
use crate::practice::dangling;
use crate::record::{self, Created};
use crate::term;
use types::{Member, MemberCreate, MemberPatch, MemberRow};

/// Makes somebody a member; `known` says that the actor may let them in: see [`people::may_be_let_in`].
pub fn create(tx: &mut Tx<'_>, network_id: Id, body: &MemberCreate, known: bool) -> Result<Created<Member>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(store::shown(tx, stored)?, &digest, here);
    }
    if !known {
        return Err(Error::dangling(vec![dangling("personId", body.person_id)]));
    }
    let starts_at = body.starts_at.unwrap_or(tx.now);
    let member = MemberRow {
        network_id,
        id: body.id.unwrap_or_default(),
        person_id: body.person_id,
        role: body.role,
        starts_at,
        ends_at: body.ends_at,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    admit(tx, member)
}

/// Enrols a person without a request of their own: a network's maker, or who accepts an invitation.
pub fn enrol(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    role: Role,
    ends_at: Option<Instant>,
) -> Result<Created<Member>> {
    let now = tx.now;
    let member = MemberRow {
        network_id,
        id: Id::new(),
        person_id,
        role,
        starts_at: now,
        ends_at,
        created_at: now,
        updated_at: now,
        version: 1,
        digest: Vec::new(),
    };
    admit(tx, member)
}

/// Stores a membership; a person has one at a time, and who comes back gets a new one.
fn admit(tx: &mut Tx<'_>, member: MemberRow) -> Result<Created<Member>> {
    if store::of_person(tx, member.network_id, member.person_id)?.is_some() {
        return Err(Error::conflict("already_member", "This person is a member of the network already."));
    }
    store::insert(tx, &member)?;
    let shown = store::shown(tx, member)?;
    tx.note("created", &shown);
    Ok(Created::fresh(shown))
}

pub fn is_member(tx: &mut Tx<'_>, network_id: Id, person_id: Id) -> Result<bool> {
    let now = tx.now;
    Ok(store::of_person(tx, network_id, person_id)?.is_some_and(|member| member.is_active(now)))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut member: MemberRow,
    if_match: &IfMatch,
    patch: MemberPatch,
) -> Result<Member> {
    if_match.demand(member.version)?;
    term::not_ended("The membership", member.ends_at, tx.now)?;
    of_a_person(tx, &member)?;
    term::may_end(member.starts_at, &patch.ends_at)?;
    let was_coordinator = member.role == Role::Coordinator;
    patch.role.apply(&mut member.role, |role| role);
    patch.ends_at.apply(&mut member.ends_at, |end| end);
    if was_coordinator && (member.role != Role::Coordinator || member.ends_at.is_some()) {
        another_coordinator(tx, &member)?;
    }
    store::save(tx, &mut member)?;
    let shown = store::shown(tx, member)?;
    tx.note("updated", &shown);
    Ok(shown)
}

/// Ends a membership now. Open actions are handed over; the records stay.
pub fn end(
    tx: &mut Tx<'_>,
    seen: Seen<MemberRow>,
    if_match: &IfMatch,
    hand_over_to: Option<Id>,
) -> Result<()> {
    let mut member = seen.found;
    if_match.demand(member.version)?;
    term::not_ended("The membership", member.ends_at, tx.now)?;
    of_a_person(tx, &member)?;
    let heir = if member.role == Role::Coordinator { Some(another_coordinator(tx, &member)?) } else { None };
    let heir = match hand_over_to {
        Some(id)
            if id != member.person_id
                && is_member(tx, member.network_id, id)?
                && people::is_person(tx, id)? =>
        {
            id
        }
        Some(id) => return Err(Error::dangling(vec![dangling("handOverTo", id)])),
        None if seen.standing.person_id != member.person_id => seen.standing.person_id,
        None => match heir {
            Some(id) => id,
            None => another_coordinator(tx, &member)?,
        },
    };
    member.ends_at = Some(tx.now);
    store::save(tx, &mut member)?;
    for action in store::hand_over(tx, member.network_id, member.person_id, heir)? {
        tx.note("handed_over", &action);
    }
    let shown = store::shown(tx, member)?;
    tx.note("ended", &shown);
    Ok(())
}

/// 409 for the membership of an integration, which is its key's.
fn of_a_person(tx: &mut Tx<'_>, member: &MemberRow) -> Result<()> {
    if people::is_person(tx, member.person_id)? {
        return Ok(());
    }
    let detail = "This is the membership of an API key: it stands as long as the key does.";
    Err(Error::conflict("integration", detail))
}

/// Ends the membership of an integration, whose key is no longer good. It owns no actions to hand over.
pub fn dismiss(tx: &mut Tx<'_>, network_id: Id, person_id: Id) -> Result<()> {
    let Some(mut member) = store::of_person(tx, network_id, person_id)? else { return Ok(()) };
    member.ends_at = Some(tx.now);
    store::save(tx, &mut member)?;
    let shown = store::shown(tx, member)?;
    tx.note("ended", &shown);
    Ok(())
}

/// Ends the membership of somebody who is erased, if they have one; their open actions go to a coordinator. Whoever is told of
/// it is told of them by `name`. 409 where they are the last one, if that counts.
pub fn leave(tx: &mut Tx<'_>, network_id: Id, person_id: Id, name: &str, last_counts: bool) -> Result<()> {
    let Some(mut member) = store::of_person(tx, network_id, person_id)? else { return Ok(()) };
    let heir = store::other_coordinator(tx, network_id, person_id)?;
    if last_counts && member.role == Role::Coordinator && heir.is_none() {
        return Err(Error::conflict("last_coordinator", "A network keeps at least one coordinator.")
            .with("networkId", network_id.to_string()));
    }
    member.ends_at = Some(tx.now);
    store::save(tx, &mut member)?;
    if let Some(heir) = heir {
        for action in store::hand_over(tx, network_id, person_id, heir)? {
            tx.note("handed_over", &action);
        }
    }
    let shown = store::shown(tx, member)?;
    tx.note("ended", &Member { display_name: name.to_owned(), ..shown });
    Ok(())
}

/// Hands over the open actions of people whose membership has run out by its own date, and tells how many. Nobody is
/// there at that moment, so the server looks now and then, and the log names no actor.
pub async fn hand_over_ended(access: &Access) -> Result<usize> {
    let mut handed = 0;
    for (network_id, person_id) in access.console(|tx| Ok(store::ended_owners(tx, None)?)).await? {
        handed += access
            .console(move |tx| {
                tx.take(network_id)?;
                // Looked at again under the network's row: they may be back by now.
                if store::ended_owners(tx, Some((network_id, person_id)))?.is_empty() {
                    return Ok(0);
                }
                let Some(heir) = store::other_coordinator(tx, network_id, person_id)? else { return Ok(0) };
                let actions = store::hand_over(tx, network_id, person_id, heir)?;
                actions.iter().for_each(|action| tx.note("handed_over", action));
                Ok(actions.len())
            })
            .await?;
    }
    Ok(handed)
}

/// A coordinator besides this member, whose membership has no end; 409 where there is none: the last one cannot leave.
fn another_coordinator(tx: &mut Tx<'_>, member: &MemberRow) -> Result<Id> {
    store::other_coordinator(tx, member.network_id, member.person_id)?
        .ok_or_else(|| Error::conflict("last_coordinator", "A network keeps at least one coordinator."))
}
