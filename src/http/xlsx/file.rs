//! A file as the body of an answer, read piece by piece and off the workers.

use crate::error::{Error, Result};
use actix_web::body::SizedStream;
use actix_web::web::{self, Bytes};
use futures_util::stream::{self, Stream};
use std::fs::File;
use std::io::Read;

/// Bytes that are read at a time.
const PIECE: u64 = 64 * 1024;

/// The whole of a file that is at its beginning. Its length goes before it, so a client tells a part from the whole.
pub fn body(file: File) -> Result<SizedStream<impl Stream<Item = Result<Bytes>>>> {
    let length = file.metadata().map_err(Error::internal)?.len();
    let pieces = stream::try_unfold(file, |file| async move {
        let (piece, file) = web::block(move || read(file)).await.map_err(Error::internal)??;
        Ok((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
    });
    Ok(SizedStream::new(length, Box::pin(pieces)))
}

fn read(mut file: File) -> Result<(Vec<u8>, File)> {
    let mut piece = Vec::new();
    file.by_ref().take(PIECE).read_to_end(&mut piece).map_err(Error::internal)?;
    Ok((piece, file))
}
