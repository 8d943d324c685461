//! Erasing a person, and erasures that are carried out again where a backup was put back.

use serde_json::{Value, json};

use crate::support::api_keys::api_key;
use crate::support::backup::Backup;
use crate::support::server::{Server, program, run};
use crate::support::stored::{changes_of, hex, number};
use crate::support::team::{Team, evaluation, new_id, observation, with};
use crate::support::{Api, Kind, Part, both, janitor, on_each};

fn erase(api: &Api, person: &str, members: Value) -> crate::support::Answer {
    let body = with(json!({"personId": person, "cause": "no_longer_needed"}), members);
    api.client(Part::Admin).post("/v1/erasures", body)
}

#[test]
fn a_person_becomes_nobody_and_their_notes_stay() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let leaver = api.newcomer("zilverzebra");
        let member = json!({"personId": leaver.id, "role": "coordinator"});
        api.founder().post(team.path("members"), member).expect(201);
        let client = api.signed_in(&leaver);
        let key = client.post(team.path("api-keys"), api_key()).expect(201).text_of("key");
        let integration = api.with_token(key);
        integration.get(format!("/v1/networks/{}", team.id)).expect(200);
        let seen = client.post(cycle.path("observations"), observation()).expect(201).id();
        let own = json!({"observationIds": [seen], "model": "free", "loopDepth": "single", "visibility": "author",
            "answers": [{"promptId": "free", "text": "Ik twijfel."}]});
        let own = client.post(cycle.path("reflections"), own).expect(201).id();
        let listening =
            api.founder().post("/v1/competences", json!({"name": api.unique("Luisteren")})).expect(201).id();
        let goal = json!({"competenceId": listening, "disclosure": "network", "text": "Beter luisteren."});
        let goal = client.post("/v1/me/learning-goals", goal).expect(201).id();

        let told = erase(api, &leaver.id, json!({"dryRun": true})).expect(200);
        client.get("/v1/me").expect(200);
        let erasure = erase(api, &leaver.id, json!({})).expect(201);
        assert_eq!(erasure["counts"], told["counts"]);
        client.get("/v1/me").expect(401);
        integration.get(format!("/v1/networks/{}", team.id)).expect(401);
        assert_eq!(api.sign_in(&leaver.email, &leaver.password()).status, 401);
        let kept = team.reader().get(format!("/v1/observations/{seen}")).expect(200);
        assert_eq!(kept["authorId"], json!(leaver.id));
        let nobody = team.reader().get(format!("/v1/people/{}", leaver.id)).expect(200);
        assert_eq!((&nobody["displayName"], &nobody["active"]), (&json!("Verwijderd"), &json!(false)));
        team.reader().get(format!("/v1/reflections/{own}")).refused(410, "gone");
        api.client(Part::Admin).get(format!("/v1/learning-goals/{goal}")).expect(404);
        let at = |sql: String| number(api.kind, &api.server.database_url, &sql);
        assert_eq!(
            at(format!(
                "SELECT count(*) FROM people WHERE email = '{}' OR display_name LIKE 'zilverzebra%'",
                leaver.email
            )),
            0
        );
        assert_eq!(at(format!("SELECT count(*) FROM invitations WHERE email = '{}'", leaver.email)), 0);
        erase(api, &leaver.id, json!({})).refused(410, "gone");
        // What they wrote may be asked for later, once.
        erase(api, &leaver.id, json!({"withRecords": true})).expect(201);
        team.reader().get(format!("/v1/observations/{seen}")).refused(410, "gone");
        erase(api, &leaver.id, json!({"withRecords": true})).refused(410, "gone");
        erase(api, &leaver.id, json!({})).refused(410, "gone");
        let again = json!({"email": leaver.email, "displayName": "Een ander"});
        api.founder().post("/v1/people", again).expect(201);
    });
}

