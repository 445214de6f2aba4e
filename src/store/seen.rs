//! What a session has seen of the file it has open: is the file at its place still that one, and does its history go on
//! from where the session knows it?
//!
//! A file that was removed, exchanged or put back to an older state while it is open takes saves without complaint, and
//! loses them. So both are looked at before each save, and whenever the file moves.

use super::error::{Error, Result};
use super::{Behind, Store};
use crate::sys::lock::is_same;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What became of a file while it was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// Nothing is at its place.
    Removed,
    /// Another file is at its place.
    Replaced,
    /// It is in an older state than it was, or has another history.
    PutBack,
    /// It holds together no more, such as where another state was written into it.
    Broken,
}

impl Moved {
    /// What to say of it, after the file's name.
    pub fn told(self) -> &'static str {
        match self {
            Self::Removed => "was removed while it was open here",
            Self::Replaced => "was exchanged for another file while it was open here",
            Self::PutBack => "was put back to another state while it was open here",
            Self::Broken => "proved damaged while it was open here",
        }
    }
}

/// The newest step a session knows, with its hash; 0 for none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Newest {
    pub id: i64,
    pub hash: String,
}

/// How the school of a file was handed on by steps that another session made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Handed {
    /// Handed over, on this day.
    Over(NaiveDate),
    /// Taken back.
    Back,
}

/// The label of the step that hands a school over.
pub(super) const HAND_OVER: &str = "Hand the school over";

/// The label of the step that takes it back.
pub(super) const TAKE_BACK: &str = "Take the hand-over of the school back";

/// What a session has seen of its file.
#[derive(Debug)]
pub(super) struct Seen {
    newest: RefCell<Newest>,
    /// What it became, once it moved; nothing is saved from then on.
    moved: Cell<Option<Moved>>,
    /// True once what was begun was kept elsewhere.
    pub kept: Cell<bool>,
    at: Option<Box<At>>,
}

/// A file and the log beside it, as they were when they were opened.
#[derive(Debug)]
pub(super) struct At {
    path: PathBuf,
    log: PathBuf,
    file: Metadata,
    was_log: Option<Metadata>,
    /// When the file itself was last written, and its length, as this session last saw them.
    written: Cell<(Option<SystemTime>, u64)>,
}

impl Seen {
    /// Of a file in memory.
    pub(super) fn in_memory() -> Self {
        Self {
            newest: RefCell::default(),
            moved: Cell::new(None),
            kept: Cell::new(false),
            at: None,
        }
    }

    /// Of a file that was opened just now.
    pub(super) fn of(path: &Path, conn: &Connection) -> Result<Self> {
        Ok(Self {
            newest: RefCell::new(Newest::read(conn)?),
            moved: Cell::new(None),
            kept: Cell::new(false),
            at: Some(Box::new(At::of(path)?)),
        })
    }

    /// What the file became; `None` while it is where it was.
    pub(super) fn moved(&self) -> Option<Moved> {
        self.moved.get()
    }

    /// The newest step this session knows.
    pub(super) fn newest(&self) -> Newest {
        self.newest.borrow().clone()
    }

    /// Before a save, and when the file moved: is it the one that is open? Costs two looks at the folder.
    ///
    /// # Errors
    /// [`Error::Moved`].
    pub(super) fn look(&self, conn: &Connection, is_sound: impl FnOnce() -> bool) -> Result<()> {
        let Some(at) = &self.at else { return Ok(()) };
        if self.moved.get().is_none() {
            match at.look(conn)? {
                Looked::Same => {}
                Looked::Moved(moved) => self.moved.set(Some(moved)),
                // Most likely another session brought its log in. Where none made a step since, somebody may have put another
                // state into the file under our log, which the newest step, read from that log, does not show.
                Looked::Written => {
                    let is_known = Newest::read(conn)? == *self.newest.borrow();
                    if is_known && !is_sound() {
                        self.moved.set(Some(Moved::Broken));
                    }
                }
            }
        }
        self.refuse()
    }

    /// A page that cannot be read shows that what is there is not what was opened: nothing is saved to it any more.
    pub(super) fn broke(&self) -> Result<()> {
        if self.at.is_some() && self.moved.get().is_none() {
            self.moved.set(Some(Moved::Broken));
        }
        self.refuse()
    }

    /// Refuses to go on with a file that moved.
    pub(super) fn refuse(&self) -> Result<()> {
        match (self.moved.get(), &self.at) {
            (Some(moved), Some(at)) => Err(Error::Moved {
                path: at.path.clone(),
                moved,
                kept: true,
            }),
            _ => Ok(()),
        }
    }

