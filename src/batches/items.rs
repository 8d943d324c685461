//! Items as they were sent, read into the steps that carry them out.

use super::changes::{Change, Changes};
use super::kinds::{Actions, Evaluations, Inbox, Observations, Pseudonyms, Questions, Reflections, Returns};
use super::outcome::{ItemResult, Stored};
use super::steps::{Changing, Creates, CreatesBelow, CreatingBelow, CreatingIn, Results, Step, shown};
use super::types::{Action, Item, ItemSent, Kind, RawBody, RawItem, Withdrawing, misfit};
use crate::access::Judge;
use crate::actions::types::{ActionCreate, ActionPatch, ActionTransition};
use crate::error::{Error, FieldError, Result};
use crate::evaluations::types::EvaluationCreate;
use crate::http::body::{Input, parse};
use crate::http::precondition::IfMatch;
use crate::http::problem::Problem;
use crate::ids::Id;
use crate::observations::types::{ObservationCreate, ObservationPatch, ObservationTransition};
use crate::practice::Withdrawal;
use crate::pseudonyms::types::{PseudonymCreate, PseudonymPatch};
use crate::questions::types::{QuestionCreate, QuestionPatch, ReturnCreate};
use crate::reflections::types::{ReflectionCreate, ReflectionPatch};
use crate::screening::{Manner, Unscreened};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::marker::PhantomData;

/// A batch as far as it could be read.
pub struct Plan {
    pub steps: Vec<Box<dyn Step>>,
    /// What is told of items that cannot be read; none yet for the others.
    pub results: Results,
    /// What kind of record each item is about.
    pub kinds: Vec<Option<Kind>>,
}

/// Reads the items. Consecutive creates of one kind in one place (of evaluations and returns: in any) are one step, and so are consecutive updates of one kind,
/// or withdrawals.
pub fn read_items(items: &[RawItem]) -> Plan {
    let heads: Vec<Result<ItemSent>> =
        items.iter().map(|RawItem(item)| parse::<ItemSent>(item.get().as_bytes()).and_then(fits)).collect();
    let mut plan = Plan {
        steps: Vec::new(),
        results: vec![None; items.len()],
        kinds: heads.iter().map(|head| head.as_ref().ok().map(|head| head.kind)).collect(),
    };
    let mut index = 0;
    while let Some(head) = heads.get(index) {
        let run = match head {
            Ok(head) => heads[index..].iter().take_while(|next| follows(head, next)).count().max(1),
            Err(_) => 1,
        };
        plan.read_run(index, &heads[index..index + run]);
        index += run;
    }
    plan
}

/// Whether an item belongs to the run that `first` begins.
fn follows(first: &ItemSent, next: &Result<ItemSent>) -> bool {
    next.as_ref().is_ok_and(|next| {
        let below = matches!(next.kind, Kind::Evaluation | Kind::Return);
        next.action == first.action && next.kind == first.kind && (below || next.parent() == first.parent())
    })
}

impl Plan {
    fn read_run(&mut self, begin: usize, run: &[Result<ItemSent>]) {
        let heads: Vec<(usize, &ItemSent)> =
            run.iter().enumerate().filter_map(|(at, head)| Some((begin + at, head.as_ref().ok()?))).collect();
        for (at, head) in run.iter().enumerate() {
            if let Err(faults) = head {
                self.refuse(begin + at, faults);
            }
        }
        let Some((index, head)) = heads.first() else { return };
        let step = match (head.action, head.parent()) {
            (Action::Create, Some(parent)) => creates(head.kind, parent, &heads),
            (action, _) => changes(action, head.kind, &heads),
        };
        // Whatever fits has its step.
        let Some((step, faulty)) = step else {
            return self.refuse(*index, &Error::internal("an item fits and has no step"));
        };
        self.steps.push(step);
        for (index, faults) in faulty {
            self.refuse(index, &faults.under("/body"));
        }
    }

    fn refuse(&mut self, index: usize, faults: &Error) {
        let mut problem = Problem::from(faults);
        for error in &mut problem.errors {
            error.pointer.insert_str(0, &format!("/items/{index}"));
        }
        if let Some(place) = self.results.get_mut(index) {
            *place = Some(ItemResult::refused(&problem, None));
        }
    }
}

