//! The register: everyone on roll, in an order, narrowed by a worklist and a filter, with marks and a peek.
//!
//! Row numbers point into the name index; only the rows of the page are loaded. A list never re-orders under
//! the cursor: what changes elsewhere shows in its row, and newcomers stand at the end until the list is
//! put in order again.

use super::{Marking, Narrow};
use crate::app::action;
use crate::app::list::{List, Marks};
use crate::domain::code::Status;
use crate::domain::fault::DataFault;
use crate::domain::finder::{Entry, NameIndex};
use crate::domain::id::PupilId;
use crate::domain::pupil::{Line, Order, Record};
use crate::store;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// A saved view of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worklist {
    /// Children with K or E: the SEN register.
    Sen,
    /// On roll, status not known.
    Unknown,
    /// Something in the record is to be mended.
    Mend,
    /// Who has left.
    Leavers,
    /// Parents are to be told of special educational provision.
    Untold,
}

impl Worklist {
    /// All, in the order of their digits.
    pub const ALL: [Self; 5] = [
        Self::Sen,
        Self::Unknown,
        Self::Mend,
        Self::Leavers,
        Self::Untold,
    ];

    /// What the list's title says.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Sen => "SEN register (K and E)",
            Self::Unknown => "status not known",
            Self::Mend => "to mend",
            Self::Leavers => "leavers",
            Self::Untold => "provision that parents were not told of",
        }
    }
}

/// The register as the screen shows it.
#[derive(Debug, Default)]
pub struct Register {
    /// Everyone, in name order.
    pub index: NameIndex,
    /// Rows of the index in the order of the list, before the filter.
    base: Vec<u32>,
    /// Rows of the index the list shows.
    pub rows: Vec<u32>,
    /// Cursor and page.
    pub list: List,
    /// Marked pupils.
    pub marks: Marks<PupilId>,
    /// The filter.
    pub narrow: Narrow<PupilId>,
    /// The worklist shown; `None` is everyone on roll.
    pub worklist: Option<Worklist>,
    /// The order.
    pub order: Order,
    /// True when the order is turned round.
    pub reversed: bool,
    /// The rows of the page.
    pub page: Vec<Line>,
    /// The pupil under the cursor, whole, and what is amiss.
    pub peek: Option<(Record, Vec<DataFault>)>,
    /// First line of the peek shown.
    pub peek_top: usize,
    /// The cell the cursor is on, by its place in [`Register::CELLS`].
    pub cell: usize,
    /// True until the names are read, which the first frame of a large school's queue does without.
    pub unread: bool,
    /// Pupils with something to mend, once asked for.
    to_mend: HashSet<PupilId>,
}

/// Counts for the foot of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// On roll.
    pub on_roll: usize,
    /// SEN support.
    pub k: usize,
    /// EHC plan.
    pub e: usize,
    /// No SEN.
    pub n: usize,
    /// Status not known.
    pub unknown: usize,
    /// Left.
    pub left: usize,
}

