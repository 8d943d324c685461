//! Subject exports: all that is held about a pseudonym or a person, to be read by them and by programs (GDPR, articles 15
//! and 20). What an export covers is declared for each table, in `coverage`.

mod accesses;
pub mod api;
mod bundle;
pub mod coverage;
pub mod documents;
mod held;
mod index;
mod person;
mod pseudonym;
mod store;
mod words;

pub use held::{Held, held, ids_held};
pub use person::of_person;
pub use pseudonym::of_pseudonym;
