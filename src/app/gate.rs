//! Getting in and out: the first run, the lock, the passphrase, and where the user was.

use super::action::{Action, Picker};
use super::first_run::FirstRun;
use super::job::Message;
use super::key::{Code, Key};
use super::keymap::Meaning;
use super::overlay::Overlay;
use super::state::{Lock, Stage, Tone};
use super::themes::first_of;
use super::{App, Error, scope};
use crate::store::{self, Desk};
use std::sync::Arc;
use zeroize::Zeroizing;

/// From this many pupils on, the names are read after the first frame of the queue: below, they cost a few milliseconds,
/// and the columns are as wide at once as the widest class wants.
const MANY: i64 = 2_000;

/// Said where the desk was opened with the room kept in reserve.
const DISK_FULL: &str = "The disk is full: the 1 MB kept in reserve was given up, so that you can save. Make room soon.";

/// What to say where a school's file lies in the desk's folder and is on no list.
fn unknown(desk: &Desk) -> Result<Option<String>, store::Error> {
    let first = desk.unknown_schools()?.into_iter().next();
    Ok(first.map(|name| {
        format!(
            "{name} lies in the desk's folder and is on no list here: was the desk's own file put back? sendesk doctor tells \
             more."
        )
    }))
}

impl App {
    /// Shows the lock, or the first run when there is no desk.
    pub(super) fn begin(&mut self) -> Result<(), Error> {
        let places = &self.setup.places;
        if !Desk::exists(places)? {
            self.state.stage = Stage::FirstRun(Box::new(FirstRun::new(false)));
            return Ok(());
        }
        let demo = Desk::is_demo(places)?;
        self.state.stage = Stage::Locked(Lock {
            demo,
            ..Lock::default()
        });
        if demo { self.open_demo() } else { Ok(()) }
    }

    /// Opens a demo desk: it has no passphrase.
    fn open_demo(&mut self) -> Result<(), Error> {
        let desk = Desk::unlock_demo(&self.setup.places)?;
        self.enter(desk)
    }

    /// True while keys typed must wait.
    pub(super) fn is_working(&self) -> bool {
        match &self.state.stage {
            Stage::Locked(lock) => lock.working,
            Stage::FirstRun(first) => first.working.is_some(),
            Stage::Open => false,
        }
    }

    /// Locks: drafts are kept, names are forgotten, stores are closed, the key is wiped.
    pub(super) fn lock(&mut self) {
        if self.desk.is_none() {
            return;
        }
        self.begins_anew();
        let in_day = self.state.all;
        let (own_form, own_unkept) = self.note_own_form();
        if in_day {
            self.state.overlays.clear();
            self.state.day.wipe();
            self.swap(self.at);
            self.state.all = false;
        }
        // Whatever happens to the draft, the names go from the screen: what cannot be stored waits in memory.
        let unkept = self.note_where().or(own_unkept);
        self.note_seen();
        self.resume.in_day = in_day;
        self.resume.own_form = own_form;
        let demo = self.is_demo();
        self.state.wipe();
        self.past.clear();
        self.future.clear();
        self.state.arrived = false;
        self.state.flash = None;
        self.state.pending.clear();
        self.state.busy = None;
        if self.state.veil.is_some() {
            // Names stay hidden after unlocking; whose they are is forgotten.
            self.state.veil = Some(Arc::default());
        }
        self.store = None;
        self.put_others_away();
        self.desk = None;
        self.lock_aside();
        let locked = Stage::Locked(Lock {
            demo,
            fault: unkept
                .map(|error| format!("What you typed is held in memory until you unlock. {error}")),
            ..Lock::default()
        });
        // The codes that are shown once are shown again after unlocking, until they are written down.
        if let Stage::FirstRun(first) = std::mem::replace(&mut self.state.stage, locked) {
            self.resume.first_run = Some(first);
        }
    }

