//! Commands of forms, of boxes with a query, and of the line being typed.

use super::{Command, field, form, picker};
use crate::app::action::{Edit, Form, Picker};

pub(super) const COMMANDS: &[Command] = &[
    form(
        "form.save",
        &["enter", "ctrl-s"],
        "Save, from any field",
        Form::Save,
    )
    .hint("save"),
    form("form.next", &["tab"], "Next field", Form::Next).hint("next"),
    form(
        "form.previous",
        &["shift-tab"],
        "Previous field",
        Form::Previous,
    ),
    form(
        "form.value-up",
        &["up"],
        "A day later, one more, the choice above",
        Form::ValueUp,
    ),
    form(
        "form.value-down",
        &["down"],
        "A day earlier, one fewer, the choice below",
        Form::ValueDown,
    )
    .hint("change"),
    form(
        "form.value-far-up",
        &["pgup"],
        "A week later, seven more",
        Form::ValueFarUp,
    ),
    form(
        "form.value-far-down",
        &["pgdn"],
        "A week earlier, seven fewer",
        Form::ValueFarDown,
    ),
    form(
        "form.leave",
        &["esc", "ctrl-c"],
        "Back, keeping the draft",
        Form::Leave,
    )
    .hint("keep draft"),
    form(
        "form.afresh",
        &["ctrl-t"],
        "Throw the draft away and start afresh",
        Form::Afresh,
    ),
    form(
        "form.new-line",
        &["ctrl-j"],
        "New line in the words",
        Form::NewLine,
    ),
    form(
        "form.editor",
        &["ctrl-x"],
        "The words in your own editor ($VISUAL, $EDITOR)",
        Form::Editor,
    ),
    picker(
        "picker.take",
        &["enter"],
        "Take the row under the cursor",
        Picker::Take,
    )
    .hint("take"),
    picker(
        "picker.down",
        &["down", "ctrl-n"],
        "Down; on a day: a day earlier",
        Picker::Down,
    ),
    picker(
        "picker.up",
        &["up", "ctrl-p"],
        "Up; on a day: a day later",
        Picker::Up,
    ),
    picker(
        "picker.page-down",
        &["pgdn"],
        "A page down; on a day: a week earlier",
        Picker::PageDown,
    ),
    picker(
        "picker.page-up",
        &["pgup"],
        "A page up; on a day: a week later",
        Picker::PageUp,
    ),
    picker(
        "picker.complete",
        &["tab"],
        "Complete what is typed",
        Picker::Complete,
    ),
    picker(
        "picker.leave",
        &["esc", "ctrl-c"],
        "Close the box",
        Picker::Leave,
    )
    .hint("close"),
    field("field.left", &["left", "ctrl-b"], "Left", Edit::Left),
    field("field.right", &["right", "ctrl-f"], "Right", Edit::Right),
    field(
        "field.word-left",
        &["alt-b", "ctrl-left"],
        "A word left",
        Edit::WordLeft,
    ),
    field(
        "field.word-right",
        &["alt-f", "ctrl-right"],
        "A word right",
        Edit::WordRight,
    ),
    field(
        "field.start",
        &["home", "ctrl-a"],
        "To the start of the line",
        Edit::Start,
    ),
    field(
        "field.end",
        &["end", "ctrl-e"],
        "To the end of the line",
        Edit::End,
    ),
    field(
        "field.backspace",
        &["backspace"],
        "Take out the character before",
        Edit::Backspace,
    ),
    field(
        "field.delete",
        &["delete", "ctrl-d"],
        "Take out the character after",
        Edit::Delete,
    ),
    field(
        "field.cut-word",
        &["ctrl-w"],
        "Take out the word before",
        Edit::CutWord,
    ),
    field(
        "field.cut-to-start",
        &["ctrl-u"],
        "Take out everything before",
        Edit::CutToStart,
    ),
    field(
        "field.cut-to-end",
        &["ctrl-k"],
        "Take out everything after",
        Edit::CutToEnd,
    ),
    field("field.undo", &["ctrl-_"], "Undo typing", Edit::Undo),
];
