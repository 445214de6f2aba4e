//! The liaison diary: every contact, newest first, or those about one child, narrowed by a worklist and a filter.
//!
//! Only the numbers of the entries are in memory, a million of them in a few megabytes; rows are read a page at a time.
//! A list never re-orders under the cursor: a new entry stands on top, a changed one shows in its row.

use super::desk::{Follows, Source};
use super::{Narrow, Of};
use crate::app::list::{List, Marks};
use crate::domain::contact::{Contact, Topic};
use crate::domain::finder::NameIndex;
use crate::domain::id::{ContactId, PupilId};
use crate::store::{self, Store};
use std::collections::HashSet;

/// A view of the diary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worklist {
    /// Something was promised and is not done.
    Promised,
}

impl Worklist {
    /// What the list's title says.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Promised => "promised and not done",
        }
    }
}

/// An order of the diary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By when it happened.
    #[default]
    Happened,
    /// By when it was entered.
    Entered,
}

impl Order {
    /// What the list's title says.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Happened => "when it happened",
            Self::Entered => "entered",
        }
    }
}

/// Most entries a filter shows: more is no answer.
pub const FOUND_MOST: usize = 1_000;

/// Names that a filter may mean before it is taken as words alone.
const NAMES_MOST: usize = 40;

/// The diary as the screen shows it.
#[derive(Debug, Default)]
pub struct Diary {
    /// Every entry of the list, in its order, before the filter.
    base: Vec<ContactId>,
    /// What the filter leaves; `None` without a filter.
    found: Option<Vec<ContactId>>,
    /// Cursor and page.
    pub list: List,
    /// Marked entries.
    pub marks: Marks<ContactId>,
    /// The filter.
    pub narrow: Narrow<ContactId>,
    /// The worklist shown; `None` is everything.
    pub worklist: Option<Worklist>,
    /// The order.
    pub order: Order,
    /// True when the oldest come first.
    pub reversed: bool,
    /// The child whose diary is shown; `None` is everybody's.
    pub of: Option<Of>,
    /// The cell the cursor is on, by its place in [`Diary::CELLS`].
    pub cell: usize,
    /// The rows of the page.
    pub page: Vec<Contact>,
    /// The entry under the cursor in full.
    pub peek: Option<Contact>,
    /// First line of the peek shown.
    pub peek_top: usize,
    /// The newest row of the journal the list has taken in.
    seen: i64,
    /// True once the numbers are read: not before the pane is first shown.
    loaded: bool,
    /// True when what the page shows may have changed.
    stale: bool,
}

