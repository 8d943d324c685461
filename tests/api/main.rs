//! The API tests: the real program on SQLite and on PostgreSQL, spoken to over HTTP. Under `v1`, the files mirror the
//! addresses; what holds for all of them alike is beside it.

#![allow(clippy::disallowed_methods, reason = "the tests have no clock of their own: they are clients")]

mod access;
mod access_backlog;
mod architecture;
mod audit;
mod backups;
mod change_log;
mod command_line;
mod contract;
mod database;
mod demo;
mod documents;
mod faults;
mod forwarding;
mod fuzzing;
mod gate;
mod integrators;
mod migrations;
mod notebook;
mod panics;
mod plans;
mod properties;
mod support;
mod the_loop;
mod v1;
