//! What stands for what, below a chart.

use super::svg::{At, Box, Svg, TEXT, WIDTH, width_of};
use crate::reports::document::Tone;

const SWATCH: f64 = 14.0;
const LINE: f64 = 21.0;

/// A line each: the tone, what it stands for, and its figure.
pub fn listed<'l>(svg: &mut Svg, entries: impl Iterator<Item = (Tone, &'l str, String)>) {
    for (tone, label, figure) in entries {
        svg.y += 7.0;
        svg.tone(tone, Box { x: 0.0, y: svg.y, width: SWATCH, height: SWATCH });
        svg.text(At::end(WIDTH, svg.y + 11.5).bold(), &figure);
        let room = WIDTH - SWATCH - 16.0 - width_of(&figure, TEXT);
        svg.y -= 1.5;
        svg.paragraph(At::start(SWATCH + 8.0, 0.0), room, label);
    }
    svg.y += 4.0;
}

/// Side by side, over as many lines as they need.
pub fn in_line<'l>(svg: &mut Svg, entries: impl Iterator<Item = (Tone, &'l str)>) {
    let mut x = 0.0;
    svg.y += 6.0;
    for (tone, label) in entries {
        let width = SWATCH + 7.0 + width_of(label, TEXT);
        if x > 0.0 && x + width > WIDTH {
            x = 0.0;
            svg.y += LINE;
        }
        svg.tone(tone, Box { x, y: svg.y, width: SWATCH, height: SWATCH });
        let top = svg.y;
        svg.y = top - 1.5;
        svg.paragraph(At::start(x + SWATCH + 7.0, 0.0), WIDTH - x - SWATCH - 7.0, label);
        // A label of more than a line moves the next ones down.
        svg.y = (svg.y - TEXT * 1.3 + 1.5).max(top);
        x += width + 18.0;
    }
    svg.y += LINE;
}
