//! Plays a script: keys into the app, screens out of it, no terminal between.
//!
//! The school is made in memory and work is done in line, so that a script says the same on every machine.

use super::parse::{Act, Look, Step};
use super::{sample, screen};
use crate::app::event::Event;
use crate::app::job::Jobs;
use crate::app::key::Key;
use crate::app::keymap::Keymap;
use crate::app::overlay::themes::Entry;
use crate::app::state::Stage;
use crate::app::{App, Setup};
use crate::demo::{self, Options};
use crate::domain::school::{self, School};
use crate::store::{Author, OwnInMemory, Places, Store};
use crate::ui;
use crate::ui::theme::{GlyphSet, Theme};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::fmt::Write as _;
use std::path::PathBuf;

/// A line of a script that could not be played.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {text}")]
pub struct Stopped {
    /// The line, counted from 1.
    pub line: usize,
    /// Why, as a sentence.
    pub text: String,
}

/// The program as a script plays it.
pub struct Player {
    app: Option<App>,
    /// The folder of a first run, removed at the end.
    home: Option<tempfile::TempDir>,
    today: NaiveDate,
    size: (u16, u16),
    theme: String,
    /// The theme the program began with: it is drawn in another once one is chosen there.
    began_in: String,
    /// Events so far: what a keystroke budget counts.
    pub keys: usize,
}

/// The time on the wall of every script.
fn two_minutes_past_two() -> NaiveTime {
    NaiveTime::from_hms_opt(14, 2, 0).unwrap_or_default()
}

impl Player {
    /// Nothing open yet: 80x24, the `slate` theme, a fixed day.
    pub fn new() -> Self {
        Self {
            app: None,
            home: None,
            today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default(),
            size: (80, 24),
            theme: "slate".to_owned(),
            began_in: String::new(),
            keys: 0,
        }
    }

    /// The desk's folder, after `home`: another session can open it.
    pub fn home(&self) -> Option<PathBuf> {
        self.home.as_ref().map(|home| home.path().join("desk"))
    }

    /// Plays steps; gives what every `screen`, `style` and `dump` found, by its line.
    ///
    /// # Errors
    /// The first line that cannot be played.
    pub fn play(&mut self, steps: &[Step]) -> Result<Vec<(usize, Vec<String>)>, Stopped> {
        let mut found = Vec::new();
        for step in steps {
            let outcome = match &step.act {
                Act::Expect(look, _) => self.look(look).map(|lines| found.push((step.line, lines))),
                act => self.act(act),
            };
            outcome.map_err(|text| Stopped {
                line: step.line,
                text,
            })?;
        }
        Ok(found)
    }

    fn act(&mut self, act: &Act) -> Result<(), String> {
        match act {
            Act::School { name, pupils } => {
                let store = self.make(name, *pupils, 0)?;
                self.show(vec![store])?;
            }
            Act::Also { name, pupils } => {
                let place = self.app()?.state().schools.len();
                let store = self.make(name, *pupils, place)?;
                self.app()?
                    .add_store(store)
                    .map_err(|error| error.to_string())?;
            }
            Act::Demo => self.open_demo()?,
            Act::Home => {
                self.home = Some(tempfile::tempdir().map_err(|error| error.to_string())?);
                self.start()?;
            }
            Act::Today(day) => {
                self.today = *day;
                if let Some(app) = &mut self.app {
                    app.event(Event::Day(*day));
                }
            }
            Act::Size(columns, rows) => {
                self.size = (*columns, *rows);
                if let Some(app) = &mut self.app {
                    app.event(Event::Resize(*columns, *rows));
                }
            }
            Act::Theme(name) => self.theme.clone_from(name),
            Act::Keys(keys) => {
                for key in keys {
                    self.press(*key)?;
                }
            }
            Act::Type(text) => {
                for c in text.chars() {
                    self.press(Key::char(c))?;
                }
            }
            Act::Paste(text) => self.app()?.event(Event::Paste(text.clone())),
            Act::Pause => self.app()?.event(Event::Pause),
            Act::Changed => self.app()?.event(Event::Changed),
            Act::Later(minutes) => {
                if let Some(store) = self.app()?.store() {
                    store.later(TimeDelta::minutes(*minutes));
                }
            }
            Act::Edited(text) => {
                let app = self.app()?;
                if app.take_errand().is_none() {
                    return Err("no editor was asked for.".to_owned());
                }
                app.event(Event::Edited(Ok(text.clone())));
            }
            Act::Lock => self.app()?.event(Event::Key(Key::ctrl('l'))),
            Act::Shows(words) => self.must_show(words)?,
            Act::Restart => self.restart()?,
            Act::Expect(..) => {}
        }
        // A frame is drawn after every act, as on a terminal: rows of the page are loaded then.
        if let Some(app) = &mut self.app {
            app.take_dirty();
        }
        Ok(())
    }

