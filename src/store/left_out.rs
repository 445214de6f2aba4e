//! What an office's list had of a child and could not be taken: kept as a setting by the child's id, so that "to mend" can
//! say it until the field is filled. Part of the journal, like every setting.

use super::error::Result;
use super::{Writer, setting};
use crate::domain::id::PupilId;
use crate::domain::pupil::LeftOut;
use rusqlite::Connection;

/// What the name of such a setting begins with.
const NAME: &str = "left out of ";

type Stored = Vec<(String, String, String)>;

fn read_value(value: &str) -> Vec<LeftOut> {
    let stored: Stored = serde_json::from_str(value).unwrap_or_default();
    let cells = stored.into_iter().map(|(field, value, reason)| LeftOut {
        field,
        value,
        reason,
    });
    cells.collect()
}

/// What was left out of one child.
pub(super) fn of(conn: &Connection, pupil: PupilId) -> Result<Vec<LeftOut>> {
    let value = setting::read(conn, &format!("{NAME}{pupil}"))?;
    Ok(value.as_deref().map(read_value).unwrap_or_default())
}

/// Of every child of whom something was left out.
pub(super) fn each(conn: &Connection, mut found: impl FnMut(i64, Vec<LeftOut>)) -> Result<()> {
    let mut rows =
        conn.prepare_cached("SELECT name, value FROM setting WHERE name >= ?1 AND name < ?2")?;
    let mut rows = rows.query([NAME, "left out of q"])?;
    while let Some(row) = rows.next()? {
        let (name, value): (String, String) = (row.get(0)?, row.get(1)?);
        let id = name.strip_prefix(NAME).and_then(|id| id.parse().ok());
        if let Some(PupilId(id)) = id {
            found(id, read_value(&value));
        }
    }
    Ok(())
}

impl Writer<'_> {
    /// Notes what was left out of a child that is added.
    pub(super) fn note_left_out(&mut self, pupil: PupilId, cells: &[LeftOut]) -> Result<()> {
        if cells.is_empty() {
            return Ok(());
        }
        let stored: Stored = cells
            .iter()
            .map(|cell| (cell.field.clone(), cell.value.clone(), cell.reason.clone()))
            .collect();
        let value = serde_json::to_string(&stored).unwrap_or_default();
        self.set_setting(&format!("{NAME}{pupil}"), &value)
    }
}
