//! Who outside is told of changes, how, and what becomes of it.

mod delivering;
mod failing;
mod listening;
mod looking_after;
mod reaching;
mod together;

use crate::support::{Api, on_each};

/// Runs a test on both servers that send to this machine.
#[track_caller]
fn sending(body: impl Fn(&Api)) {
    on_each(|kind| body(Api::sending(kind)));
}
