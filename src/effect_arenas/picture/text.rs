//! How wide text is, and where its lines break. What shows the picture has its own fonts; the widths are Helvetica's, whose
//! metrics Arial and Liberation Sans share, and some room is left for others.

/// A size and weight of text, and the class that gives it to the text in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Face {
    pub class: &'static str,
    /// In pixels.
    pub size: i32,
    pub bold: bool,
    /// From one base line to the next.
    pub leading: i32,
}

/// Widths of the characters from the space to the tilde, in thousandths of the size.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// For fonts that are wider, in per cent; bold ones are, too.
const ROOM: i32 = 103;
const ROOM_BOLD: i32 = 110;

fn thousandths(character: char) -> i32 {
    let known = (character as usize).checked_sub(0x20).and_then(|at| WIDTHS.get(at));
    match (known, character) {
        (Some(width), _) => i32::from(*width),
        // Latin with its accents, and Greek and Cyrillic, are about as wide as their likes; others are taken for square.
        (None, '\u{A0}'..='\u{52F}') => 600,
        (None, '\u{2010}'..='\u{2027}') => 556,
        (None, _) => 1000,
    }
}

/// How wide a text is in this face, in pixels, rounded up.
pub fn width(text: &str, face: Face) -> i32 {
    let thousandths: i32 = text.chars().map(thousandths).sum();
    let room = if face.bold { ROOM_BOLD } else { ROOM };
    (thousandths * face.size * room + 99_999) / 100_000
}

/// Text in one line, without what XML cannot hold.
pub fn line(text: &str) -> String {
    let seen = |c: &char| c.is_whitespace() || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    let visible: String = text.chars().filter(seen).collect();
    // A space that keeps a number with its unit is no place to break a line.
    let words = visible.split(|c: char| c.is_whitespace() && c != '\u{A0}').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The lines of a text within `most` pixels, the first of them `indent` pixels shorter. Words that fit in no line are
/// broken. A first line without room for a word is empty.
pub fn wrap(text: &str, face: Face, most: i32, indent: i32) -> Vec<String> {
    let mut lines = Lines { face, most, indent, done: Vec::new(), now: String::new() };
    line(text).split(' ').for_each(|word| lines.add(word));
    lines.done.push(lines.now);
    lines.done
}

struct Lines {
    face: Face,
    most: i32,
    indent: i32,
    done: Vec<String>,
    now: String,
}

impl Lines {
    fn room(&self) -> i32 {
        if self.done.is_empty() { self.most - self.indent } else { self.most }
    }

    fn add(&mut self, word: &str) {
        let longer = if self.now.is_empty() { word.to_owned() } else { format!("{} {word}", self.now) };
        if width(&longer, self.face) <= self.room() {
            self.now = longer;
            return;
        }
        if !self.now.is_empty() || self.done.is_empty() {
            self.done.push(std::mem::take(&mut self.now));
        }
        self.put(word);
    }

    /// A word at the beginning of a line.
    fn put(&mut self, word: &str) {
        for character in word.chars() {
            self.now.push(character);
            if width(&self.now, self.face) > self.room() && self.now.chars().count() > 1 {
                self.now.pop();
                self.done.push(std::mem::replace(&mut self.now, character.to_string()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Face = Face { class: "body", size: 15, bold: false, leading: 20 };

    #[test]
    fn lines_stay_within_their_width_and_lose_nothing() {
        let long = "Meervoudigeproblematiekcoördinatieoverlegstructuurafspraken en  dan\nnog wat woorden";
        for indent in [0, 40, 139] {
            let lines = wrap(long, FACE, 140, indent);
            assert!(width(&lines[0], FACE) <= 140 - indent, "{lines:?}");
            assert!(lines.iter().all(|line| width(line, FACE) <= 140), "{lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), line(long).replace(' ', ""));
        }
        assert_eq!(wrap("ongeveer €\u{a0}7.800", FACE, 70, 0), ["ongeveer", "€\u{a0}7.800"]);
        assert_eq!(wrap("Kort", FACE, 140, 0), ["Kort"]);
        assert_eq!(wrap("", FACE, 140, 0), [""]);
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(line(" Twee\n\tregels\u{FFFE}\u{1} <b> "), "Twee regels <b>");
    }
}
