//! Forms opened and saved, drafts kept, steps taken back and brought back.

use super::form::{About, Form};
use super::overlay::Overlay;
use super::state::Tone;
use super::{App, Error};
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::PupilId;
use crate::domain::pupil::Line;
use crate::domain::step;
use crate::store::{self, Draft, Store};

impl App {
    fn store_mut(&mut self) -> Result<&mut Store, Error> {
        self.store.as_mut().ok_or(Error::NoSchool)
    }

    /// Opens a form; a draft kept for it comes back.
    pub(super) fn open_form(
        &mut self,
        kind: Kind,
        about: About,
        pupils: Vec<PupilId>,
    ) -> Result<(), Error> {
        if self.state.school.read_only {
            self.say(
                Tone::Fault,
                "This school's file can only be read here: nothing can be changed.",
            );
            return Ok(());
        }
        let context = self.context();
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let seen = match about {
            About::On(id) => {
                let Some(values) = store.values(kind, id)? else {
                    let id = format!("{}{id}", kind.def().letter);
                    self.say(Tone::Note, format!("{id} is not on file any more."));
                    return Ok(());
                };
                values
            }
            About::New(_) => Values::new(),
        };
        let title = self.form_title(kind, about, &seen, pupils.len())?;
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let mut form = Form::open(kind, about, seen, title, context);
        if pupils.len() > 1 {
            form.pupils = pupils;
        }
        if let Some(draft) = store.draft(kind, about.number(), about.is_edit())? {
            form.take_draft(&draft.texts, context);
        }
        self.state.overlays.push(Overlay::Form(form));
        Ok(())
    }

