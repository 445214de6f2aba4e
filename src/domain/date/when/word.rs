//! Single words of the date grammar, and the days they mean.

use super::Looking;
use crate::domain::calendar::Calendar;
use crate::domain::date::{clock, month_of};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

const NAMES: [(Weekday, &str, &str); 7] = [
    (Weekday::Mon, "monday", "Mon"),
    (Weekday::Tue, "tuesday", "Tue"),
    (Weekday::Wed, "wednesday", "Wed"),
    (Weekday::Thu, "thursday", "Thu"),
    (Weekday::Fri, "friday", "Fri"),
    (Weekday::Sat, "saturday", "Sat"),
    (Weekday::Sun, "sunday", "Sun"),
];

/// The days whose names begin so, with their short names.
pub(super) fn weekdays(word: &str) -> Vec<(Weekday, &'static str)> {
    if word == "weds" {
        return vec![(Weekday::Wed, "Wed")];
    }
    let fits = NAMES
        .iter()
        .filter(|(_, name, _)| !word.is_empty() && name.starts_with(word));
    fits.map(|(weekday, _, short)| (*weekday, *short)).collect()
}

/// `next` is the week after this one, `last` the week before.
pub(super) fn week_step(word: &str) -> Option<i64> {
    match word {
        "next" => Some(1),
        "last" => Some(-1),
        _ => None,
    }
}

/// A day of the week so many weeks from this one; weeks run Monday to Sunday.
pub(super) fn in_week(today: NaiveDate, step: i64, weekday: Weekday) -> Option<NaiveDate> {
    let from_today = i64::from(weekday.num_days_from_monday())
        - i64::from(today.weekday().num_days_from_monday());
    add_days(today, step.checked_mul(7)?.checked_add(from_today)?)
}

/// The next, last or nearest day of that name; never today.
pub(super) fn named_day(today: NaiveDate, weekday: Weekday, looking: Looking) -> Option<NaiveDate> {
    let ahead = match weekday.days_since(today.weekday()) {
        0 => 7,
        days => i64::from(days),
    };
    let back = match today.weekday().days_since(weekday) {
        0 => 7,
        days => i64::from(days),
    };
    let forth = match looking {
        Looking::Ahead => true,
        Looking::Back => false,
        Looking::Nearest => ahead < back,
    };
    add_days(today, if forth { ahead } else { -back })
}

fn add_days(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let size = Days::new(days.unsigned_abs());
    if days < 0 {
        day.checked_sub_days(size)
    } else {
        day.checked_add_days(size)
    }
}

/// `12` or `12th`, as a day of a month.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word);
    let number = digits_of(digits, 2)?;
    (1..=31).contains(&number).then_some(number)
}

/// A month by number or name.
pub(super) fn month(word: &str) -> Option<u32> {
    if is_month_name(word) {
        return month_of(word);
    }
    digits_of(word, 2).filter(|number| (1..=12).contains(number))
}

/// A month by number, if it has that day in every year.
pub(super) fn month_for(word: &str, day: u32) -> Option<u32> {
    const COMMON: i32 = 2001;
    let month = digits_of(word, 2)?;
    NaiveDate::from_ymd_opt(COMMON, month, day).map(|_| month)
}

/// Whether a word is the name of a month or its first three letters and more.
pub(super) fn is_month_name(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_alphabetic()) && month_of(word).is_some()
}

/// `12mar`: number and name of a month in one word.
pub(super) fn glued(word: &str) -> Option<(&str, &str)> {
    let at = word
        .find(|c: char| !c.is_ascii_digit())
        .filter(|at| *at > 0)?;
    let (number, name) = word.split_at_checked(at)?;
    is_month_name(name).then_some((number, name))
}

/// A year of four digits, or of two within the hundred years that end so many ahead.
pub(super) fn year(word: &str, this: i32, ahead: i32) -> Option<i32> {
    let number = i32::try_from(digits_of(word, 4)?).ok()?;
    match word.len() {
        4 => Some(number),
        2 => {
            let last = this.checked_add(ahead)?;
            Some(last - (last - number).rem_euclid(100))
        }
        _ => None,
    }
}

/// `wk3`, `week3`.
pub(super) fn week_number(word: &str) -> Option<u32> {
    let digits = word
        .strip_prefix("wk")
        .or_else(|| word.strip_prefix("week"))?;
    digits_of(digits, 3)
}

