//! Wiring: what the server is made of, and how it starts and stops.

use crate::access::Access;
use crate::access::admission::{Shape, Shapes, TrustForwarded};
use crate::access_log;
use crate::change_log::{pulse, snapshots};
use crate::changes::live::Live;
use crate::config::Config;
use crate::connections;
use crate::erasures::journal::Journal;
use crate::error::{Error, Result};
use crate::followers::Followers;
use crate::http::contract;
use crate::http::cors::cors;
use crate::http::endpoint::Endpoint;
use crate::http::envelope::envelope;
use crate::http::kept_pages::KeptPages;
use crate::http::public_url::OwnTls;
use crate::http::rate_limits::RateLimits;
use crate::http::security_txt;
use crate::metrics::Metrics;
use crate::xapi::lrs::Lrs;
use crate::xapi::{self, FreeText, Telling};
use crate::{
    api_keys, audit, jobs, members, notebook, report_schedules, retention, routes, search, webhooks,
};
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{App, HttpResponse, Resource, Scope};
use schemars::JsonSchema;
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use utoipa_swagger_ui::{Config as DocsConfig, SwaggerUi};

/// Seconds that a stopping server gives to what it is doing.
const PATIENCE: u64 = 20;
/// Seconds after which it is looked whether the certificate was renewed: two small files.
const RENEWAL: u64 = 5;

/// Serves until SIGTERM or SIGINT, then finishes what it has. `started` is told the address.
pub async fn serve(access: Access, config: &Config, started: impl FnOnce(SocketAddr)) -> io::Result<()> {
    let pages = web::Data::new(KeptPages::default());
    actix_web::rt::spawn(keep_house(access.clone(), pages.clone()));
    if let Some(issuer) = access.issuer() {
        actix_web::rt::spawn(async move { issuer.prepare().await });
    }
    let closing = closing();
    let pulse = pulse::begin(access.clone(), closing.clone());
    let setup = web::Data::new(webhooks::Setup {
        reach: config.webhooks.reach.clone(),
        time_out: config.webhooks.time_out,
        schedule: config.webhooks.schedule.clone(),
        public_url: config.public_url.clone(),
        sealer: webhooks::sealing::Sealer::new(&config.jwt_secret).map_err(io::Error::other)?,
    });
    let mut followers = Followers::default();
    followers.begin("search", |stopped| search::indexer::follow(access.clone(), pulse.clone(), stopped));
    followers.begin("the last uses of API keys", |stopped| api_keys::follow_uses(access.clone(), stopped));
    followers.begin("webhooks", |stopped| {
        webhooks::courier::run(access.clone(), setup.clone(), pulse.clone(), stopped)
    });
    followers.begin("schedules of reports", |stopped| {
        report_schedules::calendar::follow(access.clone(), pulse.clone(), stopped)
    });
    followers.begin("the access log", |stopped| access_log::writer::follow(access.clone(), stopped));
    followers.begin("the seals of the logs", |stopped| audit::seal::follow(access.clone(), stopped));
    if !config.leave_jobs {
        followers.begin("jobs", |stopped| jobs::runner::run(access.clone(), pulse.clone(), stopped));
    }
    if let Some((lrs, telling)) = lrs(config) {
        let forward = |stopped| xapi::forwarder::follow(access.clone(), lrs, telling, pulse.clone(), stopped);
        followers.begin("statements to the learning record store", forward);
    }
    let journal = web::Data::new(Journal::at(config.erasure_journal.clone()));
    let live = web::Data::new(Live { pulse, closing });
    let access = web::Data::new(access);
    let metrics = web::Data::new(Metrics::default());
    let assets = web::Data::new(notebook::Assets::built());
    let trust = TrustForwarded(config.trust_forwarded);
    let public_url = config.public_url.clone();
    let free_text = web::Data::new(FreeText(config.xapi.free_text));
    let (gate, limits) = (&config.gate, web::Data::new(RateLimits::new(config.gate.rates)));
    actix_web::rt::spawn(RateLimits::sweep(limits.clone()));
    if let Some(tls) = gate.tls.clone() {
        actix_web::rt::spawn(tls.renew(Duration::from_secs(RENEWAL)));
    }
    let (body_time, security) = (web::Data::new(gate.body_time), web::Data::new(gate.security.clone()));
    let (origins, own_tls) = (gate.cors_origins.clone(), OwnTls(gate.tls.is_some()));
    let app = move || {
        App::new()
            .app_data(access.clone())
            .app_data(metrics.clone())
            .app_data(pages.clone())
            .app_data(assets.clone())
            .app_data(live.clone())
            .app_data(setup.clone())
            .app_data(trust)
            .app_data(public_url.clone())
            .app_data(free_text.clone())
            .app_data(journal.clone())
            .app_data(limits.clone())
            .app_data(body_time.clone())
            .app_data(security.clone())
            .app_data(own_tls)
            .wrap(cors(&origins))
            .wrap(from_fn(envelope))
            .configure(paths)
    };
    let (server, address) =
        connections::listen(config.bind, config.workers, gate.bounds, gate.tls.as_ref(), app)?;
    started(address);
    let served = server.shutdown_timeout(PATIENCE).run().await;
    followers.end().await;
    served
}

/// The learning record store that is told of practice, if there is one, and how.
fn lrs(config: &Config) -> Option<(Lrs, Telling)> {
    let (endpoint, base) = (config.xapi.lrs.clone()?, config.public_url.0.clone()?);
    match Lrs::new(endpoint) {
        Ok(lrs) => Some((lrs, Telling { base, free_text: config.xapi.free_text })),
        Err(error) => {
            log::error!("the learning record store is told nothing: {error}");
            None
        }
    }
}

