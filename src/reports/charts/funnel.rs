//! How far things got: a bar for each step, and between two the part that went no further.

use super::paint::Role;
use super::svg::{At, Box, SMALL, Svg, TEXT, WIDTH, n, width_of, wrapped};
use crate::reports::document::{Step, Tone};
use crate::wording;

const BAR: f64 = 22.0;
/// From a bar to the label of the next.
const FALL: f64 = 26.0;

pub fn draw(svg: &mut Svg, steps: &[Step]) {
    let whole = steps.first().map_or(0, |step| step.count);
    let wide = |count: u64| if whole == 0 { 0.0 } else { WIDTH * (count as f64 / whole as f64).min(1.0) };
    for (at, step) in steps.iter().enumerate() {
        let width = wide(step.count);
        let figure = if at == 0 || whole == 0 {
            svg.count(step.count)
        } else {
            let share = wording::share(svg.language(), step.count as f64 / whole as f64);
            format!("{} · {share}", svg.count(step.count))
        };
        svg.text(At::end(WIDTH, svg.y + TEXT).bold(), &figure);
        svg.paragraph(At::start(0.0, 0.0), WIDTH - 12.0 - width_of(&figure, TEXT), &step.label);
        svg.y += 3.0;
        let track = Box { x: 0.0, y: svg.y, width: WIDTH, height: BAR };
        svg.line(Role::Line, &outline(track), 1.0);
        svg.tone(Tone::First, Box { width, ..track });
        svg.y += BAR;
        if let Some(next) = steps.get(at + 1) {
            fall(svg, width, wide(next.count), step.leak.as_deref());
        }
    }
    svg.y += 2.0;
}

/// What came on, and at its side what did not, in words.
fn fall(svg: &mut Svg, from: f64, to: f64, leak: Option<&str>) {
    let top = svg.y;
    let Some(leak) = leak else {
        svg.y = top + 8.0;
        return;
    };
    // The arrow leaves at the end of the next bar, where the bars part; its words stand on the side that has room.
    let turn = (to + from) / 2.0;
    let lines = wrapped(leak, SMALL, WIDTH - 24.0);
    let wide = lines.iter().map(|line| width_of(line, SMALL)).fold(0.0, f64::max);
    let height = FALL + SMALL * 1.3 * lines.len().saturating_sub(1) as f64;
    let lost = format!("M{} {}H{}L{} {}Z", n(to), n(top), n(from), n(to), n(top + height - 6.0));
    svg.veil(Tone::Fourth, &lost);
    let beside = turn + 14.0 + wide <= WIDTH;
    let before = turn - 14.0 >= wide;
    let sign = if before && !beside { -1.0 } else { 1.0 };
    // Words that fit on neither side begin at the left, over the picture.
    let x = if beside || before { turn + 12.0 * sign } else { 12.0 };
    let tip = top + 14.0;
    if beside || before {
        let path = format!(
            "M{turn} {start}V{tip}H{end}M{back} {up}L{end} {tip}L{back} {down}",
            turn = n(turn),
            start = n(top + 3.0),
            tip = n(tip),
            end = n(turn + 8.0 * sign),
            back = n(turn + 5.0 * sign),
            up = n(tip - 3.0),
            down = n(tip + 3.0),
        );
        svg.line(Role::Tone(Tone::Fourth), &path, 1.5);
    }
    for (at, line) in lines.iter().enumerate() {
        let y = top + 18.0 + SMALL * 1.3 * at as f64;
        let at = if sign > 0.0 { At::start(x, y) } else { At::end(x, y) };
        svg.text(At { role: Role::Tone(Tone::Fourth), ..at.aside() }.bold(), line);
    }
    svg.y = top + height;
}

fn outline(at: Box) -> String {
    let Box { x, y, width, height } = at;
    format!("M{} {}H{}V{}H{}Z", n(x + 0.5), n(y + 0.5), n(x + width - 0.5), n(y + height - 0.5), n(x + 0.5))
}
