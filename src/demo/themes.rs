//! What the networks' themes have to do with each other, and whose figures everybody sees.

use super::content::{Content, Network, id_of, network_id, person_id};
use super::seed::sent;
use super::timeline::{COORDINATOR, moment};
use crate::access::Tx;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::{theme_networks, themes};
use chrono::Duration;
use serde_json::json;

/// The theme above those of several networks.
const BROADER: (&str, &str) = ("erbij-horen", "Erbij horen, in dorp en wijk");

/// Network, theme, and what it lies below: a theme of the same network, or else the broader one.
const LOCAL: [(&str, &str, Option<&str>); 6] = [
    ("heumen", "eenzaamheid", None),
    ("heumen", "ontmoeten", Some("eenzaamheid")),
    ("heumen", "mantelzorg", Some("eenzaamheid")),
    ("peel-en-maas", "nieuwkomers", None),
    ("peel-en-maas", "leven", None),
    ("venlo", "samenleren", None),
];

/// Network, theme, from and until how many days ago, and whether it shares its figures. Nijmegen works on its themes
/// without a word; Venlo has said so and keeps its figures to itself.
const TERMS: [(&str, &str, i64, Option<i64>, bool); 5] = [
    ("heumen", "eenzaamheid", 300, None, true),
    ("heumen", "mantelzorg", 280, Some(90), false),
    ("peel-en-maas", "leven", 290, None, true),
    ("peel-en-maas", "nieuwkomers", 120, None, true),
    ("venlo", "samenleren", 270, None, false),
];

/// Done by the coordinator yesterday, once all networks are there. False where it was done before.
pub fn gather(tx: &mut Tx<'_>, content: &Content, now: Instant) -> Result<bool> {
    let broader_id = id_of(&format!("themes/{}", BROADER.0));
    let coordinator = person_id(COORDINATOR);
    // The rows of all networks it writes in, in the order of their ids.
    let mut rows = vec![Id::NIL];
    rows.extend(TERMS.iter().map(|(network, ..)| network_id(network)));
    rows.sort();
    for network_id in rows {
        tx.take(network_id)?;
    }
    if themes::find(tx, broader_id)?.is_some() {
        return Ok(false);
    }
    (tx.now, tx.acting) = (moment(now, 1, broader_id), Some(coordinator));
    let body = sent(json!({"id": broader_id, "title": BROADER.1, "startsOn": "2026-01-01"}))?;
    themes::create(tx, coordinator, &body)?;
    for (network, theme, below) in LOCAL {
        let network = known(content, network)?;
        let below = below.map_or(broader_id, |key| network.theme_id(key));
        let theme = themes::find(tx, network.theme_id(theme))?.ok_or(Error::NotFound)?;
        let patch = sent(json!({"broaderThemeId": below}))?;
        tx.now = tx.now.plus(Duration::minutes(2));
        themes::update(tx, theme, &IfMatch::Any, patch)?;
    }
    for (network, theme, from, until, shares) in TERMS {
        let network = known(content, network)?;
        let day = |days_ago: i64| now.minus(Duration::days(days_ago)).day();
        let body = sent(json!({
            "id": network.id_of(&format!("theme-networks/{theme}")),
            "themeId": network.theme_id(theme),
            "startsOn": day(from),
            "endsOn": until.map(day),
            "sharesFigures": shares,
        }))?;
        tx.now = tx.now.plus(Duration::minutes(3));
        theme_networks::create(tx, network_id(&network.network.key), &body)?;
    }
    Ok(true)
}

fn known<'a>(content: &'a Content, key: &str) -> Result<&'a Network> {
    let found = content.networks.iter().find(|network| network.network.key == key);
    found.ok_or_else(|| Error::internal(format!("the demo knows no network {key}")))
}
