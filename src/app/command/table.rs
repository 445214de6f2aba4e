//! The commands themselves, in the order help shows them.

use super::{Command, Scope, command, field, form, global, list, picker, plan, register};
use crate::app::action::{Action, Edit, Form, Global, List, Picker, Plan, Record, Register};
use crate::app::pane::Pane;
use crate::app::pane::register::Worklist;
use crate::domain::form::Kind;
use crate::domain::pupil::Order;

/// Every command.
pub static COMMANDS: &[Command] = &[
    global(
        "global.find",
        &["f"],
        "Find a pupil from anywhere",
        Global::Find,
    )
    .hint("find")
    .words("finder search name who")
    .start(),
    global("global.new", &["n"], "New pupil", Global::New)
        .hint("new")
        .words("add make")
        .start(),
    global(
        "global.undo",
        &["u"],
        "Undo the last step, also after a restart",
        Global::Undo,
    )
    .hint("undo")
    .words("take back mistake")
    .start(),
    global(
        "global.redo",
        &["U", "ctrl-r"],
        "Redo what was undone",
        Global::Redo,
    )
    .words("bring back"),
    global(
        "global.import",
        &[],
        "Import a pupil list from the school office",
        Global::Import,
    )
    .words("bring in csv sims arbor bromcom office file"),
    global(
        "global.palette",
        &[":", ";"],
        "Command palette: any command by its words",
        Global::Palette,
    )
    .hint("command")
    .start(),
    global(
        "global.help",
        &["?", "f1"],
        "Help: every key, searchable",
        Global::Help,
    )
    .hint("help")
    .start(),
    global(
        "global.menu",
        &["m"],
        "Menu: everything that can be done here",
        Global::Menu,
    ),
    global(
        "global.register",
        &["1"],
        "Register",
        Global::Show(Pane::Register),
    )
    .words("pupils pane go"),
    global(
        "global.provision",
        &["2"],
        "Provision map",
        Global::Show(Pane::Provision),
    )
    .words("pane go"),
    global(
        "global.diary",
        &["3"],
        "Liaison diary",
        Global::Show(Pane::Diary),
    )
    .words("pane go"),
    global(
        "global.tasks",
        &["4"],
        "Task queue",
        Global::Show(Pane::Tasks),
    )
    .words("pane go"),
    global(
        "global.lock",
        &["ctrl-l"],
        "Lock the desk: somebody is behind me",
        Global::Lock,
    )
    .hint("lock")
    .words("privacy hide")
    .start(),
    global(
        "global.refresh",
        &["f5"],
        "Read again and put lists in order",
        Global::Refresh,
    )
    .words("reload sort"),
    global("global.theme", &[], "Next theme", Global::NextTheme)
        .words("colours dark light mono slate"),
    global(
        "global.paths",
        &[],
        "Paths: where everything is kept",
        Global::Paths,
    )
    .words("files folder about"),
    global(
        "global.back",
        &["esc"],
        "Back one level; clears marks, then the filter",
        Global::Back,
    ),
    global(
        "global.close",
        &["q", "ctrl-c"],
        "Close; twice at the top, quit (nothing is ever unsaved)",
        Global::Close,
    )
    .hint("quit")
    .start(),
    global("global.quit", &[], "Quit", Global::Quit).words("exit leave end"),
    list("list.down", &["j", "down", "ctrl-n"], "Down", List::Down),
    list("list.up", &["k", "up", "ctrl-p"], "Up", List::Up),
    list("list.page-down", &["pgdn"], "A page down", List::PageDown),
    list("list.page-up", &["pgup"], "A page up", List::PageUp),
    list(
        "list.half-down",
        &["ctrl-d"],
        "Half a page down",
        List::HalfDown,
    ),
    list("list.half-up", &["ctrl-u"], "Half a page up", List::HalfUp),
    list("list.top", &["g g", "home"], "To the top", List::Top).words("first go"),
    list("list.bottom", &["G", "end"], "To the bottom", List::Bottom).words("last"),
    list(
        "list.peek-down",
        &["J"],
        "Scroll the peek down",
        List::PeekDown,
    ),
    list("list.peek-up", &["K"], "Scroll the peek up", List::PeekUp),
    list("list.open", &["enter"], "Open", List::Open)
        .hint("open")
        .start(),
    register(
        "register.filter",
        &["/"],
        "Filter this list by name or class",
        Register::Filter,
    )
    .hint("filter")
    .words("narrow search")
    .start(),
    register("register.edit", &["e"], "Edit the pupil", Register::Edit)
        .hint("edit")
        .words("change correct form")
        .on_pupil()
        .start(),
    register(
        "register.status",
        &["b s"],
        "What happened: a new SEN status",
        Register::Happened(Kind::Status),
    )
    .words("sen support ehc plan k e n")
    .on_pupil(),
    register(
        "register.need",
        &["b n"],
        "What happened: a new need",
        Register::Happened(Kind::Need),
    )
    .words("primary secondary type")
    .on_pupil(),
    register(
        "register.sen",
        &["w 1"],
        "Worklist: the SEN register, K and E; again shows all",
        Register::Worklist(Worklist::Sen),
    )
    .words("narrow"),
    register(
        "register.unknown",
        &["w 2"],
        "Worklist: status not known",
        Register::Worklist(Worklist::Unknown),
    ),
    register(
        "register.mend",
        &["w 3"],
        "Worklist: records with something to mend",
        Register::Worklist(Worklist::Mend),
    )
    .words("faults errors check"),
    register(
        "register.leavers",
        &["w 4"],
        "Worklist: leavers",
        Register::Worklist(Worklist::Leavers),
    )
    .words("left"),
    register(
        "register.order-name",
        &["o n"],
        "Order by name",
        Register::Order(Order::Name),
    )
    .words("sort"),
    register(
        "register.order-class",
        &["o c"],
        "Order by class",
        Register::Order(Order::Class),
    )
    .words("sort"),
    register(
        "register.order-year",
        &["o y"],
        "Order by year",
        Register::Order(Order::Year),
    )
    .words("sort"),
    register(
        "register.order-status",
        &["o s"],
        "Order by status",
        Register::Order(Order::Status),
    )
    .words("sort"),
    register(
        "register.order-dob",
        &["o d"],
        "Order by date of birth",
        Register::Order(Order::Dob),
    )
    .words("sort age"),
    register(
        "register.reverse",
        &["O"],
        "Turn the order round",
        Register::Reverse,
    ),
    register(
        "register.mark",
        &["space"],
        "Mark and move down",
        Register::Mark,
    )
    .hint("mark"),
    register(
        "register.range",
        &["v"],
        "Mark a range: v, move, v",
        Register::Range,
    ),
    register(
        "register.mark-all",
        &["*"],
        "Mark all shown, or none",
        Register::MarkAll,
    ),
    command(
        "record.edit",
        Scope::Record,
        &["e", "enter"],
        "Edit what the cursor is on",
        Action::Record(Record::Edit),
    )
    .hint("edit")
    .words("change correct form"),
    command(
        "record.status",
        Scope::Record,
        &["b s"],
        "What happened: a new SEN status",
        Action::Register(Register::Happened(Kind::Status)),
    )
    .hint("new status"),
    command(
        "record.need",
        Scope::Record,
        &["b n"],
        "What happened: a new need",
        Action::Register(Register::Happened(Kind::Need)),
    )
    .hint("new need"),
    plan(
        "plan.apply",
        &["y"],
        "Apply the plan as one step; u takes it back",
        Plan::Apply,
    )
    .hint("yes, bring in"),
    plan(
        "plan.tick",
        &["space"],
        "Tick the line, or choose who it is",
        Plan::Tick,
    )
    .hint("tick"),
    plan(
        "plan.leavers",
        &["L"],
        "Tick every pupil who is not in the file as left",
        Plan::TickLeavers,
    )
    .hint("all leavers"),
    plan(
        "plan.leave",
        &["n", "esc", "q"],
        "Leave everything as it was",
        Plan::Leave,
    )
    .hint("no"),
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
        "Next value: a choice, a day later, one more",
        Form::ValueUp,
    ),
    form(
        "form.value-down",
        &["down"],
        "Value before",
        Form::ValueDown,
    )
    .hint("change"),
    form(
        "form.value-far-up",
        &["pgup"],
        "A week later",
        Form::ValueFarUp,
    ),
    form(
        "form.value-far-down",
        &["pgdn"],
        "A week earlier",
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
    picker(
        "picker.take",
        &["enter"],
        "Take the row under the cursor",
        Picker::Take,
    )
    .hint("take"),
    picker("picker.down", &["down", "ctrl-n"], "Down", Picker::Down),
    picker("picker.up", &["up", "ctrl-p"], "Up", Picker::Up),
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
    field("field.word-left", &["alt-b"], "A word left", Edit::WordLeft),
    field(
        "field.word-right",
        &["alt-f"],
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
