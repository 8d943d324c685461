//! What goes wrong around the server: it is killed, stopped, or loses its database.

mod behind;
mod killed;
mod overload;
pub mod stands;
mod storage;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::postgres::Postgres;
use crate::support::server::{Server, create_admin, program, run};
use crate::support::team::observation;
use crate::support::{Api, Client, Part, both_alone, on_each};

#[test]
fn a_postgresql_that_restarts_is_found_again() {
    let postgres = Postgres::private();
    let database_url = postgres.database();
    run(program(&["migrate"]).env("DATABASE_URL", &database_url));
    create_admin(&database_url, "founder@tests.example", "Founder", "a founder's password");
    let server = Server::start(&database_url, &[]);
    let sign_in = json!({"email": "founder@tests.example", "password": "a founder's password"});
    let token =
        Client::anonymous(&server.base).post("/v1/auth/tokens", sign_in).expect(200).text_of("accessToken");
    let founder = Client::with_token(&server.base, token);
    let network = founder.post("/v1/networks", json!({"name": "Voor", "kind": "team"})).expect(201).id();
    let path = format!("/v1/networks/{network}");
    let cycle =
        founder.post(format!("{path}/cycles"), json!({"learningQuestion": "Wat helpt?"})).expect(201).id();
    let seen = founder.post(format!("/v1/cycles/{cycle}/observations"), observation()).expect(201).id();
    for round in 0..2 {
        // What one statement reads, with no transaction that would fail to begin, finds it on every connection of the pool.
        postgres.interrupt(&database_url);
        let mut read = 0;
        for _ in 0..200 {
            let answer = founder.get(format!("/v1/observations/{seen}"));
            assert!(matches!(answer.status, 200 | 503), "{}", answer.text);
            read += usize::from(answer.status == 200);
            if read == 40 {
                break;
            }
        }
        assert_eq!(read, 40);
        postgres.interrupt(&database_url);
        // At first it may be busy, and says so; it comes back without being told to.
        let mut healed = false;
        for _ in 0..200 {
            let answer = founder.get(&path);
            assert!(matches!(answer.status, 200 | 503), "{}", answer.text);
            healed = answer.status == 200;
            if healed {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(healed, "it found PostgreSQL again");
        // Writes as well, on every connection of the pool.
        let mut written = 0;
        for _ in 0..200 {
            let answer =
                founder.post(format!("{path}/pseudonyms"), json!({"area": format!("Ronde {round}")}));
            assert!(matches!(answer.status, 201 | 503), "{}", answer.text);
            written += usize::from(answer.status == 201);
            if written == 20 {
                break;
            }
        }
        assert_eq!(written, 20);
    }
}

#[test]
fn a_stop_lets_requests_finish_and_ends_well() {
    on_each(|kind| {
        let api = Api::start_one(kind, &[]);
        let team = api.team();
        let cycle = team.cycle();
        let token = team.practitioner().token().to_owned();
        let address = api.server.base.trim_start_matches("http://").to_owned();
        let body = observation().to_string();
        let mut stream = TcpStream::connect(&address).expect("the server listens");
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            cycle.path("observations"),
            body.len(),
        );
        let (first, rest) = body.split_at(10);
        stream.write_all(head.as_bytes()).expect("a head");
        stream.write_all(first.as_bytes()).expect("half a body");
        // An answer on another connection of the same server does not prove that this one was read; several do in practice.
        for _ in 0..20 {
            api.anonymous().get("/livez").expect(200);
        }
        api.server.signal("TERM");
        for _ in 0..200 {
            if TcpStream::connect(&address).is_err() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        stream.write_all(rest.as_bytes()).expect("the other half");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        assert!(api.server.wait().success(), "a stop that was asked for is no failure");
        assert!(TcpStream::connect(&address).is_err(), "it no longer listens");

        let again = Server::start(&api.server.database_url, &[]);
        let list = Client::with_token(&again.base, token).get(cycle.path("observations")).expect(200);
        assert_eq!(list.items().len(), 1, "what was finished is there");
    });
}

#[test]
fn the_log_tells_requests_but_not_what_was_in_them() {
    both_alone(&[("LOG_FORMAT", "json"), ("RUST_LOG", "debug")], |api| {
        let team = api.team();
        let cycle = team.cycle();
        let secret = "Een heel herkenbaar verhaal";
        let id = cycle.observe(json!({"body": secret}));
        let person = api.person(Part::Practitioner);
        api.sign_in(&person.email, &person.password()).expect(200);
        let cursor = "eenHerkenbareCursor";
        team.practitioner().get(format!("{}?cursor={cursor}", cycle.path("observations"))).expect(400);
        let practitioner = team.practitioner();
        practitioner.get(format!("/v1/observations/{id}")).expect(200);
        api.server.terminate();
        let log = api.server.logged();
        let (signature, password) =
            (practitioner.token().rsplit('.').next().expect("a signature"), person.password());
        for hidden in [secret, signature, &password, &person.email, cursor] {
            assert!(!log.contains(hidden), "the log has {hidden:?}");
        }
        let lines: Vec<Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        assert!(
            lines.iter().any(|line| line.to_string().contains("/v1/observations/{observationId}")),
            "it names the route, not the address: {log}"
        );
    });
}
