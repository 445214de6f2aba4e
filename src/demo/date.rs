//! Days an invented school is open: weekdays outside the holidays most schools keep.

use super::dice::Dice;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// First and last day, as month and day, of the weeks in which every school is open, whenever Easter is.
const OPEN: [((u32, u32), (u32, u32)); 6] = [
    ((1, 7), (2, 10)),
    ((2, 22), (3, 20)),
    ((4, 27), (5, 22)),
    ((6, 7), (7, 17)),
    ((9, 6), (10, 18)),
    ((11, 3), (12, 15)),
];

/// True on a day every school is open.
pub(super) fn is_school_day(day: NaiveDate) -> bool {
    let date = (day.month(), day.day());
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let early_may = day.month() == 5 && day.weekday() == Weekday::Mon && day.day() <= 8;
    !weekend
        && !early_may
        && OPEN
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&date))
}

/// A school day between two days, both included; the last one before the first when there is none between.
pub(super) fn school_day(dice: &mut Dice, first: NaiveDate, last: NaiveDate) -> NaiveDate {
    let days = (last - first).num_days().max(0) as usize;
    for _ in 0..24 {
        let day = first + Days::new(dice.below(days + 1) as u64);
        if day <= last && is_school_day(day) {
            return day;
        }
    }
    let mut day = last;
    while !is_school_day(day) {
        day = day - Days::new(1);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn weekends_holidays_and_the_may_bank_holiday_are_no_school_days() {
        for (on, open) in [
            (day(2026, 11, 23), true),
            (day(2026, 11, 22), false),
            (day(2026, 8, 12), false),
            (day(2026, 12, 25), false),
            (day(2026, 5, 4), false),
            (day(2026, 5, 5), true),
        ] {
            assert_eq!(is_school_day(on), open, "{on}");
        }
    }

    #[test]
    fn with_no_school_day_between_the_last_one_before_is_given() {
        let mut dice = Dice::new(1, 0);
        assert_eq!(
            school_day(&mut dice, day(2026, 8, 1), day(2026, 8, 20)),
            day(2026, 7, 17)
        );
    }
}
