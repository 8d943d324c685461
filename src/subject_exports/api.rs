//! Subject exports over HTTP.

use crate::access::{Guard, Op, Server};
use crate::error::Result;
use crate::http::language::negotiated;
use crate::http::path::PathId;
use crate::http::zip;
use crate::pseudonyms::OnePseudonym;
use actix_web::{HttpRequest, HttpResponse};

pub async fn of_pseudonym(pseudonym: PathId, guard: Guard, request: HttpRequest) -> Result<HttpResponse> {
    let language = negotiated(None, &request);
    let (op, at) = (Op::GetPseudonymExport, OnePseudonym(pseudonym.id));
    // Who may not makes nobody wait.
    guard.read(op, at.clone(), |_, _| Ok(())).await?;
    let _turn = zip::turn().await?;
    guard.bring_in_accesses().await?;
    let (file, label) = guard
        .read(op, at, move |tx, seen| Ok((super::of_pseudonym(tx, &seen.found, language)?, seen.found.label)))
        .await?;
    zip::answer(file, &format!("export-{label}"), language)
}

pub async fn of_me(guard: Guard, request: HttpRequest) -> Result<HttpResponse> {
    let language = negotiated(None, &request);
    guard.read(Op::GetMyExport, Server, |_, _| Ok(())).await?;
    let _turn = zip::turn().await?;
    guard.bring_in_accesses().await?;
    let file = guard
        .read(Op::GetMyExport, Server, move |tx, seen| {
            super::of_person(tx, seen.standing.person_id, language)
        })
        .await?;
    zip::answer(file, "export-me", language)
}
