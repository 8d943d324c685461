//! A fresh network with the cast in it, and short words for what tests do there all the time.

use serde_json::{Value, json};

use super::client::{Answer, Client, Request};
use super::people::{Api, Part};

/// One test's network.
pub struct Team<'a> {
    pub api: &'a Api,
    pub id: String,
}

/// The members a team starts with, and their roles. The founder coordinates it too.
pub const MEMBERS: [(Part, &str); 5] = [
    (Part::Coordinator, "coordinator"),
    (Part::Facilitator, "facilitator"),
    (Part::Practitioner, "practitioner"),
    (Part::Expert, "experience_expert"),
    (Part::Reader, "reader"),
];

impl Api {
    /// An organisation of its own.
    pub fn organisation(&self) -> String {
        let body = json!({"name": self.unique("Welzijn Voorbeeld"), "kind": "welfare"});
        self.founder().post("/v1/organisations", body).expect(201).id()
    }

    pub fn team(&self) -> Team<'_> {
        let network = json!({"name": self.unique("Buurtteam"), "kind": "team", "locality": "Nijmegen"});
        let id = self.founder().post("/v1/networks", network).expect(201).id();
        let team = Team { api: self, id };
        for (part, role) in MEMBERS {
            team.join(part, role);
        }
        team
    }
}

impl<'a> Team<'a> {
    pub fn join(&self, part: Part, role: &str) -> Answer {
        let member = json!({"personId": self.api.person(part).id, "role": role});
        self.api.founder().post(self.path("members"), member).expect(201)
    }

    /// A collection of the network.
    pub fn path(&self, rest: &str) -> String {
        format!("/v1/networks/{}/{rest}", self.id)
    }

    pub fn coordinator(&self) -> Client {
        self.api.client(Part::Coordinator)
    }

    pub fn facilitator(&self) -> Client {
        self.api.client(Part::Facilitator)
    }

    pub fn practitioner(&self) -> Client {
        self.api.client(Part::Practitioner)
    }

    pub fn expert(&self) -> Client {
        self.api.client(Part::Expert)
    }

    pub fn reader(&self) -> Client {
        self.api.client(Part::Reader)
    }

    pub fn outsider(&self) -> Client {
        self.api.client(Part::Outsider)
    }

    /// A new cycle, in phase `plan`.
    pub fn cycle(&self) -> Cycle<'_, 'a> {
        self.cycle_with(json!({}))
    }

    pub fn cycle_with(&self, members: Value) -> Cycle<'_, 'a> {
        let cycle = with(json!({"learningQuestion": "Wat helpt tegen eenzaamheid?"}), members);
        let id = self.facilitator().post(self.path("cycles"), cycle).expect(201).id();
        Cycle { team: self, id }
    }

    /// A session that was held, with these people present.
    pub fn held(&self, members: Value, present: &[Part]) -> Session<'_> {
        let body = with(session(), members);
        let id = self.facilitator().post(self.path("sessions"), body).expect(201).id();
        let session = Session { api: self.api, id };
        let body = json!({"to": "held", "presentIds": session.people(present)});
        self.facilitator().post(session.path("transitions"), body).expect(200);
        session
    }

    /// An effect arena by the practitioner, as a draft; its path.
    pub fn arena(&self, members: Value) -> String {
        let made = self.practitioner().post(self.path("effect-arenas"), with(arena(), members)).expect(201);
        format!("/v1/effect-arenas/{}", made.id())
    }

    pub fn pseudonym(&self) -> String {
        self.practitioner().post(self.path("pseudonyms"), json!({"ageBand": "age_65_79"})).expect(201).id()
    }
}

/// One test's session.
pub struct Session<'a> {
    api: &'a Api,
    pub id: String,
}

impl Session<'_> {
    pub fn itself(&self) -> String {
        format!("/v1/sessions/{}", self.id)
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/v1/sessions/{}/{rest}", self.id)
    }

    fn people(&self, parts: &[Part]) -> Vec<&str> {
        parts.iter().map(|part| self.api.person(*part).id.as_str()).collect()
    }

    /// Corrects who was present, as the founder.
    pub fn correct(&self, present: &[Part]) -> Answer {
        let founder = self.api.founder();
        let version = founder.get(self.itself()).expect(200).version();
        founder.patch(self.itself(), version, json!({"presentIds": self.people(present)})).expect(200)
    }

    /// A note of somebody's; its id.
    pub fn note(&self, author: Part, visibility: &str) -> String {
        self.api.client(author).post(self.path("notes"), note(visibility)).expect(201).id()
    }
}

