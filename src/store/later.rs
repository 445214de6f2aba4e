//! Whether what is on file is of a later day than the one worked on.

use super::Store;
use super::error::Result;
use super::read_stored_time;
use crate::domain::date;
use crate::sys;
use chrono::NaiveDate;
use rusqlite::OptionalExtension;

/// The newest step that changed a record.
const NEWEST: &str =
    "SELECT working_date, at FROM journal_step WHERE kind IN ('change', 'undo', 'redo')
     ORDER BY id DESC LIMIT 1";

impl Store {
    /// The day the newest step worked on, its own working date where it has one, where that comes after this day: then
    /// lists show what is on file now and not the state of this day.
    pub fn later_than(&self, day: NaiveDate) -> Result<Option<NaiveDate>> {
        let newest: Option<(Option<String>, String)> = self.read(|conn| {
            Ok(conn
                .prepare_cached(NEWEST)?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?)
        })?;
        let worked_on = newest.and_then(|(working, at)| {
            let own = working.as_deref().and_then(date::from_iso);
            own.or_else(|| read_stored_time(&at).map(|at| sys::clock::local(at).date()))
        });
        Ok(worked_on.filter(|worked_on| *worked_on > day))
    }
}
