//! All that the screen may see. It holds no store: drawing can neither change anything nor ask for more.

use super::field::Field;
use super::first_run::FirstRun;
use super::key::Key;
use super::overlay::Overlay;
use super::pane::Pane;
use super::pane::day::Day;
use super::pane::desk::{Desk, Front};
use super::pane::diary::Diary;
use super::pane::provision::Provision;
use super::pane::register::Register;
use super::pane::tasks::Tasks;
use crate::domain::calendar::Calendar;
use crate::domain::finder::NameIndex;
use crate::domain::form::Known;
use crate::domain::id::PupilId;
use crate::domain::veil::Veil;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use std::cell::OnceCell;
use std::sync::Arc;

/// Where the program stands.
#[derive(Debug)]
pub enum Stage {
    /// No desk yet: the questions of the first run.
    FirstRun(Box<FirstRun>),
    /// Locked: nothing of any child is in memory.
    Locked(Lock),
    /// A desk without a school: asks for the first.
    Open,
}

/// The lock.
#[derive(Debug)]
pub struct Lock {
    /// The passphrase being typed.
    pub input: Field,
    /// What to say: wrong passphrase, a damaged file.
    pub fault: Option<String>,
    /// True while the key is derived.
    pub working: bool,
    /// True for invented data: Enter opens it.
    pub demo: bool,
}

impl Default for Lock {
    fn default() -> Self {
        Self {
            // From the first letter on, typed or pasted.
            input: Field::secret(),
            fault: None,
            working: false,
            demo: false,
        }
    }
}

/// How urgent a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something to know.
    Note,
    /// Something could not be done.
    Fault,
}

/// The message line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    /// A sentence.
    pub text: String,
    /// How urgent.
    pub tone: Tone,
}

/// The school on screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SchoolTag {
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Its place among the schools, which gives its colour.
    pub place: usize,
    /// How many schools this desk holds: with more than one the code runs down the left edge.
    pub schools: usize,
    /// Invented data.
    pub demo: bool,
    /// The file can only be read.
    pub read_only: bool,
    /// The day the newest step worked on, where that comes after the working date: lists are not the state of that day.
    pub later: Option<NaiveDate>,
}

/// A school of the desk, to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// What of the screen is one school's own: it is kept while another school is in front.
#[derive(Debug, Default)]
pub(super) struct Own {
    calendar: Arc<Calendar>,
    known: OnceCell<Arc<Known>>,
    school: SchoolTag,
    pane: Pane,
    desk: Desk,
    register: Register,
    provision: Provision,
    diary: Diary,
    tasks: Tasks,
    overlays: Vec<Overlay>,
}

impl Own {
    /// True before the school was first shown.
    pub(super) fn is_unseen(&self) -> bool {
        self.school.code.is_empty()
    }

    /// Everyone's name there.
    pub(super) fn index(&self) -> &NameIndex {
        &self.register.index
    }

    /// Tells it how many schools the desk holds.
    pub(super) fn count(&mut self, schools: usize) {
        self.school.schools = schools;
    }

    /// Forgets every name, for a locked desk; orders and worklists stay. Every part is named here, so that a new one
    /// cannot be forgotten.
    pub(super) fn wipe(&mut self) {
        let Self {
            calendar,
            known,
            school: _,
            pane: _,
            desk,
            register,
            provision,
            diary,
            tasks,
            overlays,
        } = self;
        *calendar = Arc::default();
        *known = OnceCell::new();
        overlays.clear();
        register.wipe();
        diary.wipe();
        tasks.wipe();
        provision.wipe();
        desk.wipe();
    }
}

/// A meeting: one child is shown alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    /// Whom it is about.
    pub pupil: PupilId,
    /// Names were hidden before it began.
    pub hidden: bool,
    /// The first of the two keys that end it was pressed.
    pub ending: bool,
}

/// Which key mode the bottom line names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Letters are verbs.
    Nav,
    /// Letters are text.
    Type,
    /// Nothing is shown.
    Lock,
}

/// All that the screen may see.
#[derive(Debug)]
pub struct State {
    /// Where the program stands.
    pub stage: Stage,
    /// The working date.
    pub today: NaiveDate,
    /// Tells what the clock on the wall showed at a moment.
    pub local: fn(DateTime<Utc>) -> NaiveDateTime,
    /// The school's calendar.
    pub calendar: Arc<Calendar>,
    /// What forms take by name.
    pub known: OnceCell<Arc<Known>>,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The school on screen.
    pub school: SchoolTag,
    /// The schools of the desk, in its order.
    pub schools: Vec<Listed>,
    /// True while the day across all schools is shown and no school is in front.
    pub all: bool,
    /// The day across all schools.
    pub day: Day,
    /// True for a moment after another school came to the front: its name is written large.
    pub arrived: bool,
    /// The pane in front; on the Desk the one that has the keys.
    pub pane: Pane,
    /// The four together.
    pub desk: Desk,
    /// The register.
    pub register: Register,
    /// The provision map.
    pub provision: Provision,
    /// The liaison diary.
    pub diary: Diary,
    /// The task queue.
    pub tasks: Tasks,
    /// Layers over the panes, the last on top.
    pub overlays: Vec<Overlay>,
    /// Keys of a prefix so far.
    pub pending: Vec<Key>,
    /// True once the prefix has waited long enough for its box.
    pub pending_shown: bool,
    /// The message line.
    pub flash: Option<Flash>,
    /// The theme in force, by name; the screen is drawn in [`State::shown_theme`].
    pub theme: String,
    /// Who is not to be named, while names are hidden.
    pub veil: Option<Arc<Veil>>,
    /// The child that is shown alone.
    pub meeting: Option<Meeting>,
    /// What is under way in the background.
    pub busy: Option<&'static str>,
}

