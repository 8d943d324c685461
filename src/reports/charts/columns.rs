//! Over time: a column for each period, stacked by series.

use super::legend;
use super::paint::Role;
use super::svg::{At, Box, SMALL, Svg, WIDTH, n, width_of, wrapped};
use crate::reports::document::Groups;

const HEIGHT: f64 = 130.0;
/// The least that a part takes, so that it can be seen.
const LEAST: f64 = 1.5;
const WIDEST: f64 = 44.0;

pub fn draw(svg: &mut Svg, groups: &Groups) {
    let total = |at: usize| groups.series.iter().filter_map(|series| series.counts.get(at)).sum::<u64>();
    let totals: Vec<u64> = (0..groups.labels.len()).map(total).collect();
    let highest = totals.iter().copied().max().unwrap_or(0);
    if highest > 0 {
        let step = WIDTH / totals.len() as f64;
        let width = (step * 0.72).min(WIDEST);
        let foot = SMALL + 6.0 + HEIGHT;
        for (at, total) in totals.iter().enumerate() {
            let middle = step * (at as f64 + 0.5);
            let mut top = foot;
            for series in &groups.series {
                let count = series.counts.get(at).copied().unwrap_or(0);
                if count > 0 {
                    let height = (HEIGHT * count as f64 / highest as f64).max(LEAST);
                    top -= height;
                    // A hair of paper keeps neighbours apart.
                    let at = Box { x: middle - width / 2.0, y: top, width, height: height - 0.8 };
                    svg.tone(series.tone, at);
                }
            }
            let written = svg.count(*total);
            if *total > 0 && width_of(&written, SMALL) <= step {
                svg.text(At { size: SMALL, ..At::middle(middle, top - 4.0).bold() }, &written);
            }
        }
        svg.line(Role::Line, &format!("M0 {y}H{}", n(WIDTH), y = n(foot)), 1.0);
        svg.y = foot + 3.0;
        feet(svg, &groups.labels, step);
    }
    legend::in_line(svg, groups.series.iter().map(|series| (series.tone, series.label.as_str())));
}

/// The label of each column, or of every so many where they are narrow.
fn feet(svg: &mut Svg, labels: &[String], step: f64) {
    let words = labels.iter().flat_map(|label| label.split_whitespace());
    let widest = words.map(|word| width_of(word, SMALL)).fold(0.0, f64::max).min(WIDTH);
    let every = (widest / step).ceil().max(1.0) as usize;
    let room = (step * every as f64).min(WIDTH);
    let mut most = 0;
    for (at, label) in labels.iter().enumerate().step_by(every) {
        let lines = wrapped(label, SMALL, room);
        let half = lines.iter().map(|line| width_of(line, SMALL)).fold(0.0, f64::max).min(WIDTH) / 2.0;
        // At an edge it stays within the picture.
        let middle = (step * (at as f64 + 0.5)).clamp(half, WIDTH - half);
        for (down, line) in lines.iter().enumerate() {
            svg.text(At::middle(middle, svg.y + SMALL * (1.0 + 1.2 * down as f64)).aside(), line);
        }
        most = most.max(lines.len());
    }
    svg.y += SMALL * (0.4 + 1.2 * most as f64);
}
