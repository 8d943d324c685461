//! What happened in a network, in order of time over all its cycles: a record can only refer to what is there by then,
//! and the change log tells things in the order in which they took place.

use super::content::{
    Action, ActionMove, Cycle, CycleMove, Evaluation, Member, Network, Observation, Question, Reasoned,
    Reflection, Return, person_id,
};
use crate::clock::Instant;
use crate::ids::Id;
use chrono::Duration;

/// The sign-ins that run things.
pub const ADMIN: &str = "admin";
pub const COORDINATOR: &str = "coordinator";
pub const FACILITATOR: &str = "facilitator";

pub struct Event<'a> {
    pub at: Instant,
    /// The person who did it.
    pub by: Id,
    /// Of the record or the move that it makes.
    pub id: Id,
    pub what: What<'a>,
}

pub enum What<'a> {
    Begin(&'a Cycle),
    Invite(&'a Cycle, &'a Member),
    Move(&'a Cycle, &'a CycleMove),
    Ask(&'a Cycle, &'a Question),
    TellBack(&'a Question, &'a Return),
    Observe(Option<&'a Cycle>, &'a Observation),
    /// Closes or withdraws an observation.
    Settle(&'a Observation, &'static str, &'a Reasoned),
    Reflect(&'a Cycle, &'a Reflection),
    Commit(&'a Cycle, &'a Action),
    MoveAction(&'a Action, &'a ActionMove),
    Evaluate(&'a Action, &'a Evaluation),
}

/// All of a network's events after it was made, the earliest first.
pub fn of(network: &Network, now: Instant) -> Vec<Event<'_>> {
    let mut timeline = Timeline { network, now, events: Vec::new() };
    for cycle in &network.cycles {
        timeline.cycle(cycle);
    }
    for observation in &network.inbox {
        timeline.observation(None, observation);
    }
    // Stable: guests come with the cycle they are invited to.
    timeline.events.sort_by_key(|event| event.at);
    timeline.events
}

struct Timeline<'a> {
    network: &'a Network,
    now: Instant,
    events: Vec<Event<'a>>,
}

impl<'a> Timeline<'a> {
    fn add(&mut self, days_ago: i64, by: &str, name: &str, what: What<'a>) {
        let id = self.network.id_of(name);
        self.events.push(Event { at: moment(self.now, days_ago, id), by: person_id(by), id, what });
    }

    fn cycle(&mut self, cycle: &'a Cycle) {
        let name = format!("cycles/{}", cycle.key);
        let begun = moment(self.now, cycle.started_days_ago, self.network.id_of(&name));
        self.add(cycle.started_days_ago, COORDINATOR, &name, What::Begin(cycle));
        for guest in &cycle.guests {
            let id = self.network.id_of(&format!("{name}/guests/{}", guest.person));
            let what = What::Invite(cycle, guest);
            self.events.push(Event { at: begun, by: person_id(COORDINATOR), id, what });
        }
        for (number, step) in cycle.transitions.iter().enumerate() {
            let by = if matches!(&*step.to, "closed" | "abandoned") { COORDINATOR } else { FACILITATOR };
            self.add(step.days_ago, by, &format!("{name}/moves/{number}"), What::Move(cycle, step));
        }
        for question in &cycle.questions {
            let key = &question.key;
            self.add(question.days_ago, &question.by, key, What::Ask(cycle, question));
            for (number, told) in question.returns.iter().enumerate() {
                let name = format!("{key}/returns/{number}");
                self.add(told.days_ago, &told.by, &name, What::TellBack(question, told));
            }
        }
        for observation in &cycle.observations {
            self.observation(Some(cycle), observation);
        }
        for reflection in &cycle.reflections {
            self.add(reflection.days_ago, &reflection.by, &reflection.key, What::Reflect(cycle, reflection));
        }
        for action in &cycle.actions {
            self.action(cycle, action);
        }
    }

    fn observation(&mut self, cycle: Option<&'a Cycle>, observation: &'a Observation) {
        let key = &observation.key;
        self.add(observation.days_ago, &observation.by, key, What::Observe(cycle, observation));
        for (to, settled) in [("closed", &observation.closed), ("withdrawn", &observation.withdrawn)] {
            if let Some(settled) = settled {
                let what = What::Settle(observation, to, settled);
                self.add(settled.days_ago, &settled.by, &format!("{key}/{to}"), what);
            }
        }
    }

    fn action(&mut self, cycle: &'a Cycle, action: &'a Action) {
        let key = &action.key;
        self.add(action.days_ago, &action.by, key, What::Commit(cycle, action));
        for (number, step) in action.moves.iter().enumerate() {
            let name = format!("{key}/moves/{number}");
            self.add(step.days_ago, &step.by, &name, What::MoveAction(action, step));
        }
        for (number, evaluation) in action.evaluations.iter().enumerate() {
            let name = format!("{key}/evaluations/{number}");
            self.add(evaluation.days_ago, &evaluation.by, &name, What::Evaluate(action, evaluation));
        }
    }
}

