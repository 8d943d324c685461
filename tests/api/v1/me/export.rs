//! All that is held about oneself, over all networks.

use serde_json::{Value, json};

use crate::support::audit::logged;
use crate::support::check_ins::response;
use crate::support::privacy::{Zip, controllers, get_zip};
use crate::support::team::{approach, new_id, observation, put_question, review, view, with};
use crate::support::{Api, Client, Part, both, eventually};
use crate::v1::cycles::report::faces::{page, stands_alone, texts};

const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

fn export_of(client: &Client) -> Zip {
    Zip::of(&get_zip(client, "/v1/me/export", "nl"))
}

/// Whether a file has a record with this id.
fn has(export: &Zip, file: &str, id: &str) -> bool {
    export.ids(file).iter().any(|known| known == id)
}

#[test]
fn it_holds_the_account_the_roles_and_the_sign_ins_of_oneself() {
    both(|api| {
        let person = api.newcomer("uitvoer");
        api.sign_in(&person.email, "not the password").expect(401);
        let team = api.team();
        let membership = json!({"personId": person.id, "role": "coordinator"});
        let member = api.founder().post(team.path("members"), membership).expect(201).id();
        let client = api.signed_in(&person);
        let key = json!({"name": "Rooster", "role": "reader", "operations": ["getNetwork"]});
        let key = client.post(team.path("api-keys"), key).expect(201);
        let invited = json!({"email": person.email, "role": "reader"});
        let invitation = api.founder().post(api.team().path("invitations"), invited).expect(201);

        let export = export_of(&client);
        export.is_as_described(&api.server.base, "PersonExport");
        let me = client.get("/v1/me").expect(200);
        assert_eq!(export.json("person.json"), me["person"]);
        assert!(!export.records("sign-in-sessions.json").is_empty());
        assert_eq!(export.records("failed-sign-ins.json").len(), 1);
        assert!(has(&export, "memberships.json", &member));
        assert!(has(&export, "invitations.json", &invitation.id()));
        let keys = export.records("api-keys.json");
        assert_eq!(
            (keys.len(), &keys[0]["name"], &keys[0]["role"]),
            (1, &json!("Rooster"), &json!("reader"))
        );
        // Nothing that opens a door.
        for (name, text) in &export.0 {
            for secret in [key.text_of("key"), invitation.text_of("token"), client.token().to_owned()] {
                assert!(!text.contains(&secret), "{name} has a secret");
            }
            assert!(!text.contains("argon2"), "{name} has the digest of a password");
        }
        let changed = export.records("changes.json");
        assert!(changed.iter().any(|change| change["kind"] == "api_key.created"), "{changed:?}");
        assert!(changed.iter().any(|change| change["kind"] == "person.created"), "{changed:?}");
    });
}

#[test]
fn what_one_did_is_told_in_full_and_what_others_did_by_their_role() {
    both(|api| {
        let team = api.team();
        let (person, pseudonym) = (api.newcomer("gelezen"), team.pseudonym());
        let membership = json!({"personId": person.id, "role": "reader"});
        api.founder().post(team.path("members"), membership).expect(201);
        let client = api.signed_in(&person);
        let seen = team.cycle().observe(json!({}));
        client.get(format!("/v1/observations/{seen}")).expect(200);
        client.get(format!("/v1/pseudonyms/{pseudonym}")).expect(200);
        client.post(team.path("observations"), observation()).refused(403, "forbidden");
        team.coordinator().get(format!("/v1/people/{}", person.id)).expect(200);
        logged(&team, "operation = 'createInboxObservation'", 1);
        eventually("the account's reading is logged", || {
            export_of(&client).records("accesses.json").iter().any(|one| one["name"] == "getPerson")
        });

        let export = export_of(&client);
        export.is_as_described(&api.server.base, "PersonExport");
        let told = export.records("accesses.json");
        let named = |name: &str| {
            told.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name} in {told:?}"))
        };
        let read = named("getObservation");
        assert_eq!((&read["own"], &read["objectId"]), (&json!(true), &json!(seen)));
        assert_eq!((&read["networkId"], &read["other"]), (&json!(team.id), &Value::Null));
        assert_eq!(named("getPseudonym")["objectId"], NOBODY);
        let refused = named("createInboxObservation");
        assert_eq!((&refused["outcome"], &refused["reason"]), (&json!("refused"), &json!("forbidden")));
        let looked = named("getPerson");
        assert_eq!((&looked["own"], &looked["other"]), (&json!(false), &json!(1)));
        assert_eq!(looked["objectId"], json!(person.id));
        let reader = &api.person(Part::Coordinator).id;
        assert!(!export.text("accesses.json").contains(reader), "not by name");
    });
}

