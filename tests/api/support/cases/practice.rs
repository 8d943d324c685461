//! Questions and what was told back, observations, reflections.

use serde_json::json;

use super::{Make, World, get, patch, post, withdrawal};
use crate::support::people::Part;
use crate::support::team::{self, with};

pub const CASES: &[(&str, Make)] = &[
    ("listQuestions", |world, _| get(world.in_cycle("questions"))),
    ("createQuestion", |world, _| post(world.in_cycle("questions"), team::question())),
    ("getQuestion", |world, _| get(format!("/v1/questions/{}", world.question(Part::Colleague).0))),
    ("updateQuestion (another's)", |world, _| update(world, "questions", Part::Colleague)),
    ("updateQuestion (own)", |world, caller| update(world, "questions", world.author(caller))),
    ("transitionQuestion (another's)", |world, _| withdraw("questions", &world.question(Part::Colleague).0)),
    ("transitionQuestion (own)", |world, caller| {
        withdraw("questions", &world.question(world.author(caller)).0)
    }),
    ("listReturns", |world, _| get(format!("/v1/questions/{}/returns", world.question(Part::Colleague).0))),
    ("createReturn", |world, _| {
        post(format!("/v1/questions/{}/returns", world.question(Part::Colleague).0), team::told())
    }),
    ("getReturn", |world, _| get(format!("/v1/returns/{}", told(world, Part::Founder)))),
    ("transitionReturn (another's)", |world, _| withdraw("returns", &told(world, Part::Founder))),
    ("transitionReturn (own)", |world, caller| {
        let teller = if matches!(caller, Part::Facilitator | Part::Coordinator | Part::GuestFacilitator) {
            caller
        } else {
            Part::Founder
        };
        withdraw("returns", &told(world, teller))
    }),
    ("listNetworkQuestions", |world, _| get(world.team.path("questions"))),
    ("listCycleObservations", |world, _| get(world.in_cycle("observations"))),
    ("createObservation", |world, _| post(world.in_cycle("observations"), team::observation())),
    ("getObservation", |world, _| get(format!("/v1/observations/{}", world.observation(Part::Colleague).0))),
    ("updateObservation (another's)", |world, _| update(world, "observations", Part::Colleague)),
    ("updateObservation (own)", |world, caller| update(world, "observations", world.author(caller))),
    ("transitionObservation (another's, withdrawn)", |world, _| {
        withdraw("observations", &world.observation(Part::Colleague).0)
    }),
    ("transitionObservation (own, withdrawn)", |world, caller| {
        withdraw("observations", &world.observation(world.author(caller)).0)
    }),
    ("transitionObservation (another's, closed)", |world, _| close(&world.observation(Part::Colleague).0)),
    ("transitionObservation (own, closed)", |world, caller| {
        close(&world.observation(world.author(caller)).0)
    }),
    ("moveObservation (another's)", |world, _| moved(world, &world.observation(Part::Colleague).0)),
    ("moveObservation (own)", |world, caller| moved(world, &world.observation(world.author(caller)).0)),
    ("createCycleImport", |world, _| {
        import(world.in_cycle("imports?type=observation"), &team::observation().to_string())
    }),
    ("createNetworkImport", |world, _| {
        import(world.team.path("imports?type=pseudonym"), r#"{"ageBand": "age_65_79"}"#)
    }),
    ("listReflectionModels", |_, _| get("/v1/reflection-models")),
    ("getReflectionModel", |_, _| get("/v1/reflection-models/alact")),
    ("listReflections", |world, _| get(world.in_cycle("reflections"))),
    ("listNetworkReflections", |world, _| get(world.team.path("reflections"))),
    ("createReflection", |world, _| {
        post(world.in_cycle("reflections"), team::reflection(&[&world.observation(Part::Colleague).0]))
    }),
    ("getReflection", |world, _| get(format!("/v1/reflections/{}", world.reflection(Part::Colleague).0))),
    ("getReflection (another's, kept to the author)", |world, _| {
        let body =
            with(team::reflection(&[&world.observation(Part::Colleague).0]), json!({"visibility": "author"}));
        get(format!("/v1/reflections/{}", world.record(Part::Colleague, "reflections", body).0))
    }),
    ("updateReflection (another's)", |world, _| update(world, "reflections", Part::Colleague)),
    ("updateReflection (own)", |world, caller| update(world, "reflections", world.author(caller))),
    ("transitionReflection (another's)", |world, _| {
        withdraw("reflections", &world.reflection(Part::Colleague).0)
    }),
    ("transitionReflection (own)", |world, caller| {
        withdraw("reflections", &world.reflection(world.author(caller)).0)
    }),
];

fn update<'w>(world: &World, collection: &str, author: Part) -> super::Call<'w> {
    let ((id, version), body) = match collection {
        "questions" => (world.question(author), json!({"text": "Wie komt er morgen?"})),
        "observations" => (world.observation(author), json!({"tags": ["telefoon"]})),
        _ => (
            world.reflection(author),
            json!({"answers": [{"promptId": "free", "text": "Bij nader inzien."}]}),
        ),
    };
    patch(format!("/v1/{collection}/{id}"), version, body)
}

fn import<'w>(path: String, line: &str) -> super::Call<'w> {
    super::call(crate::support::Request::new("POST", path).raw("application/jsonl", line))
}

fn withdraw<'w>(collection: &str, id: &str) -> super::Call<'w> {
    post(format!("/v1/{collection}/{id}/transitions"), withdrawal())
}

fn close<'w>(observation: &str) -> super::Call<'w> {
    post(
        format!("/v1/observations/{observation}/transitions"),
        json!({"to": "closed", "reason": "Al opgelost."}),
    )
}

fn moved<'w>(world: &World, observation: &str) -> super::Call<'w> {
    post(format!("/v1/observations/{observation}/moves"), json!({"networkId": world.other.id}))
}

fn told(world: &World, teller: Part) -> String {
    let question = world.question(Part::Colleague).0;
    world.api.client(teller).post(format!("/v1/questions/{question}/returns"), team::told()).expect(201).id()
}
