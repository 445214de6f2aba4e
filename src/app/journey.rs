//! Going from place to place: panes, the journeys of `g`, and the way back.

use super::action::Journey;
use super::overlay::{Overlay, record};
use super::pane::desk::Front;
use super::pane::{Of, Pane};
use super::state::Tone;
use super::{App, Error};
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, PupilId, TaskId};

/// A place gone through.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    front: Front,
    pane: Pane,
    of: Option<Of>,
    row: Option<(Kind, i64)>,
    record: Option<PupilId>,
}

/// How many places are remembered.
const MOST: usize = 100;

impl App {
    /// Where the user is now.
    fn place(&self) -> Place {
        let of = match self.state.pane {
            Pane::Diary => self.state.diary.of.clone(),
            Pane::Tasks => self.state.tasks.of.clone(),
            Pane::Provision => self.state.provision.of.clone(),
            Pane::Register => None,
        };
        Place {
            front: self.state.desk.front,
            pane: self.state.pane,
            of,
            row: self.row_under_cursor(),
            record: self.record_open(),
        }
    }

    /// The pupil whose record is open.
    pub(super) fn record_open(&self) -> Option<PupilId> {
        let mut over = self.state.overlays.iter();
        over.find_map(|overlay| match overlay {
            Overlay::Record(view) => Some(view.record.pupil.id),
            _ => None,
        })
    }

    /// The row under the cursor of the pane in front, whatever lies over it.
    pub(super) fn row_under_cursor(&self) -> Option<(Kind, i64)> {
        match self.state.pane {
            Pane::Register => self.state.register.current().map(|id| (Kind::Pupil, id.0)),
            Pane::Diary => self.state.diary.current().map(|id| (Kind::Contact, id.0)),
            Pane::Tasks => {
                let line = self.state.tasks.current();
                line.map(|line| (Kind::Task, line.task.id.0))
            }
            Pane::Provision => self.state.provision.current_key().map(Self::record_of),
        }
    }

    /// Remembers the place that is about to be left.
    pub(super) fn leave_place(&mut self) {
        let here = self.place();
        if self.past.last() != Some(&here) {
            self.past.push(here);
        }
        if self.past.len() > MOST {
            self.past.remove(0);
        }
        self.future.clear();
    }

    /// One place back, or forward again.
    pub(super) fn step_places(&mut self, back: bool) -> Result<(), Error> {
        let here = self.place();
        let (from, to) = if back {
            (&mut self.past, &mut self.future)
        } else {
            (&mut self.future, &mut self.past)
        };
        let Some(there) = from.pop() else {
            let text = if back {
                "This is where you began."
            } else {
                "There is no place further on."
            };
            self.say(Tone::Note, text);
            return Ok(());
        };
        to.push(here);
        self.go_to(there)
    }

    fn go_to(&mut self, there: Place) -> Result<(), Error> {
        self.front(there.pane)?;
        match there.pane {
            _ if there.front != Front::Pane => {
                self.state.desk.front = there.front;
                self.reload(true)?;
                self.aim(there.pane, there.of.as_ref())?;
            }
            Pane::Diary if self.state.diary.of != there.of => {
                self.state.diary.of = there.of;
                self.load_diary()?;
            }
            Pane::Tasks if self.state.tasks.of != there.of => {
                self.state.tasks.of = there.of;
                self.load_tasks()?;
            }
            Pane::Provision => {
                self.state.provision.of = there.of;
                self.load_provision()?;
            }
            _ => self.reload(false)?,
        }
        match there.row {
            Some((Kind::Contact, id)) => drop(self.state.diary.go(ContactId(id))),
            Some((Kind::Task, id)) => drop(self.state.tasks.go(TaskId(id))),
            Some((kind @ (Kind::Provision | Kind::Member), id)) => drop(self.go_in(kind, id)),
            Some((_, id)) => drop(self.state.register.go(PupilId(id))),
            None => {}
        }
        match there.record {
            Some(id) => self.show_record(id),
            None => Ok(()),
        }
    }

