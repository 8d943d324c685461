//! The one place where an error becomes what the caller reads: `application/problem+json` (RFC 9457).

use crate::clock;
use crate::db::dialect;
use crate::error::{Error, FieldError};
use actix_web::body::BoxBody;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use serde_json::{Map, Value, json};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// The media type of every error.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A problem before it knows its request: travels in the response's extensions to the envelope, which adds the
/// request's id and writes it.
#[derive(Clone, Debug)]
pub struct Problem {
    pub status: StatusCode,
    pub code: &'static str,
    pub detail: String,
    pub errors: Vec<FieldError>,
    pub extensions: Map<String, Value>,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Problem {
        Problem { status, code, detail: detail.into(), errors: Vec::new(), extensions: Map::new() }
    }

    /// The problem of a status that the framework answered by itself.
    pub fn of_status(status: StatusCode) -> Problem {
        let (code, detail) = match status {
            StatusCode::NOT_FOUND => ("not_found", "There is nothing here that you may see."),
            StatusCode::METHOD_NOT_ALLOWED => {
                ("method_not_allowed", "The Allow header lists the methods of this path.")
            }
            StatusCode::PAYLOAD_TOO_LARGE => {
                ("payload_too_large", "The body is larger than is accepted here.")
            }
            StatusCode::URI_TOO_LONG => ("uri_too_long", "The address is longer than is accepted here."),
            StatusCode::REQUEST_TIMEOUT => ("request_timeout", "The request took too long to arrive."),
            status if status.is_client_error() => ("bad_request", "The request could not be understood."),
            _ => ("internal", "Something went wrong on our side. Quote the requestId when you report it."),
        };
        Problem::new(status, code, detail)
    }

    /// The problem's JSON, of the request with this id.
    pub fn body(&self, request_id: &str) -> Vec<u8> {
        let mut members = self.members();
        members.insert("requestId".into(), json!(request_id));
        Value::Object(members).to_string().into_bytes()
    }

