//! The cycle report: one model, and its faces.

pub mod api;
pub mod csv;
pub mod rules;