impl Diary {
    /// The fields a cell edits, in the order of the columns.
    pub const CELLS: [&'static str; 3] = ["at", "with", "text"];

    /// The entries of the list, in its order.
    pub fn rows(&self) -> &[ContactId] {
        self.found.as_deref().unwrap_or(&self.base)
    }

    /// The entry under the cursor.
    pub fn current(&self) -> Option<ContactId> {
        self.rows().get(self.list.cursor()?).copied()
    }

    /// The entry under the cursor as it is shown.
    pub fn current_row(&self) -> Option<&Contact> {
        let id = self.current()?;
        self.page
            .iter()
            .find(|contact| contact.id == id)
            .or_else(|| self.peek.as_ref().filter(|contact| contact.id == id))
    }

    /// Marked entries, or the one under the cursor.
    pub fn chosen(&self) -> Vec<ContactId> {
        if self.marks.is_empty() {
            self.current().into_iter().collect()
        } else {
            self.marks.iter().collect()
        }
    }

    /// How many the list has before the filter.
    pub fn unfiltered(&self) -> usize {
        self.base.len()
    }

    /// True when the list has been read.
    pub fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// Reads the list whole and puts it in order.
    pub fn load(&mut self, store: &Store, index: &NameIndex) -> Result<(), store::Error> {
        let under = self.current();
        self.stale = true;
        self.seen = store.diary_changes(i64::MAX)?.0;
        self.base = store.diary(self.of.as_ref().map(|of| of.pupil))?;
        if self.worklist == Some(Worklist::Promised) {
            let promised: HashSet<ContactId> = store
                .open_tasks()?
                .into_iter()
                .filter_map(|line| line.task.source)
                .collect();
            self.base.retain(|id| promised.contains(id));
        }
        if self.order == Order::Entered {
            self.base.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
        }
        if self.reversed {
            self.base.reverse();
        }
        if !self.marks.is_empty() {
            let shown: HashSet<ContactId> = self.base.iter().copied().collect();
            self.marks.retain(|id| shown.contains(&id));
        }
        self.loaded = true;
        self.narrow(store, index)?;
        if let Some(id) = under {
            self.go(id);
        }
        Ok(())
    }

    /// Takes in what was saved since: new entries stand first, those that went to the bin are gone.
    pub fn follow(&mut self, store: &Store, index: &NameIndex) -> Result<(), store::Error> {
        if !self.loaded {
            return Ok(());
        }
        self.stale = true;
        let (seen, changed) = store.diary_changes(self.seen)?;
        self.seen = seen;
        if changed.is_empty() {
            return Ok(());
        }
        if changed.len() > FOUND_MOST {
            return self.load(store, index);
        }
        let under = self.current();
        let held: HashSet<ContactId> = {
            let wanted: HashSet<ContactId> = changed.iter().copied().collect();
            self.base
                .iter()
                .copied()
                .filter(|id| wanted.contains(id))
                .collect()
        };
        let mut gone: HashSet<ContactId> = HashSet::new();
        for id in changed {
            let now = store.contact(id)?;
            let belongs = now.as_ref().is_some_and(|contact| {
                contact.binned_at.is_none()
                    && self
                        .of
                        .as_ref()
                        .is_none_or(|of| contact.pupils.iter().any(|child| child.pupil == of.pupil))
            });
            let waits = |contact: &Contact| contact.follow_up.is_some_and(|task| !task.done);
            let belongs = belongs
                && (self.worklist.is_none()
                    || held.contains(&id)
                    || now.as_ref().is_some_and(waits));
            match (belongs, held.contains(&id)) {
                (true, false) if self.reversed => self.base.push(id),
                (true, false) => self.base.insert(0, id),
                (false, true) => drop(gone.insert(id)),
                _ => {}
            }
        }
        if !gone.is_empty() {
            self.base.retain(|id| !gone.contains(id));
            self.marks.retain(|id| !gone.contains(&id));
        }
        self.narrow(store, index)?;
        if let Some(id) = under {
            self.go(id);
        }
        Ok(())
    }

    /// Applies the filter: words of the entry, or names of the children it is about.
    pub fn narrow(&mut self, store: &Store, index: &NameIndex) -> Result<(), store::Error> {
        let (words, asked) = asked(self.narrow.filter.text());
        self.found = match (words.as_str(), asked) {
            ("", Asked::Anybody) => None,
            ("", asked) => Some(store.diary_of_nobody(asked.topic())?),
            (typed, asked) => {
                let of = self.of.as_ref().map(|of| of.pupil);
                let named = named(index, typed);
                let mut found = store.find_contacts_of(of, typed, &named, FOUND_MOST)?;
                if asked != Asked::Anybody {
                    let about = store.diary_of_nobody(asked.topic())?;
                    let about: HashSet<ContactId> = about.into_iter().collect();
                    found.retain(|id| about.contains(id));
                }
                Some(found)
            }
        };
        if let Some(found) = &mut self.found {
            if self.of.is_some() || self.worklist.is_some() {
                let base: HashSet<ContactId> = self.base.iter().copied().collect();
                found.retain(|id| base.contains(id));
            }
            if self.reversed {
                found.reverse();
            }
        }
        let height = self.list.page().len().max(1);
        let count = self.rows().len();
        self.list.fit(count, height);
        Ok(())
    }

    /// Puts the cursor on an entry; false when the list does not show it.
    pub fn go(&mut self, id: ContactId) -> bool {
        let found = self.rows().iter().position(|other| *other == id);
        if let Some(row) = found {
            self.list.go(row);
        }
        found.is_some()
    }

    /// Puts the cursor on an entry, widening the list when it does not show it.
    pub fn reveal(
        &mut self,
        store: &Store,
        index: &NameIndex,
        id: ContactId,
    ) -> Result<(), store::Error> {
        if self.loaded && self.go(id) {
            return Ok(());
        }
        self.narrow.filter.set("");
        self.worklist = None;
        self.load(store, index)?;
        if !self.go(id) && self.of.take().is_some() {
            self.load(store, index)?;
            self.go(id);
        }
        Ok(())
    }

    /// Loads the rows of the page and the entry under the cursor.
    pub fn load_page(
        &mut self,
        store: &Store,
        index: &NameIndex,
        height: usize,
    ) -> Result<(), store::Error> {
        if !self.loaded {
            self.load(store, index)?;
        }
        let count = self.rows().len();
        self.list.fit(count, height);
        let stale = std::mem::take(&mut self.stale);
        let wanted = &self.rows()[self.list.page()];
        let held = self.page.iter().map(|contact| contact.id);
        if stale || !held.eq(wanted.iter().copied()) {
            self.page = store.contacts_of(self.of.as_ref().map(|of| of.pupil), wanted)?;
        }
        let current = self.current();
        if self.peek.as_ref().map(|contact| contact.id) != current {
            self.peek_top = 0;
        }
        self.peek = self.current_row().cloned();
        Ok(())
    }

    /// Marks, as a key says.
    pub fn mark(&mut self, act: super::Marking) {
        match act {
            super::Marking::One => {
                if let Some(id) = self.current() {
                    self.marks.toggle(id);
                    self.list.step(crate::app::action::List::Down);
                }
            }
            super::Marking::Range => {
                let (shown, current) = (self.rows().to_vec(), self.current());
                self.marks.range(&shown, current);
            }
            super::Marking::All => {
                let all = self.rows().to_vec();
                super::mark_all(&mut self.marks, &all);
            }
        }
    }

    /// A list of these entries, for tests that have no store.
    #[cfg(test)]
    pub(crate) fn show_rows(&mut self, base: Vec<ContactId>, found: Option<Vec<ContactId>>) {
        self.base = base;
        self.found = found;
        self.loaded = true;
        let count = self.rows().len();
        let height = self.list.page().len().max(1);
        self.list.fit(count, height);
    }

    /// Forgets everything that was read, for a locked desk.
    pub fn wipe(&mut self) {
        *self = Self {
            worklist: self.worklist,
            order: self.order,
            reversed: self.reversed,
            ..Self::default()
        };
    }
}

/// The children whose names a filter may mean; nobody where they are too many.
fn named(index: &NameIndex, typed: &str) -> Vec<PupilId> {
    let rows: Vec<u32> = (0..index.len() as u32).collect();
    let rows = index.filter(&rows, typed);
    if rows.len() > NAMES_MOST {
        return Vec::new();
    }
    rows.iter()
        .filter_map(|row| index.entries().get(*row as usize))
        .map(|entry| entry.id)
        .collect()
}

/// Whom a filter asks for beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Whoever it is about.
    Anybody,
    /// `pupil:none`: entries about nobody.
    Nobody,
    /// `about:policy`: those of one topic.
    Topic(Topic),
}

