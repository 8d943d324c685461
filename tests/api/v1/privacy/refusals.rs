//! Texts that are refused, wherever they enter, and nothing of them stored.

use serde_json::json;

use super::{BSN, PHONE, found, said};
use crate::support::stored::changes_of;
use crate::support::team::{Team, action, arena, evaluation, new_id, question, reflection, with};
use crate::support::{Part, both};

#[test]
fn a_number_is_refused_with_its_place_and_nothing_is_stored() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let before = changes_of(api, &team.id);
        let body = with(said(&format!("Één keer: zijn bsn is {BSN}.")), json!({"tags": ["thuis", PHONE]}));
        let refused = team.practitioner().post(cycle.path("observations"), body.clone());
        let there = [("/body", "bsn", BSN), ("/tags/1", "phone", PHONE)];
        let there = there.map(|(pointer, kind, value)| (pointer.to_owned(), kind.to_owned(), value));
        assert_eq!(found(&refused, &body), there);
        assert!(!refused.text.contains(BSN) && !refused.text.contains(PHONE), "{}", refused.text);
        assert_eq!(refused["errors"][0]["offset"], 22, "counted in Unicode scalars");
        assert_eq!(changes_of(api, &team.id), before);
        assert!(team.practitioner().get(cycle.path("observations")).expect(200).items().is_empty());
    });
}

#[test]
fn who_may_not_write_is_told_that_and_not_what_stands_in_the_text() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let body = said(&format!("Zijn bsn is {BSN}."));
        team.reader().post(cycle.path("observations"), body.clone()).refused(403, "forbidden");
        team.outsider().post(cycle.path("observations"), body).refused(404, "not_found");
    });
}

#[test]
fn changes_and_reasons_of_moves_are_texts_too() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        let text = format!("bsn {BSN}");
        let seen = cycle.observe(json!({}));
        let path = format!("/v1/observations/{seen}");
        let patch = json!({"voice": null, "lifeDomains": ["wonen", text]});
        let refused = practitioner.patch(&path, 1, patch.clone());
        assert_eq!(found(&refused, &patch), [("/lifeDomains/1".to_owned(), "bsn".to_owned(), BSN)]);
        let closing = json!({"to": "closed", "reason": text});
        let refused = practitioner.post(format!("{path}/transitions"), closing.clone());
        assert_eq!(found(&refused, &closing), [("/reason".to_owned(), "bsn".to_owned(), BSN)]);
        assert_eq!(practitioner.get(&path).expect(200).version(), 1);

        let thought = with(
            reflection(&[&seen]),
            json!({"answers": [{"promptId": "free", "text": text}], "model": "free"}),
        );
        let refused = practitioner.post(cycle.path("reflections"), thought.clone());
        assert_eq!(found(&refused, &thought)[0].0, "/answers/0/text");
        let asked = with(question(), json!({"text": text}));
        found(&practitioner.post(cycle.path("questions"), asked.clone()), &asked);
    });
}

#[test]
fn actions_sessions_and_arenas_go_through_the_same_door() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        let text = format!("bsn {BSN}");
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let owner = &api.person(Part::Practitioner).id;
        let act = with(action(&[&thought], owner), json!({"description": text}));
        found(&practitioner.post(cycle.path("actions"), act.clone()), &act);
        let done = cycle.act(&[&thought], json!({}));
        let judged = with(evaluation(), json!({"seenEffect": text}));
        let path = format!("/v1/actions/{done}/evaluations");
        found(&practitioner.post(path, judged.clone()), &judged);

        let session = team.held(json!({}), &[Part::Practitioner]);
        let note = json!({"text": text, "visibility": "present"});
        found(&practitioner.post(session.path("notes"), note.clone()), &note);
        let drawn = with(arena(), json!({"title": text}));
        found(&practitioner.post(team.path("effect-arenas"), drawn.clone()), &drawn);
        let standing = team.arena(json!({}));
        let view = json!({"text": text});
        let refused = practitioner.post(format!("{standing}/views"), view);
        assert_eq!(refused.status, 400, "{}", refused.text);
    });
}

#[test]
fn what_was_stored_answers_when_it_is_sent_again() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let body = with(said("Fatima wil graag koken voor de buurt."), json!({"id": new_id()}));
        team.practitioner().post(cycle.path("observations"), body.clone()).expect(201);
        team.practitioner().post(cycle.path("observations"), body).expect(200);
    });
}

/// What has no network has nobody to say what its texts may hold.
#[test]
fn what_belongs_to_no_network_is_not_screened() {
    both(|api| {
        let organisation = json!({"name": api.unique("Bel 0690541873"), "kind": "welfare"});
        api.founder().post("/v1/organisations", organisation).expect(201);
        let goal = json!({"text": "Beter luisteren, bel 0690541873 voor hulp."});
        let team: Team = api.team();
        let made = team.practitioner().post("/v1/me/learning-goals", goal);
        assert!(made["code"] != "personal_data", "{}", made.text);
    });
}
