//! The catalogue: the whole server's, and what a network adds to it.

mod routes;

use serde_json::{Value, json};

use crate::support::learners::{seen_by, surround};
use crate::support::team::{new_id, question, with};
use crate::support::{Part, both};

#[test]
fn a_network_extends_the_catalogue_for_its_members() {
    both(|api| {
        let team = api.team();
        surround(&team);
        let body = json!({"name": "De wijk kennen", "description": "Wie wie is, en waar het knelt."});
        let own = team.facilitator().post(team.path("competences"), body).expect(201);
        assert_eq!(own["networkId"], team.id.as_str());
        let path = format!("/v1/competences/{}", own.id());
        seen_by(api, &path, &crate::support::learners::MEMBERS);
        let shared = api.competence();
        let list = format!("/v1/competences?networkId={}", team.id);
        assert_eq!(team.reader().get(&list).expect(200).ids(), [own.id()]);
        assert!(team.outsider().get(&list).expect(200).items().is_empty(), "as if there were none");
        let newest = team.reader().get("/v1/competences?limit=200").expect(200).ids();
        assert!(newest.contains(&own.id()) && newest.contains(&shared));
        let newest = team.outsider().get("/v1/competences?limit=200").expect(200).ids();
        assert!(!newest.contains(&own.id()) && newest.contains(&shared));
        assert_eq!(
            team.outsider().get(format!("/v1/competences/{shared}")).expect(200)["networkId"],
            json!(null)
        );

        let changed = team.coordinator().patch(&path, 1, json!({"description": null})).expect(200);
        assert_eq!((changed.version(), &changed["description"]), (2, &json!(null)));
        team.coordinator().patch(&path, 1, json!({"name": "Anders"})).refused(412, "version_mismatch");
        team.coordinator()
            .post(team.path("competences"), json!({"name": " ", "networkId": team.id}))
            .errors(&[("/name", "too_short"), ("/networkId", "unknown_member")]);
    });
}

#[test]
fn a_question_asks_for_competences_that_stand_in_its_network() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let cycle = team.cycle();
        let shared = api.competence();
        let add = |to: &crate::support::team::Team<'_>| {
            to.facilitator().post(to.path("competences"), json!({"name": "De wijk kennen"})).expect(201).id()
        };
        let (own, theirs) = (add(&team), add(&other));
        let ask = |ids: &[&String]| {
            team.practitioner().post(cycle.path("questions"), with(question(), json!({"competenceIds": ids})))
        };
        let asked = ask(&[&own, &shared]).expect(201);
        assert_eq!(asked["competenceIds"], json!([own, shared]), "in the order given");
        // The practitioner sees the other network's, but that is not the question's.
        let nowhere = new_id();
        ask(&[&own, &theirs, &nowhere])
            .refused(409, "reference_not_found")
            .pointers(&[("/competenceIds/1", "not_found"), ("/competenceIds/2", "not_found")]);
        ask(&[&own, &own]).errors(&[("/competenceIds", "duplicate")]);

        let path = format!("/v1/questions/{}", asked.id());
        team.practitioner()
            .patch(&path, 1, json!({"competenceIds": [theirs]}))
            .refused(409, "reference_not_found")
            .pointers(&[("/competenceIds/0", "not_found")]);
        let changed = team.practitioner().patch(&path, 1, json!({"competenceIds": [shared]})).expect(200);
        assert_eq!(changed["competenceIds"], json!([shared]));
        let kept = team.practitioner().patch(&path, 2, json!({"text": "Wie luistert er?"})).expect(200);
        assert_eq!(kept["competenceIds"], json!([shared]));
        assert_eq!(ask(&[]).expect(201)["competenceIds"], json!([]));
    });
}

#[test]
fn a_question_asks_for_what_who_writes_it_down_sees() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let guest = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "practitioner"});
        api.founder().post(cycle.path("participants"), guest).expect(201);
        let add =
            || team.facilitator().post(team.path("competences"), json!({"name": "Wegwijs"})).expect(201).id();
        let (asked, hidden, shared) = (add(), add(), api.competence());
        let others = cycle.ask(json!({"competenceIds": [asked]}));
        let guest = api.client(Part::GuestPractitioner);
        let ask = |competences: &[&String]| {
            guest.post(cycle.path("questions"), with(question(), json!({"competenceIds": competences})))
        };
        ask(&[&shared, &hidden])
            .refused(409, "reference_not_found")
            .pointers(&[("/competenceIds/1", "not_found")]);
        let made = ask(&[&shared, &asked]).expect(201);
        let path = format!("/v1/questions/{}", made.id());
        guest
            .patch(&path, 1, json!({"competenceIds": [asked, hidden]}))
            .refused(409, "reference_not_found")
            .pointers(&[("/competenceIds/1", "not_found")]);
        // What it asked for before, it may go on asking for, though nothing else shows it to the guest any more.
        cycle.withdraw("questions", &others);
        guest.patch(&path, 1, json!({"text": "Wie wijst de weg?"})).expect(200);
        guest.patch(&path, 2, json!({"competenceIds": [asked]})).expect(200);
        let gaps = team.reader().get(team.path("competence-gaps")).expect(200);
        let names: Vec<&Value> = gaps.items().iter().map(|gap| &gap["competenceId"]).collect();
        assert_eq!(names, [&json!(asked)]);
    });
}

#[test]
fn a_guest_reads_what_the_questions_of_the_cycle_ask_for_and_no_more() {
    both(|api| {
        let team = api.team();
        let cycle = surround(&team);
        let add =
            || team.facilitator().post(team.path("competences"), json!({"name": "Wegwijs"})).expect(201).id();
        let (asked, elsewhere) = (add(), add());
        let ask = |cycle: &str, id: &str| {
            let body = with(question(), json!({"competenceIds": [id]}));
            team.practitioner().post(format!("/v1/cycles/{cycle}/questions"), body).expect(201).id()
        };
        let question = ask(&cycle, &asked);
        ask(&team.cycle().id, &elsewhere);
        let guest = api.client(Part::GuestReader);
        let path = format!("/v1/competences/{asked}");
        guest.get(&path).expect(200);
        guest.get(format!("/v1/competences/{elsewhere}")).expect(404);
        let list = format!("/v1/competences?networkId={}", team.id);
        assert_eq!(guest.get(&list).expect(200).ids(), std::slice::from_ref(&asked));
        guest.patch(&path, 1, json!({"name": "Van ons"})).refused(403, "forbidden");
        // It can be stated, which shows it to none of the network's members.
        let stated = json!({"competenceId": asked, "disclosure": "network"});
        let statement = guest.post("/v1/me/competences", stated).expect(201);
        let statement = format!("/v1/competence-statements/{}", statement.id());
        let said = team.path(&format!("competence-statements?competenceId={asked}"));
        assert!(team.reader().get(said).expect(200).items().is_empty());

        let withdrawn = json!({"to": "withdrawn", "reason": "Dubbel."});
        team.practitioner().post(format!("/v1/questions/{question}/transitions"), withdrawn).expect(200);
        guest.get(&path).expect(404);
        let own = guest.get(&statement).expect(200);
        assert_eq!(own["competenceName"], "Wegwijs", "what one has said remains one's own");
        guest.delete(&statement, own.version()).expect(204);
    });
}
