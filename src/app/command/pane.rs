//! Commands of lists, rows and panes, of a record and of an import's plan.

use super::{Command, Scope, command, diary, list, panes, plan, provision, register, rows, tasks};
use crate::app::action::{
    Action, Diary, List, Listing, Panes, Plan, Provision, Record, Register, Rows, Tasks,
};
use crate::app::pane::Marking;
use crate::app::pane::diary::{Order as DiaryOrder, Worklist as DiaryList};
use crate::app::pane::provision::{By, Worklist as MapList};
use crate::app::pane::register::Worklist;
use crate::app::pane::tasks::{Order as TaskOrder, Worklist as TaskList};
use crate::domain::form::Kind;
use crate::domain::pupil::Order;

pub(super) const COMMANDS: &[Command] = &[
    panes("panes.next", &["tab"], "To the next pane", Panes::Next)
        .hint("next pane")
        .words("focus switch"),
    panes(
        "panes.previous",
        &["shift-tab"],
        "To the pane before",
        Panes::Previous,
    )
    .words("focus switch back"),
    panes(
        "panes.zoom",
        &["z"],
        "Zoom: this pane alone; again, back to the Desk",
        Panes::Zoom,
    )
    .hint("zoom")
    .words("desk full screen large"),
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
    rows(
        "rows.filter",
        &["/"],
        "Filter this list by name or words",
        Rows::Filter,
    )
    .hint("filter")
    .words("narrow search")
    .start()
    .lesson(7),
    rows(
        "rows.edit",
        &["e"],
        "Edit; an entry older than 15 minutes is amended",
        Rows::Edit,
    )
    .hint("edit")
    .words("change correct form")
    .start(),
    rows("rows.tick", &["x"], "Tick: done, or open again", Rows::Tick)
        .hint("done")
        .words("done finish complete")
        .lesson(5),
    rows("rows.date", &["d"], "Date: when it is due", Rows::Date)
        .hint("date")
        .words("due move reschedule follow-up"),
    rows("rows.week-later", &[">"], "Push a week", Rows::WeekLater)
        .words("due later postpone")
        .lesson(6),
    rows(
        "rows.week-earlier",
        &["<"],
        "Pull a week",
        Rows::WeekEarlier,
    )
    .words("due earlier"),
    rows(
        "rows.day-later",
        &["+"],
        "Push a school day",
        Rows::DayLater,
    )
    .words("due later postpone"),
    rows(
        "rows.day-earlier",
        &["-"],
        "Pull a school day",
        Rows::DayEarlier,
    )
    .words("due earlier"),
    rows("rows.urgent", &["!"], "Urgent, or no longer", Rows::Urgent).words("important first"),
    rows("rows.cell", &["i", "f2"], "Edit this cell", Rows::Cell).words("column field change"),
    rows(
        "rows.cell-left",
        &["h", "left"],
        "A column left",
        Rows::CellLeft,
    ),
    rows(
        "rows.cell-right",
        &["l", "right"],
        "A column right",
        Rows::CellRight,
    ),
    rows(
        "rows.repeat",
        &["R"],
        "Repeat the last entry about this child",
        Rows::Repeat,
    )
    .words("again same copy"),
    rows(
        "rows.bin",
        &["D"],
        "To the bin; an entry older than 15 minutes is struck",
        Rows::Bin,
    )
    .words("delete remove"),
    rows(
        "rows.amend",
        &[],
        "Amend an entry: the first text stays",
        Rows::Amend,
    )
    .words("correct add"),
    rows(
        "rows.strike",
        &[],
        "Strike an entry, with a reason",
        Rows::Strike,
    )
    .words("cross out wrong"),
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
        "register.person",
        &["b p"],
        "A new person around the pupil: parent, carer, professional",
        Register::Happened(Kind::Person),
    )
    .words("mother father carer mum dad contact details phone")
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
        "register.untold",
        &["w 5"],
        "Worklist: special educational provision that parents were not told of",
        Register::Worklist(Worklist::Untold),
    )
    .words("informed s68 section 68 parents"),
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
    rows(
        "rows.reverse",
        &["O"],
        "Turn the order round",
        Rows::Reverse,
    ),
    rows(
        "rows.mark",
        &["space"],
        "Mark and move down",
        Rows::Mark(Marking::One),
    )
    .hint("mark"),
    rows(
        "rows.range",
        &["v"],
        "Mark a range: v, move, v",
        Rows::Mark(Marking::Range),
    ),
    rows(
        "rows.mark-all",
        &["*"],
        "Mark all shown, or none",
        Rows::Mark(Marking::All),
    ),
    provision(
        "provision.session",
        &["b h"],
        "What happened: a session, held or missed",
        Provision::Session,
    )
    .words("attended delivered absent tick"),
    provision(
        "provision.places",
        &["b c"],
        "What happened: a child's place on it, last day and scores",
        Provision::Places,
    )
    .words("member child end entry exit score leave"),
    provision(
        "provision.recost",
        &[],
        "Recost: planned cost anew, at the rate on file by now",
        Provision::Recost,
    )
    .words("rate award rise plan"),
    provision(
        "provision.to-mend",
        &["w 1"],
        "Worklist: provision with something to mend",
        Provision::Worklist(MapList::ToMend),
    )
    .words("fault leaver rate gap"),
    provision(
        "provision.over",
        &["w 2"],
        "Worklist: provision that is over",
        Provision::Worklist(MapList::Over),
    )
    .words("ended past"),
    provision(
        "provision.by-provision",
        &["o p"],
        "The map by provision, under its area",
        Provision::By(By::Provision),
    )
    .words("order group"),
    provision(
        "provision.by-child",
        &["o c"],
        "The map by child: what each gets",
        Provision::By(By::Child),
    )
    .words("order pupil hours cost"),
    diary(
        "diary.promised",
        &["w 1"],
        "Worklist: promised and not done; again shows all",
        Diary::Worklist(DiaryList::Promised),
    )
    .words("follow-up open"),
    diary(
        "diary.order-happened",
        &["o d"],
        "Order by when it happened",
        Diary::Order(DiaryOrder::Happened),
    )
    .words("sort date"),
    diary(
        "diary.order-entered",
        &["o e"],
        "Order by when it was entered",
        Diary::Order(DiaryOrder::Entered),
    )
    .words("sort"),
    tasks(
        "tasks.late-follow-ups",
        &["w 1"],
        "Worklist: late follow-ups; again shows all",
        Tasks::Worklist(TaskList::LateFollowUps),
    )
    .words("overdue promised"),
    tasks(
        "tasks.late",
        &["w 2"],
        "Worklist: everything late",
        Tasks::Worklist(TaskList::Late),
    )
    .words("overdue"),
    tasks(
        "tasks.waiting",
        &["w 3"],
        "Worklist: waiting for somebody",
        Tasks::Worklist(TaskList::Waiting),
    )
    .words("chase"),
    tasks(
        "tasks.carried",
        &["w 4"],
        "Worklist: put off three times or more",
        Tasks::Worklist(TaskList::Carried),
    )
    .words("carried over"),
    tasks(
        "tasks.done",
        &["w 5"],
        "Worklist: done in the last 30 days",
        Tasks::Worklist(TaskList::Done),
    )
    .words("ticked finished"),
    tasks(
        "tasks.order-due",
        &["o d"],
        "Order by when it is due",
        Tasks::Order(TaskOrder::Due),
    )
    .words("sort date"),
    tasks(
        "tasks.order-name",
        &["o n"],
        "Order by the child's name",
        Tasks::Order(TaskOrder::Name),
    )
    .words("sort"),
    tasks(
        "tasks.order-entered",
        &["o e"],
        "Order by when it was entered",
        Tasks::Order(TaskOrder::Entered),
    )
    .words("sort"),
    command(
        "listing.new-term",
        Scope::Listing,
        &["n"],
        "New term, or half of one; in the list of hours, a week's",
        Action::Listing(Listing::New),
    )
    .hint("new term"),
    command(
        "listing.new-closure",
        Scope::Listing,
        &["c"],
        "New closure: a school day without school",
        Action::Listing(Listing::NewClosure),
    )
    .hint("new closure"),
    command(
        "listing.remove",
        Scope::Listing,
        &["D"],
        "Take out a term, a closure, hours or a draft",
        Action::Listing(Listing::Remove),
    )
    .hint("take out"),
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
    command(
        "record.person",
        Scope::Record,
        &["b p"],
        "A new person around the pupil: parent, carer, professional",
        Action::Register(Register::Happened(Kind::Person)),
    )
    .hint("new person"),
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
];