    /// A worker fell over: nothing waits for it any more.
    fn fell_over(&mut self) {
        self.state.busy = None;
        match &mut self.state.stage {
            Stage::Locked(lock) => lock.working = false,
            Stage::FirstRun(first) => first.working = None,
            Stage::Open => {}
        }
        for overlay in &mut self.state.overlays {
            match overlay {
                Overlay::Plan(view) => view.applying = false,
                Overlay::Path(path) => path.reading = None,
                _ => {}
            }
        }
        self.say(
            Tone::Fault,
            "That could not be done: sendesk itself failed. Nothing was changed; `:paths` shows where the report is, which holds no data.",
        );
    }

    /// Keys at the lock.
    pub(super) fn lock_key(&mut self, key: Key) -> Result<(), Error> {
        let meaning = self
            .setup
            .keymap
            .look_up(&scope::scopes(&self.state), &[key]);
        let Stage::Locked(lock) = &mut self.state.stage else {
            return Ok(());
        };
        match (meaning, key) {
            (Meaning::Act(Action::Picker(Picker::Take)), _) if lock.demo => {
                return self.open_demo();
            }
            (Meaning::Act(Action::Picker(Picker::Take)), _) => {
                if lock.input.is_empty() {
                    lock.fault = Some("Type the passphrase, then Enter.".to_owned());
                    return Ok(());
                }
                let passphrase = Zeroizing::new(lock.input.text().to_owned());
                lock.input.wipe();
                return self.unlock(passphrase);
            }
            (Meaning::Act(Action::Picker(Picker::Leave)), Key { ctrl: true, .. }) => {
                self.leave();
            }
            (Meaning::Act(Action::Picker(Picker::Leave)), _) => lock.input.wipe(),
            (Meaning::Act(Action::Field(edit)), _) => lock.input.edit(edit),
            (
                Meaning::Nothing,
                Key {
                    code: Code::Char('q'),
                    ctrl: false,
                    alt: false,
                },
            ) if lock.demo => self.leave(),
            (
                Meaning::Nothing,
                Key {
                    code: Code::Char(c),
                    ctrl: false,
                    alt: false,
                },
            ) => {
                lock.input.insert(c);
            }
            _ => {}
        }
        Ok(())
    }

    /// Tries a passphrase, as one from a file at the start.
    pub fn try_passphrase(&mut self, passphrase: Zeroizing<String>) {
        if let Err(error) = self.unlock(passphrase) {
            self.say(Tone::Fault, error.to_string());
        }
    }

    /// Derives the key on a thread: the lock stays on screen meanwhile, and keys typed wait.
    fn unlock(&mut self, passphrase: Zeroizing<String>) -> Result<(), Error> {
        let Stage::Locked(lock) = &mut self.state.stage else {
            return Ok(());
        };
        lock.fault = None;
        lock.working = true;
        let places = self.setup.places.clone();
        let message = self
            .setup
            .jobs
            .run(move || Message::Unlocked(Desk::unlock(&places, &passphrase)));
        message.map_or(Ok(()), |message| self.answer(message))
    }

    /// A worker's answer.
    pub(super) fn answer(&mut self, message: Message) -> Result<(), Error> {
        match message {
            Message::Unlocked(outcome) => {
                if let Stage::Locked(lock) = &mut self.state.stage {
                    lock.working = false;
                }
                match outcome {
                    Ok(desk) => self.enter(desk)?,
                    Err(error) => {
                        self.ahead.clear();
                        return Err(error.into());
                    }
                }
            }
            Message::Made(outcome) => self.made(outcome)?,
            Message::Demo(outcome) => self.demo_made(outcome)?,
            Message::Planned { job, outcome } => {
                self.planned(job, outcome);
                return Ok(());
            }
            Message::Failed => self.fell_over(),
            Message::Applied(outcome) => return self.applied(outcome),
        }
        // Keys typed meanwhile act now, in their order.
        for event in std::mem::take(&mut self.ahead) {
            self.event(event);
        }
        Ok(())
    }

