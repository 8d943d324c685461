//! Parts of a whole: one bar, and a line for each part.

use super::legend;
use super::svg::{At, Box, Svg, TEXT, WIDTH, width_of};
use crate::reports::document::Part;
use crate::wording;

const BAR: f64 = 36.0;
const GAP: f64 = 2.0;
/// The least that a part takes, so that it can be seen.
const LEAST: f64 = 5.0;

pub fn draw(svg: &mut Svg, parts: &[Part]) {
    let whole: f64 = parts.iter().map(|part| part.count as f64).sum();
    let shown: Vec<&Part> = parts.iter().filter(|part| part.count > 0).collect();
    if !shown.is_empty() {
        bar(svg, &shown, whole);
    }
    let language = svg.language();
    let figure = |part: &Part| {
        let count = wording::count(language, part.count);
        if whole == 0.0 {
            return count;
        }
        format!("{count} · {}", wording::share(language, part.count as f64 / whole))
    };
    legend::listed(svg, parts.iter().map(|part| (part.tone, part.label.as_str(), figure(part))));
}

fn bar(svg: &mut Svg, parts: &[&Part], whole: f64) {
    // What all have to begin with goes off what is shared out.
    let room = WIDTH - GAP * (parts.len() - 1) as f64 - LEAST * parts.len() as f64;
    let mut x = 0.0;
    let top = TEXT + 6.0;
    for part in parts {
        let width = LEAST + room * part.count as f64 / whole;
        svg.tone(part.tone, Box { x, y: top, width, height: BAR });
        let count = svg.count(part.count);
        if width_of(&count, TEXT) < width + 4.0 {
            svg.text(At::middle(x + width / 2.0, TEXT).bold(), &count);
        }
        x += width + GAP;
    }
    svg.y = top + BAR + 6.0;
}
