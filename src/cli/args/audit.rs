//! The command line of the logs.

use super::CutArgs;
use crate::config::DatabaseSetting;
use crate::ids::Id;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum AuditCommand {
    /// Hold the logs of changes and accesses against their chains
    ///
    /// Each network has a log of what was changed and one of what was read, and over each a chain of hashes. Go along all of
    /// them, name every row that was changed, removed or put in, and end with 1 if there is one. Nothing is changed, and it can
    /// run beside a running server. What was added in the last seconds is not sealed yet: it is counted, not verified. What was
    /// erased or cut off by the program's own commands breaks no chain.
    ///
    /// Whoever owns the database can rewrite a log and make its whole chain anew. Only a hash that was kept elsewhere shows
    /// that: keep what `audit heads` prints, and give it back here with --head.
    #[command(
        verbatim_doc_comment,
        after_help = "Examples:\n  \
        DATABASE_URL=sqlite://feedbacklus.sqlite feedbacklus audit verify\n  \
        feedbacklus audit verify --network 01890a5d-ac96-774b-bcce-b302099a8057\n  \
        feedbacklus audit verify --head heads-2026-11-01.txt"
    )]
    Verify(VerifyArgs),

    /// Print the newest hash of each chain, to be kept elsewhere
    ///
    /// Seal what was added last, and print a line for each log of each network: the network's id, `changes` or `accesses`, the
    /// number of the last row and the hash up to it. Keep it where those who run the database cannot write, such as with
    /// the data protection officer; `audit verify --head` compares.
    #[command(
        verbatim_doc_comment,
        after_help = "Example:\n  \
        DATABASE_URL=sqlite://feedbacklus.sqlite feedbacklus audit heads > heads-2026-11-01.txt"
    )]
    Heads(DatabaseSetting),

    /// Remove the accesses before a day from the access log
    ///
    /// Who read what is kept for ever unless it is cut; NEN 7513 asks for five years at least of what it is about. The chain
    /// keeps the hash up to which it was cut, and the log that it was. The last 30 days cannot be cut. It can run beside a
    /// running server. The log of changes is cut by `changes cut`.
    #[command(
        verbatim_doc_comment,
        after_help = "Example:\n  DATABASE_URL=sqlite://feedbacklus.sqlite feedbacklus audit cut --before 2021-01-01"
    )]
    Cut(CutArgs),
}

#[derive(Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    pub database: DatabaseSetting,

    /// Of this network alone; the nil id is that of what belongs to no network
    #[arg(long, value_name = "ID")]
    pub network: Option<Id>,

    /// What `audit heads` printed earlier; may be given more than once
    #[arg(long, value_name = "FILE")]
    pub head: Vec<PathBuf>,
}
