//! Fills a database for the benchmark: 100,000 observations in 10 networks of 10 cycles, all of one coordinator.
//!
//! `DATABASE_URL=… fill FOLDER` writes FOLDER/cycles and FOLDER/observations, an id a line, and prints the sign-in as
//! a line of JSON.

use feedbacklus::access::{Access, Tx, password, tokens};
use feedbacklus::cycles::rules::CycleState;
use feedbacklus::cycles::types::CycleCreate;
use feedbacklus::db::{Db, migrate};
use feedbacklus::error::Result;
use feedbacklus::http::body::HappenedAt;
use feedbacklus::ids::Id;
use feedbacklus::networks::types::NetworkCreate;
use feedbacklus::observations::types::ObservationCreate;
use feedbacklus::people::types::PersonCreate;
use feedbacklus::{cycles, networks, observations, people};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Write;
use std::{env, fs};

const NETWORKS: usize = 10;
const CYCLES: usize = 10;
const OBSERVATIONS: usize = 1_000;
const EMAIL: &str = "coordinator@bench.example";

const PLACES: [&str; 10] = [
    "Heumen",
    "Venlo",
    "Nijmegen",
    "Panningen",
    "Malden",
    "Meijel",
    "Lent",
    "Tegelen",
    "Dukenburg",
    "Blerick",
];
const PERSPECTIVES: [&str; 5] = ["citizen", "practitioner", "informal_carer", "organisation", "system"];
const WORDS: &str = "de het een mevrouw meneer buurvrouw vrijwilliger wijkverpleegkundige mantelzorger gemeente \
    wijkteam inloop koffie formulier afspraak brief telefoon drempel vertrouwen eenzaamheid schulden opleiding werk \
    stage taal kinderen dochter overbuurman huisarts bewindvoerder en maar omdat terwijl pas toen vandaag gisteren \
    vorige week vertelt vraagt zegt komt gaat helpt belt wacht zoekt durft blijft niet wel weer samen alleen eerst \
    daarna met zonder voor na bij naar over thuis buiten één keer twee financiële beëindigd coördinator";

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = env::args().nth(1).ok_or("say in which folder to write the ids")?;
    let url = env::var("DATABASE_URL")?;
    migrate::run(&url)?;
    let access = Access::open(Db::start(&url, 1)?, tokens::random()?.as_bytes()).await?;
    let secret = tokens::random()?;
    let hash = password::hash(secret.clone()).await?;
    let coordinator = access.console(move |tx| person(tx, &hash)).await?;
    let (mut cycle_ids, mut observation_ids) = (String::new(), String::new());
    for place in PLACES.iter().take(NETWORKS) {
        let network = access.console(move |tx| network(tx, coordinator, place)).await?;
        for turn in 0..CYCLES {
            let (cycle, ids) = access.console(move |tx| cycle(tx, network, coordinator, turn)).await?;
            writeln!(cycle_ids, "{cycle}")?;
            for id in ids {
                writeln!(observation_ids, "{id}")?;
            }
        }
        eprintln!("  filled {place}");
    }
    fs::write(format!("{folder}/cycles"), cycle_ids)?;
    fs::write(format!("{folder}/observations"), observation_ids)?;
    println!("{}", json!({"email": EMAIL, "password": secret}));
    Ok(())
}

fn person(tx: &mut Tx<'_>, hash: &str) -> Result<Id> {
    tx.take(Id::NIL)?;
    let body: PersonCreate = read(json!({"email": EMAIL, "displayName": "Coördinator"}));
    Ok(people::create(tx, &body, Some(hash))?.record.id)
}

fn network(tx: &mut Tx<'_>, coordinator: Id, place: &str) -> Result<Id> {
    let body: NetworkCreate =
        read(json!({"name": format!("Samen in {place}"), "kind": "community", "locality": place}));
    Ok(networks::create(tx, coordinator, &body)?.record.id)
}

/// A cycle and its observations, in one transaction.
fn cycle(tx: &mut Tx<'_>, network: Id, coordinator: Id, turn: usize) -> Result<(Id, Vec<Id>)> {
    tx.take(network)?;
    let body: CycleCreate =
        read(json!({"learningQuestion": format!("Wat helpt bij de eerste stap, ronde {turn}?")}));
    let cycle = CycleState::from(&cycles::create(tx, network, coordinator, &body)?.record);
    let mut dice = Dice(turn as u64);
    let mut ids = Vec::new();
    for _ in 0..OBSERVATIONS {
        let mut body: ObservationCreate = read(json!({
            "body": prose(&mut dice),
            "perspective": PERSPECTIVES[dice.below(PERSPECTIVES.len())],
            "voice": "retold",
            "tags": ["drempel", "koffie"],
        }));
        let minutes_ago = dice.below(365 * 24 * 60) as i64;
        body.happened_at = Some(HappenedAt::at(tx.now.minus(chrono::Duration::minutes(minutes_ago))));
        ids.push(observations::create(tx, network, Some(&cycle), coordinator, &body)?.record.id);
    }
    Ok((cycle.id, ids))
}

/// 100 to 300 characters, about.
fn prose(dice: &mut Dice) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let length = 100 + dice.below(190);
    let mut text = String::from("Vandaag");
    while text.chars().count() < length {
        text.push(' ');
        text.push_str(words[dice.below(words.len())]);
    }
    text + "."
}

/// A body as a client would send it.
fn read<T: DeserializeOwned>(body: Value) -> T {
    serde_json::from_value(body).expect("a body that the contract takes")
}

/// Knuth's linear congruential generator: the same database each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}
