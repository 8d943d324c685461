//! What a network makes of another's insight.

use serde_json::{Value, json};

use crate::support::team::{insight, new_id, with};
use crate::support::{Part, both};

fn adoption(insight: &str) -> Value {
    json!({"insightId": insight, "decision": "adopted"})
}

#[test]
fn an_insight_of_another_network_is_adopted_once() {
    both(|api| {
        let (origin, team) = (api.team(), api.team());
        let id = origin.cycle().share("network");
        let own = team.cycle().share("network");
        let cycle = team.cycle();
        let path = team.path("adoptions");
        let practitioner = team.practitioner();
        practitioner.post(&path, adoption(&own)).refused(409, "own_insight");
        let made = with(adoption(&id), json!({"cycleId": cycle.id, "reason": "Zelfde drempel."}));
        let made = practitioner.post(&path, made).expect(201);
        for (member, value) in [
            ("networkId", json!(team.id)),
            ("insightId", json!(id)),
            ("cycleId", json!(cycle.id)),
            ("adaptedInsightId", Value::Null),
            ("results", json!([])),
        ] {
            assert_eq!(made[member], value, "{member}");
        }
        let refused = team.coordinator().post(&path, adoption(&id)).refused(409, "already_adopted");
        assert_eq!(refused["adoptionId"], made["id"]);
        assert_eq!(team.reader().get(format!("/v1/adoptions/{}", made.id())).expect(200).body, made.body);
        team.outsider().get(format!("/v1/adoptions/{}", made.id())).refused(404, "not_found");
    });
}

#[test]
fn what_it_refers_to_has_to_stand() {
    both(|api| {
        let (origin, team) = (api.team(), api.team());
        let (there, here) = (origin.cycle(), team.cycle());
        let id = there.share("network");
        let thought = here.reflect(&[&here.observe(json!({}))], json!({}));
        let path = team.path("adoptions");
        let practitioner = team.practitioner();
        // Neither what is nowhere, nor a draft, though the caller sees it.
        for unknown in
            [new_id(), there.draft(&[&there.reflect(&[&there.observe(json!({}))], json!({}))], json!({}))]
        {
            practitioner
                .post(&path, with(adoption(&unknown), json!({"cycleId": there.id})))
                .refused(409, "reference_not_found")
                .pointers(&[("/insightId", "not_found"), ("/cycleId", "not_found")]);
        }
        // Not adapted from it, of another network, or a draft.
        let draft = here.draft(&[&thought], json!({"adaptedFromId": id}));
        for unfit in [here.share("network"), id.clone(), draft] {
            let body = json!({"insightId": id, "decision": "adapted", "adaptedInsightId": unfit});
            practitioner
                .post(&path, body)
                .refused(409, "reference_not_found")
                .pointers(&[("/adaptedInsightId", "not_found")]);
        }
        let wrong = json!({"insightId": "x", "decision": "rejected", "adaptedInsightId": id, "results": []});
        practitioner.post(&path, wrong).errors(&[
            ("/insightId", "bad_format"),
            ("/reason", "required"),
            ("/adaptedInsightId", "inconsistent"),
            ("/results", "unknown_member"),
        ]);
        // What the caller does not see is not there.
        let member = json!({"personId": api.person(Part::Colleague).id, "role": "practitioner"});
        api.founder().post(team.path("members"), member).expect(201);
        api.client(Part::Colleague).post(&path, adoption(&id)).refused(409, "reference_not_found");
    });
}

#[test]
fn what_came_of_it_is_added_later() {
    both(|api| {
        let (origin, team) = (api.team(), api.team());
        let id = origin.cycle().share("network");
        let made = team.practitioner().post(team.path("adoptions"), adoption(&id)).expect(201);
        let path = format!("/v1/adoptions/{}", made.id());
        let results = json!([
            {"value": "immediate", "text": "Een avond samen gekeken.", "happenedOn": "2026-03-01"},
            {"value": "reframed", "text": "Wij meten nu wie terugkomt.", "happenedOn": null},
        ]);
        let changed = team.practitioner().patch(&path, 1, json!({"results": results})).expect(200);
        assert_eq!(changed["results"], results);
        team.expert().patch(&path, 2, json!({"reason": "x"})).refused(403, "forbidden");
        team.facilitator().patch(&path, 2, json!({"cycleId": team.cycle().id})).expect(200);
        team.facilitator()
            .patch(&path, 3, json!({"cycleId": origin.cycle().id}))
            .refused(409, "reference_not_found")
            .pointers(&[("/cycleId", "not_found")]);
        team.facilitator()
            .patch(&path, 3, json!({"decision": "rejected"}))
            .refused(409, "inconsistent")
            .pointers(&[("/reason", "required")]);
        team.facilitator()
            .patch(&path, 3, json!({"decision": "rejected", "reason": "Past hier niet."}))
            .expect(200);
        let faulty = json!({"results": [
            {"value": "money", "text": "", "happenedOn": "2026-02-30"}, {"value": "applied", "text": "Ja.", "by": "x"},
        ]});
        team.facilitator().patch(&path, 4, faulty).errors(&[
            ("/results/0/value", "not_in_enum"),
            ("/results/0/text", "too_short"),
            ("/results/0/happenedOn", "bad_format"),
            ("/results/1/by", "unknown_member"),
        ]);
        let tomorrow = json!({"results": [{"value": "applied", "text": "Ja.", "happenedOn": "2999-01-01"}]});
        team.facilitator().patch(&path, 4, tomorrow).errors(&[("/results/0/happenedOn", "in_future")]);
        team.facilitator().patch(&path, 3, json!({"results": []})).refused(412, "version_mismatch");
    });
}

