//! `/.well-known/security.txt` (RFC 9116).

use crate::support::{Api, Kind};

const PATH: &str = "/.well-known/security.txt";

#[test]
fn it_says_whom_to_tell() {
    let settings = [
        ("SECURITY_CONTACT", "mailto:security@example.org"),
        ("SECURITY_POLICY", "https://example.org/security-policy"),
        ("PUBLIC_URL", "https://leren.example.org/"),
    ];
    let api = Api::start(Kind::Sqlite, &settings);
    let answer = api.anonymous().get(PATH).expect(200);
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
    let field = |name: &str| {
        let mut found = answer.text.lines().filter_map(|line| line.split_once(": "));
        found.find(|(field, _)| *field == name).map(|(_, value)| value)
    };
    assert_eq!(field("Contact"), Some("mailto:security@example.org"));
    assert_eq!(field("Policy"), Some("https://example.org/security-policy"));
    assert_eq!(field("Canonical"), Some("https://leren.example.org/.well-known/security.txt"));
    assert_eq!(field("Preferred-Languages"), Some("nl, en"));
    let expires = field("Expires").expect("it must expire");
    let expires = chrono::DateTime::parse_from_rfc3339(expires).expect("an instant");
    let days = (expires.to_utc() - chrono::Utc::now()).num_days();
    assert!((1..365).contains(&days), "{expires}");
}

#[test]
fn where_nobody_is_named_there_is_none() {
    Api::shared(Kind::Sqlite).anonymous().get(PATH).refused(404, "not_found");
}
