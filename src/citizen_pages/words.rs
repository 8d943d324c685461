//! The texts of the page for a citizen, in plain words of their language.

crate::texts! {
    pub struct Words from "citizen-page.ftl" {
        title();
        title_unasked();
        kicker(network: String);
        lead();
        label();
        made();
        expires();
        skip();
        empty();
        question();
        question_numbered(number: u64);
        asked(day: String);
        nothing_yet();
        other_title();
        only_title();
        observations();
        in_own_words();
        reflections();
        actions();
        evaluations();
        returns();
        returned(day: String);
        planned();
        doing();
        done();
        dropped();
        due(day: String);
        why(reason: String);
        hoped(text: String);
        saw(text: String);
        reviewed(text: String);
        worked();
        partly();
        did_not_work();
        not_judged();
        recognised_yes();
        recognised_partly();
        recognised_no();
        answered(text: String);
        perceptions();
        also_kept();
        calculation(title: String);
        consent_given(day: String, protocol: String);
        consent_withdrawn(day: String, protocol: String);
        left_out_title();
        left_out_others(count: u64);
        left_out_naming(count: u64);
        left_out_always();
        rights_title();
        rights_correct();
        rights_object();
        rights_withdraw();
        rights_where();
        rights_contact(name: String);
        rights_ask();
        rights_code();
        rights_month();
        rights_complain();
        responsible(names: String);
        keep_safe();
        gone_title();
        gone_told();
        gone_ask();
    }
}
