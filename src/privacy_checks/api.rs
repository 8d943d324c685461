//! Privacy checks over HTTP.

use super::types::PrivacyCheckCreate;
use crate::access::{Guard, InCycle, InNetwork, Op};
use crate::error::{Error, Result};
use crate::http::answer;
use crate::http::body::Body;
use actix_web::HttpResponse;

pub async fn create(guard: Guard, body: Body<PrivacyCheckCreate>) -> Result<HttpResponse> {
    let op = Op::CreatePrivacyCheck;
    let found = match (body.ahead().cycle_id, body.ahead().network_id) {
        (Some(id), _) => {
            guard
                .read(op, InCycle(id), move |tx, seen| super::check(tx, seen.found.network_id, body.ahead()))
                .await?
        }
        (None, Some(id)) => {
            guard.read(op, InNetwork(id), move |tx, seen| super::check(tx, seen.found, body.ahead())).await?
        }
        (None, None) => return Err(Error::internal("a check of texts for no place")),
    };
    answer::value(&found)
}