/// A moment of that day within working hours, the same at every run on the same day. One day ago is yesterday, so that
/// nothing lies in the future.
pub fn moment(now: Instant, days_ago: i64, id: Id) -> Instant {
    const HALF_PAST_SEVEN: i64 = 7 * 60 + 30;
    const EIGHT_HOURS: u64 = 8 * 3600;
    let midnight = now.minus(Duration::microseconds(now.micros().rem_euclid(86_400_000_000)));
    let seconds = (spread(id) % EIGHT_HOURS) as i64;
    midnight
        .minus(Duration::days(days_ago))
        .plus(Duration::minutes(HALF_PAST_SEVEN) + Duration::seconds(seconds))
}

/// When something was seen or heard that was noted at this event: a while before.
pub fn noticed(event: &Event<'_>) -> Instant {
    event.at.minus(Duration::seconds(120 + (spread(event.id) >> 32) as i64 % 5400))
}

/// A number that looks random and is always the same for an id.
fn spread(id: Id) -> u64 {
    id.0.as_u64_pair().0.rotate_left(32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::policy::{Role, allows};
    use crate::access::{Op, Place, Standing};
    use crate::clock;
    use crate::demo::content::Content;

    #[test]
    fn all_that_happens_lies_in_the_past_in_order() {
        let (content, now) = (Content::read().expect("content"), clock::now());
        for network in &content.networks {
            let moments: Vec<Instant> = of(network, now).iter().map(|event| event.at).collect();
            assert!(moments.len() > 100 && moments.is_sorted() && moments.iter().all(|at| *at < now));
        }
    }

    #[test]
    fn whoever_does_something_may_do_it() {
        let content = Content::read().expect("content");
        for network in &content.networks {
            for event in of(network, clock::now()) {
                let (op, cycle, author, owner) = asked(&event.what, network);
                let role_among = |members: &[Member]| -> Option<Role> {
                    let member = members.iter().find(|member| person_id(&member.person) == event.by)?;
                    Some(member.role.parse().expect("a role"))
                };
                let standing = Standing {
                    person_id: event.by,
                    admin: false,
                    coordinates: false,
                    member: role_among(&network.members),
                    participant: cycle.and_then(|cycle| role_among(&cycle.guests)),
                    joint: Vec::new(),
                    archived: false,
                    kin: false,
                    emergency_access_id: None,
                    key: None,
                };
                let author_id = Some(author.map_or(event.by, person_id));
                let network_id = Some(network.id_of("a network"));
                let cycle_id = cycle.map(|cycle| network.cycle_id(&cycle.key));
                let owner_id = owner.map(person_id);
                let place = Place { network_id, cycle_id, author_id, owner_id, ..Place::default() };
                assert!(standing.sees(&place) && allows(op, &standing, &place), "{op:?} in {author:?}");
            }
        }
    }

    /// The operation that an event is, where it takes place, and whose the thing is that it is done to.
    fn asked<'a>(
        what: &What<'a>,
        network: &'a Network,
    ) -> (Op, Option<&'a Cycle>, Option<&'a str>, Option<&'a str>) {
        let holding = |holds: &dyn Fn(&Cycle) -> bool| network.cycles.iter().find(|cycle| holds(cycle));
        match *what {
            What::Begin(_) => (Op::CreateCycle, None, None, None),
            What::Invite(cycle, _) => (Op::CreateParticipant, Some(cycle), None, None),
            What::Move(cycle, _) => (Op::TransitionCycle, Some(cycle), None, None),
            What::Ask(cycle, _) => (Op::CreateQuestion, Some(cycle), None, None),
            What::TellBack(question, _) => {
                let cycle = holding(&|cycle| cycle.questions.iter().any(|each| each.key == question.key));
                (Op::CreateReturn, cycle, Some(&question.by), None)
            }
            What::Observe(Some(cycle), _) => (Op::CreateObservation, Some(cycle), None, None),
            What::Observe(None, _) => (Op::CreateInboxObservation, None, None, None),
            What::Settle(observation, to, _) => {
                let op = if to == "closed" { Op::TransitionObservation } else { Op::WithdrawObservation };
                let cycle =
                    holding(&|cycle| cycle.observations.iter().any(|each| each.key == observation.key));
                (op, cycle, Some(&observation.by), None)
            }
            What::Reflect(cycle, _) => (Op::CreateReflection, Some(cycle), None, None),
            What::Commit(cycle, _) => (Op::CreateAction, Some(cycle), None, None),
            What::MoveAction(action, _) | What::Evaluate(action, _) => {
                let cycle = holding(&|cycle| cycle.actions.iter().any(|each| each.key == action.key));
                let op = match what {
                    What::Evaluate(..) => Op::CreateEvaluation,
                    _ => Op::TransitionAction,
                };
                (op, cycle, Some(&action.by), Some(&action.owner))
            }
        }
    }
}
