//! The bytes of a file as they arrive.

use crate::error::{Error, FieldError, Result};
use crate::http::arriving::{Arriving, Broken};
use actix_web::web::{Bytes, BytesMut};

/// What is looked at before the first row, at most.
const HEAD: usize = 64 * 1024;

pub struct Source {
    file: Arriving,
    piece: Bytes,
    ended: bool,
}

impl Source {
    /// A file in UTF-8 of at most so many bytes, without its byte order mark.
    pub async fn open(file: Arriving, most_bytes: u64) -> Result<Source> {
        let mut source = Source { file: file.at_most(most_bytes), piece: Bytes::new(), ended: false };
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
            let more = self.arriving().await;
            let more = more.map_err(|broken| broken.refused(self.file.most_bytes(), not_whole))?;
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
        let piece = self.file.next().await?;
        self.ended = piece.is_none();
        Ok(piece.unwrap_or_default())
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
