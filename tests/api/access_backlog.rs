//! Accesses that came when there was much to do: they wait in the backlog, and none of them is lost, told twice or out of turn.

use actix_web::rt::{System, SystemRunner};
use feedbacklus::access::Access as Door;
use feedbacklus::access_log::backlog;
use feedbacklus::access_log::types::{Access, AccessAudience, AccessMeans, AccessOutcome, EventCode};
use feedbacklus::clock;
use feedbacklus::db::Db;
use feedbacklus::ids::Id;
use serde_json::json;

use crate::support::audit::{accesses, audit, literal, logged};
use crate::support::server::Server;
use crate::support::stored::number;
use crate::support::team::Team;
use crate::support::{Api, Part};
use crate::support::{both_alone, eventually};

/// A read of the network, told from others by its means.
fn read(team: &Team<'_>, means_id: Id) -> Access {
    let network_id = team.id.parse().expect("an id");
    Access {
        network_id,
        number: 0,
        at: clock::now(),
        code: EventCode::R,
        operation: "getNetwork".into(),
        person_id: Some(team.api.person(Part::Reader).id.parse().expect("an id")),
        role: Some("reader".into()),
        acting_for: None,
        means: AccessMeans::Session,
        means_id: Some(means_id),
        object_kind: Some("network".into()),
        object_id: Some(network_id),
        audience: AccessAudience::Members,
        outcome: AccessOutcome::Success,
        reason: None,
        request_id: Some(Id::new()),
        emergency_access_id: None,
    }
}

fn door(url: &str) -> (SystemRunner, Door) {
    let (system, db) = (System::new(), Db::start(url, 2).expect("the database"));
    let door = system.block_on(Door::open(db, &[7; 32])).expect("its door");
    (system, door)
}

/// Writes accesses into the backlog, so many at a time, as a server does that has much to do.
fn put(url: &str, all: &[Access], together: usize) {
    let (system, door) = door(url);
    for some in all.chunks(together) {
        let some = some.to_vec();
        system.block_on(door.console(move |tx| backlog::put(tx, &some))).expect("it is written");
    }
}

fn waiting(api: &Api) -> i64 {
    number(api.kind, &api.server.database_url, "SELECT count(*) FROM access_backlog")
}

#[test]
fn who_reads_the_log_is_told_of_all_that_waits() {
    both_alone(&[], |api| {
        let team = api.team();
        let all: Vec<Access> = (0..30).map(|_| read(&team, Id::new())).collect();
        put(&api.server.database_url, &all, 7);
        let events = team.coordinator().get(team.path("audit-events?code=R&limit=200")).expect(200);
        for Access { request_id, .. } in all {
            let told = events.items().iter().filter(|event| event["requestId"] == json!(request_id)).count();
            assert_eq!(told, 1, "{}", events.body);
        }
        assert_eq!(waiting(api), 0);
    });
}

#[test]
fn what_an_earlier_run_left_is_brought_in_by_the_next_in_its_order() {
    both_alone(&[], |api| {
        let team = api.team();
        api.server.terminate();
        let url = api.server.database_url.clone();
        let means: Vec<Id> = (0..20).map(|_| Id::new()).collect();
        let all: Vec<Access> = means.iter().map(|id| read(&team, *id)).collect();
        put(&url, &all, 3);
        assert!(waiting(api) >= 7);
        let again = Server::start(&url, &[]);
        eventually("the backlog is empty", || waiting(api) == 0);
        again.terminate();
        let own = format!("network_id = {}", literal(api.kind, &team.id));
        let place = |id: &Id| {
            let means_id = literal(api.kind, &id.to_string());
            number(
                api.kind,
                &url,
                &format!("SELECT number FROM accesses WHERE {own} AND means_id = {means_id}"),
            )
        };
        let places: Vec<i64> = means.iter().map(place).collect();
        assert!(places.windows(2).all(|two| two[0] + 1 == two[1]), "{places:?}");
        let (sound, told) = audit(&url, &["verify", "--network", &team.id]);
        assert!(sound, "{told}");
    });
}

#[test]
fn two_who_bring_it_in_at_once_write_each_access_once() {
    both_alone(&[], |api| {
        let team = api.team();
        let url = &api.server.database_url;
        let all: Vec<Access> = (0..200).map(|_| read(&team, Id::new())).collect();
        put(url, &all, 1);
        let before = accesses(api, &team.id, "operation <> 'getNetwork'");
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let (system, door) = door(url);
                    system.block_on(backlog::clear(&door)).expect("it is brought in");
                });
            }
        });
        assert_eq!(waiting(api), 0);
        logged(&team, "operation = 'getNetwork'", 200);
        assert_eq!(accesses(api, &team.id, "operation <> 'getNetwork'"), before);
    });
}
