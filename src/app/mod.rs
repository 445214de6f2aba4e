//! What the user is doing: knows no terminal and no widget.
//!
//! [`App`] owns the stores and the [`State`]; an [`Event`] goes in, the state changes, the screen is drawn from it.
//! Errors surface in one place: what could not be done has been rolled back and is said on the message line.

mod act;
pub mod action;
mod backup;
pub mod bring;
mod capture;
mod children;
pub mod command;
mod copy;
mod correct;
mod day;
mod desk;
mod doubt;
mod draft;
mod edit;
mod errand;
pub mod event;
mod eyes;
pub mod field;
pub mod first_run;
pub mod form;
mod gate;
pub mod job;
mod journey;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod list;
mod listing;
mod log;
pub mod meeting;
mod namesake;
mod narrow;
pub mod overlay;
mod own;
pub mod pane;
mod pick;
mod put_on;
mod reload;
mod resume;
mod saved;
mod schools;
pub mod scope;
mod setup;
pub mod state;
#[cfg(test)]
mod tests;
mod themes;
mod told;
mod typing;
mod verb;
mod which;

use crate::domain::id::TaskId;
use crate::store::{self, Desk, Mark, OwnInMemory, Session, Store};
use event::{Errand, Event};
use first_run::Aside;
use journey::Place;
use key::{Code, Key};
use keymap::{Keymap, Meaning};
use overlay::Overlay;
use pane::day::Whose;
use resume::Resume;
use schools::Kept;
pub use setup::Setup;
use state::{Flash, Mode, Stage, State, Tone};
use std::path::PathBuf;
use std::time::Duration;

/// What could not be done, as a sentence for the message line.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store could not.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Nothing is open.
    #[error("No school is open.")]
    NoSchool,
}

/// How long a prefix waits before its box is shown.
const PREFIX_WAIT: Duration = Duration::from_millis(300);
/// How long typing rests before the draft is stored.
const DRAFT_WAIT: Duration = Duration::from_millis(800);
/// How long a first `q` at the top waits for the second.
const QUIT_WAIT: Duration = Duration::from_secs(2);
/// How long a school's name is written large after it came to the front.
const ARRIVED_WAIT: Duration = Duration::from_millis(600);

/// Whether the terminal has told its size, which the first screen depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SizeTold {
    No,
    /// Not yet, and the first screen is to be chosen then.
    Awaited,
    Yes,
}

/// The desk.
pub struct App {
    setup: Setup,
    desk: Option<Desk>,
    /// The records of the school in front.
    store: Option<Store>,
    state: State,
    /// The schools of the desk, in its order.
    kept: Vec<Kept>,
    /// The place of the one in front.
    at: usize,
    /// The place of the one that was in front before.
    before: Option<usize>,
    /// The task of the day across schools that a verb is done to, and whose it is.
    acting_on: Option<(Whose, TaskId)>,
    /// The user's own tasks where there is no desk: scripts and tests.
    own_in_memory: Option<OwnInMemory>,
    /// Which change was the last one made to them.
    own_acted: u64,
    /// The versions of all files that the day shows, as they were when it was read.
    day_seen: Vec<i64>,
    /// How many changes were made, in whatever school.
    acts: u64,
    resume: Resume,
    /// The user's own desk, while the demo is looked at in the first run.
    aside: Option<Aside>,
    /// The number of the last job begun.
    job: u64,
    /// The store's revision the screen shows.
    revision: i64,
    /// The newest row of the journal the screen shows.
    seen: i64,
    /// Keys typed while a key is derived or a desk is made: they act afterwards.
    ahead: Vec<Event>,
    /// Places gone through, the last on top, and those gone back from.
    past: Vec<Place>,
    future: Vec<Place>,
    /// What the terminal's owner is to do next.
    errand: Option<Errand>,
    /// The draft chosen from the list of them, for the form that is opened for it.
    chosen_draft: Option<Mark>,
    /// This run of the program, whose drafts nobody else takes up; kept across the lock.
    session: Option<Session>,
    size_told: SizeTold,
    /// True after a first `q` at the top.
    quitting: bool,
    dirty: bool,
    ended: bool,
}

impl App {
    /// A desk that is not open yet: the lock, or the first run. A demo desk opens at once.
    ///
    /// # Errors
    /// When the desk's files are damaged or of a newer program.
    pub fn new(setup: Setup) -> Result<Self, Error> {
        let mut app = Self::shut(setup);
        app.begin()?;
        Ok(app)
    }

