//! My days: the weekdays somebody who works at several schools is at this one.

use super::Calendar;
use chrono::{Datelike, NaiveDate, Weekday};
use std::fmt;

const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Mon, "monday"),
    (Weekday::Tue, "tuesday"),
    (Weekday::Wed, "wednesday"),
    (Weekday::Thu, "thursday"),
    (Weekday::Fri, "friday"),
    (Weekday::Sat, "saturday"),
    (Weekday::Sun, "sunday"),
];

/// How far ahead or behind a visit is looked for, in days: past the summer holidays.
const REACH: usize = 90;

/// The weekdays somebody is at a school. None are known by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MyDays([bool; 7]);

impl MyDays {
    /// Reads `mon thu`, `Mon, Thu` or any starts of days that fit one day only; `none` is none.
    ///
    /// # Errors
    /// The first word that is no day, or could be two.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut days = Self::default();
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| c.is_whitespace() || c == ',' || c == '+');
        for word in words.filter(|word| !word.is_empty() && !matches!(*word, "and" | "none")) {
            let mut fits = (0..)
                .zip(WEEK)
                .filter(|(_, (_, name))| name.starts_with(word));
            match (fits.next(), fits.next()) {
                (Some((at, _)), None) => {
                    let at: usize = at;
                    days.0[at] = true;
                }
                _ => return Err(word.to_owned()),
            }
        }
        Ok(days)
    }

    /// True where no day is known.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// True on such a weekday.
    pub fn holds(self, day: NaiveDate) -> bool {
        self.0[day.weekday().num_days_from_monday() as usize]
    }
}

impl fmt::Display for MyDays {
    /// `Mon and Thu`, as [`MyDays::read`] takes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = WEEK.iter().zip(self.0).filter(|(_, is_held)| *is_held);
        let names: Vec<String> = held.map(|((day, _), _)| day.to_string()).collect();
        match names.split_last() {
            None => f.write_str("none"),
            Some((only, [])) => f.write_str(only),
            Some((last, rest)) => write!(f, "{} and {last}", rest.join(", ")),
        }
    }
}

impl Calendar {
    /// The same calendar, and on which weekdays I am there.
    #[must_use]
    pub fn with_my_days(self, my_days: MyDays) -> Self {
        Self { my_days, ..self }
    }

    /// On which weekdays I am there.
    pub fn my_days(&self) -> MyDays {
        self.my_days
    }

    /// True on a school day of mine there.
    pub fn is_my_day(&self, day: NaiveDate) -> bool {
        self.my_days.holds(day) && self.is_school_day(day)
    }

    /// My next day there, after this one.
    pub fn next_of_mine(&self, day: NaiveDate) -> Option<NaiveDate> {
        let ahead = day.iter_days().skip(1).take(REACH);
        ahead.into_iter().find(|day| self.is_my_day(*day))
    }

    /// My last day there up to this one, this one included.
    pub fn last_of_mine(&self, day: NaiveDate) -> Option<NaiveDate> {
        let behind = std::iter::successors(Some(day), NaiveDate::pred_opt).take(REACH);
        behind.into_iter().find(|day| self.is_my_day(*day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Closure;
    use crate::domain::id::ClosureId;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    #[test]
    fn weekdays_are_read_as_they_are_said_and_shown_to_be_read_again() {
        for (typed, shown) in [
            ("mon thu", "Mon and Thu"),
            ("Thursday, Monday", "Mon and Thu"),
            ("m + tu + w", "Mon, Tue and Wed"),
            ("none", "none"),
            ("", "none"),
        ] {
            let read = MyDays::read(typed).unwrap();
            assert_eq!(read.to_string(), shown, "{typed}");
            assert_eq!(MyDays::read(&read.to_string()), Ok(read));
        }
        // Tuesday or Thursday; no day at all.
        assert_eq!(MyDays::read("mon t"), Err("t".to_owned()));
        assert_eq!(MyDays::read("monkey"), Err("monkey".to_owned()));
    }

    #[test]
    fn my_next_and_last_day_are_school_days_of_mine() {
        let shut = Closure {
            id: ClosureId(1),
            day: day(26),
            name: "INSET".to_owned(),
        };
        let calendar = Calendar::new(Vec::new(), vec![shut]);
        let mine = calendar
            .clone()
            .with_my_days(MyDays::read("mon thu").unwrap());
        for (from, next, last) in [
            // Monday 23 is a day of mine; Thursday 26 would be, and is closed.
            (23, Some(30), Some(23)),
            (25, Some(30), Some(23)),
            (26, Some(30), Some(23)),
            (22, Some(23), Some(19)),
            (20, Some(23), Some(19)),
        ] {
            assert_eq!(mine.next_of_mine(day(from)), next.map(day), "{from}");
            assert_eq!(mine.last_of_mine(day(from)), last.map(day), "{from}");
        }
        assert_eq!(
            (
                calendar.next_of_mine(day(23)),
                calendar.last_of_mine(day(23))
            ),
            (None, None)
        );
    }
}
