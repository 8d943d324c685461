//! Sharing is an explicit act, widened and never narrowed; withdrawing is final.

use serde_json::{Value, json};

use crate::support::team::new_id;
use crate::support::{Part, Request, both};

fn shared(audience: &str) -> Value {
    json!({"to": "shared", "audience": audience})
}

#[test]
fn an_author_shares_with_the_network_and_a_guide_beyond_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let id = cycle.draft(&[&thought], json!({}));
        let path = format!("/v1/insights/{id}");
        let moves = format!("{path}/transitions");
        let author = team.practitioner();
        author.post(&moves, shared("commons")).refused(403, "forbidden");
        author
            .post(&moves, json!({"to": "withdrawn", "reason": "Toch niet."}))
            .refused(409, "move_not_allowed");
        let first = author.post(&moves, shared("network")).expect(200);
        assert_eq!((&first["state"], &first["audience"]), (&json!("shared"), &json!("network")));
        // The text is fixed.
        author.patch(&path, 2, json!({"title": "Anders"})).refused(409, "not_a_draft");
        author.delete(&path, 2).refused(409, "not_a_draft");
        team.facilitator().patch(&path, 2, json!({"title": "Anders"})).refused(403, "forbidden");

        team.expert().post(&moves, shared("lineage")).refused(403, "forbidden");
        let wider = team.facilitator().post(&moves, shared("lineage")).expect(200);
        assert_eq!((&wider["sharedAt"], &wider["provenance"]), (&first["sharedAt"], &first["provenance"]));
        team.coordinator().post(&moves, shared("lineage")).refused(409, "audience_not_wider");
        team.coordinator().post(&moves, shared("network")).refused(409, "audience_not_wider");
        let stale = Request::new("POST", &moves).if_match(1).json(&shared("commons"));
        team.coordinator().send(stale).refused(412, "version_mismatch");
        let current = Request::new("POST", &moves).if_match(3).json(&shared("commons"));
        assert_eq!(team.coordinator().send(current).expect(200)["audience"], "commons");

        team.facilitator().post(&moves, json!({"to": "withdrawn", "reason": "x"})).refused(403, "forbidden");
        let withdrawn = json!({"to": "withdrawn", "reason": "Bleek niet te kloppen.", "id": new_id()});
        let gone = author.post(&moves, withdrawn.clone()).expect(200);
        assert_eq!((&gone["state"], &gone["stateReason"]), (&json!("withdrawn"), &withdrawn["reason"]));
        author.post(&moves, withdrawn).expect(200);
        for body in [shared("commons"), json!({"to": "withdrawn", "reason": "Nog eens."})] {
            let refused = team.coordinator().post(&moves, body).refused(409, "move_not_allowed");
            assert_eq!(refused["possible"], json!([]));
        }
    });
}

#[test]
fn a_move_says_what_it_needs() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let moves = format!("/v1/insights/{}/transitions", cycle.share("network"));
        let guide = team.coordinator();
        guide.post(&moves, json!({"to": "shared"})).errors(&[("/audience", "required")]);
        guide
            .post(&moves, json!({"to": "withdrawn", "audience": "network"}))
            .errors(&[("/audience", "inconsistent"), ("/reason", "required")]);
        guide
            .post(&moves, json!({"to": "draft", "audience": "everybody"}))
            .errors(&[("/audience", "not_in_enum"), ("/to", "not_in_enum")]);
    });
}

#[test]
fn a_resend_of_the_sharing_is_answered_with_the_insight_as_it_is_now() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let id = cycle.draft(&[&thought], json!({}));
        let moves = format!("/v1/insights/{id}/transitions");
        let sent = json!({"id": new_id(), "to": "shared", "audience": "network"});
        team.practitioner().post(&moves, sent.clone()).expect(200);
        team.coordinator().post(&moves, shared("commons")).expect(200);
        let again = team.practitioner().post(&moves, sent).expect(200);
        assert_eq!((&again["audience"], again.version()), (&json!("commons"), 3));
    });
}

