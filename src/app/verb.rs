//! Verbs on rows: tick, date, push and pull, urgent, bin, edit. Each takes all that is marked as one step.

use super::action::Rows;
use super::overlay::Overlay;
use super::overlay::date::DateBox;
use super::pane::Pane;
use super::state::Tone;
use super::{App, Error};
use crate::domain::date;
use crate::domain::form::{Kind, Value};
use crate::domain::id::{ContactId, TaskId};
use crate::domain::moment::Moment;
use crate::domain::step;
use crate::domain::task::Task;
use chrono::{Days, NaiveDate};
use std::fmt::Write as _;

impl App {
    pub(super) fn rows(&mut self, act: Rows) -> Result<(), Error> {
        match act {
            Rows::Filter => {
                self.begin_filter();
                Ok(())
            }
            Rows::Reverse => self.reverse(),
            Rows::Mark(which) => {
                match (self.state.overlays.last(), self.state.pane) {
                    (Some(_), _) => {}
                    (_, Pane::Provision) => self.state.provision.mark(which),
                    (_, Pane::Register) => self.state.register.mark(which),
                    (_, Pane::Diary) => self.state.diary.mark(which),
                    (_, Pane::Tasks) => self.state.tasks.mark(which),
                }
                Ok(())
            }
            Rows::Edit => self.edit_row(None),
            Rows::Cell => self.edit_cell(),
            Rows::CellLeft | Rows::CellRight => {
                self.move_cell(act == Rows::CellRight);
                Ok(())
            }
            Rows::Tick => self.tick(),
            Rows::Date => self.open_date_box(),
            Rows::DayLater => self.shift(Shift::SchoolDays(1)),
            Rows::DayEarlier => self.shift(Shift::SchoolDays(-1)),
            Rows::WeekLater => self.shift(Shift::Weeks(1)),
            Rows::WeekEarlier => self.shift(Shift::Weeks(-1)),
            Rows::Urgent => self.urgent(),
            Rows::Repeat => self.repeat(),
            Rows::Bin => self.bin(),
            Rows::Amend => self.on_entry(Kind::Amendment),
            Rows::Strike => self.on_entry(Kind::Strike),
        }
    }

    fn reverse(&mut self) -> Result<(), Error> {
        match self.state.pane {
            Pane::Register => self.state.register.reversed = !self.state.register.reversed,
            Pane::Diary => self.state.diary.reversed = !self.state.diary.reversed,
            Pane::Tasks => self.state.tasks.reversed = !self.state.tasks.reversed,
            Pane::Provision => self.state.provision.reversed = !self.state.provision.reversed,
        }
        self.reload(true)
    }

    /// The rows verbs apply to: the item of an open record, or the marked rows of the pane, or the one under the cursor.
    pub(super) fn targets(&self) -> Vec<(Kind, i64)> {
        if let Some((_, id)) = self.acting_on {
            return vec![(Kind::Task, id.0)];
        }
        if let Some(Overlay::Record(view)) = self.state.overlays.last() {
            return vec![view.current()];
        }
        if self.reads_one() {
            return self.row_under_cursor().into_iter().collect();
        }
        match self.state.pane {
            Pane::Register => {
                let ids = self.state.register.chosen();
                ids.into_iter().map(|id| (Kind::Pupil, id.0)).collect()
            }
            Pane::Diary => {
                let ids = self.state.diary.chosen();
                ids.into_iter().map(|id| (Kind::Contact, id.0)).collect()
            }
            Pane::Tasks => {
                let ids = self.state.tasks.chosen();
                ids.into_iter().map(|id| (Kind::Task, id.0)).collect()
            }
            Pane::Provision => {
                let keys = self.state.provision.chosen();
                keys.into_iter().map(Self::record_of).collect()
            }
        }
    }

    /// True while one row is read full size: verbs are for that one, whatever is marked behind it.
    pub(super) fn reads_one(&self) -> bool {
        let mut over = self.state.overlays.iter();
        over.any(|overlay| matches!(overlay, Overlay::Reading))
    }

    /// The tasks among the targets; of a contact, its follow-up. Says why when there is none.
    fn target_tasks(&mut self) -> Result<Vec<Task>, Error> {
        if self.acts_on_own() {
            return self.own_target();
        }
        let targets = self.targets();
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let mut tasks = Vec::new();
        let mut without = 0;
        for (kind, id) in &targets {
            let task = match kind {
                Kind::Task => Some(TaskId(*id)),
                Kind::Contact => {
                    let contact = store.contact(ContactId(*id))?;
                    contact
                        .and_then(|contact| contact.follow_up)
                        .map(|follow| follow.task)
                }
                _ => None,
            };
            match task {
                Some(id) => tasks.extend(store.task(id)?),
                None => without += 1,
            }
        }
        if tasks.is_empty() {
            let text = match targets.first() {
                None => "There is no row under the cursor.",
                Some((Kind::Contact, _)) => {
                    "This entry has no follow-up. t adds a task, e a follow-up."
                }
                Some(_) => "That works on tasks: 4 shows the queue, g t this pupil's.",
            };
            self.say(Tone::Note, text);
        } else if without > 0 {
            let text = format!(
                "{without} of the {} marked have no follow-up: nothing was changed. Esc clears the marks.",
                targets.len()
            );
            self.say(Tone::Note, text);
            tasks.clear();
        }
        Ok(tasks)
    }