#[test]
fn with_records_what_they_wrote_goes_and_that_of_others_stays() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let leaver = api.newcomer("leaver");
        let member = json!({"personId": leaver.id, "role": "practitioner"});
        api.founder().post(team.path("members"), member).expect(201);
        let client = api.signed_in(&leaver);
        let seen = client.post(cycle.path("observations"), observation()).expect(201).id();
        let also = cycle.observe(json!({}));
        let thought = cycle.reflect(&[&seen, &also], json!({}));
        let tried = cycle.act(&[&thought], json!({}));
        let judged = client.post(format!("/v1/actions/{tried}/evaluations"), evaluation()).expect(201).id();
        erase(api, &leaver.id, json!({"withRecords": true})).expect(201);
        team.reader().get(format!("/v1/observations/{seen}")).refused(410, "gone");
        team.reader().get(format!("/v1/evaluations/{judged}")).refused(410, "gone");
        let kept = team.reader().get(format!("/v1/reflections/{thought}")).expect(200);
        assert_eq!(kept["observationIds"], json!([also]));
        team.reader().get(format!("/v1/actions/{tried}")).expect(200);
    });
}

#[test]
fn subscribers_are_told_no_name_of_somebody_who_was_erased() {
    both(|api| {
        let team = api.team();
        let hook = json!({"url": "https://localhost/hook", "kinds": ["*"]});
        team.coordinator().post(team.path("webhooks"), hook).expect(201);
        let leaver = api.newcomer("zilvermeeuw");
        let body = json!({"personId": leaver.id, "role": "practitioner"});
        api.founder().post(team.path("members"), body).expect(201);
        let guest = api.newcomer("zilverreiger");
        let body = json!({"personId": guest.id, "role": "reader"});
        let seat = api.founder().post(team.cycle().path("participants"), body).expect(201);
        let named = |who: &str| {
            let network = format!("{} = '{}'", hex(api.kind, "network_id"), team.id.replace('-', ""));
            let sql = format!(
                "SELECT count(*) FROM change_snapshots WHERE {network} AND lower(CAST(record AS text)) LIKE '%{who}%'"
            );
            number(api.kind, &api.server.database_url, &sql)
        };
        assert_eq!((named("zilvermeeuw"), named("zilverreiger")), (1, 1), "as it was told of");
        for person in [&leaver, &guest] {
            erase(api, &person.id, json!({})).expect(201);
        }
        assert_eq!((named("zilvermeeuw"), named("zilverreiger")), (0, 0));
        assert_eq!(named("verwijderd"), 1, "that the membership ended");
        let ended = team.coordinator().get(format!("/v1/participants/{}", seat.id())).expect(200);
        assert_eq!(ended.version(), 2, "it changed");
        let log = changes_of(api, &team.id);
        assert!(log.iter().any(|change| change.kind == "participant.ended"));
    });
}

#[test]
fn a_network_keeps_its_last_coordinator_and_administrators_themselves() {
    both(|api| {
        let founder = api.founder();
        let alone = api.newcomer("alone");
        let network = json!({"name": api.unique("Klein"), "kind": "team"});
        let network = founder.post("/v1/networks", network).expect(201).id();
        let members = format!("/v1/networks/{network}/members");
        let made =
            founder.post(&members, json!({"personId": alone.id, "role": "coordinator"})).expect(201).id();
        let own = founder.get(&members).expect(200);
        let own = own.items().iter().find(|member| member["id"] != json!(made)).expect("the founder's");
        let path = format!("/v1/members/{}", own["id"].as_str().expect("an id"));
        founder.delete(path, 1).expect(204);
        let refused = erase(api, &alone.id, json!({})).refused(409, "last_coordinator");
        assert_eq!(refused["networkId"], json!(network));
        erase(api, &api.person(Part::Admin).id, json!({})).refused(409, "oneself");
        erase(api, &new_id(), json!({})).refused(409, "reference_not_found");
    });
}

