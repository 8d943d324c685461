//! What people want to learn, how they came to know it, and what shows that they do.

use serde_json::{Value, json};

use crate::support::learners::{MEMBERS, leave, seen_by, surround};
use crate::support::team::{ago, new_id};
use crate::support::{Part, both};

#[test]
fn a_goal_that_is_achieved_states_the_competence_and_closes_the_gap() {
    both(|api| {
        let (team, learner) = (api.team(), api.learner("leergierig"));
        learner.join(&team);
        let competence = api.competence();
        let question = team.cycle().ask(json!({"competenceIds": [competence]}));
        let path = learner.aim(&competence, "network");
        let open = learner.client.post("/v1/me/learning-goals", json!({"competenceId": competence}));
        let open = open.refused(409, "already_open");
        assert_eq!(format!("/v1/learning-goals/{}", open["learningGoalId"].as_str().expect("an id")), path);

        let happened = ago(3_600);
        let body = json!({
            "id": new_id(), "to": "achieved", "happenedAt": happened, "statement": {"level": "proficient"},
            "route": {"kind": "colleague", "personId": api.person(Part::Expert).id, "text": "Meegelopen."},
        });
        let moves = format!("{path}/transitions");
        let achieved = learner.client.post(&moves, body.clone()).expect(200);
        assert_eq!((&achieved["state"], &achieved["settledAt"]), (&json!("achieved"), &json!(happened)));
        assert_eq!(achieved["route"]["personId"], api.person(Part::Expert).id.as_str());
        let stated = learner.client.get("/v1/me/competences").expect(200).items()[0].clone();
        assert_eq!((&stated["level"], &stated["disclosure"]), (&json!("proficient"), &json!("network")));
        assert!(team.reader().get(team.path("competence-gaps")).expect(200).items().is_empty());
        assert!(!learner.client.get("/v1/me/competence-gaps").expect(200).text.contains(&question));

        // Sent again it is made once, also when the goal has changed since.
        learner.set(&path, json!({"text": "Achteraf opgeschreven."}));
        assert_eq!(learner.client.post(&moves, body.clone()).expect(200).version(), 3);
        let mut other = body;
        other["route"]["text"] = json!("Anders.");
        learner.client.post(&moves, other).refused(409, "id_reused");
        let dropped = json!({"to": "dropped", "reason": "Toch niet."});
        learner.client.post(&moves, dropped).refused(409, "move_not_allowed");
        // Who wants to go on learning sets the next goal.
        learner.aim(&competence, "self");
    });
}

#[test]
fn a_statement_that_stands_is_shown_to_nobody_more_than_its_person_asked_for() {
    both(|api| {
        let (team, learner) = (api.team(), api.learner("bescheiden"));
        learner.join(&team);
        let [kept, shown] = [(); 2].map(|()| api.competence());
        let course = json!({"kind": "training", "text": "Een cursus."});
        let statement = learner.state(&kept, "self");
        learner.learn(&kept, "network", course.clone());
        let stays = learner.client.get(&statement).expect(200);
        assert_eq!(
            (&stays["disclosure"], &stays["level"], stays.version()),
            (&json!("self"), &json!("competent"), 1)
        );

        let statement = learner.state(&shown, "self");
        let goal = learner.aim(&shown, "self");
        let given = json!({"disclosure": "network", "offersHelp": true});
        let body = json!({"to": "achieved", "route": course, "statement": given});
        learner.client.post(format!("{goal}/transitions"), body).expect(200);
        let changed = team.reader().get(&statement).expect(200);
        assert_eq!((&changed["offersHelp"], &changed["level"]), (&json!(true), &json!("competent")));
        team.reader().get(&goal).expect(404);
    });
}

#[test]
fn a_move_is_one_goals_and_a_change_that_changes_nothing_is_none() {
    both(|api| {
        let learner = api.learner("zuinig");
        let [first, second] = [(); 2].map(|()| api.competence());
        let goals = [&first, &second].map(|competence| learner.aim(competence, "self"));
        let body = json!({"id": new_id(), "to": "dropped", "reason": "Toch niet."});
        learner.client.post(format!("{}/transitions", goals[0]), body.clone()).expect(200);
        learner.client.post(format!("{}/transitions", goals[0]), body.clone()).expect(200);
        learner.client.post(format!("{}/transitions", goals[1]), body.clone()).refused(409, "id_taken");
        let stranger = api.learner("vreemde");
        let theirs = stranger.aim(&first, "self");
        stranger.client.post(format!("{theirs}/transitions"), body).refused(409, "id_taken");

        let statement = learner.state(&second, "self");
        for (path, members) in [
            (&goals[1], json!({})),
            (&goals[1], json!({"disclosure": "self", "text": null})),
            (&statement, json!({})),
            (&statement, json!({"level": "competent", "offersHelp": false})),
        ] {
            assert_eq!(learner.client.patch(path, 1, members).expect(200).version(), 1);
            learner.client.patch(path, 2, json!({})).refused(412, "version_mismatch");
        }
        let route = json!({"kind": "training", "text": "Een cursus."});
        let body = json!({"to": "achieved", "route": route, "statement": {}});
        learner.client.post(format!("{}/transitions", goals[1]), body).expect(200);
        assert_eq!(learner.client.get(&statement).expect(200).version(), 1);
        assert_eq!(learner.set(&statement, json!({"level": null})).version(), 2);
    });
}

