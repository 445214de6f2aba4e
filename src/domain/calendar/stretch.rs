//! Rows of terms laid out as stretches of school time that do not overlap, and the whole terms they make up.

use super::Term;
use crate::domain::text;
use chrono::{Datelike, NaiveDate};

/// Days from the last day of a half to the first of the next one: two weeks of half-term with its weekends, and some.
const HALF_TERM_MOST: i64 = 28;
/// Days of a holiday in the year: the longest Christmas or Easter of an independent school.
const HOLIDAY_MOST: i64 = 38;
/// Days of a summer holiday, again with room.
const SUMMER_MOST: i64 = 80;

/// What follows a stretch until the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// The other half of the same term follows.
    HalfTerm,
    /// Another term follows.
    Holidays,
    /// Nothing that was entered, or so much later that something is missing between.
    Unknown,
}

/// School time without a holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) starts: NaiveDate,
    pub(super) ends: NaiveDate,
    pub(super) after: After,
}

/// A whole term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Whole {
    pub(super) name: String,
    pub(super) starts: NaiveDate,
    pub(super) ends: NaiveDate,
}

/// A row as far as it counts.
struct Row<'a> {
    stem: &'a str,
    folded: String,
    number: Option<u32>,
    starts: NaiveDate,
    ends: NaiveDate,
}

/// Stretches and whole terms of rows sorted by first day, both in order and without overlap.
pub(super) fn lay_out(terms: &[Term]) -> (Vec<Stretch>, Vec<Whole>) {
    let rows: Vec<Row> = terms
        .iter()
        .filter(|term| term.starts <= term.ends)
        .map(row_of)
        .collect();
    let mut stretches: Vec<Stretch> = Vec::with_capacity(rows.len());
    let mut wholes: Vec<Whole> = Vec::new();
    let mut before: Option<&Row> = None;
    for row in rows.iter().filter(|row| !is_told_in_halves(row, &rows)) {
        let last_end = stretches.last().map(|last| last.ends);
        let starts = match last_end {
            Some(end) if end >= row.starts => end.succ_opt().unwrap_or(end),
            _ => row.starts,
        };
        if starts > row.ends {
            continue;
        }
        let same = before.is_some_and(|before| are_halves(before, row));
        if let Some(last) = stretches.last_mut() {
            last.after = between(last.ends, starts, same);
        }
        stretches.push(Stretch {
            starts,
            ends: row.ends,
            after: After::Unknown,
        });
        match wholes.last_mut() {
            Some(whole) if same => whole.ends = row.ends,
            _ => wholes.push(Whole {
                name: row.stem.to_owned(),
                starts,
                ends: row.ends,
            }),
        }
        before = Some(row);
    }
    (stretches, wholes)
}

fn between(ends: NaiveDate, starts: NaiveDate, same_term: bool) -> After {
    if same_term {
        After::HalfTerm
    } else if is_holiday(ends, starts) {
        After::Holidays
    } else {
        After::Unknown
    }
}

/// Whether the days from one to the other are few enough for a holiday; otherwise a term in between is missing.
pub(super) fn is_holiday(ends: NaiveDate, starts: NaiveDate) -> bool {
    let days = (starts - ends).num_days();
    let august = NaiveDate::from_ymd_opt(ends.year(), 8, 15);
    let summer = august.is_some_and(|day| ends < day && day < starts);
    days <= HOLIDAY_MOST || (summer && days <= SUMMER_MOST)
}

/// Equal names but for the number, with no more than a half-term between. An odd number begins a term, so that
/// "Term 1" to "Term 6" make three.
fn are_halves(before: &Row, row: &Row) -> bool {
    before.folded == row.folded
        && (row.starts - before.ends).num_days() <= HALF_TERM_MOST
        && row.number.is_none_or(|number| number % 2 == 0)
}

/// A whole term entered beside its halves: the halves know about half-term, so they count.
fn is_told_in_halves(row: &Row, rows: &[Row]) -> bool {
    let inside = |half: &&Row| {
        half.number.is_some()
            && half.folded == row.folded
            && row.starts <= half.starts
            && half.ends <= row.ends
    };
    row.number.is_none() && rows.iter().filter(inside).count() > 1
}

/// True for a half, by its name and number, that lies within the whole.
pub(super) fn is_half(half: &Term, whole: &Term) -> bool {
    let (half, whole) = (row_of(half), row_of(whole));
    let within = whole.starts <= half.starts && half.ends <= whole.ends;
    half.number.is_some() && whole.number.is_none() && half.folded == whole.folded && within
}

fn row_of(term: &Term) -> Row<'_> {
    let named = without_year(term.name.trim());
    let bare = named.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = named[bare.len()..].parse().ok();
    let stem = match bare.trim() {
        "" => named,
        stem => stem,
    };
    Row {
        stem,
        folded: text::fold(stem),
        number,
        starts: term.starts,
        ends: term.ends,
    }
}

/// "Autumn 1 2026/27" and "Autumn 2 2026/27" are halves too: a year at the end is no number of a half.
fn without_year(name: &str) -> &str {
    let Some((front, last)) = name.rsplit_once(' ') else {
        return name;
    };
    let is_year = last.len() >= 4
        && last
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '\u{2013}'));
    if is_year { front.trim_end() } else { name }
}
