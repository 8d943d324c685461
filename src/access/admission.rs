//! What a request must fit before its work begins: a media type on offer, a query only where one is taken.

use crate::error::{Error, FieldError, Result};
use crate::http::accept::{is_named, quality};
use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};
use std::net::{IpAddr, SocketAddr};

/// What the endpoints of a path take and answer in.
pub struct Shapes {
    /// The path as a template, such as `/v1/cycles/{cycleId}`.
    pub path: &'static str,
    pub shapes: Vec<Shape>,
}

/// The media types that an endpoint answers in, the first of which goes without saying, and whether it takes a query.
pub struct Shape {
    pub method: Method,
    pub produces: &'static [&'static str],
    pub queried: bool,
}

impl Shapes {
    /// The template of the path that the request goes to.
    pub fn path(request: &HttpRequest) -> Option<&'static str> {
        request.app_data::<Shapes>().map(|shapes| shapes.path)
    }

    /// That of the endpoint that the request goes to.
    pub fn of(request: &HttpRequest) -> Option<&Shape> {
        request.app_data::<Shapes>()?.shapes.iter().find(|shape| shape.method == *request.method())
    }
}

/// 406 where `Accept` (RFC 9110, section 12.5.1) is what counts, and leaves out all that the endpoint can answer in; 400 for a
/// query where none is taken.
pub(super) fn fits(request: &HttpRequest) -> Result<()> {
    let Some(shape) = Shapes::of(request) else { return Ok(()) };
    if let Some(accept) = request.headers().get(header::ACCEPT)
        && !is_named(request, shape.produces)
    {
        let accept = accept.to_str().unwrap_or_default();
        let accepted = |offer: &&str| quality(accept, offer) > 0;
        if !accept.trim().is_empty() && !shape.produces.iter().any(accepted) {
            return Err(Error::NotAcceptable(shape.produces.join(", ")));
        }
    }
    if !request.query_string().is_empty() && !shape.queried {
        let keys = request.query_string().split('&').map(|pair| pair.split('=').next().unwrap_or_default());
        let unknown =
            |key| FieldError::new(format!("/{key}"), "unknown_member", "There is no such query key here.");
        return Err(Error::Invalid { code: "invalid_query", errors: keys.map(unknown).collect() });
    }
    Ok(())
}

/// Set where a proxy stands in front and its `Forwarded` or `X-Forwarded-For` (RFC 7239) can be believed.
#[derive(Clone, Copy)]
pub struct TrustForwarded(pub bool);

/// Where a request came from, for the throttle.
#[derive(Clone)]
pub struct ClientAddress(pub String);

impl ClientAddress {
    /// The address as a number, where it is one: a proxy may name another by a word (RFC 7239, section 6.3).
    pub fn ip(request: &HttpRequest) -> Option<IpAddr> {
        let trusted = request.app_data::<TrustForwarded>().is_some_and(|trust| trust.0);
        let named = if trusted {
            let connection = request.connection_info();
            connection.realip_remote_addr().and_then(|address| {
                let bare = address.trim_start_matches('[').trim_end_matches(']');
                bare.parse().ok().or_else(|| address.parse().ok().map(|address: SocketAddr| address.ip()))
            })
        } else {
            None
        };
        named.or_else(|| request.peer_addr().map(|address| address.ip()))
    }
}

impl FromRequest for ClientAddress {
    type Error = Error;
    type Future = Ready<Result<ClientAddress>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let trusted = request.app_data::<TrustForwarded>().is_some_and(|trust| trust.0);
        if trusted && let Some(address) = request.connection_info().realip_remote_addr() {
            return ready(Ok(ClientAddress(address.to_owned())));
        }
        let peer = request.peer_addr().map(|address| address.ip().to_string());
        ready(Ok(ClientAddress(peer.unwrap_or_default())))
    }
}