    /// The school to open, by its place, and what to say where it is not the one the desk was locked at.
    fn comes_back_to(
        &mut self,
        desk: &Desk,
        schools: &[store::SchoolEntry],
    ) -> Result<(Option<usize>, Option<String>), Error> {
        let place = |code: Option<&String>| {
            let is_it = |entry: &store::SchoolEntry| Some(&entry.school.code) == code;
            schools.iter().position(is_it)
        };
        // A desk that was locked comes back at the school it was locked at.
        let locked_at = self.kept.get(self.at).map(|kept| kept.code.clone());
        let named = locked_at.clone().or_else(|| self.setup.school.clone());
        let current = match &named {
            Some(_) => None,
            None => desk.current()?.map(|entry| entry.school.code),
        };
        let found = place(named.or(current).as_ref());
        // Another session took the school off the desk, or erased it, while this one was locked.
        let Some(gone) = locked_at.filter(|_| found.is_none() && !schools.is_empty()) else {
            return Ok((found, None));
        };
        self.resume = super::resume::Resume::default();
        let now = desk.current()?.map(|entry| entry.school.code);
        let told = format!(
            "{gone} is not on this desk any more: another session took it off while this one was locked."
        );
        Ok((place(now.as_ref()).or(Some(0)), Some(told)))
    }

    /// The desk is unlocked: opens its school, and whatever was open when it locked.
    pub(super) fn enter(&mut self, mut desk: Desk) -> Result<(), Error> {
        desk.set_working_date(self.setup.working_date);
        // The demo looked at in the first run has drafts of its own, in another place.
        if self.aside.is_none() {
            let session = self.session.get_or_insert_with(|| desk.session());
            desk.set_session(session.clone());
        }
        if let Some(first) = self.resume.first_run.take() {
            self.desk = Some(desk);
            self.state.stage = Stage::FirstRun(first);
            return self.recall_theme();
        }
        let schools = desk.schools()?;
        let (current, gone) = self.comes_back_to(&desk, &schools)?;
        let Some(current) = current else {
            if let Some(code) = self.setup.school.take() {
                return Err(store::Error::NoSuchSchool { code }.into());
            }
            return self.ask_four(desk);
        };
        let store = desk.open_school(&schools[current].school.code)?;
        let notice = gone.or(store.notice()).or(unknown(&desk)?);
        self.desk = Some(desk);
        self.state.register.unread = self.resume.is_fresh() && store.pupils_at_most()? > MANY;
        self.know_schools(&schools);
        self.at = current;
        self.show_store(store)?;
        self.recall_theme()?;
        let notes = if self.is_looking_round() {
            Vec::new()
        } else {
            std::mem::take(&mut self.setup.notes)
        };
        if let Some(note) = first_of(&notes) {
            self.say(Tone::Note, note);
        }
        if let Some(text) = notice {
            self.say(Tone::Fault, text);
        }
        if self.desk.as_ref().is_some_and(Desk::gave_up_reserve) {
            self.say(Tone::Fault, DISK_FULL);
        }
        let mut resume = std::mem::take(&mut self.resume);
        let (in_day, own_form) = (resume.in_day, resume.own_form.take());
        let back = self.resume(resume).and_then(|()| self.meet_again());
        match own_form {
            // Whatever else cannot be shown, the words come back.
            Some(form) => {
                let shown = back.and_then(|()| self.lay_out_day());
                self.resume_own(form)?;
                shown
            }
            None if in_day => back.and_then(|()| self.show_day()),
            None => back,
        }
    }

    /// What was begun and not saved before the desk was last closed, a crash included, is offered again.
    pub(super) fn offer_drafts(&mut self) -> Result<(), Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let count = store.drafts()?.len();
        if count > 0 && self.state.flash.is_none() {
            let text = match count {
                1 => "A draft is kept from before: :drafts shows it.".to_owned(),
                many => format!("{many} drafts are kept from before: :drafts lists them."),
            };
            self.say(Tone::Note, text);
        }
        Ok(())
    }
}
