//! Statements and endorsements in the database.

use super::types::{CompetenceStatement, StatementFilter, StatementRow};
use crate::access::{Locate, Place, Tx};
use crate::competences;
use crate::db::schema::{competence_statements, competences as catalogue, people};
use crate::disclosure::{Disclosure, members_of, share_a_network};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(competence_statements, StatementRow);

/// A statement by its id, for its person and those they disclose it to.
#[derive(Clone)]
pub struct OneStatement(pub Id);

impl Locate for OneStatement {
    type Found = StatementRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(StatementRow, Place)>> {
        let (Some(row), Some(viewer)) = (find(tx, self.0)?, tx.acting) else { return Ok(None) };
        let place = Place::default().by(row.person_id);
        Ok(is_seen(tx, viewer, &row)?.then_some((row, place)))
    }
}

/// One sees one's own. Others see what is disclosed by somebody they share a network with, of a competence that they
/// see too: one that another network has for itself stays inside of it.
pub fn is_seen(tx: &mut Tx<'_>, viewer: Id, row: &StatementRow) -> Result<bool> {
    Ok(row.person_id == viewer
        || (row.disclosure == Disclosure::Network
            && share_a_network(tx, viewer, row.person_id)?
            && competences::is_seen(tx, viewer, row.competence_id)?))
}

/// As sent, with the names.
pub fn shown(tx: &mut Tx<'_>, row: StatementRow) -> QueryResult<CompetenceStatement> {
    let person = people::table
        .filter(people::id.eq(row.person_id))
        .select(people::display_name)
        .get_result(tx.conn())?;
    let competence = catalogue::table
        .filter(catalogue::id.eq(row.competence_id))
        .select(catalogue::name)
        .get_result(tx.conn())?;
    Ok(row.shown(person, competence))
}

/// What somebody says of one competence: once at most.
pub fn of_person(tx: &mut Tx<'_>, person_id: Id, competence_id: Id) -> QueryResult<Option<StatementRow>> {
    competence_statements::table
        .filter(competence_statements::person_id.eq(person_id))
        .filter(competence_statements::competence_id.eq(competence_id))
        .get_result(tx.conn())
        .optional()
}

pub fn list_of_person(
    tx: &mut Tx<'_>,
    person_id: Id,
    filter: &StatementFilter,
    page: &Page,
) -> QueryResult<Vec<CompetenceStatement>> {
    let mut query = newest_first!(
        with_names().filter(competence_statements::person_id.eq(person_id)).select((
            competence_statements::all_columns,
            people::display_name,
            catalogue::name
        )),
        page,
        competence_statements::created_at,
        competence_statements::id
    );
    if let Some(competence_id) = filter.competence_id {
        query = query.filter(competence_statements::competence_id.eq(competence_id));
    }
    Ok(named(query.load(tx.conn())?))
}

/// What the members of a network disclose: of the server's competences and of the network's own.
pub fn list_in_network(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &StatementFilter,
    page: &Page,
) -> QueryResult<Vec<CompetenceStatement>> {
    let members = members_of(vec![network_id], tx.now);
    let mut query = newest_first!(
        with_names()
            .filter(competence_statements::disclosure.eq(Disclosure::Network))
            .filter(competence_statements::person_id.eq_any(members))
            .filter(people::active.eq(true))
            .filter(catalogue::network_id.is_null().or(catalogue::network_id.eq(network_id)))
            .select((competence_statements::all_columns, people::display_name, catalogue::name)),
        page,
        competence_statements::created_at,
        competence_statements::id
    );
    if let Some(competence_id) = filter.competence_id {
        query = query.filter(competence_statements::competence_id.eq(competence_id));
    }
    Ok(named(query.load(tx.conn())?))
}

type Named = (StatementRow, String, String);

#[diesel::dsl::auto_type(no_type_alias)]
fn with_names() -> _ {
    competence_statements::table
        .inner_join(people::table.on(people::id.eq(competence_statements::person_id)))
        .inner_join(catalogue::table.on(catalogue::id.eq(competence_statements::competence_id)))
}

fn named(rows: Vec<Named>) -> Vec<CompetenceStatement> {
    rows.into_iter().map(|(row, person, competence)| row.shown(person, competence)).collect()
}

pub fn delete(tx: &mut Tx<'_>, id: Id) -> QueryResult<()> {
    let row = competence_statements::table.filter(competence_statements::id.eq(id));
    diesel::delete(row).execute(tx.conn()).map(drop)
}

