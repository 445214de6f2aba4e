//! Scenes of the diary and the queue, and of the boxes they open.

mod hostile;
pub(super) mod record;
mod seen;

use super::Scene;
use super::school::{day, lines, state_of, today};
use crate::app::field::Field;
use crate::app::form::{About, Form, Opening};
use crate::app::layout;
use crate::app::list::List;
use crate::app::overlay::Overlay;
use crate::app::overlay::add::{AddBox, Named};
use crate::app::overlay::date::DateBox;
use crate::app::overlay::listing::{Listing, Purpose, Row, Take};
use crate::app::pane::desk::Front;
use crate::app::pane::diary::Worklist as DiaryList;
use crate::app::pane::tasks::Peek;
use crate::app::pane::{Of, Pane, tasks};
use crate::app::state::State;
use crate::domain::add_line;
use crate::domain::contact::Contact;
use crate::domain::finder::Match;
use crate::domain::form::{Kind, Values};
use crate::domain::id::{ContactId, PupilId, TaskId};
use crate::domain::task::Line;
use record::{calendar, contacts, context, people, tasks_lines};

pub(super) fn scenes() -> Vec<Scene> {
    let all: [(&'static str, super::sample::Make); 22] = [
        ("queue", queue),
        ("queue of a child", queue_of_child),
        ("no queue", no_queue),
        ("queue filter", queue_filter),
        ("diary", diary),
        ("diary of a child", diary_of_child),
        ("no diary", no_diary),
        ("reading", reading),
        ("reading a task", reading_task),
        ("contact form", contact_form),
        ("cell form", cell_form),
        ("add", add),
        ("empty add", empty_add),
        ("date", date_box),
        ("calendar", calendar_list),
        ("bin", bin),
        ("the four", the_four),
        ("the four of a child", the_four_of_a_child),
        ("the four zoomed", zoomed),
        ("hostile four", hostile_four),
        ("hostile queue", hostile::queue),
        ("hostile diary", hostile::diary),
    ];
    all.into_iter()
        .map(|(name, make)| Scene { name, make })
        .collect()
}

fn show_diary(state: &mut State, all: &[Contact], at: usize) {
    state.pane = Pane::Diary;
    let ids = all.iter().map(|contact| contact.id).collect();
    state.diary.show_rows(ids, None);
    let areas = layout::areas(state.size, state.school.schools);
    let height = layout::rows_shown(&areas);
    state.diary.list.fit(all.len(), height);
    state.diary.list.go(at);
    state.diary.page = all[state.diary.list.page()].to_vec();
    state.diary.peek = all.get(at).cloned();
}

fn desk(size: (u16, u16)) -> State {
    let mut state = state_of(&lines(), size);
    state.calendar = calendar();
    state.tasks.late = 3;
    state.tasks.due_today = 5;
    state.tasks.ahead = vec![
        (day(2026, 11, 24), 2),
        (day(2026, 11, 25), 1),
        (day(2026, 11, 26), 4),
        (day(2026, 12, 8), 1),
    ];
    state
}

fn diary(size: (u16, u16)) -> State {
    let mut state = desk(size);
    show_diary(&mut state, &contacts(), 2);
    state.diary.marks.add([ContactId(2)]);
    state
}

fn of() -> Of {
    Of {
        pupil: PupilId(5),
        name: "Aisha Okafor 5B".into(),
    }
}

fn diary_of_child(size: (u16, u16)) -> State {
    let mut state = desk(size);
    state.diary.of = Some(of());
    state.diary.worklist = Some(DiaryList::Promised);
    show_diary(&mut state, &contacts(), 4);
    state
}

fn no_diary(size: (u16, u16)) -> State {
    let mut state = desk(size);
    state.diary.of = Some(of());
    show_diary(&mut state, &[], 0);
    state
}

fn show_queue(state: &mut State, lines: Vec<Line>, at: usize) {
    state.pane = Pane::Tasks;
    state.tasks.show_lines(lines, today());
    let areas = layout::areas(state.size, state.school.schools);
    let height = layout::rows_shown(&areas);
    state.tasks.list.fit(state.tasks.rows.len(), height);
    state.tasks.list.go(at);
    let peek = Peek {
        source: Some(contacts()[0].clone()),
        people: people(),
        contacts: contacts()[..3].to_vec(),
    };
    let id = state.tasks.current().map(|line| line.task.id);
    state.tasks.peek = id.map(|id| (id, peek));
}

fn queue(size: (u16, u16)) -> State {
    let mut state = desk(size);
    show_queue(&mut state, tasks_lines(), 1);
    state.tasks.marks.add([TaskId(2)]);
    state
}

fn queue_of_child(size: (u16, u16)) -> State {
    let mut state = desk(size);
    state.tasks.of = Some(of());
    show_queue(&mut state, Vec::new(), 0);
    state
}

fn no_queue(size: (u16, u16)) -> State {
    let mut state = state_of(&lines(), size);
    state.tasks.worklist = Some(tasks::Worklist::LateFollowUps);
    show_queue(&mut state, Vec::new(), 0);
    state
}

fn queue_filter(size: (u16, u16)) -> State {
    let mut state = desk(size);
    state.tasks.narrow.filter.set("rev");
    state.tasks.narrow.typing = true;
    show_queue(&mut state, tasks_lines(), 1);
    state
}

fn the_four(size: (u16, u16)) -> State {
    let mut state = diary(size);
    show_queue(&mut state, tasks_lines(), 1);
    state.desk.front = Front::Desk;
    state
}

fn the_four_of_a_child(size: (u16, u16)) -> State {
    let mut state = the_four(size);
    let of = Some(of());
    (state.diary.of, state.tasks.of) = (of.clone(), of.clone());
    (state.desk.child, state.desk.absent) = (of, true);
    state.pane = Pane::Register;
    state
}

fn zoomed(size: (u16, u16)) -> State {
    let mut state = the_four_of_a_child(size);
    (state.desk.front, state.pane) = (Front::Zoom, Pane::Diary);
    state
}

fn hostile_four(size: (u16, u16)) -> State {
    let mut state = hostile::diary(size);
    state.overlays.clear();
    state.tasks = hostile::queue(size).tasks;
    state.desk.front = Front::Desk;
    state
}

fn over(mut state: State, overlay: Overlay) -> State {
    state.overlays.push(overlay);
    state
}

fn reading(size: (u16, u16)) -> State {
    over(diary(size), Overlay::Reading)
}

fn reading_task(size: (u16, u16)) -> State {
    let mut state = over(queue(size), Overlay::Reading);
    state.tasks.peek_top = 9_000;
    state
}

/// A contact's form with these words typed and the caret in them.
fn worded_form(words: &str) -> Form {
    let mut opening = Opening::new(Kind::Contact, About::New(Some(PupilId(5))));
    opening.presets = [("kind", "phone"), ("with", "mum")]
        .map(|(name, text)| (name, text.to_owned()))
        .into();
    let context = context();
    let whom = "Aisha Okafor 5B at Oakfield Primary".to_owned();
    let mut form = Form::open(opening, Values::new(), whom, &context);
    assert!(form.current().input.paste(words));
    form.typed(&context);
    form
}

fn contact_form(size: (u16, u16)) -> State {
    let words = "Worried reading age has stalled since half-term. Asked for the Lexia data. \
                 Happy with 1:1 before school on Tuesdays.\nWants a copy of the EP report.";
    over(desk(size), Overlay::Form(worded_form(words)))
}

fn cell_form(size: (u16, u16)) -> State {
    let mut opening = Opening::new(Kind::Task, About::On(3));
    opening.only = Some("due");
    let whom = "Chase EP report at Oakfield Primary".to_owned();
    let context = context();
    let mut form = Form::open(opening, Values::new(), whom, &context);
    form.make_room();
    form.current().input.set("sat");
    form.typed(&context);
    over(queue(size), Overlay::Form(form))
}

fn add_box(text: &str) -> AddBox {
    let context = context();
    let read = add_line::parse(text, &context);
    let means = [
        (Match::One(PupilId(5)), vec!["Aisha Okafor 5B".to_owned()]),
        (
            Match::Several(vec![PupilId(6), PupilId(7)]),
            vec!["Zara Miah 1S".to_owned(), "Zara Murphy 4P".to_owned()],
        ),
        (Match::None, Vec::new()),
    ];
    let who = read.who.iter().zip(means);
    let who = who
        .map(|(typed, (means, names))| Named {
            typed: typed.clone(),
            means,
            names,
            left: false,
        })
        .collect();
    AddBox {
        input: Field::default().taking(20_000),
        nobody: None,
        sees: None,
        with: None,
        advice: None,
        begun: None,
        chips: add_line::chips(&read, context.now(), context.today),
        read,
        who,
        at_hand: None,
        about: Some((PupilId(5), "Aisha Okafor 5B".to_owned())),
        fault: None,
        dirty: true,
        from_draft: false,
        mark: None,
    }
}

fn add(size: (u16, u16)) -> State {
    let text =
        "@ao @zm @qq call mum: worried about reading > 1w send Lexia data < 32/13 0840 +slcn";
    let mut open = add_box(text);
    open.input.set(text);
    open.fault = Some("Nobody here matches \"@qq\". Nothing was saved; the line is kept.".into());
    over(queue(size), Overlay::Add(Box::new(open)))
}

fn empty_add(size: (u16, u16)) -> State {
    over(desk(size), Overlay::Add(Box::new(add_box(""))))
}

fn date_box(size: (u16, u16)) -> State {
    let title = "When is it due: Chase EP report".to_owned();
    let mut open = DateBox::open(title, vec![TaskId(1)], "sat", &context()).unwrap();
    open.blank.whole = false;
    over(queue(size), Overlay::Date(open))
}

fn listing(size: (u16, u16), purpose: Purpose, rows: Vec<Row>) -> State {
    let mut list = List::default();
    let areas = layout::areas(size, 1);
    let lines = layout::inner_lines(layout::plan(&areas)).saturating_sub(2);
    list.fit(rows.len(), lines);
    list.go(2);
    let title = "Term dates and closures at Oakfield Primary".into();
    over(
        desk(size),
        Overlay::Listing(Listing {
            purpose,
            title,
            rows,
            list,
        }),
    )
}

fn calendar_list(size: (u16, u16)) -> State {
    let row = |when: &str, what: &str, off| Row {
        when: when.into(),
        what: what.into(),
        more: "to Fri 23 Oct 2026".into(),
        off,
        coded: None,
        take: Take::Nothing,
    };
    let rows = vec![
        row("2 Sep 2026", "Autumn 1", true),
        row("2 Nov 2026", "Autumn 2", false),
        row(
            "27 Nov 2026",
            "closed: INSET, and a name that is far too long for the line of a list that is to be read at a glance",
            false,
        ),
    ];
    listing(size, Purpose::Calendar, rows)
}

fn bin(size: (u16, u16)) -> State {
    listing(size, Purpose::Bin, Vec::new())
}
