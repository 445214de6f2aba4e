//! Several schools on one desk: what each keeps while another is in front, the lock, and files that are not there.

use super::*;
use crate::app::pane::Pane;
use crate::domain::school::School;
use crate::store::Desk;

/// A demo desk of these schools, each with one child named after it.
pub(super) fn several(home: &std::path::Path, schools: &[(&str, &str)]) -> App {
    let places = Places {
        data: home.to_path_buf(),
    };
    let mut desk = Desk::create_demo(&places, "Ms Pratt").unwrap();
    for (name, code) in schools {
        let school = School::read(name, code, None, None, None).unwrap();
        desk.add_school(&school).unwrap();
        let pupil = values(&[("surname", *name), ("forename", "Aisha"), ("class", "5B")]);
        let mut store = desk.open_school(code).unwrap();
        let staff = values(&[("name", &format!("Mrs {name}"))]);
        store
            .step("New pupil", |writer| {
                writer.add(Kind::Staff, &staff)?;
                writer.add(Kind::Pupil, &pupil)
            })
            .unwrap();
        store.seal_history("Made").unwrap();
    }
    drop(desk);
    again(home)
}

/// The same desk, started once more.
pub(super) fn again(home: &std::path::Path) -> App {
    let mut setup = setup(Jobs::InLine);
    setup.places = Places {
        data: home.to_path_buf(),
    };
    let mut app = App::new(setup).unwrap();
    app.event(Event::Resize(80, 24));
    app
}

pub(super) const THREE: [(&str, &str); 3] =
    [("Oakfield", "OAK"), ("Bede", "STB"), ("Holme", "HLM")];

/// Runs a command by its words, and gives what is said.
pub(super) fn command(app: &mut App, words: &str) -> String {
    press(app, ":");
    type_in(app, words);
    press(app, "enter");
    said(app).to_owned()
}

fn child(app: &mut App) -> String {
    app.take_dirty();
    let row = app.state().register.current_row().unwrap();
    row.pupil.surname.clone()
}

#[test]
fn each_school_keeps_its_pane_filter_journeys_and_undo_while_another_is_in_front() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    press(&mut app, "1 3 /");
    type_in(&mut app, "log");
    press(&mut app, "enter s 2");
    assert_eq!(
        (app.state().pane, app.title()),
        (Pane::Diary, "sendesk STB".into())
    );
    assert_eq!(app.state().diary.narrow.filter.text(), "");
    press(&mut app, "1");
    assert_eq!(child(&mut app), "Bede");
    press(&mut app, "t");
    type_in(&mut app, "Order overlays");
    press(&mut app, "enter");
    assert!(said(&app).contains("at STB"));
    press(&mut app, "s s");
    assert_eq!(app.state().pane, Pane::Diary);
    assert_eq!(app.state().diary.narrow.filter.text(), "log");
    press(&mut app, "u");
    assert!(said(&app).contains("nothing"), "{}", said(&app));
    press(&mut app, "H");
    assert_eq!(
        (app.state().pane, child(&mut app)),
        (Pane::Register, "Oakfield".into())
    );
    press(&mut app, "s s u");
    assert!(said(&app).ends_with("at STB   U redo"), "{}", said(&app));
}

#[test]
fn a_form_that_was_left_waits_in_its_own_school_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    press(&mut app, "1 c p");
    type_in(&mut app, "Only here");
    press(&mut app, "esc s 2");
    assert!(app.state().overlays.is_empty());
    assert!(app.store().unwrap().drafts().unwrap().is_empty());
    press(&mut app, "c p");
    let texts = |app: &App| match app.state().overlays.last() {
        Some(Overlay::Form(form)) => (form.whom.clone(), form.draft_texts()),
        other => panic!("no form: {other:?}"),
    };
    let (whom, typed) = texts(&app);
    assert!(whom.contains("Bede"), "{whom}");
    assert!(!typed.values().any(|text| text.contains("Only")));
    press(&mut app, "esc s s");
    assert!(said(&app).contains("draft"), "{}", said(&app));
    press(&mut app, "c p");
    let (whom, typed) = texts(&app);
    assert!(whom.contains("Oakfield"), "{whom}");
    assert!(typed.values().any(|text| text == "Only here"));
}

