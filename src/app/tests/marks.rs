//! Every verb over marked rows: all of them change, or none does and a sentence says why.

use super::diary::school;
use super::{press, said, type_in};
use crate::app::App;
use crate::app::action::{Action, Global, Rows};
use crate::app::command::COMMANDS;
use crate::app::overlay::Overlay;
use crate::app::pane::Pane;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{ProvisionId, PupilId};
use crate::domain::provision::Run;
use std::collections::BTreeSet;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Five children, three entries of which one has a follow-up, three tasks, three runs with two children each.
fn full() -> App {
    let mut app = school();
    for line in [
        "@aisha phone: spoke > 1w ring again",
        "@reuben note: reading",
        "@adam note: settled",
        "@aisha task: laminate cards",
        "@reuben task: order books",
    ] {
        press(&mut app, "a");
        type_in(&mut app, line);
        press(&mut app, "enter");
    }
    let store = app.store.as_mut().unwrap();
    store
        .step("Runs", |writer| {
            for name in ["Lexia", "Nessy", "Talk Boost"] {
                let of = Values::from([
                    ("name", Some(text(name))),
                    ("minutes", Some(Value::Whole(20))),
                    ("sessions_week", Some(Value::Whole(3))),
                    ("weeks", Some(Value::Whole(6))),
                ]);
                let of = writer.add(Kind::ProvisionType, &of)?;
                let run = writer.add(
                    Kind::Provision,
                    &Values::from([("type", Some(Value::Whole(of)))]),
                )?;
                for pupil in [1, 2] {
                    let place = Values::from([
                        ("provision", Some(Value::Whole(run))),
                        ("pupil", Some(Value::Whole(pupil))),
                    ]);
                    writer.add(Kind::Member, &place)?;
                }
            }
            Ok(())
        })
        .unwrap();
    press(&mut app, "f5");
    app
}

/// The places where rows are marked, each by its keys.
const PLACES: [(&str, Pane); 5] = [
    ("1", Pane::Register),
    ("2", Pane::Provision),
    ("2 o c", Pane::Provision),
    ("3", Pane::Diary),
    ("4", Pane::Tasks),
];

/// What acts on rows. `e` of one row opens its form, so that of several it must say that it edits one.
fn is_verb(action: Action) -> bool {
    match action {
        Action::Rows(act) => !matches!(
            act,
            Rows::Filter | Rows::Reverse | Rows::Mark(_) | Rows::CellLeft | Rows::CellRight
        ),
        Action::Register(act) => matches!(act, crate::app::action::Register::Happened(_)),
        Action::Provision(act) => matches!(
            act,
            crate::app::action::Provision::Session | crate::app::action::Provision::Places
        ),
        Action::Global(act) => matches!(
            act,
            Global::Make(Kind::Task)
                | Global::Log(_)
                | Global::PutOn
                | Global::Add
                | Global::Go(_)
                | Global::Copy(_)
        ),
        _ => false,
    }
}

fn children_of(app: &App, marked: &[(Kind, i64)]) -> BTreeSet<PupilId> {
    let store = app.store().unwrap();
    let owners = marked
        .iter()
        .map(|(kind, id)| store.owner(*kind, *id).unwrap());
    owners.flatten().collect()
}

