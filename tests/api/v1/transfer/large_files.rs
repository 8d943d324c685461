//! Files that no memory holds, connections that break, servers that are killed.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use super::{CSV, JSON_LINES, import, told};
use crate::support::server::Server;
use crate::support::stored::{assert_gapless, number};
use crate::support::{Api, Client, Kind, eventually, on_each};

fn observations(api: &Api) -> i64 {
    number(api.kind, &api.server.database_url, "SELECT count(*) FROM observations")
}

fn id(at: usize) -> String {
    format!("01890a5d-ac96-774b-8000-{at:012x}")
}

/// A file of observations with ids, as long as is wanted.
fn csv(count: usize, words: &str) -> String {
    let mut file = "id;body;perspective\r\n".to_owned();
    for at in 0..count {
        file.push_str(&format!("{};\"{at}\n{words}\";citizen\r\n", id(at)));
    }
    file
}

/// A request whose body is still to come.
fn begun(client: &Client, path: &str, media_type: &str, length: usize) -> TcpStream {
    let address = client.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("the server listens");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\nContent-Type: {media_type}\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n",
        client.token()
    );
    stream.write_all(head.as_bytes()).expect("a head");
    stream
}

#[test]
fn a_long_file_is_taken_and_never_held() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        let path = cycle.path("imports?type=observation");
        // 40 MB and more.
        let file = csv(20_000, &"Zij zei dat ze sinds de zomer niemand meer spreekt. ".repeat(40));
        told(&import(&practitioner, &path, CSV, &csv(2_000, "x").replace("01890a5d", "01890a5e")));
        let before = api.server.memory();
        let (done, mut most) = (AtomicBool::new(false), before);
        std::thread::scope(|scope| {
            let sending = scope.spawn(|| {
                let report = told(&import(&practitioner, &path, CSV, &file));
                done.store(true, Ordering::Relaxed);
                report
            });
            while !done.load(Ordering::Relaxed) && !sending.is_finished() {
                most = most.max(api.server.memory());
                std::thread::sleep(Duration::from_millis(5));
            }
            let report = sending.join().expect("it is taken");
            assert_eq!((report.count("lines"), report.count("created")), (20_000, 20_000));
            assert!(report.progress > 5, "it is told how far it is");
        });
        let (size, taken) = (file.len() >> 20, (most - before) >> 20);
        assert!(size > 38 && taken < 30, "{kind:?}: {taken} MiB more for {size} MiB");
        let again = told(&import(&practitioner, &format!("{path}&dryRun=true"), CSV, &file));
        assert_eq!((again.count("replayed"), again.count("refused")), (20_000, 0));
        assert_eq!(observations(&api), 22_000);
    });
}

#[test]
fn a_quote_that_is_never_closed_costs_no_memory() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let team = api.team();
        let path = team.cycle().path("imports?type=observation");
        let practitioner = team.practitioner();
        let mut file = csv(10, "x");
        file.push_str("\"open");
        file.push_str(&"Zij zei dat ze sinds de zomer niemand meer spreekt.;citizen\r\n".repeat(500_000));
        told(&import(&practitioner, &path, CSV, &csv(10, "x")));
        let before = api.server.memory();
        let report = told(&import(&practitioner, &path, CSV, &file));
        let taken = (api.server.memory().saturating_sub(before)) >> 20;
        assert_eq!(report.lines(), [(22, 413, "payload_too_large".into())]);
        assert_eq!(report.count("replayed"), 10);
        assert!(taken < 20, "{kind:?}: {taken} MiB more for {} MiB", file.len() >> 20);
    });
}

/// A proxy such as nginx sends no more of a body once its answer has begun.
#[test]
fn the_answer_begins_when_the_file_is_in() {
    on_each(|kind| {
        let api = Api::shared(kind);
        let team = api.team();
        let cycle = team.cycle();
        let path = cycle.path("imports?type=question");
        let file = "{\"text\": \"Wie komt er?\"}\n".repeat(3_000);
        let (half, rest) = file.as_bytes().split_at(file.len() / 2);
        let mut stream = begun(&api.directly(&team.practitioner()), &path, JSON_LINES, file.len());
        stream.write_all(half).expect("a half");
        let first = || team.reader().get(cycle.path("questions")).expect(200).items().len();
        eventually("some of it is taken", || first() > 0);
        stream.set_read_timeout(Some(Duration::from_millis(300))).expect("a stream");
        assert!(stream.peek(&mut [0]).is_err(), "{kind:?}: something was answered already");
        stream.set_read_timeout(None).expect("a stream");
        stream.write_all(rest).expect("the other half");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.contains("\"kind\":\"progress\"") && answer.contains("\"created\":3000"), "{answer}");
    });
}

