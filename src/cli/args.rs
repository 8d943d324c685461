//! What can be written on the command line, with the help that is given on it.

mod audit;
mod backup;

pub use audit::{AuditCommand, VerifyArgs};
pub use backup::{BackupArgs, RestoreArgs};

use crate::config::{BindSetting, DatabaseSetting, JournalSetting, Settings, TlsSettings};
use clap::{Args, Parser, Subcommand};

// The comments on what follows are the help texts; verbatim, since clap would make one long line of each paragraph.

/// Keeps track of what teams learn from practice: questions, observations, reflections, actions and their results
#[derive(Parser)]
#[command(
    name = "feedbacklus",
    version,
    after_help = "Look around:  feedbacklus demo\n\
                  In earnest:   JWT_SECRET=$(openssl rand -hex 32) feedbacklus serve\n\n\
                  `feedbacklus COMMAND --help` tells more. Every setting is a flag and an environment variable; the \
                  flag comes first."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Serve the API
    ///
    /// Serve the API until SIGTERM or SIGINT, after which what is under way is finished, within 20 seconds. The
    /// database is brought up to date first. `listening on http://ADDRESS` on standard output says that it is ready,
    /// the log is on standard error, the API's documentation on /docs/.
    #[command(
        verbatim_doc_comment,
        after_help = "Examples:\n  \
        JWT_SECRET=$(openssl rand -hex 32) feedbacklus serve\n  \
        feedbacklus serve --keep-secret --bind 0.0.0.0:8080\n  \
        DATABASE_URL=postgres://feedbacklus:PASSWORD@localhost/feedbacklus JWT_SECRET=... feedbacklus serve"
    )]
    Serve(Settings),

    /// Serve a workplace that is filled with made-up people and records
    ///
    /// Fill a database of its own with a made-up workplace, serve it, and print sign-ins and lines to paste. It needs
    /// no settings. Run again, it finds its data and goes on with them; remove the file to begin anew.
    #[command(
        verbatim_doc_comment,
        after_help = "Examples:\n  \
        feedbacklus demo\n  \
        DEMO_PASSWORD='a password to share' feedbacklus demo --bind 0.0.0.0:8080\n  \
        DATABASE_URL=postgres://feedbacklus:PASSWORD@localhost/demo feedbacklus demo\n\n\
        It differs from `serve` in two defaults: DATABASE_URL is sqlite://feedbacklus-demo.sqlite, and without \
        JWT_SECRET\none is kept beside the file, or with PostgreSQL lasts until the program ends."
    )]
    Demo(DemoArgs),

    /// Bring the database up to date
    ///
    /// Make the tables of this version in the database, or change those that are there, and say what was done. `serve`
    /// does so by itself when it starts.
    #[command(
        verbatim_doc_comment,
        after_help = "Example:\n  DATABASE_URL=sqlite://feedbacklus.sqlite feedbacklus migrate"
    )]
    Migrate(DatabaseSetting),

    Backup(BackupArgs),

    Restore(RestoreArgs),

    /// Print the API's contract, OpenAPI 3.1 in JSON
    #[command(after_help = "Example:\n  feedbacklus openapi > feedbacklus.json")]
    Openapi,

    /// Manage administrators
    #[command(subcommand)]
    Admin(AdminCommand),

    /// Look after search
    #[command(subcommand)]
    Search(SearchCommand),

    /// Look after the log of changes
    #[command(subcommand)]
    Changes(ChangesCommand),

    /// Find out whether the logs were tampered with
    #[command(subcommand)]
    Audit(AuditCommand),

    /// Look after what was erased
    #[command(subcommand)]
    Erasures(ErasuresCommand),

    /// Watch webhooks arrive
    #[command(subcommand)]
    Webhooks(WebhooksCommand),

    /// Look into the settings
    #[command(subcommand)]
    Config(ConfigCommand),

    /// Ask the server on this machine whether it is ready
    ///
    /// GET /readyz at the address that BIND names, 0.0.0.0 being this machine. Ends with 0 when the server and its
    /// database answer within 3 seconds, else with 1. Made for the health check of a container.
    #[command(verbatim_doc_comment, after_help = "Example:\n  BIND=0.0.0.0:8080 feedbacklus healthcheck")]
    Healthcheck(HealthcheckArgs),
}

#[derive(Subcommand)]
pub enum AdminCommand {
    /// Make an administrator, such as the first, and print their id
    ///
    /// Make a person who manages people, organisations and top networks. The password has 12 to 200 characters, and is
    /// taken from ADMIN_PASSWORD, from the file that ADMIN_PASSWORD_FILE names, or from the first line of standard input: a
    /// flag could be read by others. The database is brought up to date first.
    #[command(
        verbatim_doc_comment,
        after_help = "Examples:\n  \
        feedbacklus admin create --email you@example.org --name 'Your Name'\n  \
        feedbacklus admin create --email you@example.org --name 'Your Name' < password.txt"
    )]
    Create(NewAdmin),
}

#[derive(Subcommand)]
pub enum SearchCommand {
    /// Make anew what search looks in
    ///
    /// Go through all observations, reflections, questions and insights, and make for each anew what search keeps of it.
    /// A server keeps this up to date by itself; run this after a restore that left it out, or when search does not find what
    /// is there. It can run beside a running server, which goes on finding what it found meanwhile. Stopped halfway,
    /// it has done no harm; run again, it begins at the beginning. The database is brought up to date first.
    #[command(
        verbatim_doc_comment,
        after_help = "Example:\n  DATABASE_URL=sqlite://feedbacklus.sqlite feedbacklus search rebuild"
    )]
    Rebuild(DatabaseSetting),
}

