//! Steps: making one, taking it back, bringing it back, and telling what was done.
//!
//! No step is ever changed or removed. Undo and redo are steps of their own that name the change they reverse, so
//! both outlive a restart. Each takes back the author's own last change only, and never passes a boundary.

use super::chain::{Chain, STEP_COLUMNS, StepRow};
use super::error::{Error, Result};
use super::file::Room;
use super::journal::{Rows, Way};
use super::seen::Newest;
use super::{Author, Store, Writer, read_time};
use crate::domain::date;
use crate::domain::id::StepId;
use crate::domain::step::{Step, StepKind};
use crate::sys;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rusqlite::{
    Connection, ErrorCode, OptionalExtension, Row, Transaction, TransactionBehavior, params,
};
use std::time::{Duration, Instant};

/// From how many rows on a step is worth preparing for.
const MANY: i64 = 10_000;

/// How long a change waits for other sessions before it gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// A moment as the store keeps it: UTC, to the millisecond.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Takes the write lock. `SQLite` itself waits 5 s at a time; where it will not wait at all, we do.
pub(super) fn begin(conn: &Connection) -> Result<Transaction<'_>> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(2);
    loop {
        match Transaction::new_unchecked(conn, TransactionBehavior::Immediate) {
            Ok(transaction) => return Ok(transaction),
            Err(error)
                if matches!(
                    error.sqlite_error_code(),
                    Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
                ) && start.elapsed() < PATIENCE =>
            {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(50));
            }
            Err(error) => return Err(error.into()),
        }
    }
}

