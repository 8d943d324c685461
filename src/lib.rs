//! `feedbacklus`: the feedback-loop tracker for action learning.
//!
//! Where is X? A concept has a folder of its own (`observations/`, `cycles/`, …) with `types` (records and bodies), `rules`
//! (pure), `store` (queries), `mod` (what can be done) and `api` (handlers). What all of them share is the kernel:
//! `access` (who may what, and the only door to the database), `change_log` (what happened, in order), `db` (two databases), `http`
//! (problems, bodies, pages, the contract), `loops` (the figures of the loop) and the small files beside this one.
//! `routes` is the table of all paths.

pub mod access;
pub mod actions;
pub mod adoptions;
pub mod api_keys;
pub mod app;
pub mod approaches;
pub mod batches;
pub mod cells;
pub mod change_log;
pub mod changes;
pub mod check_ins;
pub mod cli;
pub mod clock;
pub mod co_networks;
pub mod competence_gaps;
pub mod competence_routes;
pub mod competence_statements;
pub mod competences;
pub mod config;
pub mod cycles;
pub mod db;
pub mod decimal;
pub mod demo;
pub mod disclosure;
pub mod dossier;
mod edits;
pub mod effect_arenas;
pub mod effect_calculations;
pub mod effect_squares;
pub mod erasures;
pub mod error;
pub mod evaluations;
pub mod followers;
pub mod http;
pub mod ids;
pub mod imports;
pub mod insights;
pub mod invitations;
pub mod jobs;
pub mod kept_reports;
pub mod label;
pub mod learning_goals;
pub mod legal_holds;
pub mod life_domains;
pub mod logging;
pub mod loops;
pub mod members;
pub mod metrics;
pub mod networks;
pub mod notebook;
pub mod observations;
pub mod open_items;
pub mod organisations;
pub mod outbound;
pub mod overviews;
pub mod participants;
pub mod partners;
pub mod people;
pub mod practice;
pub mod price_lists;
pub mod pseudonyms;
pub mod questions;
pub mod record;
pub mod reflections;
pub mod removal;
pub mod report_schedules;
pub mod reports;
pub mod routes;
pub mod run;
pub mod search;
pub mod sessions;
pub mod sign_in;
mod store;
pub mod term;
pub mod theme_networks;
pub mod themes;
pub mod transitions;
pub mod tree;
pub mod webhooks;
pub mod wording;
pub mod xapi;
