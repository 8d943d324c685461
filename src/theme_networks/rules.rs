//! When a network works on a theme, and whether it shares what it learns there.

use super::types::{ThemeNetwork, ThemeNetworkPatch};
use crate::error::{Error, FieldError, Result};
use crate::themes::rules::period_is_forward;
use chrono::NaiveDate;

impl ThemeNetwork {
    /// Called off before it began.
    pub fn never_was(&self) -> bool {
        self.ends_on.is_some_and(|end| end < self.starts_on)
    }

    /// Whether it has begun by that day, however it went on.
    pub fn has_begun(&self, today: NaiveDate) -> bool {
        self.starts_on <= today && !self.never_was()
    }

    fn has_ended(&self, today: NaiveDate) -> bool {
        self.ends_on.is_some_and(|end| end < today)
    }

    fn meets(&self, other: &ThemeNetwork) -> bool {
        let ends_before =
            |one: &ThemeNetwork, two: &ThemeNetwork| one.ends_on.is_some_and(|end| end < two.starts_on);
        !(self.never_was() || other.never_was() || ends_before(self, other) || ends_before(other, self))
    }
}

/// A term does not end before it begins, and a network has one on a theme at a time. `others` are its other terms on
/// the theme.
pub fn may_stand(term: &ThemeNetwork, others: &[ThemeNetwork]) -> Result<()> {
    let mut faults: Vec<FieldError> = Vec::new();
    period_is_forward(Some(term.starts_on), term.ends_on, &mut faults);
    if !faults.is_empty() {
        return Err(Error::inconsistent(faults));
    }
    match others.iter().find(|other| term.meets(other)) {
        Some(_) => {
            Err(Error::conflict("already_on_theme", "The network works on this theme at that time already."))
        }
        None => Ok(()),
    }
}

/// Applies a patch. What has ended keeps its days; whether its figures are shared can be said at any time.
pub fn amend(term: &mut ThemeNetwork, patch: &ThemeNetworkPatch, today: NaiveDate) -> Result<()> {
    if patch.starts_on.0.is_some() || patch.ends_on.0.is_some() {
        not_ended(term, today)?;
    }
    patch.starts_on.clone().apply(&mut term.starts_on, Into::into);
    patch.ends_on.clone().apply(&mut term.ends_on, Into::into);
    patch.shares_figures.clone().apply(&mut term.shares_figures, |shares| shares);
    Ok(())
}

/// Makes today its last day, or calls it off where it has yet to begin.
pub fn end(term: &mut ThemeNetwork, today: NaiveDate) -> Result<()> {
    not_ended(term, today)?;
    term.ends_on = Some(today);
    Ok(())
}

fn not_ended(term: &ThemeNetwork, today: NaiveDate) -> Result<()> {
    if term.has_ended(today) || term.never_was() {
        return Err(Error::conflict("ended", "The network's work on this theme has ended."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use crate::http::text::{Nullable, Set};
    use crate::ids::Id;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, day).expect("a day in January")
    }

    fn term(starts: u32, ends: Option<u32>) -> ThemeNetwork {
        let now = clock::now();
        ThemeNetwork {
            id: Id::new(),
            network_id: Id::NIL,
            theme_id: Id::NIL,
            starts_on: day(starts),
            ends_on: ends.map(day),
            shares_figures: true,
            created_at: now,
            updated_at: now,
            version: 1,
            digest: Vec::new(),
        }
    }

    #[test]
    fn terms_on_a_theme_do_not_meet() {
        let standing = [term(5, Some(10)), term(20, None), term(16, Some(2))];
        for (one, meets) in [
            (term(1, Some(4)), false),
            (term(1, Some(5)), true),
            (term(10, Some(11)), true),
            (term(11, Some(19)), false),
            (term(11, None), true),
            (term(1, None), true),
        ] {
            assert_eq!(may_stand(&one, &standing).is_err(), meets, "{one:?}");
        }
        assert!(may_stand(&term(2, Some(1)), &[]).is_err());
    }

    #[test]
    fn what_has_ended_keeps_its_days_but_need_not_be_shared_any_longer() {
        let mut ended = term(5, Some(10));
        let longer = ThemeNetworkPatch { ends_on: Nullable(Some(None)), ..ThemeNetworkPatch::default() };
        assert!(amend(&mut ended, &longer, day(11)).is_err());
        assert!(end(&mut ended, day(11)).is_err());
        let hidden = ThemeNetworkPatch { shares_figures: Set(Some(false)), ..ThemeNetworkPatch::default() };
        assert!(amend(&mut ended, &hidden, day(11)).is_ok() && !ended.shares_figures);
        assert!(amend(&mut ended, &longer, day(10)).is_ok(), "on its last day it goes on still");

        let mut planned = term(20, None);
        assert!(end(&mut planned, day(11)).is_ok() && planned.never_was() && !planned.has_begun(day(25)));
    }
}