    /// Presses a key and counts it.
    ///
    /// # Errors
    /// When nothing is open.
    pub fn press(&mut self, key: Key) -> Result<(), String> {
        self.keys += 1;
        let app = self.app()?;
        let before = app.state().theme.clone();
        app.event(Event::Key(key));
        app.take_dirty();
        // A theme taken by a key is drawn from then on, as on a terminal.
        let theme = app.state().theme.clone();
        if theme != before {
            self.theme = theme;
        }
        Ok(())
    }

    /// The app.
    ///
    /// # Errors
    /// When nothing is open.
    pub fn app(&mut self) -> Result<&mut App, String> {
        self.app
            .as_mut()
            .ok_or_else(|| "no school is open: begin with `school NAME sample`.".to_owned())
    }

    fn setup(&self) -> Setup {
        Setup {
            places: Places {
                data: self.home().unwrap_or_default(),
            },
            today: self.today,
            // A desk on disk would else date its steps by the day of the test.
            working_date: self.home().map(|_| self.today),
            invented: false,
            time: two_minutes_past_two,
            local: |at| at.naive_utc(),
            school: None,
            theme: self.theme.clone(),
            themes: Theme::shipped()
                .iter()
                .map(|(name, _)| Entry {
                    name: (*name).to_owned(),
                    about: theme_of(name).variant().ground().to_owned(),
                    notes: Vec::new(),
                })
                .collect(),
            colourless: false,
            keymap: Keymap::default(),
            login: "script".to_owned(),
            idle: None,
            demo: sample::make_usual,
            jobs: Jobs::InLine,
            paths: vec!["desk           nowhere: this school is in memory".to_owned()],
            notes: Vec::new(),
        }
    }

    /// A school in memory; its place on the desk tells its children from those of the others.
    fn make(&self, name: &str, pupils: usize, place: usize) -> Result<Store, String> {
        let code = school::suggest_code(name);
        let school =
            School::read(name, &code, None, None, None).map_err(|fault| fault.to_string())?;
        let options = Options {
            seed: sample::SEED + place as u64,
            today: self.today,
            pupils,
            index: place,
        };
        self.made(&school, "Script", &options)
    }

    /// The demo, but in memory and at the script's hour.
    fn open_demo(&mut self) -> Result<(), String> {
        let schools = sample::options(sample::SEED, self.today, &demo::USUAL_SCHOOLS);
        let made = |options: &Options| self.made(&demo::describe(options.index), "Demo", options);
        let mut stores = schools.iter().map(made).collect::<Result<Vec<_>, _>>()?;
        for (place, store) in stores.iter_mut().enumerate() {
            store.set_my_days(sample::weekdays(place));
        }
        self.show(stores)?;
        let own = OwnInMemory::at(self.start_of_day()).map_err(|error| error.to_string())?;
        sample::fill_own(&own.own(), self.today).map_err(|error| error.to_string())?;
        let app = self.app()?;
        app.keep_own(Some(own));
        app.mark_demo();
        Ok(())
    }

    fn made(&self, school: &School, author: &str, options: &Options) -> Result<Store, String> {
        let author = Author {
            name: author.to_owned(),
            login: "script".to_owned(),
            working_date: Some(self.today),
        };
        let start = self.start_of_day();
        let mut store =
            Store::memory_at(school, author, start).map_err(|error| error.to_string())?;
        if options.pupils > 0 {
            sample::fill(&mut store, options, None).map_err(|error| error.to_string())?;
        }
        Ok(store)
    }

    /// Whatever the hour of the test: entries are made from two minutes past two of the script's day on.
    fn start_of_day(&self) -> DateTime<Utc> {
        self.today.and_time(two_minutes_past_two()).and_utc()
    }

    fn must_show(&mut self, words: &str) -> Result<(), String> {
        let screen = self.text()?.join("\n");
        if screen.contains(words) {
            return Ok(());
        }
        Err(format!(
            "\"{words}\" does not stand on the screen:\n{screen}"
        ))
    }

    /// Starts the program in the temporary folder: the first run, or the lock.
    fn start(&mut self) -> Result<(), String> {
        let mut app = App::new(self.setup()).map_err(|error| error.to_string())?;
        app.event(Event::Resize(self.size.0, self.size.1));
        self.began_in.clone_from(&self.theme);
        self.app = Some(app);
        Ok(())
    }

    fn show(&mut self, stores: Vec<Store>) -> Result<(), String> {
        let mut stores = stores.into_iter();
        let first = stores
            .next()
            .ok_or_else(|| "no school is open to start again.".to_owned())?;
        let mut app = App::over(self.setup(), first).map_err(|error| error.to_string())?;
        for store in stores {
            app.add_store(store).map_err(|error| error.to_string())?;
        }
        app.event(Event::Resize(self.size.0, self.size.1));
        self.began_in.clone_from(&self.theme);
        self.app = Some(app);
        Ok(())
    }

    /// Ends the program and starts it over the same store.
    fn restart(&mut self) -> Result<(), String> {
        let mut app = self
            .app
            .take()
            .ok_or_else(|| "no school is open to start again.".to_owned())?;
        app.event(Event::Quit);
        if self.home.is_some() {
            drop(app);
            return self.start();
        }
        let own = app.take_own();
        self.show(app.into_stores())?;
        self.app()?.keep_own(own);
        Ok(())
    }

