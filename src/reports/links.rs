//! From each figure to the list of the records that it counts. Pure.

use super::ages::Ages;
use super::figures::Basis;
use super::over_time::ObservationsOverTime;
use super::types::{CycleReport, FigureLinks, NetworkReport, ReportFigures, Travel};
use crate::adoptions::types::Decision;
use crate::loops::counted::{
    ActionFigure as Action, EvaluationFigure as Evaluation, Figure, ObservationFigure as Observation,
    QuestionFigure as Question, ReflectionFigure as Reflection, from_perspective, leg_figures,
};
use crate::loops::days::Days;
use crate::networks::types::Pause;
use crate::overviews::types::NetworkFigures;
use crate::practice::Perspective;
use std::collections::BTreeMap;
use std::fmt::Display;
use strum::IntoEnumIterator;

/// The figures whose places are the same in every report.
fn places() -> Vec<(&'static str, Figure)> {
    vec![
        ("/counts/questions", Question::Asked.into()),
        ("/counts/observations", Observation::Observed.into()),
        ("/counts/withdrawn", Observation::Withdrawn.into()),
        ("/counts/reflections", Reflection::Reflected.into()),
        ("/counts/actions", Action::Undertaken.into()),
        ("/counts/evaluations", Evaluation::Judged.into()),
        ("/byVoice/own_words", Observation::OwnWords.into()),
        ("/byVoice/quoted", Observation::Quoted.into()),
        ("/byVoice/retold", Observation::Retold.into()),
        ("/byVoice/interpreted", Observation::Interpreted.into()),
        ("/byVoice/unstated", Observation::VoiceUnstated.into()),
        ("/byLoopDepth/single", Reflection::SingleLoop.into()),
        ("/byLoopDepth/double", Reflection::DoubleLoop.into()),
        ("/byLoopDepth/triple", Reflection::TripleLoop.into()),
        ("/frameShifts", Reflection::FrameShift.into()),
        ("/actionsByState/planned", Action::Planned.into()),
        ("/actionsByState/doing", Action::Doing.into()),
        ("/actionsByState/done", Action::Done.into()),
        ("/actionsByState/dropped", Action::Dropped.into()),
        ("/evaluationsByVerdict/worked", Evaluation::Worked.into()),
        ("/evaluationsByVerdict/partly", Evaluation::Partly.into()),
        ("/evaluationsByVerdict/didNotWork", Evaluation::DidNotWork.into()),
        ("/loop/parts/evaluated", Observation::Evaluated.into()),
        ("/loop/parts/closedWithoutAction", Observation::ClosedWithoutAction.into()),
        ("/loop/stages/observed", Observation::Observed.into()),
        ("/loop/stages/discussed", Observation::Discussed.into()),
        ("/loop/stages/actedOn", Observation::ActedOn.into()),
        ("/loop/stages/evaluated", Observation::Evaluated.into()),
        ("/loop/stages/closedWithoutAction", Observation::ClosedWithoutAction.into()),
        ("/loop/stages/open", Observation::Open.into()),
        ("/loop/closureRate", Observation::Evaluated.into()),
        ("/loop/returnedToCitizen/questions", Question::Asked.into()),
        ("/loop/returnedToCitizen/returned", Question::Returned.into()),
        ("/loop/returnedToCitizen/heardBack", Question::HeardBack.into()),
        ("/loop/returnedToCitizen/recognised", Question::Recognised.into()),
    ]
}

