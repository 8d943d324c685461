//! What a network asks in its check-ins, when, and how they went over time.

use serde_json::{Value, json};

use crate::support::check_ins::{FOUR, definition, influences, response};
use crate::support::stored::set_day;
use crate::support::team::{Team, new_id, with};
use crate::support::{Part, Request, both};

fn close(team: &Team, check_in: &str) {
    let path = format!("/v1/check-ins/{check_in}/transitions");
    team.facilitator().post(path, json!({"to": "closed"})).expect(200);
}

#[test]
fn a_check_in_keeps_the_definition_it_began_with() {
    both(|api| {
        let team = api.team();
        let first = team.check_in();
        let path = team.path("check-in-definitions");
        let own = team.facilitator().post(&path, definition()).expect(201);
        assert_eq!((own.version(), own["scale"].as_array().map(Vec::len)), (1, Some(5)));
        let second = team.check_in();
        let words = ["nooit", "soms", "vaak", "meestal", "altijd"].map(|nl| json!({"nl": nl}));
        let changed = with(definition(), json!({"scale": words, "reason": "Eigen woorden."}));
        let add = |version: i64| {
            team.facilitator().send(Request::new("POST", &path).if_match(version).json(&changed))
        };
        add(0).refused(412, "version_mismatch");
        let newer = add(1).expect(201);
        assert_eq!(team.reader().get(&path).expect(200).ids(), [newer.id(), own.id()]);

        let form = |check_in: &str| team.reader().get(format!("/v1/check-ins/{check_in}/form")).expect(200);
        let built_in = team.reader().get("/v1/check-in-definitions").expect(200).items()[0].clone();
        let (asked_first, asked_second, asked_third) = (form(&first), form(&second), form(&team.check_in()));
        assert_eq!(asked_first["statements"], built_in["statements"]);
        assert_eq!(
            (&asked_first["definitionId"], &asked_first["definitionVersion"]),
            (&Value::Null, &json!(1))
        );
        assert_eq!((&asked_second["definitionId"], &asked_second["scale"]), (&own["id"], &built_in["scale"]));
        assert_eq!(
            (&asked_third["definitionId"], &asked_third["scale"][4]["nl"]),
            (&newer["id"], &json!("altijd"))
        );
        // Older ones, and what is built in, can still be asked by name.
        let begin = |members: Value| {
            let body = with(json!({"closesOn": "2099-12-31"}), members);
            team.facilitator().post(team.path("check-ins"), body)
        };
        assert_eq!(begin(json!({"definitionId": own["id"]})).expect(201)["definitionVersion"], 1);
        assert_eq!(begin(json!({"builtInVersion": 1})).expect(201)["definitionId"], Value::Null);
        begin(json!({"definitionId": new_id()}))
            .refused(409, "reference_not_found")
            .pointers(&[("/definitionId", "not_found")]);
        begin(json!({"definitionId": own["id"], "builtInVersion": 1}))
            .errors(&[("/builtInVersion", "inconsistent")]);
        begin(json!({"builtInVersion": 99})).errors(&[("/builtInVersion", "out_of_range")]);
    });
}

#[test]
fn a_definition_is_about_form_content_and_relations() {
    both(|api| {
        let team = api.team();
        let define = |body: Value| team.facilitator().post(team.path("check-in-definitions"), body);
        let statement =
            |key: &str, aspect: &str| json!({"key": key, "aspect": aspect, "text": {"nl": "Zo is het."}});
        let one_sided = [statement("a", "form"), statement("b", "form"), statement("a", "content")];
        define(json!({"statements": one_sided}))
            .errors(&[("/statements", "required"), ("/statements/2/key", "duplicate")]);
        define(with(definition(), json!({"scale": [{"nl": "nee"}, {"nl": "ja"}]})))
            .errors(&[("/scale", "too_few")]);
        let unknown = [statement("a", "form"), statement("b", "content"), statement("c", "money")];
        define(json!({"statements": unknown})).errors(&[("/statements/2/aspect", "not_in_enum")]);
    });
}

