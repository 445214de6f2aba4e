//! Tasks: what is to be done, by when, and what becomes of it.

use super::contact::{self, INVOLVED, INVOLVED_WIDTH, read_involved};
use super::error::{Error, Result};
use super::{
    Store, Writer, moment_in, no_record, read_day, read_moment, read_time, text, whole, yes,
};
use crate::domain::contact::ContactKind;
use crate::domain::date;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{ContactId, PupilId, TaskId};
use crate::domain::moment::Moment;
use crate::domain::task::{Line, Task};
use chrono::{Days, NaiveDate};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

const COLUMNS: &str =
    "task.id, task.title, task.due, task.pupil, task.source, task.urgent, task.carried,
     task.waiting_for, task.done_on, task.entered_at, task.binned_at";

/// How many they are: what a join adds comes after.
const WIDTH: usize = 11;

fn read(row: &Row<'_>) -> rusqlite::Result<Task> {
    Ok(Task {
        id: TaskId(row.get(0)?),
        title: row.get(1)?,
        due: read_moment(row, 2)?,
        pupil: row.get::<_, Option<i64>>(3)?.map(PupilId),
        source: row.get::<_, Option<i64>>(4)?.map(ContactId),
        urgent: row.get::<_, i64>(5)? != 0,
        carried: row.get(6)?,
        waiting_for: row.get(7)?,
        done_on: read_day(row, 8)?,
        entered_at: read_time(row, 9)?.unwrap_or_default(),
        binned_at: read_time(row, 10)?,
    })
}

fn read_line(row: &Row<'_>) -> rusqlite::Result<Line> {
    let task = read(row)?;
    let about = match task.pupil {
        Some(_) => Some(read_involved(row, WIDTH)?),
        None => None,
    };
    Ok(Line {
        task,
        about,
        from: read_from(row, WIDTH + INVOLVED_WIDTH)?,
    })
}

/// Kind and day of a source, from this column on.
fn read_from(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<(ContactKind, NaiveDate)>> {
    let kind = row.get_ref(at)?.as_str_or_null()?;
    let kind = kind.and_then(ContactKind::from_word);
    Ok(kind.zip(read_moment(row, at + 1)?.map(|at| at.day)))
}

/// Lines of the tasks that a clause on the table `task` finds.
fn lines(conn: &Connection, clause: &str, given: impl Params) -> Result<Vec<Line>> {
    let mut lines = conn.prepare_cached(&lines_sql("", clause))?;
    let lines = lines.query_map(given, read_line)?;
    Ok(lines.collect::<rusqlite::Result<_>>()?)
}

fn lines_sql(index: &str, clause: &str) -> String {
    format!(
        "SELECT {COLUMNS}, {INVOLVED}, contact.kind, contact.at FROM task {index}
         LEFT JOIN pupil ON pupil.id = task.pupil
         LEFT JOIN contact ON contact.id = task.source
         WHERE {clause}"
    )
}

/// One task with its child and its source.
pub(super) fn line(conn: &Connection, id: TaskId) -> Result<Option<Line>> {
    Ok(lines(conn, "task.id = ?1", [id.0])?.pop())
}

/// The open tasks. The index is named: without counts of rows the planner may think another as good.
pub(super) fn open_sql() -> String {
    lines_sql(
        "INDEXED BY task_due",
        "task.done_on IS NULL AND task.binned_at IS NULL",
    )
}

/// The same tasks alone.
fn unnamed_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM task INDEXED BY task_due
         WHERE task.done_on IS NULL AND task.binned_at IS NULL"
    )
}

/// A pupil's tasks, from two indexes: the pupil's own, and those without a pupil that follow up an entry about the
/// pupil.
pub(super) fn tasks_of_sql() -> String {
    lines_sql(
        "",
        "task.id IN (
           SELECT id FROM task WHERE pupil = ?1
           UNION ALL
           SELECT task.id FROM contact_pupil CROSS JOIN task ON task.source = contact_pupil.contact
           WHERE contact_pupil.pupil = ?1 AND task.pupil IS NULL)
         AND task.binned_at IS NULL
         ORDER BY done_on IS NOT NULL, done_on DESC, due IS NULL, due, task.id",
    )
}

/// Late and due today at once, from the index of open tasks alone.
pub(super) const DUE_COUNTS: &str = "SELECT coalesce(sum(due < ?1), 0), coalesce(sum(due >= ?1), 0)
     FROM task INDEXED BY task_due WHERE done_on IS NULL AND binned_at IS NULL AND due < ?2";

pub(super) fn find(conn: &Connection, id: TaskId) -> Result<Option<Task>> {
    let task = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM task WHERE id = ?1"))?
        .query_row([id.0], read)
        .optional()?;
    Ok(task)
}

/// What a form starts from.
pub(super) fn values(task: &Task) -> Values {
    Values::from([
        ("title", Some(Value::Text(task.title.clone()))),
        ("due", task.due.map(Value::Moment)),
        ("pupil", task.pupil.map(|pupil| Value::Whole(pupil.0))),
        ("urgent", task.urgent.then(|| Value::Text("yes".to_owned()))),
        ("waiting_for", task.waiting_for.clone().map(Value::Text)),
    ])
}

