//! How a sender says that what may be found in the texts of a request may stand: with the request itself.

use crate::error::{Error, FieldError, Result};
use actix_web::HttpRequest;

/// The header that says so of all texts of a request.
pub const HEADER: &str = "Confirm-Warnings";

/// Whether it is given. 400 for what is neither `true` nor `false`.
pub fn given(request: &HttpRequest) -> Result<bool> {
    match request.headers().get(HEADER).map(|value| value.to_str().unwrap_or_default().trim()) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => {
            let fault = FieldError::new(
                format!("/{HEADER}"),
                "bad_format",
                format!("{HEADER} must be true or false."),
            );
            Err(Error::Invalid { code: "invalid_header", errors: vec![fault] })
        }
    }
}
