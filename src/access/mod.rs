//! Who may do what. Nothing reaches the database but through `guard`, and `policy` is the one table it asks.

mod access_query;
mod actor;
pub mod admission;
pub mod api_key;
mod digest_key;
pub mod guard;
mod key_uses;
mod lineage;
pub mod locate;
mod many;
pub mod op;
pub mod password;
pub mod policy;
mod public;
mod refusal;
pub mod scope;
mod standing;
mod terms;
pub mod tokens;
mod tx;

pub use crate::db::worker::Done;
pub use actor::{Actor, Credential};
pub use admission::ClientAddress;
pub use guard::{Access, Elsewhere, Guard};
pub use key_uses::KeyUses;
pub use lineage::InLineage;
pub use locate::{InCycle, InNetwork, Locate, Place, Seen, Server};
pub use many::{Judge, Spot};
pub use op::Op;
pub use policy::Role;
pub use public::Public;
pub use refusal::forbidden;
pub use standing::{Sight, Standing};
pub use terms::{member_at, participant_at};
pub use tx::Tx;
