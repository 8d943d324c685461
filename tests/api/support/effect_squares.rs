//! Effect squares and perceptions for tests.

use serde_json::{Value, json};

use super::Part;
use super::team::{Team, with};

/// A square of a network.
pub struct Square<'t, 'a> {
    pub team: &'t Team<'a>,
    pub id: String,
    /// The ids of its initiatives.
    pub initiatives: Vec<String>,
}

pub fn effect_square() -> Value {
    json!({
        "neighbourhood": "De Linde",
        "locality": "Nijmegen",
        "story": "Het plein lag er jaren leeg bij.",
        "initiatives": [
            {"what": "Koffie op het plein", "group": "Bewoners rond het plein", "startsOn": "2024-03-07"},
            {"what": "Een moestuin", "group": "De tuinploeg"},
        ],
        "expectations": [{"text": "Buren groeten elkaar weer.", "perspective": "citizen"}],
    })
}

pub fn perception(initiative: &str) -> Value {
    json!({
        "initiativeId": initiative, "text": "Ik ken nu drie buren bij naam.", "direction": "better",
        "perspective": "citizen", "voice": "own_words",
    })
}

impl<'a> Team<'a> {
    /// A square, made by the practitioner.
    #[track_caller]
    pub fn square(&self, members: Value) -> Square<'_, 'a> {
        let body = with(effect_square(), members);
        let made = self.practitioner().post(self.path("effect-squares"), body).expect(201);
        let initiatives = made["initiatives"].as_array().expect("a list").iter();
        let initiatives = initiatives.map(|one| one["id"].as_str().expect("an id").to_owned()).collect();
        Square { team: self, id: made.id(), initiatives }
    }
}

impl Square<'_, '_> {
    pub fn itself(&self) -> String {
        format!("/v1/effect-squares/{}", self.id)
    }

    pub fn path(&self, rest: &str) -> String {
        format!("{}/{rest}", self.itself())
    }

    /// What somebody perceives of the first initiative, or of the one that `members` name.
    #[track_caller]
    pub fn perceived(&self, author: Part, members: Value) -> String {
        let body = with(perception(&self.initiatives[0]), members);
        self.team.api.client(author).post(self.path("perceptions"), body).expect(201).id()
    }
}