#[test]
fn the_lock_closes_every_school_and_each_comes_back_where_it_was() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    press(&mut app, "3 s 2 4 s 3 1 enter ctrl-l");
    assert!(app.store().is_none());
    for (place, (name, _)) in THREE.iter().enumerate() {
        app.swap(place);
        let held = format!("{:?}", app.state());
        assert!(!held.contains("Mrs "), "staff of {name} stay in memory");
        assert!(!held.contains("Aisha"), "children of {name} stay in memory");
        app.swap(place);
    }
    press(&mut app, "enter");
    assert_eq!(app.title(), "sendesk HLM");
    assert!(matches!(
        app.state().overlays.last(),
        Some(Overlay::Record(_))
    ));
    press(&mut app, "s 1");
    assert_eq!(app.state().pane, Pane::Diary);
    press(&mut app, "s 2");
    assert_eq!(app.state().pane, Pane::Tasks);
}

#[test]
fn a_school_whose_file_is_gone_is_told_and_the_one_in_front_stays() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    let file = app.watched().remove(0);
    let gone = file.with_file_name("STB.db");
    std::fs::rename(&gone, home.path().join("away")).unwrap();
    press(&mut app, "1 s 2");
    assert_eq!(
        (app.title().as_str(), child(&mut app).as_str()),
        ("sendesk OAK", "Oakfield")
    );
    assert!(!said(&app).is_empty());
    std::fs::rename(home.path().join("away"), &gone).unwrap();
    press(&mut app, "s 2");
    assert_eq!(child(&mut app), "Bede");
}

#[test]
fn my_days_are_kept_on_the_desk_for_each_school_and_told_when_it_is_opened() {
    let home = tempfile::tempdir().unwrap();
    let mut app = several(home.path(), &THREE);
    assert_eq!(
        command(&mut app, "days mon thu"),
        "Your days at OAK: Mon and Thu"
    );
    assert!(command(&mut app, "days t").contains("could be two"));
    press(&mut app, "s 2");
    assert!(command(&mut app, "days").starts_with("Your days at STB: none."));
    press(&mut app, "0");
    assert_eq!(app.state().day.here, [0], "today is a Monday");
    assert!(command(&mut app, "days fri").contains("go to it first"));
    press(&mut app, "ctrl-l enter s 1");
    assert!(command(&mut app, "days").starts_with("Your days at OAK: Mon and Thu."));
    let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
    assert_eq!(app.state().calendar.next_of_mine(day(23)), Some(day(26)));
    assert_eq!(app.context().known.staff.len(), 1);
    press(&mut app, "1");
    assert_eq!(child(&mut app), "Oakfield");
}

#[test]
fn a_school_whose_file_was_changed_outside_says_so_when_it_is_opened_and_opens() {
    let home = tempfile::tempdir().unwrap();
    drop(several(home.path(), &THREE[..2]));
    let places = Places {
        data: home.path().to_path_buf(),
    };
    let desk = Desk::unlock_demo(&places).unwrap();
    for code in ["OAK", "STB"] {
        let view = "CREATE VIEW mine AS SELECT 1";
        desk.open_school(code).unwrap().change_unseen(view);
    }
    drop(desk);
    let mut app = again(home.path());
    assert!(
        said(&app).starts_with("OAK: The file is not built"),
        "{}",
        said(&app)
    );
    assert_eq!(app.state().school.code, "OAK");
    press(&mut app, "s 2");
    assert!(
        said(&app).starts_with("STB: The file is not built"),
        "{}",
        said(&app)
    );
    assert_eq!(app.state().school.code, "STB");
}
