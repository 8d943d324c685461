//! Streets, by how their names end: *Dorpsstraat*, *Graafseweg*; by the words they begin with: *Laan van Oost 12*; and with
//! the words that belong to the name: *Van Welderenstraat*, *St. Annastraat*.

use super::reading::{Class, Reading};

/// Endings that are a street's, with or without a capital at the beginning of the name.
const ENDINGS: [&str; 14] = [
    "straat",
    "straatje",
    "laan",
    "weg",
    "plein",
    "kade",
    "gracht",
    "singel",
    "steeg",
    "plantsoen",
    "dreef",
    "dijk",
    "boulevard",
    "allee",
];
/// Endings that many other words have: the name needs its capital.
const CAPITAL_ENDINGS: [&str; 24] = [
    "hof", "pad", "park", "markt", "baan", "hage", "veld", "erf", "ring", "wal", "kamp", "akker", "weide",
    "donk", "brink", "haven", "poort", "oord", "meent", "tuin", "berg", "heuvel", "waard", "horst",
];
/// Words that end so and are no names of streets.
const NO_NAMES: &str = "onderweg snelweg autoweg spoorweg vaarweg luchtweg uitweg omweg halfweg heenweg terugweg wegweg rotweg \
                        ringweg schoolplein speelplein dorpsplein marktplein parkeerplein binnenplein winkelstraat \
                        zijstraat woonstraat speelstraat leefstraat gerechtshof kerkhof ziekenhuispark vakantiepark \
                        speeltuin moestuin buurttuin volkstuin supermarkt arbeidsmarkt woningmarkt rommelmarkt vrijmarkt \
                        kerstmarkt banenmarkt jaarmarkt sportpark werkveld speelveld voetbalveld sportveld werkkamp \
                        zomerkamp trainingskamp fietspad voetpad wandelpad zorgpad leerpad spoorboekje trapveld \
                        rijbaan loopbaan kegelbaan bijbaan zwembad glijbaan atletiekbaan ijsbaan training ervaring \
                        vergadering bespreking woning begeleiding rekening regering levering oefening melding kring";
/// What a street of more words begins with.
const FIRST: [&str; 8] = ["laan", "plein", "weg", "kade", "singel", "hof", "park", "pad"];
/// Words of a name after its first one, at most.
const MOST_WORDS: usize = 4;
/// Words that may stand before the last one: titles and adjectives, and what stands before family names.
const BEFORE: &str = "van den der ter ten st sint burg burgemeester prof professor dr doctor mr oude nieuwe korte lange eerste \
                      tweede derde prins prinses koningin koning pater pastoor dominee ds meester admiraal generaal \
                      graaf hertog grote kleine hoge lage groene oud nieuw";

/// A street's name, in tokens: the places of its first one and after its last one.
pub struct Street {
    pub start: usize,
    pub end: usize,
}

/// The street whose name begins or, when it has words before it, ends at this place.
pub fn at(reading: &Reading, place: usize) -> Option<Street> {
    reading.get(place).filter(|token| token.class == Class::Word)?;
    by_ending(reading, place).or_else(|| by_beginning(reading, place))
}

fn by_ending(reading: &Reading, place: usize) -> Option<Street> {
    let word = reading.get(place)?;
    let text = reading.text(place);
    if text.strip_suffix("str").is_some_and(|stem| stem.len() > 2) && reading.sign(place + 1, ".") {
        return Some(Street { start: beginning(reading, place), end: place + 2 });
    }
    let stem = |endings: &[&str]| endings.iter().find_map(|ending| text.strip_suffix(ending)).map(str::len);
    let (always, capital) = (stem(&ENDINGS), stem(&CAPITAL_ENDINGS));
    let longer = match (always, capital) {
        // *Oude Gracht*: the ending is a word of its own, after one that belongs to it.
        (Some(0), _) | (_, Some(0)) => false,
        (Some(length), _) => length > 1 && (word.capital || !text.ends_with("slaan")),
        (None, Some(length)) => length > 1 && word.capital,
        (None, None) => return None,
    };
    let start = beginning(reading, place);
    let named = longer || (word.capital && start < place);
    let listed = NO_NAMES.split_whitespace().any(|no_name| no_name == text);
    (named && !listed).then_some(Street { start, end: place + 1 })
}

/// Where the name begins whose last word stands here.
fn beginning(reading: &Reading, place: usize) -> usize {
    let mut start = place;
    for _ in 0..MOST_WORDS {
        let skipped = [start.checked_sub(1), start.checked_sub(2)];
        let apart = match skipped {
            [Some(one), two] if reading.is(one, Class::Space) => match two {
                Some(two) if reading.sign(two, ".") => two.checked_sub(1),
                two => two,
            },
            _ => None,
        };
        match apart {
            Some(word) if BEFORE.split_whitespace().any(|before| before == reading.text(word)) => {
                start = word
            }
            _ => break,
        }
    }
    start
}

/// *Laan van Nieuw Oost*: the words after the first have a capital, or are those that stand in names.
fn by_beginning(reading: &Reading, place: usize) -> Option<Street> {
    let first = reading.get(place)?;
    if !first.capital || !FIRST.contains(&reading.text(place)) {
        return None;
    }
    let mut end = place + 1;
    // A square that is called by a year: *Plein 1944*.
    if reading.is(end, Class::Space)
        && reading.is(end + 1, Class::Digits)
        && reading.text(end + 1).starts_with("19")
    {
        return (reading.text(end + 1).len() == 4).then_some(Street { start: place, end: place + 3 });
    }
    for words in 0..MOST_WORDS {
        let next = end + usize::from(reading.is(end, Class::Space));
        let joins =
            ["van", "op", "de", "den", "der", "het", "ter", "ten", "t", "'"].contains(&reading.text(next));
        match reading.get(next) {
            Some(token) if token.class == Class::Word && (joins || (words > 0 && token.capital)) => {
                end = next + 1
            }
            _ => break,
        }
    }
    (end > place + 1).then_some(Street { start: place, end })
}
