//! Requests that the server makes to others: where they may go, how long they may take, and when they are made again.

pub mod client;
pub mod reach;
pub mod retry;
