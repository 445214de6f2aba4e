//! The first frame of the queue, before every name is read.

use super::{press, setup, type_in, values};
use crate::app::App;
use crate::app::event::Event;
use crate::app::job::Jobs;
use crate::app::pane::Pane;
use crate::app::state::State;
use crate::domain::form::{Kind, Value};
use crate::domain::school::School;
use crate::store::{Desk, Places, Writer};

/// A demo desk with this many children, the first sixty with a task each.
fn home(children: i64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let places = Places {
        data: folder.path().to_path_buf(),
    };
    let mut desk = Desk::create_demo(&places, "Demo").unwrap();
    let school = School::read("Oakfield Primary", "OAK", None, None, None).unwrap();
    desk.add_school(&school).unwrap();
    let mut store = desk.open_school("OAK").unwrap();
    let fill = |writer: &mut Writer<'_>| {
        for number in 0..children {
            let name = format!("Child{number}");
            let child = [("forename", "Una"), ("surname", name.as_str())];
            let pupil = writer.add(Kind::Pupil, &values(&child))?;
            if number < 60 {
                let mut task = values(&[("title", "write home")]);
                task.insert("pupil", Some(Value::Whole(pupil)));
                writer.add(Kind::Task, &task)?;
            }
        }
        Ok(())
    };
    store.step("New", fill).unwrap();
    folder
}

fn open(folder: &tempfile::TempDir, size: (u16, u16)) -> App {
    let mut setup = setup(Jobs::InLine);
    setup.places.data = folder.path().to_path_buf();
    let mut app = App::new(setup).unwrap();
    app.event(Event::Resize(size.0, size.1));
    app.take_dirty();
    app
}

/// Surnames of the children of the tasks shown, in their order; none where it is not read yet.
fn children(state: &State) -> Vec<Option<String>> {
    let lines = state.tasks.rows.iter();
    lines
        .filter_map(|row| state.tasks.line(*row))
        .map(|line| line.about.as_ref().map(|child| child.surname.clone()))
        .collect()
}

#[test]
fn the_first_frame_of_the_queue_names_the_rows_it_shows_and_the_rest_is_read_before_a_key_acts() {
    let folder = home(2_001);
    let mut app = open(&folder, (80, 24));
    assert_eq!(app.state().pane, Pane::Tasks);
    assert!(app.state().register.index.is_empty());
    let shown = app.state().tasks.list.page();
    let first = children(app.state());
    assert!(first.iter().take(shown.len() - 1).all(Option::is_some));
    assert_eq!(first.last().unwrap(), &None);
    app.read_rest();
    assert!(app.take_dirty(), "the counts of the rail are to be drawn");
    assert_eq!(app.state().register.index.len(), 2_001);
    let all = children(app.state());
    assert_eq!(all.len(), 60);
    assert!(all.iter().all(Option::is_some));
    app.read_rest();
    assert!(!app.take_dirty());
}

#[test]
fn a_key_that_comes_before_the_rest_is_read_finds_it_read() {
    let folder = home(2_001);
    let mut app = open(&folder, (80, 24));
    press(&mut app, "/");
    type_in(&mut app, "child57");
    assert_eq!(children(app.state()), [Some("Child57".to_owned())]);
    let mut app = open(&folder, (80, 24));
    press(&mut app, "1");
    app.take_dirty();
    assert_eq!(app.state().register.rows.len(), 2_001);
}

#[test]
fn the_desk_and_a_school_of_a_usual_size_are_read_whole_at_once() {
    let desk = open(&home(2_001), (160, 50));
    let usual = open(&home(70), (80, 24));
    for mut app in [desk, usual] {
        assert_eq!(app.state().pane, Pane::Tasks);
        assert!(!app.state().register.index.is_empty());
        assert!(children(app.state()).iter().all(Option::is_some));
        app.read_rest();
        assert!(!app.take_dirty(), "nothing was left to be read");
    }
}
