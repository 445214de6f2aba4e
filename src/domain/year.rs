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

/// Words that stand before a year group without changing it, longest first.
const BEFORE: &[&str] = &[
    "nationalcurriculumyear",
    "curriculumyear",
    "academicyear",
    "ncyear",
    "yeargroup",
    "ncy",
    "year",
    "yrgp",
    "yr",
    "nc",
    "y",
];

/// Words that stand after one.
const AFTER: &[&str] = &["yeargroup", "class", "group", "year", "yr"];

/// What year groups are called beside their number.
const NAMES: &[(&str, &[&str])] = &[
    (
        "N1",
        &[
            "n1",
            "nursery1",
            "prenursery",
            "lowernursery",
            "nursery2yearold",
        ],
    ),
    (
        "N2",
        &[
            "n",
            "n2",
            "nursery",
            "nurs",
            "nur",
            "nursery2",
            "uppernursery",
            "f1",
            "fs1",
            "eyfs1",
            "foundation1",
            "foundationstage1",
        ],
    ),
    (
        "R",
        &[
            "r",
            "rec",
            "recep",
            "reception",
            "receptions",
            "f2",
            "fs2",
            "eyfs2",
            "foundation",
            "foundation2",
            "foundationstage",
            "foundationstage2",
        ],
    ),
    ("1", &["one"]),
    ("2", &["two"]),
    ("3", &["three"]),
    ("4", &["four"]),
    ("5", &["five"]),
    ("6", &["six"]),
    ("7", &["seven"]),
    ("8", &["eight"]),
    ("9", &["nine"]),
    ("10", &["ten"]),
    ("11", &["eleven"]),
    (
        "12",
        &[
            "twelve",
            "l6",
            "l6th",
            "lower6",
            "lowersixth",
            "lower6th",
            "lowersixthform",
        ],
    ),
    (
        "13",
        &[
            "thirteen",
            "u6",
            "u6th",
            "upper6",
            "uppersixth",
            "upper6th",
            "uppersixthform",
        ],
    ),
    ("X", &["x"]),
    ("M", &["m", "mixed"]),
];

/// A year group as an office wrote it, as stored: `"Year 4"` is `"4"`, `"Rec"` is `"R"`. `None` when it is none, or
/// several: `Y5/6` is a class of two.
pub fn read_year(text: &str) -> Option<&'static str> {
    let folded = super::text::fold(text.trim());
    let mut words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    // The academic year beside it: 2026/27.
    if let Some(at) = words
        .iter()
        .position(|word| word.len() == 4 && word.starts_with("20") && number(word).is_some())
    {
        words.remove(at);
        if words
            .get(at)
            .is_some_and(|word| matches!(word.len(), 2 | 4) && number(word).is_some())
        {
            words.remove(at);
        }
    }
    let figures = |word: &&&str| word.bytes().any(|b| b.is_ascii_digit());
    if words.iter().filter(figures).count() > 1 || folded.starts_with('-') {
        return None;
    }
    let whole = words.concat();
    // `YR` is Reception, not a year without its number.
    if whole == "yr" {
        return Some("R");
    }
    named(&whole).or_else(|| {
        let bare = BEFORE.iter().find_map(|word| whole.strip_prefix(word));
        let bare = bare.unwrap_or(&whole);
        named(bare).or_else(|| named(AFTER.iter().find_map(|word| bare.strip_suffix(word))?))
    })
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn named(word: &str) -> Option<&'static str> {
    if let Some(number) = number(word) {
        return match (number, word.len()) {
            (0, _) => Some("R"),
            (1..=14, ..=2) => YEARS.get(number as usize + 2).copied(),
            _ => None,
        };
    }
    NAMES
        .iter()
        .find(|(_, names)| names.contains(&word))
        .map(|(year, _)| *year)
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
            ("Y R", "R"),
            ("YR", "R"),
            ("Reception Class", "R"),
            ("Reception year", "R"),
            ("FS2", "R"),
            ("Foundation 2", "R"),
            ("Foundation", "R"),
            ("00", "R"),
            ("N", "N2"),
            ("F1", "N2"),
            ("Nursery 1", "N1"),
            ("Nursery class", "N2"),
            ("Yr. 1", "1"),
            ("Year One", "1"),
            ("NCY5", "5"),
            ("Year 5 (2026/27)", "5"),
            ("2026/2027 Year 10", "10"),
            ("Curriculum Year  5", "5"),
            ("L6", "12"),
            ("Upper Sixth", "13"),
        ] {
            assert_eq!(read_year(text), Some(want), "{text}");
        }
        for text in [
            "",
            "15",
            "4B",
            "Oak",
            "Year",
            "-1",
            "Y5/6",
            "1/2",
            "Years 1 and 2",
            "2026/27",
            "005",
        ] {
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
