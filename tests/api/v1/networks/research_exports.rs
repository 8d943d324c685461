//! Research exports: what may be used, under numbers of the protocol alone.

use serde_json::json;

use crate::support::privacy::{Zip, controllers, get_zip};
use crate::support::team::{Cycle, Team};
use crate::support::{Api, Part, Request, both};

const PROTOCOL: &str = "METC-2026-014";

const FILES: [&str; 10] = [
    "README.txt",
    "actions.csv",
    "codebook.csv",
    "evaluations.csv",
    "left-out.csv",
    "observations.csv",
    "perceptions.csv",
    "questions.csv",
    "reflections.csv",
    "returns.csv",
];

/// What a loop about somebody came to, each by the practitioner but what was told back.
struct Loop {
    ids: Vec<String>,
}

/// A whole loop about a pseudonym.
fn a_loop(cycle: &Cycle<'_, '_>, pseudonym: &str, mark: &str) -> Loop {
    let asked = cycle.ask(json!({"pseudonymId": pseudonym, "text": format!("Vraag {mark}")}));
    let seen = cycle.observe(json!({
        "questionId": asked, "aboutPseudonymIds": [pseudonym], "onBehalfOfPseudonymId": pseudonym,
        "body": format!("Gezien {mark}"), "tags": ["drempel", "koffie"], "happenedAt": "2026-03-02T23:30:00Z",
    }));
    let thought = cycle.reflect(&[&seen], json!({}));
    let tried = cycle.act(&[&thought], json!({}));
    let judged = cycle.evaluate(&tried, json!({}));
    let told = cycle.tell(&asked, json!({"recognised": "yes"}));
    Loop { ids: vec![asked, seen, thought, tried, judged, told] }
}

fn counts(export: &Zip) -> Vec<usize> {
    ["questions", "observations", "reflections", "actions", "evaluations", "returns"]
        .map(|kind| export.rows(&format!("{kind}.csv")).len())
        .to_vec()
}

fn left_out(export: &Zip, file: &str) -> String {
    let row = export.rows("left-out.csv").into_iter().find(|row| row["file"] == file).expect("it is counted");
    row["left_out"].clone()
}

#[test]
fn records_are_exported_whose_author_and_pseudonyms_all_consent() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (yes, no) = (team.pseudonym(), team.pseudonym());
        a_loop(&cycle, &yes, "ja");
        a_loop(&cycle, &no, "nee");
        // About both, and about nobody.
        cycle.observe(json!({"aboutPseudonymIds": [yes, no], "body": "Gezien beiden"}));
        cycle.observe(json!({"body": "Gezien niemand"}));
        assert_eq!(counts(&team.research_export(PROTOCOL)), [0; 6], "without consents there is nothing");
        team.consented(&yes, PROTOCOL);
        assert_eq!(counts(&team.research_export(PROTOCOL)), [0; 6], "nor with those of pseudonyms alone");
        team.consents(Part::Practitioner, PROTOCOL);

        let export = team.research_export(PROTOCOL);
        assert_eq!(export.0.keys().collect::<Vec<_>>(), FILES);
        // What was told back was told by the facilitator, who consented to nothing.
        assert_eq!(counts(&export), [1, 2, 1, 1, 1, 0]);
        let mut bodies = export.column("observations.csv", "body");
        bodies.sort();
        assert_eq!(bodies, ["Gezien ja", "Gezien niemand"]);
        assert_eq!(export.column("questions.csv", "text"), ["Vraag ja"]);
        assert!(!format!("{:?}", export.0).contains("Gezien nee"));
        team.consents(Part::Facilitator, PROTOCOL);
        assert_eq!(counts(&team.research_export(PROTOCOL)), [1, 2, 1, 1, 1, 1]);
        // Another protocol is another matter.
        assert_eq!(counts(&team.research_export("METC-2026-015")), [0; 6]);
    });
}

