//! The user's own tasks: a network meeting, a course. They belong to no school, so they stay in the desk's file, which has
//! no column for a child. Each change is a step, in one transaction with its rows, and can be taken back.

mod copies;
mod draft;

pub use copies::OwnCopy;
pub use draft::OwnDraft;

use super::Desk;
use crate::domain::date;
use crate::domain::form::{Value, Values};
use crate::domain::id::TaskId;
use crate::domain::moment::Moment;
use crate::domain::task::{Line, Task};
use crate::store::draft::{Mark, drop_draft};
use crate::store::error::{Error, Result};
use crate::store::history::{begin, moment};
use crate::store::seen::{At, Looked};
use crate::store::{
    Session, file, moment_in, read_day, read_moment, read_time, schema, task, text, yes,
};
use crate::sys;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Params, Row, Transaction, params};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

const COLUMNS: &str = "id, title, due, urgent, carried, waiting_for, done_on, entered_at";

/// A row as a step keeps it.
const IMAGE: &str = "json_array(title, due, urgent, carried, waiting_for, done_on, entered_at)";

/// So many steps are kept to be taken back.
const STEPS: i64 = 10_000;

/// The user's own tasks, in a desk that is open.
#[derive(Debug)]
pub struct Own<'a> {
    conn: &'a Connection,
    /// The desk's file; `None` in memory.
    path: Option<PathBuf>,
    reserve: Option<PathBuf>,
    read_only: bool,
    now: DateTime<Utc>,
    /// The desk's file as it was opened; `None` in memory.
    at: Option<&'a At>,
    session: Session,
}

/// The user's own tasks in memory alone, for scripts and tests.
#[derive(Debug)]
pub struct OwnInMemory {
    conn: Connection,
    ahead: TimeDelta,
}

impl OwnInMemory {
    /// None yet; their clock begins at this moment.
    pub fn at(start: DateTime<Utc>) -> Result<Self> {
        Ok(Self {
            conn: file::memory(&schema::DESK)?,
            ahead: start - sys::clock::utc_now(),
        })
    }

    /// The tasks.
    pub fn own(&self) -> Own<'_> {
        Own {
            conn: &self.conn,
            path: None,
            reserve: None,
            read_only: false,
            now: sys::clock::utc_now() + self.ahead,
            at: None,
            session: Session::default(),
        }
    }
}

impl Desk {
    /// The user's own tasks.
    pub fn own(&self) -> Own<'_> {
        Own {
            conn: &self.conn,
            path: Some(self.places.desk()),
            reserve: Some(self.places.reserve()),
            read_only: self.read_only,
            now: sys::clock::utc_now(),
            at: Some(&self.at),
            session: self.session.clone(),
        }
    }
}

/// A row before and after a step.
type Change = (i64, Option<Json>, Option<Json>);

fn read(row: &Row<'_>) -> rusqlite::Result<Task> {
    Ok(Task {
        id: TaskId(row.get(0)?),
        title: row.get(1)?,
        due: read_moment(row, 2)?,
        pupil: None,
        source: None,
        urgent: row.get::<_, i64>(3)? != 0,
        carried: row.get(4)?,
        waiting_for: row.get(5)?,
        done_on: read_day(row, 6)?,
        entered_at: read_time(row, 7)?.unwrap_or_default(),
        binned_at: None,
    })
}

fn lines(conn: &Connection, clause: &str, given: impl Params) -> Result<Vec<Line>> {
    let mut tasks = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM task {clause}"))?;
    let lines = tasks.query_map(given, |row| {
        Ok(Line {
            task: read(row)?,
            about: None,
            from: None,
        })
    })?;
    Ok(lines.collect::<rusqlite::Result<_>>()?)
}

fn find(conn: &Connection, id: TaskId) -> Result<Task> {
    let found = lines(conn, "WHERE id = ?1", [id.0])?.pop();
    found.map(|line| line.task).ok_or_else(|| no_task(id))
}

fn no_task(id: TaskId) -> Error {
    Error::Refused {
        text: format!("There is no {id} among your own tasks."),
    }
}

