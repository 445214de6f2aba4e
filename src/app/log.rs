//! What is opened to log: contacts, tasks, people; what their forms start with; and the last entry again.

use super::form::{About, Opening};
use super::overlay::Overlay;
use super::pane::Pane;
use super::state::Tone;
use super::{App, Error};
use crate::domain::contact::{ContactKind, Visibility};
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, PupilId};
use chrono::TimeDelta;

impl App {
    /// Opens the form of a contact of this kind about the children at hand; with none at hand it asks for them first.
    pub(super) fn log(&mut self, kind: ContactKind) -> Result<(), Error> {
        let pupils = self.pupils_at_hand();
        let none = pupils.is_empty();
        self.log_about(kind, pupils)?;
        self.tell_unmeant(none);
        Ok(())
    }

    /// Rows are marked that no child could be taken from: the form asks for the children, and this says why.
    pub(super) fn tell_unmeant(&mut self, none: bool) {
        let marked = if self.state.overlays.len() == 1 {
            self.targets_marked()
        } else {
            0
        };
        if none && marked > 0 {
            let why = match self.state.pane {
                Pane::Provision => "a run is about nobody in particular",
                Pane::Tasks => "none of them is about a child",
                _ => "so many are about nobody in particular",
            };
            let text = format!("{marked} are marked, but {why}: name whom this is about.");
            self.say(Tone::Note, text);
        }
    }

    /// Opens the form of a contact of this kind about these children.
    pub(super) fn log_about(
        &mut self,
        kind: ContactKind,
        pupils: Vec<PupilId>,
    ) -> Result<(), Error> {
        let mut opening = Opening::new(Kind::Contact, About::New(pupils.first().copied()));
        if pupils.len() > 1 {
            opening.about = About::New(None);
        }
        opening.pupils = pupils;
        opening.presets.insert("kind", kind.word().to_owned());
        if let Some(outcome) = kind.default_outcome() {
            opening.presets.insert("outcome", outcome.to_owned());
        }
        self.open_form(opening)
    }

    /// A new record of a kind, about the children at hand where it has any.
    pub(super) fn make(&mut self, kind: Kind) -> Result<(), Error> {
        let mut opening = Opening::new(kind, About::New(None));
        if matches!(kind, Kind::Task) {
            let pupils = self.pupils_at_hand();
            if let [pupil] = pupils.as_slice() {
                opening.about = About::New(Some(*pupil));
            }
            opening.pupils = pupils;
        }
        let none = opening.pupils.is_empty() && matches!(kind, Kind::Task);
        self.open_form(opening)?;
        self.tell_unmeant(none);
        Ok(())
    }

    /// `n`: what is new depends on the pane in front.
    pub(super) fn new_here(&mut self) -> Result<(), Error> {
        match (self.state.overlays.last(), self.state.pane) {
            (Some(Overlay::Record(_)), _) | (None, Pane::Register) => self.make(Kind::Pupil),
            (_, Pane::Diary) => self.log(ContactKind::Note),
            (_, Pane::Tasks) => self.make(Kind::Task),
            (_, Pane::Provision) => self.open_form(Opening::new(Kind::Provision, About::New(None))),
            _ => self.make(Kind::Pupil),
        }
    }

    /// The last entry about this child again: its kind, with whom, outcome and tags; the words are new.
    pub(super) fn repeat(&mut self) -> Result<(), Error> {
        let in_list = self.state.overlays.is_empty() || self.reads_one();
        if self.state.pane == Pane::Tasks && in_list {
            return self.repeat_task();
        }
        let pupils = self.pupils_at_hand();
        let [pupil] = pupils.as_slice() else {
            self.say(
                Tone::Note,
                "R repeats the last entry about one child: put the cursor on one.",
            );
            return Ok(());
        };
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let Some(last) = store.last_contact(*pupil, None)? else {
            self.say(
                Tone::Note,
                "Nothing was logged about this child yet. c p logs a phone call.",
            );
            return Ok(());
        };
        let mut opening = Opening::new(Kind::Contact, About::New(Some(*pupil)));
        let presets = &mut opening.presets;
        presets.insert("kind", last.kind.word().to_owned());
        let mut put = |name: &'static str, text: Option<String>| {
            if let Some(text) = text {
                presets.insert(name, text);
            }
        };
        put("with", last.with);
        put("outcome", last.outcome);
        put("minutes", last.minutes.map(|minutes| minutes.to_string()));
        // That it may be shared again is for with whom to say, or for somebody.
        let internal = last.visibility == Visibility::Internal;
        put(
            "visibility",
            internal.then(|| last.visibility.word().to_owned()),
        );
        put("review", last.review.then(|| "yes".to_owned()));
        put("tags", Some(last.tags.join(" ")));
        self.open_form(opening)
    }

    /// The task under the cursor once more, as many days from today as it was from the day it was entered.
    fn repeat_task(&mut self) -> Result<(), Error> {
        if self.refuses_several("repeats") {
            return Ok(());
        }
        let Some(line) = self.state.tasks.current() else {
            self.say(
                Tone::Note,
                "R repeats the task under the cursor. t adds one.",
            );
            return Ok(());
        };
        let task = line.task.clone();
        let mut opening = Opening::new(Kind::Task, About::New(task.pupil));
        opening.presets.insert("title", task.title);
        if let Some(due) = task.due {
            let entered = (self.state.local)(task.entered_at).date();
            let days = (due.day - entered).num_days().max(0);
            if let Some(day) = self.state.today.checked_add_signed(TimeDelta::days(days)) {
                opening
                    .presets
                    .insert("due", crate::domain::date::short(day));
            }
        }
        if task.urgent {
            opening.presets.insert("urgent", "yes".to_owned());
        }
        if let Some(who) = task.waiting_for {
            opening.presets.insert("waiting_for", who);
        }
        self.open_form(opening)
    }

    /// Opens what is added to an entry instead of changing it: an amendment, a strike.
    pub(super) fn add_to_entry(&mut self, kind: Kind, contact: ContactId) -> Result<(), Error> {
        self.open_form(Opening::new(kind, About::Entry(contact)))
    }
}
