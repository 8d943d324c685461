//! Somebody of a test's own with something to learn or to tell, and how everybody else sees it.

use serde_json::{Value, json};

use super::client::{Answer, Client};
use super::people::{Api, Part, Person};
use super::team::Team;

/// A newcomer: of the cast only those share a network with them whom the test brings together.
pub struct Learner<'a> {
    pub api: &'a Api,
    pub person: Person,
    pub client: Client,
}

impl Api {
    pub fn learner(&self, name: &str) -> Learner<'_> {
        let person = self.newcomer(name);
        let client = self.signed_in(&person);
        Learner { api: self, person, client }
    }

    /// A competence of the whole server.
    pub fn competence(&self) -> String {
        let body = json!({"name": self.unique("Luisteren")});
        self.founder().post("/v1/competences", body).expect(201).id()
    }

    /// A network with nobody of the cast in it but the founder.
    pub fn quiet_team(&self) -> Team<'_> {
        let network = json!({"name": self.unique("Stil"), "kind": "team"});
        let id = self.founder().post("/v1/networks", network).expect(201).id();
        Team { api: self, id }
    }
}

impl Learner<'_> {
    /// Becomes a member; the membership is answered.
    pub fn join(&self, team: &Team<'_>) -> Answer {
        let member = json!({"personId": self.person.id, "role": "practitioner"});
        self.api.founder().post(team.path("members"), member).expect(201)
    }

    /// The path of a statement that they make.
    pub fn state(&self, competence: &str, disclosure: &str) -> String {
        let body = json!({"competenceId": competence, "disclosure": disclosure, "level": "competent"});
        format!("/v1/competence-statements/{}", self.client.post("/v1/me/competences", body).expect(201).id())
    }

    /// The path of a goal that they set.
    pub fn aim(&self, competence: &str, disclosure: &str) -> String {
        let body = json!({"competenceId": competence, "disclosure": disclosure});
        format!("/v1/learning-goals/{}", self.client.post("/v1/me/learning-goals", body).expect(201).id())
    }

    /// The path of a goal that they achieved by a route.
    pub fn learn(&self, competence: &str, disclosure: &str, route: Value) -> String {
        let path = self.aim(competence, disclosure);
        let body = json!({"to": "achieved", "route": route});
        self.client.post(format!("{path}/transitions"), body).expect(200);
        path
    }

    pub fn set(&self, path: &str, members: Value) -> Answer {
        let version = self.client.get(path).expect(200).version();
        self.client.patch(path, version, members).expect(200)
    }
}

/// Ends a membership now.
pub fn leave(team: &Team<'_>, membership: &Answer) {
    team.api.founder().delete(format!("/v1/members/{}", membership.id()), membership.version()).expect(204);
}

/// Everybody who has to do with the team, and how: an outsider and an administrator have not.
pub const VIEWERS: [Part; 10] = [
    Part::Coordinator,
    Part::Facilitator,
    Part::Practitioner,
    Part::Expert,
    Part::Reader,
    // A former colleague, a guest of one cycle.
    Part::Colleague,
    Part::GuestFacilitator,
    Part::GuestReader,
    Part::Outsider,
    Part::Admin,
];

/// Makes the colleague a former one, and lets the guests into a cycle.
pub fn surround(team: &Team<'_>) -> String {
    let former = team.join(Part::Colleague, "practitioner");
    leave(team, &former);
    let cycle = team.cycle();
    for (part, role) in [(Part::GuestFacilitator, "facilitator"), (Part::GuestReader, "reader")] {
        let guest = json!({"personId": team.api.person(part).id, "role": role});
        team.api.founder().post(cycle.path("participants"), guest).expect(201);
    }
    cycle.id
}

/// Fails unless exactly these see what lies at the path; the others get a 404.
#[track_caller]
pub fn seen_by(api: &Api, path: &str, who: &[Part]) {
    for part in VIEWERS {
        let status = if who.contains(&part) { 200 } else { 404 };
        let answer = api.client(part).get(path);
        assert_eq!(answer.status, status, "{path} as {part:?}: {}", answer.text);
    }
}

pub const MEMBERS: [Part; 5] =
    [Part::Coordinator, Part::Facilitator, Part::Practitioner, Part::Expert, Part::Reader];
