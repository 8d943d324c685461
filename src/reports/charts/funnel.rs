//! How far things got: a bar for each step, parted into what came on and what stayed.

use super::paint::Role;
use super::svg::{At, Box, SMALL, Svg, TEXT, WIDTH, n, width_of, wrapped};
use crate::reports::document::{Step, Tone};
use crate::wording;

const BAR: f64 = 22.0;
/// Between what came on and what stayed.
const GAP: f64 = 2.0;
/// What stayed, by tone and in words.
const LEAK: Tone = Tone::Fourth;

pub fn draw(svg: &mut Svg, steps: &[Step]) {
    let whole = steps.first().map_or(0, |step| step.count);
    let wide = |count: u64| if whole == 0 { 0.0 } else { WIDTH * (count as f64 / whole as f64).min(1.0) };
    for (at, step) in steps.iter().enumerate() {
        let figure = if at == 0 || whole == 0 {
            svg.count(step.count)
        } else {
            let share = wording::share(svg.language(), step.count as f64 / whole as f64);
            format!("{} · {share}", svg.count(step.count))
        };
        svg.text(At::end(WIDTH, svg.y + TEXT).bold(), &figure);
        svg.paragraph(At::start(0.0, 0.0), WIDTH - 12.0 - width_of(&figure, TEXT), &step.label);
        svg.y += 3.0;
        let width = wide(step.count);
        let on = steps.get(at + 1).map_or(width, |next| wide(next.count).min(width));
        bar(svg, width, on);
        if let Some(leak) = &step.leak {
            stayed(svg, on, leak);
        }
        svg.y += 8.0;
    }
}

/// The bar of a step, of which the first part came on.
fn bar(svg: &mut Svg, width: f64, on: f64) {
    let track = Box { x: 0.0, y: svg.y, width: WIDTH, height: BAR };
    svg.line(Role::Line, &outline(track), 1.0);
    svg.tone(Tone::First, Box { width: on, ..track });
    let from = if on > 0.0 { on + GAP } else { 0.0 };
    if width > from {
        svg.tone(LEAK, Box { x: from, width: width - from, ..track });
    }
    svg.y += BAR;
}

/// How many stayed, below where they are in the bar.
fn stayed(svg: &mut Svg, from: f64, leak: &str) {
    let wide = wrapped(leak, SMALL, WIDTH).iter().map(|line| width_of(line, SMALL)).fold(0.0, f64::max);
    let x = from.min(WIDTH - wide).max(0.0);
    svg.y += 2.5;
    svg.paragraph(At { role: Role::Tone(LEAK), ..At::start(x, 0.0).aside() }.bold(), WIDTH, leak);
}

fn outline(at: Box) -> String {
    let Box { x, y, width, height } = at;
    format!("M{} {}H{}V{}H{}Z", n(x + 0.5), n(y + 0.5), n(x + width - 0.5), n(y + height - 0.5), n(x + 0.5))
}