impl Register {
    /// The fields a cell edits, in the order of the columns.
    pub const CELLS: [&'static str; 4] = ["surname", "class", "year", "dob"];

    /// The pupil under the cursor.
    pub fn current(&self) -> Option<PupilId> {
        let row = *self.rows.get(self.list.cursor()?)?;
        self.index.entries().get(row as usize).map(|entry| entry.id)
    }

    /// The row under the cursor as it is shown.
    pub fn current_row(&self) -> Option<&Line> {
        let id = self.current()?;
        self.page.iter().find(|line| line.pupil.id == id)
    }

    /// Marked pupils, or the one under the cursor.
    pub fn chosen(&self) -> Vec<PupilId> {
        if self.marks.is_empty() {
            self.current().into_iter().collect()
        } else {
            self.marks.iter().collect()
        }
    }

    /// Counts over everyone on file.
    pub fn counts(&self) -> Counts {
        let [k, e, n, unknown] = [Some(Status::K), Some(Status::E), Some(Status::N), None]
            .map(|status| self.index.on_roll(status));
        let on_roll = k + e + n + unknown;
        let left = self.index.len() - on_roll;
        Counts {
            on_roll,
            k,
            e,
            n,
            unknown,
            left,
        }
    }

    /// Reads all names again. With `sort` the list is put in order; without, rows keep their places.
    pub fn load(
        &mut self,
        store: &store::Store,
        today: NaiveDate,
        sort: bool,
    ) -> Result<(), store::Error> {
        let under = self.current();
        let shown: Vec<PupilId> = if sort {
            Vec::new()
        } else {
            self.ids(&self.base)
        };
        self.index = store.names(today)?;
        match self.worklist {
            Some(Worklist::Mend) => self.find_faults(store, today)?,
            Some(Worklist::Untold) => {
                let untold = store.untold(today)?;
                self.to_mend = untold.into_iter().map(|(id, _)| id).collect();
            }
            _ => {}
        }
        self.arrange(store, &shown)?;
        let index = &self.index;
        self.marks.retain(|id| index.row_of(id).is_some());
        self.narrow();
        if let Some(id) = under {
            self.go(id);
        }
        Ok(())
    }

    fn ids(&self, rows: &[u32]) -> Vec<PupilId> {
        rows.iter()
            .filter_map(|row| self.index.entries().get(*row as usize))
            .map(|entry| entry.id)
            .collect()
    }

    fn find_faults(&mut self, store: &store::Store, today: NaiveDate) -> Result<(), store::Error> {
        let amiss = |line: &Line| !crate::domain::fault::faults(line, today).is_empty();
        self.to_mend = store
            .all_lines()?
            .iter()
            .filter(|line| amiss(line))
            .map(|line| line.pupil.id)
            .collect();
        Ok(())
    }

    /// Fills `base`: the order asked for, or the order shown before with newcomers at the end.
    fn arrange(&mut self, store: &store::Store, shown: &[PupilId]) -> Result<(), store::Error> {
        let belongs = |entry: &Entry| match self.worklist {
            None => entry.on_roll,
            Some(Worklist::Sen) => entry.on_roll && entry.status.is_some_and(Status::is_sen),
            Some(Worklist::Unknown) => entry.on_roll && entry.status.is_none(),
            Some(Worklist::Mend | Worklist::Untold) => {
                entry.on_roll && self.to_mend.contains(&entry.id)
            }
            Some(Worklist::Leavers) => !entry.on_roll,
        };
        let entries = self.index.entries();
        if shown.is_empty() && self.order == Order::Name {
            let rows = (0..entries.len())
                .filter(|row| belongs(&entries[*row]))
                .map(|row| row as u32);
            self.base = if self.reversed {
                rows.rev().collect()
            } else {
                rows.collect()
            };
            return Ok(());
        }
        let place: HashMap<PupilId, u32> = entries
            .iter()
            .enumerate()
            .map(|(row, entry)| (entry.id, row as u32))
            .collect();
        let ordered: Vec<PupilId>;
        let wanted = if shown.is_empty() {
            ordered = store.ordered(self.order)?;
            &ordered
        } else {
            shown
        };
        let mut base: Vec<u32> = wanted
            .iter()
            .filter_map(|id| place.get(id).copied())
            .filter(|row| belongs(&entries[*row as usize]))
            .collect();
        if shown.is_empty() {
            if self.reversed {
                base.reverse();
            }
        } else {
            let known: HashSet<u32> = base.iter().copied().collect();
            base.extend(
                (0..entries.len() as u32)
                    .filter(|row| !known.contains(row) && belongs(&entries[*row as usize])),
            );
        }
        self.base = base;
        Ok(())
    }

    /// Applies the filter to the list.
    pub fn narrow(&mut self) {
        self.rows = if self.narrow.filter.is_empty() {
            self.base.clone()
        } else {
            self.index.filter(&self.base, self.narrow.filter.text())
        };
        let height = self.list.page().len().max(1);
        self.list.fit(self.rows.len(), height);
    }

    /// Begins to type the filter.
    pub fn begin_filter(&mut self) {
        self.narrow.typing = true;
        self.narrow.begun_at = self.current().or(self.narrow.begun_at);
    }

    /// Shows all again, the cursor on the same pupil; where the filter showed nobody, on the one it was begun at.
    pub fn clear_filter(&mut self) {
        let under = self.current().or(self.narrow.begun_at.take());
        self.narrow.filter.set("");
        self.narrow();
        if let Some(id) = under {
            self.go(id);
        }
    }

    /// A list of these rows of the index, for tests that have no store.
    #[cfg(test)]
    pub(crate) fn show_rows(&mut self, rows: Vec<u32>) {
        self.base = rows;
        self.narrow();
    }

    /// How many the list has before the filter.
    pub fn unfiltered(&self) -> usize {
        self.base.len()
    }

    /// Puts the cursor on a pupil; false when the list does not show that pupil.
    pub fn go(&mut self, id: PupilId) -> bool {
        let entries = self.index.entries();
        let found = self.rows.iter().position(|row| {
            entries
                .get(*row as usize)
                .is_some_and(|entry| entry.id == id)
        });
        if let Some(row) = found {
            self.list.go(row);
        }
        found.is_some()
    }

    /// Puts the cursor on a pupil, widening the list when it does not show that pupil.
    pub fn reveal(
        &mut self,
        store: &store::Store,
        today: NaiveDate,
        id: PupilId,
    ) -> Result<(), store::Error> {
        if self.go(id) {
            return Ok(());
        }
        self.narrow.filter.set("");
        self.narrow();
        if self.go(id) {
            return Ok(());
        }
        let on_roll = self
            .index
            .row_of(id)
            .and_then(|row| self.index.entries().get(row))
            .is_some_and(|entry| entry.on_roll);
        self.worklist = if on_roll {
            None
        } else {
            Some(Worklist::Leavers)
        };
        self.load(store, today, true)?;
        self.go(id);
        Ok(())
    }

    /// Loads the rows of the page, and the peek where it is seen.
    pub fn load_page(
        &mut self,
        store: &store::Store,
        today: NaiveDate,
        height: usize,
        peeked: bool,
    ) -> Result<(), store::Error> {
        self.list.fit(self.rows.len(), height);
        let wanted = self.ids(&self.rows[self.list.page()]);
        self.page = store.lines(&wanted)?;
        let current = self.current();
        if self.peek.as_ref().map(|(record, _)| record.pupil.id) != current {
            self.peek_top = 0;
        }
        self.peek = match current.filter(|_| peeked) {
            Some(id) => store.record(id)?.map(|record| {
                let faults = crate::domain::fault::faults(&record.line(), today);
                (record, faults)
            }),
            None => None,
        };
        Ok(())
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

    /// Marks, as a key says.
    pub fn mark(&mut self, act: Marking) {
        match act {
            Marking::One => {
                if let Some(id) = self.current() {
                    self.marks.toggle(id);
                    self.list.step(action::List::Down);
                }
            }
            Marking::Range => {
                let (shown, current) = (self.ids(&self.rows), self.current());
                self.marks.range(&shown, current);
            }
            Marking::All => {
                let ids = self.ids(&self.rows);
                super::mark_all(&mut self.marks, &ids);
            }
        }
    }
}
