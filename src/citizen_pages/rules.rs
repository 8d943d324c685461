//! What is told on the page for a citizen, and in which order. Pure.

use super::types::{
    CitizenAction, CitizenCalculation, CitizenChapter, CitizenConsent, CitizenEvaluation, CitizenLeftOut,
    CitizenObservation, CitizenPerception, CitizenQuestion, CitizenReflection, CitizenReturn, CitizenReview,
};
use crate::actions::types::{Action, ActionState};
use crate::effect_calculations::types::EffectCalculation;
use crate::effect_squares::perceptions::types::Perception;
use crate::evaluations::types::Evaluation;
use crate::identifiers::{Certainty, IdentifierKind, Names, find};
use crate::ids::Id;
use crate::observations::types::{Observation, ObservationState};
use crate::practice::RecordState;
use crate::questions::types::{Question, Return};
use crate::reflections::types::Reflection;
use crate::research_consents::types::ResearchConsent;
use crate::sessions::reviews::types::ActionReview;
use crate::subject_exports::Held;
use std::collections::{HashMap, HashSet};

/// What records rest on, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Grounds {
    /// Observations that are somebody else's too.
    pub about_others: HashSet<Id>,
    /// The reflections of actions.
    pub of_actions: HashMap<Id, Vec<Id>>,
    /// The observations of reflections.
    pub of_reflections: HashMap<Id, Vec<Id>>,
}

impl Grounds {
    fn of_reflection(&self, id: Id) -> impl Iterator<Item = Id> {
        self.of_reflections.get(&id).into_iter().flatten().copied()
    }

    fn of_action(&self, id: Id) -> impl Iterator<Item = Id> {
        let reflections = self.of_actions.get(&id).into_iter().flatten();
        reflections.flat_map(move |reflection| self.of_reflection(*reflection))
    }

    fn any_about_others(&self, mut observations: impl Iterator<Item = Id>) -> bool {
        observations.any(|id| self.about_others.contains(&id))
    }
}

/// What is told.
#[derive(Debug, Default)]
pub struct Told {
    pub chapters: Vec<CitizenChapter>,
    pub perceptions: Vec<CitizenPerception>,
    pub effect_calculations: Vec<CitizenCalculation>,
    pub research_consents: Vec<CitizenConsent>,
    pub left_out: CitizenLeftOut,
}

