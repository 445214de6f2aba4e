//! Sessions that cannot be right as they stand: advice when one is entered, to be mended afterwards.

use super::{Run, Session};
use crate::domain::calendar::{Calendar, Closed, monday_of};
use crate::domain::date;
use crate::domain::id::SessionId;
use chrono::NaiveDate;
use std::fmt;

/// What is odd about a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Odd {
    /// There is another one of the same run on that day, entered before it.
    Twice(SessionId),
    /// Its day lies before the run's first day.
    Before(NaiveDate),
    /// Its day lies after the run's last day.
    After(NaiveDate),
    /// The school is closed on its day.
    Closed(Closed),
    /// Its week has so many sessions by now, and that many are planned.
    Many(usize, i64),
}

impl Odd {
    /// True for two of one kind.
    pub fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl fmt::Display for Odd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice(other) => write!(f, "is there twice ({other} is the other)"),
            Self::Before(starts) => {
                write!(f, "lies before the first day, {}", date::medium(*starts))
            }
            Self::After(last) => write!(f, "lies after the last day, {}", date::medium(*last)),
            Self::Closed(closed) => write!(f, "is on {}", named(closed)),
            Self::Many(there, planned) => {
                write!(f, "is number {there} of its week, {planned} a week planned")
            }
        }
    }
}

/// `a Saturday`, `a day of half-term`.
fn named(closed: &Closed) -> String {
    match closed {
        Closed::Holiday(name) => format!("a day of {name}"),
        Closed::Closure(name) if !name.trim().is_empty() => {
            format!("a day the school is closed ({name})")
        }
        other => other.to_string(),
    }
}

/// What is odd about a session of a run, beside the other sessions it has. One on an odd day is not counted in its week
/// as well.
pub fn session(run: &Run, calendar: &Calendar, own: Option<SessionId>, day: NaiveDate) -> Vec<Odd> {
    let before = |other: &&Session| own.is_none_or(|own| other.id < own);
    let others = || run.sessions.iter().filter(before);
    let mut odd = Vec::new();
    if let Some(other) = others().find(|other| other.day == day) {
        odd.push(Odd::Twice(other.id));
    }
    let last = run.provision.last_day(calendar);
    if day < run.provision.starts {
        odd.push(Odd::Before(run.provision.starts));
    } else if day > last {
        odd.push(Odd::After(last));
    }
    odd.extend(calendar.closed(day).map(Odd::Closed));
    if odd.is_empty() {
        let week = monday_of(day);
        let there = others()
            .filter(|other| monday_of(other.day) == week)
            .count()
            + 1;
        let planned = run.provision.sessions_week;
        if i64::try_from(there).is_ok_and(|there| there > planned) {
            odd.push(Odd::Many(there, planned));
        }
    }
    odd
}

/// Every session of a run that is odd, by the first thing that is.
pub(super) fn sessions(run: &Run, calendar: &Calendar) -> Vec<(Odd, NaiveDate)> {
    let mut found = Vec::new();
    for one in &run.sessions {
        let odd = session(run, calendar, Some(one.id), one.day);
        found.extend(odd.into_iter().next().map(|odd| (odd, one.day)));
    }
    found
}
