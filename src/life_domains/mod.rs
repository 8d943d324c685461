//! Life domains: the areas of life that records are about, in the words of the network, read by a framework that the
//! network chose. The words stay as they were written; a framework only says which of them belong together.

pub mod api;
pub mod built_in;
pub mod filter;
pub mod reading;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::db::types::Json;
use crate::error::{Error, FieldError, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::label::Label;
use crate::practice::dangling;
use crate::record::{self, Created};
use built_in::BuiltIn;
use filter::{FrameworkName, ReadingFilter};
use reading::{Lens, LifeDomainReading};
use types::{
    FrameworkDomain, LifeDomainChoice, LifeDomainChoiceCreate, LifeDomainFramework,
    LifeDomainFrameworkCreate, LifeDomainFrameworkVersion, LifeDomainFrameworkVersionCreate,
};

/// Makes a framework of the network's own, with its first version.
pub fn create_framework(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    body: &LifeDomainFrameworkCreate,
) -> Result<Created<LifeDomainFramework>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let framework = LifeDomainFramework {
        id: body.id.unwrap_or_default(),
        network_id,
        name: Json(Label::from(&body.name)),
        created_by: person_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &framework)?;
    tx.note("created", &framework);
    let first = LifeDomainFrameworkVersion {
        id: Id::new(),
        network_id,
        framework_id: framework.id,
        version: 1,
        domains: Json(rules::domains(&body.domains)),
        reason: None,
        created_by: person_id,
        created_at: tx.now,
        digest: Vec::new(),
    };
    store::insert_version(tx, &first)?;
    tx.note("created", &first);
    Ok(Created::fresh(framework))
}

/// Adds a version to a framework. Those before it stay, and so does what was read by them.
pub fn add_version(
    tx: &mut Tx<'_>,
    mut framework: LifeDomainFramework,
    person_id: Id,
    if_match: &IfMatch,
    body: &LifeDomainFrameworkVersionCreate,
) -> Result<Created<LifeDomainFrameworkVersion>> {
    let digest = tx.digest(body.id, framework.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find_version(tx, id)).transpose()?.flatten() {
        let here = stored.framework_id == framework.id;
        return record::replay(stored, &digest, here);
    }
    if_match.honour(framework.version)?;
    store::save(tx, &mut framework)?;
    tx.note("updated", &framework);
    let version = LifeDomainFrameworkVersion {
        id: body.id.unwrap_or_default(),
        network_id: framework.network_id,
        framework_id: framework.id,
        version: framework.version,
        domains: Json(rules::domains(&body.domains)),
        reason: body.reason.as_deref().map(Into::into),
        created_by: person_id,
        created_at: tx.now,
        digest,
    };
    store::insert_version(tx, &version)?;
    tx.note("created", &version);
    Ok(Created::fresh(version))
}

/// Chooses the framework by which a network reads the life domains of its records.
pub fn choose(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    body: &LifeDomainChoiceCreate,
) -> Result<Created<LifeDomainChoice>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find_choice(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let choice = LifeDomainChoice {
        id: body.id.unwrap_or_default(),
        network_id,
        built_in: body.built_in,
        framework_id: body.framework_id,
        framework_version: version_chosen(tx, network_id, body)?,
        words: Json(rules::added_words(body)),
        reason: body.reason.as_deref().map(Into::into),
        created_by: person_id,
        created_at: tx.now,
        digest,
    };
    store::insert_choice(tx, &choice)?;
    tx.note("created", &choice);
    Ok(Created::fresh(choice))
}

/// The version that a choice names, or the newest; 409 where it stands nowhere in this network.
fn version_chosen(tx: &mut Tx<'_>, network_id: Id, body: &LifeDomainChoiceCreate) -> Result<i32> {
    let Some(framework_id) = body.framework_id else {
        // Of a built-in framework, the body alone has shown that the version is there.
        let newest = body.built_in.and_then(|built_in| built_in::find(built_in, body.framework_version));
        return newest.map(|framework| framework.version).ok_or(Error::NotFound);
    };
    let framework = store::find(tx, framework_id)?.filter(|framework| framework.network_id == network_id);
    let Some(framework) = framework else {
        return Err(Error::dangling(vec![dangling("frameworkId", framework_id)]));
    };
    let version = body.framework_version.unwrap_or(framework.version);
    if store::version_of(tx, &framework, version)?.is_none() {
        let detail = "The framework has no such version.";
        return Err(Error::dangling(vec![FieldError::new("/frameworkVersion", "not_found", detail)]));
    }
    Ok(version)
}

/// What the network's records of a period speak of, read by a framework.
pub fn read(tx: &mut Tx<'_>, network_id: Id, filter: &ReadingFilter) -> Result<LifeDomainReading> {
    let version = filter.version.map(|version| version.0);
    let lens = match filter.framework {
        None => match store::last_choice(tx, network_id, None)? {
            Some(choice) => Some(chosen(tx, &choice)?),
            None => None,
        },
        Some(FrameworkName::BuiltIn(built_in)) => {
            // The words that the network gave to this framework, when it last chose it.
            let choice = store::last_choice(tx, network_id, Some(built_in))?;
            let words = choice.map(|choice| choice.words.0).unwrap_or_default();
            Some(through_built_in(built_in, version, &words)?)
        }
        Some(FrameworkName::Own(framework_id)) => Some(through_own(tx, network_id, framework_id, version)?),
    };
    let period = (filter.since, filter.until);
    let questions = store::named_by_questions(tx, network_id, period)?;
    let observations = store::named_by_observations(tx, network_id, period)?;
    Ok(reading::read(lens, period, &questions, &observations))
}

fn chosen(tx: &mut Tx<'_>, choice: &LifeDomainChoice) -> Result<Lens> {
    let version = Some(choice.framework_version);
    match (choice.built_in, choice.framework_id) {
        (Some(built_in), _) => through_built_in(built_in, version, &choice.words),
        (None, Some(framework_id)) => through_own(tx, choice.network_id, framework_id, version),
        (None, None) => Err(Error::internal("a choice of no framework")),
    }
}

/// 404 where the framework has no such version.
fn through_built_in(built_in: BuiltIn, version: Option<i32>, words: &[types::AddedWords]) -> Result<Lens> {
    let framework = built_in::find(built_in, version).ok_or(Error::NotFound)?;
    Ok(Lens {
        built_in: Some(built_in),
        framework_id: None,
        version: framework.version,
        name: framework.name.clone(),
        source: Some(framework.source.to_owned()),
        domains: rules::with_words(&framework.domains, words),
    })
}

/// 404 where the network has no such framework, or the framework no such version.
fn through_own(tx: &mut Tx<'_>, network_id: Id, framework_id: Id, version: Option<i32>) -> Result<Lens> {
    let framework = store::find(tx, framework_id)?
        .filter(|framework| framework.network_id == network_id)
        .ok_or(Error::NotFound)?;
    let wanted = version.unwrap_or(framework.version);
    let version = store::version_of(tx, &framework, wanted)?.ok_or(Error::NotFound)?;
    let domains: Vec<FrameworkDomain> = version.domains.0;
    Ok(Lens {
        built_in: None,
        framework_id: Some(framework.id),
        version: wanted,
        name: framework.name.0,
        source: None,
        domains,
    })
}
