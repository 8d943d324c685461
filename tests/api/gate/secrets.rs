//! Secrets that lie in files.

use serde_json::json;
use std::path::PathBuf;

use crate::support::janitor;
use crate::support::server::{SECRET, both_outputs, program, run};
use crate::support::{Client, Kind, on_each};

fn file(text: &str) -> PathBuf {
    let path = janitor::folder("secret").join("secret");
    std::fs::write(&path, text).expect("our own folder");
    path
}

#[test]
fn the_program_runs_on_secrets_from_files_alone() {
    on_each(|kind| {
        let url = file(&format!("{}\n", kind.database()));
        let password = file("a password from a file\n");
        run(program(&["migrate"]).env("DATABASE_URL_FILE", &url));
        run(program(&["admin", "create", "--email", "founder@tests.example", "--name", "Founder"])
            .env("DATABASE_URL_FILE", &url)
            .env("ADMIN_PASSWORD_FILE", &password));
        let secret = file(&format!("{SECRET}\n"));
        let (url, secret) = (url.display().to_string(), secret.display().to_string());
        let checked =
            run(program(&["config", "check"]).env("DATABASE_URL_FILE", &url).env("JWT_SECRET_FILE", &secret));
        assert!(checked.contains(&format!("set (from {secret})")) && !checked.contains(SECRET), "{checked}");
        let settings = [
            ("DATABASE_URL", ""),
            ("JWT_SECRET", ""),
            ("DATABASE_URL_FILE", url.as_str()),
            ("JWT_SECRET_FILE", secret.as_str()),
        ];
        let server = crate::support::server::Server::start("", &settings);
        let sign_in = json!({"email": "founder@tests.example", "password": "a password from a file"});
        Client::anonymous(&server.base).post("/v1/auth/tokens", sign_in).expect(200);
    });
}

#[test]
fn what_is_wrong_with_a_file_is_told_without_what_is_in_it() {
    let serve = |name: &str, value: &str| {
        let output = program(&["config", "check"])
            .env("DATABASE_URL", Kind::Sqlite.database())
            .env("JWT_SECRET", SECRET)
            .env(name, value)
            .output()
            .expect("the program can be started");
        assert!(!output.status.success());
        both_outputs(&output)
    };
    let short = file("hunter2").display().to_string();
    let both = serve("JWT_SECRET_FILE", &short);
    assert!(both.contains("JWT_SECRET: expected it or JWT_SECRET_FILE, not both."), "{both}");
    let nowhere = serve("XAPI_LRS_PASSWORD_FILE", "/no/such/file");
    assert!(
        nowhere.contains("XAPI_LRS_PASSWORD_FILE: expected") && nowhere.contains("/no/such/file"),
        "{nowhere}"
    );
    let output = program(&["admin", "create", "--email", "a@tests.example", "--name", "A"])
        .env("DATABASE_URL", Kind::Sqlite.database())
        .env("ADMIN_PASSWORD_FILE", &short)
        .output()
        .expect("the program can be started");
    let told = both_outputs(&output);
    assert!(
        !output.status.success() && told.contains("ADMIN_PASSWORD") && !told.contains("hunter2"),
        "{told}"
    );
}
