//! Practice as xAPI statements, read.

use serde_json::{Value, json};

use crate::support::team::{Cycle, frame_shift};
use crate::support::{Api, Client, Part, both, both_alone};

/// What is read in one direction, page by page.
fn pages(client: &Client, path: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut next = path.to_owned();
    while !next.is_empty() {
        let page = client.get(&next).expect(200);
        assert_eq!(page.header("x-experience-api-version"), Some("2.0.0"));
        all.extend(page["statements"].as_array().expect("statements").clone());
        next = page.text_of("more");
    }
    all
}

fn read(cycle: &Cycle<'_, '_>) -> Vec<Value> {
    pages(&cycle.team.coordinator(), &cycle.team.path("xapi-statements?ascending=true"))
}

fn verbs(statements: &[Value]) -> Vec<&str> {
    let ids = statements.iter().map(|statement| statement["verb"]["id"].as_str().expect("a verb"));
    ids.filter_map(|id| id.rsplit('/').next()).collect()
}

/// Statements of a record; those that void are of none.
fn of<'s>(statements: &'s [Value], id: &str) -> Vec<&'s Value> {
    statements
        .iter()
        .filter(|statement| statement["object"]["id"].as_str().is_some_and(|address| address.ends_with(id)))
        .collect()
}

/// What a record's statement says of a member.
fn member<'s>(statement: &'s Value, name: &str) -> Vec<&'s Value> {
    let of = |part: &'s Value| part["extensions"].as_object().into_iter().flatten();
    of(&statement["context"])
        .chain(of(&statement["result"]))
        .filter(|(key, _)| key.ends_with(&format!("/properties/{name}")))
        .map(|(_, value)| value)
        .collect()
}

#[test]
fn each_kind_of_record_is_a_statement() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = cycle.ask(json!({"happenedAt": "2026-03-01T09:00:00Z"}));
        let seen = cycle.observe(json!({"questionId": asked}));
        let thought = cycle.reflect(&[&seen], json!({"loopDepth": "double", "frameShift": frame_shift()}));
        let tried = cycle.act(&[&thought], json!({"carriedOutBy": "joint"}));
        let judged = cycle.evaluate(&tried, json!({"verdict": "partly"}));
        cycle.tell(&asked, json!({}));
        let statements = read(&cycle);
        assert_eq!(verbs(&statements), ["asked", "observed", "commented", "planned", "evaluated"]);
        for (statement, (path, id)) in statements.iter().zip([
            ("questions", &asked),
            ("observations", &seen),
            ("reflections", &thought),
            ("actions", &tried),
            ("evaluations", &judged),
        ]) {
            let address = format!("{}/v1/{path}/{id}", api.server.base);
            assert_eq!(statement["object"]["id"], address);
            assert_eq!(statement["actor"]["account"]["homePage"], api.server.base);
            assert_eq!(statement["actor"], statements[0]["actor"], "all are the practitioner's");
            assert_eq!(statement["context"]["platform"], "feedbacklus");
            let activities = &statement["context"]["contextActivities"];
            assert_eq!(activities["parent"][0]["id"], format!("{}/v1/cycles/{}", api.server.base, cycle.id));
            assert_eq!(
                activities["grouping"][0]["id"],
                format!("{}/v1/networks/{}", api.server.base, team.id)
            );
            assert_eq!(member(statement, "version"), [&json!(1)]);
        }
        assert_eq!(statements[0]["timestamp"], "2026-03-01T09:00:00.000Z");
        let other = |index: usize| &statements[index]["context"]["contextActivities"]["other"][0]["id"];
        assert_eq!(other(1), &statements[0]["object"]["id"]);
        assert_eq!(other(2), &statements[1]["object"]["id"]);
        assert_eq!(other(3), &statements[2]["object"]["id"]);
        assert_eq!(other(4), &statements[3]["object"]["id"]);
        assert_eq!(member(&statements[1], "perspective"), [&json!("citizen")]);
        assert_eq!(
            (member(&statements[2], "model"), member(&statements[2], "loopDepth")),
            (vec![&json!("free")], vec![&json!("double")])
        );
        assert_eq!(
            (member(&statements[3], "kind"), member(&statements[3], "carriedOutBy")),
            (vec![&json!("experiment")], vec![&json!("joint")])
        );
        assert_eq!(statements[4]["result"]["score"], json!({"scaled": 0.5}));
        assert_eq!(member(&statements[4], "verdict"), [&json!("partly")]);
        // Each extension is named by where the contract explains it.
        let contract = api.anonymous().get("/v1/openapi.json").expect(200).body;
        for statement in &statements {
            for part in ["context", "result"] {
                for (key, _) in statement[part]["extensions"].as_object().into_iter().flatten() {
                    let (document, pointer) = key.split_once('#').expect("a fragment");
                    assert_eq!(document, format!("{}/v1/openapi.json", api.server.base));
                    assert!(contract.pointer(pointer).is_some(), "{key}");
                }
            }
        }
    });
}

