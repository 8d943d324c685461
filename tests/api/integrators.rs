//! The page for integrators: each piece of code on it does what the page says of it, against a real server.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::support::receiver::{Received, Receiver};
use crate::support::server::both_outputs;
use crate::support::team::{new_id, observation, with};
use crate::support::{Api, Kind, Part, both, eventually, janitor, libraries, on_each};

#[path = "../../docs/snippets/verify_webhook.rs"]
mod verify_webhook;

const PAGE: &str = include_str!("../../docs/integrators.md");

/// The first block in a language under a heading, as it is printed.
fn snippet(heading: &str, language: &str) -> &'static str {
    let (_, section) = PAGE.split_once(&format!("# {heading}\n")).expect("the page has the heading");
    let section = section.split("\n#").next().unwrap_or(section);
    let (_, block) = section.split_once(&format!("```{language}\n")).expect("a block in the language");
    block.split("```").next().unwrap_or(block)
}

/// A program of the snippet and of what calls it.
fn written(name: &str, code: &str, call: &str) -> PathBuf {
    let file = janitor::folder("integrators").join(name);
    std::fs::write(&file, format!("{code}\n{call}")).expect("our own folder");
    file
}

/// Runs it, with a value on its standard input, and reads the value that it prints.
fn ran(command: &mut Command, input: &Value) -> Value {
    let mut child = started(command);
    let mut stdin = child.stdin.take().expect("a pipe");
    write!(stdin, "{input}").expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{command:?}: {}", both_outputs(&output));
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no JSON: {}", both_outputs(&output)))
}

fn started(command: &mut Command) -> Child {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("the page's code needs {command:?}: {error}"))
}

#[test]
fn ten_lines_hold_what_the_server_holds() {
    let call = "import sys\n\
                given = json.load(sys.stdin)\n\
                position = sync(given['api'], given['token'], given['held'], given['position'])\n\
                print(json.dumps({'held': given['held'], 'position': position}))\n";
    let program = written("sync.py", snippet("Sync in ten lines", "python"), call);
    // A server of its own: what is followed is all that somebody sees.
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let team = api.team();
        let guest = api.person(Part::Outsider);
        let cycle = team.cycle();
        let other = team.cycle();
        for cycle in [&cycle, &other] {
            let invited = json!({"personId": guest.id, "role": "practitioner"});
            api.founder().post(cycle.path("participants"), invited).expect(201);
        }
        let seen: Vec<String> = (0..250).map(|_| cycle.observe(json!({}))).collect();
        let elsewhere = other.observe(json!({}));
        let client = team.outsider();
        let sync = |state: &Value| {
            let given = json!({
                "api": api.server.base, "token": client.token(),
                "held": state["held"], "position": state["position"],
            });
            ran(Command::new("python3").arg(&program), &given)
        };
        let state = sync(&json!({"held": {}, "position": null}));
        for id in seen.iter().chain([&elsewhere]) {
            assert_eq!(state["held"][id], client.get(format!("/v1/observations/{id}")).expect(200).body);
        }

        // One is changed, one is withdrawn, one cycle is no longer theirs.
        let path = format!("/v1/observations/{}", seen[0]);
        team.practitioner().patch(&path, 1, json!({"body": "Anders."})).expect(200);
        cycle.withdraw("observations", &seen[1]);
        let takes_part = client.get(other.path("participants")).expect(200);
        let of_guest = takes_part.items().iter().find(|one| one["personId"] == json!(guest.id));
        let of_guest = of_guest.and_then(|one| one["id"].as_str()).expect("they take part");
        team.facilitator().delete(format!("/v1/participants/{of_guest}"), 1).expect(204);
        let state = sync(&state);
        assert_eq!(state["held"][&seen[0]]["body"], json!("Anders."));
        let held = state["held"].as_object().expect("records");
        assert!(!held.contains_key(&seen[1]) && !held.contains_key(&elsewhere));
        assert!(held.contains_key(&seen[249]));
        // Nothing happens, and nothing changes.
        assert_eq!(sync(&state)["held"], state["held"]);
    });
}

