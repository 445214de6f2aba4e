//! Academic years and National Curriculum year groups.
//!
//! A year group is kept with the academic year it was true in, so that it moves on by itself each 1 September.

use chrono::{Datelike, NaiveDate};
use std::fmt;

/// An academic year, named by the calendar year it starts in: 2026 is 2026/27.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AcademicYear(pub i32);

impl AcademicYear {
    /// The year a day is in, turning on 1 September. In August offices differ, so a file read in August says little.
    pub fn of(day: NaiveDate) -> Self {
        Self(if day.month() >= 9 {
            day.year()
        } else {
            day.year() - 1
        })
    }

    /// Its 1 September; `None` beyond the calendar.
    pub fn first_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.0, 9, 1)
    }
}

impl fmt::Display for AcademicYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

/// Year groups in order, as stored: nurseries, Reception, 1 to 14, then X (follows no National Curriculum year) and M (mixed).
pub const YEARS: &[&str] = &[
    "N1", "N2", "R", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14",
    "X", "M",
];

/// A year group as an office wrote it, as stored: `"Year 4"` is `"4"`, `"Rec"` is `"R"`. `None` when it is none.
pub fn read_year(text: &str) -> Option<&'static str> {
    let folded = super::text::fold(text.trim());
    let bare = [
        "national curriculum year",
        "nc year",
        "year group",
        "year",
        "yr",
        "nc",
        "y",
    ]
    .iter()
    .find_map(|word| folded.strip_prefix(word))
    .unwrap_or(&folded)
    .trim_matches([' ', '.', ':']);
    let bare = bare.trim_start_matches('0');
    let word = match bare {
        "" if folded.ends_with('0') => "R",
        "r" | "rec" | "reception" | "reception year" | "fs2" | "eyfs2" => "R",
        "nursery" | "n" | "n2" | "nursery 2" | "f1" | "fs1" => "N2",
        "n1" | "nursery 1" => "N1",
        "x" => "X",
        "m" | "mixed" => "M",
        other => other,
    };
    YEARS.iter().copied().find(|year| *year == word)
}

/// The place of a year group in [`YEARS`]; unknown text comes last.
pub fn sort_key(year: &str) -> usize {
    YEARS
        .iter()
        .position(|known| *known == year)
        .unwrap_or(YEARS.len())
}

/// The year group a pupil is in now, from the one stored and the academic year it was stored for.
/// X and M stay; nobody moves past 14 or back.
///
/// ```
/// use sendesk::domain::year::{AcademicYear, moved_on};
/// assert_eq!(moved_on("R", AcademicYear(2025), AcademicYear(2026)), "1");
/// ```
pub fn moved_on(year: &str, stored: AcademicYear, now: AcademicYear) -> &str {
    let Some(index) = YEARS.iter().position(|known| *known == year) else {
        return year;
    };
    let Ok(steps) = usize::try_from(now.0 - stored.0) else {
        return year;
    };
    if index > 16 {
        return year;
    }
    YEARS[(index + steps).min(16)]
}

/// The year group a child of this age is usually in: age on 31 August before the academic year starts.
pub fn usual_for(dob: NaiveDate, now: AcademicYear) -> Option<&'static str> {
    let reference = NaiveDate::from_ymd_opt(now.0, 8, 31)?;
    let age = reference.years_since(dob)?;
    match age {
        2 => Some("N1"),
        3 => Some("N2"),
        4 => Some("R"),
        5..=18 => YEARS.get(age as usize - 2).copied(),
        _ => None,
    }
}

/// What a year group is called in a sentence: `Year 4`, `Reception`, `Nursery 1`.
pub fn spoken(year: &str) -> String {
    match year {
        "R" => "Reception".to_owned(),
        "N1" => "Nursery 1".to_owned(),
        "N2" => "Nursery 2".to_owned(),
        "X" => "no year group".to_owned(),
        "M" => "mixed years".to_owned(),
        other => format!("Year {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn the_academic_year_turns_on_1_september() {
        assert_eq!(AcademicYear::of(day(2026, 8, 31)), AcademicYear(2025));
        assert_eq!(AcademicYear::of(day(2026, 9, 1)), AcademicYear(2026));
        assert_eq!(AcademicYear(2026).to_string(), "2026/27");
        assert_eq!(AcademicYear(2099).to_string(), "2099/00");
    }

    #[test]
    fn year_groups_as_offices_write_them() {
        for (text, want) in [
            ("R", "R"),
            ("Rec", "R"),
            ("Reception", "R"),
            ("0", "R"),
            ("Year 0", "R"),
            ("N1", "N1"),
            ("N2", "N2"),
            ("Nursery", "N2"),
            ("Year 4", "4"),
            ("Yr 4", "4"),
            ("4", "4"),
            ("Y4", "4"),
            ("Year  4", "4"),
            ("04", "4"),
            ("Y11", "11"),
            ("14", "14"),
            ("x", "X"),
            ("Year R", "R"),
        ] {
            assert_eq!(read_year(text), Some(want), "{text}");
        }
        for text in ["", "15", "4B", "Oak", "Year", "-1"] {
            assert_eq!(read_year(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_group_moves_on_each_september_and_never_back() {
        assert_eq!(moved_on("4", AcademicYear(2025), AcademicYear(2026)), "5");
        assert_eq!(moved_on("R", AcademicYear(2025), AcademicYear(2027)), "2");
        assert_eq!(moved_on("4", AcademicYear(2026), AcademicYear(2025)), "4");
        assert_eq!(moved_on("X", AcademicYear(2020), AcademicYear(2026)), "X");
        assert_eq!(moved_on("13", AcademicYear(2020), AcademicYear(2026)), "14");
    }

    #[test]
    fn age_on_31_august_gives_the_usual_year_group() {
        assert_eq!(usual_for(day(2018, 3, 14), AcademicYear(2026)), Some("4"));
        assert_eq!(usual_for(day(2021, 9, 1), AcademicYear(2026)), Some("R"));
        assert_eq!(usual_for(day(2021, 8, 31), AcademicYear(2026)), Some("1"));
        assert_eq!(usual_for(day(1990, 1, 1), AcademicYear(2026)), None);
    }
}
