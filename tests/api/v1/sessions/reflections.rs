//! The reflection that a session makes together: who answered what, and dissent that stays.

use serde_json::{Value, json};

use crate::support::learners::leave;
use crate::support::team::{new_id, reflection, session, with};
use crate::support::{Answer, Part, both};

#[test]
fn a_session_makes_one_reflection_together() {
    both(|api| {
        let team = api.team();
        let (cycle, elsewhere) = (team.cycle(), team.cycle());
        let (seen, far) = (cycle.observe(json!({})), elsewhere.observe(json!({})));
        let held = team.held(json!({"cycleId": cycle.id}), &[Part::Expert, Part::Practitioner]);
        let practitioner = team.practitioner();
        let of = |session: &str| with(reflection(&[&seen]), json!({"sessionId": session}));
        let path = cycle.path("reflections");

        let planned =
            team.facilitator().post(team.path("sessions"), with(session(), json!({"cycleId": cycle.id})));
        practitioner.post(&path, of(&planned.expect(201).id())).refused(409, "not_held");
        practitioner
            .post(&path, of(&new_id()))
            .refused(409, "reference_not_found")
            .pointers(&[("/sessionId", "not_found")]);
        let of_other_cycle = with(reflection(&[&far]), json!({"sessionId": held.id}));
        practitioner.post(elsewhere.path("reflections"), of_other_cycle).refused(409, "reference_not_found");
        let alone = with(of(&held.id), json!({"visibility": "author"}));
        practitioner.post(&path, alone).errors(&[("/visibility", "inconsistent")]);
        let absent = with(of(&held.id), json!({"participantIds": [api.person(Part::Reader).id]}));
        practitioner
            .post(&path, absent)
            .refused(409, "reference_not_found")
            .pointers(&[("/participantIds/0", "not_found")]);

        let together = json!({"id": new_id(), "participantIds": [api.person(Part::Expert).id]});
        let body = with(of(&held.id), together);
        let made = practitioner.post(&path, body.clone()).expect(201);
        assert_eq!(made["sessionId"], json!(held.id));
        practitioner.post(&path, body).expect(200);
        let refused = practitioner.post(&path, of(&held.id)).refused(409, "has_reflection");
        assert_eq!(refused["reflectionId"], made["id"]);
        let own = format!("/v1/reflections/{}", made.id());
        practitioner.patch(&own, 1, json!({"visibility": "author"})).refused(409, "inconsistent");
        let list = |state: &str| {
            team.reader().get(held.path(&format!("reflections?state={state}"))).expect(200).ids()
        };
        assert_eq!(list("current"), [made.id()]);
        cycle.withdraw("reflections", &made.id());
        assert_eq!((list("current").len(), list("withdrawn")), (0, vec![made.id()]));
        practitioner.post(&path, of(&held.id)).expect(201);
    });
}

#[test]
fn a_session_of_the_network_can_reflect_in_any_of_its_cycles_but_by_members_alone() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let guest = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "practitioner"});
        api.founder().post(cycle.path("participants"), guest).expect(201);
        let seen = cycle.observe(json!({}));
        let held = team.held(json!({}), &[Part::Expert]);
        let body = with(reflection(&[&seen]), json!({"sessionId": held.id}));
        api.client(Part::GuestPractitioner)
            .post(cycle.path("reflections"), body.clone())
            .refused(409, "reference_not_found")
            .pointers(&[("/sessionId", "not_found")]);
        team.practitioner().post(cycle.path("reflections"), body).expect(201);
    });
}

#[test]
fn a_change_is_judged_by_what_it_sends() {
    both(|api| {
        let (team, author) = (api.team(), api.learner("vertrekker"));
        let membership = author.join(&team);
        let cycle = team.cycle();
        let (seen, late) = (cycle.observe(json!({})), cycle.observe(json!({})));
        let held = team.held(json!({}), &[Part::Expert]);
        let (expert, reader) = (&api.person(Part::Expert).id, &api.person(Part::Reader).id);
        let body =
            with(reflection(&[&seen, &late]), json!({"sessionId": held.id, "participantIds": [expert]}));
        let made = author.client.post(cycle.path("reflections"), body).expect(201).id();
        let path = format!("/v1/reflections/{made}");

        // The session and an observation are out of the author's reach by now; they stay what was thought about.
        leave(&team, &membership);
        let guest = json!({"personId": author.person.id, "role": "practitioner"});
        api.founder().post(cycle.path("participants"), guest).expect(201);
        cycle.withdraw("observations", &late);
        let text = json!({"answers": answers(&[(None, None, "Beter gezegd.")])});
        let changed = author.client.patch(&path, 1, text).expect(200);
        assert_eq!(changed["sessionId"], json!(held.id));
        let listed = |id: &str| {
            let list = cycle.path(&format!("reflections?observationId={id}"));
            team.reader().get(list).expect(200).ids().len()
        };
        assert_eq!((listed(&seen), listed(&late)), (1, 1));

        let wrong = json!({"observationIds": [late, new_id()], "participantIds": [expert, reader]});
        author
            .client
            .patch(&path, 2, wrong)
            .refused(409, "reference_not_found")
            .pointers(&[("/observationIds/1", "not_found"), ("/participantIds/1", "not_found")]);
        author.client.patch(&path, 2, json!({"observationIds": [late]})).expect(200);
        assert_eq!((listed(&seen), listed(&late)), (0, 1));
        assert_eq!(team.reader().get(held.path("reflections")).expect(200).ids(), [made]);
        // What was withdrawn cannot be taken up anew.
        cycle.withdraw("observations", &seen);
        author
            .client
            .patch(&path, 3, json!({"observationIds": [seen]}))
            .refused(409, "reference_not_found")
            .pointers(&[("/observationIds/0", "not_found")]);
    });
}