impl Store {
    /// Makes one labelled change of the file: all of `work`, or nothing of it. Where no record was touched no step is
    /// kept. The label is in the user's words and names no child.
    ///
    /// # Errors
    /// What `work` says; [`Error::ReadOnly`], [`Error::Full`], [`Error::Busy`] after half a minute.
    pub fn step<T>(
        &mut self,
        label: &str,
        work: impl FnOnce(&mut Writer<'_>) -> Result<T>,
    ) -> Result<T> {
        self.transact(|writer, _| Ok((Title::new(StepKind::Change, label), work(writer)?)))
    }

    /// Notes that somebody opened, copied or printed: never taken back, and redo stays possible.
    pub fn record_access(&mut self, label: &str) -> Result<()> {
        self.transact(|_, _| Ok((Title::new(StepKind::Access, label), ())))
    }

    /// Sets a boundary that undo does not pass.
    pub fn seal_history(&mut self, label: &str) -> Result<()> {
        self.transact(|_, _| Ok((Title::new(StepKind::Boundary, label), ())))
    }

    /// Takes back this author's last change, and tells which it was.
    ///
    /// # Errors
    /// [`Error::NothingToUndo`]; [`Error::HistoryMoved`] when a row of it has changed since, [`Error::Evidence`] when
    /// an entry of the diary that it made is evidence by now: nothing is done then.
    pub fn undo(&mut self) -> Result<Step> {
        self.reverse(Way::Back, None)
    }

    /// Brings back the change this author took back last, as long as the author has changed nothing since.
    ///
    /// # Errors
    /// [`Error::NothingToRedo`]; [`Error::HistoryMoved`]; [`Error::Evidence`].
    pub fn redo(&mut self) -> Result<Step> {
        self.reverse(Way::Forth, None)
    }

    /// Takes back one change of this author that stands, wherever it is after the last boundary.
    ///
    /// # Errors
    /// [`Error::NotToUndo`] when it is no such step; [`Error::HistoryMoved`] when a later change touched its rows;
    /// [`Error::Evidence`]. Nothing is done then.
    pub fn undo_step(&mut self, step: StepId) -> Result<Step> {
        self.reverse(Way::Back, Some(step))
    }

    /// The steps since a day (UTC), newest first, at most `most`.
    pub fn history(&self, since: Option<NaiveDate>, most: usize) -> Result<Vec<Step>> {
        let since = since.map(date::iso).unwrap_or_default();
        self.read(|conn| {
            let mut steps = conn.prepare_cached(&format!(
                "SELECT {STEP_COLUMNS}, {IN_EFFECT}, {SET_BACK} FROM journal_step AS step
                 WHERE at >= ?1 ORDER BY id DESC LIMIT ?2"
            ))?;
            let steps = steps.query_map(params![since, most as i64], read_step)?;
            Ok(steps.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// When the change that undo would take back was made or last brought back, or the one that redo would bring back
    /// was taken back; `None` where there is none. Of several schools the last act is found by it.
    pub fn reversible(&self, redo: bool) -> Result<Option<DateTime<Utc>>> {
        let sql = if redo {
            LAST_TAKEN_BACK
        } else {
            LAST_IN_EFFECT
        };
        self.read(|conn| {
            let step: Option<i64> = conn
                .prepare_cached(sql)?
                .query_row([&self.author.name, &self.author.login], |row| row.get(0))
                .optional()?;
            let Some(step) = step else {
                return Ok(None);
            };
            let at = conn
                .prepare_cached("SELECT max(at) FROM journal_step WHERE id = ?1 OR reverses = ?1")?
                .query_row([step], |row| read_time(row, 0))?;
            Ok(at)
        })
    }

    /// The first step at which the journal was tampered with; `None` when it is whole. A journal cut off at its end
    /// is whole in itself: only its head noted elsewhere would show the loss.
    pub fn verify(&self) -> Result<Option<StepId>> {
        self.read(|conn| self.chain.verify(conn))
    }

    /// A change without a step: drafts only.
    pub(super) fn apart<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.refuse_read_only()?;
        self.on_open_file(|conn| {
            let transaction = begin(conn)?;
            self.seen.look(conn, || self.is_sound())?;
            self.follow(conn, &Newest::read(conn)?)?;
            self.refuse_read_only()?;
            let done = work(&transaction)?;
            transaction.commit()?;
            self.seen.made(self.seen.newest());
            Ok(done)
        })
    }

    fn refuse_read_only(&self) -> Result<()> {
        self.seen.refuse()?;
        if let Some(day) = self.handed_over.get() {
            let code = self.code.clone();
            return Err(Error::HandedOver { code, day });
        }
        match &self.path {
            Some(path) if self.read_only => Err(Error::ReadOnly { path: path.clone() }),
            _ => Ok(()),
        }
    }

    /// One transaction, kept as one step when it touched a record or is not a mere change.
    pub(super) fn transact<T>(
        &self,
        work: impl FnOnce(&mut Writer<'_>, &Head) -> Result<(Title, T)>,
    ) -> Result<T> {
        self.refuse_read_only()?;
        self.on_open_file(|conn| {
            let journal = self.journal()?;
            let transaction = begin(conn)?;
            self.seen.look(conn, || self.is_sound())?;
            let head = Head::read(&transaction)?;
            self.follow(conn, &head.newest())?;
            self.refuse_read_only()?;
            let open = journal.open(head.id);
            let clock = self.now();
            let mut writer = Writer {
                conn,
                today: self.today(),
                clock,
                now: moment(clock),
                first_row: head.first_row,
                room: None,
            };
            let (title, done) = work(&mut writer, &head)?;
            drop(open);
            let (now, _room) = (writer.now, writer.room);
            let newest = close(&transaction, &self.chain, &self.author, title, head, now)?;
            transaction.commit().map_err(dangling)?;
            self.seen.made(newest);
            self.commits.set(self.commits.get() + 1);
            Ok(done)
        })
    }

    fn reverse(&mut self, way: Way, which: Option<StepId>) -> Result<Step> {
        let (sql, none, kind, word) = match way {
            Way::Back => (LAST_IN_EFFECT, Error::NothingToUndo, StepKind::Undo, "Undo"),
            Way::Forth => (
                LAST_TAKEN_BACK,
                Error::NothingToRedo,
                StepKind::Redo,
                "Redo",
            ),
        };
        self.transact(|writer, head| {
            let conn = writer.conn;
            let id = match which {
                Some(step) => self.own_in_effect(step)?,
                None => conn
                    .prepare_cached(sql)?
                    .query_row([&self.author.name, &self.author.login], |row| row.get(0))
                    .optional()?
                    .ok_or(none)?,
            };
            let (mut step, first) = conn
                .prepare_cached(&format!(
                    "SELECT {STEP_COLUMNS}, {IN_EFFECT}, {SET_BACK} FROM journal_step AS step WHERE id = ?1"
                ))?
                .query_row([id], |row| Ok((read_step(row)?, row.get("first_row")?)))?;
            let rows = Rows {
                first,
                count: step.rows as i64,
            };
            if rows.count >= MANY {
                writer.room = Some(Room::make(conn)?);
            }
            if which.is_some() {
                self.journal()?.refuse_later(conn, rows)?;
            }
            self.journal()?
                .replay(conn, rows, head.first_row, way, writer.clock)?;
            step.in_effect = way == Way::Forth;
            let title = Title {
                kind,
                label: format!("{word}: {}", step.label),
                reverses: Some(step.id),
            };
            Ok((title, step))
        })
    }
}

impl Store {
    /// The number of a step that may be taken back by its number, or why it may not.
    fn own_in_effect(&self, id: StepId) -> Result<i64> {
        let refuse = |why| {
            Err(Error::NotToUndo {
                id: id.to_string(),
                why,
            })
        };
        let conn = &self.conn;
        let found = conn
            .prepare_cached(&format!(
                "SELECT {STEP_COLUMNS}, {IN_EFFECT}, {SET_BACK} FROM journal_step AS step WHERE id = ?1"
            ))?
            .query_row([id.0], read_step)
            .optional()?;
        let Some(step) = found else {
            return refuse("there is no such step");
        };
        let boundary: i64 = conn
            .prepare_cached(
                "SELECT coalesce(max(id), 0) FROM journal_step WHERE kind = 'boundary'",
            )?
            .query_row([], |row| row.get(0))?;
        if step.kind != StepKind::Change {
            return refuse("it is no change of a record");
        }
        if (&step.author, &step.login) != (&self.author.name, &self.author.login) {
            return refuse("somebody else made it");
        }
        if step.id.0 < boundary {
            return refuse("it lies before the last boundary of the history");
        }
        if !step.in_effect {
            return refuse("it has been taken back already");
        }
        Ok(step.id.0)
    }
}

/// Adds a step that changes no record, inside an open transaction, on a file that no store has yet.
pub(super) fn add(
    conn: &Connection,
    chain: &Chain,
    author: &Author,
    kind: StepKind,
    label: &str,
) -> Result<()> {
    let title = Title::new(kind, label);
    let now = moment(sys::clock::utc_now());
    close(conn, chain, author, title, Head::read(conn)?, now).map(drop)
}

/// As [`add`], of a file this store is about to change itself, at the moment of that change.
pub(super) fn add_at(conn: &Connection, store: &Store, title: Title, now: &str) -> Result<()> {
    let head = Head::read(conn)?;
    close(
        conn,
        &store.chain,
        &store.author,
        title,
        head,
        now.to_owned(),
    )
    .map(drop)
}

/// Writes the step over the rows that were made; gives the newest step there is then.
pub(super) fn close(
    conn: &Connection,
    chain: &Chain,
    author: &Author,
    title: Title,
    head: Head,
    now: String,
) -> Result<Newest> {
    let row_count = next_row(conn)? - head.first_row;
    if row_count == 0 && title.kind == StepKind::Change {
        return Ok(head.newest());
    }
    let mut step = StepRow {
        id: head.id,
        kind: title.kind.word().to_owned(),
        label: title.label,
        author: author.name.clone(),
        login: author.login.clone(),
        at: now,
        working_date: author.working_date.map(date::iso),
        reverses: title.reverses.map(|step| step.0),
        first_row: head.first_row,
        row_count,
        prev: head.hash,
        hash: String::new(),
    };
    step.hash = chain.hash(conn, &step)?;
    conn.prepare_cached(&format!(
        "INSERT INTO journal_step ({STEP_COLUMNS})
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
    ))?
    .execute(params![
        step.id,
        step.kind,
        step.label,
        step.author,
        step.login,
        step.at,
        step.working_date,
        step.reverses,
        step.first_row,
        step.row_count,
        step.prev,
        step.hash
    ])?;
    Ok(Newest {
        id: step.id,
        hash: step.hash,
    })
}

/// While a step is replayed references may dangle until the end. One that still does means that what a row belongs to
/// has been taken back out of turn.
fn dangling(error: rusqlite::Error) -> Error {
    if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) {
        return Error::HistoryMoved {
            text: "A record that this one belongs to is no longer on file".to_owned(),
        };
    }
    error.into()
}

/// What a step will be called.
pub(super) struct Title {
    kind: StepKind,
    label: String,
    reverses: Option<StepId>,
}

impl Title {
    pub(super) fn new(kind: StepKind, label: &str) -> Self {
        Self {
            kind,
            label: label.to_owned(),
            reverses: None,
        }
    }
}

/// Where the journal goes on.
pub(super) struct Head {
    pub(super) id: i64,
    first_row: i64,
    hash: String,
}

impl Head {
    pub(super) fn read(conn: &Connection) -> Result<Self> {
        // The first step follows on nothing: `GENESIS` is empty.
        let last = Newest::read(conn)?;
        Ok(Self {
            id: last.id + 1,
            first_row: next_row(conn)?,
            hash: last.hash,
        })
    }

    /// The newest step before the one that is to be made.
    fn newest(&self) -> Newest {
        Newest {
            id: self.id - 1,
            hash: self.hash.clone(),
        }
    }
}

/// The newest step that may have changed a record; 0 where there is none. Who only looked or copied changed nothing.
pub(super) fn newest_change(conn: &Connection) -> Result<StepId> {
    let newest = conn
        .prepare_cached(
            "SELECT id FROM journal_step WHERE kind <> 'access' ORDER BY id DESC LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(StepId(newest.unwrap_or_default()))
}

fn next_row(conn: &Connection) -> Result<i64> {
    let last: Option<i64> = conn
        .prepare_cached("SELECT max(id) FROM journal_row")?
        .query_row([], |row| row.get(0))?;
    Ok(last.unwrap_or_default() + 1)
}

/// The author's newest change that stands, after the last boundary.
const LAST_IN_EFFECT: &str = "
    SELECT step.id FROM journal_step AS step
    WHERE step.kind = 'change' AND step.author = ?1 AND step.login = ?2
      AND step.id > (SELECT coalesce(max(id), 0) FROM journal_step WHERE kind = 'boundary')
      AND coalesce((SELECT later.kind FROM journal_step AS later
                    WHERE later.reverses = step.id ORDER BY later.id DESC LIMIT 1), 'redo') = 'redo'
    ORDER BY step.id DESC LIMIT 1";

/// The change the author took back last, unless the author has changed anything since.
const LAST_TAKEN_BACK: &str = "
    SELECT undo.reverses FROM journal_step AS undo
    WHERE undo.kind = 'undo' AND undo.author = ?1 AND undo.login = ?2
      AND undo.id > (SELECT coalesce(max(id), 0) FROM journal_step WHERE kind = 'boundary')
      AND undo.id > (SELECT coalesce(max(id), 0) FROM journal_step
                     WHERE kind = 'change' AND author = ?1 AND login = ?2)
      AND NOT EXISTS (SELECT 1 FROM journal_step AS later
                      WHERE later.reverses = undo.reverses AND later.id > undo.id)
    ORDER BY undo.id DESC LIMIT 1";

/// Whether a step named `step` stands: the last step that reverses it is no undo.
pub(super) const IN_EFFECT: &str = "
    coalesce((SELECT later.kind FROM journal_step AS later
              WHERE later.reverses = step.id ORDER BY later.id DESC LIMIT 1), 'redo') = 'redo'";

/// Whether a step named `step` is earlier, by the clock, than the one before it.
pub(super) const SET_BACK: &str = "
    coalesce((SELECT earlier.at > step.at FROM journal_step AS earlier
              WHERE earlier.id = step.id - 1), 0)";

pub(super) fn read_step(row: &Row<'_>) -> rusqlite::Result<Step> {
    let stored = StepRow::read(row)?;
    Ok(Step {
        id: StepId(stored.id),
        kind: StepKind::from_word(&stored.kind).unwrap_or(StepKind::Change),
        label: stored.label,
        author: stored.author,
        login: stored.login,
        at: DateTime::parse_from_rfc3339(&stored.at)
            .map(|at| at.to_utc())
            .unwrap_or_default(),
        working_date: stored.working_date.as_deref().and_then(date::from_iso),
        reverses: stored.reverses.map(StepId),
        rows: stored.row_count as usize,
        in_effect: row.get(12)?,
        set_back: row.get(13)?,
    })
}
