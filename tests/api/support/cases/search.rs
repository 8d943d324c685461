//! Search.

use super::{Make, get};

pub const CASES: &[(&str, Make)] = &[("searchRecords", |_, _| get("/v1/search?q=koffie"))];