    /// Does one thing to these tasks as one step and says it.
    fn on_tasks(
        &mut self,
        label: &str,
        done: &str,
        tasks: &[Task],
        each: impl Fn(&mut Task),
    ) -> Result<(), Error> {
        if self.acts_on_own() {
            return self.on_own_task(label, done, each);
        }
        if self.refuses_change() {
            return Ok(());
        }
        self.store_mut()?.step(label, |writer| {
            let mut ids = tasks.iter().map(|task| task.id);
            ids.try_for_each(|id| writer.change_task(id, &each))
        })?;
        self.clear_marks();
        self.reload(false)?;
        let (code, back) = (&self.state.school.code, self.way_back(false));
        let text = format!("{done} at {code}{back}");
        self.say(Tone::Done, text);
        Ok(())
    }

    /// True, and said, where several rows are marked and a verb is for one.
    pub(super) fn refuses_several(&mut self, does: &str) -> bool {
        let marked = self.targets().len();
        if marked > 1 {
            let text = format!("{marked} are marked and this {does} one. Esc clears the marks.");
            self.say(Tone::Note, text);
        }
        marked > 1
    }

    /// How many rows of the pane in front are marked.
    pub(super) fn targets_marked(&self) -> usize {
        match self.state.pane {
            Pane::Register => self.state.register.marks.len(),
            Pane::Diary => self.state.diary.marks.len(),
            Pane::Tasks => self.state.tasks.marks.len(),
            Pane::Provision => self.state.provision.marks.len(),
        }
    }

    /// Marks have served once a verb was done on them.
    pub(super) fn clear_marks(&mut self) {
        if self.reads_one() || self.acting_on.is_some() {
            return;
        }
        match self.state.pane {
            Pane::Register => self.state.register.marks.clear(),
            Pane::Diary => self.state.diary.marks.clear(),
            Pane::Tasks => self.state.tasks.marks.clear(),
            Pane::Provision => self.state.provision.marks.clear(),
        }
    }

    /// Ticks those that are open, so that none loses the day it was done on; where all are ticked already, opens them
    /// again.
    fn tick(&mut self) -> Result<(), Error> {
        let mut tasks = self.target_tasks()?;
        if tasks.is_empty() {
            return Ok(());
        }
        let again = tasks.iter().all(|task| task.done_on.is_some());
        let on = (!again).then_some(self.state.today);
        let all = tasks.len();
        if !again {
            tasks.retain(|task| task.done_on.is_none());
        }
        let label = step::ticked(&ids(&tasks), !again);
        let before = match all - tasks.len() {
            0 => String::new(),
            1 => ", 1 was done before".to_owned(),
            many => format!(", {many} were done before"),
        };
        let done = format!(
            "{}: {}{before}",
            if again { "Open again" } else { "Done" },
            named(&tasks)
        );
        self.on_tasks(&label, &done, &tasks, |task| task.done_on = on)
    }

    fn urgent(&mut self) -> Result<(), Error> {
        let tasks = self.target_tasks()?;
        if tasks.is_empty() {
            return Ok(());
        }
        let urgent = !tasks.iter().all(|task| task.urgent);
        let label = step::urgent(&ids(&tasks), urgent);
        let done = format!(
            "{}: {}",
            if urgent { "Urgent" } else { "No longer urgent" },
            named(&tasks)
        );
        self.on_tasks(&label, &done, &tasks, |task| task.urgent = urgent)
    }

