//! The one error type. What a caller may read of it is decided in one place, `http::problem`; the rest goes to the log.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not carried out. Each variant is one status of the contract.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// 400: the request itself is wrong; `errors` names every fault at once.
    #[error("invalid request")]
    Invalid { code: &'static str, errors: Vec<FieldError> },
    /// 401: no valid credential; `code` says which way.
    #[error("unauthenticated: {0}")]
    Unauthenticated(&'static str),
    /// 403: the caller sees the thing but may not do this.
    #[error("forbidden: {0}")]
    Forbidden(String),
    /// 404: nothing there that this caller may see.
    #[error("not found")]
    NotFound,
    /// 406: none of the media types on offer is accepted.
    #[error("not acceptable, on offer: {0}")]
    NotAcceptable(String),
    /// 408: the body took too long to arrive.
    #[error("the body is late")]
    Late,
    /// 409: the request is well formed but stored state forbids it.
    #[error("conflict: {}", .0.code)]
    Conflict(Box<Conflict>),
    /// 412: somebody changed the record since the caller read it.
    #[error("version mismatch, stored {stored}")]
    VersionMismatch { stored: i32 },
    /// 413: the body is larger than the bound, in bytes.
    #[error("payload too large, bound {0}")]
    TooLarge(usize),
    /// 415: the body's media type is not the one that is read here.
    #[error("unsupported media type, expected {0}")]
    UnsupportedMediaType(&'static str),
    /// 428: a change without `If-Match`.
    #[error("precondition required")]
    PreconditionRequired,
    /// 429: too many attempts; try again after so many seconds.
    #[error("too many requests")]
    TooManyRequests { retry_after: u64 },
    /// 503: cannot take the request now; nothing was written, trying again is safe.
    #[error("busy: {0}")]
    Busy(&'static str),
    /// An error of the database; most are faults (500), a broken uniqueness or reference is a conflict.
    #[error("database: {0}")]
    Database(#[from] diesel::result::Error),
    /// 500: a fault of the server. The text is for the log alone.
    #[error("internal: {0}")]
    Internal(String),
}

/// One fault in a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FieldError {
    /// Where, as a JSON pointer (RFC 6901); a query key counts as a member.
    pub pointer: String,
    /// Stable, for programs.
    pub code: &'static str,
    pub detail: String,
    /// With `personal_data`: what stands in the text. Never its value.
    #[serde(flatten)]
    pub found: Option<Found>,
}

/// What tells in a text who somebody is, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Found {
    #[schemars(extend("enum" = ["bsn", "iban", "email", "phone", "address", "birth_date", "name"]))]
    pub kind: &'static str,
    /// Where it begins, in Unicode scalars of the text as it would be stored: trimmed, in NFC.
    pub offset: u32,
    /// How long it is, in Unicode scalars.
    pub length: u32,
}

impl FieldError {
    pub fn new(pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> FieldError {
        FieldError { pointer: pointer.into(), code, detail: detail.into(), found: None }
    }

    /// With what stands in the text, and where.
    pub fn found(self, kind: &'static str, offset: u32, length: u32) -> FieldError {
        FieldError { found: Some(Found { kind, offset, length }), ..self }
    }
}

/// A conflict with stored state: a stable code, words, and what a program needs to go on.
#[derive(Debug)]
pub struct Conflict {
    pub code: &'static str,
    pub detail: String,
    /// Extension members of the problem (RFC 9457, section 3.2).
    pub extensions: Map<String, Value>,
    /// Faults that only stored state shows, such as a reference to nothing.
    pub errors: Vec<FieldError>,
}

impl Error {
    /// 400 for a body, with every fault.
    pub fn invalid_body(errors: Vec<FieldError>) -> Error {
        Error::Invalid { code: "invalid_body", errors }
    }

    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Error {
        Error::Conflict(Box::new(Conflict {
            code,
            detail: detail.into(),
            extensions: Map::new(),
            errors: Vec::new(),
        }))
    }

    /// A well-formed id in the body that stands nowhere the caller may see it.
    pub fn dangling(errors: Vec<FieldError>) -> Error {
        Error::Conflict(Box::new(Conflict {
            code: "reference_not_found",
            detail: "The request refers to records that do not exist or that you may not see.".into(),
            extensions: Map::new(),
            errors,
        }))
    }

    /// Members that go together in themselves but not with what is stored.
    pub fn inconsistent(errors: Vec<FieldError>) -> Error {
        Error::Conflict(Box::new(Conflict {
            code: "inconsistent",
            detail: "The change does not go with what is stored; `errors` names each fault.".into(),
            extensions: Map::new(),
            errors,
        }))
    }

    /// Adds an extension member to a conflict; other errors stay as they are.
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Error {
        if let Error::Conflict(conflict) = &mut self {
            conflict.extensions.insert(member.into(), value.into());
        }
        self
    }

    /// The same with its pointers below `prefix`: of a body that lies inside of another.
    pub fn under(mut self, prefix: &str) -> Error {
        let errors = match &mut self {
            Error::Invalid { errors, .. } => errors,
            Error::Conflict(conflict) => &mut conflict.errors,
            _ => return self,
        };
        for error in errors {
            error.pointer.insert_str(0, prefix);
        }
        self
    }

    pub fn internal(cause: impl std::fmt::Display) -> Error {
        Error::Internal(cause.to_string())
    }
}
