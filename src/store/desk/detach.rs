//! Taking a school off the desk, bringing it back, and erasing what lies here of it.
//!
//! A detached school keeps its file, its key and its backups: it is only no longer worked on. Erasing removes the files and
//! then the key, so that whatever survives on the disk cannot be read; what lies elsewhere is out of reach.

use super::lock::Wait;
use super::noted::heads_of;
use super::open::Entered;
use super::{Desk, with_end};
use crate::domain::date;
use crate::domain::school::{self, School};
use crate::store::error::{Error, Result};
use crate::store::file::RawKey;
use crate::store::{file, schema};
use crate::sys;
use crate::sys::delay::{self, Point};
use chrono::NaiveDate;
use rusqlite::params;
use std::fs;
use std::path::{Path, PathBuf};

/// A file of a school that lies on this desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remnant {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
}

/// What lies on this desk of a school.
#[derive(Debug)]
pub struct Remains {
    /// The school.
    pub school: School,
    /// Its file, what was set aside, its backups.
    pub files: Vec<Remnant>,
    /// Children on file and steps of the history; `None` where the file cannot be read.
    pub held: Option<(usize, i64)>,
    /// The day it was handed over from here.
    pub handed_over: Option<NaiveDate>,
}

impl Desk {
    /// The day a school was taken off the desk; `None` while it is on it.
    pub(super) fn detached(&self, code: &str) -> Result<Option<NaiveDate>> {
        let noted = self.setting(&noted(code))?;
        Ok(noted.as_deref().and_then(date::from_iso))
    }

    /// The schools that were taken off the desk and whose files lie here still, with the day.
    pub fn detached_schools(&self) -> Result<Vec<(School, NaiveDate)>> {
        let mut found = Vec::new();
        for entry in self.all_schools()? {
            if let Some(day) = self.detached(&entry.school.code)? {
                found.push((entry.school, day));
            }
        }
        Ok(found)
    }

    /// Takes a school off the desk. Its file stays as it is.
    ///
    /// # Errors
    /// [`Error::NoSuchSchool`]; [`Error::Detached`] already; [`Error::InUse`] while another session has it open.
    pub fn detach(&mut self, code: &str) -> Result<School> {
        let code = self.entered(code)?.code;
        let _alone = self.take(&code, Wait::ToReplace)?;
        let key = self.entered(&code)?.keys.file;
        self.refuse_used(&code, &key)?;
        if let Ok(mut store) = self.open_alone(&code)
            && !store.is_read_only()
        {
            store.record_access("Take the school off the desk")?;
        }
        let school = self.school_of(&code)?;
        let transaction = self.conn.unchecked_transaction();
        let transaction = self.told(transaction)?;
        self.set_setting(&noted(&code), &date::iso(sys::clock::today()))?;
        self.choose_another(&code)?;
        self.told(transaction.commit())?;
        Ok(school)
    }

    /// Brings a school back that was taken off the desk.
    ///
    /// # Errors
    /// [`Error::NoSuchSchool`]; [`Error::NotDetached`].
    pub fn attach(&mut self, code: &str) -> Result<School> {
        let code = code.trim().to_ascii_uppercase();
        let school = self.school_of(&code)?;
        if self.detached(&code)?.is_none() {
            return Err(Error::NotDetached { code });
        }
        self.set_setting(&noted(&code), "")?;
        self.choose_another("")?;
        let mut store = self.open_school(&code)?;
        if !store.is_read_only() {
            store.record_access("Bring the school back to the desk")?;
        }
        Ok(school)
    }

    /// Lists what lies on this desk of a school, on it or taken off; changes nothing.
    ///
    /// # Errors
    /// [`Error::NoSuchSchool`], and what the system refuses.
    pub fn remains(&self, code: &str) -> Result<Remains> {
        let code = self.row_of(code)?.code;
        let _held = self.share(&code)?;
        self.remains_now(&code)
    }

