//! People: whoever signs in, and the integrations that write beside them.

pub mod api;
mod store;
pub mod types;

use crate::access::{Access, Standing, Tx};
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::record::{self, Created};
pub use store::SeenPerson;
use types::{Locale, MePatch, Person, PersonCreate, PersonKind, PersonPatch, PersonRow, SystemRole};

/// Makes a person. `password_hash` was made before the transaction: it takes long.
pub fn create(tx: &mut Tx<'_>, body: &PersonCreate, password_hash: Option<&str>) -> Result<Created<Person>> {
    let digest = tx.digest(body.id, Id::NIL, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        return record::replay(stored.shown(true), &digest, true);
    }
    let row = PersonRow {
        id: body.id.unwrap_or_default(),
        kind: PersonKind::Person,
        email: Some(body.email.as_str().into()),
        email_key: Some(body.email.key()),
        display_name: body.display_name.to_string(),
        locale: body.locale.unwrap_or_default(),
        system_role: body.system_role.unwrap_or_default(),
        active: true,
        password_hash: password_hash.map(Into::into),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    add(tx, &row)?;
    Ok(Created::fresh(row.shown(true)))
}

/// Makes the account of an integration: nobody signs in with it, and nothing but its API key acts for it.
pub fn create_integration(tx: &mut Tx<'_>, name: &str) -> Result<Id> {
    let row = PersonRow {
        id: Id::new(),
        kind: PersonKind::Integration,
        email: None,
        email_key: None,
        display_name: name.to_owned(),
        locale: Locale::default(),
        system_role: SystemRole::None,
        active: true,
        password_hash: None,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest: Vec::new(),
    };
    add(tx, &row)?;
    Ok(row.id)
}

/// Stores a new person, whose address nobody has.
pub fn add(tx: &mut Tx<'_>, row: &PersonRow) -> Result<()> {
    if let Some(email_key) = &row.email_key
        && store::by_email(tx, email_key)?.is_some()
    {
        return Err(Error::conflict("email_taken", "Somebody has this e-mail address already."));
    }
    store::insert(tx, row)?;
    tx.note("created", &row.shown(true));
    Ok(())
}

pub fn update(
    tx: &mut Tx<'_>,
    mut row: PersonRow,
    standing: &Standing,
    if_match: &IfMatch,
    patch: PersonPatch,
) -> Result<Person> {
    if_match.demand(row.version)?;
    let PersonPatch { display_name, locale, system_role, .. } = &patch;
    if row.kind == PersonKind::Integration
        && (display_name.0.is_some() || locale.0.is_some() || system_role.0.is_some())
    {
        return Err(Error::conflict("integration", "Of an integration only `active` can be set."));
    }
    let demoted = patch.active.0 == Some(false) || patch.system_role.0 == Some(SystemRole::None);
    if demoted && row.id == standing.person_id {
        return Err(Error::conflict(
            "oneself",
            "Administrators cannot demote or deactivate themselves; ask another.",
        ));
    }
    patch.display_name.apply(&mut row.display_name, Text::into_string);
    patch.locale.apply(&mut row.locale, |locale| locale);
    patch.system_role.apply(&mut row.system_role, |role| role);
    patch.active.apply(&mut row.active, |active| active);
    store::save(tx, &mut row)?;
    let person = row.shown(true);
    tx.note("updated", &person);
    Ok(person)
}

pub fn update_me(tx: &mut Tx<'_>, person_id: Id, if_match: &IfMatch, patch: MePatch) -> Result<Person> {
    let mut row = store::find(tx, person_id)?.ok_or(Error::NotFound)?;
    if_match.demand(row.version)?;
    patch.display_name.apply(&mut row.display_name, Text::into_string);
    patch.locale.apply(&mut row.locale, |locale| locale);
    store::save(tx, &mut row)?;
    let person = row.shown(true);
    tx.note("updated", &person);
    Ok(person)
}

/// Makes the first administrator, from the command line.
pub async fn create_admin(
    access: &Access,
    email: &str,
    name: &str,
    locale: &str,
    password_hash: String,
) -> Result<Id> {
    let email = crate::http::credentials::Email::parse(email)
        .ok_or_else(|| Error::conflict("bad_email", "This is no e-mail address."))?;
    let display_name =
        Text::new(name).map_err(|_| Error::conflict("bad_name", "The name has 1 to 200 characters."))?;
    let locale: Locale =
        locale.parse().map_err(|_| Error::conflict("bad_locale", "The locale is nl or en."))?;
    let (locale, system_role) = (Some(locale), Some(SystemRole::Admin));
    let body = PersonCreate { id: Some(Id::new()), email, display_name, locale, system_role, password: None };
    access
        .console(move |tx| {
            tx.take(Id::NIL)?;
            create(tx, &body, Some(&password_hash)).map(|created| created.record.id)
        })
        .await
}

/// Whether somebody may see a person: see [`store::visible`]. An integration is none.
pub fn is_visible(tx: &mut Tx<'_>, standing: &Standing, person_id: Id) -> Result<bool> {
    Ok(seen(tx, standing, person_id)?.is_some())
}

/// Whether somebody may let a person into a network or a cycle: whom they see, and who may sign in.
pub fn may_be_let_in(tx: &mut Tx<'_>, standing: &Standing, person_id: Id) -> Result<bool> {
    Ok(seen(tx, standing, person_id)?.is_some_and(|person| person.active))
}

fn seen(tx: &mut Tx<'_>, standing: &Standing, person_id: Id) -> Result<Option<PersonRow>> {
    let (viewer, admin, human) = (standing.person_id, standing.admin, Some(PersonKind::Person));
    Ok(store::visible(tx, viewer, admin, human, Some(person_id), None)?.pop())
}

/// The person with an e-mail address, by the address without case.
pub fn by_email(tx: &mut Tx<'_>, email_key: &str) -> Result<Option<PersonRow>> {
    Ok(store::by_email(tx, email_key)?)
}

/// Whether this is somebody, and no integration.
pub fn is_person(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    Ok(store::find(tx, id)?.is_some_and(|row| row.kind == PersonKind::Person))
}

pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<PersonRow>> {
    Ok(store::find(tx, id)?)
}

/// Gives somebody another password, by its hash.
pub fn set_password(tx: &mut Tx<'_>, id: Id, hash: &str) -> Result<()> {
    let mut person = store::find(tx, id)?.ok_or(Error::NotFound)?;
    person.password_hash = Some(hash.to_owned());
    store::save(tx, &mut person)?;
    tx.note("password_changed", &person.shown(false));
    Ok(())
}
