//! Settings, from flags and the environment. They are taken as they were written and checked together, so that one
//! start tells of every setting that cannot be used.

mod connections;
mod database;
mod demo;
mod erasures;
mod files;
mod gate;
mod oidc;
mod rates;
mod secret;
#[cfg(test)]
mod tests;
mod tls;
mod values;
mod webhooks;
mod xapi;

pub use self::webhooks::{WebhookSettings, Webhooks};
pub use self::xapi::{Xapi, XapiSettings};
pub use database::{DatabaseSetting, redacted};
pub use erasures::JournalSetting;
pub use files::secret as secret_in_file;
pub use gate::{Gate, GateSettings};
pub use oidc::{Oidc, OidcSettings};
pub use tls::TlsSettings;
pub use values::LogFormat;

use self::secret::{Secret, make_secret, secret, secret_file};
use self::values::{given, log_filter, log_format, number, public_url, switch};
use crate::db::dialect::Backend;
use crate::http::public_url::PublicUrl;
use clap::Args;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};

const BIND: &str = "127.0.0.1:8080";

// The comments on the fields below are the help texts of the command line. None of these types can be printed for
// debugging: they hold secrets.

/// The setting of every command that needs to know where the server listens.
#[derive(Args, Clone, Default)]
pub struct BindSetting {
    /// Where to listen; with port 0 the system chooses one [default: 127.0.0.1:8080]
    #[arg(long, env = "BIND", value_name = "HOST:PORT")]
    pub bind: Option<String>,
}

/// The settings of a server, as they were written. An empty one counts as not set.
#[derive(Args, Clone, Default)]
pub struct Settings {
    #[command(flatten)]
    pub database: DatabaseSetting,

    #[command(flatten)]
    pub listen: BindSetting,

    /// Signs the access tokens: at least 32 bytes, the same for all instances
    ///
    /// Better set in the environment: other users of the machine can read flags.
    #[arg(long, env = "JWT_SECRET", hide_env_values = true, value_name = "SECRET")]
    pub jwt_secret: Option<String>,

    /// A file that holds it, instead [default: none]
    #[arg(long, env = "JWT_SECRET_FILE", value_name = "FILE")]
    pub jwt_secret_file: Option<String>,

    /// Without JWT_SECRET, on SQLite: make a secret and keep it beside the file, as FILE.secret [default: false]
    #[arg(long, env = "KEEP_SECRET", value_name = "true|false", num_args = 0..=1, require_equals = true,
        default_missing_value = "true")]
    pub keep_secret: Option<String>,

    /// How a line of the log is written, on standard error [default: text]
    #[arg(long, env = "LOG_FORMAT", value_name = "text|json")]
    pub log_format: Option<String>,

    /// What is logged, as in `info` or `warn,feedbacklus=debug` [default: info,actix_server=warn]
    #[arg(long, env = "RUST_LOG", value_name = "FILTER")]
    pub log_filter: Option<String>,

    /// Where the server is reached from outside, for links in feeds and newsletters [default: where a request was sent to]
    #[arg(long, env = "PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,

    /// Threads that answer requests [default: one for each processor]
    #[arg(long, env = "WORKERS", value_name = "NUMBER")]
    pub workers: Option<String>,

    /// Threads that read SQLite, besides the one that writes; connections to PostgreSQL [default: 2; 8]
    #[arg(long, env = "DATABASE_THREADS", value_name = "NUMBER")]
    pub database_threads: Option<String>,

    /// Take the client's address from Forwarded or X-Forwarded-For [default: false]
    ///
    /// Only behind a proxy that sets these itself: anybody else can write in them what they like.
    #[arg(long, env = "TRUST_FORWARDED", value_name = "true|false", num_args = 0..=1, require_equals = true,
        default_missing_value = "true")]
    pub trust_forwarded: Option<String>,

    #[command(flatten)]
    pub gate: GateSettings,

    #[command(flatten)]
    pub journal: JournalSetting,

    /// Leave long work to other instances; for tests
    #[arg(long, env = "LEAVE_JOBS", value_name = "true|false", hide = true)]
    pub leave_jobs: Option<String>,

    #[command(flatten)]
    pub webhooks: WebhookSettings,

    #[command(flatten)]
    pub xapi: XapiSettings,

    #[command(flatten)]
    pub oidc: OidcSettings,
}

/// The settings of a server, checked.
pub struct Config {
    pub database_url: String,
    pub bind: SocketAddr,
    /// At least 32 bytes.
    pub jwt_secret: Vec<u8>,
    pub log_format: LogFormat,
    /// What is logged, in the words of `RUST_LOG`.
    pub log_filter: String,
    /// What links to this server begin with; none where they begin as the request did.
    pub public_url: PublicUrl,
    /// Threads that answer requests.
    pub workers: usize,
    /// Readers on SQLite, connections on PostgreSQL.
    pub database_threads: usize,
    /// Whether the client's address is the one that a proxy in front names.
    pub trust_forwarded: bool,
    pub gate: Gate,
    pub leave_jobs: bool,
    /// The journal of erasures; none where there is none.
    pub erasure_journal: Option<PathBuf>,
    pub webhooks: Webhooks,
    pub xapi: Xapi,
    pub oidc: Oidc,
}