/// 400 with every fault of an item whose members do not go together, and of its body.
fn fits(item: ItemSent) -> Result<ItemSent> {
    let mut faults = Vec::new();
    let parents: &[&str] = match (item.action, item.kind) {
        (Action::Create, Kind::Pseudonym) => &["networkId"],
        (Action::Create, Kind::Question | Kind::Reflection | Kind::Action) => &["cycleId"],
        (Action::Create, Kind::Observation) => &["cycleId", "networkId"],
        (Action::Create, Kind::Evaluation) => &["actionId"],
        (Action::Create, Kind::Return) => &["questionId"],
        (Action::Update, Kind::Evaluation | Kind::Return) => {
            faults.push(misfit("action", "Evaluations and returns are not updated, only withdrawn."));
            &[]
        }
        (Action::Withdraw, Kind::Pseudonym) => {
            faults.push(misfit("action", "Pseudonyms are not withdrawn."));
            &[]
        }
        (Action::Update | Action::Withdraw, _) => &[],
    };
    let places = item.places();
    let given: Vec<&str> = places.iter().filter(|(_, id)| id.is_some()).map(|(member, _)| *member).collect();
    for member in given.iter().filter(|member| !parents.contains(member)) {
        faults.push(misfit(member, "This is not where it is done."));
    }
    if item.action == Action::Create {
        match given.iter().filter(|member| parents.contains(member)).count() {
            0 => faults.extend(parents.first().map(|member| {
                let detail = format!("It is created in one of: {}.", parents.join(", "));
                FieldError::new(format!("/{member}"), "required", detail)
            })),
            1 => {}
            _ => faults.push(misfit("networkId", "Either in a cycle or in the network's inbox.")),
        }
        if item.id.is_some() {
            faults.push(misfit("id", "The id of what is created lies in its body."));
        }
        if item.if_match.is_some() {
            faults.push(misfit("ifMatch", "What is created has no version yet."));
        }
    } else if item.id.is_none() {
        faults.push(FieldError::new("/id", "required", "This member is needed."));
    }
    if faults.is_empty() {
        return Ok(item);
    }
    let of_body = self::faults(item.action, item.kind, &item.body);
    faults.extend(of_body.into_iter().map(|mut fault| {
        fault.pointer.insert_str(0, "/body");
        fault
    }));
    Err(Error::invalid_body(faults))
}

impl<B> Item<B> {
    fn places(&self) -> [(&'static str, Option<Id>); 4] {
        [
            ("networkId", self.network_id),
            ("cycleId", self.cycle_id),
            ("questionId", self.question_id),
            ("actionId", self.action_id),
        ]
    }

    fn parent(&self) -> Option<Parent> {
        let parents = [
            self.network_id.map(Parent::Network),
            self.cycle_id.map(Parent::Cycle),
            self.question_id.map(Parent::Question),
            self.action_id.map(Parent::Action),
        ];
        parents.into_iter().flatten().next()
    }
}

/// What an item is created in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parent {
    Network(Id),
    Cycle(Id),
    Question(Id),
    Action(Id),
}

/// A step, and the faults of items that cannot be read.
type Read = (Box<dyn Step>, Vec<(usize, Error)>);

/// The step that creates records in one place, of the bodies that can be read; of the others their faults.
fn creates(kind: Kind, parent: Parent, items: &[(usize, &ItemSent)]) -> Option<Read> {
    Some(match (kind, parent) {
        (Kind::Pseudonym, Parent::Network(id)) => read_creates::<Pseudonyms>(id, items),
        (Kind::Question, Parent::Cycle(id)) => read_creates::<Questions>(id, items),
        (Kind::Observation, Parent::Cycle(id)) => read_creates::<Observations>(id, items),
        (Kind::Observation, Parent::Network(id)) => read_creates::<Inbox>(id, items),
        (Kind::Reflection, Parent::Cycle(id)) => read_creates::<Reflections>(id, items),
        (Kind::Action, Parent::Cycle(id)) => read_creates::<Actions>(id, items),
        (Kind::Evaluation, _) => read_below::<Evaluations>(items),
        (Kind::Return, _) => read_below::<Returns>(items),
        _ => return None,
    })
}

fn read_creates<K: CreatingIn>(parent_id: Id, items: &[(usize, &ItemSent)]) -> Read {
    let (mut step, mut faulty) = (Creates::<K> { parent_id, bodies: Vec::new() }, Vec::new());
    for (index, item) in items {
        match read(&item.body) {
            Ok(body) => step.bodies.push((*index, unscreened(item, body))),
            Err(faults) => faulty.push((*index, faults)),
        }
    }
    (Box::new(step), faulty)
}

fn read_below<K: CreatingBelow>(items: &[(usize, &ItemSent)]) -> Read {
    let (mut step, mut faulty) = (CreatesBelow::<K> { items: Vec::new() }, Vec::new());
    for (index, item) in items {
        // Without a parent it does not fit.
        let Some(parent_id) = item.action_id.or(item.question_id) else { continue };
        match read(&item.body) {
            Ok(body) => step.items.push((*index, parent_id, unscreened(item, body))),
            Err(faults) => faulty.push((*index, faults)),
        }
    }
    (Box::new(step), faulty)
}

