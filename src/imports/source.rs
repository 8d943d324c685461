//! The bytes of a file as they arrive.

use crate::error::{Error, FieldError, Result};
use actix_web::web::{Bytes, BytesMut, Payload};
use futures_util::StreamExt;
use std::time::Duration;
use tokio::time::timeout;

/// How long a file may stand still before its import is given up.
const PATIENCE: Duration = Duration::from_secs(60);
/// What is looked at before the first row, at most.
const HEAD: usize = 64 * 1024;

/// Why a file did not arrive whole.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("the file stood still")]
    Still,
    #[error("the file is too large")]
    TooLarge,
    #[error("the file broke off: {0}")]
    Off(String),
}

pub struct Source {
    payload: Payload,
    piece: Bytes,
    arrived: u64,
    most_bytes: u64,
    ended: bool,
}

impl Source {
    /// A file in UTF-8 of at most so many bytes, without its byte order mark.
    pub async fn open(payload: Payload, most_bytes: u64) -> Result<Source> {
        let mut source = Source { payload, piece: Bytes::new(), arrived: 0, most_bytes, ended: false };
        let head = source.gather(|head| head.len() >= 3).await?;
        if head.starts_with(&[0xfe, 0xff]) || head.starts_with(&[0xff, 0xfe]) {
            return Err(not_utf8("The file is in UTF-16."));
        }
        if head.starts_with(crate::http::csv::BYTE_ORDER_MARK.as_bytes()) {
            source.take(3);
        }
        Ok(source)
    }

    /// The first line as far as it can be seen.
    pub async fn first_line(&mut self) -> Result<&[u8]> {
        let head = self.gather(|head| head.contains(&b'\n')).await?;
        let end = head.iter().position(|byte| *byte == b'\n').unwrap_or(head.len());
        Ok(&head[..end])
    }

    /// Waits for the beginning of what is to be read until it is `enough`, or all there is, or all that is looked at.
    async fn gather(&mut self, enough: impl Fn(&[u8]) -> bool) -> Result<&[u8]> {
        while !self.ended && self.piece.len() < HEAD && !enough(&self.piece) {
            let more = self.arriving().await.map_err(|_| not_whole())?;
            let mut piece = BytesMut::from(&self.piece[..]);
            piece.extend_from_slice(&more);
            self.piece = piece.freeze();
        }
        Ok(&self.piece)
    }

    /// What is there to be read; nothing at the end alone.
    pub async fn more(&mut self) -> Result<&[u8], Broken> {
        while self.piece.is_empty() && !self.ended {
            self.piece = self.arriving().await?;
        }
        Ok(&self.piece)
    }

    /// Says that so much of it was read.
    pub fn take(&mut self, count: usize) {
        self.piece = self.piece.slice(count.min(self.piece.len())..);
    }

    async fn arriving(&mut self) -> Result<Bytes, Broken> {
        match timeout(PATIENCE, self.payload.next()).await {
            Err(_) => Err(Broken::Still),
            Ok(None) => {
                self.ended = true;
                Ok(Bytes::new())
            }
            Ok(Some(Ok(piece))) => {
                self.arrived += piece.len() as u64;
                if self.arrived > self.most_bytes { Err(Broken::TooLarge) } else { Ok(piece) }
            }
            Ok(Some(Err(error))) => Err(Broken::Off(error.to_string())),
        }
    }
}

/// 400 for a file of which the end is missing.
pub fn not_whole() -> Error {
    let fault = FieldError::new("", "malformed_body", "The file did not arrive whole.");
    Error::invalid_body(vec![fault])
}

/// 400 for what is in another encoding.
pub fn not_utf8(what: &str) -> Error {
    let detail = format!("{what} Save it as UTF-8; some spreadsheets call that \"CSV UTF-8\".");
    Error::invalid_body(vec![FieldError::new("", "bad_encoding", detail)])
}
