//! What is drawn, and how text is set on it from top to bottom.

use super::text::{Face, width, wrap};

pub const TITLE: Face = Face { class: "title", size: 36, bold: true, leading: 43 };
pub const KICKER: Face = Face { class: "kicker", size: 16, bold: true, leading: 22 };
pub const HEADING: Face = Face { class: "heading", size: 19, bold: true, leading: 26 };
pub const NAME: Face = Face { class: "name", size: 17, bold: true, leading: 22 };
pub const LABEL: Face = Face { class: "label", size: 15, bold: true, leading: 20 };
pub const BODY: Face = Face { class: "body", size: 15, bold: false, leading: 20 };
pub const NOTE: Face = Face { class: "note", size: 14, bold: false, leading: 19 };
pub const MARK: Face = Face { class: "mark", size: 13, bold: true, leading: 18 };

/// A rectangle with round corners.
pub struct Frame {
    pub class: &'static str,
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    pub radius: i32,
}

/// What was expected has a hollow dot, what was seen a filled one; a number is a larger one.
pub struct Dot {
    pub class: &'static str,
    pub x: i32,
    pub y: i32,
    pub radius: i32,
}

pub struct Line {
    pub class: &'static str,
    pub x: i32,
    pub y: i32,
    pub text: String,
}

/// Where somebody's means, an activity's work or an effect's yield goes.
pub struct Path {
    pub class: &'static str,
    pub x: [i32; 2],
    pub y: [i32; 2],
    /// Halfway, where the curve turns.
    pub turn: i32,
}

/// Shapes, in the order in which they are drawn.
#[derive(Default)]
pub struct Sheet {
    pub paths: Vec<Path>,
    pub frames: Vec<Frame>,
    pub dots: Vec<Dot>,
    pub lines: Vec<Line>,
}

impl Sheet {
    /// Puts another sheet on this one.
    pub fn put(&mut self, mut other: Sheet, x: i32, y: i32) {
        other.frames.iter_mut().for_each(|frame| (frame.x, frame.y) = (frame.x + x, frame.y + y));
        other.dots.iter_mut().for_each(|dot| (dot.x, dot.y) = (dot.x + x, dot.y + y));
        other.lines.iter_mut().for_each(|line| (line.x, line.y) = (line.x + x, line.y + y));
        for path in &mut other.paths {
            path.turn += x;
            path.x.iter_mut().for_each(|end| *end += x);
            path.y.iter_mut().for_each(|end| *end += y);
        }
        self.frames.extend(other.frames);
        self.dots.extend(other.dots);
        self.lines.extend(other.lines);
        self.paths.extend(other.paths);
    }
}

/// Whether something was expected, or seen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Expected,
    Seen,
}

/// Text that is set from top to bottom.
pub struct Stack {
    pub sheet: Sheet,
    /// Its left edge.
    left: i32,
    width: i32,
    /// How far it has come.
    pub height: i32,
}

/// From the dot to the text beside it.
const DOT: i32 = 16;

impl Stack {
    pub fn new(left: i32, top: i32, width: i32) -> Stack {
        Stack { sheet: Sheet::default(), left, width, height: top }
    }

    pub fn space(&mut self, height: i32) {
        self.height += height;
    }

    /// A paragraph.
    pub fn set(&mut self, face: Face, text: &str) {
        self.set_lines(face, wrap(text, face, self.width, 0), 0, 0);
    }

    /// A paragraph that leaves room at the right of its first line.
    pub fn set_beside(&mut self, face: Face, text: &str, room: i32) {
        let mut lines = wrap(text, face, self.width, room);
        if lines.first().is_some_and(String::is_empty) && lines.len() > 1 {
            lines.remove(0);
            self.height += face.leading;
        }
        self.set_lines(face, lines, 0, 0);
    }

    /// A paragraph that begins with a label.
    pub fn set_labelled(&mut self, label: &str, face: Face, text: &str) {
        self.labelled(label, face, text, 0);
    }

    /// What was expected or seen: its dot, its label and the text.
    pub fn set_side(&mut self, side: Side, label: &str, text: &str) {
        let class = if side == Side::Expected { "expected" } else { "seen" };
        let dot = Dot { class, x: self.left + 5, y: self.height + BODY.leading / 2, radius: 4 };
        self.sheet.dots.push(dot);
        self.labelled(label, BODY, text, DOT);
    }

    fn labelled(&mut self, label: &str, face: Face, text: &str, offset: i32) {
        let indent = width(label, LABEL) + width(" ", face) + 2;
        let base = self.base(LABEL);
        let (class, x, y) = (LABEL.class, self.left + offset, base);
        self.sheet.lines.push(Line { class, x, y, text: label.to_owned() });
        let lines = wrap(text, face, self.width - offset, indent);
        self.set_lines(face, lines, offset, indent);
    }

    fn set_lines(&mut self, face: Face, lines: Vec<String>, offset: i32, mut indent: i32) {
        for text in lines {
            let (class, x, y) = (face.class, self.left + offset + indent, self.base(face));
            if !text.is_empty() {
                self.sheet.lines.push(Line { class, x, y, text });
            }
            self.height += face.leading;
            indent = 0;
        }
    }

    /// A short text in a frame of its own.
    pub fn mark(&mut self, class: &'static str, text: &str) {
        let width = width(text, MARK) + 20;
        let (x, y, height) = (self.left, self.height, 24);
        self.sheet.frames.push(Frame { class, x, y, width, height, radius: 12 });
        self.sheet.lines.push(Line { class: MARK.class, x: x + 10, y: y + 17, text: text.to_owned() });
        self.height += height + 6;
    }

    /// A number in a circle, with its middle here.
    pub fn number(&mut self, x: i32, y: i32, number: usize) {
        self.sheet.dots.push(Dot { class: "number", x, y, radius: 12 });
        self.sheet.lines.push(Line { class: "digit", x, y: y + 5, text: number.to_string() });
    }

    fn base(&self, face: Face) -> i32 {
        self.height + (face.leading + face.size * 7 / 10) / 2
    }
}
