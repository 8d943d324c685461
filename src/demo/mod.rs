//! The demo: a workplace with made-up people and what they learned, in a database of its own. Everything in it has the
//! same id at every run, so that a run finds what an earlier one made and leaves it as its users have changed it since.

mod arenas;
mod calculation;
mod competences;
mod content;
mod domains;
mod dossier;
mod effect_squares;
mod insights;
mod joint;
mod life;
mod privacy;
mod reports;
mod seed;
mod sessions;
mod store;
mod themes;
mod timeline;
pub mod welcome;

use crate::access::{Access, Standing, Tx, password};
use crate::clock;
use crate::error::Error;
use crate::http::precondition::IfMatch;
use crate::http::text::Set;
use crate::ids::Id;
use crate::people::{self, types::PersonPatch, types::PersonRow};
use content::{Content, Network, Person, network_id, person_id};
use std::sync::Arc;
use timeline::COORDINATOR;
use welcome::SIGN_INS;

/// The cycle that is shown where users have not closed it: an open one in the middle of its course, with actions that
/// came along from the one before.
const SHOWN: (&str, &str) = ("heumen", "h2");

/// The command line, as whom nobody is signed in.
const NOBODY: Standing = Standing {
    person_id: Id::NIL,
    admin: true,
    coordinates: false,
    member: None,
    participant: None,
    joint: Vec::new(),
    archived: false,
    kin: false,
    emergency_access_id: None,
    key: None,
};

/// What there is to show.
pub struct Demo {
    /// Whether anything was missing, and has been made now.
    pub fresh: bool,
    /// A cycle in which the coordinator may log and read the report.
    pub cycle_id: Id,
    /// Its network.
    pub network_id: Id,
    /// Whether the sign-ins had this password already.
    pub kept_password: bool,
}

/// Makes what is missing, and sees to it that the sign-ins have this password. Each network is made whole or not at
/// all: a run that was cut short is completed by the next.
pub async fn fill(access: &Access, password: &str, mut progress: impl FnMut(&str)) -> Result<Demo, Error> {
    let content = Arc::new(Content::read()?);
    let now = clock::now();
    let (mut fresh, mut kept_password) = (false, false);
    if accounts(access, &content).await?.is_empty() {
        let hash = password::hash(password.to_owned()).await?;
        let shared = content.clone();
        fresh = access.console(move |tx| seed::foundations(tx, &shared, now, &hash)).await?;
    }
    if fresh {
        let themes: usize = content.networks.iter().map(|network| network.themes.len()).sum();
        let (people, organisations) = (content.people.len(), content.organisations.len());
        progress(&format!("{people} people, {organisations} organisations, {themes} themes"));
    } else {
        kept_password = let_in(access, &content, password).await?;
    }
    for (index, network) in content.networks.iter().enumerate() {
        let shared = content.clone();
        if access.console(move |tx| seed::network(tx, &shared.networks[index], now)).await? {
            fresh = true;
            progress(&summary(network));
        }
    }
    access.console(move |tx| joint::share(tx, now)).await?;
    access.console(move |tx| competences::fill(tx, now)).await?;
    let shared = content.clone();
    fresh |= access.console(move |tx| insights::fill(tx, &shared.networks, now)).await?;
    let shared = content.clone();
    fresh |= access.console(move |tx| themes::gather(tx, &shared, now)).await?;
    access.console(move |tx| dossier::fill(tx, now)).await?;
    access.console(move |tx| calculation::fill(tx, now)).await?;
    access.console(move |tx| arenas::fill(tx, now)).await?;
    access.console(move |tx| reports::fill(tx, now)).await?;
    access.console(move |tx| privacy::fill(tx, now)).await?;
    privacy::take_care(access, now).await?;
    let (cycle_id, network_id) = access.console(shown_cycle).await?;
    Ok(Demo { fresh, cycle_id, network_id, kept_password })
}

fn signs_in(person: &Person) -> bool {
    SIGN_INS.iter().any(|(email, _)| *email == person.email)
}

/// Those who sign in, as they are stored; none before the first run.
async fn accounts(access: &Access, content: &Content) -> Result<Vec<PersonRow>, Error> {
    let ids: Vec<Id> = content.people.iter().filter(|p| signs_in(p)).map(|p| person_id(&p.key)).collect();
    access
        .console(move |tx| {
            let found: Result<Vec<_>, _> = ids.iter().map(|id| people::find(tx, *id)).collect();
            found.map(|rows| rows.into_iter().flatten().collect())
        })
        .await
}

/// Gives the password to those who have another, and lets in again whom somebody has shut out. Whether all had it.
async fn let_in(access: &Access, content: &Content, password: &str) -> Result<bool, Error> {
    let (mut to_change, mut to_revive) = (Vec::new(), Vec::new());
    for account in accounts(access, content).await? {
        if !password::verify(password.to_owned(), account.password_hash).await? {
            to_change.push(account.id);
        }
        if !account.active {
            to_revive.push(account.id);
        }
    }
    let kept = to_change.is_empty();
    if kept && to_revive.is_empty() {
        return Ok(true);
    }
    let hash = password::hash(password.to_owned()).await?;
    access
        .console(move |tx| {
            tx.take(Id::NIL)?;
            to_change.iter().try_for_each(|id| people::set_password(tx, *id, &hash))?;
            to_revive.iter().try_for_each(|id| revive(tx, *id))
        })
        .await?;
    Ok(kept)
}