impl Config {
    /// Checks all settings, and tells what is wrong in one line for each that cannot be used. Where a secret is to be
    /// kept and there is none yet, it is made here.
    pub fn resolve(settings: &Settings) -> Result<Config, Vec<String>> {
        Config::build(settings, make_secret)
    }

    /// The name of every setting with the value in effect, to be read by people: passwords and secrets are left out,
    /// and nothing is made or opened.
    pub fn report(settings: &Settings) -> Result<Vec<(&'static str, String)>, Vec<String>> {
        let config = Config::build(settings, |_| Ok(Vec::new()))?;
        let secret_is_set = given(&settings.jwt_secret).or(given(&settings.jwt_secret_file)).is_some();
        let keep_secret = match secret_file(&config.database_url) {
            // Config::build lets nothing pass that has neither.
            Some(file) if !secret_is_set && file.exists() => format!("true (kept in {})", file.display()),
            Some(file) if !secret_is_set => format!("true (to be made in {})", file.display()),
            _ => given(&settings.keep_secret).unwrap_or("false").to_owned(),
        };
        let log_format = match config.log_format {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        };
        let mut report = vec![
            ("DATABASE_URL", settings.database.shown(&config.database_url)),
            ("BIND", config.bind.to_string()),
            ("JWT_SECRET", files::shown(&settings.jwt_secret, &settings.jwt_secret_file)),
            ("KEEP_SECRET", keep_secret),
            ("LOG_FORMAT", log_format.to_owned()),
            ("RUST_LOG", config.log_filter),
            ("PUBLIC_URL", config.public_url.0.unwrap_or_else(|| "not set".to_owned())),
            ("WORKERS", config.workers.to_string()),
            ("DATABASE_THREADS", config.database_threads.to_string()),
            ("TRUST_FORWARDED", config.trust_forwarded.to_string()),
            ("ERASURE_JOURNAL", erasures::shown(&config.erasure_journal)),
            ("WEBHOOK_ALLOWED_NETWORKS", config.webhooks.allowed()),
        ];
        report.extend(settings.gate.report(&config.gate));
        report.extend(settings.xapi.report(&config.xapi));
        report.extend(OidcSettings::report(&config.oidc));
        Ok(report)
    }

    /// `make` comes last, once all else is right: a start that is refused leaves nothing behind.
    fn build(
        settings: &Settings,
        make: impl FnOnce(&Path) -> Result<Vec<u8>, String>,
    ) -> Result<Config, Vec<String>> {
        let mut faults = Faults::default();
        let database_url = faults.keep(settings.database.resolve());
        let bind = faults.keep(settings.listen.resolve());
        let keep_secret = faults.keep(switch("KEEP_SECRET", &settings.keep_secret));
        let secret = faults.keep(secret(settings, database_url.as_deref(), keep_secret.unwrap_or(true)));
        let log_format = faults.keep(log_format(&settings.log_format));
        let log_filter = faults.keep(log_filter(&settings.log_filter));
        let public_url = faults.keep(public_url(&settings.public_url));
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let workers = faults.keep(number("WORKERS", &settings.workers, processors, 1..=256));
        let threads = match database_url.as_deref().and_then(Backend::of) {
            Some(Backend::Postgres) => 8,
            _ => 2,
        };
        let threads = faults.keep(number("DATABASE_THREADS", &settings.database_threads, threads, 1..=256));
        let trust_forwarded = faults.keep(switch("TRUST_FORWARDED", &settings.trust_forwarded));
        let leave_jobs = faults.keep(switch("LEAVE_JOBS", &settings.leave_jobs));
        let erasure_journal = faults.keep(settings.journal.resolve(database_url.as_deref()));
        let gate = settings.gate.resolve(&mut |fault| faults.0.push(fault));
        let webhooks = settings.webhooks.resolve(&mut |fault| faults.0.push(fault));
        let xapi = settings.xapi.resolve(&settings.public_url, &mut |fault| faults.0.push(fault));
        let oidc = settings.oidc.resolve().map_err(|more| faults.0.extend(more)).ok();
        let whole = move || {
            keep_secret?;
            let config = Config {
                database_url: database_url?,
                bind: bind?,
                jwt_secret: Vec::new(),
                log_format: log_format?,
                log_filter: log_filter?,
                public_url: public_url?,
                workers: workers?,
                database_threads: threads?,
                trust_forwarded: trust_forwarded?,
                gate: gate?,
                leave_jobs: leave_jobs?,
                erasure_journal: erasure_journal?,
                webhooks: webhooks?,
                xapi: xapi?,
                oidc: oidc?,
            };
            Some((config, secret?))
        };
        let Some((mut config, secret)) = whole() else {
            return Err(faults.0);
        };
        config.jwt_secret = match secret {
            Secret::Known(bytes) => bytes,
            Secret::ToMake(file) => make(&file).map_err(|fault| vec![fault])?,
        };
        Ok(config)
    }
}

impl BindSetting {
    /// The address to listen on, or in words what is wrong with it.
    pub fn resolve(&self) -> Result<SocketAddr, String> {
        let bind = given(&self.bind).unwrap_or(BIND);
        bind.to_socket_addrs().ok().and_then(|mut addresses| addresses.next()).ok_or_else(|| {
            format!("BIND: expected HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080, not {bind:?}.")
        })
    }
}

#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn keep<T>(&mut self, checked: Result<T, String>) -> Option<T> {
        checked.map_err(|fault| self.0.push(fault)).ok()
    }
}