/// One test's cycle. What is made here is made by the practitioner, unless it takes a facilitator.
pub struct Cycle<'t, 'a> {
    pub team: &'t Team<'a>,
    pub id: String,
}

impl Cycle<'_, '_> {
    pub fn path(&self, rest: &str) -> String {
        format!("/v1/cycles/{}/{rest}", self.id)
    }

    pub fn get(&self) -> Answer {
        self.team.facilitator().get(format!("/v1/cycles/{}", self.id)).expect(200)
    }

    fn create(&self, collection: &str, body: Value) -> Answer {
        self.team.practitioner().post(self.path(collection), body).expect(201)
    }

    pub fn ask(&self, members: Value) -> String {
        self.create("questions", with(question(), members)).id()
    }

    pub fn observe(&self, members: Value) -> String {
        self.create("observations", with(observation(), members)).id()
    }

    pub fn reflect(&self, observations: &[&str], members: Value) -> String {
        self.create("reflections", with(reflection(observations), members)).id()
    }

    /// An action that the practitioner owns.
    pub fn act(&self, reflections: &[&str], members: Value) -> String {
        let owner = &self.team.api.person(Part::Practitioner).id;
        self.create("actions", with(action(reflections, owner), members)).id()
    }

    pub fn evaluate(&self, action: &str, members: Value) -> String {
        let evaluations = format!("/v1/actions/{action}/evaluations");
        self.team.practitioner().post(evaluations, with(evaluation(), members)).expect(201).id()
    }

    pub fn tell(&self, question: &str, members: Value) -> String {
        let returns = format!("/v1/questions/{question}/returns");
        self.team.facilitator().post(returns, with(told(), members)).expect(201).id()
    }

    /// A draft by the practitioner.
    pub fn draft(&self, reflections: &[&str], members: Value) -> String {
        self.create("insights", with(insight(reflections), members)).id()
    }

    /// An insight drawn from something fresh, and shared by the coordinator.
    pub fn share(&self, audience: &str) -> String {
        let thought = self.reflect(&[&self.observe(json!({}))], json!({}));
        let made = self.team.coordinator().post(self.path("insights"), insight(&[&thought])).expect(201).id();
        let body = json!({"to": "shared", "audience": audience});
        self.team.coordinator().post(format!("/v1/insights/{made}/transitions"), body).expect(200);
        made
    }

    /// An entry of a theme's dossier, drawn from a fresh insight, put forward by the facilitator and approved by the
    /// coordinator: its id and that of its insight.
    pub fn publish(&self, theme: &str, members: Value) -> (String, String) {
        let insight = self.share("commons");
        let entries = format!("/v1/insights/{insight}/dossier-entries");
        let id = self.team.facilitator().post(entries, with(entry(theme), members)).expect(201).id();
        approve(&self.team.coordinator(), &id);
        (id, insight)
    }

    pub fn withdraw(&self, collection: &str, id: &str) {
        let body = json!({"to": "withdrawn", "reason": "Bij de verkeerde cyclus gelogd."});
        self.team.practitioner().post(format!("/v1/{collection}/{id}/transitions"), body).expect(200);
    }

    pub fn move_to(&self, to: &str) -> Answer {
        self.team.facilitator().post(self.path("transitions"), json!({"to": to})).expect(200)
    }

    /// All the way to `closed`, whatever is open.
    pub fn close(&self) -> Answer {
        let phases = ["plan", "act", "observe", "reflect"];
        let now = self.get().text_of("phase");
        let done = phases.iter().position(|phase| *phase == now).expect("an open phase");
        for phase in &phases[done + 1..] {
            self.move_to(phase);
        }
        let body = json!({"to": "closed", "reason": "De periode is voorbij.", "acceptLooseEnds": true});
        self.team.facilitator().post(self.path("transitions"), body).expect(200)
    }

    pub fn report(&self) -> Answer {
        self.team.coordinator().get(self.path("report")).expect(200)
    }
}

pub fn question() -> Value {
    json!({"text": "Waarom zie ik elke maand iemand anders?", "lifeDomains": ["social_network"]})
}

pub fn observation() -> Value {
    json!({"body": "Mevrouw zei dat ze sinds de zomer niemand meer spreekt.", "perspective": "citizen", "voice": "quoted"})
}

