//! When something happened or is due: a day, and the time of day where one was given.

use super::date;
use chrono::{NaiveDate, NaiveTime};
use std::fmt;

/// A day and perhaps a time, in the school's own clock. Without a time it comes before every time of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day.
    pub day: NaiveDate,
    /// The time of day; minutes count, seconds are never kept.
    pub time: Option<NaiveTime>,
}

impl Moment {
    /// A day without a time.
    pub const fn on(day: NaiveDate) -> Self {
        Self { day, time: None }
    }

    /// A day and a time.
    pub const fn at(day: NaiveDate, time: NaiveTime) -> Self {
        Self {
            day,
            time: Some(time),
        }
    }

    /// `2026-11-23T14:02` or `2026-11-23`: for the store and for programs. Sorts as text the way moments do.
    pub fn to_stored(self) -> String {
        match self.time {
            Some(time) => format!("{}T{}", date::iso(self.day), time.format("%H:%M")),
            None => date::iso(self.day),
        }
    }

    /// A stored moment back.
    pub fn from_stored(text: &str) -> Option<Self> {
        let Some((day, time)) = text.split_once('T') else {
            return date::from_iso(text).map(Self::on);
        };
        let time = NaiveTime::parse_from_str(time, "%H:%M").ok()?;
        Some(Self::at(date::from_iso(day)?, time))
    }

    /// `Mon 23 Nov 2026 14:02`: read carefully.
    pub fn shown(self) -> String {
        self.with_time(date::full(self.day))
    }

    /// `today 14:02`, `yesterday`, `Mon 16 Nov 09:15`; the year only when it is not this one.
    pub fn short(self, today: NaiveDate) -> String {
        self.with_time(date::relative(self.day, today))
    }

    /// `23/11/2026 14:02`: what a date box takes whatever it looks for.
    pub fn typed(self) -> String {
        self.with_time(date::short(self.day))
    }

    fn with_time(self, mut text: String) -> String {
        if let Some(time) = self.time {
            text.push_str(&time.format(" %H:%M").to_string());
        }
        text
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn at(y: i32, m: u32, d: u32, hour: u32, minute: u32) -> Moment {
        Moment::at(
            day(y, m, d),
            NaiveTime::from_hms_opt(hour, minute, 0).unwrap(),
        )
    }

    #[test]
    fn a_moment_is_stored_and_read_back() {
        for (moment, text) in [
            (at(2026, 11, 23, 14, 2), "2026-11-23T14:02"),
            (at(2026, 1, 3, 0, 0), "2026-01-03T00:00"),
            (Moment::on(day(2026, 11, 23)), "2026-11-23"),
        ] {
            assert_eq!(moment.to_stored(), text);
            assert_eq!(Moment::from_stored(text), Some(moment));
        }
        for text in [
            "",
            "2026-11-31",
            "2026-11-23T",
            "2026-11-23T25:00",
            "T14:02",
        ] {
            assert_eq!(Moment::from_stored(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_is_shown_as_it_is_said() {
        let today = day(2026, 11, 23);
        assert_eq!(at(2026, 11, 23, 14, 2).shown(), "Mon 23 Nov 2026 14:02");
        for (moment, text) in [
            (at(2026, 11, 23, 14, 2), "today 14:02"),
            (Moment::on(day(2026, 11, 22)), "yesterday"),
            (at(2026, 11, 24, 9, 5), "tomorrow 09:05"),
            (Moment::on(day(2026, 11, 16)), "Mon 16 Nov"),
            (at(2027, 1, 4, 9, 0), "Mon 4 Jan 2027 09:00"),
        ] {
            assert_eq!(moment.short(today), text);
        }
    }

    #[test]
    fn moments_sort_by_day_then_time_and_no_time_comes_first_as_text_does() {
        let mut moments = [
            at(2026, 11, 23, 14, 2),
            Moment::on(day(2026, 11, 24)),
            at(2026, 11, 23, 9, 0),
            Moment::on(day(2026, 11, 23)),
        ];
        moments.sort();
        let stored: Vec<String> = moments.iter().map(|moment| moment.to_stored()).collect();
        assert_eq!(
            stored,
            [
                "2026-11-23",
                "2026-11-23T09:00",
                "2026-11-23T14:02",
                "2026-11-24"
            ]
        );
        assert!(stored.is_sorted());
    }
}
