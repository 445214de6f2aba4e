//! Periods of SEN status: at most one is open, and none overlap.

use super::error::{Error, Result};
use super::{Writer, day, no_record, read_day, text, whole};
use crate::domain::date;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{PupilId, StatusId};
use crate::domain::pupil::StatusPeriod;
use chrono::{Days, NaiveDate};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, params};

const COLUMNS: &str = "id, pupil, code, starts, ends, reason, parents_informed";

fn read(row: &Row<'_>) -> rusqlite::Result<StatusPeriod> {
    Ok(StatusPeriod {
        id: StatusId(row.get(0)?),
        pupil: PupilId(row.get(1)?),
        code: row.get(2)?,
        starts: read_day(row, 3)?,
        ends: read_day(row, 4)?,
        reason: row.get(5)?,
        parents_informed: read_day(row, 6)?,
    })
}

pub(super) fn find(conn: &Connection, id: StatusId) -> Result<Option<StatusPeriod>> {
    let period = conn
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM status_period WHERE id = ?1"
        ))?
        .query_row([id.0], read)
        .optional()?;
    Ok(period)
}

/// A pupil's periods, newest first, the open one before all.
pub(super) fn of(conn: &Connection, pupil: PupilId) -> Result<Vec<StatusPeriod>> {
    let mut periods = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM status_period WHERE pupil = ?1
         ORDER BY ends IS NOT NULL, ends DESC, id DESC"
    ))?;
    let periods = periods.query_map([pupil.0], read)?;
    Ok(periods.collect::<rusqlite::Result<_>>()?)
}

/// The open period, if any.
pub(super) fn open(conn: &Connection, pupil: PupilId) -> Result<Option<StatusPeriod>> {
    let period = conn
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM status_period WHERE pupil = ?1 AND ends IS NULL"
        ))?
        .query_row([pupil.0], read)
        .optional()?;
    Ok(period)
}

/// What a form starts from.
pub(super) fn values(period: &StatusPeriod) -> Values {
    Values::from([
        ("pupil", Some(Value::Whole(period.pupil.0))),
        ("code", Some(Value::Text(period.code.clone()))),
        ("from", period.starts.map(Value::Date)),
        ("to", period.ends.map(Value::Date)),
        ("reason", period.reason.clone().map(Value::Text)),
        ("parents_informed", period.parents_informed.map(Value::Date)),
    ])
}

fn overlap(text: String) -> Error {
    Error::StatusOverlap { text }
}

fn in_order(period: &StatusPeriod) -> Result<()> {
    match (period.starts, period.ends) {
        (Some(starts), Some(ends)) if starts > ends => Err(overlap(format!(
            "That period ended on {}: its first day cannot be after that.",
            date::full(ends)
        ))),
        _ => Ok(()),
    }
}

