//! Who may do what, and how the server knows who they are.

mod api_keys;
mod matrix;
mod objects;
mod tokens;
