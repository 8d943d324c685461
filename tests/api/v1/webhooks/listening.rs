//! The receiver that one can watch.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::janitor::Kept;
use crate::support::receiver::Receiver;
use crate::support::server::{both_outputs, program, run};
use crate::support::team::new_id;
use crate::support::{Api, Kind, Request, eventually};

/// The program's receiver, running.
struct Listening {
    base: String,
    lines: std::sync::mpsc::Receiver<String>,
    _process: Kept,
}

fn listen(secret: &str, more: &[&str]) -> Listening {
    let arguments = [&["webhooks", "listen", "--bind", "127.0.0.1:0"], more].concat();
    let mut command = program(&arguments);
    command.env("WEBHOOK_SECRET", secret).stdout(Stdio::piped());
    let mut process = Kept::start(&mut command);
    let mut lines = BufReader::new(process.child.stdout.take().expect("piped")).lines();
    let first = lines.next().expect("it says where it listens").expect("UTF-8");
    let base = first.strip_prefix("listening on ").expect("it says where it listens").to_owned();
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
    Listening { base, lines: receiver, _process: process }
}

impl Listening {
    #[track_caller]
    fn line(&self) -> String {
        self.lines.recv_timeout(std::time::Duration::from_secs(20)).expect("it prints a line")
    }
}

#[test]
fn deliveries_can_be_watched_as_they_arrive() {
    let api = Api::sending(Kind::Sqlite);
    let team = api.team();
    let hook = team.hook(&Receiver::start(), json!({"kinds": ["observation.created"]}));
    let point_to = |listening: &Listening| {
        let version = team.coordinator().get(hook.itself()).expect(200).version();
        let there = json!({"url": format!("{}/anywhere", listening.base)});
        team.coordinator().patch(hook.itself(), version, there).expect(200);
    };
    let cycle = team.cycle();
    let listening = listen(&hook.secret, &["--fail-first", "1"]);
    point_to(&listening);
    let id = cycle.observe(json!({}));
    let line = listening.line();
    assert!(
        line.contains("observation.created") && line.contains(&id) && line.contains("answered with 500"),
        "{line}"
    );
    let again = listening.line();
    assert!(again.contains(&id) && !again.contains("answered with"), "{again}");

    let listening = listen(&hook.secret, &["--json"]);
    point_to(&listening);
    let id = cycle.observe(json!({"body": "Regel\u{a0}een."}));
    let line: Value = serde_json::from_str(&listening.line()).expect("a JSON object a line");
    assert_eq!((&line["verified"], &line["answered"]), (&json!(true), &json!(204)));
    assert_eq!((&line["event"]["subject"], &line["webhookId"]), (&json!(id), &line["event"]["id"]));

    // Signed with another secret, and not at all.
    let listening = listen(&team.hook(&Receiver::start(), json!({})).secret, &[]);
    point_to(&listening);
    let ping = team.coordinator().post(hook.path("pings"), json!({})).expect(202).id();
    assert!(listening.line().contains("refused with 401"));
    eventually("the sender sees it", || {
        let delivery = team.coordinator().get(format!("/v1/webhook-deliveries/{ping}")).expect(200);
        delivery["attempts"][0]["status"] == 401
    });
    let stranger = crate::support::Client::anonymous(&listening.base);
    let forged = Request::new("POST", "/").raw("application/json", "{}").header("webhook-id", new_id());
    assert_eq!(stranger.try_send(&forged).expect("an answer").status, 401);
}

#[test]
fn it_says_how_to_use_it() {
    let help = run(&mut program(&["webhooks", "listen", "--help"]));
    for word in ["/webhooks", "whsec_", "curl", "--fail-first", "WEBHOOK_ALLOWED_NETWORKS", "WEBHOOK_SECRET"]
    {
        assert!(help.contains(word), "{word} is not in {help}");
    }
    for (secret, bind, told) in [
        ("hunter2", "127.0.0.1:0", "WEBHOOK_SECRET: expected"),
        ("whsec_%%%", "127.0.0.1:0", "WEBHOOK_SECRET: expected"),
        ("whsec_aGFsbG8gaGFsbG8gaGFsbG8=", "nowhere", "--bind: expected"),
    ] {
        let mut command = program(&["webhooks", "listen", "--bind", bind]);
        let output = command.env("WEBHOOK_SECRET", secret).output().expect("the program can be started");
        let said = both_outputs(&output);
        assert!(!output.status.success() && said.contains(told), "{said}");
        assert!(!said.contains("hunter2") && !said.contains("aGFsbG8"), "{said}");
    }
}
