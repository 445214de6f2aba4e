//! Everything the user can do, as plain data: printable, comparable, replayable.

use super::overlay::listing::Purpose;
use super::pane::{Marking, Pane};
use crate::domain::contact::ContactKind;
use crate::domain::form::Kind;

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Works everywhere.
    Global(Global),
    /// Moves in whatever list has the focus.
    List(List),
    /// Goes from pane to pane.
    Panes(Panes),
    /// Works on the rows of a pane, or on those of a record.
    Rows(Rows),
    /// Works on the register.
    Register(Register),
    /// Works on the provision map.
    Provision(Provision),
    /// Works on the diary.
    Diary(Diary),
    /// Works on the queue.
    Tasks(Tasks),
    /// Works on the day across schools.
    Day(Day),
    /// Works on a list to take from.
    Listing(Listing),
    /// Works on an open record.
    Record(Record),
    /// Works in a form.
    Form(Form),
    /// Works in a box with a query: finder, palette, help.
    Picker(Picker),
    /// Works on the plan of an import.
    Plan(Plan),
    /// Edits the line being typed.
    Field(Edit),
}

/// Goes from pane to pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panes {
    /// The next one.
    Next,
    /// The one before.
    Previous,
    /// One pane of the Desk as large as the screen, and back.
    Zoom,
}

/// Works everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Global {
    /// Shows a pane.
    Show(Pane),
    /// Shows the four panes.
    Desk,
    /// Goes to a school by its place on the desk, from 1.
    School(u8),
    /// Goes back to the school that was in front before.
    LastSchool,
    /// Schools to choose from.
    Schools,
    /// On which weekdays I am at the school in front.
    MyDays,
    /// From which day records are kept at the school in front.
    KeptFrom,
    /// Shows the day across all schools.
    AllSchools,
    /// Opens the finder.
    Find,
    /// Opens the palette.
    Palette,
    /// Opens help.
    Help,
    /// Everything that can be done here, with its keys.
    Menu,
    /// One level out.
    Back,
    /// Closes what is open; twice at the top, quits.
    Close,
    /// Quits.
    Quit,
    /// Locks the desk.
    Lock,
    /// Takes the last step back.
    Undo,
    /// Brings it back.
    Redo,
    /// Reads everything again and puts lists in order.
    Refresh,
    /// Makes a backup of the school on screen.
    BackUp,
    /// A new record of the screen's kind.
    New,
    /// A new record of this kind.
    Make(Kind),
    /// Logs a contact.
    Log(ContactKind),
    /// Puts the pupils at hand on provision.
    PutOn,
    /// The add line.
    Add,
    /// Follows the record under the cursor.
    Go(Journey),
    /// Back in the places gone through.
    Past,
    /// Forward again.
    Future,
    /// A list to take from.
    List(Purpose),
    /// Enters the usual term dates of this year.
    UsualTerms,
    /// Suspends the program; the desk is locked.
    Suspend,
    /// Hides names, or shows them again.
    HideNames,
    /// Copies one thing of the row under the cursor.
    Copy(Copied),
    /// Shows one child alone, for a screen others look at.
    Meeting,
    /// Brings in a pupil list.
    Import,
    /// Themes to choose from.
    Theme,
    /// Where things are kept.
    Paths,
}

/// What is copied to the terminal's clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// The record's reference, such as `c12`.
    Reference,
    /// The phone number of a person around the child.
    Phone,
    /// The e-mail address of one.
    Email,
    /// The child's name.
    Name,
    /// The words of an entry or task.
    Words,
    /// The child's UPN.
    Upn,
}

impl Copied {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Phone => "phone number",
            Self::Email => "e-mail address",
            Self::Name => "name",
            Self::Words => "words",
            Self::Upn => "UPN",
        }
    }
}

/// Moves in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Down one.
    Down,
    /// Up one.
    Up,
    /// Down half a page.
    HalfDown,
    /// Up half a page.
    HalfUp,
    /// Down a page.
    PageDown,
    /// Up a page.
    PageUp,
    /// To the first row.
    Top,
    /// To the last row.
    Bottom,
    /// Scrolls the peek down.
    PeekDown,
    /// Scrolls the peek up.
    PeekUp,
    /// Goes in.
    Open,
}

/// Where `g` leads from the record under the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Journey {
    /// To the pupil's record.
    Pupil,
    /// To the pupil's tasks.
    Tasks,
    /// To the pupil's diary.
    Diary,
    /// To the pupil's provision.
    Provision,
    /// To the people around the pupil.
    People,
    /// To the history of the record.
    History,
    /// To the contact that a task follows up.
    Source,
}

