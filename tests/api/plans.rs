//! How the databases find what is asked for most: every statement that the server makes for it, and for its own work
//! meanwhile, finds its rows by an index. The statements are those of the running server, which logs them; the plans are
//! those that each database makes of them without knowing what they bind.

use std::collections::BTreeSet;
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, sql_query};
use feedbacklus::db::dialect::{self, Purpose};
use serde_json::{Value, json};

use crate::migrations;
use crate::support::server::Kind;
use crate::support::team::{self, Cycle, with};
use crate::support::{Api, both_alone};

/// What reads a whole table, and why that is right: a part of the statement, and the table.
const WHOLE: [(&str, &str); 3] = [
    // One row for each network, once for all that was committed meanwhile: whether anything was, and what is to be sealed.
    ("sum(last_change)", "network_streams"),
    ("sealed_to", "_streams"),
    // Where there are as few networks as here, it may as well begin with those.
    ("report_schedule_progress", "networks"),
];

/// What `make bench` holds reads and writes against: the statements of the server, without the server.
const LIMITS: [(&str, &str); 5] = [
    ("standing", include_str!("../../benches/sql/standing.sql")),
    ("take", include_str!("../../benches/sql/take.sql")),
    ("observation", include_str!("../../benches/sql/observation.sql")),
    ("change", include_str!("../../benches/sql/change.sql")),
    ("observation_seen", include_str!("../../benches/sql/observation_seen.sql")),
];

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct Plan {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    plan: String,
}

#[test]
fn what_is_asked_most_is_found_by_indexes() {
    both_alone(&[("RUST_LOG", "warn,feedbacklus::statements=trace")], |api| {
        let made = statements_of(api);
        assert!(made.len() > 40, "the server tells its statements: {}", made.len());
        let plain: BTreeSet<String> = made.iter().map(|statement| without_binds(statement)).collect();
        for (name, statement) in LIMITS {
            assert!(plain.contains(&without_binds(statement)), "{name} is not what the server does");
        }
        let scans: Vec<String> = match api.kind {
            Kind::Sqlite => on_sqlite(&api.server.database_url, &made),
            Kind::Postgres => on_postgres(&api.server.database_url, &made),
        };
        assert!(scans.is_empty(), "{}", scans.join("\n\n"));
    });
}

/// A PostgreSQL that is spread over machines by networks runs such a statement on one of them; any other it would have to send to all,
/// or refuse.
#[test]
fn what_is_written_joins_nothing_of_two_networks() {
    both_alone(&[("RUST_LOG", "warn,feedbacklus::statements=trace")], |api| {
        let team = api.team();
        let cycle = team.cycle();
        let made = made_by(api, || drop(write(&cycle)));
        let spread = migrations::of_one_network(api.kind, &api.server.database_url);
        assert!(spread.contains("observations") && !spread.contains("people"), "{spread:?}");
        let several: Vec<(&String, Vec<String>)> = made
            .iter()
            .map(|statement| (statement, tables_in(statement, &spread)))
            .filter(|(_, tables)| tables.len() > 1)
            .collect();
        assert!(several.len() > 5, "they are told from others: {}", several.len());
        let loose = several.iter().filter(|(statement, tables)| {
            let plain = plain(statement);
            let bound = |table: &String| {
                plain.contains(&format!("{table}.network_id = "))
                    || plain.contains(&format!("= {table}.network_id"))
            };
            !tables.iter().all(bound)
        });
        let loose: Vec<&str> = loose.map(|(statement, _)| statement.as_str()).collect();
        assert!(loose.is_empty(), "{}", loose.join("\n\n"));
    });
}

