//! Every released schema, with data in it, is brought up to date: `migrations/released` has a folder for each release, with
//! backups as that release made them of databases in which everything has happened. `make released VERSION=…` adds one, by the
//! program as it is then.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use feedbacklus::db::migrate;
use serde_json::json;

use super::schema;
use super::seed;
use crate::support::audit::audit;
use crate::support::server::{Server, program, run};
use crate::support::stored::number;
use crate::support::{Api, Client, Kind, janitor, on_each};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api/migrations/released")
}

/// SQLite's is packed here; `pg_dump` packs by itself.
fn fixture(kind: Kind, release: &Path) -> PathBuf {
    release.join(match kind {
        Kind::Sqlite => "sqlite.zip",
        Kind::Postgres => "postgres.backup",
    })
}

/// The releases that there are fixtures of.
fn releases() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("the fixtures").map(|entry| entry.expect("an entry").path());
    let mut releases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    releases.sort();
    assert!(!releases.is_empty(), "there is a fixture");
    releases
}

fn pack(backup: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("sqlite.backup", zip::write::SimpleFileOptions::default()).expect("a zip");
    zip.write_all(backup).expect("a zip");
    zip.finish().expect("a zip").into_inner()
}

fn unpacked(kind: Kind, release: &Path) -> PathBuf {
    let file = fixture(kind, release);
    let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    if kind == Kind::Postgres {
        return file;
    }
    let mut backup = Vec::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    zip.by_name("sqlite.backup").expect("it is in there").read_to_end(&mut backup).expect("it can be read");
    let unpacked = janitor::folder("released").join("sqlite.backup");
    fs::write(&unpacked, backup).expect("our own folder");
    unpacked
}

/// A database that this version made of what the release left.
fn brought_up_to_date(kind: Kind, release: &Path) -> String {
    let url = kind.database();
    run(program(&["restore", "--without-journal"]).arg(unpacked(kind, release)).env("DATABASE_URL", &url));
    url
}

#[test]
fn every_released_schema_is_brought_up_to_date_with_its_data() {
    for release in releases() {
        on_each(|kind| {
            let url = brought_up_to_date(kind, &release);
            let fresh = kind.database();
            migrate::run(&fresh).expect("the migrations run");
            assert_eq!(
                schema::definitions(kind, &url),
                schema::definitions(kind, &fresh),
                "{} comes to the schema of this version; where a migration was edited before its release: make released",
                release.display()
            );
            assert!(number(kind, &url, "SELECT count(*) FROM observations") > 0, "its data are there");
            let (whole, told) = audit(&url, &["verify"]);
            assert!(whole, "{told}");
            // What was written by that release is read, and written on, by this one.
            let server = Server::start(&url, &[]);
            let sign_in = json!({"email": "founder@tests.example", "password": "a founder's password"});
            let token = Client::anonymous(&server.base)
                .post("/v1/auth/tokens", sign_in)
                .expect(200)
                .text_of("accessToken");
            let founder = Client::with_token(&server.base, token);
            let networks = founder.get("/v1/networks").expect(200).ids();
            assert!(!networks.is_empty(), "its networks are there");
            for network in &networks {
                founder.get(format!("/v1/networks/{network}/report")).expect(200);
                founder.get(format!("/v1/networks/{network}/observations")).expect(200);
            }
            founder.post("/v1/networks", json!({"name": "Na de overgang", "kind": "team"})).expect(201);
            assert!(server.terminate().success());
            run(program(&["search", "rebuild"]).env("DATABASE_URL", &url));
        });
    }
}

/// Writes the fixture of the version that RELEASED names; without it, shows that one can be written and read again.
#[test]
fn a_fixture_is_written_by_the_program_as_it_is() {
    let version = std::env::var("RELEASED").unwrap_or_default();
    let release = if version.is_empty() { janitor::folder("fixture") } else { folder().join(&version) };
    fs::create_dir_all(&release).expect("the folder can be written");
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        seed::fill(&api);
        api.server.terminate();
        let (url, made) = (api.server.database_url.clone(), janitor::folder("fixture").join("made"));
        run(program(&["backup"]).arg(&made).env("DATABASE_URL", &url));
        let bytes = fs::read(&made).expect("it was made");
        let bytes = if kind == Kind::Sqlite { pack(&bytes) } else { bytes };
        fs::write(fixture(kind, &release), bytes).expect("the folder can be written");
        let again = brought_up_to_date(kind, &release);
        assert_eq!(
            schema::definitions(kind, &again),
            schema::definitions(kind, &url),
            "it is read as it was written"
        );
    });
}