/// Is gone when the server is told to stop: what has no end of its own is to end then.
fn closing() -> watch::Receiver<()> {
    let (sender, closing) = watch::channel(());
    actix_web::rt::spawn(async move {
        let told = signal(SignalKind::terminate());
        match told {
            Ok(mut told) => {
                tokio::select! {
                    _ = told.recv() => {}
                    _ = tokio::signal::ctrl_c() => {}
                }
            }
            Err(error) => {
                log::warn!("live streams will hold up the server's end: {error}");
                std::future::pending().await
            }
        }
        drop(sender);
    });
    closing
}

/// What nobody asks for but time: memberships that ran out, records that are kept no longer, snapshots that are too old.
async fn keep_house(access: Access, pages: web::Data<KeptPages>) {
    let mut hours = tokio::time::interval(Duration::from_secs(3600));
    loop {
        hours.tick().await;
        // What another instance erased may be on some of them, though they are not sent any more.
        pages.forget();
        // Another instance that is there no more may have left some.
        if let Err(error) = access_log::backlog::clear(&access).await {
            log::warn!("accesses that wait could not be logged: {error}");
        }
        match members::hand_over_ended(&access).await {
            Ok(0) => {}
            Ok(handed) => {
                log::info!("{handed} open actions were handed over from memberships that had ended")
            }
            Err(error) => log::warn!("open actions could not be handed over: {error}"),
        }
        match retention::daily(&access).await {
            Ok(0) => {}
            Ok(begun) => log::info!("{begun} networks have records that are due to be removed"),
            Err(error) => log::warn!("what is due to be removed could not be seen to: {error}"),
        }
        if let Err(error) = access.console(|tx| Ok(snapshots::sweep(tx)?)).await {
            log::warn!("snapshots that are too old could not be removed: {error}");
        }
        if let Err(error) = access.console(webhooks::sweep).await {
            log::warn!("webhooks' deliveries that are too old could not be removed: {error}");
        }
    }
}

/// All paths. Endpoints of the table share a resource where they share a path, so that another method is a 405. The
/// resources lie in scopes by their first segment, and below it by the id: a request is matched against a few, and against
/// one pattern alone.
fn paths(config: &mut ServiceConfig) {
    let mut scopes: BTreeMap<&str, BTreeMap<&str, BTreeMap<&str, Vec<Endpoint>>>> = BTreeMap::new();
    for endpoint in routes::table() {
        let rest = endpoint.path.trim_start_matches("/v1/");
        let (segment, below) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (id, below) = match below.strip_prefix("/{").and_then(|_| below.rfind('}')) {
            Some(end) => below.split_at(end + 1),
            None => ("", below),
        };
        scopes.entry(segment).or_default().entry(id).or_default().entry(below).or_default().push(endpoint);
    }
    let fill = |scope: Scope, resources: BTreeMap<&str, Vec<Endpoint>>| {
        resources.into_iter().fold(scope, |scope, (below, rows)| scope.service(resource(below, rows)))
    };
    for (segment, by_id) in scopes {
        let mut scope = web::scope(&format!("/v1/{segment}"));
        for (id, resources) in by_id {
            scope = match id {
                "" => fill(scope, resources),
                id => scope.service(fill(web::scope(id), resources)),
            };
        }
        config.service(scope);
    }
    config
        .service(web::resource("/livez").route(web::get().to(livez)))
        .service(web::resource("/readyz").route(web::get().to(readyz)))
        .service(web::resource("/metrics").route(web::get().to(metrics)))
        .service(web::resource(security_txt::PATH).route(web::get().to(security_txt::security_txt)))
        .configure(notebook::paths)
        .service(
            SwaggerUi::new("/docs/{_:.*}").config(
                DocsConfig::from("/v1/openapi.json").validator_url("none").persist_authorization(false),
            ),
        );
}

fn resource(below: &str, endpoints: Vec<Endpoint>) -> Resource {
    let shape = |row: &Endpoint| Shape {
        method: row.method.clone(),
        produces: row.produces,
        queried: row.takes_query(),
    };
    let path = endpoints.first().map_or("-", |endpoint| endpoint.path);
    let shapes = Shapes { path, shapes: endpoints.iter().map(shape).collect() };
    let mut resource = web::resource(below).app_data(shapes);
    for endpoint in endpoints {
        resource = resource.route((endpoint.handler)());
    }
    resource
}

/// The process runs.
async fn livez() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok")
}

/// The database answers.
async fn readyz(access: web::Data<Access>) -> Result<HttpResponse> {
    access.ready().await?;
    Ok(HttpResponse::Ok().content_type("text/plain").body("ready"))
}

async fn metrics(metrics: web::Data<Metrics>) -> Result<HttpResponse> {
    let text = metrics.text().map_err(Error::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("application/openmetrics-text; version=1.0.0; charset=utf-8")
        .body(text))
}

/// An OpenAPI 3.1 document.
#[derive(JsonSchema)]
#[schemars(transparent)]
pub struct OpenApiDocument(#[allow(dead_code)] serde_json::Map<String, serde_json::Value>);

/// The contract, for everyone and from everywhere (API Design Rules, /core/publish-openapi).
pub async fn openapi(_public: crate::access::Public) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(("Access-Control-Allow-Origin", "*"))
        .body(contract::bytes())
}
