//! Staff who run provision, and their rates.

use super::error::{Error, Result};
use super::{Store, Writer, day, no_record, read_day, text, whole};
use crate::domain::date;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{RateId, StaffId};
use crate::domain::provision::cost::{Rate, Rates, pounds};
use crate::domain::provision::{Staff, hours, read_hours};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

fn read_staff(row: &Row<'_>) -> rusqlite::Result<Staff> {
    Ok(Staff {
        id: StaffId(row.get(0)?),
        name: row.get(1)?,
        role: row.get(2)?,
        minutes_week: row.get(3)?,
    })
}

fn read_rate(row: &Row<'_>) -> rusqlite::Result<Rate> {
    Ok(Rate {
        id: RateId(row.get(0)?),
        staff: StaffId(row.get(1)?),
        pence_hour: row.get(2)?,
        // A day that cannot be read holds from the end of time: no cost is made up from it.
        from: read_day(row, 3)?.unwrap_or(NaiveDate::MAX),
    })
}

pub(super) fn find(conn: &Connection, id: StaffId) -> Result<Option<Staff>> {
    let staff = conn
        .prepare_cached("SELECT id, name, role, minutes_week FROM staff WHERE id = ?1")?
        .query_row([id.0], read_staff)
        .optional()?;
    Ok(staff)
}

pub(super) fn find_rate(conn: &Connection, id: RateId) -> Result<Option<Rate>> {
    let rate = conn
        .prepare_cached("SELECT id, staff, pence_hour, starts FROM rate WHERE id = ?1")?
        .query_row([id.0], read_rate)
        .optional()?;
    Ok(rate)
}

/// What a form on somebody of the staff starts from.
pub(super) fn values(staff: &Staff) -> Values {
    let hours_week = staff
        .minutes_week
        .map(|minutes| Value::Text(hours(minutes)));
    Values::from([
        ("name", Some(Value::Text(staff.name.clone()))),
        ("role", staff.role.clone().map(Value::Text)),
        ("hours_week", hours_week),
    ])
}

/// What a form on a rate starts from.
pub(super) fn rate_values(rate: &Rate) -> Values {
    Values::from([
        ("staff", Some(Value::Whole(rate.staff.0))),
        ("pence_hour", Some(Value::Whole(rate.pence_hour))),
        ("from", Some(Value::Date(rate.from))),
    ])
}

