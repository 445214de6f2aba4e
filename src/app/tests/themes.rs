//! Themes kept for a desk, gone from it, and not sound.

use super::{press, setup};
use crate::app::App;
use crate::app::event::Event;
use crate::app::job::Jobs;
use crate::app::overlay::themes::Entry;
use crate::domain::school::School;
use crate::store::{Desk, Places};

struct Home {
    folder: tempfile::TempDir,
    themes: Vec<Entry>,
}

fn entry(name: &str, notes: &[&str]) -> Entry {
    Entry {
        name: name.to_owned(),
        about: "light".to_owned(),
        notes: notes.iter().map(|note| (*note).to_owned()).collect(),
    }
}

impl Home {
    /// A demo desk, which opens at once, and three themes.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            data: folder.path().to_path_buf(),
        };
        let mut desk = Desk::create_demo(&places, "Demo").unwrap();
        let school = School::read("Oakfield Primary", "OAK", None, None, None).unwrap();
        desk.add_school(&school).unwrap();
        Self {
            folder,
            themes: ["paper", "slate", "terminal"]
                .map(|name| entry(name, &[]))
                .to_vec(),
        }
    }

    fn open(&self) -> App {
        let mut setup = setup(Jobs::InLine);
        setup.places.data = self.folder.path().to_path_buf();
        setup.theme = "terminal".to_owned();
        setup.themes.clone_from(&self.themes);
        let mut app = App::new(setup).unwrap();
        app.event(Event::Resize(80, 24));
        app.take_dirty();
        app
    }
}

/// Types a command into the palette and runs it.
fn run(app: &mut App, words: &str) {
    press(app, ":");
    for c in words.chars() {
        let key = if c == ' ' {
            "space".to_owned()
        } else {
            c.to_string()
        };
        press(app, &key);
    }
    press(app, "enter");
}

fn said(app: &App) -> &str {
    let flash = app.state().flash.as_ref();
    flash.map_or("", |flash| flash.text.as_str())
}

#[test]
fn a_theme_is_shown_while_it_is_chosen_and_only_enter_keeps_it() {
    let home = Home::new();
    let mut app = home.open();
    run(&mut app, "theme");
    assert_eq!(app.state().shown_theme(), "terminal");
    press(&mut app, "down");
    assert_eq!(app.state().shown_theme(), "paper");
    assert_eq!(app.state().theme, "terminal");
    // The lock, like Esc, leaves everything as it was.
    press(&mut app, "ctrl-l");
    assert_eq!(app.state().shown_theme(), "terminal");
    drop(app);
    let mut app = home.open();
    assert_eq!(app.state().shown_theme(), "terminal");
    run(&mut app, "theme");
    press(&mut app, "down enter");
    assert_eq!(
        (app.state().theme.as_str(), said(&app)),
        ("paper", "Theme: paper")
    );
    drop(app);
    assert_eq!(home.open().state().theme, "paper");
}

#[test]
fn the_settings_theme_comes_back_with_auto_and_is_followed_again() {
    let home = Home::new();
    let mut app = home.open();
    run(&mut app, "theme slate");
    assert_eq!(app.state().theme, "slate");
    run(&mut app, "theme auto");
    assert_eq!(app.state().theme, "terminal");
    drop(app);
    assert_eq!(home.open().state().theme, "terminal");
}

#[test]
fn the_box_opens_on_what_was_kept_even_where_it_is_what_the_settings_say() {
    let home = Home::new();
    let mut app = home.open();
    run(&mut app, "theme terminal");
    run(&mut app, "theme");
    // One down from terminal, the last, is terminal; from auto it would be paper.
    press(&mut app, "down");
    assert_eq!(app.state().shown_theme(), "terminal");
}

#[test]
fn a_kept_theme_that_is_gone_is_told_and_the_settings_stand_in() {
    let mut home = Home::new();
    let mut app = home.open();
    run(&mut app, "theme paper");
    drop(app);
    home.themes.remove(0);
    let app = home.open();
    assert_eq!(app.state().theme, "terminal");
    assert_eq!(
        said(&app),
        "The theme paper that was kept here is no longer there: terminal is shown. :theme lists all."
    );
}

#[test]
fn what_is_wrong_with_the_theme_in_force_is_said_once_and_the_desk_opens_all_the_same() {
    let mut home = Home::new();
    let fault = "harbour.toml, line 5: \"list.curser\" is no role.";
    home.themes.push(entry("harbour", &[fault, "another"]));
    let mut app = home.open();
    assert_eq!(said(&app), "", "another theme's faults wait");
    run(&mut app, "theme harbour");
    let more = "1 more: sendesk keys --check and sendesk theme check tell all.";
    assert_eq!(said(&app), format!("Theme: harbour. {fault} {more}"));
    drop(app);
    let mut app = home.open();
    assert!(app.state().is_open());
    assert_eq!(app.state().theme, "harbour");
    assert_eq!(said(&app), format!("{fault} {more}"));
    press(&mut app, "ctrl-l enter");
    assert_eq!(said(&app), "", "once");
}
