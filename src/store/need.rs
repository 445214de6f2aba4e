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
        let rank = whole(values, "rank").unwrap_or_else(|| next_rank(&others));
        self.make_room(&others, rank)?;
        let need = Need {
            id: NeedId(0),
            pupil,
            code: code.to_owned(),
            rank,
            starts: day(values, "from"),
            ends: None,
        };
        self.insert_need(&need, None)
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
                _ => {}
            }
        }
        if need.ends.is_none() {
            self.rearrange(&was, &need)?;
        }
        self.update_need(&need)
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
