//! A school's file as a self-contained copy, for backups and hand-overs.
//!
//! It is encrypted under a passphrase with `SQLCipher`'s own settings, so that any `SQLCipher` 4 opens it without us. Pages go
//! through `SQLite`'s backup API into a connection that has the other key; nothing is attached. A copy says of itself what
//! it holds (`manifest`), and is opened again and compared before it takes its name.

use super::chain::{Chain, JournalKey, hex};
use super::error::{Error, Result};
use super::file::{self, RawKey};
use super::history::{self, Title};
use super::keyring::key_from_text;
use super::schema::{Ladder, SCHOOL};
use super::seen::HAND_OVER;
use super::shape::Shape;
use super::{Keys, Store, school, stranger};
use crate::domain::id::StepId;
use crate::domain::school::School;
use crate::domain::step::StepKind;
use crate::sys;
use chrono::{DateTime, Utc};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use zeroize::Zeroizing;

/// What a copy says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The school.
    pub school: School,
    /// When it was made, by the real clock.
    pub made_at: DateTime<Utc>,
    /// The newest step it holds; 0 for none.
    pub head: StepId,
    /// That step's hash: noted here, it shows whether the file's own journal was cut short since.
    pub head_hash: String,
    /// SHA-256 over every row of every table.
    pub digest: String,
}

/// A copy that was opened and found whole.
pub struct Copied {
    pub(super) conn: Connection,
    /// The key its journal is chained with, which also tells one school from another of the same code.
    pub(super) journal: JournalKey,
    /// Where it is.
    pub path: PathBuf,
    /// What it says of itself.
    pub manifest: Manifest,
    /// The shape it has.
    version: i64,
}

impl std::fmt::Debug for Copied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Copied")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// What the name of a copy ends with while it is made.
pub const PART: &str = ".sendesk-part";

/// The row of the manifest with the key of the journal.
const JOURNAL_KEY: &str = "journal_key";

/// The row that copies of before have in its stead: the file's own key, from which that of its journal is derived.
const FILE_KEY: &str = "key";

const TABLE: &str = "CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT";

/// What is done to a copy before it is sealed.
type Also<'a> = &'a dyn Fn(&Connection) -> Result<()>;

impl Store {
    /// As [`make`], of this school.
    pub(super) fn copy_to(&self, path: &Path, key: &JournalKey, phrase: &str) -> Result<Manifest> {
        self.read(|conn| make(conn, path, key, phrase, self.now(), &|_| Ok(())))
    }

    /// Makes a copy that holds all there is: from before it is begun until after `noted` nobody else can save. The step that
    /// says so is the last of the copy and of the file.
    pub(super) fn hand_over_to(
        &self,
        path: &Path,
        keys: &Keys,
        phrase: &str,
        noted: impl FnOnce() -> Result<()>,
    ) -> Result<Manifest> {
        let Some(file) = &self.path else {
            return Err(Error::NotGiven { field: "file" });
        };
        let title = || Title::new(StepKind::Access, HAND_OVER);
        // Pages cannot be copied through the connection that holds the write lock.
        let (reading, _) = file::as_it_is(file, &keys.file, &SCHOOL)?;
        self.transact(|writer, _| {
            let also = |copy: &Connection| {
                without_drafts(copy)?;
                history::add_at(copy, self, title(), writer.stamp())
            };
            let manifest = make(&reading, path, &keys.journal, phrase, self.now(), &also)?;
            noted()?;
            Ok((title(), manifest))
        })
    }

    /// Makes a copy for another desk of a file that can only be read.
    pub(super) fn copy_for_another(
        &self,
        path: &Path,
        key: &JournalKey,
        phrase: &str,
    ) -> Result<Manifest> {
        self.read(|conn| make(conn, path, key, phrase, self.now(), &without_drafts))
    }
}

/// What was begun and not saved is its author's, and stays where it was begun.
fn without_drafts(copy: &Connection) -> Result<()> {
    copy.execute("DELETE FROM draft", [])?;
    Ok(())
}

