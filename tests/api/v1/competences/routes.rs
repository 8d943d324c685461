//! "Hoe verwerf ik deze?": what others disclose of it, and nothing that gives anybody away.

use serde_json::{Value, json};

use crate::support::learners::{Learner, leave};
use crate::support::{Api, Part, both};

fn routes(learner: &Learner<'_>, competence: &str) -> Value {
    learner.client.get(format!("/v1/competences/{competence}/routes")).expect(200).body
}

fn nothing(competence: &str) -> Value {
    json!({"competenceId": competence, "colleagues": [], "insights": [], "routes": [], "elsewhere": []})
}

/// Somebody of the cast learns it and discloses it to those they know.
fn learns(api: &Api, part: Part, competence: &str, disclosure: &str) -> String {
    let client = api.client(part);
    let goal = json!({"competenceId": competence, "disclosure": disclosure});
    let path = format!("/v1/learning-goals/{}", client.post("/v1/me/learning-goals", goal).expect(201).id());
    let achieved = json!({"to": "achieved", "route": {"kind": "training", "text": format!("Met {part:?}.")}});
    client.post(format!("{path}/transitions"), achieved).expect(200);
    path
}

#[test]
fn colleagues_who_offered_to_help_and_how_they_learned_it() {
    both(|api| {
        let (team, asks, helps) = (api.quiet_team(), api.learner("vraagt"), api.learner("helpt"));
        asks.join(&team);
        let membership = helps.join(&team);
        let competence = api.competence();
        let statement = helps.state(&competence, "self");
        helps.set(&statement, json!({"offersHelp": true}));
        assert_eq!(routes(&asks, &competence), nothing(&competence), "kept to themselves, it reaches nobody");
        helps.set(&statement, json!({"disclosure": "network"}));
        let goal = helps.learn(&competence, "self", json!({"kind": "training", "text": "Een cursus."}));
        let now = routes(&asks, &competence);
        assert_eq!(now["colleagues"][0]["personId"], helps.person.id.as_str());
        assert_eq!(now["colleagues"][0]["level"], "competent");
        assert_eq!(now["routes"], json!([]), "a goal kept to oneself counts nowhere");
        helps.set(&goal, json!({"disclosure": "network"}));
        let now = routes(&asks, &competence);
        assert_eq!(
            (&now["routes"][0]["displayName"], &now["routes"][0]["route"]["text"]),
            (&json!("helpt"), &json!("Een cursus."))
        );
        assert_eq!(now["elsewhere"], json!([]), "who is named is in no count");
        assert_eq!(routes(&helps, &competence), nothing(&competence), "one is no answer to oneself");
        helps.set(&statement, json!({"offersHelp": false}));
        assert_eq!(routes(&asks, &competence)["colleagues"], json!([]));
        helps.set(&statement, json!({"offersHelp": true}));
        leave(&team, &membership);
        assert_eq!(routes(&asks, &competence), nothing(&competence));
    });
}

#[test]
fn routes_of_strangers_are_told_by_kind_from_five_people_on_and_without_names() {
    both(|api| {
        let (team, asks) = (api.quiet_team(), api.learner("vreemd"));
        asks.join(&team);
        let competence = api.competence();
        let cast = [Part::Practitioner, Part::Colleague, Part::Expert, Part::Reader, Part::Facilitator];
        let goals: Vec<String> =
            cast[..4].iter().map(|part| learns(api, *part, &competence, "network")).collect();
        learns(api, Part::Coordinator, &competence, "self");
        assert_eq!(
            routes(&asks, &competence),
            nothing(&competence),
            "four, and one who kept it to themselves"
        );
        learns(api, cast[4], &competence, "network");
        let told = routes(&asks, &competence);
        assert_eq!(told["elsewhere"], json!([{"kind": "training", "atLeast": 5}]));
        assert_eq!(told["routes"], json!([]));
        for part in cast {
            assert!(!told.to_string().contains(&api.person(part).id));
            assert!(!told.to_string().contains(&format!("Met {part:?}")), "nor in what they wrote");
        }
        // Who becomes a colleague is named, and counted no more: the four others are too few.
        let seat = team.join(Part::Practitioner, "practitioner");
        let told = routes(&asks, &competence);
        assert_eq!((&told["elsewhere"], told["routes"].as_array().map(Vec::len)), (&json!([]), Some(1)));
        leave(&team, &seat);
        assert_eq!(routes(&asks, &competence)["elsewhere"][0]["atLeast"], 5);
        let version = api.client(cast[1]).get(&goals[1]).expect(200).version();
        api.client(cast[1]).patch(&goals[1], version, json!({"disclosure": "self"})).expect(200);
        assert_eq!(routes(&asks, &competence), nothing(&competence));
    });
}

#[test]
fn insights_that_were_a_way_or_come_from_a_cycle_that_asks() {
    both(|api| {
        let (team, beside) = (api.team(), api.quiet_team());
        let (asks, learned) = (api.learner("leest"), api.learner("las"));
        asks.join(&beside);
        learned.join(&beside);
        let membership = learned.join(&team);
        let competence = api.competence();
        let (asking, other) = (team.cycle(), team.cycle());
        let question = asking.ask(json!({"competenceIds": [competence]}));
        let (about, kept) = (asking.share("commons"), asking.share("network"));
        let way = other.share("commons");
        let goal = learned.learn(&competence, "self", json!({"kind": "insight", "insightId": way}));
        let listed = |client: &crate::support::Client| -> Vec<(String, String)> {
            let routes = client.get(format!("/v1/competences/{competence}/routes")).expect(200);
            let text = |entry: &Value, member: &str| entry[member].as_str().expect("text").to_owned();
            let entries = routes["insights"].as_array().expect("a list").iter();
            entries.map(|entry| (text(entry, "insightId"), text(entry, "why"))).collect()
        };
        let entry = |id: &str, why: &str| (id.to_owned(), why.to_owned());
        assert_eq!(listed(&asks.client), [entry(&about, "cycle")], "a way kept to oneself is no way");
        assert_eq!(listed(&team.reader()), [entry(&kept, "cycle"), entry(&about, "cycle")]);
        learned.set(&goal, json!({"disclosure": "network"}));
        assert_eq!(listed(&asks.client), [entry(&way, "route"), entry(&about, "cycle")]);
        asking.withdraw("questions", &question);
        assert_eq!(listed(&asks.client), [entry(&way, "route")]);
        // To the team a stranger's way is one person's: too few to be told of.
        leave(&team, &membership);
        assert!(listed(&team.reader()).is_empty());
        assert_eq!(listed(&asks.client), [entry(&way, "route")]);
    });
}
