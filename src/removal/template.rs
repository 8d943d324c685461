//! Statements as text that both databases run, with names in braces for what they are about. They are many, and alike but for
//! their tables: as Diesel's own expressions they would hide what they have in common.

use crate::access::Tx;
use crate::clock::Instant;
use crate::db::types::{Moment, Uid};
use crate::ids::Id;
use crate::natively;
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::Error;
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

/// What a statement is about.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    /// `{network}`: the network whose row this transaction holds.
    pub network_id: Id,
    /// `{subject}`: the pseudonym or the person.
    pub subject_id: Id,
    /// `{removal}`: the erasure, or the run of retention.
    pub removal_id: Id,
    /// `{before}`: what is older than this is due.
    pub before: Instant,
    /// `{now}`.
    pub now: Instant,
}

struct Template<'t> {
    text: &'t str,
    given: &'t Given,
}

/// Runs a statement, and answers how many rows it was about. `{removed}`, `{held}` and `{unlinked}` stand for the ids that
/// the plan has so.
pub fn run(tx: &mut Tx<'_>, text: &str, given: &Given) -> QueryResult<usize> {
    let statement = Template { text, given };
    natively!(tx.conn(), c => statement.execute(c))
}

impl QueryId for Template<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C> RunQueryDsl<C> for Template<'_> {}

impl<DB> QueryFragment<DB> for Template<'_>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // Rare, and many: not to be kept.
        out.unsafe_to_cache_prepared();
        for (index, part) in self.text.split(['{', '}']).enumerate() {
            if index % 2 == 0 {
                out.push_sql(part);
                continue;
            }
            match part {
                "network" => out.push_bind_param::<Uid, Id>(&self.given.network_id)?,
                "subject" => out.push_bind_param::<Uid, Id>(&self.given.subject_id)?,
                "removal" => out.push_bind_param::<Uid, Id>(&self.given.removal_id)?,
                "before" => out.push_bind_param::<Moment, Instant>(&self.given.before)?,
                "now" => out.push_bind_param::<Moment, Instant>(&self.given.now)?,
                "removed" | "held" | "unlinked" => {
                    out.push_sql("(SELECT p.id FROM removal_plan p WHERE p.fate = '");
                    out.push_sql(part);
                    out.push_sql("')");
                }
                other => return Err(Error::QueryBuilderError(format!("no such name: {other}").into())),
            }
        }
        Ok(())
    }
}