#[derive(Subcommand)]
pub enum ChangesCommand {
    /// Remove the changes before a day
    ///
    /// The log says who changed what, and when, and is kept for ever unless it is cut. Records stay as they are; clients
    /// that have not read what is removed are told to start anew. The last 30 days cannot be cut. It can run beside a
    /// running server. The database is brought up to date first.
    #[command(
        verbatim_doc_comment,
        after_help = "Example:\n  DATABASE_URL=sqlite://feedbacklus.sqlite feedbacklus changes cut --before 2025-01-01"
    )]
    Cut(CutArgs),
}

#[derive(Args)]
pub struct CutArgs {
    #[command(flatten)]
    pub database: DatabaseSetting,

    /// The first day that is kept, in Europe/Amsterdam
    #[arg(long, value_name = "DATE")]
    pub before: chrono::NaiveDate,
}

#[derive(Subcommand)]
pub enum ErasuresCommand {
    /// Carry out again what the journal has and the database does not
    ///
    /// After a backup was put back it has what was erased since. `serve` does this by itself when it starts; run this to do
    /// so before, or with a journal that lies elsewhere. What the database knows already is left as it is. It can run
    /// beside a running server. The database is brought up to date first.
    #[command(
        verbatim_doc_comment,
        after_help = "Example:\n  DATABASE_URL=sqlite://feedbacklus.sqlite feedbacklus erasures replay"
    )]
    Replay(ReplayArgs),
}

#[derive(Args)]
pub struct ReplayArgs {
    #[command(flatten)]
    pub database: DatabaseSetting,

    #[command(flatten)]
    pub journal: JournalSetting,

    /// The journal, if it is not the one that ERASURE_JOURNAL names
    #[arg(value_name = "FILE")]
    pub file: Option<std::path::PathBuf>,
}

#[derive(Subcommand)]
pub enum WebhooksCommand {
    /// Receive deliveries, verify them and print each in a line
    ///
    /// Listen for deliveries of a webhook, check their signatures by the library of Standard Webhooks, and print one line
    /// for each, until SIGTERM or SIGINT. What is signed is answered with 204, all else with 401. It keeps nothing.
    #[command(
        verbatim_doc_comment,
        after_help = "In three steps, beside `feedbacklus demo`, with TOKEN as the demo shows and the id of a network:\n\n  \
        curl -sS http://127.0.0.1:8080/v1/networks/NETWORK/webhooks -H \"Authorization: Bearer $TOKEN\" \\\n    \
        -H 'Content-Type: application/json' -d '{\"url\":\"http://127.0.0.1:9000/\",\"kinds\":[\"*\"]}'\n  \
        feedbacklus webhooks listen --secret whsec_...     # the `secret` of the answer, shown once\n  \
        curl -sS http://127.0.0.1:8080/v1/webhooks/WEBHOOK/pings -H \"Authorization: Bearer $TOKEN\" \\\n    \
        -H 'Content-Type: application/json' -d '{}'\n\n\
        `serve` sends to this machine only where WEBHOOK_ALLOWED_NETWORKS has 127.0.0.0/8; the demo has it while it\n\
        listens on this machine alone. With --fail-first one sees how a delivery comes again."
    )]
    Listen(ListenArgs),
}

#[derive(Args)]
pub struct ListenArgs {
    /// Where to listen; with port 0 the system chooses one
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:9000")]
    pub bind: String,

    /// The webhook's secret, as it was shown when it was made
    ///
    /// Better set in the environment: other users of the machine can read flags.
    #[arg(long, env = "WEBHOOK_SECRET", hide_env_values = true, value_name = "SECRET")]
    pub secret: Option<String>,

    /// A file that holds it, instead [default: none]
    #[arg(long, env = "WEBHOOK_SECRET_FILE", value_name = "FILE")]
    pub secret_file: Option<String>,

    /// Print each delivery as a JSON object in a line, with the whole event
    #[arg(long)]
    pub json: bool,

    /// Answer so many deliveries with 500 first
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub fail_first: usize,
}

#[derive(Subcommand)]
pub enum ConfigCommand {
    /// Check the settings of `serve` without starting it
    ///
    /// Print every setting with the value in effect, secrets and passwords left out; or everything that is wrong with
    /// them, ending with 1. Nothing is made, opened or changed.
    #[command(
        verbatim_doc_comment,
        after_help = "Example:\n  BIND=0.0.0.0:80 feedbacklus config check --keep-secret"
    )]
    Check(Settings),
}

#[derive(Args)]
pub struct DemoArgs {
    #[command(flatten)]
    pub settings: Settings,

    /// Of all sign-ins, 12 to 200 characters [default: made anew at each start]
    #[arg(long, env = "DEMO_PASSWORD", hide_env_values = true, value_name = "PASSWORD")]
    pub demo_password: Option<String>,

    /// A file that holds it, instead [default: none]
    #[arg(long, env = "DEMO_PASSWORD_FILE", value_name = "FILE")]
    pub demo_password_file: Option<String>,
}

#[derive(Args)]
pub struct HealthcheckArgs {
    #[command(flatten)]
    pub listen: BindSetting,

    #[command(flatten)]
    pub tls: TlsSettings,
}

impl HealthcheckArgs {
    /// Whether the server speaks TLS. Its certificate is not looked at: this machine asks itself.
    pub fn by_tls(&self) -> bool {
        self.tls.is_set()
    }
}

#[derive(Args)]
pub struct NewAdmin {
    #[command(flatten)]
    pub database: DatabaseSetting,

    /// The address they sign in with
    #[arg(long, value_name = "ADDRESS")]
    pub email: String,

    /// The name that others see
    #[arg(long)]
    pub name: String,

    /// The language they read
    #[arg(long, value_parser = ["nl", "en"], default_value = "nl")]
    pub locale: String,
}
