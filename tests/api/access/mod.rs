//! Who may do what, and how the server knows who they are.

pub mod matrix;
mod tokens;
