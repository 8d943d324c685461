//! Laying out an effect arena, and the list of a network's.

use serde_json::{Value, json};

use crate::support::team::{Team, arena, new_id, with, without};
use crate::support::{Part, both};

fn content(members: Value) -> Value {
    with(arena()["content"].clone(), members)
}

#[test]
fn an_arena_is_of_an_action_of_a_cycle_or_of_an_initiative() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let action = cycle.act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({}));
        let make = |members: Value| {
            team.practitioner().post(team.path("effect-arenas"), with(arena(), members)).expect(201)
        };
        let of_action = make(json!({"actionId": action}));
        assert_eq!((&of_action["actionId"], &of_action["cycleId"]), (&json!(action), &json!(cycle.id)));
        let of_cycle = make(json!({"cycleId": cycle.id}));
        assert_eq!((&of_cycle["actionId"], &of_cycle["cycleId"]), (&Value::Null, &json!(cycle.id)));
        let initiative = make(json!({}));
        assert_eq!((&initiative["actionId"], &initiative["cycleId"]), (&Value::Null, &Value::Null));
        assert_eq!((&initiative["state"], &initiative["lastNumber"]), (&json!("draft"), &json!(0)));
        assert_eq!(initiative["content"], arena()["content"]);

        let listed =
            |query: &str| team.reader().get(team.path(&format!("effect-arenas{query}"))).expect(200).ids();
        assert_eq!(listed(""), [initiative.id(), of_cycle.id(), of_action.id()]);
        assert_eq!(listed(&format!("?cycleId={}", cycle.id)), [of_cycle.id(), of_action.id()]);
        assert_eq!(listed(&format!("?actionId={action}")), [of_action.id()]);
        let gone = json!({"to": "withdrawn", "reason": "Dubbel."});
        let path = format!("/v1/effect-arenas/{}/transitions", of_cycle.id());
        team.practitioner().post(path, gone).expect(200);
        assert_eq!(listed(""), [initiative.id(), of_action.id()]);
        assert_eq!(listed("?state=withdrawn"), [of_cycle.id()]);

        let both = json!({"actionId": action, "cycleId": cycle.id});
        let path = team.path("effect-arenas");
        team.practitioner().post(&path, with(arena(), both)).errors(&[("/cycleId", "inconsistent")]);
        let elsewhere = api.team().cycle().id;
        for (member, id) in [("cycleId", elsewhere), ("cycleId", new_id()), ("actionId", new_id())] {
            let refused = team.practitioner().post(&path, with(arena(), json!({member: id})));
            refused.refused(409, "reference_not_found").pointers(&[(&format!("/{member}"), "not_found")]);
        }
        cycle.withdraw("actions", &action);
        let refused = team.practitioner().post(&path, with(arena(), json!({"actionId": action})));
        refused.refused(409, "reference_not_found").pointers(&[("/actionId", "not_found")]);
    });
}

#[test]
fn an_arena_looks_back_on_a_cycle_that_is_over() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.close();
        team.arena(json!({"cycleId": cycle.id}));
    });
}

#[test]
fn the_parts_of_a_board_refer_to_parts_that_are_there() {
    both(|api| {
        let team = api.team();
        let send = |members: Value| {
            let body = with(arena(), json!({"content": content(members)}));
            team.practitioner().post(team.path("effect-arenas"), body)
        };
        let effect = json!({"key": "contact", "name": "Contact", "activityKeys": ["koffie", "thee"]});
        let nobody = json!({"key": "welzijn", "activityKeys": ["contact"]});
        let both = json!({"key": "koffie", "organisationId": new_id(), "name": "De buurt", "effectKey": "koffie", "seen": {"text": "Rust"}});
        send(json!({"effects": [effect], "investors": [nobody], "collectors": [both]})).errors(&[
            ("/content/effects/0/activityKeys/1", "unknown_key"),
            ("/content/investors/0/activityKeys/0", "unknown_key"),
            ("/content/investors/0/organisationId", "required"),
            ("/content/investors/0/expected", "required"),
            ("/content/collectors/0/key", "duplicate"),
            ("/content/collectors/0/effectKey", "unknown_key"),
            ("/content/collectors/0/name", "inconsistent"),
        ]);
        for quantity in ["-1", "1,50", "0.001", "01", "1e3"] {
            let stake = json!({"text": "Uren", "hours": quantity});
            let one = json!({"key": "welzijn", "name": "Welzijn", "expected": stake});
            send(json!({"investors": [one]}))
                .errors(&[("/content/investors/0/expected/hours", "bad_format")]);
        }
        let many: Vec<Value> = (0..31).map(|at| json!({"key": format!("a{at}"), "name": "Koffie"})).collect();
        send(json!({"activities": many})).errors(&[("/content/activities", "too_many")]);
        send(json!({"board": []})).errors(&[("/content/board", "unknown_member")]);
        let keyed = json!({"key": "Koffie op dinsdag", "name": "Koffie"});
        send(json!({"activities": [keyed]})).errors(&[("/content/activities/0/key", "bad_format")]);
        let bare = without(arena(), "title");
        team.practitioner().post(team.path("effect-arenas"), bare).errors(&[("/title", "required")]);
    });
}

