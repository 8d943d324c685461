//! Tells the learning record store what happens, in the order in which it happens. It follows the change log with a position
//! for each network that wants to be told of, which moves on only when the store has what comes before it. Cut short
//! anywhere, it sends the last statements once more: their ids are the same, and the store has them already.

use super::lrs::{Lrs, Outcome, PATIENCE};
use super::types::Statement;
use super::{Telling, store};
use crate::access::Access;
use crate::change_log::pulse::Pulse;
use crate::clock;
use crate::error::Result;
use crate::ids::Id;
use crate::outbound::retry::{Schedule, dice};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;

/// Statements in one request.
const BATCH: usize = 100;
/// Networks that are looked up at once.
const NETWORKS: i64 = 50;
/// Seconds to wait after failures in a row, of the database or of the store; the last after each that follows.
const WAITS: [f64; 10] = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 300.0];
/// Before another look at networks that another server tells of.
const PAUSE: Duration = Duration::from_secs(1);
/// How often a store may break on the same statements until they are taken to be the cause.
const TRIES: u32 = 6;

/// Follows all networks that want it until it is told to stop.
pub async fn follow(
    access: Access,
    lrs: Lrs,
    telling: Telling,
    mut pulse: Pulse,
    mut stop: watch::Receiver<()>,
) {
    let mut forwarder = Forwarder { access, lrs, telling, failures: 0, broke: (Id::NIL, 0, 0) };
    loop {
        pulse.mark_unchanged();
        // Dropped halfway it does no harm: see above.
        let pause = tokio::select! {
            pause = forwarder.round() => pause,
            _ = stop.changed() => return,
        };
        tokio::select! {
            () = async { match pause {
                Some(pause) => sleep(pause).await,
                None => if pulse.changed().await.is_err() { std::future::pending().await },
            } } => {}
            _ = stop.changed() => return,
        }
    }
}

struct Forwarder {
    access: Access,
    lrs: Lrs,
    telling: Telling,
    /// In a row.
    failures: usize,
    /// The network and the position at which the store broke, and how often it did.
    broke: (Id, i64, u32),
}

/// Nothing can be sent at present.
struct Away {
    reason: String,
    retry_after: Option<Duration>,
}

impl From<crate::error::Error> for Away {
    fn from(error: crate::error::Error) -> Away {
        Away { reason: error.to_string(), retry_after: None }
    }
}

impl Forwarder {
    /// Sends what there is to send. How long to wait until the next round; none until something is written.
    async fn round(&mut self) -> Option<Duration> {
        match self.send_all().await {
            Ok(more) => {
                if self.failures > 0 {
                    log::info!("the learning record store is told of what happens again");
                }
                self.failures = 0;
                more
            }
            Err(Away { reason, retry_after }) => {
                self.failures = (self.failures + 1).min(WAITS.len());
                let waits = Schedule::new(WAITS.map(Duration::from_secs_f64).to_vec());
                let dice = dice().unwrap_or(1.0);
                let wait = waits.pause_of_at_least(self.failures, dice, retry_after).unwrap_or(PAUSE);
                log::warn!("the learning record store could not be told, again in {wait:.1?}: {reason}");
                Some(wait)
            }
        }
    }

    async fn send_all(&mut self) -> Result<Option<Duration>, Away> {
        loop {
            let behind = self.access.survey(|tx| Ok(store::behind(tx, NETWORKS)?)).await?;
            if behind.is_empty() {
                let held = self.access.survey(|tx| Ok(store::held(tx)?)).await?;
                return Ok(held.then_some(PAUSE));
            }
            let mut sent = false;
            for network_id in behind {
                sent |= self.send_some(network_id).await?;
            }
            if !sent {
                return Ok(Some(PAUSE));
            }
        }
    }

    /// Sends one batch of a network. False where somebody else has it.
    async fn send_some(&mut self, network_id: Id) -> Result<bool, Away> {
        // Longer than a batch can take in which each statement is sent by itself would hold up everything after a crash.
        // Who is slower than this may be overtaken: then statements are sent twice, and stored once.
        let until = clock::now().plus(chrono::Duration::seconds(2 * PATIENCE.as_secs() as i64));
        let taken = self.access.console(move |tx| Ok(store::take(tx, network_id, until)?)).await?;
        let Some(from) = taken else { return Ok(false) };
        let delivered = self.deliver(network_id, from).await;
        let (to, refused) = *delivered.as_ref().unwrap_or(&(from, 0));
        let back = move |tx: &mut crate::access::Tx<'_>| {
            Ok(store::give_back(tx, network_id, until, (from, to), refused)?)
        };
        self.access.console(back).await?;
        delivered.map(|_| true)
    }

    /// Answers with the change up to which the store was told, and how many statements it refused.
    async fn deliver(&mut self, network_id: Id, from: i64) -> Result<(i64, i64), Away> {
        let telling = self.telling.clone();
        let (statements, to) =
            self.access.survey(move |tx| super::after(tx, network_id, &telling, from, BATCH)).await?;
        let refused = self.post(network_id, from, &statements).await?;
        Ok((to, refused))
    }

    /// Sends statements, in parts where the store refuses them together: so one that it will not have holds up no other.
    async fn post(&mut self, network_id: Id, from: i64, statements: &[Statement]) -> Result<i64, Away> {
        let mut refused = 0;
        // The last is sent first: it is the beginning of what is left.
        let mut parts = vec![statements];
        while let Some(part) = parts.pop() {
            if part.is_empty() {
                continue;
            }
            let code = match self.lrs.post(part).await {
                Outcome::Stored => continue,
                Outcome::Known => 409,
                Outcome::Refused(code) => code,
                Outcome::Broke(code) => {
                    let (network, position, times) = self.broke;
                    let times = if (network, position) == (network_id, from) { times + 1 } else { 1 };
                    self.broke = (network_id, from, times);
                    if times < TRIES {
                        return Err(Away { reason: format!("it answered {code}"), retry_after: None });
                    }
                    code
                }
                Outcome::Away { reason, retry_after } => return Err(Away { reason, retry_after }),
            };
            match part {
                [statement] => {
                    let id = statement.id;
                    if code == 409 {
                        log::warn!(
                            "the learning record store has statement {id} by other content, and keeps it"
                        );
                    } else {
                        log::error!(
                            "the learning record store refused statement {id} with {code}, and is told no more of it"
                        );
                        refused += 1;
                    }
                }
                _ => {
                    let (first, second) = part.split_at(part.len() / 2);
                    parts.extend([second, first]);
                }
            }
        }
        Ok(refused)
    }
}
