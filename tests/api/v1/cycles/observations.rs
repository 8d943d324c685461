//! Observations in a cycle: what is stored, how they are listed, and how a resend is told from a new one.

use serde_json::{Value, json};

use crate::support::team::{new_id, observation, with, without};
use crate::support::{Part, both};

#[test]
fn an_observation_comes_back_as_it_was_told() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (about, speaker) = (team.pseudonym(), team.pseudonym());
        let asked = cycle.ask(json!({}));
        let theme =
            api.founder().post("/v1/themes", json!({"title": api.unique("Eenzaamheid")})).expect(201).id();
        let told = json!({
            "body": "Zij zei: \"Ik hoor er niet bij.\"\n\tEn ging.", "perspective": "citizen", "voice": "own_words", "questionId": asked,
            "aboutPseudonymIds": [about], "onBehalfOfPseudonymId": speaker, "themeIds": [theme], "lifeDomains": ["social_network", "meaning"],
            "tags": ["avond", "telefoon"], "happenedAt": "2024-02-01T10:00:00.123456+02:00",
        });
        let made = team.practitioner().post(cycle.path("observations"), told.clone()).expect(201);
        for member in told.as_object().expect("an object").keys().filter(|key| *key != "happenedAt") {
            assert_eq!(made[member], told[member], "{member}");
        }
        assert_eq!(made["happenedAt"], "2024-02-01T08:00:00.123456Z", "any offset is taken, UTC is given");
        assert_eq!((&made["networkId"], &made["cycleId"]), (&json!(team.id), &json!(cycle.id)));
        assert_eq!(made["authorId"], api.person(Part::Practitioner).id.as_str());
        assert_eq!(
            (&made["state"], &made["stateReason"], &made["late"], &made["version"]),
            (&json!("logged"), &Value::Null, &json!(false), &json!(1))
        );
        let got = team.reader().get(format!("/v1/observations/{}", made.id())).expect(200);
        assert_eq!(got.body, made.body, "the same, wherever it is read");
    });
}

#[test]
fn the_least_one_can_say_is_enough() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let made = team
            .practitioner()
            .post(cycle.path("observations"), json!({"body": "Stil op straat.", "perspective": "system"}))
            .expect(201);
        for member in ["voice", "questionId", "onBehalfOfPseudonymId", "stateReason"] {
            assert!(
                made.body.as_object().is_some_and(|members| members.contains_key(member)),
                "{member} is there"
            );
            assert_eq!(made[member], Value::Null);
        }
        for member in ["aboutPseudonymIds", "themeIds", "lifeDomains", "tags"] {
            assert_eq!(made[member], json!([]), "{member}");
        }
    });
}

#[test]
fn references_must_stand_where_they_are_looked_for() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let (cycle, foreign) = (team.cycle(), other.cycle());
        let (stranger, asked) = (other.pseudonym(), foreign.ask(json!({})));
        // Known to the author, who is in both networks, and yet of no use here.
        let body = with(
            observation(),
            json!({
                "questionId": asked, "aboutPseudonymIds": [stranger], "onBehalfOfPseudonymId": stranger, "themeIds": [new_id()],
            }),
        );
        team.practitioner()
            .post(cycle.path("observations"), body)
            .refused(409, "reference_not_found")
            .pointers(&[
                ("/questionId", "not_found"),
                ("/aboutPseudonymIds/0", "not_found"),
                ("/onBehalfOfPseudonymId", "not_found"),
                ("/themeIds/0", "not_found"),
            ]);
    });
}

#[test]
fn lists_come_newest_first_and_can_be_narrowed() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        let theme =
            api.founder().post("/v1/themes", json!({"title": api.unique("Vervoer")})).expect(201).id();
        let middle = cycle.observe(
            json!({"happenedAt": "2024-01-02T00:00:00Z", "perspective": "system", "themeIds": [theme]}),
        );
        let newest =
            cycle.observe(json!({"happenedAt": "2024-01-03T00:00:00Z", "aboutPseudonymIds": [pseudonym]}));
        let by_expert = with(observation(), json!({"happenedAt": "2024-01-01T00:00:00Z"}));
        let oldest = team.expert().post(cycle.path("observations"), by_expert).expect(201).id();
        let withdrawn = cycle.observe(json!({}));
        cycle.withdraw("observations", &withdrawn);

        let list = |query: &str| {
            team.reader().get(format!("{}{query}", cycle.path("observations"))).expect(200).ids()
        };
        assert_eq!(
            list(""),
            [newest.clone(), middle.clone(), oldest.clone()],
            "the withdrawn one is left out unless asked for"
        );
        assert_eq!(list("?perspective=system"), [middle.as_str()]);
        assert_eq!(list(&format!("?themeId={theme}")), [middle]);
        assert_eq!(list(&format!("?pseudonymId={pseudonym}")), [newest]);
        assert_eq!(list(&format!("?authorId={}", api.person(Part::Expert).id)), [oldest]);
        assert_eq!(list("?state=withdrawn"), [withdrawn]);
        assert_eq!(list("?perspective=organisation"), [""; 0]);
    });
}

#[test]
fn a_patch_changes_what_it_names_and_null_takes_away() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.observe(json!({"tags": ["avond"]}));
        let path = format!("/v1/observations/{id}");
        let before = team.practitioner().get(&path).expect(200);
        let after = team
            .practitioner()
            .patch(&path, before.version(), json!({"voice": null, "body": "Preciezer verteld."}))
            .expect(200);
        assert_eq!(
            (&after["voice"], &after["body"], &after["tags"]),
            (&Value::Null, &json!("Preciezer verteld."), &json!(["avond"]))
        );
        assert_eq!(after.version(), before.version() + 1);
        assert_eq!(after["createdAt"], before["createdAt"]);
        assert_eq!(after["happenedAt"], before["happenedAt"]);
        team.practitioner().patch(&path, after.version(), json!({"body": null})).expect(400);
        team.practitioner()
            .patch(&path, after.version(), json!({"state": "withdrawn"}))
            .errors(&[("/state", "unknown_member")]);
    });
}

#[test]
fn a_question_is_no_longer_named_once_it_is_taken_off() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = cycle.ask(json!({}));
        let id = cycle.observe(json!({"questionId": asked}));
        team.practitioner()
            .patch(format!("/v1/observations/{id}"), 1, json!({"questionId": null}))
            .expect(200);
        let report = cycle.report();
        let leg = &report["loop"]["legs"][0];
        assert_eq!(
            (&leg["from"], &leg["count"], &leg["stillOpen"]),
            (&json!("question"), &json!(0), &json!(1))
        );
    });
}

#[test]
fn what_is_required_is_asked_for_all_at_once() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let body = with(
            without(observation(), "perspective"),
            json!({"body": "   ", "voice": "shouted", "mood": "good", "tags": [1]}),
        );
        team.practitioner().post(cycle.path("observations"), body).errors(&[
            ("/perspective", "required"),
            ("/body", "too_short"),
            ("/voice", "not_in_enum"),
            ("/mood", "unknown_member"),
            ("/tags/0", "wrong_type"),
        ]);
    });
}