/// Makes a copy of a school's file, of whatever shape, under a passphrase at a place where nothing is, whole or not at all.
///
/// # Errors
/// [`Error::InTheWay`], [`Error::Full`], and [`Error::Damaged`] of the copy when it does not hold what the file holds.
pub(super) fn make(
    ours: &Connection,
    path: &Path,
    key: &JournalKey,
    phrase: &str,
    at: DateTime<Utc>,
    also: Also<'_>,
) -> Result<Manifest> {
    if path.exists() {
        let path = path.to_owned();
        return Err(Error::InTheWay { path });
    }
    // Else what is told not to be there would bear the name it has while it is made.
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        let error =
            std::io::Error::new(std::io::ErrorKind::NotADirectory, "there is no such folder");
        return Err(Error::io(folder, error));
    }
    in_part(path, |new| {
        let manifest = write(ours, new, key, phrase, at, also)?;
        let found = Copied::open(new, phrase)?;
        if found.manifest != manifest {
            let path = new.to_owned();
            return Err(Error::Damaged { path });
        }
        file::close(found.conn, new)?;
        Ok(manifest)
    })
}

/// Makes a file under a name of its own beside its place, and gives it the place once `write` has gone well; else nothing of
/// it stays. Nothing is overwritten that has taken the place meanwhile.
pub(super) fn in_part<T>(path: &Path, write: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    part(path, write, super::desk::take_free_place)
}

fn part<T>(
    path: &Path,
    write: impl FnOnce(&Path) -> Result<T>,
    take: impl FnOnce(&Path, &Path) -> Result<()>,
) -> Result<T> {
    // A name nobody else gives: what lies beside a file of the user's is the user's, and two may be making one at once.
    let name = format!("{PART}-{}", hex(&*file::random::<4>()?));
    let new = super::desk::with_end(path, &name);
    clear_parts(path);
    let done = write(&new).and_then(|done| {
        take(&new, path)?;
        Ok(done)
    });
    if done.is_err() {
        super::desk::discard(&new);
    }
    done
}

/// So long a half-made copy may still be somebody's work.
const PART_STAYS: Duration = Duration::from_hours(1);

/// Removes what copies of these names left that were killed while they were made: what lies in the folder of a path and
/// begins as its name does. One of the last hour may be another session's.
pub(super) fn clear_parts(path: &Path) {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return;
    };
    let begins = name.to_string_lossy().into_owned();
    let now = SystemTime::from(sys::clock::utc_now());
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let part = name.starts_with(&begins) && name.contains(PART);
        let age = entry.metadata().and_then(|found| found.modified());
        // One of a later hour was made by a clock that was ahead.
        let apart = |at: SystemTime| {
            now.duration_since(at)
                .unwrap_or_else(|ahead| ahead.duration())
        };
        let old = age.is_ok_and(|at| apart(at) > PART_STAYS);
        if part && old {
            let _ = fs::remove_file(entry.path());
        }
    }
}

pub(super) fn write(
    ours: &Connection,
    new: &Path,
    key: &JournalKey,
    phrase: &str,
    at: DateTime<Utc>,
    also: Also<'_>,
) -> Result<Manifest> {
    let mut conn = file::create_locked(new, phrase)?;
    // One moment of the file: what others save meanwhile is in the next copy.
    let reading = ours.unchecked_transaction()?;
    let (school, held) = (school::read(ours)?, digest(ours)?);
    copy_pages(ours, &mut conn).map_err(|error| error.on(Some(new)))?;
    reading.finish()?;
    let seal = || -> Result<Manifest> {
        // Of what others added to the file only tables would stay, and with one the copy is not taken.
        Shape::of(&SCHOOL, SCHOOL.check(&conn, new)?, "")?.mend(&conn)?;
        // One file that needs no other beside it, also on a disk that cannot be written.
        conn.pragma_update(None, "journal_mode", "DELETE")?;
        if digest(&conn)? != held {
            let path = new.to_owned();
            return Err(Error::Damaged { path });
        }
        // What is taken out is overwritten too.
        conn.pragma_update(None, "secure_delete", "ON")?;
        let writing = conn.unchecked_transaction()?;
        also(&conn)?;
        let manifest = Manifest::of(&conn, school, at)?;
        conn.execute_batch(TABLE)?;
        for (name, value) in manifest.rows(key) {
            conn.execute(
                "INSERT INTO manifest VALUES (?1, ?2)",
                params![name, *value],
            )?;
        }
        writing.commit()?;
        Ok(manifest)
    };
    let manifest = seal().map_err(|error| error.on(Some(new)))?;
    file::close(conn, new)?;
    sys::file::sync(new).map_err(|error| Error::io(new, error))?;
    Ok(manifest)
}

