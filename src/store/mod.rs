//! One school's file: what is in it, and every change as one labelled step that one undo takes back.
//!
//! The only layer that speaks SQL. Knows no screen, no command line and no file format of the office.
//!
//! Two sessions may have the same file open. Each reads what is committed; a change waits for the other's to finish;
//! [`Store::revision`] tells when something was saved by either.

mod apply;
mod chain;
mod desk;
mod draft;
mod error;
mod file;
mod history;
mod journal;
mod keyring;
mod need;
mod pupil;
mod register;
mod schema;
mod school;
mod setting;
mod status;
#[cfg(test)]
mod tests;
mod word;

pub use apply::Applied;
pub use desk::{Desk, Places, SchoolEntry, Secrets};
pub use draft::Draft;
pub use error::{Error, Result};
pub use keyring::Calibration;

use crate::domain::date;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{NeedId, PupilId, StatusId};
use crate::domain::pupil::Record;
use crate::domain::school::School;
use crate::sys;
use chain::Chain;
use chrono::NaiveDate;
use file::{RawKey, Room};
use journal::Journal;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use std::cell::{Cell, OnceCell};
use std::path::{Path, PathBuf};

/// Who makes the changes, and when if not today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The name given when the desk was made.
    pub name: String,
    /// The operating system's login name.
    pub login: String,
    /// The working date, only when it is not the real day.
    pub working_date: Option<NaiveDate>,
}

/// One school's open file.
pub struct Store {
    conn: Connection,
    chain: Chain,
    /// Made at the first change: a session that only reads does not pay for it.
    journal: OnceCell<Journal>,
    path: Option<PathBuf>,
    read_only: bool,
    code: String,
    author: Author,
    commits: Cell<i64>,
}

/// What a step may do. Lives as long as its transaction.
pub struct Writer<'a> {
    conn: &'a Connection,
    today: NaiveDate,
    now: String,
    /// More memory for a change of very many rows, until it is committed.
    room: Option<Room<'a>>,
}

impl Store {
    /// A store in memory for the invented school Oakfield (OAK): the same schema, journal and triggers as a file.
    ///
    /// # Errors
    /// When the system gives no random numbers for the journal's key.
    pub fn memory(author: Author) -> Result<Self> {
        let school = School {
            name: "Oakfield Primary School".to_owned(),
            code: "OAK".to_owned(),
            ..School::default()
        };
        Self::memory_of(&school, author)
    }

    /// A store in memory for this school.
    ///
    /// # Errors
    /// As [`Store::memory`].
    pub fn memory_of(school: &School, author: Author) -> Result<Self> {
        let conn = file::memory(&schema::SCHOOL)?;
        let mut store = Self::on(conn, &file::random()?, &school.code, author);
        store.found(school)?;
        Ok(store)
    }

    /// Makes a school's file, with its first step.
    fn create(path: &Path, key: &RawKey, school: &School, author: Author) -> Result<()> {
        let conn = file::create(path, key, &schema::SCHOOL)?;
        let mut store = Self::on(conn, key, &school.code, author);
        store.path = Some(path.to_owned());
        store.found(school)?;
        // The last connection brings all of the WAL into the file, which can then be moved.
        store
            .conn
            .close()
            .map_err(|(_, error)| Error::from(error).on(Some(path)))
    }

    /// Opens a school's file.
    fn open(path: &Path, key: &RawKey, code: &str, author: Author) -> Result<Self> {
        let opened = file::open(path, key, &schema::SCHOOL)?;
        let mut store = Self::on(opened.conn, key, code, author);
        store.path = Some(path.to_owned());
        store.read_only = opened.read_only;
        if opened.was < schema::SCHOOL.version() {
            // Row images of an older shape no longer fit their tables.
            store.seal_history("Bring the file to this version's format")?;
        }
        Ok(store)
    }

