//! What people say they can do, and who reads it.

use serde_json::{Value, json};

use crate::support::learners::{MEMBERS, leave, seen_by, surround};
use crate::support::stored::number;
use crate::support::team::new_id;
use crate::support::{Part, both};

#[test]
fn a_competence_is_stated_once_and_kept_to_oneself_by_default() {
    both(|api| {
        let learner = api.learner("stellig");
        let competence = api.competence();
        let body = json!({"id": new_id(), "competenceId": competence});
        let stated = learner.client.post("/v1/me/competences", body.clone()).expect(201);
        assert_eq!(stated.header("location"), Some(&*format!("/v1/competence-statements/{}", stated.id())));
        assert_eq!(
            (&stated["disclosure"], &stated["level"], &stated["offersHelp"], &stated["personId"]),
            (&json!("self"), &Value::Null, &json!(false), &json!(learner.person.id))
        );
        let again = learner.client.post("/v1/me/competences", json!({"competenceId": competence}));
        assert_eq!(again.refused(409, "already_stated")["statementId"], stated["id"]);
        let path = format!("/v1/competence-statements/{}", stated.id());
        let changed = learner.set(&path, json!({"level": "expert", "offersHelp": true}));
        assert_eq!((&changed["level"], changed.version()), (&json!("expert"), 2));
        // The first sending came late; it answers with the statement as it is.
        assert_eq!(learner.client.post("/v1/me/competences", body).expect(200).body, changed.body);
        let mine = learner.client.get(format!("/v1/me/competences?competenceId={competence}")).expect(200);
        assert_eq!(mine.items(), std::slice::from_ref(&changed.body));
        assert!(
            learner
                .client
                .get(format!("/v1/me/competences?competenceId={}", new_id()))
                .expect(200)
                .items()
                .is_empty()
        );

        learner
            .client
            .post("/v1/me/competences", json!({"competenceId": new_id()}))
            .refused(409, "reference_not_found")
            .pointers(&[("/competenceId", "not_found")]);
        learner
            .client
            .post("/v1/me/competences", json!({"level": "master", "disclosure": "world", "offersHelp": 1}))
            .errors(&[
                ("/competenceId", "required"),
                ("/level", "not_in_enum"),
                ("/disclosure", "not_in_enum"),
                ("/offersHelp", "wrong_type"),
            ]);
    });
}

#[test]
fn what_is_taken_back_does_not_come_back() {
    both(|api| {
        let learner = api.learner("bedacht");
        let team = api.team();
        learner.join(&team);
        let body = json!({"id": new_id(), "competenceId": api.competence(), "disclosure": "network"});
        let path = format!(
            "/v1/competence-statements/{}",
            learner.client.post("/v1/me/competences", body.clone()).expect(201).id()
        );
        let said = team.expert().post(format!("{path}/endorsements"), json!({"note": "Gezien."})).expect(201);
        learner.client.delete(&path, 1).expect(204);
        for client in [&learner.client, &team.expert()] {
            client.get(&path).expect(404);
            client.get(format!("/v1/competence-endorsements/{}", said.id())).expect(404);
        }
        learner.client.post("/v1/me/competences", body.clone()).refused(409, "retracted");
        let mut anew = body;
        anew["id"] = json!(new_id());
        learner.client.post("/v1/me/competences", anew).expect(201);
    });
}