/// A partner of the team, by its organisation.
fn partner(team: &Team<'_>) -> String {
    let id = team.api.organisation();
    let body = json!({"organisationId": id, "role": "participant"});
    team.api.founder().post(team.path("partners"), body).expect(201);
    id
}

#[test]
fn partners_evidence_people_and_session_stand_where_they_are_named() {
    both(|api| {
        let team = api.team();
        let (cycle, other) = (team.cycle(), api.team());
        let (seen, foreign) = (cycle.observe(json!({})), other.cycle().observe(json!({})));
        let action = cycle.act(&[&cycle.reflect(&[&seen], json!({}))], json!({}));
        let evaluation = cycle.evaluate(&action, json!({}));
        let (one, no_partner) = (partner(&team), api.organisation());
        let session = team.held(json!({"cycleId": cycle.id}), &[Part::Expert]).id;
        let body = |organisation: &str, observation: &str, evaluation: &str, person: &str, session: &str| {
            let evidence = json!({"observationIds": [seen, observation], "evaluationIds": [evaluation]});
            let effect = json!({"key": "contact", "name": "Contact", "evidence": evidence});
            let investor =
                json!({"key": "welzijn", "organisationId": organisation, "expected": {"text": "Uren"}});
            let activity = json!({"key": "koffie", "name": "Koffie", "organisationIds": [organisation]});
            let content = json!({"effects": [effect], "investors": [investor], "activities": [activity]});
            let members = json!({"content": content, "participantIds": [person], "sessionId": session, "cycleId": cycle.id});
            with(arena(), members)
        };
        let expert = &api.person(Part::Expert).id;
        let second = cycle.observe(json!({}));
        let path = team.path("effect-arenas");
        let made =
            team.practitioner().post(&path, body(&one, &second, &evaluation, expert, &session)).expect(201);
        assert_eq!(made["content"]["effects"][0]["evidence"]["observationIds"], json!([seen, second]));
        let outsider = &api.person(Part::Outsider).id;
        let refused =
            team.practitioner().post(&path, body(&no_partner, &foreign, &new_id(), outsider, &new_id()));
        refused.refused(409, "reference_not_found").pointers(&[
            ("/sessionId", "not_found"),
            ("/participantIds/0", "not_found"),
            ("/content/activities/0/organisationIds/0", "not_found"),
            ("/content/investors/0/organisationId", "not_found"),
            ("/content/effects/0/evidence/observationIds/1", "not_found"),
            ("/content/effects/0/evidence/evaluationIds/0", "not_found"),
        ]);

        // What stood stays, whatever came of it since; what is new has to stand now.
        cycle.withdraw("evaluations", &evaluation);
        let path = format!("/v1/effect-arenas/{}", made.id());
        let effect = json!({"key": "contact", "name": "Ontmoeting", "evidence": {"observationIds": [second], "evaluationIds": [evaluation]}});
        let patch = json!({"content": {"effects": [effect]}});
        team.expert().patch(&path, 1, patch).expect(200);
        let activity = json!({"key": "koffie", "name": "Koffie", "evidence": {"observationIds": [foreign]}});
        let refused = team.expert().patch(&path, 2, json!({"content": {"activities": [activity]}}));
        refused
            .refused(409, "reference_not_found")
            .pointers(&[("/content/activities/0/evidence/observationIds/0", "not_found")]);
    });
}

#[test]
fn a_guest_of_the_cycle_names_no_evidence_beyond_it() {
    both(|api| {
        let team = api.team();
        let (cycle, beyond) = (team.cycle(), team.cycle());
        let guest = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "practitioner"});
        api.founder().post(cycle.path("participants"), guest).expect(201);
        let path = team.arena(json!({"cycleId": cycle.id}));
        let naming = |observation: &str| {
            let evidence = json!({"observationIds": [observation]});
            json!({"content": {"activities": [{"key": "koffie", "name": "Koffie", "evidence": evidence}]}})
        };
        let (inside, outside) = (cycle.observe(json!({})), beyond.observe(json!({})));
        let client = api.client(Part::GuestPractitioner);
        client.patch(&path, 1, naming(&inside)).expect(200);
        client
            .patch(&path, 2, naming(&outside))
            .refused(409, "reference_not_found")
            .pointers(&[("/content/activities/0/evidence/observationIds/0", "not_found")]);
        team.practitioner().patch(&path, 2, naming(&outside)).expect(200);
    });
}
