//! Every command in one table: name, place, keys, help line, palette words, action.
//!
//! Key maps, the line of keys, which-key boxes, help, palette, README and `sendesk keys` are made from it,
//! so that help cannot drift from truth.

mod copy;
mod day;
mod global;
mod pane;
mod table;
mod typing;

pub use table::COMMANDS;

use super::action::{
    Action, Diary, Edit, Form, Global, List, Panes, Picker, Plan, Provision, Register, Rows, Tasks,
};

/// Where a command works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Everywhere on the desk.
    Global,
    /// From pane to pane.
    Panes,
    /// In a list.
    List,
    /// On the rows of a pane, or of a record.
    Rows,
    /// In the register.
    Register,
    /// In the provision map.
    Provision,
    /// In the diary.
    Diary,
    /// In the queue.
    Tasks,
    /// In the day across schools.
    Day,
    /// In a list to take from.
    Listing,
    /// In an open record.
    Record,
    /// On the plan of an import.
    Plan,
    /// In a form.
    Form,
    /// In a box with a query.
    Picker,
    /// Wherever a line is typed.
    Field,
}

impl Scope {
    /// All places, in the order of help.
    pub const ALL: [Self; 15] = [
        Self::Global,
        Self::Panes,
        Self::List,
        Self::Rows,
        Self::Register,
        Self::Provision,
        Self::Diary,
        Self::Tasks,
        Self::Day,
        Self::Listing,
        Self::Record,
        Self::Plan,
        Self::Form,
        Self::Picker,
        Self::Field,
    ];

    /// Its word in `keys.toml`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Panes => "panes",
            Self::List => "list",
            Self::Rows => "rows",
            Self::Register => "register",
            Self::Provision => "provision",
            Self::Diary => "diary",
            Self::Tasks => "tasks",
            Self::Day => "day",
            Self::Listing => "listing",
            Self::Record => "record",
            Self::Plan => "plan",
            Self::Form => "form",
            Self::Picker => "picker",
            Self::Field => "field",
        }
    }

    /// Its heading in help.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Global => "Everywhere",
            Self::Panes => "From pane to pane",
            Self::List => "In a list",
            Self::Rows => "On a row",
            Self::Register => "Register",
            Self::Provision => "Provision map",
            Self::Diary => "Liaison diary",
            Self::Tasks => "Task queue",
            Self::Day => "The day across schools",
            Self::Listing => "Bin, undo list, drafts, term dates",
            Self::Record => "A pupil's record",
            Self::Plan => "The plan of an import",
            Self::Form => "Forms",
            Self::Picker => "Finder, palette and help",
            Self::Field => "While typing",
        }
    }

    /// Why a command of this place cannot be run elsewhere.
    pub const fn place(self) -> &'static str {
        match self {
            Self::Global => "not here",
            Self::Panes => "needs a pane with nothing over it",
            Self::List => "needs a list",
            Self::Rows => "needs a row of a pane",
            Self::Register => "needs the register (1)",
            Self::Provision => "needs the provision map (2)",
            Self::Diary => "needs the diary (3)",
            Self::Tasks => "needs the task queue (4)",
            Self::Day => "needs the day across schools (0)",
            Self::Listing => "needs a list to take from",
            Self::Record => "needs an open record",
            Self::Plan => "needs the plan of an import",
            Self::Form => "needs a form",
            Self::Picker | Self::Field => "only while typing",
        }
    }

    /// True where letters are text.
    pub const fn is_typing(self) -> bool {
        matches!(self, Self::Form | Self::Picker | Self::Field)
    }
}

/// One command.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// `scope.verb`; stable, for scripts and key maps.
    pub name: &'static str,
    /// Where it works.
    pub scope: Scope,
    /// Its default keys; keys of a sequence are apart by a space.
    pub keys: &'static [&'static str],
    /// What it does, as help says it.
    pub title: &'static str,
    /// One or two words for the line of keys; empty when it has no place there.
    pub hint: &'static str,
    /// More words the palette finds it by.
    pub words: &'static str,
    /// True when it works on the pupil under the cursor.
    pub needs_pupil: bool,
    /// True when words may follow its own in the palette, as in `theme paper`.
    pub takes_words: bool,
    /// True for the keys that are hinted before others.
    pub start: bool,
    /// Its place among the ten lines help starts with, in the order of a day's work; 0 for none. Commands of one place
    /// share a line.
    pub lesson: u8,
    /// What it does.
    pub action: Action,
}

const fn command(
    name: &'static str,
    scope: Scope,
    keys: &'static [&'static str],
    title: &'static str,
    action: Action,
) -> Command {
    Command {
        name,
        scope,
        keys,
        title,
        hint: "",
        words: "",
        needs_pupil: false,
        takes_words: false,
        start: false,
        lesson: 0,
        action,
    }
}

impl Command {
    const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    const fn words(mut self, words: &'static str) -> Self {
        self.words = words;
        self
    }

    const fn on_pupil(mut self) -> Self {
        self.needs_pupil = true;
        self
    }

    const fn takes_words(mut self) -> Self {
        self.takes_words = true;
        self
    }

    const fn start(mut self) -> Self {
        self.start = true;
        self
    }

    const fn lesson(mut self, place: u8) -> Self {
        self.lesson = place;
        self
    }
}

const fn global(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    action: Global,
) -> Command {
    command(name, Scope::Global, keys, title, Action::Global(action))
}

const fn list(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    action: List,
) -> Command {
    command(name, Scope::List, keys, title, Action::List(action))
}

const fn panes(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    action: Panes,
) -> Command {
    command(name, Scope::Panes, keys, title, Action::Panes(action))
}

const fn rows(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    action: Rows,
) -> Command {
    command(name, Scope::Rows, keys, title, Action::Rows(action))
}

const fn register(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    action: Register,
) -> Command {
    command(name, Scope::Register, keys, title, Action::Register(action))
}

const fn provision(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    action: Provision,
) -> Command {
    command(
        name,
        Scope::Provision,
        keys,
        title,
        Action::Provision(action),
    )
}

const fn diary(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    action: Diary,
) -> Command {
    command(name, Scope::Diary, keys, title, Action::Diary(action))
}

const fn tasks(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    action: Tasks,
) -> Command {
    command(name, Scope::Tasks, keys, title, Action::Tasks(action))
}

const fn form(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    action: Form,
) -> Command {
    command(name, Scope::Form, keys, title, Action::Form(action))
}

const fn picker(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    action: Picker,
) -> Command {
    command(name, Scope::Picker, keys, title, Action::Picker(action))
}

const fn plan(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    action: Plan,
) -> Command {
    command(name, Scope::Plan, keys, title, Action::Plan(action))
}

const fn field(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    action: Edit,
) -> Command {
    command(name, Scope::Field, keys, title, Action::Field(action))
}

/// A command by name.
pub fn named(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}
