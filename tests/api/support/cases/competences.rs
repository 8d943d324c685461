//! The catalogue, what people say they can do and want to learn, and the gaps and routes between them.

use serde_json::{Value, json};

use super::{Make, World, delete, get, patch, post, role_of};
use crate::support::people::Part;
use crate::support::team::{question, with};

pub const CASES: &[(&str, Make)] = &[
    ("listCompetences", |_, _| get("/v1/competences")),
    ("createCompetence", |_, _| post("/v1/competences", json!({"name": "Luisteren"}))),
    ("createNetworkCompetence", |world, _| {
        post(world.team.path("competences"), json!({"name": "De wijk kennen"}))
    }),
    ("getCompetence", |world, _| get(format!("/v1/competences/{}", competence(world)))),
    ("getCompetence (a network's own)", |world, _| get(format!("/v1/competences/{}", of_the_team(world)))),
    ("getCompetence (a network's own, asked for)", |world, _| {
        get(format!("/v1/competences/{}", asked_for(world)))
    }),
    ("updateCompetence", |world, _| amended(&competence(world))),
    ("updateCompetence (a network's own)", |world, _| amended(&of_the_team(world))),
    ("updateCompetence (a network's own, asked for)", |world, _| amended(&asked_for(world))),
    ("getCompetenceRoutes", |world, _| get(format!("/v1/competences/{}/routes", competence(world)))),
    ("listCompetenceGaps", |world, _| get(world.team.path("competence-gaps"))),
    ("listMyCompetenceGaps", |_, _| get("/v1/me/competence-gaps")),
    ("listMyCompetences", |_, _| get("/v1/me/competences")),
    ("createCompetenceStatement", |world, _| {
        post("/v1/me/competences", json!({"competenceId": competence(world), "level": "novice"}))
    }),
    ("listCompetenceStatements", |world, _| get(world.team.path("competence-statements"))),
    ("getCompetenceStatement (another's)", |world, _| get(statement(world, Part::Colleague, "network"))),
    ("getCompetenceStatement (another's, kept to themselves)", |world, _| {
        get(statement(world, Part::Colleague, "self"))
    }),
    ("updateCompetenceStatement (another's)", |world, _| {
        patch(statement(world, Part::Colleague, "network"), 1, json!({"offersHelp": true}))
    }),
    ("updateCompetenceStatement (own)", |world, caller| {
        patch(statement(world, caller, "self"), 1, json!({"disclosure": "network"}))
    }),
    ("deleteCompetenceStatement (another's)", |world, _| {
        delete(statement(world, Part::Colleague, "network"), 1)
    }),
    ("deleteCompetenceStatement (own)", |world, caller| delete(statement(world, caller, "network"), 1)),
    ("listEndorsements", |world, _| {
        get(format!("{}/endorsements", statement(world, Part::Colleague, "network")))
    }),
    ("createEndorsement", |world, _| {
        let path = format!("{}/endorsements", statement(world, Part::Colleague, "network"));
        post(path, json!({"note": "Dat zag ik haar doen."}))
    }),
    ("getEndorsement", |world, _| get(endorsement(world, Part::Founder))),
    ("deleteEndorsement (another's)", |world, _| delete(endorsement(world, Part::Founder), 1)),
    ("deleteEndorsement (own)", |world, caller| {
        let guest = matches!(caller, Part::GuestFacilitator | Part::GuestPractitioner | Part::GuestReader);
        let giver = if guest || role_of(caller).is_some() { caller } else { Part::Founder };
        delete(endorsement(world, giver), 1)
    }),
    ("listMyLearningGoals", |_, _| get("/v1/me/learning-goals")),
    ("createLearningGoal", |world, _| {
        post("/v1/me/learning-goals", json!({"competenceId": competence(world)}))
    }),
    ("listLearningGoals", |world, _| get(world.team.path("learning-goals"))),
    ("getLearningGoal (another's)", |world, _| get(goal(world, Part::Colleague, "network"))),
    ("getLearningGoal (another's, kept to themselves)", |world, _| get(goal(world, Part::Colleague, "self"))),
    ("updateLearningGoal (another's)", |world, _| {
        patch(goal(world, Part::Colleague, "network"), 1, json!({"text": "Anders."}))
    }),
    ("updateLearningGoal (own)", |world, caller| {
        patch(goal(world, caller, "self"), 1, json!({"text": "Anders."}))
    }),
    ("transitionLearningGoal (another's)", |world, _| {
        post(format!("{}/transitions", goal(world, Part::Colleague, "network")), achieved())
    }),
    ("transitionLearningGoal (own)", |world, caller| {
        post(format!("{}/transitions", goal(world, caller, "self")), achieved())
    }),
    ("transitionLearningGoal (own, dropped)", |world, caller| {
        let dropped = json!({"to": "dropped", "reason": "Iets anders ging voor."});
        post(format!("{}/transitions", goal(world, caller, "self")), dropped)
    }),
    ("listEvidence", |world, _| get(format!("{}/evidence", learned(world, Part::Colleague)))),
    ("createEvidence (another's)", |world, _| {
        post(format!("{}/evidence", learned(world, Part::Colleague)), proof())
    }),
    ("createEvidence (own)", |world, caller| post(format!("{}/evidence", learned(world, caller)), proof())),
    ("getEvidence", |world, _| get(evidence(world, Part::Colleague))),
    ("deleteEvidence (another's)", |world, _| delete(evidence(world, Part::Colleague), 1)),
    ("deleteEvidence (own)", |world, caller| delete(evidence(world, caller), 1)),
];

