//! How connections are taken in: only so many at once, by TLS where there is a certificate, and each with only so much time
//! for the head of a request, the first as well as those that follow it. The framework's own server has no such bound for
//! the later ones, hence what it is made of is put together here.

mod exchange;
mod timed;
pub mod tls;

pub use exchange::Exchange;

use self::timed::Timed;
use self::tls::Tls;
use actix_http::error::DispatchError;
use actix_http::{Extensions, HttpService, Request, Response};
use actix_server::{GracefulShutdownSignal, Server, ServerBuilder};
use actix_service::{IntoServiceFactory, ServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_tls::accept::TlsError;
use actix_tls::accept::rustls_0_23::{Acceptor, TlsStream};
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, Service};
use actix_web::rt::net::TcpStream;
use std::convert::Infallible;
use std::fmt::Debug;
use std::future::ready;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpSocket;

/// Connections that the system holds ready until they are taken in.
const BACKLOG: u32 = 1024;
/// How long a connection that was told to end is given for it.
const FAREWELL: Duration = Duration::from_secs(1);

/// How connections are treated.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// How many there are at once; more wait until one ends.
    pub most: usize,
    /// How long the head of a request may take, and the handshake of TLS before it.
    pub head_time: Duration,
    /// How long a connection may lie idle between requests.
    pub keep_alive: Duration,
}

/// A server that listens, to be run, and where it does.
pub fn listen<F, I, S, B>(
    address: SocketAddr,
    workers: usize,
    bounds: Bounds,
    tls: Option<&Tls>,
    app: F,
) -> io::Result<(ServerBuilder, SocketAddr)>
where
    F: Fn() -> I + Send + Clone + 'static,
    I: IntoServiceFactory<S, Request>,
    S: ServiceFactory<Request, Config = AppConfig> + 'static,
    S::Error: Into<actix_web::Error> + 'static,
    S::InitError: Debug,
    S::Response: Into<Response<B>> + 'static,
    <S::Service as Service<Request>>::Future: 'static,
    S::Service: 'static,
    B: MessageBody + 'static,
{
    let listener = listener(address)?;
    let bound = listener.local_addr()?;
    let server =
        Server::build().workers(workers).max_concurrent_connections(bounds.most.div_ceil(workers).max(1));
    let closing = server.graceful_shutdown_signal();
    let server = match tls {
        None => server.listen("http", listener, move || {
            fn_service(move |io: TcpStream| ready(Ok::<_, DispatchError>(taken_in(io, bounds, |io| io))))
                .and_then(http(app(), bounds, closing.clone()))
        })?,
        Some(tls) => {
            let config = tls.server_config();
            server.listen("https", listener, move || {
                let mut acceptor = Acceptor::new(config.clone());
                acceptor.set_handshake_timeout(bounds.head_time);
                acceptor
                    .map_err(TlsError::<io::Error, Infallible>::into_service_error)
                    .map(move |io: TlsStream<TcpStream>| taken_in(io, bounds, |io| io.get_ref().0))
                    .and_then(http(app(), bounds, closing.clone()).map_err(TlsError::Service))
            })?
        }
    };
    Ok((server, bound))
}

/// The connection as it is served, and where it comes from. What is written leaves at once, not with what follows it.
fn taken_in<T>(io: T, bounds: Bounds, tcp: fn(&T) -> &TcpStream) -> (Timed<T>, Option<SocketAddr>) {
    let stream = tcp(&io);
    let peer = stream.peer_addr().ok();
    if let Err(error) = stream.set_nodelay(true) {
        log::debug!("a connection will wait before it sends: {error}");
    }
    (Timed::new(io, bounds), peer)
}

/// HTTP/1.1 over any connection.
fn http<T, I, S, B>(
    app: I,
    bounds: Bounds,
    closing: GracefulShutdownSignal,
) -> impl ServiceFactory<
    (Timed<T>, Option<SocketAddr>),
    Config = (),
    Response = (),
    Error = DispatchError,
    InitError = (),
>
where
    T: AsyncRead + AsyncWrite + Unpin + 'static,
    I: IntoServiceFactory<S, Request>,
    S: ServiceFactory<Request, Config = AppConfig> + 'static,
    S::Error: Into<actix_web::Error> + 'static,
    S::InitError: Debug,
    S::Response: Into<Response<B>> + 'static,
    <S::Service as Service<Request>>::Future: 'static,
    S::Service: 'static,
    B: MessageBody + 'static,
{
    let app = app.into_factory().map_err(|error| error.into().error_response());
    HttpService::build()
        .graceful_shutdown_signal(move || {
            let closing = closing.clone();
            async move { closing.notified().await }
        })
        .keep_alive(bounds.keep_alive)
        .client_request_timeout(bounds.head_time)
        .client_disconnect_timeout(FAREWELL)
        .on_connect_ext(|io: &Timed<T>, data: &mut Extensions| {
            data.insert(io.exchange());
        })
        .h1(map_config(app, |()| AppConfig::default()))
}

fn listener(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    }?;
    // A server that was just stopped leaves connections behind that would keep the address.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)?.into_std()
}
