//! Why a date box could not be read, in sentences that say how to mend it.

use super::full;
use crate::domain::moment::Moment;
use crate::domain::text;
use chrono::NaiveDate;

/// Why a date box could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// No date in any form sendesk knows.
    #[error("\"{0}\" is not a date. Write it as 14/3/2018, 14 Mar 2018 or 2018-03-14.")]
    NotADate(String),
    /// The same where a day to come or just gone is wanted.
    #[error("\"{typed}\" is not a date. Write it as {forms}.")]
    NoDayMeant {
        /// What was typed.
        typed: String,
        /// Forms that suit the box.
        forms: &'static str,
    },
    /// The day is not in the calendar.
    #[error("{typed} does not exist. Did you mean {}?", full(.last.day))]
    NoSuchDay {
        /// What was typed.
        typed: String,
        /// The last day of that month, with the time that was typed.
        last: Moment,
    },
    /// The start of more than one day's name.
    #[error("\"{typed}\" could be {}. Write one letter more.", .names.join(" or "))]
    Ambiguous {
        /// What was typed.
        typed: String,
        /// The short names of those days.
        names: Vec<&'static str>,
    },
    /// Two bare numbers: a date, or a day and an hour.
    #[error(
        "\"{day} {other}\" could be a date or a time. Write {day}/{other} for the date, {day} {other}:00 for the time."
    )]
    TwoNumbers {
        /// The first number.
        day: u32,
        /// The second number.
        other: u32,
    },
    /// A dotted number that is no date and would be a time.
    #[error("\"{typed}\" is not a date. If you mean the time of day, write {instead}.")]
    DottedTime {
        /// What was typed.
        typed: String,
        /// The time as it is understood alone.
        instead: String,
    },
    /// What stands after the day is no time of day.
    #[error("\"{0}\" is not a time of day. Write it as 14:02, 0915 or 2pm.")]
    NoSuchTime(String),
    /// A word that depends on term dates, and none are entered for that time.
    #[error(
        "No term dates are entered that reach past {}, so \"{typed}\" has no date. Enter the term dates first: a term \
         has a name, a first and a last day.",
        full(*.from)
    )]
    NoTerms {
        /// What was typed.
        typed: String,
        /// The working date.
        from: NaiveDate,
    },
    /// My next visit is asked for, and my days at the school are not known.
    #[error(
        "Which days you are at this school is not known yet: : days mon thu keeps them. Until then nv has no date."
    )]
    NoDaysOfMine,
    /// The term has fewer teaching weeks.
    #[error("There is no teaching week {week}: {term} has {weeks}, so wk{weeks} is its last.")]
    NoSuchWeek {
        /// The week asked for.
        week: u32,
        /// The term's name.
        term: String,
        /// How many it has.
        weeks: u32,
    },
    /// A year that must be a slip.
    #[error("\"{0}\" lies before 1900 or after 2200. Check the year or the number.")]
    TooFar(String),
}

impl DateFault {
    /// What to put in the box instead, where something suggests itself.
    pub fn instead(&self) -> Option<String> {
        match self {
            Self::NoSuchDay { last, .. } => Some(last.typed()),
            Self::TwoNumbers { day, other } => Some(format!("{day}/{other}")),
            Self::DottedTime { instead, .. } => Some(instead.clone()),
            Self::NoSuchWeek { weeks, .. } if *weeks > 0 => Some(format!("wk{weeks}")),
            _ => None,
        }
    }

    /// Whether the text was meant for no date at all, rather than for one that cannot be.
    pub fn is_no_date(&self) -> bool {
        matches!(
            self,
            Self::NotADate(_)
                | Self::NoDayMeant { .. }
                | Self::NoSuchTime(_)
                | Self::TwoNumbers { .. }
        )
    }
}

/// What was typed, fit for one line of a message.
pub(super) fn quoted(typed: &str) -> String {
    const MOST: usize = 40;
    let head: String = typed.chars().take(4 * MOST).collect();
    let line = text::clean(&head);
    if line.chars().count() <= MOST && head.len() == typed.len() {
        return line;
    }
    let mut line: String = line.chars().take(MOST).collect();
    line.push_str("...");
    line
}
