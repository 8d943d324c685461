//! Ids and tokens in paths. What is no UUID names nothing: 404, like any other path that does not exist.

use crate::error::{Error, Result};
use crate::ids::Id;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// The one id of a path such as `/v1/cycles/{cycleId}/observations`.
#[derive(Clone, Copy, Debug)]
pub struct PathId {
    pub id: Id,
}

/// The one token of a path such as `/v1/citizen-pages/{linkToken}`. What is none leads nowhere, like one that is unknown.
#[derive(Clone)]
pub struct PathToken(pub String);

impl FromRequest for PathToken {
    type Error = Error;
    type Future = Ready<Result<PathToken>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let segment = request.match_info().iter().next().map(|(_, segment)| segment.to_owned());
        ready(segment.map(PathToken).ok_or(Error::NotFound))
    }
}

impl FromRequest for PathId {
    type Error = Error;
    type Future = Ready<Result<PathId>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let segment = request.match_info().iter().next().map(|(_, segment)| segment);
        let id = segment.and_then(|segment| segment.parse().ok());
        ready(id.map(|id| PathId { id }).ok_or(Error::NotFound))
    }
}