impl Store {
    /// Everybody who runs provision, by name.
    pub fn staff(&self) -> Result<Vec<Staff>> {
        self.read(|conn| {
            let mut staff = conn.prepare_cached(
                "SELECT id, name, role, minutes_week FROM staff ORDER BY name COLLATE NOCASE, id",
            )?;
            let staff = staff.query_map([], read_staff)?;
            Ok(staff.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The rates of everybody.
    pub fn rates(&self) -> Result<Rates> {
        Ok(Rates::new(self.rate_rows()?))
    }

    /// The rates as entered, by whose and from when.
    pub fn rate_rows(&self) -> Result<Vec<Rate>> {
        self.read(|conn| {
            let mut rates = conn.prepare_cached(
                "SELECT id, staff, pence_hour, starts FROM rate ORDER BY staff, starts, id",
            )?;
            let rates = rates.query_map([], read_rate)?;
            Ok(rates.collect::<rusqlite::Result<_>>()?)
        })
    }
}

impl Writer<'_> {
    /// Somebody of the staff who is on file.
    pub(super) fn staff_in(&self, values: &Values, field: &str) -> Result<Option<StaffId>> {
        let Some(id) = whole(values, field).map(StaffId) else {
            return Ok(None);
        };
        match find(self.conn, id)? {
            Some(_) => Ok(Some(id)),
            None => Err(no_record(Kind::Staff, id.0)),
        }
    }

    pub(super) fn add_staff(&mut self, values: &Values) -> Result<StaffId> {
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO staff (name, role, minutes_week, entered_at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .insert(params![
                text(values, "name").ok_or(Error::NotGiven { field: "name" })?,
                text(values, "role"),
                text(values, "hours_week").and_then(read_hours),
                self.now,
            ])?;
        Ok(StaffId(id))
    }

    pub(super) fn amend_staff(&mut self, id: StaffId, values: &Values) -> Result<()> {
        let mut staff = find(self.conn, id)?.ok_or_else(|| no_record(Kind::Staff, id.0))?;
        for field in values.keys() {
            match *field {
                "name" => text(values, field)
                    .ok_or(Error::NotGiven { field: "name" })?
                    .clone_into(&mut staff.name),
                "role" => staff.role = text(values, field).map(str::to_owned),
                "hours_week" => staff.minutes_week = text(values, field).and_then(read_hours),
                _ => {}
            }
        }
        self.conn
            .prepare_cached(
                "UPDATE staff SET name = ?1, role = ?2, minutes_week = ?3 WHERE id = ?4",
            )?
            .execute(params![staff.name, staff.role, staff.minutes_week, id.0])?;
        Ok(())
    }

    pub(super) fn add_rate(&mut self, values: &Values) -> Result<RateId> {
        let staff = self
            .staff_in(values, "staff")?
            .ok_or(Error::NotGiven { field: "staff" })?;
        let from = day(values, "from").unwrap_or(self.today);
        self.one_rate(None, staff, from)?;
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO rate (staff, pence_hour, starts, entered_at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .insert(params![
                staff.0,
                whole(values, "pence_hour").ok_or(Error::NotGiven {
                    field: "pence_hour"
                })?,
                date::iso(from),
                self.now,
            ])?;
        self.note_rate(staff)?;
        Ok(RateId(id))
    }

    pub(super) fn amend_rate(&mut self, id: RateId, values: &Values) -> Result<()> {
        let mut rate = find_rate(self.conn, id)?.ok_or_else(|| no_record(Kind::Rate, id.0))?;
        if values.contains_key("staff") {
            rate.staff = self
                .staff_in(values, "staff")?
                .ok_or(Error::NotGiven { field: "staff" })?;
        }
        if values.contains_key("pence_hour") {
            rate.pence_hour = whole(values, "pence_hour").ok_or(Error::NotGiven {
                field: "pence_hour",
            })?;
        }
        if values.contains_key("from") {
            rate.from = day(values, "from").ok_or(Error::NotGiven { field: "from" })?;
        }
        self.one_rate(Some(id), rate.staff, rate.from)?;
        self.conn
            .prepare_cached(
                "UPDATE rate SET staff = ?1, pence_hour = ?2, starts = ?3 WHERE id = ?4",
            )?
            .execute(params![
                rate.staff.0,
                rate.pence_hour,
                date::iso(rate.from),
                id.0
            ])?;
        self.note_rate(rate.staff)
    }

    /// Nobody has two rates from one day: which of them holds could not be seen. Where a file has two already, one of them
    /// can still be moved away, or its amount put right.
    fn one_rate(&self, own: Option<RateId>, staff: StaffId, from: NaiveDate) -> Result<()> {
        if let Some(own) = own
            && find_rate(self.conn, own)?.is_some_and(|is| (is.staff, is.from) == (staff, from))
        {
            return Ok(());
        }
        let other: Option<(i64, i64)> = self
            .conn
            .prepare_cached(
                "SELECT id, pence_hour FROM rate WHERE staff = ?1 AND starts = ?2 LIMIT 1",
            )?
            .query_row(params![staff.0, date::iso(from)], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        match other {
            Some((id, pence)) => Err(Error::Refused {
                text: format!(
                    "{} is the rate of {staff} from {} already, {} an hour: change that one.",
                    RateId(id),
                    date::medium(from),
                    pounds(pence)
                ),
            }),
            None => Ok(()),
        }
    }
}
