//! One school's file: what is in it, and every change as one labelled step that one undo takes back.
//!
//! The only layer that speaks SQL. Knows no screen, no command line and no file format of the office.
//!
//! Two sessions may have the same file open. Each reads what is committed; a change waits for the other's to finish;
//! [`Store::revision`] tells when something was saved by either.

mod apply;
mod calendar;
mod called;
mod capture;
mod chain;
mod check;
mod contact;
mod copy;
mod desk;
mod diary;
mod doubt;
mod draft;
mod early;
mod entry;
mod error;
mod evidence;
mod file;
mod fill;
mod fit;
mod history;
mod hours;
mod journal;
mod kept;
mod keyring;
mod later;
mod left_out;
mod lineage;
mod member;
mod need;
mod person;
mod provision;
mod pupil;
mod record;
mod records;
mod recost;
mod register;
mod schema;
mod school;
mod seen;
#[cfg(any(debug_assertions, test, feature = "selftest"))]
pub mod selftest;
mod session;
mod setting;
mod shape;
mod staff;
mod status;
mod stored;
mod stranger;
mod task;
#[cfg(test)]
mod tests;
mod timing;
mod trace;
mod untold;
mod veil;
mod word;

pub use apply::Applied;
pub use called::Called;
pub use check::Unsound;
pub use copy::{Copied, Manifest, PART};
pub use desk::{
    BackedUp, Behind, Desk, Given, Head, Listed, Own, OwnCopy, OwnDraft, OwnInMemory, Places,
    Rehearsal, Remains, Remnant, SchoolEntry, Secrets, Shared, Thinned,
};
pub use diary::{Binned, Changes, Part};
pub use draft::{Draft, DraftOf, Mark};
pub use error::{Error, Result};
pub use keyring::Calibration;
pub use member::PutOn;
pub use records::{Stray, Untold};
pub use recost::Recosted;
pub use seen::Moved;
pub use session::Session;
pub use shape::{Difference, Misshapen};
pub use timing::Odd;
pub use trace::Touched;

use crate::domain::calendar::MyDays;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::PupilId;
use crate::domain::moment::Moment;
use crate::domain::school::School;
use crate::domain::step::StepKind;
use crate::sys;
use crate::sys::lock::Held;
use chain::{Chain, JournalKey};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use file::{RawKey, Room};
use journal::Journal;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use seen::Seen;
use std::cell::{Cell, OnceCell};
use std::path::{Path, PathBuf};
use stored::{NO_MOMENT, read_day, read_moment, read_stored_time, read_time};

/// All of a file a user named, of at most that many bytes; never waits for what is no file.
///
/// # Errors
/// As `sys::read::at_most`.
pub fn read_file(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    sys::read::at_most(path, most)
}

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

/// The keys of a school.
struct Keys {
    /// The one its file is encrypted with.
    file: RawKey,
    /// The one its journal is chained with.
    journal: JournalKey,
}

/// One school's open file.
pub struct Store {
    conn: Connection,
    chain: Chain,
    /// Made at the first change: a session that only reads does not pay for it.
    journal: OnceCell<Journal>,
    path: Option<PathBuf>,
    read_only: bool,
    /// Room that is given up when the disk takes no more.
    reserve: Option<PathBuf>,
    /// The day this desk handed the school over: it can only be read since.
    handed_over: Cell<Option<NaiveDate>>,
    /// What this session has seen of the file.
    seen: Seen,
    /// True where words kept beside the file could not be taken in.
    unread_kept: bool,
    /// How it is not the file that the desk last saw.
    behind: Option<Behind>,
    /// What a look at its opening found.
    noticed: Vec<Unsound>,
    code: String,
    author: Author,
    commits: Cell<i64>,
    /// How far the clock of a store in memory was moved on; a file's is never moved.
    ahead: Cell<TimeDelta>,
    /// The weekdays the user is there: the desk's, told when the school is opened.
    my_days: MyDays,
    /// Whose the drafts kept here are.
    session: Session,
    /// The file, shared. The last of the fields: it is let go of once the file is closed.
    held: Held,
}

