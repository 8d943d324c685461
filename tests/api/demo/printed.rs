//! What the demo prints for a newcomer to paste: it does what it says.

use std::path::Path;
use std::process::Command;

use super::start;
use crate::support::server::{Server, both_outputs};
use crate::support::{Kind, eventually, janitor, on_each};

/// The lines to paste that it prints below this one, once it has said everything.
fn lines_below(server: &Server, heading: &str) -> Vec<String> {
    eventually("it has said everything", || {
        server.printed().iter().any(|line| line.ends_with("webhooks listen &"))
    });
    let printed = server.printed();
    let below = printed.iter().skip_while(|line| !line.contains(heading)).skip(1);
    let lines = below.skip_while(|line| line.trim().is_empty()).take_while(|line| !line.trim().is_empty());
    lines.cloned().collect()
}

/// Pastes lines into one shell, one after the other, since the first may keep a token for the others.
fn pasted(folder: &Path, lines: &[String]) -> String {
    let script = format!("set -e\n{}", lines.join("\n"));
    let output =
        Command::new("bash").args(["-c", &script]).current_dir(folder).output().expect("bash can be started");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{script}\n{told}{}", String::from_utf8_lossy(&output.stderr));
    told
}

const FIRST_LINES: &str = "Paste these into another terminal";

#[test]
fn it_prints_curl_lines_that_work_when_pasted() {
    on_each(|kind| {
        let server = start(&kind.database());
        let lines = lines_below(&server, FIRST_LINES);
        let printed = server.printed().join("\n");
        assert_eq!(lines.len(), 5, "{printed}");
        assert!(printed.contains("/docs/") && printed.contains("coordinator@demo.example"), "{printed}");
        let told = pasted(&janitor::folder("pasted"), &lines);
        assert!(!told.contains("requestId"), "one of them was refused: {lines:?}\n{told}");
    });
}

/// Of each in turn: a refused BSN, a confirmed warning, a dry run, an export, an erasure, and what the audit says.
#[test]
fn it_prints_lines_on_notes_about_people_that_show_what_they_say() {
    on_each(|kind| {
        let server = start(&kind.database());
        let mut lines = lines_below(&server, FIRST_LINES);
        lines.truncate(1);
        lines.extend(lines_below(&server, "what tells who somebody is"));
        assert_eq!(lines.len(), 8, "{lines:?}");
        let folder = janitor::folder("pasted");
        // Twice: what was erased is none of the demo's own.
        for _ in 0..2 {
            let told = pasted(&folder, &lines);
            for part in [
                r#""pointer":"/body","code":"personal_data""#,
                r#""kind":"bsn","offset":12,"length":9"#,
                r#""kind":"address","certainty":"weak""#,
                r#""state":"confirmed""#,
                r#""due":[{"kind":"observation","removed":"#,
                r#""cause":"consent_withdrawn","counts":[{"kind":"observation","removed":1,"#,
                "rows are as they were.",
            ] {
                assert!(told.contains(part), "{part}: {told}");
            }
            assert!(!told.contains("999993653"), "{told}");
            let export = std::fs::read(folder.join("pseudonym.zip")).expect("it is kept");
            assert!(export.starts_with(b"PK\x03\x04"), "it is a ZIP");
        }
    });
}

#[test]
fn it_prints_how_to_watch_a_webhook() {
    let server = start(&Kind::Sqlite.database());
    let printed = || server.printed();
    eventually("it has said everything", || printed().iter().any(|line| line.ends_with("webhooks listen &")));
    let line = |part: &str| printed().into_iter().find(|line| line.contains(part)).expect("a line to paste");
    let port =
        std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("bound").port();
    let told = janitor::folder("watched").join("told");
    let listen =
        line("webhooks listen &").replace('&', &format!("--bind 127.0.0.1:{port} >'{}' &", told.display()));
    let script = [
        "set -e".to_owned(),
        line("TOKEN=$("),
        line("SECRET=$(").replace(":9000", &format!(":{port}")),
        listen,
        "listener=$!; trap 'kill $listener' EXIT".to_owned(),
        line("/observations' "),
        format!(
            "for _ in $(seq 200); do grep -q observation.created '{}' && exit 0; sleep 0.1; done; exit 1",
            told.display()
        ),
    ];
    let output = Command::new("bash").args(["-c", &script.join("\n")]).output().expect("bash can be started");
    let shown = both_outputs(&output);
    assert!(output.status.success(), "{}\n{shown}", script.join("\n"));
}
