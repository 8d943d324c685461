//! The live stream: the same pages as are asked for otherwise, sent as soon as there is one.

use super::feed;
use super::position::{After, Position};
use super::types::{Changes, ChangesQuery};
use crate::access::{Guard, Op, Server};
use crate::change_log::pulse::Pulse;
use crate::error::{Error, Result};
use actix_web::Responder;
use actix_web::body::BoxBody;
use actix_web_lab::sse::{Data, Event, Sse};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

/// A comment that tells proxies and clients that the stream stands.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Who takes no page for so long is dropped, and goes on from its position when it comes back.
const PATIENCE: Duration = Duration::from_secs(30);
/// After the database could not answer.
const PAUSE: Duration = Duration::from_secs(1);
/// Pages that wait for a reader in the server's memory.
const WAITING: usize = 1;

/// What live streams wait for.
#[derive(Clone)]
pub struct Live {
    pub pulse: Pulse,
    /// Gone when the server stops.
    pub closing: watch::Receiver<()>,
}

/// Begins a stream. Its first page is read at once, so that what is refused is refused as a problem.
pub async fn begin(
    guard: Guard,
    live: &Live,
    mut query: ChangesQuery,
) -> Result<impl Responder<Body = BoxBody> + use<>> {
    let (mut pulse, closing) = (live.pulse.clone(), live.closing.clone());
    pulse.mark_unchanged();
    let first = page(&guard, &query).await?;
    let (sender, receiver) = mpsc::channel(WAITING);
    actix_web::rt::spawn(async move {
        // The first page is sent though it may be empty: so a client has a position at once.
        let (mut changes, mut due) = (first, true);
        while closing.has_changed().is_ok() && !guard.lasts().is_zero() {
            query.after = Position::read(&changes.next_after).map(After::Position);
            if due || !changes.items.is_empty() || !changes.gone.is_empty() {
                let Ok(event) = event(&changes) else { return };
                if !matches!(timeout(PATIENCE, sender.send(Ok(event))).await, Ok(Ok(()))) {
                    return;
                }
                due = false;
            }
            if !changes.more && !wait(&guard, &mut pulse, closing.clone(), &sender).await {
                return;
            }
            changes = match page(&guard, &query).await {
                Ok(changes) => changes,
                Err(Error::Busy(_)) => {
                    sleep(PAUSE).await;
                    Changes { items: Vec::new(), gone: Vec::new(), more: true, ..changes }
                }
                // The session has ended, or what was asked for is gone: who asks again is told why.
                Err(_) => return,
            };
        }
    });
    Ok(Sse::from_receiver(receiver).with_keep_alive(KEEP_ALIVE))
}

async fn page(guard: &Guard, query: &ChangesQuery) -> Result<Changes> {
    let query = query.clone();
    guard.read(Op::ListChanges, Server, move |tx, seen| feed::read(tx, seen.standing.person_id, &query)).await
}

/// Waits until something was written. False where the stream is over: the credential has expired, the reader is gone, or
/// the server stops.
async fn wait(
    guard: &Guard,
    pulse: &mut Pulse,
    mut closing: watch::Receiver<()>,
    sender: &mpsc::Sender<Result<Event, Infallible>>,
) -> bool {
    tokio::select! {
        changed = pulse.changed() => changed.is_ok(),
        () = sleep(guard.lasts()) => false,
        () = sender.closed() => false,
        _ = closing.changed() => false,
    }
}

/// A page as an event, whose id is the position after it.
fn event(changes: &Changes) -> Result<Event, serde_json::Error> {
    Ok(Data::new_json(changes)?.event("changes").id(changes.next_after.as_str()).into())
}
