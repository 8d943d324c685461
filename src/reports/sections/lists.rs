//! From the rows of a section to the lists of their records.

use crate::loops::days::Days;
use crate::reports::links;
use crate::reports::types::FigureLinks;

/// The lists of the records that figures count, by the place of each figure in the report.
#[derive(Clone, Copy)]
pub struct Lists<'r> {
    links: &'r FigureLinks,
    /// The part of the report that the figures stand in.
    within: &'static str,
}

impl<'r> Lists<'r> {
    pub fn of(links: &'r FigureLinks) -> Lists<'r> {
        Lists { links, within: "" }
    }

    /// Those of figures that stand in a part of the report, such as `/atClosing`.
    pub fn within(links: &'r FigureLinks, part: &'static str) -> Lists<'r> {
        Lists { links, within: part }
    }

    /// The list behind the figure at a place below that part.
    pub fn at(&self, place: &str) -> Option<String> {
        self.links.0.get(&format!("{}{place}", self.within)).cloned()
    }

    /// The same, of those that happened on some of its days.
    pub fn on(&self, place: &str, days: &Days) -> Option<String> {
        self.at(place).map(|list| links::on(&list, days))
    }
}
