//! Bank holidays of England and Wales: the published list, and the rule beyond its years.
//!
//! Refuses to know one-off days outside the published years: nobody can work those out.

use crate::domain::source::{Source, Standing};
use chrono::{Datelike, Days, NaiveDate, Weekday};

const NEW_YEAR: &str = "New Year's Day";
const GOOD_FRIDAY: &str = "Good Friday";
const EASTER_MONDAY: &str = "Easter Monday";
const EARLY_MAY: &str = "Early May bank holiday";
const SPRING: &str = "Spring bank holiday";
const SUMMER: &str = "Summer bank holiday";
const CHRISTMAS: &str = "Christmas Day";
const BOXING: &str = "Boxing Day";

/// Where the days of 2019 to 2028 come from.
pub const PUBLISHED: Source = Source {
    authority: "gov.uk/bank-holidays, last updated 24/11/2025",
    standing: Standing::Law,
    from: NaiveDate::from_ymd_opt(FIRST, 1, 1),
    to: NaiveDate::from_ymd_opt(LAST, 12, 31),
    sure: true,
};

/// Where the days of other years come from: worked out, so a day added or moved by proclamation is not known.
pub const WORKED_OUT: Source = Source {
    authority: "Banking and Financial Dealings Act 1971, Sch. 1, and the usual proclamations",
    standing: Standing::Law,
    from: None,
    to: None,
    sure: false,
};

/// First and last year of the published list.
const FIRST: i32 = 2019;
const LAST: i32 = 2028;

/// The published list by year, month and day, one-off titles shortened.
#[rustfmt::skip]
const DAYS: &[(i32, u32, u32, &str)] = &[
    (2019, 1, 1, NEW_YEAR),
    (2019, 4, 19, GOOD_FRIDAY),
    (2019, 4, 22, EASTER_MONDAY),
    (2019, 5, 6, EARLY_MAY),
    (2019, 5, 27, SPRING),
    (2019, 8, 26, SUMMER),
    (2019, 12, 25, CHRISTMAS),
    (2019, 12, 26, BOXING),
    (2020, 1, 1, NEW_YEAR),
    (2020, 4, 10, GOOD_FRIDAY),
    (2020, 4, 13, EASTER_MONDAY),
    (2020, 5, 8, "VE Day"),
    (2020, 5, 25, SPRING),
    (2020, 8, 31, SUMMER),
    (2020, 12, 25, CHRISTMAS),
    (2020, 12, 28, BOXING),
    (2021, 1, 1, NEW_YEAR),
    (2021, 4, 2, GOOD_FRIDAY),
    (2021, 4, 5, EASTER_MONDAY),
    (2021, 5, 3, EARLY_MAY),
    (2021, 5, 31, SPRING),
    (2021, 8, 30, SUMMER),
    (2021, 12, 27, CHRISTMAS),
    (2021, 12, 28, BOXING),
    (2022, 1, 3, NEW_YEAR),
    (2022, 4, 15, GOOD_FRIDAY),
    (2022, 4, 18, EASTER_MONDAY),
    (2022, 5, 2, EARLY_MAY),
    (2022, 6, 2, SPRING),
    (2022, 6, 3, "Platinum Jubilee bank holiday"),
    (2022, 8, 29, SUMMER),
    (2022, 9, 19, "State Funeral of Queen Elizabeth II"),
    (2022, 12, 26, BOXING),
    (2022, 12, 27, CHRISTMAS),
    (2023, 1, 2, NEW_YEAR),
    (2023, 4, 7, GOOD_FRIDAY),
    (2023, 4, 10, EASTER_MONDAY),
    (2023, 5, 1, EARLY_MAY),
    (2023, 5, 8, "Coronation of King Charles III"),
    (2023, 5, 29, SPRING),
    (2023, 8, 28, SUMMER),
    (2023, 12, 25, CHRISTMAS),
    (2023, 12, 26, BOXING),
    (2024, 1, 1, NEW_YEAR),
    (2024, 3, 29, GOOD_FRIDAY),
    (2024, 4, 1, EASTER_MONDAY),
    (2024, 5, 6, EARLY_MAY),
    (2024, 5, 27, SPRING),
    (2024, 8, 26, SUMMER),
    (2024, 12, 25, CHRISTMAS),
    (2024, 12, 26, BOXING),
    (2025, 1, 1, NEW_YEAR),
    (2025, 4, 18, GOOD_FRIDAY),
    (2025, 4, 21, EASTER_MONDAY),
    (2025, 5, 5, EARLY_MAY),
    (2025, 5, 26, SPRING),
    (2025, 8, 25, SUMMER),
    (2025, 12, 25, CHRISTMAS),
    (2025, 12, 26, BOXING),
    (2026, 1, 1, NEW_YEAR),
    (2026, 4, 3, GOOD_FRIDAY),
    (2026, 4, 6, EASTER_MONDAY),
    (2026, 5, 4, EARLY_MAY),
    (2026, 5, 25, SPRING),
    (2026, 8, 31, SUMMER),
    (2026, 12, 25, CHRISTMAS),
    (2026, 12, 28, BOXING),
    (2027, 1, 1, NEW_YEAR),
    (2027, 3, 26, GOOD_FRIDAY),
    (2027, 3, 29, EASTER_MONDAY),
    (2027, 5, 3, EARLY_MAY),
    (2027, 5, 31, SPRING),
    (2027, 8, 30, SUMMER),
    (2027, 12, 27, CHRISTMAS),
    (2027, 12, 28, BOXING),
    (2028, 1, 3, NEW_YEAR),
    (2028, 4, 14, GOOD_FRIDAY),
    (2028, 4, 17, EASTER_MONDAY),
    (2028, 5, 1, EARLY_MAY),
    (2028, 5, 29, SPRING),
    (2028, 8, 28, SUMMER),
    (2028, 12, 25, CHRISTMAS),
    (2028, 12, 26, BOXING),
];

