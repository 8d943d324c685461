//! Fills a database for a benchmark: 100,000 observations in 10 networks of 10 cycles, all of one coordinator.
//!
//! `DATABASE_URL=… fill FOLDER` writes FOLDER/networks, FOLDER/cycles and FOLDER/observations, an id a line, and prints the
//! sign-in as a line of JSON. `fill FOLDER NETWORKS CYCLES OBSERVATIONS` makes so many networks, cycles in each and
//! observations in each of those, and has them reflected on, acted on and evaluated as in an ordinary cycle. Ids can be told
//! from their numbers (see `id`), so that a load tool which knows numbers alone can ask for any of them.

use feedbacklus::access::{Access, Tx, password, tokens};
use feedbacklus::actions::types::ActionCreate;
use feedbacklus::cycles::rules::CycleState;
use feedbacklus::cycles::types::CycleCreate;
use feedbacklus::db::{Db, migrate};
use feedbacklus::error::Result;
use feedbacklus::evaluations::{ActionKey, types::EvaluationCreate};
use feedbacklus::http::body::HappenedAt;
use feedbacklus::ids::Id;
use feedbacklus::networks::types::NetworkCreate;
use feedbacklus::observations::types::ObservationCreate;
use feedbacklus::people::types::PersonCreate;
use feedbacklus::reflections::types::ReflectionCreate;
use feedbacklus::{actions, cycles, evaluations, networks, observations, people, reflections};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Write;
use std::{env, fs};

/// Networks, cycles in each, observations in each of those.
const USUAL: [usize; 3] = [10, 10, 1_000];
/// Observations in a row of which one is reflected on with the one before, and reflections of which one leads to an action;
/// every other action is evaluated.
const REFLECTED: usize = 4;
const ACTED_ON: usize = 3;
/// Of ids of networks, cycles and observations: what stands for the kind in them.
const KINDS: [u16; 3] = [0x8001, 0x8002, 0x8003];
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
/// Words of which each two stand together in [`HITS`] observations, however many there are.
const RARE: [&str; 10] = [
    "zonnebloem vijver",
    "fietsband lantaarn",
    "knutseltafel regenjas",
    "moestuin kruiwagen",
    "breiclub theepot",
    "schaakbord perron",
    "houtkachel sleutelbos",
    "duiventil parasol",
    "orgel wasknijper",
    "postduif ladder",
];
const HITS: usize = 50;
const WORDS: &str = "de het een mevrouw meneer buurvrouw vrijwilliger wijkverpleegkundige mantelzorger gemeente \
    wijkteam inloop koffie formulier afspraak brief telefoon drempel vertrouwen eenzaamheid schulden opleiding werk \
    stage taal kinderen dochter overbuurman huisarts bewindvoerder en maar omdat terwijl pas toen vandaag gisteren \
    vorige week vertelt vraagt zegt komt gaat helpt belt wacht zoekt durft blijft niet wel weer samen alleen eerst \
    daarna met zonder voor na bij naar over thuis buiten één keer twee financiële beëindigd coördinator";

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = env::args().nth(1).ok_or("say in which folder to write the ids")?;
    let numbers: Vec<usize> = env::args().skip(2).map(|number| number.parse()).collect::<Result<_, _>>()?;
    let practised = !numbers.is_empty();
    let [networks, cycles, size] = match numbers[..] {
        [] => USUAL,
        [networks, cycles, size] => [networks, cycles, size],
        _ => return Err("say how many networks, cycles and observations, or nothing".into()),
    };
    let url = env::var("DATABASE_URL")?;
    migrate::run(&url)?;
    let access = Access::open(Db::start(&url, 1)?, tokens::random()?.as_bytes()).await?;
    let secret = tokens::random()?;
    let hash = password::hash(secret.clone()).await?;
    let coordinator = access.console(move |tx| person(tx, &hash)).await?;
    let every = (networks * cycles * size / HITS).max(RARE.len());
    let (mut network_ids, mut cycle_ids, mut observation_ids) = (String::new(), String::new(), String::new());
    for number in 0..networks {
        let place = PLACES[number % PLACES.len()];
        let network = access.console(move |tx| network(tx, number, coordinator, place)).await?;
        writeln!(network_ids, "{network}")?;
        for turn in 0..cycles {
            let (cycle, ids) = access
                .console(move |tx| {
                    let (cycle, ids) =
                        cycle(tx, network, coordinator, (number * cycles + turn, turn), size, every)?;
                    if practised {
                        practise(tx, &cycle, coordinator, &ids)?;
                    }
                    Ok((cycle.id, ids))
                })
                .await?;
            writeln!(cycle_ids, "{cycle}")?;
            for id in ids {
                writeln!(observation_ids, "{id}")?;
            }
        }
        if (number + 1) % (networks / 10).max(1) == 0 {
            eprintln!("  filled {} of {networks} networks", number + 1);
        }
    }
    fs::write(format!("{folder}/networks"), network_ids)?;
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

