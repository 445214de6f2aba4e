//! Terms and closures: the school's calendar as it was typed.

use super::error::{Error, Result};
use super::{Store, Writer, day, no_record, read_day, text};
use crate::domain::calendar::{Calendar, Closure, Term};
use crate::domain::date;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{ClosureId, TermId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// A term; `None` where a stored day is none.
fn read_term(row: &Row<'_>) -> rusqlite::Result<Option<Term>> {
    let (Some(starts), Some(ends)) = (read_day(row, 2)?, read_day(row, 3)?) else {
        return Ok(None);
    };
    Ok(Some(Term {
        id: TermId(row.get(0)?),
        name: row.get(1)?,
        starts,
        ends,
    }))
}

fn read_closure(row: &Row<'_>) -> rusqlite::Result<Option<Closure>> {
    let Some(day) = read_day(row, 1)? else {
        return Ok(None);
    };
    Ok(Some(Closure {
        id: ClosureId(row.get(0)?),
        day,
        name: row.get(2)?,
    }))
}

pub(super) fn find_term(conn: &Connection, id: TermId) -> Result<Option<Term>> {
    let term = conn
        .prepare_cached("SELECT id, name, starts, ends FROM term WHERE id = ?1")?
        .query_row([id.0], read_term)
        .optional()?;
    Ok(term.flatten())
}

pub(super) fn find_closure(conn: &Connection, id: ClosureId) -> Result<Option<Closure>> {
    let closure = conn
        .prepare_cached("SELECT id, day, name FROM closure WHERE id = ?1")?
        .query_row([id.0], read_closure)
        .optional()?;
    Ok(closure.flatten())
}

/// What a term's form starts from.
pub(super) fn term_values(term: &Term) -> Values {
    Values::from([
        ("name", Some(Value::Text(term.name.clone()))),
        ("starts", Some(Value::Date(term.starts))),
        ("ends", Some(Value::Date(term.ends))),
    ])
}

/// What a closure's form starts from.
pub(super) fn closure_values(closure: &Closure) -> Values {
    Values::from([
        ("date", Some(Value::Date(closure.day))),
        ("name", Some(Value::Text(closure.name.clone()))),
    ])
}

impl Store {
    /// The school's terms and closures, by their days, and the weekdays the user is there.
    pub fn calendar(&self) -> Result<Calendar> {
        let calendar = self.read(read)?;
        Ok(calendar.with_my_days(self.my_days))
    }
}

/// The calendar as entered.
pub(super) fn read(conn: &Connection) -> Result<Calendar> {
    let mut terms =
        conn.prepare_cached("SELECT id, name, starts, ends FROM term ORDER BY starts, id")?;
    let terms: Vec<Option<Term>> = terms
        .query_map([], read_term)?
        .collect::<rusqlite::Result<_>>()?;
    let mut closures = conn.prepare_cached("SELECT id, day, name FROM closure ORDER BY day, id")?;
    let closures: Vec<Option<Closure>> = closures
        .query_map([], read_closure)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Calendar::new(
        terms.into_iter().flatten().collect(),
        closures.into_iter().flatten().collect(),
    ))
}

fn given<T>(value: Option<T>, field: &'static str) -> Result<T> {
    value.ok_or(Error::NotGiven { field })
}

impl Writer<'_> {
    pub(super) fn add_term(&mut self, values: &Values) -> Result<TermId> {
        let id = self
            .conn
            .prepare_cached("INSERT INTO term (name, starts, ends) VALUES (?1, ?2, ?3)")?
            .insert(params![
                given(text(values, "name"), "name")?,
                given(day(values, "starts"), "starts").map(date::iso)?,
                given(day(values, "ends"), "ends").map(date::iso)?,
            ])?;
        Ok(TermId(id))
    }

    pub(super) fn amend_term(&mut self, id: TermId, values: &Values) -> Result<()> {
        let mut term = find_term(self.conn, id)?.ok_or_else(|| no_record(Kind::Term, id.0))?;
        for field in values.keys() {
            match *field {
                "name" => given(text(values, field), "name")?.clone_into(&mut term.name),
                "starts" => term.starts = given(day(values, field), "starts")?,
                "ends" => term.ends = given(day(values, field), "ends")?,
                _ => {}
            }
        }
        if term.ends < term.starts {
            // Only one of the two may have been given, so the form could not tell.
            return Err(Error::Refused {
                text: format!(
                    "Last day: it lies before the first day, {}.",
                    date::full(term.starts)
                ),
            });
        }
        self.conn
            .prepare_cached("UPDATE term SET name = ?1, starts = ?2, ends = ?3 WHERE id = ?4")?
            .execute(params![
                term.name,
                date::iso(term.starts),
                date::iso(term.ends),
                id.0
            ])?;
        Ok(())
    }

    pub(super) fn add_closure(&mut self, values: &Values) -> Result<ClosureId> {
        let id = self
            .conn
            .prepare_cached("INSERT INTO closure (day, name) VALUES (?1, ?2)")?
            .insert(params![
                given(day(values, "date"), "date").map(date::iso)?,
                given(text(values, "name"), "name")?,
            ])?;
        Ok(ClosureId(id))
    }

    pub(super) fn amend_closure(&mut self, id: ClosureId, values: &Values) -> Result<()> {
        let mut closure =
            find_closure(self.conn, id)?.ok_or_else(|| no_record(Kind::Closure, id.0))?;
        for field in values.keys() {
            match *field {
                "date" => closure.day = given(day(values, field), "date")?,
                "name" => given(text(values, field), "name")?.clone_into(&mut closure.name),
                _ => {}
            }
        }
        self.conn
            .prepare_cached("UPDATE closure SET day = ?1, name = ?2 WHERE id = ?3")?
            .execute(params![date::iso(closure.day), closure.name, id.0])?;
        Ok(())
    }

    /// Takes a need, a period of status, a term, a closure, a person's link to one child, a rate, a session, hours, or staff and a type of provision that nothing names, off
    /// the file. Undo brings it back.
    ///
    /// # Errors
    /// [`Error::NoSuchRecord`]; [`Error::Refused`] for any other kind, which goes to the bin or stays, and for what is
    /// named elsewhere.
    pub fn remove(&mut self, kind: Kind, id: i64) -> Result<()> {
        let sql = match kind {
            Kind::Person => return self.remove_person(crate::domain::id::PersonId(id)),
            Kind::Need => return self.remove_need(crate::domain::id::NeedId(id)),
            Kind::Status => return self.remove_status(crate::domain::id::StatusId(id)),
            Kind::Term => "DELETE FROM term WHERE id = ?1",
            Kind::Closure => "DELETE FROM closure WHERE id = ?1",
            Kind::Rate => "DELETE FROM rate WHERE id = ?1",
            Kind::Session => "DELETE FROM session WHERE id = ?1",
            Kind::Hours => "DELETE FROM hours WHERE id = ?1",
            Kind::Staff | Kind::ProvisionType => {
                self.named_nowhere(kind, id)?;
                match kind {
                    Kind::Staff => "DELETE FROM staff WHERE id = ?1",
                    _ => "DELETE FROM provision_type WHERE id = ?1",
                }
            }
            _ => {
                return Err(Error::Refused {
                    text: format!(
                        "A {} is not taken off the file this way: put it in the bin, or change it.",
                        kind.noun()
                    ),
                });
            }
        };
        match self.conn.prepare_cached(sql)?.execute([id])? {
            0 => Err(no_record(kind, id)),
            _ => Ok(()),
        }
    }
}
