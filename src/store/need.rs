//! Needs: ranked 1, 2 and on among those that last, no rank twice.

use super::error::{Error, Result};
use super::{Writer, day, no_record, read_day, text, whole};
use crate::domain::date;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{NeedId, PupilId};
use crate::domain::pupil::Need;
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str = "id, pupil, code, rank, starts, ends";

fn read(row: &Row<'_>) -> rusqlite::Result<Need> {
    Ok(Need {
        id: NeedId(row.get(0)?),
        pupil: PupilId(row.get(1)?),
        code: row.get(2)?,
        rank: row.get(3)?,
        starts: read_day(row, 4)?,
        ends: read_day(row, 5)?,
    })
}

pub(super) fn find(conn: &Connection, id: NeedId) -> Result<Option<Need>> {
    let need = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM need WHERE id = ?1"))?
        .query_row([id.0], read)
        .optional()?;
    Ok(need)
}

/// A pupil's needs: those that last by rank, then the others, newest first.
pub(super) fn of(conn: &Connection, pupil: PupilId) -> Result<Vec<Need>> {
    let mut needs = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM need WHERE pupil = ?1
         ORDER BY ends IS NOT NULL, ends DESC, rank, id"
    ))?;
    let needs = needs.query_map([pupil.0], read)?;
    Ok(needs.collect::<rusqlite::Result<_>>()?)
}

/// A pupil's needs that last, by rank.
pub(super) fn lasting(conn: &Connection, pupil: PupilId) -> Result<Vec<Need>> {
    let mut needs = of(conn, pupil)?;
    needs.retain(|need| need.ends.is_none());
    Ok(needs)
}

/// What a form starts from.
pub(super) fn values(need: &Need) -> Values {
    Values::from([
        ("pupil", Some(Value::Whole(need.pupil.0))),
        ("code", Some(Value::Text(need.code.clone()))),
        ("rank", Some(Value::Whole(need.rank))),
        ("from", need.starts.map(Value::Date)),
        ("to", need.ends.map(Value::Date)),
    ])
}

fn next_rank(others: &[Need]) -> i64 {
    others
        .iter()
        .map(|need| need.rank)
        .max()
        .unwrap_or_default()
        + 1
}

