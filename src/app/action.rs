//! Everything the user can do, as plain data: printable, comparable, replayable.

use super::pane::Pane;
use crate::domain::form::Kind;
use crate::domain::id::PupilId;

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Works everywhere.
    Global(Global),
    /// Moves in whatever list has the focus.
    List(List),
    /// Works on the register.
    Register(Register),
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

/// Works everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Global {
    /// Shows a pane.
    Show(Pane),
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
    /// A new record of the screen's kind.
    New,
    /// Brings in a pupil list.
    Import,
    /// The next theme.
    NextTheme,
    /// Where things are kept.
    Paths,
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

/// Works on the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    /// Starts typing a filter.
    Filter,
    /// Shows a worklist, or everyone when it is shown already.
    Worklist(super::pane::register::Worklist),
    /// Orders by a column.
    Order(crate::domain::pupil::Order),
    /// Turns the order round.
    Reverse,
    /// Marks the row and moves down.
    Mark,
    /// Starts or ends a range of marks.
    Range,
    /// Marks every row shown.
    MarkAll,
    /// Opens the edit form.
    Edit,
    /// A new status or need for the pupil under the cursor.
    Happened(Kind),
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
    /// The next value: an offer, a day later, one more.
    ValueUp,
    /// The value before.
    ValueDown,
    /// Seven values on.
    ValueFarUp,
    /// Seven values back.
    ValueFarDown,
    /// Back to the list, the draft kept.
    Leave,
    /// Throws the draft away and starts afresh.
    Afresh,
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

/// What a pane asks the desk to do next: panes talk to each other only this way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Nothing.
    Nothing,
    /// Opens a pupil's record.
    Open(PupilId),
    /// Opens a form for a new record, about a pupil when it belongs to one.
    New(Kind, Option<PupilId>),
    /// Opens the form of a record.
    Edit(Kind, i64),
    /// Says something on the message line.
    Say(String),
}