/// All that is marked is in what the verb opened, or changed by the step it made; else nothing is, and it says why.
fn whole_or_said(app: &App, before: i64, marked: &[(Kind, i64)]) -> Result<(), String> {
    let store = app.store().unwrap();
    let newest = store.history(None, 1).unwrap().remove(0);
    if newest.id.0 != before {
        let touched = store.touched(newest.id).unwrap();
        let is_there =
            |(kind, id): &(Kind, i64)| touched.iter().any(|one| one.0 == *kind && one.1 == *id);
        // Of an entry the follow-up changes.
        let is_whole = marked.iter().all(is_there)
            || touched.iter().filter(|one| one.0 == Kind::Task).count() == marked.len();
        return if is_whole {
            Ok(())
        } else {
            Err(format!("changed {touched:?} of {marked:?}"))
        };
    }
    let children = children_of(app, marked);
    let is_whole = match app.state().overlays.last() {
        Some(Overlay::Form(form)) if form.opening.runs.len() > 1 => {
            let runs: BTreeSet<ProvisionId> = form.opening.runs.iter().copied().collect();
            let marked: BTreeSet<ProvisionId> = marked
                .iter()
                .map(|(kind, id)| {
                    let of = store.values(*kind, *id).unwrap().unwrap();
                    match of.get("provision") {
                        Some(Some(Value::Whole(run))) => ProvisionId(*run),
                        _ => ProvisionId(*id),
                    }
                })
                .collect();
            runs == marked
        }
        Some(Overlay::Form(form)) => {
            !children.is_empty() && form.pupils.iter().copied().collect::<BTreeSet<_>>() == children
        }
        Some(Overlay::Add(open)) => {
            let about: BTreeSet<PupilId> = open.at_hand.iter().map(|(id, _)| *id).collect();
            about == children
        }
        Some(Overlay::Date(open)) => open.tasks.len() == marked.len(),
        Some(Overlay::PutOn(open)) => {
            open.pupils.iter().copied().collect::<BTreeSet<_>>() == children
        }
        _ => false,
    };
    if is_whole || !said(app).is_empty() {
        return Ok(());
    }
    Err(format!(
        "silent over {marked:?}: {:?}",
        app.state().overlays.last()
    ))
}

#[test]
fn every_verb_takes_all_that_is_marked_or_says_why_not() {
    let mut failed = Vec::new();
    let mut tried = 0;
    for (keys, pane) in PLACES {
        for command in COMMANDS.iter().filter(|one| is_verb(one.action)) {
            let of_pane = match command.action {
                Action::Register(_) => pane == Pane::Register,
                Action::Provision(_) => pane == Pane::Provision,
                _ => true,
            };
            if !of_pane {
                continue;
            }
            let mut app = full();
            press(&mut app, keys);
            press(&mut app, "*");
            let marked = app.targets();
            assert!(marked.len() >= 3, "{keys}: {marked:?}");
            app.state.flash = None;
            let before = app.store().unwrap().history(None, 1).unwrap()[0].id.0;
            app.act(command.action).unwrap();
            tried += 1;
            if let Err(why) = whole_or_said(&app, before, &marked) {
                failed.push(format!("{keys} * {}: {why}", command.name));
            }
        }
    }
    assert!(failed.is_empty(), "{tried} tried: {failed:#?}");
}

fn run(app: &App, id: i64) -> Run {
    app.store().unwrap().run(ProvisionId(id)).unwrap().unwrap()
}

#[test]
fn a_session_of_the_marked_runs_is_kept_on_each_and_its_message_names_runs_and_day() {
    for keys in ["2", "2 o c"] {
        let mut app = full();
        press(&mut app, keys);
        press(&mut app, "* b h");
        press(&mut app, "enter");
        for id in 1..=3 {
            assert_eq!(run(&app, id).sessions.len(), 1, "{keys}: run {id}");
        }
        assert!(
            said(&app).contains("Saved sessions: Lexia, Nessy, Talk Boost, held today at OAK"),
            "{}",
            said(&app)
        );
        // A second one of that day is asked about, of each of them.
        press(&mut app, "* b h");
        press(&mut app, "enter");
        let form = app.state().overlays.last().unwrap();
        let Overlay::Form(form) = form else {
            panic!("{form:?}")
        };
        let asked = form.asked.join(" ");
        for name in ["Lexia", "Nessy", "Talk Boost"] {
            assert!(asked.contains(name), "{keys}: {asked}");
        }
        press(&mut app, "esc");
        press(&mut app, "u");
        assert!(run(&app, 1).sessions.is_empty(), "one step");
        assert!(
            said(&app).starts_with("Taken back: Add session on 3 runs: Lexia on 23 Nov 2026, "),
            "{}",
            said(&app)
        );
    }
}

