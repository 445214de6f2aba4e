//! Forms opened and saved, drafts kept, steps taken back and brought back.

use super::form::{About, Form, Opening};
use super::overlay::Overlay;
use super::pane::Pane;
use super::state::Tone;
use super::{App, Error};
use crate::domain::contact::Involved;
use crate::domain::form::{Context, Kind, Known, Value, Values};
use crate::domain::id::{ContactId, PersonId, PupilId, TaskId};
use crate::domain::pupil::Line;
use crate::domain::step;
use crate::store::{self, DraftOf, Store, Writer};
use std::sync::Arc;

impl App {
    /// What a form takes by name, read when one is first asked for after a change: of many runs it is long, and a start or a
    /// save does not need it. Where it cannot be read nothing is taken by name, and the save says why.
    fn known(&self) -> Arc<Known> {
        let read = || self.store.as_ref().and_then(|store| store.known().ok());
        let known = self
            .state
            .known
            .get_or_init(|| Arc::new(read().unwrap_or_default()));
        Arc::clone(known)
    }

    /// What is known while something is typed: in a form also the people around its children.
    pub(super) fn context(&self) -> Context {
        let context = Context {
            time: Some((self.setup.time)()),
            calendar: Arc::clone(&self.state.calendar),
            known: self.known(),
            ..Context::on(self.state.today)
        };
        match self.state.overlays.last() {
            Some(Overlay::Form(form)) => Context {
                people: Arc::clone(&form.people),
                ..context
            },
            _ => context,
        }
    }

    pub(super) fn store_mut(&mut self) -> Result<&mut Store, Error> {
        // Who asks for it changes something: of several schools the last act is known by it.
        self.note_act();
        self.store.as_mut().ok_or(Error::NoSchool)
    }

    /// True, and said, where the school's file can only be read.
    pub(super) fn refuses_change(&mut self) -> bool {
        let refuses = self.state.school.read_only;
        if refuses {
            self.say(
                Tone::Fault,
                "This school's file can only be read here: nothing can be changed.",
            );
        }
        refuses
    }

    /// Opens a form; a draft kept for it comes back.
    pub(super) fn open_form(&mut self, mut opening: Opening) -> Result<(), Error> {
        if opening.own {
            return self.open_own_form(opening);
        }
        if self.refuses_change() {
            return Ok(());
        }
        opening.fixed = self.state.meeting.is_some();
        let (kind, about) = (opening.kind, opening.about);
        let Some(seen) = self.seen_by(&opening)? else {
            return Ok(());
        };
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let mut drafts = store.drafts_of(
            DraftOf::Form(kind),
            &opening.variant(),
            about.number(),
            about.is_edit(),
        )?;
        // One that was chosen from the list of them, else the one kept last.
        let chosen = self.chosen_draft.take();
        let at =
            chosen.and_then(|mark| drafts.iter().position(|one| one.mark == Some(mark.clone())));
        let draft = (!drafts.is_empty()).then(|| drafts.swap_remove(at.unwrap_or_default()));
        let pupils = self.concerned(&opening, &seen)?;
        let whom = match self.run_meant(&opening)? {
            Some(name) => format!("{name} at {}", self.state.school.name),
            None => self.whom(&pupils)?,
        };
        let context = Context {
            people: self.people_around(&pupils)?,
            ..self.context()
        };
        let mut form = Form::open(opening, seen, whom, &context);
        form.children = match self.runs_counted(&form.opening)? {
            Some(runs) => runs,
            None => self.counted(&form.pupils)?,
        };
        if let Some(draft) = draft {
            form.take_draft(&draft.texts, &context);
            form.mark = draft.mark;
        }
        self.state.overlays.push(Overlay::Form(form));
        self.tell_others(drafts.len());
        self.know_children()
    }

    /// What a record says now; `None` where it is not there any more.
    fn on_file(&self, opening: &Opening) -> Result<Option<Values>, Error> {
        let About::On(id) = opening.about else {
            return Ok(None);
        };
        if opening.own {
            let own = self.own().ok_or(Error::NoSchool)?;
            return Ok(own.values(TaskId(id))?);
        }
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        Ok(store.values(opening.kind, id)?)
    }

