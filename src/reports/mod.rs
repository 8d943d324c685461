//! Reports: one model, and its faces. JSON and CSV are made of the model as it is; what people read is made of a document,
//! which is made of the model in the language of its reader.

pub mod api;
pub mod charts;
pub mod csv;
pub mod cycle;
pub mod document;
pub mod faces;
pub mod html;
mod labels;
pub mod pdf;
pub mod rules;
mod sections;
mod words;
pub mod xlsx;
