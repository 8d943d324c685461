//! The whole learning loop, once around: from a citizen's question to what the citizen is told, with every figure.

use serde_json::{Value, json};

use crate::support::both;
use crate::support::team::{action, evaluation, observation, question, reflection, told, with};

const DAY: i64 = 86_400;

#[test]
fn a_question_comes_full_circle_and_the_report_tells_it_to_the_second() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        let made =
            |collection: &str, body: Value| practitioner.post(cycle.path(collection), body).expect(201).id();

        // The citizen asks, and two people notice something about it; a third thing noticed leads nowhere.
        let pseudonym = team.pseudonym();
        let asked = with(question(), json!({"pseudonymId": pseudonym, "happenedAt": "2024-03-01T09:00:00Z"}));
        let asked = made("questions", asked);
        let first = made(
            "observations",
            with(
                observation(),
                json!({
                    "questionId": asked, "aboutPseudonymIds": [pseudonym], "happenedAt": "2024-03-02T09:00:00Z",
                }),
            ),
        );
        let second = team.expert().post(cycle.path("observations"), with(observation(), json!({
            "perspective": "informal_carer", "voice": "own_words", "happenedAt": "2024-03-02T21:00:00Z",
        }))).expect(201).id();
        let third = made(
            "observations",
            with(
                observation(),
                json!({
                    "perspective": "system", "voice": "interpreted", "happenedAt": "2024-03-03T09:00:00Z",
                }),
            ),
        );
        cycle.move_to("act");
        cycle.move_to("observe");

        // The team thinks about the two, lets go of an assumption, and tries something.
        let thought = made(
            "reflections",
            with(
                reflection(&[&first, &second]),
                json!({
                    "loopDepth": "double", "happenedAt": "2024-03-04T09:00:00Z",
                    "frameShift": {"assumptionBefore": "Zij wil hulp.", "disruption": "Zij wil gezelschap.", "assumptionAfter": "Wij vragen eerst."},
                }),
            ),
        );
        cycle.move_to("reflect");
        let owner = &api.person(crate::support::Part::Practitioner).id;
        let tried =
            made("actions", with(action(&[&thought], owner), json!({"happenedAt": "2024-03-05T09:00:00Z"})));
        for state in ["doing", "done"] {
            practitioner.post(format!("/v1/actions/{tried}/transitions"), json!({"to": state})).expect(200);
        }
        practitioner
            .post(
                format!("/v1/actions/{tried}/evaluations"),
                with(evaluation(), json!({"happenedAt": "2024-03-15T09:00:00Z"})),
            )
            .expect(201);

        // The third is closed with a reason, the citizen is told and recognises it, and the cycle closes without loose ends.
        let facilitator = team.facilitator();
        facilitator
            .post(
                format!("/v1/observations/{third}/transitions"),
                json!({"to": "closed", "reason": "Hoort bij een ander team."}),
            )
            .expect(200);
        let answer = with(
            told(),
            json!({"recognised": "yes", "response": "Ja, zo was het.", "happenedAt": "2024-03-20T09:00:00Z"}),
        );
        facilitator.post(format!("/v1/questions/{asked}/returns"), answer).expect(201);
        let closed = facilitator.post(cycle.path("transitions"), json!({"to": "closed"})).expect(200);
        assert_eq!(closed["phase"], "closed");
        assert!(closed["closedAt"].is_string());

        let report = cycle.report();
        assert_eq!(report["cycle"]["id"], cycle.id.as_str());
        assert_eq!(report["cycle"]["networkId"], team.id.as_str());
        assert_eq!(report["cycle"]["phase"], "closed");
        assert_eq!(
            report["counts"],
            json!({"questions": 1, "observations": 3, "withdrawn": 0, "reflections": 1, "actions": 1, "evaluations": 1})
        );
        assert_eq!(
            report["byPerspective"],
            json!({"citizen": 1, "practitioner": 0, "informal_carer": 1, "organisation": 0, "system": 1})
        );
        assert_eq!(report["byLoopDepth"], json!({"single": 0, "double": 1, "triple": 0}));
        assert_eq!(report["actionsByState"], json!({"planned": 0, "doing": 0, "done": 1, "dropped": 0}));
        assert_eq!(
            report["loop"]["stages"],
            json!({"observed": 3, "discussed": 2, "actedOn": 2, "evaluated": 2, "closedWithoutAction": 1, "open": 0})
        );
        let rate = report["loop"]["closureRate"].as_f64().expect("a rate");
        assert!((rate - 2.0 / 3.0).abs() < 1e-9, "two of three: {rate}");
        assert_eq!(
            report["loop"]["parts"],
            json!({"evaluated": 2, "closedWithoutAction": 1, "openUnder30Days": 0, "openLonger": 0})
        );

        let legs = [
            ("question", "observation", 1, DAY),
            // 48 hours for the first, 36 for the second: 42 in the middle.
            ("observation", "reflection", 2, DAY * 7 / 4),
            ("reflection", "action", 1, DAY),
            ("action", "evaluation", 1, 10 * DAY),
            ("question", "return", 1, 19 * DAY),
        ];
        let listed = report["loop"]["legs"].as_array().expect("legs");
        assert_eq!(listed.len(), legs.len());
        for (from, to, count, median) in legs {
            let leg = listed
                .iter()
                .find(|leg| leg["from"] == from && leg["to"] == to)
                .expect("every leg is listed");
            assert_eq!(leg["count"], count, "{from} → {to}");
            assert_eq!(leg["medianSeconds"].as_f64(), Some(median as f64), "{from} → {to}");
            assert_eq!(leg["p90Seconds"], Value::Null, "no p90 under ten cases");
            assert_eq!(leg["outOfOrder"], 0, "{from} → {to}");
        }
        let told = &report["loop"]["returnedToCitizen"];
        assert_eq!(
            (&told["questions"], &told["returned"], &told["recognised"]),
            (&json!(1), &json!(1), &json!(1))
        );
        assert_eq!(report["openItems"], json!([]));
        assert_eq!(report["openItemsTotal"], 0);
        assert_eq!((&report["carriedIn"], &report["carriedOut"]), (&json!([]), &json!([])));
    });
}

#[test]
fn an_empty_cycle_has_a_report_of_zeroes_and_no_rate() {
    both(|api| {
        let team = api.team();
        let report = team.cycle().report();
        assert_eq!(report["loop"]["closureRate"], Value::Null, "a rate of nothing is no rate");
        assert_eq!(report["loop"]["stages"]["observed"], 0);
        assert_eq!(
            report["loop"]["legs"].as_array().map(Vec::len),
            Some(5),
            "all five legs are always listed"
        );
        for leg in report["loop"]["legs"].as_array().expect("legs") {
            assert_eq!(
                (&leg["count"], &leg["medianSeconds"], &leg["p90Seconds"]),
                (&json!(0), &Value::Null, &Value::Null)
            );
        }
    });
}