/// One record of each kind that somebody makes in a network, with the file that it must be in.
fn made(api: &Api) -> Vec<(&'static str, String)> {
    let team = api.team();
    let cycle = team.cycle();
    let (practitioner, expert) = (team.practitioner(), api.person(Part::Expert).id.clone());
    let asked = cycle.ask(json!({}));
    let seen = cycle.observe(json!({"aboutPseudonymIds": [team.pseudonym()]}));
    let thought = cycle.reflect(&[&seen], json!({"visibility": "author"}));
    let shared = cycle.reflect(&[&seen], json!({}));
    let tried = cycle.act(&[&shared], json!({}));
    let judged = cycle.evaluate(&tried, json!({}));
    let learned = cycle.draft(&[&shared], json!({}));
    let way = practitioner.post(team.path("approaches"), approach()).expect(201).id();
    let version = json!({"text": "Elke dinsdag buiten."});
    let version = practitioner.post(format!("/v1/approaches/{way}/versions"), version).expect(201).id();
    let session = team.held(json!({"cycleId": cycle.id}), &[Part::Practitioner]);
    let reviewed = practitioner.post(session.path("action-reviews"), review(&tried)).expect(201).id();
    let put = practitioner.post(session.path("questions"), put_question()).expect(201).id();
    let noted = session.note(Part::Practitioner, "present");
    let square = team.square(json!({}));
    let perceived = square.perceived(Part::Practitioner, json!({}));
    let arena = team.arena(json!({"participantIds": [expert]}));
    let differing = practitioner.post(format!("{arena}/views"), view()).expect(201).id();
    let check_in = team.check_in();
    let responded = team.respond(&check_in, Part::Practitioner, response(3)).expect(201).id();
    let competence =
        api.founder().post("/v1/competences", json!({"name": api.unique("Luisteren")})).expect(201).id();
    let goal = json!({"competenceId": competence});
    let goal = practitioner.post("/v1/me/learning-goals", goal).expect(201).id();
    let consent = team.consents(Part::Practitioner, "X-1");
    let logged =
        json!({"action": "create", "type": "observation", "cycleId": cycle.id, "body": observation()});
    let batch = new_id();
    practitioner.post("/v1/batches", json!({"id": batch, "items": [logged]})).expect(200);
    cycle.withdraw("observations", &seen);
    let arena = arena.rsplit('/').next().unwrap_or_default().to_owned();
    vec![
        ("questions.json", asked),
        ("observations.json", seen),
        ("reflections.json", thought),
        ("reflections.json", shared),
        ("actions.json", tried),
        ("evaluations.json", judged),
        ("insights.json", learned),
        ("approaches.json", way),
        ("approach-versions.json", version),
        ("sessions.json", session.id.clone()),
        ("action-reviews.json", reviewed),
        ("session-questions.json", put),
        ("session-notes.json", noted),
        ("effect-squares.json", square.id.clone()),
        ("perceptions.json", perceived),
        ("effect-arenas.json", arena),
        ("effect-arena-views.json", differing),
        ("check-in-responses.json", responded),
        ("learning-goals.json", goal),
        ("research-consents.json", consent),
        ("batches.json", batch),
    ]
}

