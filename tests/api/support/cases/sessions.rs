//! Sessions of a learning set, and what takes place there.

use serde_json::{Value, json};

use super::{Call, Make, World, get, patch, post, withdrawal};
use crate::support::people::Part;
use crate::support::team::{self, with};

pub const CASES: &[(&str, Make)] = &[
    ("listSessions", |world, _| get(world.team.path("sessions"))),
    ("createSession", |world, _| post(world.team.path("sessions"), team::session())),
    ("listCycleSessions", |world, _| get(world.in_cycle("sessions"))),
    ("getSession (of the cycle)", |world, _| get(path(&planned(world)))),
    ("getSession (of the network)", |world, _| get(path(&plan(world, json!({}))))),
    ("updateSession", |world, _| patch(path(&planned(world)), 1, json!({"place": "De Brug"}))),
    ("transitionSession", |world, _| {
        let present = [world.api.person(Part::Colleague).id.clone()];
        post(in_session(&planned(world), "transitions"), json!({"to": "held", "presentIds": present}))
    }),
    ("listOpenActions", |world, _| get(in_session(&planned(world), "open-actions"))),
    ("listSessionReflections", |world, _| get(in_session(&planned(world), "reflections"))),
    ("listActionReviews", |world, _| get(in_session(&planned(world), "action-reviews"))),
    ("createActionReview", |world, _| post(in_session(&held(world), "action-reviews"), review(world))),
    ("getActionReview", |world, _| get(reviewed(world, Part::Colleague))),
    ("transitionActionReview (another's)", |world, _| withdraw(&reviewed(world, Part::Colleague))),
    ("transitionActionReview (own)", |world, caller| withdraw(&reviewed(world, world.author(caller)))),
    ("listSessionQuestions", |world, _| get(in_session(&planned(world), "questions"))),
    ("createSessionQuestion", |world, _| post(in_session(&held(world), "questions"), team::put_question())),
    ("getSessionQuestion", |world, _| get(asked(world, Part::Colleague))),
    ("transitionSessionQuestion (another's)", |world, _| withdraw(&asked(world, Part::Colleague))),
    ("transitionSessionQuestion (own)", |world, caller| withdraw(&asked(world, world.author(caller)))),
    ("listSessionNotes", |world, _| get(in_session(&planned(world), "notes"))),
    ("createSessionNote", |world, _| post(in_session(&held(world), "notes"), team::note("network"))),
    ("getSessionNote", |world, _| get(noted(world, Part::Colleague, "network"))),
    ("getSessionNote (kept to those present)", |world, _| get(noted(world, Part::Colleague, "present"))),
    ("updateSessionNote (another's)", |world, _| update(&noted(world, Part::Colleague, "network"))),
    ("updateSessionNote (another's, kept to those present)", |world, _| {
        update(&noted(world, Part::Colleague, "present"))
    }),
    ("updateSessionNote (own)", |world, caller| update(&noted(world, world.author(caller), "network"))),
    ("transitionSessionNote (another's)", |world, _| withdraw(&noted(world, Part::Colleague, "network"))),
    ("transitionSessionNote (another's, kept to those present)", |world, _| {
        withdraw(&noted(world, Part::Colleague, "present"))
    }),
    ("transitionSessionNote (own)", |world, caller| withdraw(&noted(world, world.author(caller), "network"))),
];

/// Who was present at the sessions of the cases: of the columns of the matrix a member and a guest.
const PRESENT: [Part; 3] = [Part::Colleague, Part::Practitioner, Part::GuestReader];

fn path(session: &str) -> String {
    format!("/v1/sessions/{session}")
}

fn in_session(session: &str, rest: &str) -> String {
    format!("/v1/sessions/{session}/{rest}")
}

fn plan(world: &World, members: Value) -> String {
    world.founder().post(world.team.path("sessions"), with(team::session(), members)).expect(201).id()
}

fn planned(world: &World) -> String {
    plan(world, json!({"cycleId": world.cycle}))
}

fn held(world: &World) -> String {
    let session = planned(world);
    let present = PRESENT.map(|part| world.api.person(part).id.clone());
    let body = json!({"to": "held", "presentIds": present});
    world.founder().post(in_session(&session, "transitions"), body).expect(200);
    session
}

/// What somebody makes in a session that was held, by its own path.
fn made(world: &World, author: Part, collection: &str, own: &str, body: Value) -> String {
    let path = in_session(&held(world), collection);
    format!("/v1/{own}/{}", world.api.client(author).post(path, body).expect(201).id())
}

fn review(world: &World) -> Value {
    team::review(&world.action(Part::Colleague).0)
}

fn reviewed(world: &World, author: Part) -> String {
    made(world, author, "action-reviews", "action-reviews", review(world))
}

fn asked(world: &World, author: Part) -> String {
    made(world, author, "questions", "session-questions", team::put_question())
}

fn noted(world: &World, author: Part, visibility: &str) -> String {
    made(world, author, "notes", "session-notes", team::note(visibility))
}

fn update<'w>(note: &str) -> Call<'w> {
    patch(note, 1, json!({"text": "Bij nader inzien."}))
}

fn withdraw<'w>(record: &str) -> Call<'w> {
    post(format!("{record}/transitions"), withdrawal())
}