/// Whether the bank holidays of that day's year are published; otherwise they are worked out by rule.
pub fn is_published(day: NaiveDate) -> bool {
    (FIRST..=LAST).contains(&day.year())
}

/// Where the answer of [`name_of`] for that day comes from.
pub fn source(day: NaiveDate) -> &'static Source {
    if is_published(day) {
        &PUBLISHED
    } else {
        &WORKED_OUT
    }
}

/// The bank holiday a day is, if it is one. A substitute day bears the name of the day it stands for.
pub fn name_of(day: NaiveDate) -> Option<&'static str> {
    if !is_published(day) {
        return by_rule(day);
    }
    let key = (day.year(), day.month(), day.day());
    let at = DAYS
        .binary_search_by_key(&key, |(y, m, d, _)| (*y, *m, *d))
        .ok()?;
    DAYS.get(at).map(|(_, _, _, name)| *name)
}

/// The eight usual days. Easter Monday, the last Mondays of May and August and 26 December are in the Act; New
/// Year and the first Monday of May are proclaimed each year, as are substitutes for days on a weekend; Good
/// Friday and Christmas Day are holidays at common law.
fn by_rule(day: NaiveDate) -> Option<&'static str> {
    use Weekday::{Mon, Sat, Sun, Tue};
    let weekday = day.weekday();
    if matches!(weekday, Sat | Sun) {
        return None;
    }
    match (day.month(), day.day()) {
        (1, 1) => Some(NEW_YEAR),
        (1, 2 | 3) if weekday == Mon => Some(NEW_YEAR),
        (3 | 4, _) => {
            let easter = easter(day.year())?;
            if easter.checked_sub_days(Days::new(2)) == Some(day) {
                Some(GOOD_FRIDAY)
            } else {
                (easter.succ_opt() == Some(day)).then_some(EASTER_MONDAY)
            }
        }
        (5, 1..=7) if weekday == Mon => Some(EARLY_MAY),
        (5, 25..) if weekday == Mon => Some(SPRING),
        (8, 25..) if weekday == Mon => Some(SUMMER),
        (12, 25) => Some(CHRISTMAS),
        (12, 26) => Some(BOXING),
        // 25 December on a Saturday or on a Sunday: 27 December stands for it.
        (12, 27) if matches!(weekday, Mon | Tue) => Some(CHRISTMAS),
        // 26 December on a Saturday or on a Sunday: 28 December stands for it.
        (12, 28) if matches!(weekday, Mon | Tue) => Some(BOXING),
        _ => None,
    }
}

