//! Dates as people in England write and read them: day before month, always. [`read`] is the plain box of a date on
//! file; [`read_when`] takes the whole grammar, with terms and times.

mod clock;
mod fault;
mod when;

pub use fault::DateFault;
pub use when::{Advice, Looking, Read, When, read_leading, read_when};

use super::moment::Moment;
use chrono::{Datelike, Days, Months, NaiveDate};

/// `Mon 23 Nov 2026`: a date that is read carefully.
pub fn full(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// `23 Nov 2026`: a date in a list of fields.
pub fn medium(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// `14/03/2018`: a date of birth.
pub fn short(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// `2026-11-23`: a date for programs and for the store.
pub fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// `30 Nov`: a day where the year is plain.
pub fn day_month(day: NaiveDate) -> String {
    day.format("%-d %b").to_string()
}

/// `Mon 30 Nov`, with the year when it is not today's.
pub fn named(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() {
        day.format("%a %-d %b").to_string()
    } else {
        full(day)
    }
}

/// `today`, `yesterday`, `tomorrow`, else as [`named`].
pub fn relative(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        _ => named(day, today),
    }
}

/// A stored date back.
pub fn from_iso(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

/// Whole years of age on a day. Born on 29 February, a birthday falls on 1 March in a common year.
pub fn age_on(dob: NaiveDate, today: NaiveDate) -> Option<u32> {
    today.years_since(dob)
}

/// Reads a date box. `today` is the working date. Two-digit years are read so that the date is not more than
/// ten years ahead: dates of birth and dates on file lie behind.
///
/// Forms: `t`, `y`, `tm`, `-3d`, `2w`, `1m`, `14/3/2018`, `14.3.18`, `14-03-2018`, `14/3` (the nearest one in
/// this academic year's past or the coming months), `14 Mar 2018`, `14 March`, `2018-03-14`.
///
/// # Errors
/// When it is no date, or a day that does not exist; the second names the day that was probably meant.
pub fn read(text: &str, today: NaiveDate) -> Result<NaiveDate, DateFault> {
    let typed = text.trim();
    let folded = super::text::fold(typed);
    match folded.as_str() {
        "t" | "today" => return Ok(today),
        "y" | "yesterday" => return Ok(today - Days::new(1)),
        "tm" | "tomorrow" => return Ok(today + Days::new(1)),
        _ => {}
    }
    if let Some(day) = read_offset(&folded, today) {
        return Ok(day);
    }
    let parts: Vec<&str> = folded
        .split(['/', '-', '.', ' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let parts: Vec<&str> = match parts.split_first() {
        Some((first, rest)) if rest.len() >= 2 && first.chars().all(char::is_alphabetic) => {
            rest.to_vec()
        }
        _ => parts,
    };
    let not_a_date = || DateFault::NotADate(typed.to_owned());
    let number = |part: &str| {
        part.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h'])
            .parse::<u32>()
            .ok()
    };
    let (year, month, day) = match parts.as_slice() {
        [y, m, d] if y.len() == 4 && y.parse::<i32>().is_ok() => {
            (y.parse::<i32>().ok(), month_of(m), number(d))
        }
        [d, m, y] => (read_year_part(y, today), month_of(m), number(d)),
        [d, m] => {
            let (month, day) = (month_of(m), number(d));
            let year = month.and_then(|month| nearest_year(month, day?, today));
            (year, month, day)
        }
        _ => return Err(not_a_date()),
    };
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return Err(not_a_date());
    };
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| no_such_day(typed, year, month, day))
}

fn read_offset(folded: &str, today: NaiveDate) -> Option<NaiveDate> {
    let unit = folded.chars().last()?;
    let number = folded[..folded.len() - unit.len_utf8()]
        .parse::<i32>()
        .ok()?;
    let size = number.unsigned_abs();
    match (unit, number < 0) {
        ('d', false) => today.checked_add_days(Days::new(u64::from(size))),
        ('d', true) => today.checked_sub_days(Days::new(u64::from(size))),
        ('w', false) => today.checked_add_days(Days::new(u64::from(size) * 7)),
        ('w', true) => today.checked_sub_days(Days::new(u64::from(size) * 7)),
        ('m', false) => today.checked_add_months(Months::new(size)),
        ('m', true) => today.checked_sub_months(Months::new(size)),
        _ => None,
    }
}

/// The month a number or an English name (three letters or more) means.
pub fn month_of(part: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if let Ok(number) = part.parse::<u32>() {
        return (1..=12).contains(&number).then_some(number);
    }
    if part == "sept" {
        return Some(9);
    }
    let found = NAMES
        .iter()
        .position(|name| part.len() >= 3 && name.starts_with(part))?;
    u32::try_from(found).ok().map(|index| index + 1)
}

fn read_year_part(part: &str, today: NaiveDate) -> Option<i32> {
    let number = part.parse::<i32>().ok()?;
    match part.len() {
        4 => Some(number),
        2 => {
            let this = today.year();
            let full = this - this.rem_euclid(100) + number;
            Some(if full > this + 10 { full - 100 } else { full })
        }
        _ => None,
    }
}

/// The year that brings a day and month closest to today.
fn nearest_year(month: u32, day: u32, today: NaiveDate) -> Option<i32> {
    (today.year() - 1..=today.year() + 1)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day).map(|date| (year, date)))
        .min_by_key(|(_, date)| (*date - today).num_days().abs())
        .map(|(year, _)| year)
        .or(Some(today.year()))
}

