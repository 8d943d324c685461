//! One below the other: for each label a lying bar, stacked by series, with the whole at its end.

use super::legend;
use super::paint::Role;
use super::svg::{At, Box, SMALL, Svg, WIDTH, n, width_of};
use crate::reports::document::Groups;

const BAR: f64 = 16.0;
const GAP: f64 = 2.0;
/// The least that a part takes, so that it can be seen.
const LEAST: f64 = 5.0;

pub fn draw(svg: &mut Svg, groups: &Groups) {
    let counts =
        |at: usize| groups.series.iter().map(move |series| series.counts.get(at).copied().unwrap_or(0));
    let totals: Vec<u64> =
        (0..groups.labels.len()).map(|at| counts(at).fold(0, u64::saturating_add)).collect();
    let highest = totals.iter().copied().max().unwrap_or(0);
    // What all parts have to begin with, and the gaps between them, go off what is shared out.
    let fixed = (LEAST + GAP) * groups.series.len() as f64;
    let room = WIDTH - width_of(&svg.count(highest), SMALL) - 8.0 - fixed;
    for (at, (label, total)) in groups.labels.iter().zip(&totals).enumerate() {
        svg.paragraph(At::start(0.0, 0.0), WIDTH, label);
        svg.y += 3.0;
        let mut x = 0.0;
        for (series, count) in groups.series.iter().zip(counts(at)).filter(|(_, count)| *count > 0) {
            let width = LEAST + room * count as f64 / highest as f64;
            svg.tone(series.tone, Box { x, y: svg.y, width, height: BAR });
            x += width + GAP;
        }
        svg.line(Role::Line, &format!("M0 {}V{}", n(svg.y - 1.0), n(svg.y + BAR + 1.0)), 1.0);
        let written = svg.count(*total);
        svg.text(At { size: SMALL, ..At::start(x + 4.0, svg.y + 12.0).bold() }, &written);
        svg.y += BAR + 8.0;
    }
    legend::in_line(svg, groups.series.iter().map(|series| (series.tone, series.label.as_str())));
}