impl Manifest {
    fn of(conn: &Connection, school: School, made_at: DateTime<Utc>) -> Result<Self> {
        let head = conn
            .query_row(
                "SELECT id, hash FROM journal_step ORDER BY id DESC LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let (head, head_hash) = head.unwrap_or_default();
        Ok(Self {
            school,
            // As it is written, so that what is read is the same.
            made_at: DateTime::from_timestamp(made_at.timestamp(), 0).unwrap_or(made_at),
            head: StepId(head),
            head_hash,
            digest: digest(conn)?,
        })
    }

    fn rows(&self, key: &JournalKey) -> [(&'static str, Zeroizing<String>); 6] {
        let plain = |text: &str| Zeroizing::new(text.to_owned());
        [
            ("made_at", plain(&self.made_at.timestamp().to_string())),
            ("head", plain(&self.head.0.to_string())),
            ("head_hash", plain(&self.head_hash)),
            ("digest", plain(&self.digest)),
            ("program", plain(env!("CARGO_PKG_VERSION"))),
            // The file's own key stays on its desk.
            (JOURNAL_KEY, key.text()),
        ]
    }
}

impl Copied {
    /// Opens a copy by its passphrase and holds all of it against what it says of itself.
    ///
    /// # Errors
    /// [`Error::WrongPhrase`], [`Error::NotADesk`], [`Error::Newer`], [`Error::Unfit`], [`Error::Damaged`].
    pub fn open(path: &Path, phrase: &str) -> Result<Self> {
        let open = || -> Result<Self> {
            let (conn, version) = file::open_locked(path, phrase, &SCHOOL, TABLE)?;
            let damaged = || Error::Damaged {
                path: path.to_owned(),
            };
            if !file::is_whole(&conn)? {
                return Err(damaged());
            }
            let told = |name: &str| -> Result<Zeroizing<String>> {
                let sql = "SELECT value FROM manifest WHERE name = ?1";
                let value = conn.query_row(sql, [name], |row| row.get(0)).optional();
                let value = value.ok().flatten().map(Zeroizing::new);
                let value: Zeroizing<String> = value.ok_or_else(damaged)?;
                stranger::hold_saying(path, name, &value)?;
                Ok(value)
            };
            let journal = match told(JOURNAL_KEY) {
                Ok(text) => JournalKey::from_text(&text),
                Err(_) => key_from_text(&told(FILE_KEY)?).map(|key| JournalKey::of_file(&key)),
            };
            let journal = journal.ok_or_else(damaged)?;
            let made_at = told("made_at")?.parse().ok();
            let made_at = made_at.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
            let school = school::read(&conn)?;
            stranger::hold_school(path, &school)?;
            let noted = Manifest {
                school,
                made_at: made_at.ok_or_else(damaged)?,
                head: StepId(told("head")?.parse().map_err(|_| damaged())?),
                head_hash: told("head_hash")?.to_string(),
                digest: told("digest")?.to_string(),
            };
            let school = noted.school.clone();
            let manifest = Manifest::of(&conn, school, noted.made_at)?;
            if manifest != noted || Chain::new(&journal).verify(&conn)?.is_some() {
                return Err(damaged());
            }
            let path = path.to_owned();
            Ok(Self {
                conn,
                journal,
                path,
                manifest,
                version,
            })
        };
        open().map_err(|error| stranger::told(error, path))
    }

    /// Makes a school's file of it under a key.
    pub(super) fn put(&self, new: &Path, key: &RawKey) -> Result<()> {
        let mut conn = file::create_empty(new, key)?;
        stranger::guard(&mut conn)?;
        copy_pages(&self.conn, &mut conn).map_err(|error| error.on(Some(new)))?;
        let write = || -> Result<()> {
            // Once more: whoever can write where it lies may have changed it meanwhile.
            stranger::hold_shape(&conn, &self.path, &SCHOOL, self.version, TABLE)?;
            conn.execute_batch("DROP TABLE manifest")?;
            conn.pragma_update(None, "journal_mode", "WAL")?;
            if digest(&conn)? != self.manifest.digest || !file::is_whole(&conn)? {
                return Err(Error::Damaged {
                    path: new.to_owned(),
                });
            }
            Ok(())
        };
        write().map_err(|error| error.on(Some(new)))?;
        file::close(conn, new)?;
        sys::file::sync(new).map_err(|error| Error::io(new, error))
    }
}

/// Copies a file of ours, of whatever shape, under its own key, in the place of the copy before; it is opened again and
/// compared before it takes its name.
///
/// # Errors
/// As [`make`].
pub(super) fn keep_as_it_is(
    ours: &Connection,
    path: &Path,
    key: &RawKey,
    ladder: &Ladder,
) -> Result<()> {
    let write = |new: &Path| -> Result<()> {
        let mut conn = file::create_empty(new, key)?;
        let reading = ours.unchecked_transaction()?;
        let held = digest(ours)?;
        copy_pages(ours, &mut conn)?;
        reading.finish()?;
        conn.pragma_update(None, "journal_mode", "DELETE")?;
        file::close(conn, new)?;
        let (again, _) = file::as_it_is(new, key, ladder)?;
        if digest(&again)? != held || !file::is_whole(&again)? {
            let path = new.to_owned();
            return Err(Error::Damaged { path });
        }
        file::close(again, new)?;
        sys::file::sync(new).map_err(|error| Error::io(new, error))
    };
    let write = |new: &Path| write(new).map_err(|error| error.on(Some(new)));
    part(path, write, super::desk::take_place)
}

/// Every page, from one key to the other.
fn copy_pages(from: &Connection, to: &mut Connection) -> Result<()> {
    let backup = Backup::new(from, to)?;
    loop {
        match backup.step(-1)? {
            StepResult::Done => return Ok(()),
            // Whoever writes to the source just now is done in a moment.
            _ => std::thread::sleep(std::time::Duration::from_millis(5)),
        }
    }
}

/// SHA-256 over every row of every table, in the order of their numbers. What can be made anew, as the indexes of words,
/// is left out.
pub(super) fn digest(conn: &Connection) -> Result<String> {
    let mut tables = conn.prepare(
        "SELECT name FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'manifest' ORDER BY name",
    )?;
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut hash = Sha256::new();
    for table in tables {
        hash.update(table.as_bytes());
        let mut rows = conn.prepare(&format!("SELECT * FROM {table} ORDER BY rowid"))?;
        let columns = rows.column_count();
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            for at in 0..columns {
                value(&mut hash, row.get_ref(at)?);
            }
        }
    }
    Ok(hex(&hash.finalize()))
}

/// Each value with its kind and length, so that no two rows read alike.
fn value(hash: &mut Sha256, value: ValueRef<'_>) {
    match value {
        ValueRef::Null => hash.update([0]),
        ValueRef::Integer(number) => {
            hash.update([1]);
            hash.update(number.to_le_bytes());
        }
        ValueRef::Real(number) => {
            hash.update([2]);
            hash.update(number.to_le_bytes());
        }
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            hash.update([3]);
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
    }
}

#[cfg(test)]
mod tests;
