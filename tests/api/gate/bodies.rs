//! Bodies that are too long, or arrive too slowly.

use std::io::Write as _;

use super::{connect, drip, until_it_ends};
use crate::support::{Api, Client, Kind, Request};

const HASTE: [(&str, &str); 3] = [("BODY_TIMEOUT", "1"), ("HEADER_TIMEOUT", "1"), ("KEEP_ALIVE", "1")];

/// A request of which the body is still to come.
fn head(client: &Client, path: &str, media_type: &str, length: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: tests.example\r\nAuthorization: Bearer {}\r\nContent-Type: {media_type}\r\n{length}\r\n\r\n",
        client.token()
    )
}

#[test]
fn a_body_that_arrives_too_slowly_is_a_408_and_the_end_of_its_connection() {
    let api = Api::start(Kind::Sqlite, &HASTE);
    let founder = api.founder();
    for (length, byte) in
        [("Content-Length: 100000", &b" "[..]), ("Transfer-Encoding: chunked", b"1\r\n \r\n")]
    {
        let mut stream = connect(&api.server.base);
        stream
            .write_all(head(&founder, "/v1/networks", "application/json", length).as_bytes())
            .expect("open");
        let drip = drip(&stream, byte);
        let told = until_it_ends(&mut stream);
        assert!(told.starts_with("HTTP/1.1 408") && told.contains("\"code\":\"request_timeout\""), "{told}");
        drip.join().expect("it ended");
    }
}

#[test]
fn a_file_that_stands_still_ends_too() {
    let api = Api::start(Kind::Sqlite, &HASTE);
    let team = api.team();
    let path = team.cycle().path("imports?type=observation");
    let client = team.practitioner();
    for (sent, refused) in [("7\r\nbody,pe\r\n", true), ("13\r\nbody,perspective\na,\r\n", false)] {
        let mut stream = connect(&api.server.base);
        let head = head(&client, &path, "text/csv", "Transfer-Encoding: chunked");
        stream.write_all(format!("{head}{sent}").as_bytes()).expect("open");
        let told = until_it_ends(&mut stream);
        // Once the answer has begun it can only break off.
        assert!(told.starts_with(if refused { "HTTP/1.1 408" } else { "HTTP/1.1 200" }), "{told}");
        assert!(!told.contains("finished"), "{told}");
    }
}

#[test]
fn a_body_has_a_bound_whether_it_says_its_length_or_not() {
    let api = Api::shared(Kind::Sqlite);
    let founder = api.founder();
    let most = 1024 * 1024;
    let long =
        |length: usize| Request::new("POST", "/v1/networks").raw("application/json", " ".repeat(length));
    founder.send(long(most)).refused(400, "malformed_json");
    founder.send(long(most + 1)).refused(413, "payload_too_large");
    // Said to be too long, it is refused before it comes.
    let mut stream = connect(&api.server.base);
    let said = head(&founder, "/v1/networks", "application/json", "Content-Length: 1048577");
    stream.write_all(said.as_bytes()).expect("open");
    assert!(until_it_ends(&mut stream).starts_with("HTTP/1.1 413"));
    // Not said, it is refused once it is.
    let mut stream = connect(&api.server.base);
    let unsaid =
        head(&founder, "/v1/networks", "application/json", "Transfer-Encoding: chunked\r\nConnection: close");
    stream.write_all(unsaid.as_bytes()).expect("open");
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    for _ in 0..17 {
        // The answer may be there before all of it is sent.
        if stream.write_all(chunk.as_bytes()).is_err() {
            break;
        }
    }
    let _ = stream.write_all(b"0\r\n\r\n");
    assert!(until_it_ends(&mut stream).starts_with("HTTP/1.1 413"));
}