    /// What a form starts from; `None`, and said, where the record is not there any more.
    pub(super) fn seen_by(&mut self, opening: &Opening) -> Result<Option<Values>, Error> {
        let About::On(id) = opening.about else {
            return Ok(Some(Values::new()));
        };
        let seen = self.on_file(opening)?;
        if seen.is_none() {
            let id = format!("{}{id}", opening.kind.def().letter);
            self.say(Tone::Note, format!("{id} is not on file any more."));
        }
        Ok(seen)
    }

    /// The children a form is about, for its title.
    fn concerned(&self, opening: &Opening, seen: &Values) -> Result<Vec<PupilId>, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        Ok(match (opening.kind, opening.about) {
            (Kind::Pupil, About::On(id)) => vec![PupilId(id)],
            (_, About::On(_)) => match seen.get("pupils") {
                Some(Some(Value::Pupils(pupils))) => pupils.clone(),
                _ => Kind::owner(seen).into_iter().collect(),
            },
            (_, About::New(_)) => opening.pupils.clone(),
            (_, About::Entry(contact)) => store
                .contact(contact)?
                .map(|contact| contact.pupils.iter().map(|child| child.pupil).collect())
                .unwrap_or_default(),
        })
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
            form.fill_name(&capitalised(surname), &capitalised(forename), &context);
        }
    }

    /// Saves the form as one step; the draft goes in the same transaction.
    pub(super) fn save_form(&mut self) -> Result<(), Error> {
        let context = self.context();
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        if form.asks() {
            return Ok(());
        }
        let (kind, about) = (form.kind, form.about);
        let Some(mut values) = form.read(&context) else {
            return Ok(());
        };
        let seen = form.seen.clone();
        let pupils = form.pupils.clone();
        if form.may_ask_late() && self.asks_run_name(&values)? {
            return Ok(());
        }
        let Some(Overlay::Form(form)) = self.state.overlays.last() else {
            return Ok(());
        };
        if about.is_edit() {
            // A text typed anew may mean what is on file: only what differs is written and named in the history.
            values.retain(|name, value| seen.get(name) != Some(value));
        }
        let (opening, mark) = (form.opening.clone(), form.mark.clone());
        if values.is_empty() {
            self.state.overlays.pop();
            self.drop_draft(opening.own, mark)?;
            self.say(Tone::Note, "Nothing was changed.");
            return Ok(());
        }
        if opening.own {
            return self.save_own(&opening, &values, &seen, mark.as_ref());
        }
        if (kind, about.is_edit()) == (Kind::Pupil, false) && self.asks_about_namesakes(&values)? {
            return Ok(());
        }
        let each = opening.each();
        let label = label(&opening, &values, &pupils);
        let Some(told) = self.settle_doubts(kind, about, &values, &each)? else {
            return Ok(());
        };
        let gone = self.words_lost(kind, about, &values)?;
        let outcome = self.store_mut()?.step(&label, |writer| {
            writer.drop_draft(mark.as_ref())?;
            match about {
                About::On(id) => writer.amend(kind, id, &values, Some(&seen)).map(|()| id),
                About::New(_) if !each.is_empty() => add_each(writer, kind, &values, &each),
                About::New(_) | About::Entry(_) => writer.add(kind, &values),
            }
        });
        match outcome {
            Ok(id) => {
                self.state.overlays.pop();
                self.saved(kind, about, id, each.len().max(1))?;
                self.tell_also(&told);
                if let Some(text) = gone {
                    self.say(Tone::Done, text);
                }
                Ok(())
            }
            Err(error) => self.not_saved(&opening, &error),
        }
    }

    /// Says in the form why it was not saved; of what was changed elsewhere it shows both.
    pub(super) fn not_saved(
        &mut self,
        opening: &Opening,
        error: &store::Error,
    ) -> Result<(), Error> {
        let now = match (error, opening.about) {
            (store::Error::Changed, About::On(_)) => self.on_file(opening)?,
            _ => None,
        };
        let context = self.context();
        if let Some(Overlay::Form(form)) = self.state.overlays.last_mut() {
            match now {
                Some(now) => form.meet(&now, &context),
                None => form.faults = vec![error.to_string()],
            }
            form.dirty = true;
        }
        self.keep_draft()
    }

    /// What is said instead when words about one child alone go with a child taken out of an entry.
    fn words_lost(
        &self,
        kind: Kind,
        about: About,
        values: &Values,
    ) -> Result<Option<String>, Error> {
        let (Kind::Contact, About::On(id), Some(Some(Value::Pupils(stay)))) =
            (kind, about, values.get("pupils"))
        else {
            return Ok(None);
        };
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let Some(contact) = store.contact(ContactId(id))? else {
            return Ok(None);
        };
        let lost: Vec<String> = contact
            .pupils
            .iter()
            .filter(|one| one.words.is_some() && !stay.contains(&one.pupil))
            .map(Involved::spoken_name)
            .collect();
        let whose = match lost.as_slice() {
            [] => return Ok(None),
            [only] => format!("{only} alone"),
            several => format!("{} pupils alone each", several.len()),
        };
        let code = &self.state.school.code;
        Ok(Some(format!(
            "Saved at {code}; words about {whose} went with them{}",
            self.way_back(false)
        )))
    }

    /// Closes the form and keeps what was typed as a draft.
    pub(super) fn leave_form(&mut self) -> Result<(), Error> {
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        let touched = form.is_touched();
        if touched {
            form.dirty = true;
            self.leave_draft()?;
        } else {
            let (own, mark) = (form.opening.own, form.mark.take());
            self.drop_draft(own, mark)?;
        }
        let beside = self.is_kept_beside();
        self.state.overlays.pop();
        if touched {
            let text = if beside {
                KEPT_BESIDE
            } else {
                "The draft is kept: the same form brings it back."
            };
            self.say(Tone::Note, text);
        }
        Ok(())
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
        self.show_touched(&step)?;
        let what = format!("{} at {}", self.told_step(&step)?, self.state.school.code);
        self.say_reversed(redo, &what);
        Ok(())
    }

    /// Goes where a step happened, in the pane it concerns.
    fn show_touched(&mut self, step: &step::Step) -> Result<(), Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let touched = store.touched(step.id)?;
        if touched.len() >= 50 {
            return Ok(());
        }
        let mut shown = false;
        for (kind, id, pupil) in touched.iter().copied() {
            shown = match (kind, self.state.pane) {
                (Kind::Task, Pane::Tasks) => self.state.tasks.go(TaskId(id)),
                (Kind::Contact, Pane::Diary) => self.state.diary.go(ContactId(id)),
                (_, Pane::Register) => match pupil {
                    Some(pupil) if self.state.register.index.row_of(pupil).is_some() => {
                        self.state.register.reveal(store, self.state.today, pupil)?;
                        true
                    }
                    _ => false,
                },
                _ => false,
            };
            if shown {
                break;
            }
        }
        self.show_on_desk(&touched, shown)
    }
}

