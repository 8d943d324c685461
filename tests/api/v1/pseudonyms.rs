//! All that is held about a pseudonym, handed out.

use roxmltree::Document;
use serde_json::{Value, json};

use crate::support::audit::logged;
use crate::support::prices::{entry, price};
use crate::support::privacy::{Zip, controllers, get_zip};
use crate::support::team::{Cycle, Team, review};
use crate::support::{Answer, Part, Request, both};
use crate::v1::cycles::report::faces::{HOSTILE, page, stands_alone, texts};

const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

fn export_of(team: &Team<'_>, pseudonym: &str, language: &str) -> Zip {
    Zip::of(&get_zip(&team.coordinator(), format!("/v1/pseudonyms/{pseudonym}/export"), language))
}

/// The page of an export.
fn index(export: &Zip) -> Answer {
    Answer::new("index.html".into(), 200, Vec::new(), export.text("index.html").to_owned())
}

/// What somebody without an account said, and what came of it.
struct Trail {
    asked: String,
    seen: String,
    thought: String,
    tried: String,
    judged: String,
    told: String,
}

fn trail(cycle: &Cycle<'_, '_>, pseudonym: &str) -> Trail {
    let asked = cycle.ask(json!({"pseudonymId": pseudonym}));
    let seen = cycle.observe(json!({"aboutPseudonymIds": [pseudonym], "questionId": asked}));
    let thought = cycle.reflect(&[&seen], json!({}));
    let tried = cycle.act(&[&thought], json!({}));
    let judged = cycle.evaluate(&tried, json!({}));
    let told = cycle.tell(&asked, json!({}));
    Trail { asked, seen, thought, tried, judged, told }
}

#[test]
fn it_holds_what_names_the_pseudonym_and_what_follows_from_that() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (own, other) = (team.pseudonym(), team.pseudonym());
        let (mine, _) = (trail(&cycle, &own), trail(&cycle, &other));
        let said = cycle.observe(json!({"onBehalfOfPseudonymId": own, "aboutPseudonymIds": [other]}));
        let bearing = cycle.observe(json!({"questionId": mine.asked}));
        cycle.observe(json!({"questionId": mine.asked, "aboutPseudonymIds": [other]}));
        cycle.observe(json!({}));
        let session = team.held(json!({"cycleId": cycle.id}), &[Part::Practitioner]);
        let reviewed =
            team.practitioner().post(session.path("action-reviews"), review(&mine.tried)).expect(201).id();
        let square = team.square(json!({}));
        let perceived = square.perceived(Part::Expert, json!({"pseudonymId": own}));
        square.perceived(Part::Expert, json!({"pseudonymId": other}));
        let calculated = calculation(&team, &own);
        let consented = team.consented(&own, "X-1");
        team.consented(&other, "X-1");
        cycle.withdraw("questions", &mine.asked);

        let export = export_of(&team, &own, "nl");
        export.is_as_described(&api.server.base, "PseudonymExport");
        assert_eq!(export.json("pseudonym.json")["id"], own.as_str());
        let mut seen = [mine.seen, said, bearing];
        seen.sort();
        assert_eq!(export.ids("observations.json"), seen);
        for (name, ids) in [
            ("questions", vec![mine.asked.clone()]),
            ("returns", vec![mine.told]),
            ("reflections", vec![mine.thought]),
            ("actions", vec![mine.tried]),
            ("evaluations", vec![mine.judged]),
            ("action-reviews", vec![reviewed]),
            ("perceptions", vec![perceived]),
            ("effect-calculations", vec![calculated]),
            ("research-consents", vec![consented]),
        ] {
            assert_eq!(export.ids(&format!("{name}.json")), ids, "{name}");
        }
        let moves = export.records("transitions.json");
        assert_eq!((moves.len(), &moves[0]["subjectId"]), (1, &json!(mine.asked)));
        // In the form in which the contract has them.
        let shown = team.reader().get(format!("/v1/questions/{}", mine.asked)).expect(200);
        assert_eq!(export.records("questions.json"), [shown.body]);
    });
}

fn calculation(team: &Team<'_>, pseudonym: &str) -> String {
    let version = team.api.published_prices(&[price("OPV", json!({}))]);
    let body = json!({
        "title": "Eerder een eigen plek", "pseudonymId": pseudonym, "firstYear": 2026, "years": 1,
        "reference": [entry(&version, "OPV", ("2026-01-01", "2026-03-31"), json!({}))],
    });
    team.practitioner().post(team.path("effect-calculations"), body).expect(201).id()
}

