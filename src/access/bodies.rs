//! The guard's door for what was sent: bodies are screened for the network of the place, once it was found and the caller is
//! allowed there, and the work is handed those whose texts may be stored.

use super::elsewhere::Elsewhere;
use super::guard::{Guard, Keep};
use super::locate::{Locate, Seen};
use super::op::Op;
use super::tx::Tx;
use crate::error::{Error, Result};
use crate::http::body::Sent;
use crate::record::Wrote;
use crate::screening::{self, Answered, Run, resend};
use serde::Serialize;
use serde::de::DeserializeOwned;

impl Guard {
    /// Work that writes what a body says, which it is handed once its texts were screened for the network of the place.
    pub async fn write_from<L, B, T, F>(&self, op: Op, at: L, body: B, work: F) -> Result<Answered<T>>
    where
        L: Locate,
        B: Sent,
        T: Wrote + Send + 'static,
        F: Fn(&mut Tx<'_>, Seen<L::Found>, &B::Value) -> Result<T> + Send + 'static,
    {
        self.write_across(op, at, Vec::new(), body, work).await
    }

    /// Work that writes in other networks besides the place's own, or depends on how they stand. Their rows are taken
    /// too, once the actor was found to see each of the places and to be allowed there what is asked.
    pub async fn write_across<L, B, T, F>(
        &self,
        op: Op,
        at: L,
        others: Vec<Elsewhere>,
        body: B,
        work: F,
    ) -> Result<Answered<T>>
    where
        L: Locate,
        B: Sent,
        T: Wrote + Send + 'static,
        F: Fn(&mut Tx<'_>, Seen<L::Found>, &B::Value) -> Result<T> + Send + 'static,
    {
        self.transact(op, at, others, Keep::Changes, screened(body, work)).await
    }

    /// Work that writes what a body says, of which nothing stays: to know what would come of it.
    pub async fn rehearse_from<L, B, T, F>(&self, op: Op, at: L, body: B, work: F) -> Result<Answered<T>>
    where
        L: Locate,
        B: Sent,
        T: Wrote + Send + 'static,
        F: Fn(&mut Tx<'_>, Seen<L::Found>, &B::Value) -> Result<T> + Send + 'static,
    {
        self.transact(op, at, Vec::new(), Keep::Nothing, screened(body, work)).await
    }

    /// Work that writes what many bodies say in one place, handed those whose texts may be stored. It answers for each of
    /// these; the others have their refusals.
    pub async fn write_run<L, B, T, F>(
        &self,
        op: Op,
        at: L,
        bodies: Run<B>,
        work: F,
    ) -> Result<Vec<Result<Answered<T>>>>
    where
        L: Locate,
        B: Serialize + DeserializeOwned + Send + Sync + 'static,
        T: Wrote + Send + 'static,
        F: Fn(&mut Tx<'_>, &Seen<L::Found>, &[&B]) -> Result<Vec<Result<T>>> + Send + 'static,
    {
        let keep = if bodies.kept { Keep::Changes } else { Keep::Nothing };
        let work = move |tx: &mut Tx<'_>, seen: Seen<L::Found>| {
            let network_id = seen.place.network_id;
            let sent = bodies.iter().map(|body| (network_id, body)).collect();
            screening::creates(tx, sent, |tx, bodies| {
                let bodies: Vec<&B> = bodies.into_iter().map(|(_, body)| body).collect();
                work(tx, &seen, &bodies)
            })
        };
        self.transact(op, at, Vec::new(), keep, work).await
    }
}

/// The work, handed a body whose texts may be stored.
fn screened<F, B, T, W>(
    body: B,
    work: W,
) -> impl Fn(&mut Tx<'_>, Seen<F>) -> Result<Answered<T>> + Send + 'static
where
    F: 'static,
    B: Sent,
    T: Wrote + 'static,
    W: Fn(&mut Tx<'_>, Seen<F>, &B::Value) -> Result<T> + Send + 'static,
{
    let body = body.unscreened();
    move |tx, seen| {
        let screened = match body.screen(tx, seen.place.texts_of.or(seen.place.network_id)) {
            outcome if resend::may_be(&outcome) => {
                let refusal = outcome.err().unwrap_or(Error::NotFound);
                return resend::one(tx, refusal, &body, |tx, body| work(tx, seen, body));
            }
            outcome => outcome?,
        };
        let value = work(tx, seen, screened.body())?;
        let warnings = screened.settle(tx, &value)?;
        Ok(Answered { value, warnings })
    }
}