#[test]
fn a_changed_record_has_one_statement_and_a_withdrawn_one_none() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let first = read(&cycle).remove(0);
        assert_eq!(read(&cycle)[0], first, "read again it is the same");
        let path = format!("/v1/observations/{seen}");
        team.practitioner().patch(&path, 1, json!({"perspective": "practitioner"})).expect(200);
        let statements = read(&cycle);
        assert_eq!(verbs(&statements), ["voided", "observed"]);
        assert_eq!(statements[0]["object"], json!({"objectType": "StatementRef", "id": first["id"]}));
        assert_eq!(statements[0]["actor"], first["actor"]);
        assert_ne!(statements[1]["id"], first["id"]);
        assert_eq!(member(&statements[1], "perspective"), [&json!("practitioner")]);

        let body = json!({"to": "withdrawn", "reason": "Dubbel gelogd."});
        team.coordinator().post(format!("{path}/transitions"), body).expect(200);
        let withdrawn = read(&cycle);
        assert_eq!(verbs(&withdrawn), ["voided", "voided"]);
        assert_eq!(withdrawn[1]["object"]["id"], statements[1]["id"]);
        assert_ne!(withdrawn[1]["actor"], withdrawn[0]["actor"], "by whoever withdrew it");
        team.practitioner().post(format!("{path}/transitions"), json!({"to": "logged"})).expect(200);
        let restored = read(&cycle);
        assert_eq!(of(&restored, &seen).len(), 1);
        assert!(![&first["id"], &statements[1]["id"]].contains(&&of(&restored, &seen)[0]["id"]));

        // An action is what its owner did with it last.
        let thought = cycle.reflect(&[&seen], json!({}));
        let tried = cycle.act(&[&thought], json!({}));
        for (to, verb) in [("doing", "started"), ("done", "completed")] {
            team.practitioner()
                .post(format!("/v1/actions/{tried}/transitions"), json!({"to": to}))
                .expect(200);
            let statements = read(&cycle);
            let of = of(&statements, &tried);
            assert_eq!((of.len(), of[0]["verb"]["display"]["en"].as_str()), (1, Some(verb)));
        }
    });
}

#[test]
fn what_moves_is_told_of_where_it_is() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let (one, two, elsewhere) = (team.cycle(), team.cycle(), other.cycle());
        let seen = one.observe(json!({}));
        let first = read(&one).remove(0);
        let moves = format!("/v1/observations/{seen}/moves");
        let body = |network: &str, cycle: &str| json!({"networkId": network, "cycleId": cycle});
        team.practitioner().post(&moves, body(&team.id, &two.id)).expect(200);
        let statements = read(&one);
        assert_eq!(verbs(&statements), ["voided", "observed"], "voided once");
        assert_eq!(statements[0]["object"]["id"], first["id"]);
        // Each statement on a page of its own, and backwards: the same.
        let coordinator = team.coordinator();
        assert_eq!(pages(&coordinator, &team.path("xapi-statements?ascending=true&limit=1")), statements);
        let mut backwards = pages(&coordinator, &team.path("xapi-statements?limit=1"));
        backwards.reverse();
        assert_eq!(backwards, statements);

        team.practitioner().post(&moves, body(&other.id, &elsewhere.id)).expect(200);
        assert_eq!(verbs(&read(&one)), ["voided", "voided"]);
        let there = read(&elsewhere);
        assert_eq!(of(&there, &seen).len(), 1);
        assert_ne!(there.last().expect("one")["actor"], first["actor"], "people go by another name there");
    });
}

#[test]
fn what_is_its_authors_alone_is_not_told() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let private = cycle.reflect(&[&seen], json!({"visibility": "author"}));
        let path = format!("/v1/reflections/{private}");
        let told = |what: &str| {
            let statements = read(&cycle);
            assert_eq!(
                statements.iter().any(|one| one.to_string().contains(&private)),
                what == "told",
                "{statements:?}"
            );
            statements
        };
        assert_eq!(verbs(&told("not")), ["observed"]);
        let shown = team.practitioner().patch(&path, 1, json!({"visibility": "network"})).expect(200);
        let statement = of(&told("told"), &private)[0]["id"].clone();
        team.practitioner().patch(&path, shown.version(), json!({"visibility": "author"})).expect(200);
        let statements = told("not");
        assert!(
            statements.iter().any(|one| one["object"]["id"] == statement),
            "it is voided: {statements:?}"
        );
    });
}

