//! What the questions ask of me and I have not stated, seen by me alone.

use serde_json::{Value, json};

use crate::support::learners::{Learner, leave};
use crate::support::{Client, both};

fn mine(client: &Client) -> Vec<Value> {
    client.get("/v1/me/competence-gaps?limit=200").expect(200).items().clone()
}

fn of(learner: &Learner<'_>, competence: &str) -> Option<Value> {
    mine(&learner.client).into_iter().find(|gap| gap["competenceId"] == competence)
}

#[test]
fn what_my_networks_ask_of_me_is_mine_to_see_until_i_state_it() {
    both(|api| {
        let (team, learner) = (api.team(), api.learner("gevraagd"));
        let competence = api.competence();
        let cycle = team.cycle();
        let question = cycle.ask(json!({"competenceIds": [competence]}));
        assert_eq!(of(&learner, &competence), None);
        let membership = learner.join(&team);
        let gap = of(&learner, &competence).expect("it is asked of me");
        assert_eq!(
            (&gap["held"], &gap["questionIds"], &gap["learningGoalId"]),
            (&json!("unknown"), &json!([question]), &Value::Null)
        );
        let goal = learner.aim(&competence, "self");
        let gap = of(&learner, &competence).expect("a goal closes no gap yet");
        assert_eq!(format!("/v1/learning-goals/{}", gap["learningGoalId"].as_str().expect("mine")), goal);

        // To whom I say it is nothing to the gap: it is mine alone. Others keep theirs.
        let statement = learner.state(&competence, "self");
        assert_eq!(of(&learner, &competence), None);
        assert!(mine(&team.expert()).iter().any(|gap| gap["competenceId"] == competence.as_str()));
        assert!(mine(&team.expert()).iter().all(|gap| gap["learningGoalId"].is_null()));
        learner.client.delete(&statement, 1).expect(204);
        assert!(of(&learner, &competence).is_some());

        leave(&team, &membership);
        assert_eq!(of(&learner, &competence), None);
    });
}

#[test]
fn a_guest_is_asked_by_the_questions_of_that_cycle() {
    both(|api| {
        let (team, learner) = (api.team(), api.learner("gast"));
        let own =
            team.facilitator().post(team.path("competences"), json!({"name": "Van ons"})).expect(201).id();
        let other = api.competence();
        let cycle = team.cycle();
        cycle.ask(json!({"competenceIds": [own]}));
        team.cycle().ask(json!({"competenceIds": [own, other]}));
        let guest = json!({"personId": learner.person.id, "role": "reader"});
        let seat = api.founder().post(cycle.path("participants"), guest).expect(201);
        let gaps = mine(&learner.client);
        assert_eq!(gaps.len(), 1);
        assert_eq!(
            (&gaps[0]["competenceId"], &gaps[0]["questionCount"], &gaps[0]["name"]),
            (&json!(own), &json!(1), &json!("Van ons"))
        );
        // A member who is a guest as well is asked once by each question.
        learner.join(&team);
        let gaps = mine(&learner.client);
        let counts: Vec<&Value> = gaps.iter().map(|gap| &gap["questionCount"]).collect();
        assert_eq!(counts.len(), 2);
        assert_eq!(of(&learner, &own).expect("both")["questionCount"], 2);
        api.founder().delete(format!("/v1/participants/{}", seat.id()), seat.version()).expect(204);
        assert_eq!(mine(&learner.client).len(), 2);
    });
}

#[test]
fn a_cycle_that_my_network_shares_asks_me_too_until_it_is_shared_no_more() {
    both(|api| {
        let (team, beside, learner) = (api.team(), api.quiet_team(), api.learner("buur"));
        learner.join(&beside);
        let own =
            team.facilitator().post(team.path("competences"), json!({"name": "Van hen"})).expect(201).id();
        let cycle = team.cycle();
        cycle.ask(json!({"competenceIds": [own]}));
        let founder = api.founder();
        let invited = json!({"coNetworkId": beside.id, "reason": "Dezelfde vraag."});
        let shared = founder.post(cycle.path("co-networks"), invited).expect(201).id();
        assert_eq!(of(&learner, &own), None, "invited is not accepted");
        let moves = format!("/v1/co-networks/{shared}/transitions");
        founder.post(&moves, json!({"to": "accepted"})).expect(200);
        assert_eq!(of(&learner, &own).expect("it is asked of me")["name"], "Van hen");
        learner.client.get(format!("/v1/competences/{own}")).expect(200);
        // Taking part in a cycle makes nobody a fellow member.
        let other = api.competence();
        let statement = learner.state(&other, "network");
        team.reader().get(&statement).expect(404);
        founder.get(&statement).expect(200);
        founder.post(&moves, json!({"to": "ended", "reason": "Klaar."})).expect(200);
        assert_eq!(of(&learner, &own), None);
        learner.client.get(format!("/v1/competences/{own}")).expect(404);
    });
}

#[test]
fn an_archived_network_asks_nothing_more_of_anybody() {
    both(|api| {
        let (team, learner) = (api.team(), api.learner("klaar"));
        learner.join(&team);
        let competence = api.competence();
        team.cycle().ask(json!({"competenceIds": [competence]}));
        assert!(of(&learner, &competence).is_some());
        let archive = json!({"to": "archived", "reason": "Klaar."});
        team.coordinator().post(team.path("transitions"), archive).expect(200);
        assert_eq!(of(&learner, &competence), None);
        assert_eq!(
            learner.client.get(team.path("competence-gaps")).expect(200).items().len(),
            1,
            "it reads on"
        );
    });
}
