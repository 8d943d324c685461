//! What a reader of changes is told, and what not.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{all_after, kinds_of};
use crate::support::audit::unguard;
use crate::support::server::{both_outputs, program, run};
use crate::support::team::Team;
use crate::support::{Client, Kind, Part, both, stored};

fn of_network(client: &Client, team: &Team) -> Vec<Value> {
    all_after(client, &format!("&networkId={}", team.id), 1_000, None).0
}

#[test]
fn what_happens_is_told_in_order_and_only_once() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let query = format!("&networkId={}", team.id);
        let (before, position) = all_after(&team.reader(), &query, 1_000, None);
        let numbers: Vec<i64> = before.iter().map(|change| change["number"].as_i64().expect("one")).collect();
        assert!(numbers.is_sorted() && numbers.windows(2).all(|pair| pair[0] != pair[1]), "{numbers:?}");
        let last = before.last().expect("one");
        assert_eq!(
            (
                &last["kind"],
                &last["networkId"],
                &last["cycleId"],
                &last["subjectVersion"],
                &last["tombstone"]
            ),
            (&json!("observation.created"), &json!(team.id), &json!(cycle.id), &json!(1), &Value::Null)
        );
        assert_eq!(last["actorId"], json!(api.person(Part::Practitioner).id));
        // Each way of reading gives the same.
        for limit in [1, 2, 7] {
            assert_eq!(all_after(&team.reader(), &query, limit, None), (before.clone(), position.clone()));
        }
        let nothing = all_after(&team.reader(), &query, 10, Some(position.clone()));
        assert_eq!(nothing, (Vec::new(), position.clone()));

        let one = format!("/v1/observations/{seen}");
        team.practitioner().patch(&one, 1, json!({"perspective": "citizen"})).expect(200);
        cycle.withdraw("observations", &seen);
        let (after, _) = all_after(&team.reader(), &query, 10, Some(position));
        assert_eq!(kinds_of(&after, &seen), ["observation.updated", "observation.withdrawn"]);
        assert_eq!((&after[0]["tombstone"], &after[1]["tombstone"]), (&Value::Null, &json!("withdrawn")));
        // What is read at the place that is named is what the change speaks of.
        for change in before.iter().chain(&after) {
            if let Some(href) = change["href"].as_str() {
                let record = team.coordinator().get(href).expect(200);
                assert_eq!(record.id(), change["subjectId"].as_str().expect("an id"), "{href}");
            }
        }
    });
}

#[test]
fn each_is_told_of_what_they_may_read() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let own = cycle.reflect(&[&seen], json!({"visibility": "author"}));
        let shared = cycle.reflect(&[&seen], json!({}));
        let draft = cycle.draft(&[&shared], json!({}));
        let address = format!("{}@tests.example", api.unique("genodigd"));
        let invitation =
            team.coordinator().post(team.path("invitations"), json!({"email": address, "role": "reader"}));
        let invited = invitation.expect(201).id();
        let (reader, author) = (of_network(&team.reader(), &team), of_network(&team.practitioner(), &team));
        let coordinator = of_network(&team.coordinator(), &team);
        let told = |changes: &[Value], subject: &str| !kinds_of(changes, subject).is_empty();
        assert_eq!(
            (told(&reader, &own), told(&coordinator, &own), told(&author, &own)),
            (false, false, true)
        );
        assert!(told(&reader, &shared) && told(&author, &shared));
        assert_eq!(
            (told(&reader, &draft), told(&coordinator, &draft), told(&author, &draft)),
            (false, false, true)
        );
        assert_eq!((told(&reader, &invited), told(&coordinator, &invited)), (false, true));
    });
}

#[test]
fn a_reflection_that_its_author_keeps_from_now_on_is_gone_for_the_others() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let path = format!("/v1/reflections/{thought}");
        team.practitioner().patch(&path, 1, json!({"visibility": "author"})).expect(200);
        team.practitioner().patch(&path, 2, json!({"loopDepth": "single"})).expect(200);
        let reader = of_network(&team.reader(), &team);
        assert_eq!(kinds_of(&reader, &thought), ["reflection.created", "reflection.hidden"]);
        let hidden = reader.iter().find(|change| change["kind"] == "reflection.hidden").expect("told");
        assert_eq!((&hidden["tombstone"], &hidden["href"]), (&json!("no_longer_visible"), &Value::Null));
        let author = of_network(&team.practitioner(), &team);
        assert_eq!(
            kinds_of(&author, &thought),
            ["reflection.created", "reflection.hidden", "reflection.updated", "reflection.updated"]
        );
    });
}

