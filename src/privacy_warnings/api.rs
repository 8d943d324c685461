//! Privacy warnings over HTTP.

use super::store::{self, OnePrivacyWarning};
use super::types::{PrivacyWarning, PrivacyWarningFilter, PrivacyWarningTransition};
use crate::access::{Guard, InNetwork, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::List;
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use actix_web::HttpResponse;

/// Those of a network that the caller may see: what is shown to each is theirs, so the list has no validator.
pub async fn list(network: PathId, guard: Guard, list: List<PrivacyWarningFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let warnings: Vec<PrivacyWarning> = guard
        .read(Op::ListPrivacyWarnings, InNetwork(network.id), move |tx, seen| {
            let guides = seen.may(Op::GetPrivacyWarning);
            Ok(store::list(tx, seen.found, seen.standing.person_id, guides, &filter, &window)?)
        })
        .await?;
    page.answer(&warnings, |warning| (warning.created_at, warning.id))
}

pub async fn get(warning: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetPrivacyWarning, OnePrivacyWarning(warning.id)).await?;
    answer::record(&found)
}

pub async fn transition(
    warning: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<PrivacyWarningTransition>,
) -> Result<HttpResponse> {
    let at = OnePrivacyWarning(warning.id);
    let moved = guard
        .write_from(Op::TransitionPrivacyWarning, at, body, move |tx, seen, body| {
            super::transition(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