/// What is told of the records that are held: those that stand, by the questions that they bear on. `names` says whether
/// something in a text may tell who somebody is; such a record is left out as a whole, and so is what is somebody else's too.
pub fn told(held: Held, grounds: &Grounds, names: impl Fn(&str) -> bool) -> Told {
    let mut sieve = Sieve { names, left_out: CitizenLeftOut::default() };
    let mut book = Book::of(held.questions, &mut sieve);
    let mut place: HashMap<Id, usize> = HashMap::new();
    for seen in in_time(held.observations, |seen| (seen.happened_at, seen.id)) {
        let stands = seen.state != ObservationState::Withdrawn;
        let others = grounds.about_others.contains(&seen.id);
        let chapter = book.chapter_of(seen.question_id);
        place.insert(seen.id, chapter);
        if stands && sieve.lets(others, [&*seen.body]) {
            book.chapters[chapter].observations.push(observation(seen));
        }
    }
    let first = |observations: &mut dyn Iterator<Item = Id>, last: usize| {
        observations.filter_map(|id| place.get(&id).copied()).min().unwrap_or(last)
    };
    for thought in in_time(held.reflections, |thought| (thought.happened_at, thought.id)) {
        let others = grounds.any_about_others(grounds.of_reflection(thought.id));
        let texts = texts_of(&thought);
        if thought.state == RecordState::Current && sieve.lets(others, texts.iter().map(String::as_str)) {
            let chapter = first(&mut grounds.of_reflection(thought.id), book.last());
            let (id, happened_at) = (thought.id, thought.happened_at);
            book.chapters[chapter].reflections.push(CitizenReflection { id, texts, happened_at });
        }
    }
    let mut evaluations = grouped(held.evaluations, |judged| judged.action_id);
    let mut reviews = grouped(held.action_reviews, |review| review.action_id);
    for tried in in_time(held.actions, |tried| (tried.happened_at, tried.id)) {
        if tried.state == ActionState::Withdrawn {
            continue;
        }
        let (evaluations, reviews) = (take(&mut evaluations, tried.id), take(&mut reviews, tried.id));
        let others = grounds.any_about_others(grounds.of_action(tried.id));
        let texts = [Some(&*tried.description), tried.state_reason.as_deref()];
        if !sieve.lets(others, texts.into_iter().flatten()) {
            sieve.with_it(
                others,
                evaluations.iter().filter(|judged| judged.state == RecordState::Current).count(),
            );
            sieve.with_it(others, reviews.iter().filter(|said| said.state == RecordState::Current).count());
            continue;
        }
        let chapter = first(&mut grounds.of_action(tried.id), book.last());
        let action = action(tried, reviews, evaluations, &mut sieve);
        book.chapters[chapter].actions.push(action);
    }
    for told in in_time(held.returns, |told| (told.happened_at, told.id)) {
        let texts = [Some(&*told.text), told.response.as_deref()];
        // Of a question that was withdrawn nothing is told.
        if told.state != RecordState::Current || book.withdrawn.contains(&told.question_id) {
            continue;
        }
        if sieve.lets(false, texts.into_iter().flatten()) {
            let chapter = book.chapter_of(Some(told.question_id));
            book.chapters[chapter].returns.push(answer(told));
        }
    }
    let perceptions = in_time(held.perceptions, |seen| (seen.happened_at, seen.id)).into_iter();
    let perceptions =
        perceptions.filter(|seen| seen.state == RecordState::Current && sieve.lets(false, [&*seen.text]));
    let perceptions = perceptions.map(perception).collect();
    let calculations = in_time(held.effect_calculations, |made| (made.created_at, made.id)).into_iter();
    let calculations = calculations.filter(|made| {
        let texts = [Some(&*made.title), made.description.as_deref()];
        made.state == RecordState::Current && sieve.lets(false, texts.into_iter().flatten())
    });
    let calculations = calculations.map(calculation).collect();
    let consents = in_time(held.research_consents, |given| (given.created_at, given.id));
    Told {
        chapters: book.told(),
        perceptions,
        effect_calculations: calculations,
        research_consents: consents.into_iter().map(consent).collect(),
        left_out: sieve.left_out,
    }
}

/// What colleagues call somebody: the first word of their name.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}

/// Whether a text names one of these, with a capital: a name that is also a word is often that.
pub fn names_one_of(names: &Names, text: &str) -> bool {
    let found = find(text, names).into_iter();
    let mut named =
        found.filter(|found| (found.kind, found.certainty) == (IdentifierKind::Name, Certainty::Strong));
    named.any(|found| text.chars().nth(found.offset as usize).is_some_and(char::is_uppercase))
}

/// Chapters that are being filled: the last is of no question.
struct Book {
    chapters: Vec<CitizenChapter>,
    by_question: HashMap<Id, usize>,
    withdrawn: HashSet<Id>,
}

impl Book {
    fn of<N: Fn(&str) -> bool>(questions: Vec<Question>, sieve: &mut Sieve<N>) -> Book {
        let mut book = Book { chapters: Vec::new(), by_question: HashMap::new(), withdrawn: HashSet::new() };
        for asked in in_time(questions, |asked| (asked.happened_at, asked.id)) {
            if asked.state == RecordState::Withdrawn {
                book.withdrawn.insert(asked.id);
            } else if sieve.lets(false, [&*asked.text]) {
                book.by_question.insert(asked.id, book.chapters.len());
                let Question { id, text, happened_at, .. } = asked;
                let question = Some(CitizenQuestion { id, text, happened_at });
                book.chapters.push(CitizenChapter { question, ..CitizenChapter::default() });
            }
        }
        book.chapters.push(CitizenChapter::default());
        book
    }

    fn last(&self) -> usize {
        self.chapters.len() - 1
    }

    fn chapter_of(&self, question_id: Option<Id>) -> usize {
        question_id.and_then(|id| self.by_question.get(&id).copied()).unwrap_or(self.last())
    }

    fn told(mut self) -> Vec<CitizenChapter> {
        self.chapters.retain(|chapter| chapter.question.is_some() || !chapter.is_bare());
        self.chapters
    }
}

/// What keeps records about others off the page, and counts them.
struct Sieve<N> {
    names: N,
    left_out: CitizenLeftOut,
}

