//! The program's other verbs, and what it says about settings it cannot work with.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::support::janitor;
use crate::support::server::{SECRET, Server, both_outputs, create_admin, program, run};
use crate::support::{Client, Kind, on_each};

fn fails(command: &mut Command) -> Output {
    let output = command.output().expect("the program can be started");
    assert!(!output.status.success(), "{command:?} succeeds: {}", both_outputs(&output));
    output
}

#[test]
fn every_bad_setting_is_told_at_once() {
    for verb in [&["serve"][..], &["config", "check"][..]] {
        let output = fails(
            program(verb)
                .env("DATABASE_URL", "mysql://localhost/feedbacklus")
                .env("BIND", "nowhere")
                .env("JWT_SECRET", "too short")
                .env("LOG_FORMAT", "xml"),
        );
        let told = both_outputs(&output);
        for setting in ["DATABASE_URL", "BIND", "JWT_SECRET", "LOG_FORMAT"] {
            assert!(told.contains(setting), "{verb:?} says nothing of {setting}: {told}");
        }
        assert!(!told.contains("too short\""), "a secret is never printed: {told}");
        assert!(!told.contains("panicked"), "in words, not as a panic: {told}");
    }
}

#[test]
fn good_settings_are_found_good() {
    on_each(|kind| {
        run(program(&["config", "check"])
            .env("DATABASE_URL", kind.database())
            .env("JWT_SECRET", SECRET)
            .env("BIND", "127.0.0.1:0"));
    });
}

#[test]
fn it_does_not_serve_without_a_secret() {
    on_each(|kind| {
        let output =
            fails(program(&["serve"]).env("DATABASE_URL", kind.database()).env("BIND", "127.0.0.1:0"));
        assert!(both_outputs(&output).contains("JWT_SECRET"), "{}", both_outputs(&output));
    });
}

#[test]
fn it_may_keep_a_secret_beside_its_sqlite_file_and_nowhere_else() {
    let database_url = Kind::Sqlite.database();
    let settings = [("KEEP_SECRET", "true"), ("JWT_SECRET", "")];
    create_admin(&database_url, "founder@tests.example", "Founder", "a founder's password");
    let first = Server::start(&database_url, &settings);
    let sign_in = json!({"email": "founder@tests.example", "password": "a founder's password"});
    let token =
        Client::anonymous(&first.base).post("/v1/auth/tokens", sign_in).expect(200).text_of("accessToken");
    first.terminate();
    let file = format!("{}.secret", database_url.trim_start_matches("sqlite://"));
    let mode = std::fs::metadata(&file).expect("it lies beside the database").permissions().mode();
    assert_eq!(mode & 0o077, 0, "nobody else can read it");
    let second = Server::start(&database_url, &settings);
    Client::with_token(&second.base, token).get("/v1/me").expect(200);

    let output = fails(
        program(&["serve"])
            .env("DATABASE_URL", Kind::Postgres.database())
            .env("KEEP_SECRET", "true")
            .env("BIND", "127.0.0.1:0"),
    );
    assert!(both_outputs(&output).contains("JWT_SECRET"));
}

#[test]
fn migrating_twice_is_migrating_once() {
    on_each(|kind| {
        let database_url = kind.database();
        run(program(&["migrate"]).env("DATABASE_URL", &database_url));
        run(program(&["migrate"]).env("DATABASE_URL", &database_url));
    });
}

#[test]
fn the_contract_is_printed_as_json() {
    let document: Value = serde_json::from_str(&run(&mut program(&["openapi"]))).expect("JSON");
    assert!(document["paths"].is_object());
}

#[test]
fn a_health_check_asks_the_server_that_listens_there() {
    on_each(|kind| {
        let server = Server::start(&kind.database(), &[]);
        let bind = server.base.trim_start_matches("http://").to_owned();
        run(program(&["healthcheck"]).env("BIND", &bind));
        server.terminate();
        fails(program(&["healthcheck"]).env("BIND", &bind));
    });
}

#[test]
fn the_first_administrator_is_made_on_the_command_line() {
    on_each(|kind| {
        let database_url = kind.database();
        run(program(&["migrate"]).env("DATABASE_URL", &database_url));
        let create = |email: &str, password: &str| {
            let mut command = program(&["admin", "create", "--email", email, "--name", "Beheer"]);
            command
                .env("DATABASE_URL", &database_url)
                .env("JWT_SECRET", SECRET)
                .env("ADMIN_PASSWORD", password);
            command
        };
        fails(&mut create("beheer@tests.example", "te kort"));
        fails(&mut create("geen adres", "a password that will do"));
        run(&mut create("beheer@tests.example", "a password that will do"));
        fails(&mut create("Beheer@Tests.example", "a password that will do"));

        // From standard input, so that it stands in no list of processes.
        let mut child = program(&["admin", "create", "--email", "tweede@tests.example", "--name", "Tweede"])
            .env("DATABASE_URL", &database_url)
            .env("JWT_SECRET", SECRET)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program can be started");
        child
            .stdin
            .take()
            .expect("piped")
            .write_all(b"a password from a pipe\nand more\n")
            .expect("it reads");
        assert!(child.wait().expect("our child").success());

        let server = Server::start(&database_url, &[]);
        let sign_in = |email: &str, password: &str| {
            Client::anonymous(&server.base)
                .post("/v1/auth/tokens", json!({"email": email, "password": password}))
        };
        let token =
            sign_in("beheer@tests.example", "a password that will do").expect(200).text_of("accessToken");
        assert_eq!(
            Client::with_token(&server.base, token).get("/v1/me").expect(200)["person"]["systemRole"],
            "admin"
        );
        sign_in("tweede@tests.example", "a password from a pipe").expect(200);
    });
}

#[test]
fn an_unknown_verb_is_explained() {
    let output = fails(&mut program(&["dance"]));
    assert!(both_outputs(&output).contains("Usage"));
    for verb in ["serve", "demo", "migrate", "openapi", "admin", "search", "config", "healthcheck"] {
        assert!(run(&mut program(&["--help"])).contains(verb), "help names {verb}");
    }
}

#[test]
fn a_database_it_cannot_reach_is_a_clear_error() {
    let nowhere = janitor::folder("nowhere").join("missing").join("data.sqlite");
    for url in [format!("sqlite://{}", nowhere.display()), "postgres://postgres@127.0.0.1:1/none".to_owned()]
    {
        let output = fails(program(&["migrate"]).env("DATABASE_URL", &url));
        let told = both_outputs(&output);
        assert!(!told.trim().is_empty() && !told.contains("panicked"), "{told}");
    }
}