impl State {
    /// A state before anything is open.
    pub fn new(today: NaiveDate, theme: &str, local: fn(DateTime<Utc>) -> NaiveDateTime) -> Self {
        Self {
            stage: Stage::Locked(Lock::default()),
            today,
            local,
            calendar: Arc::default(),
            known: OnceCell::new(),
            size: (80, 24),
            school: SchoolTag::default(),
            schools: Vec::new(),
            all: false,
            day: Day::default(),
            arrived: false,
            pane: Pane::Register,
            desk: Desk::default(),
            register: Register::default(),
            provision: Provision::default(),
            diary: Diary::default(),
            tasks: Tasks::default(),
            overlays: Vec::new(),
            pending: Vec::new(),
            pending_shown: false,
            flash: None,
            theme: theme.to_owned(),
            veil: None,
            meeting: None,
            busy: None,
        }
    }

    /// Puts what is one school's own in the place of what another left, and the other way round. Every part of the
    /// state is named here, so that a new one cannot stay behind in the wrong school.
    pub(super) fn exchange(&mut self, own: &mut Own) {
        let Self {
            stage: _,
            today: _,
            local: _,
            size: _,
            schools: _,
            all: _,
            day: _,
            arrived: _,
            pending: _,
            pending_shown: _,
            flash: _,
            theme: _,
            busy: _,
            // Of every school: hidden stays hidden. No school is left during a meeting.
            veil: _,
            meeting: _,
            calendar,
            known,
            school,
            pane,
            desk,
            register,
            provision,
            diary,
            tasks,
            overlays,
        } = self;
        std::mem::swap(calendar, &mut own.calendar);
        std::mem::swap(known, &mut own.known);
        std::mem::swap(school, &mut own.school);
        std::mem::swap(pane, &mut own.pane);
        std::mem::swap(desk, &mut own.desk);
        std::mem::swap(register, &mut own.register);
        std::mem::swap(provision, &mut own.provision);
        std::mem::swap(diary, &mut own.diary);
        std::mem::swap(tasks, &mut own.tasks);
        std::mem::swap(overlays, &mut own.overlays);
    }

    /// Forgets every name of the school in front, for a locked desk.
    pub(super) fn wipe(&mut self) {
        let mut own = Own::default();
        self.exchange(&mut own);
        own.wipe();
        self.exchange(&mut own);
    }

    /// True once the desk is unlocked.
    pub fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open)
    }

    /// True while all four panes are on the screen.
    pub fn is_tiled(&self) -> bool {
        self.desk.front == Front::Desk
    }

    /// True for a pane whose list is kept up to date: the one in front, or each of the Desk's.
    pub fn shows(&self, pane: Pane) -> bool {
        self.pane == pane || self.desk.front != Front::Pane
    }

    /// True for the pane that has the keys, with nothing lying over it.
    pub fn has_keys(&self, pane: Pane) -> bool {
        self.pane == pane && self.overlays.is_empty() && !self.all
    }

    /// The theme to draw in: the one under the cursor while one is chosen, or else the one in force.
    pub fn shown_theme(&self) -> &str {
        match self.overlays.last() {
            Some(Overlay::Themes(open)) => open.current().map_or(&self.theme, |row| &row.theme),
            _ => &self.theme,
        }
    }

    /// What letters do now.
    pub fn mode(&self) -> Mode {
        match (&self.stage, self.overlays.last()) {
            (Stage::Locked(_), _) => Mode::Lock,
            (Stage::FirstRun(_), _)
            | (
                _,
                Some(
                    Overlay::Form(_)
                    | Overlay::Finder(_)
                    | Overlay::Chooser(_)
                    | Overlay::Themes(_)
                    | Overlay::Path(_)
                    | Overlay::Add(_)
                    | Overlay::Date(_)
                    | Overlay::PutOn(_)
                    | Overlay::Schools(_),
                ),
            ) => Mode::Type,
            (_, None) if self.filter_typed().is_some() => Mode::Type,
            _ => Mode::Nav,
        }
    }

    /// The filter of the pane in front, while it is being typed.
    pub fn filter_typed(&self) -> Option<&Field> {
        let (filter, typing) = match self.pane {
            Pane::Register => (&self.register.narrow.filter, self.register.narrow.typing),
            Pane::Diary => (&self.diary.narrow.filter, self.diary.narrow.typing),
            Pane::Tasks => (&self.tasks.narrow.filter, self.tasks.narrow.typing),
            Pane::Provision => (&self.provision.narrow.filter, self.provision.narrow.typing),
        };
        typing.then_some(filter)
    }

    /// The filter being typed, to be typed into.
    pub(super) fn filter_typed_mut(&mut self) -> Option<&mut Field> {
        let (filter, typing) = match self.pane {
            Pane::Register => {
                let narrow = &mut self.register.narrow;
                (&mut narrow.filter, narrow.typing)
            }
            Pane::Diary => {
                let narrow = &mut self.diary.narrow;
                (&mut narrow.filter, narrow.typing)
            }
            Pane::Tasks => {
                let narrow = &mut self.tasks.narrow;
                (&mut narrow.filter, narrow.typing)
            }
            Pane::Provision => {
                let narrow = &mut self.provision.narrow;
                (&mut narrow.filter, narrow.typing)
            }
        };
        typing.then_some(filter)
    }
}
