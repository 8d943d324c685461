//! The words of the reports.

use crate::cycles::types::Phase;
use crate::loops::legs::LegEnd;
use crate::loops::rules::{OpenType, WaitingFor};

crate::texts! {
    /// See `locales/nl/report.ftl` and its translations.
    pub(super) struct Words from "report.ftl" {
        cycle_kind();
        skip();
        contents();
        notes();
        empty();
        front_tab();
        page_of(page: String, pages: String);
        about_phase();
        about_themes();
        about_opened();
        about_closed();
        about_counted();
        phase_plan();
        phase_act();
        phase_observe();
        phase_reflect();
        phase_closed();
        phase_abandoned();

        parts_title();
        parts_tab();
        parts_of(count: u64);
        parts_how();
        part_evaluated();
        part_closed();
        part_open_short();
        part_open_long();

        funnel_title();
        funnel_tab();
        funnel_how();
        funnel_rate(share: String);
        step_observed();
        step_discussed();
        step_acted_on();
        step_evaluated();
        leak_discussed(count: u64);
        leak_acted_on(count: u64);
        leak_evaluated(count: u64);

        told_title();
        told_tab();
        told_of(count: u64);
        told_how();
        step_asked();
        step_told();
        step_heard();
        step_recognised();
        leak_told(count: u64);
        leak_heard(count: u64);
        leak_recognised(count: u64);

        legs_title();
        legs_tab();
        legs_how();
        legs_few();
        leg_observation();
        leg_reflection();
        leg_action();
        leg_evaluation();
        leg_return();
        leg_note(count: u64, open: u64);

        recorded_title();
        recorded_tab();
        recorded_how();
        questions();
        observations();
        withdrawn();
        reflections();
        actions();
        evaluations();

        perspectives_title();
        perspectives_tab();
        perspectives_of(count: u64);
        perspective_citizen();
        perspective_practitioner();
        perspective_informal_carer();
        perspective_organisation();
        perspective_system();

        voices_title();
        voices_tab();
        voices_how(count: u64, own: u64);
        voice_own_words();
        voice_quoted();
        voice_retold();
        voice_interpreted();
        voice_unstated();

        depth_title();
        depth_tab();
        depth_how();
        depth_single();
        depth_double();
        depth_triple();
        depth_dots(each: u64);

        actions_title();
        actions_tab();
        actions_of(count: u64);
        action_planned();
        action_doing();
        action_done();
        action_dropped();

        open_title();
        open_tab();
        open_how(count: u64);
        open_most(shown: u64);
        open_observation();
        open_action();
        open_question();
        waits_for(step: String);
        waits_cycle();
        waits_reflection();
        waits_action();
        waits_evaluation();
        waits_return();

        carried_title();
        carried_tab();
        carried_how();
        carried_in();
        carried_out();

        column_what();
        column_step();
        column_count();
        column_share();
        column_left();
        column_cases();
        column_median();
        column_p90();
        column_still_open();
        column_out_of_order();
        column_waits();
        column_since();
        column_age();
        column_in_days(column: String);
        column_in_seconds(column: String);
        column_from();
        all_rows(count: u64);
        total();
        nothing();
        withheld();

        network_kind();
        about_period();
        period(from: String, to: String);
        since_the_beginning();
        until_now();
        about_locality();
        cycles_title();
        cycles_tab();
        cycles_how(inbox: u64);
        frozen(day: String);
        depth_shifts(count: u64);

        verdicts_title();
        verdicts_tab();
        verdicts_of(count: u64);
        verdict_worked();
        verdict_partly();
        verdict_not();

        time_title();
        time_tab();
        time_how();
        column_period();
        ages_title();
        ages_tab();
        ages_how();
        ages_with();
        ages_without();
        ages_without_pauses(what: String);
        band_first(under: u64);
        band_between(least: u64, most: u64);
        band_last(least: u64);
        column_oldest();

        insights_title();
        insights_tab();
        insights_of(count: u64);
        insights_how();
        insights_most(shown: u64);
        received_title();
        received_tab();
        received_how();
        decision_adopted();
        decision_adapted();
        decision_rejected();
        column_insight();
        column_shared();

        since_title();
        since_tab();
        since_how();
        since_observations();
        since_evaluations();
        since_evaluated();
        since_withdrawn();
        since_returned();
        past_title();
        past_tab();
        past_how();
        column_now();
        lineage_title();
        lineage_tab();
        lineage_how();
        column_small_cycles();

        in_the_app();
        of_what(what: String, measure: String);
        figure_learning_question();
        figure_network();
        figure_frame_shifts();
        figure_at_closing();
        figure_inbox();
        figure_insights_shared();
        figure_first_day();
        figure_last_day();
        figure_age_from();
        figure_age_under();

        note_people();
        note_controllers(names: String);
        note_processor(name: String);
        note_time();
        note_withdrawn();
    }
}

impl Words {
    pub(super) fn phase(self, phase: Phase) -> String {
        match phase {
            Phase::Plan => self.phase_plan(),
            Phase::Act => self.phase_act(),
            Phase::Observe => self.phase_observe(),
            Phase::Reflect => self.phase_reflect(),
            Phase::Closed => self.phase_closed(),
            Phase::Abandoned => self.phase_abandoned(),
        }
    }

    /// What a leg of the loop leads to, with what it comes from.
    pub(super) fn leg(self, to: LegEnd) -> String {
        match to {
            // No leg leads to a question.
            LegEnd::Question | LegEnd::Observation => self.leg_observation(),
            LegEnd::Reflection => self.leg_reflection(),
            LegEnd::Action => self.leg_action(),
            LegEnd::Evaluation => self.leg_evaluation(),
            LegEnd::Return => self.leg_return(),
        }
    }

    pub(super) fn open_type(self, kind: OpenType) -> String {
        match kind {
            OpenType::Observation => self.open_observation(),
            OpenType::Action => self.open_action(),
            OpenType::Question => self.open_question(),
        }
    }

    pub(super) fn waiting_for(self, step: WaitingFor) -> String {
        match step {
            WaitingFor::Cycle => self.waits_cycle(),
            WaitingFor::Reflection => self.waits_reflection(),
            WaitingFor::Action => self.waits_action(),
            WaitingFor::Evaluation => self.waits_evaluation(),
            WaitingFor::Return => self.waits_return(),
        }
    }
}