    /// The same for somebody who holds the school.
    fn remains_now(&self, code: &str) -> Result<Remains> {
        let Entered { code, keys, .. } = self.row_of(code)?;
        let school = self.school_of(&code)?;
        let path = self.places.school(&code);
        let files = if is_odd(&code) {
            whole_of(&path, &keys.file)?
        } else {
            let mut files = beginning_with(&path)?;
            files.extend(inside(&self.places.backups(&code))?);
            files
        };
        Ok(Remains {
            held: self.held(&code, &path),
            handed_over: self.handed_over(&code)?,
            school,
            files,
        })
    }

    /// Counted in the shape the file has: looking changes nothing.
    fn held(&self, code: &str, path: &Path) -> Option<(usize, i64)> {
        let key = self.row_of(code).ok()?.keys.file;
        let (conn, _) = file::as_it_is(path, &key, &schema::SCHOOL).ok()?;
        let sql =
            "SELECT (SELECT count(*) FROM pupil), (SELECT coalesce(max(id), 0) FROM journal_step)";
        let counts = conn.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)));
        let (pupils, steps) = counts.ok()?;
        Some((usize::try_from(pupils).ok()?, steps))
    }

    /// Removes every file of a school, then its key and its place on the desk, and gives what was removed: what lies there
    /// once nobody else has the school. Stopped midway it is on the desk still, and the same again ends it. `shown` is what
    /// somebody agreed to.
    ///
    /// # Errors
    /// [`Error::InUse`] while another session has the school open; [`Error::Refused`] where more lies there by now than was
    /// shown, and nothing is removed; of a file that cannot be removed what the system says: then the key stays too.
    pub fn erase(&mut self, code: &str, shown: Option<&Remains>) -> Result<Remains> {
        let _alone = self.take(code, Wait::ToReplace)?;
        let remains = self.remains_now(code)?;
        if let Some(shown) = shown {
            refuse_more(shown, &remains)?;
        }
        let code = &remains.school.code;
        let key = self.row_of(code)?.keys.file;
        let path = self.places.school(code);
        self.refuse_used(code, &key)?;
        // From here on nobody opens it any more.
        self.set_setting(&noted(code), &date::iso(sys::clock::today()))?;
        self.choose_another(code)?;
        // The school's own file last: while it is there, what is left is listed.
        let folder = self.places.backups(code);
        let (backups, beside): (Vec<_>, Vec<_>) = remains
            .files
            .iter()
            .partition(|one| one.path.starts_with(&folder));
        for one in backups {
            remove(&one.path)?;
        }
        if !is_odd(code) && folder.exists() {
            fs::remove_dir(&folder).map_err(|error| Error::io(&folder, error))?;
        }
        for one in beside.iter().rev() {
            remove(&one.path)?;
        }
        if !is_odd(code) || !remains.files.is_empty() {
            // Looking at the file may have made these anew.
            for end in ["-wal", "-shm"] {
                remove(&with_end(&path, end))?;
            }
        }
        let _ = sys::file::sync_dir(&self.places.schools());
        // It has the key as well.
        remove(&self.places.older_desk())?;
        self.told(self.forget(code))?;
        Ok(remains)
    }

    /// Another program, or a sendesk that knows no locks, may have the file open. A damaged file or none is nobody's.
    fn refuse_used(&self, code: &str, key: &RawKey) -> Result<()> {
        match file::is_alone(&self.places.school(code), key, &schema::SCHOOL) {
            Ok(false) => Err(Error::InUse {
                code: code.to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// Forgets the key and all that is noted of a school; the pages they stood on are overwritten.
    fn forget(&self, code: &str) -> rusqlite::Result<()> {
        let transaction = self.conn.unchecked_transaction()?;
        transaction.execute("DELETE FROM school WHERE code = ?1", [code])?;
        for kind in ["backup", "days", "handed", "detached"] {
            transaction.execute(
                "DELETE FROM setting WHERE name = ?1",
                [format!("{kind}.{code}")],
            )?;
        }
        transaction.execute(
            "DELETE FROM setting WHERE substr(name, 1, length(?1)) = ?1",
            [heads_of(code)],
        )?;
        transaction.commit()?;
        // The log holds the page as it was before.
        self.conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    }

    /// Where this school was the current one, the first other is; where none is, none.
    fn choose_another(&self, code: &str) -> Result<()> {
        let first = self.schools()?.into_iter().map(|entry| entry.school.code);
        let done = self.conn.execute(
            "UPDATE desk SET current = ?1 WHERE current IS NULL OR current = ?2",
            params![first.into_iter().next(), code],
        );
        self.told(done).map(|_| ())
    }

    fn school_of(&self, code: &str) -> Result<School> {
        let found = self.all_schools()?.into_iter();
        let mut found = found.map(|entry| entry.school);
        found
            .find(|school| school.code == code)
            .ok_or_else(|| Error::NoSuchSchool {
                code: code.to_owned(),
            })
    }
}

/// Whoever was asked agreed to what was shown; another session may have made a backup or set a file aside since.
fn refuse_more(shown: &Remains, now: &Remains) -> Result<()> {
    let passing = |path: &Path| {
        let name = path.as_os_str().to_string_lossy();
        name.ends_with("-wal") || name.ends_with("-shm")
    };
    let is_shown = |one: &&Remnant| shown.files.iter().any(|other| other.path == one.path);
    let more = now.files.iter().filter(|one| !passing(&one.path));
    let changed = shown.held.map(|(_, steps)| steps) != now.held.map(|(_, steps)| steps);
    if changed || more.filter(|one| !is_shown(one)).count() > 0 {
        return Err(meanwhile(&now.school.code, "erased"));
    }
    Ok(())
}

/// What somebody agreed to is not what is there by now.
pub(super) fn meanwhile(code: &str, done: &str) -> Error {
    let text = format!(
        "{code} was changed elsewhere after you were shown what there is. Nothing was {done}: run the command again to \
         see what there is now."
    );
    Error::Refused { text }
}

/// True for a code that came in before codes were held to their letters: what it names may lie outside the desk.
pub(super) fn is_odd(code: &str) -> bool {
    school::read_code(code).as_deref() != Ok(code)
}

/// The file of a school whose code is none, where it is that school's for certain: it opens with the school's key. Nothing
/// else there is anybody's to remove.
fn whole_of(path: &Path, key: &RawKey) -> Result<Vec<Remnant>> {
    if file::as_it_is(path, key, &schema::SCHOOL).is_err() {
        return Ok(Vec::new());
    }
    let mut files = beginning_with(path)?;
    files.retain(|one| {
        ["", "-wal", "-shm"]
            .iter()
            .any(|end| one.path == with_end(path, end))
    });
    Ok(files)
}

/// The files beside a school's that have its name with an end: its log, what was set aside, what was half-made; and the
/// words kept while it was gone.
fn beginning_with(path: &Path) -> Result<Vec<Remnant>> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Ok(Vec::new());
    };
    let name = name.to_string_lossy().into_owned();
    let kept = path.with_extension("kept");
    let kept = kept
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut found = inside(folder)?;
    found.retain(|one| {
        let of = one.path.file_name().unwrap_or_default().to_string_lossy();
        let of_file = of.strip_prefix(&name);
        of.starts_with(&kept)
            || of_file.is_some_and(|end| end.is_empty() || end.starts_with(['.', '-']))
    });
    Ok(found)
}

/// The files of a folder, by name; none where it is not there.
fn inside(folder: &Path) -> Result<Vec<Remnant>> {
    let listed = match fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io(folder, error)),
    };
    let mut found = Vec::new();
    for entry in listed {
        let entry = entry.map_err(|error| Error::io(folder, error))?;
        let path = entry.path();
        let kind = entry.metadata().map_err(|error| Error::io(&path, error))?;
        if !kind.is_dir() {
            let bytes = kind.len();
            found.push(Remnant { path, bytes });
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

/// Removes a file; one that is gone already is no fault.
fn remove(path: &Path) -> Result<()> {
    delay::at(Point::Rename);
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(path, error)),
        _ => Ok(()),
    }
}

/// The setting that notes since when a school is off the desk.
fn noted(code: &str) -> String {
    format!("detached.{code}")
}

#[cfg(test)]
mod tests;
