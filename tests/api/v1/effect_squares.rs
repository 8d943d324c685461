//! An effect square is changed, hears from those involved, and shows what they perceive beside what was expected.

use serde_json::{Value, json};

use crate::support::effect_squares::perception;
use crate::support::team::{new_id, with};
use crate::support::{Part, both};

#[test]
fn its_author_changes_it_and_nobody_else() {
    both(|api| {
        let team = api.team();
        let square = team.square(json!({}));
        let path = square.itself();
        let story = json!({"story": "Nu staat er elke zaterdag koffie.", "locality": null});
        let changed = team.practitioner().patch(&path, 1, story.clone()).expect(200);
        assert_eq!(
            (&changed["story"], &changed["locality"], changed.version()),
            (&story["story"], &Value::Null, 2)
        );
        assert_eq!(changed["initiatives"].as_array().map(Vec::len), Some(2), "what is left out stays");
        team.coordinator().patch(&path, 2, story.clone()).refused(403, "forbidden");
        team.practitioner().patch(&path, 1, story).refused(412, "version_mismatch");
        team.practitioner()
            .patch(&path, 2, json!({"neighbourhood": null}))
            .errors(&[("/neighbourhood", "wrong_type")]);
        team.practitioner()
            .patch(&path, 2, json!({"initiatives": [{"what": "Koffie"}]}))
            .errors(&[("/initiatives/0/group", "required")]);
    });
}

#[test]
fn an_initiative_that_is_perceived_stays() {
    both(|api| {
        let team = api.team();
        let square = team.square(json!({}));
        let told = square.perceived(Part::Expert, json!({}));
        let path = square.itself();
        let patch = |version: i64, kept: &[usize]| {
            let kept: Vec<Value> = kept
                .iter()
                .map(|at| json!({"id": square.initiatives[*at], "what": "Koffie, thee", "group": "De buren"}))
                .collect();
            team.practitioner().patch(&path, version, json!({"initiatives": kept}))
        };
        let refused = patch(1, &[1]).refused(409, "initiative_perceived");
        assert_eq!(refused["initiativeIds"], json!([square.initiatives[0]]));
        // Even what was withdrawn was told of it.
        let withdrawal = json!({"to": "withdrawn", "reason": "Vergissing."});
        api.client(Part::Expert).post(format!("/v1/perceptions/{told}/transitions"), withdrawal).expect(200);
        patch(1, &[]).refused(409, "initiative_perceived");
        let changed = patch(1, &[0]).expect(200);
        assert_eq!(changed["initiatives"][0]["what"], "Koffie, thee");
        assert_eq!(changed["initiatives"].as_array().map(Vec::len), Some(1));
        // An expectation names an initiative that is there, and came before it.
        let expect = |members: Value| {
            let expectation = with(json!({"text": "Rust.", "perspective": "system"}), members);
            team.practitioner().patch(&path, 2, json!({"expectations": [expectation]}))
        };
        expect(json!({"initiativeId": square.initiatives[1]}))
            .refused(409, "inconsistent")
            .pointers(&[("/expectations/0/initiativeId", "not_found")]);
        assert_eq!(expect(json!({"initiativeId": square.initiatives[0]})).expect(200).version(), 3);
        let began = json!({"initiatives": [
            {"id": square.initiatives[0], "what": "Koffie", "group": "De buren", "startsOn": "2024-03-07"},
        ], "expectations": [
            {"text": "Rust.", "perspective": "system", "initiativeId": square.initiatives[0], "statedOn": "2024-04-01"},
        ]});
        team.practitioner()
            .patch(&path, 3, began)
            .refused(409, "inconsistent")
            .pointers(&[("/expectations/0/statedOn", "inconsistent")]);
    });
}

#[test]
fn a_withdrawn_square_takes_nothing_more() {
    both(|api| {
        let team = api.team();
        let square = team.square(json!({}));
        let told = square.perceived(Part::Expert, json!({}));
        let transitions = square.path("transitions");
        let withdrawal = json!({"id": new_id(), "to": "withdrawn", "reason": "Dubbel."});
        team.facilitator().post(&transitions, withdrawal.clone()).refused(403, "forbidden");
        team.practitioner().post(&transitions, json!({"to": "withdrawn"})).errors(&[("/reason", "required")]);
        let gone = team.coordinator().post(&transitions, withdrawal.clone()).expect(200);
        assert_eq!((&gone["state"], &gone["stateReason"]), (&json!("withdrawn"), &json!("Dubbel.")));
        team.coordinator().post(&transitions, withdrawal).expect(200);
        team.practitioner().patch(square.itself(), 2, json!({"story": "X"})).refused(409, "withdrawn");
        let late = perception(&square.initiatives[0]);
        team.expert().post(square.path("perceptions"), late).refused(409, "withdrawn");
        assert_eq!(team.reader().get(square.path("perceptions")).expect(200).ids(), [told]);
    });
}