    /// A desk over a store that is open already, without files or keys: scripts and tests.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn over(setup: Setup, store: Store) -> Result<Self, Error> {
        let mut app = Self::shut(setup);
        app.kept.push(Kept::of(&store.school()?));
        app.own_in_memory = Some(OwnInMemory::at(store.now())?);
        app.show_store(store)?;
        app.resume(Resume::default())?;
        Ok(app)
    }

    /// What is open is an invented school, and says so as a demo desk does.
    pub fn mark_demo(&mut self) {
        self.setup.invented = true;
        self.state.school.demo = true;
    }

    /// True where no real child is on file.
    fn is_demo(&self) -> bool {
        self.setup.invented || self.desk.as_ref().is_some_and(Desk::is_demo_desk)
    }

    fn shut(setup: Setup) -> Self {
        Self {
            state: State::new(setup.today, &setup.theme, setup.local),
            setup,
            desk: None,
            store: None,
            kept: Vec::new(),
            at: 0,
            before: None,
            acting_on: None,
            own_in_memory: None,
            own_acted: 0,
            day_seen: Vec::new(),
            acts: 0,
            resume: Resume::default(),
            aside: None,
            job: 0,
            revision: 0,
            seen: 0,
            ahead: Vec::new(),
            past: Vec::new(),
            future: Vec::new(),
            errand: None,
            chosen_draft: None,
            session: None,
            size_told: SizeTold::No,
            quitting: false,
            dirty: true,
            ended: false,
        }
    }

    /// All the screen may see.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The bindings, for hints and help.
    pub fn keymap(&self) -> &Keymap {
        &self.setup.keymap
    }

    /// The store that is open.
    pub fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// True when something changed since it was last asked: then a frame is due, and the rows it shows are loaded.
    /// Asked once for a burst of keys, so that 2,000 keys cost one page of rows.
    pub fn take_dirty(&mut self) -> bool {
        if self.dirty
            && let Err(error) = self.refresh()
        {
            self.say(Tone::Fault, error.to_string());
        }
        std::mem::take(&mut self.dirty)
    }

    /// True once the user has quit.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// The files to be watched for other sessions' saves: the desk's own and the school's; while the day is shown every
    /// school's.
    pub fn watched(&self) -> Vec<PathBuf> {
        let path = |store: &Store| store.path().map(PathBuf::from);
        let own = self.own().and_then(|own| own.path().map(PathBuf::from));
        let all = self
            .stores()
            .take(if self.state.all { usize::MAX } else { 1 });
        all.filter_map(path).chain(own).collect()
    }

    /// The window's title: the program and the school's code, never a child.
    pub fn title(&self) -> String {
        match self.state.school.code.as_str() {
            "" => "sendesk".to_owned(),
            code => format!("sendesk {code}"),
        }
    }

    /// How long a rest from typing must be for [`Event::Pause`] to be wanted.
    pub fn pause_after(&self) -> Option<Duration> {
        if !self.state.pending.is_empty() && !self.state.pending_shown {
            return Some(PREFIX_WAIT);
        }
        if self.state.arrived {
            return Some(ARRIVED_WAIT);
        }
        if self.has_unkept_draft() {
            return Some(DRAFT_WAIT);
        }
        self.quitting.then_some(QUIT_WAIT)
    }

    /// How long without a key before [`Event::Idle`] is wanted.
    pub fn idle_after(&self) -> Option<Duration> {
        if self.desk.is_some() || self.store.is_some() {
            self.setup.idle
        } else {
            None
        }
    }

    /// Something happened.
    pub fn event(&mut self, event: Event) {
        if let Err(error) = self.take(event) {
            self.lost(&error);
            self.say(Tone::Fault, error.to_string());
        }
    }

    fn take(&mut self, event: Event) -> Result<(), Error> {
        if !matches!(event, Event::Resize(..) | Event::Idle | Event::Quit) {
            self.read_rest();
        }
        match event {
            Event::Key(_) | Event::Paste(_) | Event::Stray(_) if self.is_working() => {
                self.ahead.push(event);
                Ok(())
            }
            Event::Key(key) => {
                self.dirty = true;
                self.key(key)
            }
            Event::Paste(text) => {
                self.dirty = true;
                self.paste(&text).map(drop)
            }
            Event::Stray(text) => {
                self.dirty = true;
                self.stray(&text)
            }
            Event::Resize(columns, rows) => {
                self.dirty = true;
                self.state.size = (columns.max(1), rows.max(1));
                match std::mem::replace(&mut self.size_told, SizeTold::Yes) {
                    SizeTold::Awaited => self.open_first(),
                    SizeTold::No | SizeTold::Yes => Ok(()),
                }
            }
            Event::Changed => self.changed(),
            Event::Pause => self.pause(),
            Event::Keep => self.keep_draft(),
            Event::Idle => {
                self.dirty = true;
                self.lock();
                Ok(())
            }
            Event::Day(day) => self.begin_day(day),
            Event::Job(message) => {
                self.dirty = true;
                self.answer(*message)
            }
            Event::Edited(left) => {
                self.dirty = true;
                self.edited(left);
                Ok(())
            }
            Event::Stayed(why) => {
                self.say(Tone::Fault, why);
                Ok(())
            }
            Event::Quit => {
                let kept = self.keep_draft();
                self.ended = true;
                kept
            }
        }
    }

    fn key(&mut self, key: Key) -> Result<(), Error> {
        let begun = self.begins_anew();
        if key == Key::ctrl('l') {
            self.lock();
            return Ok(());
        }
        if key == Key::ctrl('z') {
            self.suspend();
            return Ok(());
        }
        match self.state.stage {
            Stage::Locked(_) => return self.lock_key(key),
            Stage::FirstRun(_) => return self.first_run_key(key),
            Stage::Open => {}
        }
        self.state.flash = None;
        if matches!(self.state.overlays.last(), Some(Overlay::Note(_))) {
            self.state.overlays.pop();
            return Ok(());
        }
        let scopes = scope::scopes(&self.state);
        let mut keys = std::mem::take(&mut self.state.pending);
        self.state.pending_shown = false;
        keys.push(key);
        match self.setup.keymap.look_up(&scopes, &keys) {
            Meaning::Act(action) => {
                self.goes_on_from(begun);
                self.act(action)
            }
            Meaning::Prefix => {
                self.state.pending = keys;
                Ok(())
            }
            Meaning::Nothing => match (key, self.state.mode()) {
                (
                    Key {
                        code: Code::Char(c),
                        ctrl: false,
                        alt: false,
                    },
                    Mode::Type,
                ) if keys.len() == 1 => self.type_in(c),
                (_, Mode::Type) => Ok(()),
                _ => {
                    let shown = keymap::show_sequence(&keys);
                    self.say(
                        Tone::Note,
                        format!("{shown} does nothing here. ? shows every key."),
                    );
                    Ok(())
                }
            },
        }
    }

    fn pause(&mut self) -> Result<(), Error> {
        self.dirty |= std::mem::take(&mut self.state.arrived);
        if !self.state.pending.is_empty() && !self.state.pending_shown {
            self.state.pending_shown = true;
            self.dirty = true;
        } else if self.has_unkept_draft() {
            self.keep_draft()?;
        } else if std::mem::take(&mut self.quitting) {
            self.state.flash = None;
            self.dirty = true;
        }
        Ok(())
    }

    /// Another session may have saved.
    fn changed(&mut self) -> Result<(), Error> {
        self.look_at_files();
        if self.state.all {
            // What was done here shows already, and its row stays where it is.
            if self.day_versions() == self.day_seen {
                return Ok(());
            }
            self.dirty = true;
            return self.load_day();
        }
        let Some(store) = &self.store else {
            return Ok(());
        };
        if store.revision()? != self.revision {
            self.dirty = true;
            self.reload(false)?;
        }
        Ok(())
    }

    /// What stands behind a message of something done: the key that takes it back, or after an undo brings it back. Nothing
    /// in a meeting, where both are out of reach.
    fn way_back(&self, redo: bool) -> String {
        let (name, word) = if redo {
            ("global.redo", "redo")
        } else {
            ("global.undo", "undo")
        };
        if self.state.meeting.is_some() {
            return String::new();
        }
        format!("   {} {word}", self.key_to(name))
    }

    /// Says that a step was taken back, or brought back, and where.
    fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.dirty = true;
        let text = text.into();
        match &mut self.state.stage {
            Stage::Locked(lock) => lock.fault = Some(text),
            Stage::FirstRun(first) => first.fault = Some(text),
            Stage::Open => {
                self.state.flash = Some(Flash { text, tone });
            }
        }
    }
}
