//! What search looks in follows what is written: within a second, over a crash, and made anew by command.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{finds, found, rare, says};
use crate::support::server::{Server, program, run};
use crate::support::stored::{execute, number};
use crate::support::{Api, Client, both, on_each};

#[test]
fn a_change_is_found_soon_and_the_old_words_are_not() {
    both(|api| {
        let (team, old, new) = (api.team(), rare(), rare());
        let id = says(&team.cycle(), &format!("Eerst {old}"));
        let written = Instant::now();
        finds(&team.reader(), &old, &[&id]);
        // It is promised within a second; a busy machine gets more.
        assert!(written.elapsed() < Duration::from_secs(5), "{:?}", written.elapsed());
        team.practitioner()
            .patch(format!("/v1/observations/{id}"), 1, json!({"body": format!("Daarna {new}")}))
            .expect(200);
        finds(&team.reader(), &new, &[&id]);
        assert!(found(&team.reader(), &old).is_empty());
    });
}

#[test]
fn what_moves_to_another_network_is_found_there() {
    both(|api| {
        let (team, other, word) = (api.team(), api.team(), rare());
        let inbox = json!({"body": format!("Verhuisd {word}"), "perspective": "citizen"});
        let id = team.practitioner().post(team.path("observations"), inbox).expect(201).id();
        finds(&team.reader(), &word, &[&id]);
        team.practitioner()
            .post(format!("/v1/observations/{id}/moves"), json!({"networkId": other.id}))
            .expect(200);
        let there = |network: &str| {
            team.reader().get(format!("/v1/search?q={word}&networkId={network}")).expect(200).ids()
        };
        assert!(there(&team.id).is_empty(), "it left at once");
        crate::support::eventually("it arrived", || there(&other.id) == [id.as_str()]);
    });
}

#[test]
fn what_was_written_just_before_a_crash_is_found_after_it() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let (team, word) = (api.team(), rare());
        let cycle = team.cycle();
        let reader = team.reader();
        let ids: Vec<String> =
            (0..80).map(|index| says(&cycle, &format!("Nummer {index}: {word}"))).collect();
        api.server.kill();
        let again = Server::start(&api.server.database_url, &[]);
        let reader = Client::with_token(&again.base, reader.token());
        let all = || reader.get(format!("/v1/search?q={word}&limit=200")).expect(200).ids().len();
        crate::support::eventually("all are found", || all() == ids.len());
        // Up to date, it stays so without doing anything.
        let url = &api.server.database_url;
        let lag = "SELECT count(*) FROM network_streams s JOIN search_positions p ON p.network_id = s.network_id \
                   WHERE p.indexed <> s.last_change";
        crate::support::eventually("nothing lags", || number(kind, url, lag) == 0);
        assert_eq!(number(kind, url, "SELECT count(*) FROM search_documents"), 80);
        assert_eq!(again.terminate().code(), Some(0), "it stops cleanly");
    });
}

#[test]
fn several_servers_on_one_database_follow_together() {
    let api = Api::start(crate::support::Kind::Postgres, &[]);
    let others = [0, 1].map(|_| Server::start(&api.server.database_url, &[]));
    let (team, word) = (api.team(), rare());
    let cycle = team.cycle();
    for index in 0..60 {
        let body = json!({"body": format!("Nummer {index}: {word}"), "perspective": "system"});
        let through = &others[index % 2];
        let client = Client::with_token(&through.base, team.practitioner().token());
        client.post(cycle.path("observations"), body).expect(201);
    }
    let all = |client: &Client| client.get(format!("/v1/search?q={word}&limit=200")).expect(200).ids().len();
    crate::support::eventually("all are found", || all(&team.reader()) == 60);
    for server in &others {
        assert!(!server.logged().contains("search"), "{}", server.logged());
    }
}

#[test]
fn all_is_made_anew_by_command_beside_a_running_server() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let url = &api.server.database_url;
        let (team, word) = (api.team(), rare());
        let cycle = team.cycle();
        let kept = says(&cycle, &format!("Blijft {word}"));
        let lost = says(&cycle, &format!("Verloren {word}"));
        let asked = cycle.ask(json!({"text": format!("Gevraagd {word}")}));
        let thought = cycle.reflect(&[&kept], json!({"answers": [{"promptId": "free", "text": word}]}));
        let reader = team.reader();
        finds(&reader, &word, &[&kept, &lost, &asked, &thought]);
        // Lost as in a restore that left it out; and one that is there for nothing.
        execute(kind, url, "DELETE FROM search_documents WHERE kind <> 'observation'");
        execute(
            kind,
            url,
            "INSERT INTO search_documents (network_id, id, kind, place, dutch, english, words) \
             SELECT DISTINCT network_id, network_id, 'observation', '@observation', 'niets', 'niets', '' FROM search_documents",
        );
        assert_eq!(found(&reader, &word).len(), 2);
        let told = run(program(&["search", "rebuild"]).env("DATABASE_URL", url));
        assert!(told.contains("4 records can be found; 1 that"), "{told}");
        let mut got = found(&reader, &word);
        got.sort();
        let mut expected = vec![kept, lost, asked, thought];
        expected.sort();
        assert_eq!(got, expected);
        let again = run(program(&["search", "rebuild"]).env("DATABASE_URL", url));
        assert!(again.contains("4 records can be found; 0 that"), "{again}");
        let new = says(&cycle, &format!("Na afloop {word}"));
        finds(&reader, &format!("afloop {word}"), &[&new]);
        assert!(run(&mut program(&["search", "rebuild", "--help"])).contains("beside a running server"));
    });
}

#[test]
fn what_was_made_anew_is_not_followed_once_more() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let url = &api.server.database_url;
        let (team, word) = (api.team(), rare());
        let said = says(&team.cycle(), &word);
        api.server.kill();
        // As where a server that did not search yet has written for years.
        execute(kind, url, "DELETE FROM search_positions");
        execute(kind, url, "DELETE FROM search_documents");
        assert!(run(program(&["search", "rebuild"]).env("DATABASE_URL", url)).contains("1 records"));
        let behind = "SELECT count(*) FROM network_streams AS streams LEFT JOIN search_positions AS positions \
                      ON positions.network_id = streams.network_id WHERE coalesce(indexed, 0) < last_change \
                      AND EXISTS (SELECT 1 FROM networks WHERE networks.id = streams.network_id)";
        assert_eq!(number(kind, url, behind), 0);
        assert_eq!(number(kind, url, "SELECT count(*) FROM search_documents"), 1, "{said}");
    });
}
