//! Responses to a check-in, and what others see of them.

use serde_json::{Value, json};

use crate::support::check_ins::{FOUR, STATEMENTS, definition, influences, response};
use crate::support::stored::{changes_of, set_day};
use crate::support::team::{Team, new_id, with};
use crate::support::{Answer, Part, both};

fn close(team: &Team, check_in: &str) {
    let path = format!("/v1/check-ins/{check_in}/transitions");
    team.facilitator().post(path, json!({"to": "closed"})).expect(200);
}

fn results(team: &Team, check_in: &str) -> Answer {
    team.reader().get(format!("/v1/check-ins/{check_in}/results")).expect(200)
}

/// A response with a text beside the first statement and beside the first influence.
fn written(value: u8, text: &str, effect: &str) -> Value {
    let mut body = with(response(value), json!({"influences": influences(effect)}));
    body["answers"][0]["text"] = json!(text);
    body["influences"][0]["text"] = json!(format!("Invloed: {text}"));
    body
}

#[test]
fn the_form_says_what_becomes_of_the_answers_before_one_writes() {
    both(|api| {
        let team = api.team();
        let check_in = team.check_in();
        let form = team.reader().get(format!("/v1/check-ins/{check_in}/form")).expect(200);
        assert_eq!((&form["takesResponses"], &form["leastResponses"]), (&json!(true), &json!(4)));
        let notice = form["notice"]["nl"].as_str().expect("a notice");
        for said in ["alleen jij", "minstens 4", "zonder naam", "op alfabet"] {
            assert!(notice.contains(said), "{notice}");
        }
        let asked: Vec<&str> = form["statements"]
            .as_array()
            .expect("statements")
            .iter()
            .map(|statement| statement["key"].as_str().expect("a key"))
            .collect();
        assert_eq!(asked, STATEMENTS);
        assert_eq!(form["scale"].as_array().map(Vec::len), Some(5));
        close(&team, &check_in);
        let form = team.reader().get(format!("/v1/check-ins/{check_in}/form")).expect(200);
        assert_eq!(form["takesResponses"], false);
    });
}

#[test]
fn a_response_is_its_authors_alone_and_can_be_corrected_while_it_is_open() {
    both(|api| {
        let team = api.team();
        let check_in = team.check_in();
        let list = format!("/v1/check-ins/{check_in}/responses");
        let made = team.respond(&check_in, Part::Practitioner, response(2)).expect(201);
        let path = format!("/v1/check-in-responses/{}", made.id());
        assert_eq!(team.practitioner().get(&list).expect(200).ids(), [made.id()]);
        for other in [team.coordinator(), team.facilitator(), team.expert(), api.founder()] {
            assert!(other.get(&list).expect(200).items().is_empty());
            other.get(&path).refused(404, "not_found");
            other.patch(&path, 1, json!({"influences": influences("helps")})).refused(404, "not_found");
        }
        // The log says that something changed, for its author alone.
        let logged = changes_of(api, &team.id).pop().expect("a change");
        assert_eq!(logged.kind, "check_in_response.created");

        let refused =
            team.respond(&check_in, Part::Practitioner, response(5)).refused(409, "already_responded");
        assert_eq!(refused["responseId"], made["id"]);
        let corrected = json!({"answers": response(4)["answers"]});
        team.practitioner().patch(&path, 2, corrected.clone()).refused(412, "version_mismatch");
        let now = team.practitioner().patch(&path, 1, corrected.clone()).expect(200);
        assert_eq!((now.version(), &now["answers"][0]["value"]), (2, &json!(4)));
        assert_eq!(now["influences"], made["influences"]);
        close(&team, &check_in);
        team.practitioner().patch(&path, 2, corrected).refused(409, "check_in_closed");
        team.respond(&check_in, Part::Expert, response(3)).refused(409, "check_in_closed");
        team.practitioner().get(&path).expect(200);
    });
}

#[test]
fn an_id_of_somebody_elses_response_shows_nothing() {
    both(|api| {
        let team = api.team();
        let check_in = team.check_in();
        let body = with(response(2), json!({"id": new_id()}));
        team.respond(&check_in, Part::Practitioner, body.clone()).expect(201);
        let refused = team.respond(&check_in, Part::Expert, body.clone()).refused(409, "id_taken");
        assert_eq!((&refused["storedVersion"], &refused["responseId"]), (&Value::Null, &Value::Null));
        // A resend is answered also when the check-in has closed since.
        close(&team, &check_in);
        team.respond(&check_in, Part::Practitioner, body).expect(200);
    });
}

#[test]
fn nothing_is_shown_while_answers_can_still_come_or_of_fewer_than_four() {
    both(|api| {
        let team = api.team();
        let (enough, few) = (team.check_in(), team.check_in());
        for (place, part) in FOUR.into_iter().enumerate() {
            team.respond(&enough, part, response(5)).expect(201);
            if place < 3 {
                team.respond(&few, part, written(1, "Te weinig tijd.", "hinders")).expect(201);
            }
        }
        for check_in in [&enough, &few] {
            let shown = results(&team, check_in);
            assert_eq!(shown["figures"]["withheld"], "open", "whatever the number");
            assert_eq!(
                (&shown["figures"]["responses"], &shown["figures"]["statements"]),
                (&Value::Null, &json!([]))
            );
        }
        close(&team, &few);
        let shown = results(&team, &few);
        assert_eq!(shown["figures"]["withheld"], "too_few_responses");
        assert_eq!(
            (&shown["figures"]["responses"], &shown["figures"]["influences"]),
            (&Value::Null, &json!([]))
        );
        assert_eq!((&shown["statementTexts"], &shown["influenceTexts"]), (&json!([]), &json!([])));
        assert!(!shown.text.contains("Te weinig tijd"));
        close(&team, &enough);
        assert_eq!(results(&team, &enough)["figures"]["responses"], 4);
    });
}

