//! The hours of a week as they were typed, and the minutes of contacts.

use super::error::{Error, Result};
use super::{Store, Writer, day, no_record, read_day, read_moment, text, whole};
use crate::domain::date;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::hours::{self, Hours, Weeks};
use crate::domain::id::HoursId;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str = "id, week, minutes, note";

/// `None` for a line whose day cannot be read.
fn read(row: &Row<'_>) -> rusqlite::Result<Option<Hours>> {
    let Some(week) = read_day(row, 1)? else {
        return Ok(None);
    };
    Ok(Some(Hours {
        id: HoursId(row.get(0)?),
        week,
        minutes: row.get(2)?,
        note: row.get(3)?,
    }))
}

pub(super) fn find(conn: &Connection, id: HoursId) -> Result<Option<Hours>> {
    let hours = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM hours WHERE id = ?1"))?
        .query_row([id.0], read)
        .optional()?;
    Ok(hours.flatten())
}

/// What a form on the hours of a week starts from.
pub(super) fn values(hours: &Hours) -> Values {
    Values::from([
        ("week", Some(Value::Date(hours.week))),
        ("hours", Some(Value::Whole(hours.minutes))),
        ("note", hours.note.clone().map(Value::Text)),
    ])
}

impl Store {
    /// The hours typed for this school, the last week first.
    pub fn hours(&self) -> Result<Vec<Hours>> {
        self.read(|conn| {
            let mut hours = conn.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM hours ORDER BY week DESC, id DESC"
            ))?;
            let hours: Vec<Option<Hours>> = hours
                .query_map([], read)?
                .collect::<rusqlite::Result<_>>()?;
            Ok(hours.into_iter().flatten().collect())
        })
    }

    /// The minutes that entries of the diary have on them in these weeks, each with its day. What is struck is not to
    /// be relied upon, and the bin does not count.
    pub fn contact_minutes(&self, weeks: Weeks) -> Result<Vec<(NaiveDate, i64)>> {
        self.read(|conn| {
            let mut minutes = conn.prepare_cached(
                "SELECT at, minutes FROM contact
                 WHERE binned_at IS NULL AND at >= ?1 AND at < ?2 AND minutes IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM amendment WHERE contact = contact.id AND what = 'strike')
                 ORDER BY at",
            )?;
            let after = weeks.end().succ_opt().unwrap_or(weeks.end());
            let mut rows = minutes.query([date::iso(weeks.first), date::iso(after)])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                if let Some(at) = read_moment(row, 0)? {
                    found.push((at.day, row.get(1)?));
                }
            }
            Ok(found)
        })
    }
}

impl Writer<'_> {
    pub(super) fn add_hours(&mut self, values: &Values) -> Result<HoursId> {
        let week = day(values, "week").ok_or(Error::NotGiven { field: "week" })?;
        self.no_other_hours(week, None)?;
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO hours (week, minutes, note, entered_at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .insert(params![
                date::iso(week),
                whole(values, "hours").ok_or(Error::NotGiven { field: "hours" })?,
                text(values, "note"),
                self.now,
            ])?;
        Ok(HoursId(id))
    }

    pub(super) fn amend_hours(&mut self, id: HoursId, values: &Values) -> Result<()> {
        let mut hours = find(self.conn, id)?.ok_or_else(|| no_record(Kind::Hours, id.0))?;
        for field in values.keys() {
            match *field {
                "week" => {
                    hours.week = day(values, field).ok_or(Error::NotGiven { field: "week" })?;
                }
                "hours" => {
                    hours.minutes =
                        whole(values, field).ok_or(Error::NotGiven { field: "hours" })?;
                }
                "note" => hours.note = text(values, field).map(str::to_owned),
                _ => {}
            }
        }
        self.no_other_hours(hours.week, Some(id))?;
        self.conn
            .prepare_cached("UPDATE hours SET week = ?1, minutes = ?2, note = ?3 WHERE id = ?4")?
            .execute(params![
                date::iso(hours.week),
                hours.minutes,
                hours.note,
                id.0
            ])?;
        Ok(())
    }

    /// A week has one line: a second one would be taken for more hours, or for the same ones told again.
    fn no_other_hours(&self, week: NaiveDate, own: Option<HoursId>) -> Result<()> {
        let other = self
            .conn
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM hours WHERE week = ?1 AND id IS NOT ?2 ORDER BY id LIMIT 1"
            ))?
            .query_row(params![date::iso(week), own.map(|own| own.0)], read)
            .optional()?
            .flatten();
        match other {
            None => Ok(()),
            Some(other) => Err(Error::Refused {
                text: format!(
                    "Week: the week from {} has {} already ({}): change that line instead.",
                    date::full(week),
                    hours::shown(other.minutes),
                    other.id
                ),
            }),
        }
    }
}