    /// Pushes or pulls. A late task, and one without a day, counts from today; no pull goes further back than that, so
    /// that neither leaves a task late.
    fn shift(&mut self, by: Shift) -> Result<(), Error> {
        let tasks = self.target_tasks()?;
        if tasks.is_empty() {
            return Ok(());
        }
        let (today, calendar) = (self.state.today, self.state.calendar.clone());
        let moved = |task: &Task| {
            let due = task.due.unwrap_or(Moment {
                day: today,
                time: None,
            });
            let from = due.day.max(today);
            let day = match by {
                Shift::Weeks(n) if n < 0 => from.checked_sub_days(Days::new(7)),
                Shift::Weeks(_) => from.checked_add_days(Days::new(7)),
                Shift::SchoolDays(n) => calendar.add_school_days(from, n),
            };
            Moment {
                day: day.unwrap_or(from).max(today),
                ..due
            }
        };
        if tasks.iter().all(|task| task.due == Some(moved(task))) {
            let are = if tasks.len() == 1 { "It is" } else { "All are" };
            let text = format!("{are} due today: no pull goes further back. d sets any day.");
            self.say(Tone::Note, text);
            return Ok(());
        }
        let Some(first) = tasks.first().map(&moved) else {
            return Ok(());
        };
        let label = match tasks.as_slice() {
            [_] => step::moved(&ids(&tasks), Some(first)),
            _ => step::shifted(&ids(&tasks), by.words()),
        };
        let mut done = match tasks.as_slice() {
            [only] => format!("{} is due {}", quoted(only), told(first, today)),
            many => format!("{} tasks moved", many.len()),
        };
        if let ([_], Some(closed)) = (tasks.as_slice(), self.state.calendar.closed(first.day)) {
            // Into memory: it cannot fail.
            let _ = write!(done, ", {closed}");
        }
        self.on_tasks(&label, &done, &tasks, |task| {
            let due = moved(task);
            task.move_to(Some(due));
        })
    }

    fn open_date_box(&mut self) -> Result<(), Error> {
        let tasks = self.target_tasks()?;
        let Some(first) = tasks.first() else {
            return Ok(());
        };
        let title = match tasks.as_slice() {
            [only] => format!("Due: {}", only.title),
            many => format!("Due: {} tasks", many.len()),
        };
        let text = match (tasks.len(), first.due) {
            (1, Some(due)) => due.typed(),
            _ => String::new(),
        };
        let open = DateBox::open(title, ids(&tasks), &text, &self.context());
        self.state.overlays.extend(open.map(Overlay::Date));
        Ok(())
    }

    /// Enter in the date box. An empty box takes the day away: someday.
    pub(super) fn take_date(&mut self) -> Result<(), Error> {
        let Some(Overlay::Date(open)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        let due = match &open.blank.reading {
            Err(_) => {
                open.blank.visited = true;
                return Ok(());
            }
            Ok(reading) => match &reading.value {
                Some(Value::Moment(moment)) => Some(*moment),
                _ => None,
            },
        };
        let chosen = open.tasks.clone();
        self.state.overlays.pop();
        if self.state.all {
            let task = chosen.first().copied();
            return self.set_due_within(|app| app.set_due(&chosen, due), task);
        }
        self.set_due(&chosen, due)
    }

    fn set_due(&mut self, chosen: &[TaskId], due: Option<Moment>) -> Result<(), Error> {
        let today = self.state.today;
        let tasks = if self.acts_on_own() {
            self.own_target()?
        } else {
            let store = self.store.as_ref().ok_or(Error::NoSchool)?;
            let mut tasks = Vec::new();
            for id in chosen {
                tasks.extend(store.task(*id)?);
            }
            tasks
        };
        let when = due.map_or("someday".to_owned(), |due| told(due, today));
        let done = match tasks.as_slice() {
            [only] => format!("{} is due {when}", quoted(only)),
            many => format!("{} tasks are due {when}", many.len()),
        };
        let label = step::moved(&ids(&tasks), due);
        self.on_tasks(&label, &done, &tasks, |task| task.move_to(due))
    }
}

/// How far a task is moved.
#[derive(Debug, Clone, Copy)]
enum Shift {
    SchoolDays(i64),
    Weeks(i64),
}

impl Shift {
    const fn words(self) -> &'static str {
        match self {
            Self::SchoolDays(n) if n < 0 => "a school day earlier",
            Self::SchoolDays(_) => "a school day later",
            Self::Weeks(n) if n < 0 => "a week earlier",
            Self::Weeks(_) => "a week later",
        }
    }
}

fn ids(tasks: &[Task]) -> Vec<TaskId> {
    tasks.iter().map(|task| task.id).collect()
}

/// What a message calls these tasks.
fn named(tasks: &[Task]) -> String {
    match tasks {
        [only] => quoted(only),
        many => format!("{} tasks", many.len()),
    }
}

/// A task's title, short enough for a message.
fn quoted(task: &Task) -> String {
    const MOST: usize = 40;
    if task.title.chars().count() <= MOST {
        return format!("\"{}\"", task.title);
    }
    let short: String = task.title.chars().take(MOST - 1).collect();
    format!("\"{}…\"", short.trim_end())
}

/// `Mon 30 Nov 9:15`, `today`.
fn told(due: Moment, today: NaiveDate) -> String {
    let day = date::relative(due.day, today);
    match due.time {
        Some(time) => format!("{day} {}", time.format("%H:%M")),
        None => day,
    }
}
