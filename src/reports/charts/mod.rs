//! Charts as SVG: pure functions from what is drawn to its markup. Each is 360 units wide, which a phone shows at about their
//! size, and as high as it needs. It carries its name and description, labels stand at what they label, and colours are
//! doubled by patterns.

mod bars;
mod columns;
mod dots;
mod funnel;
mod legend;
mod paint;
mod parts;
mod spans;
mod stacks;
mod svg;
#[cfg(test)]
mod tests;

use super::document::{Chart, Drawing};
use crate::people::types::Locale;
pub use paint::{Dress, Palette};
use svg::Svg;

/// The markup of a chart. `key` is unique among those of a page: the ids in the markup begin with it.
pub fn draw(key: &str, chart: &Chart, language: Locale, dress: Dress) -> String {
    let mut svg = Svg::new(key, language, dress);
    match &chart.drawing {
        Drawing::Parts(parts) => parts::draw(&mut svg, parts),
        Drawing::Funnel(steps) => funnel::draw(&mut svg, steps),
        Drawing::Spans(spans) => spans::draw(&mut svg, spans),
        Drawing::Columns(groups) => columns::draw(&mut svg, groups),
        Drawing::Bars(groups) => bars::draw(&mut svg, groups),
        Drawing::Stacks(groups) => stacks::draw(&mut svg, groups),
        Drawing::Dots(dots) => dots::draw(&mut svg, dots),
    }
    svg.finish(&chart.title, &chart.description)
}
