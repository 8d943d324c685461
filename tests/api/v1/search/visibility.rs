//! Who finds what: members their network, guests and co-networks their cycle, authors what is theirs alone; and nobody
//! what was withdrawn.

use serde_json::json;

use super::{finds, found, rare, says, search, shown};
use crate::support::team::{insight, with};
use crate::support::{Part, both};

#[test]
fn members_find_what_their_network_holds_and_others_do_not() {
    both(|api| {
        let (team, word) = (api.team(), rare());
        let cycle = team.cycle();
        let seen = says(&cycle, &format!("Gezien: {word}"));
        let thought = cycle.reflect(
            &[&seen],
            json!({"answers": [{"promptId": "free", "text": format!("Gedacht: {word}")}]}),
        );
        let asked = cycle.ask(json!({"text": format!("Gevraagd: {word}?")}));
        let inbox = json!({"body": format!("In de inbox: {word}"), "perspective": "system"});
        let inbox = team.practitioner().post(team.path("observations"), inbox).expect(201).id();
        for client in
            [team.reader(), team.expert(), team.facilitator(), team.coordinator(), team.practitioner()]
        {
            finds(&client, &word, &[&seen, &thought, &asked, &inbox]);
        }
        for client in [team.outsider(), api.client(Part::Admin)] {
            assert!(found(&client, &word).is_empty());
        }
        let elsewhere = api.team();
        let other = says(&elsewhere.cycle(), &format!("Elders: {word}"));
        finds(&elsewhere.reader(), &word, &[&seen, &thought, &asked, &inbox, &other]);
    });
}

#[test]
fn guests_find_what_their_cycle_holds_as_long_as_they_are_there() {
    both(|api| {
        let (team, word) = (api.team(), rare());
        let (cycle, other) = (team.cycle(), team.cycle());
        let (inside, outside) =
            (says(&cycle, &format!("Binnen {word}")), says(&other, &format!("Buiten {word}")));
        let guest = api.person(Part::GuestReader);
        let participant = json!({"personId": guest.id, "role": "reader"});
        let participant = api.founder().post(cycle.path("participants"), participant).expect(201);
        finds(&team.reader(), &word, &[&inside, &outside]);
        let client = api.client(Part::GuestReader);
        assert_eq!(found(&client, &word), [inside.as_str()]);
        // Moved to the other cycle: out of the guest's sight at once.
        let moved = json!({"networkId": team.id, "cycleId": other.id});
        team.practitioner().post(format!("/v1/observations/{inside}/moves"), moved).expect(200);
        assert!(found(&client, &word).is_empty());
        let back = json!({"networkId": team.id, "cycleId": cycle.id});
        team.practitioner().post(format!("/v1/observations/{inside}/moves"), back).expect(200);
        finds(&client, &word, &[&inside]);
        api.founder().delete(format!("/v1/participants/{}", participant.id()), 1).expect(204);
        assert!(found(&client, &word).is_empty());
    });
}

#[test]
fn who_has_left_finds_nothing_from_that_moment() {
    both(|api| {
        let (team, word) = (api.team(), rare());
        let id = says(&team.cycle(), &format!("Voor leden {word}"));
        let member = team.join(Part::Colleague, "practitioner");
        let colleague = api.client(Part::Colleague);
        finds(&colleague, &word, &[&id]);
        api.founder().delete(format!("/v1/members/{}", member.id()), 1).expect(204);
        assert!(found(&colleague, &word).is_empty());
    });
}

#[test]
fn members_of_a_co_network_find_what_the_joint_cycle_holds() {
    both(|api| {
        let (team, word) = (api.team(), rare());
        let (cycle, apart) = (team.cycle(), team.cycle());
        let (shared, own) = (says(&cycle, &format!("Samen {word}")), says(&apart, &format!("Apart {word}")));
        finds(&team.reader(), &word, &[&shared, &own]);
        let network = json!({"name": api.unique("Buren"), "kind": "team"});
        let beside = api.founder().post("/v1/networks", network).expect(201).id();
        let member = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "reader"});
        api.founder().post(format!("/v1/networks/{beside}/members"), member).expect(201);
        let client = api.client(Part::GuestPractitioner);
        let invited = json!({"coNetworkId": beside});
        let joint = api.founder().post(cycle.path("co-networks"), invited).expect(201).id();
        assert!(found(&client, &word).is_empty(), "invited is not yet in");
        let accepted = json!({"to": "accepted"});
        api.founder().post(format!("/v1/co-networks/{joint}/transitions"), accepted).expect(200);
        assert_eq!(found(&client, &word), [shared]);
    });
}

#[test]
fn a_private_reflection_is_found_by_its_author_alone() {
    both(|api| {
        let (team, word) = (api.team(), rare());
        let cycle = team.cycle();
        let seen = says(&cycle, "Iets anders.");
        let answers = json!([{"promptId": "free", "text": format!("Voor mezelf: {word}")}]);
        let members = json!({"answers": answers, "visibility": "author", "loopDepth": "double", "frameShift":
            {"assumptionBefore": "Eerst dit.", "disruption": "Toen dat.", "assumptionAfter": format!("Nu{word} zo.")}});
        let private = cycle.reflect(&[&seen], members);
        finds(&team.practitioner(), &word, &[&private]);
        finds(&team.practitioner(), &format!("nu{word}"), &[&private]);
        let others = [team.reader(), team.coordinator(), team.facilitator(), api.founder()];
        for client in &others {
            assert!(found(client, &word).is_empty());
        }
        // Shown to the network and hidden again: at once.
        let author = team.practitioner();
        author.patch(format!("/v1/reflections/{private}"), 1, json!({"visibility": "network"})).expect(200);
        assert_eq!(found(&team.reader(), &word), [private.as_str()]);
        author.patch(format!("/v1/reflections/{private}"), 2, json!({"visibility": "author"})).expect(200);
        assert!(found(&team.reader(), &word).is_empty());
    });
}

