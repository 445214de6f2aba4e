//! The day across the schools of the desk: what is late, due, and due in the seven days after, each row with its
//! school, and the user's own tasks among them. Rows are merged in memory alone; a row is never without whose it is.

use crate::app::action::List as Move;
use crate::app::list::List;
use crate::domain::id::TaskId;
use crate::domain::task::{self, Group, Line};
use chrono::NaiveDate;

/// Whose a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// A school's, by its place on the desk.
    School(usize),
    /// The user's own.
    Mine,
}

/// A task with whose it is.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Whose it is.
    pub whose: Whose,
    /// The task.
    pub line: Line,
    /// The group it stands in, as of when the list was put in order.
    group: Group,
}

/// One row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A group's heading and how many stand under it. The cursor passes over it.
    Head(Group, usize),
    /// A task, by its place among the entries.
    Task(usize),
}

impl Row {
    /// True for a heading.
    pub fn is_head(&self) -> bool {
        matches!(self, Self::Head(..))
    }
}

/// The day as the screen shows it.
#[derive(Debug, Default)]
pub struct Day {
    entries: Vec<Entry>,
    /// What the list shows.
    pub rows: Vec<Row>,
    /// Cursor and page, over [`Day::rows`].
    pub list: List,
    /// The day that is shown, where it is not today.
    pub on: Option<NaiveDate>,
    /// The schools where the user is on the day that is shown, by their places.
    pub here: Vec<usize>,
    /// While only what is due before the next visit is shown: the day of it at each school, by their places.
    pub visits: Option<Vec<Option<NaiveDate>>>,
    /// Codes of schools that could not be opened.
    pub missing: Vec<String>,
    /// How many are late today, over all schools.
    pub late: usize,
    /// How many are due today.
    pub due_today: usize,
    /// Whose task the date box is about.
    pub asked: Option<Whose>,
}

impl Day {
    /// Takes in the open tasks of every school and the user's own, and puts them in order; the cursor stays on its task.
    pub fn take(&mut self, found: Vec<(Whose, Line)>, today: NaiveDate) {
        let under = self
            .current()
            .map(|entry| (entry.whose, entry.line.task.id));
        let on = self.on.unwrap_or(today);
        let count = |group: Group| {
            let in_group = |(_, line): &&(Whose, Line)| line.task.group(today) == group;
            found.iter().filter(in_group).count()
        };
        (self.late, self.due_today) = (count(Group::Late), count(Group::Today));
        // What is late belongs to today; another day shows what falls on it and after it.
        let visits = self.visits.as_ref();
        let shown = |entry: &Entry| match (visits, entry.group) {
            // They have no queue of their own to wait in.
            (None, group) if entry.whose == Whose::Mine => on == today || group != Group::Late,
            (_, Group::Someday | Group::Waiting) => false,
            (_, Group::Late) if on != today => false,
            (None, group) => group != Group::Later,
            (Some(visits), _) => {
                let visit = match entry.whose {
                    Whose::School(place) => visits.get(place).copied().flatten(),
                    Whose::Mine => None,
                };
                let due = entry.line.task.due.map(|due| due.day);
                visit.zip(due).is_some_and(|(visit, due)| due < visit)
            }
        };
        self.entries = found
            .into_iter()
            .map(|(whose, line)| Entry {
                group: line.task.group(on),
                whose,
                line,
            })
            .filter(shown)
            .collect();
        self.entries
            .sort_by_cached_key(|entry| (task::order_key(&entry.line.task, on), entry.whose));
        self.lay_out();
        if let Some((whose, id)) = under {
            self.go(whose, id);
        }
    }

    fn lay_out(&mut self) {
        self.rows.clear();
        let mut last = None;
        for (at, entry) in self.entries.iter().enumerate() {
            if last != Some(entry.group) {
                let same = self.entries.iter().filter(|one| one.group == entry.group);
                self.rows.push(Row::Head(entry.group, same.count()));
                last = Some(entry.group);
            }
            self.rows.push(Row::Task(at));
        }
        self.list.fit_over(&self.rows, Row::is_head);
    }

    /// A task as it is now, ticked or moved: it keeps its place until the list is put in order. `None` takes it out.
    pub fn replace(&mut self, whose: Whose, id: TaskId, line: Option<Line>) {
        let is_it = |entry: &Entry| entry.whose == whose && entry.line.task.id == id;
        let Some(at) = self.entries.iter().position(is_it) else {
            return;
        };
        if let Some(line) = line {
            self.entries[at].line = line;
        } else {
            self.entries.remove(at);
            self.lay_out();
        }
    }

    fn row_of(&self, whose: Whose, id: TaskId) -> Option<usize> {
        let is_it = |row: &Row| {
            self.entry(*row)
                .is_some_and(|entry| entry.whose == whose && entry.line.task.id == id)
        };
        self.rows.iter().position(is_it)
    }

    /// Puts the cursor on a task, where it is shown.
    pub fn go(&mut self, whose: Whose, id: TaskId) {
        if let Some(row) = self.row_of(whose, id) {
            self.list.go(row);
        }
    }

    /// The entry of a row.
    pub fn entry(&self, row: Row) -> Option<&Entry> {
        match row {
            Row::Task(at) => self.entries.get(at),
            Row::Head(..) => None,
        }
    }

    /// The entry under the cursor.
    pub fn current(&self) -> Option<&Entry> {
        self.entry(*self.rows.get(self.list.cursor()?)?)
    }

    /// How many tasks it shows.
    pub fn shown(&self) -> usize {
        self.entries.len()
    }

    /// The place of the cursor among the tasks, from 1.
    pub fn place(&self) -> Option<usize> {
        self.list.place_among(&self.rows, Row::is_head)
    }

    /// Moves as a key says; headings are passed over.
    pub fn step(&mut self, by: Move) {
        self.list.step_over(by, &self.rows, Row::is_head);
    }

    /// Forgets every name.
    pub fn wipe(&mut self) {
        *self = Self::default();
    }
}
