//! The words of statements. Verbs and types of activities are those that others use, so that statements of several sources
//! can be counted together: verbs of ADL and of the DoD's profile for instructional design, types of Activity Streams 1.0.
//! What nobody else has a word for is named by its member in the contract of this server, where it is explained.

use super::types::Verb;
use crate::actions::types::ActionState;
use strum::{EnumIter, EnumString, IntoStaticStr};

/// A kind of record that statements are made of, by its name in the change log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    Question,
    Observation,
    Reflection,
    Action,
    Evaluation,
}

impl Kind {
    /// The type of the activity that such a record is.
    pub fn activity_type(self) -> &'static str {
        match self {
            Kind::Question => "http://activitystrea.ms/schema/1.0/question",
            Kind::Observation => "http://activitystrea.ms/schema/1.0/note",
            Kind::Reflection => "http://activitystrea.ms/schema/1.0/comment",
            Kind::Action => "http://activitystrea.ms/schema/1.0/task",
            Kind::Evaluation => "http://activitystrea.ms/schema/1.0/review",
        }
    }
}

pub const CYCLE: &str = "http://activitystrea.ms/schema/1.0/process";
pub const NETWORK: &str = "http://activitystrea.ms/schema/1.0/group";

pub const ASKED: Verb = Verb::new("http://adlnet.gov/expapi/verbs/asked", "asked", "vroeg");
pub const OBSERVED: Verb =
    Verb::new("https://w3id.org/xapi/dod-isd/verbs/observed", "observed", "observeerde");
/// ADL's verb for an opinion or a written experience; there is none for reflecting that others use.
pub const REFLECTED: Verb =
    Verb::new("http://adlnet.gov/expapi/verbs/commented", "reflected on", "reflecteerde op");
pub const EVALUATED: Verb =
    Verb::new("https://w3id.org/xapi/dod-isd/verbs/evaluated", "evaluated", "evalueerde");
pub const VOIDED: Verb = Verb::new("http://adlnet.gov/expapi/verbs/voided", "voided", "trok in");

/// What somebody did with an action. A withdrawn one has no statement.
pub fn acted(state: ActionState) -> Option<Verb> {
    Some(match state {
        ActionState::Planned => {
            Verb::new("https://w3id.org/xapi/dod-isd/verbs/planned", "planned", "nam zich voor")
        }
        ActionState::Doing => {
            Verb::new("https://w3id.org/xapi/dod-isd/verbs/started", "started", "begon met")
        }
        ActionState::Done => Verb::new("http://adlnet.gov/expapi/verbs/completed", "completed", "voltooide"),
        ActionState::Dropped => {
            Verb::new("https://w3id.org/xapi/adl/verbs/abandoned", "abandoned", "liet vallen")
        }
        ActionState::Withdrawn => return None,
    })
}