fn image(conn: &Connection, id: i64) -> Result<Option<Json>> {
    let text: Option<String> = conn
        .prepare_cached(&format!("SELECT {IMAGE} FROM task WHERE id = ?1"))?
        .query_row([id], |row| row.get(0))
        .optional()?;
    text.map(|text| parsed(&text)).transpose()
}

/// What a step or a backup keeps as JSON.
fn parsed<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|fault| {
        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(fault)).into()
    })
}

/// Puts a row back as an image has it.
fn put(conn: &Connection, id: i64, image: Option<&Json>) -> Result<()> {
    let Some(image) = image else {
        conn.execute("DELETE FROM task WHERE id = ?1", [id])?;
        return Ok(());
    };
    conn.prepare_cached(&format!(
        "INSERT OR REPLACE INTO task ({COLUMNS})
         VALUES (?1, ?2 ->> 0, ?2 ->> 1, ?2 ->> 2, ?2 ->> 3, ?2 ->> 4, ?2 ->> 5, ?2 ->> 6)"
    ))?
    .execute(params![id, image.to_string()])?;
    Ok(())
}

fn write(conn: &Connection, task: &Task) -> Result<()> {
    conn.prepare_cached(
        "UPDATE task SET title = ?1, due = ?2, urgent = ?3, carried = ?4, waiting_for = ?5, done_on = ?6
         WHERE id = ?7",
    )?
    .execute(params![
        task.title,
        task.due.map(Moment::to_stored),
        task.urgent,
        task.carried,
        task.waiting_for,
        task.done_on.map(date::iso),
        task.id.0,
    ])?;
    Ok(())
}

