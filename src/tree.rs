//! Trees: records of one kind that lie below each other, such as networks and themes. A walk up or down is one query,
//! however deep the tree is.

use crate::access::Tx;
use crate::db::types::Uid;
use crate::ids::Id;
use crate::natively;
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{HasSqlType, Integer, Nullable};

/// A table whose rows name the one they lie below.
#[derive(Clone, Copy, Debug)]
pub struct Tree {
    table: &'static str,
    /// The column that names the row above; it has an index.
    above: &'static str,
}

pub const NETWORKS: Tree = Tree { table: "networks", above: "parent_id" };
/// What was adapted lies below what it was made from.
pub const INSIGHTS: Tree = Tree { table: "insights", above: "adapted_from_id" };
pub const THEMES: Tree = Tree { table: "themes", above: "broader_theme_id" };

/// Steps that a walk takes at most: far more than any tree here is deep, so that a damaged one is no endless walk.
const STEPS: usize = 1000;

/// A place that a walk came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable)]
pub struct Node {
    pub id: Id,
    /// What it lies below; none at the top.
    pub above: Option<Id>,
    /// Steps from where the walk began, which is at 0.
    pub distance: i32,
}

/// A record and all that it lies below, from below; none where there is no such record.
pub fn above(tx: &mut Tx<'_>, tree: Tree, id: Id) -> QueryResult<Vec<Node>> {
    walk(tx, Walk { tree, from: id, up: true })
}

/// A record and all that lies below it at any depth, from above; none where there is no such record. What lies equally
/// deep is in the order of the ids.
pub fn below(tx: &mut Tx<'_>, tree: Tree, id: Id) -> QueryResult<Vec<Node>> {
    walk(tx, Walk { tree, from: id, up: false })
}

/// How many levels a walk came through, that of its beginning included.
pub fn levels(walked: &[Node]) -> usize {
    walked.last().map_or(0, |last| last.distance as usize + 1)
}

fn walk(tx: &mut Tx<'_>, walk: Walk) -> QueryResult<Vec<Node>> {
    natively!(tx.conn(), c => walk.load(c))
}

/// The recursive query, which Diesel has no words for.
struct Walk {
    tree: Tree,
    from: Id,
    up: bool,
}

impl QueryId for Walk {
    type QueryId = ();
    // The text is another one for each tree and direction.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Walk {
    type SqlType = (Uid, Nullable<Uid>, Integer);
}

impl<C> RunQueryDsl<C> for Walk {}

impl<DB> QueryFragment<DB> for Walk
where
    DB: Backend + HasSqlType<Uid>,
    Id: ToSql<Uid, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Tree { table, above } = self.tree;
        let next =
            if self.up { "step.id = walk.above".to_owned() } else { format!("step.{above} = walk.id") };
        out.push_sql(&format!(
            "WITH RECURSIVE walk (id, above, distance) AS (SELECT id, {above}, 0 FROM {table} WHERE id = "
        ));
        out.push_bind_param::<Uid, _>(&self.from)?;
        out.push_sql(&format!(
            " UNION ALL SELECT step.id, step.{above}, walk.distance + 1 FROM walk JOIN {table} step ON {next} \
             WHERE walk.distance < {STEPS}) SELECT id, above, distance FROM walk ORDER BY distance, id"
        ));
        Ok(())
    }
}