/// Said of words that the school's file can take no more.
pub(super) const KEPT_BESIDE: &str = "What you typed is kept sealed beside the school's file: it is offered once that is opened and can be worked on.";
/// What the step of saving a form is called.
fn label(opening: &Opening, values: &Values, pupils: &[PupilId]) -> String {
    let kind = opening.kind;
    match opening.about {
        About::On(id) => step::changed(kind, id, values.keys().copied()),
        About::New(_) if opening.runs.len() > 1 => step::added_on(kind, opening.runs.len()),
        About::New(owner) => {
            let named = named(values);
            let owner = named.map_or(owner, |named| named.first().copied());
            step::added(kind, owner, named.unwrap_or(pupils).len())
        }
        About::Entry(contact) => step::corrected(kind, contact),
    }
}

/// A record for each child or run, told apart by that field; gives the last one's number.
fn add_each(
    writer: &mut Writer<'_>,
    kind: Kind,
    values: &Values,
    each: &[(&'static str, i64)],
) -> store::Result<i64> {
    let mut last = 0;
    for (field, which) in each {
        let mut own = values.clone();
        own.insert(field, Some(Value::Whole(*which)));
        if kind == Kind::Person && last != 0 {
            // One person whom all of them share, not one each of the same name.
            let shared = PersonId(last).to_string();
            own.insert("name", Some(Value::Text(shared)));
        }
        last = writer.add(kind, &own)?;
    }
    Ok(last)
}

/// The children a record's form names, where it does; else it is of those it was opened on.
fn named(values: &Values) -> Option<&[PupilId]> {
    match values.get("pupils") {
        Some(Some(Value::Pupils(named))) => Some(named),
        _ => None,
    }
}

/// `Aisha Okafor 5B`.
pub(super) fn spoken(line: &Line) -> String {
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
