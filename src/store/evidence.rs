//! The rule of evidence: an entry of the diary older than a quarter of an hour is never overwritten, binned or taken
//! back. It is amended or struck, and its first text stays.

use super::error::{Error, Result};
use super::read_stored_time;
use crate::domain::contact::is_evidence;
use crate::domain::id::ContactId;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// The tables it holds for, and the column with the number of the entry.
const GUARDED: [(&str, &str); 3] = [
    ("contact", "id"),
    ("contact_pupil", "contact"),
    ("amendment", "contact"),
];

/// True for the tables whose rows become evidence.
#[cfg(test)]
pub(super) fn holds_for(table: &str) -> bool {
    GUARDED.iter().any(|(name, _)| *name == table)
}

/// Refuses to touch an entry once it is evidence. What has no readable moment of entry is evidence.
pub(super) fn refuse(
    id: ContactId,
    entered_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    if entered_at.is_some_and(|entered| !is_evidence(entered, now)) {
        return Ok(());
    }
    Err(Error::Evidence { id: id.to_string() })
}

/// Refuses a replay that would delete or overwrite a row of evidence; the row's own moment of entry counts. Taking an
/// entry out of the bin is no overwriting, and whom on file its words meant is not part of what was entered.
pub(super) fn guard(
    table: &str,
    id: i64,
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
    let entered = from.get("entered_at").and_then(Value::as_str);
    refuse(ContactId(entry), entered.and_then(read_stored_time), now)
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