fn revive(tx: &mut Tx<'_>, person_id: Id) -> Result<(), Error> {
    let row = people::find(tx, person_id)?.ok_or(Error::NotFound)?;
    let patch = PersonPatch { active: Set(Some(true)), ..PersonPatch::default() };
    people::update(tx, row, &NOBODY, &IfMatch::Any, patch).map(drop)
}

/// The cycle to show, with its network: the one meant for it, else the newest in which the coordinator can still log.
fn shown_cycle(tx: &mut Tx<'_>) -> Result<(Id, Id), Error> {
    let (network, cycle) = SHOWN;
    let meant = (content::cycle_id(network, cycle), network_id(network));
    let writable = store::writable_cycles(tx, person_id(COORDINATOR))?;
    let shown = if writable.contains(&meant) { None } else { writable.first().copied() };
    Ok(shown.unwrap_or(meant))
}

fn summary(network: &Network) -> String {
    let in_cycles = |count: fn(&content::Cycle) -> usize| network.cycles.iter().map(count).sum::<usize>();
    let observations = network.inbox.len() + in_cycles(|cycle| cycle.observations.len());
    let reflections = in_cycles(|cycle| cycle.reflections.len());
    let actions = in_cycles(|cycle| cycle.actions.len());
    let place = network.network.locality.as_deref().unwrap_or(&network.network.name);
    format!("{place}: {observations} observations, {reflections} reflections, {actions} actions")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cycles::Mover;
    use crate::cycles::types::{CycleTransition, Phase};
    use crate::db::{Db, migrate};
    use crate::identifiers::{Certainty, Names, find};
    use crate::{cycles, people};
    use actix_web::rt::System;
    use serde_json::Value;

    const PASSWORD: &str = "een wachtwoord voor de demo";

    async fn run(access: &Access, password: &str) -> (Demo, usize) {
        let mut lines = 0;
        let demo = fill(access, password, |_| lines += 1).await.expect("it can be filled");
        (demo, lines)
    }

    /// What a user can do to the demo: give up the cycle that is shown, and shut somebody out.
    fn upset(tx: &mut Tx<'_>, cycle_id: Id, network_id: Id) -> Result<(), Error> {
        tx.take(Id::NIL)?;
        tx.take(network_id)?;
        let cycle = cycles::find(tx, cycle_id)?.ok_or(Error::NotFound)?;
        let body: CycleTransition = seed::sent(serde_json::json!({"to": "abandoned", "reason": "Klaar."}))?;
        let mover = Mover { person_id: person_id(COORDINATOR), may_end: true };
        cycles::transition(tx, cycle, &mover, &IfMatch::Absent, &body)?;
        let practitioner = people::find(tx, person_id("practitioner"))?.ok_or(Error::NotFound)?;
        let patch = PersonPatch { active: Set(Some(false)), ..PersonPatch::default() };
        people::update(tx, practitioner, &NOBODY, &IfMatch::Any, patch).map(drop)
    }

    #[test]
    fn a_second_run_makes_nothing_and_lets_everybody_in() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("demo.sqlite").display());
        migrate::run(&url).expect("a database");
        let db = Db::start(&url, 1).expect("a database");
        System::new().block_on(async {
            let access = Access::open(db, &[7; 32]).await.expect("a database");
            let (first, lines) = run(&access, PASSWORD).await;
            assert!(first.fresh && lines == 5);
            assert_eq!(
                (first.cycle_id, first.network_id),
                (content::cycle_id("heumen", "h2"), network_id("heumen"))
            );

            let (again, lines) = run(&access, PASSWORD).await;
            assert!(!again.fresh && again.kept_password && lines == 0);
            assert_eq!(again.cycle_id, first.cycle_id);

            access
                .console(move |tx| upset(tx, first.cycle_id, first.network_id))
                .await
                .expect("users may do so");
            let (other, lines) = run(&access, "een ander wachtwoord").await;
            assert!(!other.fresh && !other.kept_password && lines == 0);
            let open = access.console(move |tx| cycles::find(tx, other.cycle_id)).await.expect("it is there");
            assert!(open.is_some_and(|cycle| !matches!(cycle.phase, Phase::Closed | Phase::Abandoned)));
            let content = Content::read().expect("content");
            for account in accounts(&access, &content).await.expect("they are there") {
                assert!(account.active, "{}", account.display_name);
                let fits = password::verify("een ander wachtwoord".into(), account.password_hash).await;
                assert!(fits.expect("it can be checked"), "{}", account.display_name);
            }
        });
    }

    fn strings<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::String(text) => found.push(text),
            Value::Array(entries) => entries.iter().for_each(|entry| strings(entry, found)),
            Value::Object(members) => members.values().for_each(|member| strings(member, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// The demo is written past the door by which texts enter, and keeps to what is demanded there.
    #[test]
    fn its_texts_are_none_that_would_be_refused() {
        let content = [
            include_str!("content/competences.json"),
            include_str!("content/domains.json"),
            include_str!("content/dossier.json"),
            include_str!("content/effect-arenas.json"),
            include_str!("content/effect_calculation.json"),
            include_str!("content/effect_squares.json"),
            include_str!("content/heumen.json"),
            include_str!("content/insights.json"),
            include_str!("content/nijmegen.json"),
            include_str!("content/peel-en-maas.json"),
            include_str!("content/sessions.json"),
            include_str!("content/venlo.json"),
            include_str!("content/workplace.json"),
        ];
        for text in content {
            let value: Value = serde_json::from_str(text).expect("content");
            let mut texts = Vec::new();
            strings(&value, &mut texts);
            for text in texts {
                let sure =
                    find(text, &Names::none()).into_iter().find(|one| one.certainty == Certainty::Strong);
                assert_eq!(sure, None, "{text}");
            }
        }
    }
}
