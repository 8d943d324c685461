//! What coordinators read of the logs, over HTTP.

use super::events;
use super::types::{AuditEvent, AuditEventFilter};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::error::Result;
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::ids::Id;
use actix_web::HttpResponse;

/// What happened in a network. It has no validator: that somebody reads it is an event of it.
pub async fn list(network: PathId, guard: Guard, list: List<AuditEventFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    guard.bring_in_accesses().await?;
    let load =
        move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| events::page(tx, seen.found, &filter, page);
    page.of_caller(&guard, Op::ListAuditEvents, InNetwork(network.id), load, AuditEvent::key).await
}
