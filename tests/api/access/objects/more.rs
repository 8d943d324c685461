//! What a request needs besides an id, where the case sends what goes without it.

use serde_json::{Value, json};

use crate::support::cases::World;
use crate::support::effect_squares::effect_square;
use crate::support::prices::{entry, price};
use crate::support::team::{action, arena, evaluation, new_id, observation, question, reflection, told};

/// Members that take the place of those in the body, for this place of an operation; null takes one out.
pub fn needed(world: &World<'_>, operation: &str, place: &str) -> Option<Value> {
    let members = match (operation, place) {
        ("createLegalHold", "/cycleId") => json!({"pseudonymId": null}),
        ("createLifeDomainChoice", "/frameworkId") => json!({"builtIn": null}),
        ("createPrivacyCheck", "/cycleId") => json!({"networkId": null}),
        ("createAdoption", "/adaptedInsightId") => json!({"decision": "adapted"}),
        ("transitionDataSubjectRequest", "/recordIds/0") => json!({"to": "granted", "reason": null}),
        ("transitionLearningGoal", "/route/personId") => {
            json!({"to": "achieved", "route": {"kind": "colleague"}})
        }
        ("transitionLearningGoal", "/route/actionId") => {
            json!({"to": "achieved", "route": {"kind": "action"}})
        }
        ("transitionLearningGoal", "/route/insightId") => {
            json!({"to": "achieved", "route": {"kind": "insight"}})
        }
        ("updateEffectArena", place) if place.starts_with("/content") => {
            json!({"content": arena()["content"]})
        }
        ("createEffectCalculation" | "updateEffectCalculation", place)
            if place.ends_with("/0") || place.contains("/0/") =>
        {
            priced(world)
        }
        ("createEffectSquare" | "updateEffectSquare", place) if place.contains("/0/") => {
            let mut square = json!({"initiatives": effect_square()["initiatives"], "expectations": effect_square()["expectations"]});
            // Who does it is a partner or a group.
            if place.ends_with("/partnerId")
                && let Some(initiative) = square["initiatives"][0].as_object_mut()
            {
                initiative.remove("group");
            }
            square
        }
        ("createBatch", "/id") => json!({"dryRun": false}),
        ("createBatch", _) => json!({"items": items(world)}),
        _ => return None,
    };
    Some(members)
}

/// Amounts by a price list that everybody may read.
fn priced(world: &World<'_>) -> Value {
    let prices = world.api.published_prices(&[price("OPV", json!({}))]);
    let amount = entry(&prices, "OPV", ("2026-01-01", "2026-03-31"), json!({}));
    json!({"reference": [amount], "withIntervention": [amount]})
}

/// One item of each kind of a batch, and of each action.
fn items(world: &World<'_>) -> Value {
    let cycle = world.team.cycle();
    let seen = cycle.observe(json!({}));
    let thought = cycle.reflect(&[&seen], json!({}));
    let done = cycle.act(&[&thought], json!({}));
    let asked = cycle.ask(json!({}));
    let owner = &world.api.person(crate::support::Part::Coordinator).id;
    let create = |kind: &str, member: &str, parent: &str, body: Value| json!({"action": "create", "type": kind, member: parent, "body": body});
    json!([
        create("observation", "cycleId", &cycle.id, observation()),
        create("observation", "networkId", &world.team.id, observation()),
        create("reflection", "cycleId", &cycle.id, reflection(&[&seen])),
        create("action", "cycleId", &cycle.id, action(&[&thought], owner)),
        create("question", "cycleId", &cycle.id, question()),
        create("evaluation", "actionId", &done, evaluation()),
        create("return", "questionId", &asked, told()),
        {"action": "update", "type": "observation", "id": seen, "ifMatch": 1, "body": {"cycleId": cycle.id}},
        {"action": "withdraw", "type": "observation", "id": new_id(), "body": {"reason": "Dubbel gelogd."}},
    ])
}
