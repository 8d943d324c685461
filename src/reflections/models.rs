//! Reflection models: their prompts are versioned data. A reflection keeps the version it answered; a new wording gets
//! a new version, and the old one stays here for as long as reflections name it.

use super::types::Model;
use schemars::JsonSchema;
use serde::Serialize;

/// A model and its prompts, in Dutch and English.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReflectionModel {
    pub model: Model,
    pub version: i32,
    pub name: Wording,
    pub prompts: &'static [Prompt],
}

/// One text in two languages.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Wording {
    pub nl: &'static str,
    pub en: &'static str,
}

/// One question that the model puts.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Prompt {
    pub id: &'static str,
    pub nl: &'static str,
    pub en: &'static str,
}

const fn prompt(id: &'static str, nl: &'static str, en: &'static str) -> Prompt {
    Prompt { id, nl, en }
}

/// ALACT: the five phases of Korthagen's reflection cycle.
const ALACT: &[Prompt] = &[
    prompt("action", "Wat deed je?", "What did you do?"),
    prompt(
        "looking_back",
        "Wat gebeurde er, bij de ander en bij jou?",
        "What happened, with the other and with you?",
    ),
    prompt("awareness", "Wat was hier wezenlijk?", "What was essential here?"),
    prompt("alternatives", "Wat zou je ook kunnen doen?", "What else could you do?"),
    prompt("trial", "Wat ga je proberen?", "What will you try?"),
];

/// Gibbs' reflective cycle of six steps (1988).
const GIBBS: &[Prompt] = &[
    prompt("description", "Wat gebeurde er?", "What happened?"),
    prompt("feelings", "Wat dacht en voelde je?", "What did you think and feel?"),
    prompt("evaluation", "Wat ging goed, wat niet?", "What went well, what did not?"),
    prompt("analysis", "Hoe begrijp je wat er gebeurde?", "How do you make sense of it?"),
    prompt("conclusion", "Wat had je anders kunnen doen?", "What could you have done differently?"),
    prompt("action_plan", "Wat doe je een volgende keer?", "What will you do next time?"),
];

const FREE: &[Prompt] = &[prompt("free", "Wat dacht je hierover?", "What did you think about it?")];

/// The models in their newest versions.
pub static MODELS: [ReflectionModel; 3] = [
    ReflectionModel {
        model: Model::Alact,
        version: 1,
        name: Wording { nl: "ALACT", en: "ALACT" },
        prompts: ALACT,
    },
    ReflectionModel {
        model: Model::Gibbs,
        version: 1,
        name: Wording { nl: "Reflectiecirkel van Gibbs", en: "Gibbs' reflective cycle" },
        prompts: GIBBS,
    },
    ReflectionModel {
        model: Model::Free,
        version: 1,
        name: Wording { nl: "Vrij", en: "Free" },
        prompts: FREE,
    },
];

pub fn of(model: Model) -> &'static ReflectionModel {
    match model {
        Model::Alact => &MODELS[0],
        Model::Gibbs => &MODELS[1],
        Model::Free => &MODELS[2],
    }
}