#[test]
fn provenance_counts_what_led_to_the_actions_that_were_judged() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen: Vec<String> = (0..5).map(|_| cycle.observe(json!({}))).collect();
        let thought = cycle.reflect(&[&seen[0], &seen[1]], json!({}));
        let also = cycle.reflect(&[&seen[1], &seen[2]], json!({}));
        let withdrawn = cycle.reflect(&[&seen[3]], json!({}));
        let tried = cycle.act(&[&thought, &also, &withdrawn], json!({}));
        let again = cycle.act(&[&thought], json!({}));
        cycle.withdraw("reflections", &withdrawn);
        let judged = [&tried, &again].map(|action| cycle.evaluate(action, json!({})));
        let share = |reflections: &[&str]| {
            let id = cycle.draft(reflections, json!({"evaluationIds": judged}));
            let moves = format!("/v1/insights/{id}/transitions");
            team.practitioner().post(moves, shared("network")).expect(200)["provenance"]["observations"]
                .clone()
        };
        assert_eq!(share(&[]), 3);
        // One that is thought about and led to an action is one.
        let apart = cycle.reflect(&[&seen[0], &seen[4]], json!({}));
        assert_eq!(share(&[&apart]), 4);
        cycle.withdraw("observations", &seen[2]);
        assert_eq!(share(&[&apart]), 3);
    });
}

#[test]
fn provenance_tells_what_stood_behind_it_when_it_was_first_shared() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen: Vec<String> = (0..4).map(|_| cycle.observe(json!({}))).collect();
        let first = cycle.reflect(&[&seen[0], &seen[1]], json!({}));
        let second = cycle.reflect(&[&seen[1], &seen[2], &seen[3]], json!({}));
        let later = cycle.reflect(&[&seen[0]], json!({}));
        cycle.withdraw("observations", &seen[3]);
        let tried = cycle.act(&[&first], json!({}));
        let verdicts = ["worked", "worked", "did_not_work", "partly"];
        let judged: Vec<String> =
            verdicts.iter().map(|verdict| cycle.evaluate(&tried, json!({"verdict": verdict}))).collect();
        let sources = json!({"evaluationIds": &judged[..3]});
        let id = cycle.draft(&[&first, &second, &later], sources);
        cycle.withdraw("reflections", &later);
        let moves = format!("/v1/insights/{id}/transitions");
        let made = team.practitioner().post(&moves, shared("network")).expect(200);
        let network = team.reader().get(format!("/v1/networks/{}", team.id)).expect(200);
        let provenance = json!({
            "networkId": team.id, "networkName": network["name"], "locality": "Nijmegen", "cycleId": cycle.id,
            "learningQuestion": "Wat helpt tegen eenzaamheid?", "observations": 3,
            "verdicts": {"worked": 2, "partly": 0, "didNotWork": 1},
        });
        assert_eq!(made["provenance"], provenance);

        // Frozen: what happens afterwards changes nothing.
        cycle.withdraw("evaluations", &judged[0]);
        let path = format!("/v1/networks/{}", team.id);
        team.coordinator().patch(&path, network.version(), json!({"name": "Later anders"})).expect(200);
        let wider = team.coordinator().post(&moves, shared("commons")).expect(200);
        assert_eq!(wider["provenance"], provenance);
        let outside = team.outsider().get(format!("/v1/insights/{id}")).expect(200);
        let mut told = wider.body.clone();
        told["provenance"]["observations"] = Value::Null;
        told["provenance"]["verdicts"] = json!({"worked": null, "partly": 0, "didNotWork": null});
        assert_eq!(outside.body, told, "few are not told of");
        for part in [Part::Practitioner, Part::Coordinator] {
            assert!(!outside.text.contains(&api.person(part).id), "no person in {}", outside.text);
        }
        for source in seen.iter().chain(&judged).chain([&first, &second]) {
            assert!(!outside.text.contains(source), "no source in {}", outside.text);
        }
    });
}

#[test]
fn what_lost_all_its_sources_is_not_shared() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let id = cycle.draft(&[&thought], json!({}));
        cycle.withdraw("reflections", &thought);
        let path = format!("/v1/insights/{id}");
        team.practitioner().post(format!("{path}/transitions"), shared("network")).refused(409, "no_source");
        assert_eq!(team.practitioner().get(&path).expect(200)["state"], "draft");
    });
}

#[test]
fn what_was_shared_can_be_taken_back_from_an_archived_network_too() {
    both(|api| {
        let team = api.team();
        let insight = team.cycle().share("commons");
        let archived = json!({"to": "archived", "reason": "Het project is klaar."});
        team.coordinator().post(team.path("transitions"), archived).expect(200);
        let moves = format!("/v1/insights/{insight}/transitions");
        let body = json!({"to": "withdrawn", "reason": "Iemand herkende zich erin."});
        team.coordinator().post(&moves, body).expect(200);
        team.outsider().get(format!("/v1/insights/{insight}")).refused(404, "not_found");
    });
}
