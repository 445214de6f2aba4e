//! Dates and moments as a column has them.

use crate::domain::date;
use crate::domain::moment::Moment;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Row;

/// A stored date; text that is none reads as not known.
pub(super) fn read_day(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<NaiveDate>> {
    let text = row.get_ref(at)?.as_str_or_null()?;
    Ok(text.and_then(date::from_iso))
}

/// A stored moment; text that is none reads as not known.
pub(super) fn read_moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Moment>> {
    let text = row.get_ref(at)?.as_str_or_null()?;
    Ok(text.and_then(Moment::from_stored))
}

/// A time of the real clock as stored.
pub(super) fn read_time(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let text = row.get_ref(at)?.as_str_or_null()?;
    Ok(text.and_then(read_stored_time))
}

pub(super) fn read_stored_time(text: &str) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(text).ok()?;
    Some(time.to_utc())
}

/// What an unreadable moment of an entry is shown as: before all others.
pub(super) const NO_MOMENT: Moment = Moment {
    day: NaiveDate::MIN,
    time: None,
};
