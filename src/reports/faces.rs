//! The faces of a report: what it is sent as, by `Accept`.

use super::document::Document;
use super::{html, pdf, xlsx};
use crate::error::{Error, Result};
use crate::http::accept::chosen;
use crate::http::csv;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, web::Bytes};
use std::fmt::Display;

/// The media types that a report is made in; JSON where a client has no wish.
pub const PRODUCES: &[&str] =
    &["application/json", "text/html", pdf::CONTENT_TYPE, xlsx::CONTENT_TYPE, csv::MEDIA_TYPE];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Json,
    Html,
    Pdf,
    Xlsx,
    Csv,
}

impl Face {
    /// The one that the client likes best.
    pub fn of(request: &HttpRequest) -> Face {
        match chosen(request, PRODUCES) {
            "text/html" => Face::Html,
            pdf::CONTENT_TYPE => Face::Pdf,
            xlsx::CONTENT_TYPE => Face::Xlsx,
            csv::MEDIA_TYPE => Face::Csv,
            _ => Face::Json,
        }
    }

    /// As it stands in a validator, and at the end of a file's name.
    pub fn name(self) -> &'static str {
        match self {
            Face::Json => "json",
            Face::Html => "html",
            Face::Pdf => "pdf",
            Face::Xlsx => "xlsx",
            Face::Csv => "csv",
        }
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Face::Json => "application/json",
            Face::Html => html::CONTENT_TYPE,
            Face::Pdf => pdf::CONTENT_TYPE,
            Face::Xlsx => xlsx::CONTENT_TYPE,
            Face::Csv => csv::CONTENT_TYPE,
        }
    }

    /// Whether it is written in the language of its reader.
    pub fn speaks(self) -> bool {
        self != Face::Json
    }

    /// The headers that go with it; `file` is what it is called where it is kept as a file, without its end. A PDF is called by
    /// what it says.
    pub fn headers(self, file: impl Display) -> Vec<(HeaderName, HeaderValue)> {
        let value = |text: String| HeaderValue::from_str(&text).ok();
        let header = match self {
            Face::Json | Face::Pdf => None,
            Face::Html => value(html::POLICY.clone()).map(|policy| (CONTENT_SECURITY_POLICY, policy)),
            Face::Xlsx | Face::Csv => {
                let name = format!("attachment; filename=\"{file}.{}\"", self.name());
                value(name).map(|name| (CONTENT_DISPOSITION, name))
            }
        };
        header.into_iter().collect()
    }
}

/// A document as one of the faces that people read; `base` is what links begin with.
pub fn page(base: &str, document: &Document) -> Result<Bytes> {
    html::page(base, document).map(Bytes::from).map_err(Error::internal)
}

pub fn workbook(base: &str, document: &Document) -> Result<Bytes> {
    xlsx::workbook(base, document).map(Bytes::from)
}
