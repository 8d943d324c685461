//! Windows on records, oldest first, and the one statement that puts them together.

use super::open_sql;
use super::rules::{OpenType, WaitingFor};
use crate::clock::Instant;
use crate::db::types::{Moment, Uid};
use crate::ids::Id;
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{HasSqlType, Nullable, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// Records of one kind in one place, or of one person.
#[derive(Clone, Debug)]
pub struct Window {
    pub kind: OpenType,
    pub within: Within,
}

#[derive(Clone, Debug)]
pub enum Within {
    Network(Id),
    /// What lies in the cycle.
    Cycle {
        network_id: Id,
        id: Id,
    },
    /// What was carried into the cycle: actions.
    CarriedInto {
        network_id: Id,
        id: Id,
    },
    /// Somebody's own in any of the networks and cycles.
    Own {
        bond: Bond,
        person_id: Id,
        networks: Vec<Id>,
        cycles: Vec<Id>,
    },
}

/// What somebody is to a record of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bond {
    Author,
    Owner,
}

/// What of the windows is looked for.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    pub waiting_for: Option<WaitingFor>,
    /// Open in this cycle.
    pub cycle_id: Option<Id>,
    pub owner_id: Option<Id>,
    /// Open since before this moment.
    pub until: Option<Instant>,
}

/// Kind, id, network, cycle, origin, since, author, owner.
pub type Row = (String, Id, Id, Option<Id>, Option<Id>, Instant, Id, Id);

const COLUMNS: &str = "SELECT kind, id, network_id, cycle_id, origin_id, since, author_id, owner_id FROM (";

/// The oldest rows of each window, put together. Nothing of its text is anybody's: values are bound.
pub struct Windows<'q> {
    pub windows: &'q [(&'q Window, &'static str)],
    pub sought: &'q Sought,
    pub after: Option<(Instant, Id)>,
    pub limit: i64,
}

impl QueryId for Windows<'_> {
    type QueryId = ();
    // The text is as long as there are windows.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Windows<'_> {
    type SqlType = (Text, Uid, Uid, Nullable<Uid>, Nullable<Uid>, Moment, Uid, Uid);
}

impl<C> RunQueryDsl<C> for Windows<'_> {}

impl<DB> QueryFragment<DB> for Windows<'_>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        for (index, (window, open)) in self.windows.iter().enumerate() {
            out.push_sql(if index == 0 { COLUMNS } else { ") AS found UNION " });
            if index > 0 {
                out.push_sql(COLUMNS);
            }
            self.window(window, open, out.reborrow())?;
        }
        out.push_sql(") AS found ORDER BY since, id");
        self.limit(&mut out);
        Ok(())
    }
}

impl Windows<'_> {
    fn window<'b, DB>(
        &'b self,
        window: &'b Window,
        open: &str,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()>
    where
        DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
        Id: ToSql<Uid, DB>,
        Instant: ToSql<Moment, DB>,
    {
        let (table, columns) = open_sql::selected(window.kind);
        let mut sql = Clauses { table, out: out.reborrow() };
        sql.out.push_sql("SELECT ");
        sql.out.push_sql(columns);
        sql.out.push_sql(" FROM ");
        sql.out.push_sql(table);
        sql.out.push_sql(" WHERE ");
        sql.within(&window.within)?;
        sql.out.push_sql(" AND ");
        sql.out.push_sql(open);
        if let Some(cycle_id) = &self.sought.cycle_id {
            sql.open_in(window.kind, cycle_id)?;
        }
        if let Some(owner_id) = &self.sought.owner_id {
            match window.kind {
                OpenType::Action => sql.uid("owner_id", owner_id)?,
                OpenType::Observation => sql.uid("author_id", owner_id)?,
                OpenType::Question => sql.out.push_sql(" AND FALSE"),
            }
        }
        if let Some(until) = &self.sought.until {
            sql.moment("happened_at < ", until)?;
        }
        if let Some((at, id)) = &self.after {
            // The first lets an index begin there.
            sql.moment("happened_at >= ", at)?;
            sql.out.push_sql(" AND (");
            sql.column("happened_at > ");
            sql.out.push_bind_param::<Moment, _>(at)?;
            sql.out.push_sql(" OR ");
            sql.column("id > ");
            sql.out.push_bind_param::<Uid, _>(id)?;
            sql.out.push_sql(")");
        }
        sql.out.push_sql(" ORDER BY ");
        sql.column("happened_at, ");
        sql.column("id");
        self.limit(&mut out);
        Ok(())
    }

    fn limit<DB: Backend>(&self, out: &mut AstPass<'_, '_, DB>) {
        // As text: a number that is bound tells PostgreSQL's planner nothing.
        out.push_sql(" LIMIT ");
        out.push_sql(&self.limit.to_string());
    }
}

/// The conditions of one window.
struct Clauses<'a, 'b, DB: Backend> {
    table: &'static str,
    out: AstPass<'a, 'b, DB>,
}

impl<'b, DB> Clauses<'_, 'b, DB>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
{
    fn column(&mut self, column: &str) {
        self.out.push_sql(self.table);
        self.out.push_sql(".");
        self.out.push_sql(column);
    }

    fn uid(&mut self, column: &str, id: &'b Id) -> QueryResult<()> {
        self.out.push_sql(" AND ");
        self.equal(column, id)
    }

