//! Which backups are kept: the newest of each of seven days, four weeks and twelve months, as schools' IT does it.
//!
//! A clock that is wrong, or was, costs no backup: which of two is the newer is told by the order in which they were made
//! where that is noted, and one named from the future is kept and takes no other's place.

use chrono::{Datelike, NaiveDateTime, TimeDelta};
use std::collections::BTreeSet;

/// Days, weeks and months of which the newest backup is kept. Practice, not a rule of law.
const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;

/// So far ahead a name may be: in the night the clocks go back an hour comes twice.
const TWICE: TimeDelta = TimeDelta::hours(1);

/// The day, week or month a moment lies in.
type Period = fn(&NaiveDateTime) -> (i32, u32);

/// A backup, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// When it was made, as the clock on the wall then showed it.
    pub at: NaiveDateTime,
    /// Its place in the order in which backups were made; `None` where that was not noted.
    pub order: Option<i64>,
}

impl Made {
    /// True where it is named from the future: the clock was ahead when it was made, or is behind now.
    pub fn is_ahead(&self, now: NaiveDateTime) -> bool {
        self.at - now > TWICE
    }
}

/// The places of backups in the list, the newest first; those from the future are none. What has no place in the order was
/// made before that was noted, or comes from elsewhere: it is older than all that have one, and goes by its moment.
pub fn newest_first(made: &[Made], now: NaiveDateTime) -> Vec<usize> {
    let mut found: Vec<usize> = (0..made.len())
        .filter(|at| !made[*at].is_ahead(now))
        .collect();
    found.sort_by_key(|at| std::cmp::Reverse((made[*at].order, made[*at].at)));
    found
}

