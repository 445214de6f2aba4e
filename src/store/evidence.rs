//! The rule of evidence: an entry of the diary older than a quarter of an hour is never overwritten, binned or taken
//! back. It is amended or struck, and its first text stays.
//!
//! The clock alone does not decide, for it can be set back: what any step made after the entry's own has shown, stays
//! shown. Steps made before it prove nothing of it, even of a year to come.

use super::error::{Error, Result};
use super::history::moment;
use super::{Store, Writer, read_stored_time};
use crate::domain::contact::{CORRECTION_TIME, Contact, Locked};
use crate::domain::id::ContactId;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};

/// The tables it holds for, and the column with the number of the entry.
const GUARDED: [(&str, &str); 3] = [
    ("contact", "id"),
    ("contact_pupil", "contact"),
    ("amendment", "contact"),
];

/// The step that made a record.
pub(super) const OWN_STEP: &str =
    "SELECT step FROM journal_row WHERE tbl = ?1 AND pk = ?2 ORDER BY id LIMIT 1";

/// The first step after one that lies beyond the second moment, or before the first. The first beyond ends the search,
/// so that no more is read than was done within a quarter of an hour.
pub(super) const SHOWN: &str =
    "SELECT 1 FROM journal_step WHERE id > ?1 AND (at < ?2 OR at > ?3) ORDER BY id LIMIT 1";

/// True for the tables whose rows become evidence.
#[cfg(test)]
pub(super) fn holds_for(table: &str) -> bool {
    GUARDED.iter().any(|(name, _)| *name == table)
}

/// What a record of a table was entered as.
struct Entered<'a> {
    table: &'a str,
    pk: i64,
    /// `None` where it cannot be read.
    at: Option<DateTime<Utc>>,
}

/// Whether a record is evidence, and why; `None` while it may be put right. What has no readable moment of entry, or no
/// step of its own, is evidence.
fn locked(conn: &Connection, entered: &Entered<'_>, now: DateTime<Utc>) -> Result<Option<Locked>> {
    let Some(at) = entered.at else {
        return Ok(Some(Locked::ByAge));
    };
    if let Some(locked) = Locked::seen_at(now, at) {
        return Ok(Some(locked));
    }
    let own: Option<i64> = conn
        .prepare_cached(OWN_STEP)?
        .query_row(params![entered.table, entered.pk], |row| row.get(0))
        .optional()?;
    let Some(own) = own else {
        return Ok(Some(Locked::ByAge));
    };
    let shown = conn.prepare_cached(SHOWN)?.exists(params![
        own,
        moment(at),
        moment(at + CORRECTION_TIME)
    ])?;
    // Within its quarter of an hour by the clock, and a step knows better: the clock was ahead or is behind.
    Ok(shown.then_some(Locked::ByClock))
}

impl Store {
    /// Why an entry may only be amended or struck; `None` while it may be put right. A save asks the same.
    pub fn locked(&self, entry: &Contact) -> Result<Option<Locked>> {
        self.read(|conn| locked(conn, &of(entry), self.now()))
    }
}

impl Writer<'_> {
    /// Refuses to touch an entry once it is evidence.
    pub(super) fn refuse_evidence(&self, entry: &Contact) -> Result<()> {
        refuse(self.conn, entry.id, &of(entry), self.clock)
    }
}

fn of(entry: &Contact) -> Entered<'static> {
    Entered {
        table: "contact",
        pk: entry.id.0,
        at: Some(entry.entered_at),
    }
}

fn refuse(
    conn: &Connection,
    id: ContactId,
    entered: &Entered<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    match locked(conn, entered, now)? {
        None => Ok(()),
        Some(why) => Err(Error::Evidence {
            id: id.to_string(),
            why,
        }),
    }
}

/// Refuses a replay that would delete or overwrite a row of evidence; the row's own moment of entry counts. Taking an
/// entry out of the bin is no overwriting, and whom on file its words meant is not part of what was entered.
pub(super) fn guard(
    conn: &Connection,
    (table, id): (&str, i64),
    from: Option<&str>,
    to: Option<&str>,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some((_, number)) = GUARDED.iter().find(|(name, _)| *name == table) else {
        return Ok(());
    };
    let Some(from) = from.and_then(image) else {
        return Ok(());
    };
    if let Some(to) = to.and_then(image)
        && same_words(&from, &to)
    {
        return Ok(());
    }
    let entry = from.get(*number).and_then(Value::as_i64).unwrap_or(id);
    let at = from.get("entered_at").and_then(Value::as_str);
    // A child of an entry has the entry's moment, and with it the entry's step.
    let (table, pk) = match table {
        "contact_pupil" => ("contact", entry),
        own => (own, id),
    };
    let at = at.and_then(read_stored_time);
    refuse(conn, ContactId(entry), &Entered { table, pk, at }, now)
}

fn image(text: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(text).ok()
}

fn same_words(from: &Map<String, Value>, to: &Map<String, Value>) -> bool {
    let may_differ = |column: &str| match column {
        "person" => true,
        "binned_at" => !to.contains_key("binned_at"),
        _ => false,
    };
    from.keys()
        .chain(to.keys())
        .all(|column| from.get(column) == to.get(column) || may_differ(column))
}