#[test]
fn a_note_that_is_kept_to_those_present_from_now_on_is_gone_for_the_others() {
    both(|api| {
        let team = api.team();
        let session = team.held(json!({}), &[Part::Practitioner, Part::Facilitator]);
        let note = session.note(Part::Practitioner, "network");
        let path = format!("/v1/session-notes/{note}");
        team.practitioner().patch(&path, 1, json!({"visibility": "present"})).expect(200);
        let reader = of_network(&team.reader(), &team);
        assert_eq!(kinds_of(&reader, &note), ["session_note.created", "session_note.hidden"]);
        let hidden = reader.iter().find(|change| change["kind"] == "session_note.hidden").expect("told");
        assert_eq!(
            (&hidden["tombstone"], &hidden["subjectVersion"]),
            (&json!("no_longer_visible"), &json!(2))
        );
    });
}

#[test]
fn a_guest_is_told_of_their_cycle_until_it_is_no_longer_theirs() {
    both(|api| {
        let team = api.team();
        let (cycle, other) = (team.cycle(), team.cycle());
        let (theirs, hidden) = (cycle.observe(json!({})), other.observe(json!({})));
        let guest = api.newcomer("gast");
        let client = api.signed_in(&guest);
        let body = json!({"personId": guest.id, "role": "reader"});
        let seat = api.founder().post(cycle.path("participants"), body).expect(201);
        let query = format!("&networkId={}", team.id);
        let (changes, _) = all_after(&client, &query, 3, None);
        assert_eq!(kinds_of(&changes, &theirs), ["observation.created"]);
        assert!(kinds_of(&changes, &hidden).is_empty());
        assert!(changes.iter().all(|change| change["cycleId"] == cycle.id.as_str()), "{changes:?}");
        let moved = cycle.observe(json!({}));
        let away = json!({"networkId": team.id, "cycleId": other.id});
        team.practitioner().post(format!("/v1/observations/{moved}/moves"), away).expect(200);
        let (changes, _) = all_after(&client, &query, 3, None);
        assert_eq!(kinds_of(&changes, &moved), ["observation.created", "observation.moved_out"]);
        let member = of_network(&team.reader(), &team);
        assert_eq!(
            kinds_of(&member, &moved),
            ["observation.created", "observation.moved_out", "observation.moved"]
        );
        let (whole, position) = all_after(&client, "", 1_000, None);
        assert!(!kinds_of(&whole, &theirs).is_empty() && kinds_of(&whole, &hidden).is_empty());

        let path = format!("/v1/participants/{}", seat.id());
        api.founder().delete(&path, seat.version()).expect(204);
        cycle.observe(json!({}));
        let page = client.get(format!("/v1/changes?after={position}")).expect(200);
        assert_eq!(page["gone"], json!([{"type": "cycle", "id": cycle.id}]));
        assert!(page.items().iter().all(|change| change["networkId"] != team.id.as_str()), "{}", page.text);
        let page = client.get(format!("/v1/changes?after={}", page.text_of("nextAfter"))).expect(200);
        assert_eq!(page["gone"], json!([]), "it is told once");
        client.get(format!("/v1/changes?networkId={}", team.id)).refused(404, "not_found");
    });
}

#[test]
fn what_belongs_to_no_network_is_told_but_for_people() {
    both(|api| {
        let client = api.signed_in(&api.newcomer("lezer"));
        let (_, position) = all_after(&client, "", 1_000, None);
        let theme = api.founder().post("/v1/themes", json!({"title": "Nieuw"})).expect(201).id();
        let person = api.acquaintance();
        let (changes, _) = all_after(&client, "", 1_000, Some(position));
        assert_eq!(kinds_of(&changes, &theme), ["theme.created"]);
        assert!(kinds_of(&changes, &person).is_empty());
        let told = changes.iter().find(|change| change["subjectId"] == theme.as_str()).expect("it");
        assert_eq!(
            (&told["networkId"], &told["href"]),
            (&Value::Null, &json!(format!("/v1/themes/{theme}")))
        );
    });
}

