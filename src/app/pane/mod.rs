//! The four panes. Each is a list and a peek; panes know nothing of each other.

pub mod day;
pub mod desk;
pub mod diary;
pub mod provision;
pub mod register;
pub mod tasks;

use super::field::Field;
use super::list::Marks;
use crate::domain::id::PupilId;

/// The filter of a list.
#[derive(Debug)]
pub struct Narrow<T> {
    /// What is typed.
    pub filter: Field,
    /// True while it is being typed.
    pub typing: bool,
    /// The row under the cursor when it was begun: there its end goes back to when it shows nothing.
    pub begun_at: Option<T>,
}

impl<T> Default for Narrow<T> {
    fn default() -> Self {
        Self {
            filter: Field::default(),
            typing: false,
            begun_at: None,
        }
    }
}

/// The child whose rows a pane is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of {
    /// Who.
    pub pupil: PupilId,
    /// `Aisha Okafor 5B`.
    pub name: String,
}

/// Which rows are to be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// The one under the cursor, which then moves down.
    One,
    /// From where it was pressed first to where it is pressed again.
    Range,
    /// All that are shown, or none when they all are.
    All,
}

/// Marks all of these, or none when they all are.
fn mark_all<T: Ord + Copy>(marks: &mut Marks<T>, all: &[T]) {
    if all.iter().all(|id| marks.holds(*id)) {
        marks.clear();
    } else {
        marks.add(all.iter().copied());
    }
}

/// A pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// Everyone on roll; narrowed to K and E, the SEN register.
    #[default]
    Register,
    /// What help each child gets.
    Provision,
    /// Whom we spoke to.
    Diary,
    /// What is to be done, and by when.
    Tasks,
}

impl Pane {
    /// All, in the order of their digits.
    pub const ALL: [Self; 4] = [Self::Register, Self::Provision, Self::Diary, Self::Tasks];

    /// Its place among them, from 0.
    pub const fn place(self) -> usize {
        match self {
            Self::Register => 0,
            Self::Provision => 1,
            Self::Diary => 2,
            Self::Tasks => 3,
        }
    }

    /// The one after it, or before; after the last comes the first.
    #[must_use]
    pub const fn beside(self, next: bool) -> Self {
        let count = Self::ALL.len();
        let by = if next { 1 } else { count - 1 };
        Self::ALL[(self.place() + by) % count]
    }

    /// What the tab says.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Register => "Register",
            Self::Provision => "Provision",
            Self::Diary => "Diary",
            Self::Tasks => "Tasks",
        }
    }

    /// The digit that shows it.
    pub const fn digit(self) -> char {
        match self {
            Self::Register => '1',
            Self::Provision => '2',
            Self::Diary => '3',
            Self::Tasks => '4',
        }
    }
}