impl Writer<'_> {
    pub(super) fn add_need(&mut self, values: &Values) -> Result<NeedId> {
        let pupil = self.owner(values)?;
        let code = text(values, "code").ok_or(Error::NotGiven { field: "code" })?;
        let others = lasting(self.conn, pupil)?;
        let need = Need {
            id: NeedId(0),
            pupil,
            code: code.to_owned(),
            rank: whole(values, "rank").unwrap_or_else(|| next_rank(&others)),
            starts: day(values, "from"),
            ends: day(values, "to"),
        };
        self.refuse_at_once(&need)?;
        if need.ends.is_none() {
            self.make_room(&others, need.rank)?;
        }
        self.insert_need(&need, None)
    }

    /// One code is on record once at a time, and no period ends before it begins.
    fn refuse_at_once(&self, need: &Need) -> Result<()> {
        if let (Some(starts), Some(ends)) = (need.starts, need.ends)
            && ends < starts
        {
            return Err(Error::Refused {
                text: format!(
                    "The last day of the need lies before its first, {}.",
                    date::full(starts)
                ),
            });
        }
        let others = of(self.conn, need.pupil)?;
        let is_at_once = |other: &&Need| {
            other.id != need.id
                && other.code.eq_ignore_ascii_case(&need.code)
                && other
                    .ends
                    .is_none_or(|ends| need.starts.is_none_or(|starts| starts <= ends))
                && need
                    .ends
                    .is_none_or(|ends| other.starts.is_none_or(|starts| starts <= ends))
        };
        let Some(other) = others.iter().find(is_at_once) else {
            return Ok(());
        };
        let since = other
            .starts
            .map_or_else(|| "a day not known".to_owned(), date::medium);
        let till = other
            .ends
            .map_or_else(String::new, |ends| format!(" to {}", date::medium(ends)));
        Err(Error::Refused {
            text: format!(
                "{} is on record for that time already ({}, rank {}, from {since}{till}): change or end that one.",
                other.code, other.id, other.rank
            ),
        })
    }

    /// Takes a need off the record, as one entered by mistake; those ranked below it move up. One that is over is ended
    /// instead.
    pub(super) fn remove_need(&mut self, id: NeedId) -> Result<()> {
        let need = find(self.conn, id)?.ok_or_else(|| no_record(Kind::Need, id.0))?;
        self.conn
            .prepare_cached("DELETE FROM need WHERE id = ?1")?
            .execute([id.0])?;
        match need.ends {
            None => self.close_gap(need.pupil, need.rank),
            Some(_) => Ok(()),
        }
    }

    /// Where no lasting need has this rank any more, those below it move up by one: somebody is ranked 1, the primary need.
    fn close_gap(&mut self, pupil: PupilId, rank: i64) -> Result<()> {
        let others = lasting(self.conn, pupil)?;
        if others.iter().any(|other| other.rank == rank) {
            return Ok(());
        }
        for other in others.into_iter().filter(|other| other.rank > rank) {
            let rank = other.rank - 1;
            self.update_need(&Need { rank, ..other })?;
        }
        Ok(())
    }

    /// Moves the need that holds a rank down by one, and whichever that runs into.
    fn make_room(&mut self, others: &[Need], rank: i64) -> Result<()> {
        let mut taken = rank;
        for need in others.iter().filter(|need| need.rank >= rank) {
            if need.rank == taken {
                taken += 1;
                self.update_need(&Need {
                    rank: taken,
                    ..need.clone()
                })?;
            }
        }
        Ok(())
    }

    pub(super) fn amend_need(&mut self, id: NeedId, values: &Values) -> Result<()> {
        let mut need = find(self.conn, id)?.ok_or_else(|| no_record(Kind::Need, id.0))?;
        let was = need.clone();
        for field in values.keys() {
            match *field {
                "pupil" if whole(values, field) != Some(need.pupil.0) => {
                    need.pupil = self.owner(values)?;
                }
                "code" => {
                    text(values, field)
                        .ok_or(Error::NotGiven { field: "code" })?
                        .clone_into(&mut need.code);
                }
                "rank" => need.rank = whole(values, field).unwrap_or(need.rank),
                "from" => need.starts = day(values, field),
                "to" => need.ends = day(values, field),
                _ => {}
            }
        }
        self.refuse_at_once(&need)?;
        match (was.ends, need.ends) {
            (None, None) => self.rearrange(&was, &need)?,
            (Some(_), None) => {
                let others = lasting(self.conn, need.pupil)?;
                self.make_room(&others, need.rank)?;
            }
            _ => {}
        }
        self.update_need(&need)?;
        match (was.ends, need.ends) {
            (None, Some(_)) => self.close_gap(was.pupil, was.rank),
            _ => Ok(()),
        }
    }

    /// Makes the rank free that a need moves to: within one pupil the needs between its old and its new place each
    /// move one towards the old place; under another pupil they make room.
    fn rearrange(&mut self, was: &Need, need: &Need) -> Result<()> {
        let mut others = lasting(self.conn, need.pupil)?;
        others.retain(|other| other.id != need.id);
        if was.pupil != need.pupil {
            return self.make_room(&others, need.rank);
        }
        if !others.iter().any(|other| other.rank == need.rank) {
            return Ok(());
        }
        for other in others {
            let rank = if need.rank < was.rank && (need.rank..was.rank).contains(&other.rank) {
                other.rank + 1
            } else if need.rank > was.rank && (was.rank + 1..=need.rank).contains(&other.rank) {
                other.rank - 1
            } else {
                continue;
            };
            self.update_need(&Need { rank, ..other })?;
        }
        Ok(())
    }

    /// A new row. `recorded_as` is what the importer said of a cell that was not a plain code.
    pub(super) fn insert_need(&mut self, need: &Need, recorded_as: Option<&str>) -> Result<NeedId> {
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO need (pupil, code, rank, starts, ends, recorded_as)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .insert(params![
                need.pupil.0,
                need.code,
                need.rank,
                need.starts.map(date::iso),
                need.ends.map(date::iso),
                recorded_as,
            ])?;
        Ok(NeedId(id))
    }

    pub(super) fn update_need(&mut self, need: &Need) -> Result<()> {
        self.conn
            .prepare_cached(
                "UPDATE need SET pupil = ?1, code = ?2, rank = ?3, starts = ?4, ends = ?5 WHERE id = ?6",
            )?
            .execute(params![
                need.pupil.0,
                need.code,
                need.rank,
                need.starts.map(date::iso),
                need.ends.map(date::iso),
                need.id.0,
            ])?;
        Ok(())
    }
}