#[test]
fn a_position_that_cannot_be_is_refused() {
    both(|api| {
        let team = api.team();
        let get = |query: &str| team.reader().get(format!("/v1/changes?networkId={}{query}", team.id));
        get("&after=n/ts&limit=0&of=alles").errors(&[
            ("/after", "bad_format"),
            ("/limit", "bad_format"),
            ("/of", "unknown_member"),
        ]);
        get("&after=niets").errors(&[("/after", "bad_format")]);
        for limit in ["1001", "007", "+7", "-1", ""] {
            get(&format!("&limit={limit}")).errors(&[("/limit", "bad_format")]);
        }
        // The database was put back to an earlier day: the numbers that the reader knows do not exist yet.
        let position = get("").expect(200).text_of("nextAfter");
        let mut bytes = URL_SAFE_NO_PAD.decode(&position).expect("base64url");
        *bytes.last_mut().expect("a number") += 1;
        get(&format!("&after={}", URL_SAFE_NO_PAD.encode(bytes))).refused(410, "gone");
    });
}

#[test]
fn who_starts_from_now_is_told_of_what_comes() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({}));
        let query = format!("/v1/changes?networkId={}&after=", team.id);
        let now = team.reader().get(format!("{query}latest")).expect(200);
        assert_eq!((now.items().len(), &now["more"]), (0, &json!(false)));
        let seen = cycle.observe(json!({}));
        let told = team.reader().get(format!("{query}{}", now.text_of("nextAfter"))).expect(200);
        assert_eq!(told.items().len(), 1);
        assert_eq!(kinds_of(told.items(), &seen), ["observation.created"]);
    });
}

#[test]
fn a_log_that_was_cut_says_where_to_start_anew() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({}));
        let query = format!("/v1/changes?networkId={}", team.id);
        let before = team.reader().get(format!("{query}&after=latest")).expect(200).text_of("nextAfter");
        let kept = cycle.observe(json!({}));
        let url = &api.server.database_url;
        let cut = |before: &str| {
            let mut command = program(&["changes", "cut", "--before", before]);
            command.env("DATABASE_URL", url).output().expect("the program can be started")
        };
        let refused = cut(&chrono::Utc::now().date_naive().to_string());
        assert!(!refused.status.success() && both_outputs(&refused).contains("last 30 days"), "{refused:?}");
        let all = of_network(&team.reader(), &team);

        // All but the last happened long ago.
        let last = all.last().expect("a change");
        assert_eq!(last["subjectId"], json!(kept));
        let long_ago = match api.kind {
            Kind::Sqlite => "0",
            Kind::Postgres => "to_timestamp(0)",
        };
        let (blob, number) = (team.id.replace('-', ""), &last["number"]);
        let network = match api.kind {
            Kind::Sqlite => format!("x'{blob}'"),
            Kind::Postgres => format!("'{}'", team.id),
        };
        let row =
            format!("UPDATE changes SET at = {long_ago} WHERE network_id = {network} AND number < {number}");
        unguard(api.kind, url);
        stored::execute(api.kind, url, &row);
        let done = cut("2020-01-01");
        assert!(done.status.success(), "{done:?}");
        let removed = number.as_i64().expect("a number") - 1;
        assert!(both_outputs(&done).starts_with(&format!("{removed} changes")), "{done:?}");

        // Who has read what was cut goes on; who has not, and who asks from the beginning, is told to start anew.
        let told = team.reader().get(format!("{query}&after={before}")).expect(200);
        assert_eq!(told.items(), &vec![last.clone()]);
        let beginning = team.reader().get(&query);
        assert!(beginning.refused(410, "gone").text_of("detail").contains("after=latest"));
        assert_eq!(team.reader().get(format!("{query}&after=latest")).expect(200).items().len(), 0);
        // The numbers go on where they were.
        let next = cycle.observe(json!({}));
        let told = team.reader().get(format!("{query}&after={before}")).expect(200);
        assert_eq!(told.items()[1]["number"], json!(removed + 2));
        assert_eq!(told.items()[1]["subjectId"], json!(next));
        assert!(run(&mut program(&["changes", "cut", "--help"])).contains("start anew"));
    });
}
