//! The task queue: what was promised and planned, late first, in groups, narrowed by a worklist, a child and a filter.
//!
//! All open tasks are in memory; their number is a desk's, not a register's. A list never re-orders under the
//! cursor: a task ticked or moved stays in its place until the list is put in order again.

mod child;
mod early;
mod view;

pub use view::{Order, Worklist};

use super::{Narrow, Of};
use crate::app::action::List as Move;
use crate::app::list::{List, Marks};
use crate::domain::contact::Contact;
use crate::domain::id::{PupilId, TaskId};
use crate::domain::person::Person;
use crate::domain::task::{self, Group, Line};
use crate::domain::text::fold;
use crate::store::{self, Store};
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// One row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A group's heading and how many stand under it. The cursor passes over it.
    Head(Group, usize),
    /// A task, by its place among the lines.
    Task(usize),
}

impl Row {
    /// True for a heading.
    pub fn is_head(&self) -> bool {
        matches!(self, Self::Head(..))
    }
}

/// The task under the cursor in full.
#[derive(Debug, Clone, Default)]
pub struct Peek {
    /// The contact it follows up.
    pub source: Option<Contact>,
    /// The people around its child.
    pub people: Vec<Person>,
    /// The last contacts about its child, newest first.
    pub contacts: Vec<Contact>,
}

/// The queue as the screen shows it.
#[derive(Debug, Default)]
pub struct Tasks {
    /// The tasks, in the order of the list.
    lines: Vec<Line>,
    /// The group each task stands in, as of when the list was put in order.
    placed: HashMap<TaskId, Group>,
    /// What the list shows.
    pub rows: Vec<Row>,
    /// Cursor and page, over [`Tasks::rows`].
    pub list: List,
    /// Marked tasks.
    pub marks: Marks<TaskId>,
    /// The filter.
    pub narrow: Narrow<TaskId>,
    /// The worklist shown; `None` is all that is open.
    pub worklist: Option<Worklist>,
    /// The order.
    pub order: Order,
    /// True when the order is turned round.
    pub reversed: bool,
    /// The child whose tasks are shown; `None` is everybody's.
    pub of: Option<Of>,
    /// The cell the cursor is on, by its place in [`Tasks::CELLS`].
    pub cell: usize,
    /// The task under the cursor in full.
    pub peek: Option<(TaskId, Peek)>,
    /// First line of the peek shown.
    pub peek_top: usize,
    /// True when what the peek shows may have changed.
    stale: bool,
    /// True while the tasks are there without their children and sources.
    unnamed: bool,
    /// The newest row of the journal the list has taken in.
    seen: i64,
    /// Late and due today, of all that is open.
    pub late: usize,
    /// Due today, of all that is open.
    pub due_today: usize,
    /// The next days with open tasks, and how many.
    pub ahead: Vec<(NaiveDate, usize)>,
}

