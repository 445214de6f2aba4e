//! The finder: a few letters, and the child is in the nine shown.

use crate::app::field::Field;
use crate::domain::finder::NameIndex;
use crate::domain::id::PupilId;
use crate::domain::pupil::Line;
use crate::store::{self, Store};

/// How many are shown: as many as there are digits to pick with.
pub const SHOWN: usize = 9;

/// How many are shown that were nearly found: beside them stand what they are and a row to add somebody.
pub const NEARLY: usize = 7;

/// The finder as the screen shows it.
#[derive(Debug, Default)]
pub struct Finder {
    /// What is typed.
    pub query: Field,
    /// Those found, best first.
    pub hits: Vec<Line>,
    /// The one Enter takes; behind the last of those nearly found, to add a pupil.
    pub cursor: usize,
    /// True where nobody is called what was typed, and these nearly are.
    pub nearly: bool,
    /// True where it looks in every school of the desk.
    pub across: bool,
    /// The school of each that was found there, by its place on the desk.
    pub places: Vec<usize>,
}

/// A child that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Who.
    pub pupil: PupilId,
    /// The school's place on the desk; `None` is the one in front.
    pub place: Option<usize>,
}

impl Finder {
    /// Looks again after a letter.
    pub fn look(&mut self, index: &NameIndex, store: &Store) -> Result<(), store::Error> {
        let mut rows = index.find(self.query.text(), SHOWN);
        self.nearly = rows.is_empty();
        if self.nearly {
            rows = index.find_nearly(self.query.text(), NEARLY);
        }
        let ids: Vec<PupilId> = rows
            .iter()
            .filter_map(|row| index.entries().get(*row))
            .map(|entry| entry.id)
            .collect();
        self.hits = store.lines(&ids)?;
        self.cursor = 0;
        Ok(())
    }

    /// Takes what was found, or nearly, over several schools.
    pub fn take(&mut self, found: Vec<(usize, Line)>, nearly: bool) {
        self.nearly = nearly;
        (self.places, self.hits) = found.into_iter().unzip();
        self.cursor = 0;
    }

    fn found(&self, at: usize) -> Option<Found> {
        let pupil = self.hits.get(at)?.pupil.id;
        let place = self.places.get(at).copied();
        // Over several schools a number alone would mean another child.
        (place.is_some() == self.across).then_some(Found { pupil, place })
    }

    /// The pupil a digit picks: 1 to 9, unless what is typed begins with a space.
    pub fn picked(&self, c: char) -> Option<Found> {
        let digit = c.to_digit(10).filter(|digit| *digit > 0)? as usize;
        if self.query.text().starts_with(' ') || self.query.is_empty() {
            return None;
        }
        self.found(digit - 1)
    }

    /// The pupil Enter takes.
    pub fn current(&self) -> Option<Found> {
        self.found(self.cursor)
    }

    /// True where a row behind those nearly found adds a pupil of the name typed: a second step, so that nobody is on
    /// file twice for a letter.
    pub fn adds(&self) -> bool {
        self.nearly && !self.across && !self.hits.is_empty()
    }

    fn last(&self) -> usize {
        self.hits.len().saturating_sub(usize::from(!self.adds()))
    }

    /// Moves the cursor.
    pub fn step(&mut self, down: bool) {
        let last = self.last();
        self.cursor = if down {
            (self.cursor + 1).min(last)
        } else {
            self.cursor.saturating_sub(1)
        };
    }

    /// To the last row, or the first: all that is found is one page.
    pub fn page(&mut self, down: bool) {
        self.cursor = if down { self.last() } else { 0 };
    }
}
