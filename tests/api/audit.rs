//! The chains over the logs: nothing is changed, removed or put in without being named, and erasing and cutting break
//! nothing.

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection, SqliteConnection};
use serde_json::json;

use crate::support::audit::{accesses, audit, literal, logged, sealed, unguard};
use crate::support::server::Server;
use crate::support::stored::{changes_of, execute, number};
use crate::support::{Api, Client, Kind, Part, both_alone};

/// Something happened in a network, and is sealed; its id.
fn lived(api: &Api) -> String {
    let team = api.team();
    let cycle = team.cycle();
    let pseudonym = team.pseudonym();
    for _ in 0..6 {
        let seen = cycle.observe(json!({"aboutPseudonymIds": [pseudonym]}));
        team.reader().get(format!("/v1/observations/{seen}")).expect(200);
    }
    logged(&team, "operation = 'getObservation'", 6);
    sealed(api, &team.id);
    team.id
}

fn try_to_execute(kind: Kind, url: &str, sql: &str) -> Result<(), diesel::result::Error> {
    match kind {
        Kind::Sqlite => {
            let path = url.trim_start_matches("sqlite://");
            let mut connection = SqliteConnection::establish(path).expect("the server's file");
            connection.batch_execute("PRAGMA busy_timeout = 5000").expect("a setting");
            connection.batch_execute(sql)
        }
        Kind::Postgres => PgConnection::establish(url).expect("the server's database").batch_execute(sql),
    }
}

#[test]
fn what_was_logged_is_not_changed_by_mistake() {
    both_alone(&[], |api| {
        lived(api);
        let url = &api.server.database_url;
        for sql in [
            "UPDATE changes SET kind = 'nothing.happened'",
            "DELETE FROM changes WHERE number = 1",
            "UPDATE accesses SET person_id = NULL",
            "DELETE FROM accesses",
            "DELETE FROM access_subjects",
        ] {
            let refused = try_to_execute(api.kind, url, sql).expect_err(sql);
            assert!(refused.to_string().contains("takes additions alone"), "{sql}: {refused}");
        }
        let (sound, told) = audit(url, &["verify"]);
        assert!(sound && told.contains("rows are as they were."), "{told}");
    });
}

