//! What is told of a removal.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many records of a kind a removal is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KindCount {
    /// As the changes name it, such as `observation`.
    pub kind: String,
    /// Removed, with all their versions.
    pub removed: i32,
    /// Kept, without what they had of those that were removed.
    pub unlinked: i32,
}