#[test]
fn others_are_somebody_else_and_what_is_private_is_not_in_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (own, one, other) = (team.pseudonym(), team.pseudonym(), team.pseudonym());
        let seen =
            cycle.observe(json!({"aboutPseudonymIds": [one, own, other], "onBehalfOfPseudonymId": one}));
        let kept = cycle.reflect(&[&seen], json!({"visibility": "author"}));
        cycle.withdraw("reflections", &kept);
        let export = export_of(&team, &own, "nl");
        let record = &export.records("observations.json")[0];
        assert_eq!(record["aboutPseudonymIds"], json!([NOBODY, own]), "several others are one");
        assert_eq!(record["onBehalfOfPseudonymId"], NOBODY);
        for (name, text) in &export.0 {
            assert!(!text.contains(&one) && !text.contains(&other), "{name} names another");
            assert!(!text.contains(&kept), "{name} has what is its author's alone");
        }
        export.is_as_described(&api.server.base, "PseudonymExport");
    });
}

/// Every member of a component that names a pseudonym is one that is looked at.
#[test]
fn every_member_that_names_a_pseudonym_is_known() {
    both(|api| {
        let document = api.anonymous().get("/v1/openapi.json").expect(200).body;
        let mut found = Vec::new();
        fn visit(value: &Value, found: &mut Vec<String>) {
            if let Some(members) = value["properties"].as_object() {
                let named = members.keys().filter(|name| name.to_lowercase().contains("pseudonym"));
                found.extend(named.cloned());
            }
            match value {
                Value::Object(members) => members.values().for_each(|member| visit(member, found)),
                Value::Array(entries) => entries.iter().for_each(|entry| visit(entry, found)),
                _ => {}
            }
        }
        visit(&document["components"]["schemas"], &mut found);
        found.sort();
        found.dedup();
        // The last is the pseudonym itself.
        let known = ["aboutPseudonymIds", "onBehalfOfPseudonymId", "pseudonymId", "pseudonym"];
        assert!(found.iter().all(|name| known.contains(&name.as_str())), "{found:?}");
    });
}

#[test]
fn the_page_tells_what_there_is_who_answers_for_it_and_what_is_left_out() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let own = team.pseudonym();
        trail(&cycle, &own);
        cycle.observe(json!({"aboutPseudonymIds": [own], "happenedAt": "2026-03-02T10:00:00Z"}));
        let [first, second] = [api.organisation(), api.organisation()];
        team.coordinator().patch(team.path("controllership"), 0, controllers(&first, &second)).expect(200);
        let label = team.reader().get(format!("/v1/pseudonyms/{own}")).expect(200).text_of("label");
        for (language, title, holds, others, joint) in [
            ("nl", "Wat er is bewaard over", "Wat iemand zag of hoorde", "iemand anders", "(De wijkteams)"),
            ("en", "What is held about", "What somebody saw or heard", "somebody else", "(De wijkteams)"),
        ] {
            let export = export_of(&team, &own, language);
            let answer = index(&export);
            let page = page(&answer);
            stands_alone(&page);
            assert_eq!(page.root_element().attribute("lang"), Some(language));
            assert_eq!(texts(&page, "h1"), [format!("{title} {label}")]);
            let rows: Vec<String> = texts(&page, "tr");
            let seen = rows.iter().find(|row| row.starts_with("observations.json")).expect("a row");
            assert!(seen.contains(holds) && seen.contains("2 ma") | seen.contains("2 Ma"), "{seen}");
            assert!(seen.contains("Buurtteam"), "{seen}");
            assert!(!rows.iter().any(|row| row.starts_with("perceptions.json")), "what is empty has no row");
            assert!(answer.text.contains("perceptions"), "and is named");
            for told in [others, joint, "Hosting Voorbeeld", "fg@gemeente.example", "Privacyloket"] {
                assert!(answer.text.contains(told), "{told}");
            }
            assert!(answer.text.contains(NOBODY));
            links_lead_to_files(&page, &export);
        }
    });
}

fn links_lead_to_files(page: &Document<'_>, export: &Zip) {
    let links: Vec<&str> = page.descendants().filter_map(|node| node.attribute("href")).collect();
    assert!(links.len() > 5, "{links:?}");
    for link in links {
        assert!(link == "#main" || export.0.contains_key(link), "{link} leads out of the folder");
    }
}

#[test]
fn the_page_is_harmless_whatever_people_wrote() {
    both(|api| {
        let network = json!({"name": HOSTILE, "kind": "team"});
        let id = api.founder().post("/v1/networks", network).expect(201).id();
        let team = Team { api, id };
        let own = api.founder().post(team.path("pseudonyms"), json!({})).expect(201).id();
        let contact = json!({"name": HOSTILE, "address": HOSTILE});
        let named = json!({"processor": {"name": HOSTILE}, "contactPoint": contact});
        api.founder().patch(team.path("controllership"), 0, named).expect(200);
        let export = Zip::of(&get_zip(&api.founder(), format!("/v1/pseudonyms/{own}/export"), "nl"));
        let answer = index(&export);
        let page = page(&answer);
        stands_alone(&page);
        assert!(texts(&page, "dd").iter().any(|text| text == HOSTILE));
        let policy = page
            .descendants()
            .find_map(|node| node.attribute("content").filter(|it| it.contains("default-src")));
        assert!(
            policy.is_some_and(|it| it.contains("default-src 'none'") && it.contains("style-src 'sha256-"))
        );
    });
}

