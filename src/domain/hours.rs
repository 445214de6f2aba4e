//! The time spent on a school, week by week, so that a shared arrangement can be looked at: one typed line a week, and
//! beside it the minutes that contacts have on them.
//!
//! The SEND Code of Practice 2015 would have schools that share a SENCO review regularly how well that works (6.92 to
//! 6.94, "should"). It asks for no record of hours and names no number of them.

#[cfg(test)]
mod tests;

use super::calendar::monday_of;
use super::id::HoursId;
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// The hours somebody typed for a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// The row's id.
    pub id: HoursId,
    /// The week's Monday.
    pub week: NaiveDate,
    /// How long, in minutes.
    pub minutes: i64,
    /// What it went on.
    pub note: Option<String>,
}

/// Most minutes of one week: 80 hours. More is a slip, such as minutes typed as hours.
pub const MOST: i64 = 80 * 60;

/// A length of time that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LengthFault {
    /// It reads as no length of time.
    #[error("\"{0}\" is no length of time: write 2h30, 2:30, 2.5 (hours) or 150m.")]
    NotALength(String),
    /// A comma stands where a point would.
    #[error("\"{0}\" has a comma: write {1} for hours and a part, or 2h30.")]
    Comma(String, String),
    /// Nothing at all.
    #[error("no time at all needs no line.")]
    Nothing,
    /// More than a week's work.
    #[error("\"{0}\" is {1} in one week, more than can be meant; minutes are written 150m.")]
    TooLong(String, String),
}

/// The minutes that a length of time as typed comes to: `2h30`, `2:30`, `2.5`, `2h`, `150m`, `2h 30m`. A number alone is
/// hours; parts of a minute are rounded half up.
///
/// # Errors
/// A sentence that says how to write it.
pub fn read(typed: &str) -> Result<i64, LengthFault> {
    let text: String = typed
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    if let Some((whole, part)) = text.split_once(',')
        && !whole.is_empty()
        && (whole.to_owned() + part)
            .bytes()
            .all(|byte| byte.is_ascii_digit())
    {
        return Err(LengthFault::Comma(
            typed.trim().to_owned(),
            text.replace(',', "."),
        ));
    }
    let minutes =
        minutes_of(&text).ok_or_else(|| LengthFault::NotALength(typed.trim().to_owned()))?;
    match minutes {
        0 => Err(LengthFault::Nothing),
        1..=MOST => Ok(minutes),
        _ => Err(LengthFault::TooLong(
            typed.trim().to_owned(),
            shown(minutes),
        )),
    }
}

/// The words for hours and minutes, longest first.
const HOUR_WORDS: [&str; 5] = ["hours", "hour", "hrs", "hr", "h"];
const MINUTE_WORDS: [&str; 5] = ["minutes", "minute", "mins", "min", "m"];

fn minutes_of(text: &str) -> Option<i64> {
    let ends =
        |words: [&'static str; 5]| words.into_iter().find_map(|word| text.strip_suffix(word));
    if let Some((hours, minutes)) = text.split_once(':') {
        return Some(number(hours)? * 60 + sixtieths(minutes)?);
    }
    if let Some(at) = text.find('h') {
        let (hours, rest) = text.split_at(at);
        let rest = HOUR_WORDS
            .into_iter()
            .find_map(|word| rest.strip_prefix(word))?;
        if rest.is_empty() {
            return hundredths(hours);
        }
        let rest = MINUTE_WORDS
            .into_iter()
            .find_map(|word| rest.strip_suffix(word))
            .unwrap_or(rest);
        return Some(number(hours)? * 60 + sixtieths(rest)?);
    }
    match ends(MINUTE_WORDS) {
        Some(minutes) => number(minutes),
        None => hundredths(text),
    }
}

/// At most five digits and nothing else.
fn number(text: &str) -> Option<i64> {
    let is_number = (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// The minutes past an hour, as two digits.
fn sixtieths(text: &str) -> Option<i64> {
    number(text).filter(|minutes| text.len() == 2 && *minutes < 60)
}

/// Hours with at most two decimals, as minutes.
fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    if part.len() > 2 {
        return None;
    }
    let part = number(&format!("{part:0<2}")).filter(|_| !part.is_empty())?;
    Some(number(whole)? * 60 + (part * 60 + 50) / 100)
}

/// Minutes as they are read back: `2h30`, `3h`, `45m`, `0`.
pub fn shown(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 0) => "0".to_owned(),
        (0, minutes) => format!("{minutes}m"),
        (hours, 0) => format!("{hours}h"),
        (hours, minutes) => format!("{hours}h{minutes:02}"),
    }
}