/// Words that stand in what people wrote, their names and addresses, and nowhere else.
pub const WRITTEN: [&str; 16] = [
    "elke maand iemand",
    "sinds de zomer",
    "verkeerde uur",
    "avond in de week",
    "Meer gesprekken",
    "nieuwe gesprekken",
    "Zij vraagt om hulp",
    "Ze vroeg niets",
    "zij vertelt",
    "social_network",
    "koffiedik",
    "Buren",
    "Alleen op afspraak",
    "Bij de verkeerde",
    "Wat helpt tegen",
    "Buurtteam",
];

/// Practice with a text wherever there can be one.
pub fn write_all_over(api: &Api, cycle: &Cycle<'_, '_>) {
    let asked = cycle.ask(json!({}));
    let seen = cycle.observe(json!({"questionId": asked, "tags": ["koffiedik"]}));
    let thought = cycle.reflect(&[&seen], json!({"loopDepth": "double", "frameShift": frame_shift()}));
    let rule = json!({"rule": "Alleen op afspraak.", "organisationId": api.organisation()});
    let tried = cycle.act(&[&thought], json!({"challenges": rule}));
    cycle.evaluate(&tried, json!({"beneficiaries": "Buren"}));
    cycle.withdraw("observations", &cycle.observe(json!({})));
}

#[test]
fn nobody_is_named_and_nothing_that_was_written_is_told() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        write_all_over(api, &cycle);
        let text = json!(read(&cycle)).to_string();
        for word in WRITTEN {
            assert!(!text.contains(word), "{word}");
        }
        let practitioner = api.person(Part::Practitioner);
        for name in
            [practitioner.id.as_str(), &practitioner.email, "tests.example", "practitioner@", "Mevrouw"]
        {
            assert!(!text.contains(name), "{name}");
        }
    });
    both_alone(&[("XAPI_FREE_TEXT", "true")], |api| {
        let team = api.team();
        let cycle = team.cycle();
        write_all_over(api, &cycle);
        let text = json!(read(&cycle)).to_string();
        // A withdrawn record is gone with its reason; of networks and cycles it is told where they are.
        for word in &WRITTEN[..13] {
            assert!(text.contains(word), "{word}");
        }
        for word in [&api.person(Part::Practitioner).id, "tests.example", "Bij de verkeerde"] {
            assert!(!text.contains(word), "{word}");
        }
    });
}

#[test]
fn who_reads_on_misses_nothing() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let made: Vec<String> = (0..5).map(|_| cycle.observe(json!({}))).collect();
        let coordinator = team.coordinator();
        let path = team.path("xapi-statements?ascending=true&limit=2");
        let second = coordinator.get(&path).expect(200).text_of("more");
        let last = coordinator.get(&second).expect(200).text_of("more");
        let page = coordinator.get(&last).expect(200);
        assert_eq!((page["statements"].as_array().map(Vec::len), page["more"].as_str()), (Some(1), Some("")));
        let newer = cycle.observe(json!({}));
        let page = coordinator.get(&last).expect(200);
        assert_eq!(of(page["statements"].as_array().expect("two"), &newer).len(), 1);
        assert_eq!(page["statements"].as_array().map(Vec::len), Some(2));
        let newest = coordinator.get(team.path("xapi-statements?limit=1")).expect(200);
        assert!(newest["statements"][0]["object"]["id"].as_str().is_some_and(|id| id.ends_with(&newer)));
        assert_eq!(pages(&coordinator, &path).len(), made.len() + 1);
    });
}

#[test]
fn what_is_asked_for_is_checked() {
    both(|api| {
        let team = api.team();
        let (path, coordinator) = (team.path("xapi-statements"), team.coordinator());
        let ask = |query: &str| coordinator.get(format!("{path}?{query}"));
        ask("limit=0").errors(&[("/limit", "bad_format")]);
        ask("ascending=yes").errors(&[("/ascending", "not_in_enum")]);
        ask("cursor=-1").errors(&[("/cursor", "bad_format")]);
        ask("cursor=9999999999999999999").errors(&[("/cursor", "too_long"), ("/cursor", "bad_format")]);
        ask("cursor=999999999999999999&ascending=true").expect(200);
        ask("since=2026-01-01T00:00:00Z").errors(&[("/since", "unknown_member")]);
        team.reader().get(&path).refused(403, "forbidden");
        team.outsider().get(&path).refused(404, "not_found");
    });
}
