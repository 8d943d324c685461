//! Many bodies of one kind, each screened for itself.

use super::{Answered, Screened, Unscreened, resend};
use crate::access::Tx;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::record::Wrote;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ops::Range;
use std::sync::Arc;

/// Bodies that are written together, or rehearsed.
pub struct Run<B> {
    bodies: Arc<Vec<Unscreened<B>>>,
    which: Range<usize>,
    pub kept: bool,
}

impl<B> Run<B> {
    /// Some of `bodies`. Nothing of them stays unless they are `kept`.
    pub fn of(bodies: &Arc<Vec<Unscreened<B>>>, which: Range<usize>, kept: bool) -> Run<B> {
        Run { bodies: bodies.clone(), which, kept }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Unscreened<B>> {
        self.bodies[self.which.clone()].iter()
    }
}

/// The same for creates, of which one that is refused may have been stored before: see [`resend`].
pub fn creates<'b, B, T>(
    tx: &mut Tx<'_>,
    sent: Vec<(Option<Id>, &'b Unscreened<B>)>,
    work: impl Fn(&mut Tx<'_>, Vec<(usize, &B)>) -> Result<Vec<Result<T>>>,
) -> Result<Vec<Result<Answered<T>>>>
where
    B: Serialize + DeserializeOwned + 'b,
    T: Wrote,
{
    let mut answered = run(tx, sent.iter().copied(), &work)?;
    let refused: Vec<usize> =
        answered.iter().enumerate().filter(|(_, one)| resend::may_be(one)).map(|(at, _)| at).collect();
    if refused.is_empty() {
        return Ok(answered);
    }
    let bodies = refused.iter().filter_map(|at| Some((*at, sent.get(*at)?.1.as_sent()))).collect();
    let stored = resend::stored(tx, |tx| work(tx, bodies))?.unwrap_or_default();
    for (at, outcome) in refused.into_iter().zip(stored) {
        if let (Ok(value), Some(place)) = (outcome, answered.get_mut(at))
            && !value.is_fresh()
        {
            *place = Ok(resend::answer(tx, value)?);
        }
    }
    Ok(answered)
}

/// Screens bodies, each for its network, and does `work` with those whose texts may be stored: it is handed the place of
/// each among those that were sent, and answers for each. What was found in the others is their refusal.
pub fn run<'b, B, T>(
    tx: &mut Tx<'_>,
    sent: impl IntoIterator<Item = (Option<Id>, &'b Unscreened<B>)>,
    work: impl FnOnce(&mut Tx<'_>, Vec<(usize, &B)>) -> Result<Vec<Result<T>>>,
) -> Result<Vec<Result<Answered<T>>>>
where
    B: Serialize + DeserializeOwned + 'b,
    T: Wrote,
{
    let mut screened: Vec<Result<Screened<'b, B>>> = Vec::new();
    for (network_id, body) in sent {
        screened.push(match body.screen(tx, network_id) {
            refused @ Err(Error::Invalid { .. }) => refused,
            screened => Ok(screened?),
        });
    }
    let fit = screened.iter().enumerate();
    let bodies: Vec<(usize, &B)> =
        fit.filter_map(|(at, one)| Some((at, one.as_ref().ok()?.body()))).collect();
    let outcomes = match bodies.is_empty() {
        true => Vec::new(),
        false => work(tx, bodies)?,
    };
    let mut outcomes = outcomes.into_iter();
    let mut answered = Vec::with_capacity(screened.len());
    for one in screened {
        answered.push(match one {
            Err(refusal) => Err(refusal),
            Ok(one) => match outcomes.next() {
                None => return Err(Error::internal("a body of a run had no outcome")),
                Some(Err(refusal)) => Err(refusal),
                Some(Ok(value)) => {
                    let warnings = one.settle(tx, &value)?;
                    Ok(Answered { value, warnings })
                }
            },
        });
    }
    Ok(answered)
}
