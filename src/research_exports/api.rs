//! Research exports over HTTP.

use super::types::ResearchExportQuery;
use crate::access::{Guard, InNetwork, Op};
use crate::error::Result;
use crate::http::language::negotiated;
use crate::http::page::Query;
use crate::http::path::PathId;
use crate::http::zip;
use actix_web::{HttpRequest, HttpResponse};

pub async fn get(
    network: PathId,
    guard: Guard,
    query: Query<ResearchExportQuery>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let language = negotiated(None, &request);
    let (op, at) = (Op::GetResearchExport, InNetwork(network.id));
    // Who may not makes nobody wait.
    guard.read(op, at.clone(), |_, _| Ok(())).await?;
    let _turn = zip::turn().await?;
    let name = format!("research-{}", query.0.protocol.as_str());
    let file =
        guard.read(op, at, move |tx, seen| super::write(tx, seen.found, &query.0.protocol, language)).await?;
    zip::answer(file, &name, language)
}
