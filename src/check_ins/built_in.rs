//! What a check-in asks where a network has defined nothing itself: versioned data. A check-in keeps the version that it
//! began with; other statements get a new version, and the old one stays here for as long as check-ins name it.

use super::rules::LEAST_RESPONSES;
use super::types::{Aspect, Statement};
use crate::label::Label;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::LazyLock;

/// A version of what every network can ask.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BuiltInDefinition {
    pub version: i32,
    pub statements: Vec<Statement>,
    /// What the answers 1 to 5 mean, in words.
    pub scale: Vec<Label>,
}

static DEFINITIONS: LazyLock<Vec<BuiltInDefinition>> = LazyLock::new(|| vec![first()]);

/// All versions, from the oldest to the newest.
pub fn all() -> &'static [BuiltInDefinition] {
    &DEFINITIONS
}

/// A version, or the newest.
pub fn find(version: Option<i32>) -> Option<&'static BuiltInDefinition> {
    all().iter().rfind(|each| version.is_none_or(|version| each.version == version))
}

/// What becomes of the answers, to be said before somebody writes.
pub fn notice() -> Label {
    Label::new(
        &format!(
            "Wat je hier antwoordt, ziet alleen jij. Na sluiting ziet het netwerk wat allen samen antwoordden, en alleen als er minstens {LEAST_RESPONSES} reacties zijn. Wat je erbij schrijft, krijgt het netwerk dan woordelijk te lezen, zonder naam en op alfabet. Schrijf dus niets waaraan iemand te herkennen is, ook jijzelf niet."
        ),
        &format!(
            "What you answer here is seen by you alone. After closing, the network sees what all answered together, and only if there are at least {LEAST_RESPONSES} responses. What you write beside it, the network then reads word for word, without a name and in alphabetical order. So write nothing by which anybody can be recognised, yourself included."
        ),
    )
}

fn first() -> BuiltInDefinition {
    use Aspect::{Content, Form, Relations};
    BuiltInDefinition {
        version: 1,
        statements: vec![
            statement(
                "form_meetings",
                Form,
                "Hoe en wanneer wij bij elkaar komen, past bij ons werk.",
                "How and when we meet suits our work.",
            ),
            statement("form_roles", Form, "Het is duidelijk wie wat doet.", "It is clear who does what."),
            statement(
                "form_room",
                Form,
                "Onze manier van werken laat ruimte om het anders te proberen.",
                "Our way of working leaves room to try things differently.",
            ),
            statement(
                "content_matters",
                Content,
                "Waar wij aan werken, doet ertoe voor de mensen om wie het gaat.",
                "What we work on matters to the people it is about.",
            ),
            statement(
                "content_learning",
                Content,
                "Ik leer hier iets waar ik verder mee kan.",
                "I learn something here that takes me further.",
            ),
            statement(
                "content_citizens",
                Content,
                "Wat bewoners zelf zeggen, bepaalt waar wij het over hebben.",
                "What citizens say themselves decides what we talk about.",
            ),
            statement(
                "relations_safe",
                Relations,
                "Ik durf hier te vertellen wat niet lukte.",
                "I dare to tell here what did not work out.",
            ),
            statement(
                "relations_equal",
                Relations,
                "Iedereen telt hier even zwaar mee, met of zonder functie.",
                "Everybody counts the same here, whatever their position.",
            ),
            statement(
                "relations_near",
                Relations,
                "Ook buiten de bijeenkomsten weten wij elkaar te vinden.",
                "We find each other outside of the meetings too.",
            ),
        ],
        scale: vec![
            Label::new("helemaal niet", "not at all"),
            Label::new("een beetje", "a little"),
            Label::new("half en half", "half and half"),
            Label::new("grotendeels", "for the most part"),
            Label::new("helemaal", "entirely"),
        ],
    }
}

fn statement(key: &str, aspect: Aspect, nl: &str, en: &str) -> Statement {
    Statement { key: key.to_owned(), aspect, text: Label::new(nl, en) }
}
