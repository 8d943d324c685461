//! The citizen's side: the page that is handed out, the links to it, the codes, and what is asked with them.

mod corrections;
mod filing;
mod links;
mod page;
mod requests;

use serde_json::{Value, json};

use crate::support::team::{Cycle, Team};
use crate::support::{Answer, Request};

/// What somebody without an account asked, and what came of it.
struct Story {
    asked: String,
    seen: String,
    thought: String,
    tried: String,
    judged: String,
    told: String,
}

/// Each text with a word of its own.
fn story(cycle: &Cycle<'_, '_>, pseudonym: &str, word: &str) -> Story {
    let says = |what: &str| format!("{what} {word}.");
    let asked = cycle.ask(json!({"pseudonymId": pseudonym, "text": says("Hoe kom ik onder de mensen")}));
    let seen = cycle.observe(json!({
        "questionId": asked, "aboutPseudonymIds": [pseudonym], "body": says("Zij zit vaak alleen"),
    }));
    let answers = json!({"answers": [{"promptId": "free", "text": says("Wij kwamen te laat")}]});
    let thought = cycle.reflect(&[&seen], answers);
    let tried = cycle.act(&[&thought], json!({"description": says("Elke dinsdag samen koffie")}));
    let judged = cycle.evaluate(&tried, json!({"seenEffect": says("Zij kwam drie keer")}));
    let told = cycle.tell(&asked, json!({"text": says("De koffie blijft"), "recognised": "yes"}));
    Story { asked, seen, thought, tried, judged, told }
}

/// The page of a pseudonym, as the coordinator's program has it.
fn page_of(team: &Team<'_>, pseudonym: &str) -> Answer {
    team.coordinator().get(format!("/v1/pseudonyms/{pseudonym}/citizen-page")).expect(200)
}

/// As the coordinator prints it.
fn printed(team: &Team<'_>, pseudonym: &str, language: &str) -> Answer {
    let path = format!("/v1/pseudonyms/{pseudonym}/citizen-page");
    let request = Request::new("GET", path).header("Accept", "text/html").header("Accept-Language", language);
    team.coordinator().send(request).expect(200)
}

/// The ids of a list.
fn ids(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(|record| record["id"].as_str()).collect()
}