/// What an offset counts.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    SchoolDay,
}

impl Unit {
    pub(super) fn step(self, from: NaiveDate, size: i64, calendar: &Calendar) -> Option<NaiveDate> {
        match self {
            Self::Day => add_days(from, size),
            Self::Week => add_days(from, size.checked_mul(7)?),
            Self::Month => {
                let months = Months::new(u32::try_from(size.unsigned_abs()).ok()?);
                if size < 0 {
                    from.checked_sub_months(months)
                } else {
                    from.checked_add_months(months)
                }
            }
            Self::SchoolDay => calendar.add_school_days(from, size),
        }
    }
}

/// `3d`, `-2w`, `+1m`, `5sd`, and `3days`; the size is missing where it has more digits than make sense.
pub(super) fn offset(word: &str) -> Option<(Option<i64>, Unit)> {
    let (sign, body) = match word.strip_prefix('-') {
        Some(body) => (-1, body),
        None => (1, word.strip_prefix('+').unwrap_or(word)),
    };
    let at = body
        .find(|c: char| !c.is_ascii_digit())
        .filter(|at| *at > 0)?;
    let (digits, unit) = body.split_at_checked(at)?;
    let unit = match unit {
        "d" | "day" | "days" => Unit::Day,
        "w" | "week" | "weeks" => Unit::Week,
        "m" | "month" | "months" => Unit::Month,
        "sd" => Unit::SchoolDay,
        _ => return None,
    };
    let size = digits_of(digits, 6).map(|size| sign * i64::from(size));
    Some((size, unit))
}

/// Whether two words are one with a space in it: `2 pm`, `3 days`, `wk 3`.
pub(super) fn belong(first: &str, second: &str) -> bool {
    match second {
        "am" | "pm" => clock::looks_like(first),
        "day" | "days" | "week" | "weeks" | "month" | "months" => {
            digits_of(first.trim_start_matches(['-', '+']), 6).is_some()
        }
        _ => matches!(first, "wk" | "week") && digits_of(second, 3).is_some(),
    }
}

/// The next, last or nearest day with that number, today included; months without it are passed over.
pub(super) fn day_of_month(today: NaiveDate, number: u32, looking: Looking) -> Option<NaiveDate> {
    let first = today.with_day(1)?;
    let months = |forth: bool| {
        (0..12).filter_map(move |size| {
            let month = if forth {
                first.checked_add_months(Months::new(size))?
            } else {
                first.checked_sub_months(Months::new(size))?
            };
            month.with_day(number)
        })
    };
    let next = months(true).find(|day| *day >= today);
    let last = months(false).find(|day| *day <= today);
    match looking {
        Looking::Ahead => next,
        Looking::Back => last,
        Looking::Nearest => [last, next]
            .into_iter()
            .flatten()
            .min_by_key(|day| (*day - today).abs()),
    }
}

/// The year in which a day and month are next, last or nearest, today included. A day that does not exist is looked
/// for as the last of its month, so that it can be offered.
pub(super) fn year_for(today: NaiveDate, month: u32, day: u32, looking: Looking) -> Option<i32> {
    let this = today.year();
    let mut years = (this - 1..=this + 1).filter_map(|year| {
        let (found, _) = day_or_last(year, month, day)?;
        Some((year, found))
    });
    let found = match looking {
        Looking::Ahead => years.find(|(_, found)| *found >= today),
        Looking::Back => years.rfind(|(_, found)| *found <= today),
        Looking::Nearest => return crate::domain::date::nearest_year(month, day, today),
    };
    found.map(|(year, _)| year)
}

/// That day and true, or the last of that month and false where the month is shorter.
pub(super) fn day_or_last(year: i32, month: u32, day: u32) -> Option<(NaiveDate, bool)> {
    if !(1..=31).contains(&day) {
        return None;
    }
    let there = NaiveDate::from_ymd_opt(year, month, day);
    there
        .map(|day| (day, true))
        .or_else(|| Some((last_of_month(year, month)?, false)))
}

/// The last day of a month.
pub(super) fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    (28..=31)
        .rev()
        .find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
}

/// Digits and nothing else, at most so many.
fn digits_of(text: &str, most: usize) -> Option<u32> {
    let fits = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}
