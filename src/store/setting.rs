//! The school's own settings: a name and a text each. Part of the journal.

use super::error::Result;
use super::{Store, Writer};
use rusqlite::{Connection, OptionalExtension, params};

/// A setting of any file that has a `setting` table.
pub(super) fn read(conn: &Connection, name: &str) -> Result<Option<String>> {
    let value = conn
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    Ok(value)
}

/// Sets it, in whatever transaction is open.
pub(super) fn write(conn: &Connection, name: &str, value: &str) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO setting (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![name, value])?;
    Ok(())
}

/// Removes it, in whatever transaction is open.
pub(super) fn remove(conn: &Connection, name: &str) -> rusqlite::Result<()> {
    conn.execute("DELETE FROM setting WHERE name = ?1", [name])
        .map(drop)
}

impl Store {
    /// A setting of this school; `None` when it was never set.
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        self.read(|conn| read(conn, name))
    }

    /// Sets a setting of this school, as a step of its own.
    pub fn set_setting(&mut self, name: &str, value: &str) -> Result<()> {
        self.step(&format!("Change setting {name}"), |writer| {
            writer.set_setting(name, value)
        })
    }
}

impl Writer<'_> {
    /// Sets a setting of this school.
    pub fn set_setting(&mut self, name: &str, value: &str) -> Result<()> {
        write(self.conn, name, value)
    }
}
