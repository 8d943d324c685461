//! What goes on on a connection: whether a request is under way, and since when the next has been waited for.

use crate::clock::Stopwatch;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::web::Bytes;
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

/// What is certainly sent with the head of its answer. A body that is not may go on for long, and so may what is read
/// beside it.
const SENT_AT_ONCE: u64 = 32 * 1024;

/// Shared by a connection and by the requests that come on it.
#[derive(Clone, Default)]
pub struct Exchange(Rc<State>);

#[derive(Default)]
struct State {
    under_way: Cell<usize>,
    waited: Cell<Option<(Waiting, Stopwatch)>>,
}

/// What is waited for between requests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Waiting {
    /// For anything at all, once an answer was sent.
    Quiet,
    /// For the rest of a head, or of a body that nobody reads.
    Rest,
}

impl Exchange {
    /// Says that the head of a request has arrived, and a request is under way until what this gives is gone.
    pub fn begin(&self) -> UnderWay {
        self.0.waited.set(None);
        self.0.under_way.set(self.0.under_way.get() + 1);
        UnderWay(self.0.clone())
    }

    /// Says that something arrived. While a request is under way it belongs to that, or comes early.
    pub(super) fn arrived(&self) {
        if !self.waits_for(Waiting::Rest) {
            self.wait(Waiting::Rest);
        }
    }

    /// Says that something was sent; whether now the next request is waited for.
    pub(super) fn sent(&self) -> bool {
        self.0.waited.get().is_none() && self.wait(Waiting::Quiet)
    }

    /// What has been waited for, and how long.
    pub(super) fn waited(&self) -> Option<(Waiting, Duration)> {
        self.0.waited.get().map(|(waiting, since)| (waiting, since.elapsed()))
    }

    fn waits_for(&self, what: Waiting) -> bool {
        self.0.waited.get().is_some_and(|(waiting, _)| waiting == what)
    }

    fn wait(&self, what: Waiting) -> bool {
        let idle = self.0.under_way.get() == 0;
        if idle {
            self.0.waited.set(Some((what, Stopwatch::start())));
        }
        idle
    }
}

/// A request that is being answered.
pub struct UnderWay(Rc<State>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.set(self.0.under_way.get().saturating_sub(1));
    }
}

impl UnderWay {
    /// Goes on until the body is sent.
    pub fn until_sent(self, body: BoxBody) -> BoxBody {
        match body.size() {
            BodySize::None => body,
            BodySize::Sized(bytes) if bytes <= SENT_AT_ONCE => body,
            _ => BoxBody::new(Sending { body, _under_way: self }),
        }
    }
}

struct Sending {
    body: BoxBody,
    _under_way: UnderWay,
}

impl MessageBody for Sending {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(context)
    }
}
