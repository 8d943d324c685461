//! XLSX (ECMA-376), as lists are written in it for whoever opens them in a spreadsheet: a header row that stays in view and
//! filters, moments and numbers that can be sorted and counted with, and texts that are texts whatever they begin with.

mod cell;
pub mod file;
mod table;

pub use table::Table;

pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
