//! The notebook: the app for practitioners at `/app/`, whose files this program carries if they were there when it was
//! built. It is served like any other frontend's files, knows nothing of the API, and uses it as others do.

mod absent;
mod assets;

pub use assets::Assets;

use crate::error::{Error, Result};
use crate::http::document::style_source;
use crate::http::envelope::MayBeKept;
use crate::http::precondition::IfNoneMatch;
use crate::reports::html;
use actix_web::http::header::{self, HeaderName};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use std::sync::LazyLock;

/// What the app may load, run and reach: what this server sends, and nothing else. Svelte makes its elements by a policy of
/// that name; the app's own is for its service worker. A report that the app opens as a page keeps to this policy too, hence
/// its style sheet, that one and no other.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' {}; img-src 'self'; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html notebook",
        style_source(html::STYLE)
    )
});

/// Besides that and what every answer has.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// The paths of the app. They serve the `Assets` in the application's data.
pub fn paths(config: &mut ServiceConfig) {
    config
        .service(web::resource("/app").route(web::get().to(to_the_app)))
        .service(web::resource("/app/{file:.*}").route(web::get().to(file)));
}

/// Relative, and so right behind a proxy that puts the server below a path.
async fn to_the_app() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "app/")).finish()
}

async fn file(
    name: web::Path<String>,
    assets: web::Data<Assets>,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let name = if name.is_empty() { "index.html" } else { name.as_str() };
    if assets.is_empty() && name == "index.html" {
        return absent::page(&request);
    }
    let asset = assets.find(name).ok_or(Error::NotFound)?;
    let (etag, encoding, body) = asset.representation(&request);
    let mut response = if known.names(&etag) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    dress(&mut response);
    response
        .insert_header((header::ETAG, etag.clone()))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::CACHE_CONTROL, asset.caching()));
    let mut response = if known.names(&etag) {
        response.finish()
    } else {
        if let Some(encoding) = encoding {
            response.insert_header((header::CONTENT_ENCODING, encoding));
        }
        response.content_type(asset.media_type).body(body)
    };
    response.extensions_mut().insert(MayBeKept);
    Ok(response)
}

fn dress(response: &mut HttpResponseBuilder) {
    response.insert_header((header::CONTENT_SECURITY_POLICY, POLICY.as_str()));
    for header in HEADERS {
        response.insert_header(header);
    }
}

#[cfg(test)]
mod tests;
