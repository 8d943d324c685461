//! How a job goes on and ends. Pure.

use super::types::{JobFailure, JobRow, JobState};
use crate::clock::Instant;
use crate::error::{Error, Result};
use chrono::Duration;

/// How often a job is taken up at most.
pub const MOST_ATTEMPTS: i32 = 3;
/// Jobs of a network that wait or are being done, at most, before no more are asked for.
pub const MOST_UNFINISHED: i64 = 10;

impl JobState {
    pub fn is_ended(self) -> bool {
        matches!(self, JobState::Done | JobState::Failed | JobState::Cancelled)
    }
}

/// Cancels what has not ended; answers the state that it had.
pub fn cancel(job: &mut JobRow) -> Result<&'static str> {
    if job.state.is_ended() {
        let state: &str = job.state.into();
        let detail = format!("The job has ended already: it is {state}.");
        return Err(Error::conflict("job_ended", detail).with("state", state));
    }
    let from = job.state;
    job.state = JobState::Cancelled;
    Ok(from.into())
}

/// What becomes of a job after an attempt that failed: it is due again a little later, longer each time, or has failed.
pub fn after_failure(attempts: i32, now: Instant) -> Result<Instant, JobFailure> {
    if attempts >= MOST_ATTEMPTS {
        return Err(JobFailure::CouldNotBeMade);
    }
    Ok(now.plus(Duration::seconds(i64::from(attempts * attempts))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_tried_a_few_times_and_later_each_time() {
        let now = Instant::from_micros(0).expect("an instant");
        let waits = |attempts| after_failure(attempts, now).map(|due| due.seconds_since(now));
        assert_eq!((waits(1), waits(2)), (Ok(1.0), Ok(4.0)));
        assert_eq!(waits(MOST_ATTEMPTS), Err(JobFailure::CouldNotBeMade));
    }
}
