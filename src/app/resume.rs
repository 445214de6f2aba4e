//! Where the user was when the desk locked, without any name: numbers alone, and what is typed only where it could not
//! be stored.

use super::first_run::FirstRun;
use super::form::Opening;
use super::overlay::Overlay;
use super::pane::desk::Front;
use super::pane::provision::Key;
use super::pane::{Of, Pane};
use super::{App, Error};
use crate::domain::id::{ContactId, PupilId, TaskId};
use std::collections::BTreeMap;

/// Where the user was when the desk locked.
#[derive(Debug, Default)]
pub(super) struct Resume {
    /// `None` when the desk is opened for the first time.
    pane: Option<Pane>,
    front: Front,
    /// The Desk showed another list in the pane with the keys than its own, and whose rows.
    another: bool,
    shown: Option<PupilId>,
    pupil: Option<PupilId>,
    contact: Option<ContactId>,
    task: Option<TaskId>,
    provision: Option<Key>,
    provision_of: Option<PupilId>,
    diary_of: Option<PupilId>,
    tasks_of: Option<PupilId>,
    record: Option<PupilId>,
    unfinished: Option<Unfinished>,
    /// The day across schools was shown.
    pub(super) in_day: bool,
    /// The form of a task of the user's own lay over it.
    pub(super) own_form: Option<Unfinished>,
    /// The questions of the first run, which hold no child.
    pub(super) first_run: Option<Box<FirstRun>>,
}

/// What was being typed when the desk locked.
#[derive(Debug)]
pub(super) enum Unfinished {
    /// A form, and what stood in it, only where it could not be stored.
    Form(Opening, Option<BTreeMap<String, String>>),
    /// The add line, the child it was opened on, and what stood in it, only where it could not be stored.
    Line(Option<PupilId>, Option<String>),
}

impl Resume {
    /// True where nothing was open before: the first screen is shown.
    pub(super) fn is_fresh(&self) -> bool {
        self.pane.is_none()
    }
}

impl App {
    /// What a form was opened with has names in it: it waits in the draft, not in memory.
    fn want_presets_kept(&mut self) {
        for overlay in &mut self.state.overlays {
            if let Overlay::Form(form) = overlay {
                form.dirty |= form.opening.presets.keys().any(|name| *name != "kind");
            }
        }
    }

    /// Stores what is typed and notes where the user is; gives back why it could not be stored.
    pub(super) fn note_where(&mut self) -> Option<Error> {
        self.want_presets_kept();
        let unkept = self.keep_draft().err();
        let held = unkept.is_some();
        let unfinished = self
            .state
            .overlays
            .iter()
            .find_map(|overlay| match overlay {
                Overlay::Form(form) => {
                    let mut opening = form.opening.clone();
                    opening.presets.retain(|name, _| *name == "kind");
                    let texts = held.then(|| form.draft_texts());
                    Some(Unfinished::Form(opening, texts))
                }
                Overlay::Add(open) => {
                    let about = open.at_hand.as_ref().map(|(pupil, _)| *pupil);
                    let line = held.then(|| open.input.text().to_owned());
                    Some(Unfinished::Line(about, line))
                }
                _ => None,
            });
        let state = &self.state;
        self.resume = Resume {
            pane: Some(state.pane),
            front: state.desk.front,
            another: state.desk.shows_another(state.pane),
            shown: match state.pane {
                Pane::Diary => state.diary.of.as_ref().map(|of| of.pupil),
                Pane::Tasks => state.tasks.of.as_ref().map(|of| of.pupil),
                Pane::Provision => state.provision.of.as_ref().map(|of| of.pupil),
                Pane::Register => None,
            },
            pupil: state.register.current(),
            contact: state.diary.current(),
            task: state.tasks.current().map(|line| line.task.id),
            provision: state.provision.current_key(),
            provision_of: state
                .desk
                .provision
                .own(&state.provision)
                .of
                .as_ref()
                .map(|of| of.pupil),
            diary_of: state
                .desk
                .diary
                .own(&state.diary)
                .of
                .as_ref()
                .map(|of| of.pupil),
            tasks_of: state
                .desk
                .tasks
                .own(&state.tasks)
                .of
                .as_ref()
                .map(|of| of.pupil),
            record: self.record_open(),
            unfinished,
            in_day: false,
            own_form: None,
            first_run: None,
        };
        unkept
    }

    /// Puts everything back where it was when the desk locked; at the first opening says which drafts wait.
    pub(super) fn resume(&mut self, resume: Resume) -> Result<(), Error> {
        let Some(pane) = resume.pane else {
            self.open_first()?;
            return self.offer_drafts();
        };
        if let Some(id) = resume.pupil {
            self.state.register.go(id);
        }
        self.state.pane = pane;
        self.state.diary.of = self.of(resume.diary_of)?;
        self.state.tasks.of = self.of(resume.tasks_of)?;
        self.state.provision.of = self.of(resume.provision_of)?;
        if resume.front != Front::Pane {
            self.state.desk.front = resume.front;
            self.load_tasks()?;
            if resume.another {
                let of = self.of(resume.shown)?;
                self.aim(pane, of.as_ref())?;
            }
        }
        let own = !resume.another;
        match pane {
            Pane::Diary => {
                if own {
                    self.load_diary()?;
                }
                if let Some(id) = resume.contact {
                    self.state.diary.go(id);
                }
            }
            Pane::Tasks => {
                if own {
                    self.load_tasks()?;
                }
                if let Some(id) = resume.task {
                    self.state.tasks.go(id);
                }
            }
            Pane::Provision => {
                if own {
                    self.load_provision()?;
                }
                if let Some(key) = resume.provision {
                    self.state.provision.go(key);
                }
            }
            Pane::Register => {}
        }
        if let Some(id) = resume.record {
            self.open_record(id)?;
        }
        match resume.unfinished {
            Some(Unfinished::Form(opening, unkept)) => self.resume_form(opening, unkept),
            Some(Unfinished::Line(about, unkept)) => {
                self.open_add_about(about, "")?;
                if let (Some(line), Some(Overlay::Add(open))) =
                    (unkept, self.state.overlays.last_mut())
                {
                    open.input.set(&line);
                    open.dirty = true;
                }
                self.read_add()
            }
            None => Ok(()),
        }
    }

    /// Opens the form of a task of the user's own again, over the day.
    pub(super) fn resume_own(&mut self, unfinished: Unfinished) -> Result<(), Error> {
        match unfinished {
            Unfinished::Form(opening, Some(texts)) => {
                self.open_unkept(opening, &texts);
                Ok(())
            }
            Unfinished::Form(opening, None) => self.open_form(opening),
            Unfinished::Line(..) => Ok(()),
        }
    }

    fn resume_form(
        &mut self,
        opening: Opening,
        unkept: Option<BTreeMap<String, String>>,
    ) -> Result<(), Error> {
        self.open_form(opening)?;
        let context = self.context();
        if let (Some(texts), Some(Overlay::Form(open))) = (unkept, self.state.overlays.last_mut()) {
            open.take_draft(&texts, &context);
            open.dirty = true;
        }
        self.know_children()
    }

    /// The child a pane was narrowed to, named again.
    fn of(&self, pupil: Option<PupilId>) -> Result<Option<Of>, Error> {
        Ok(match pupil {
            Some(pupil) => Some(Of {
                pupil,
                name: self.spoken_of(pupil)?,
            }),
            None => None,
        })
    }
}
