//! Statements over HTTP.

use super::types::{Cursor, StatementResult, StatementsQuery, Switch, VERSION, VERSION_HEADER};
use super::{FreeText, Telling, Wanted};
use crate::access::{Guard, InNetwork, Op};
use crate::changes::types::{DEFAULT_LIMIT, Limit};
use crate::error::Result;
use crate::http::answer;
use crate::http::page::Query;
use crate::http::path::PathId;
use crate::http::public_url::Base;
use actix_web::HttpResponse;
use actix_web::web::Data;

pub async fn list(
    network: PathId,
    guard: Guard,
    query: Query<StatementsQuery>,
    base: Base,
    free_text: Data<FreeText>,
) -> Result<HttpResponse> {
    let StatementsQuery { ascending, limit, cursor } = query.0;
    let most = limit.map_or(DEFAULT_LIMIT, |Limit(limit)| limit);
    let ascending = ascending == Some(Switch::True);
    let wanted = Wanted { after: cursor.map(|Cursor(place)| place), ascending, most };
    let telling = Telling { base: base.0, free_text: free_text.0 };
    let part = guard
        .read(Op::ListXapiStatements, InNetwork(network.id), move |tx, seen| {
            super::read(tx, seen.found, &telling, wanted)
        })
        .await?;
    let more = part.up_to.map(|place| {
        format!(
            "/v1/networks/{}/xapi-statements?ascending={ascending}&limit={most}&cursor={place}",
            network.id
        )
    });
    let result = StatementResult { statements: part.statements, more: more.unwrap_or_default() };
    let mut response = HttpResponse::Ok();
    response.insert_header((VERSION_HEADER, VERSION)).content_type("application/json");
    Ok(response.body(answer::json(&result)?))
}
