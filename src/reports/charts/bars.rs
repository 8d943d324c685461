//! Side by side: for each group a bar of each series, lying, so that labels have room on a phone.

use super::legend;
use super::paint::Role;
use super::svg::{At, Box, SMALL, Svg, WIDTH, n, width_of};
use crate::reports::document::Groups;

const BAR: f64 = 15.0;

pub fn draw(svg: &mut Svg, groups: &Groups) {
    let counts = groups.series.iter().flat_map(|series| &series.counts);
    let highest = counts.copied().max().unwrap_or(0);
    // Figures stand at the ends of the bars.
    let room = WIDTH - width_of(&svg.count(highest), SMALL) - 8.0;
    for (at, label) in groups.labels.iter().enumerate() {
        svg.paragraph(At::start(0.0, 0.0), WIDTH, label);
        svg.y += 2.0;
        let top = svg.y;
        for series in &groups.series {
            let count = series.counts.get(at).copied().unwrap_or(0);
            let width = if highest == 0 { 0.0 } else { room * count as f64 / highest as f64 };
            svg.tone(series.tone, Box { x: 0.0, y: svg.y, width, height: BAR - 2.0 });
            let written = svg.count(count);
            svg.text(At { size: SMALL, ..At::start(width + 5.0, svg.y + 10.5).bold() }, &written);
            svg.y += BAR;
        }
        svg.line(Role::Line, &format!("M0 {}V{}", n(top - 1.0), n(svg.y)), 1.0);
        svg.y += 7.0;
    }
    if groups.series.len() > 1 {
        legend::in_line(svg, groups.series.iter().map(|series| (series.tone, series.label.as_str())));
    }
}