impl Own<'_> {
    /// True where the desk can only be read.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// The desk's file; `None` in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// A number that moves whenever another session changed the desk's file.
    pub fn version(&self) -> Result<i64> {
        self.told(file::version(self.conn))
    }

    /// Tells what goes wrong by what it means for the desk's file; on a full disk the reserve is given up.
    fn told<T>(&self, result: Result<T>) -> Result<T> {
        result.map_err(|error| match error.on(self.path.as_deref()) {
            Error::Full { path, free, .. } => {
                let freed = self.reserve.as_deref().is_some_and(sys::reserve::give_up);
                Error::Full { path, free, freed }
            }
            error => error,
        })
    }

    /// True where there is a task, done or not.
    pub fn has_tasks(&self) -> Result<bool> {
        let any = self
            .conn
            .query_row("SELECT EXISTS (SELECT 1 FROM task)", [], |row| row.get(0));
        self.told(any.map_err(Error::from))
    }

    /// What is still to be done, in no order.
    pub fn open_tasks(&self) -> Result<Vec<Line>> {
        self.told(lines(self.conn, "WHERE done_on IS NULL", []))
    }

    /// Those done on this day or later, the last one first.
    pub fn done_tasks(&self, since: NaiveDate) -> Result<Vec<Line>> {
        let clause = "WHERE done_on >= ?1 ORDER BY done_on DESC, id DESC";
        self.told(lines(self.conn, clause, [date::iso(since)]))
    }

    /// A task as lists show it; `None` where it is not there any more.
    pub fn line(&self, id: TaskId) -> Result<Option<Line>> {
        let found = self.told(lines(self.conn, "WHERE id = ?1", [id.0]));
        found.map(|mut found| found.pop())
    }

    /// What a form on it starts from, by field name.
    pub fn values(&self, id: TaskId) -> Result<Option<Values>> {
        Ok(self.line(id)?.map(|line| task::values(&line.task)))
    }

    /// How many are late, and how many are due on this day.
    pub fn due_counts(&self, today: NaiveDate) -> Result<(usize, usize)> {
        let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
        let sql = "SELECT coalesce(sum(due < ?1), 0), coalesce(sum(due >= ?1), 0)
                   FROM task WHERE done_on IS NULL AND due < ?2";
        let counts = || -> Result<(usize, usize)> {
            let mut counts = self.conn.prepare_cached(sql)?;
            let counts = counts.query_row([date::iso(today), date::iso(tomorrow)], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
            })?;
            Ok((counts.0 as usize, counts.1 as usize))
        };
        self.told(counts())
    }

    /// Adds one from checked values. A draft of another one stays.
    ///
    /// # Errors
    /// [`Error::NotGiven`] without a title; [`Error::ReadOnly`], [`Error::Full`], [`Error::Busy`].
    pub fn add(&self, values: &Values) -> Result<TaskId> {
        self.add_and(values, |_| Ok(()))
    }

    /// The same from the form, whose draft goes with it.
    ///
    /// # Errors
    /// As [`Own::add`].
    pub fn add_from_form(&self, values: &Values, draft: Option<&Mark>) -> Result<TaskId> {
        self.add_and(values, |conn| {
            draft.map_or(Ok(()), |mark| drop_draft(conn, mark))
        })
    }

    fn add_and(
        &self,
        values: &Values,
        also: impl FnOnce(&Connection) -> Result<()>,
    ) -> Result<TaskId> {
        let title = text(values, "title").ok_or(Error::NotGiven { field: "title" })?;
        let mut made = TaskId(0);
        self.step("Add task", &[], |conn| {
            made = TaskId(
                conn.prepare_cached(
                    "INSERT INTO task (title, due, urgent, carried, waiting_for, entered_at)
                     VALUES (?1, ?2, ?3, 0, ?4, ?5)",
                )?
                .insert(params![
                    title,
                    moment_in(values, "due").map(Moment::to_stored),
                    yes(values, "urgent") == Some(true),
                    text(values, "waiting_for"),
                    moment(self.now),
                ])?,
            );
            also(conn)?;
            Ok(vec![made])
        })?;
        Ok(made)
    }

    /// Changes the fields given, and only those; the draft goes with it. `seen` is what the form was opened on.
    ///
    /// # Errors
    /// [`Error::Changed`] when a field to be overwritten is no longer as seen; else as [`Own::add`].
    pub fn amend(
        &self,
        id: TaskId,
        label: &str,
        values: &Values,
        seen: &Values,
        draft: Option<&Mark>,
    ) -> Result<()> {
        self.step(label, &[id], |conn| {
            let mut task = find(conn, id)?;
            let now = task::values(&task);
            let is =
                |of: &Values, field: &str| -> Option<Value> { of.get(field).cloned().flatten() };
            if values
                .keys()
                .any(|field| is(&now, field) != is(seen, field))
            {
                return Err(Error::Changed);
            }
            for field in values.keys() {
                task::set(&mut task, field, values)?;
            }
            write(conn, &task)?;
            draft.map_or(Ok(()), |mark| drop_draft(conn, mark))?;
            Ok(Vec::new())
        })
    }

    /// Does one thing to a task: ticks it, moves it.
    pub fn change(&self, id: TaskId, label: &str, each: impl Fn(&mut Task)) -> Result<()> {
        self.step(label, &[id], |conn| {
            let mut task = find(conn, id)?;
            each(&mut task);
            write(conn, &task)?;
            Ok(Vec::new())
        })
    }

    /// Takes a task off the list; the step that did it can be taken back.
    pub fn remove(&self, id: TaskId) -> Result<()> {
        self.step(&format!("Remove task {id}"), &[id], |conn| {
            find(conn, id)?;
            put(conn, id.0, None)?;
            Ok(Vec::new())
        })
    }

    /// One labelled change: all of `work` and the rows it touched, as they were and are, or nothing. It gives the tasks it
    /// made. What had been taken back before cannot be brought back any more.
    fn step(
        &self,
        label: &str,
        touched: &[TaskId],
        work: impl FnOnce(&Connection) -> Result<Vec<TaskId>>,
    ) -> Result<()> {
        let changed = || -> Result<()> {
            let transaction = self.begin()?;
            let mut before = Vec::with_capacity(touched.len());
            for id in touched {
                before.push((id.0, image(&transaction, id.0)?));
            }
            let made = work(&transaction)?;
            before.extend(made.into_iter().map(|id| (id.0, None)));
            let mut rows: Vec<Change> = Vec::new();
            for (id, was) in before {
                let is = image(&transaction, id)?;
                if was != is {
                    rows.push((id, was, is));
                }
            }
            if !rows.is_empty() {
                transaction.execute("DELETE FROM step WHERE taken_back_at IS NOT NULL", [])?;
                let rows = serde_json::to_string(&rows).unwrap_or_default();
                transaction.execute(
                    "INSERT INTO step (at, label, rows) VALUES (?1, ?2, ?3)",
                    params![moment(self.now), label, rows],
                )?;
                transaction.execute(
                    "DELETE FROM step WHERE id <= (SELECT max(id) FROM step) - ?1",
                    [STEPS],
                )?;
            }
            self.commit(transaction)
        };
        self.refuse_read_only()?;
        self.told(changed())
    }

    /// Takes the write lock, where the file is still the one that was opened.
    fn begin(&self) -> Result<Transaction<'_>> {
        let transaction = begin(self.conn)?;
        let looked = self.at.map_or(Ok(Looked::Same), |at| at.look(self.conn))?;
        match (looked, &self.path) {
            (Looked::Moved(moved), Some(path)) => Err(Error::Moved {
                path: path.clone(),
                moved,
                kept: false,
            }),
            _ => Ok(transaction),
        }
    }

    fn commit(&self, transaction: Transaction<'_>) -> Result<()> {
        transaction.commit()?;
        if let Some(at) = self.at {
            at.saved();
        }
        Ok(())
    }

    fn refuse_read_only(&self) -> Result<()> {
        match &self.path {
            Some(path) if self.read_only => Err(Error::ReadOnly { path: path.clone() }),
            _ => Ok(()),
        }
    }

    /// From here on undo does not go further back.
    pub fn seal_history(&self) -> Result<()> {
        let done = self.conn.execute("DELETE FROM step", []);
        self.told(done.map_err(Error::from)).map(drop)
    }

    /// When the change that undo would take back was made, or the one that redo would bring back was taken back; `None`
    /// where there is none.
    pub fn reversible(&self, redo: bool) -> Result<Option<DateTime<Utc>>> {
        let sql = if redo {
            "SELECT taken_back_at FROM step WHERE taken_back_at IS NOT NULL ORDER BY id LIMIT 1"
        } else {
            "SELECT at FROM step WHERE taken_back_at IS NULL ORDER BY id DESC LIMIT 1"
        };
        let at = || -> Result<Option<DateTime<Utc>>> {
            let mut at = self.conn.prepare_cached(sql)?;
            let at = at.query_row([], |row| read_time(row, 0)).optional()?;
            Ok(at.flatten())
        };
        self.told(at())
    }

    /// Takes the last change back, or brings back the one taken back last; gives its label.
    ///
    /// # Errors
    /// [`Error::NothingToUndo`], [`Error::NothingToRedo`], and as [`Own::add`].
    pub fn reverse(&self, redo: bool) -> Result<String> {
        let sql = if redo {
            "SELECT id, label, rows FROM step WHERE taken_back_at IS NOT NULL ORDER BY id LIMIT 1"
        } else {
            "SELECT id, label, rows FROM step WHERE taken_back_at IS NULL ORDER BY id DESC LIMIT 1"
        };
        let reversed = || -> Result<String> {
            let transaction = self.begin()?;
            let found: Option<(i64, String, String)> = transaction
                .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            let Some((step, label, rows)) = found else {
                return Err(if redo {
                    Error::NothingToRedo
                } else {
                    Error::NothingToUndo
                });
            };
            let rows: Vec<Change> = parsed(&rows)?;
            for (id, was, is) in rows {
                put(&transaction, id, if redo { &is } else { &was }.as_ref())?;
            }
            // Brought back it is the newest change again.
            transaction.execute(
                "UPDATE step SET at = CASE WHEN ?1 THEN ?2 ELSE at END,
                   taken_back_at = CASE WHEN ?1 THEN NULL ELSE ?2 END
                 WHERE id = ?3",
                params![redo, moment(self.now), step],
            )?;
            self.commit(transaction)?;
            Ok(label)
        };
        self.refuse_read_only()?;
        self.told(reversed())
    }
}

#[cfg(test)]
mod tests;
