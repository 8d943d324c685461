//! What holds for every operation alike.

mod bodies;
mod dates;
mod drift;
mod headers;
mod paging;
mod queries;
mod races;
mod replays;
mod rules;
mod schemas;
mod texts;
mod validators;
