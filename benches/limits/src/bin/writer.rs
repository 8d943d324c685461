//! Writes observations into a filled SQLite file as the service does, without the service, and prints how many a second.
//!
//! `writer FILE SESSION PERSON CYCLES SECONDS GROUP` takes groups of so many single writes, each with the statements that the
//! service makes for one (`benches/sql`), into cycles drawn from the first so many; `GROUP` is followed by a commit.
//! `writer FILE SESSION PERSON CYCLES SECONDS batch` takes batches of 1,000, whose records and changes are written by
//! statements of 500 rows. Networks and cycles have the ids that `examples/fill.rs` gives them, one cycle in each network.

use rusqlite::{Connection, Statement, named_params, params_from_iter, types::Value};
use std::env;
use std::error::Error;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use uuid::Uuid;

const STANDING: &str = include_str!("../../../sql/standing.sql");
const TAKE: &str = include_str!("../../../sql/take.sql");
const OBSERVATION: &str = include_str!("../../../sql/observation.sql");
const CHANGE: &str = include_str!("../../../sql/change.sql");

/// As the service opens the connection that writes (`src/db/dialect.rs`).
const PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 4096; PRAGMA temp_store = MEMORY; \
    PRAGMA secure_delete = ON;";
const BATCH: usize = 1_000;
/// Rows of a statement.
const ROWS: usize = 500;
/// About as long as what people write.
const BODY: &str = "Vandaag mevrouw vertelt dat de koffie buiten stond toen zij weer pas durfde naar inloop met buurvrouw \
    wijkteam gemeente brief vertrouwen één coördinator een keer twee thuis na bij";

struct Asked {
    session: Uuid,
    person: Uuid,
    cycles: u64,
}

impl Asked {
    /// Finds the cycle and the standing in it, as the service does first of all.
    fn stands_in(
        &self,
        standing: &mut Statement<'_>,
        cycle: Uuid,
        network: Uuid,
        now: i64,
    ) -> rusqlite::Result<()> {
        let seen: Vec<u8> = standing.query_row(
            named_params! {":cycle": cycle.as_bytes(), ":now": now, ":session": self.session.as_bytes()},
            |row| row.get(6),
        )?;
        assert_eq!(seen, network.as_bytes());
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let told: Vec<String> = env::args().skip(1).collect();
    let [file, session, person, cycles, seconds, group] = &told[..] else {
        return Err("say FILE SESSION PERSON CYCLES SECONDS GROUP".into());
    };
    let asked = Asked { session: session.parse()?, person: person.parse()?, cycles: cycles.parse()? };
    let connection = Connection::open(file)?;
    connection.execute_batch(PRAGMAS)?;
    let (began, long) = (Instant::now(), Duration::from_secs_f64(seconds.parse()?));
    let mut written = 0;
    if group == "batch" {
        let mut batches = Batches::on(&connection)?;
        while began.elapsed() < long {
            batches.write(&connection, &asked, began.elapsed().subsec_nanos())?;
            written += BATCH;
        }
    } else {
        let (group, mut singles) = (group.parse()?, Singles::on(&connection)?);
        while began.elapsed() < long {
            singles.write(&connection, &asked, group, began.elapsed().subsec_nanos())?;
            written += group;
        }
    }
    println!("{:.1}", written as f64 / began.elapsed().as_secs_f64());
    Ok(())
}

/// The id of a kind's record by its number: see `examples/fill.rs`.
fn id(kind: u128, number: u64) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_0000_0000_0000_0000 | kind << 48 | u128::from(number))
}

fn now() -> Result<i64, Box<dyn Error>> {
    Ok(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros())?)
}

struct Singles<'c> {
    standing: Statement<'c>,
    take: Statement<'c>,
    observation: Statement<'c>,
    change: Statement<'c>,
}