#[test]
fn results_count_what_was_answered_and_show_texts_without_a_trace_of_who() {
    both(|api| {
        let team = api.team();
        let check_in = team.check_in();
        let answers = [
            (1, "Zaal is koud.", "helps"),
            (3, "avonden graag", "hinders"),
            (4, "Meer tijd.", "helps"),
            (4, "Beter zo.", "neither"),
        ];
        for (part, (value, text, effect)) in FOUR.into_iter().zip(answers) {
            team.respond(&check_in, part, written(value, text, effect)).expect(201);
        }
        close(&team, &check_in);
        let shown = results(&team, &check_in);
        let figures = &shown["figures"];
        assert_eq!((&figures["withheld"], &figures["responses"]), (&Value::Null, &json!(4)));
        assert_eq!(figures["statements"][0]["distribution"], json!([1, 0, 1, 2, 0]));
        assert_eq!(figures["statements"][0]["median"], 3.5);
        assert_eq!(
            figures["aspects"],
            json!(
                ["form", "content", "relations"]
                    .map(|aspect| json!({"aspect": aspect, "distribution": [3, 0, 3, 6, 0], "median": 3.5}))
            )
        );
        assert_eq!(figures["influences"].as_array().map(Vec::len), Some(6));
        assert_eq!(
            figures["influences"][5],
            json!({"from": "relations", "to": "content", "helps": 2, "hinders": 1, "neither": 1})
        );
        let texts = ["avonden graag", "Beter zo.", "Meer tijd.", "Zaal is koud."];
        assert_eq!(shown["statementTexts"], json!([{"key": "form_meetings", "texts": texts}]));
        assert_eq!(shown["influenceTexts"][0]["texts"][0], "Invloed: avonden graag");
        for part in FOUR {
            assert!(!shown.text.contains(&api.person(part).id), "nobody is named");
        }
        team.outsider().get(format!("/v1/check-ins/{check_in}/results")).refused(404, "not_found");
    });
}

#[test]
fn after_its_last_day_it_is_closed_with_nobody_there_to_close_it() {
    both(|api| {
        let team = api.team();
        let check_in = team.check_in();
        for part in FOUR {
            team.respond(&check_in, part, response(2)).expect(201);
        }
        set_day(api, "check_ins", "starts_on", "2020-01-01", &check_in);
        set_day(api, "check_ins", "closes_on", "2020-01-14", &check_in);
        assert_eq!(results(&team, &check_in)["figures"]["responses"], 4);
        team.respond(&check_in, Part::Founder, response(5)).refused(409, "check_in_closed");
        // Nor can it be opened again by another last day.
        let path = format!("/v1/check-ins/{check_in}");
        team.facilitator().patch(&path, 1, json!({"closesOn": "2099-01-01"})).refused(409, "check_in_closed");
        let again = json!({"to": "closed"});
        team.facilitator().post(format!("{path}/transitions"), again).refused(409, "move_not_allowed");
        let course = team.reader().get(team.path("check-in-course")).expect(200);
        assert_eq!(course["checkIns"][0]["checkInId"], json!(check_in));
    });
}

#[test]
fn a_response_answers_all_that_is_asked_once() {
    both(|api| {
        let team = api.team();
        let check_in = team.check_in();
        let respond = |body: Value| team.respond(&check_in, Part::Expert, body);
        let mut twice = response(3);
        twice["answers"][1]["statement"] = json!("form_meetings");
        twice["answers"][2]["value"] = json!(6);
        twice["influences"][0]["to"] = json!("form");
        twice["influences"][5] = twice["influences"][4].clone();
        respond(twice).errors(&[
            ("/answers", "duplicate"),
            ("/answers/2/value", "out_of_range"),
            ("/influences", "duplicate"),
        ]);
        let mut own_self = response(3);
        own_self["answers"][1] = json!({"statement": "form_meetings", "value": 2});
        own_self["influences"][0]["to"] = json!("form");
        respond(own_self).errors(&[
            ("/answers/1/statement", "duplicate"),
            ("/influences", "required"),
            ("/influences/0/to", "inconsistent"),
        ]);
        let mut told_twice = response(3);
        told_twice["influences"][5] = with(told_twice["influences"][4].clone(), json!({"effect": "helps"}));
        respond(told_twice).errors(&[("/influences", "required"), ("/influences/5", "duplicate")]);
        let mut short = response(3);
        short["influences"].as_array_mut().expect("a list").pop();
        respond(short).errors(&[("/influences", "too_few")]);
        // What is asked, only the check-in knows.
        let mut other = response(3);
        other["answers"][8]["statement"] = json!("relations_fun");
        respond(other)
            .refused(409, "inconsistent")
            .pointers(&[("/answers/8/statement", "not_found"), ("/answers", "required")]);
        team.facilitator().post(team.path("check-in-definitions"), definition()).expect(201);
        let own = team.check_in();
        assert_eq!(
            team.respond(&own, Part::Expert, response(3)).refused(409, "inconsistent")["errors"]
                .as_array()
                .map(Vec::len),
            Some(12)
        );
        let answers = ["rhythm", "matters", "safe"].map(|key| json!({"statement": key, "value": 3}));
        team.respond(&own, Part::Expert, with(response(3), json!({"answers": answers}))).expect(201);
        assert!(
            team.expert().get(format!("/v1/check-ins/{check_in}/responses")).expect(200).items().is_empty()
        );
    });
}