    pub(super) fn load_diary(&mut self) -> Result<(), Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        self.state.diary.load(store, &self.state.register.index)?;
        Ok(())
    }

    pub(super) fn load_tasks(&mut self) -> Result<(), Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        self.state.tasks.load(store, self.state.today)?;
        Ok(())
    }

    /// Brings a pane to the front by itself, nothing over it.
    fn front(&mut self, pane: Pane) -> Result<(), Error> {
        self.state.overlays.clear();
        self.leave_desk()?;
        self.state.pane = pane;
        Ok(())
    }

    /// Shows a pane whole, put in order.
    pub(super) fn show(&mut self, pane: Pane) -> Result<(), Error> {
        self.leave_place();
        self.front(pane)?;
        self.stop_filters();
        match pane {
            Pane::Diary if self.state.diary.of.take().is_some() => self.load_diary(),
            Pane::Tasks => {
                self.state.tasks.of = None;
                self.reload(true)
            }
            Pane::Diary => self.reload(false),
            Pane::Provision => {
                self.state.provision.of = None;
                self.reload(true)?;
                self.load_provision()
            }
            Pane::Register => self.reload(true),
        }
    }

    /// Follows the record under the cursor.
    pub(super) fn go(&mut self, journey: Journey) -> Result<(), Error> {
        if self.refuses_several("goes to") {
            return Ok(());
        }
        match journey {
            Journey::History => return self.show_history(),
            Journey::Source => return self.go_to_source(),
            _ => {}
        }
        let pupils = self.pupils_at_hand();
        let Some(first) = pupils.first().copied() else {
            self.needs_row();
            return Ok(());
        };
        match journey {
            Journey::Pupil => self.open_record(first),
            Journey::People => {
                self.open_record(first)?;
                if let Some(Overlay::Record(view)) = self.state.overlays.last_mut() {
                    let people = |item: &record::Item| matches!(item, record::Item::Person(_));
                    match view.items.iter().position(people) {
                        Some(row) => view.list.go(row),
                        None => self.say(
                            Tone::Note,
                            "Nobody is on file around this child yet. b p adds a person.",
                        ),
                    }
                }
                Ok(())
            }
            Journey::Provision => self.go_to_provision(first),
            Journey::Diary | Journey::Tasks => {
                let of = Of {
                    pupil: first,
                    name: self.spoken_of(first)?,
                };
                self.leave_place();
                if journey == Journey::Diary {
                    self.front(Pane::Diary)?;
                    let diary = &mut self.state.diary;
                    diary.of = Some(of);
                    diary.worklist = None;
                    diary.narrow.filter.set("");
                    diary.marks.clear();
                    self.load_diary()?;
                    self.state.diary.list.go(0);
                } else {
                    self.front(Pane::Tasks)?;
                    let tasks = &mut self.state.tasks;
                    tasks.of = Some(of);
                    tasks.worklist = None;
                    tasks.narrow.filter.set("");
                    tasks.marks.clear();
                    self.load_tasks()?;
                    self.state.tasks.step(super::action::List::Top);
                }
                Ok(())
            }
            Journey::History | Journey::Source => Ok(()),
        }
    }

    /// A child's provision, what is over too.
    fn go_to_provision(&mut self, pupil: PupilId) -> Result<(), Error> {
        let name = self.spoken_of(pupil)?;
        self.leave_place();
        self.front(Pane::Provision)?;
        let map = &mut self.state.provision;
        map.of = Some(Of { pupil, name });
        map.worklist = None;
        map.narrow.filter.set("");
        map.marks.clear();
        self.load_provision()?;
        self.state.provision.step(super::action::List::Top);
        Ok(())
    }

    /// To the contact a task follows up, or from a contact to its follow-up.
    fn go_to_source(&mut self) -> Result<(), Error> {
        let target = self.targets().first().copied();
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        match target {
            Some((Kind::Task, id)) => {
                let source = store.task(TaskId(id))?.and_then(|task| task.source);
                if let Some(contact) = source {
                    return self.reveal_contact(contact);
                }

                self.say(Tone::Note, "This task follows up no diary entry.");
                Ok(())
            }
            Some((Kind::Contact, id)) => {
                let follow = store
                    .contact(ContactId(id))?
                    .and_then(|found| found.follow_up);
                if let Some(follow) = follow {
                    return self.reveal_task(follow.task);
                }

                self.say(Tone::Note, "This entry has no follow-up.");
                Ok(())
            }
            _ => {
                self.say(
                    Tone::Note,
                    "That leads from a task to its diary entry and back.",
                );
                Ok(())
            }
        }
    }

    /// Shows an entry in the diary.
    pub(super) fn reveal_contact(&mut self, id: ContactId) -> Result<(), Error> {
        self.leave_place();
        self.front(Pane::Diary)?;
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        self.state
            .diary
            .reveal(store, &self.state.register.index, id)?;
        Ok(())
    }

    /// Shows a task in the queue.
    pub(super) fn reveal_task(&mut self, id: TaskId) -> Result<(), Error> {
        self.leave_place();
        self.front(Pane::Tasks)?;
        self.reload(false)?;
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        self.state.tasks.reveal(store, self.state.today, id)?;
        Ok(())
    }

    /// `Aisha Okafor 5B`.
    pub(super) fn spoken_of(&self, pupil: PupilId) -> Result<String, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let lines = store.lines(&[pupil])?;
        Ok(lines.first().map(super::edit::spoken).unwrap_or_default())
    }

    /// Opens a pupil's record and puts the register's cursor there.
    pub(super) fn open_record(&mut self, id: PupilId) -> Result<(), Error> {
        self.leave_place();
        self.show_record(id)
    }

    fn show_record(&mut self, id: PupilId) -> Result<(), Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        if self.state.pane == Pane::Register {
            self.state.register.reveal(store, self.state.today, id)?;
        }
        match record::View::open(store, id, self.state.today)? {
            Some(view) => {
                self.state
                    .overlays
                    .retain(|overlay| !matches!(overlay, Overlay::Record(_)));
                self.state.overlays.push(Overlay::Record(view));
            }
            None => self.say(Tone::Note, format!("{id} is not on file any more.")),
        }
        Ok(())
    }

    pub(super) fn needs_row(&mut self) {
        let filtered = match self.state.pane {
            Pane::Register => !self.state.register.narrow.filter.is_empty(),
            Pane::Diary => !self.state.diary.narrow.filter.is_empty(),
            Pane::Tasks => !self.state.tasks.narrow.filter.is_empty(),
            Pane::Provision => !self.state.provision.narrow.filter.is_empty(),
        };
        let text = match self.state.pane {
            _ if filtered => "The filter shows nothing. Esc clears it.",
            Pane::Register => "That needs a pupil under the cursor. n adds one.",
            _ => "That needs a child, and the row under the cursor is about none. f finds one.",
        };
        self.say(Tone::Note, text);
    }
}