/// What somebody does who owns the database, and what of it is named.
fn tampering(network: &str) -> [(String, Vec<&'static str>); 11] {
    let at =
        |table: &str, number: i64| format!("{table}.network_id = {network} AND {table}.number = {number}");
    [
        (
            format!("UPDATE changes SET kind = 'nothing.happened' WHERE {}", at("changes", 3)),
            vec!["changes: number 3 was changed"],
        ),
        (format!("DELETE FROM changes WHERE {}", at("changes", 4)), vec!["changes: number 4 was removed"]),
        (
            format!(
                "INSERT INTO changes (network_id, number, at, kind, subject_id, subject_version, audience) \
                 SELECT network_id, 9999, at, kind, subject_id, subject_version, audience FROM changes WHERE {}",
                at("changes", 1)
            ),
            vec!["changes: number 9999 was put in"],
        ),
        (
            format!(
                "UPDATE changes SET number = -1 WHERE {}; UPDATE changes SET number = 5 WHERE {}; \
                 UPDATE changes SET number = 6 WHERE {}",
                at("changes", 5),
                at("changes", 6),
                at("changes", -1)
            ),
            vec!["changes: number 5 was changed", "changes: number 6 was changed"],
        ),
        (
            format!("UPDATE accesses SET outcome = 'refused' WHERE {}", at("accesses", 1)),
            vec!["accesses: number 1 was changed"],
        ),
        (format!("DELETE FROM accesses WHERE {}", at("accesses", 2)), vec!["accesses: number 2 was removed"]),
        (
            format!(
                "UPDATE accesses SET person_id = (SELECT actor_id FROM changes WHERE {}) WHERE {}",
                at("changes", 1),
                at("accesses", 3)
            ),
            vec!["accesses: number 3 was changed"],
        ),
        (
            format!(
                "INSERT INTO accesses (network_id, number, at, code, operation, means, audience, outcome) \
                 SELECT network_id, 9999, at, code, operation, means, audience, outcome FROM accesses WHERE {}",
                at("accesses", 1)
            ),
            vec!["accesses: number 9999 was put in"],
        ),
        // Whom an access was about is a part of it, whatever was done to the rows that say so.
        (
            format!("DELETE FROM access_subjects WHERE {}", at("access_subjects", 4)),
            vec!["accesses: number 4 was changed"],
        ),
        (
            format!("UPDATE access_subjects SET subject_id = network_id WHERE {}", at("access_subjects", 5)),
            vec!["accesses: number 5 was changed"],
        ),
        (
            format!(
                "INSERT INTO access_subjects (network_id, subject_id, number) VALUES ({network}, {network}, 6)"
            ),
            vec!["accesses: number 6 was changed"],
        ),
    ]
}

#[test]
fn what_was_changed_removed_put_in_or_moved_is_named() {
    both_alone(&[], |api| {
        let (network, other) = (lived(api), lived(api));
        api.server.terminate();
        let url = &api.server.database_url;
        let (sound, told) = audit(url, &["verify"]);
        assert!(sound, "{told}");
        unguard(api.kind, url);
        let mut expected: Vec<&str> = Vec::new();
        for (sql, named) in tampering(&literal(api.kind, &network)) {
            execute(api.kind, url, &sql);
            expected.extend(named);
            let (sound, told) = audit(url, &["verify"]);
            assert!(!sound, "after {sql}: {told}");
            let faults: Vec<&str> = told.lines().filter(|line| line.starts_with("network ")).collect();
            for fault in &expected {
                let fault = format!("network {network} {fault}");
                assert!(faults.contains(&fault.as_str()), "{fault:?} after {sql}: {told}");
            }
            assert_eq!(faults.len(), expected.len(), "and nothing else: {told}");
        }
        let (sound, told) = audit(url, &["verify", "--network", &other]);
        assert!(sound, "another network is as it was: {told}");
        assert!(!audit(url, &["verify", "--network", &network]).0);
        assert!(audit(url, &["verify", "--help"]).1.contains("audit heads"));
    });
}

#[test]
fn a_chain_that_was_made_anew_does_not_have_the_head_that_was_kept() {
    both_alone(&[], |api| {
        let network = lived(api);
        api.server.terminate();
        let url = &api.server.database_url;
        let (printed, heads) = audit(url, &["heads"]);
        assert!(printed && heads.contains(&format!("{network} changes ")), "{heads}");
        let file = crate::support::janitor::folder("heads").join("heads.txt");
        std::fs::write(&file, &heads).expect("our own folder");
        let kept = file.to_str().expect("plain");
        let (sound, told) = audit(url, &["verify", "--head", kept]);
        assert!(sound, "{told}");

        // Another truth, with a chain of its own.
        unguard(api.kind, url);
        let own = format!("network_id = {}", literal(api.kind, &network));
        execute(api.kind, url, &format!("UPDATE changes SET audience = 'author' WHERE {own} AND number = 2"));
        for table in ["audit_seals", "audit_chains"] {
            execute(api.kind, url, &format!("DELETE FROM {table} WHERE {own}"));
        }
        assert!(audit(url, &["heads"]).0, "it is sealed anew");
        let (sound, told) = audit(url, &["verify"]);
        assert!(sound, "nothing shows it: {told}");
        let (sound, told) = audit(url, &["verify", "--head", kept]);
        assert!(!sound && told.contains("was made anew"), "{told}");

        std::fs::write(&file, "nothing of the kind").expect("our own folder");
        let (read, told) = audit(url, &["verify", "--head", kept]);
        assert!(!read && told.contains("line 1"), "{told}");
    });
}

#[test]
fn a_log_that_was_cut_leaves_a_chain_that_holds() {
    both_alone(&[], |api| {
        let network = lived(api);
        api.server.terminate();
        let url = &api.server.database_url;
        let last = changes_of(api, &network).len() as i64;
        let own = format!("network_id = {}", literal(api.kind, &network));
        // Long ago: not what was sealed, which is made anew for it.
        unguard(api.kind, url);
        let long_ago = match api.kind {
            Kind::Sqlite => "0",
            Kind::Postgres => "to_timestamp(0)",
        };
        let past = format!("UPDATE changes SET at = {long_ago} WHERE {own} AND number < {last}");
        execute(api.kind, url, &past);
        for table in ["audit_seals", "audit_chains"] {
            execute(api.kind, url, &format!("DELETE FROM {table} WHERE {own} AND log = 'changes'"));
        }
        assert!(audit(url, &["heads"]).0);
        let mut cut = crate::support::server::program(&["changes", "cut", "--before", "2020-01-01"]);
        crate::support::server::run(cut.env("DATABASE_URL", url));
        assert_eq!(changes_of(api, &network).len(), 1);
        let (sound, told) = audit(url, &["verify"]);
        assert!(sound, "{told}");
        assert_eq!(accesses(api, &network, "operation = 'cutChanges' AND code = 'D'"), 1);
        // The log of accesses is cut the same way.
        let kept = accesses(api, &network, "number > 3");
        execute(api.kind, url, &format!("UPDATE accesses SET at = {long_ago} WHERE {own} AND number <= 3"));
        for table in ["audit_seals", "audit_chains"] {
            execute(api.kind, url, &format!("DELETE FROM {table} WHERE {own} AND log = 'accesses'"));
        }
        let mut cut = crate::support::server::program(&["audit", "cut", "--before", "2020-01-01"]);
        let told = crate::support::server::run(cut.env("DATABASE_URL", url));
        assert!(told.starts_with("3 accesses"), "{told}");
        assert_eq!(accesses(api, &network, "operation <> 'cutAccesses'"), kept);
        let (sound, told) = audit(url, &["verify"]);
        assert!(sound, "{told}");
        // One more than was cut is missed.
        let gone = format!("DELETE FROM changes WHERE {own} AND number = {last}");
        execute(api.kind, url, &gone);
        assert!(audit(url, &["verify"]).1.contains(&format!("number {last} was removed")));
    });
}

#[test]
fn what_is_erased_with_its_salt_breaks_no_chain() {
    both_alone(&[], |api| {
        let network = lived(api);
        let reader = api.person(Part::Reader).id.clone();
        api.server.terminate();
        let url = api.server.database_url.clone();
        let before = accesses(api, &network, "person_id IS NOT NULL");
        forget(&url, &network, &reader);
        let (sound, told) = audit(&url, &["verify", "--network", &network]);
        assert!(sound && told.contains("ids erased"), "{told}");
        let gone = format!("person_id = {}", literal(api.kind, &reader));
        assert_eq!(accesses(api, &network, &gone), 0);
        assert_eq!(accesses(api, &network, "person_id IS NOT NULL"), before);
        let salts = format!(
            "SELECT count(*) FROM audit_salts WHERE network_id = {} AND subject_id = {}",
            literal(api.kind, &network),
            literal(api.kind, &reader)
        );
        assert_eq!(number(api.kind, &url, &salts), 0);

        // It goes on, and they may come back.
        let again = Server::start(&url, &[]);
        let read = api.client(Part::Reader).token().to_owned();
        Client::with_token(&again.base, read).get(format!("/v1/networks/{network}")).expect(200);
        again.terminate();
        assert!(audit(&url, &["heads"]).0);
        let (sound, told) = audit(&url, &["verify", "--network", &network]);
        assert!(sound, "{told}");

        // A salt alone is no erasure: the id that it was of stands.
        execute(
            api.kind,
            &url,
            &format!("DELETE FROM audit_salts WHERE network_id = {}", literal(api.kind, &network)),
        );
        assert!(!audit(&url, &["verify", "--network", &network]).0);
    });
}

/// What the erasure of a person does to the logs of a network.
fn forget(url: &str, network: &str, person: &str) {
    let (network, person) = (network.parse().expect("an id"), person.parse().expect("an id"));
    let db = feedbacklus::db::Db::start(url, 1).expect("the database");
    actix_web::rt::System::new().block_on(async {
        let access = feedbacklus::access::Access::open(db, &[7; 32]).await.expect("its door");
        access
            .console(move |tx| feedbacklus::audit::forget(tx, network, &[person]))
            .await
            .expect("it is erased");
    });
}

#[test]
fn servers_that_share_a_database_do_not_fork_a_chain() {
    both_alone(&[], |api| {
        let beside = Server::start(&api.server.database_url, &[]);
        let team = api.team();
        let cycle = team.cycle();
        let token = team.practitioner().token().to_owned();
        let there = Client::with_token(&beside.base, token);
        std::thread::scope(|scope| {
            for client in [team.practitioner(), there] {
                let cycle = &cycle;
                scope.spawn(move || {
                    for _ in 0..20 {
                        let made = client
                            .post(cycle.path("observations"), crate::support::team::observation())
                            .expect(201);
                        client.get(format!("/v1/observations/{}", made.id())).expect(200);
                    }
                });
            }
        });
        logged(&team, "operation = 'getObservation'", 40);
        beside.terminate();
        sealed(api, &team.id);
        let (sound, told) = audit(&api.server.database_url, &["verify", "--network", &team.id]);
        assert!(sound, "{told}");
    });
}

#[test]
fn what_was_read_is_written_when_the_server_stops() {
    both_alone(&[], |api| {
        let team = api.team();
        for _ in 0..50 {
            team.reader().get(format!("/v1/networks/{}", team.id)).expect(200);
        }
        assert_eq!(api.server.terminate().code(), Some(0));
        assert_eq!(accesses(api, &team.id, "operation = 'getNetwork'"), 50);
    });
}
