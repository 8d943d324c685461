//! The live stream: it tells at once, goes on where it broke off, and ends when it must.

use std::io::{BufRead as _, BufReader};
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use serde_json::{Value, json};

use super::all_after;
use crate::support::server::Server;
use crate::support::team::Team;
use crate::support::token::Token;
use crate::support::{Api, Client, Kind, Request, both, eventually, on_each};

/// A stream that is read line by line.
struct Stream(Box<dyn Iterator<Item = String>>);

/// An event of the stream: its id and its page.
type Event = (String, Value);

impl Stream {
    fn open(client: &Client, query: &str, last_event_id: Option<&str>) -> Stream {
        // A connection of its own: it is broken off in the middle.
        let mut request = ureq::get(format!("{}/v1/changes?{query}", client.base))
            .header("Authorization", format!("Bearer {}", client.token()))
            .header("Accept", "text/event-stream");
        if let Some(id) = last_event_id {
            request = request.header("Last-Event-ID", id);
        }
        let response = request
            .config()
            .timeout_recv_body(Some(Duration::from_secs(60)))
            .build()
            .call()
            .expect("a stream");
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let lines = BufReader::new(response.into_body().into_reader()).lines();
        Stream(Box::new(lines.map_while(Result::ok)))
    }

    /// None when the stream has ended.
    fn next(&mut self) -> Option<Event> {
        let (mut id, mut data) = (None, None);
        loop {
            let line = self.0.next()?;
            match line.split_once(':') {
                None if line.is_empty() && data.is_some() => return Some((id?, data?)),
                Some(("id", value)) => id = Some(value.trim().to_owned()),
                Some(("data", value)) => data = Some(serde_json::from_str(value).expect("JSON")),
                Some(("event", value)) => assert_eq!(value.trim(), "changes"),
                Some(("", _)) | None => {}
                Some(_) => panic!("{line}"),
            }
        }
    }

    /// The changes of the next events until so many came, and the position after them.
    fn changes(&mut self, count: usize) -> (Vec<Value>, String) {
        let (mut items, mut position) = (Vec::new(), String::new());
        while items.len() < count {
            let (id, page) = self.next().expect("it goes on");
            assert_eq!(page["nextAfter"], json!(id));
            items.extend(page["items"].as_array().expect("items").iter().cloned());
            position = id;
        }
        assert_eq!(items.len(), count, "{items:?}");
        (items, position)
    }
}

fn from_now_on(client: &Client, team: &Team) -> (String, String) {
    let query = format!("&networkId={}", team.id);
    let (_, position) = all_after(client, &query, 1_000, None);
    (query, position)
}

#[test]
fn a_change_arrives_and_the_stream_goes_on_where_it_broke_off() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let reader = team.reader();
        let (query, position) = from_now_on(&reader, &team);
        let mut stream = Stream::open(&reader, &format!("after={position}{query}"), None);
        assert_eq!(stream.next().expect("a beginning").1["items"], json!([]));
        let first = cycle.observe(json!({}));
        let (told, position) = stream.changes(1);
        assert_eq!((&told[0]["kind"], &told[0]["subjectId"]), (&json!("observation.created"), &json!(first)));
        drop(stream);

        let missed = [cycle.observe(json!({})), cycle.observe(json!({}))];
        // The position of the lost stream comes before the one in the address.
        let mut stream = Stream::open(&reader, &format!("after=AQ&limit=1{query}"), Some(&position));
        let (told, _) = stream.changes(2);
        assert_eq!([&told[0]["subjectId"], &told[1]["subjectId"]], [&json!(missed[0]), &json!(missed[1])]);
        let last = cycle.observe(json!({}));
        assert_eq!(stream.changes(1).0[0]["subjectId"], json!(last));
    });
}

#[test]
fn what_is_refused_is_refused_as_a_problem() {
    both(|api| {
        let team = api.team();
        let ask = |client: &Client, id: &str| {
            let asked = Request::new("GET", format!("/v1/changes?networkId={}", team.id));
            client.send(asked.header("Accept", "text/event-stream").header("Last-Event-ID", id))
        };
        ask(&team.reader(), "niets").errors(&[("/Last-Event-ID", "bad_format")]);
        ask(&team.outsider(), "AQ").refused(404, "not_found");
    });
}

