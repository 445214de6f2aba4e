//! Which backups are kept: the newest of each of seven days, four weeks and twelve months, as schools' IT does it.

use chrono::{Datelike, NaiveDateTime};
use std::collections::BTreeSet;

/// Days, weeks and months of which the newest backup is kept. Practice, not a rule of law.
const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;

/// The day, week or month a moment lies in.
type Period = fn(&NaiveDateTime) -> (i32, u32);

/// For each backup, by when it was made, whether it is kept. Counted are days, weeks and months that have one, so that a
/// summer without backups costs none. The newest of all is always kept.
pub fn kept(made: &[NaiveDateTime]) -> Vec<bool> {
    let mut newest_first: Vec<usize> = (0..made.len()).collect();
    newest_first.sort_by_key(|at| std::cmp::Reverse(made[*at]));
    let mut kept = vec![false; made.len()];
    let periods: [(usize, Period); 3] = [
        (DAYS, |at| (at.year(), at.ordinal())),
        (WEEKS, |at| (at.iso_week().year(), at.iso_week().week())),
        (MONTHS, |at| (at.year(), at.month())),
    ];
    for (most, period) in periods {
        let mut seen = BTreeSet::new();
        for at in &newest_first {
            if seen.len() < most && seen.insert(period(&made[*at])) {
                kept[*at] = true;
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Days, NaiveDate, TimeDelta};
    use proptest::prelude::*;

    fn at(y: i32, m: u32, d: u32, hour: u32) -> NaiveDateTime {
        let day = NaiveDate::from_ymd_opt(y, m, d).unwrap();
        day.and_hms_opt(hour, 0, 0).unwrap()
    }

    fn left(made: &[NaiveDateTime]) -> Vec<NaiveDateTime> {
        let kept = kept(made);
        let each = made.iter().zip(kept);
        each.filter(|(_, kept)| *kept).map(|(at, _)| *at).collect()
    }

    #[test]
    fn of_a_day_the_newest_is_kept_of_years_seven_days_four_weeks_and_twelve_months() {
        let one = [
            at(2026, 11, 26, 9),
            at(2026, 11, 26, 16),
            at(2026, 11, 25, 16),
        ];
        assert_eq!(left(&one), [one[1], one[2]]);
        // Every day for two years, to Thursday 26 November 2026.
        let last = at(2026, 11, 26, 16);
        let daily: Vec<NaiveDateTime> = (0..730).map(|day| last - Days::new(day)).collect();
        let left = left(&daily);
        for (day, why) in [
            (last, "today"),
            (at(2026, 11, 20, 16), "the seventh day"),
            (at(2026, 11, 15, 16), "Sunday of the week before last"),
            (at(2026, 11, 8, 16), "Sunday of the fourth week"),
            (at(2026, 10, 31, 16), "the last of October"),
            (at(2025, 12, 31, 16), "the last of the twelfth month"),
        ] {
            assert!(left.contains(&day), "{why}");
        }
        assert!(!left.contains(&at(2026, 11, 19, 16)) && !left.contains(&at(2025, 11, 30, 16)));
        assert_eq!(left.len(), 7 + 2 + 11);
        assert_eq!(
            left.len(),
            super::kept(&left).iter().filter(|kept| **kept).count()
        );
    }

    proptest! {
        /// Whatever there is: never more than 23, the newest among them, and thinning again takes none.
        #[test]
        fn thinning_keeps_few_and_the_newest_and_ends(hours in prop::collection::vec(0i64..20_000, 1..200)) {
            let made: Vec<_> = hours.iter().map(|hour| at(2026, 1, 1, 0) + TimeDelta::hours(*hour)).collect();
            let first = left(&made);
            prop_assert!(first.len() <= DAYS + WEEKS + MONTHS);
            prop_assert!(first.contains(made.iter().max().unwrap()));
            prop_assert_eq!(left(&first), first);
        }
    }
}
