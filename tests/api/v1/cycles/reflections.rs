//! Reflections: what they rest on, what a deeper loop asks for, and who sees them.

use serde_json::json;

use crate::support::team::{frame_shift, new_id, reflection, with};
use crate::support::{Part, both};

#[test]
fn a_reflection_names_at_least_one_observation_of_its_own_cycle() {
    both(|api| {
        let team = api.team();
        let (cycle, elsewhere) = (team.cycle(), team.cycle());
        let (own, foreign) = (cycle.observe(json!({})), elsewhere.observe(json!({})));
        let practitioner = team.practitioner();
        let path = cycle.path("reflections");
        practitioner.post(&path, reflection(&[])).errors(&[("/observationIds", "too_few")]);
        practitioner
            .post(&path, reflection(&[&own, &foreign]))
            .refused(409, "reference_not_found")
            .pointers(&[("/observationIds/1", "not_found")]);
        practitioner.post(&path, reflection(&[&new_id()])).refused(409, "reference_not_found");
        practitioner.post(&path, reflection(&[&own, &own])).errors(&[("/observationIds", "duplicate")]);
        let made = practitioner.post(&path, reflection(&[&own])).expect(201);
        assert_eq!(made["observationIds"], json!([own]));
        assert_eq!((&made["cycleId"], &made["networkId"]), (&json!(cycle.id), &json!(team.id)));
        assert_eq!((&made["visibility"], &made["state"]), (&json!("network"), &json!("current")));
    });
}

#[test]
fn double_and_triple_loops_carry_a_frame_shift() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let path = cycle.path("reflections");
        for depth in ["double", "triple"] {
            let body = with(reflection(&[&seen]), json!({"loopDepth": depth}));
            team.practitioner().post(&path, body.clone()).errors(&[("/frameShift", "required")]);
            let made =
                team.practitioner().post(&path, with(body, json!({"frameShift": frame_shift()}))).expect(201);
            assert_eq!(made["frameShift"], frame_shift());
        }
        let half = with(
            reflection(&[&seen]),
            json!({"loopDepth": "double", "frameShift": {"assumptionBefore": "Zij wil hulp."}}),
        );
        team.practitioner()
            .post(&path, half)
            .errors(&[("/frameShift/disruption", "required"), ("/frameShift/assumptionAfter", "required")]);
        assert_eq!(cycle.report()["byLoopDepth"], json!({"single": 0, "double": 1, "triple": 1}));
    });
}

#[test]
fn what_is_kept_to_its_author_is_seen_and_counted_by_nobody_else() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let hidden = cycle.reflect(
            &[&seen],
            json!({"visibility": "author", "loopDepth": "triple", "frameShift": frame_shift()}),
        );
        let path = format!("/v1/reflections/{hidden}");
        for client in [team.coordinator(), team.facilitator(), team.reader(), api.founder()] {
            client.get(&path).refused(404, "not_found");
            client.patch(&path, 1, json!({"loopDepth": "single"})).refused(404, "not_found");
            client
                .post(format!("{path}/transitions"), json!({"to": "withdrawn", "reason": "Weg."}))
                .refused(404, "not_found");
            assert!(client.get(cycle.path("reflections")).expect(200).items().is_empty());
        }
        assert_eq!(team.practitioner().get(&path).expect(200)["visibility"], "author");
        assert_eq!(team.practitioner().get(cycle.path("reflections")).expect(200).ids(), [hidden.as_str()]);

        // It counts nowhere, not even in what its author is shown.
        for client in [team.coordinator(), team.practitioner()] {
            let report = client.get(cycle.path("report")).expect(200);
            assert_eq!(report["counts"]["reflections"], 0);
            assert_eq!(report["byLoopDepth"]["triple"], 0);
            assert_eq!(report["loop"]["stages"]["discussed"], 0);
            assert_eq!(report["openItems"][0]["waitingFor"], "reflection");
        }
        // Nobody else can build on it.
        let owner = &api.person(Part::Facilitator).id;
        let action = crate::support::team::action(&[&hidden], owner);
        team.facilitator().post(cycle.path("actions"), action).refused(409, "reference_not_found");
    });
}

#[test]
fn an_author_may_show_later_what_they_kept_to_themselves() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let hidden = cycle.reflect(&[&seen], json!({"visibility": "author"}));
        let path = format!("/v1/reflections/{hidden}");
        team.practitioner().patch(&path, 1, json!({"visibility": "network"})).expect(200);
        team.coordinator().get(&path).expect(200);
        assert_eq!(cycle.report()["loop"]["stages"]["discussed"], 1);
    });
}

#[test]
fn what_others_act_upon_stays_in_sight() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        cycle.act(&[&thought], json!({}));
        let hidden = json!({"visibility": "author", "loopDepth": "double"});
        team.practitioner()
            .patch(format!("/v1/reflections/{thought}"), 1, hidden)
            .refused(409, "inconsistent")
            .pointers(&[("/visibility", "followed"), ("/frameShift", "required")]);
    });
}

#[test]
fn answers_belong_to_the_prompts_of_the_model() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let practitioner = team.practitioner();
        let wrong = with(reflection(&[&seen]), json!({"answers": [{"promptId": "nowhere", "text": "…"}]}));
        practitioner.post(cycle.path("reflections"), wrong).expect(400);
        for model in ["alact", "gibbs"] {
            let shown = practitioner.get(format!("/v1/reflection-models/{model}")).expect(200);
            let prompts = shown["prompts"].as_array().expect("prompts");
            assert!(prompts.len() > 1, "{model} has its steps");
            let answers: Vec<_> = prompts
                .iter()
                .map(|prompt| json!({"promptId": prompt["id"], "text": "Een gedachte."}))
                .collect();
            let body = with(reflection(&[&seen]), json!({"model": model, "answers": answers}));
            let made = practitioner.post(cycle.path("reflections"), body).expect(201);
            assert_eq!(
                made["modelVersion"], shown["version"],
                "it keeps the version of the prompts it answers"
            );
        }
        practitioner.get("/v1/reflection-models/kolb").refused(404, "not_found");
    });
}

#[test]
fn a_team_reflects_together_but_only_with_its_own_people() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let (expert, outsider) = (&api.person(Part::Expert).id, &api.person(Part::Outsider).id);
        let with_people = |people: &[&str]| with(reflection(&[&seen]), json!({"participantIds": people}));
        let made = team.practitioner().post(cycle.path("reflections"), with_people(&[expert])).expect(201);
        assert_eq!(made["participantIds"], json!([expert]));
        team.practitioner()
            .post(cycle.path("reflections"), with_people(&[expert, outsider]))
            .refused(409, "reference_not_found")
            .pointers(&[("/participantIds/1", "not_found")]);
    });
}

#[test]
fn a_withdrawn_reflection_opens_its_observations_again() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let thought = cycle.reflect(&[&seen], json!({}));
        assert_eq!(cycle.report()["openItems"][0]["waitingFor"], "action");
        cycle.withdraw("reflections", &thought);
        let report = cycle.report();
        assert_eq!(report["openItems"][0]["waitingFor"], "reflection");
        assert_eq!(
            (&report["counts"]["reflections"], &report["loop"]["stages"]["discussed"]),
            (&json!(0), &json!(0))
        );
        let kept = team.reader().get(format!("/v1/reflections/{thought}")).expect(200);
        assert_eq!(
            (&kept["state"], &kept["stateReason"]),
            (&json!("withdrawn"), &json!("Bij de verkeerde cyclus gelogd."))
        );
    });
}