impl<'c> Singles<'c> {
    fn on(connection: &'c Connection) -> rusqlite::Result<Singles<'c>> {
        Ok(Singles {
            standing: connection.prepare(STANDING)?,
            take: connection.prepare(TAKE)?,
            observation: connection.prepare(OBSERVATION)?,
            change: connection.prepare(CHANGE)?,
        })
    }

    fn write(
        &mut self,
        connection: &Connection,
        asked: &Asked,
        group: usize,
        chance: u32,
    ) -> Result<(), Box<dyn Error>> {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for turn in 0..group as u64 {
            let number = (u64::from(chance) + turn * 7_919) % asked.cycles;
            let (cycle, network, new, now) = (id(0x8002, number), id(0x8001, number), Uuid::now_v7(), now()?);
            asked.stands_in(&mut self.standing, cycle, network, now)?;
            assert_eq!(self.take.execute(named_params! {":network": network.as_bytes()})?, 1);
            self.observation.execute(named_params! {
                ":id": new.as_bytes(), ":network": network.as_bytes(), ":cycle": cycle.as_bytes(), ":body": BODY,
                ":perspective": "citizen", ":voice": "retold", ":none": None::<Vec<u8>>, ":list": "[]",
                ":tags": r#"["drempel","koffie"]"#, ":false": false, ":state": "logged",
                ":person": asked.person.as_bytes(), ":now": now, ":one": 1, ":digest": [0_u8; 0],
            })?;
            self.change.execute(named_params! {
                ":network": network.as_bytes(), ":cycle": cycle.as_bytes(), ":person": asked.person.as_bytes(),
                ":now": now, ":kind": "observation.created", ":id": new.as_bytes(), ":one": 1,
                ":audience": "members",
            })?;
        }
        Ok(connection.execute_batch("COMMIT")?)
    }
}

/// Batches of 1,000 rows. The values of a record's and a change's row stand in the order of the statements for one.
struct Batches<'c> {
    standing: Statement<'c>,
    observations: Statement<'c>,
    changes: Statement<'c>,
    count: Statement<'c>,
}

impl<'c> Batches<'c> {
    fn on(connection: &'c Connection) -> rusqlite::Result<Batches<'c>> {
        let many = |one: &str, row: String| {
            let head = one.split("VALUES").next().unwrap_or_default();
            connection.prepare(&format!("{head} VALUES {}", vec![row; ROWS].join(", ")))
        };
        let places = |count| vec!["?"; count].join(", ");
        Ok(Batches {
            standing: connection.prepare(STANDING)?,
            observations: many(OBSERVATION, format!("({})", places(21)))?,
            changes: many(CHANGE, format!("({})", places(9)))?,
            count: connection.prepare(
                "UPDATE network_streams SET last_change = last_change + ? WHERE network_id = ? RETURNING last_change",
            )?,
        })
    }

    fn write(&mut self, connection: &Connection, asked: &Asked, chance: u32) -> Result<(), Box<dyn Error>> {
        let number = u64::from(chance) % asked.cycles;
        let (cycle, network, now) = (id(0x8002, number), id(0x8001, number), now()?);
        connection.execute_batch("BEGIN IMMEDIATE")?;
        asked.stands_in(&mut self.standing, cycle, network, now)?;
        let mut last: i64 = self.count.query_row((BATCH as i64, network.as_bytes()), |row| row.get(0))?;
        last -= BATCH as i64;
        let blob = |id: Uuid| Value::Blob(id.as_bytes().to_vec());
        let text = |text: &str| Value::Text(text.to_owned());
        for _ in 0..BATCH / ROWS {
            let (mut observations, mut changes) = (Vec::new(), Vec::new());
            for _ in 0..ROWS {
                let new = Uuid::now_v7();
                last += 1;
                observations.extend([
                    blob(new),
                    blob(network),
                    blob(cycle),
                    text(BODY),
                    text("citizen"),
                    text("retold"),
                    Value::Null,
                    text("[]"),
                    Value::Null,
                    text("[]"),
                    text("[]"),
                    text(r#"["drempel","koffie"]"#),
                    Value::Integer(0),
                    text("logged"),
                    Value::Null,
                    blob(asked.person),
                    Value::Integer(now),
                    Value::Integer(now),
                    Value::Integer(now),
                    Value::Integer(1),
                    Value::Blob(vec![7; 32]),
                ]);
                changes.extend([
                    blob(network),
                    blob(cycle),
                    blob(asked.person),
                    Value::Integer(now),
                    text("observation.created"),
                    blob(new),
                    Value::Integer(1),
                    text("members"),
                    Value::Integer(last),
                ]);
            }
            self.observations.execute(params_from_iter(observations))?;
            self.changes.execute(params_from_iter(changes))?;
        }
        Ok(connection.execute_batch("COMMIT")?)
    }
}
