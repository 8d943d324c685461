//! A connection that breaks off when the head of a request takes too long to arrive, or when nothing comes at all: the
//! framework bounds that too, but not while it waits for the end of a body that nobody reads.

use super::Bounds;
use super::exchange::{Exchange, Waiting};
use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

pub struct Timed<T> {
    io: T,
    exchange: Exchange,
    head_time: Duration,
    quiet_time: Duration,
    /// Goes off when something may be late. It is set anew only then, not with each request.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl<T> Timed<T> {
    pub fn new(io: T, bounds: Bounds) -> Timed<T> {
        let Bounds { head_time, keep_alive, .. } = bounds;
        let quiet_time = keep_alive + head_time;
        Timed { io, exchange: Exchange::default(), head_time, quiet_time, alarm: None }
    }

    pub fn exchange(&self) -> Exchange {
        self.exchange.clone()
    }

    /// Whether what is waited for is late; if it is not, the task is woken when it will be.
    fn is_late(&mut self, context: &mut Context<'_>) -> bool {
        let Some((waiting, waited)) = self.exchange.waited() else { return false };
        let time = if waiting == Waiting::Rest { self.head_time } else { self.quiet_time };
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep(self.head_time)));
        if alarm.as_mut().poll(context).is_pending() {
            return false;
        }
        if waited >= time {
            return true;
        }
        // It was set for what came before. Never for longer than a head has, which may begin meanwhile.
        alarm.set(sleep((time - waited).min(self.head_time)));
        // Looked at, it wakes the task when it goes off.
        if alarm.as_mut().poll(context).is_ready() {
            context.waker().wake_by_ref();
        }
        false
    }

    /// Has the task woken when nothing comes after an answer. If it is late then, reading says so.
    fn watch(&mut self, context: &mut Context<'_>) {
        if self.exchange.sent() {
            self.is_late(context);
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Timed<T> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.io).poll_read(context, buffer);
        match read {
            Poll::Ready(Ok(())) if buffer.filled().len() > before => this.exchange.arrived(),
            Poll::Pending if this.is_late(context) => {
                return Poll::Ready(Err(Error::new(
                    ErrorKind::TimedOut,
                    "nothing more of a request arrives",
                )));
            }
            _ => {}
        }
        read
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Timed<T> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.io).poll_write(context, bytes);
        this.watch(context);
        written
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_shutdown(context)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.io).poll_write_vectored(context, parts);
        this.watch(context);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }
}
