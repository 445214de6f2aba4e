//! Two runs of one type told apart wherever one is chosen, and the places of children reached from the run.

use super::diary::school;
use super::{press, said, type_in};
use crate::app::App;
use crate::app::overlay::Overlay;
use crate::app::pane::provision::Key;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{MemberId, ProvisionId};
use crate::domain::provision::Run;

fn run(app: &App, id: i64) -> Run {
    app.store().unwrap().run(ProvisionId(id)).unwrap().unwrap()
}

/// Lexia with Aisha on it, by the box.
fn one_run() -> App {
    let mut app = school();
    press(&mut app, "p");
    type_in(&mut app, "lexia");
    press(&mut app, "enter");
    assert_eq!(run(&app, 1).members.len(), 1, "{}", said(&app));
    app
}

fn shown(app: &App) -> (Option<String>, Vec<String>) {
    match app.state().overlays.last() {
        Some(Overlay::PutOn(open)) => (
            open.naming.as_ref().map(|offer| offer.name.clone()),
            open.rows
                .iter()
                .map(|row| format!("{} {}", row.name, row.more))
                .collect(),
        ),
        other => panic!("{other:?}, {}", said(app)),
    }
}

#[test]
fn a_second_run_of_one_type_is_asked_for_a_name_and_the_first_is_not() {
    let mut app = one_run();
    assert_eq!(run(&app, 1).provision.run_name, None);
    press(&mut app, "j p");
    type_in(&mut app, "lexia");
    let (naming, rows) = shown(&app);
    assert_eq!(naming, None);
    assert!(
        rows[0].starts_with("Lexia join: Aisha Okafor;"),
        "who is on it stands beside it: {rows:?}"
    );
    press(&mut app, "down enter");
    assert_eq!(shown(&app).0.as_deref(), Some("Lexia"));
    type_in(&mut app, "mornings");
    press(&mut app, "enter");
    let second = run(&app, 2);
    assert_eq!(second.provision.title(), "Lexia (mornings)");
    assert_eq!(second.members.len(), 1);
    assert!(said(&app).contains("Lexia (mornings)"), "{}", said(&app));
    press(&mut app, "u");
    assert!(app.store().unwrap().run(ProvisionId(2)).unwrap().is_none());
}

#[test]
fn the_form_of_a_run_asks_for_its_name_only_where_it_would_be_the_second() {
    let mut app = one_run();
    let boxes = |app: &App| match app.state().overlays.last() {
        Some(Overlay::Form(form)) => Some((form.blanks.len(), form.faults.join(" "))),
        _ => None,
    };
    press(&mut app, "2 n");
    let (before, _) = boxes(&app).unwrap();
    type_in(&mut app, "lexia");
    press(&mut app, "enter");
    let (after, why) = boxes(&app).unwrap();
    assert_eq!(after, before + 1);
    assert!(
        why.starts_with("Another run is there: Lexia since 23 Nov 2026: Aisha Okafor."),
        "{why}"
    );
    // What was typed is kept with the rest.
    type_in(&mut app, "Year 3");
    press(&mut app, "esc n");
    let Some(Overlay::Form(form)) = app.state().overlays.last() else {
        panic!("{}", said(&app))
    };
    assert_eq!(form.blank("run_name").unwrap().input.text(), "Year 3");
    press(&mut app, "enter");
    assert_eq!(run(&app, 2).provision.title(), "Lexia (Year 3)");
    // Without a name it is saved by the second Enter.
    press(&mut app, "n");
    type_in(&mut app, "lexia");
    press(&mut app, "enter enter");
    assert_eq!(run(&app, 3).provision.title(), "Lexia");
}

#[test]
fn a_form_that_takes_a_run_says_which_it_is_and_who_is_on_it() {
    let mut app = one_run();
    press(&mut app, "2 o c e");
    let Some(Overlay::Form(form)) = app.state().overlays.last() else {
        panic!("{}", said(&app))
    };
    let told = form.blank("provision").unwrap().reading.clone().unwrap();
    assert_eq!(told.shown, "Lexia since 23 Nov 2026: Aisha Okafor");
}

#[test]
fn the_place_of_a_child_is_reached_from_the_run_and_from_the_child() {
    let mut app = one_run();
    let place = Values::from([
        ("provision", Some(Value::Whole(1))),
        ("pupil", Some(Value::Whole(2))),
    ]);
    let store = app.store.as_mut().unwrap();
    store
        .step("Put on", |writer| writer.add(Kind::Member, &place))
        .unwrap();
    press(&mut app, "f5 2 b c");
    let Some(Overlay::Listing(list)) = app.state().overlays.last() else {
        panic!("{}", said(&app))
    };
    assert_eq!(list.title, "On Lexia at Oakfield Primary School");
    let rows: Vec<&str> = list.rows.iter().map(|row| row.what.as_str()).collect();
    assert_eq!(rows, ["Aisha Okafor 5B", "Reuben Ali"]);
    press(&mut app, "enter");
    while !matches!(app.state().overlays.last(), Some(Overlay::Form(form)) if form.blanks[form.focus].def.name == "exit")
    {
        press(&mut app, "tab");
    }
    type_in(&mut app, "12/25");
    press(&mut app, "enter");
    assert_eq!(run(&app, 1).members[0].exit.as_deref(), Some("12/25"));
    // The list is still there, and says so.
    let Some(Overlay::Listing(list)) = app.state().overlays.last() else {
        panic!("{}", said(&app))
    };
    assert_eq!(list.rows[0].more, "exit 12/25");
    press(&mut app, "j D");
    assert!(
        said(&app).starts_with("To the bin: place of Reuben Ali on Lexia at OAK"),
        "{}",
        said(&app)
    );
    press(&mut app, "esc o c b c");
    assert!(
        matches!(app.state().overlays.last(), Some(Overlay::Form(form)) if form.kind == Kind::Member),
        "{}",
        said(&app)
    );
    press(&mut app, "esc");
    assert_eq!(
        app.state().provision.current_key(),
        Some(Key::Member(MemberId(1)))
    );
}

#[test]
fn the_bin_names_the_run_and_what_goes_with_it() {
    let mut app = one_run();
    press(&mut app, "2 b h enter D");
    assert!(
        said(&app).starts_with("To the bin: provision Lexia with 1 place and 1 session at OAK"),
        "{}",
        said(&app)
    );
    press(&mut app, "g b enter");
    assert!(
        said(&app).starts_with("Back from the bin: provision Lexia with 1 place"),
        "{}",
        said(&app)
    );
}

#[test]
fn a_childs_new_name_is_the_one_a_run_is_told_apart_by() {
    let mut app = one_run();
    press(&mut app, "1 e");
    while !matches!(app.state().overlays.last(), Some(Overlay::Form(form)) if form.blanks[form.focus].def.name == "forename")
    {
        press(&mut app, "tab");
    }
    press(&mut app, "ctrl-u");
    type_in(&mut app, "Asha");
    press(&mut app, "enter");
    let known = app.context().known;
    assert_eq!(known.runs[0].1, "Lexia since 23 Nov 2026: Asha Okafor");
}
