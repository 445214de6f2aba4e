//! The date box of `d`: when something is due now, from the next key on.

use crate::app::form::Blank;
use crate::domain::form::{Context, Kind};
use crate::domain::id::TaskId;

/// The date box as the screen shows it.
#[derive(Debug)]
pub struct DateBox {
    /// What its title says: which task, or how many.
    pub title: String,
    /// The tasks whose day it sets.
    pub tasks: Vec<TaskId>,
    /// The box: a task's own field for its day.
    pub blank: Blank,
}

impl DateBox {
    /// A box for the day of these tasks, with this text in it.
    pub fn open(title: String, tasks: Vec<TaskId>, text: &str, context: &Context) -> Option<Self> {
        let due = Kind::Task.def().field("due")?;
        Some(Self {
            title,
            tasks,
            blank: Blank::new(due, text, context),
        })
    }

    /// So many steps of the arrows, as [`Blank::stepped`] has it: down is a day earlier.
    pub fn step(&mut self, by: i64, context: &Context) {
        if let Some(text) = self.blank.stepped(by, context) {
            self.blank.input.set(&text);
            self.blank.read(context);
            self.blank.whole = true;
        }
    }
}
