//! Frameworks, choices and the life domains of records in the database.

use super::built_in::BuiltIn;
use super::reading::Named;
use super::types::{LifeDomainChoice, LifeDomainFramework, LifeDomainFrameworkVersion};
use crate::access::{Locate, Place, Tx};
use crate::clock::Instant;
use crate::db::schema::{
    life_domain_choices, life_domain_framework_versions, life_domain_frameworks, observations, questions,
};
use crate::db::types::Json;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::observations::types::ObservationState;
use crate::practice::RecordState;
use diesel::dsl::count_star;
use diesel::prelude::*;

crate::record_store!(life_domain_frameworks, LifeDomainFramework);

/// A framework of a network's own by its id.
#[derive(Clone)]
pub struct OneFramework(pub Id);

impl Locate for OneFramework {
    type Found = LifeDomainFramework;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(LifeDomainFramework, Place)>> {
        Ok(find(tx, self.0)?.map(|framework| {
            let place = Place::network(framework.network_id);
            (framework, place)
        }))
    }
}

/// A version of a framework by its id.
#[derive(Clone)]
pub struct OneVersion(pub Id);

impl Locate for OneVersion {
    type Found = LifeDomainFrameworkVersion;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(LifeDomainFrameworkVersion, Place)>> {
        Ok(find_version(tx, self.0)?.map(|version| {
            let place = Place::network(version.network_id);
            (version, place)
        }))
    }
}

/// A choice by its id.
#[derive(Clone)]
pub struct OneChoice(pub Id);

impl Locate for OneChoice {
    type Found = LifeDomainChoice;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(LifeDomainChoice, Place)>> {
        Ok(find_choice(tx, self.0)?.map(|choice| {
            let place = Place::network(choice.network_id);
            (choice, place)
        }))
    }
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<LifeDomainFramework>> {
    let query = newest_first!(
        life_domain_frameworks::table.filter(life_domain_frameworks::network_id.eq(network_id)),
        page,
        life_domain_frameworks::created_at,
        life_domain_frameworks::id
    );
    query.load(tx.conn())
}

pub fn find_version(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<LifeDomainFrameworkVersion>> {
    use life_domain_framework_versions as versions;
    versions::table.filter(versions::id.eq(id)).get_result(tx.conn()).optional()
}

/// A framework's version by its number.
pub fn version_of(
    tx: &mut Tx<'_>,
    framework: &LifeDomainFramework,
    version: i32,
) -> QueryResult<Option<LifeDomainFrameworkVersion>> {
    use life_domain_framework_versions as versions;
    versions::table
        .filter(versions::network_id.eq(framework.network_id))
        .filter(versions::framework_id.eq(framework.id))
        .filter(versions::version.eq(version))
        .get_result(tx.conn())
        .optional()
}

pub fn insert_version(tx: &mut Tx<'_>, version: &LifeDomainFrameworkVersion) -> QueryResult<()> {
    diesel::insert_into(life_domain_framework_versions::table).values(version).execute(tx.conn()).map(drop)
}

pub fn list_versions(
    tx: &mut Tx<'_>,
    framework: &LifeDomainFramework,
    page: &Page,
) -> QueryResult<Vec<LifeDomainFrameworkVersion>> {
    use life_domain_framework_versions as versions;
    let query = newest_first!(
        versions::table
            .filter(versions::network_id.eq(framework.network_id))
            .filter(versions::framework_id.eq(framework.id)),
        page,
        versions::created_at,
        versions::id
    );
    query.load(tx.conn())
}

pub fn find_choice(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<LifeDomainChoice>> {
    life_domain_choices::table.filter(life_domain_choices::id.eq(id)).get_result(tx.conn()).optional()
}

pub fn insert_choice(tx: &mut Tx<'_>, choice: &LifeDomainChoice) -> QueryResult<()> {
    diesel::insert_into(life_domain_choices::table).values(choice).execute(tx.conn()).map(drop)
}

pub fn list_choices(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<LifeDomainChoice>> {
    let query = newest_first!(
        life_domain_choices::table.filter(life_domain_choices::network_id.eq(network_id)),
        page,
        life_domain_choices::created_at,
        life_domain_choices::id
    );
    query.load(tx.conn())
}

/// The choice that holds, or the last one of a built-in framework.
pub fn last_choice(
    tx: &mut Tx<'_>,
    network_id: Id,
    built_in: Option<BuiltIn>,
) -> QueryResult<Option<LifeDomainChoice>> {
    let mut query = life_domain_choices::table
        .filter(life_domain_choices::network_id.eq(network_id))
        .order((life_domain_choices::created_at.desc(), life_domain_choices::id.desc()))
        .limit(1)
        .into_boxed();
    if let Some(built_in) = built_in {
        query = query.filter(life_domain_choices::built_in.eq(built_in));
    }
    query.get_result(tx.conn()).optional()
}

/// The period that records are read of, by `happenedAt`: from the first instant on, up to and without the second.
pub type Period = (Option<Instant>, Option<Instant>);

/// The life domains that the network's current questions name, and how many questions name the same.
pub fn named_by_questions(tx: &mut Tx<'_>, network_id: Id, period: Period) -> QueryResult<Vec<Named>> {
    let mut query = questions::table
        .group_by(questions::life_domains)
        .select((questions::life_domains, count_star()))
        .filter(questions::network_id.eq(network_id))
        .filter(questions::state.eq(RecordState::Current))
        .into_boxed();
    if let Some(since) = period.0 {
        query = query.filter(questions::happened_at.ge(since));
    }
    if let Some(until) = period.1 {
        query = query.filter(questions::happened_at.lt(until));
    }
    plain(query.load(tx.conn())?)
}

/// The same of observations: those that were closed without action are current too.
pub fn named_by_observations(tx: &mut Tx<'_>, network_id: Id, period: Period) -> QueryResult<Vec<Named>> {
    let mut query = observations::table
        .group_by(observations::life_domains)
        .select((observations::life_domains, count_star()))
        .filter(observations::network_id.eq(network_id))
        .filter(observations::state.ne(ObservationState::Withdrawn))
        .into_boxed();
    if let Some(since) = period.0 {
        query = query.filter(observations::happened_at.ge(since));
    }
    if let Some(until) = period.1 {
        query = query.filter(observations::happened_at.lt(until));
    }
    plain(query.load(tx.conn())?)
}

fn plain(rows: Vec<(Json<Vec<String>>, i64)>) -> QueryResult<Vec<Named>> {
    Ok(rows.into_iter().map(|(Json(named), count)| (named, count)).collect())
}
