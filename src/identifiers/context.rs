//! What the words around a number say it is: the nearest label decides, within the sentence.

use super::lexicon::Meaning;
use super::reading::{Class, Reading};

/// How many tokens are looked at to either side.
const REACH: usize = 32;
/// Words in *en* that are no plurals.
const VERBS: &str = "wonen hebben staan krijgen liggen worden moeten willen kunnen zitten werken klagen blijven houden zouden zullen \
                     mogen komen maken vragen zeggen zoeken wachten waren kregen wilden moesten konden zaten woonden samen \
                     tegen tussen binnen boven buiten alleen achteren voren even eigen open onder sinds beneden midden";

/// A word near a number, and what lies between the two.
#[derive(Clone, Copy, Debug)]
pub struct Label {
    pub meaning: Meaning,
    /// Words between.
    pub words: usize,
    /// Whether another number stands between, which the label may have been meant for.
    pub taken: bool,
}

impl Label {
    /// Whether it is one of these, at most so many words away.
    pub fn within(&self, words: usize, meanings: &[Meaning]) -> bool {
        self.words <= words && meanings.contains(&self.meaning)
    }

    /// The same, with no other number between.
    pub fn names(&self, words: usize, meanings: &[Meaning]) -> bool {
        !self.taken && self.within(words, meanings)
    }
}

/// The nearest of these meanings before a place.
pub fn before(reading: &Reading, place: usize, wanted: &[Meaning]) -> Option<Label> {
    look(reading, (place.saturating_sub(REACH)..place).rev(), wanted)
}

/// The nearest of these meanings from a place onward.
pub fn after(reading: &Reading, place: usize, wanted: &[Meaning]) -> Option<Label> {
    look(reading, place..(place + REACH).min(reading.len()), wanted)
}

fn look(reading: &Reading, places: impl Iterator<Item = usize>, wanted: &[Meaning]) -> Option<Label> {
    let (mut words, mut taken) = (0, false);
    for place in places {
        match reading.class(place)? {
            Class::Word => match reading.meaning(place).filter(|meaning| wanted.contains(meaning)) {
                Some(meaning) => return Some(Label { meaning, words, taken }),
                None => words += 1,
            },
            Class::Digits => taken = true,
            // A label may stand on the line above its number.
            Class::Line if words > 0 => return None,
            Class::Sign if ends_sentence(reading, place) => return None,
            _ => {}
        }
    }
    None
}

/// Whether the word here looks like a noun of which there are several, so that the number counts them: most plurals end
/// in *en*, as some verbs do.
pub fn is_plural(reading: &Reading, place: usize) -> bool {
    let text = reading.text(place);
    let small = reading.get(place).is_some_and(|token| token.class == Class::Word && !token.capital);
    small && text.len() > 4 && text.ends_with("en") && !VERBS.split_whitespace().any(|verb| verb == text)
}

/// Whether a sentence ends here, which the dot of an abbreviation does not do.
pub fn ends_sentence(reading: &Reading, place: usize) -> bool {
    match reading.text(place) {
        "!" | "?" | ";" => true,
        "." => {
            let apart =
                reading.get(place + 1).is_none_or(|next| matches!(next.class, Class::Space | Class::Line));
            let abbreviated = reading.before(place).is_some_and(|word| {
                let letters = word.end - word.start;
                let short = letters <= 3 || (letters == 4 && reading.meaning(place - 1).is_some());
                word.class == Class::Word && (short || reading.text(place - 1).ends_with("nr"))
            });
            apart && !abbreviated
        }
        _ => false,
    }
}
