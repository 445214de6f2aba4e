//! What hours a week and a last day come to in a run: minutes and times a week, and weeks.

use super::error::{Error, Result};
use super::{Writer, calendar, text, whole};
use crate::domain::date;
use crate::domain::form::Values;
use crate::domain::provision::{read_hours, sessions_of, weeks_between};
use chrono::NaiveDate;

/// # Errors
/// [`Error::Refused`] where the last day comes before the first.
pub(super) fn in_order(first: NaiveDate, last: Option<NaiveDate>) -> Result<()> {
    match last {
        Some(last) if last < first => Err(Error::Refused {
            text: format!(
                "The last day, {}, lies before the first, {}.",
                date::full(last),
                date::full(first)
            ),
        }),
        _ => Ok(()),
    }
}

/// Minutes and times a week, where hours a week are given.
///
/// # Errors
/// [`Error::Refused`] where they do not come out whole, or what else is given says otherwise.
pub(super) fn weekly(values: &Values) -> Result<Option<(i64, i64)>> {
    let Some(week) = text(values, "hours_week").and_then(read_hours) else {
        return Ok(None);
    };
    let (minutes, times) = (whole(values, "minutes"), whole(values, "sessions_week"));
    sessions_of(week, minutes, times)
        .map(Some)
        .map_err(|text| Error::Refused { text })
}

impl Writer<'_> {
    /// The teaching weeks from a first to a last day, by the school's calendar; one at least.
    pub(super) fn weeks_by_end(&self, starts: NaiveDate, ends: NaiveDate) -> Result<i64> {
        let calendar = calendar::read(self.conn)?;
        Ok(weeks_between(starts, ends, &calendar))
    }
}
