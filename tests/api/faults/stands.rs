//! What holds of a database whatever happened to it.

use crate::support::audit::audit;
use crate::support::server::{program, run};
use crate::support::stored::{assert_gapless, number, table_digest};
use crate::support::{Api, Kind, eventually};

/// Every change of a record has its row in the change log, and every row its record.
pub fn records_and_changes_agree(api: &Api) {
    let none = [
        (
            "each version of an observation has a change",
            "SELECT count(*) FROM observations o LEFT JOIN (SELECT network_id, subject_id, count(*) AS changes FROM changes \
             WHERE kind LIKE 'observation.%' GROUP BY network_id, subject_id) c \
             ON c.network_id = o.network_id AND c.subject_id = o.id WHERE o.version <> coalesce(c.changes, 0)",
        ),
        (
            "each change of an observation has its record",
            "SELECT count(*) FROM changes c WHERE c.kind LIKE 'observation.%' AND NOT EXISTS \
             (SELECT 1 FROM observations o WHERE o.id = c.subject_id)",
        ),
    ];
    for (what, sql) in none {
        assert_eq!(number(api.kind, &api.server.database_url, sql), 0, "{what}");
    }
    assert_gapless(api);
}

/// Once the indexer has come to the end of the changes, what it made is what is made anew from the records.
pub fn search_agrees(api: &Api) {
    let url = &api.server.database_url;
    let behind = "SELECT coalesce(sum(s.last_change - coalesce(p.indexed, 0)), 0) FROM network_streams s LEFT JOIN search_positions p \
                  ON p.network_id = s.network_id WHERE s.last_change > coalesce(p.indexed, 0) \
                  AND s.network_id IN (SELECT id FROM networks)";
    let behind = || number(api.kind, url, behind);
    // After a long soak there is much to follow: for as long as there gets less of it.
    let mut left = i64::MAX;
    while behind() < left && left > 0 {
        left = behind();
        std::thread::sleep(std::time::Duration::from_secs(5));
    }
    eventually("search follows", || behind() == 0);
    let followed = table_digest(api.kind, url, "search_documents");
    run(program(&["search", "rebuild"]).env("DATABASE_URL", url));
    assert_eq!(table_digest(api.kind, url, "search_documents"), followed, "search and records agree");
}

pub fn chains_are_whole(api: &Api) {
    let (whole, told) = audit(&api.server.database_url, &["verify"]);
    assert!(whole, "{told}");
}

pub fn files_are_sound(api: &Api) {
    if api.kind == Kind::Sqlite {
        let url = &api.server.database_url;
        let faults = "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'";
        assert_eq!(number(api.kind, url, faults), 0, "the file is sound");
        assert_eq!(number(api.kind, url, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    }
}
