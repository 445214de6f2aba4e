//! Every record held against the history: each row of each table that the journal keeps is as its newest image has it,
//! none is there that no step made, and none is missing.
//!
//! The images go by once, as the chain is walked; of each row the digest of the newest one stays in memory (40 bytes with
//! its number, so 60 to 80 MB for a million rows). Then each table is read once.

use super::chain::{Chain, Image};
use super::error::Result;
use super::journal::{JOURNALLED, Table, add_to_image};
use super::shape::{Column, Shape};
use crate::domain::id::StepId;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::collections::HashMap;

/// How a record is not as the history has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untold {
    /// It says something else than the step left there.
    Changed,
    /// It is gone, and no step removed it.
    Gone,
    /// It is there, and no step made it.
    SlippedIn,
    /// A step removed it, and it is there.
    Back,
}

/// A record that is not as the history has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// What it is, with its id: `pupil p3`.
    pub record: String,
    /// The newest step that touched it.
    pub step: Option<StepId>,
    /// How.
    pub how: Untold,
}

impl std::fmt::Display for Stray {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (record, step) = (&self.record, self.step.unwrap_or(StepId(0)));
        match self.how {
            Untold::Changed => write!(f, "{record} is not as step {step} left it"),
            Untold::Gone => write!(f, "{record} is gone; step {step} left it there"),
            Untold::SlippedIn => write!(f, "{record} is there, and no step made it"),
            Untold::Back => write!(f, "{record} is there, though step {step} removed it"),
        }
    }
}

/// The beginning of a digest: enough to tell two images apart.
type Short = [u8; 16];

struct Newest {
    step: i64,
    /// `None` where that step removed the row.
    digest: Option<Short>,
}

/// The newest image of every row, table by table as they stand in [`JOURNALLED`].
#[derive(Default)]
pub(super) struct Records {
    tables: Vec<HashMap<i64, Newest>>,
    /// Tables in the journal that this program does not know.
    pub(super) unknown: Option<StepId>,
}

impl Records {
    pub(super) fn new() -> Self {
        let tables = JOURNALLED.iter().map(|_| HashMap::new()).collect();
        let unknown = None;
        Self { tables, unknown }
    }

    /// Takes in a row of the journal; they come in their order.
    pub(super) fn note(&mut self, image: &Image<'_>) {
        let known = JOURNALLED.iter().position(|one| one.name == image.table);
        let Some(rows) = known.and_then(|at| self.tables.get_mut(at)) else {
            self.unknown.get_or_insert(StepId(image.step));
            return;
        };
        let newest = Newest {
            step: image.step,
            digest: image.after.map(short_of),
        };
        rows.insert(image.pk, newest);
    }

    /// Holds every table against it. A table that cannot be read is told by its name.
    pub(super) fn hold(
        self,
        conn: &Connection,
        chain: &Chain,
        shape: &Shape,
        mut tell: impl FnMut(Result<Stray, &'static str>),
    ) -> Result<()> {
        for (table, newest) in JOURNALLED.iter().zip(self.tables) {
            let columns = shape.columns(table.name)?;
            let reader = Reader {
                table,
                columns: &columns,
                chain,
            };
            let mut strays = Vec::new();
            if reader.hold(conn, newest, &mut strays).is_err() {
                tell(Err(table.name));
            }
            for stray in strays {
                tell(Ok(stray));
            }
        }
        Ok(())
    }
}

/// One table as it is read.
struct Reader<'a> {
    table: &'static Table,
    columns: &'a [Column],
    chain: &'a Chain,
}

impl Reader<'_> {
    fn hold(
        &self,
        conn: &Connection,
        mut newest: HashMap<i64, Newest>,
        strays: &mut Vec<Stray>,
    ) -> Result<()> {
        let stray = |id: i64, step: Option<i64>, how| Stray {
            record: self.table.row(id),
            step: step.map(StepId),
            how,
        };
        let names: Vec<&str> = self.columns.iter().map(|one| &*one.name).collect();
        // From the table itself: an index is only as good as whoever made it.
        let sql = format!(
            "SELECT {}, id FROM main.{} NOT INDEXED ORDER BY id",
            names.join(", "),
            self.table.name
        );
        let mut rows = conn.prepare(&sql)?;
        let mut rows = rows.query([])?;
        let mut image = Vec::with_capacity(512);
        while let Some(row) = rows.next()? {
            let id = row.get(names.len())?;
            match newest.remove(&id) {
                None => strays.push(stray(id, None, Untold::SlippedIn)),
                Some(Newest { step, digest: None }) => {
                    strays.push(stray(id, Some(step), Untold::Back));
                }
                Some(Newest {
                    step,
                    digest: Some(digest),
                }) => {
                    if !self.is_as(row, digest, &mut image)? {
                        strays.push(stray(id, Some(step), Untold::Changed));
                    }
                }
            }
        }
        let mut gone: Vec<(i64, i64)> = newest
            .into_iter()
            .filter(|(_, newest)| newest.digest.is_some())
            .map(|(id, newest)| (id, newest.step))
            .collect();
        gone.sort_unstable();
        strays.extend(
            gone.into_iter()
                .map(|(id, step)| stray(id, Some(step), Untold::Gone)),
        );
        Ok(())
    }

    /// True when a row is what the image was made of. An image lacks the columns that later rungs added: where those hold
    /// what their rung gave them, the row is as it was.
    fn is_as(&self, row: &Row<'_>, digest: Short, image: &mut Vec<u8>) -> Result<bool> {
        let mut lacking = self.columns.len();
        loop {
            if self.image(row, lacking, image)? && self.chain.short(image) == digest {
                return Ok(true);
            }
            // The newest of those columns that are in it still.
            let added = self.columns[..lacking]
                .iter()
                .rposition(|one| one.default.is_some());
            let Some(at) = added else {
                return Ok(false);
            };
            let default = self.columns[at].default.as_ref();
            if default.map(ValueRef::from) != Some(row.get_ref(at)?) {
                return Ok(false);
            }
            lacking = at;
        }
    }

    /// The image of a row without the columns with a default from this one on; false where a value is none of an image's.
    fn image(&self, row: &Row<'_>, lacking: usize, out: &mut Vec<u8>) -> Result<bool> {
        out.clear();
        for (at, column) in self.columns.iter().enumerate() {
            let value = row.get_ref(at)?;
            let is_left_out =
                value == ValueRef::Null || (at >= lacking && column.default.is_some());
            if !is_left_out && add_to_image(out, &column.name, value).is_none() {
                return Ok(false);
            }
        }
        out.push(b'}');
        Ok(true)
    }
}

/// The beginning of a digest as the journal has it; what is none is like no other.
fn short_of(digest: &str) -> Short {
    let mut short = [0; 16];
    let digits = |pair: &[u8]| {
        let digit = |byte: u8| char::from(byte).to_digit(16);
        Some(digit(pair[0])? << 4 | digit(pair[1])?)
    };
    for (byte, pair) in short.iter_mut().zip(digest.as_bytes().chunks_exact(2)) {
        *byte = digits(pair)
            .and_then(|value| u8::try_from(value).ok())
            .unwrap_or_default();
    }
    short
}

#[cfg(test)]
mod tests;