    /// `Pupil: Aisha Okafor 5B at Oakfield Primary`: a note on the wrong child is a data breach.
    fn form_title(
        &self,
        kind: Kind,
        about: About,
        seen: &Values,
        many: usize,
    ) -> Result<String, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let school = &self.state.school.name;
        let pupil = match (kind, about) {
            (Kind::Pupil, About::On(id)) => Some(PupilId(id)),
            (_, About::On(_)) => Kind::owner(seen),
            (_, About::New(pupil)) => pupil,
        };
        let what = kind.def().title;
        let title = match (pupil, many) {
            (_, many) if many > 1 => {
                format!("New {} for {many} pupils at {school}", kind.noun())
            }
            (Some(id), _) => match store.lines(&[id])?.first() {
                Some(line) => format!("{what}: {} at {school}", spoken(line)),
                None => format!("{what} at {school}"),
            },
            (None, _) => format!("New {} at {school}", kind.noun()),
        };
        Ok(title)
    }

    /// Puts a name from the finder into an open form: "Okafor, Aisha" or "Aisha Okafor". A draft of more than a name
    /// stays; the name waits for when it is thrown away.
    pub(super) fn fill_name(&mut self, typed: &str) {
        let context = self.context();
        let (forename, surname) = match typed.split_once(',') {
            Some((surname, forename)) => (forename.trim(), surname.trim()),
            None => typed.split_once(' ').unwrap_or((typed, "")),
        };
        if let Some(Overlay::Form(form)) = self.state.overlays.last_mut() {
            form.fill_name(&capitalised(surname), &capitalised(forename), context);
        }
    }

    /// Saves the form as one step; the draft goes in the same transaction.
    pub(super) fn save_form(&mut self) -> Result<(), Error> {
        let context = self.context();
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        let (kind, about) = (form.kind, form.about);
        let Some(mut values) = form.read(context) else {
            return Ok(());
        };
        let seen = form.seen.clone();
        let pupils = form.pupils.clone();
        if about.is_edit() {
            // Names are judged together, but only what differs is written and named in the history.
            values.retain(|name, value| seen.get(name) != Some(value));
        }
        if values.is_empty() {
            self.state.overlays.pop();
            self.drop_draft(kind, about)?;
            self.say(Tone::Note, "Nothing was changed.");
            return Ok(());
        }
        let label = match about {
            About::On(id) => step::changed(kind, id, values.keys().copied()),
            About::New(owner) => step::added(kind, owner, pupils.len()),
        };
        let outcome = self.store_mut()?.step(&label, |writer| {
            writer.drop_draft(kind, about.number(), about.is_edit())?;
            match about {
                About::On(id) => writer.amend(kind, id, &values, Some(&seen)).map(|()| id),
                About::New(_) if pupils.len() > 1 => {
                    let mut last = 0;
                    for pupil in &pupils {
                        let mut each = values.clone();
                        each.insert("pupil", Some(Value::Whole(pupil.0)));
                        last = writer.add(kind, &each)?;
                    }
                    Ok(last)
                }
                About::New(_) => writer.add(kind, &values),
            }
        });
        match outcome {
            Ok(id) => self.saved(kind, about, id, pupils.len()),
            Err(error) => {
                if let Some(Overlay::Form(form)) = self.state.overlays.last_mut() {
                    form.faults = vec![error.to_string()];
                    form.dirty = true;
                }
                self.keep_draft()
            }
        }
    }

    fn saved(&mut self, kind: Kind, about: About, id: i64, many: usize) -> Result<(), Error> {
        self.state.overlays.pop();
        self.reload(false)?;
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let owner = store.owner(kind, id)?;
        let what = match (kind, about) {
            (Kind::Pupil, About::New(_)) => "Added",
            _ => "Saved",
        };
        let code = &self.state.school.code;
        let text = match (owner, many) {
            (_, many) if many > 1 => format!("{what} for {many} pupils at {code}   u undo"),
            (Some(pupil), _) => match store.lines(&[pupil])?.first() {
                Some(line) => format!("{what}: {} at {code}   u undo", spoken(line)),
                None => format!("{what} at {code}   u undo"),
            },
            (None, _) => format!("{what} at {code}   u undo"),
        };
        if let (Some(pupil), true) = (owner, many <= 1) {
            let store = self.store.as_ref().ok_or(Error::NoSchool)?;
            self.state.register.reveal(store, self.state.today, pupil)?;
        }
        self.say(Tone::Done, text);
        Ok(())
    }

    /// Closes the form and keeps what was typed as a draft.
    pub(super) fn leave_form(&mut self) -> Result<(), Error> {
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        let touched = form.is_touched();
        let (kind, about) = (form.kind, form.about);
        if touched {
            form.dirty = true;
            self.keep_draft()?;
        } else {
            self.drop_draft(kind, about)?;
        }
        self.state.overlays.pop();
        if touched {
            self.say(
                Tone::Note,
                "The draft is kept: the same form brings it back.",
            );
        }
        Ok(())
    }

    /// Stores what is typed in the open form, encrypted with everything else.
    pub(super) fn keep_draft(&mut self) -> Result<(), Error> {
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        if !form.dirty {
            return Ok(());
        }
        let draft = Draft {
            kind: form.kind,
            about: form.about.number(),
            editing: form.about.is_edit(),
            texts: form.draft_texts(),
        };
        self.store_mut()?.keep_draft(&draft)?;
        if let Some(Overlay::Form(form)) = self.state.overlays.last_mut() {
            form.dirty = false;
        }
        Ok(())
    }

    fn drop_draft(&mut self, kind: Kind, about: About) -> Result<(), Error> {
        let store = self.store_mut()?;
        if store
            .draft(kind, about.number(), about.is_edit())?
            .is_some()
        {
            store.drop_draft(kind, about.number(), about.is_edit())?;
        }
        Ok(())
    }

    pub(super) fn start_afresh(&mut self) -> Result<(), Error> {
        let context = self.context();
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        form.start_afresh(context);
        let (kind, about) = (form.kind, form.about);
        self.drop_draft(kind, about)
    }

    /// Takes the last step back, or brings it back, and goes where it happened.
    pub(super) fn undo(&mut self, redo: bool) -> Result<(), Error> {
        let outcome = {
            let store = self.store_mut()?;
            if redo { store.redo() } else { store.undo() }
        };
        let step = match outcome {
            Ok(step) => step,
            Err(error @ (store::Error::NothingToUndo | store::Error::NothingToRedo)) => {
                self.say(Tone::Note, error.to_string());
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        self.reload(step.rows > 50)?;
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let touched: Vec<PupilId> = store
            .touched(step.id)?
            .into_iter()
            .map(|(_, _, pupil)| pupil)
            .collect();
        if let Some(first) = touched
            .iter()
            .find(|id| self.state.register.index.row_of(**id).is_some())
            && touched.len() < 50
        {
            self.state
                .register
                .reveal(store, self.state.today, *first)?;
        }
        let (done, back) = if redo {
            ("Brought back", "u undo")
        } else {
            ("Taken back", "U redo")
        };
        self.say(
            Tone::Done,
            format!(
                "{done}: {} at {}   {back}",
                step.label, self.state.school.code
            ),
        );
        Ok(())
    }
}

/// `Aisha Okafor 5B`.
fn spoken(line: &Line) -> String {
    let class = line.pupil.class.as_deref().unwrap_or_default();
    format!("{} {class}", line.pupil.spoken_name())
        .trim_end()
        .to_owned()
}

/// A name typed without capitals gets them; one typed with any is left alone.
fn capitalised(name: &str) -> String {
    if name.chars().any(char::is_uppercase) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut start = true;
    for c in name.chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        start = matches!(c, ' ' | '-' | '\'' | '\u{2019}');
    }
    out
}