#[test]
fn those_involved_tell_what_they_perceive() {
    both(|api| {
        let team = api.team();
        let square = team.square(json!({}));
        let pseudonym = team.pseudonym();
        let perceptions = square.path("perceptions");
        let body = with(
            perception(&square.initiatives[1]),
            json!({"direction": "worse", "pseudonymId": pseudonym, "happenedAt": "2024-06-01T08:00:00Z"}),
        );
        let told = team.expert().post(&perceptions, body).expect(201);
        for (member, value) in [
            ("effectSquareId", json!(square.id)),
            ("initiativeId", json!(square.initiatives[1])),
            ("direction", json!("worse")),
            ("perspective", json!("citizen")),
            ("voice", json!("own_words")),
            ("pseudonymId", json!(pseudonym)),
            ("happenedAt", json!("2024-06-01T08:00:00Z")),
            ("authorId", json!(api.person(Part::Expert).id)),
        ] {
            assert_eq!(told[member], value, "{member}");
        }
        let newer =
            square.perceived(Part::Practitioner, json!({"direction": "same", "perspective": "practitioner"}));
        let ids = |query: &str| team.reader().get(format!("{perceptions}{query}")).expect(200).ids();
        assert_eq!(ids(""), [newer.clone(), told.id()]);
        assert_eq!(ids("?direction=worse"), [told.id()]);
        assert_eq!(ids(&format!("?initiativeId={}", square.initiatives[0])), [newer.as_str()]);
        assert_eq!(ids("?perspective=practitioner"), [newer]);

        let tell = |members: Value| {
            team.expert().post(&perceptions, with(perception(&square.initiatives[0]), members))
        };
        let other = team.square(json!({}));
        tell(json!({"initiativeId": other.initiatives[0], "pseudonymId": api.team().pseudonym()}))
            .refused(409, "reference_not_found")
            .pointers(&[("/initiativeId", "not_found"), ("/pseudonymId", "not_found")]);
        tell(json!({"direction": "up", "text": "", "expected": true})).errors(&[
            ("/direction", "not_in_enum"),
            ("/text", "too_short"),
            ("/expected", "unknown_member"),
        ]);
        team.reader().post(&perceptions, perception(&square.initiatives[0])).refused(403, "forbidden");
        // The same id stands in one square.
        let id = new_id();
        tell(json!({"id": id})).expect(201);
        tell(json!({"id": id})).expect(200);
        team.expert()
            .post(other.path("perceptions"), with(perception(&other.initiatives[0]), json!({"id": id})))
            .refused(409, "id_taken");
    });
}

#[test]
fn perceived_is_counted_and_expected_stands_beside_it() {
    both(|api| {
        let team = api.team();
        let square = team.square(json!({}));
        let summary = || team.reader().get(square.path("summary")).expect(200);
        assert_eq!(summary()["perceived"], json!([]), "an expectation is no effect");
        let garden = json!({"initiativeId": square.initiatives[1]});
        square.perceived(Part::Expert, garden);
        square.perceived(Part::Expert, json!({"direction": "worse"}));
        square.perceived(Part::Practitioner, json!({"perspective": "practitioner"}));
        square.perceived(Part::Expert, json!({}));
        square.perceived(Part::Practitioner, json!({}));
        let taken_back = square.perceived(Part::Expert, json!({"direction": "same"}));
        let withdrawal = json!({"to": "withdrawn", "reason": "Vergissing."});
        team.expert().post(format!("/v1/perceptions/{taken_back}/transitions"), withdrawal).expect(200);
        let count = |initiative: usize, direction: &str, perspective: &str, count: i64| {
            json!({"initiativeId": square.initiatives[initiative], "direction": direction,
                "perspective": perspective, "count": count})
        };
        let summary = summary();
        assert_eq!(
            summary["perceived"],
            json!([
                count(0, "better", "citizen", 2),
                count(0, "better", "practitioner", 1),
                count(0, "worse", "citizen", 1),
                count(1, "better", "citizen", 1),
            ])
        );
        let expected = team.reader().get(square.itself()).expect(200)["expectations"].clone();
        assert_eq!(summary["expected"], expected);
        let members = summary.body.as_object().expect("an object").len();
        assert_eq!(members, 3, "and no total of both: {}", summary.text);
        team.outsider().get(square.path("summary")).refused(404, "not_found");
    });
}
