//! What goes on on a connection: whether a request is under way, and since when the head of the next has been arriving.

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
    head_began: Cell<Option<Stopwatch>>,
}

impl Exchange {
    /// Says that the head of a request has arrived, and a request is under way until what this gives is gone.
    pub fn begin(&self) -> UnderWay {
        self.0.head_began.set(None);
        self.0.under_way.set(self.0.under_way.get() + 1);
        UnderWay(self.0.clone())
    }

    /// Says that something arrived. While a request is under way it belongs to that, or comes early.
    pub(super) fn arrived(&self) {
        if self.0.under_way.get() == 0 && self.0.head_began.get().is_none() {
            self.0.head_began.set(Some(Stopwatch::start()));
        }
    }

    /// How long the head of a request has been arriving, if one has.
    pub(super) fn head_takes(&self) -> Option<Duration> {
        self.0.head_began.get().map(Stopwatch::elapsed)
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