    /// Holds the newest step of the file against the one this session knows, and gives whether the school was handed on by
    /// steps made since.
    ///
    /// # Errors
    /// [`Error::Moved`] where the file does not go on from there.
    pub(super) fn follow(&self, conn: &Connection, found: &Newest) -> Result<Option<Handed>> {
        let known = self.newest.borrow().clone();
        if *found == known {
            return Ok(None);
        }
        let mut handed = None;
        let mut goes_on = known.id == 0;
        if found.id > known.id {
            let mut steps = conn.prepare_cached(
                "SELECT id, hash, kind, label, at FROM journal_step WHERE id >= ?1 ORDER BY id",
            )?;
            let mut steps = steps.query([known.id])?;
            while let Some(step) = steps.next()? {
                if step.get::<_, i64>(0)? == known.id {
                    goes_on = step
                        .get_ref(1)?
                        .as_str()
                        .is_ok_and(|hash| hash == known.hash);
                } else if step.get_ref(2)?.as_str().is_ok_and(|kind| kind == "access") {
                    handed = handed_by(step.get_ref(3)?.as_str().unwrap_or_default(), || {
                        step.get::<_, String>(4)
                    })
                    .or(handed);
                }
            }
        }
        if !goes_on && self.at.is_some() {
            self.moved.set(Some(Moved::PutBack));
            self.refuse()?;
        }
        self.newest.replace(found.clone());
        Ok(handed)
    }

    /// Notes a step this session made, and how the file looks after it.
    pub(super) fn made(&self, newest: Newest) {
        self.newest.replace(newest);
        if let Some(at) = &self.at {
            at.saved();
        }
    }
}

fn handed_by(label: &str, at: impl FnOnce() -> rusqlite::Result<String>) -> Option<Handed> {
    match label {
        HAND_OVER => {
            let at = at().ok().and_then(|at| super::read_stored_time(&at));
            let at: DateTime<Utc> = at.unwrap_or_default();
            Some(Handed::Over(crate::sys::clock::local(at).date()))
        }
        TAKE_BACK => Some(Handed::Back),
        _ => None,
    }
}

fn written(file: &Metadata) -> (Option<SystemTime>, u64) {
    (file.modified().ok(), file.len())
}

/// What a look at a file found.
pub(super) enum Looked {
    /// It is the one that was opened, as it was.
    Same,
    /// It is not the one that was opened.
    Moved(Moved),
    /// It is the one that was opened, and somebody else wrote to it.
    Written,
}

impl At {
    /// Of a file that was opened and read just now.
    pub(super) fn of(path: &Path) -> Result<Self> {
        let log = super::desk::with_end(path, "-wal");
        let file = fs::metadata(path).map_err(|error| Error::io(path, error))?;
        Ok(Self {
            was_log: fs::metadata(&log).ok(),
            written: Cell::new(written(&file)),
            path: path.to_owned(),
            log,
            file,
        })
    }

    /// Notes how the file looks after a save of this session.
    pub(super) fn saved(&self) {
        if let Ok(now) = fs::metadata(&self.path) {
            self.written.set(written(&now));
        }
    }

    /// Is the file the one that was opened?
    pub(super) fn look(&self, conn: &Connection) -> Result<Looked> {
        let Ok(now) = fs::metadata(&self.path) else {
            return Ok(Looked::Moved(Moved::Removed));
        };
        let log = fs::metadata(&self.log).ok();
        let same_log = match (&self.was_log, &log) {
            (Some(was), Some(is)) => is_same(was, is),
            (Some(_), None) => false,
            (None, _) => true,
        };
        if !is_same(&self.file, &now) || !same_log {
            return Ok(Looked::Moved(Moved::Replaced));
        }
        if written(&now) == self.written.get() {
            return Ok(Looked::Same);
        }
        // What was read before is forgotten, so that the newest step is read from what is there now.
        conn.execute_batch("PRAGMA shrink_memory")?;
        self.written.set(written(&now));
        Ok(Looked::Written)
    }
}

impl Store {
    /// How it is not the file that the desk last saw; `None` where it goes on from there.
    pub fn behind(&self) -> Option<&Behind> {
        self.behind.as_ref()
    }

    /// Looks whether the file is still the one that is open, and whether another session handed the school over or took it
    /// back; then it can only be read, or be written again.
    ///
    /// # Errors
    /// [`Error::Moved`].
    pub fn look_at_file(&self) -> Result<()> {
        self.on_open_file(|conn| {
            self.seen.look(conn, || self.is_sound())?;
            self.follow(conn, &Newest::read(conn)?)
        })
    }

    /// All of the file, held against itself and its history.
    pub(super) fn is_sound(&self) -> bool {
        self.check().is_ok_and(|found| found.is_empty())
    }

    /// Reads or saves in a file that is open: where a page of it cannot be read any more, it is not the file that was opened.
    pub(super) fn on_open_file<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        match self.read(work) {
            Err(error @ Error::Damaged { .. }) => {
                self.read(|_| self.seen.broke())?;
                Err(error)
            }
            done => done,
        }
    }

    /// Takes in what other sessions did, of which a save must know.
    pub(super) fn follow(&self, conn: &Connection, found: &Newest) -> Result<()> {
        match self.seen.follow(conn, found)? {
            Some(Handed::Over(day)) => self.handed_over.set(Some(day)),
            Some(Handed::Back) => self.handed_over.set(None),
            None => {}
        }
        Ok(())
    }
}

impl Newest {
    /// The newest step of a file.
    pub(super) fn read(conn: &Connection) -> Result<Self> {
        use rusqlite::OptionalExtension;
        let last = conn
            .prepare_cached("SELECT id, hash FROM journal_step ORDER BY id DESC LIMIT 1")?
            .query_row([], |row| {
                Ok(Self {
                    id: row.get(0)?,
                    hash: row.get(1)?,
                })
            })
            .optional()?;
        Ok(last.unwrap_or_default())
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests;
