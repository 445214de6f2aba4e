//! The Desk: opening it, going from pane to pane, zooming, and following the child under the cursor.

use super::action::Panes;
use super::layout::{self, DESK_OPENS};
use super::pane::desk::{Front, Source};
use super::pane::provision::Key;
use super::pane::{Of, Pane};
use super::{App, Error, SizeTold};
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, MemberId, ProvisionId, PupilId, TaskId};

impl App {
    /// The first screen of a desk that was not in use before: the Desk where it has room, else the queue; either way
    /// the keys are in the queue, which is today. A school without pupils opens on its register, which says how to bring
    /// them in. Decided once the terminal's size is known.
    ///
    /// A desk that was locked comes back as it was (`resume`): whoever steps away from a call goes on where they were.
    /// Nothing of it is kept when the program ends, so a new morning begins with what is due.
    pub(super) fn open_first(&mut self) -> Result<(), Error> {
        if self.size_told != SizeTold::Yes {
            self.size_told = SizeTold::Awaited;
            return Ok(());
        }
        let desk = layout::holds(self.state.size, DESK_OPENS);
        if desk {
            self.read_rest();
        }
        let state = &mut self.state;
        if !state.register.unread && state.register.index.is_empty() {
            return Ok(());
        }
        state.pane = Pane::Tasks;
        if desk {
            state.desk.front = Front::Desk;
        }
        if !state.register.unread {
            return self.load_tasks();
        }
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        state.tasks.load_early(store, state.today)?;
        Ok(())
    }

    /// Shows the four panes, put in order; the one in front keeps the keys.
    pub(super) fn show_desk(&mut self) -> Result<(), Error> {
        if self.state.desk.front != Front::Desk {
            self.leave_place();
        }
        self.state.overlays.clear();
        self.stop_filters();
        self.state.desk.front = Front::Desk;
        self.reload(true)
    }

    /// From pane to pane, and zoom.
    pub(super) fn panes(&mut self, act: Panes) -> Result<(), Error> {
        let front = self.state.desk.front;
        match act {
            Panes::Zoom if front == Front::Desk => {
                // What is seen is what grows: another child may be under the cursor since the last frame.
                self.follow()?;
                self.state.desk.front = Front::Zoom;
                Ok(())
            }
            Panes::Zoom if front == Front::Zoom => {
                self.state.desk.front = Front::Desk;
                Ok(())
            }
            Panes::Zoom => self.show_desk(),
            Panes::Next | Panes::Previous => {
                let there = self.state.pane.beside(act == Panes::Next);
                if front == Front::Pane {
                    return self.show(there);
                }
                self.state.desk.front = Front::Desk;
                // Keys may have come faster than frames: the pane gone to must show the child the cursor is on now.
                self.follow()?;
                self.state.pane = there;
                Ok(())
            }
        }
    }

    /// Leaves the Desk for a pane by itself: every pane has its own list again.
    pub(super) fn leave_desk(&mut self) -> Result<(), Error> {
        let state = &mut self.state;
        if state.desk.front == Front::Pane {
            return Ok(());
        }
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let from = Source {
            store,
            index: &state.register.index,
            today: state.today,
        };
        let desk = &mut state.desk;
        desk.front = Front::Pane;
        desk.diary.back(&mut state.diary, from)?;
        desk.tasks.back(&mut state.tasks, from)?;
        desk.provision.back(&mut state.provision, from)?;
        Ok(())
    }

    /// Everybody's rows again in the pane with the keys, the cursor on the same one where they show it.
    pub(super) fn show_everybodys(&mut self) -> Result<(), Error> {
        match self.state.pane {
            Pane::Diary => {
                let under = self.state.diary.current();
                self.aim(Pane::Diary, None)?;
                if let Some(id) = under {
                    self.state.diary.go(id);
                }
            }
            Pane::Tasks => {
                let under = self.state.tasks.current().map(|line| line.task.id);
                self.aim(Pane::Tasks, None)?;
                if let Some(id) = under {
                    self.state.tasks.go(id);
                }
            }
            Pane::Provision => {
                let under = self.state.provision.current_key();
                self.aim(Pane::Provision, None)?;
                if let Some(key) = under {
                    self.state.provision.go(key);
                }
            }
            Pane::Register => {}
        }
        Ok(())
    }