#[test]
fn it_ends_with_the_session_and_with_the_token() {
    both(|api| {
        let team = api.team();
        let (person, cycle) = (api.newcomer("luisteraar"), team.cycle());
        let body = json!({"personId": person.id, "role": "reader"});
        api.founder().post(team.path("members"), body).expect(201);
        let client = api.signed_in(&person);
        let (query, position) = from_now_on(&client, &team);
        let query = format!("after={position}{query}");

        let soon = chrono::Utc::now().timestamp() + 2;
        let short = Token::of(client.token()).claim("exp", json!(soon)).signed();
        let mut ending = Stream::open(&api.with_token(short), &query, None);
        assert!(ending.next().is_some());
        assert!(ending.next().is_none(), "the token has expired");
        assert!(chrono::Utc::now().timestamp() >= soon);

        let mut stream = Stream::open(&client, &query, None);
        assert!(stream.next().is_some());
        client.send(Request::new("DELETE", "/v1/auth/tokens")).expect(204);
        cycle.observe(json!({}));
        assert!(stream.next().is_none(), "who signed out is told of nothing more");
    });
}

#[test]
fn it_ends_with_the_api_key() {
    both(|api| {
        let (team, scope) = (api.team(), json!({"operations": ["listChanges"]}));
        let soon = chrono::Utc::now() + chrono::Duration::seconds(2);
        let short = team.api_key(json!({"operations": ["listChanges"], "expiresAt": soon}));
        let mut ending = Stream::open(&team.using(&short), "", None);
        assert!(ending.next().is_some());
        while ending.next().is_some() {}
        assert!(chrono::Utc::now().timestamp() >= soon.timestamp());

        let made = team.api_key(scope);
        let (query, _) = from_now_on(&team.using(&made), &team);
        let mut stream = Stream::open(&team.using(&made), &query, None);
        assert!(stream.next().is_some());
        team.coordinator().delete(format!("/v1/api-keys/{}", made.id()), 1).expect(204);
        while stream.next().is_some() {}
        team.using(&made).get("/v1/changes").refused(401, "api_key_invalid");
    });
}

#[test]
fn a_server_that_stops_ends_its_streams() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let team = api.team();
        let (query, _) = from_now_on(&team.reader(), &team);
        let mut stream = Stream::open(&team.reader(), &query, None);
        assert!(stream.next().is_some());
        assert_eq!(api.server.terminate().code(), Some(0));
        assert!(stream.next().is_none());
    });
}

#[test]
fn what_is_written_through_one_server_arrives_through_another() {
    let api = Api::start(Kind::Postgres, &[]);
    let other = Server::start(&api.server.database_url, &[]);
    let team = api.team();
    let cycle = team.cycle();
    let (query, position) = from_now_on(&team.reader(), &team);
    let reader = Client::with_token(&other.base, team.reader().token());
    let mut stream = Stream::open(&reader, &format!("after={position}{query}"), None);
    let ids: Vec<Value> = (0..20).map(|_| json!(cycle.observe(json!({})))).collect();
    let told: Vec<Value> = stream.changes(20).0.iter().map(|change| change["subjectId"].clone()).collect();
    assert_eq!(told, ids);
}

#[test]
fn servers_on_postgresql_call_each_other_and_call_again_when_cut_off() {
    let api = Api::start(Kind::Postgres, &[]);
    let team = api.team();
    let cycle = team.cycle();
    let mut ear = PgConnection::establish(&api.server.database_url).expect("the server's database");
    ear.batch_execute("LISTEN feedbacklus_changes").expect("it can be listened to");
    let mut called = |what: &str| {
        cycle.observe(json!({}));
        eventually(what, || ear.notifications_iter().next().is_some_and(|notice| notice.is_ok()));
        ear.batch_execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() \
             AND query LIKE '% feedbacklus_changes' AND pid <> pg_backend_pid()",
        )
        .expect("a superuser may");
    };
    called("a call is heard");
    called("a call is heard after the caller's connection was ended");
}

#[test]
fn a_comment_tells_that_it_stands() {
    let api = Api::start(Kind::Sqlite, &[]);
    let team = api.team();
    let mut stream = Stream::open(&team.reader(), &format!("networkId={}", team.id), None);
    assert!(stream.next().is_some());
    let comment = stream.0.find(|line| !line.is_empty()).expect("the stream stands");
    assert!(comment.starts_with(':'), "{comment}");
}
