//! The secret that signs access tokens: set, or made once and kept beside the SQLite file.

use super::{Settings, files};
use crate::access::tokens;
use crate::db::dialect;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What HS256 takes at least (RFC 7518, section 3.2).
const SECRET_BYTES: usize = 32;

pub enum Secret {
    Known(Vec<u8>),
    /// In this file, which is not there yet.
    ToMake(PathBuf),
}

/// `database_url` is none where it was refused, which is told already.
pub fn secret(settings: &Settings, database_url: Option<&str>, keep: bool) -> Result<Secret, String> {
    if let Some(set) = files::secret("JWT_SECRET", &settings.jwt_secret, &settings.jwt_secret_file)? {
        let bytes = set.into_bytes();
        return match bytes.len() {
            SECRET_BYTES.. => Ok(Secret::Known(bytes)),
            short => Err(format!(
                "JWT_SECRET: expected at least {SECRET_BYTES} bytes, such as openssl rand -hex 32 prints; it has {short}."
            )),
        };
    }
    if !keep {
        return Err(format!(
            "JWT_SECRET: expected a secret of at least {SECRET_BYTES} bytes, such as openssl rand -hex 32 prints. With \
             SQLite, KEEP_SECRET=true makes one and keeps it beside the file instead."
        ));
    }
    let Some(database_url) = database_url else {
        return Ok(Secret::Known(Vec::new()));
    };
    let Some(file) = secret_file(database_url) else {
        return Err(format!(
            "JWT_SECRET: expected a secret of at least {SECRET_BYTES} bytes, such as openssl rand -hex 32 prints. \
             KEEP_SECRET keeps one with SQLite only, since all instances need the same."
        ));
    };
    Ok(kept_secret(&file)?.map_or(Secret::ToMake(file), Secret::Known))
}

/// Beside the SQLite file; none for PostgreSQL.
pub fn secret_file(database_url: &str) -> Option<PathBuf> {
    dialect::sqlite_path(database_url).map(|file| PathBuf::from(format!("{file}.secret")))
}

/// The secret is the file's text, so that it can be moved into `JWT_SECRET` as it is.
fn kept_secret(file: &Path) -> Result<Option<Vec<u8>>, String> {
    match fs::read(file) {
        Ok(bytes) if bytes.trim_ascii().len() >= SECRET_BYTES => Ok(Some(bytes.trim_ascii().to_vec())),
        Ok(_) => Err(format!(
            "KEEP_SECRET: expected at least {SECRET_BYTES} bytes in {}; remove the file to have a new secret made, after \
             which everybody signs in again.",
            file.display()
        )),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("KEEP_SECRET: cannot read {}: {error}.", file.display())),
    }
}

pub fn make_secret(file: &Path) -> Result<Vec<u8>, String> {
    let secret = tokens::random().map_err(|error| error.to_string())?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(file).and_then(|mut open| {
        open.write_all(format!("{secret}\n").as_bytes())?;
        open.sync_all()
    });
    match written {
        Ok(()) => Ok(secret.into_bytes()),
        // Another instance was faster; both have to sign with the same.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            kept_secret(file)?.ok_or_else(|| {
                format!("KEEP_SECRET: {} was there and then was not; start again.", file.display())
            })
        }
        Err(error) => Err(format!("KEEP_SECRET: cannot write {}: {error}.", file.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::super::tests::{SECRET, faults, set, settings};
    use super::*;

    #[test]
    fn a_kept_secret_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("a.sqlite");
        let file = folder.path().join("a.sqlite.secret");
        let keep = Settings {
            jwt_secret: None,
            keep_secret: set("true"),
            ..settings(&format!("sqlite://{}", database.display()))
        };

        let refused = Settings { workers: set("none"), ..keep.clone() };
        assert_eq!(faults(&refused).len(), 1);
        assert!(Config::report(&keep).is_ok());
        assert!(!file.exists(), "neither a refused start nor a look makes it");

        let first = Config::resolve(&keep).expect("a secret is made").jwt_secret;
        let again = Config::resolve(&keep).expect("the secret is kept").jwt_secret;
        assert!(first.len() >= SECRET_BYTES);
        assert_eq!(first, again);
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(&file).expect("the file"));
            assert_eq!(mode & 0o777, 0o600);
        }

        let own = Config::resolve(&Settings { jwt_secret: set(SECRET), ..keep.clone() });
        assert_eq!(
            own.expect("good settings").jwt_secret,
            SECRET.as_bytes(),
            "a secret that is set comes first"
        );

        fs::write(&file, "cut short").expect("our file");
        assert!(faults(&keep)[0].starts_with("KEEP_SECRET: expected"));
    }

    #[test]
    fn nothing_is_kept_without_a_file() {
        let keep =
            Settings { jwt_secret: None, keep_secret: set("true"), ..settings("postgres://u@db.example/d") };
        assert!(faults(&keep)[0].starts_with("JWT_SECRET: expected"));
    }
}