#[test]
fn it_holds_what_one_wrote_in_any_network_and_nothing_that_is_anothers_alone() {
    both(|api| {
        let made = [made(api), made(api)].concat();
        let export = export_of(&api.client(Part::Practitioner));
        export.is_as_described(&api.server.base, "PersonExport");
        for (file, id) in &made {
            assert!(has(&export, file, id), "{file} lacks {id}");
        }
        // Whom it is about are others.
        let seen = export.records("observations.json");
        let about = |record: &&serde_json::Value| record["aboutPseudonymIds"] == json!([NOBODY]);
        assert!(seen.iter().filter(about).count() >= 2);
        assert!(export.records("transitions.json").iter().any(|made| made["to"] == "withdrawn"));

        let anothers = export_of(&api.client(Part::Expert));
        anothers.is_as_described(&api.server.base, "PersonExport");
        let shared = ["effect-arenas.json"];
        for (file, id) in made.iter().filter(|(file, _)| !shared.contains(file)) {
            assert!(!has(&anothers, file, id), "{file} of another has {id}");
        }
        let arena = |(file, _): &&(&str, String)| shared.contains(file);
        assert!(
            made.iter().filter(arena).all(|(file, id)| has(&anothers, file, id)),
            "the expert thought along"
        );
    });
}

#[test]
fn one_thought_along_with_others() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let expert = &api.person(Part::Expert).id;
        let shared = cycle.reflect(&[&seen], json!({"participantIds": [expert]}));
        let owned = cycle.reflect(&[&seen], json!({}));
        let owned = cycle.act(&[&owned], json!({"ownerId": expert}));
        let export = export_of(&team.expert());
        assert!(has(&export, "reflections.json", &shared) && has(&export, "actions.json", &owned));
    });
}

#[test]
fn it_reaches_networks_that_one_left() {
    both(|api| {
        let team = api.team();
        team.join(Part::Colleague, "practitioner");
        let seen =
            api.client(Part::Colleague).post(team.path("observations"), observation()).expect(201).id();
        let members = team.coordinator().get(team.path("members")).expect(200);
        let colleague = api.person(Part::Colleague).id.as_str();
        let member = members.items().iter().find(|member| member["personId"] == colleague).expect("a member");
        let member = member["id"].as_str().expect("an id");
        team.coordinator().delete(format!("/v1/members/{member}"), 1).expect(204);
        let export = export_of(&api.client(Part::Colleague));
        assert!(has(&export, "observations.json", &seen) && has(&export, "memberships.json", member));
    });
}

#[test]
fn the_page_names_each_network_and_who_answers_for_it() {
    both(|api| {
        let person = api.newcomer("bladzijde");
        let client = api.signed_in(&person);
        let teams = [api.team(), api.team()];
        for team in &teams {
            let membership = json!({"personId": person.id, "role": "practitioner"});
            api.founder().post(team.path("members"), membership).expect(201);
            client.post(team.path("observations"), with(observation(), json!({}))).expect(201);
        }
        let [first, second] = [api.organisation(), api.organisation()];
        let answering = controllers(&first, &second);
        teams[1].coordinator().patch(teams[1].path("controllership"), 0, answering).expect(200);
        let export = export_of(&client);
        let answer = crate::support::Answer::new(
            "index".into(),
            200,
            Vec::new(),
            export.text("index.html").to_owned(),
        );
        let page = page(&answer);
        stands_alone(&page);
        assert_eq!(texts(&page, "h1"), ["Wat er is bewaard over bladzijde"]);
        let named = texts(&page, "h3");
        for team in &teams {
            let name = team.reader().get(format!("/v1/networks/{}", team.id)).expect(200).text_of("name");
            assert!(named.contains(&name), "{named:?}");
        }
        let facts = texts(&page, "dd");
        assert!(facts.iter().any(|fact| fact == "Nog niet genoemd"), "{facts:?}");
        assert!(facts.iter().any(|fact| fact == "Hosting Voorbeeld"), "{facts:?}");
    });
}

#[test]
fn no_pseudonym_is_named_in_it() {
    both(|api| {
        let team = api.team();
        let pseudonym = team.pseudonym();
        let cycle = team.cycle();
        cycle.ask(json!({"pseudonymId": pseudonym}));
        cycle.observe(json!({"onBehalfOfPseudonymId": pseudonym}));
        team.consented(&pseudonym, "X-1");
        let export = export_of(&team.practitioner());
        for (name, text) in &export.0 {
            assert!(!text.contains(&pseudonym), "{name} names a pseudonym");
        }
        let made = |change: &serde_json::Value| {
            change["kind"] == "pseudonym.created" && change["subjectId"] == NOBODY
        };
        assert!(export.records("changes.json").iter().any(made), "that one was made is told");
    });
}
