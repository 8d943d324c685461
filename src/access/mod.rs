//! Who may do what. Nothing reaches the database but through `guard`, and `policy` is the one table it asks.

mod actor;
pub mod guard;
pub mod locate;
pub mod password;
pub mod policy;
pub mod tokens;

pub use actor::Actor;
pub use guard::{Access, Guard, Public, Tx};
pub use locate::{InCycle, InNetwork, Locate, Place, Seen, Server, Standing};
pub use policy::{Op, Role};