#[test]
fn a_mark_stays_where_a_filter_hides_its_row() {
    let mut app = full();
    press(&mut app, "2 * /");
    type_in(&mut app, "nessy");
    press(&mut app, "enter b h enter");
    let held: Vec<usize> = (1..=3).map(|id| run(&app, id).sessions.len()).collect();
    assert_eq!(held, [1, 1, 1]);
}

#[test]
fn a_person_added_to_marked_children_is_one_person_whom_they_share() {
    let mut app = full();
    press(&mut app, "1 * b p");
    type_in(&mut app, "Ms Carer");
    press(&mut app, "enter");
    let store = app.store().unwrap();
    let links: Vec<_> = (1..=5)
        .flat_map(|id| store.people_of(PupilId(id)).unwrap())
        .filter(|person| person.name == "Ms Carer")
        .collect();
    assert_eq!(links.len(), 5);
    assert!(links.iter().all(|one| one.shared == links[0].shared));
}

#[test]
fn a_late_task_that_is_pushed_or_pulled_counts_from_today() {
    for (key, want) in [
        (">", "2026-11-30"),
        ("+", "2026-11-24"),
        ("<", "2026-11-23"),
        ("-", "2026-11-23"),
    ] {
        let mut app = full();
        press(&mut app, "4 / r i n g enter d ctrl-u");
        type_in(&mut app, "2/11/2026");
        press(&mut app, "enter");
        assert_eq!(super::diary::due(&app, 1).as_deref(), Some("2026-11-02"));
        press(&mut app, key);
        assert_eq!(super::diary::due(&app, 1).as_deref(), Some(want), "{key}");
        // What would change nothing is no step, and says so.
        press(&mut app, "<");
        press(&mut app, "<");
        assert!(said(&app).starts_with("It is due today"), "{}", said(&app));
    }
}

#[test]
fn undo_and_its_list_name_the_child_and_the_thing_and_codes_while_names_are_hidden() {
    let mut app = full();
    press(&mut app, "4 / l a m enter x u");
    assert!(
        said(&app).starts_with("Taken back: Tick task \"laminate cards\" of Aisha Okafor 5B"),
        "{}",
        said(&app)
    );
    press(&mut app, "esc 1 n");
    type_in(&mut app, "Newcomer");
    press(&mut app, "enter u");
    assert!(
        said(&app).starts_with("Taken back: Add pupil: Newcomer"),
        "{}",
        said(&app)
    );
    press(&mut app, "g u");
    let rows = |app: &App| match app.state().overlays.last() {
        Some(Overlay::Listing(list)) => list.rows.clone(),
        other => panic!("{other:?}"),
    };
    let told: Vec<String> = rows(&app).into_iter().map(|row| row.what).collect();
    assert!(told[0].starts_with("Undo: Add pupil: Newcomer"), "{told:?}");
    assert!(
        told.iter()
            .any(|row| row == "Add contact of Aisha Okafor 5B: phone call"),
        "{told:?}"
    );
    assert!(rows(&app)[0].coded.as_deref() == Some("Undo: Add pupil"));
    press(&mut app, "esc . U");
    assert!(
        said(&app).starts_with("Brought back: Add pupil at"),
        "{}",
        said(&app)
    );
}

#[test]
fn what_was_begun_on_marked_runs_comes_back_on_those_and_no_others() {
    let mut app = full();
    press(&mut app, "2 * b h tab");
    type_in(&mut app, "room not free");
    press(&mut app, "esc");
    let words = |app: &App| match app.state().overlays.last() {
        Some(Overlay::Form(form)) => (
            form.opening.runs.len(),
            form.blank("reason").unwrap().input.text().to_owned(),
        ),
        other => panic!("{other:?}"),
    };
    press(&mut app, "esc b h");
    assert_eq!(words(&app), (1, String::new()));
    press(&mut app, "esc : d r a f t s enter enter");
    assert_eq!(words(&app), (3, "room not free".to_owned()));
    press(&mut app, "enter");
    let kept: Vec<usize> = (1..=3).map(|id| run(&app, id).sessions.len()).collect();
    assert_eq!(kept, [1, 1, 1]);
}