    fn look(&mut self, look: &Look) -> Result<Vec<String>, String> {
        match look {
            Look::Screen => self.text(),
            Look::Everywhere => self.everywhere(),
            Look::Style => {
                let theme = theme_of(self.shown());
                Ok(screen::styles(&self.frame_in(&theme)?, &theme))
            }
            Look::Dump(table) => {
                let store = self.app()?.store().ok_or("no school is open.")?;
                let dump = store.dump(table).map_err(|error| error.to_string())?;
                Ok(dump.lines().map(str::to_owned).collect())
            }
        }
    }

    /// The screen's text; what is shown once and random is left out.
    fn text(&mut self) -> Result<Vec<String>, String> {
        let lines = screen::text(&self.frame()?);
        let secrets = match &self.app()?.state().stage {
            Stage::FirstRun(first) => first
                .shown
                .as_ref()
                .map(|(code, phrase)| format!("{} {}", **code, **phrase)),
            _ => None,
        };
        let Some(secrets) = secrets else {
            return Ok(lines);
        };
        let words: Vec<&str> = secrets
            .split([' ', '-'])
            .filter(|word| word.len() > 2)
            .collect();
        let hide = |line: String| {
            let shown = words.iter().filter(|word| line.contains(*word)).count();
            if shown > 1 {
                "(shown once)".to_owned()
            } else {
                line
            }
        };
        Ok(lines.into_iter().map(hide).collect())
    }

    /// Text at every size; styles in every theme, of all but the first only what differs from it.
    fn everywhere(&mut self) -> Result<Vec<String>, String> {
        let size = self.size;
        let mut lines = Vec::new();
        for (columns, rows) in [(36, 20), (80, 24), (120, 40), (160, 50)] {
            self.act(&Act::Size(columns, rows))?;
            lines.push(format!("== {columns}x{rows}"));
            lines.extend(self.text()?);
            let mut first: Option<[Vec<String>; 2]> = None;
            for name in ["slate", "paper", "terminal", "mono"] {
                let theme = theme_of(name);
                let [cells, legend] = runs(&screen::styles(&self.frame_in(&theme)?, &theme));
                lines.push(format!("-- {name}"));
                match &first {
                    Some([as_before, known]) if *as_before == cells => {
                        lines.push("cells as in slate".to_owned());
                        let news = legend.iter().filter(|line| !known.contains(line));
                        lines.extend(news.cloned());
                    }
                    _ => lines.extend(cells.iter().chain(&legend).cloned()),
                }
                first.get_or_insert([cells, legend]);
            }
        }
        self.act(&Act::Size(size.0, size.1))?;
        Ok(lines)
    }

    /// The theme the screen is in: the one chosen in the program, or else the one the script names.
    fn shown(&self) -> &str {
        let chosen = self.app.as_ref().map(|app| app.state().shown_theme());
        chosen
            .filter(|name| *name != self.began_in)
            .unwrap_or(&self.theme)
    }

    /// The screen as it would be drawn now.
    ///
    /// # Errors
    /// When nothing is open.
    pub fn frame(&mut self) -> Result<Buffer, String> {
        self.frame_in(&theme_of(self.shown()))
    }

    fn frame_in(&mut self, theme: &Theme) -> Result<Buffer, String> {
        let (columns, rows) = self.size;
        let app = self.app()?;
        app.take_dirty();
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        ui::paint(&mut buffer, app.state(), app.keymap(), theme);
        Ok(buffer)
    }
}

/// A shipped theme, with every sign.
fn theme_of(name: &str) -> Theme {
    let (theme, _) = Theme::named(name, &|_| None);
    theme.with_glyphs(None, GlyphSet::Unicode)
}

/// Lines of cells as run lengths, `12. 5a 63b`, in which equal lines that follow one another stand once; then what the
/// letters are.
fn runs(lines: &[String]) -> [Vec<String>; 2] {
    let (mut out, mut told) = (Vec::new(), Vec::new());
    let mut legend = false;
    let mut first = 1;
    for (at, line) in lines.iter().enumerate() {
        legend |= line.is_empty() && at + 1 < lines.len() && lines[at + 1].contains(' ');
        if legend {
            told.extend((!line.is_empty()).then(|| line.clone()));
            continue;
        }
        if lines.get(at + 1) == Some(line) {
            continue;
        }
        let mut cells = String::new();
        let mut rest = line.chars().peekable();
        while let Some(cell) = rest.next() {
            let mut count = 1;
            while rest.next_if_eq(&cell).is_some() {
                count += 1;
            }
            // Into memory: it cannot fail.
            let _ = write!(cells, " {count}{cell}");
        }
        out.push(format!("{first}-{}:{cells}", at + 1));
        first = at + 2;
    }
    [out, told]
}

impl Default for Player {
    fn default() -> Self {
        Self::new()
    }
}