#[test]
fn a_check_in_runs_from_a_first_day_to_a_last() {
    both(|api| {
        let team = api.team();
        let begin = |body: Value| team.facilitator().post(team.path("check-ins"), body);
        begin(json!({"startsOn": "2099-02-01", "closesOn": "2099-01-31"}))
            .errors(&[("/closesOn", "inconsistent")]);
        begin(json!({"startsOn": "2020-02-01", "closesOn": "2020-02-14"}))
            .refused(409, "inconsistent")
            .pointers(&[("/closesOn", "inconsistent")]);
        begin(json!({"startsOn": "2099-02-30"}))
            .errors(&[("/startsOn", "bad_format"), ("/closesOn", "required")]);
        let later = begin(json!({"startsOn": "2099-02-01", "closesOn": "2099-02-14"})).expect(201);
        team.respond(&later.id(), Part::Expert, response(3)).refused(409, "check_in_not_begun");
        let path = format!("/v1/check-ins/{}", later.id());
        let patched =
            |version: i64, day: &str| team.facilitator().patch(&path, version, json!({"closesOn": day}));
        patched(1, "2099-01-01").refused(409, "inconsistent");
        assert_eq!(patched(1, "2099-02-21").expect(200)["closesOn"], "2099-02-21");
        patched(1, "2099-02-22").refused(412, "version_mismatch");
        team.facilitator()
            .send(Request::new("PATCH", &path).json(&json!({"closesOn": "2099-02-28"})))
            .refused(428, "precondition_required");
        close(&team, &later.id());
        patched(3, "2099-02-28").refused(409, "check_in_closed");
        let again = json!({"to": "closed"});
        team.facilitator().post(format!("{path}/transitions"), again).refused(409, "move_not_allowed");
        let reopened = json!({"to": "open"});
        team.facilitator().post(format!("{path}/transitions"), reopened).errors(&[("/to", "not_in_enum")]);
    });
}

#[test]
fn closing_is_safe_to_send_again() {
    both(|api| {
        let team = api.team();
        let path = format!("/v1/check-ins/{}/transitions", team.check_in());
        let body = json!({"id": new_id(), "to": "closed", "reason": "Iedereen is geweest."});
        let closed = team.facilitator().post(&path, body.clone()).expect(200);
        assert_eq!((&closed["state"], closed.version()), (&json!("closed"), 2));
        assert_eq!(team.facilitator().post(&path, body.clone()).expect(200).body, closed.body);
        team.facilitator().post(&path, with(body, json!({"reason": "Anders."}))).refused(409, "id_reused");
    });
}

#[test]
fn the_course_follows_statements_and_aspects_over_time_and_adds_nothing_up() {
    both(|api| {
        let team = api.team();
        let rounds = ["2020-01-01", "2020-04-01", "2020-07-01"];
        // Made in another order than that in which they take place.
        let mut made: Vec<(usize, String)> = Vec::new();
        for (round, value) in [(2, 4), (0, 2), (1, 3)] {
            let check_in = team.check_in();
            for part in FOUR {
                let body = with(response(value), json!({"influences": influences("helps")}));
                team.respond(&check_in, part, body).expect(201);
            }
            close(&team, &check_in);
            set_day(api, "check_ins", "starts_on", rounds[round], &check_in);
            made.push((round, check_in));
        }
        let (few, open) = (team.check_in(), team.check_in());
        team.respond(&few, Part::Expert, response(1)).expect(201);
        close(&team, &few);
        team.respond(&open, Part::Expert, response(1)).expect(201);

        let course = team.reader().get(team.path("check-in-course")).expect(200);
        let check_ins = course["checkIns"].as_array().expect("check-ins");
        made.sort();
        let expected: Vec<&str> = made.iter().map(|(_, id)| id.as_str()).chain([few.as_str()]).collect();
        let shown: Vec<&str> =
            check_ins.iter().map(|each| each["checkInId"].as_str().expect("an id")).collect();
        assert_eq!(
            (shown, &course["earlier"]),
            (expected, &json!(0)),
            "in the order of time, the open one left out"
        );
        let medians: Vec<&Value> =
            check_ins[..3].iter().map(|each| &each["statements"][0]["median"]).collect();
        assert_eq!(medians, [2.0, 3.0, 4.0].map(|median| json!(median)).iter().collect::<Vec<_>>());
        let aspects: Vec<&Value> = check_ins[..3].iter().map(|each| &each["aspects"][2]["median"]).collect();
        assert_eq!(aspects, medians);
        assert_eq!(
            check_ins[1]["aspects"][0],
            json!({"aspect": "form", "distribution": [0, 0, 12, 0, 0], "median": 3.0})
        );
        assert_eq!(
            check_ins[0]["influences"][1],
            json!({"from": "form", "to": "relations", "helps": 4, "hinders": 0, "neither": 0})
        );
        let hidden = &check_ins[3];
        assert_eq!((&hidden["withheld"], &hidden["responses"]), (&json!("too_few_responses"), &Value::Null));
        assert_eq!((&hidden["statements"], &hidden["aspects"]), (&json!([]), &json!([])));
        // Nothing stands above the three.
        let members: Vec<&String> = check_ins[0].as_object().expect("an object").keys().collect();
        assert!(members.iter().all(|each| !["total", "median", "score", "average"].contains(&each.as_str())));
    });
}
