//! What may be told of small groups. A number that leaves its network is a sum of cells. A cell is one figure of one whole
//! cycle, never of a part of it, and it is told if it is 0 or five at least. Whatever two such numbers are set against each
//! other (of two themes, two periods, a network with and without those below it), they differ by cells that anybody may
//! know, and never by one that is hidden. Inside a network nothing is hidden from its members.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// What a cell that is told counts at least, if it counts anything.
pub const LEAST: usize = 5;

/// Where the one stands whom a number is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Is a member of the network that it is of.
    Inside,
    Outside,
}

/// A number as it is told, null where it is hidden. It is made here alone, so that none gets out past the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell(Option<usize>);

impl Cell {
    /// A number that counts some of what a cycle holds, which somebody chose. Such choices overlap, and are no cells: to
    /// others they are told in fives, rounded down, so that they cannot be set against the whole either.
    pub fn of_some(count: usize, side: Side) -> Cell {
        match side {
            Side::Inside => Cell(Some(count)),
            Side::Outside => Cell((!is_few(count)).then_some(count / LEAST * LEAST)),
        }
    }

    /// The number, where it is told.
    pub fn told(self) -> Option<usize> {
        self.0
    }
}

/// Cells that add up: a whole and its parts. What is hidden of them does not follow from what is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split<const N: usize> {
    pub whole: Cell,
    pub parts: [Cell; N],
}

impl<const N: usize> Split<N> {
    /// All parts of something, as they are told to one who stands there. Three at most: of four, a hidden whole could be
    /// made up of nothing but ones.
    pub fn of(parts: [usize; N], side: Side) -> Split<N> {
        const { assert!(N < LEAST - 1) };
        let whole = parts.iter().sum();
        match side {
            Side::Inside => Split { whole: Cell(Some(whole)), parts: parts.map(|part| Cell(Some(part))) },
            Side::Outside => {
                let hidden = hidden(&parts);
                let part = |at: usize| Cell((!hidden[at]).then_some(parts[at]));
                Split { whole: Cell((!is_few(whole)).then_some(whole)), parts: std::array::from_fn(part) }
            }
        }
    }
}

fn is_few(count: usize) -> bool {
    (1..LEAST).contains(&count)
}

/// Which parts are hidden: those of few, and others for as long as the whole without the parts that are told would tell of
/// one part, or of few. Where even all parts are few together, so is the whole, which is hidden then.
///
/// The next part in their order is taken, round and round, and not the smallest: a choice that went by size would itself
/// tell of sizes.
fn hidden<const N: usize>(parts: &[usize; N]) -> [bool; N] {
    let mut hidden = parts.map(is_few);
    while let Some(first) = hidden.iter().position(|hidden| *hidden) {
        let sum: usize = (0..N).filter(|at| hidden[*at]).map(|at| parts[at]).sum();
        let several = hidden.iter().filter(|hidden| **hidden).count() > 1;
        if several && sum >= LEAST {
            break;
        }
        let mut others = (1..N).map(|step| (first + step) % N);
        match others.find(|at| !hidden[*at] && parts[*at] > 0) {
            Some(next) => hidden[next] = true,
            None => break,
        }
    }
    hidden
}

/// Cells of many cycles, added up: what is told of them, and how many are hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    told: usize,
    withheld: usize,
}

impl Sum {
    pub fn add(&mut self, cell: Cell) {
        match cell.0 {
            Some(count) => self.told += count,
            None => self.withheld += 1,
        }
    }

    pub fn merge(&mut self, other: Sum) {
        self.told += other.told;
        self.withheld += other.withheld;
    }

    /// None where nothing is told but that there is something: it would be read as 0.
    pub fn told(self) -> Option<usize> {
        (self.told > 0 || self.withheld == 0).then_some(self.told)
    }

    /// How many cells it leaves out.
    pub fn withheld(self) -> usize {
        self.withheld
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.told().serialize(serializer)
    }
}

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.told().serialize(serializer)
    }
}