impl Tasks {
    /// The fields a cell edits, in the order of the columns.
    pub const CELLS: [&'static str; 2] = ["due", "title"];

    /// The task of a row.
    pub fn line(&self, row: Row) -> Option<&Line> {
        match row {
            Row::Task(at) => self.lines.get(at),
            Row::Head(..) => None,
        }
    }

    /// The task under the cursor.
    pub fn current(&self) -> Option<&Line> {
        self.line(*self.rows.get(self.list.cursor()?)?)
    }

    /// Marked tasks in the order of the list, or the one under the cursor.
    pub fn chosen(&self) -> Vec<TaskId> {
        if self.marks.is_empty() {
            return self
                .current()
                .map(|line| line.task.id)
                .into_iter()
                .collect();
        }
        let ids = self.lines.iter().map(|line| line.task.id);
        ids.filter(|id| self.marks.holds(*id)).collect()
    }

    /// A task of the list.
    pub fn find(&self, id: TaskId) -> Option<&Line> {
        self.lines.iter().find(|line| line.task.id == id)
    }

    /// How many the list has before the filter.
    pub fn unfiltered(&self) -> usize {
        self.lines.len()
    }

    /// How many tasks it shows, headings apart.
    pub fn shown(&self) -> usize {
        self.rows
            .iter()
            .filter(|row| matches!(row, Row::Task(_)))
            .count()
    }

    /// The place of the cursor among the tasks shown, from 1.
    pub fn place(&self) -> Option<usize> {
        self.list.place_among(&self.rows, Row::is_head)
    }

    /// Reads the counts of the top line alone.
    pub fn count(&mut self, store: &Store, today: NaiveDate) -> Result<(), store::Error> {
        (self.late, self.due_today) = store.due_counts(today)?;
        self.ahead = store.due_ahead(today, 7)?;
        Ok(())
    }

    /// Reads the queue whole and puts it in order.
    pub fn load(&mut self, store: &Store, today: NaiveDate) -> Result<(), store::Error> {
        self.count(store, today)?;
        self.arrange(store, today)
    }

    /// Reads the list and puts it in order.
    fn arrange(&mut self, store: &Store, today: NaiveDate) -> Result<(), store::Error> {
        let under = self.current().map(|line| line.task.id);
        self.seen = store.task_changes(i64::MAX)?.0;
        self.stale = true;
        let mut lines = self.read(store, today)?;
        lines.retain(|line| self.belongs(line, today));
        lines.sort_by_cached_key(|line| self.key(line, today));
        if self.reversed {
            lines.reverse();
        }
        self.placed = lines
            .iter()
            .map(|line| (line.task.id, line.task.group(today)))
            .collect();
        self.marks.retain(|id| self.placed.contains_key(&id));
        self.lines = lines;
        self.narrow();
        if let Some(id) = under {
            self.go(id);
        }
        Ok(())
    }

    fn read(&self, store: &Store, today: NaiveDate) -> Result<Vec<Line>, store::Error> {
        let since = today.checked_sub_days(Days::new(30)).unwrap_or(today);
        match (self.worklist, &self.of) {
            (Some(Worklist::Done), Some(of)) => {
                let mut lines = store.tasks_of(of.pupil)?;
                lines.retain(|line| line.task.done_on >= Some(since));
                Ok(lines)
            }
            (Some(Worklist::Done), None) => store.done_tasks(since),
            (_, Some(of)) => store.tasks_of(of.pupil),
            (_, None) if self.unnamed => store.open_tasks_unnamed(),
            (_, None) => store.open_tasks(),
        }
    }

    /// True for a task that the list, of the right child, shows when it is put in order.
    fn belongs(&self, line: &Line, today: NaiveDate) -> bool {
        let task = &line.task;
        task.binned_at.is_none()
            && task.done_on.is_some() == (self.worklist == Some(Worklist::Done))
            && self
                .worklist
                .is_none_or(|worklist| worklist.holds(line, today))
    }

    /// True for a task about the child whose tasks are shown.
    fn is_of(&self, store: &Store, line: &Line) -> Result<bool, store::Error> {
        match &self.of {
            None => Ok(true),
            Some(of) => Ok(store.pupils_of_task(&line.task)?.contains(&of.pupil)),
        }
    }

    /// A task's place in the list's order.
    fn key(&self, line: &Line, today: NaiveDate) -> impl Ord + use<> {
        let name = line.about.as_ref().map(|child| fold(&child.listed_name()));
        let (name, newest) = match self.order {
            Order::Due => (None, None),
            Order::Name => (Some((name.is_none(), name)), None),
            Order::Entered => (None, Some(std::cmp::Reverse(line.task.id))),
        };
        (name, newest, task::order_key(&line.task, today))
    }

    /// Takes in what was saved since. What is known keeps its place and shows what it says now, ticked or moved; what is
    /// new goes before the first that comes after it; what went to the bin is gone. With `names` a child's name may have
    /// changed too.
    pub fn follow(
        &mut self,
        store: &Store,
        today: NaiveDate,
        names: bool,
    ) -> Result<(), store::Error> {
        let (seen, changed) = store.task_changes(self.seen)?;
        if changed.len() > FOLLOWED {
            return self.load(store, today);
        }
        self.seen = seen;
        self.stale = true;
        if names {
            let read = self.read(store, today)?;
            let mut now: HashMap<TaskId, Line> =
                read.into_iter().map(|line| (line.task.id, line)).collect();
            for line in &mut self.lines {
                if let Some(now) = now.remove(&line.task.id) {
                    *line = now;
                }
            }
        } else if changed.is_empty() {
            return Ok(());
        }
        let under = self.current().map(|line| line.task.id);
        for id in changed {
            let at = self.lines.iter().position(|line| line.task.id == id);
            let now = match store.task_line(id)? {
                Some(now) if self.is_of(store, &now)? => Some(now),
                _ => None,
            };
            match (at, now) {
                (Some(at), Some(now)) if now.task.binned_at.is_none() => {
                    self.lines[at] = now;
                }
                (Some(at), _) => {
                    self.lines.remove(at);
                    self.placed.remove(&id);
                    self.marks.retain(|marked| marked != id);
                }
                (None, Some(now)) if self.belongs(&now, today) => self.insert(now, today),
                (None, _) => {}
            }
        }
        self.narrow();
        if let Some(id) = under {
            self.go(id);
        }
        Ok(())
    }

    fn insert(&mut self, line: Line, today: NaiveDate) {
        let own = self.key(&line, today);
        let comes_after = |other: &Line| {
            let key = self.key(other, today);
            if self.reversed { key < own } else { key > own }
        };
        let at = self.lines.iter().position(comes_after);
        self.placed.insert(line.task.id, line.task.group(today));
        self.lines.insert(at.unwrap_or(self.lines.len()), line);
    }

    /// Applies the filter and puts in the headings.
    pub fn narrow(&mut self) {
        let words: Vec<String> = fold(self.narrow.filter.text())
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        let fits = |line: &Line| {
            let child = line.about.as_ref().map(|child| {
                format!(
                    "{} {} {}",
                    child.known_as,
                    child.surname,
                    child.class.as_deref().unwrap_or_default()
                )
            });
            let all = fold(&format!(
                "{} {} {}",
                line.task.title,
                child.unwrap_or_default(),
                line.task.waiting_for.as_deref().unwrap_or_default()
            ));
            words.iter().all(|word| all.contains(word.as_str()))
        };
        let shown: Vec<usize> = (0..self.lines.len())
            .filter(|at| words.is_empty() || fits(&self.lines[*at]))
            .collect();
        self.rows.clear();
        let grouped = self.order == Order::Due && self.worklist != Some(Worklist::Done);
        let mut last = None;
        for at in &shown {
            let group = self.placed.get(&self.lines[*at].task.id).copied();
            if grouped && group != last {
                let under = |other: &&usize| {
                    self.placed.get(&self.lines[**other].task.id).copied() == group
                };
                let count = shown.iter().filter(under).count();
                if let Some(group) = group {
                    self.rows.push(Row::Head(group, count));
                }
                last = group;
            }
            self.rows.push(Row::Task(*at));
        }
        self.list.fit_over(&self.rows, Row::is_head);
    }

    /// Moves as a key says; headings are passed over.
    pub fn step(&mut self, by: Move) {
        self.list.step_over(by, &self.rows, Row::is_head);
    }

    /// Puts the cursor on a task; false when the list does not show it.
    pub fn go(&mut self, id: TaskId) -> bool {
        let found = self
            .rows
            .iter()
            .position(|row| self.line(*row).is_some_and(|line| line.task.id == id));
        if let Some(row) = found {
            self.list.go(row);
        }
        found.is_some()
    }

    /// Puts the cursor on a task, widening the list when it does not show it.
    pub fn reveal(
        &mut self,
        store: &Store,
        today: NaiveDate,
        id: TaskId,
    ) -> Result<(), store::Error> {
        if self.go(id) {
            return Ok(());
        }
        self.narrow.filter.set("");
        self.narrow();
        if self.go(id) {
            return Ok(());
        }
        self.of = None;
        let done = store.task(id)?.is_some_and(|task| task.done_on.is_some());
        self.worklist = done.then_some(Worklist::Done);
        self.load(store, today)?;
        self.go(id);
        Ok(())
    }

    /// Fits the list and loads the peek, where it is seen.
    pub fn load_page(
        &mut self,
        store: &Store,
        height: usize,
        peeked: bool,
    ) -> Result<(), store::Error> {
        self.list.fit(self.rows.len(), height);
        self.name_page(store)?;
        if !peeked {
            self.peek = None;
            return Ok(());
        }
        let Some((id, source, pupil)) = self
            .current()
            .map(|line| (line.task.id, line.task.source, line.task.pupil))
        else {
            self.peek = None;
            return Ok(());
        };
        if self.peek.as_ref().map(|(id, _)| *id) != Some(id) {
            self.peek_top = 0;
        } else if !self.stale {
            return Ok(());
        }
        self.stale = false;
        let mut peek = Peek::default();
        if let Some(source) = source {
            peek.source = store.contact(source)?;
        }
        if let Some(pupil) = pupil {
            peek.people = store.people_of(pupil)?;
            peek.contacts = last_contacts(store, pupil)?;
        }
        self.peek = Some((id, peek));
        Ok(())
    }

    /// Marks, as a key says.
    pub fn mark(&mut self, act: super::Marking) {
        let shown: Vec<TaskId> = self
            .rows
            .iter()
            .filter_map(|row| self.line(*row))
            .map(|line| line.task.id)
            .collect();
        match act {
            super::Marking::One => {
                if let Some(id) = self.current().map(|line| line.task.id) {
                    self.marks.toggle(id);
                    self.step(Move::Down);
                }
            }
            super::Marking::Range => {
                let current = self.current().map(|line| line.task.id);
                self.marks.range(&shown, current);
            }
            super::Marking::All => super::mark_all(&mut self.marks, &shown),
        }
    }

    /// A queue of these tasks, for tests that have no store.
    #[cfg(test)]
    pub(crate) fn show_lines(&mut self, mut lines: Vec<Line>, today: NaiveDate) {
        lines.sort_by_cached_key(|line| self.key(line, today));
        self.placed = lines
            .iter()
            .map(|line| (line.task.id, line.task.group(today)))
            .collect();
        self.lines = lines;
        self.narrow();
    }

    /// Forgets every name, for a locked desk.
    pub fn wipe(&mut self) {
        *self = Self {
            worklist: self.worklist,
            order: self.order,
            reversed: self.reversed,
            ..Self::default()
        };
    }
}

/// Most changes that are taken in one by one: after more the queue is read again.
const FOLLOWED: usize = 200;

/// How many contacts a peek shows of a child.
const LAST: usize = 3;

/// The last contacts about a child, newest first.
pub fn last_contacts(store: &Store, pupil: PupilId) -> Result<Vec<Contact>, store::Error> {
    let mut ids = store.diary(Some(pupil))?;
    ids.truncate(LAST);
    store.contacts_of(Some(pupil), &ids)
}
