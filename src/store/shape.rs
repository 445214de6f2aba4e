//! The shape of a file, object by object: every table, index, trigger and view it has, beside those the ladder makes.
//!
//! What a file should look like is never read from the file: the ladder is climbed once more in memory, and what comes of
//! it is what a file of that version has, the tables an index of words keeps its words in among it.

use super::chain::hex;
use super::error::Result;
use super::file;
use super::schema::Ladder;
use blake2::{Blake2b256, Digest};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row};

/// One object of a file, as its list of them has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Object {
    kind: String,
    name: String,
    table: String,
    sql: Option<String>,
}

/// How an object is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// It is of the shape and is gone.
    Missing,
    /// It is no part of the shape.
    Added,
    /// It says something else.
    Changed,
}

/// An object that is not as the ladder makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misshapen {
    /// `table`, `index`, `trigger` or `view`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// How.
    pub odd: Difference,
}

impl std::fmt::Display for Misshapen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Names are whoever made the file's to choose.
        let name: String = self.name.chars().take(60).collect();
        let how = match self.odd {
            Difference::Missing => "is gone",
            Difference::Added => "was added",
            Difference::Changed => "was changed",
        };
        write!(f, "{} {} {how}", self.kind, name.escape_debug())
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub name: String,
    /// What it holds in a row that was there before it, where a rung added it with a value.
    pub default: Option<Value>,
}

/// What a file of one version has.
pub(super) struct Shape {
    objects: Vec<Object>,
    conn: Connection,
}

/// More objects than these are read of no file: none of ours has a tenth of it.
const MOST: i64 = 1_000;

/// What `SQLite` itself adds when it is asked to count, of no meaning to any record.
const STATISTICS: [&str; 2] = [
    "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
];

impl Shape {
    /// What the ladder makes as far as this rung, and what comes on top of it.
    pub(super) fn of(ladder: &Ladder, version: i64, besides: &str) -> Result<Self> {
        let conn = file::memory_of(ladder, version)?;
        conn.execute_batch(besides)?;
        let objects = objects(&conn)?;
        Ok(Self { objects, conn })
    }

    /// What a file has otherwise.
    pub(super) fn differences(&self, conn: &Connection) -> Result<Vec<Misshapen>> {
        let mut left = objects(conn)?;
        let mut odd = Vec::new();
        let told = |of: &Object, odd| Misshapen {
            kind: of.kind.clone(),
            name: of.name.clone(),
            odd,
        };
        for ours in &self.objects {
            let is_it = |one: &Object| (&one.kind, &one.name) == (&ours.kind, &ours.name);
            match left.iter().position(is_it) {
                None => odd.push(told(ours, Difference::Missing)),
                Some(at) if left.swap_remove(at) != *ours => {
                    odd.push(told(ours, Difference::Changed));
                }
                Some(_) => {}
            }
        }
        odd.extend(left.iter().map(|one| told(one, Difference::Added)));
        Ok(odd)
    }

    /// Makes everything but tables as it should be, in a copy of ours: what stays out of it is in the file still.
    pub(super) fn mend(&self, conn: &Connection) -> Result<()> {
        for odd in self.differences(conn)? {
            if odd.kind == "table" {
                continue;
            }
            if odd.odd != Difference::Missing {
                let (kind, name) = (&odd.kind, odd.name.replace('"', "\"\""));
                conn.execute_batch(&format!("DROP {kind} \"{name}\""))?;
            }
            let is_it = |one: &&Object| (&one.kind, &one.name) == (&odd.kind, &odd.name);
            if let Some(sql) = self
                .objects
                .iter()
                .find(is_it)
                .and_then(|one| one.sql.as_ref())
            {
                conn.execute_batch(sql)?;
            }
        }
        Ok(())
    }

    /// The columns of a table in their order.
    pub(super) fn columns(&self, table: &str) -> Result<Vec<Column>> {
        let mut columns = self
            .conn
            .prepare_cached("SELECT name, dflt_value FROM pragma_table_info(?1) ORDER BY cid")?;
        let columns = columns.query_map([table], |row| {
            let default: Option<String> = row.get(1)?;
            let worth = |text: String| {
                self.conn
                    .query_row(&format!("SELECT {text}"), [], |row| row.get(0))
            };
            Ok(Column {
                name: row.get(0)?,
                default: default.map(worth).transpose()?,
            })
        })?;
        Ok(columns.collect::<rusqlite::Result<_>>()?)
    }
}

/// A digest of all objects of a file in the order they were made. Two files that climbed the ladder have the same; one whose
/// objects were made in another order has another, and is held against the ladder object by object. Made at every opening,
/// of some 25 kB of text: SHA-256 would take four times the instructions where the processor has none for it.
pub(super) fn seal(conn: &Connection) -> Result<String> {
    let mut hash = Blake2b256::new();
    let mut rows =
        conn.prepare("SELECT type, name, tbl_name, sql FROM main.sqlite_schema LIMIT ?1")?;
    let mut rows = rows.query([MOST])?;
    while let Some(row) = rows.next()? {
        let sql = row.get_ref(3)?;
        if matches!(sql, ValueRef::Text(sql) if is_statistics(sql)) {
            continue;
        }
        for part in [row.get_ref(0)?, row.get_ref(1)?, row.get_ref(2)?, sql] {
            // Whatever else stands there is no shape of ours.
            let part = part.as_bytes_or_null().ok().flatten().unwrap_or_default();
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    Ok(hex(&hash.finalize()))
}

fn is_statistics(sql: &[u8]) -> bool {
    STATISTICS.iter().any(|ours| ours.as_bytes() == sql)
}

fn objects(conn: &Connection) -> Result<Vec<Object>> {
    let mut rows = conn.prepare(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY type, name LIMIT ?1",
    )?;
    let rows = rows.query_map([MOST], |row| {
        Ok(Object {
            kind: text(row, 0)?.unwrap_or_default(),
            name: text(row, 1)?.unwrap_or_default(),
            table: text(row, 2)?.unwrap_or_default(),
            sql: text(row, 3)?,
        })
    })?;
    let mut objects: Vec<Object> = rows.collect::<rusqlite::Result<_>>()?;
    let counted = |sql: &str| is_statistics(sql.as_bytes());
    objects.retain(|one| !one.sql.as_deref().is_some_and(counted));
    Ok(objects)
}

/// Whatever stands there, as text: a strange value is a strange object, not a fault of reading.
fn text(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<String>> {
    Ok(match row.get_ref(at)? {
        ValueRef::Null => None,
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            Some(String::from_utf8_lossy(bytes).into_owned())
        }
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
    })
}

#[cfg(test)]
mod tests;
