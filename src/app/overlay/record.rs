//! A pupil's record, full size: the pupil, periods of status and needs as lines that can be opened.

use crate::app::list::List;
use crate::domain::contact::Contact;
use crate::domain::fault::{DataFault, faults};
use crate::domain::form::Kind;
use crate::domain::id::PupilId;
use crate::domain::person::Person;
use crate::domain::pupil::Record;
use crate::domain::task;
use crate::domain::untold::{KeptFrom, Untold};
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
    /// A person, by its place in [`View::people`].
    Person(usize),
    /// An open task, by its place in [`View::tasks`].
    Task(usize),
    /// A contact, by its place in [`View::contacts`].
    Contact(usize),
}

/// How many contacts a record shows; the diary has them all.
const CONTACTS: usize = 20;

/// The record as the screen shows it.
#[derive(Debug)]
pub struct View {
    /// All there is.
    pub record: Record,
    /// The people around the pupil.
    pub people: Vec<Person>,
    /// Open tasks, in the queue's order.
    pub tasks: Vec<task::Line>,
    /// The last contacts, newest first.
    pub contacts: Vec<Contact>,
    /// How many contacts there are in all.
    pub contact_count: usize,
    /// What is to be mended.
    pub faults: Vec<DataFault>,
    /// What parents are to be told of.
    pub untold: Option<Untold>,
    /// From which day on records are kept here.
    pub kept: Option<KeptFrom>,
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
            people: Vec::new(),
            tasks: Vec::new(),
            contacts: Vec::new(),
            contact_count: 0,
            faults: Vec::new(),
            untold: None,
            kept: None,
            items: Vec::new(),
            list: List::default(),
        };
        view.read_around(store, today)?;
        view.arrange(today);
        Ok(Some(view))
    }

    /// Reads the record again; false when the pupil is gone.
    pub fn reload(&mut self, store: &Store, today: NaiveDate) -> Result<bool, store::Error> {
        let Some(record) = store.record(self.record.pupil.id)? else {
            return Ok(false);
        };
        self.record = record;
        self.read_around(store, today)?;
        self.arrange(today);
        Ok(true)
    }

    fn read_around(&mut self, store: &Store, today: NaiveDate) -> Result<(), store::Error> {
        let pupil = self.record.pupil.id;
        self.people = store.people_of(pupil)?;
        let on_roll = !self.record.pupil.is_leaver(today);
        self.untold = if on_roll {
            store.untold_of(pupil, today)?
        } else {
            None
        };
        self.kept = store.kept_from()?;
        self.tasks = store.tasks_of(pupil)?;
        self.tasks.retain(|line| line.task.done_on.is_none());
        task::sort(&mut self.tasks, today);
        let mut ids = store.diary(Some(pupil))?;
        self.contact_count = ids.len();
        ids.truncate(CONTACTS);
        self.contacts = store.contacts_of(Some(pupil), &ids)?;
        Ok(())
    }

    fn arrange(&mut self, today: NaiveDate) {
        self.faults = faults(&self.record.line(), today);
        self.items = std::iter::once(Item::Pupil)
            .chain((0..self.record.statuses.len()).map(Item::Status))
            .chain((0..self.record.needs.len()).map(Item::Need))
            .chain((0..self.people.len()).map(Item::Person))
            .chain((0..self.tasks.len()).map(Item::Task))
            .chain((0..self.contacts.len()).map(Item::Contact))
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
            Some(Item::Person(at)) if at < self.people.len() => {
                (Kind::Person, self.people[at].id.0)
            }
            Some(Item::Task(at)) if at < self.tasks.len() => (Kind::Task, self.tasks[at].task.id.0),
            Some(Item::Contact(at)) if at < self.contacts.len() => {
                (Kind::Contact, self.contacts[at].id.0)
            }
            _ => (Kind::Pupil, self.record.pupil.id.0),
        }
    }
}
