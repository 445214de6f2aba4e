//! Files in an old shape, for the fault scripts.

use super::{Desk, discard};
use crate::store::error::{Error, Result};
use crate::store::file::{self, RawKey};
use crate::store::keyring::key_text;
use crate::sys;
use rusqlite::{Connection, OpenFlags, params};

/// The key under which the journals of `tests/data/vN.sql` are chained.
const KEY: [u8; 32] = [0x11; 32];

impl Desk {
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
