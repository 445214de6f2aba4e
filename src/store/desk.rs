//! The desk: which schools there are and the keys to their files. No child is in it.
//!
//! Everything new is made beside its place and renamed into it, so that a power cut leaves a desk or school that is
//! there or one that is not.

mod copies;
mod days;
mod detach;
mod hand;
mod head;
mod lock;
mod naming;
mod noted;
mod open;
mod own;
mod place;
#[cfg(any(debug_assertions, test, feature = "selftest"))]
mod selftest;
mod tries;
mod unlock;

pub use copies::{BackedUp, Rehearsal, Thinned};
pub use detach::{Remains, Remnant};
pub use hand::Given;
pub use head::Behind;
pub use noted::{Head, Listed};
pub use own::{Own, OwnCopy, OwnDraft, OwnInMemory};
pub use place::{Places, Shared};

use naming::{HALF, beside, finish, is_unfinished, settle, sync_folder};
pub(super) use naming::{discard, take_free_place, take_place, with_end};

use super::chain::JournalKey;
use super::error::{Error, Result};
use super::file::{self, RawKey};
use super::keyring::{Calibration, Keyring, key_text};
use super::seen::At;
use super::{Author, Keys, Session, Store, schema, setting, word};
use crate::domain::passphrase;
use crate::domain::school::{self, School};
use crate::sys;
use chrono::NaiveDate;
use lock::Wait;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::cell::Cell;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

/// What is printed once, when a desk is made.
pub struct Secrets {
    /// Opens the desk when the passphrase is forgotten.
    pub recovery_code: Zeroizing<String>,
    /// The passphrase of backup files: six words.
    pub backup_phrase: Zeroizing<String>,
}

impl fmt::Debug for Secrets {
    /// Never what it holds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

/// A school on the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolEntry {
    /// Its details, as they were when it was added.
    pub school: School,
    /// Its file.
    pub path: PathBuf,
}

/// An unlocked desk.
#[derive(Debug)]
pub struct Desk {
    conn: Connection,
    places: Places,
    author: Author,
    demo: bool,
    read_only: bool,
    failed_unlocks: i64,
    /// True once the reserve was given up to open a file on a full disk.
    gave_up: Cell<bool>,
    /// Whose the drafts are that are kept from here.
    session: Session,
    /// The desk's own file as it was opened.
    at: Box<At>,
    /// True once it was told that this file, or that of the keys, is not in its place any more.
    told_lost: Cell<bool>,
    /// The desk's own file, shared; let go of once it is closed.
    _held: sys::lock::Held,
}

/// How a new desk keeps its key.
enum Lock<'a> {
    Passphrase(&'a str, Calibration),
    Clear,
}

