//! One by one: a dot for each of what is counted, in lines that wrap. Nothing is measured, so nothing can be aimed at.

use super::paint::Role;
use super::svg::{At, Svg, TEXT, WIDTH, width_of};
use crate::reports::document::Dots;

const RADIUS: f64 = 5.5;
const PITCH: f64 = 15.0;

pub fn draw(svg: &mut Svg, dots: &Dots) {
    for row in &dots.rows {
        let count = svg.count(row.count);
        svg.text(At::end(WIDTH, svg.y + TEXT).bold(), &count);
        svg.paragraph(At::start(0.0, 0.0), WIDTH - 12.0 - width_of(&count, TEXT), &row.label);
        svg.y += 4.0;
        let in_line = (WIDTH / PITCH) as u64;
        let shown = row.count.div_ceil(dots.each.max(1));
        for at in 0..shown {
            let (down, right) = (at / in_line, at % in_line);
            let (x, y) = (PITCH * right as f64 + RADIUS, svg.y + PITCH * down as f64 + RADIUS);
            svg.circle(Role::Tone(row.tone), x, y, RADIUS);
        }
        svg.y += PITCH * shown.div_ceil(in_line) as f64 + 9.0;
    }
    svg.paragraph(At::start(0.0, 0.0).aside(), WIDTH, &dots.note);
    svg.y += 4.0;
}
