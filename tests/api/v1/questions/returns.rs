//! What was told back to the citizen, and whether they recognised it: two separate figures.

use serde_json::{Value, json};

use crate::support::both;
use crate::support::team::{told, with};

#[test]
fn told_and_heard_back_are_separate_figures() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (recognised, partly, unheard, _untold) =
            (cycle.ask(json!({})), cycle.ask(json!({})), cycle.ask(json!({})), cycle.ask(json!({})));
        cycle.tell(&recognised, json!({"recognised": "yes", "response": "Precies."}));
        cycle.tell(&partly, json!({"recognised": "partly"}));
        cycle.tell(&unheard, json!({}));
        let figures = cycle.report()["loop"]["returnedToCitizen"].clone();
        assert_eq!((&figures["questions"], &figures["returned"]), (&json!(4), &json!(3)));
        assert_eq!(figures["recognised"], 1, "yes is yes");
        assert_eq!(cycle.report()["openItemsTotal"], 1);
    });
}

#[test]
fn a_question_told_twice_is_one_question_told() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = cycle.ask(json!({}));
        cycle.tell(&asked, json!({"recognised": "no"}));
        cycle.tell(&asked, json!({"recognised": "yes"}));
        let figures = cycle.report()["loop"]["returnedToCitizen"].clone();
        assert_eq!((&figures["returned"], &figures["recognised"]), (&json!(1), &json!(1)));
        assert_eq!(team.reader().get(format!("/v1/questions/{asked}/returns")).expect(200).items().len(), 2);
    });
}

#[test]
fn what_was_told_comes_back_as_it_was() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = cycle.ask(json!({}));
        let path = format!("/v1/questions/{asked}/returns");
        let made = team.facilitator().post(&path, told()).expect(201);
        assert_eq!((&made["questionId"], &made["text"]), (&json!(asked), &told()["text"]));
        assert_eq!((&made["recognised"], &made["response"]), (&Value::Null, &Value::Null));
        assert_eq!(team.reader().get(format!("/v1/returns/{}", made.id())).expect(200).body, made.body);
        let maybe = with(told(), json!({"recognised": "maybe"}));
        team.facilitator().post(&path, maybe).errors(&[("/recognised", "not_in_enum")]);
    });
}

#[test]
fn a_withdrawn_return_leaves_the_question_waiting() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = cycle.ask(json!({}));
        let told = cycle.tell(&asked, json!({}));
        assert_eq!(cycle.report()["openItemsTotal"], 0);
        let body = json!({"to": "withdrawn", "reason": "Aan de verkeerde verteld."});
        team.facilitator().post(format!("/v1/returns/{told}/transitions"), body).expect(200);
        assert_eq!(cycle.report()["openItems"][0]["id"], asked.as_str());
    });
}