/// For each backup whether it is kept. Counted are days, weeks and months that have one, so that a summer without backups
/// costs none. The newest of all is always kept, and so is every one from the future, until its time has come.
pub fn kept(made: &[Made], now: NaiveDateTime) -> Vec<bool> {
    let newest_first = newest_first(made, now);
    let mut kept: Vec<bool> = made.iter().map(|one| one.is_ahead(now)).collect();
    let periods: [(usize, Period); 3] = [
        (DAYS, |at| (at.year(), at.ordinal())),
        (WEEKS, |at| (at.iso_week().year(), at.iso_week().week())),
        (MONTHS, |at| (at.year(), at.month())),
    ];
    for (most, period) in periods {
        let mut seen = BTreeSet::new();
        for at in &newest_first {
            if seen.len() < most && seen.insert(period(&made[*at].at)) {
                kept[*at] = true;
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    fn at(y: i32, m: u32, d: u32, hour: u32) -> NaiveDateTime {
        let day = NaiveDate::from_ymd_opt(y, m, d).unwrap();
        day.and_hms_opt(hour, 0, 0).unwrap()
    }

    /// What is left of backups in the order of these moments, the last made first.
    fn left_in_order(made: &[NaiveDateTime], now: NaiveDateTime) -> Vec<NaiveDateTime> {
        let order = (0..made.len() as i64).rev();
        let made = made.iter().zip(order);
        let made: Vec<Made> = made
            .map(|(at, order)| Made {
                at: *at,
                order: Some(order),
            })
            .collect();
        kept_of(&made, now)
    }

    /// What is left where no order is noted.
    fn left(made: &[NaiveDateTime], now: NaiveDateTime) -> Vec<NaiveDateTime> {
        let unnoted = |at: &NaiveDateTime| Made {
            at: *at,
            order: None,
        };
        let made: Vec<Made> = made.iter().map(unnoted).collect();
        kept_of(&made, now)
    }

    fn kept_of(made: &[Made], now: NaiveDateTime) -> Vec<NaiveDateTime> {
        let each = made.iter().zip(kept(made, now));
        each.filter(|(_, kept)| *kept)
            .map(|(one, _)| one.at)
            .collect()
    }

    #[test]
    fn of_a_day_the_newest_is_kept_of_years_seven_days_four_weeks_and_twelve_months() {
        let last = at(2026, 11, 26, 16);
        let one = [
            at(2026, 11, 26, 9),
            at(2026, 11, 26, 16),
            at(2026, 11, 25, 16),
        ];
        assert_eq!(left(&one, last), [one[1], one[2]]);
        // Every day for two years, to Thursday 26 November 2026.
        let daily: Vec<NaiveDateTime> = (0..730).map(|day| last - Days::new(day)).collect();
        let stays = left(&daily, last);
        assert_eq!(left_in_order(&daily, last), stays);
        for (day, why) in [
            (last, "today"),
            (at(2026, 11, 20, 16), "the seventh day"),
            (at(2026, 11, 15, 16), "Sunday of the week before last"),
            (at(2026, 11, 8, 16), "Sunday of the fourth week"),
            (at(2026, 10, 31, 16), "the last of October"),
            (at(2025, 12, 31, 16), "the last of the twelfth month"),
        ] {
            assert!(stays.contains(&day), "{why}");
        }
        assert!(!stays.contains(&at(2026, 11, 19, 16)) && !stays.contains(&at(2025, 11, 30, 16)));
        assert_eq!(stays.len(), 7 + 2 + 11);
        assert_eq!(left(&stays, last).len(), stays.len());
    }

    #[test]
    fn a_clock_that_is_wrong_or_was_costs_no_backup() {
        let now = at(2026, 11, 26, 16);
        let week: Vec<NaiveDateTime> = (0..7).map(|day| now - Days::new(day)).collect();
        let with = |first: &[NaiveDateTime]| [first, &week].concat();
        // Seven that a clock far ahead made take none of the seven days, and stay.
        let ahead: Vec<NaiveDateTime> = (1..8).map(|day| at(2038, 1, day, 9)).collect();
        assert_eq!(left(&with(&ahead), now), with(&ahead));
        assert_eq!(left_in_order(&with(&ahead), now), with(&ahead));
        // The clock is behind: the one just made stays, and all the others lie in the future.
        let just = at(2020, 2, 29, 12);
        assert_eq!(left_in_order(&with(&[just]), just), with(&[just]));
        // It was behind and is right again: what was made then is the newest all the same, and of its day the last.
        let then = [just, at(2020, 2, 29, 11), at(2020, 2, 28, 11)];
        let stays = left_in_order(&with(&then), now);
        assert!(stays.contains(&just) && stays.contains(&then[2]) && !stays.contains(&then[1]));
        // Where no order is noted the name alone tells, and the newest by it stays.
        assert!(left(&with(&then), now).contains(&now));
    }

    #[test]
    fn what_lies_ahead_is_no_newest_and_what_was_not_noted_is_older_than_what_was() {
        let now = at(2026, 11, 26, 16);
        let made = |at, order| Made { at, order };
        let all = [
            made(at(2026, 11, 25, 9), None),
            made(at(2038, 1, 19, 3), Some(9)),
            made(at(2020, 2, 29, 9), Some(7)),
            made(at(2026, 11, 26, 9), Some(3)),
            made(at(2026, 11, 26, 15), None),
        ];
        assert_eq!(newest_first(&all, now), [2, 3, 4, 0]);
        // An hour that comes twice is no future.
        let twice = made(at(2026, 10, 25, 2), None);
        assert!(!twice.is_ahead(at(2026, 10, 25, 1)));
        assert!(twice.is_ahead(at(2026, 10, 25, 0)));
    }

    proptest! {
        /// Whatever there is, in whatever order it was made and whatever the clock says: of what is not from the future never
        /// more than 23, the newest among them; all from the future; and thinning again takes none.
        #[test]
        fn thinning_keeps_few_and_the_newest_and_the_future_and_ends(
            hours in prop::collection::vec((0i64..20_000, prop::option::of(0i64..300)), 1..200),
            now in 0i64..20_000,
        ) {
            let hour = |hour| at(2026, 1, 1, 0) + TimeDelta::hours(hour);
            let made: Vec<Made> = hours.iter().map(|(at, order)| Made { at: hour(*at), order: *order }).collect();
            let now = hour(now);
            let stay = kept(&made, now);
            let first: Vec<Made> = made.iter().zip(&stay).filter(|(_, kept)| **kept).map(|(one, _)| *one).collect();
            let ahead = |all: &[Made]| all.iter().filter(|one| one.is_ahead(now)).count();
            prop_assert_eq!(ahead(&first), ahead(&made));
            prop_assert!(first.len() - ahead(&first) <= DAYS + WEEKS + MONTHS);
            if let Some(newest) = newest_first(&made, now).first() {
                prop_assert!(stay[*newest]);
            }
            prop_assert!(kept(&first, now).iter().all(|kept| *kept));
        }
    }
}
