//! A body as it arrives: in pieces, and within a time that goes with its length, so that nobody holds a connection by
//! sending slowly.

use crate::clock::Stopwatch;
use crate::error::{Error, FieldError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt;
use std::future::{Ready, ready};
use std::time::Duration;
use tokio::time::timeout;

/// What arrives in a second at least, in bytes, once the time that every body has is over.
const SLOWEST: u64 = 32 * 1024;

/// The setting `BODY_TIMEOUT`: the time that every body has, however slowly it comes.
#[derive(Clone, Copy, Debug)]
pub struct BodyTime(pub Duration);

/// Why a body did not arrive whole.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("it arrived too slowly")]
    Late,
    #[error("it is too large")]
    TooLarge,
    #[error("it broke off: {0}")]
    Off(PayloadError),
}

pub struct Arriving {
    payload: Payload,
    time: Duration,
    /// How long it was waited for; what is done with it meanwhile does not count.
    waited: Duration,
    arrived: u64,
    most_bytes: u64,
}

impl Arriving {
    pub fn new(request: &HttpRequest, payload: Payload) -> Arriving {
        let time = request.app_data::<web::Data<BodyTime>>().map_or(Duration::MAX, |time| time.0);
        Arriving { payload, time, waited: Duration::ZERO, arrived: 0, most_bytes: u64::MAX }
    }

    /// The same, of which no more than this is taken.
    pub fn at_most(self, most_bytes: u64) -> Arriving {
        Arriving { most_bytes, ..self }
    }

    /// The next piece; none at the end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Broken> {
        let allowed = self.time.saturating_add(Duration::from_secs(self.arrived / SLOWEST));
        let since = Stopwatch::start();
        let piece = timeout(allowed.saturating_sub(self.waited), self.payload.next()).await;
        self.waited += since.elapsed();
        match piece {
            Err(_) => Err(Broken::Late),
            Ok(None) => Ok(None),
            Ok(Some(Err(error))) => Err(Broken::Off(error)),
            Ok(Some(Ok(piece))) => {
                self.arrived += piece.len() as u64;
                if self.arrived > self.most_bytes { Err(Broken::TooLarge) } else { Ok(Some(piece)) }
            }
        }
    }

    /// All of it. One that arrived in one piece is not copied.
    pub async fn whole(mut self) -> Result<Bytes, Broken> {
        let Some(first) = self.next().await? else { return Ok(Bytes::new()) };
        let Some(second) = self.next().await? else { return Ok(first) };
        let mut all = BytesMut::from(first);
        all.extend_from_slice(&second);
        while let Some(piece) = self.next().await? {
            all.extend_from_slice(&piece);
        }
        Ok(all.freeze())
    }

    /// The bound that was set on it.
    pub fn most_bytes(&self) -> u64 {
        self.most_bytes
    }
}

impl FromRequest for Arriving {
    type Error = Error;
    type Future = Ready<Result<Arriving, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Arriving::new(request, payload.take())))
    }
}

impl Broken {
    /// The refusal of a body of at most so many bytes; `off` where it broke off.
    pub fn refused(&self, most_bytes: u64, off: impl FnOnce() -> Error) -> Error {
        match self {
            Broken::Late => Error::Late,
            Broken::TooLarge => Error::TooLarge(usize::try_from(most_bytes).unwrap_or(usize::MAX)),
            Broken::Off(_) => off(),
        }
    }
}

/// 400 for JSON of which the end is missing.
pub fn json_broke_off() -> Error {
    let fault = FieldError::new("", "malformed_json", "The body did not arrive whole.");
    Error::Invalid { code: "malformed_json", errors: vec![fault] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use futures_util::stream;

    fn arriving(pieces: Vec<Result<Bytes, PayloadError>>, endless: bool) -> Arriving {
        let request = TestRequest::default()
            .app_data(web::Data::new(BodyTime(Duration::from_millis(20))))
            .to_http_request();
        let after = if endless { stream::pending().boxed_local() } else { stream::empty().boxed_local() };
        let payload = Payload::Stream { payload: stream::iter(pieces).chain(after).boxed_local() };
        Arriving::new(&request, payload)
    }

    fn piece(length: usize) -> Result<Bytes, PayloadError> {
        Ok(Bytes::from(vec![b'a'; length]))
    }

    #[actix_web::test]
    async fn a_body_is_its_pieces() {
        for lengths in [vec![], vec![3], vec![3, 4, 5]] {
            let pieces = lengths.iter().map(|length| piece(*length)).collect();
            let whole = arriving(pieces, false).whole().await.expect("it arrives");
            assert_eq!(whole.len(), lengths.iter().sum::<usize>());
        }
    }

    #[actix_web::test]
    async fn one_that_stands_still_is_late_and_one_that_is_longer_is_too_large() {
        assert!(matches!(arriving(vec![piece(3)], true).whole().await, Err(Broken::Late)));
        let longer = arriving(vec![piece(3), piece(2)], true).at_most(4);
        assert!(matches!(longer.whole().await, Err(Broken::TooLarge)));
        let off = arriving(vec![piece(3), Err(PayloadError::Incomplete(None))], false);
        assert!(matches!(off.whole().await, Err(Broken::Off(_))));
    }

    #[actix_web::test]
    async fn what_has_arrived_gives_more_time() {
        let mut slow = arriving(vec![piece(SLOWEST as usize * 60)], true);
        slow.next().await.expect("a piece");
        slow.waited = Duration::from_secs(30);
        let next = timeout(Duration::from_millis(100), slow.next()).await;
        assert!(next.is_err(), "it is still waited for");
    }
}