#[test]
fn a_withdrawn_consent_is_gone_from_the_next_export_and_nothing_is_deleted() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        a_loop(&cycle, &pseudonym, "eerst");
        cycle.observe(json!({"body": "Gezien niemand"}));
        let own = team.consents(Part::Practitioner, PROTOCOL);
        let of_pseudonym = team.consented(&pseudonym, PROTOCOL);
        assert_eq!(counts(&team.research_export(PROTOCOL)), [1, 2, 1, 1, 1, 0]);
        let withdraw = |id: &str| {
            let moves = format!("/v1/research-consents/{id}/transitions");
            team.practitioner().post(moves, json!({"to": "withdrawn"})).expect(200);
        };
        withdraw(&of_pseudonym);
        let export = team.research_export(PROTOCOL);
        assert_eq!(counts(&export), [0, 1, 0, 0, 0, 0]);
        assert_eq!(export.column("observations.csv", "body"), ["Gezien niemand"]);
        withdraw(&own);
        assert_eq!(counts(&team.research_export(PROTOCOL)), [0; 6]);
        assert_eq!(team.reader().get(team.path("observations")).expect(200).items().len(), 2);
    });
}

#[test]
fn a_consent_counts_from_its_day_to_its_last() {
    both(|api| {
        let team = api.team();
        team.cycle().observe(json!({}));
        let over = json!({"protocol": PROTOCOL, "givenOn": "2024-01-15", "means": "written", "endsOn": "2024-06-30"});
        team.practitioner().post(team.path("research-consents"), over).expect(201);
        assert_eq!(counts(&team.research_export(PROTOCOL)), [0; 6]);
    });
}

#[test]
fn what_is_private_or_withdrawn_is_neither_exported_nor_counted() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        cycle.reflect(&[&seen], json!({"visibility": "author"}));
        let wrong = cycle.observe(json!({"body": "Gezien bij vergissing"}));
        cycle.withdraw("observations", &wrong);
        team.consents(Part::Practitioner, PROTOCOL);
        let export = team.research_export(PROTOCOL);
        assert_eq!(counts(&export), [0, 1, 0, 0, 0, 0]);
        assert_eq!(
            (left_out(&export, "reflections.csv"), left_out(&export, "observations.csv")),
            ("0".into(), "0".into())
        );
    });
}

#[test]
fn what_is_left_out_is_counted_and_few_are_not_told() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        for expected in
            ["fewer than 5", "fewer than 5", "fewer than 5", "fewer than 5", "at least 5", "at least 5"]
        {
            cycle.observe(json!({}));
            assert_eq!(left_out(&team.research_export(PROTOCOL), "observations.csv"), expected);
        }
        assert_eq!(left_out(&team.research_export(PROTOCOL), "questions.csv"), "0");
    });
}

/// No id of the server, no moment and no name of the people.
fn assert_numbered(api: &Api, export: &Zip, known: &[String]) {
    for (name, text) in &export.0 {
        for id in known {
            let bare = id.replace('-', "");
            assert!(!text.contains(id.as_str()) && !text.contains(&bare), "{name} has {id}");
        }
        assert!(!text.contains("T23:30"), "{name} has a moment");
        for part in [Part::Practitioner, Part::Facilitator] {
            assert!(!text.contains(&api.person(part).email), "{name} names somebody");
        }
    }
}

fn whole(team: &Team<'_>, protocol: &str) -> Zip {
    team.consents(Part::Practitioner, protocol);
    team.research_export(protocol)
}

#[test]
fn numbers_are_of_the_protocol_alone_and_moments_are_days() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        let about = a_loop(&cycle, &pseudonym, "ja");
        for protocol in ["X-1", "X-2"] {
            team.consented(&pseudonym, protocol);
            team.consents(Part::Facilitator, protocol);
        }
        let (one, other) = (whole(&team, "X-1"), whole(&team, "X-2"));
        let mut known = about.ids;
        known.extend([pseudonym, cycle.id.clone(), team.id.clone()]);
        known.extend([Part::Practitioner, Part::Facilitator].map(|part| api.person(part).id.clone()));
        assert_numbered(api, &one, &known);

        // One number for one thing, wherever it stands.
        let observation = &one.rows("observations.csv")[0];
        let question = &one.rows("questions.csv")[0];
        assert_eq!(observation["question"], question["question"]);
        assert_eq!(
            (&observation["about"], &observation["on_behalf_of"]),
            (&question["pseudonym"], &question["pseudonym"])
        );
        assert_eq!(observation["author"], question["author"]);
        assert_eq!(one.column("reflections.csv", "observations"), [observation["observation"].clone()]);
        assert_eq!(one.column("actions.csv", "reflections"), one.column("reflections.csv", "reflection"));
        assert_eq!(one.column("actions.csv", "owner"), [observation["author"].clone()]);
        assert_eq!(one.column("evaluations.csv", "action"), one.column("actions.csv", "action"));
        assert_eq!(one.column("returns.csv", "question"), [question["question"].clone()]);
        assert_eq!(observation["tags"], "drempel;koffie");
        assert_eq!(observation["happened_on"], "2026-03-03", "the day in the Netherlands");
        let again = team.research_export("X-1");
        assert_eq!(
            one.text("observations.csv"),
            again.text("observations.csv"),
            "the same in the next export"
        );
        for (file, column) in [
            ("observations.csv", "author"),
            ("observations.csv", "observation"),
            ("questions.csv", "pseudonym"),
            ("questions.csv", "cycle"),
        ] {
            assert_ne!(
                one.column(file, column),
                other.column(file, column),
                "{column} under another protocol"
            );
        }
    });
}