/// Both are a number or null in the contract.
macro_rules! number_or_null {
    ($($type:ty),+) => {$(
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                Option::<usize>::json_schema(generator)
            }
        }
    )+};
}
number_or_null!(Cell, Sum);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeSet, HashMap};

    fn outside<const N: usize>(parts: [usize; N]) -> (Option<usize>, [Option<usize>; N]) {
        let split = Split::of(parts, Side::Outside);
        (split.whole.told(), split.parts.map(Cell::told))
    }

    /// All ways to part 0 to `most`.
    fn all<const N: usize>(most: usize) -> impl Iterator<Item = [usize; N]> {
        let base = most + 1;
        (0..base.pow(N as u32))
            .map(move |code| std::array::from_fn(|at| code / base.pow(at as u32) % base))
            .filter(move |parts: &[usize; N]| parts.iter().sum::<usize>() <= most)
    }

    #[test]
    fn a_part_that_would_follow_from_the_others_is_hidden_too() {
        assert_eq!(outside([12, 0, 30]), (Some(42), [Some(12), Some(0), Some(30)]));
        assert_eq!(outside([12, 2, 30]), (Some(44), [Some(12), None, None]));
        assert_eq!(outside([12, 30, 2]), (Some(44), [None, Some(30), None]));
        assert_eq!(outside([2, 0, 30]), (Some(32), [None, Some(0), None]));
        assert_eq!(outside([2, 3, 30]), (Some(35), [None, None, Some(30)]));
        assert_eq!(outside([2, 2, 30]), (Some(34), [None, None, None]), "two of four in all tell too much");
        assert_eq!(outside([2, 2, 0]), (None, [None, None, Some(0)]));
        assert_eq!(outside([0, 0, 3]), (None, [Some(0), Some(0), None]));
        assert_eq!(outside([0, 0, 0]), (Some(0), [Some(0), Some(0), Some(0)]));
        assert_eq!(outside([4]), (None, [None]));
        assert_eq!(Split::of([2, 2, 30], Side::Inside).parts.map(Cell::told), [Some(2), Some(2), Some(30)]);
    }

    /// What somebody finds out who knows how parts are hidden, and goes through all that would look the same: of whatever
    /// is hidden at least two counts are possible, and no number that they see or reckon is few.
    fn nothing_follows<const N: usize>(most: usize) {
        let mut alike: HashMap<_, Vec<[usize; N]>> = HashMap::new();
        for parts in all::<N>(most) {
            alike.entry(outside(parts)).or_default().push(parts);
        }
        for ((whole, told), possible) in alike {
            for at in (0..N).filter(|at| told[*at].is_none()) {
                let counts: BTreeSet<usize> = possible.iter().map(|parts| parts[at]).collect();
                assert!(counts.len() > 1, "{told:?} of {whole:?} is {possible:?}");
            }
            let told: Vec<usize> = told.into_iter().chain([whole]).flatten().collect();
            // Parts that are told are taken from the whole, all of them or some.
            for some in 0_u32..1 << told.len() {
                let chosen = (0..told.len()).filter(|at| some & (1 << at) != 0).map(|at| told[at]);
                let sum: usize = chosen.sum();
                assert!(!is_few(sum), "{told:?}");
                if let Some(rest) = whole.and_then(|whole| whole.checked_sub(sum)) {
                    assert!(!is_few(rest), "{told:?} of {whole:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_hidden_follows_from_what_is_told() {
        nothing_follows::<1>(60);
        nothing_follows::<2>(60);
        nothing_follows::<3>(60);
    }

    #[test]
    fn a_choice_is_told_in_fives() {
        let told = |count| Cell::of_some(count, Side::Outside).told();
        assert_eq!([0, 1, 4, 5, 9, 10].map(told), [Some(0), None, None, Some(5), Some(5), Some(10)]);
        assert_eq!(Cell::of_some(3, Side::Inside).told(), Some(3));
    }

    #[test]
    fn a_sum_says_what_it_leaves_out_and_is_no_0_for_it() {
        let mut sum = Sum::default();
        assert_eq!(sum.told(), Some(0));
        sum.add(Cell(None));
        sum.add(Cell(Some(0)));
        assert_eq!((sum.told(), sum.withheld()), (None, 1));
        sum.merge(Sum { told: 7, withheld: 1 });
        assert_eq!((sum.told(), sum.withheld()), (Some(7), 2));
    }
}
