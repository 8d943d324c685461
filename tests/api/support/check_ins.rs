//! Short words for what tests do with check-ins.

use serde_json::{Value, json};

use super::client::Answer;
use super::people::Part;
use super::team::Team;

/// The statements that are built in.
pub const STATEMENTS: [&str; 9] = [
    "form_meetings",
    "form_roles",
    "form_room",
    "content_matters",
    "content_learning",
    "content_citizens",
    "relations_safe",
    "relations_equal",
    "relations_near",
];

/// Four who may respond: as many as it takes to show anything.
pub const FOUR: [Part; 4] = [Part::Coordinator, Part::Facilitator, Part::Practitioner, Part::Expert];

impl Team<'_> {
    /// An open check-in with what is built in: its id.
    pub fn check_in(&self) -> String {
        let body = json!({"closesOn": "2099-12-31"});
        self.facilitator().post(self.path("check-ins"), body).expect(201).id()
    }

    pub fn respond(&self, check_in: &str, part: Part, body: Value) -> Answer {
        self.api.client(part).post(format!("/v1/check-ins/{check_in}/responses"), body)
    }
}

/// A response that gives every statement the same value.
pub fn response(value: u8) -> Value {
    let answers: Vec<Value> =
        STATEMENTS.iter().map(|key| json!({"statement": key, "value": value})).collect();
    json!({"answers": answers, "influences": influences("neither")})
}

/// All six influences, the same.
pub fn influences(effect: &str) -> Value {
    const ASPECTS: [&str; 3] = ["form", "content", "relations"];
    let of = |from: &'static str| {
        let others = ASPECTS.into_iter().filter(move |to| *to != from);
        others.map(move |to| json!({"from": from, "to": to, "effect": effect}))
    };
    ASPECTS.into_iter().flat_map(of).collect()
}

pub fn definition() -> Value {
    json!({"statements": [
        {"key": "rhythm", "aspect": "form", "text": {"nl": "Eens in de zes weken is genoeg."}},
        {"key": "matters", "aspect": "content", "text": {"nl": "Wat wij bespreken, merken bewoners.", "en": "Residents notice."}},
        {"key": "safe", "aspect": "relations", "text": {"nl": "Ik durf hier te zeggen wat niet lukte."}}
    ]})
}
