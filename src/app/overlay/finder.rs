//! The finder: a few letters, and the child is in the nine shown.

use crate::app::field::Field;
use crate::domain::finder::NameIndex;
use crate::domain::id::PupilId;
use crate::domain::pupil::Line;
use crate::store::{self, Store};

/// How many are shown: as many as there are digits to pick with.
pub const SHOWN: usize = 9;

/// The finder as the screen shows it.
#[derive(Debug, Default)]
pub struct Finder {
    /// What is typed.
    pub query: Field,
    /// Those found, best first.
    pub hits: Vec<Line>,
    /// The one Enter takes.
    pub cursor: usize,
}

impl Finder {
    /// Looks again after a letter.
    pub fn look(&mut self, index: &NameIndex, store: &Store) -> Result<(), store::Error> {
        let rows = index.find(self.query.text(), SHOWN);
        let ids: Vec<PupilId> = rows
            .iter()
            .filter_map(|row| index.entries().get(*row))
            .map(|entry| entry.id)
            .collect();
        self.hits = store.lines(&ids)?;
        self.cursor = 0;
        Ok(())
    }

    /// The pupil a digit picks: 1 to 9, unless what is typed begins with a space.
    pub fn picked(&self, c: char) -> Option<PupilId> {
        let digit = c.to_digit(10).filter(|digit| *digit > 0)? as usize;
        if self.query.text().starts_with(' ') || self.query.is_empty() {
            return None;
        }
        self.hits.get(digit - 1).map(|line| line.pupil.id)
    }

    /// The pupil Enter takes.
    pub fn current(&self) -> Option<PupilId> {
        self.hits.get(self.cursor).map(|line| line.pupil.id)
    }

    /// Moves the cursor.
    pub fn step(&mut self, down: bool) {
        let last = self.hits.len().saturating_sub(1);
        self.cursor = if down {
            (self.cursor + 1).min(last)
        } else {
            self.cursor.saturating_sub(1)
        };
    }

    /// To the last row, or the first: all that is found is one page.
    pub fn page(&mut self, down: bool) {
        self.cursor = if down {
            self.hits.len().saturating_sub(1)
        } else {
            0
        };
    }
}