/// Easter Sunday of the Gregorian calendar, after the anonymous rule of 1876 (Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (century, in_century) = (year.div_euclid(100), year.rem_euclid(100));
    let golden = year.rem_euclid(19);
    let shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - shift + 15).rem_euclid(30);
    let to_sunday =
        (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let sum = epact + to_sunday - 7 * late + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(sum / 31).ok()?,
        u32::try_from(sum % 31).ok()? + 1,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn the_published_list_is_in_order_on_weekdays_and_within_its_years() {
        assert!(DAYS.is_sorted_by(|a, b| (a.0, a.1, a.2) < (b.0, b.1, b.2)));
        for year in FIRST..=LAST {
            let count = DAYS.iter().filter(|(y, ..)| *y == year).count();
            let extra = match year {
                2022 => 2,
                2023 => 1,
                _ => 0,
            };
            assert_eq!(count, 8 + extra, "{year}");
        }
        for (y, m, d, name) in DAYS {
            let day = day(*y, *m, *d);
            assert!(
                !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
                "{name} {day}"
            );
            assert_eq!(name_of(day), Some(*name));
        }
    }

    /// Every day on which rule and list differ is named here, with the proclamation that made it so.
    #[test]
    fn the_rule_agrees_with_every_published_day_but_the_proclaimed_exceptions() {
        let exceptions = [
            (day(2020, 5, 4), None, Some(EARLY_MAY)), // moved to Friday 8 May for VE Day
            (day(2020, 5, 8), Some("VE Day"), None),
            (day(2022, 5, 30), None, Some(SPRING)), // moved to Thursday 2 June for the jubilee
            (day(2022, 6, 2), Some(SPRING), None),
            (day(2022, 6, 3), Some("Platinum Jubilee bank holiday"), None),
            (
                day(2022, 9, 19),
                Some("State Funeral of Queen Elizabeth II"),
                None,
            ),
            (
                day(2023, 5, 8),
                Some("Coronation of King Charles III"),
                None,
            ),
        ];
        let mut differ = Vec::new();
        for day in day(2019, 1, 1)
            .iter_days()
            .take_while(|day| day.year() <= LAST)
        {
            if name_of(day) != by_rule(day) {
                differ.push((day, name_of(day), by_rule(day)));
            }
        }
        assert_eq!(differ, exceptions);
    }

    #[test]
    fn easter_falls_where_the_almanac_has_it() {
        for (y, m, d) in [
            (1900, 4, 15),
            (1954, 4, 18),
            (1981, 4, 19),
            (2000, 4, 23),
            (2008, 3, 23),
            (2038, 4, 25),
            (2049, 4, 18),
            (2285, 3, 22),
        ] {
            assert_eq!(easter(y), Some(day(y, m, d)));
        }
    }

    #[test]
    fn years_beyond_the_list_are_worked_out_and_say_so() {
        assert!(is_published(day(2028, 12, 31)) && !is_published(day(2029, 1, 1)));
        assert!(source(day(2026, 1, 1)).sure && !source(day(2030, 1, 1)).sure);
        for (y, m, d, name) in [
            (2029, 1, 1, NEW_YEAR),
            (2029, 3, 30, GOOD_FRIDAY),
            (2029, 4, 2, EASTER_MONDAY),
            (2032, 12, 27, CHRISTMAS), // 25 December 2032 is a Saturday
            (2032, 12, 28, BOXING),
            (2033, 1, 3, NEW_YEAR), // 1 January 2033 is a Saturday
            (2033, 12, 26, BOXING), // 25 December 2033 is a Sunday
            (2033, 12, 27, CHRISTMAS),
        ] {
            assert_eq!(name_of(day(y, m, d)), Some(name), "{y}-{m}-{d}");
        }
        let count = |year| {
            day(year, 1, 1)
                .iter_days()
                .take_while(|day| day.year() == year)
                .filter(|day| name_of(*day).is_some())
                .count()
        };
        for year in 2029..2200 {
            assert_eq!(count(year), 8, "{year}");
        }
    }
}
