//! Many bodies of one kind, each screened for itself.

use super::{Answered, Screened, Unscreened};
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
