//! Reports put together from what was found. Pure.

use super::figures::{self, Basis, compared, since_closing};
use super::links;
use super::responsible::Responsible;
use super::types::{
    CycleReport, FigureLinks, NetworkReport, PastCycle, PastPeriod, ReportedCycle, ReportedNetwork,
    ReportedTheme, Travel,
};
use crate::clock::Instant;
use crate::cycles::types::{Cycle, Phase};
use crate::ids::Id;
use crate::loops::counted::ObservationFigure;
use crate::loops::days::Days;
use crate::loops::figures::CyclesByPhase;
use crate::loops::following::Told;
use crate::loops::rules::{self as loops, Facts};
use crate::networks::types::Pause;
use crate::themes::rules::title_at;
use crate::themes::types::Theme;

/// Periods that a network's report looks back on at most.
const EARLIER: usize = 3;

/// What a cycle's report is made of.
pub struct CycleFindings {
    pub cycle: Cycle,
    pub themes: Vec<Theme>,
    pub told: Told,
    pub pauses: Vec<Pause>,
    /// None for those who see the cycle and not its network, as are the predecessors.
    pub travel: Option<Travel>,
    pub predecessors: Option<Vec<Predecessor>>,
    pub responsible: Option<Responsible>,
}

/// A cycle that another goes on from.
pub struct Predecessor {
    pub cycle: Cycle,
    /// Those at its closing, where they were kept.
    pub facts: Facts,
    pub at_closing: bool,
}

/// What a network's report is made of.
pub struct NetworkFindings {
    pub network: ReportedNetwork,
    pub days: Days,
    pub phases: Vec<Phase>,
    pub facts: Facts,
    pub pauses: Vec<Pause>,
    pub travel: Travel,
    pub responsible: Option<Responsible>,
}

/// Makes the report of a cycle.
pub fn of_cycle(found: CycleFindings, now: Instant) -> CycleReport {
    let CycleFindings { cycle, themes, told, pauses, travel, predecessors, responsible } = found;
    let Told { facts, closing } = told;
    let basis = |at| Basis { days: Days::ALL, at, pauses: &pauses };
    let (figures, _) = figures::figures(&facts, &basis(now));
    let closed = cycle.closed_at.zip(closing.as_ref());
    let at_closing = closed.map(|(at, closing)| figures::figures(closing, &basis(at)).0);
    let since_closing = closing.as_ref().map(|closing| since_closing(closing, &facts));
    let open = loops::open_items(&facts, now);
    let past = |Predecessor { cycle, facts, at_closing }| PastCycle {
        id: cycle.id,
        learning_question: cycle.learning_question,
        phase: cycle.phase,
        created_at: cycle.created_at,
        closed_at: cycle.closed_at,
        at_closing,
        figures: compared(&facts, &Days::ALL),
    };
    let mut report = CycleReport {
        cycle: ReportedCycle::new(cycle, &themes),
        generated_at: now,
        figures,
        at_closing,
        since_closing,
        open_items: open.items,
        open_items_total: open.total,
        carried_in: facts.carried_in,
        carried_out: facts.carried_out,
        insights: travel,
        predecessors: predecessors.map(|cycles| cycles.into_iter().map(past).collect()),
        responsible,
        from: FigureLinks::default(),
    };
    report.from = links::of_cycle(&report, &pauses);
    report
}

/// Makes the report of a network, without its lineage.
pub fn of_network(found: NetworkFindings, now: Instant) -> NetworkReport {
    let NetworkFindings { network, days, phases, facts, pauses, travel, responsible } = found;
    let basis = Basis { days, at: now, pauses: &pauses };
    let (figures, tally) = figures::figures(&facts, &basis);
    let mut cycles_by_phase = CyclesByPhase::default();
    phases.into_iter().for_each(|phase| cycles_by_phase.count(phase));
    let past = |days: Days| {
        Some(PastPeriod { from_on: days.from?, to_on: days.to?, figures: compared(&facts, &days) })
    };
    let earlier = std::iter::successors(days.before(), Days::before).take(EARLIER).filter_map(past);
    let mut report = NetworkReport {
        network,
        from_on: days.from,
        to_on: days.to,
        generated_at: now,
        cycles_by_phase,
        inbox: tally.of(ObservationFigure::Inbox),
        figures,
        insights: travel,
        earlier: earlier.collect(),
        responsible,
        lineage: None,
        from: FigureLinks::default(),
    };
    report.from = links::of_network(&report, &basis);
    report
}

impl ReportedCycle {
    fn new(cycle: Cycle, themes: &[Theme]) -> ReportedCycle {
        let named = |id: &Id| {
            let theme = themes.iter().find(|theme| theme.id == *id)?;
            let title = cycle.closed_at.map_or(&*theme.title, |at| title_at(theme, at));
            Some(ReportedTheme { id: theme.id, title: title.to_owned() })
        };
        ReportedCycle {
            id: cycle.id,
            network_id: cycle.network_id,
            learning_question: cycle.learning_question,
            themes: cycle.theme_ids.iter().filter_map(named).collect(),
            theme_ids: cycle.theme_ids.0,
            phase: cycle.phase,
            previous_cycle_id: cycle.previous_cycle_id,
            created_at: cycle.created_at,
            closed_at: cycle.closed_at,
        }
    }
}
