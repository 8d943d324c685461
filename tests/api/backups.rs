//! `backup` beside writers, `restore --check`, and `restore`: what was put back is what was there, but for what was erased since.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use serde_json::json;

use crate::faults::stands;
use crate::migrations::seed;
use crate::support::server::{Server, both_outputs, program, run};
use crate::support::soak::{number, tell};
use crate::support::stored::{self, row_counts, table_digest};
use crate::support::team::{new_id, observation, with};
use crate::support::wire::Wire;
use crate::support::{Api, Client, Kind, Part, janitor, on_each};

fn file() -> PathBuf {
    janitor::folder("backups").join("made.backup")
}

fn command(url: &str, arguments: &[&str], file: &Path) -> Command {
    let mut command = program(arguments);
    command.arg(file).env("DATABASE_URL", url);
    command
}

#[track_caller]
fn refused(command: &mut Command, words: &str) {
    let output = command.output().expect("the program can be started");
    let told = both_outputs(&output);
    assert!(!output.status.success(), "it is refused: {told}");
    assert!(told.contains(words), "{told}");
    assert!(!told.contains("panicked"), "{told}");
}

/// Each table with what stands in it.
fn digests(api: &Api, url: &str) -> BTreeMap<String, u64> {
    row_counts(api).into_keys().map(|table| (table.clone(), table_digest(api.kind, url, &table))).collect()
}

#[test]
fn what_was_put_back_is_what_was_there() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.observe(json!({"body": "Wat er staat, staat er na het terugzetten ook."}));
        seed::fill(&api);
        let path = format!("/v1/observations/{id}");
        let (token, answer) =
            (team.practitioner().token().to_owned(), team.practitioner().get(&path).expect(200).body);
        api.server.terminate();
        let (url, file) = (api.server.database_url.clone(), file());
        let told = run(&mut command(&url, &["backup"], &file));
        assert!(told.contains("rows in"), "{told}");
        let mode = std::fs::metadata(&file).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "its owner alone can read it");
        let left = std::fs::read_dir(file.parent().expect("a folder")).expect("a folder").count();
        assert_eq!(left, 1, "nothing else is left there");
        refused(&mut command(&url, &["backup"], &file), "is there already");

        let checked = run(&mut command(&url, &["restore", "--check"], &file));
        let counted =
            |text: &str| text.split(" has ").last().and_then(|t| t.split(" in ").next()).map(str::to_owned);
        assert!(
            checked.contains("It is whole") && checked.contains(&counted(&told).expect("rows")),
            "{told} {checked}"
        );

        let new = kind.database();
        refused(&mut command(&new, &["restore"], &file), "come back");
        refused(&mut command(&url, &["restore", "--without-journal"], &file), "not empty");
        run(&mut command(&new, &["restore", "--without-journal"], &file));
        assert_eq!(digests(&api, &new), digests(&api, &url), "each table has what it had");
        let server = Server::start(&new, &[]);
        assert_eq!(Client::with_token(&server.base, &token).get(&path).expect(200).body, answer);
        server.terminate();
    });
}

#[test]
fn what_was_erased_since_does_not_come_back() {
    on_each(|kind| {
        let journal = janitor::folder("journal").join("erasures");
        let api = Api::start(kind, &[("ERASURE_JOURNAL", journal.to_str().expect("plain"))]);
        let team = api.team();
        let pseudonym = team.pseudonym();
        let cycle = team.cycle();
        let id = cycle.observe(json!({"aboutPseudonymIds": [pseudonym]}));
        let (url, file) = (api.server.database_url.clone(), file());
        run(&mut command(&url, &["backup"], &file));
        let erasure = json!({"pseudonymId": pseudonym, "cause": "objected"});
        team.coordinator().post(team.path("erasures"), erasure).expect(201);
        let token = team.practitioner().token().to_owned();

        let new = kind.database();
        let told = run(command(&new, &["restore"], &file).env("ERASURE_JOURNAL", &journal));
        assert!(told.contains("1 that the backup did not know were carried out again"), "{told}");
        let server = Server::start(&new, &[("ERASURE_JOURNAL", journal.to_str().expect("plain"))]);
        let client = Client::with_token(&server.base, token);
        client.get(format!("/v1/pseudonyms/{pseudonym}")).refused(410, "gone");
        client.get(format!("/v1/observations/{id}")).refused(410, "gone");
        server.terminate();
    });
}

