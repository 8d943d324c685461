//! The database's address: what is wrong with one, and what of it may be shown.

use super::files::secret;
use super::values::given;
use crate::db::dialect::{self, Backend};
use clap::Args;
use std::path::Path;

const DATABASE_URL: &str = "sqlite://feedbacklus.sqlite";

/// The setting of every command that opens the database.
#[derive(Args, Clone, Default)]
pub struct DatabaseSetting {
    /// sqlite://FILE, or postgres://USER:PASSWORD@HOST/DATABASE [default: sqlite://feedbacklus.sqlite]
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,

    /// A file that holds it, instead [default: none]
    #[arg(long, env = "DATABASE_URL_FILE", value_name = "FILE")]
    pub database_url_file: Option<String>,
}

impl DatabaseSetting {
    /// The database's address, or in words what is wrong with it. Never quotes it: it may hold a password.
    pub fn resolve(&self) -> Result<String, String> {
        let url = secret("DATABASE_URL", &self.database_url, &self.database_url_file)?;
        let url = given(&url).unwrap_or(DATABASE_URL);
        match (Backend::of(url), dialect::sqlite_path(url)) {
            (Some(_), Some(file)) => check_sqlite(file)?,
            (Some(_), None) => check_postgres(url)?,
            (None, _) => {
                return Err(
                    "DATABASE_URL: expected sqlite://FILE or postgres://USER:PASSWORD@HOST/DATABASE.".into(),
                );
            }
        }
        Ok(url.to_owned())
    }

    /// What is told of it to people, where it was resolved to this.
    pub(super) fn shown(&self, url: &str) -> String {
        let file = given(&self.database_url_file).map(|file| format!(" (from {file})"));
        redacted(url) + &file.unwrap_or_default()
    }
}

/// The address without its password.
pub fn redacted(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return "(no address)".into();
    };
    if Backend::of(url) == Some(Backend::Sqlite) {
        return url.to_owned();
    }
    // The last @: one that was forgotten to be encoded belongs to the password.
    let (user, place) = match rest.rsplit_once('@') {
        Some((user, place)) => match user.split_once(':') {
            Some((name, _)) => (format!("{name}:***@"), place),
            None => (format!("{user}@"), place),
        },
        None => (String::new(), rest),
    };
    let (place, options) =
        place.split_once('?').map_or((place, None), |(place, options)| (place, Some(options)));
    let hide = |option: &str| match option.split_once('=') {
        Some((name, _)) if name.contains("password") => format!("{name}=***"),
        _ => option.to_owned(),
    };
    let options = options.map(|all| format!("?{}", all.split('&').map(hide).collect::<Vec<_>>().join("&")));
    format!("{scheme}://{user}{place}{}", options.unwrap_or_default())
}

fn check_sqlite(file: &str) -> Result<(), String> {
    // Several threads open the file, each by itself; and SQLite would read a URI where a file's name is meant.
    if file.is_empty() || file == ":memory:" || file.starts_with("file:") || file.contains('?') {
        return Err("DATABASE_URL: expected the name of a file after sqlite://, without options.".into());
    }
    match Path::new(file).parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => Err(format!(
            "DATABASE_URL: expected a file in a folder that exists; {} does not.",
            folder.display()
        )),
        _ => Ok(()),
    }
}

/// What the PostgreSQL library would complain of by quoting the address, with the password in it.
fn check_postgres(url: &str) -> Result<(), String> {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let stray_at = rest.matches('@').count() > 1 || rest.contains('@') != authority.contains('@');
    let stray_percent = rest.split('%').skip(1).any(|after| {
        let code = after.as_bytes().get(..2).unwrap_or_default();
        code.len() < 2 || code == b"00" || !code.iter().all(u8::is_ascii_hexdigit)
    });
    if stray_at || stray_percent || rest.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(
            "DATABASE_URL: expected a user name and password with @ / : ? % and spaces percent-encoded \
                    (%40 %2F %3A %3F %25 %20)."
                .into(),
        );
    }
    if authority.contains('[') != authority.contains(']') {
        return Err("DATABASE_URL: expected an IPv6 host between [ and ].".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::set;
    use super::*;

    #[test]
    fn addresses_of_databases() {
        let good = [
            "sqlite://a.sqlite",
            "sqlite:///tmp/a.sqlite",
            "postgres://u@127.0.0.1:5432/d",
            "postgresql://u:p%40ss@[::1]/d?sslmode=require",
            "postgres:///d?host=/run/postgresql",
            "postgres://u:p@one.example:5432,two.example:5432/d",
        ];
        for url in good {
            assert!(
                DatabaseSetting { database_url: set(url), ..DatabaseSetting::default() }.resolve().is_ok(),
                "{url}"
            );
        }
        let bad = [
            "a.sqlite",
            "sqlite://",
            "sqlite://:memory:",
            "sqlite://a.sqlite?mode=ro",
            "sqlite:///no/such/folder/a.sqlite",
            "postgres://u:p@ss@db.example/d",
            "postgres://u:p/ss@db.example/d",
            "postgres://u:p?ss@db.example/d",
            "postgres://u:100%@db.example/d",
            "postgres://u:p ss@db.example/d",
            "postgres://u:pass@[::1/d",
        ];
        for url in bad {
            let fault = DatabaseSetting { database_url: set(url), ..DatabaseSetting::default() }
                .resolve()
                .expect_err(url);
            assert!(fault.starts_with("DATABASE_URL: expected ") && !fault.contains("ss@"), "{fault}");
        }
    }

    #[test]
    fn a_password_is_not_in_a_redacted_address() {
        let cases = [
            ("sqlite:///data/a.sqlite", "sqlite:///data/a.sqlite"),
            ("postgres://u@db.example/d", "postgres://u@db.example/d"),
            ("postgres://u:secret@db.example:5432/d", "postgres://u:***@db.example:5432/d"),
            ("postgres://u:se@cr/et@db.example/d", "postgres://u:***@db.example/d"),
            ("postgres://u:se?cret@db.example/d", "postgres://u:***@db.example/d"),
            ("postgres:///d?user=u&password=secret&port=1", "postgres:///d?user=u&password=***&port=1"),
            ("mysql://u:secret@db.example/d", "mysql://u:***@db.example/d"),
        ];
        for (url, shown) in cases {
            assert_eq!(redacted(url), shown);
        }
    }
}
