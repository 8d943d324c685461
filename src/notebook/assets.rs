//! The app's files.

use actix_web::HttpRequest;
use actix_web::http::header::{AcceptEncoding, Encoding, Header};
use actix_web::web::Bytes;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::HashMap;

/// What `make app` leaves, if it was run before this program was built.
#[derive(RustEmbed)]
#[folder = "clients/notebook/dist"]
#[allow_missing = true]
struct Built;

/// The files of the app by their paths, each once, with its compressed forms.
#[derive(Default)]
pub struct Assets(HashMap<String, Asset>);

pub struct Asset {
    pub media_type: &'static str,
    /// Whether the name changes with the content.
    lasting: bool,
    digest: String,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Assets {
    /// Those that this program carries; none where the app was not built.
    pub fn built() -> Assets {
        Assets::of(
            Built::iter().filter_map(|name| Built::get(&name).map(|file| (name.into_owned(), file.data))),
        )
    }

    pub fn of(files: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>) -> Assets {
        let mut files: HashMap<String, Bytes> =
            files.into_iter().map(|(name, content)| (name, bytes(content))).collect();
        let mut names: Vec<String> = files.keys().cloned().collect();
        names.retain(|name| !name.ends_with(".br") && !name.ends_with(".gz"));
        let assets = names.into_iter().filter_map(|name| {
            let plain = files.remove(&name)?;
            let asset = Asset {
                media_type: media_type(&name),
                lasting: name.starts_with("assets/"),
                digest: URL_SAFE_NO_PAD.encode(&Sha256::digest(&plain)[..12]),
                plain,
                brotli: files.remove(&format!("{name}.br")),
                gzip: files.remove(&format!("{name}.gz")),
            };
            Some((name, asset))
        });
        Assets(assets.collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn find(&self, name: &str) -> Option<&Asset> {
        self.0.get(name)
    }
}

impl Asset {
    /// The form of it that the client takes and that is the smallest: its validator, its encoding and its bytes.
    pub fn representation(&self, request: &HttpRequest) -> (String, Option<&'static str>, Bytes) {
        let forms = [("br", Encoding::brotli(), &self.brotli), ("gzip", Encoding::gzip(), &self.gzip)];
        let accepted = AcceptEncoding::parse(request).ok();
        let takes = |encoding: &Encoding| {
            accepted.as_ref().is_some_and(|it| it.negotiate([encoding].into_iter()) == Some(encoding.clone()))
        };
        for (name, encoding, bytes) in forms {
            if let Some(bytes) = bytes
                && takes(&encoding)
            {
                return (format!("\"{}-{name}\"", self.digest), Some(name), bytes.clone());
            }
        }
        (format!("\"{}\"", self.digest), None, self.plain.clone())
    }

    /// What has its content in its name can be kept; of all else it is asked each time whether it is still so.
    pub fn caching(&self) -> &'static str {
        if self.lasting { "public, max-age=31536000, immutable" } else { "no-cache" }
    }
}

fn bytes(content: Cow<'static, [u8]>) -> Bytes {
    match content {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