impl<N: Fn(&str) -> bool> Sieve<N> {
    fn lets<'t>(&mut self, others: bool, texts: impl IntoIterator<Item = &'t str>) -> bool {
        let named = !others && texts.into_iter().any(|text| (self.names)(text));
        self.with_it(others, usize::from(others || named));
        !others && !named
    }

    /// What is left out with something that is.
    fn with_it(&mut self, others: bool, count: usize) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let reason =
            if others { &mut self.left_out.about_others } else { &mut self.left_out.naming_somebody };
        *reason = reason.saturating_add(count);
    }
}

/// In the order in which they happened.
fn in_time<R, K: Ord>(mut records: Vec<R>, key: impl Fn(&R) -> K) -> Vec<R> {
    records.sort_by_key(key);
    records
}

fn grouped<R>(records: Vec<R>, of: impl Fn(&R) -> Id) -> HashMap<Id, Vec<R>> {
    let mut groups: HashMap<Id, Vec<R>> = HashMap::new();
    for record in records {
        groups.entry(of(&record)).or_default().push(record);
    }
    groups
}

fn take<R>(groups: &mut HashMap<Id, Vec<R>>, id: Id) -> Vec<R> {
    groups.remove(&id).unwrap_or_default()
}

fn texts_of(thought: &Reflection) -> Vec<String> {
    let answers = thought.answers.iter().map(|answer| answer.text.to_string());
    let shift = thought.frame_shift.iter().flat_map(|shift| {
        [&shift.assumption_before, &shift.disruption, &shift.assumption_after].map(|text| text.to_string())
    });
    answers.chain(shift).collect()
}

fn observation(seen: Observation) -> CitizenObservation {
    let Observation { id, body, voice, happened_at, .. } = seen;
    CitizenObservation { id, body, voice, happened_at }
}

fn action<N: Fn(&str) -> bool>(
    tried: Action,
    reviews: Vec<ActionReview>,
    evaluations: Vec<Evaluation>,
    sieve: &mut Sieve<N>,
) -> CitizenAction {
    let reviews = in_time(reviews, |said| (said.created_at, said.id)).into_iter();
    let reviews =
        reviews.filter(|said| said.state == RecordState::Current && sieve.lets(false, [&*said.note]));
    let reviews: Vec<CitizenReview> = reviews
        .map(|ActionReview { id, note, created_at, .. }| CitizenReview { id, note, created_at })
        .collect();
    let evaluations = in_time(evaluations, |judged| (judged.happened_at, judged.id)).into_iter();
    let evaluations = evaluations.filter(|judged| {
        judged.state == RecordState::Current
            && sieve.lets(false, [&*judged.expected_effect, &*judged.seen_effect])
    });
    let evaluations = evaluations.map(evaluation).collect();
    let Action { id, description, state, state_reason, due_on, happened_at, .. } = tried;
    CitizenAction { id, description, state, state_reason, due_on, happened_at, reviews, evaluations }
}

fn evaluation(judged: Evaluation) -> CitizenEvaluation {
    let Evaluation { id, verdict, expected_effect, seen_effect, happened_at, .. } = judged;
    CitizenEvaluation { id, verdict, expected_effect, seen_effect, happened_at }
}

fn answer(told: Return) -> CitizenReturn {
    let Return { id, text, recognised, response, happened_at, .. } = told;
    CitizenReturn { id, text, recognised, response, happened_at }
}

fn perception(seen: Perception) -> CitizenPerception {
    let Perception { id, text, happened_at, .. } = seen;
    CitizenPerception { id, text, happened_at }
}

fn calculation(made: EffectCalculation) -> CitizenCalculation {
    let EffectCalculation { id, title, description, created_at, .. } = made;
    CitizenCalculation { id, title, description, created_at }
}

fn consent(given: ResearchConsent) -> CitizenConsent {
    let ResearchConsent { id, protocol, given_on, ends_on, state, .. } = given;
    CitizenConsent { id, protocol, given_on, ends_on, state }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_are_named_by_their_first_name_too() {
        let staff = ["Tilly Voorbeeld", "Wil de Vries"];
        let staff = Names::new(staff.iter().flat_map(|name| [*name, first_name(name)]));
        for text in ["Dat wil Tilly nog twee weken.", "Tilly Voorbeeld kwam.", "Ze vroeg het aan Wil."] {
            assert!(names_one_of(&staff, text), "{text}");
        }
        for text in ["Wil je mee?", "Ze wil mee.", "Een voorbeeld, de tilly.", ""] {
            assert!(!names_one_of(&staff, text), "{text}");
        }
    }
}