/// What peers say to a statement.
pub mod endorsements {
    use super::super::types::{Endorsement, EndorsementRow, StatementRow};
    use super::{Id, Locate, Page, Place, Result, Tx, find, is_seen};
    use crate::db::schema::{competence_endorsements as endorsements, people};
    use crate::disclosure::{members_of, share_a_network};
    use crate::newest_first;
    use diesel::prelude::*;

    /// An endorsement by its id: for who gave it, for whom it was given to, and for those who see the statement and
    /// share a network with who gave it.
    #[derive(Clone)]
    pub struct OneEndorsement(pub Id);

    impl Locate for OneEndorsement {
        type Found = EndorsementRow;

        fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(EndorsementRow, Place)>> {
            let (Some(row), Some(viewer)) = (by_id(tx, self.0)?, tx.acting) else { return Ok(None) };
            let Some(statement) = find(tx, row.statement_id)? else { return Ok(None) };
            // It is about the one as well as the other: either may take it away.
            if viewer == row.person_id || viewer == statement.person_id {
                return Ok(Some((row, Place::default().by(viewer))));
            }
            let seen = is_seen(tx, viewer, &statement)? && share_a_network(tx, viewer, row.person_id)?;
            let place = Place::default().by(row.person_id);
            Ok(seen.then_some((row, place)))
        }
    }

    pub fn by_id(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<EndorsementRow>> {
        endorsements::table.filter(endorsements::id.eq(id)).get_result(tx.conn()).optional()
    }

    pub fn by_person(tx: &mut Tx<'_>, statement_id: Id, person_id: Id) -> QueryResult<Option<Id>> {
        endorsements::table
            .filter(endorsements::statement_id.eq(statement_id))
            .filter(endorsements::person_id.eq(person_id))
            .select(endorsements::id)
            .get_result(tx.conn())
            .optional()
    }

    pub fn insert(tx: &mut Tx<'_>, row: &EndorsementRow) -> QueryResult<()> {
        diesel::insert_into(endorsements::table).values(row).execute(tx.conn()).map(drop)
    }

    pub fn delete(tx: &mut Tx<'_>, id: Id) -> QueryResult<()> {
        diesel::delete(endorsements::table.filter(endorsements::id.eq(id))).execute(tx.conn()).map(drop)
    }

    /// Deletes all endorsements of a statement, and answers with them.
    pub fn delete_of(tx: &mut Tx<'_>, statement_id: Id) -> QueryResult<Vec<Endorsement>> {
        let given = endorsements::table
            .inner_join(people::table.on(people::id.eq(endorsements::person_id)))
            .filter(endorsements::statement_id.eq(statement_id))
            .order(endorsements::id)
            .select((endorsements::all_columns, people::display_name))
            .load(tx.conn())?;
        let of_statement = endorsements::table.filter(endorsements::statement_id.eq(statement_id));
        diesel::delete(of_statement).execute(tx.conn())?;
        Ok(named(given))
    }

    fn named(rows: Vec<(EndorsementRow, String)>) -> Vec<Endorsement> {
        rows.into_iter().map(|(row, name)| row.shown(name)).collect()
    }

    pub fn shown(tx: &mut Tx<'_>, row: EndorsementRow) -> QueryResult<Endorsement> {
        let name = people::table
            .filter(people::id.eq(row.person_id))
            .select(people::display_name)
            .get_result(tx.conn())?;
        Ok(row.shown(name))
    }

    /// The endorsements of a statement that somebody sees: all of their own statement; else their own and those by
    /// people they share a network with.
    pub fn list(
        tx: &mut Tx<'_>,
        viewer: Id,
        statement: &StatementRow,
        page: &Page,
    ) -> QueryResult<Vec<Endorsement>> {
        let (networks, now) = (tx.networks_of(viewer)?, tx.now);
        let mut query = newest_first!(
            endorsements::table
                .inner_join(people::table.on(people::id.eq(endorsements::person_id)))
                .filter(endorsements::statement_id.eq(statement.id))
                .select((endorsements::all_columns, people::display_name)),
            page,
            endorsements::created_at,
            endorsements::id
        );
        if viewer != statement.person_id {
            let fellows = members_of(networks, now);
            query =
                query.filter(endorsements::person_id.eq(viewer).or(endorsements::person_id.eq_any(fellows)));
        }
        Ok(named(query.load(tx.conn())?))
    }
}