/// The step that updates or withdraws records.
fn changes(action: Action, kind: Kind, items: &[(usize, &ItemSent)]) -> Option<Read> {
    Some(match (action, kind) {
        (Action::Update, Kind::Pseudonym) => {
            read_changes::<Pseudonyms, PseudonymPatch, PseudonymPatch>(items)
        }
        (Action::Update, Kind::Question) => read_changes::<Questions, QuestionPatch, QuestionPatch>(items),
        (Action::Update, Kind::Observation) => {
            read_changes::<Observations, ObservationPatch, ObservationPatch>(items)
        }
        (Action::Update, Kind::Reflection) => {
            read_changes::<Reflections, ReflectionPatch, ReflectionPatch>(items)
        }
        (Action::Update, Kind::Action) => read_changes::<Actions, ActionPatch, ActionPatch>(items),
        (Action::Withdraw, Kind::Question) => read_changes::<Questions, Withdrawing, Withdrawal>(items),
        (Action::Withdraw, Kind::Observation) => {
            read_changes::<Observations, Withdrawing, ObservationTransition>(items)
        }
        (Action::Withdraw, Kind::Reflection) => read_changes::<Reflections, Withdrawing, Withdrawal>(items),
        (Action::Withdraw, Kind::Action) => read_changes::<Actions, Withdrawing, ActionTransition>(items),
        (Action::Withdraw, Kind::Evaluation) => read_changes::<Evaluations, Withdrawing, Withdrawal>(items),
        (Action::Withdraw, Kind::Return) => read_changes::<Returns, Withdrawing, Withdrawal>(items),
        _ => return None,
    })
}

/// `S` is what is sent, `B` what the kind is changed by.
fn read_changes<K, S, B>(items: &[(usize, &ItemSent)]) -> Read
where
    K: Changing<B> + 'static,
    S: Input + Into<B>,
    B: Serialize + DeserializeOwned + Send + 'static,
{
    let (mut step, mut faulty) = (Changes::<K, B> { items: Vec::new(), kind: PhantomData }, Vec::new());
    for (index, item) in items {
        // Without an id it does not fit.
        let Some(id) = item.id else { continue };
        let if_match = item.if_match.map_or(IfMatch::Absent, |version| IfMatch::Versions(vec![version]));
        match read::<S>(&item.body) {
            Ok(body) => {
                let body = unscreened(item, body.into());
                step.items.push(Change { index: *index, id, if_match, body });
            }
            Err(faults) => faulty.push((*index, faults)),
        }
    }
    (Box::new(step), faulty)
}

fn unscreened<T: Serialize>(item: &ItemSent, body: T) -> Unscreened<T> {
    let manner = if item.action == Action::Update { Manner::Patch } else { Manner::Whole };
    Unscreened::new(body, manner, item.confirm_warnings == Some(true))
}

fn read<T: Input>(body: &RawBody) -> Result<T> {
    parse(body.0.get().as_bytes())
}

/// What is wrong with a body, whatever else is wrong with its item.
fn faults(action: Action, kind: Kind, body: &RawBody) -> Vec<FieldError> {
    let outcome = match (action, kind) {
        (Action::Create, Kind::Pseudonym) => read::<PseudonymCreate>(body).err(),
        (Action::Create, Kind::Question) => read::<QuestionCreate>(body).err(),
        (Action::Create, Kind::Observation) => read::<ObservationCreate>(body).err(),
        (Action::Create, Kind::Reflection) => read::<ReflectionCreate>(body).err(),
        (Action::Create, Kind::Action) => read::<ActionCreate>(body).err(),
        (Action::Create, Kind::Evaluation) => read::<EvaluationCreate>(body).err(),
        (Action::Create, Kind::Return) => read::<ReturnCreate>(body).err(),
        (Action::Update, Kind::Pseudonym) => read::<PseudonymPatch>(body).err(),
        (Action::Update, Kind::Question) => read::<QuestionPatch>(body).err(),
        (Action::Update, Kind::Observation) => read::<ObservationPatch>(body).err(),
        (Action::Update, Kind::Reflection) => read::<ReflectionPatch>(body).err(),
        (Action::Update, Kind::Action) => read::<ActionPatch>(body).err(),
        (Action::Update, Kind::Evaluation | Kind::Return) => None,
        (Action::Withdraw, _) => read::<Withdrawing>(body).err(),
    };
    match outcome {
        Some(Error::Invalid { errors, .. }) => errors,
        _ => Vec::new(),
    }
}

/// A record as the caller may see it.
pub fn show(judge: &mut Judge<'_, '_>, kind: Kind, id: Id) -> Result<Option<Stored>> {
    match kind {
        Kind::Pseudonym => shown::<Pseudonyms>(judge, id),
        Kind::Question => shown::<Questions>(judge, id),
        Kind::Observation => shown::<Observations>(judge, id),
        Kind::Reflection => shown::<Reflections>(judge, id),
        Kind::Action => shown::<Actions>(judge, id),
        Kind::Evaluation => shown::<Evaluations>(judge, id),
        Kind::Return => shown::<Returns>(judge, id),
    }
}