#[test]
fn the_way_there_is_one_that_the_learner_can_name() {
    both(|api| {
        let (team, elsewhere, learner) = (api.team(), api.team(), api.learner("zoeker"));
        learner.join(&team);
        let act = |team: &crate::support::team::Team<'_>| {
            let cycle = team.cycle();
            cycle.act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({}))
        };
        let (action, theirs) = (act(&team), act(&elsewhere));
        let moves = format!("{}/transitions", learner.aim(&api.competence(), "network"));
        let achieve = |route: Value| learner.client.post(&moves, json!({"to": "achieved", "route": route}));
        for (kind, member, id) in [
            ("action", "actionId", theirs.as_str()),
            ("action", "actionId", &new_id()),
            ("colleague", "personId", &learner.person.id),
            ("colleague", "personId", &api.person(Part::Outsider).id),
            ("insight", "insightId", &new_id()),
        ] {
            let pointer = format!("/route/{member}");
            achieve(json!({"kind": kind, member: id}))
                .refused(409, "reference_not_found")
                .pointers(&[(&pointer, "not_found")]);
        }
        achieve(json!({"kind": "training", "actionId": action, "personId": new_id()}))
            .errors(&[("/route/actionId", "inconsistent"), ("/route/personId", "inconsistent")]);
        achieve(json!({"kind": "training"})).errors(&[("/route/text", "required")]);
        achieve(json!({"kind": "luck", "text": "Zomaar."})).errors(&[("/route/kind", "not_in_enum")]);
        learner.client.post(&moves, json!({"to": "achieved"})).errors(&[("/route", "required")]);
        learner
            .client
            .post(&moves, json!({"to": "dropped", "route": {"kind": "training", "text": "Een cursus."}, "statement": {}}))
            .errors(&[("/reason", "required"), ("/route", "inconsistent"), ("/statement", "inconsistent")]);
        assert!(learner.client.get("/v1/me/competences").expect(200).items().is_empty(), "nothing half done");
        let done = achieve(json!({"kind": "action", "actionId": action})).expect(200);
        assert_eq!(done["route"]["actionId"], action.as_str());
    });
}

#[test]
fn a_goal_is_read_as_its_person_decides() {
    both(|api| {
        let (team, learner) = (api.team(), api.learner("doelgericht"));
        let membership = learner.join(&team);
        surround(&team);
        let competence = api.competence();
        let path = learner.aim(&competence, "self");
        let list = team.path(&format!("learning-goals?competenceId={competence}"));
        seen_by(api, &path, &[]);
        seen_by(api, &list, &MEMBERS);
        assert!(team.coordinator().get(&list).expect(200).items().is_empty());
        learner.set(&path, json!({"disclosure": "network"}));
        seen_by(api, &path, &MEMBERS);
        seen_by(api, &format!("{path}/evidence"), &MEMBERS);
        assert_eq!(team.reader().get(format!("{list}&state=open")).expect(200).items().len(), 1);
        assert!(team.reader().get(format!("{list}&state=achieved")).expect(200).items().is_empty());

        // What was dropped, and why, is nobody else's business.
        let dropped = json!({"to": "dropped", "reason": "Thuis ging voor."});
        let gone = learner.client.post(format!("{path}/transitions"), dropped).expect(200);
        assert_eq!((&gone["state"], &gone["stateReason"]), (&json!("dropped"), &json!("Thuis ging voor.")));
        seen_by(api, &path, &[]);
        assert!(team.coordinator().get(&list).expect(200).items().is_empty());
        assert_eq!(learner.client.get("/v1/me/learning-goals?state=dropped").expect(200).items().len(), 1);

        let kept =
            learner.learn(&api.competence(), "network", json!({"kind": "training", "text": "Een cursus."}));
        seen_by(api, &kept, &MEMBERS);
        leave(&team, &membership);
        seen_by(api, &kept, &[]);
        assert!(team.coordinator().get(&list).expect(200).items().is_empty());
    });
}

