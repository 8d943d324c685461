//! How networks nest.

use crate::error::{Error, Result};
use crate::ids::Id;

/// Networks that may stand above each other: more than anybody needs, and few enough to walk along.
pub const DEPTH: usize = 64;

/// Whether a network may lie below the first of `above`, which are that network and all above it. Never below itself.
pub fn may_lie_below(id: Id, above: &[Id]) -> Result<()> {
    if above.contains(&id) {
        return Err(Error::conflict("network_cycle", "The network would lie below itself."));
    }
    if above.len() >= DEPTH {
        return Err(Error::conflict("network_too_deep", format!("Networks nest {DEPTH} deep at most.")));
    }
    Ok(())
}
