//! The half-terms most schools of England keep, worked out for any year: what term dates begin from.
//!
//! Each council and trust sets its own dates, so these are offered to be put right and never taken for a school's own.

use super::bank;
use crate::domain::form::{Value, Values};
use crate::domain::year::AcademicYear;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A half of a term, as a school enters it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Half {
    /// `Autumn 1` to `Summer 2`.
    pub name: &'static str,
    /// First day.
    pub starts: NaiveDate,
    /// Last day, included.
    pub ends: NaiveDate,
}

impl Half {
    /// The form of a term, filled in with it.
    pub fn values(&self) -> Values {
        Values::from([
            ("name", Some(Value::Text(self.name.to_owned()))),
            ("starts", Some(Value::Date(self.starts))),
            ("ends", Some(Value::Date(self.ends))),
        ])
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// The last such weekday on or before a day.
fn last(weekday: Weekday, by: NaiveDate) -> NaiveDate {
    let back = (by.weekday().num_days_from_monday() + 7 - weekday.num_days_from_monday()) % 7;
    before(by, u64::from(back))
}

/// The first weekday on or after a day that is no bank holiday.
fn open(from: NaiveDate) -> NaiveDate {
    let is_open = |day: &NaiveDate| {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && bank::name_of(*day).is_none()
    };
    from.iter_days().take(14).find(is_open).unwrap_or(from)
}

/// Last day before the Easter holiday and first after it: two weeks that hold both bank holidays.
fn easter(year: i32) -> (NaiveDate, NaiveDate) {
    let friday = day(year, 3, 19)
        .iter_days()
        .take(40)
        .find(|day| bank::name_of(*day) == Some("Good Friday"))
        .unwrap_or(day(year, 4, 7));
    match (friday.month(), friday.day()) {
        // Early: school until Maundy Thursday, then two weeks.
        (3, _) => (before(friday, 1), after(friday, 17)),
        (_, ..10) => (before(friday, 7), after(friday, 10)),
        // Late: the holiday ends with Easter Monday.
        _ => (before(friday, 14), after(friday, 4)),
    }
}

/// The academic year whose terms are entered on a day: in the summer holidays the one to come.
pub fn year_to_enter(day: NaiveDate) -> AcademicYear {
    let year = AcademicYear::of(day);
    let [.., last] = halves(year);
    if last.ends < day {
        AcademicYear(year.0 + 1)
    } else {
        year
    }
}

/// The six halves of an academic year.
pub fn halves(year: AcademicYear) -> [Half; 6] {
    let (autumn, spring) = (year.0, year.0 + 1);
    let mut first = open(day(autumn, 9, 1));
    if first.weekday() == Weekday::Fri {
        first = open(after(first, 3));
    }
    let october = last(Weekday::Fri, day(autumn, 10, 31));
    let christmas = last(Weekday::Fri, day(autumn, 12, 22));
    let february = last(Weekday::Mon, day(spring, 2, 18));
    let (lent, back) = easter(spring);
    let may = last(Weekday::Mon, day(spring, 5, 31));
    let mut july = day(spring, 7, 22);
    if matches!(july.weekday(), Weekday::Sat | Weekday::Sun | Weekday::Mon) {
        july = last(Weekday::Fri, july);
    }
    let half = |name, starts, ends| Half { name, starts, ends };
    [
        half("Autumn 1", first, before(october, 7)),
        half("Autumn 2", open(after(october, 3)), christmas),
        half("Spring 1", open(after(christmas, 17)), before(february, 3)),
        half("Spring 2", open(after(february, 7)), lent),
        half("Summer 1", open(back), before(may, 3)),
        half("Summer 2", open(after(may, 7)), july),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_2026_are_those_a_school_of_england_would_keep() {
        let shown: Vec<String> = halves(AcademicYear(2026))
            .iter()
            .map(|half| format!("{}: {} to {}", half.name, half.starts, half.ends))
            .collect();
        assert_eq!(
            shown,
            [
                "Autumn 1: 2026-09-01 to 2026-10-23",
                "Autumn 2: 2026-11-02 to 2026-12-18",
                "Spring 1: 2027-01-04 to 2027-02-12",
                "Spring 2: 2027-02-22 to 2027-03-25",
                "Summer 1: 2027-04-12 to 2027-05-28",
                "Summer 2: 2027-06-07 to 2027-07-22",
            ]
        );
    }

    #[test]
    fn in_the_summer_holidays_the_terms_to_come_are_entered() {
        let year = |month, of_month| year_to_enter(day(2027, month, of_month));
        assert_eq!(year(7, 22), AcademicYear(2026));
        assert_eq!(year(7, 23), AcademicYear(2027));
        assert_eq!(year(8, 31), AcademicYear(2027));
        assert_eq!(year(9, 1), AcademicYear(2027));
    }

    #[test]
    fn halves_of_any_year_follow_one_another_with_holidays_between_and_no_bank_holiday_at_either_end()
     {
        for year in 1990..2120 {
            let halves = halves(AcademicYear(year));
            for half in &halves {
                let weeks = (half.ends - half.starts).num_days() / 7;
                assert!((3..=8).contains(&weeks), "{year} {half:?}");
                for day in [half.starts, half.ends] {
                    assert!(
                        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
                        "{half:?}"
                    );
                    assert_eq!(bank::name_of(day), None, "{half:?}");
                }
            }
            for pair in halves.windows(2) {
                let closed = (pair[1].starts - pair[0].ends).num_days();
                assert!((10..=19).contains(&closed), "{year} {pair:?}");
            }
        }
    }
}
