//! The ledger of an insight: its network sees it return, over more than one hop, and nobody else does.

use serde_json::{Value, json};

use crate::support::team::{Team, insight, with};
use crate::support::{Api, Client, Part, both};

/// Three networks that have nothing to do with each other: what one shares with everyone, the next makes its own.
struct Journey<'a> {
    origin: Team<'a>,
    middle: Team<'a>,
    end: Team<'a>,
    first: String,
    second: String,
}

/// Somebody who is a member of this network and no other one of the test.
fn only_in(api: &Api, team: &Team, role: &str) -> Client {
    let person = api.newcomer("traveller");
    let member = json!({"personId": person.id, "role": role});
    api.founder().post(team.path("members"), member).expect(201);
    api.signed_in(&person)
}

fn travel(api: &Api) -> Journey<'_> {
    let (origin, middle, end) = (api.team(), api.team(), api.team());
    let first = origin.cycle().share("commons");
    let cycle = middle.cycle();
    let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
    let maker = only_in(api, &middle, "facilitator");
    let own = with(insight(&[&thought]), json!({"adaptedFromId": first}));
    let second = maker.post(cycle.path("insights"), own).expect(201).id();
    let shared = json!({"to": "shared", "audience": "commons"});
    maker.post(format!("/v1/insights/{second}/transitions"), shared).expect(200);
    let adapted = json!({
        "insightId": first, "decision": "adapted", "adaptedInsightId": second, "cycleId": cycle.id,
    });
    maker.post(middle.path("adoptions"), adapted).expect(201);
    let taker = only_in(api, &end, "practitioner");
    let adopted = json!({"insightId": second, "decision": "adopted"});
    let adopted = taker.post(end.path("adoptions"), adopted).expect(201);
    let results = json!({"results": [{"value": "realised", "text": "Meer mensen blijven.", "happenedOn": "2026-05-01"}]});
    taker.patch(format!("/v1/adoptions/{}", adopted.id()), 1, results).expect(200);
    Journey { origin, middle, end, first, second }
}

#[test]
fn it_travels_over_two_hops_and_the_origin_sees_what_came_of_it() {
    both(|api| {
        let Journey { origin, middle, end, first, second } = travel(api);
        let ledger = origin.reader().get(format!("/v1/insights/{first}/adoptions")).expect(200);
        let names = [&end, &middle]
            .map(|team| api.founder().get(format!("/v1/networks/{}", team.id)).expect(200)["name"].clone());
        let told: Vec<Value> = ledger
            .items()
            .iter()
            .map(|entry| {
                let members = [
                    "hop",
                    "insightId",
                    "networkId",
                    "networkName",
                    "locality",
                    "decision",
                    "learningQuestion",
                    "adaptedInsightId",
                    "results",
                ];
                members.iter().map(|member| entry[member].clone()).collect()
            })
            .collect();
        let result =
            json!([{"value": "realised", "text": "Meer mensen blijven.", "happenedOn": "2026-05-01"}]);
        assert_eq!(
            told,
            [
                json!([2, second, end.id, names[0], "Nijmegen", "adopted", null, null, result]),
                json!([
                    1,
                    first,
                    middle.id,
                    names[1],
                    "Nijmegen",
                    "adapted",
                    "Wat helpt tegen eenzaamheid?",
                    second,
                    []
                ]),
            ]
        );
        // No person, whoever did it.
        for entry in ledger.items() {
            assert!(entry["createdBy"].is_null() && entry["authorId"].is_null(), "{entry}");
        }
        // The network between sees what is its own: one hop.
        let middle_ledger = middle.reader().get(format!("/v1/insights/{second}/adoptions")).expect(200);
        assert_eq!(middle_ledger.items().len(), 1);
        assert_eq!(middle_ledger.items()[0]["hop"], 1);
        // Page by page.
        let path = format!("/v1/insights/{first}/adoptions?limit=1");
        let page = origin.reader().get(&path).expect(200);
        let rest = origin.reader().get(format!("{path}&cursor={}", page.text_of("nextCursor"))).expect(200);
        assert_eq!([&page.items()[0], &rest.items()[0]], [&ledger.items()[0], &ledger.items()[1]]);
        assert!(rest["nextCursor"].is_null());
    });
}

#[test]
fn the_journey_stays_in_the_ledger_when_a_stage_is_withdrawn() {
    both(|api| {
        let Journey { origin, first, second, middle, .. } = travel(api);
        let withdrawn = json!({"to": "withdrawn", "reason": "Bleek niet te kloppen."});
        middle
            .coordinator()
            .post(format!("/v1/insights/{second}/transitions"), withdrawn.clone())
            .expect(200);
        origin.coordinator().post(format!("/v1/insights/{first}/transitions"), withdrawn).expect(200);
        let ledger = origin.reader().get(format!("/v1/insights/{first}/adoptions")).expect(200);
        assert_eq!(ledger.items().len(), 2);
    });
}

#[test]
fn others_than_its_network_do_not_see_where_it_went() {
    both(|api| {
        let Journey { origin, middle, first, second, .. } = travel(api);
        let path = format!("/v1/insights/{first}/adoptions");
        only_in(api, &middle, "coordinator").get(&path).refused(403, "forbidden");
        origin.outsider().get(&path).refused(403, "forbidden");
        let only_origin = only_in(api, &origin, "coordinator");
        assert_eq!(only_origin.get(&path).expect(200).items().len(), 2);
        // The origin sees what came of its own, not the adopting network's records.
        only_origin.get(format!("/v1/insights/{second}/adoptions")).refused(403, "forbidden");
        only_origin.get(middle.path("adoptions")).refused(404, "not_found");
        let adoption = only_origin.get(&path).expect(200).items()[1]["adoptionId"].clone();
        only_origin
            .get(format!("/v1/adoptions/{}", adoption.as_str().expect("an id")))
            .refused(404, "not_found");
        // What reaches nobody outside has no ledger there either.
        let kept = origin.cycle().share("network");
        let path = format!("/v1/insights/{kept}/adoptions");
        only_in(api, &middle, "reader").get(&path).refused(404, "not_found");
        assert!(only_origin.get(&path).expect(200).items().is_empty());
        assert_eq!(api.client(Part::Reader).get(&path).expect(200).items().len(), 0);
    });
}
