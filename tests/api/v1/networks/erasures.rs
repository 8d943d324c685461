//! Erasing a pseudonym: what goes, what lets go of it, what is left, and where nothing of it may be found any more.

use serde_json::{Value, json};

use crate::support::stored::{changes_of, everything, number};
use crate::support::team::{Team, insight, new_id, observation, question, with};
use crate::support::{Api, Kind, Part, both, both_alone, eventually};

fn erase(team: &Team, pseudonym: &str) -> crate::support::Answer {
    team.coordinator()
        .post(team.path("erasures"), json!({"pseudonymId": pseudonym, "cause": "consent_withdrawn"}))
}

/// Of each kind how many were removed and how many let go.
fn counts(erasure: &Value) -> Vec<(String, i64, i64)> {
    let counts = erasure["counts"].as_array().expect("counts");
    let number = |count: &Value, member: &str| count[member].as_i64().expect("a number");
    counts
        .iter()
        .map(|count| {
            (
                count["kind"].as_str().expect("a kind").to_owned(),
                number(count, "removed"),
                number(count, "unlinked"),
            )
        })
        .collect()
}

fn count(kind: &str, removed: i64, unlinked: i64) -> (String, i64, i64) {
    (kind.to_owned(), removed, unlinked)
}

#[test]
fn everything_about_a_pseudonym_goes_and_what_rests_on_others_too_stays() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (erased, other) = (team.pseudonym(), team.pseudonym());
        let asked = cycle.ask(json!({"pseudonymId": erased}));
        let told = cycle.tell(&asked, json!({}));
        let about = cycle.observe(json!({"aboutPseudonymIds": [other, erased]}));
        let spoken = cycle.observe(json!({"onBehalfOfPseudonymId": erased}));
        let on_question = cycle.observe(json!({"questionId": asked}));
        let unrelated = cycle.observe(json!({"aboutPseudonymIds": [other]}));
        let alone = cycle.reflect(&[&about, &spoken], json!({}));
        let with_others = cycle.reflect(&[&about, &unrelated], json!({}));
        let tried = cycle.act(&[&alone], json!({}));
        let judged = cycle.evaluate(&tried, json!({}));
        let kept_action = cycle.act(&[&alone, &with_others], json!({}));
        let draft = cycle.draft(&[&alone], json!({"evaluationIds": [judged]}));
        let kept_draft = cycle.draft(&[&alone, &with_others], json!({}));
        let square = team.square(json!({"initiatives": [
            {"what": "Koffie", "group": "Bewoners", "actionIds": [tried, kept_action]},
        ]}));
        let arena = team.arena(json!({"actionId": tried}));
        let consent = team.consented(&erased, "METC-7");
        let seen = square.perceived(Part::Practitioner, json!({"pseudonymId": erased}));

        let erasure = erase(&team, &erased).expect(201);
        assert_eq!(
            counts(&erasure.body),
            [
                count("action", 1, 1),
                count("effect_arena", 0, 1),
                count("effect_square", 0, 1),
                count("evaluation", 1, 0),
                count("insight", 1, 1),
                count("observation", 3, 0),
                count("perception", 1, 0),
                count("pseudonym", 1, 0),
                count("question", 1, 0),
                count("reflection", 1, 1),
                count("research_consent", 1, 0),
                count("return", 1, 0),
            ]
        );
        let gone = [
            ("pseudonyms", &erased),
            ("questions", &asked),
            ("returns", &told),
            ("observations", &about),
            ("observations", &spoken),
            ("observations", &on_question),
            ("reflections", &alone),
            ("actions", &tried),
            ("evaluations", &judged),
            ("insights", &draft),
            ("perceptions", &seen),
            ("research-consents", &consent),
        ];
        for (collection, id) in gone {
            let path = format!("/v1/{collection}/{id}");
            team.reader().get(&path).refused(410, "gone");
            team.outsider().get(&path).refused(404, "not_found");
            api.anonymous().get(&path).expect(401);
        }
        let practitioner = team.practitioner();
        practitioner.patch(format!("/v1/observations/{about}"), 1, json!({"tags": []})).refused(410, "gone");
        // A network is not removed: none had the id.
        practitioner.get(format!("/v1/networks/{about}")).refused(404, "not_found");
        practitioner.get(format!("/v1/networks/{about}/members")).refused(404, "not_found");
        practitioner.get(format!("/v1/cycles/{new}/observations", new = new_id())).refused(404, "not_found");

        let get = |path: String| practitioner.get(path).expect(200);
        let kept = get(format!("/v1/reflections/{with_others}"));
        assert_eq!((&kept["observationIds"], kept.version()), (&json!([unrelated]), 2));
        assert_eq!(get(format!("/v1/actions/{kept_action}"))["reflectionIds"], json!([with_others]));
        assert_eq!(get(format!("/v1/insights/{kept_draft}/sources"))["reflectionIds"], json!([with_others]));
        assert_eq!(get(format!("/v1/observations/{unrelated}"))["aboutPseudonymIds"], json!([other]));
        assert_eq!(get(square.itself())["initiatives"][0]["actionIds"], json!([kept_action]));
        assert_eq!(get(arena)["actionId"], Value::Null);
        get(format!("/v1/pseudonyms/{other}"));
        assert_eq!(get(cycle.path("observations")).ids(), [unrelated]);

        let log: Vec<String> =
            changes_of(api, &team.id).into_iter().rev().take(16).map(|row| row.kind).collect();
        let of = |kind: &str| log.iter().filter(|own| *own == kind).count();
        assert_eq!(
            (of("observation.erased"), of("pseudonym.erased"), of("erasure.created")),
            (3, 1, 1),
            "{log:?}"
        );
        assert_eq!((of("reflection.updated"), of("effect_square.updated")), (1, 1), "{log:?}");
        let read = team.coordinator().get(format!("/v1/erasures/{}", erasure.id())).expect(200);
        assert_eq!(read.body, erasure.body);
        assert_eq!(team.coordinator().get(team.path("erasures")).expect(200).ids(), [erasure.id()]);
    });
}

