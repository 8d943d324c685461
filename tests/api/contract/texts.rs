//! Text: normalised, trimmed, bounded in characters as people count them, without control characters.

use serde_json::json;

use crate::support::team::{observation, with};
use crate::support::{Answer, both};

#[test]
fn text_is_trimmed_and_normalised() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        // "Café" with its accent written apart, and white space of several kinds around it.
        let body = with(observation(), json!({"body": " \n\tCafe\u{301} De Brug\u{a0}\r\n"}));
        let made = team.practitioner().post(cycle.path("observations"), body).expect(201);
        assert_eq!(made["body"], "Caf\u{e9} De Brug");
    });
}

#[test]
fn lengths_count_characters_and_not_bytes() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let log = |body: String| {
            team.practitioner().post(cycle.path("observations"), with(observation(), json!({"body": body})))
        };
        // Four bytes each, and two units in UTF-16.
        let longest = "\u{1f600}".repeat(10_000);
        assert_eq!(log(longest.clone()).expect(201)["body"], longest);
        log("\u{1f600}".repeat(10_001)).errors(&[("/body", "too_long")]);
        // As sent: white space at the ends counts, though it is not kept.
        log(format!("{} ", "x".repeat(10_000))).errors(&[("/body", "too_long")]);
        log(" ".into()).errors(&[("/body", "too_short")]);
        log(String::new()).errors(&[("/body", "too_short")]);
    });
}

#[test]
fn bounds_of_names_reasons_and_tags_are_those_of_the_contract() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let tags = |tags: Vec<String>| {
            team.practitioner().post(cycle.path("observations"), with(observation(), json!({"tags": tags})))
        };
        tags((0..20).map(|at| format!("{at:0>50}")).collect()).expect(201);
        tags((0..21).map(|at| format!("tag {at}")).collect()).errors(&[("/tags", "too_many")]);
        tags(vec!["t".repeat(51)]).errors(&[("/tags/0", "too_long")]);
        let step = |reason: String| {
            team.facilitator().post(cycle.path("transitions"), json!({"to": "act", "reason": reason}))
        };
        step("r".repeat(2_001)).errors(&[("/reason", "too_long")]);
        step("r".repeat(2_000)).expect(200);
        let network =
            |name: String| api.founder().post("/v1/networks", json!({"name": name, "kind": "team"}));
        network("n".repeat(201)).errors(&[("/name", "too_long")]);
        network("n".repeat(200)).expect(201);
    });
}

#[test]
fn control_characters_are_refused_but_for_newline_and_tab() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let log = |text: &str| -> Answer {
            team.practitioner().post(
                cycle.path("observations"),
                with(observation(), json!({"body": format!("voor{text}na")})),
            )
        };
        for control in ["\0", "\r", "\u{1}", "\u{7}", "\u{b}", "\u{1b}[31m", "\u{7f}", "\u{85}"] {
            log(control).errors(&[("/body", "control_character")]);
        }
        // At the ends, too, where some of them are white space that would go.
        for ends in ["\u{b}na", "na\u{c}", "na\u{85}", "na\r", "\rna"] {
            let body = with(observation(), json!({"body": ends}));
            let refused = team.practitioner().post(cycle.path("observations"), body);
            refused.errors(&[("/body", "control_character")]);
        }
        for fine in [
            "\n",
            "\t",
            "\u{200d}",
            "\u{202f}",
            "'; DROP TABLE observations; --",
            "<script>alert(1)</script>",
            "%00",
            "\\",
        ] {
            assert_eq!(log(fine).expect(201)["body"], format!("voor{fine}na"), "{fine:?}");
        }
    });
}

#[test]
fn a_lone_surrogate_is_no_text() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let request = crate::support::Request::new("POST", cycle.path("observations"))
            .raw("application/json", r#"{"body": "\ud800", "perspective": "citizen"}"#);
        team.practitioner().send(request).expect(400);
    });
}

#[test]
fn two_spellings_of_one_text_are_one_content() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = crate::support::team::new_id();
        let log = |body: &str| {
            team.practitioner()
                .post(cycle.path("observations"), with(observation(), json!({"id": id, "body": body})))
        };
        log("Cafe\u{301}").expect(201);
        log(" Caf\u{e9} ").expect(200);
    });
}
