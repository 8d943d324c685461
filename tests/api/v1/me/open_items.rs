//! What is open and mine to close, over all networks.

use serde_json::{Value, json};

use crate::support::team::{Cycle, Team, observation, with};
use crate::support::{Client, Part, both};

fn mine(client: &Client, query: &str) -> Vec<Value> {
    client.get(format!("/v1/me/open-items?limit=200{query}")).expect(200).items().clone()
}

/// What of a network is mine.
fn ids(client: &Client, team: &Team<'_>, query: &str) -> Vec<String> {
    let items = mine(client, &format!("&networkId={}{query}", team.id));
    items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

/// These and no others, in this order.
#[track_caller]
fn are(ids: &[String], expected: &[&String]) {
    assert_eq!(ids.iter().collect::<Vec<_>>(), expected);
}

fn day(day: i64) -> Value {
    json!({"happenedAt": format!("2024-06-{day:02}T08:00:00Z")})
}

fn log(client: &Client, cycle: &Cycle<'_, '_>, at: i64) -> String {
    client.post(cycle.path("observations"), with(observation(), day(at))).expect(201).id()
}

#[test]
fn what_i_own_and_what_i_made_is_mine_and_what_my_role_lets_me_close() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let asked = cycle.ask(day(1));
        let seen = cycle.observe(day(2));
        let experts = log(&team.expert(), &cycle, 3);
        let thought = cycle.reflect(&[&seen, &experts], json!({}));
        let expert = &api.person(Part::Expert).id;
        let tried = cycle.act(&[&thought], with(day(4), json!({"ownerId": expert})));
        let waits = team.expert().post(team.path("observations"), with(observation(), day(5)));
        let waits = waits.expect(201).id();
        let all = [&asked, &seen, &experts, &tried, &waits];

        are(&ids(&team.expert(), &team, ""), &[&experts, &tried, &waits]);
        are(&ids(&team.practitioner(), &team, ""), &[&seen, &tried]);
        are(&ids(&team.facilitator(), &team, ""), &all);
        are(&ids(&team.coordinator(), &team, ""), &all);
        are(&ids(&team.reader(), &team, ""), &[]);
        are(&ids(&team.facilitator(), &team, "&canCloseAs=person"), &[]);
        are(&ids(&team.facilitator(), &team, "&canCloseAs=role"), &all);
        are(&ids(&team.expert(), &team, "&canCloseAs=person"), &[&experts, &tried, &waits]);
        are(&ids(&team.expert(), &team, "&canCloseAs=role"), &[]);
        let guides = log(&team.facilitator(), &cycle, 6);
        are(&ids(&team.facilitator(), &team, "&canCloseAs=person"), &[&guides]);
        assert_eq!(ids(&team.facilitator(), &team, "").len(), 6, "each once");

        // It tells the same as the network's list.
        let listed = team.reader().get(team.path("open-items?limit=200")).expect(200);
        assert_eq!(&mine(&team.facilitator(), &format!("&networkId={}", team.id)), listed.items());

        for (query, expected) in [
            ("&type=observation", vec![&experts, &waits]),
            ("&type=question", vec![]),
            ("&waitingFor=evaluation", vec![&experts, &tried]),
            ("&waitingFor=cycle", vec![&waits]),
            ("&until=2024-06-04T00:00:00Z", vec![&experts]),
            (&format!("&cycleId={}", cycle.id), vec![&experts, &tried]),
            (&format!("&cycleId={}&type=action", team.cycle().id), vec![]),
        ] {
            assert_eq!(ids(&team.expert(), &team, query).iter().collect::<Vec<_>>(), expected, "{query}");
        }
        cycle.evaluate(&tried, json!({}));
        are(&ids(&team.expert(), &team, ""), &[&waits]);
        team.expert()
            .get("/v1/me/open-items?ownerId=x&canCloseAs=admin")
            .refused(400, "invalid_query")
            .pointers(&[("/ownerId", "unknown_member"), ("/canCloseAs", "not_in_enum")]);
    });
}

#[test]
fn it_reaches_over_all_my_networks_oldest_first_and_in_pages() {
    both(|api| {
        let learner = api.learner("overal");
        let teams = [api.team(), api.team(), api.team()];
        let roles = ["practitioner", "facilitator", "practitioner"];
        for (team, role) in teams.iter().zip(roles) {
            let member = json!({"personId": learner.person.id, "role": role});
            api.founder().post(team.path("members"), member).expect(201);
        }
        let cycles = [teams[0].cycle(), teams[1].cycle(), teams[2].cycle()];
        let mut expected = Vec::new();
        for at in 1..=4 {
            for (index, cycle) in cycles.iter().enumerate() {
                let own = log(&learner.client, cycle, at * 6 + index as i64);
                expected.push(own);
            }
            cycles[0].observe(day(at));
        }
        // As a facilitator also what others logged.
        expected.push(cycles[1].observe(day(30)));
        for limit in [1, 5, 13, 14] {
            let (mut ids, mut next) = (Vec::new(), Some(format!("/v1/me/open-items?limit={limit}")));
            while let Some(path) = next {
                let page = learner.client.get(path).expect(200);
                ids.extend(page.ids());
                next = page.header("link").map(|link| link[1..link.find('>').expect("a link")].to_owned());
            }
            assert_eq!(ids, expected, "in pages of {limit}");
        }
        let archive = json!({"to": "archived", "reason": "Klaar."});
        teams[1].coordinator().post(teams[1].path("transitions"), archive).expect(200);
        let left = mine(&learner.client, "");
        assert!(
            left.iter().all(|item| item["networkId"] != teams[1].id.as_str()),
            "nobody closes anything there"
        );
        assert_eq!(left.len(), 8);
    });
}

