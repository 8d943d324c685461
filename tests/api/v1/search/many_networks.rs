//! Search follows many networks at a time, and one that it cannot follow keeps no other behind.

use serde_json::json;

use super::{finds, found, rare};
use crate::support::stored::{execute, number};
use crate::support::team::Team;
use crate::support::{Api, Kind, eventually, on_each};

/// Puts an observation into a network's inbox.
fn write(team: &Team<'_>, text: &str) -> String {
    let body = json!({"body": text, "perspective": "system"});
    team.api.founder().post(team.path("observations"), body).expect(201).id()
}

#[test]
fn networks_are_followed_together() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let url = &api.server.database_url;
        let (word, late) = (rare(), rare());
        let teams: Vec<Team<'_>> = (0..60).map(|_| api.quiet_team()).collect();
        for team in &teams {
            write(team, &format!("Bij ons: {word}"));
        }
        let found_all = || {
            let path = format!("/v1/search?q={word}&limit=200");
            eventually("all are found", || api.founder().get(&path).expect(200).ids().len() == teams.len());
        };
        found_all();
        execute(kind, url, "DELETE FROM search_documents; UPDATE search_positions SET indexed = 0");
        finds(&api.founder(), &late, &[&write(&teams[0], &late)]);
        found_all();
        if kind == Kind::Postgres {
            let transactions = "SELECT count(DISTINCT xmin::text) FROM search_positions";
            let last = number(kind, url, transactions);
            assert!(last < 20, "{last} transactions for {} networks", teams.len());
        }
    });
}

#[test]
fn a_network_that_cannot_be_followed_keeps_no_other_behind() {
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let url = &api.server.database_url;
        let (bad, good) = (rare(), rare());
        let (ill, well) = (api.quiet_team(), api.quiet_team());
        let refused = write(&ill, &format!("Geweigerd {bad}"));
        let kept = write(&well, &format!("Bewaard {good}"));
        let founder = api.founder();
        finds(&founder, &bad, &[&refused]);
        finds(&founder, &good, &[&kept]);
        // Stands for whatever a database may have against a document.
        let sign = &bad[..8];
        let (refuse, relent) = match kind {
            Kind::Sqlite => (
                format!(
                    "CREATE TRIGGER refused BEFORE INSERT ON search_documents WHEN instr(new.dutch, '{sign}') > 0 \
                     BEGIN SELECT RAISE(ABORT, 'refused'); END"
                ),
                "DROP TRIGGER refused",
            ),
            Kind::Postgres => (
                format!(
                    "ALTER TABLE search_documents ADD CONSTRAINT refused CHECK (strpos(dutch, '{sign}') = 0) NOT VALID"
                ),
                "ALTER TABLE search_documents DROP CONSTRAINT refused",
            ),
        };
        execute(kind, url, &refuse);
        execute(kind, url, "DELETE FROM search_documents; UPDATE search_positions SET indexed = 0");
        let later = write(&well, &format!("Later ook {good}"));
        finds(&founder, &good, &[&kept, &later]);
        let told = format!("search could not follow network {}", ill.id);
        eventually("the log names it", || api.server.logged().contains(&told));
        assert!(found(&founder, &bad).is_empty());
        assert!(!api.server.logged().contains(&well.id), "{}", api.server.logged());
        execute(kind, url, relent);
        finds(&founder, &bad, &[&refused]);
    });
}
