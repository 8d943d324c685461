//! The commands, and what each does.

mod args;
mod audit;
mod backup;
mod health;
mod listen;
mod passwords;
mod upkeep;

pub use args::{
    AdminCommand, AuditCommand, ChangesCommand, Command, ConfigCommand, DemoArgs, ErasuresCommand,
    HealthcheckArgs, NewAdmin, SearchCommand, WebhooksCommand,
};
pub use audit::{cut_accesses, print_heads, verify_audit};
pub use backup::{backup, restore};
pub use listen::listen as listen_for_webhooks;
pub use upkeep::{cut_changes, rebuild_search, replay_erasures};

use crate::access::{Access, password, tokens};
use crate::config::{Config, DatabaseSetting, LogFormat, Settings, redacted};
use crate::db::{Db, migrate};
use crate::demo::welcome::welcome;
use crate::erasures::{journal::Journal, replay};
use crate::error::Error;
use crate::http::credentials::Email;
use crate::http::text::ProperName;
use crate::{app, http, logging, people};
use actix_web::rt::System;
use args::Cli;
use clap::Parser;
use passwords::{admin_password, demo_password};
use std::cell::Cell;
use std::fmt;
use std::io::{self, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;

/// What a command ends with when it cannot do its work: sentences for people, one a line.
pub struct Complaint(Vec<String>);

type Outcome<T = ()> = Result<T, Complaint>;

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl From<Vec<String>> for Complaint {
    fn from(sentences: Vec<String>) -> Complaint {
        Complaint(sentences)
    }
}

impl From<String> for Complaint {
    fn from(sentence: String) -> Complaint {
        Complaint(vec![sentence])
    }
}

impl From<Error> for Complaint {
    fn from(error: Error) -> Complaint {
        match error {
            Error::Invalid { errors, .. } => {
                Complaint(errors.into_iter().map(|error| error.detail).collect())
            }
            Error::Conflict(conflict) => Complaint(vec![conflict.detail]),
            other => Complaint(vec![one_line(&other.to_string())]),
        }
    }
}

/// The command that was asked for; or, where help was asked for or the line was wrong, that has been said and this is
/// what the program ends with.
pub fn parse() -> Result<Command, ExitCode> {
    Cli::try_parse().map(|cli| cli.command).map_err(|told| {
        // There is nobody to tell that nobody reads.
        let _ = told.print();
        u8::try_from(told.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
    })
}

pub fn serve(settings: &Settings) -> Outcome {
    let config = Config::resolve(settings)?;
    logging::init(config.log_format, &config.log_filter);
    let db = open_database(&config.database_url, config.database_threads)?;
    System::new().block_on(async {
        let access = Access::open(db, &config.jwt_secret).await?.trusting(config.oidc.issuer()?);
        replay::on_start(&access, &Journal::at(config.erasure_journal.clone())).await?;
        listen(access, &config, |_| ()).await
    })
}

pub fn demo(args: &DemoArgs) -> Outcome {
    let password = demo_password(&args.demo_password, &args.demo_password_file);
    let config = Config::resolve(&args.settings.for_demo()?);
    let (config, password) = match (config, password) {
        (Ok(config), Ok(password)) => (config, password),
        (config, password) => {
            let mut faults = config.err().unwrap_or_default();
            faults.extend(password.err());
            return Err(faults.into());
        }
    };
    logging::init(config.log_format, &config.log_filter);
    let database = redacted(&config.database_url);
    let db = open_database(&config.database_url, config.database_threads)?;
    System::new().block_on(async {
        let access = Access::open(db, &config.jwt_secret).await?.trusting(config.oidc.issuer()?);
        say(&format!("Looking for the made-up workplace in {database}"));
        let demo = crate::demo::fill(&access, &password, |progress| say(&format!("  {progress}"))).await?;
        say(match (demo.fresh, demo.kept_password) {
            (true, _) => "It is filled.",
            (false, true) => "It was there already.",
            (false, false) => "It was there already; its sign-ins have the password below from now on.",
        });
        let watchable = config.webhooks.reach.permits_plain(Ipv4Addr::LOCALHOST.into());
        replay::on_start(&access, &Journal::at(config.erasure_journal.clone())).await?;
        let greet = |address| {
            let base = format!("{}://{}", scheme(&config), on_this_machine(address));
            say(&welcome(&base, &password, &demo, &database, watchable));
        };
        listen(access, &config, greet).await
    })
}

pub fn migrate(database: &DatabaseSetting) -> Outcome {
    let url = database.resolve()?;
    logging::init(LogFormat::Text, "warn");
    let applied = apply_migrations(&url)?;
    say(&match applied.as_slice() {
        [] => format!("{} is up to date.", redacted(&url)),
        names => format!("Applied to {}:\n  {}", redacted(&url), names.join("\n  ")),
    });
    Ok(())
}

pub fn openapi() -> Outcome {
    let text = format!("{:#}\n", http::contract::document());
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        // A reader such as `head` has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("The contract could not be written: {error}.").into())
        }
        _ => Ok(()),
    }
}

