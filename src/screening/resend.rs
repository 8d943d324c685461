//! What is sent again, and would be refused by now. It is stored already: to refuse it would tell a client that a write failed
//! which did not, and keep nothing out. So it is answered as it was, as long as it is the very same.

use super::{Answered, PERSONAL_DATA, Unscreened};
use crate::access::Tx;
use crate::db::dialect;
use crate::error::{Error, Result};
use crate::privacy_warnings;
use crate::record::Wrote;

/// Whether an outcome is a refusal of texts.
pub fn may_be<T>(outcome: &Result<T>) -> bool {
    matches!(outcome, Err(Error::Invalid { code: PERSONAL_DATA, .. }))
}

/// What `work` comes to when nothing of it stays; none where it is refused.
pub fn stored<T>(tx: &mut Tx<'_>, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<Option<T>> {
    let mut outcome = None;
    let taken_back = tx.savepoint(|tx| {
        outcome = Some(work(tx));
        Err::<(), Error>(Error::NotFound)
    });
    // Anything else is that it could not be taken back.
    if let Err(error) = taken_back
        && !matches!(error, Error::NotFound)
    {
        return Err(error);
    }
    match outcome {
        Some(Err(Error::Database(error))) if dialect::may_succeed_again(&error) => {
            Err(Error::Database(error))
        }
        outcome => Ok(outcome.and_then(Result::ok)),
    }
}

/// Answers a body whose texts are refused: as before, where the work finds it stored and has nothing to write.
pub fn one<B, T: Wrote>(
    tx: &mut Tx<'_>,
    refusal: Error,
    body: &Unscreened<B>,
    work: impl FnOnce(&mut Tx<'_>, &B) -> Result<T>,
) -> Result<Answered<T>> {
    let before = tx.noted();
    let mut wrote = true;
    let stored = stored(tx, |tx| {
        let value = work(tx, &body.body)?;
        wrote = tx.noted() > before;
        Ok(value)
    })?;
    match stored {
        Some(value) if !wrote => answer(tx, value),
        _ => Err(refusal),
    }
}

/// The answer to what was sent again, with what in its texts is still to be looked at.
pub fn answer<T: Wrote>(tx: &mut Tx<'_>, value: T) -> Result<Answered<T>> {
    let warnings = match value.subject() {
        Some(subject) => privacy_warnings::open_of(tx, &subject)?,
        None => Vec::new(),
    };
    Ok(Answered { value, warnings })
}
