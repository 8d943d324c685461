//! Two databases behind one code path. Queries are written once; `dialect` alone tells the two apart.

pub mod bell;
mod cleaning;
pub mod connection;
pub mod dialect;
pub mod health;
pub mod migrate;
mod notices;
pub mod schema;
mod statement_log;
pub mod types;
pub mod worker;

pub use connection::AnyConnection;

pub use worker::Db;
