//! A scene for every layer and every place without records, over the invented school.

use super::desk;
use super::school::{as_record, day, lines, load, pupil, state_of, today};
use crate::app::field::Field;
use crate::app::first_run::{FirstRun, Question};
use crate::app::form::{About, Form, Opening};
use crate::app::key::Key;
use crate::app::layout;
use crate::app::list::List;
use crate::app::overlay::chooser::{Chooser, Purpose};
use crate::app::overlay::finder::Finder;
use crate::app::overlay::record::{Item, View};
use crate::app::overlay::themes::{Entry, ThemeBox};
use crate::app::overlay::{Note, Overlay, PathBox, plan};
use crate::app::pane::Pane;
use crate::app::scope::scopes;
use crate::app::state::{Flash, Lock, Stage, State, Tone};
use crate::domain::batch::{Incoming, Leaver, Mapping, Plan, RowFault, Shape, Target};
use crate::domain::fault::faults;
use crate::domain::form::{Context, Kind, Value, Values};
use crate::domain::id::PupilId;
use crate::domain::pupil::Line;

/// Makes the state of a screen of a size.
pub(super) type Make = fn((u16, u16)) -> State;

/// A screen to draw.
pub(super) struct Scene {
    pub name: &'static str,
    pub make: Make,
}

pub(super) fn scenes() -> Vec<Scene> {
    let mut scenes = desk::scenes();
    scenes.extend(super::map::scenes());
    let all: [(&'static str, Make); 21] = [
        ("register", register),
        ("filter", filter),
        ("empty", empty),
        ("provision", provision),
        ("record", record),
        ("form", form),
        ("status form", status_form),
        ("finder", finder),
        ("palette", palette),
        ("help", help),
        ("themes", themes),
        ("themes without colour", colourless),
        ("path", path),
        ("plan", plan_view),
        ("note", note),
        ("prefix", prefix),
        ("lock", lock),
        ("demo lock", demo_lock),
        ("question", question),
        ("write down", write_down),
        ("hostile", hostile),
    ];
    scenes.extend(all.into_iter().map(|(name, make)| Scene { name, make }));
    scenes
}

pub(super) fn register(size: (u16, u16)) -> State {
    let mut state = state_of(&lines(), size);
    state.register.marks.add([PupilId(2), PupilId(5)]);
    state.flash = Some(Flash {
        text: "Pupil: Aisha Ali RB at OAK   u undo".into(),
        tone: Tone::Done,
    });
    state
}

fn filter(size: (u16, u16)) -> State {
    let mut state = register(size);
    state.school.schools = 3;
    state.school.place = 2;
    state.school.demo = true;
    state.school.read_only = true;
    state.flash = None;
    state.register.narrow.filter.set("ok");
    state.register.narrow.typing = true;
    state.register.narrow();
    load(&mut state, &lines());
    state
}

pub(super) fn empty(size: (u16, u16)) -> State {
    state_of(&[], size)
}

fn provision(size: (u16, u16)) -> State {
    let mut state = register(size);
    state.pane = Pane::Provision;
    state
}

fn with(size: (u16, u16), overlay: Overlay) -> State {
    let mut state = register(size);
    state.flash = None;
    state.overlays.push(overlay);
    state
}

fn record(size: (u16, u16)) -> State {
    let line = pupil(4);
    let record = as_record(&line);
    let items = vec![
        Item::Pupil,
        Item::Status(0),
        Item::Status(1),
        Item::Need(0),
        Item::Need(1),
        Item::Person(0),
        Item::Person(1),
        Item::Task(0),
        Item::Contact(0),
        Item::Contact(1),
    ];
    let mut list = List::default();
    list.fit(items.len(), items.len());
    list.go(1);
    let odd = Line {
        needs: vec![("FASD".into(), 2)],
        ..line
    };
    with(
        size,
        Overlay::Record(View {
            untold: None,
            kept: None,
            record,
            people: desk::record::people(),
            tasks: desk::record::tasks_lines()[..1].to_vec(),
            contacts: vec![desk::record::contact(1, 0), desk::record::contact(2, 4)],
            contact_count: 40,
            faults: faults(&odd, today()),
            items,
            list,
        }),
    )
}

pub(super) fn form(size: (u16, u16)) -> State {
    let text = |text: &str| Some(Value::Text(text.into()));
    let seen: Values = [
        ("surname", text("Zieli\u{144}ska")),
        ("forename", text("Maja")),
        ("dob", Some(Value::Date(day(2018, 3, 14)))),
        ("year", text("3")),
        ("class", text("3M")),
        ("upn", text("A801200005001")),
    ]
    .into();
    let mut form = Form::open(
        Opening::new(Kind::Pupil, About::On(4)),
        seen,
        "Maja Zieli\u{144}ska 3M at Oakfield Primary".into(),
        &Context::on(today()),
    );
    form.focus = 5;
    with(size, Overlay::Form(form))
}

fn status_form(size: (u16, u16)) -> State {
    let whom = "Maja Nowak 3M at Oakfield Primary".to_owned();
    let mut form = Form::open(
        Opening::new(Kind::Need, About::New(Some(PupilId(4)))),
        Values::new(),
        whom,
        &Context::on(today()),
    );
    form.read(&Context::on(today()));
    form.from_draft = true;
    with(size, Overlay::Form(form))
}

pub(super) fn finder(size: (u16, u16)) -> State {
    let mut finder = Finder {
        query: Field::with("ok"),
        ..Finder::default()
    };
    finder.hits = (40..49).map(pupil).collect();
    finder.cursor = 1;
    with(size, Overlay::Finder(finder))
}

fn chooser(size: (u16, u16), purpose: Purpose, query: &str) -> State {
    let mut state = register(size);
    state.flash = None;
    let mut chooser = Chooser::open(purpose, &scopes(&state), false);
    chooser.query.set(query);
    chooser.look();
    let areas = layout::areas(size, 1);
    chooser.list.fit(
        chooser.rows.len(),
        layout::inner_lines(layout::chooser(&areas)).saturating_sub(2),
    );
    state.overlays.push(Overlay::Chooser(chooser));
    state
}

fn palette(size: (u16, u16)) -> State {
    chooser(size, Purpose::Palette, "ed")
}

fn help(size: (u16, u16)) -> State {
    let mut state = chooser(size, Purpose::Help, "");
    if let Some(Overlay::Chooser(chooser)) = state.overlays.last_mut() {
        chooser.list.go(17);
    }
    state
}

fn theme_box(size: (u16, u16), colourless: bool) -> State {
    let entries: Vec<Entry> = ["harbour", "mono", "paper", "slate", "terminal"]
        .map(|name| Entry {
            name: name.to_owned(),
            about: "dark or light, yours, 12 faults".to_owned(),
            notes: Vec::new(),
        })
        .to_vec();
    let mut open = ThemeBox::open(&entries, Some("slate"), "terminal", colourless);
    open.fit(&layout::areas(size, 1));
    with(size, Overlay::Themes(open))
}

fn themes(size: (u16, u16)) -> State {
    theme_box(size, false)
}

fn colourless(size: (u16, u16)) -> State {
    theme_box(size, true)
}

fn path(size: (u16, u16)) -> State {
    let offers = ["pupils-2026.csv", "pupils-old.csv", "provision/"]
        .map(str::to_owned)
        .to_vec();
    with(
        size,
        Overlay::Path(PathBox {
            input: Field::with("~/Documents/pup"),
            fault: Some("There is no file ~/Documents/pup. Nothing was changed.".into()),
            offers,
            reading: None,
        }),
    )
}

fn plan_view(size: (u16, u16)) -> State {
    let fault = |row: usize, column: &str, value: &str, reason: &str| RowFault {
        row,
        column: column.into(),
        value: value.into(),
        reason: reason.into(),
    };
    let plan = Plan {
        shape: Shape {
            file: "pupils-2026.csv".into(),
            kind: "csv",
            encoding: "Windows-1252".into(),
            delimiter: "comma",
            header_row: 1,
            mapping: vec![
                Mapping {
                    heading: "UPN".into(),
                    column: 1,
                    target: Some(Target::Upn),
                },
                Mapping {
                    heading: "House".into(),
                    column: 2,
                    target: None,
                },
            ],
            notes: vec!["Dates are day before month: 14/03/2018, 02/11/2016, 30/01/2019.".into()],
        },
        rows: 64,
        added: vec![Incoming {
            surname: Some("Vance".into()),
            forename: Some("Toby".into()),
            class: Some("2T".into()),
            ..Incoming::default()
        }],
        unchanged: 58,
        left: vec![
            Leaver {
                pupil: PupilId(3),
                take: true,
            },
            Leaver {
                pupil: PupilId(9),
                take: false,
            },
        ],
        rejected: vec![fault(12, "", "", "no name in this row")],
        flagged: vec![fault(
            7,
            "SEN status",
            "Q",
            "no SEN status code, counted as not known",
        )],
        ..Plan::default()
    };
    let names = [
        (PupilId(3), "Begum, Filip 2M".to_owned()),
        (PupilId(9), "Dunne, Callum 1H".to_owned()),
    ]
    .into();
    let mut view = plan::View::open(plan, names);
    let areas = layout::areas(size, 1);
    view.list.fit(
        view.lines.len(),
        layout::inner_lines(layout::plan(&areas)).saturating_sub(3),
    );
    view.list.go(7);
    with(size, Overlay::Plan(view))
}

fn note(size: (u16, u16)) -> State {
    let lines = [
        "data     ~/.local/share/sendesk",
        "config   ~/.config/sendesk/config.toml",
    ]
    .map(str::to_owned)
    .to_vec();
    with(
        size,
        Overlay::Note(Note {
            title: "Where everything is kept".into(),
            lines,
        }),
    )
}

fn prefix(size: (u16, u16)) -> State {
    let mut state = register(size);
    state.pending = vec![Key::char('o')];
    state.pending_shown = true;
    state
}

fn locked(size: (u16, u16), lock: Lock) -> State {
    let mut state = State::new(today(), "slate", |at| at.naive_utc());
    state.size = size;
    state.stage = Stage::Locked(lock);
    state
}

fn lock(size: (u16, u16)) -> State {
    let mut input = Field::secret();
    input.insert('x');
    locked(
        size,
        Lock {
            input,
            fault: Some("That is not the passphrase. Nothing was changed; try again.".into()),
            ..Lock::default()
        },
    )
}

fn demo_lock(size: (u16, u16)) -> State {
    locked(
        size,
        Lock {
            demo: true,
            ..Lock::default()
        },
    )
}

fn question(size: (u16, u16)) -> State {
    let mut state = locked(size, Lock::default());
    let mut first = FirstRun::new(false);
    first.fault = Some("A passphrase has 8 characters or more.".into());
    state.stage = Stage::FirstRun(Box::new(first));
    state
}

fn write_down(size: (u16, u16)) -> State {
    let mut state = locked(size, Lock::default());
    let mut first = FirstRun::new(false);
    first.ask(Question::WriteDown);
    first.shown = Some((
        String::from("7KQ2M-9XH4T-PB3WV-D8RZA-5NCFJ").into(),
        String::from(
            "harbour velvet mosaic unveil cactus piano tunnel orchard fossil lantern ribbon quartz",
        )
        .into(),
    ));
    state.stage = Stage::FirstRun(Box::new(first));
    state
}

/// Names a broken or hostile file might hold, past every check.
pub(super) fn hostile(size: (u16, u16)) -> State {
    let names = [
        "\u{1b}]52;c;eA==\u{7}\u{1b}[2J",
        "\u{6f22}\u{5b57}\u{6f22}\u{5b57}\u{6f22}\u{5b57}\u{6f22}\u{5b57}\u{6f22}\u{5b57}",
        "a\u{202e}b\u{200b}c",
        "e\u{301}\u{301}\u{301}",
        "\u{645}\u{62d}\u{645}\u{62f}",
        "\u{200b}\u{200d}",
        "\u{1f469}\u{200d}\u{1f3eb}\u{fe0f}",
        "\u{9b}31m\u{feff}",
    ];
    let lines: Vec<Line> = (0..24)
        .map(|n| {
            let name = names[n as usize % names.len()];
            let mut line = pupil(n);
            line.pupil.surname = name.into();
            line.pupil.class = Some(name.into());
            line.pupil.year = Some(name.into());
            line.pupil.upn = Some(name.into());
            line.status = Some(name.into());
            line.needs = vec![(name.into(), 1)];
            line
        })
        .collect();
    let mut state = state_of(&lines, size);
    state.school.name = "\u{6f22}\u{5b57}\u{1b}[2J Primary".into();
    state.school.code = "\u{6f22}\u{1b}".into();
    state.school.schools = 2;
    state.flash = Some(Flash {
        text: "\u{1b}[31m \u{202e}what".into(),
        tone: Tone::Note,
    });
    load(&mut state, &lines);
    state.overlays.push(Overlay::Finder(Finder {
        query: Field::with("\u{6f22}\u{1b}"),
        hits: lines[..9].to_vec(),
        cursor: 0,
        ..Finder::default()
    }));
    state
}
