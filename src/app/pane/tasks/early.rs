//! The queue of a first screen: shown before children and sources of all its tasks are read.
//!
//! At 100,000 pupils those take ten times as long as the tasks: every child stands on another page of the file.

use super::{Order, Row, Tasks};
use crate::store::{self, Store};
use chrono::NaiveDate;

impl Tasks {
    /// Reads the queue whole and puts it in order, children and sources apart: these follow for what is seen in
    /// [`Tasks::load_page`], and for the rest in [`Tasks::name_rest`]. Whole at once where the order or what is shown
    /// hangs on them.
    pub fn load_early(&mut self, store: &Store, today: NaiveDate) -> Result<(), store::Error> {
        let narrowed = !self.narrow.filter.text().is_empty();
        self.unnamed =
            self.order == Order::Due && self.worklist.is_none() && self.of.is_none() && !narrowed;
        self.load(store, today)
    }

    /// Reads child and source of the rows that are seen.
    pub(super) fn name_page(&mut self, store: &Store) -> Result<(), store::Error> {
        if !self.unnamed {
            return Ok(());
        }
        let seen: Vec<usize> = self.rows[self.list.page()]
            .iter()
            .filter_map(|row| match row {
                Row::Task(at) => Some(*at),
                Row::Head(..) => None,
            })
            .collect();
        for at in seen {
            store.name_tasks(&mut self.lines[at..=at])?;
        }
        Ok(())
    }

    /// Reads child and source of all that has none yet.
    pub fn name_rest(&mut self, store: &Store) -> Result<(), store::Error> {
        if self.unnamed {
            store.name_tasks(&mut self.lines)?;
            self.unnamed = false;
        }
        Ok(())
    }
}
