//! Copies of a whole database, out and in. SQLite makes its own; PostgreSQL's are made and read by `pg_dump` and
//! `pg_restore`, which know every version's catalogue.

use super::{Backend, Purpose, open, sqlite_path};
use crate::db::AnyConnection;
use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};
use percent_encoding::percent_decode_str;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    told: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// What a database has: its tables and all their rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    pub tables: usize,
    pub rows: i64,
}

/// Which database a copy is of, by how it begins; none where it is no copy of either.
pub fn kind_of(file: &Path) -> io::Result<Option<Backend>> {
    let mut start = Vec::new();
    File::open(file)?.take(16).read_to_end(&mut start)?;
    Ok(match start.as_slice() {
        b"SQLite format 3\0" => Some(Backend::Sqlite),
        [b'P', b'G', b'D', b'M', b'P', ..] => Some(Backend::Postgres),
        _ => None,
    })
}

/// About how many bytes a copy will have; more than it will rather than less.
pub fn size(url: &str) -> Result<u64, String> {
    match &mut connect(url)? {
        AnyConnection::Sqlite(c) => {
            let sql = "SELECT page_count * page_size AS number FROM pragma_page_count, pragma_page_size";
            sql_query(sql).get_result::<Number>(c)
        }
        AnyConnection::Postgres(c) => {
            sql_query("SELECT pg_database_size(current_database()) AS number").get_result::<Number>(c)
        }
    }
    .map(|size| u64::try_from(size.number).unwrap_or(0))
    .map_err(|error| error.to_string())
}

/// Copies the database, as it is at one moment, into a file that is there and empty. Others may go on writing.
pub fn copy_out(url: &str, to: &Path) -> Result<Extent, String> {
    let mut connection = connect(url)?;
    if let AnyConnection::Sqlite(c) = &mut connection {
        let name = to.to_str().ok_or("the name of the file has to be UTF-8")?;
        // One read transaction; what was deleted and is still in the file is left behind.
        sql_query("VACUUM INTO ?").bind::<Text, _>(name).execute(c).map_err(|error| error.to_string())?;
        let copy = diesel::SqliteConnection::establish(name).map_err(|error| error.to_string())?;
        return extent(&mut AnyConnection::Sqlite(copy));
    }
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    connection.batch_execute(begin).map_err(|error| error.to_string())?;
    let snapshot = text(&mut connection, "SELECT pg_export_snapshot() AS told")?;
    let extent = extent(&mut connection)?;
    let mut dump = tool("pg_dump", url);
    dump.args(["--format=custom", "--no-owner", "--no-privileges", "--snapshot", &snapshot]);
    dump.arg("--file").arg(to);
    run(dump)?;
    Ok(extent)
}