/// Sets a field of a task from a form. Whose task it is, is the writer's to find.
///
/// # Errors
/// [`Error::NotGiven`] for a title that was emptied.
pub(super) fn set(task: &mut Task, field: &str, values: &Values) -> Result<()> {
    match field {
        "title" => text(values, field)
            .ok_or(Error::NotGiven { field: "title" })?
            .clone_into(&mut task.title),
        "due" => task.move_to(moment_in(values, field)),
        "urgent" => task.urgent = yes(values, field) == Some(true),
        "waiting_for" => task.waiting_for = text(values, field).map(str::to_owned),
        _ => {}
    }
    Ok(())
}

/// The plus keeps the planner from the index of records, through which it would read every task's history.
pub(super) const TOUCHED: &str =
    "SELECT DISTINCT pk FROM journal_row WHERE id > ?1 AND +tbl = 'task' ORDER BY pk";

impl Store {
    /// A task.
    pub fn task(&self, id: TaskId) -> Result<Option<Task>> {
        self.read(|conn| find(conn, id))
    }

    /// A task with what a list shows of its child and its source.
    pub fn task_line(&self, id: TaskId) -> Result<Option<Line>> {
        self.read(|conn| line(conn, id))
    }

    /// Everything that is still to be done, in no order: the queue sorts it by the day.
    pub fn open_tasks(&self) -> Result<Vec<Line>> {
        self.read(|conn| {
            let mut lines = conn.prepare_cached(&open_sql())?;
            let lines = lines.query_map([], read_line)?;
            Ok(lines.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// As [`Store::open_tasks`], without child and source: of those in many schools of children every task has its child
    /// on another page. [`Store::name_tasks`] reads them.
    pub fn open_tasks_unnamed(&self) -> Result<Vec<Line>> {
        self.read(|conn| {
            let mut tasks = conn.prepare_cached(&unnamed_sql())?;
            let lines = tasks.query_map([], |row| {
                Ok(Line {
                    task: read(row)?,
                    about: None,
                    from: None,
                })
            })?;
            Ok(lines.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Reads child and source of lines that were read without.
    pub fn name_tasks<'a>(&self, lines: impl IntoIterator<Item = &'a mut Line>) -> Result<()> {
        let mut lines: Vec<&mut Line> = lines.into_iter().collect();
        // In the order of the file: each page is read once.
        lines.sort_by_key(|line| line.task.pupil);
        self.read(|conn| {
            let mut child =
                conn.prepare_cached(&format!("SELECT {INVOLVED} FROM pupil WHERE id = ?1"))?;
            let mut source = conn.prepare_cached("SELECT kind, at FROM contact WHERE id = ?1")?;
            for line in lines {
                if let Some(pupil) = line.task.pupil {
                    line.about = child
                        .query_row([pupil.0], |row| read_involved(row, 0))
                        .optional()?;
                }
                if let Some(contact) = line.task.source {
                    line.from = source
                        .query_row([contact.0], |row| read_from(row, 0))
                        .optional()?
                        .flatten();
                }
            }
            Ok(())
        })
    }

    /// A pupil's tasks, without the bin: open ones by their day (someday last), then those done, the last one first.
    /// With them the follow-ups of entries about this pupil and others.
    pub fn tasks_of(&self, pupil: PupilId) -> Result<Vec<Line>> {
        self.read(|conn| {
            let mut lines = conn.prepare_cached(&tasks_of_sql())?;
            let lines = lines.query_map([pupil.0], read_line)?;
            Ok(lines.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The pupils a task is about: its own; without one, those of the entry it follows up.
    pub fn pupils_of_task(&self, task: &Task) -> Result<Vec<PupilId>> {
        match (task.pupil, task.source) {
            (Some(pupil), _) => Ok(vec![pupil]),
            (None, Some(source)) => self.read(|conn| {
                let pupils = contact::pupils(conn, source)?;
                Ok(pupils.into_iter().map(|one| one.pupil).collect())
            }),
            (None, None) => Ok(Vec::new()),
        }
    }

    /// Tasks done on this day or later, the last one first.
    pub fn done_tasks(&self, since: NaiveDate) -> Result<Vec<Line>> {
        let clause = "task.done_on >= ?1 AND task.binned_at IS NULL
                      ORDER BY task.done_on DESC, task.id DESC";
        self.read(|conn| lines(conn, clause, [date::iso(since)]))
    }

    /// How many open tasks are late, and how many are due on this day.
    pub fn due_counts(&self, today: NaiveDate) -> Result<(usize, usize)> {
        let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
        self.read(|conn| {
            let counts = conn.prepare_cached(DUE_COUNTS)?.query_row(
                [date::iso(today), date::iso(tomorrow)],
                |row| {
                    Ok((
                        row.get::<_, i64>(0)? as usize,
                        row.get::<_, i64>(1)? as usize,
                    ))
                },
            )?;
            Ok(counts)
        })
    }

    /// The tasks that rows of the journal after `since` touched, and the newest row there is.
    pub fn task_changes(&self, since: i64) -> Result<(i64, Vec<TaskId>)> {
        self.read(|conn| {
            let newest: i64 = conn
                .prepare_cached("SELECT coalesce(max(id), 0) FROM journal_row")?
                .query_row([], |row| row.get(0))?;
            let mut touched = conn.prepare_cached(TOUCHED)?;
            let touched = touched.query_map([since], |row| row.get(0).map(TaskId))?;
            Ok((newest, touched.collect::<rusqlite::Result<_>>()?))
        })
    }

    /// The days after this one that have open tasks, with how many: the next `most` such days.
    pub fn due_ahead(&self, today: NaiveDate, most: usize) -> Result<Vec<(NaiveDate, usize)>> {
        self.read(|conn| {
            let mut days = conn.prepare_cached(
                "SELECT substr(due, 1, 10) AS day, count(*) FROM task
                 WHERE done_on IS NULL AND binned_at IS NULL AND due >= ?1
                 GROUP BY day ORDER BY day LIMIT ?2",
            )?;
            let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
            let days =
                days.query_map(rusqlite::params![date::iso(tomorrow), most as i64], |row| {
                    Ok((
                        super::read_day(row, 0)?.unwrap_or(today),
                        row.get::<_, i64>(1)? as usize,
                    ))
                })?;
            Ok(days.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// A task to be made.
#[derive(Debug, Default)]
pub(super) struct NewTask<'a> {
    pub title: &'a str,
    pub due: Option<Moment>,
    pub pupil: Option<PupilId>,
    pub source: Option<ContactId>,
    pub urgent: bool,
    pub waiting_for: Option<&'a str>,
}

impl Writer<'_> {
    pub(super) fn live_task(&self, id: TaskId) -> Result<Task> {
        find(self.conn, id)?
            .filter(|task| task.binned_at.is_none())
            .ok_or_else(|| no_record(Kind::Task, id.0))
    }

    pub(super) fn insert_task(&mut self, task: &NewTask<'_>) -> Result<TaskId> {
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO task (title, due, pupil, source, urgent, carried, waiting_for, entered_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)",
            )?
            .insert(params![
                task.title,
                task.due.map(Moment::to_stored),
                task.pupil.map(|pupil| pupil.0),
                task.source.map(|contact| contact.0),
                task.urgent,
                task.waiting_for,
                self.now,
            ])?;
        Ok(TaskId(id))
    }

    pub(super) fn add_task(&mut self, values: &Values) -> Result<TaskId> {
        let pupil = match whole(values, "pupil") {
            Some(_) => Some(self.owner(values)?),
            None => None,
        };
        self.insert_task(&NewTask {
            title: text(values, "title").ok_or(Error::NotGiven { field: "title" })?,
            due: moment_in(values, "due"),
            pupil,
            source: None,
            urgent: yes(values, "urgent") == Some(true),
            waiting_for: text(values, "waiting_for"),
        })
    }

    pub(super) fn amend_task(&mut self, id: TaskId, values: &Values) -> Result<()> {
        let mut task = self.live_task(id)?;
        for field in values.keys() {
            match *field {
                "pupil" => {
                    task.pupil = match whole(values, field) {
                        Some(_) => Some(self.owner(values)?),
                        None => None,
                    };
                }
                field => set(&mut task, field, values)?,
            }
        }
        self.update_task(&task)
    }

    pub(super) fn update_task(&mut self, task: &Task) -> Result<()> {
        self.conn
            .prepare_cached(
                "UPDATE task SET title = ?1, due = ?2, pupil = ?3, urgent = ?4, carried = ?5,
                   waiting_for = ?6, done_on = ?7
                 WHERE id = ?8",
            )?
            .execute(params![
                task.title,
                task.due.map(Moment::to_stored),
                task.pupil.map(|pupil| pupil.0),
                task.urgent,
                task.carried,
                task.waiting_for,
                task.done_on.map(date::iso),
                task.id.0,
            ])?;
        Ok(())
    }

    /// Does one thing to a task.
    ///
    /// # Errors
    /// [`Error::NoSuchRecord`], also for one in the bin.
    pub fn change_task(&mut self, id: TaskId, each: impl FnOnce(&mut Task)) -> Result<()> {
        let mut task = self.live_task(id)?;
        each(&mut task);
        self.update_task(&task)
    }

    /// Ticks a task as done on that day; `None` opens it again.
    ///
    /// # Errors
    /// As [`Writer::change_task`].
    pub fn tick(&mut self, id: TaskId, on: Option<NaiveDate>) -> Result<()> {
        self.change_task(id, |task| task.done_on = on)
    }

    /// Moves a task to another day, or to someday. A later day counts as put off.
    ///
    /// # Errors
    /// As [`Writer::change_task`].
    pub fn move_due(&mut self, id: TaskId, due: Option<Moment>) -> Result<()> {
        self.change_task(id, |task| task.move_to(due))
    }

    /// Puts a task before the others of its day, or back among them.
    ///
    /// # Errors
    /// As [`Writer::change_task`].
    pub fn set_urgent(&mut self, id: TaskId, urgent: bool) -> Result<()> {
        self.change_task(id, |task| task.urgent = urgent)
    }
}
