//! Citizen's questions: in their own words, under a pseudonym.

use serde_json::{Value, json};

use crate::support::both;
use crate::support::team::{question, with};

#[test]
fn a_question_keeps_the_citizens_words_and_a_pseudonym_of_the_network() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        let body = with(question(), json!({"pseudonymId": pseudonym, "happenedAt": "2024-01-01T00:00:00Z"}));
        let made = team.expert().post(cycle.path("questions"), body).expect(201);
        assert_eq!(
            (&made["text"], &made["pseudonymId"], &made["state"]),
            (&question()["text"], &json!(pseudonym), &json!("current"))
        );
        let foreign = with(question(), json!({"pseudonymId": other.pseudonym()}));
        team.practitioner()
            .post(cycle.path("questions"), foreign)
            .refused(409, "reference_not_found")
            .pointers(&[("/pseudonymId", "not_found")]);
    });
}

#[test]
fn a_withdrawn_question_counts_nowhere_and_waits_for_nothing() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.ask(json!({}));
        assert_eq!(cycle.report()["openItems"][0]["waitingFor"], "return");
        team.practitioner()
            .post(format!("/v1/questions/{id}/transitions"), json!({"to": "withdrawn"}))
            .errors(&[("/reason", "required")]);
        cycle.withdraw("questions", &id);
        let report = cycle.report();
        assert_eq!((&report["counts"]["questions"], &report["openItemsTotal"]), (&json!(0), &json!(0)));
        assert_eq!(report["loop"]["returnedToCitizen"]["questions"], 0);
        assert!(team.reader().get(cycle.path("questions")).expect(200).items().is_empty());
        assert_eq!(team.reader().get(format!("/v1/questions/{id}")).expect(200)["state"], "withdrawn");
    });
}

#[test]
fn only_who_wrote_it_down_can_rephrase_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.ask(json!({}));
        let path = format!("/v1/questions/{id}");
        team.coordinator().patch(&path, 1, json!({"text": "Netter gezegd."})).refused(403, "forbidden");
        let patched = team
            .practitioner()
            .patch(&path, 1, json!({"text": "Wie komt er morgen?", "lifeDomains": []}))
            .expect(200);
        assert_eq!(
            (&patched["text"], &patched["lifeDomains"], &patched["pseudonymId"]),
            (&json!("Wie komt er morgen?"), &json!([]), &Value::Null)
        );
    });
}