/// What a step may do. Lives as long as its transaction.
pub struct Writer<'a> {
    conn: &'a Connection,
    today: NaiveDate,
    /// The moment of the step, by the real clock.
    clock: DateTime<Utc>,
    /// The same as it is stored.
    now: String,
    /// The first row of the journal that the step makes.
    first_row: i64,
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
        Self::memory_at(school, author, sys::clock::utc_now())
    }

    /// A store in memory for this school whose clock begins at this moment, for scripts.
    ///
    /// # Errors
    /// As [`Store::memory`].
    pub fn memory_at(school: &School, author: Author, start: DateTime<Utc>) -> Result<Self> {
        let conn = file::memory(&schema::SCHOOL)?;
        let mut store = Self::on(conn, &JournalKey::random()?, &school.code, author);
        store.later(start - store.now());
        store.found(school)?;
        Ok(store)
    }

    /// Makes a school's file, with its first step.
    fn create(path: &Path, keys: &Keys, school: &School, author: Author) -> Result<()> {
        let conn = file::create(path, &keys.file, &schema::SCHOOL)?;
        let mut store = Self::on(conn, &keys.journal, &school.code, author);
        store.path = Some(path.to_owned());
        store.found(school)?;
        store.close(path)
    }

    /// Closes a file that nobody else has open; it can then be moved.
    fn close(self, path: &Path) -> Result<()> {
        file::close(self.conn, path)
    }

    /// Opens a school's file; one of an older shape is brought to the newest once `before` has gone well. What that did is
    /// a step of the same transaction.
    fn open(
        path: &Path,
        keys: &Keys,
        code: &str,
        author: Author,
        before: impl FnOnce(&Connection) -> Result<Option<&'static str>>,
    ) -> Result<Self> {
        let (chain, did) = (Chain::new(&keys.journal), Cell::new(None));
        let before = |conn: &Connection| before(conn).map(|label| did.set(label));
        // Row images of an older shape no longer fit their tables: undo must not pass, whatever happens next.
        let journal = OnceCell::new();
        let note = |conn: &Connection, from: i64| {
            let label = "Bring the file to this version's format";
            let made = fill::note(conn, &chain, &author, (label, from))?;
            let _ = journal.set(made);
            did.get().map_or(Ok(()), |label| {
                history::add(conn, &chain, &author, StepKind::Access, label)
            })
        };
        let opened = file::open(path, &keys.file, &schema::SCHOOL, before, note)?;
        let mut store = Self::on(opened.conn, &keys.journal, code, author);
        store.journal = journal;
        // Before the desk is asked whether the school was handed over: who does that meanwhile is seen at the next save.
        store.seen = Seen::of(path, &store.conn).map_err(|error| error.on(Some(path)))?;
        store.path = Some(path.to_owned());
        store.read_only = opened.read_only;
        store.noticed = store.look();
        Ok(store)
    }

    fn on(conn: Connection, key: &JournalKey, code: &str, author: Author) -> Self {
        Self {
            conn,
            chain: Chain::new(key),
            journal: OnceCell::new(),
            path: None,
            read_only: false,
            reserve: None,
            handed_over: Cell::new(None),
            seen: Seen::in_memory(),
            behind: None,
            unread_kept: false,
            noticed: Vec::new(),
            code: code.to_owned(),
            author,
            commits: Cell::new(0),
            ahead: Cell::new(TimeDelta::zero()),
            my_days: MyDays::default(),
            session: Session::default(),
            held: Held::nothing(),
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

    /// The weekdays the user is at this school.
    pub fn my_days(&self) -> MyDays {
        self.my_days
    }

    /// Tells on which weekdays the user is at this school; [`Desk::keep_my_days`] keeps them.
    pub fn set_my_days(&mut self, days: MyDays) {
        self.my_days = days;
    }

    /// True where the file can be read but not written: every change is refused.
    pub fn is_read_only(&self) -> bool {
        self.read_only || self.handed_over.get().is_some() || self.seen.moved().is_some()
    }

    /// A number that moves whenever something was saved, here or by another session.
    pub fn revision(&self) -> Result<i64> {
        Ok(self.version()? + self.commits.get())
    }

    /// A number that moves whenever another session saved something.
    pub fn version(&self) -> Result<i64> {
        self.read(file::version)
    }

    /// The working date: the author's, or the real day.
    fn today(&self) -> NaiveDate {
        self.author.working_date.unwrap_or_else(sys::clock::today)
    }

    /// Now, by the real clock: when something was entered.
    pub fn now(&self) -> DateTime<Utc> {
        sys::clock::utc_now() + self.ahead.get()
    }

    /// Moves the clock of a store in memory on, or back, for tests and scripts. A file's entries are always timed by the real
    /// clock: for one this does nothing.
    pub fn later(&self, by: TimeDelta) {
        if self.path.is_none() {
            self.ahead.set(self.ahead.get() + by);
        }
    }

    /// Reads, and tells what goes wrong by what it means for this file.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        work(&self.conn).map_err(|error| match error.on(self.path()) {
            Error::Full { path, free, .. } => {
                let reserve = self.reserve.as_deref();
                let freed = reserve.is_some_and(sys::reserve::give_up);
                Error::Full { path, free, freed }
            }
            error @ Error::Moved { .. } => {
                if !self.seen.kept.replace(true) {
                    // They lie in the file that is gone, which is open still.
                    let _ = self.begun().and_then(|all| self.keep_beside(&all));
                }
                error
            }
            error => error,
        })
    }

    /// The rows of one table as text, one a line, in the order of their ids, for tests and scripts. Empty columns and
    /// moments of the real clock are left out, so that the same script gives the same text.
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
                        _ if ["entered_at", "kept_at", "session"].contains(&&**name) => {}
                        ValueRef::Text(_) if name == "binned_at" => cells.push("binned".to_owned()),
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

/// A moment field's value; a day alone is one.
fn moment_in(values: &Values, field: &str) -> Option<Moment> {
    match values.get(field) {
        Some(Some(Value::Moment(moment))) => Some(*moment),
        Some(Some(Value::Date(day))) => Some(Moment {
            day: *day,
            time: None,
        }),
        _ => None,
    }
}

/// A yes-or-no field's value; empty is not known.
fn yes(values: &Values, field: &str) -> Option<bool> {
    text(values, field).map(|word| word == "yes")
}

/// A number field's value.
fn whole(values: &Values, field: &str) -> Option<i64> {
    match values.get(field) {
        Some(Some(Value::Whole(number))) => Some(*number),
        _ => None,
    }
}

impl Writer<'_> {
    /// The moment of the step, as it is stored.
    fn stamp(&self) -> &str {
        &self.now
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