#[test]
fn a_guest_finds_what_is_theirs_in_the_cycle_and_nothing_of_the_network() {
    both(|api| {
        let (team, guest) = (api.team(), api.learner("gast"));
        let (cycle, other) = (team.cycle(), team.cycle());
        let (seen, asked) = (cycle.observe(day(1)), cycle.ask(day(2)));
        other.observe(day(3));
        team.practitioner().post(team.path("observations"), observation()).expect(201);
        let seat = |role: &str| json!({"personId": guest.person.id, "role": role});
        let made = api.founder().post(cycle.path("participants"), seat("practitioner")).expect(201);
        assert_eq!(mine(&guest.client, "").len(), 0);
        let own = log(&guest.client, &cycle, 4);
        are(&ids(&guest.client, &team, ""), &[&own]);
        let path = format!("/v1/participants/{}", made.id());
        let guide = json!({"role": "facilitator"});
        let version = api.founder().patch(&path, made.version(), guide).expect(200).version();
        are(&ids(&guest.client, &team, ""), &[&seen, &asked, &own]);
        are(&ids(&guest.client, &team, "&canCloseAs=person"), &[&own]);
        api.founder().delete(&path, version).expect(204);
        assert_eq!(mine(&guest.client, "").len(), 0, "who is no guest any more has nothing to close");
    });
}

#[test]
fn a_cycle_that_my_network_shares_is_mine_as_far_as_my_role_there_goes() {
    both(|api| {
        let (team, beside) = (api.team(), api.quiet_team());
        let (guide, member) = (api.learner("gids"), api.learner("buur"));
        for (learner, role) in [(&guide, "facilitator"), (&member, "practitioner")] {
            let body = json!({"personId": learner.person.id, "role": role});
            api.founder().post(beside.path("members"), body).expect(201);
        }
        let cycle = team.cycle();
        let seen = cycle.observe(day(1));
        let invited = json!({"coNetworkId": beside.id, "reason": "Dezelfde vraag."});
        let shared = api.founder().post(cycle.path("co-networks"), invited).expect(201).id();
        are(&ids(&guide.client, &team, ""), &[]);
        let moves = format!("/v1/co-networks/{shared}/transitions");
        api.founder().post(&moves, json!({"to": "accepted"})).expect(200);
        let own = log(&member.client, &cycle, 2);
        are(&ids(&guide.client, &team, ""), &[&seen, &own]);
        are(&ids(&member.client, &team, ""), &[&own]);
        // They can.
        let close = json!({"to": "closed", "reason": "Opgelost."});
        guide.client.post(format!("/v1/observations/{seen}/transitions"), close).expect(200);
        are(&ids(&guide.client, &team, ""), &[&own]);
        api.founder().post(&moves, json!({"to": "ended", "reason": "Klaar."})).expect(200);
        are(&ids(&member.client, &team, ""), &[]);
    });
}

#[test]
fn it_is_nobodys_who_has_no_networks() {
    both(|api| {
        assert_eq!(mine(&api.client(Part::Admin), ""), Vec::<Value>::new());
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({}));
        are(&ids(&team.outsider(), &team, ""), &[]);
        let key = team.keyed("practitioner", json!(["listOpenItems"]));
        key.get("/v1/me/open-items").refused(403, "forbidden");
    });
}

#[test]
fn whoever_coordinates_very_many_networks_sees_what_is_open_in_all() {
    both(|api| {
        // Of each three kinds of record are looked through, and no statement takes so many parts at once.
        let founder = api.founder();
        let mut expected = Vec::new();
        for second in 0..70 {
            let team = api.quiet_team();
            let at = json!({"happenedAt": format!("1991-01-01T00:{:02}:{:02}Z", second / 60, second % 60)});
            let logged = founder.post(team.path("observations"), with(observation(), at)).expect(201);
            expected.push(logged.id());
        }
        let until = "&until=1992-01-01T00:00:00Z";
        let listed = mine(&founder, until);
        let ids: Vec<&str> = listed.iter().filter_map(|item| item["id"].as_str()).collect();
        assert_eq!(ids, expected);
        let first = founder.get(format!("/v1/me/open-items?limit=69{until}")).expect(200);
        let next = first.header("link").expect("another page");
        let rest = founder.get(&next[1..next.find('>').expect("a link")]).expect(200);
        assert_eq!([first.ids(), rest.ids()].concat(), expected);
    });
}