#[test]
fn a_dry_run_counts_the_same_and_leaves_all_as_it_is() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        let seen = cycle.observe(json!({"aboutPseudonymIds": [pseudonym]}));
        let before = changes_of(api, &team.id);
        let body = json!({"pseudonymId": pseudonym, "cause": "objected", "dryRun": true});
        let told = team.coordinator().post(team.path("erasures"), body).expect(200);
        assert_eq!(counts(&told.body), [count("observation", 1, 0), count("pseudonym", 1, 0)]);
        assert_eq!(changes_of(api, &team.id), before);
        team.reader().get(format!("/v1/observations/{seen}")).expect(200);
        team.coordinator().get(format!("/v1/erasures/{}", told.id())).expect(404);
        assert_eq!(counts(&erase(&team, &pseudonym).expect(201).body), counts(&told.body));
    });
}

#[test]
fn nothing_is_made_again_under_an_id_that_was_erased() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        let sent = with(observation(), json!({"id": new_id(), "aboutPseudonymIds": [pseudonym]}));
        let practitioner = team.practitioner();
        practitioner.post(cycle.path("observations"), sent.clone()).expect(201);
        let asked = with(question(), json!({"id": new_id(), "pseudonymId": pseudonym}));
        practitioner.post(cycle.path("questions"), asked.clone()).expect(201);
        erase(&team, &pseudonym).expect(201);

        let again = with(observation(), json!({"id": sent["id"]}));
        practitioner.post(cycle.path("observations"), again.clone()).refused(410, "gone");
        // As what else it may be.
        let id = json!({"id": sent["id"]});
        practitioner.post(team.path("pseudonyms"), id.clone()).refused(410, "gone");
        let hold = with(json!({"reason": "Een klacht."}), id);
        team.coordinator().post(team.path("legal-holds"), hold).refused(410, "gone");
        // In another network nothing is told of it.
        let other = api.team();
        other.practitioner().post(other.cycle().path("observations"), again.clone()).refused(409, "id_taken");
        // A batch goes on with the rest.
        let item = |body: Value| json!({"action": "create", "type": "observation", "cycleId": cycle.id, "body": body});
        let items = json!([item(again), item(observation())]);
        let batch = practitioner.post("/v1/batches", json!({"id": new_id(), "items": items})).expect(200);
        let statuses: Vec<_> =
            batch["results"].as_array().expect("results").iter().map(|it| &it["status"]).collect();
        assert_eq!(statuses, [&json!(410), &json!(201)], "{}", batch.text);
        erase(&team, &pseudonym).refused(410, "gone");
        erase(&team, &new_id()).refused(409, "reference_not_found");
    });
}

#[test]
fn the_figures_of_a_closing_stay_and_lead_to_nobody() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        let seen = cycle.observe(json!({"aboutPseudonymIds": [pseudonym]}));
        cycle.reflect(&[&seen], json!({}));
        cycle.close();
        let before = cycle.report()["atClosing"].clone();
        erase(&team, &pseudonym).expect(201);
        let report = cycle.report();
        assert_eq!(report["atClosing"], before);
        assert_eq!(report["counts"]["observations"], 0);
        let hidden = team.reader().get(cycle.path("observations?figure=observed&at=closing")).expect(200);
        assert!(hidden.items().is_empty(), "{}", hidden.text);
        let sql = format!("SELECT count(*) FROM closing_facts WHERE CAST(facts AS text) LIKE '%{seen}%'");
        assert_eq!(number(api.kind, &api.server.database_url, &sql), 0);
    });
}