impl Asked {
    /// What of the entries about nobody it asks for; `None` is all of them.
    fn topic(self) -> Option<Topic> {
        match self {
            Self::Topic(topic) => Some(topic),
            Self::Anybody | Self::Nobody => None,
        }
    }
}

/// The words of a filter, and whom else it asks for.
fn asked(filter: &str) -> (String, Asked) {
    let mut asked = Asked::Anybody;
    let mut words: Vec<&str> = Vec::new();
    for word in filter.split_whitespace() {
        match word.split_once(':') {
            Some(("pupil", "none")) if asked == Asked::Anybody => asked = Asked::Nobody,
            Some(("pupil", "none")) => {}
            Some(("about", topic)) => match Topic::from_word(topic) {
                Some(topic) => asked = Asked::Topic(topic),
                None => words.push(word),
            },
            _ => words.push(word),
        }
    }
    (words.join(" "), asked)
}

impl Follows for Diary {
    fn of(&self) -> Option<&Of> {
        self.of.as_ref()
    }

    fn rename(&mut self, of: &Of) {
        self.of = Some(of.clone());
    }

    fn about(&self, of: Option<Of>, from: Source<'_>) -> Result<Self, store::Error> {
        let mut view = Self {
            of,
            order: self.order,
            reversed: self.reversed,
            ..Self::default()
        };
        view.load(from.store, from.index)?;
        Ok(view)
    }

    fn catch_up(&mut self, from: Source<'_>, _names: bool) -> Result<(), store::Error> {
        // Rows are read a page at a time: names are always those of now.
        self.follow(from.store, from.index)
    }
}
