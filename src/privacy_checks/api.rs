//! Privacy checks over HTTP.

use super::types::PrivacyCheckCreate;
use crate::access::{Guard, InNetwork, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use actix_web::HttpResponse;

pub async fn create(guard: Guard, body: Body<PrivacyCheckCreate>) -> Result<HttpResponse> {
    let at = InNetwork(body.ahead().network_id);
    let found = guard
        .read(Op::CreatePrivacyCheck, at, move |tx, seen| super::check(tx, seen.found, body.ahead()))
        .await?;
    answer::value(&found)
}
