//! What the documents promise: the README's tour runs as printed, its settings are the program's, and what they name
//! is there.

use std::path::Path;
use std::process::Command;

use crate::support::server::{Server, both_outputs, program, run};
use crate::support::{janitor, on_each};

const README: &str = include_str!("../../README.md");
const ARCHITECTURE: &str = include_str!("../../ARCHITECTURE.md");
const CONTRIBUTING: &str = include_str!("../../CONTRIBUTING.md");

const PASSWORD: &str = "een wachtwoord voor de rondleiding";

/// The `sh` blocks of the tour, one after the other, as they are printed.
fn tour() -> String {
    let (_, rest) = README.split_once("<!-- tour:begin -->\n").expect("the tour begins");
    let (tour, _) = rest.split_once("<!-- tour:end -->").expect("the tour ends");
    let blocks: Vec<&str> =
        tour.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect();
    assert!(blocks.len() > 10, "the blocks are found");
    blocks.concat()
}

/// Takes the tour as a reader would, and answers with what it shows.
fn take(server: &Server, tour: &Path) -> String {
    let output = Command::new("sh")
        .arg("-eu")
        .arg(tour)
        .current_dir(tour.parent().expect("it lies in a folder"))
        .env("BASE", &server.base)
        .env("PASSWORD", PASSWORD)
        .env("DATABASE_URL", &server.database_url)
        .env("FEEDBACKLUS", env!("CARGO_BIN_EXE_feedbacklus"))
        .output()
        .expect("sh can be started");
    assert!(output.status.success(), "the tour fails: {}", both_outputs(&output));
    assert!(output.stderr.is_empty(), "the tour complains: {}", both_outputs(&output));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_tour_of_the_readme_runs_as_printed() {
    let file = janitor::folder("tour").join("tour.sh");
    std::fs::write(&file, tour()).expect("our own folder");
    on_each(|kind| {
        let server = Server::start_by("demo", &kind.database(), &[("DEMO_PASSWORD", PASSWORD)]);
        // Twice, since each run makes records of its own.
        for _ in 0..2 {
            let shown = take(&server, &file);
            let lines = |part: &str| shown.lines().filter(|line| line.contains(part)).count();
            // What is refused is what should be, and nothing else.
            assert_eq!((lines("HTTP 400"), lines("HTTP 409"), lines("HTTP 410")), (2, 1, 1), "{shown}");
            assert_eq!(lines("\"requestId\""), 4, "{shown}");
            assert_eq!(lines("HTTP 200") + lines("HTTP 201") + 4, lines("HTTP "), "{shown}");
            for part in [
                // The refused body, with a pointer to each mistake.
                r#""pointer":"/body","code":"required""#,
                r#""pointer":"/colour","code":"unknown_member""#,
                r#""pointer":"/happenedAt","code":"in_future""#,
                r#""loopDepth":"double","frameShift":{"#,
                r#""recognised":"yes""#,
                r#""waitingFor":"reflection"}]"#,
                r#""closureRate":0.666"#,
                r#""returnedToCitizen":{"questions":1,"returned":1"#,
                "\nloop,,closureRate,0.666",
                r#""code":"loose_ends""#,
                r#""phase":"closed""#,
                r#""state":"shared""#,
                r#""audience":"commons""#,
                r#""verdicts":{"worked":0,"partly":0,"didNotWork":0}"#,
                r#""hop":1"#,
                r#""results":[{"value":"applied","text":"Ook wij staan nu op dinsdag buiten.","#,
                // The text that is refused, asked about and sent.
                r#"{"pointer":"/body","kind":"bsn","certainty":"strong","offset":12,"length":9,"handling":"refuse"}"#,
                r#""kind":"bsn","offset":12,"length":9"#,
                r#""kind":"address","certainty":"weak","offset":18,"length":17,"state":"confirmed""#,
                r#""due":[{"kind":"observation","removed":"#,
                r#"{"kind":"question","removed":1,"#,
                r#""code":"gone""#,
            ] {
                assert!(shown.contains(part), "the tour shows {part}: {shown}");
            }
            assert!(!shown.contains("999993653"), "what was refused is told by nobody: {shown}");
            assert!(
                shown.trim_end().ends_with("rows are as they were."),
                "nothing was tampered with: {shown}"
            );
            for (name, magic) in [("report.pdf", &b"%PDF-"[..]), ("export.zip", &b"PK\x03\x04"[..])] {
                let kept = std::fs::read(file.with_file_name(name)).expect("it is kept");
                assert!(kept.starts_with(magic), "{name} is one");
            }
        }
    });
}

#[test]
fn the_settings_in_the_readme_are_the_programs() {
    let rows: Vec<&str> = README.lines().filter(|line| line.starts_with("| `")).collect();
    let mut named = Vec::new();
    for command in [&["serve", "--help"][..], &["demo", "--help"]] {
        let help = run(&mut program(command));
        // A setting begins with its flag, and what follows belongs to it up to the next.
        for setting in help.split("\n      --").skip(1) {
            let flag = setting.split(|c: char| c != '-' && !c.is_alphanumeric()).next().unwrap_or_default();
            let variable = between(setting, "[env: ", "]").expect("every setting is a variable");
            let variable = variable.trim_end_matches('=').to_owned();
            let row = rows.iter().find(|row| row.starts_with(&format!("| `{variable}` | `--{flag}` |")));
            let row = row.unwrap_or_else(|| panic!("no row for {variable}, --{flag}"));
            let defaults = between(setting, "[default: ", "]").unwrap_or_default();
            for default in defaults.split("; ") {
                assert!(row.contains(default), "the row of {variable} has its default {default}: {row}");
            }
            named.push(variable);
        }
    }
    for variable in ["ADMIN_PASSWORD", "ADMIN_PASSWORD_FILE"] {
        assert!(run(&mut program(&["admin", "create", "--help"])).contains(variable));
        named.push(variable.to_owned());
    }
    for row in rows.iter().filter(|row| row.contains("--") || row.contains("PASSWORD")) {
        let variable = between(row, "| `", "`").expect("a row has a name");
        assert!(named.iter().any(|name| name == variable), "the program has a setting {variable}");
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}

/// Links, and the paths between backticks: `http/page.rs` is under `src/`, `rules.rs` in many places there, others are
/// under the root.
#[test]
fn what_the_documents_name_is_there() {
    const LAYERS: [&str; 5] = ["api.rs", "mod.rs", "rules.rs", "store.rs", "types.rs"];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = Vec::new();
    for (document, text) in
        [("README.md", README), ("ARCHITECTURE.md", ARCHITECTURE), ("CONTRIBUTING.md", CONTRIBUTING)]
    {
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://") && !root.join(link).exists()) {
            missing.push(format!("{document}: {link}"));
        }
        let quoted = text.split('`').skip(1).step_by(2);
        let paths = quoted.filter(|word| {
            let file = [".rs", ".md", ".json", ".toml"].iter().any(|end| word.ends_with(end));
            let folder = word.contains('/') && word.ends_with('/');
            (file || folder) && !word.starts_with('/') && !word.contains([' ', '{', '*'])
        });
        let is_there = |path: &str| {
            LAYERS.contains(&path) || root.join(path).exists() || root.join("src").join(path).exists()
        };
        for path in paths.filter(|path| !is_there(path)) {
            missing.push(format!("{document}: {path}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// What operators read on privacy: each document says what the software does and does not, links to what is there, and
/// calls nobody anonymous.
#[test]
fn the_documents_on_privacy_promise_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/privacy");
    let index = std::fs::read_to_string(folder.join("README.md")).expect("an index");
    let mut faults = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        if !text.contains("\n## Wat de software wel en niet doet\n") {
            faults.push(format!("{name} does not say what the software does"));
        }
        if ["anoniem", "anonim", "anonym"].iter().any(|word| text.to_lowercase().contains(word)) {
            faults.push(format!("{name} calls somebody anonymous"));
        }
        if name != "README.md" && !index.contains(&format!("({name})")) {
            faults.push(format!("{name} is not in the index"));
        }
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://") && !folder.join(link).exists()) {
            faults.push(format!("{name}: {link}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
