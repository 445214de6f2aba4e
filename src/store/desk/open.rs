//! Opening the desk's own file and those of its schools, on a full disk too.

use super::{Desk, Places, finish};
use crate::store::error::{Error, Result};
use crate::store::file::{self, RawKey};
use crate::store::keyring::{Keyring, key_from_text};
use crate::store::{Author, Store, copy, schema};
use crate::sys;
use rusqlite::{Connection, OptionalExtension, params};
use std::cell::Cell;
use zeroize::Zeroizing;

impl Desk {
    pub(super) fn open(places: &Places, key: &RawKey, keyring: &Keyring) -> Result<Self> {
        let path = places.desk();
        finish(&path)?;
        // As it is, before it is brought to this version's format.
        let kept = places.older_desk();
        let before = |conn: &Connection| copy::keep_as_it_is(conn, &kept, key, &schema::DESK);
        let again = || file::open(&path, key, &schema::DESK, before, |_| Ok(()));
        let (opened, gave_up) = at_need(places, again, |opened| opened.read_only)?;
        let name = opened
            .conn
            .query_row("SELECT author FROM desk", [], |row| row.get(0))
            .map_err(|error| Error::from(error).on(Some(&path)))?;
        if !keyring.is_demo() && !opened.read_only {
            let _ = sys::reserve::keep(&places.reserve());
        }
        Ok(Self {
            conn: opened.conn,
            places: places.clone(),
            author: Author {
                name,
                login: sys::process::login(),
                working_date: None,
            },
            demo: keyring.is_demo(),
            read_only: opened.read_only,
            failed_unlocks: keyring.failed_unlocks,
            gave_up: Cell::new(gave_up),
        })
    }

    /// True when every page of the desk's own file is there and hangs together, and the key of every school can be read.
    pub fn is_whole(&self) -> bool {
        let keys = |entry: &super::SchoolEntry| self.row_of(&entry.school.code).is_ok();
        let whole = file::hangs_together(&self.conn);
        matches!(whole, Ok(true)) && self.all_schools().is_ok_and(|all| all.iter().all(keys))
    }

    /// True where the disk was so full that the room kept in reserve was given up to open a file.
    pub fn gave_up_reserve(&self) -> bool {
        self.gave_up.get()
    }

    /// Opens a school's file, and notes in its journal the unlocks that have failed since it was last opened.
    ///
    /// # Errors
    /// [`Error::NoSuchSchool`], [`Error::Missing`], [`Error::Damaged`], [`Error::Newer`], [`Error::NoPermission`]. A file of
    /// an older format is backed up before it is brought to this one; where that fails it stays as it was.
    pub fn open_school(&self, code: &str) -> Result<Store> {
        let (code, key, noted) = self.entered(code)?;
        let path = self.places.school(&code);
        finish(&path)?;
        let again = || {
            let before = |conn: &Connection| {
                self.back_up_older(conn, &code, &key)?;
                Ok(Some("Make a backup before the new format"))
            };
            Store::open(&path, &key, &code, self.author.clone(), before)
        };
        let (mut store, gave_up) = at_need(&self.places, again, |store| store.read_only)?;
        self.gave_up.set(self.gave_up.get() || gave_up);
        store.reserve = Some(self.places.reserve());
        store.handed_over = self.handed_over(&code)?;
        store.set_my_days(self.my_days(&code)?);
        let failed = self.failed_unlocks - noted;
        if failed > 0 && !self.read_only && !store.is_read_only() {
            let plural = if failed == 1 { "" } else { "s" };
            store.record_access(&format!("{failed} failed unlock{plural} of the desk"))?;
            self.told(self.conn.execute(
                "UPDATE school SET failed_noted = ?1 WHERE code = ?2",
                params![self.failed_unlocks, code],
            ))?;
        }
        Ok(store)
    }

    /// As [`Desk::row_of`], of a school that is worked on here.
    pub(super) fn entered(&self, code: &str) -> Result<(String, RawKey, i64)> {
        let row = self.row_of(code)?;
        match self.detached(&row.0)? {
            Some(day) => Err(Error::Detached { code: row.0, day }),
            None => Ok(row),
        }
    }

    /// A school's code as the desk writes it, its file's key, and how many failed unlocks its journal knows of.
    pub(super) fn row_of(&self, code: &str) -> Result<(String, RawKey, i64)> {
        let code = code.trim().to_ascii_uppercase();
        let sql = "SELECT raw_key, failed_noted FROM school WHERE code = ?1";
        let found = self
            .told(self.conn.prepare_cached(sql))?
            .query_row([&code], |row| {
                let key: String = row.get(0)?;
                Ok((Zeroizing::new(key), row.get(1)?))
            })
            .optional();
        let Some((key, noted)) = self.told(found)? else {
            return Err(Error::NoSuchSchool { code });
        };
        let key = key_from_text(&key).ok_or_else(|| Error::Damaged {
            path: self.places.desk(),
        })?;
        Ok((code, key, noted))
    }
}

/// Opens a file; where it cannot be opened to be written on a disk so full that `SQLite` cannot even make the files beside
/// a database, gives up the reserve and tries again. Tells whether it did.
fn at_need<T>(
    places: &Places,
    mut open: impl FnMut() -> Result<T>,
    is_read_only: impl Fn(&T) -> bool,
) -> Result<(T, bool)> {
    let first = open();
    let wants = first.as_ref().map_or_else(Error::wants_room, is_read_only);
    let free = sys::file::free_bytes(&places.data);
    let is_full = free.is_some_and(|free| free < sys::reserve::BYTES as u64);
    if wants && is_full && sys::reserve::give_up(&places.reserve()) {
        drop(first);
        return Ok((open()?, true));
    }
    Ok((first?, false))
}
