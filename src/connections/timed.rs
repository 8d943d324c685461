//! A connection that breaks off when the head of a request takes too long to arrive.

use super::exchange::Exchange;
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
    /// Goes off when a head may be late. It is set anew only then, not with each request.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl<T> Timed<T> {
    pub fn new(io: T, head_time: Duration) -> Timed<T> {
        Timed { io, exchange: Exchange::default(), head_time, alarm: None }
    }

    pub fn exchange(&self) -> Exchange {
        self.exchange.clone()
    }

    /// Whether the head that is arriving is late; if it is not, the task is woken when it will be.
    fn is_late(&mut self, context: &mut Context<'_>) -> bool {
        let Some(taken) = self.exchange.head_takes() else { return false };
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep(self.head_time)));
        if alarm.as_mut().poll(context).is_pending() {
            return false;
        }
        if taken >= self.head_time {
            return true;
        }
        // It was set for a head before this one.
        alarm.set(sleep(self.head_time - taken));
        alarm.as_mut().poll(context).is_ready()
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
                return Poll::Ready(Err(Error::new(ErrorKind::TimedOut, "the head of a request is late")));
            }
            _ => {}
        }
        read
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Timed<T> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        Pin::new(&mut self.get_mut().io).poll_write(context, bytes)
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
        Pin::new(&mut self.get_mut().io).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }
}
