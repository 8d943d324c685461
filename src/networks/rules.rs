//! How networks nest.

use crate::error::{Error, Result};
use crate::ids::Id;
use crate::tree::Node;

/// Networks that may lie below each other: more than anybody needs.
const DEPTH: usize = 64;

/// Whether a network that is `levels` deep itself may lie below the first of `above`, which are that network and all
/// above it. Never below itself.
pub fn may_lie_below(id: Id, levels: usize, above: &[Node]) -> Result<()> {
    if above.iter().any(|node| node.id == id) {
        return Err(Error::conflict("network_cycle", "The network would lie below itself."));
    }
    if above.len() + levels > DEPTH {
        return Err(Error::conflict("network_too_deep", format!("Networks nest {DEPTH} deep at most.")));
    }
    Ok(())
}