/// Words that stand nowhere else, nor do their stems.
const WORDS: [&str; 4] = ["xqkwzva", "xqkwzvb", "xqkwzvc", "xqkwzvd"];

#[test]
fn no_byte_of_the_text_is_left_in_the_database() {
    both_alone(&[], |api| {
        let team = api.team();
        // Snapshots are kept for it.
        let hook = json!({"url": "https://localhost/hook", "kinds": ["*"]});
        team.coordinator().post(team.path("webhooks"), hook).expect(201);
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        let about = |word: &str| json!({"body": format!("Ze zei {word} tegen ons."), "aboutPseudonymIds": [pseudonym]});
        let seen = cycle.observe(about(WORDS[0]));
        let found =
            |word: &str| !team.reader().get(format!("/v1/search?q={word}")).expect(200).items().is_empty();
        eventually("search finds it", || found(WORDS[0]));
        let patch = json!({"body": format!("Ze zei {} tegen ons. {}", WORDS[1], "Lang. ".repeat(900))});
        team.practitioner().patch(format!("/v1/observations/{seen}"), 1, patch).expect(200);
        cycle.observe(about(WORDS[2]));
        cycle.ask(json!({"pseudonymId": pseudonym, "text": format!("Waarom {}?", WORDS[3])}));
        (0..20).for_each(|_| drop(cycle.observe(json!({}))));
        eventually("search finds them", || WORDS[1..].iter().all(|word| found(word)) && !found(WORDS[0]));
        team.reader().get(cycle.path("observations")).expect(200);
        assert!(!left(api).is_empty(), "they are there before");

        erase(&team, &pseudonym).expect(201);
        assert_eq!(left(api), Vec::<String>::new());
        // Nor does what follows the changes bring anything back.
        cycle.observe(json!({"body": "Daarna gezien: yqkwzv."}));
        eventually("search has followed", || found("yqkwzv"));
        assert!(WORDS.iter().all(|word| !found(word)));
        assert_eq!(left(api), Vec::<String>::new());
        let body = team.reader().get(cycle.path("observations")).expect(200).text;
        assert!(WORDS.iter().all(|word| !body.contains(word)));
    });
}

/// The words that the database still has: of SQLite in any byte of its files, of PostgreSQL in any row of any table.
fn left(api: &Api) -> Vec<String> {
    let bytes = match api.kind {
        Kind::Postgres => everything(&api.server.database_url).into_bytes(),
        Kind::Sqlite => {
            let path = api.server.database_url.trim_start_matches("sqlite://");
            let read = |name: String| std::fs::read(name).unwrap_or_default();
            [read(path.to_owned()), read(format!("{path}-wal"))].concat()
        }
    };
    let has = |word: &&&str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    WORDS.iter().filter(has).map(|word| (*word).to_owned()).collect()
}

#[test]
fn who_outside_may_have_been_told_is_named() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        let seen = cycle.observe(json!({"aboutPseudonymIds": [pseudonym]}));
        let hook = json!({"url": "https://localhost/hook", "kinds": ["cycle.*"]});
        let hook = team.coordinator().post(team.path("webhooks"), hook).expect(201).id();
        let thought = cycle.reflect(&[&seen], json!({}));
        let shared = team.coordinator().post(cycle.path("insights"), insight(&[&thought])).expect(201).id();
        let body = json!({"to": "shared", "audience": "network"});
        team.coordinator().post(format!("/v1/insights/{shared}/transitions"), body).expect(200);
        let erasure = erase(&team, &pseudonym).expect(201);
        assert_eq!(erasure["told"], json!([{"kind": "webhook", "id": hook}]));
        // What was shared was written for others: it stays, without its source.
        let kept = team.reader().get(format!("/v1/insights/{shared}/sources")).expect(200);
        assert_eq!(kept["reflectionIds"], json!([]));
    });
}

#[test]
fn an_archived_network_erases_and_others_do_not() {
    both(|api| {
        let team = api.team();
        let pseudonym = team.pseudonym();
        let path = format!("/v1/networks/{}/transitions", team.id);
        team.coordinator().post(&path, json!({"to": "archived", "reason": "Klaar."})).expect(200);
        team.practitioner()
            .post(team.path("erasures"), json!({"pseudonymId": pseudonym, "cause": "objected"}))
            .refused(403, "forbidden");
        erase(&team, &pseudonym).expect(201);
        let bad = json!({"pseudonymId": pseudonym, "cause": "spring_cleaning", "why": "Zomaar."});
        team.coordinator()
            .post(team.path("erasures"), bad)
            .errors(&[("/cause", "not_in_enum"), ("/why", "unknown_member")]);
    });
}
