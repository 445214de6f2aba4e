//! Commands that work everywhere on the desk.

use super::{Command, global};
use crate::app::action::{Global, Journey};
use crate::app::overlay::listing::Purpose;
use crate::app::pane::Pane;
use crate::domain::contact::ContactKind;
use crate::domain::form::Kind;

/// The way to a school of the desk.
const fn school(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    place: u8,
) -> Command {
    global(name, keys, title, Global::School(place)).words("switch")
}

pub(super) const COMMANDS: &[Command] = &[
    global(
        "global.find",
        &["f"],
        "Find a pupil from anywhere",
        Global::Find,
    )
    .hint("find")
    .words("finder search name who")
    .start()
    .lesson(2),
    global(
        "global.new",
        &["n"],
        "New, of this pane's kind: pupil, provision, contact, task",
        Global::New,
    )
    .hint("new")
    .words("add make"),
    global(
        "global.add",
        &["a"],
        "Add line: one line for any kind of entry",
        Global::Add,
    )
    .hint("add")
    .words("quick capture")
    .start(),
    global("global.task", &["t"], "New task", Global::Make(Kind::Task))
        .hint("task")
        .words("todo promise remind")
        .lesson(4),
    global(
        "global.put-on",
        &["p"],
        "Put the pupil, or all marked, on provision",
        Global::PutOn,
    )
    .hint("put on")
    .words("intervention group join member provision"),
    global(
        "global.log-phone",
        &["c p"],
        "Log a phone call",
        Global::Log(ContactKind::Phone),
    )
    .words("contact phoned rang ring")
    .lesson(3),
    global(
        "global.log-in-person",
        &["c g"],
        "Log a conversation in person",
        Global::Log(ContactKind::InPerson),
    )
    .words("contact gate corridor talk"),
    global(
        "global.log-email",
        &["c e"],
        "Log an e-mail",
        Global::Log(ContactKind::Email),
    )
    .words("contact mail"),
    global(
        "global.log-meeting",
        &["c m"],
        "Log a meeting",
        Global::Log(ContactKind::Meeting),
    )
    .words("contact met"),
    global(
        "global.log-visit",
        &["c v"],
        "Log a visit",
        Global::Log(ContactKind::Visit),
    )
    .words("contact visited"),
    global(
        "global.log-letter",
        &["c l"],
        "Log a letter",
        Global::Log(ContactKind::Letter),
    )
    .words("contact post"),
    global(
        "global.log-text",
        &["c t"],
        "Log a text or app message",
        Global::Log(ContactKind::Text),
    )
    .words("contact sms"),
    global(
        "global.log-note",
        &["c n"],
        "Log a file note",
        Global::Log(ContactKind::Note),
    )
    .words("contact observation"),
    global(
        "global.log-safeguarding",
        &["c s"],
        "Log that it is in the safeguarding system",
        Global::Log(ContactKind::Safeguarding),
    )
    .words("contact cpoms dsl no detail"),
    global(
        "global.go-pupil",
        &["g p"],
        "Go to the pupil's record",
        Global::Go(Journey::Pupil),
    )
    .words("child open")
    .on_pupil(),
    global(
        "global.go-diary",
        &["g d"],
        "Go to the pupil's diary",
        Global::Go(Journey::Diary),
    )
    .words("contacts")
    .on_pupil(),
    global(
        "global.go-tasks",
        &["g t"],
        "Go to the pupil's tasks",
        Global::Go(Journey::Tasks),
    )
    .on_pupil(),
    global(
        "global.go-provision",
        &["g v"],
        "Go to the pupil's provision",
        Global::Go(Journey::Provision),
    )
    .words("interventions help gets")
    .on_pupil(),
    global(
        "global.go-people",
        &["g c"],
        "Go to the people around the pupil",
        Global::Go(Journey::People),
    )
    .words("parents contacts phone")
    .on_pupil(),
    global(
        "global.go-source",
        &["g s"],
        "Go to the contact a task follows up",
        Global::Go(Journey::Source),
    ),
    global(
        "global.go-history",
        &["g h"],
        "Go to the history of this record",
        Global::Go(Journey::History),
    )
    .words("who changed audit"),
    global(
        "global.steps",
        &["g u"],
        "Undo list: what was done, and take back one",
        Global::List(Purpose::Steps),
    )
    .words("history steps"),
    global("global.bin", &["g b"], "Bin", Global::List(Purpose::Bin)).words("deleted restore"),
    global(
        "global.drafts",
        &[],
        "Drafts: what was begun and not saved",
        Global::List(Purpose::Drafts),
    )
    .words("unsaved"),
    global(
        "global.calendar",
        &[],
        "Term dates and closures",
        Global::List(Purpose::Calendar),
    )
    .words("half-term holiday inset calendar"),
    global(
        "global.usual-terms",
        &[],
        "Usual terms: this year's half-terms, to be put right",
        Global::UsualTerms,
    )
    .words("term dates half-term holiday calendar"),
    global(
        "global.hours",
        &[],
        "Hours: what each week took at this school",
        Global::List(Purpose::Hours),
    )
    .words("time log shared senco"),
    global(
        "global.new-pupil",
        &[],
        "New pupil",
        Global::Make(Kind::Pupil),
    )
    .words("add child"),
    global(
        "global.new-term",
        &[],
        "New term, or half of one",
        Global::Make(Kind::Term),
    )
    .words("dates half-term"),
    global(
        "global.new-closure",
        &[],
        "New closure: a school day without school",
        Global::Make(Kind::Closure),
    )
    .words("inset snow"),
    global(
        "global.new-hours",
        &[],
        "New hours: what a week took at this school",
        Global::Make(Kind::Hours),
    )
    .words("time log"),
    global(
        "global.new-staff",
        &[],
        "New member of staff, to run provision",
        Global::Make(Kind::Staff),
    )
    .words("adult ta teacher"),
    global(
        "global.new-rate",
        &[],
        "New rate: what an hour of somebody costs",
        Global::Make(Kind::Rate),
    )
    .words("pay cost money"),
    global(
        "global.new-provision-type",
        &[],
        "New provision type: a kind of help and its usual shape",
        Global::Make(Kind::ProvisionType),
    )
    .words("intervention programme"),
    global(
        "global.past",
        &["H"],
        "Back to where you were",
        Global::Past,
    )
    .words("jump history"),
    global("global.future", &["L"], "Forward again", Global::Future).words("jump history"),
    global(
        "global.suspend",
        &["ctrl-z"],
        "Suspend: locks the desk and goes back to the shell",
        Global::Suspend,
    ),
    global(
        "global.undo",
        &["u"],
        "Undo the last step, also after a restart",
        Global::Undo,
    )
    .hint("undo")
    .words("take back mistake")
    .start()
    .lesson(8),
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
    .start()
    .lesson(9),
    global(
        "global.help",
        &["?", "f1"],
        "Help: every key, searchable",
        Global::Help,
    )
    .hint("help")
    .start()
    .lesson(10),
    global(
        "global.menu",
        &["m"],
        "Menu: everything that can be done here",
        Global::Menu,
    ),
    global(
        "global.desk",
        &["`"],
        "Desk: all four panes, following the child under the cursor",
        Global::Desk,
    )
    .words("together tiles overview side by side"),
    global(
        "global.register",
        &["1"],
        "Register",
        Global::Show(Pane::Register),
    )
    .words("pupils pane go")
    .lesson(1),
    global(
        "global.provision",
        &["2"],
        "Provision map",
        Global::Show(Pane::Provision),
    )
    .words("pane go")
    .lesson(1),
    global(
        "global.diary",
        &["3"],
        "Liaison diary",
        Global::Show(Pane::Diary),
    )
    .words("pane go")
    .lesson(1),
    global(
        "global.tasks",
        &["4"],
        "Task queue",
        Global::Show(Pane::Tasks),
    )
    .words("pane go")
    .lesson(1),
    school("global.school-1", &["s 1"], "Go to school 1", 1),
    school("global.school-2", &["s 2"], "Go to school 2", 2),
    school("global.school-3", &["s 3"], "Go to school 3", 3),
    school("global.school-4", &["s 4"], "Go to school 4", 4),
    school("global.school-5", &["s 5"], "Go to school 5", 5),
    school("global.school-6", &["s 6"], "Go to school 6", 6),
    school("global.school-7", &["s 7"], "Go to school 7", 7),
    school("global.school-8", &["s 8"], "Go to school 8", 8),
    school("global.school-9", &["s 9"], "Go to school 9", 9),
    global(
        "global.last-school",
        &["s s"],
        "Back to the school you were in before",
        Global::LastSchool,
    )
    .words("switch flip"),
    global(
        "global.schools",
        &[],
        "School: another of the desk, by its code or name",
        Global::Schools,
    )
    .words("switch go to")
    .takes_words(),
    global(
        "global.days",
        &[],
        "Days: the weekdays I am at this school, such as days mon thu",
        Global::MyDays,
    )
    .words("my visit next here")
    .takes_words(),
    global(
        "global.kept",
        &[],
        "Kept from: the day records are kept here from, such as kept 1 sep, paper file",
        Global::KeptFrom,
    )
    .words("records before elsewhere paper moved over begin")
    .takes_words(),
    global(
        "global.all-schools",
        &["0", "s 0"],
        "All schools: the day across them, what is late and due",
        Global::AllSchools,
    )
    .words("today overview"),
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
        "global.hide-names",
        &["."],
        "Hide names: initials and codes everywhere; again, show them",
        Global::HideNames,
    )
    .words("privacy private eyes anonymous screen share"),
    global(
        "global.meeting",
        &[],
        "Meeting: one child alone on the screen, until Esc Esc, such as meeting okafor",
        Global::Meeting,
    )
    .words("parents share screen privacy one child")
    .takes_words(),
    global(
        "global.refresh",
        &["f5"],
        "Read again and put lists in order",
        Global::Refresh,
    )
    .words("reload sort"),
    global(
        "global.back-up",
        &[],
        "Back up this school now",
        Global::BackUp,
    )
    .words("backup copy save safe"),
    global(
        "global.theme",
        &[],
        "Theme: colours, shown as you move",
        Global::Theme,
    )
    .words("dark light preview look")
    .takes_words(),
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
];
