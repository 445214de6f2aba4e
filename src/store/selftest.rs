//! What only the fault scripts ask: what a school's file holds, told by digests, and keys that cost nothing.

use super::error::Result;
use super::{Store, journal};
use crate::domain::form::Kind;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params};
use std::fmt::Write as _;

/// What may have become of what was written last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoil {
    /// An entry of the diary is gone.
    DropRow,
    /// It says something else.
    ChangeWords,
    /// The journal stops before a step that changed a record, and what that did stands.
    CutStep,
}

/// A record the scripts know by its content: its table, and every table that holds a part of it, by the column that says so.
type Known = (Kind, &'static str, &'static [(&'static str, &'static str)]);

const KNOWN: [Known; 3] = [
    (
        Kind::Pupil,
        "pupil",
        &[
            ("pupil", "id"),
            ("status_period", "pupil"),
            ("need", "pupil"),
        ],
    ),
    (
        Kind::Contact,
        "contact",
        &[
            ("contact", "id"),
            ("contact_pupil", "contact"),
            ("amendment", "contact"),
        ],
    ),
    (Kind::Task, "task", &[("task", "id")]),
];

/// True where keys are to cost nothing, so that a test of many tries does not take a day: `SENDESK_SELFTEST_CHEAP_KEYS=1`.
#[cfg(any(debug_assertions, feature = "selftest"))]
pub(super) fn wants_cheap_keys() -> bool {
    static ASKED: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    *ASKED.get_or_init(|| {
        std::env::var_os("SENDESK_SELFTEST_CHEAP_KEYS").is_some_and(|asked| asked == "1")
    })
}

impl Store {
    /// Each table with a digest of its rows, and the journal with the number of its steps.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn contents(&self) -> Result<Vec<(&'static str, String)>> {
        self.read(|conn| {
            let sql = "SELECT count(*) FROM journal_step";
            let steps: i64 = conn.query_row(sql, [], |row| row.get(0))?;
            let mut contents = vec![("journal_step", steps.to_string())];
            let journalled = journal::JOURNALLED.iter().map(|table| table.name);
            for table in journalled.chain(["draft"]) {
                let mut rows = String::new();
                image(conn, &mut rows, table, "1", 1)?;
                contents.push((table, self.short(&rows)));
            }
            Ok(contents)
        })
    }

    /// Every step of the journal with its hash.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn all_steps(&self) -> Result<Vec<String>> {
        self.read(|conn| {
            let mut steps = conn.prepare(
                "SELECT 'j' || id || ' ' || substr(hash, 1, 16) FROM journal_step ORDER BY id",
            )?;
            let steps = steps.query_map([], |row| row.get(0))?;
            Ok(steps.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Every pupil, entry and task, each as [`Store::known_by`] tells it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn all_known(&self) -> Result<Vec<String>> {
        self.read(|conn| {
            let mut told = Vec::new();
            for known in &KNOWN {
                let mut ids = conn.prepare(&format!("SELECT id FROM {} ORDER BY id", known.1))?;
                for id in ids.query_map([], |row| row.get(0))? {
                    told.push(self.tell(conn, known, id?)?);
                }
            }
            Ok(told)
        })
    }

    /// What a record is known by: its id, a digest of all that it holds, and the step that touched it last with the step's
    /// hash. So one whose words are others is another, and so is one whose step is cut.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn known_by(&self, kind: Kind, id: i64) -> Result<String> {
        let known = KNOWN.iter().find(|(known, ..)| *known == kind);
        self.read(|conn| known.map_or(Ok(String::new()), |known| self.tell(conn, known, id)))
    }

    fn tell(&self, conn: &Connection, (kind, table, parts): &Known, id: i64) -> Result<String> {
        let mut rows = String::new();
        for (part, column) in *parts {
            image(conn, &mut rows, part, column, id)?;
        }
        let mut step = conn.prepare_cached(
            "SELECT id, hash FROM journal_step
             WHERE id = (SELECT max(step) FROM journal_row WHERE tbl = ?1 AND pk = ?2)",
        )?;
        let step = step.query_row(params![table, id], |row| Ok((row.get(0)?, row.get(1)?)));
        let (step, hash): (i64, String) = step.optional()?.unwrap_or_default();
        let hash = hash.get(..16).unwrap_or("none");
        let digest = self.short(&rows);
        Ok(format!("{}{id} {digest} j{step} {hash}", kind.def().letter))
    }

    fn short(&self, rows: &str) -> String {
        let mut digest = self.chain.digest(rows);
        digest.truncate(16);
        digest
    }
}

#[cfg(test)]
impl Store {
    /// What somebody with the key does: no step, and no rule of the store.
    pub(crate) fn change_unseen(&self, sql: &str) {
        self.conn.execute_batch(sql).unwrap();
    }
}

/// Adds the rows of a table in which a column holds a number, every cell of them.
fn image(conn: &Connection, to: &mut String, table: &str, column: &str, id: i64) -> Result<()> {
    let sql = format!("SELECT * FROM {table} WHERE {column} = ?1 ORDER BY id");
    let mut statement = conn.prepare_cached(&sql)?;
    let cells = statement.column_count();
    let mut rows = statement.query([id])?;
    let _ = writeln!(to, "{table}");
    while let Some(row) = rows.next()? {
        for at in 0..cells {
            let _ = match row.get_ref(at)? {
                ValueRef::Text(text) => write!(to, "{:?}|", String::from_utf8_lossy(text)),
                other => write!(to, "{other:?}|"),
            };
        }
        to.push('\n');
    }
    Ok(())
}
