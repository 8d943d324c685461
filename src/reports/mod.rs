//! Reports: one model, and its faces.

pub mod api;
pub mod csv;
pub mod document;
pub mod rules;
