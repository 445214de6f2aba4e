//! Drafts: what is typed is stored while it is typed, and goes when it is saved or thrown away.

use super::overlay::Overlay;
use super::state::Tone;
use super::{App, Error};
use crate::store::{self, Draft, DraftOf, Mark};

impl App {
    /// Stores what is typed in open forms or the add line, encrypted with everything else. Nobody else takes it up while
    /// this desk is at it.
    pub(super) fn keep_draft(&mut self) -> Result<(), Error> {
        self.keep_drafts(true)
    }

    /// The same of what is left now: whoever opens the form next takes it up.
    pub(super) fn leave_draft(&mut self) -> Result<(), Error> {
        self.keep_drafts(false)
    }

    /// Closes all that lies over the panes. What was typed there waits as a draft for whoever opens the form next.
    pub(super) fn leave_all(&mut self) -> Result<(), Error> {
        for overlay in &mut self.state.overlays {
            match overlay {
                Overlay::Form(form) => form.dirty |= form.mark.is_some(),
                Overlay::Add(open) => open.dirty |= open.mark.is_some(),
                _ => {}
            }
        }
        self.leave_draft()?;
        self.state.overlays.clear();
        Ok(())
    }

    fn keep_drafts(&mut self, held: bool) -> Result<(), Error> {
        for place in 0..self.state.overlays.len() {
            let mark = match &self.state.overlays[place] {
                Overlay::Form(form) if form.dirty && form.opening.own => {
                    let (task, texts) = (form.opening.own_task(), form.draft_texts());
                    let own = self.own().ok_or(Error::NoSchool)?;
                    own.keep_draft(form.mark.as_ref(), task, &texts, held)?
                }
                Overlay::Form(form) if form.dirty => {
                    let draft = Draft {
                        kind: DraftOf::Form(form.kind),
                        variant: form.opening.variant(),
                        about: form.about.number(),
                        editing: form.about.is_edit(),
                        texts: form.draft_texts(),
                        mark: form.mark.clone(),
                    };
                    self.store_mut()?.keep_draft(&draft, held)?
                }
                Overlay::Add(open) if open.dirty => {
                    let draft = Self::add_draft(open);
                    self.store_mut()?.keep_draft(&draft, held)?
                }
                _ => continue,
            };
            match &mut self.state.overlays[place] {
                Overlay::Form(form) => (form.dirty, form.mark) = (false, Some(mark)),
                Overlay::Add(open) => (open.dirty, open.mark) = (false, Some(mark)),
                _ => {}
            }
        }
        Ok(())
    }

    /// After something could not be done: whether the school can still be written, and what is to be kept if not.
    pub(super) fn lost(&mut self, error: &Error) {
        if let Error::Store(store::Error::Moved { kept: true, .. }) = error {
            self.keep_all();
        }
        if let Some(store) = &self.store {
            self.state.school.read_only = store.is_read_only();
        }
    }

    /// The school's file is gone: what stands in open forms and lines is kept beside it, stored as a draft before or not.
    pub(super) fn keep_all(&mut self) {
        for overlay in &mut self.state.overlays {
            match overlay {
                Overlay::Form(form) => form.dirty = true,
                Overlay::Add(open) => open.dirty = true,
                _ => {}
            }
        }
        if let Err(error) = self.keep_draft() {
            self.say(Tone::Fault, error.to_string());
        }
    }

    /// True while something typed is not stored as a draft yet, whatever lies over it.
    pub fn has_unkept_draft(&self) -> bool {
        self.state.overlays.iter().any(|overlay| match overlay {
            Overlay::Form(form) => form.dirty,
            Overlay::Add(open) => open.dirty,
            _ => false,
        })
    }

    /// True where what is typed in the form or line on top lies beside the school's file, which can be written no more.
    pub(super) fn is_kept_beside(&self) -> bool {
        let mark = match self.state.overlays.last() {
            Some(Overlay::Form(form)) => form.mark.as_ref(),
            Some(Overlay::Add(open)) => open.mark.as_ref(),
            _ => None,
        };
        mark == Some(&Mark::NOWHERE)
    }

    /// Drops the draft of a form that was given up, or saved without a change.
    pub(super) fn drop_draft(&mut self, own: bool, mark: Option<Mark>) -> Result<(), Error> {
        let Some(mark) = mark else {
            return Ok(());
        };
        if own {
            self.own().ok_or(Error::NoSchool)?.drop_draft(&mark)?;
        } else if !self.store_mut()?.is_read_only() {
            // What can be written no more keeps it; nobody is held in a form for that.
            self.store_mut()?.drop_draft(&mark)?;
        }
        Ok(())
    }

    /// Throws away what was typed, and the draft of it.
    pub(super) fn start_afresh(&mut self) -> Result<(), Error> {
        let context = self.context();
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        form.start_afresh(&context);
        let (own, mark) = (form.opening.own, form.mark.take());
        self.drop_draft(own, mark)?;
        self.know_children()
    }

    /// Says that the form shows one of several drafts.
    pub(super) fn tell_others(&mut self, others: usize) {
        if others > 0 && self.state.flash.is_none() {
            let text = match others {
                1 => "Another draft of this form is kept too: it comes back once this one is saved or begun afresh."
                    .to_owned(),
                many => format!(
                    "{many} other drafts of this form are kept too: each comes back once the one before it is saved or begun afresh."
                ),
            };
            self.say(Tone::Note, text);
        }
    }
}