#[test]
fn what_was_withdrawn_is_out_at_once_and_what_is_restored_comes_back() {
    both(|api| {
        let (team, word) = (api.team(), rare());
        let cycle = team.cycle();
        let seen = says(&cycle, &format!("Gezien {word}"));
        let asked = cycle.ask(json!({"text": format!("Gevraagd {word}")}));
        let thought = cycle
            .reflect(&[&seen], json!({"answers": [{"promptId": "free", "text": format!("Gedacht {word}")}]}));
        let reader = team.reader();
        finds(&reader, &word, &[&seen, &asked, &thought]);
        cycle.withdraw("reflections", &thought);
        assert!(!found(&reader, &word).contains(&thought));
        cycle.withdraw("observations", &seen);
        assert_eq!(found(&reader, &word), [asked.as_str()]);
        cycle.withdraw("questions", &asked);
        assert!(found(&reader, &word).is_empty());
        let restored = json!({"to": "logged"});
        team.practitioner().post(format!("/v1/observations/{seen}/transitions"), restored).expect(200);
        finds(&reader, &word, &[&seen]);
        let closed = json!({"to": "closed", "reason": "Al opgelost."});
        team.practitioner().post(format!("/v1/observations/{seen}/transitions"), closed).expect(200);
        assert_eq!(found(&reader, &word), [seen]);
    });
}

#[test]
fn the_order_and_the_cursor_say_nothing_of_what_is_hidden() {
    both(|api| {
        let (team, word) = (api.team(), rare());
        let cycle = team.cycle();
        let first = says(&cycle, &format!("{word} {word} en nog wat"));
        let second = says(&cycle, &format!("{word} en nog wat meer"));
        finds(&team.reader(), &word, &[&first, &second]);
        let page = |limit| team.reader().get(format!("/v1/search?q={word}&limit={limit}")).expect(200);
        let before = page(1);
        // Others write the same word, in a network and in reflections that the reader does not see.
        let elsewhere = api.client(Part::Colleague);
        let network = json!({"name": api.unique("Elders"), "kind": "team"});
        let hidden = api.founder().post("/v1/networks", network).expect(201).id();
        let member = json!({"personId": api.person(Part::Colleague).id, "role": "practitioner"});
        api.founder().post(format!("/v1/networks/{hidden}/members"), member).expect(201);
        let ids: Vec<String> = (0..5)
            .map(|_| {
                let body = json!({"body": format!("{word} {word} {word}"), "perspective": "system"});
                elsewhere.post(format!("/v1/networks/{hidden}/observations"), body).expect(201).id()
            })
            .collect();
        let private = json!({"visibility": "author", "answers": [{"promptId": "free", "text": word}]});
        let private = cycle.reflect(&[&first], private);
        finds(&elsewhere, &word, &ids.iter().map(String::as_str).collect::<Vec<_>>());
        finds(&team.practitioner(), &word, &[&first, &second, &private]);
        let after = page(1);
        assert_eq!(after.body, before.body, "item and cursor");
        let rest =
            team.reader().get(format!("/v1/search?q={word}&limit=1&cursor={}", after.text_of("nextCursor")));
        assert_eq!(rest.expect(200).ids(), [second]);
    });
}

#[test]
fn insights_are_found_by_whom_they_reach() {
    both(|api| {
        let (top, team, word) = (api.team(), api.team(), rare());
        api.founder().post(team.path("moves"), json!({"parentId": top.id})).expect(200);
        let alone = |network: &str| {
            let person = api.newcomer("finder");
            let member = json!({"personId": person.id, "role": "reader"});
            api.founder().post(format!("/v1/networks/{network}/members"), member).expect(201);
            api.signed_in(&person)
        };
        let (inside, above, outside) = (alone(&team.id), alone(&top.id), team.outsider());
        let cycle = team.cycle();
        let seen = says(&cycle, "Iets anders.");
        let thought = cycle.reflect(&[&seen], json!({}));
        let body =
            with(insight(&[&thought]), json!({"title": format!("Over {word}"), "body": "Dat het werkt."}));
        let draft = team.coordinator().post(cycle.path("insights"), body).expect(201).id();
        finds(&team.coordinator(), &word, &[&draft]);
        let reached = || [&inside, &above, &outside].map(|client| !found(client, &word).is_empty());
        assert_eq!(reached(), [false, false, false], "a draft is its author's alone");
        let moves =
            |body| team.coordinator().post(format!("/v1/insights/{draft}/transitions"), body).expect(200);
        for (audience, expected) in [
            ("network", [true, false, false]),
            ("lineage", [true, true, false]),
            ("commons", [true, true, true]),
        ] {
            moves(json!({"to": "shared", "audience": audience}));
            assert_eq!(reached(), expected, "{audience}");
        }
        let item = search(&outside, &word).items()[0].clone();
        assert_eq!((&item["type"], &item["title"]), (&json!("insight"), &json!(format!("Over {word}"))));
        assert_eq!(shown(&item), format!("Over [{word}]"), "nothing of the text is a hit");
        assert_eq!(
            outside.get(format!("/v1/search?q={word}&type=insight")).expect(200).ids(),
            [draft.as_str()]
        );
        assert!(outside.get(format!("/v1/search?q={word}&type=observation")).expect(200).items().is_empty());
        moves(json!({"to": "withdrawn", "reason": "Bleek niet te kloppen."}));
        assert_eq!(reached(), [false, false, false], "it is out of all answers at once");
        assert!(found(&team.coordinator(), &word).is_empty());
    });
}
