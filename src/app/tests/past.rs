//! The past at the keyboard: what is taken out, what parents are to be told, from when records are kept here.

use super::diary::school;
use super::{press, said, type_in};
use crate::app::App;
use crate::app::overlay::Overlay;
use crate::app::overlay::record::Item;
use crate::app::pane::register::Worklist;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::PupilId;

/// Puts the cursor of the open record on the first line like this one.
fn go_to(app: &mut App, wanted: impl Fn(&Item) -> bool) {
    let Some(Overlay::Record(view)) = app.state.overlays.last_mut() else {
        panic!("no record is open")
    };
    let at = view.items.iter().position(wanted).unwrap();
    view.list.go(at);
}

#[test]
fn a_need_a_status_and_a_person_are_taken_out_of_the_record_and_come_back() {
    let mut app = school();
    press(&mut app, "enter b n");
    type_in(&mut app, "SLCN");
    press(&mut app, "enter b s");
    type_in(&mut app, "K");
    press(&mut app, "enter");
    go_to(&mut app, |item| matches!(item, Item::Need(_)));
    press(&mut app, "D");
    assert!(
        said(&app).starts_with("Taken out: need SLCN of Aisha Okafor 5B at OAK"),
        "{}",
        said(&app)
    );
    go_to(&mut app, |item| matches!(item, Item::Status(_)));
    press(&mut app, "D");
    assert!(
        said(&app).starts_with("Taken out: SEN status K of Aisha Okafor 5B"),
        "{}",
        said(&app)
    );
    go_to(&mut app, |item| matches!(item, Item::Person(_)));
    press(&mut app, "D");
    assert!(
        said(&app).starts_with("Taken out: person Mrs Ngozi Okafor of Aisha Okafor 5B"),
        "{}",
        said(&app)
    );
    let store = app.store().unwrap();
    assert_eq!(store.people_of(PupilId(1)).unwrap(), []);
    press(&mut app, "u u u");
    let store = app.store().unwrap();
    let record = store.record(PupilId(1)).unwrap().unwrap();
    assert_eq!((record.needs.len(), record.statuses.len()), (1, 1));
    assert_eq!(store.people_of(PupilId(1)).unwrap().len(), 1);
}

#[test]
fn parents_to_be_told_are_a_worklist_until_they_are_told_or_it_was_before_records_were_kept_here() {
    let mut app = school();
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let store = app.store.as_mut().unwrap();
    store
        .step("Run", |writer| {
            let of = Values::from([
                ("name", text("Lexia")),
                ("tier", text("targeted")),
                ("minutes", Some(Value::Whole(20))),
                ("sessions_week", Some(Value::Whole(3))),
                ("weeks", Some(Value::Whole(6))),
            ]);
            let of = writer.add(Kind::ProvisionType, &of)?;
            let day = Some(Value::Date(
                chrono::NaiveDate::from_ymd_opt(2026, 11, 2).unwrap(),
            ));
            let run = Values::from([("type", Some(Value::Whole(of))), ("starts", day)]);
            let run = writer.add(Kind::Provision, &run)?;
            let place = Values::from([
                ("provision", Some(Value::Whole(run))),
                ("pupil", Some(Value::Whole(1))),
            ]);
            writer.add(Kind::Member, &place)
        })
        .unwrap();
    press(&mut app, "f5 w 5");
    assert_eq!(app.state().register.worklist, Some(Worklist::Untold));
    assert_eq!(app.state().register.rows.len(), 1);
    press(&mut app, "enter");
    let untold = |app: &App| match app.state().overlays.last() {
        Some(Overlay::Record(view)) => view.untold.clone().map(|untold| untold.text()),
        other => panic!("{other:?}"),
    };
    assert!(untold(&app).unwrap().contains("Lexia since 2 Nov 2026"));
    press(&mut app, ":");
    type_in(&mut app, "kept 20 nov 2026, paper file");
    press(&mut app, "enter");
    assert!(
        said(&app).starts_with("OAK: before 20 Nov 2026: kept elsewhere, paper file"),
        "{}",
        said(&app)
    );
    assert_eq!(untold(&app), None);
    press(&mut app, "u");
    assert!(untold(&app).is_some());
    press(&mut app, "esc f5");
    assert_eq!(app.state().register.rows.len(), 1);
}

#[test]
fn a_status_before_the_birth_is_said_when_it_is_saved() {
    let mut app = school();
    press(&mut app, "e");
    press(&mut app, "tab tab");
    while !matches!(app.state().overlays.last(), Some(Overlay::Form(form)) if form.blanks[form.focus].def.name == "dob")
    {
        press(&mut app, "tab");
    }
    type_in(&mut app, "3/10/2016");
    press(&mut app, "enter b s");
    type_in(&mut app, "K");
    press(&mut app, "tab");
    type_in(&mut app, "1/9/2015");
    press(&mut app, "enter");
    assert!(
        said(&app).contains("a day before the child was born: check the dates   u undo"),
        "{}",
        said(&app)
    );
}