fn answers(given: &[(Option<&str>, Option<bool>, &str)]) -> Value {
    let answer = |(person, dissent, text): &(Option<&str>, Option<bool>, &str)| {
        let mut answer = json!({"promptId": "free", "text": text});
        if let Some(person) = person {
            answer["personId"] = json!(person);
        }
        if let Some(dissent) = dissent {
            answer["dissent"] = json!(dissent);
        }
        answer
    };
    given.iter().map(answer).collect()
}

#[test]
fn several_may_answer_a_prompt_each_by_name() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let (author, expert) = (&*api.person(Part::Practitioner).id, &*api.person(Part::Expert).id);
        let send = |participants: &[&str], answers: Value| {
            let members = json!({"participantIds": participants, "answers": answers});
            team.practitioner().post(cycle.path("reflections"), with(reflection(&[&seen]), members))
        };
        let all = answers(&[
            (None, None, "We komen te vroeg."),
            (None, Some(true), "Dat is niet het punt."),
            (Some(author), None, "Ik kwam te vroeg."),
            (Some(expert), Some(true), "Jullie komen met een map."),
        ]);
        let made = send(&[expert], all.clone()).expect(201);
        assert_eq!(made["answers"], all);
        let twice = |given| send(&[expert], given).errors(&[("/answers/1/promptId", "duplicate")]);
        twice(answers(&[(Some(expert), None, "Zo."), (Some(expert), Some(true), "Of zo.")]));
        twice(answers(&[(None, None, "Zo."), (None, Some(false), "Of zo.")]));
        send(&[], answers(&[(None, None, "Zo."), (Some(expert), None, "Zij was er niet bij.")]))
            .refused(409, "reference_not_found")
            .pointers(&[("/answers/1/personId", "not_found")]);
    });
}

#[test]
fn dissent_stays() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (author, expert) = (&*api.person(Part::Practitioner).id, &*api.person(Part::Expert).id);
        let held = team.held(json!({"cycleId": cycle.id}), &[Part::Expert, Part::Practitioner]);
        let theirs = (Some(expert), Some(true), "Het ligt niet aan het uur.");
        let unnamed = (None, Some(true), "Ik ben er niet zeker van.");
        let own = (Some(author), Some(true), "Ik twijfel.");
        let made = cycle.reflect(
            &[&cycle.observe(json!({}))],
            json!({
                "sessionId": held.id, "participantIds": [expert],
                "answers": answers(&[(None, None, "Het uur."), theirs, unnamed, own]),
            }),
        );
        let path = format!("/v1/reflections/{made}");
        let practitioner = team.practitioner();
        let change = |given: &[_]| practitioner.patch(&path, 1, json!({"answers": answers(given)}));
        let stays = |answer: Answer| {
            answer.refused(409, "inconsistent").pointers(&[("/answers", "dissent_stays")]);
        };
        stays(change(&[(None, None, "Het uur."), unnamed, own]));
        stays(change(&[theirs]));
        stays(change(&[(Some(expert), Some(true), "Het ligt aan het uur."), unnamed]));
        stays(change(&[(Some(expert), Some(false), theirs.2), unnamed]));
        // All that is wrong is told at once.
        let mut wrong =
            json!({"answers": answers(&[unnamed]), "visibility": "author", "loopDepth": "double"});
        wrong["answers"][0]["promptId"] = json!("luck");
        practitioner.patch(&path, 1, wrong).refused(409, "inconsistent").pointers(&[
            ("/answers/0/promptId", "not_in_enum"),
            ("/answers", "dissent_stays"),
            ("/visibility", "inconsistent"),
            ("/frameShift", "required"),
        ]);
        // Nor by saying that they were not there.
        practitioner
            .patch(&path, 1, json!({"participantIds": []}))
            .refused(409, "reference_not_found")
            .pointers(&[("/answers/1/personId", "not_found")]);
        // A corrected list of those present takes nobody's words away.
        held.correct(&[Part::Practitioner]);
        // One's own can be taken back, and the rest put right.
        let after = change(&[(None, None, "Het uur, vooral."), theirs, unnamed]).expect(200);
        assert_eq!(after["answers"].as_array().map(Vec::len), Some(3));
        // A report counts it once and names nobody.
        let report = cycle.report();
        assert_eq!(report["counts"]["reflections"], 1);
        assert!(!report.text.contains(expert) && !report.text.contains("niet aan het uur"));
    });
}