/// The time a school took, in minutes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// As it was typed.
    pub typed: i64,
    /// On contacts.
    pub contacts: i64,
}

impl Spent {
    /// Both.
    pub const fn together(self) -> i64 {
        self.typed.saturating_add(self.contacts)
    }

    const fn and(self, other: Self) -> Self {
        Self {
            typed: self.typed.saturating_add(other.typed),
            contacts: self.contacts.saturating_add(other.contacts),
        }
    }
}

/// Whole weeks, by their Mondays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weeks {
    /// The first week's Monday.
    pub first: NaiveDate,
    /// The last week's Monday.
    pub last: NaiveDate,
}

impl Weeks {
    /// The weeks that two days lie in and those between.
    pub fn of(from: NaiveDate, to: NaiveDate) -> Self {
        let monday = |day| monday_of(day).unwrap_or(day);
        Self {
            first: monday(from),
            last: monday(to),
        }
    }

    /// The last week's Sunday.
    pub fn end(self) -> NaiveDate {
        self.last
            .checked_add_days(Days::new(6))
            .unwrap_or(self.last)
    }

    fn hold(self, week: NaiveDate) -> bool {
        (self.first..=self.last).contains(&week)
    }
}

/// One school's time, by the Mondays of the weeks that have any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByWeek(BTreeMap<NaiveDate, Spent>);

impl ByWeek {
    /// Adds up typed lines and the minutes of contacts, each with its day, in these weeks.
    pub fn of(typed: &[Hours], contacts: &[(NaiveDate, i64)], weeks: Weeks) -> Self {
        let typed = typed.iter().map(|line| {
            let spent = Spent {
                typed: line.minutes,
                contacts: 0,
            };
            (line.week, spent)
        });
        let contacts = contacts.iter().map(|(day, minutes)| {
            let spent = Spent {
                typed: 0,
                contacts: *minutes,
            };
            (*day, spent)
        });
        let mut by_week: BTreeMap<NaiveDate, Spent> = BTreeMap::new();
        for (day, spent) in typed.chain(contacts) {
            let week = monday_of(day).unwrap_or(day);
            if weeks.hold(week) {
                let sum = by_week.entry(week).or_default();
                *sum = sum.and(spent);
            }
        }
        Self(by_week)
    }

    /// The time of a week.
    pub fn week(&self, monday: NaiveDate) -> Spent {
        self.0.get(&monday).copied().unwrap_or_default()
    }

    /// All weeks together.
    pub fn total(&self) -> Spent {
        self.0
            .values()
            .fold(Spent::default(), |sum, one| sum.and(*one))
    }
}

/// The weeks in which any of these schools has time on file, in order.
pub fn weeks_with_time<'a>(schools: impl IntoIterator<Item = &'a ByWeek>) -> BTreeSet<NaiveDate> {
    schools
        .into_iter()
        .flat_map(|school| school.0.keys().copied())
        .collect()
}

/// Parts of a whole in per cent that sum to 100: what rounding down leaves goes to the largest remainders, the first
/// of equal ones first. All are 0 where there is no whole.
pub fn shares(parts: &[i64]) -> Vec<i64> {
    let whole: i64 = parts.iter().sum();
    if whole <= 0 {
        return vec![0; parts.len()];
    }
    let mut shares: Vec<i64> = parts.iter().map(|part| part * 100 / whole).collect();
    let left = 100 - shares.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(parts.get(*at).map_or(0, |part| part * 100 % whole)));
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        if let Some(share) = shares.get_mut(at) {
            *share += 1;
        }
    }
    shares
}
