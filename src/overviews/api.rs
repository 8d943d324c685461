//! Overviews over HTTP. They have no validator: they change with many networks' streams, and with the calendar day.

use super::store::FromAbove;
use super::types::FiguresFilter;
use crate::access::{Guard, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::page::{NoFilter, Query};
use crate::http::path::PathId;
use crate::themes::OneTheme;
use actix_web::HttpResponse;

pub async fn of_theme(theme: PathId, guard: Guard, _query: Query<NoFilter>) -> Result<HttpResponse> {
    let overview = guard
        .read(Op::GetThemeOverview, OneTheme(theme.id), |tx, seen| super::of_theme(tx, seen.found.id))
        .await?;
    answer::value(&overview)
}

pub async fn of_network(network: PathId, guard: Guard, query: Query<FiguresFilter>) -> Result<HttpResponse> {
    let figures = guard
        .read(Op::GetNetworkFigures, FromAbove(network.id), move |tx, seen| {
            super::of_network(tx, seen.found, query.0.period())
        })
        .await?;
    answer::value(&figures)
}
