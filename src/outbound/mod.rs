//! Requests that the server makes to others: when they are made again.

pub mod retry;
