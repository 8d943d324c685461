mod actions;
mod closing;
mod observations;
mod participants;
mod questions;
mod reflections;
mod report;
mod transitions;
