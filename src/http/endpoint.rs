//! An endpoint: one row of the route table. What it takes and answers is said once, here, and both the routing and the
//! contract are made from it.

use super::accept;
use super::body::Input;
use super::contract::{SchemaOf, Taken, schema_of};
use super::export;
use crate::access::Op;
use actix_web::http::Method;
use schemars::JsonSchema;

#[derive(Clone)]
pub struct Endpoint {
    pub op: Op,
    pub method: Method,
    pub path: &'static str,
    pub tag: &'static str,
    pub summary: &'static str,
    /// More to know, for the contract.
    pub detail: &'static str,
    pub handler: fn() -> actix_web::Route,
    pub body: Option<Taken>,
    /// Files that are taken in as they arrive.
    pub files: &'static [File],
    pub query: Option<Taken>,
    /// The schema of the path's parameter, where it is no id.
    pub path_schema: Option<SchemaOf>,
    pub answer: Answer,
    /// How a list is ordered.
    pub order: &'static str,
    pub precondition: Precondition,
    pub cookie: RefreshCookie,
    pub produces: &'static [&'static str],
    /// Statuses that do not follow from the rest.
    pub also: &'static [u16],
    /// What is not there is told in words, too, to who likes HTML better than problems.
    pub worded: bool,
}

/// A body that is no JSON of one type.
pub struct File {
    pub media_type: &'static str,
    pub most_bytes: u64,
    pub example: &'static str,
}

/// What a success looks like.
#[derive(Clone, Copy)]
pub enum Answer {
    /// 200 with a record and its ETag.
    Record(SchemaOf),
    /// 201 with a new record; 200 for a replay.
    Created(SchemaOf),
    /// 202 with the work that was asked for; 200 for a replay.
    Accepted(SchemaOf),
    /// 200 with a page of records.
    Page(SchemaOf),
    /// This status with what is no record.
    Value(u16, SchemaOf),
    /// 204.
    Empty,
}

/// What an endpoint makes of `If-Match`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Precondition {
    None,
    /// Kept where it is sent.
    Honoured,
    /// 428 without it.
    Demanded,
}

/// What an endpoint makes of the cookie that keeps a browser's refresh token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RefreshCookie {
    None,
    /// Sets it where that is asked for.
    Set,
    /// Takes it as a credential, and sets the next.
    Taken,
}

impl Endpoint {
    pub fn new(method: Method, op: Op, path: &'static str, handler: fn() -> actix_web::Route) -> Endpoint {
        Endpoint {
            op,
            method,
            path,
            tag: "",
            summary: "",
            detail: "",
            handler,
            body: None,
            files: &[],
            query: None,
            path_schema: None,
            answer: Answer::Empty,
            order: "newest first",
            precondition: Precondition::None,
            cookie: RefreshCookie::None,
            produces: &["application/json"],
            also: &[],
            worded: false,
        }
    }

    pub fn summary(self, summary: &'static str) -> Endpoint {
        Endpoint { summary, ..self }
    }

    pub fn detail(self, detail: &'static str) -> Endpoint {
        Endpoint { detail, ..self }
    }

    pub fn tag(self, tag: &'static str) -> Endpoint {
        Endpoint { tag, ..self }
    }

    pub fn takes<T: Input>(self) -> Endpoint {
        Endpoint { body: Some(Taken::of::<T>()), ..self }
    }

    /// A body that is taken in as it arrives, as any of these files.
    pub fn takes_files(self, files: &'static [File]) -> Endpoint {
        Endpoint { files, ..self }
    }

    pub fn query<T: Input>(self) -> Endpoint {
        Endpoint { query: Some(Taken::of::<T>()), ..self }
    }

    pub fn path_of<T: JsonSchema>(self) -> Endpoint {
        Endpoint { path_schema: Some(schema_of::<T>), ..self }
    }

    pub fn answers<T: JsonSchema>(self) -> Endpoint {
        Endpoint { answer: Answer::Record(schema_of::<T>), ..self }
    }

    pub fn creates<T: JsonSchema>(self) -> Endpoint {
        Endpoint { answer: Answer::Created(schema_of::<T>), ..self }
    }

    pub fn accepts<T: JsonSchema>(self) -> Endpoint {
        Endpoint { answer: Answer::Accepted(schema_of::<T>), ..self }
    }

    pub fn lists<T: JsonSchema>(self) -> Endpoint {
        Endpoint { answer: Answer::Page(schema_of::<T>), ..self }
    }

    /// A list in another order than the newest first.
    pub fn ordered(self, order: &'static str) -> Endpoint {
        Endpoint { order, ..self }
    }

    pub fn value<T: JsonSchema>(self, status: u16) -> Endpoint {
        Endpoint { answer: Answer::Value(status, schema_of::<T>), ..self }
    }

    pub fn demands_if_match(self) -> Endpoint {
        Endpoint { precondition: Precondition::Demanded, ..self }
    }

    pub fn honours_if_match(self) -> Endpoint {
        Endpoint { precondition: Precondition::Honoured, ..self }
    }

    pub fn sets_refresh_cookie(self) -> Endpoint {
        Endpoint { cookie: RefreshCookie::Set, ..self }
    }

    pub fn takes_refresh_cookie(self) -> Endpoint {
        Endpoint { cookie: RefreshCookie::Taken, ..self }
    }

    /// A list that is also sent as a whole, in CSV, JSON Lines or XLSX.
    pub fn exports(self) -> Endpoint {
        Endpoint { produces: export::PRODUCES, ..self }
    }

    pub fn produces(self, produces: &'static [&'static str]) -> Endpoint {
        Endpoint { produces, ..self }
    }

    pub fn also(self, also: &'static [u16]) -> Endpoint {
        Endpoint { also, ..self }
    }

    /// A 404 that people read.
    pub fn worded(self) -> Endpoint {
        Endpoint { worded: true, ..self }
    }

    /// Whether it is a list that is also sent as a whole.
    pub fn is_exported(&self) -> bool {
        self.produces == export::PRODUCES
    }

    /// What its media types are called in the query key `format`; nothing where there is no such key.
    pub fn formats(&self) -> Vec<&'static str> {
        accept::formats(self.produces)
    }

    /// Whether the answer has a weak validator that `If-None-Match` may name.
    pub fn revalidates(&self) -> bool {
        self.also.contains(&304)
    }

    /// Whether a query string makes sense here at all.
    pub fn takes_query(&self) -> bool {
        self.query.is_some() || matches!(self.answer, Answer::Page(_)) || !self.formats().is_empty()
    }
}