/// A fresh competence of the whole server.
fn competence(world: &World) -> String {
    let body = json!({"name": world.api.unique("Luisteren")});
    world.founder().post("/v1/competences", body).expect(201).id()
}

fn of_the_team(world: &World) -> String {
    let body = json!({"name": world.api.unique("De wijk kennen")});
    world.founder().post(world.team.path("competences"), body).expect(201).id()
}

/// One of the team's own that a question asks for in the cycle where the guests are.
fn asked_for(world: &World) -> String {
    let id = of_the_team(world);
    world.record(Part::Colleague, "questions", with(question(), json!({"competenceIds": [id]})));
    id
}

fn amended<'w>(id: &str) -> super::Call<'w> {
    patch(format!("/v1/competences/{id}"), 1, json!({"description": "Ook zonder afspraak."}))
}

fn made(world: &World, author: Part, path: &str, body: Value) -> String {
    world.api.client(author).post(path, body).expect(201).id()
}

/// The path of a fresh statement.
fn statement(world: &World, author: Part, disclosure: &str) -> String {
    let body = json!({"competenceId": competence(world), "disclosure": disclosure});
    format!("/v1/competence-statements/{}", made(world, author, "/v1/me/competences", body))
}

/// The path of what somebody says to a colleague's statement.
fn endorsement(world: &World, giver: Part) -> String {
    let endorsements = format!("{}/endorsements", statement(world, Part::Colleague, "network"));
    format!("/v1/competence-endorsements/{}", made(world, giver, &endorsements, json!({})))
}

/// The path of a fresh goal.
fn goal(world: &World, author: Part, disclosure: &str) -> String {
    let body = json!({"competenceId": competence(world), "disclosure": disclosure});
    format!("/v1/learning-goals/{}", made(world, author, "/v1/me/learning-goals", body))
}

/// The path of a disclosed goal that was achieved.
fn learned(world: &World, author: Part) -> String {
    let path = goal(world, author, "network");
    world.api.client(author).post(format!("{path}/transitions"), achieved()).expect(200);
    path
}

fn evidence(world: &World, author: Part) -> String {
    let path = format!("{}/evidence", learned(world, author));
    format!("/v1/learning-goal-evidence/{}", made(world, author, &path, proof()))
}

fn achieved() -> Value {
    json!({"to": "achieved", "route": {"kind": "training", "text": "Twee middagen met een acteur."}})
}

fn proof() -> Value {
    json!({"text": "Ze kwam er zelf op terug."})
}