/// The same of figures that are set beside those of a report, below their own place.
fn compared_places() -> [(&'static str, Figure); 11] {
    [
        ("questions", Question::Asked.into()),
        ("observations", Observation::Observed.into()),
        ("reflections", Reflection::Reflected.into()),
        ("actions", Action::Undertaken.into()),
        ("evaluations", Evaluation::Judged.into()),
        ("evaluated", Observation::Evaluated.into()),
        ("closedWithoutAction", Observation::ClosedWithoutAction.into()),
        ("open", Observation::Open.into()),
        ("closureRate", Observation::Evaluated.into()),
        ("frameShifts", Reflection::FrameShift.into()),
        ("returned", Question::Returned.into()),
    ]
}

/// The links of a cycle's report.
pub fn of_cycle(report: &CycleReport, pauses: &[Pause]) -> FigureLinks {
    let cycle = &report.cycle;
    let mut links = Links::below(format!("/v1/cycles/{}", cycle.id));
    let basis = |at| Basis { days: Days::ALL, at, pauses };
    links.figures(&report.figures, &basis(report.generated_at));
    if let (Some(figures), Some(closed_at)) = (&report.at_closing, cycle.closed_at) {
        links.at_closing(figures, &basis(closed_at));
    }
    let open = format!("/v1/networks/{}/open-items?cycleId={}", cycle.network_id, cycle.id);
    links.to("/openItemsTotal", open);
    if report.since_closing.is_some() {
        links.count("/sinceClosing/observations", Observation::ObservedSinceClosing, &Days::ALL);
        links.count("/sinceClosing/evaluations", Evaluation::JudgedSinceClosing, &Days::ALL);
        links.count("/sinceClosing/evaluated", Observation::EvaluatedSinceClosing, &Days::ALL);
        links.count("/sinceClosing/withdrawn", Observation::WithdrawnSinceClosing, &Days::ALL);
        links.count("/sinceClosing/returned", Question::ReturnedSinceClosing, &Days::ALL);
    }
    if let Some(travel) = &report.insights {
        let shared = format!("/v1/networks/{}/insights?state=shared&cycleId={}", cycle.network_id, cycle.id);
        links.travel(travel, shared);
    }
    for (index, past) in report.predecessors.iter().flatten().enumerate() {
        let base = format!("/v1/cycles/{}", past.id);
        for (member, figure) in compared_places() {
            let place = format!("/predecessors/{index}/figures/{member}");
            let at = if past.at_closing { AT_CLOSING } else { "" };
            links.to(place, listed(&base, figure, at, &Days::ALL));
        }
    }
    FigureLinks(links.links)
}

/// The links of a network's report.
pub fn of_network(report: &NetworkReport, basis: &Basis<'_>) -> FigureLinks {
    let network = format!("/v1/networks/{}", report.network.id);
    let mut links = Links::below(network.clone());
    links.figures(&report.figures, basis);
    links.count("/inbox", Observation::Inbox, &basis.days);
    for phase in PHASES {
        links.to(format!("/cyclesByPhase/{phase}"), format!("{network}/cycles?phase={phase}"));
    }
    let shared = format!("{network}/insights?state=shared{}", bounds(&basis.days));
    links.travel(&report.insights, shared);
    for decision in decisions() {
        let received = format!("{network}/adoptions?decision={decision}{}", bounds(&basis.days));
        links.to(format!("/insights/received/{decision}"), received);
    }
    for (index, past) in report.earlier.iter().enumerate() {
        let days = Days { from: Some(past.from_on), to: Some(past.to_on) };
        for (member, figure) in compared_places() {
            links.count(format!("/earlier/{index}/figures/{member}"), figure, &days);
        }
    }
    FigureLinks(links.links)
}

/// The links of the networks of a lineage that the caller is a member of.
pub fn of_lineage(lineage: &NetworkFigures, days: &Days) -> BTreeMap<String, String> {
    let mut links = BTreeMap::new();
    for (index, below) in lineage.networks.iter().enumerate().filter(|(_, below)| below.member) {
        let network = format!("/v1/networks/{}", below.id);
        let place = |member: &str| format!("/lineage/networks/{index}/{member}");
        for (member, figure) in summed_places() {
            let list = format!("{}{}", listed(&network, figure, "", &Days::ALL), begun(days));
            links.insert(place(&format!("figures/{member}")), list);
        }
        for (kind, figure) in waiting_places() {
            for member in ["count", "oldestDays"] {
                let list = listed(&network, figure, "", &Days::ALL);
                links.insert(place(&format!("openItems/{kind}/{member}")), list);
            }
        }
        for phase in PHASES {
            links.insert(place(&format!("cyclesByPhase/{phase}")), format!("{network}/cycles?phase={phase}"));
        }
    }
    links
}

/// The figures that are summed over cycles.
fn summed_places() -> [(&'static str, Figure); 13] {
    [
        ("questions", Question::Asked.into()),
        ("observations", Observation::Observed.into()),
        ("reflections", Reflection::Reflected.into()),
        ("actions", Action::Undertaken.into()),
        ("evaluations/worked", Evaluation::Worked.into()),
        ("evaluations/partly", Evaluation::Partly.into()),
        ("evaluations/didNotWork", Evaluation::DidNotWork.into()),
        ("closure/cohort", Observation::Observed.into()),
        ("closure/evaluated", Observation::Evaluated.into()),
        ("closure/closedWithoutAction", Observation::ClosedWithoutAction.into()),
        ("closure/open", Observation::Open.into()),
        ("closure/rate", Observation::Evaluated.into()),
        ("frameShifts", Reflection::FrameShift.into()),
    ]
}

/// What waits in a network.
fn waiting_places() -> [(&'static str, Figure); 4] {
    [
        ("observations", Observation::Open.into()),
        ("inbox", Observation::Inbox.into()),
        ("actions", Action::Open.into()),
        ("questions", Question::ReturnStillOpen.into()),
    ]
}

/// The part of a query that asks for what a figure counted in the cycles that began on these days.
fn begun(days: &Days) -> String {
    let from = days.from.map(|day| format!("&cyclesFrom={day}"));
    let to = days.to.map(|day| format!("&cyclesTo={day}"));
    [from, to].into_iter().flatten().collect()
}

fn decisions() -> [&'static str; 3] {
    [Decision::Adopted, Decision::Adapted, Decision::Rejected].map(Into::into)
}

const PHASES: [&str; 6] = ["plan", "act", "observe", "reflect", "closed", "abandoned"];

/// The part of a query that asks for what a figure counted at the closing of its cycle.
const AT_CLOSING: &str = "&at=closing";

/// Links that are being made.
struct Links {
    /// What the lists lie below.
    base: String,
    /// Where in the report the figures stand that are being linked.
    within: &'static str,
    /// The moment that these are of, as a part of the query.
    at: &'static str,
    links: BTreeMap<String, String>,
}

impl Links {
    fn below(base: String) -> Links {
        Links { base, within: "", at: "", links: BTreeMap::new() }
    }

    fn to(&mut self, place: impl Into<String>, list: String) {
        self.links.insert(place.into(), list);
    }

    fn count(&mut self, place: impl Into<String>, figure: impl Into<Figure>, days: &Days) {
        let list = listed(&self.base, figure.into(), self.at, days);
        let place = format!("{}{}", self.within, place.into());
        self.to(place, list);
    }

    /// ReportFigures at the closing of a cycle.
    fn at_closing(&mut self, figures: &ReportFigures, basis: &Basis<'_>) {
        (self.within, self.at) = ("/atClosing", AT_CLOSING);
        self.figures(figures, basis);
        (self.within, self.at) = ("", "");
    }

    fn figures(&mut self, figures: &ReportFigures, basis: &Basis<'_>) {
        let days = &basis.days;
        for (place, figure) in places() {
            self.count(place, figure, days);
        }
        for perspective in Perspective::iter() {
            let name: &str = perspective.into();
            self.count(format!("/byPerspective/{name}"), from_perspective(perspective), days);
        }
        let (young, old) = basis.young_and_old();
        self.count("/loop/parts/openUnder30Days", Observation::Open, &young);
        self.count("/loop/parts/openLonger", Observation::Open, &old);
        for (index, leg) in figures.looped.legs.iter().enumerate() {
            let [reached, still_open, out_of_order] = leg_figures(leg.from, leg.to);
            for (member, figure) in [
                ("count", reached),
                ("medianSeconds", reached),
                ("p90Seconds", reached),
                ("stillOpen", still_open),
                ("outOfOrder", out_of_order),
            ] {
                self.count(format!("/loop/legs/{index}/{member}"), figure, days);
            }
        }
        self.over_time(&figures.observations_over_time);
        let ages = &figures.ages_of_open;
        self.ages("observations", &ages.observations, Observation::Open.into(), days);
        self.ages("actions", &ages.actions, Action::Open.into(), days);
        self.ages("questions", &ages.questions, Question::ReturnStillOpen.into(), days);
    }

    fn over_time(&mut self, told: &ObservationsOverTime) {
        for (index, column) in told.columns.iter().enumerate() {
            for perspective in Perspective::iter() {
                let name: &str = perspective.into();
                let place = format!("/observationsOverTime/columns/{index}/byPerspective/{name}");
                self.count(place, from_perspective(perspective), &column.days());
            }
        }
    }

    fn ages(&mut self, kind: &str, ages: &Ages, open: Figure, days: &Days) {
        let place = |member: &dyn Display| format!("/agesOfOpen/{kind}/{member}");
        for member in
            ["count", "medianDays", "oldestDays", "medianDaysWithoutPauses", "oldestDaysWithoutPauses"]
        {
            self.count(place(&member), open, days);
        }
        for (index, band) in ages.bands.iter().enumerate() {
            self.count(place(&format!("bands/{index}/count")), open, &band.happened.within(days));
            let without = band.happened_without_pauses.within(days);
            self.count(place(&format!("bands/{index}/countWithoutPauses")), open, &without);
        }
    }

    fn travel(&mut self, travel: &Travel, shared: String) {
        self.to("/insights/shared", shared);
        for (index, insight) in travel.items.iter().enumerate() {
            for decision in decisions() {
                let list = format!("/v1/insights/{}/adoptions?direct=true&decision={decision}", insight.id);
                self.to(format!("/insights/items/{index}/adoptions/{decision}"), list);
            }
        }
    }
}

/// The list of the records that a figure counts.
fn listed(base: &str, figure: Figure, at: &str, days: &Days) -> String {
    let (collection, name): (&str, &str) = match figure {
        Figure::Question(figure) => ("questions", figure.into()),
        Figure::Observation(figure) => ("observations", figure.into()),
        Figure::Reflection(figure) => ("reflections", figure.into()),
        Figure::Action(figure) => ("actions", figure.into()),
        Figure::Evaluation(figure) => ("evaluations", figure.into()),
    };
    format!("{base}/{collection}?figure={name}{at}{}", bounds(days))
}

/// The list of a figure with only what happened on these days, which are some of its own.
pub fn on(list: &str, days: &Days) -> String {
    // Its own come last.
    let bounds_at = ["&from=", "&to="].into_iter().filter_map(|bound| list.find(bound)).min();
    format!("{}{}", &list[..bounds_at.unwrap_or(list.len())], bounds(days))
}

fn bounds(days: &Days) -> String {
    let from = days.from.map(|day| format!("&from={day}"));
    let to = days.to.map(|day| format!("&to={day}"));
    [from, to].into_iter().flatten().collect()
}