    fn equal(&mut self, column: &str, id: &'b Id) -> QueryResult<()> {
        self.column(column);
        self.out.push_sql(" = ");
        self.out.push_bind_param::<Uid, _>(id)
    }

    fn moment(&mut self, comparison: &str, at: &'b Instant) -> QueryResult<()> {
        self.out.push_sql(" AND ");
        self.column(comparison);
        self.out.push_bind_param::<Moment, _>(at)
    }

    fn one_of(&mut self, column: &str, ids: &'b [Id]) -> QueryResult<()> {
        self.column(column);
        self.out.push_sql(" IN (");
        for (index, id) in ids.iter().enumerate() {
            if index > 0 {
                self.out.push_sql(", ");
            }
            self.out.push_bind_param::<Uid, _>(id)?;
        }
        self.out.push_sql(")");
        Ok(())
    }

    fn within(&mut self, within: &'b Within) -> QueryResult<()> {
        match within {
            Within::Network(network_id) => self.equal("network_id", network_id),
            Within::Cycle { network_id, id } => {
                self.equal("network_id", network_id)?;
                self.uid("cycle_id", id)
            }
            Within::CarriedInto { network_id, id } => {
                self.equal("network_id", network_id)?;
                self.out.push_sql(" AND ");
                self.column("id IN (SELECT carried.action_id FROM action_carries AS carried WHERE carried.network_id = ");
                self.out.push_bind_param::<Uid, _>(network_id)?;
                self.out.push_sql(" AND carried.to_cycle_id = ");
                self.out.push_bind_param::<Uid, _>(id)?;
                self.out.push_sql(")");
                Ok(())
            }
            Within::Own { bond, person_id, networks, cycles } => {
                self.equal(if *bond == Bond::Owner { "owner_id" } else { "author_id" }, person_id)?;
                self.out.push_sql(" AND (");
                match (networks.is_empty(), cycles.is_empty()) {
                    (false, false) => {
                        self.one_of("network_id", networks)?;
                        self.out.push_sql(" OR ");
                        self.one_of("cycle_id", cycles)?;
                    }
                    (false, true) => self.one_of("network_id", networks)?,
                    (true, false) => self.one_of("cycle_id", cycles)?,
                    (true, true) => self.out.push_sql("FALSE"),
                }
                self.out.push_sql(")");
                Ok(())
            }
        }
    }

    /// Of an action: that lies in the cycle or was carried into it, and not out of it.
    fn open_in(&mut self, kind: OpenType, cycle_id: &'b Id) -> QueryResult<()> {
        if kind != OpenType::Action {
            return self.uid("cycle_id", cycle_id);
        }
        self.out.push_sql(
            " AND (EXISTS (SELECT 1 FROM action_carries AS carried WHERE carried.network_id = actions.network_id \
             AND carried.action_id = actions.id AND carried.to_cycle_id = ",
        );
        self.out.push_bind_param::<Uid, _>(cycle_id)?;
        self.out.push_sql(") OR ");
        self.equal("cycle_id", cycle_id)?;
        self.out.push_sql(
            ") AND NOT EXISTS (SELECT 1 FROM action_carries AS gone WHERE gone.network_id = actions.network_id \
             AND gone.action_id = actions.id AND gone.from_cycle_id = ",
        );
        self.out.push_bind_param::<Uid, _>(cycle_id)?;
        self.out.push_sql(")");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{on_a_database, steps};
    use super::*;
    use diesel::sqlite::Sqlite;

    /// Kinds of record with a place to look for them, and the index that gives them there in their order.
    fn looks() -> Vec<(OpenType, Within, &'static str)> {
        use OpenType::{Action, Observation, Question};
        let (network_id, id) = (Id::new(), Id::new());
        let own = |bond| Within::Own { bond, person_id: id, networks: vec![network_id], cycles: vec![id] };
        vec![
            (Observation, Within::Network(network_id), "observations_by_time"),
            (Observation, Within::Cycle { network_id, id }, "observations_by_cycle"),
            (Observation, own(Bond::Author), "observations_by_author"),
            (Action, Within::Network(network_id), "actions_by_time"),
            (Action, Within::Cycle { network_id, id }, "actions_by_cycle"),
            (Action, own(Bond::Owner), "actions_by_owner"),
            (Action, own(Bond::Author), "actions_by_author"),
            (Question, Within::Network(network_id), "questions_by_time"),
            (Question, Within::Cycle { network_id, id }, "questions_by_cycle"),
        ]
    }

    #[test]
    fn each_window_is_looked_through_in_the_order_of_an_index() {
        on_a_database(|tx| {
            for (kind, within, index) in looks() {
                let window = Window { kind, within };
                let open = open_sql::open(kind, None).expect("it can be open");
                for after in [None, Some((tx.now, Id::new()))] {
                    let sought = Sought::default();
                    let query = Windows { windows: &[(&window, open)], sought: &sought, after, limit: 51 };
                    let text = diesel::debug_query::<Sqlite, _>(&query).to_string();
                    let text = text.split(" -- binds").next().unwrap_or_default();
                    let steps = steps(tx, text)?;
                    assert!(steps.iter().any(|step| step.contains(&format!("INDEX {index} "))), "{steps:#?}");
                    // What was found is a page; nothing else is read from one end to the other.
                    let whole =
                        steps.iter().filter(|step| step.starts_with("SCAN") && !step.contains("found"));
                    assert_eq!(whole.count(), 0, "{steps:#?}");
                }
            }
            Ok(())
        });
    }
}