/// Without the marks around names, in one line.
fn plain(statement: &str) -> String {
    statement.replace(['"', '`'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Which of these tables a statement looks into, each by the name that it goes by there. What is put in goes to one place.
fn tables_in(statement: &str, known: &BTreeSet<String>) -> Vec<String> {
    let plain = plain(statement).replace(['(', ')', ','], " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut found = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        let looks = ["FROM", "JOIN", "UPDATE", "USING"].contains(&word.to_uppercase().as_str());
        let Some(table) = words.get(at + 1).filter(|table| looks && known.contains(**table)) else {
            continue;
        };
        let alias =
            words.get(at + 2).filter(|word| word.to_uppercase() == "AS").and_then(|_| words.get(at + 3));
        found.insert((*alias.unwrap_or(table)).to_owned());
    }
    found.into_iter().collect()
}

/// A statement in one line, with a question mark for whatever it binds.
fn without_binds(statement: &str) -> String {
    let mut plain = String::new();
    let mut letters = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    letters = letters.replace("( ", "(");
    let mut rest = letters.chars().peekable();
    while let Some(letter) = rest.next() {
        let binds = match letter {
            ':' | '$' => rest.peek().is_some_and(|next| next.is_ascii_alphanumeric()),
            _ => false,
        };
        plain.push(if binds { '?' } else { letter });
        while binds && rest.peek().is_some_and(|next| next.is_ascii_alphanumeric()) {
            rest.next();
        }
    }
    plain
}

/// The different statements that reads and writes of an ordinary day take.
fn statements_of(api: &Api) -> BTreeSet<String> {
    let team = api.team();
    let cycle = team.cycle();
    made_by(api, || read(&cycle, &write(&cycle)))
}

/// The different statements that the server makes for some work, and for its own after it: search, the access log and the seals
/// of both logs. What was done before is over by then.
fn made_by(api: &Api, work: impl FnOnce()) -> BTreeSet<String> {
    std::thread::sleep(Duration::from_secs(2));
    let before = api.server.logged().len();
    work();
    std::thread::sleep(Duration::from_secs(4));
    let logged = api.server.logged();
    let statements =
        logged[before..].lines().filter_map(|line| Some(line.split_once(" TRACE ")?.1.to_owned()));
    let asks = |statement: &String| {
        ["SELECT", "UPDATE", "DELETE", "WITH", "INSERT"].iter().any(|verb| statement.starts_with(verb))
    };
    statements.filter(asks).collect()
}

/// What a team writes in a cycle: the paths of an observation, a reflection and an action.
fn write(cycle: &Cycle<'_, '_>) -> Vec<String> {
    let team = cycle.team;
    let coordinator = team.coordinator();
    let question = cycle.ask(json!({}));
    let observation = cycle.observe(json!({"questionId": question}));
    let reflection = cycle.reflect(&[&observation], json!({}));
    let action = cycle.act(&[&reflection], json!({}));
    cycle.evaluate(&action, json!({}));
    let known = with(team::observation(), json!({"id": team::new_id()}));
    coordinator.post(cycle.path("observations"), known.clone()).expect(201);
    coordinator.post(cycle.path("observations"), known).expect(200);
    team.practitioner()
        .patch(format!("/v1/observations/{observation}"), 1, json!({"tags": ["drempel"]}))
        .expect(200);
    let items: Vec<Value> =
        (0..3).map(|_| with(team::observation(), json!({"id": team::new_id()}))).collect();
    let items: Vec<Value> = items
        .into_iter()
        .map(|body| json!({"action": "create", "type": "observation", "cycleId": cycle.id, "body": body}))
        .collect();
    coordinator.post("/v1/batches", json!({"id": team::new_id(), "items": items})).expect(200);
    vec![
        format!("/v1/observations/{observation}"),
        format!("/v1/reflections/{reflection}"),
        format!("/v1/actions/{action}"),
    ]
}

/// What a team reads of a cycle, and these records.
fn read(cycle: &Cycle<'_, '_>, records: &[String]) {
    let team = cycle.team;
    let paths = [
        format!("/v1/cycles/{}", cycle.id),
        cycle.path("observations"),
        cycle.path("observations?state=logged"),
        cycle.path("reflections"),
        cycle.path("actions"),
        cycle.path("questions"),
        cycle.path("report"),
        team.path("observations"),
        team.path("cycles"),
        team.path("report"),
        format!("/v1/changes?networkId={}", team.id),
        format!("/v1/search?q=koffie+buiten&networkId={}", team.id),
        "/v1/me".into(),
    ];
    for path in records.iter().chain(&paths) {
        team.coordinator().get(path.clone()).expect(200);
    }
}

/// Whether a statement may read all of a table.
fn may(statement: &str, table: &str) -> bool {
    WHOLE.iter().any(|(part, whole)| statement.contains(part) && table.contains(whole))
}

fn on_sqlite(database_url: &str, made: &BTreeSet<String>) -> Vec<String> {
    // With the functions of our own that the statements call.
    let mut connection = dialect::open(database_url, Purpose::Read).expect("a database");
    let mut scans = Vec::new();
    for statement in made {
        let plan = sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load::<Step>(&mut connection);
        let plan = plan.unwrap_or_else(|error| panic!("{error}: {statement}"));
        for Step { detail } in plan {
            // Not of a table: rows that were given, the search index, and what a part of the statement made.
            let other = ["CONSTANT ROW", "VIRTUAL TABLE", "json_each", "VALUES", "SCAN above", "SCAN below"];
            if detail.starts_with("SCAN ")
                && !other.iter().any(|part| detail.contains(part))
                && !may(statement, &detail)
            {
                scans.push(format!("{detail}: {statement}"));
            }
        }
    }
    scans
}

fn on_postgres(database_url: &str, made: &BTreeSet<String>) -> Vec<String> {
    let mut connection = PgConnection::establish(database_url).expect("a database");
    // Tables of a test are so small that an index is not worth its while, nor looking rows up one by one: where that can be
    // done, it is done all the same.
    connection
        .batch_execute(
            "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; \
             SET plan_cache_mode = force_generic_plan",
        )
        .expect("settings");
    let mut scans = Vec::new();
    for statement in made {
        let binds = (1..).take_while(|number| statement.contains(&format!("${number}"))).count();
        let nulls = if binds == 0 { String::new() } else { format!("({})", vec!["NULL"; binds].join(", ")) };
        let explained = connection.batch_execute(&format!("PREPARE asked AS {statement}")).and_then(|()| {
            sql_query(format!("EXPLAIN (FORMAT JSON) EXECUTE asked{nulls}"))
                .get_result::<Plan>(&mut connection)
        });
        let Plan { plan } = explained.unwrap_or_else(|error| panic!("{error}: {statement}"));
        let plan: Value = serde_json::from_str(&plan).expect("JSON");
        walk(&plan[0]["Plan"], &mut |node| {
            let table = node["Relation Name"].as_str().unwrap_or_default();
            let scan = match node["Node Type"].as_str().unwrap_or_default() {
                "Seq Scan" => true,
                "Index Scan" | "Index Only Scan" | "Bitmap Index Scan" => node["Index Cond"].is_null(),
                _ => false,
            };
            if scan && !may(statement, table) {
                scans.push(format!("{} of {table}{}: {statement}", node["Node Type"], node["Index Name"]));
            }
        });
        connection.batch_execute("DEALLOCATE asked").expect("it was prepared");
    }
    scans
}

fn walk(node: &Value, look: &mut impl FnMut(&Value)) {
    look(node);
    for below in node["Plans"].as_array().into_iter().flatten() {
        walk(below, look);
    }
}
