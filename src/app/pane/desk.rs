//! The Desk: the four panes on one screen. One has the keys; the others follow the child its cursor is on.
//!
//! Following is a view of the Desk alone. While a pane shows a child's rows, its own list is kept aside as the user left
//! it, narrowed, ordered and marked, and comes back when nobody is followed or the Desk is left. So verbs, filters and
//! drawing work on whatever list a pane shows and need to know nothing of the Desk.

use super::Of;
use super::diary::Diary;
use super::provision::Provision;
use super::tasks::Tasks;
use crate::domain::finder::NameIndex;
use crate::domain::id::PupilId;
use crate::store::{self, Store};
use chrono::NaiveDate;

/// What fills the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Front {
    /// A pane by itself.
    #[default]
    Pane,
    /// All four.
    Desk,
    /// A pane of the Desk made as large as the screen, with the list it has there.
    Zoom,
}

/// Where a list is read from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The school's records.
    pub store: &'a Store,
    /// Everyone's name.
    pub index: &'a NameIndex,
    /// The working date.
    pub today: NaiveDate,
}

/// A list that can show one child's rows: what a pane needs in order to follow.
pub trait Follows: Sized {
    /// The child whose rows it shows; `None` is everybody's.
    fn of(&self) -> Option<&Of>;

    /// Tells it the child's name anew.
    fn rename(&mut self, of: &Of);

    /// This child's rows, or everybody's, read by index: in the order of this list, with no filter and no worklist.
    fn about(&self, of: Option<Of>, from: Source<'_>) -> Result<Self, store::Error>;

    /// Takes over what is not the list's own from the one shown before: counts over everybody.
    fn carry(&mut self, _shown: &mut Self) {}

    /// Takes in what was saved while another list was shown. With `names` a child's name may have changed too.
    fn catch_up(&mut self, from: Source<'_>, names: bool) -> Result<(), store::Error>;
}

/// A pane's own list, kept aside while the pane shows another in its place.
#[derive(Debug)]
pub struct Aside<P> {
    own: Option<P>,
    /// A child's name may have changed since.
    pub renamed: bool,
}

impl<P> Default for Aside<P> {
    fn default() -> Self {
        Self {
            own: None,
            renamed: false,
        }
    }
}

impl<P: Follows> Aside<P> {
    /// True while the pane shows another list than its own.
    pub fn is_kept(&self) -> bool {
        self.own.is_some()
    }

    /// The pane's own list, wherever it is.
    pub fn own<'a>(&'a self, shown: &'a P) -> &'a P {
        self.own.as_ref().unwrap_or(shown)
    }

    /// Has the pane show a child's rows, or everybody's: its own list where that is about the same child.
    pub fn aim(
        &mut self,
        pane: &mut P,
        of: Option<&Of>,
        from: Source<'_>,
    ) -> Result<(), store::Error> {
        let pupil = of.map(|of| of.pupil);
        let is_about = |list: &P| list.of().map(|of| of.pupil) == pupil;
        if is_about(pane) {
            if let Some(of) = of {
                pane.rename(of);
            }
            return Ok(());
        }
        if self.own.as_ref().is_some_and(is_about) {
            return self.back(pane, from);
        }
        let view = self.own(pane).about(of.cloned(), from)?;
        let mut shown = std::mem::replace(pane, view);
        pane.carry(&mut shown);
        self.own.get_or_insert(shown);
        Ok(())
    }

    /// Has the pane show its own list again.
    pub fn back(&mut self, pane: &mut P, from: Source<'_>) -> Result<(), store::Error> {
        let Some(own) = self.own.take() else {
            return Ok(());
        };
        let mut shown = std::mem::replace(pane, own);
        pane.carry(&mut shown);
        pane.catch_up(from, std::mem::take(&mut self.renamed))
    }
}

/// What the Desk knows beyond the panes themselves.
#[derive(Debug, Default)]
pub struct Desk {
    /// What fills the screen.
    pub front: Front,
    /// The child that is followed; `None` is nobody.
    pub child: Option<Of>,
    /// True where the register's list does not show the child that is followed.
    pub absent: bool,
    /// True when names may have changed since the child was told.
    pub stale: bool,
    /// The diary's own list.
    pub diary: Aside<Diary>,
    /// The map's own list.
    pub provision: Aside<Provision>,
    /// The queue's own list.
    pub tasks: Aside<Tasks>,
}

impl Desk {
    /// True while the pane shows a list of the Desk's in place of its own.
    pub fn shows_another(&self, pane: super::Pane) -> bool {
        match pane {
            super::Pane::Diary => self.diary.is_kept(),
            super::Pane::Tasks => self.tasks.is_kept(),
            super::Pane::Provision => self.provision.is_kept(),
            super::Pane::Register => false,
        }
    }

    /// The child that is followed, by number.
    pub fn pupil(&self) -> Option<PupilId> {
        self.child.as_ref().map(|of| of.pupil)
    }

    /// Names may have changed: they are told anew.
    pub fn names_moved(&mut self) {
        self.stale = true;
        self.diary.renamed = true;
        self.tasks.renamed = true;
        self.provision.renamed = true;
    }

    /// Forgets every name, for a locked desk.
    pub fn wipe(&mut self) {
        *self = Self::default();
    }
}