#[test]
fn what_was_erased_goes_again_after_a_backup_was_put_back() {
    on_each(|kind| {
        let journal = janitor::folder("journal").join("erasures");
        let settings = [("ERASURE_JOURNAL", journal.to_str().expect("a plain name"))];
        let api = Api::start(kind, &settings);
        let url = api.server.database_url.clone();
        let team = api.team();
        let cycle = team.cycle();
        let (pseudonym, another) = (team.pseudonym(), team.pseudonym());
        let seen = cycle.observe(json!({"aboutPseudonymIds": [pseudonym]}));
        let leaver = api.newcomer("Zilver");
        api.client(Part::Admin);
        let backup = Backup::take(kind, &url);
        // Named as being about them after the backup.
        let later = cycle.observe(json!({"aboutPseudonymIds": [another]}));
        let (first, second) = (erase_pseudonym(&team, &pseudonym), erase_pseudonym(&team, &another));
        let of_person = self::erase(&api, &leaver.id, json!({})).expect(201).id();
        let line = std::fs::read_to_string(&journal).expect("a journal");
        assert_eq!(line.lines().count(), 3, "{line}");
        assert!(line.contains(&seen) && line.contains(&later) && !line.contains("mevrouw"), "{line}");
        assert!(!line.contains("Zilver") && !line.contains(&leaver.email), "{line}");
        let (id, observations) = (team.id.clone(), cycle.path("observations"));
        api.server.terminate();
        backup.put_back();

        let api = api.on(Server::start(&url, &settings));
        let team = Team { api: &api, id };
        let reader = team.reader();
        for id in [&seen, &later] {
            reader.get(format!("/v1/observations/{id}")).refused(410, "gone");
        }
        let again = with(observation(), json!({"id": later}));
        team.practitioner().post(observations, again).refused(410, "gone");
        reader.get(format!("/v1/pseudonyms/{pseudonym}")).refused(410, "gone");
        assert_eq!(api.sign_in(&leaver.email, &leaver.password()).status, 401);
        for erasure in [&first, &second] {
            let replayed = team.coordinator().get(format!("/v1/erasures/{}", erasure.id())).expect(200);
            assert_ne!(replayed["replayedAt"], Value::Null);
            assert_eq!(replayed["createdAt"], erasure["createdAt"]);
        }
        api.client(Part::Admin).get(format!("/v1/erasures/{of_person}")).expect(200);
        assert!(api.server.logged().contains("carried out again"), "{}", api.server.logged());
        api.server.terminate();

        // By hand, and once.
        backup.put_back();
        let replay = || run(program(&["erasures", "replay"]).arg(&journal).env("DATABASE_URL", &url));
        let told = replay();
        assert!(told.contains("3 erasures; 3 "), "{told}");
        let told = replay();
        assert!(told.contains("3 erasures; 0 "), "{told}");
    });
}

fn erase_pseudonym(team: &Team, id: &str) -> crate::support::Answer {
    team.coordinator()
        .post(team.path("erasures"), json!({"pseudonymId": id, "cause": "objected"}))
        .expect(201)
}

#[test]
fn a_server_without_a_journal_says_so_and_one_that_was_lost_is_made_again() {
    let api = Api::start(Kind::Postgres, &[]);
    assert!(api.server.logged().contains("ERASURE_JOURNAL is not set"), "{}", api.server.logged());

    let api = Api::start(Kind::Sqlite, &[]);
    let team = api.team();
    let body = json!({"pseudonymId": team.pseudonym(), "cause": "objected"});
    let erasure = team.coordinator().post(team.path("erasures"), body).expect(201).id();
    let url = api.server.database_url.clone();
    let journal = format!("{}.erasures", url.trim_start_matches("sqlite://"));
    assert!(std::fs::read_to_string(&journal).expect("it is beside the file").contains(&erasure));
    api.server.terminate();
    std::fs::remove_file(&journal).expect("it is lost");
    let _server = Server::start(&url, &[]);
    assert!(std::fs::read_to_string(&journal).expect("it is there again").contains(&erasure));
}
