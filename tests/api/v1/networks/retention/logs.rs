//! How long the logs of a network are kept: of changes, and of who read what.

use serde_json::json;

use super::{count, forecast, keep, run};
use crate::support::audit::{accesses, audit, literal, logged, sealed, unguard};
use crate::support::stored::{changes_of, execute, hex};
use crate::support::{Api, Kind, on_each};

/// A moment so many days before the one that a row has.
fn earlier(kind: Kind, days: u32) -> String {
    match kind {
        Kind::Sqlite => format!("at - {days} * 86400000000"),
        Kind::Postgres => format!("at - interval '{days} days'"),
    }
}

#[test]
fn the_log_of_changes_has_its_time_too_and_keeps_its_last_month() {
    on_each(|kind| {
        // One of its own, whose log is not kept from being made older.
        let api = &Api::start(kind, &[]);
        unguard(kind, &api.server.database_url);
        let team = api.team();
        team.cycle();
        let before = changes_of(api, &team.id).len();
        keep(&team, json!([{"kind": "change", "months": 1}]));
        run(&team);
        assert!(changes_of(api, &team.id).len() > before, "nothing is that old");
        let network = team.id.replace('-', "");
        let of_network = format!("{} = '{network}'", hex(kind, "network_id"));
        let sql = format!(
            "UPDATE changes SET at = {} WHERE {of_network} AND number <= {before}",
            earlier(kind, 3 * 366)
        );
        execute(kind, &api.server.database_url, &sql);
        assert_eq!(forecast(&team), [count("change", i64::try_from(before).expect("few"))]);
        run(&team);
        let kept = changes_of(api, &team.id);
        assert_eq!(kept[0].number, i64::try_from(before + 1).expect("few"));
        let removals = team.coordinator().get(team.path("removals")).expect(200);
        assert_eq!(removals.items()[0]["kind"], "change");
    });
}

#[test]
fn accesses_go_after_five_years_and_their_chain_holds() {
    on_each(|kind| {
        // One of its own, whose log is not kept from being made older.
        let api = &Api::start(kind, &[]);
        unguard(kind, &api.server.database_url);
        let team = api.team();
        let seen = team.cycle().observe(json!({}));
        for _ in 0..3 {
            team.reader().get(format!("/v1/observations/{seen}")).expect(200);
        }
        logged(&team, "operation = 'getObservation'", 3);
        let own = format!("network_id = {}", literal(kind, &team.id));
        let url = &api.server.database_url;
        let aged = |days: u32| {
            let what = format!("{own} AND operation <> 'cutAccesses' AND number <= 3");
            execute(kind, url, &format!("UPDATE accesses SET at = {} WHERE {what}", earlier(kind, days)));
            for table in ["audit_seals", "audit_chains"] {
                execute(kind, url, &format!("DELETE FROM {table} WHERE {own} AND log = 'accesses'"));
            }
        };
        aged(4 * 366);
        assert!(forecast(&team).is_empty(), "four years old");
        aged(366);
        sealed(api, &team.id);
        assert_eq!(forecast(&team), [count("access", 3)], "though no rule says so");
        keep(&team, json!([{"kind": "access", "months": 72}]));
        assert!(forecast(&team).is_empty(), "it may be kept longer");
        let rules = json!([{"kind": "access", "months": 59}]);
        let path = team.path("retention-policy");
        let version = team.coordinator().get(&path).expect(200).version();
        let shorter = team.coordinator().patch(&path, version, json!({"rules": rules}));
        shorter.errors(&[("/rules/0/months", "out_of_range")]);
        keep(&team, json!([{"kind": "access", "months": 60}]));
        let hold = json!({"reason": "Een klacht."});
        let hold = team.coordinator().post(team.path("legal-holds"), hold).expect(201).id();
        assert!(forecast(&team).is_empty(), "held");
        let lift = json!({"to": "lifted", "reason": "Afgedaan."});
        team.coordinator().post(format!("/v1/legal-holds/{hold}/transitions"), lift).expect(200);
        run(&team);
        let removals = team.coordinator().get(team.path("removals")).expect(200);
        let removal = &removals.items()[0];
        assert_eq!(
            (&removal["kind"], &removal["months"], &removal["count"]),
            (&json!("access"), &json!(60), &json!(3))
        );
        assert_eq!(accesses(api, &team.id, "number <= 3"), 0);
        assert_eq!(accesses(api, &team.id, "operation = 'cutAccesses'"), 1);
        let (sound, told) = audit(url, &["verify", "--network", &team.id]);
        assert!(sound, "{told}");
    });
}