    fn on(conn: Connection, key: &RawKey, code: &str, author: Author) -> Self {
        Self {
            conn,
            chain: Chain::new(key),
            journal: OnceCell::new(),
            path: None,
            read_only: false,
            code: code.to_owned(),
            author,
            commits: Cell::new(0),
        }
    }

    fn journal(&self) -> Result<&Journal> {
        if let Some(journal) = self.journal.get() {
            return Ok(journal);
        }
        let journal = Journal::install(&self.conn, &self.chain)?;
        Ok(self.journal.get_or_init(|| journal))
    }

    /// The school this file is of.
    pub fn school(&self) -> Result<School> {
        self.read(school::read)
    }

    /// Its code, without asking the file.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Where the file is; `None` in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// True where the file can be read but not written: every change is refused.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// A number that moves whenever something was saved, here or by another session.
    pub fn revision(&self) -> Result<i64> {
        self.read(|conn| {
            let others: i64 = conn
                .prepare_cached("PRAGMA data_version")?
                .query_row([], |row| row.get(0))?;
            Ok(others + self.commits.get())
        })
    }

    /// The working date: the author's, or the real day.
    fn today(&self) -> NaiveDate {
        self.author.working_date.unwrap_or_else(sys::clock::today)
    }

    /// Reads, and tells what goes wrong by what it means for this file.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        work(&self.conn).map_err(|error| error.on(self.path()))
    }

    /// All there is about one pupil; `None` when there is no such pupil.
    pub fn record(&self, id: PupilId) -> Result<Option<Record>> {
        self.read(|conn| {
            let Some(pupil) = pupil::find(conn, id)? else {
                return Ok(None);
            };
            Ok(Some(Record {
                pupil,
                statuses: status::of(conn, id)?,
                needs: need::of(conn, id)?,
            }))
        })
    }

    /// Whose record it is; a pupil is its own. `None` when there is no such record.
    pub fn owner(&self, kind: Kind, id: i64) -> Result<Option<PupilId>> {
        let sql = match kind {
            Kind::Pupil => "SELECT id FROM pupil WHERE id = ?1",
            Kind::Status => "SELECT pupil FROM status_period WHERE id = ?1",
            Kind::Need => "SELECT pupil FROM need WHERE id = ?1",
        };
        self.read(|conn| {
            let owner = conn
                .prepare_cached(sql)?
                .query_row([id], |row| row.get(0).map(PupilId))
                .optional()?;
            Ok(owner)
        })
    }

    /// What a form on this record starts from, by field name; `None` when there is no such record.
    /// A pupil's year is the one on the working date, moved on by the Septembers since it was stored.
    pub fn values(&self, kind: Kind, id: i64) -> Result<Option<Values>> {
        let today = self.today();
        self.read(|conn| values(conn, kind, id, today))
    }

    /// The rows of one table as text, one a line, in the order of their ids, for tests and scripts. Empty columns and
    /// the moment of entry are left out, so that the same script gives the same text.
    ///
    /// # Errors
    /// [`Error::NoSuchTable`] for a table without records.
    pub fn dump(&self, table: &str) -> Result<String> {
        let known = journal::JOURNALLED.iter().any(|known| known.name == table);
        if !known && table != "draft" {
            return Err(Error::NoSuchTable {
                name: table.to_owned(),
            });
        }
        self.read(|conn| {
            let mut statement = conn.prepare(&format!("SELECT * FROM {table} ORDER BY id"))?;
            let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let mut rows = statement.query([])?;
            let mut out = String::new();
            while let Some(row) = rows.next()? {
                let mut cells = Vec::with_capacity(names.len());
                for (at, name) in names.iter().enumerate() {
                    match row.get_ref(at)? {
                        _ if name == "entered_at" || name == "kept_at" => {}
                        ValueRef::Integer(number) => cells.push(format!("{name}={number}")),
                        ValueRef::Text(text) => {
                            cells.push(format!("{name}={:?}", String::from_utf8_lossy(text)));
                        }
                        _ => {}
                    }
                }
                out.push_str(&cells.join(" "));
                out.push('\n');
            }
            Ok(out)
        })
    }
}