#[test]
fn a_stream_goes_on_over_a_broken_line() {
    let call = "import os, sys\n\
                given = json.load(sys.stdin)\n\
                def take(page):\n    \
                    for change in page['items']:\n        \
                        os.write(1, (change['subjectId'] + '\\n').encode())\n    \
                    return given['last'] not in [change['subjectId'] for change in page['items']]\n\
                follow(given['api'], given['token'], take, given['position'])\n";
    let program = written("follow.py", snippet("Resume a stream", "python"), call);
    // A server of its own: what is followed is all that somebody sees.
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let team = api.team();
        let cycle = team.cycle();
        let reader = team.reader();
        let position = reader.get("/v1/changes?after=latest").expect(200).text_of("nextAfter");
        // A line through which the stream runs, and which is cut.
        let line = crate::support::line::Line::to(&api.server.base);
        let last = uuid::Uuid::now_v7().to_string();
        let given = json!({
            "api": line.base, "token": reader.token(), "position": position, "last": last,
        });
        let mut child = started(Command::new("python3").arg(&program));
        write!(child.stdin.take().expect("a pipe"), "{given}").expect("it reads");
        let mut ids = Vec::new();
        for _ in 0..3 {
            let cuts = line.cut();
            ids.push(cycle.observe(json!({})));
            eventually("it comes back", || line.opened() > cuts);
            ids.push(cycle.observe(json!({})));
        }
        ids.push(cycle.observe(json!({"id": last})));
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", both_outputs(&output));
        let told = String::from_utf8(output.stdout).expect("UTF-8");
        let told: Vec<&str> = told.lines().filter(|id| ids.iter().any(|mine| mine == id)).collect();
        assert_eq!(told, ids);
    });
}

#[test]
fn a_writer_looks_before_it_is_sent() {
    let call = "import sys\n\
                given, shown = json.load(sys.stdin), []\n\
                answers = iter(given['answers'])\n\
                def look(findings):\n    \
                    shown.append([[found['kind'], found['offset'], found['handling']] for found in findings])\n    \
                    return next(answers)\n\
                observation = {'body': given['body'], 'perspective': 'practitioner'}\n\
                logged = log(given['api'], given['token'], given['cycle'], observation, look)\n\
                print(json.dumps({'logged': logged, 'shown': shown}))\n";
    let program = written("look.py", snippet("Look before it is sent", "python"), call);
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let client = team.practitioner();
        let ask = |body: &str, answers: Value| {
            let given = json!({
                "api": api.server.base, "token": client.token(), "cycle": cycle.id,
                "body": body, "answers": answers,
            });
            ran(Command::new("python3").arg(&program), &given)
        };
        let (refused, warned) = ("Haar BSN is 999993653.", "Op de Fantasiekade 22-3 is de lift stuk.");
        let (bsn, address) = (json!([["bsn", 12, "refuse"]]), json!([["address", 6, "warn"]]));
        // What is refused stays refused until it is changed; what may stand is confirmed by leaving it.
        let told = ask(refused, json!([refused, warned, warned]));
        assert_eq!(told["shown"], json!([bsn, bsn, address]));
        assert_eq!(told["logged"]["body"], warned);
        assert_eq!(told["logged"]["warnings"][0]["state"], "confirmed");
        assert_eq!(ask(refused, json!([null]))["logged"], Value::Null);
        let told = ask("De folder ligt ongelezen bij de deur.", json!([]));
        assert_eq!((&told["shown"], told["logged"].get("warnings")), (&json!([]), None));
    });
}