    /// What it says. `type` names the code; `title` is the status in words.
    pub fn members(&self) -> Map<String, Value> {
        let mut members = Map::new();
        members
            .insert("type".into(), json!(format!("https://feedbacklus.example.org/problems/{}", self.code)));
        members.insert("title".into(), json!(self.status.canonical_reason().unwrap_or("Error")));
        members.insert("status".into(), json!(self.status.as_u16()));
        members.insert("detail".into(), json!(self.detail));
        members.insert("code".into(), json!(self.code));
        if !self.errors.is_empty() {
            members.insert("errors".into(), json!(self.errors));
        }
        members.extend(self.extensions.clone());
        members
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Problem {
        use StatusCode as S;
        match error {
            Error::Invalid { code, errors } => {
                let faults =
                    if errors.len() == 1 { "one fault".into() } else { format!("{} faults", errors.len()) };
                let mut problem = Problem::new(
                    S::BAD_REQUEST,
                    code,
                    format!("The request has {faults}; `errors` names each."),
                );
                problem.errors = errors.clone();
                problem
            }
            Error::Unauthenticated(code) => Problem::new(S::UNAUTHORIZED, code, unauthenticated_detail(code)),
            Error::Forbidden(detail) => Problem::new(S::FORBIDDEN, "forbidden", detail.clone()),
            Error::NotFound => Problem::of_status(S::NOT_FOUND),
            Error::NotAcceptable(offer) => {
                Problem::new(S::NOT_ACCEPTABLE, "not_acceptable", format!("On offer here: {offer}."))
            }
            Error::Late => Problem::of_status(S::REQUEST_TIMEOUT),
            Error::Conflict(conflict) => Problem {
                status: if conflict.code == "gone" { S::GONE } else { S::CONFLICT },
                code: conflict.code,
                detail: conflict.detail.clone(),
                errors: conflict.errors.clone(),
                extensions: conflict.extensions.clone(),
            },
            Error::VersionMismatch { stored } => {
                let mut problem = Problem::new(
                    S::PRECONDITION_FAILED,
                    "version_mismatch",
                    format!(
                        "The record is at version {stored} now. Read it, merge your change and send it again."
                    ),
                );
                problem.extensions.insert("storedVersion".into(), json!(stored));
                problem
            }
            Error::TooLarge(bound) => Problem::new(
                S::PAYLOAD_TOO_LARGE,
                "payload_too_large",
                format!("At most {bound} bytes are accepted here."),
            ),
            Error::UnsupportedMediaType(expected) => Problem::new(
                S::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                format!("Send the body as {expected} in UTF-8."),
            ),
            Error::PreconditionRequired => Problem::new(
                S::PRECONDITION_REQUIRED,
                "precondition_required",
                "Send If-Match with the ETag of the record as you read it.",
            ),
            Error::TooManyRequests { retry_after } => Problem::new(
                S::TOO_MANY_REQUESTS,
                "too_many_requests",
                format!("That is too many in so short a time. Try again in {retry_after} seconds."),
            ),
            Error::Busy(_) => Problem::new(
                S::SERVICE_UNAVAILABLE,
                "busy",
                "The request could not be taken now. Sending it again is safe: the same id is never stored twice.",
            ),
            Error::Database(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
                Problem::new(
                    S::CONFLICT,
                    "id_taken",
                    "The id, or something else that must be unique, is taken.",
                )
            }
            Error::Database(DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => {
                Problem::new(
                    S::CONFLICT,
                    "reference_not_found",
                    "The request refers to records that do not exist or that you may not see.",
                )
            }
            Error::Database(error) if dialect::may_succeed_again(error) || dialect::is_unusable(error) => {
                (&Error::Busy("")).into()
            }
            Error::Database(_) | Error::Internal(_) => Problem::of_status(S::INTERNAL_SERVER_ERROR),
        }
    }
}

/// Those that are turned away are many at a time: one a second is told of, with how many there were since the last.
fn log_now_and_then(error: &Error) {
    static TOLD_AT: AtomicU64 = AtomicU64::new(0);
    static UNTOLD: AtomicU64 = AtomicU64::new(0);
    let (second, told_at) = (clock::uptime().as_secs() + 1, TOLD_AT.load(Relaxed));
    if told_at < second && TOLD_AT.compare_exchange(told_at, second, Relaxed, Relaxed).is_ok() {
        match UNTOLD.swap(0, Relaxed) {
            0 => log::error!("{error}"),
            others => log::error!("{error}; and {others} others were turned away since the last was told of"),
        }
    } else {
        UNTOLD.fetch_add(1, Relaxed);
    }
}

fn unauthenticated_detail(code: &str) -> &'static str {
    match code {
        "sign_in_failed" => "The e-mail address and the password do not go together.",
        "token_expired" => "The access token has expired. Refresh it.",
        "api_key_invalid" => "This API key is unknown, was revoked or has expired.",
        "identity_unknown" => {
            "The access token is good, but its subject is linked to nobody who may sign in here. An administrator can link it."
        }
        "refresh_token_reused" => "This refresh token was used before. The sign-in was ended; sign in again.",
        _ => "Sign in, and send the access token as `Authorization: Bearer …`.",
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        Problem::from(self).status
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        match self {
            Error::Busy(_) => log_now_and_then(self),
            Error::Internal(_) | Error::Database(_) => log::error!("{self}"),
            _ => {}
        }
        let problem = Problem::from(self);
        let mut response = HttpResponse::build(problem.status);
        match self {
            Error::Unauthenticated(_) => {
                response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
            }
            Error::TooManyRequests { retry_after } => {
                response.insert_header((header::RETRY_AFTER, retry_after.to_string()));
            }
            // What is still to come of the body is not waited for.
            Error::Late => {
                response.force_close();
            }
            _ if problem.status == StatusCode::SERVICE_UNAVAILABLE => {
                response.insert_header((header::RETRY_AFTER, "1"));
            }
            _ => {}
        }
        let mut response = response.finish();
        response.extensions_mut().insert(problem);
        response
    }
}
