//! Makes people, organisations, themes and networks, through the same functions and from the same bodies as requests
//! do: all rules hold, and the change log is written. Only the clock is set back.

use super::content::{Approach, Content, Head, Network, id_of, network_id, organisation_id, person_id};
use super::life::Life;
use super::timeline::{self, ADMIN, COORDINATOR, moment};
use super::{domains, effect_squares, sessions, signs_in, store};
use crate::access::Tx;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::body::Input;
use crate::ids::Id;
use crate::{approaches, members, networks, organisations, partners, people, pseudonyms, themes};
use chrono::Duration;
use serde_json::{Value, json};

/// Days ago: before any network's first cycle.
const PEOPLE_CAME: i64 = 330;
const WORKPLACE_BEGAN: i64 = 325;
const NETWORKS_BEGAN: i64 = 310;
const PSEUDONYMS_BEGAN: i64 = 300;

/// A body as if it had been sent.
pub fn sent<T: Input>(body: Value) -> Result<T> {
    let body: T = serde_json::from_value(body)
        .map_err(|error| Error::internal(format!("the demo's content does not fit: {error}")))?;
    let mut faults = Vec::new();
    body.check(&mut faults);
    if faults.is_empty() { Ok(body) } else { Err(Error::invalid_body(faults)) }
}

/// What all networks share: people, organisations, the network above the others, and themes. False where they are
/// there already.
pub fn foundations(tx: &mut Tx<'_>, content: &Content, now: Instant, password_hash: &str) -> Result<bool> {
    // Of two demos that are started at once the second waits here, and then finds what the first made.
    tx.take(Id::NIL)?;
    if people::find(tx, person_id(ADMIN))?.is_some() {
        return Ok(false);
    }
    tx.acting = Some(person_id(ADMIN));
    tx.now = moment(now, PEOPLE_CAME, Id::NIL);
    for person in &content.people {
        let body = sent(json!({
            "id": person_id(&person.key),
            "email": person.email,
            "displayName": person.display_name,
            "locale": person.locale,
            "systemRole": person.system_role,
        }))?;
        tx.now = tx.now.plus(Duration::minutes(3));
        people::create(tx, &body, signs_in(person).then_some(password_hash))?;
    }
    for organisation in &content.organisations {
        let body = sent(json!({
            "id": organisation_id(&organisation.key),
            "name": organisation.name,
            "kind": organisation.kind,
            "locality": organisation.locality,
        }))?;
        tx.now = tx.now.plus(Duration::minutes(2));
        organisations::create(tx, &body)?;
    }

    // Its coordinator makes the workplace, though it stands at the top: an administrator would be a member of it.
    begin(tx, &content.workplace.network, WORKPLACE_BEGAN, now)?;
    for member in content.workplace.members.iter().filter(|member| member.person != COORDINATOR) {
        tx.now = tx.now.plus(Duration::minutes(7));
        // As who was invited and accepts.
        tx.acting = Some(person_id(&member.person));
        let role = member.role.parse().map_err(Error::internal)?;
        members::enrol(
            tx,
            network_id(&content.workplace.network.key),
            person_id(&member.person),
            role,
            None,
        )?;
    }
    tx.acting = Some(person_id(COORDINATOR));
    for (network, theme) in content.networks.iter().flat_map(|n| n.themes.iter().map(move |theme| (n, theme)))
    {
        let body = sent(json!({
            "id": network.theme_id(&theme.key),
            "title": theme.title,
            "locality": theme.locality,
            "startsOn": theme.starts_on,
            "endsOn": theme.ends_on,
        }))?;
        tx.now = tx.now.plus(Duration::minutes(4));
        themes::create(tx, person_id(COORDINATOR), &body)?;
    }
    Ok(true)
}

fn begin(tx: &mut Tx<'_>, head: &Head, days_ago: i64, now: Instant) -> Result<()> {
    let day = |days_ago: i64| moment(now, days_ago, network_id(&head.key));
    (tx.now, tx.acting) = (day(days_ago), Some(person_id(COORDINATOR)));
    let body = sent(json!({
        "id": network_id(&head.key),
        "name": head.name,
        "kind": head.kind,
        "locality": head.locality,
        "description": head.description,
        "parentId": head.parent.as_deref().map(network_id),
    }))?;
    networks::create(tx, person_id(COORDINATOR), &body)?;
    for partner in &head.partners {
        let (organisation, role) = (&partner.organisation, &partner.role);
        let body = sent(json!({
            "id": id_of(&format!("{}/partners/{organisation}/{role}", head.key)),
            "organisationId": organisation_id(organisation),
            "role": role,
            "startsAt": partner.since.map(day),
            "endsAt": partner.until.map(day),
        }))?;
        partners::create(tx, network_id(&head.key), &body)?;
    }
    Ok(())
}

/// A network with all that happened in it. False where it is there already.
pub fn network(tx: &mut Tx<'_>, content: &Network, now: Instant) -> Result<bool> {
    let head = &content.network;
    // As above: only one demo at a time gets past this.
    tx.take(Id::NIL)?;
    if store::network_stands(tx, network_id(&head.key))? {
        return Ok(false);
    }
    begin(tx, head, NETWORKS_BEGAN, now)?;
    for member in content.members.iter().filter(|member| member.person != COORDINATOR) {
        let body = sent(json!({
            "id": content.id_of(&format!("members/{}", member.person)),
            "personId": person_id(&member.person),
            "role": member.role,
        }))?;
        tx.now = tx.now.plus(Duration::minutes(2));
        // The coordinator sees them, in the workplace.
        members::create(tx, network_id(&head.key), &body, true)?;
    }
    tx.now = moment(now, PSEUDONYMS_BEGAN, network_id(&head.key));
    for pseudonym in &content.pseudonyms {
        let body = sent(json!({
            "id": content.pseudonym_id(&pseudonym.key),
            "ageBand": pseudonym.age_band,
            "area": pseudonym.area,
        }))?;
        tx.now = tx.now.plus(Duration::minutes(1));
        pseudonyms::create(tx, network_id(&head.key), person_id(COORDINATOR), &body)?;
    }
    for approach in &content.approaches {
        begin_approach(tx, content, approach)?;
    }
    let mut life = Life::new(content, now);
    for event in timeline::of(content, now) {
        life.happen(tx, &event)?;
    }
    domains::fill(tx, content, now)?;
    sessions::happen(tx, content, now)?;
    effect_squares::fill(tx, content, now)?;
    Ok(true)
}

/// An approach and its first version; the later ones come with the insights that changed it.
fn begin_approach(tx: &mut Tx<'_>, content: &Network, approach: &Approach) -> Result<()> {
    let body = sent(json!({
        "id": content.id_of(&format!("approaches/{}", approach.key)),
        "title": approach.title,
        "description": approach.description,
    }))?;
    tx.now = tx.now.plus(Duration::minutes(5));
    let network_id = network_id(&content.network.key);
    let made = approaches::create(tx, network_id, person_id(COORDINATOR), &body)?.record;
    let version = content.approach_version_id(&format!("{}/1", approach.key));
    let body = sent(json!({"id": version, "text": approach.text}))?;
    approaches::create_version(tx, &made, person_id(COORDINATOR), &body).map(drop)
}