/// Puts a copy into a database that is empty: a file that is not there, or a PostgreSQL database without tables.
pub fn put_in(from: &Path, url: &str) -> Result<(), String> {
    let Some(path) = sqlite_path(url) else {
        let mut restore = tool("pg_restore", url);
        restore.args(["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]).arg(from);
        return run(restore);
    };
    let path = Path::new(path);
    let folder = folder_of(path);
    let told = |error: io::Error| format!("{}: {error}", path.display());
    let mut part = tempfile::NamedTempFile::new_in(folder).map_err(told)?;
    io::copy(&mut File::open(from).map_err(|error| format!("{}: {error}", from.display()))?, &mut part)
        .map_err(told)?;
    part.as_file().sync_all().map_err(told)?;
    part.persist_noclobber(path).map_err(|error| told(error.error))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(told)
}

/// The folder that a file lies in.
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether there is nothing there that a copy would be put over.
pub fn is_empty(url: &str) -> Result<bool, String> {
    match sqlite_path(url) {
        // Its log is no less.
        Some(path) => {
            Ok(["", "-wal", "-journal"].iter().all(|end| !Path::new(&format!("{path}{end}")).exists()))
        }
        None => Ok(tables(&mut connect(url)?)?.is_empty()),
    }
}

/// What is wrong with the database as such. PostgreSQL holds what is put in against its constraints, and would have refused it.
pub fn faults(url: &str) -> Result<Vec<String>, String> {
    let AnyConnection::Sqlite(c) = &mut connect(url)? else { return Ok(Vec::new()) };
    let integrity: Result<Vec<Told>, _> =
        sql_query("SELECT integrity_check AS told FROM pragma_integrity_check LIMIT 20").load(c);
    let mut faults: Vec<String> = match integrity {
        Ok(told) => told.into_iter().map(|one| one.told).filter(|told| told != "ok").collect(),
        Err(error) => vec![error.to_string()],
    };
    let sql = "SELECT 'a row of ' || \"table\" || ' refers to one of ' || parent || ' that is not there' AS told \
               FROM pragma_foreign_key_check LIMIT 20";
    match sql_query(sql).load::<Told>(c) {
        Ok(told) => faults.extend(told.into_iter().map(|one| one.told)),
        Err(error) => faults.push(error.to_string()),
    }
    Ok(faults)
}

/// Tables and rows, at one moment.
pub fn extent_of(url: &str) -> Result<Extent, String> {
    extent(&mut connect(url)?)
}

/// A database to try a copy in, which is gone afterwards.
pub struct Scratch {
    pub url: String,
    /// Of PostgreSQL: the server it lies on, and its name there.
    server: Option<(String, String)>,
    _folder: Option<tempfile::TempDir>,
}

impl Scratch {
    /// A file in the folder for temporary files, or a database beside the one that `url` names.
    pub fn beside(url: &str, name: &str) -> Result<Scratch, String> {
        if Backend::of(url) == Some(Backend::Sqlite) {
            let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
            let url = format!("sqlite://{}", folder.path().join("scratch.sqlite").display());
            return Ok(Scratch { url, server: None, _folder: Some(folder) });
        }
        let make = format!("CREATE DATABASE {name} TEMPLATE template0");
        connect(url)?.batch_execute(&make).map_err(|error| {
            format!("a database to try the backup in cannot be made on the server that DATABASE_URL names: {error}")
        })?;
        Ok(Scratch {
            url: renamed(url, name),
            server: Some((url.to_owned(), name.to_owned())),
            _folder: None,
        })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let Some((url, name)) = &self.server else { return };
        let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        let dropped =
            connect(url).and_then(|mut c| c.batch_execute(&drop).map_err(|error| error.to_string()));
        if let Err(error) = dropped {
            log::warn!("the database {name}, in which the backup was tried, is still there: {error}");
        }
    }
}

/// The same address with another database's name.
fn renamed(url: &str, name: &str) -> String {
    let (address, options) = url.split_once('?').map_or((url, None), |(address, rest)| (address, Some(rest)));
    let authority = address.find("://").map_or(0, |at| at + 3);
    let end = address[authority..].find('/').map_or(address.len(), |at| authority + at);
    let options: String = options
        .into_iter()
        .flat_map(|options| options.split('&'))
        .filter(|option| !option.starts_with("dbname="))
        .enumerate()
        .map(|(index, option)| format!("{}{option}", if index == 0 { '?' } else { '&' }))
        .collect();
    format!("{}/{name}{options}", &address[..end])
}

fn connect(url: &str) -> Result<AnyConnection, String> {
    open(url, Purpose::Write).map_err(|error| error.to_string())
}

fn tables(connection: &mut AnyConnection) -> Result<Vec<String>, String> {
    // Of a virtual table, the tables it is kept in would be counted too.
    let of_sqlite = "SELECT name AS told FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                     AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name";
    let of_postgres = "SELECT CAST(table_name AS text) AS told FROM information_schema.tables \
                       WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name";
    let told: Vec<Told> = match connection {
        AnyConnection::Sqlite(c) => sql_query(of_sqlite).load(c),
        AnyConnection::Postgres(c) => sql_query(of_postgres).load(c),
    }
    .map_err(|error| error.to_string())?;
    Ok(told.into_iter().map(|table| table.told).collect())
}

fn extent(connection: &mut AnyConnection) -> Result<Extent, String> {
    let tables = tables(connection)?;
    let mut rows = 0;
    for table in &tables {
        let sql = sql_query(format!("SELECT count(*) AS number FROM \"{table}\""));
        let counted: Number = match connection {
            AnyConnection::Sqlite(c) => sql.get_result(c),
            AnyConnection::Postgres(c) => sql.get_result(c),
        }
        .map_err(|error| error.to_string())?;
        rows += counted.number;
    }
    Ok(Extent { tables: tables.len(), rows })
}

fn text(connection: &mut AnyConnection, sql: &str) -> Result<String, String> {
    let told: Told = match connection {
        AnyConnection::Sqlite(c) => sql_query(sql).get_result(c),
        AnyConnection::Postgres(c) => sql_query(sql).get_result(c),
    }
    .map_err(|error| error.to_string())?;
    Ok(told.told)
}

/// A program of PostgreSQL's at this database. Others can read a program's arguments: the password is not among them.
fn tool(name: &str, url: &str) -> Command {
    let (url, password) = without_password(url);
    let mut command = Command::new(name);
    command.arg("--dbname").arg(url).stdin(Stdio::null());
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command
}

fn run(mut command: Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!(
            "{name} is not on the PATH: install PostgreSQL's client programs, of the server's version or a later one"
        ),
        _ => format!("{name} cannot be started: {error}"),
    })?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}

fn without_password(url: &str) -> (String, Option<String>) {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (address, options) = url.split_once('?').map_or((url, ""), |(address, options)| (address, options));
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let (rest, mut password) = match rest.rsplit_once('@') {
        Some((user, place)) => match user.split_once(':') {
            Some((user, password)) => (format!("{user}@{place}"), Some(decoded(password))),
            None => (rest.to_owned(), None),
        },
        None => (rest.to_owned(), None),
    };
    let mut kept = Vec::new();
    for option in options.split('&').filter(|option| !option.is_empty()) {
        match option.strip_prefix("password=") {
            Some(given) => password = Some(decoded(given)),
            None => kept.push(option),
        }
    }
    let options = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    (format!("{scheme}://{rest}{options}"), password)
}

/// Makes what a name leads to durable, and the name.
pub fn sync(file: &Path) -> io::Result<()> {
    fs::File::open(file)?.sync_all()?;
    fs::File::open(folder_of(file))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_goes_another_way_than_the_address() {
        let cases = [
            ("postgres://u:p%40ss@db.example/d", "postgres://u@db.example/d", Some("p@ss")),
            ("postgres:///d?user=u&password=p&port=1", "postgres:///d?user=u&port=1", Some("p")),
            ("postgres://u@db.example/d", "postgres://u@db.example/d", None),
        ];
        for (url, shown, password) in cases {
            assert_eq!(without_password(url), (shown.to_owned(), password.map(str::to_owned)));
        }
    }

    #[test]
    fn another_database_on_the_same_server() {
        let cases = [
            (
                "postgres://u:p@db.example:1/d?sslmode=require",
                "postgres://u:p@db.example:1/x?sslmode=require",
            ),
            ("postgres://u@db.example", "postgres://u@db.example/x"),
            ("postgres:///d?host=/run&dbname=e", "postgres:///x?host=/run"),
        ];
        for (url, other) in cases {
            assert_eq!(renamed(url, "x"), other);
        }
    }
}
