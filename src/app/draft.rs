//! Drafts: what is typed is stored while it is typed, and goes when it is saved or thrown away.

use super::form::Opening;
use super::overlay::Overlay;
use super::state::Tone;
use super::{App, Error};
use crate::store::{Draft, DraftOf};

impl App {
    /// Stores what is typed in the open form or add line, encrypted with everything else.
    pub(super) fn keep_draft(&mut self) -> Result<(), Error> {
        let draft = match self.state.overlays.last() {
            Some(Overlay::Form(form)) if form.dirty && form.opening.own => {
                return self.keep_own_draft();
            }
            Some(Overlay::Form(form)) if form.dirty => Draft {
                kind: DraftOf::Form(form.kind),
                variant: form.opening.variant(),
                about: form.about.number(),
                editing: form.about.is_edit(),
                texts: form.draft_texts(),
                kept_at: None,
            },
            Some(Overlay::Add(open)) if open.dirty => Self::add_draft(open),
            _ => return Ok(()),
        };
        self.store_mut()?.keep_draft(&draft)?;
        match self.state.overlays.last_mut() {
            Some(Overlay::Form(form)) => form.dirty = false,
            Some(Overlay::Add(open)) => open.dirty = false,
            _ => {}
        }
        Ok(())
    }

    /// The school's file is gone: what stands in the open form or line is kept beside it, stored as a draft before or not.
    pub(super) fn keep_all(&mut self) {
        match self.state.overlays.last_mut() {
            Some(Overlay::Form(form)) => form.dirty = true,
            Some(Overlay::Add(open)) => open.dirty = true,
            _ => return,
        }
        if let Err(error) = self.keep_draft() {
            self.say(Tone::Fault, error.to_string());
        }
    }

    /// True while something typed is not stored as a draft yet.
    pub(super) fn has_unkept_draft(&self) -> bool {
        match self.state.overlays.last() {
            Some(Overlay::Form(form)) => form.dirty,
            Some(Overlay::Add(open)) => open.dirty,
            _ => false,
        }
    }

    /// Drops the draft of a form that was given up, or saved without a change.
    pub(super) fn drop_draft(&mut self, opening: &Opening) -> Result<(), Error> {
        if opening.own {
            return self.drop_own_draft(opening);
        }
        let (of, variant) = (DraftOf::Form(opening.kind), opening.variant());
        let (about, editing) = (opening.about.number(), opening.about.is_edit());
        let store = self.store_mut()?;
        if store.draft(of, &variant, about, editing)?.is_some() {
            store.drop_draft(of, &variant, about, editing)?;
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
        let opening = form.opening.clone();
        self.drop_draft(&opening)?;
        self.know_children()
    }
}