fn values(conn: &Connection, kind: Kind, id: i64, today: NaiveDate) -> Result<Option<Values>> {
    Ok(match kind {
        Kind::Pupil => pupil::find(conn, PupilId(id))?.map(|pupil| pupil::values(&pupil, today)),
        Kind::Status => status::find(conn, StatusId(id))?.map(|period| status::values(&period)),
        Kind::Need => need::find(conn, NeedId(id))?.map(|need| need::values(&need)),
    })
}

fn no_record(kind: Kind, id: i64) -> Error {
    Error::NoSuchRecord {
        id: format!("{}{id}", kind.def().letter),
    }
}

/// A text field's value; empty is none.
fn text<'a>(values: &'a Values, field: &str) -> Option<&'a str> {
    match values.get(field) {
        Some(Some(Value::Text(text))) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// A date field's value.
fn day(values: &Values, field: &str) -> Option<NaiveDate> {
    match values.get(field) {
        Some(Some(Value::Date(day))) => Some(*day),
        _ => None,
    }
}

/// A number field's value.
fn whole(values: &Values, field: &str) -> Option<i64> {
    match values.get(field) {
        Some(Some(Value::Whole(number))) => Some(*number),
        _ => None,
    }
}

/// A stored date; text that is none reads as not known.
fn read_day(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<NaiveDate>> {
    let text = row.get_ref(at)?.as_str_or_null()?;
    Ok(text.and_then(date::from_iso))
}

impl Writer<'_> {
    /// Adds a record from a checked form and gives its number.
    ///
    /// A new status closes the open one the day before; a need without a rank gets the next free one, and one with a
    /// rank that is taken moves the others down.
    ///
    /// # Errors
    /// [`Error::StatusOverlap`], [`Error::NoSuchRecord`] for a pupil who is not on file, [`Error::NotGiven`].
    pub fn add(&mut self, kind: Kind, values: &Values) -> Result<i64> {
        match kind {
            Kind::Pupil => self.add_pupil(values).map(|id| id.0),
            Kind::Status => self.add_status(values).map(|id| id.0),
            Kind::Need => self.add_need(values).map(|id| id.0),
        }
    }

    /// Changes the fields given, and only those. `seen` is what the form was opened on.
    ///
    /// # Errors
    /// [`Error::Changed`] when a field to be overwritten is no longer as seen; else as [`Writer::add`].
    pub fn amend(
        &mut self,
        kind: Kind,
        id: i64,
        values: &Values,
        seen: Option<&Values>,
    ) -> Result<()> {
        let current =
            self::values(self.conn, kind, id, self.today)?.ok_or_else(|| no_record(kind, id))?;
        let moved = |field: &'static str| {
            let now = current.get(field);
            let was = seen.and_then(|seen| seen.get(field));
            was.is_some() && was != now && values.get(field) != now
        };
        if values.keys().any(|field| moved(field)) {
            return Err(Error::Changed);
        }
        match kind {
            Kind::Pupil => self.amend_pupil(PupilId(id), values),
            Kind::Status => self.amend_status(StatusId(id), values),
            Kind::Need => self.amend_need(NeedId(id), values),
        }
    }

    fn owner(&self, values: &Values) -> Result<PupilId> {
        let pupil = Kind::owner(values).ok_or(Error::NotGiven { field: "pupil" })?;
        self.must_exist(pupil)?;
        Ok(pupil)
    }

    fn must_exist(&self, pupil: PupilId) -> Result<()> {
        let known = self
            .conn
            .prepare_cached("SELECT 1 FROM pupil WHERE id = ?1")?
            .exists([pupil.0])?;
        if known {
            Ok(())
        } else {
            Err(no_record(Kind::Pupil, pupil.0))
        }
    }
}