fn no_such_day(typed: &str, year: i32, month: u32, day: u32) -> DateFault {
    let last = (28..=day.clamp(28, 31))
        .rev()
        .find_map(|d| NaiveDate::from_ymd_opt(year, month, d));
    match last {
        Some(last) if day > 28 => DateFault::NoSuchDay {
            typed: typed.to_owned(),
            last: Moment::on(last),
        },
        _ => DateFault::NotADate(typed.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn dates_are_read_day_first_in_every_form() {
        let today = day(2026, 11, 23);
        for (text, want) in [
            ("14/3/2018", day(2018, 3, 14)),
            ("14.03.18", day(2018, 3, 14)),
            ("14-03-2018", day(2018, 3, 14)),
            ("2018-03-14", day(2018, 3, 14)),
            ("14 Mar 2018", day(2018, 3, 14)),
            ("14th March 2018", day(2018, 3, 14)),
            ("Wed 14 Mar 2018", day(2018, 3, 14)),
            ("1 sept 24", day(2024, 9, 1)),
            ("4/5/95", day(1995, 5, 4)),
            ("12/3", day(2027, 3, 12)),
            ("12 oct", day(2026, 10, 12)),
            ("t", today),
            ("y", day(2026, 11, 22)),
            ("-3d", day(2026, 11, 20)),
            ("2w", day(2026, 12, 7)),
            ("1m", day(2026, 12, 23)),
        ] {
            assert_eq!(read(text, today), Ok(want), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_said_and_a_day_that_does_not_exist_offers_the_last_that_does() {
        let today = day(2026, 11, 23);
        let fault = read("31/11/2026", today).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "31/11/2026 does not exist. Did you mean Mon 30 Nov 2026?"
        );
        assert_eq!(fault.instead().as_deref(), Some("30/11/2026"));
        for text in ["", "soon", "13/13/2020", "1/2/3/4", "0/1/2020", "99999999d"] {
            assert!(
                matches!(read(text, today), Err(DateFault::NotADate(_))),
                "{text}"
            );
        }
    }

    #[test]
    fn a_leap_day_birthday_is_1_march_in_a_common_year() {
        assert_eq!(age_on(day(2016, 2, 29), day(2025, 2, 28)), Some(8));
        assert_eq!(age_on(day(2016, 2, 29), day(2025, 3, 1)), Some(9));
    }

    #[test]
    fn dates_are_shown_the_way_they_are_said() {
        assert_eq!(full(day(2026, 11, 3)), "Tue 3 Nov 2026");
        assert_eq!(short(day(2018, 3, 4)), "04/03/2018");
        assert_eq!(day_month(day(2026, 11, 30)), "30 Nov");
        let today = day(2026, 11, 23);
        for (on, text) in [
            (today, "today"),
            (day(2026, 11, 22), "yesterday"),
            (day(2026, 11, 24), "tomorrow"),
            (day(2026, 11, 30), "Mon 30 Nov"),
            (day(2027, 1, 4), "Mon 4 Jan 2027"),
        ] {
            assert_eq!(relative(on, today), text);
        }
        assert_eq!(from_iso(&iso(day(2018, 3, 4))), Some(day(2018, 3, 4)));
    }
}