/// Works on the rows of a pane, or on those of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Starts typing a filter.
    Filter,
    /// Turns the order round.
    Reverse,
    /// Marks rows.
    Mark(Marking),
    /// Opens the edit form; evidence is amended instead.
    Edit,
    /// Edits the cell under the cursor.
    Cell,
    /// One cell left.
    CellLeft,
    /// One cell right.
    CellRight,
    /// Ticks tasks, or opens them again.
    Tick,
    /// Asks for a date.
    Date,
    /// A school day later.
    DayLater,
    /// A school day earlier.
    DayEarlier,
    /// A week later.
    WeekLater,
    /// A week earlier.
    WeekEarlier,
    /// Urgent, or no longer.
    Urgent,
    /// The last entry about this child again.
    Repeat,
    /// To the bin; evidence is struck instead.
    Bin,
    /// Adds to a contact without changing it.
    Amend,
    /// Strikes a contact, with a reason.
    Strike,
}

impl Rows {
    /// True for what is done to a row of the day across schools, in the row's own school.
    pub const fn works_across(self) -> bool {
        matches!(
            self,
            Self::Tick
                | Self::Date
                | Self::Urgent
                | Self::DayLater
                | Self::DayEarlier
                | Self::WeekLater
                | Self::WeekEarlier
                | Self::Edit
                | Self::Bin
                | Self::Repeat
        )
    }
}

/// Works on the diary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Diary {
    /// Shows a worklist, or everything when it is shown already.
    Worklist(super::pane::diary::Worklist),
    /// Orders the list.
    Order(super::pane::diary::Order),
}

/// Works on the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tasks {
    /// Shows a worklist, or everything when it is shown already.
    Worklist(super::pane::tasks::Worklist),
    /// Orders the list.
    Order(super::pane::tasks::Order),
}

/// Works on the day across schools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// The day after the one shown.
    Next,
    /// The day before it.
    Previous,
    /// What is due before the next visit of each school alone; again, all.
    BeforeVisit,
}

/// Works on a list to take from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// Adds a row of what the list is of, where that is records.
    New,
    /// Adds a closure to the term dates.
    NewClosure,
    /// Takes the row out for good, where that is possible.
    Remove,
}

/// Works on the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    /// Shows a worklist, or everyone when it is shown already.
    Worklist(super::pane::register::Worklist),
    /// Orders by a column.
    Order(crate::domain::pupil::Order),
    /// A new status, need or person for the pupils chosen.
    Happened(Kind),
}

/// Works on the provision map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provision {
    /// Shows a worklist, or all again when it is shown already.
    Worklist(super::pane::provision::Worklist),
    /// Lays the map out by provision or by child.
    By(super::pane::provision::By),
    /// A session of the run under the cursor, held or missed.
    Session,
    /// The places of children on the run.
    Places,
    /// Planned cost anew, at the rate on file by now.
    Recost,
}

/// Works on an open record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// Edits the pupil, status or need under the cursor.
    Edit,
}

/// Works in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Saves.
    Save,
    /// Next field.
    Next,
    /// Previous field.
    Previous,
    /// A day later, one more, the offer above.
    ValueUp,
    /// A day earlier, one fewer, the offer below.
    ValueDown,
    /// A week later, seven more.
    ValueFarUp,
    /// A week earlier, seven fewer.
    ValueFarDown,
    /// Back to the list, the draft kept.
    Leave,
    /// Throws the draft away and starts afresh.
    Afresh,
    /// A new line in words of several lines.
    NewLine,
    /// The words in the user's own editor.
    Editor,
}

/// Works in a box with a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picker {
    /// Takes the row under the cursor.
    Take,
    /// Down one.
    Down,
    /// Up one.
    Up,
    /// Down a page.
    PageDown,
    /// Up a page.
    PageUp,
    /// Closes the box.
    Leave,
    /// Completes what is typed.
    Complete,
}

/// Works on the plan of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// Applies it as one step.
    Apply,
    /// Ticks the line under the cursor, or takes the next choice.
    Tick,
    /// Ticks every leaver, or none.
    TickLeavers,
    /// Leaves everything as it was.
    Leave,
}

/// Edits the line being typed, as readline does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// One grapheme left.
    Left,
    /// One grapheme right.
    Right,
    /// One word left.
    WordLeft,
    /// One word right.
    WordRight,
    /// To the start.
    Start,
    /// To the end.
    End,
    /// Takes out the grapheme before the caret.
    Backspace,
    /// Takes out the grapheme after the caret.
    Delete,
    /// Takes out the word before the caret.
    CutWord,
    /// Takes out all before the caret.
    CutToStart,
    /// Takes out all after the caret.
    CutToEnd,
    /// Undoes typing.
    Undo,
}