impl Writer<'_> {
    pub(super) fn add_status(&mut self, values: &Values) -> Result<StatusId> {
        let pupil = self.owner(values)?;
        let period = StatusPeriod {
            id: StatusId(0),
            pupil,
            code: text(values, "code")
                .ok_or(Error::NotGiven { field: "code" })?
                .to_owned(),
            starts: day(values, "from"),
            ends: day(values, "to"),
            reason: text(values, "reason").map(str::to_owned),
            parents_informed: day(values, "parents_informed"),
        };
        if period.ends.is_none() {
            self.close_before(pupil, period.starts)?;
        }
        in_order(&period)?;
        self.insert_status(&period, None)
    }

    /// Ends the open period on the day before a new one starts.
    fn close_before(&mut self, pupil: PupilId, starts: Option<NaiveDate>) -> Result<()> {
        let Some(mut old) = open(self.conn, pupil)? else {
            return Ok(());
        };
        let Some(ends) = starts.and_then(|day| day.checked_sub_days(Days::new(1))) else {
            return Err(overlap(
                "A status is open already: give the first day of the new one, so that the open one can end the day \
                 before."
                    .to_owned(),
            ));
        };
        if let Some(began) = old.starts.filter(|began| *began > ends) {
            return Err(overlap(format!(
                "The open status began on {}: give a later first day, or change that period. A period before it has a \
                 last day too, {} at the latest.",
                date::full(began),
                began.pred_opt().map(date::full).unwrap_or_default()
            )));
        }
        old.ends = Some(ends);
        self.update_status(&old)
    }

    pub(super) fn amend_status(&mut self, id: StatusId, values: &Values) -> Result<()> {
        let mut period = find(self.conn, id)?.ok_or_else(|| no_record(Kind::Status, id.0))?;
        for field in values.keys() {
            match *field {
                "pupil" if whole(values, field) != Some(period.pupil.0) => {
                    period.pupil = self.owner(values)?;
                }
                "code" => {
                    text(values, field)
                        .ok_or(Error::NotGiven { field: "code" })?
                        .clone_into(&mut period.code);
                }
                "from" => period.starts = day(values, field),
                "to" => period.ends = day(values, field),
                "reason" => period.reason = text(values, field).map(str::to_owned),
                "parents_informed" => period.parents_informed = day(values, field),
                _ => {}
            }
        }
        in_order(&period)?;
        self.update_status(&period)
    }

    /// Takes a period off the record, as one entered by mistake.
    pub(super) fn remove_status(&mut self, id: StatusId) -> Result<()> {
        find(self.conn, id)?.ok_or_else(|| no_record(Kind::Status, id.0))?;
        self.conn
            .prepare_cached("DELETE FROM status_period WHERE id = ?1")?
            .execute([id.0])?;
        Ok(())
    }

    /// A new row. `recorded_as` is what the importer said of a cell that was not a plain code.
    pub(super) fn insert_status(
        &mut self,
        period: &StatusPeriod,
        recorded_as: Option<&str>,
    ) -> Result<StatusId> {
        let done = self
            .conn
            .prepare_cached(
                "INSERT INTO status_period (pupil, code, starts, ends, reason, parents_informed, recorded_as)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .insert(params![
                period.pupil.0,
                period.code,
                period.starts.map(date::iso),
                period.ends.map(date::iso),
                period.reason,
                period.parents_informed.map(date::iso),
                recorded_as,
            ]);
        match done {
            Ok(id) => Ok(StatusId(id)),
            Err(error) => Err(self.told(period, error)),
        }
    }

    pub(super) fn update_status(&mut self, period: &StatusPeriod) -> Result<()> {
        let done = self
            .conn
            .prepare_cached(
                "UPDATE status_period SET pupil = ?1, code = ?2, starts = ?3, ends = ?4, reason = ?5,
                   parents_informed = ?6
                 WHERE id = ?7",
            )?
            .execute(params![
                period.pupil.0,
                period.code,
                period.starts.map(date::iso),
                period.ends.map(date::iso),
                period.reason,
                period.parents_informed.map(date::iso),
                period.id.0,
            ]);
        done.map(drop).map_err(|error| self.told(period, error))
    }

    /// A refusal of the schema as a sentence that names the period in the way.
    fn told(&self, period: &StatusPeriod, error: rusqlite::Error) -> Error {
        if error.sqlite_error_code() != Some(ErrorCode::ConstraintViolation) {
            return error.into();
        }
        let others = match of(self.conn, period.pupil) {
            Ok(others) => others,
            Err(failed) => return failed,
        };
        let reaches = |other: &&StatusPeriod| {
            other.id != period.id
                && period
                    .ends
                    .is_none_or(|ends| other.starts.is_none_or(|starts| starts <= ends))
                && period
                    .starts
                    .is_none_or(|starts| other.ends.is_none_or(|ends| starts <= ends))
        };
        let Some(other) = others.iter().find(reaches) else {
            return error.into();
        };
        let began = other
            .starts
            .map_or_else(|| "on a day not known".to_owned(), date::full);
        overlap(match other.ends {
            Some(ends) => format!(
                "Another status was held from {began} to {}: give a first day after that, or change that period.",
                date::full(ends)
            ),
            None => format!(
                "Another status is open since {began}: the dates given reach into it. Give earlier dates, or change \
                 that period."
            ),
        })
    }
}