#[test]
fn it_is_for_coordinators_and_comes_as_a_zip_alone() {
    both(|api| {
        let team = api.team();
        let path = format!("/v1/pseudonyms/{}/export", team.pseudonym());
        for client in [team.reader(), team.practitioner(), team.facilitator()] {
            client.get(&path).refused(403, "forbidden");
        }
        team.outsider().get(&path).refused(404, "not_found");
        team.coordinator()
            .send(Request::new("GET", &path).header("Accept", "application/json"))
            .refused(406, "not_acceptable");
        team.coordinator().get(&path).expect(200);
    });
}

/// What was done, by whom as far as it is told: the code, the name, the number and the role.
fn told(export: &Zip) -> Vec<(String, String, Value, Value)> {
    let text = |record: &Value, member: &str| record[member].as_str().expect("a text").to_owned();
    let one = |record: Value| {
        let (other, role) = (record["other"].clone(), record["role"].clone());
        (text(&record, "code"), text(&record, "name"), other, role)
    };
    export.records("accesses.json").into_iter().map(one).collect()
}

#[test]
fn who_read_changed_or_took_it_out_is_told_by_role_and_not_by_name() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (own, other) = (team.pseudonym(), team.pseudonym());
        let about = |pseudonym: &str| json!({"aboutPseudonymIds": [pseudonym]});
        let (seen, theirs) = (cycle.observe(about(&own)), cycle.observe(about(&other)));
        let path = format!("/v1/observations/{seen}");
        for part in [Part::Reader, Part::Facilitator] {
            api.client(part).get(&path).expect(200);
        }
        team.reader().get(format!("/v1/observations/{theirs}")).expect(200);
        team.reader().patch(&path, 1, json!({"tags": ["avond"]})).refused(403, "forbidden");
        team.practitioner().patch(&path, 1, json!({"tags": ["avond"]})).expect(200);
        let thought = cycle.reflect(&[&seen], json!({}));
        team.reader().get(format!("/v1/reflections/{thought}")).expect(200);
        logged(&team, "operation = 'getReflection'", 1);
        let file = Request::new("GET", cycle.path("observations")).header("Accept", "text/csv");
        team.reader().send(file).expect(200);
        logged(&team, "code = 'E'", 1);
        logged(&team, "outcome = 'refused'", 1);

        let export = export_of(&team, &own, "nl");
        export.is_as_described(&api.server.base, "PseudonymExport");
        let told = told(&export);
        let is = |code: &str, name: &str, role: &str| {
            let as_told =
                |one: &&(String, String, Value, Value)| one.0 == code && one.1 == name && one.3 == role;
            told.iter().filter(as_told).map(|one| one.2.clone()).collect::<Vec<_>>()
        };
        let reader = is("R", "getObservation", "reader");
        assert_eq!(reader.len(), 1, "and not of the other: {told:?}");
        assert_eq!(is("U", "updateObservation", "reader"), reader, "known again");
        assert_eq!(is("E", "listCycleObservations", "reader"), reader);
        assert_eq!(is("R", "getReflection", "reader"), reader, "what follows from it");
        assert_ne!(is("R", "getObservation", "facilitator"), reader);
        assert_eq!(is("C", "observation.created", "practitioner").len(), 1);
        let practitioner = is("U", "observation.updated", "practitioner");
        assert_eq!(practitioner, is("C", "observation.created", "practitioner"));
        let text = export.text("accesses.json");
        for part in [Part::Reader, Part::Facilitator, Part::Practitioner] {
            assert!(!text.contains(&api.person(part).id), "{text}");
        }
        assert!(!text.contains(&theirs) && !text.contains(&other), "{text}");
    });
}

#[test]
fn more_than_is_read_at_a_time_is_exported_whole() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let own = team.pseudonym();
        let line = json!({"body": "Gezien.", "perspective": "citizen", "aboutPseudonymIds": [own]})
            .to_string()
            + "\n";
        let import = Request::new("POST", cycle.path("imports?type=observation"));
        team.practitioner().send(import.raw("application/jsonl", line.repeat(450))).expect(200);
        let ids = export_of(&team, &own, "nl").ids("observations.json");
        assert_eq!(ids.len(), 450);
        assert!(ids.is_sorted_by(|one, next| one < next), "each once");
        let mine = Zip::of(&get_zip(&team.practitioner(), "/v1/me/export", "nl")).ids("observations.json");
        assert!(ids.iter().all(|id| mine.contains(id)));
    });
}
