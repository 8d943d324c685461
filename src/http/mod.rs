//! What every request and answer has in common, as DESIGN says it once for all: problems, bodies, pages, validators.

pub mod accept;
pub mod answer;
pub mod body;
pub mod contract;
pub mod credentials;
pub mod csv;
pub mod document;
pub mod endpoint;
pub mod envelope;
pub mod export;
pub mod faults;
pub mod kept_pages;
pub mod language;
pub mod page;
pub mod path;
pub mod precondition;
pub mod problem;
pub mod public_url;
pub mod strict;
pub mod text;
pub mod truth;
pub mod xlsx;
pub mod zip;
