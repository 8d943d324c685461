//! What the questions of a network ask for and nobody in it says they have.

use serde_json::{Value, json};

use crate::support::learners::{MEMBERS, leave, seen_by, surround};
use crate::support::team::{Cycle, Team};
use crate::support::{Part, both};

fn gaps(team: &Team<'_>, query: &str) -> Vec<Value> {
    team.reader().get(team.path(&format!("competence-gaps{query}"))).expect(200).items().clone()
}

fn ask(cycle: &Cycle<'_, '_>, competence: &str) -> String {
    cycle.ask(json!({"competenceIds": [competence]}))
}

#[test]
fn what_nobody_discloses_is_unknown_and_what_somebody_keeps_to_themselves_changes_nothing() {
    both(|api| {
        let (team, learner) = (api.team(), api.learner("zwijger"));
        let membership = learner.join(&team);
        surround(&team);
        let cycle = team.cycle();
        let competence = api.competence();
        let questions = [ask(&cycle, &competence), ask(&cycle, &competence)];
        let path = team.path("competence-gaps");
        seen_by(api, &path, &MEMBERS);
        let before = team.reader().get(&path).expect(200).text;
        let gap = &gaps(&team, "")[0];
        assert_eq!(
            (&gap["competenceId"], &gap["held"], &gap["questionCount"]),
            (&json!(competence), &json!("unknown"), &json!(2))
        );
        assert_eq!(gap["questionIds"], json!([questions[1], questions[0]]));

        let statement = learner.state(&competence, "self");
        assert_eq!(team.reader().get(&path).expect(200).text, before, "not a byte");
        let open = learner.aim(&api.competence(), "self");
        assert_eq!(team.coordinator().get(&path).expect(200).text, before);
        learner
            .client
            .post(format!("{open}/transitions"), json!({"to": "dropped", "reason": "Nee."}))
            .expect(200);

        learner.set(&statement, json!({"disclosure": "network"}));
        assert!(gaps(&team, "").is_empty());
        let held = team.reader().get(format!("{path}?held=disclosed")).expect(200);
        assert_eq!(
            (&held.items()[0]["held"], &held.items()[0]["questionCount"]),
            (&json!("disclosed"), &json!(2))
        );
        for word in [learner.person.id.as_str(), "zwijger", "statement"] {
            assert!(!held.text.contains(word), "nobody is named: {}", held.text);
        }
        // Who leaves takes what they can with them.
        leave(&team, &membership);
        assert_eq!(gaps(&team, "").len(), 1);
        assert!(gaps(&team, "?held=disclosed").is_empty());
        team.reader().get(format!("{path}?held=missing")).refused(400, "invalid_query");
    });
}

#[test]
fn a_guest_of_a_cycle_fills_no_gap_of_the_network() {
    both(|api| {
        let team = api.team();
        let competence = api.competence();
        let cycle = team.cycle();
        ask(&cycle, &competence);
        let guest = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "practitioner"});
        api.founder().post(cycle.path("participants"), guest).expect(201);
        let stated = json!({"competenceId": competence, "disclosure": "network"});
        api.client(Part::GuestPractitioner).post("/v1/me/competences", stated).expect(201);
        assert_eq!(gaps(&team, "").len(), 1);
    });
}

#[test]
fn only_open_questions_ask() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let [told, withdrawn, given_up, closed] = [(); 4].map(|()| api.competence());
        let question = ask(&cycle, &told);
        let taken_back = ask(&cycle, &withdrawn);
        let (other, third) = (team.cycle(), team.cycle());
        ask(&other, &given_up);
        ask(&third, &closed);
        assert_eq!(gaps(&team, "").len(), 4);
        let answer = cycle.tell(&question, json!({}));
        cycle.withdraw("questions", &taken_back);
        let abandon = json!({"to": "abandoned", "reason": "Er kwam niemand."});
        team.facilitator().post(other.path("transitions"), abandon).expect(200);
        // A loose end of a closed cycle is a question still.
        third.close();
        let left = gaps(&team, "");
        assert_eq!((left.len(), &left[0]["competenceId"]), (1, &json!(closed)));
        // An answer that is taken back leaves the question open.
        let back = json!({"to": "withdrawn", "reason": "Aan de verkeerde verteld."});
        team.facilitator().post(format!("/v1/returns/{answer}/transitions"), back).expect(200);
        assert_eq!(gaps(&team, "").len(), 2);
    });
}

#[test]
fn gaps_come_in_pages() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let mut competences: Vec<String> = (0..5).map(|_| api.competence()).collect();
        competences.iter().for_each(|id| drop(ask(&cycle, id)));
        competences.reverse();
        let (mut got, mut query) = (Vec::new(), "?limit=2".to_owned());
        loop {
            let page = team.reader().get(team.path(&format!("competence-gaps{query}"))).expect(200);
            got.extend(page.items().iter().map(|gap| gap["competenceId"].clone()));
            match page["nextCursor"].as_str() {
                Some(cursor) => query = format!("?limit=2&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(got, competences.iter().map(|id| json!(id)).collect::<Vec<_>>());
    });
}
