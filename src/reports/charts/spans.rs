//! How long things take: a bar to the median, a whisker to the p90.

use super::paint::Role;
use super::svg::{At, Box, Svg, WIDTH, n};
use crate::reports::document::{Span, Tone};
use crate::reports::words::Words;
use crate::wording::units;

const BAR: f64 = 14.0;

pub fn draw(svg: &mut Svg, spans: &[Span]) {
    let longest = spans.iter().flat_map(|span| [span.median, span.p90]).flatten().fold(0.0, f64::max);
    let wide = |seconds: f64| if longest > 0.0 { ((WIDTH - 2.0) * seconds / longest).max(2.0) } else { 2.0 };
    let (language, words) = (svg.language(), Words::of(svg.language()));
    for span in spans {
        svg.paragraph(At::start(0.0, 0.0).bold(), WIDTH, &span.label);
        let said = |name: String, seconds: f64| format!("{name}: {}", units::duration(language, seconds));
        let mut figures = Vec::new();
        svg.y += 3.0;
        let (top, middle) = (svg.y, svg.y + BAR / 2.0);
        svg.line(Role::Line, &format!("M0 {}V{}", n(top - 1.0), n(top + BAR + 1.0)), 1.0);
        svg.line(Role::Line, &format!("M0 {y}H{}", n(WIDTH), y = n(middle)), 1.0);
        if let Some(median) = span.median {
            svg.tone(Tone::First, Box { x: 0.0, y: top, width: wide(median), height: BAR });
            figures.push(said(words.column_median(), median));
            if let Some(p90) = span.p90 {
                let (from, to) = (n(wide(median)), n(wide(p90)));
                svg.line(Role::Tone(Tone::First), &format!("M{from} {y}H{to}", y = n(middle)), 2.0);
                let tick = format!("M{to} {}V{}", n(top + 1.0), n(top + BAR - 1.0));
                svg.line(Role::Tone(Tone::First), &tick, 2.0);
                figures.push(said(words.column_p90(), p90));
            }
        }
        figures.push(span.note.clone());
        svg.y += BAR + 2.0;
        svg.paragraph(At::start(0.0, 0.0).aside(), WIDTH, &figures.join(" · "));
        svg.y += 10.0;
    }
}
