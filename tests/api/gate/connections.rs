//! Connections that give nothing, or give it slowly: they end, and starve nobody.

use std::io::{Read as _, Write as _};

use super::{connect, drip, until_it_ends};
use crate::support::{Api, Kind};

const HASTE: (&str, &str) = ("HEADER_TIMEOUT", "1");

/// A request that keeps its connection, and the answer to it.
fn ask(stream: &mut std::net::TcpStream) -> String {
    stream.write_all(b"GET /livez HTTP/1.1\r\nHost: tests.example\r\n\r\n").expect("it is open");
    let mut answer = Vec::new();
    let mut byte = [0];
    while !answer.ends_with(b"\r\n\r\nok") {
        assert_eq!(stream.read(&mut byte).expect("an answer"), 1, "{}", String::from_utf8_lossy(&answer));
        answer.push(byte[0]);
    }
    String::from_utf8(answer).expect("text")
}

#[test]
fn heads_that_arrive_byte_by_byte_end_and_starve_nobody() {
    let api = Api::start(Kind::Sqlite, &[HASTE, ("WORKERS", "2")]);
    let mut slow: Vec<_> = (0..100).map(|_| connect(&api.server.base)).collect();
    let drips: Vec<_> = slow
        .iter_mut()
        .map(|stream| {
            stream.write_all(b"GET /livez HTTP/1.1\r\nX-Slow: ").expect("it is open");
            drip(stream, b"a")
        })
        .collect();
    for _ in 0..50 {
        api.founder().get("/v1/me").expect(200);
    }
    for mut stream in slow {
        let told = until_it_ends(&mut stream);
        assert!(told.is_empty() || told.starts_with("HTTP/1.1 408"), "{told}");
    }
    drips.into_iter().for_each(|drip| drip.join().expect("it ended"));
}

#[test]
fn later_heads_have_no_more_time_than_the_first() {
    let api = Api::start(Kind::Sqlite, &[HASTE, ("KEEP_ALIVE", "60")]);
    let mut stream = connect(&api.server.base);
    for _ in 0..3 {
        ask(&mut stream);
    }
    let drip = drip(&stream, b"G");
    until_it_ends(&mut stream);
    drip.join().expect("it ended");
}

#[test]
fn what_is_refused_unread_is_not_read_for_ever() {
    let api = Api::start(Kind::Sqlite, &[HASTE, ("KEEP_ALIVE", "1")]);
    let refused = || {
        let mut stream = connect(&api.server.base);
        let head = "POST /v1/nowhere HTTP/1.1\r\nHost: tests.example\r\nTransfer-Encoding: chunked\r\n\r\n";
        stream.write_all(head.as_bytes()).expect("it is open");
        stream
    };
    let mut silent = refused();
    let mut stream = refused();
    let drip = drip(&stream, b"1\r\na\r\n");
    let told = until_it_ends(&mut stream);
    assert!(told.starts_with("HTTP/1.1 404"), "{told}");
    drip.join().expect("it ended");
    assert!(until_it_ends(&mut silent).starts_with("HTTP/1.1 404"));
}

#[test]
fn an_answer_that_takes_long_is_not_cut_off() {
    let api = Api::start(Kind::Sqlite, &[HASTE]);
    let founder = api.founder();
    let mut stream = connect(&api.server.base);
    let head = format!(
        "GET /v1/changes HTTP/1.1\r\nHost: tests.example\r\nAccept: text/event-stream\r\nAuthorization: Bearer {}\r\n\r\n",
        founder.token()
    );
    stream.write_all(head.as_bytes()).expect("it is open");
    let mut seen = String::new();
    let mut piece = [0; 4096];
    while !seen.contains("\r\n\r\n") {
        let length = stream.read(&mut piece).expect("a head");
        seen.push_str(&String::from_utf8_lossy(&piece[..length]));
    }
    assert!(seen.starts_with("HTTP/1.1 200"), "{seen}");
    // What comes early belongs to the next request, and the answer to this one goes on past the time of a head.
    stream.write_all(b"GET ").expect("it is open");
    stream.set_read_timeout(Some(std::time::Duration::from_secs(3))).expect("a bound");
    loop {
        match stream.read(&mut piece) {
            Ok(length) => assert_ne!(length, 0, "the stream goes on"),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => break,
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn more_than_so_many_wait_until_one_ends() {
    let api = Api::start(Kind::Sqlite, &[HASTE, ("WORKERS", "1"), ("MAX_CONNECTIONS", "2")]);
    let held: Vec<_> = (0..2)
        .map(|_| {
            let mut stream = connect(&api.server.base);
            stream.write_all(b"GET ").expect("it is open");
            stream
        })
        .collect();
    // They are there already, or will be soon; in either case this one is answered once they are gone.
    assert!(ask(&mut connect(&api.server.base)).starts_with("HTTP/1.1 200"));
    for mut stream in held {
        until_it_ends(&mut stream);
    }
}
