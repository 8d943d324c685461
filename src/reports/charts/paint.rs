//! What things in a chart are painted with.

use crate::reports::document::Tone;

/// Who gives the chart its colours.
#[derive(Clone, Copy, Debug)]
pub enum Dress {
    /// The page that it stands in: it goes by classes, so that dark and print are the style sheet's.
    Page,
    /// The chart itself, to stand alone or in a PDF.
    Own(&'static Palette),
}

/// Colours, as SVG writes them.
#[derive(Debug)]
pub struct Palette {
    pub ink: &'static str,
    pub soft: &'static str,
    pub line: &'static str,
    pub paper: &'static str,
    pub tones: [&'static str; Tone::ALL.len()],
    /// The families that text may be in.
    pub font: &'static str,
}

impl Palette {
    /// Dark on white: those of `report.css` in print.
    pub const PRINT: Palette = Palette {
        ink: "#1d1c19",
        soft: "#504d46",
        line: "#c9c4b6",
        paper: "#ffffff",
        tones: ["#00594f", "#b45f06", "#2f66a3", "#8a2d5f", "#66645d"],
        font: "sans-serif",
    };
}

/// The part that something has in a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Ink,
    Soft,
    Line,
    Paper,
    Tone(Tone),
}

impl Dress {
    /// The attribute that fills something.
    pub(super) fn fill(self, role: Role) -> String {
        match self {
            Dress::Page => format!("class=\"{}\"", class(role)),
            Dress::Own(palette) => format!("fill=\"{}\"", colour(palette, role)),
        }
    }

    /// The attribute that draws a line.
    pub(super) fn stroke(self, role: Role) -> String {
        match self {
            Dress::Page => format!("class=\"{}-stroke\"", class(role)),
            Dress::Own(palette) => format!("stroke=\"{}\"", colour(palette, role)),
        }
    }
}

fn class(role: Role) -> &'static str {
    match role {
        Role::Ink => "c-ink",
        Role::Soft => "c-soft",
        Role::Line => "c-line",
        Role::Paper => "c-paper",
        Role::Tone(Tone::First) => "c-first",
        Role::Tone(Tone::Second) => "c-second",
        Role::Tone(Tone::Third) => "c-third",
        Role::Tone(Tone::Fourth) => "c-fourth",
        Role::Tone(Tone::Fifth) => "c-fifth",
    }
}

fn colour(palette: &Palette, role: Role) -> &'static str {
    match role {
        Role::Ink => palette.ink,
        Role::Soft => palette.soft,
        Role::Line => palette.line,
        Role::Paper => palette.paper,
        Role::Tone(tone) => palette.tones[tone as usize],
    }
}

/// What is drawn over a tone, in the colour of the paper, within a square of 8 units; the first tone has nothing.
pub(super) fn pattern(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::First => None,
        Tone::Second => Some("M-2 2 2 -2M0 8 8 0M6 10 10 6"),
        Tone::Third => Some("M1 2h2M5 6h2"),
        Tone::Fourth => Some("M0 4h8"),
        Tone::Fifth => Some("M-2 6 2 10M0 0 8 8M6 -2 10 2M-2 2 2 -2M0 8 8 0M6 10 10 6"),
    }
}
