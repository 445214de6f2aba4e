//! A pupil's record, full size: the pupil, periods of status and needs as lines that can be opened.

use crate::app::list::List;
use crate::domain::fault::{DataFault, faults};
use crate::domain::form::Kind;
use crate::domain::id::PupilId;
use crate::domain::pupil::Record;
use crate::store::{self, Store};
use chrono::NaiveDate;

/// A line of the record that has a form behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// The pupil.
    Pupil,
    /// A period of status, by its place in the record.
    Status(usize),
    /// A need, by its place in the record.
    Need(usize),
}

/// The record as the screen shows it.
#[derive(Debug)]
pub struct View {
    /// All there is.
    pub record: Record,
    /// What is to be mended.
    pub faults: Vec<DataFault>,
    /// Lines with a form behind them.
    pub items: Vec<Item>,
    /// The cursor over them.
    pub list: List,
}

impl View {
    /// Opens a pupil's record; `None` when there is no such pupil.
    pub fn open(
        store: &Store,
        id: PupilId,
        today: NaiveDate,
    ) -> Result<Option<Self>, store::Error> {
        let Some(record) = store.record(id)? else {
            return Ok(None);
        };
        let mut view = Self {
            record,
            faults: Vec::new(),
            items: Vec::new(),
            list: List::default(),
        };
        view.arrange(today);
        Ok(Some(view))
    }

    /// Reads the record again; false when the pupil is gone.
    pub fn reload(&mut self, store: &Store, today: NaiveDate) -> Result<bool, store::Error> {
        let Some(record) = store.record(self.record.pupil.id)? else {
            return Ok(false);
        };
        self.record = record;
        self.arrange(today);
        Ok(true)
    }

    fn arrange(&mut self, today: NaiveDate) {
        self.faults = faults(&self.record.line(), today);
        self.items = std::iter::once(Item::Pupil)
            .chain((0..self.record.statuses.len()).map(Item::Status))
            .chain((0..self.record.needs.len()).map(Item::Need))
            .collect();
        self.list.fit(self.items.len(), self.items.len());
    }

    /// The record the cursor is on: its kind and number.
    pub fn current(&self) -> (Kind, i64) {
        let item = self
            .list
            .cursor()
            .and_then(|row| self.items.get(row))
            .copied();
        match item {
            Some(Item::Status(at)) if at < self.record.statuses.len() => {
                (Kind::Status, self.record.statuses[at].id.0)
            }
            Some(Item::Need(at)) if at < self.record.needs.len() => {
                (Kind::Need, self.record.needs[at].id.0)
            }
            _ => (Kind::Pupil, self.record.pupil.id.0),
        }
    }
}
