//! Changes as they are told: the change log, read by who may know of it.

pub mod api;
mod feed;
pub mod kinds;
pub mod live;
pub mod position;
mod rules;
pub mod types;

pub use feed::of_person;
