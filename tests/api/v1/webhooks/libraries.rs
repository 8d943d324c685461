//! The specification's own libraries of other languages take what is sent. They come from their registries, once.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::support::receiver::{Received, Receiver};
use crate::support::{Api, Kind, janitor};

const NPM: &str = "standardwebhooks@1.1.1";
const PYPI: &str = "standardwebhooks==1.1.0";

/// Reads {secret, headers, body} and says `good`, or why not.
const IN_JAVASCRIPT: &str = r#"
const { Webhook } = require("standardwebhooks");
const { secret, headers, body } = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
try { console.log("good", new Webhook(secret).verify(body, headers).type); } catch (error) { console.log("bad", error.message); }
"#;
const IN_PYTHON: &str = r#"
import json, sys
from standardwebhooks.webhooks import Webhook
with open(sys.argv[1], encoding="utf-8") as file: sent = json.load(file)
try: print("good", Webhook(sent["secret"]).verify(sent["body"], sent["headers"])["type"])
except Exception as error: print("bad", error)
"#;

/// A folder under target/ into which a package was installed, by this run or an earlier one.
fn installed(name: &str, package: &str, install: impl Fn(&Path) -> Command) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("libraries").join(name);
    let whole = folder.join("installed");
    if std::fs::read_to_string(&whole).is_ok_and(|had| had == package) {
        return folder;
    }
    std::fs::create_dir_all(&folder).expect("target/ can be written");
    let output = install(&folder).output().unwrap_or_else(|error| {
        panic!("{package} cannot be installed: {error}. The test needs node with npm, and python3 with pip.")
    });
    let said = crate::support::server::both_outputs(&output);
    assert!(output.status.success(), "{package} cannot be installed; the test needs its registry: {said}");
    std::fs::write(&whole, package).expect("target/ can be written");
    folder
}

fn npm() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        installed("npm", NPM, |folder| {
            let mut command = Command::new("npm");
            command
                .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
                .arg(folder)
                .arg(NPM);
            command
        })
    })
}

fn pypi() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        installed("pypi", PYPI, |folder| {
            let mut command = Command::new("python3");
            command.args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"]).arg(folder).arg(PYPI);
            command
        })
    })
}

/// What both libraries say of a delivery.
fn judged(received: &Received, secret: &str) -> [String; 2] {
    let folder = janitor::folder("libraries");
    let file = folder.join("sent.json");
    let body: Value = String::from_utf8(received.body.clone()).expect("UTF-8").into();
    let sent = json!({"secret": secret, "headers": received.headers, "body": body});
    std::fs::write(&file, sent.to_string()).expect("our own folder");
    let script = folder.join("verify.js");
    std::fs::write(&script, IN_JAVASCRIPT).expect("our own folder");
    let mut node = Command::new("node");
    node.arg(&script).arg(&file).env("NODE_PATH", npm().join("node_modules"));
    let mut python = Command::new("python3");
    python.args(["-c", IN_PYTHON]).arg(&file).env("PYTHONPATH", pypi());
    [node, python].map(|mut command| {
        let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        assert!(output.status.success(), "{}", crate::support::server::both_outputs(&output));
        String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
    })
}

#[test]
fn libraries_of_other_languages_take_what_is_sent() {
    let api = Api::sending(Kind::Sqlite);
    let (team, receiver) = (api.team(), Receiver::start());
    let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
    let cycle = team.cycle();
    cycle.observe(json!({"body": "Koffie à la carte — “buiten”, 🎉"}));
    let received = receiver.wait_for(1).remove(0);
    assert_eq!(judged(&received, &hook.secret), ["good observation.created"; 2]);
    let rotations = hook.path("secret-rotations");
    let second = team.coordinator().post(rotations, json!({})).expect(201).text_of("secret");
    assert!(judged(&received, &second).iter().all(|said| said.starts_with("bad")));
    cycle.observe(json!({}));
    let both = receiver.wait_for(2).remove(1);
    assert_eq!(judged(&both, &hook.secret), ["good observation.created"; 2]);
    assert_eq!(judged(&both, &second), ["good observation.created"; 2]);
    let mut forged = both;
    forged.body.extend(b" ");
    assert!(judged(&forged, &second).iter().all(|said| said.starts_with("bad")));
}
