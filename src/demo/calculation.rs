//! One effect calculation: of an invented case, with a price list of invented prices.

use super::content::{cycle_id, id_of, network_id, organisation_id, parse, person_id};
use super::seed::sent;
use super::timeline::{ADMIN, moment};
use crate::access::Tx;
use crate::clock::Instant;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::{effect_calculations, price_lists};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Story {
    organisation: String,
    days_ago: i64,
    /// Bodies, but for ids.
    list: Map<String, Value>,
    version: Map<String, Value>,
    network: String,
    by: String,
    calculation_days_ago: i64,
    pseudonym: String,
    cycle: String,
    /// The same; its entries name no version either.
    calculation: Map<String, Value>,
}

/// Makes what is missing. False where it is there already.
pub fn fill(tx: &mut Tx<'_>, now: Instant) -> Result<bool> {
    let story: Story = parse(include_str!("content/effect_calculation.json"))?;
    let network_id = network_id(&story.network);
    tx.take(Id::NIL)?;
    let version_id = id_of("price-lists/voorbeeld/versions/1");
    if price_lists::find_version(tx, version_id)?.is_some() {
        return Ok(false);
    }
    tx.take(network_id)?;
    let keeper = person_id(ADMIN);
    let list_id = id_of("price-lists/voorbeeld");
    (tx.now, tx.acting) = (moment(now, story.days_ago, list_id), Some(keeper));
    let body = sent(with_id(story.list, list_id))?;
    let list = price_lists::create(tx, organisation_id(&story.organisation), keeper, &body)?.record;
    let body = sent(with_id(story.version, version_id))?;
    let draft = price_lists::create_version(tx, &list, keeper, &body)?.record;
    price_lists::publish(tx, draft, &IfMatch::Any)?;

    let id = id_of(&format!("{}/effect-calculations/respijt", story.network));
    let by = person_id(&story.by);
    (tx.now, tx.acting) = (moment(now, story.calculation_days_ago, id), Some(by));
    let mut body = with_id(story.calculation, id);
    for timeline in ["withIntervention", "reference"] {
        for entry in body[timeline].as_array_mut().into_iter().flatten() {
            entry["priceListVersionId"] = json!(version_id);
        }
    }
    body["pseudonymId"] = json!(id_of(&format!("{}/pseudonyms/{}", story.network, story.pseudonym)));
    body["cycleId"] = json!(cycle_id(&story.network, &story.cycle));
    effect_calculations::create(tx, network_id, by, &sent(body)?)?;
    Ok(true)
}

fn with_id(mut body: Map<String, Value>, id: Id) -> Value {
    body.insert("id".into(), json!(id));
    Value::Object(body)
}