#[test]
fn others_read_what_is_disclosed_as_long_as_both_are_members() {
    both(|api| {
        let (team, learner) = (api.team(), api.learner("open"));
        let membership = learner.join(&team);
        surround(&team);
        let competence = api.competence();
        let path = learner.state(&competence, "self");
        seen_by(api, &path, &[]);
        seen_by(api, &format!("{path}/endorsements"), &[]);
        let list = team.path(&format!("competence-statements?competenceId={competence}"));
        assert!(team.coordinator().get(&list).expect(200).items().is_empty());

        learner.set(&path, json!({"disclosure": "network"}));
        seen_by(api, &path, &MEMBERS);
        seen_by(api, &format!("{path}/endorsements"), &MEMBERS);
        seen_by(api, &list, &MEMBERS);
        let shown = team.reader().get(&list).expect(200);
        assert_eq!(shown.items()[0]["displayName"], "open");

        // A former colleague who comes back sees it again, and hiding it hides it from everybody.
        let back = team.join(Part::Colleague, "reader");
        api.client(Part::Colleague).get(&path).expect(200);
        leave(&team, &back);
        learner.set(&path, json!({"disclosure": "self"}));
        seen_by(api, &path, &[]);
        learner.set(&path, json!({"disclosure": "network"}));

        leave(&team, &membership);
        seen_by(api, &path, &[]);
        assert!(team.coordinator().get(&list).expect(200).items().is_empty());
        learner.client.get(&path).expect(200);
    });
}

#[test]
fn a_competence_of_one_network_is_not_told_of_in_another() {
    both(|api| {
        let (home, other, learner) = (api.quiet_team(), api.team(), api.learner("tweeling"));
        let membership = learner.join(&home);
        learner.join(&other);
        let own =
            api.founder().post(home.path("competences"), json!({"name": "Onze eigen manier"})).expect(201);
        let path = learner.state(&own.id(), "network");
        api.founder().get(&path).expect(200);
        other.reader().get(&path).expect(404);
        other.reader().post(format!("{path}/endorsements"), json!({})).expect(404);
        let list = format!("competence-statements?competenceId={}", own.id());
        assert!(other.reader().get(other.path(&list)).expect(200).items().is_empty());
        assert_eq!(api.founder().get(home.path(&list)).expect(200).items().len(), 1);
        // Who leaves keeps what they said, and can hide or take it back, but says nothing new of it.
        leave(&home, &membership);
        learner.client.get(format!("/v1/competences/{}", own.id())).expect(404);
        learner.set(&path, json!({"disclosure": "self"}));
        learner.client.delete(&path, 2).expect(204);
        learner
            .client
            .post("/v1/me/competences", json!({"competenceId": own.id()}))
            .refused(409, "reference_not_found");
    });
}

#[test]
fn the_change_log_keeps_it_between_the_person_and_themselves() {
    both(|api| {
        let learner = api.learner("stil");
        learner.join(&api.team());
        learner.learn(&api.competence(), "network", json!({"kind": "training", "text": "Een cursus."}));
        learner.state(&api.competence(), "network");
        let of = |condition: &str| {
            let text = format!(
                "SELECT count(*) FROM changes WHERE {condition} AND (kind LIKE 'competence_statement.%' \
                 OR kind LIKE 'competence_endorsement.%' OR kind LIKE 'learning_goal%')"
            );
            number(api.kind, &api.server.database_url, &text)
        };
        assert!(of("audience = 'author'") >= 4);
        assert_eq!(of("audience <> 'author'"), 0);
    });
}

#[test]
fn who_may_no_longer_sign_in_is_not_told_of() {
    both(|api| {
        let (team, learner) = (api.team(), api.learner("weg"));
        learner.join(&team);
        let competence = api.competence();
        let statement = learner.state(&competence, "network");
        learner.set(&statement, json!({"offersHelp": true}));
        team.reader().get(&statement).expect(200);
        let routes = format!("/v1/competences/{competence}/routes");
        let helping =
            || team.reader().get(&routes).expect(200)["colleagues"].as_array().expect("a list").len();
        assert_eq!(helping(), 1);
        let person = format!("/v1/people/{}", learner.person.id);
        let version = api.founder().get(&person).expect(200).version();
        api.founder().patch(&person, version, json!({"active": false})).expect(200);
        assert_eq!(helping(), 0);
        let list = team.path(&format!("competence-statements?competenceId={competence}"));
        assert!(team.reader().get(list).expect(200).items().is_empty());
        team.reader().get(&statement).refused(404, "not_found");
    });
}
