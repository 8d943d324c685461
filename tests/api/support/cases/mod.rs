//! For every operation of the contract a request that would succeed if it were allowed. The access matrix sends
//! each as everybody; the walk of the change log sends each as somebody who may.

mod accounts;
mod actions;
mod adoptions;
mod api_keys;
mod approaches;
mod audit;
mod citizens;
mod co_networks;
mod competences;
mod cycles;
mod domains;
mod dossiers;
mod effect_arenas;
mod effect_calculations;
mod effect_squares;
mod erasures;
mod insights;
mod kept_reports;
mod networks;
mod practice;
mod privacy;
mod search;
mod sessions;
mod texts;
mod themes;
mod webhooks;

use serde_json::{Value, json};

use super::client::{Client, Request};
use super::people::{Api, Part};
use super::team::{self, MEMBERS, Team};

/// A request ready to be sent.
pub struct Call<'w> {
    pub request: Request,
    /// Instead of the caller's own token, where the request ends the session it is made in.
    pub token: Option<String>,
    /// What the test has to remember when it succeeded.
    pub after: Option<Box<dyn FnOnce() + 'w>>,
}

/// A case makes fresh records as needed, so that each call finds what it changes.
pub type Make = for<'w> fn(&'w World<'_>, Part) -> Call<'w>;

/// `row` is the operation's id, followed by a circumstance in brackets where it decides.
pub struct Case {
    pub row: &'static str,
    pub make: Make,
}

impl Case {
    pub fn operation(&self) -> &'static str {
        self.row.split(' ').next().unwrap_or(self.row)
    }
}

pub fn all() -> Vec<Case> {
    // One a line, so that each concept to come adds its own.
    #[rustfmt::skip]
    let cases = [
        accounts::CASES,
        networks::CASES,
        api_keys::CASES,
        audit::CASES,
        cycles::CASES,
        co_networks::CASES,
        practice::CASES,
        privacy::CASES,
        citizens::CASES,
        actions::CASES,
        insights::CASES,
        adoptions::CASES,
        effect_calculations::CASES,
        approaches::CASES,
        competences::CASES,
        domains::CASES,
        themes::CASES,
        sessions::CASES,
        effect_squares::CASES,
        search::CASES,
        dossiers::CASES,
        kept_reports::CASES,
        erasures::CASES,
        texts::CASES,
        effect_arenas::CASES,
        webhooks::CASES,
    ];
    cases.into_iter().flatten().map(|(row, make)| Case { row, make: *make }).collect()
}

const GUESTS: [(Part, &str); 3] = [
    (Part::GuestFacilitator, "facilitator"),
    (Part::GuestPractitioner, "practitioner"),
    (Part::GuestReader, "reader"),
];

/// Where the cases take place.
pub struct World<'a> {
    pub api: &'a Api,
    /// The network that the question "may they?" is about.
    pub team: Team<'a>,
    /// A second network: members and guests know each other from there, and can move an observation to it.
    pub other: Team<'a>,
    /// A cycle of the team, with the guests in it.
    pub cycle: String,
}

impl<'a> World<'a> {
    pub fn new(api: &'a Api) -> World<'a> {
        let (team, other) = (api.team(), api.team());
        team.join(Part::Colleague, "practitioner");
        other.join(Part::Colleague, "practitioner");
        for (part, _) in GUESTS {
            other.join(part, "practitioner");
        }
        let mut world = World { api, team, other, cycle: String::new() };
        world.cycle = world.fresh_cycle();
        world
    }

    pub fn founder(&self) -> Client {
        self.api.founder()
    }

    /// A cycle in phase `plan`, with the guests in it.
    fn fresh_cycle(&self) -> String {
        let cycle = self.team.cycle();
        for (part, role) in GUESTS {
            let participant = json!({"personId": self.api.person(part).id, "role": role});
            self.founder().post(cycle.path("participants"), participant).expect(201);
        }
        cycle.id
    }

    /// A network of its own for one call, with the members of the team.
    fn fresh_team(&self) -> Team<'a> {
        self.api.team()
    }

    fn in_cycle(&self, rest: &str) -> String {
        format!("/v1/cycles/{}/{rest}", self.cycle)
    }

    /// Somebody the members and guests know, but who is not in the team: to be made a member or a participant.
    fn candidate(&self) -> String {
        let id = self.api.acquaintance();
        self.founder()
            .post(self.other.path("members"), json!({"personId": id, "role": "reader"}))
            .expect(201);
        id
    }

    fn colleague(&self) -> Client {
        self.api.client(Part::Colleague)
    }

    /// Who makes the record in the case `(own)`: the caller, or a colleague where the caller's role makes none.
    fn author(&self, caller: Part) -> Part {
        match caller {
            Part::Practitioner | Part::Expert | Part::Facilitator | Part::Coordinator => caller,
            Part::GuestPractitioner | Part::GuestFacilitator => caller,
            _ => Part::Colleague,
        }
    }

    /// A fresh record of the cycle: its id and version.
    fn record(&self, author: Part, collection: &str, body: Value) -> (String, i64) {
        let made = self.api.client(author).post(self.in_cycle(collection), body).expect(201);
        (made.id(), made.version())
    }

    fn observation(&self, author: Part) -> (String, i64) {
        self.record(author, "observations", team::observation())
    }

    fn reflection(&self, author: Part) -> (String, i64) {
        let (observation, _) = self.observation(author);
        self.record(author, "reflections", team::reflection(&[&observation]))
    }

    fn action(&self, author: Part) -> (String, i64) {
        let (reflection, _) = self.reflection(author);
        self.record(author, "actions", team::action(&[&reflection], &self.api.person(author).id))
    }

    fn question(&self, author: Part) -> (String, i64) {
        self.record(author, "questions", team::question())
    }
}

/// The role that a part has in the team, if any.
pub fn role_of(part: Part) -> Option<&'static str> {
    MEMBERS.iter().find(|(member, _)| *member == part).map(|(_, role)| *role)
}

fn call<'w>(request: Request) -> Call<'w> {
    Call { request, token: None, after: None }
}

fn get<'w>(path: impl Into<String>) -> Call<'w> {
    call(Request::new("GET", path))
}

fn post<'w>(path: impl Into<String>, body: Value) -> Call<'w> {
    call(Request::new("POST", path).json(&body))
}

fn patch<'w>(path: impl Into<String>, version: i64, body: Value) -> Call<'w> {
    call(Request::new("PATCH", path).if_match(version).json(&body))
}

fn delete<'w>(path: impl Into<String>, version: i64) -> Call<'w> {
    call(Request::new("DELETE", path).if_match(version))
}

fn withdrawal() -> Value {
    json!({"to": "withdrawn", "reason": "Dubbel gelogd."})
}
