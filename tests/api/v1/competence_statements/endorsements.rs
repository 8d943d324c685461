//! What peers say to what somebody says they can do.

use serde_json::{Value, json};

use crate::support::learners::leave;
use crate::support::stored::{Change, changes};
use crate::support::team::new_id;
use crate::support::{Part, both};

#[test]
fn a_peer_endorses_once_and_not_themselves() {
    both(|api| {
        let (team, learner) = (api.team(), api.learner("gekend"));
        learner.join(&team);
        let path = learner.state(&api.competence(), "network");
        let list = format!("{path}/endorsements");
        learner.client.post(&list, json!({})).refused(409, "oneself");
        let body = json!({"id": new_id(), "note": "Ze liet een stilte vallen."});
        let said = team.expert().post(&list, body.clone()).expect(201);
        assert_eq!(
            (&said["level"], &said["personId"]),
            (&json!("competent"), &json!(api.person(Part::Expert).id))
        );
        let twice = team.expert().post(&list, json!({}));
        assert_eq!(twice.refused(409, "already_endorsed")["endorsementId"], said["id"]);
        team.expert().post(&list, body.clone()).expect(200);

        // What was endorsed does not grow with the statement.
        learner.set(&path, json!({"level": "expert"}));
        assert_eq!(team.expert().get(&list).expect(200).items()[0]["level"], "competent");

        let one = format!("/v1/competence-endorsements/{}", said.id());
        team.reader().delete(&one, 1).refused(403, "forbidden");
        team.expert().delete(&one, 1).expect(204);
        team.expert().post(&list, body).refused(409, "retracted");
        let anew = team.expert().post(&list, json!({})).expect(201);
        assert_eq!((&anew["level"], &anew["note"]), (&json!("expert"), &Value::Null));
        // Whom it is said of need not have it.
        learner.client.delete(format!("/v1/competence-endorsements/{}", anew.id()), 1).expect(204);
        assert!(learner.client.get(&list).expect(200).items().is_empty());
    });
}

#[test]
fn an_endorsement_is_read_by_who_knows_both() {
    both(|api| {
        let (team, second, learner) = (api.team(), api.quiet_team(), api.learner("bekend"));
        let membership = learner.join(&team);
        learner.join(&second);
        let viewer = api.learner("kijker");
        viewer.join(&second);
        let path = learner.state(&api.competence(), "network");
        let list = format!("{path}/endorsements");
        let said = team.expert().post(&list, json!({})).expect(201);
        let one = format!("/v1/competence-endorsements/{}", said.id());
        // They know the one, but not the other.
        viewer.client.get(&path).expect(200);
        assert!(viewer.client.get(&list).expect(200).items().is_empty());
        viewer.client.get(&one).expect(404);
        for client in [&team.reader(), &team.expert(), &learner.client] {
            assert_eq!(client.get(&list).expect(200).ids(), [said.id()]);
            client.get(&one).expect(200);
        }
        for part in [Part::Outsider, Part::Admin, Part::GuestReader] {
            api.client(part).get(&one).expect(404);
        }

        // When the person leaves, theirs is what was said, and its author's; nobody else's.
        leave(&team, &membership);
        team.reader().get(&one).expect(404);
        team.expert().get(&list).expect(404);
        learner.client.get(&one).expect(200);
        assert_eq!(learner.client.get(&list).expect(200).ids(), [said.id()]);
        team.expert().delete(&one, 1).expect(204);
    });
}

#[test]
fn a_peer_cannot_keep_a_statement_from_being_taken_back() {
    both(|api| {
        let (team, learner) = (api.team(), api.learner("vrij"));
        learner.join(&team);
        let path = learner.state(&api.competence(), "network");
        let id = path.rsplit('/').next().expect("an id");
        // Ids are one kind's own: an endorsement may have the statement's.
        let list = format!("{path}/endorsements");
        team.expert().post(&list, json!({"id": id})).expect(201);
        let other = json!({"id": new_id()});
        let said = team.reader().post(&list, other.clone()).expect(201);
        learner.client.delete(&path, 1).expect(204);
        team.expert().get(&path).refused(404, "not_found");
        // Each that went with it is told of, and does not come back.
        let deleted = |kind: &str, id: &str| {
            let (kind, id) = (format!("{kind}.deleted"), id.replace('-', ""));
            let gone = |row: &Change| row.kind == kind && row.subject.as_deref() == Some(&*id);
            changes(api).into_iter().filter(gone).count()
        };
        assert_eq!(deleted("competence_statement", id), 1);
        assert_eq!(
            (deleted("competence_endorsement", id), deleted("competence_endorsement", &said.id())),
            (1, 1)
        );
        let anew = learner.state(&api.competence(), "network");
        team.reader().post(format!("{anew}/endorsements"), other).refused(409, "retracted");
    });
}