#[test]
fn what_others_who_did_not_consent_said_in_a_reflection_is_left_out() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let expert = &api.person(Part::Expert).id;
        let answers = json!([
            {"promptId": "free", "text": "Samen bedacht."},
            {"promptId": "free", "text": "Zie ik anders.", "personId": expert, "dissent": true},
        ]);
        cycle.reflect(&[&seen], json!({"participantIds": [expert], "answers": answers}));
        team.consents(Part::Practitioner, PROTOCOL);
        let thought = team.research_export(PROTOCOL).rows("reflections.csv").remove(0);
        assert_eq!(thought["answers"], r#"[{"prompt":"free","text":"Samen bedacht."}]"#);
        assert_eq!(thought["thought_along"], "1");
        team.consents(Part::Expert, PROTOCOL);
        assert!(team.research_export(PROTOCOL).text("reflections.csv").contains("Zie ik anders."));
    });
}

#[test]
fn the_codebook_tells_of_every_column_and_the_introduction_promises_too_little_rather_than_too_much() {
    both(|api| {
        let team = api.team();
        let export = team.research_export(PROTOCOL);
        let codebook = export.rows("codebook.csv");
        for file in FILES
            .iter()
            .filter(|name| name.ends_with(".csv") && !["codebook.csv", "left-out.csv"].contains(name))
        {
            let mut reader = csv::Reader::from_reader(export.text(file).as_bytes());
            let columns: Vec<String> =
                reader.headers().expect("a header").iter().map(str::to_owned).collect();
            let told: Vec<String> = codebook
                .iter()
                .filter(|row| row["file"] == **file)
                .map(|row| row["column"].clone())
                .collect();
            assert_eq!(columns, told, "{file}");
        }
        let voice = codebook.iter().find(|row| row["file"] == "observations.csv" && row["column"] == "voice");
        assert_eq!(voice.expect("a column")["values"], "own_words; quoted; retold; interpreted");
        for (language, risk) in [("nl", "verkleint de kans"), ("en", "reduces the risk")] {
            let path = team.path(&format!("research-exports?protocol={PROTOCOL}"));
            let readme = Zip::of(&get_zip(&team.coordinator(), path, language)).text("README.txt").to_owned();
            assert!(readme.contains(PROTOCOL) && readme.contains(risk), "{readme}");
            assert!(!readme.to_lowercase().contains("anon"), "{readme}");
        }
    });
}

#[test]
fn a_protocol_is_needed_and_another_form_is_not_to_be_had() {
    both(|api| {
        let team = api.team();
        let coordinator = team.coordinator();
        coordinator.get(team.path("research-exports")).errors(&[("/protocol", "required")]);
        coordinator.get(team.path("research-exports?protocol=a%20b")).errors(&[("/protocol", "bad_format")]);
        let json = Request::new("GET", team.path("research-exports?protocol=X-1"))
            .header("Accept", "application/json");
        coordinator.send(json).refused(406, "not_acceptable");
        // Who answers for the data goes along in no export, and changes nothing of it.
        let [first, second] = [api.organisation(), api.organisation()];
        coordinator.patch(team.path("controllership"), 0, controllers(&first, &second)).expect(200);
        team.research_export("X-1");
    });
}