pub fn create_admin(admin: &NewAdmin) -> Outcome {
    let url = admin.database.resolve();
    let name = ProperName::new(&admin.name)
        .map_err(|_| "--name: expected 1 to 200 characters, none a control character.");
    let email = admin.email.trim();
    let known = Email::parse(email).map(drop).ok_or("--email: expected an e-mail address.");
    let password = admin_password();
    let (url, name, password) = match (url, name, known, password) {
        (Ok(url), Ok(name), Ok(()), Ok(password)) => (url, name, password),
        (url, name, known, password) => {
            let faults =
                [url.err(), name.err().map(str::to_owned), known.err().map(str::to_owned), password.err()];
            return Err(faults.into_iter().flatten().collect::<Vec<_>>().into());
        }
    };
    logging::init(LogFormat::Text, "warn");
    let db = open_database(&url, 1)?;
    System::new().block_on(async {
        // Nothing is signed here, so any secret will do.
        let access = Access::open(db, tokens::random()?.as_bytes()).await?;
        let hash = password::hash(password).await?;
        let made = people::create_admin(&access, email, &name, &admin.locale, hash).await;
        match made {
            Ok(id) => {
                say(&id.to_string());
                Ok(())
            }
            Err(Error::Conflict(conflict)) if conflict.code == "email_taken" => {
                Err(format!("There is somebody with the address {email} already; nothing was changed.")
                    .into())
            }
            Err(error) => Err(error.into()),
        }
    })
}

pub fn check_config(settings: &Settings) -> Outcome {
    for (name, value) in Config::report(settings)? {
        say(&format!("{name:<24} {value}"));
    }
    Ok(())
}

pub fn healthcheck(args: &HealthcheckArgs) -> Outcome {
    let address = on_this_machine(args.listen.resolve()?);
    if address.port() == 0 {
        return Err("BIND: expected the port that the server listens on, not 0.".to_owned().into());
    }
    let answer = if args.by_tls() { health::status_by_tls(address) } else { health::status(address) };
    match answer {
        Ok(line) if line.split(' ').nth(1) == Some("200") => Ok(()),
        Ok(line) => {
            Err(format!("The server at {address} is not ready; it answers {:?}.", line.trim_end()).into())
        }
        Err(error) => Err(format!("The server at {address} does not answer: {error}.").into()),
    }
}

/// The database, up to date, with its threads running.
fn open_database(url: &str, threads: usize) -> Outcome<Db> {
    let applied = apply_migrations(url)?;
    if !applied.is_empty() {
        log::info!(migrations = applied.join(" ").as_str(); "the database was brought up to date");
    }
    Db::start(url, threads).map_err(|error| unusable(url, &error))
}

fn apply_migrations(url: &str) -> Outcome<Vec<String>> {
    migrate::run(url).map_err(|error| unusable(url, &error))
}

/// What the database's library says, without the password that it may quote.
fn unusable(url: &str, error: &str) -> Complaint {
    let shown = redacted(url);
    format!("The database {shown} cannot be used: {}", one_line(&error.replace(url, &shown))).into()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn listen(access: Access, config: &Config, started: impl FnOnce(SocketAddr)) -> Outcome {
    let listening = Cell::new(false);
    let served = app::serve(access, config, |address| {
        listening.set(true);
        say(&format!("listening on {}://{address}", scheme(config)));
        started(address);
    });
    served.await.map_err(|error| {
        let bind = config.bind;
        match error.kind() {
            _ if listening.get() => format!("The server stopped: {error}."),
            io::ErrorKind::AddrInUse => {
                format!("Another program listens on {bind} already; BIND chooses another.")
            }
            _ => format!("Cannot listen on {bind}: {error}."),
        }
        .into()
    })
}

fn scheme(config: &Config) -> &'static str {
    if config.gate.tls.is_some() { "https" } else { "http" }
}

/// A line on standard output, at once. A reader that went away must not stop a server.
fn say(line: &str) {
    let mut stdout = io::stdout().lock();
    let _ = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
}

/// The address at which this machine reaches a server that listens on all of its own.
fn on_this_machine(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        match address {
            SocketAddr::V4(_) => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            SocketAddr::V6(_) => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_well_formed() {
        Cli::command().debug_assert();
    }

    /// What may hold a secret is not shown by the help, and can lie in a file.
    #[test]
    fn every_secret_has_a_file() {
        fn secrets(command: &clap::Command) -> Vec<(String, bool)> {
            let variable = |arg: &clap::Arg| Some(arg.get_env()?.to_str()?.to_owned());
            let all: Vec<String> = command.get_arguments().filter_map(variable).collect();
            let hidden = command.get_arguments().filter(|arg| arg.is_hide_env_values_set());
            let own = hidden.filter_map(variable).map(|name| {
                let filed = all.contains(&format!("{name}_FILE"));
                (name, filed)
            });
            own.chain(command.get_subcommands().flat_map(secrets)).collect()
        }
        let secrets = secrets(&Cli::command());
        for known in ["DATABASE_URL", "JWT_SECRET", "XAPI_LRS_PASSWORD", "DEMO_PASSWORD", "WEBHOOK_SECRET"] {
            assert!(secrets.iter().any(|(name, _)| name == known), "{known}");
        }
        // An address with a password in it is refused there.
        let without = secrets.iter().filter(|(name, filed)| !filed && name != "XAPI_LRS_URL");
        assert_eq!(without.collect::<Vec<_>>(), Vec::<&(String, bool)>::new());
    }

    #[test]
    fn a_flag_without_a_value_leaves_the_next_word_alone() {
        let cli = Cli::try_parse_from(["feedbacklus", "serve", "--keep-secret", "--bind", "127.0.0.1:0"]);
        let Ok(Cli { command: Command::Serve(settings) }) = cli else { panic!("it is a good line") };
        assert_eq!(settings.keep_secret.as_deref(), Some("true"));
    }

    #[test]
    fn all_addresses_are_reached_at_the_loopback() {
        for (listening, reached) in
            [("0.0.0.0:80", "127.0.0.1:80"), ("[::]:80", "[::1]:80"), ("192.0.2.1:80", "192.0.2.1:80")]
        {
            let address = on_this_machine(listening.parse().expect("an address"));
            assert_eq!(address.to_string(), reached);
        }
    }
}