#[test]
fn it_outlives_the_withdrawal_of_the_insight_and_tells_of_it() {
    both(|api| {
        let (origin, team) = (api.team(), api.team());
        let there = origin.cycle();
        let (kept, gone) = (there.share("network"), there.share("network"));
        let path = team.path("adoptions");
        let [standing, affected] =
            [&kept, &gone].map(|id| team.practitioner().post(&path, adoption(id)).expect(201));
        let listed = |query: &str| team.reader().get(format!("{path}{query}")).expect(200);
        let states = |query: &str| -> Vec<Value> {
            listed(query).items().iter().map(|adoption| adoption["insightState"].clone()).collect()
        };
        assert_eq!(states(""), ["shared", "shared"]);
        let body = json!({"to": "withdrawn", "reason": "Bleek niet te kloppen."});
        origin.coordinator().post(format!("/v1/insights/{gone}/transitions"), body).expect(200);
        assert_eq!(states(""), ["withdrawn", "shared"]);
        assert_eq!(listed("?insightState=withdrawn").ids(), [affected.id()]);
        assert_eq!(listed("?insightState=shared&decision=adopted").ids(), [standing.id()]);
        assert!(listed("?decision=rejected").items().is_empty());
        // The record stands, and goes on.
        let result = json!({"results": [{"value": "applied", "text": "Wij doen het zo."}]});
        team.practitioner().patch(format!("/v1/adoptions/{}", affected.id()), 1, result).expect(200);
        team.practitioner()
            .post(api.team().path("adoptions"), adoption(&gone))
            .refused(409, "reference_not_found");
        let ledger = origin.reader().get(format!("/v1/insights/{gone}/adoptions")).expect(200);
        assert_eq!(ledger.items()[0]["results"][0]["value"], "applied");
        let first = listed("?limit=1");
        assert_eq!(first.ids(), [affected.id()]);
        assert_eq!(
            listed(&format!("?limit=1&cursor={}", first.text_of("nextCursor"))).ids(),
            [standing.id()]
        );
    });
}

#[test]
fn an_adapted_insight_names_the_one_it_was_made_from() {
    both(|api| {
        let (origin, team) = (api.team(), api.team());
        let id = origin.cycle().share("network");
        let here = team.cycle();
        let thought = here.reflect(&[&here.observe(json!({}))], json!({}));
        let own = with(insight(&[&thought]), json!({"adaptedFromId": id}));
        let own = team.practitioner().post(here.path("insights"), own).expect(201).id();
        let adopted = json!({"insightId": id, "decision": "adapted"});
        let made = team.practitioner().post(team.path("adoptions"), adopted).expect(201);
        let path = format!("/v1/adoptions/{}", made.id());
        let named = json!({"adaptedInsightId": own});
        team.practitioner().patch(&path, 1, named.clone()).refused(409, "reference_not_found");
        let shared = json!({"to": "shared", "audience": "network"});
        team.practitioner().post(format!("/v1/insights/{own}/transitions"), shared).expect(200);
        assert_eq!(team.practitioner().patch(&path, 1, named).expect(200)["adaptedInsightId"], json!(own));
        // What was withdrawn since stays named.
        let withdrawn = json!({"to": "withdrawn", "reason": "Toch anders."});
        team.practitioner().post(format!("/v1/insights/{own}/transitions"), withdrawn).expect(200);
        team.practitioner().patch(&path, 2, json!({"reason": "Wij deden het anders."})).expect(200);
        team.practitioner()
            .patch(&path, 3, json!({"decision": "adopted"}))
            .refused(409, "inconsistent")
            .pointers(&[("/adaptedInsightId", "inconsistent")]);
    });
}