fn network(tx: &mut Tx<'_>, number: usize, coordinator: Id, place: &str) -> Result<Id> {
    let body: NetworkCreate = read(json!({
        "id": id(KINDS[0], number),
        "name": format!("Samen in {place}"),
        "kind": "community",
        "locality": place,
    }));
    Ok(networks::create(tx, coordinator, &body)?.record.id)
}

/// A cycle and its observations, in one transaction. `number` counts all cycles, `turn` those of the network; one in `every`
/// observations holds each pair of rare words.
fn cycle(
    tx: &mut Tx<'_>,
    network: Id,
    coordinator: Id,
    (number, turn): (usize, usize),
    size: usize,
    every: usize,
) -> Result<(CycleState, Vec<Id>)> {
    tx.take(network)?;
    let body: CycleCreate = read(json!({
        "id": id(KINDS[1], number),
        "learningQuestion": format!("Wat helpt bij de eerste stap, ronde {turn}?"),
    }));
    let cycle = CycleState::from(&cycles::create(tx, network, coordinator, &body)?.record);
    let mut dice = Dice(turn as u64);
    let bodies: Vec<ObservationCreate> = (0..size)
        .map(|index| {
            let place = number * size + index;
            let mut text = prose(&mut dice);
            if let Some(words) = RARE.get(place % every) {
                text.push(' ');
                text.push_str(words);
            }
            let mut body: ObservationCreate = read(json!({
                "id": id(KINDS[2], place),
                "body": text,
                "perspective": PERSPECTIVES[dice.below(PERSPECTIVES.len())],
                "voice": "retold",
                "tags": ["drempel", "koffie"],
            }));
            let minutes_ago = dice.below(365 * 24 * 60) as i64;
            body.happened_at = Some(HappenedAt::at(tx.now.minus(chrono::Duration::minutes(minutes_ago))));
            body
        })
        .collect();
    let bodies: Vec<&ObservationCreate> = bodies.iter().collect();
    let created = observations::create_all(tx, network, Some(&cycle), coordinator, &bodies)?;
    let ids = created.into_iter().map(|created| Ok(created?.record.id)).collect::<Result<_>>()?;
    Ok((cycle, ids))
}

/// The id of a kind's record with such a number, from 0: its last twelve digits are the number in hexadecimal.
fn id(kind: u16, number: usize) -> String {
    format!("01900000-0000-7000-{kind:04x}-{number:012x}")
}

/// Reflections on the observations, actions that follow, and what came of them.
fn practise(tx: &mut Tx<'_>, cycle: &CycleState, coordinator: Id, observations: &[Id]) -> Result<()> {
    for (number, seen) in observations.chunks(REFLECTED).enumerate() {
        let body: ReflectionCreate = read(json!({
            "observationIds": &seen[..seen.len().min(2)],
            "model": "free",
            "answers": [{"promptId": "free", "text": "Wie ontbreekt hier aan tafel?"}],
            "loopDepth": "single",
        }));
        let reflection = reflections::create(tx, cycle, coordinator, &body)?.record.id;
        if number % ACTED_ON > 0 {
            continue;
        }
        let body: ActionCreate = read(json!({
            "reflectionIds": [reflection],
            "description": "Een week lang samen naar de inloop.",
            "kind": "experiment",
            "ownerId": coordinator,
        }));
        let action = actions::create(tx, cycle, coordinator, &body)?.record;
        if number % (2 * ACTED_ON) == 0 {
            let body: EvaluationCreate = read(json!({
                "expectedEffect": "Drie buren komen terug.",
                "seenEffect": "Twee kwamen terug.",
                "verdict": "partly",
                "judgedBy": "citizen",
            }));
            evaluations::create(tx, &ActionKey::from(&action), coordinator, &body)?;
        }
    }
    Ok(())
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
