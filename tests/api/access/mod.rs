//! Who may do what, and how the server knows who they are.

mod matrix;
mod tokens;