/// The kind of the event, as each language's code reads it; none where it says that it is not from the server.
fn received(received: &Received, secret: &str) -> [Value; 3] {
    let body = String::from_utf8(received.body.clone()).expect("UTF-8");
    let given = json!({"secret": secret, "headers": received.headers, "body": body});
    let heading = "Verify a webhook";

    let call = "import json, sys\n\
                given = json.load(sys.stdin)\n\
                event = receive(given['secret'], given['headers'], given['body'])\n\
                print(json.dumps(event and event['type']))\n";
    let program = written("receive.py", snippet(heading, "python"), call);
    let python = ran(Command::new("python3").arg(&program).env("PYTHONPATH", libraries::pypi()), &given);

    let call = "const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));\n\
                const event = receive(given.secret, given.headers, given.body);\n\
                console.log(JSON.stringify(event && event.type));\n";
    let program = written("receive.js", snippet(heading, "js"), call);
    let node = ran(Command::new("node").arg(&program).env("NODE_PATH", libraries::npm()), &given);

    assert_eq!(snippet(heading, "rust"), include_str!("../../docs/snippets/verify_webhook.rs"));
    let headers = received.headers.iter().map(|(name, value)| {
        let name: http::HeaderName = name.parse().expect("a header's name");
        (name, value.parse().expect("a header's value"))
    });
    let rust = verify_webhook::receive(secret, &headers.collect(), &received.body);
    [python, node, rust.map(|event| event["type"].clone()).unwrap_or_default()]
}

#[test]
fn a_webhook_is_verified_in_three_languages() {
    let api = Api::sending(Kind::Sqlite);
    let (team, receiver) = (api.team(), Receiver::start());
    let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
    let cycle = team.cycle();
    cycle.observe(json!({"body": "Koffie à la carte — “buiten”, 🎉"}));
    let first = receiver.wait_for(1).remove(0);
    assert_eq!(received(&first, &hook.secret), ["observation.created"; 3]);
    let rotations = hook.path("secret-rotations");
    let second = team.coordinator().post(rotations, json!({})).expect(201).text_of("secret");
    assert_eq!(received(&first, &second), [const { Value::Null }; 3]);
    cycle.observe(json!({}));
    let both = receiver.wait_for(2).remove(1);
    for secret in [&hook.secret, &second] {
        assert_eq!(received(&both, secret), ["observation.created"; 3]);
    }
    let mut forged = both;
    forged.body.extend(b" ");
    assert_eq!(received(&forged, &second), [const { Value::Null }; 3]);
}

#[test]
fn a_conflict_is_solved_with_what_both_sides_changed() {
    let call = "import sys\n\
                given = json.load(sys.stdin)\n\
                def choose(member, base, mine, stored):\n    \
                    return f'{mine} / {stored} (was {base})'\n\
                print(json.dumps(change(given['api'], given['token'], 'observation', given['base'], given['mine'], choose)))\n";
    let program = written("conflict.py", snippet("Solve a conflict", "python"), call);
    both(|api| {
        let team = api.team();
        let author = team.practitioner();
        let logged = with(observation(), json!({"id": new_id(), "body": "Eerst.", "tags": ["een"]}));
        let base = author.post(team.path("observations"), logged).expect(201).body;
        let path = format!("/v1/observations/{}", base["id"].as_str().expect("an id"));
        author.patch(&path, 1, json!({"body": "Elders.", "voice": "retold"})).expect(200);
        let given = json!({
            "api": api.server.base, "token": author.token(), "base": base,
            "mine": {"body": "Hier.", "tags": ["een", "twee"]},
        });
        let result = ran(Command::new("python3").arg(&program), &given);
        assert_eq!((&result["status"], &result["version"]), (&json!(200), &json!(3)), "{result}");
        let stands = author.get(&path).expect(200);
        assert_eq!(stands["body"], "Hier. / Elders. (was Eerst.)");
        assert_eq!((&stands["tags"], &stands["voice"]), (&json!(["een", "twee"]), &json!("retold")));
    });
}