#[test]
fn every_bad_line_is_told_to_whoever_listens() {
    on_each(|kind| {
        let api = Api::shared(kind);
        let team = api.team();
        // It listens while it sends, which a proxy does not.
        let client = api.directly(&team.practitioner());
        let path = team.cycle().path("imports?type=question&dryRun=true");
        // The report on this is longer than what waits for a reader.
        let line = "{\"text\": \"\", \"lifeDomains\": 1, \"pseudonymId\": \"x\"}\n";
        let file = line.repeat(20_000);
        let stream = begun(&client, &path, JSON_LINES, file.len());
        let mut sender = stream.try_clone().expect("the same connection");
        std::thread::scope(|scope| {
            scope.spawn(move || sender.write_all(file.as_bytes()).expect("it is taken"));
            let mut answer = String::new();
            BufReader::new(stream).read_to_string(&mut answer).expect("an answer");
            assert_eq!(answer.matches("\"kind\":\"refused\"").count(), 20_000);
            assert!(answer.len() > 6 << 20, "{}", answer.len());
            assert!(answer.contains("\"line\":20000,"));
            assert!(answer.contains("\"refused\":20000}"), "and the last line");
        });
    });
}

#[test]
fn many_bad_lines_are_told_to_who_listens_only_afterwards() {
    on_each(|kind| {
        let api = Api::shared(kind);
        let team = api.team();
        let path = team.cycle().path("imports?type=question&dryRun=true");
        let report =
            told(&import(&team.practitioner(), &path, JSON_LINES, &"{\"text\": \"\"}\n".repeat(8_000)));
        assert_eq!(report.lines().len(), 8_000);
    });
}

#[test]
fn what_was_broken_off_is_sent_again_without_doubles() {
    on_each(|kind| {
        let mut api = Api::start(kind, &[]);
        let cycle = api.team().cycle().id.clone();
        let path = format!("/v1/cycles/{cycle}/imports?type=observation");
        let file = csv(5_000, "Zij zei dat ze sinds de zomer niemand meer spreekt.");
        let client = api.client(crate::support::Part::Practitioner);

        // A client that goes away in the middle: what was taken stands.
        let mut stream = begun(&client, &path, CSV, file.len());
        stream.write_all(&file.as_bytes()[..file.len() / 4]).expect("a quarter");
        eventually("some of it is taken", || observations(&api) > 0);
        drop(stream);

        // A server that is killed in the middle.
        let mut stream = begun(&client, &path, CSV, file.len());
        stream.write_all(&file.as_bytes()[..file.len() / 2]).expect("a half");
        let mut answer = BufReader::new(stream.try_clone().expect("the same connection"));
        let mut line = String::new();
        while !line.contains("\"kind\":\"progress\"") {
            line.clear();
            assert!(answer.read_line(&mut line).expect("it goes on") > 0, "it goes on");
        }
        api.server.kill();
        let mut rest = String::new();
        let _ = answer.read_to_string(&mut rest);
        assert!(!rest.contains("finished"), "{rest}");
        drop(stream);
        api.server = Server::start(&api.server.database_url, &[]).into();

        let taken = observations(&api);
        assert!((2_000..5_000).contains(&taken), "{taken}");
        let client = Client::with_token(&api.server.base, client.token());
        let report = told(&import(&client, &path, CSV, &file));
        let counts = ["lines", "created", "replayed", "refused"].map(|name| report.count(name));
        assert_eq!(counts, [5_000, 5_000 - taken as u64, taken as u64, 0]);
        assert_eq!(observations(&api), 5_000);
        assert_gapless(&api);
    });
}

#[test]
fn whoever_may_no_longer_write_is_stopped() {
    on_each(|kind: Kind| {
        let api = Api::shared(kind);
        let team = api.team();
        let cycle = team.cycle();
        let person = api.newcomer("writer");
        let member = json!({"personId": person.id, "role": "practitioner"});
        api.founder().post(team.path("members"), member).expect(201);
        let client = api.signed_in(&person);
        let file = "{\"text\": \"Wie komt er?\"}\n".repeat(1_000);
        let mut stream = begun(&client, &cycle.path("imports?type=question"), JSON_LINES, file.len());
        stream.write_all(&file.as_bytes()[..file.len() / 2]).expect("a half");
        let first = || team.reader().get(cycle.path("questions")).expect(200).items().len();
        eventually("some of it is taken", || first() > 0);
        client.send(crate::support::Request::new("DELETE", "/v1/auth/tokens")).expect(204);
        stream.write_all(&file.as_bytes()[file.len() / 2..]).expect("the other half");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let last = answer.lines().rfind(|line| line.starts_with('{')).expect("a last line");
        let last: Value = serde_json::from_str(last).expect("JSON");
        assert_eq!((&last["kind"], &last["status"]), (&json!("stopped"), &json!(401)), "{answer}");
    });
}
