//! Who may do what. Nothing reaches the database but through `guard`, and `policy` is the one table it asks.

mod actor;
pub mod admission;
mod digest_key;
pub mod guard;
mod lineage;
pub mod locate;
pub mod op;
pub mod password;
pub mod policy;
mod public;
mod standing;
mod terms;
pub mod tokens;
mod tx;

pub use actor::Actor;
pub use admission::ClientAddress;
pub use guard::{Access, Elsewhere, Guard, forbidden};
pub use lineage::InLineage;
pub use locate::{InCycle, InNetwork, Locate, Place, Seen, Server};
pub use op::Op;
pub use policy::Role;
pub use public::Public;
pub use standing::{Sight, Standing};
pub use terms::{member_at, participant_at};
pub use tx::Tx;
