//! Batches over HTTP.

use super::types::BatchCreate;
use crate::access::Guard;
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use actix_web::HttpResponse;

pub async fn create(guard: Guard, body: Body<BatchCreate>) -> Result<HttpResponse> {
    answer::value(&super::carry_out(&guard, body.of_no_network()).await?)
}
