//! The effect square of a neighbourhood: what its residents and partners do there, what was expected of it, and what those
//! involved perceive, for better and for worse.

use super::content::{Network, id_of, network_id, parse, person_id};
use super::seed::sent;
use super::timeline::moment;
use crate::access::Tx;
use crate::clock::Instant;
use crate::effect_squares::{self, perceptions};
use crate::error::Result;
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Content {
    network: String,
    key: String,
    by: String,
    days_ago: i64,
    neighbourhood: String,
    locality: String,
    story: String,
    initiatives: Vec<Initiative>,
    expectations: Vec<Expectation>,
    perceptions: Vec<Perception>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Initiative {
    key: String,
    what: String,
    partner: Option<String>,
    group: Option<String>,
    start_days_ago: i64,
    end_days_ago: Option<i64>,
    #[serde(default)]
    actions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Expectation {
    text: String,
    perspective: String,
    initiative: Option<String>,
    days_ago: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Perception {
    initiative: String,
    by: String,
    days_ago: i64,
    direction: String,
    perspective: String,
    voice: Option<String>,
    pseudonym: Option<String>,
    text: String,
}

/// Lays out the square of this network, if it has one, and lets those involved tell.
pub fn fill(tx: &mut Tx<'_>, network: &Network, now: Instant) -> Result<()> {
    let content: Content = parse(include_str!("content/effect_squares.json"))?;
    if content.network != network.network.key {
        return Ok(());
    }
    let key = |kind: &str, key: &str| network.id_of(&format!("{}/{kind}/{key}", content.key));
    let day = |days_ago: i64| -> NaiveDate { moment(now, days_ago, network.id_of(&content.key)).day() };
    let initiative = |each: &Initiative| {
        json!({
            "id": key("initiatives", &each.key),
            "what": each.what,
            "partnerId": each.partner.as_ref().map(|partner| id_of(&format!("{}/partners/{partner}", content.network))),
            "group": each.group,
            "startsOn": day(each.start_days_ago),
            "endsOn": each.end_days_ago.map(day),
            "actionIds": each.actions.iter().map(|action| network.id_of(action)).collect::<Vec<_>>(),
        })
    };
    let expectation = |each: &Expectation| {
        json!({
            "text": each.text,
            "perspective": each.perspective,
            "initiativeId": each.initiative.as_ref().map(|initiative| key("initiatives", initiative)),
            "statedOn": day(each.days_ago),
        })
    };
    let body = json!({
        "id": network.id_of(&content.key),
        "neighbourhood": content.neighbourhood,
        "locality": content.locality,
        "story": content.story,
        "initiatives": content.initiatives.iter().map(initiative).collect::<Vec<Value>>(),
        "expectations": content.expectations.iter().map(expectation).collect::<Vec<Value>>(),
    });
    let by = person_id(&content.by);
    (tx.now, tx.acting) = (moment(now, content.days_ago, network.id_of(&content.key)), Some(by));
    let square = effect_squares::create(tx, network_id(&content.network), by, &sent(body)?)?.record;
    for (number, told) in content.perceptions.iter().enumerate() {
        let id = key("perceptions", &number.to_string());
        let by = person_id(&told.by);
        (tx.now, tx.acting) = (moment(now, told.days_ago, id), Some(by));
        let body = json!({
            "id": id,
            "initiativeId": key("initiatives", &told.initiative),
            "text": told.text,
            "direction": told.direction,
            "perspective": told.perspective,
            "voice": told.voice,
            "pseudonymId": told.pseudonym.as_ref().map(|pseudonym| network.pseudonym_id(pseudonym)),
        });
        perceptions::create(tx, &square, by, &sent(body)?)?;
    }
    Ok(())
}
