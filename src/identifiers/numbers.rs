//! Numbers as people write them: groups of digits with a space or a sign between.

use super::reading::{Class, Reading};

/// What stands between a group and the next one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gap {
    /// Signs only, as in 12-34: one number for whoever reads it.
    Tight,
    /// Spaces, with or without a sign: one number, or two.
    Loose,
    /// Too much for one number, or nothing more comes.
    Apart,
}

/// A run of digits.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Its token.
    pub place: usize,
    pub digits: usize,
    pub gap: Gap,
}

/// Spaces between two groups of one number, at most.
const SPACES: usize = 3;
/// Tokens between two groups: a space, a sign, a space, as in *024 - 360*; or *) (*.
const BETWEEN: usize = 3;

/// The groups of digits in a text, in order.
pub fn groups(reading: &Reading) -> Vec<Group> {
    let mut groups: Vec<Group> = (0..reading.len())
        .filter_map(|place| {
            reading.get(place).filter(|token| token.class == Class::Digits).map(|token| (place, token))
        })
        .map(|(place, token)| Group { place, digits: token.end - token.start, gap: Gap::Apart })
        .collect();
    for next in 1..groups.len() {
        groups[next - 1].gap = gap(reading, groups[next - 1].place + 1, groups[next].place);
    }
    groups
}

fn gap(reading: &Reading, start: usize, end: usize) -> Gap {
    if end - start > BETWEEN {
        return Gap::Apart;
    }
    let mut gap = Gap::Tight;
    for place in start..end {
        match (reading.class(place), reading.text(place)) {
            (Some(Class::Space), spaces) if spaces.len() <= SPACES => gap = Gap::Loose,
            (Some(Class::Sign), "." | "-" | "/" | "(" | ")" | "_" | "*" | "'" | "~" | "|") => {}
            // *Mijn 06: 1234 5678*.
            (Some(Class::Sign), ":")
                if reading.before(start).is_some() && reading.text(start - 1) == "06" => {}
            _ => return Gap::Apart,
        }
    }
    gap
}

/// Consecutive groups that may be one number together.
#[derive(Clone, Copy)]
pub struct Window<'t> {
    reading: &'t Reading,
    groups: &'t [Group],
    first: usize,
    last: usize,
}

/// Every window of at least `least` and at most `most` digits that begins with the group at `first`.
pub fn windows<'t>(
    reading: &'t Reading,
    groups: &'t [Group],
    first: usize,
    least: usize,
    most: usize,
) -> impl Iterator<Item = Window<'t>> {
    let mut digits = 0;
    let together = groups[first..].iter().enumerate().map_while(move |(further, group)| {
        let joined = further == 0 || groups[first + further - 1].gap != Gap::Apart;
        digits += group.digits;
        (joined && digits <= most).then_some((first + further, digits))
    });
    together.filter(move |(_, digits)| *digits >= least).map(move |(last, _)| Window {
        reading,
        groups,
        first,
        last,
    })
}

impl<'t> Window<'t> {
    pub fn groups(&self) -> &'t [Group] {
        &self.groups[self.first..=self.last]
    }

    /// Its first token.
    pub fn start(&self) -> usize {
        self.groups[self.first].place
    }

    /// The place after its last token.
    pub fn end(&self) -> usize {
        self.groups[self.last].place + 1
    }

    /// Its digits without what parts them.
    pub fn digits(&self) -> String {
        self.groups().iter().map(|group| self.reading.text(group.place)).collect()
    }

    /// How many digits each group has, such as `[3, 3, 3]`.
    pub fn shape(&self) -> Vec<usize> {
        self.groups().iter().map(|group| group.digits).collect()
    }

    /// Where it lies in the folded text.
    pub fn bytes(&self) -> (usize, usize) {
        let byte =
            |place: usize| self.reading.get(place).map(|token| (token.start, token.end)).unwrap_or_default();
        (byte(self.start()).0, byte(self.end() - 1).1)
    }

    /// What parts it from the group before; apart when there is none.
    pub fn gap_before(&self) -> Gap {
        self.first.checked_sub(1).map_or(Gap::Apart, |before| self.groups[before].gap)
    }

    pub fn gap_after(&self) -> Gap {
        self.groups[self.last].gap
    }

    /// The letters that it is written onto, without a space between.
    pub fn letters_before(&self) -> Option<usize> {
        let place = self.start().checked_sub(1)?;
        self.reading.is(place, Class::Word).then_some(place)
    }

    pub fn letters_after(&self) -> Option<usize> {
        self.reading.is(self.end(), Class::Word).then_some(self.end())
    }
}