    /// Where a step happened, on the Desk: the cursor of its pane goes to its row. Where the pane with the keys does not
    /// show it (`shown`), the one that does gets them.
    pub(super) fn show_on_desk(
        &mut self,
        touched: &[(Kind, i64, Option<PupilId>)],
        shown: bool,
    ) -> Result<(), Error> {
        if !self.state.is_tiled() {
            return Ok(());
        }
        if shown {
            self.follow()?;
            let rows = |(kind, ..): &&(Kind, _, _)| {
                matches!(
                    kind,
                    Kind::Task | Kind::Contact | Kind::Provision | Kind::Member
                )
            };
            for (kind, id, _) in touched.iter().filter(rows) {
                self.go_in(*kind, *id);
            }
            return Ok(());
        }
        for (kind, id, pupil) in touched.iter().copied() {
            let (pane, id) = match (kind, pupil) {
                (Kind::Task, _) => (Pane::Tasks, id),
                (Kind::Contact, _) => (Pane::Diary, id),
                (Kind::Provision | Kind::Member, _) => (Pane::Provision, id),
                (_, Some(pupil)) => (Pane::Register, pupil.0),
                (_, None) => continue,
            };
            let mut found = self.go_in(kind, id);
            if !found && self.state.desk.shows_another(pane) {
                self.aim(pane, None)?;
                found = self.go_in(kind, id);
            }
            if found {
                self.state.pane = pane;
                break;
            }
        }
        Ok(())
    }

    /// Puts the cursor of a record's pane on it; false where it is not shown.
    pub(super) fn go_in(&mut self, kind: Kind, id: i64) -> bool {
        match kind {
            Kind::Task => self.state.tasks.go(TaskId(id)),
            Kind::Contact => self.state.diary.go(ContactId(id)),
            Kind::Provision => self.state.provision.go(Key::Run(ProvisionId(id))),
            Kind::Member => self.state.provision.go(Key::Member(MemberId(id))),
            _ => self.state.register.go(PupilId(id)),
        }
    }

    /// Has a pane of the Desk show a child's rows, or everybody's.
    pub(super) fn aim(&mut self, pane: Pane, of: Option<&Of>) -> Result<(), Error> {
        let state = &mut self.state;
        let from = Source {
            store: self.store.as_ref().ok_or(Error::NoSchool)?,
            index: &state.register.index,
            today: state.today,
        };
        match pane {
            Pane::Diary => state.desk.diary.aim(&mut state.diary, of, from)?,
            Pane::Tasks => state.desk.tasks.aim(&mut state.tasks, of, from)?,
            Pane::Provision => state.desk.provision.aim(&mut state.provision, of, from)?,
            // It shows everyone; its cursor goes where the child is.
            Pane::Register => {}
        }
        Ok(())
    }

    /// Has the other panes show what belongs to the child under the cursor. Where there is no row at all, as while a
    /// filter finds nothing, they stay as they are.
    pub(super) fn follow(&mut self) -> Result<(), Error> {
        if self.state.desk.front != Front::Desk || self.store.is_none() {
            return Ok(());
        }
        let pupil = match self.whom_row()? {
            Whom::Child(pupil) => Some(pupil),
            Whom::Nobody => None,
            Whom::NoRow => self.state.desk.pupil(),
        };
        let untold = std::mem::take(&mut self.state.desk.stale);
        if untold || pupil != self.state.desk.pupil() {
            self.state.desk.child = match pupil {
                Some(pupil) => Some(Of {
                    pupil,
                    name: self.spoken_of(pupil)?,
                }),
                None => None,
            };
            let state = &mut self.state;
            state.desk.absent = match pupil {
                Some(id) if state.pane != Pane::Register => !state.register.go(id),
                _ => false,
            };
        }
        let child = self.state.desk.child.clone();
        let keys = self.state.pane;
        for pane in Pane::ALL.into_iter().filter(|pane| *pane != keys) {
            self.aim(pane, child.as_ref())?;
        }
        Ok(())
    }

    /// Whom the row under the cursor is about. In one child's list every row is that child's; elsewhere an entry about
    /// several is the first one's.
    fn whom_row(&self) -> Result<Whom, Error> {
        let state = &self.state;
        let about = |child: Option<PupilId>| child.map_or(Whom::Nobody, Whom::Child);
        Ok(match state.pane {
            Pane::Register => state.register.current().map_or(Whom::NoRow, Whom::Child),
            Pane::Provision => match (&state.provision.of, state.provision.current_key()) {
                (Some(of), _) => Whom::Child(of.pupil),
                (None, None) => Whom::NoRow,
                (None, Some(key)) => about(state.provision.children(&[key]).next()),
            },
            Pane::Diary => match (&state.diary.of, state.diary.current()) {
                (Some(of), _) => Whom::Child(of.pupil),
                (None, None) => Whom::NoRow,
                (None, Some(id)) => {
                    let read = match state.diary.current_row() {
                        Some(_) => None,
                        None => self.store.as_ref().ok_or(Error::NoSchool)?.contact(id)?,
                    };
                    let row = state.diary.current_row().or(read.as_ref());
                    let first = row.and_then(|contact| contact.pupils.first());
                    about(first.map(|child| child.pupil))
                }
            },
            Pane::Tasks => match (&state.tasks.of, state.tasks.current()) {
                (Some(of), _) => Whom::Child(of.pupil),
                (None, None) => Whom::NoRow,
                (None, Some(line)) => about(line.task.pupil),
            },
        })
    }
}

/// Whom a row is about.
enum Whom {
    /// There is no row.
    NoRow,
    /// It is about no child.
    Nobody,
    /// About this one.
    Child(PupilId),
}