#[test]
fn who_taught_it_is_named_to_others_only_where_they_disclose_it_themselves() {
    both(|api| {
        let (team, learner, teacher) = (api.team(), api.learner("leerling"), api.learner("meester"));
        learner.join(&team);
        let membership = teacher.join(&team);
        let competence = api.competence();
        let path = learner.learn(
            &competence,
            "network",
            json!({"kind": "colleague", "personId": teacher.person.id}),
        );
        let named = |client: &crate::support::Client| {
            let one = client.get(&path).expect(200)["route"].clone();
            let list = client
                .get(team.path(&format!("learning-goals?competenceId={competence}")))
                .expect(200)
                .items()[0]["route"]
                .clone();
            assert_eq!(one, list);
            assert_eq!(one["kind"], "colleague");
            one["personId"].clone()
        };
        assert_eq!(named(&team.reader()), Value::Null);
        let own = learner.client.get(&path).expect(200);
        assert_eq!(own["route"]["personId"], teacher.person.id.as_str(), "one knows oneself");
        let statement = teacher.state(&competence, "self");
        assert_eq!(named(&team.reader()), Value::Null);
        teacher.set(&statement, json!({"disclosure": "network"}));
        assert_eq!(named(&team.reader()), teacher.person.id.as_str());
        leave(&team, &membership);
        assert_eq!(named(&team.reader()), Value::Null);
    });
}

#[test]
fn evidence_is_added_afterwards_as_often_as_it_shows() {
    both(|api| {
        let (team, learner) = (api.team(), api.learner("bewijs"));
        learner.join(&team);
        let path = learner.aim(&api.competence(), "network");
        let list = format!("{path}/evidence");
        let body = json!({"id": new_id(), "text": "Hij begon er zelf over.", "happenedAt": ago(86_400)});
        learner.client.post(&list, body.clone()).refused(409, "not_achieved");
        let achieved = json!({"to": "achieved", "route": {"kind": "training", "text": "Een cursus."}});
        learner.client.post(format!("{path}/transitions"), achieved).expect(200);
        let first = learner.client.post(&list, body.clone()).expect(201);
        learner.client.post(&list, body.clone()).expect(200);
        let second = learner.client.post(&list, json!({"text": "En weer."})).expect(201);
        assert_eq!(team.reader().get(&list).expect(200).ids(), [second.id(), first.id()]);
        let one = format!("/v1/learning-goal-evidence/{}", first.id());
        team.reader().get(&one).expect(200);
        team.coordinator().delete(&one, 1).refused(403, "forbidden");
        team.coordinator().post(&list, json!({"text": "Dat zag ik."})).refused(403, "forbidden");
        learner.client.delete(&one, 1).expect(204);
        learner.client.get(&one).expect(404);
        learner.client.post(&list, body).refused(409, "retracted");
        learner.set(&path, json!({"disclosure": "self"}));
        team.reader().get(format!("/v1/learning-goal-evidence/{}", second.id())).expect(404);
        learner
            .client
            .post(&list, json!({"happenedAt": ago(-7_200)}))
            .errors(&[("/text", "required"), ("/happenedAt", "in_future")]);
    });
}

#[test]
fn an_insight_that_was_the_way_is_named_to_those_whom_it_reaches() {
    both(|api| {
        let (team, second, learner) = (api.team(), api.quiet_team(), api.learner("lezer"));
        learner.join(&team);
        learner.join(&second);
        let viewer = api.learner("meelezer");
        viewer.join(&second);
        let cycle = team.cycle();
        let (insight, wide) = (cycle.share("network"), cycle.share("commons"));
        let name = |insight: &str| {
            learner.learn(&api.competence(), "network", json!({"kind": "insight", "insightId": insight}))
        };
        let named = |client: &crate::support::Client, path: &str| {
            client.get(path).expect(200)["route"]["insightId"].clone()
        };
        let (inside, commons) = (name(&insight), name(&wide));
        assert_eq!(named(&team.reader(), &inside), insight.as_str());
        assert_eq!(named(&viewer.client, &inside), Value::Null);
        assert_eq!(named(&viewer.client, &commons), wide.as_str());
        let withdrawn = json!({"to": "withdrawn", "reason": "Het gold alleen hier."});
        team.coordinator().post(format!("/v1/insights/{wide}/transitions"), withdrawn).expect(200);
        assert_eq!(named(&viewer.client, &commons), Value::Null);
        assert_eq!(named(&learner.client, &commons), wide.as_str(), "one knows oneself");
    });
}
