//! Files in an old shape, and files spoiled with the key, for the fault scripts.

use super::{Desk, discard};
use crate::store::error::{Error, Result};
use crate::store::file::{self, RawKey};
use crate::store::keyring::key_text;
use crate::store::selftest::Spoil;
use crate::sys;
use rusqlite::{Connection, OpenFlags, params};
use std::fmt::Write as _;

/// The key under which the journals of `tests/data/vN.sql` are chained.
const KEY: [u8; 32] = [0x11; 32];

impl Desk {
    /// Spoils a school's file so that it still hangs together, as nothing of ours does: at the entry or the step of this
    /// number, or the newest.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn spoil(&self, code: &str, how: Spoil, number: Option<i64>) -> Result<()> {
        let known = self.entered(code)?;
        let path = self.places.school(&known.code);
        let spoil = || -> Result<()> {
            let conn = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            let conn = file::keyed(conn, &known.keys.file)?;
            let newest = match how {
                Spoil::CutStep => "(SELECT max(step) FROM journal_row)",
                _ => "(SELECT max(id) FROM contact)",
            };
            let at = number.map_or_else(|| newest.to_owned(), |number| number.to_string());
            conn.execute_batch(&match how {
                Spoil::DropRow => {
                    format!("PRAGMA foreign_keys = ON; DELETE FROM contact WHERE id = {at};")
                }
                Spoil::ChangeWords => {
                    format!("UPDATE contact SET text = text || ' not' WHERE id = {at};")
                }
                Spoil::CutStep => cut(&conn, &at)?,
            })?;
            conn.close().map_err(|(_, error)| error.into())
        };
        spoil().map_err(|error| error.on(Some(&path)))
    }

    /// Puts a file in the shape that these statements make in a school's place, with the key its journal needs.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn put_shape(&self, code: &str, sql: &str) -> Result<()> {
        let path = self.places.school(code);
        discard(&path);
        drop(sys::file::create_private(&path).map_err(|error| Error::io(&path, error))?);
        let make = || -> Result<()> {
            let mut key = RawKey::blank();
            *key = KEY;
            let conn = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            let conn = file::keyed(conn, &key)?;
            conn.pragma_update(None, "journal_mode", "WAL")?;
            conn.execute_batch(sql)?;
            conn.close().map_err(|(_, error)| error)?;
            self.conn.execute(
                "UPDATE school SET raw_key = ?1, journal_key = NULL, head = 0 WHERE code = ?2",
                params![*key_text(&key), code],
            )?;
            Ok(())
        };
        make().map_err(|error| error.on(Some(&path)))
    }

    /// Takes the desk's own file back to the shape of version 1.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn take_back_shape(&self) -> Result<()> {
        let done = self.conn.execute_batch(
            "DROP TABLE task; DROP TABLE step; DROP TABLE draft;
             UPDATE school SET journal_key = NULL;
             ALTER TABLE school DROP COLUMN journal_key; ALTER TABLE school DROP COLUMN head;
             ALTER TABLE school DROP COLUMN head_hash; PRAGMA user_version = 1;",
        );
        self.told(done)
    }
}

/// What cuts the journal before a step, and leaves the guards of the journal as they were.
fn cut(conn: &Connection, at: &str) -> Result<String> {
    let mut guards = conn.prepare(
        "SELECT name, sql FROM sqlite_schema
         WHERE type = 'trigger' AND tbl_name IN ('journal_step', 'journal_row')",
    )?;
    let guards: Vec<(String, String)> = guards
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let (mut off, mut on) = (String::new(), String::new());
    for (name, sql) in guards {
        let _ = write!(off, "DROP TRIGGER {name};");
        let _ = write!(on, "{sql};");
    }
    Ok(format!(
        "BEGIN; {off} DELETE FROM journal_step WHERE id >= {at};
         DELETE FROM journal_row WHERE step > (SELECT max(id) FROM journal_step); {on} COMMIT;"
    ))
}