#[test]
fn a_backup_is_made_beside_writers_and_has_all_that_was_acknowledged_before() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let cycle = api.team().cycle().id;
        let token = api.client(Part::Practitioner).token().to_owned();
        let (url, over) = (api.server.database_url.clone(), AtomicBool::new(false));
        let write = |wire: &mut Wire| -> Option<String> {
            let id = new_id();
            let body = with(observation(), json!({"id": id}));
            let reply = wire.post(&format!("/v1/cycles/{cycle}/observations"), &body).expect("an answer");
            (reply.status == 201).then_some(id)
        };
        let mut wire = Wire::to(&api.server.base, &token);
        let before: Vec<String> = (0..number("SOAK_RECORDS", 40)).filter_map(|_| write(&mut wire)).collect();
        for _ in 0..number("SOAK_BACKUPS", 2) {
            over.store(false, Ordering::Relaxed);
            let file = file();
            let meanwhile: usize = std::thread::scope(|scope| {
                let writers: Vec<_> = (0..16)
                    .map(|_| {
                        scope.spawn(|| {
                            let (mut wire, mut count) = (Wire::to(&api.server.base, &token), 0);
                            while !over.load(Ordering::Relaxed) {
                                count += usize::from(write(&mut wire).is_some());
                            }
                            count
                        })
                    })
                    .collect();
                let begun = Instant::now();
                run(&mut command(&url, &["backup"], &file));
                tell(format!(
                    "{kind:?}: a backup of {} bytes in {:.1} s",
                    file.metadata().expect("it is there").len(),
                    begun.elapsed().as_secs_f64()
                ));
                over.store(true, Ordering::Relaxed);
                writers.into_iter().map(|writer| writer.join().expect("no panic")).sum()
            });
            let checked = run(&mut command(&url, &["restore", "--check"], &file));
            assert!(checked.contains("It is whole"), "{checked}");
            let new = kind.database();
            run(&mut command(&new, &["restore", "--without-journal"], &file));
            let there = "SELECT count(*) FROM observations";
            let (copied, all) = (stored::number(kind, &new, there), stored::number(kind, &url, there));
            assert!(
                copied >= before.len() as i64 && copied <= all,
                "{} before, {copied} of {all}",
                before.len()
            );
            // One moment: records and changes of it agree.
            let copy = Api::start_on(kind, Server::start(&new, &[]));
            stands::records_and_changes_agree(&copy);
            stands::chains_are_whole(&copy);
            let client = Client::with_token(&copy.server.base, &token);
            before
                .iter()
                .step_by(7)
                .for_each(|id| drop(client.get(format!("/v1/observations/{id}")).expect(200)));
            copy.server.terminate();
            tell(format!(
                "{kind:?}: {meanwhile} written meanwhile; the backup is whole, with {copied} of {all} observations, all {} acknowledged before it among them",
                before.len()
            ));
        }
    });
}

#[test]
fn a_backup_that_is_damaged_is_told_of_and_put_nowhere() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let cycle = api.team().cycle().id;
        api.client(Part::Practitioner)
            .post(format!("/v1/cycles/{cycle}/observations"), observation())
            .expect(201);
        api.server.terminate();
        let (url, whole) = (api.server.database_url.clone(), file());
        run(&mut command(&url, &["backup"], &whole));
        let bytes = std::fs::read(&whole).expect("it is there");
        let damaged = |bytes: &[u8]| {
            let file = file();
            std::fs::write(&file, bytes).expect("our own folder");
            file
        };
        let cut = damaged(&bytes[..bytes.len() / 2]);
        let mut overwritten = bytes.clone();
        let (from, to) = (bytes.len() / 3, 2 * bytes.len() / 3);
        overwritten[from..to].fill(0x5a);
        let new = kind.database();
        for file in [&cut, &damaged(&overwritten)] {
            refused(&mut command(&url, &["restore", "--check"], file), "damaged");
            refused(&mut command(&new, &["restore", "--without-journal"], file), "damaged");
        }
        refused(&mut command(&url, &["restore", "--check"], &damaged(b"something else")), "no backup");
        let other = if kind == Kind::Sqlite { Kind::Postgres } else { Kind::Sqlite };
        refused(&mut command(&other.database(), &["restore", "--check"], &whole), "another kind");
        run(&mut command(&new, &["restore", "--without-journal"], &whole));
    });
}

#[test]
fn a_backup_with_a_log_that_was_tampered_with_or_of_a_newer_version_is_told_of() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        api.team().cycle().observe(json!({}));
        run(program(&["audit", "heads"]).env("DATABASE_URL", &api.server.database_url));
        api.server.terminate();
        let url = api.server.database_url.clone();
        crate::support::audit::unguard(kind, &url);
        stored::execute(
            kind,
            &url,
            "UPDATE changes SET kind = 'observation.updated' WHERE kind = 'observation.created'",
        );
        let tampered = file();
        run(&mut command(&url, &["backup"], &tampered));
        refused(&mut command(&url, &["restore", "--check"], &tampered), "was changed");
        stored::execute(
            kind,
            &url,
            "INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')",
        );
        let newer = file();
        run(&mut command(&url, &["backup"], &newer));
        refused(&mut command(&url, &["restore", "--check"], &newer), "29991231000000");
    });
}