pub fn reflection(observations: &[&str]) -> Value {
    json!({
        "observationIds": observations, "model": "free", "loopDepth": "single",
        "answers": [{"promptId": "free", "text": "We komen op het verkeerde uur."}],
    })
}

pub fn frame_shift() -> Value {
    json!({"assumptionBefore": "Zij vraagt om hulp.", "disruption": "Ze vroeg niets.", "assumptionAfter": "Wij vragen, zij vertelt."})
}

pub fn action(reflections: &[&str], owner: &str) -> Value {
    json!({"reflectionIds": reflections, "description": "Een avond in de week langsgaan.", "kind": "experiment", "ownerId": owner})
}

pub fn evaluation() -> Value {
    json!({
        "expectedEffect": "Meer gesprekken.", "seenEffect": "Drie nieuwe gesprekken.",
        "verdict": "worked", "judgedBy": "citizen",
    })
}

pub fn insight(reflections: &[&str]) -> Value {
    json!({"title": "De drempel ligt bij de deur", "body": "Buiten aanspreken helpt meer dan uitnodigen.", "reflectionIds": reflections})
}

pub fn approach() -> Value {
    json!({"title": "Koffie op de stoep", "description": "Ontmoeten voordat iemand iets hoeft te vragen."})
}

/// A board on which somebody who pays does not reap, and the other way round.
pub fn arena() -> Value {
    json!({
        "title": "Koffie op de stoep",
        "content": {
            "activities": [{"key": "koffie", "name": "Elke dinsdag koffie", "output": {"expected": "Veertig ochtenden"}}],
            "effects": [{"key": "contact", "name": "Buren kennen elkaar", "activityKeys": ["koffie"],
                "expected": "Twaalf mensen hebben iemand om te bellen."}],
            "investors": [{"key": "welzijn", "name": "Welzijn Voorbeeld", "activityKeys": ["koffie"],
                "expected": {"text": "Een sociaal werker", "hours": "80", "euros": "4800.50"}}],
            "collectors": [{"key": "buurt", "name": "De bewoners", "effectKey": "contact",
                "expected": {"text": "Minder alleen"}}],
        },
    })
}

/// How somebody sees a part of the board otherwise.
pub fn view() -> Value {
    json!({"partKey": "contact", "kind": "dissent", "text": "Die mensen kenden elkaar al."})
}

/// A text for the dossier of a theme.
pub fn entry(theme: &str) -> Value {
    json!({
        "themeId": theme, "language": "nl", "title": "De drempel ligt bij de deur",
        "text": "Wie **buiten** wordt aangesproken, komt vaker binnen.", "deIdentified": true,
    })
}

/// Approves an entry as it is now, as somebody who may.
pub fn approve(client: &Client, id: &str) -> Answer {
    let path = format!("/v1/dossier-entries/{id}");
    let version = client.get(&path).expect(200).version();
    let body = json!({"to": "approved", "deIdentified": true});
    client.send(Request::new("POST", format!("{path}/transitions")).if_match(version).json(&body)).expect(200)
}

pub fn told() -> Value {
    json!({"text": "We komen voortaan met dezelfde twee mensen."})
}

pub fn session() -> Value {
    json!({"title": "Leerset", "startsAt": "2026-03-10T13:00:00Z", "place": "Buurthuis Voorbeeld"})
}

pub fn review(action: &str) -> Value {
    json!({"actionId": action, "note": "Twee keer gelukt, de derde keer niet.", "decision": "continue"})
}

pub fn put_question() -> Value {
    json!({"kind": "open", "text": "Wat maakte dat je toen aanbelde?"})
}

/// A note for the `network`, or for those `present`.
pub fn note(visibility: &str) -> Value {
    json!({"text": "Zij wil er eerst met haar team over praten.", "visibility": visibility})
}

/// A body with some members set or replaced.
pub fn with(mut body: Value, members: Value) -> Value {
    let Value::Object(members) = members else { panic!("members are an object") };
    for (key, value) in members {
        body[key] = value;
    }
    body
}

/// A body with one member left out.
pub fn without(mut body: Value, member: &str) -> Value {
    body.as_object_mut().expect("a body is an object").remove(member);
    body
}

/// An instant some seconds ago, as clients write it.
pub fn ago(seconds: i64) -> String {
    (chrono::Utc::now() - chrono::Duration::seconds(seconds))
        .to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