impl Desk {
    /// True when a desk has been made there.
    ///
    /// # Errors
    /// Where that cannot be known: a folder that may not be read is not a folder without a desk.
    pub fn exists(places: &Places) -> Result<bool> {
        let keys = places.keys();
        match fs::symlink_metadata(&keys) {
            Ok(_) => Ok(true),
            Err(error) if is_nothing(&error) => Ok(false),
            // Of a folder that may not be searched: what it holds is not known.
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                Err(Error::NoPermission {
                    path: places.data.clone(),
                })
            }
            Err(error) => Err(Error::io(&keys, error)),
        }
    }

    /// True for a demonstration desk, which opens without a passphrase.
    ///
    /// # Errors
    /// [`Error::NoDesk`], and what is wrong with `desk.keys`.
    pub fn is_demo(places: &Places) -> Result<bool> {
        Ok(Self::keyring(places)?.is_demo())
    }

    /// Makes a desk. Takes half a second or more: the passphrase's cost is measured on this machine.
    ///
    /// # Errors
    /// [`Error::DeskExists`], [`Error::InTheWay`], and what the system refuses. Nothing half-made is left.
    pub fn create(
        places: &Places,
        passphrase: &str,
        author: &str,
        login: &str,
    ) -> Result<(Self, Secrets)> {
        let cost = Calibration::measured()?;
        sys::memory::off_the_stack(|| Self::create_with(places, passphrase, author, login, cost))
    }

    /// Makes a desk whose passphrase costs this much to try.
    ///
    /// # Errors
    /// As [`Desk::create`].
    pub fn create_with(
        places: &Places,
        passphrase: &str,
        author: &str,
        login: &str,
        cost: Calibration,
    ) -> Result<(Self, Secrets)> {
        let (mut desk, secrets) = Self::make(places, author, &Lock::Passphrase(passphrase, cost))?;
        login.clone_into(&mut desk.author.login);
        Ok((desk, secrets))
    }

    /// Makes a demonstration desk: its key is in the clear beside it.
    ///
    /// # Errors
    /// As [`Desk::create`].
    pub fn create_demo(places: &Places, author: &str) -> Result<Self> {
        Ok(Self::make(places, author, &Lock::Clear)?.0)
    }

    fn make(places: &Places, author: &str, lock: &Lock<'_>) -> Result<(Self, Secrets)> {
        Self::refuse_second(places)?;
        if let (Some(why), Lock::Passphrase(..)) = (places.away(), lock) {
            let path = places.data.clone();
            return Err(Error::Away { path, why });
        }
        let folders = [places.data.clone(), places.schools()];
        let new: Vec<&PathBuf> = folders.iter().filter(|folder| !folder.exists()).collect();
        for folder in &folders {
            sys::file::private_dir(folder).map_err(|error| Error::io(folder, error))?;
        }
        // Another making at once waits here, and then finds the desk.
        let alone = loop {
            Self::refuse_second(places)?;
            match places.take(Wait::Not) {
                Err(Error::InUse { .. }) => std::thread::sleep(Duration::from_millis(20)),
                taken => break taken?,
            }
        };
        Self::refuse_second(places)?;
        let mut files = Vec::new();
        match Self::make_files(places, author, lock, &mut files) {
            Ok((key, keyring, secrets)) => {
                drop(alone);
                Ok((Self::open(places, &key, &keyring)?, secrets))
            }
            Err(error) => {
                // What cannot be removed either is left; the error told is the first one.
                for file in &files {
                    discard(file);
                }
                if !new.is_empty() {
                    let _ = fs::remove_file(places.desk_lock());
                }
                for folder in new.iter().rev() {
                    let _ = fs::remove_dir(folder);
                }
                Err(error)
            }
        }
    }

    fn refuse_second(places: &Places) -> Result<()> {
        if Self::exists(places)? {
            let path = places.data.clone();
            return Err(Error::DeskExists { path });
        }
        let path = places.desk();
        if path.exists() {
            return Err(Error::InTheWay { path });
        }
        Ok(())
    }

    /// Makes the files, and lists those it made.
    fn make_files(
        places: &Places,
        author: &str,
        lock: &Lock<'_>,
        files: &mut Vec<PathBuf>,
    ) -> Result<(RawKey, Keyring, Secrets)> {
        let key = file::random_key()?;
        let (keyring, recovery_code) = match lock {
            Lock::Passphrase(new, cost) => Keyring::seal(&key, &passphrase::made(new), *cost)?,
            Lock::Clear => (Keyring::in_the_clear(&key)?, Zeroizing::default()),
        };
        let backup_phrase = word::new_backup_phrase()?;
        let path = places.desk();
        let new = beside(&path);
        discard(&new);
        files.push(new.clone());
        let conn = file::create(&new, &key, &schema::DESK)?;
        conn.execute(
            "INSERT INTO desk (id, author, backup_phrase) VALUES (1, ?1, ?2)",
            params![author, *backup_phrase],
        )
        .map_err(|error| Error::from(error).on(Some(&new)))?;
        file::close(conn, &new)?;
        sync_folder(&places.data)?;
        // From here on there is a desk: a crash before the rename is mended when it is opened.
        let written = keyring.write_new(&places.keys());
        if !matches!(written, Err(Error::DeskExists { .. })) {
            files.push(places.keys());
        }
        written?;
        files.push(path.clone());
        settle(&path)?;
        let secrets = Secrets {
            recovery_code,
            backup_phrase,
        };
        Ok((key, keyring, secrets))
    }

    /// The name given when the desk was made.
    pub fn author(&self) -> &str {
        &self.author.name
    }

    /// Gives the desk another author: the name that steps bear from now on, in schools opened from now on.
    pub fn set_author(&mut self, name: &str) -> Result<()> {
        let done = self.conn.execute("UPDATE desk SET author = ?1", [name]);
        self.told(done)?;
        name.clone_into(&mut self.author.name);
        Ok(())
    }

    /// Works on another day than today, in schools opened from now on; `None` is the real day.
    pub fn set_working_date(&mut self, day: Option<NaiveDate>) {
        self.author.working_date = day;
    }

    /// True for a demonstration desk.
    pub fn is_demo_desk(&self) -> bool {
        self.demo
    }

    fn told<T>(&self, result: rusqlite::Result<T>) -> Result<T> {
        result.map_err(|error| Error::from(error).on(Some(&self.places.desk())))
    }

    /// The schools, in the order they were added; without those taken off the desk.
    pub fn schools(&self) -> Result<Vec<SchoolEntry>> {
        self.listed(
            "SELECT name, code, urn, laestab, phase FROM school WHERE NOT EXISTS
               (SELECT 1 FROM setting WHERE setting.name = 'detached.' || school.code AND value <> '')
             ORDER BY id",
        )
    }

    fn all_schools(&self) -> Result<Vec<SchoolEntry>> {
        self.listed("SELECT name, code, urn, laestab, phase FROM school ORDER BY id")
    }

    fn listed(&self, sql: &str) -> Result<Vec<SchoolEntry>> {
        let list = || -> rusqlite::Result<Vec<SchoolEntry>> {
            let mut schools = self.conn.prepare_cached(sql)?;
            schools.query_map([], |row| self.entry(row))?.collect()
        };
        self.told(list())
    }

    fn entry(&self, row: &Row<'_>) -> rusqlite::Result<SchoolEntry> {
        let code: String = row.get(1)?;
        Ok(SchoolEntry {
            path: self.places.school(&code),
            school: School {
                name: row.get(0)?,
                code,
                urn: row.get(2)?,
                laestab: row.get(3)?,
                phase: row.get(4)?,
            },
        })
    }

    /// The school worked on last; `None` before the first is added.
    pub fn current(&self) -> Result<Option<SchoolEntry>> {
        let found = self.conn.query_row(
            "SELECT name, code, urn, laestab, phase FROM school
             WHERE code = (SELECT current FROM desk)",
            [],
            |row| self.entry(row),
        );
        self.told(found.optional())
    }

    /// Makes a school the current one.
    ///
    /// # Errors
    /// [`Error::NoSuchSchool`].
    pub fn use_school(&self, code: &str) -> Result<()> {
        let code = self.entered(code)?.code;
        let done = self.conn.execute("UPDATE desk SET current = ?1", [&code]);
        self.told(done).map(|_| ())
    }

    /// Adds a school: its file with a key of its own, and its place on the desk. The first becomes the current one.
    ///
    /// # Errors
    /// [`Error::SchoolExists`], [`Error::InTheWay`], and what the system refuses.
    pub fn add_school(&mut self, school: &School) -> Result<()> {
        self.refuse_known(&school.code)?;
        let _alone = self.take(&school.code, Wait::ToReplace)?;
        // Another may have added it while this one waited.
        self.refuse_known(&school.code)?;
        let path = self.places.school(&school.code);
        if path.exists() {
            return Err(Error::InTheWay { path });
        }
        let keys = Keys {
            file: file::random_key()?,
            journal: JournalKey::random()?,
        };
        let make = |new: &Path| Store::create(new, &keys, school, self.author.clone());
        self.put_in_place(&path, make, || self.told(self.enter(school, &keys)))
    }

    /// Refuses a code that stands for no school, or that one of this desk has, taken off it or not.
    fn refuse_known(&self, code: &str) -> Result<()> {
        if school::is_reserved(code) {
            let code = code.to_owned();
            return Err(Error::ReservedCode { code });
        }
        match self.entered(code) {
            Err(Error::NoSuchSchool { .. }) => Ok(()),
            Err(error) => Err(error),
            Ok(known) => Err(Error::SchoolExists { code: known.code }),
        }
    }

    /// Makes a school's file beside its place, makes the place ready, then gives it to the file. What was half-made does not
    /// stay. Whoever calls it has the school alone.
    fn put_in_place<T>(
        &self,
        path: &Path,
        make: impl FnOnce(&Path) -> Result<()>,
        ready: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let folder = self.places.schools();
        sys::file::private_dir(&folder).map_err(|error| Error::io(&folder, error))?;
        let (half, new) = (with_end(path, HALF), beside(path));
        for left in [&half, &new] {
            discard(left);
        }
        // Only what is whole bears the name that an opening would end the making of, and that name is to last before
        // anything counts on it.
        let done = make(&half).and_then(|()| take_place(&half, &new));
        let done = done.and_then(|()| ready());
        if done.is_ok() {
            // Where this fails or is not reached, the next opening does it.
            let _ = settle(path);
        } else {
            discard(&half);
            discard(&new);
        }
        done
    }

    fn enter(&self, school: &School, keys: &Keys) -> rusqlite::Result<()> {
        let transaction = self.conn.unchecked_transaction()?;
        transaction.execute(
            "INSERT INTO school (code, name, urn, laestab, phase, raw_key, journal_key, failed_noted)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                school.code,
                school.name,
                school.urn,
                school.laestab,
                school.phase,
                *key_text(&keys.file),
                *keys.journal.text(),
                self.failed_unlocks
            ],
        )?;
        transaction.execute(
            "UPDATE desk SET current = ?1 WHERE current IS NULL",
            [&school.code],
        )?;
        transaction.commit()
    }

    /// One of the user's own settings; `None` when it was never set.
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        setting::read(&self.conn, name).map_err(|error| error.on(Some(&self.places.desk())))
    }

    /// Sets one of the user's own settings.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<()> {
        setting::write(&self.conn, name, value).map_err(|error| error.on(Some(&self.places.desk())))
    }
}

/// True for a path that leads to nothing: no such name, or a file where a folder would be.
fn is_nothing(error: &std::io::Error) -> bool {
    use std::io::ErrorKind as Kind;
    matches!(error.kind(), Kind::NotFound | Kind::NotADirectory)
}

#[cfg(unix)]
#[cfg(test)]
mod tests;
