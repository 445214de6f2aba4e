//! The user's own tasks among the rows of the day across schools: a network meeting, a course. No school is in front while
//! something is done to them, and no child can be named in them.

use super::action::Rows;
use super::form::{Form, Opening};
use super::overlay::Overlay;
use super::pane::day::Whose;
use super::resume::Unfinished;
use super::state::Tone;
use super::{App, Error};
use crate::domain::calendar::Calendar;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::TaskId;
use crate::domain::step;
use crate::domain::task::Task;
use crate::store::{Desk, Mark, Own, OwnInMemory};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Whose they are, in the title of a form.
const WHOM: &str = "your own, at no school";

impl App {
    /// The user's own tasks, where a desk is open.
    pub(super) fn own(&self) -> Option<Own<'_>> {
        let on_desk = self.desk.as_ref().map(Desk::own);
        on_desk.or_else(|| self.own_in_memory.as_ref().map(OwnInMemory::own))
    }

    fn own_here(&self) -> Result<Own<'_>, Error> {
        self.own().ok_or(Error::NoSchool)
    }

    /// The terms that days of theirs are read with: those of the school the day was shown from.
    pub(super) fn own_calendar(&self) -> Arc<Calendar> {
        let store = self.kept.get(self.at).and_then(|kept| kept.store.as_ref());
        let calendar = store.and_then(|store| store.calendar().ok());
        Arc::new(calendar.unwrap_or_default().without_my_days())
    }

    /// The tasks of a script's desk, which outlive a restart.
    pub fn take_own(&mut self) -> Option<OwnInMemory> {
        self.own_in_memory.take()
    }

    /// Takes them up again after a restart.
    pub fn keep_own(&mut self, own: Option<OwnInMemory>) {
        self.own_in_memory = own.or(self.own_in_memory.take());
    }

    /// True, and said, where the desk's file can only be read.
    fn refuses_own(&mut self) -> bool {
        let refuses = self.own().is_none_or(|own| own.is_read_only());
        if refuses {
            self.say(
                Tone::Fault,
                "The desk's file can only be read here: your own tasks cannot be changed.",
            );
        }
        refuses
    }

    /// A verb on one of the user's own tasks, but for those that work on any row of the day.
    pub(super) fn own_rows(&mut self, id: TaskId, act: Rows) -> Result<(), Error> {
        match act {
            Rows::Date => {
                self.state.day.asked = Some(Whose::Mine);
                self.on_own(id, |app| app.rows(Rows::Date))
            }
            Rows::Edit => self.open_form(Opening::own(Some(id))),
            Rows::Bin => self.remove_own(id),
            _ => {
                let keys = ["rows.tick", "rows.edit", "rows.bin"].map(|name| self.key_to(name));
                let [tick, edit, bin] = keys;
                let text = format!(
                    "That works on a school's rows. Of your own tasks {tick} ticks, {edit} edits, {bin} removes."
                );
                self.say(Tone::Note, text);
                Ok(())
            }
        }
    }

    /// Does something to one of the user's own tasks; its row shows it at once.
    pub(super) fn on_own<T>(
        &mut self,
        id: TaskId,
        work: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.acting_on = Some((Whose::Mine, id));
        let done = work(self);
        self.acting_on = None;
        let line = self.own_here()?.line(id)?;
        self.state.day.replace(Whose::Mine, id, line);
        done
    }

    /// True while the task a verb is done to is the user's own.
    pub(super) fn acts_on_own(&self) -> bool {
        matches!(self.acting_on, Some((Whose::Mine, _)))
    }

    /// The task that [`App::on_own`] is about.
    pub(super) fn own_target(&mut self) -> Result<Vec<Task>, Error> {
        let own = self.own_here()?;
        let line = self
            .acting_on
            .map(|(_, id)| own.line(id))
            .transpose()?
            .flatten();
        if line.is_none() {
            self.say(Tone::Note, "This task is not there any more.");
        }
        Ok(line.map(|line| line.task).into_iter().collect())
    }

    /// Does one thing to it as one step and says it.
    pub(super) fn on_own_task(
        &mut self,
        label: &str,
        done: &str,
        each: impl Fn(&mut Task),
    ) -> Result<(), Error> {
        if self.refuses_own() {
            return Ok(());
        }
        let Some((_, id)) = self.acting_on else {
            return Ok(());
        };
        self.own_here()?.change(id, label, each)?;
        self.own_changed(&format!("{done}, your own"));
        Ok(())
    }

    fn remove_own(&mut self, id: TaskId) -> Result<(), Error> {
        if self.refuses_own() {
            return Ok(());
        }
        self.own_here()?.remove(id)?;
        self.state.day.replace(Whose::Mine, id, None);
        self.own_changed("Removed: 1 task of your own");
        self.count_day()
    }

    fn own_changed(&mut self, told: &str) {
        self.acts += 1;
        self.own_acted = self.acts;
        let text = format!("{told}{}", self.way_back(false));
        self.say(Tone::Done, text);
    }

    pub(super) fn undo_own(&mut self, redo: bool) -> Result<(), Error> {
        let label = self.own_here()?.reverse(redo)?;
        self.acts += 1;
        self.own_acted = self.acts;
        let label = self.told_own(&label)?;
        self.say_reversed(redo, &format!("{label}, your own"));
        Ok(())
    }

    /// The label of a step of the user's own tasks, with the title of the one it names; by its id while words are hidden.
    fn told_own(&self, label: &str) -> Result<String, Error> {
        let own = self.own().ok_or(Error::NoSchool)?;
        let id = label
            .split([' ', ':'])
            .find_map(|word| word.parse::<TaskId>().ok());
        let line = id.filter(|_| self.state.veil.is_none());
        let line = line.map(|id| own.line(id)).transpose()?.flatten();
        Ok(match (id, line) {
            (Some(id), Some(line)) => {
                let title = format!("\"{}\"", line.task.title);
                label.replacen(&id.to_string(), &title, 1)
            }
            _ => label.to_owned(),
        })
    }

    /// The user's own was chosen where a school was asked for.
    pub(super) fn choose_own(&mut self) -> Result<(), Error> {
        self.state.overlays.pop();
        self.open_form(Opening::own(None))
    }

    /// Opens the form again with words that could not be stored as a draft. They must not be lost: where its task is gone
    /// the form is one of a new task, where nothing can be written it opens all the same.
    pub(super) fn open_unkept(&mut self, opening: Opening, texts: &BTreeMap<String, String>) {
        let seen = self.seen_by(&opening).ok().flatten();
        let (opening, seen) = match seen {
            Some(seen) => (opening, seen),
            None => (Opening::own(None), Values::new()),
        };
        let context = self.context();
        let own = self
            .own()
            .and_then(|own| own.draft(opening.own_task()).ok());
        let mut form = Form::open(opening, seen, WHOM.to_owned(), &context);
        form.take_draft(texts, &context);
        form.mark = own.flatten().map(|draft| draft.mark);
        form.dirty = true;
        self.state.overlays.push(Overlay::Form(form));
    }

    /// Opens the form of a task of the user's own; a draft kept for it comes back.
    pub(super) fn open_own_form(&mut self, opening: Opening) -> Result<(), Error> {
        if self.refuses_own() {
            return Ok(());
        }
        let Some(seen) = self.seen_by(&opening)? else {
            return Ok(());
        };
        let mut drafts = self.own_here()?.drafts_of(opening.own_task())?;
        let others = drafts.split_off(drafts.len().min(1)).len();
        let context = self.context();
        let mut form = Form::open(opening, seen, WHOM.to_owned(), &context);
        if let Some(draft) = drafts.pop() {
            form.take_draft(&draft.texts, &context);
            form.mark = Some(draft.mark);
        }
        self.state.overlays.push(Overlay::Form(form));
        self.tell_others(others);
        Ok(())
    }

    /// Saves the form as one step, the draft gone with it.
    pub(super) fn save_own(
        &mut self,
        opening: &Opening,
        values: &Values,
        seen: &Values,
        mark: Option<&Mark>,
    ) -> Result<(), Error> {
        let own = self.own_here()?;
        let saved = match opening.own_task() {
            Some(id) => {
                let label = step::changed(Kind::Task, id.0, values.keys().copied());
                own.amend(id, &label, values, seen, mark).map(|()| id)
            }
            None => own.add_from_form(values, mark),
        };
        let id = match saved {
            Ok(id) => id,
            Err(error) => return self.not_saved(opening, &error),
        };
        self.state.overlays.pop();
        self.load_day()?;
        self.state.day.go(Whose::Mine, id);
        let due = match values.get("due") {
            Some(Some(Value::Moment(due))) => format!(", due {}", self.told_day(Some(*due))),
            None if opening.own_task().is_some() => String::new(),
            _ => ", due someday".to_owned(),
        };
        let what = if opening.own_task().is_some() {
            "Saved"
        } else {
            "Added"
        };
        self.own_changed(&format!("{what} task, your own{due}"));
        Ok(())
    }

    /// What was begun and not saved is offered again.
    pub(super) fn offer_own_drafts(&mut self) {
        // What cannot be read is told of already.
        let count = self.own().map_or(0, |own| own.drafts().unwrap_or_default());
        if count > 0 && self.state.flash.is_none() {
            let (new, edit) = (self.key_to("global.task"), self.key_to("rows.edit"));
            let text = match count {
                1 => format!(
                    "A draft of a task of your own is kept: {new} 0, or {edit} on its row, brings it back."
                ),
                many => format!(
                    "{many} drafts of tasks of your own are kept: {new} 0, or {edit} on their rows, brings them back."
                ),
            };
            self.say(Tone::Note, text);
        }
    }

    /// For a lock over the day: the form of a task of the user's own, stored as a draft, to be opened again afterwards; and
    /// why it could not be stored.
    pub(super) fn note_own_form(&mut self) -> (Option<Unfinished>, Option<Error>) {
        let is_own = |overlay: &Overlay| matches!(overlay, Overlay::Form(form) if form.opening.own);
        let Some(place) = self.state.overlays.iter().position(is_own) else {
            return (None, None);
        };
        let unkept = self.keep_draft().err();
        let Overlay::Form(form) = &self.state.overlays[place] else {
            return (None, unkept);
        };
        let texts = unkept.is_some().then(|| form.draft_texts());
        (Some(Unfinished::Form(form.opening.clone(), texts)), unkept)
    }
}
