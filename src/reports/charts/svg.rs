//! Writes SVG, from the top down: a chart keeps at what height it is.

use super::paint::{Dress, Role, pattern};
use crate::people::types::Locale;
use crate::reports::document::Tone;
use crate::wording;
use askama::filters::{Escaper, Html};
use std::fmt::Write;

/// How wide a chart is.
pub const WIDTH: f64 = 360.0;
/// The size of letters.
pub const TEXT: f64 = 13.0;
pub const SMALL: f64 = 11.5;
/// How wide a letter is of its size, in the mean and with room to spare: no font is at hand to ask.
const LETTER: f64 = 0.54;

/// On which side of its point a text stands.
#[derive(Clone, Copy, Debug)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// A box, by its upper left corner.
#[derive(Clone, Copy, Debug)]
pub struct Box {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A text at a point of its base line.
#[derive(Clone, Copy, Debug)]
pub struct At {
    pub x: f64,
    pub y: f64,
    pub anchor: Anchor,
    pub size: f64,
    pub bold: bool,
    pub role: Role,
}

impl At {
    /// Plain text that begins there.
    pub fn start(x: f64, y: f64) -> At {
        At { x, y, anchor: Anchor::Start, size: TEXT, bold: false, role: Role::Ink }
    }

    /// Plain text that ends there.
    pub fn end(x: f64, y: f64) -> At {
        At { anchor: Anchor::End, ..At::start(x, y) }
    }

    pub fn middle(x: f64, y: f64) -> At {
        At { anchor: Anchor::Middle, ..At::start(x, y) }
    }

    pub fn bold(self) -> At {
        At { bold: true, ..self }
    }

    /// Small and soft: what explains.
    pub fn aside(self) -> At {
        At { size: SMALL, role: Role::Soft, ..self }
    }
}

pub struct Svg {
    key: String,
    language: Locale,
    dress: Dress,
    body: String,
    /// Where the next thing begins.
    pub y: f64,
}

impl Svg {
    pub fn new(key: &str, language: Locale, dress: Dress) -> Svg {
        Svg { key: key.to_owned(), language, dress, body: String::new(), y: 0.0 }
    }

    pub fn language(&self) -> Locale {
        self.language
    }

    pub fn count(&self, count: u64) -> String {
        wording::count(self.language, count)
    }

    /// A box in a tone, with its pattern.
    pub fn tone(&mut self, tone: Tone, at: Box) {
        self.fill(Role::Tone(tone), at);
        if pattern(tone).is_some() {
            let fill = format!("fill=\"url(#{}-{})\"", self.key, tone as usize);
            self.rect(&fill, at);
        }
    }

    pub fn fill(&mut self, role: Role, at: Box) {
        let fill = self.dress.fill(role);
        self.rect(&fill, at);
    }

    fn rect(&mut self, paint: &str, at: Box) {
        let Box { x, y, width, height } = at;
        let _ = write!(
            self.body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {paint}/>",
            n(x),
            n(y),
            n(width.max(0.0)),
            n(height.max(0.0))
        );
    }

    /// A round of a tone, without its pattern: too small for one.
    pub fn circle(&mut self, role: Role, x: f64, y: f64, radius: f64) {
        let fill = self.dress.fill(role);
        let (x, y, radius) = (n(x), n(y), n(radius));
        let _ = write!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {fill}/>");
    }

    /// A line along a path, `width` thick.
    pub fn line(&mut self, role: Role, path: &str, width: f64) {
        let stroke = self.dress.stroke(role);
        let _ = write!(
            self.body,
            "<path d=\"{path}\" fill=\"none\" stroke-width=\"{}\" stroke-linejoin=\"round\" {stroke}/>",
            n(width)
        );
    }

    pub fn text(&mut self, at: At, text: &str) {
        let fill = self.dress.fill(at.role);
        let anchor = match at.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if at.bold { " font-weight=\"600\"" } else { "" };
        let (x, y, size) = (n(at.x), n(at.y), n(at.size));
        let _ = write!(self.body, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor} {fill}>");
        escape(&mut self.body, text);
        self.body.push_str("</text>");
    }

    /// Text over as many lines as it needs, from the present height down, which moves on below it.
    pub fn paragraph(&mut self, at: At, width: f64, text: &str) {
        let height = at.size * 1.3;
        for line in wrapped(text, at.size, width) {
            self.y += height;
            self.text(At { y: self.y - at.size * 0.3, ..at }, &line);
        }
    }

    /// The whole, with its name and what it shows.
    pub fn finish(self, title: &str, description: &str) -> String {
        let Svg { key, dress, body, y, .. } = self;
        let height = n(y.max(1.0));
        let mut out = String::with_capacity(body.len() + 1024);
        let _ = write!(
            out,
            "<svg role=\"img\" aria-labelledby=\"{key}-title {key}-desc\" viewBox=\"0 0 {} {height}\"",
            n(WIDTH)
        );
        if let Dress::Own(palette) = dress {
            let _ = write!(
                out,
                " xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{height}\" font-family=\"{}\"",
                n(WIDTH),
                palette.font
            );
        }
        let _ = write!(out, "><title id=\"{key}-title\">");
        escape(&mut out, title);
        let _ = write!(out, "</title><desc id=\"{key}-desc\">");
        escape(&mut out, description);
        out.push_str("</desc>");
        for tone in Tone::ALL {
            let id = format!("{key}-{}", tone as usize);
            // Only those that are drawn with.
            if let Some(path) = pattern(tone).filter(|_| body.contains(&format!("url(#{id})"))) {
                let stroke = dress.stroke(Role::Paper);
                let _ = write!(
                    out,
                    "<pattern id=\"{id}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
                     <path d=\"{path}\" fill=\"none\" stroke-width=\"1.4\" {stroke}/></pattern>"
                );
            }
        }
        out.push_str(&body);
        out.push_str("</svg>");
        out
    }
}

/// How wide a text is, about.
pub fn width_of(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * LETTER
}

/// A text as lines that fit, broken at spaces, and within a word that is wider than a line.
pub fn wrapped(text: &str, size: f64, width: f64) -> Vec<String> {
    let most = ((width / (size * LETTER)) as usize).max(1);
    let mut lines = Vec::new();
    let mut line: Vec<char> = Vec::new();
    for word in text.split_whitespace() {
        let word: Vec<char> = word.chars().collect();
        if !line.is_empty() && line.len() + 1 + word.len() > most {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word);
        while line.len() > most {
            let rest = line.split_off(most);
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines.into_iter().map(String::from_iter).collect()
}

/// A number of units, to a tenth.
pub fn n(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), ToOwned::to_owned)
}

/// Text as it is written in markup; what XML cannot hold is left out.
fn escape(out: &mut String, text: &str) {
    let sound: String =
        text.chars().filter(|letter| !letter.is_control() && !is_no_character(*letter)).collect();
    let _ = Html.write_escaped_str(out, &sound);
}

fn is_no_character(letter: char) -> bool {
    matches!(letter, '\u{fffe}' | '\u{ffff}')
}
