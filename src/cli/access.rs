//! What every command starts from: places, date, passphrase, desk and school.

use super::args::Globals;
use super::out::{self, Out};
use super::own;
use super::stop::Stop;
use crate::config::Paths;
use crate::domain::calendar::Calendar;
use crate::domain::date;
use crate::domain::form::Context;
use crate::domain::id::PupilId;
use crate::domain::passphrase;
use crate::domain::person::Person;
use crate::domain::school;
use crate::store::{Desk, Places, SchoolEntry, Store};
use crate::sys;
use chrono::NaiveDate;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use zeroize::Zeroizing;

/// Longest passphrase that is read, in bytes.
const LONGEST: u64 = 4096;

/// The flags, made sense of.
pub(super) struct Access {
    /// Where things are.
    pub(super) paths: Paths,
    /// The working date.
    pub(super) today: NaiveDate,
    /// The flags as given.
    pub(super) globals: Globals,
}

impl Access {
    /// Makes sense of the flags; opens nothing.
    pub(super) fn new(mut globals: Globals) -> Result<Self, Stop> {
        let paths = Paths::find().map_err(|fault| Stop::failed(fault.to_string()))?;
        if globals.passphrase_file.is_none() {
            globals.passphrase_file = std::env::var_os("SENDESK_PASSPHRASE_FILE")
                .filter(|path| !path.is_empty())
                .map(Into::into);
        }
        if let Some(code) = &globals.school {
            let code = school::read_code(code).map_err(|fault| Stop::usage(fault.to_string()))?;
            globals.school = Some(code);
        }
        Ok(Self {
            paths,
            today: globals.today.unwrap_or_else(sys::clock::today),
            globals,
        })
    }

    /// Refuses `--all` where one school is meant.
    pub(super) fn check_all(&self, reads_every_school: bool) -> Result<(), Stop> {
        if self.globals.all && !reads_every_school {
            return Err(Stop::usage(
                "--all is for list, find, today, due and backup. Name one school with --school CODE.",
            ));
        }
        Ok(())
    }

    /// The working date, when it is not the real day.
    pub(super) fn working_date(&self) -> Option<NaiveDate> {
        self.globals.today.filter(|day| *day != sys::clock::today())
    }

    /// Where the desk is.
    pub(super) fn places(&self) -> Places {
        Places {
            data: self.paths.data.clone(),
        }
    }

    /// The passphrase from the file named; none when none is.
    pub(super) fn passphrase_from_file(&self) -> Result<Option<Zeroizing<String>>, Stop> {
        let path = self.globals.passphrase_file.as_deref();
        path.map(read_passphrase).transpose()
    }

    /// The open desk. Asks for the passphrase when there is a terminal and no file.
    pub(super) fn desk(&self) -> Result<Desk, Stop> {
        let places = self.places();
        if !Desk::exists(&places)? {
            return Err(crate::store::Error::NoDesk { path: places.data }.into());
        }
        let mut desk = if Desk::is_demo(&places)? {
            Desk::unlock_demo(&places)?
        } else {
            let passphrase = match self.passphrase_from_file()? {
                Some(passphrase) => passphrase,
                None => ask_passphrase("Passphrase: ")?,
            };
            Desk::unlock(&places, &passphrase)?
        };
        desk.set_working_date(self.working_date());
        Ok(desk)
    }

    /// True where the user's own tasks are meant instead of a school.
    pub(super) fn is_own(&self) -> bool {
        self.globals.school.as_deref() == Some(school::OWN)
    }

    /// The school meant, open: the one named, else the current one.
    pub(super) fn store(&self) -> Result<Store, Stop> {
        if self.is_own() {
            return Err(Stop::usage(own::NO_SCHOOL));
        }
        self.dated(open(&self.desk()?, self.globals.school.as_deref())?)
    }

    /// Says where a school's newest step worked on a later day than this: its lists are not the state of this day.
    fn dated(&self, store: Store) -> Result<Store, Stop> {
        if let Some(later) = store.later_than(self.today)? {
            out::aside(&format!(
                "{}: you work on {}, and the newest step worked on {}: lists show what is on file now, not the state of \
                 your day.",
                store.code(),
                date::full(self.today),
                date::full(later)
            ));
        }
        Ok(store)
    }

    /// What a form or an add line of this school is read with: its calendar, and the people around these pupils.
    pub(super) fn context(&self, store: &Store, pupils: &[PupilId]) -> Result<Context, Stop> {
        let mut people: Vec<Person> = Vec::new();
        for pupil in pupils {
            for person in store.people_of(*pupil)? {
                if !people.iter().any(|other| other.shared == person.shared) {
                    people.push(person);
                }
            }
        }
        Ok(Context {
            today: self.today,
            time: Some(sys::clock::time()),
            calendar: Arc::new(store.calendar()?),
            people: people.into(),
            known: Arc::new(store.known()?),
        })
    }

    /// The schools to read: with `--all` every one, else the one meant.
    pub(super) fn stores(&self) -> Result<Vec<Store>, Stop> {
        if self.globals.all {
            self.every_store()
        } else {
            Ok(vec![self.store()?])
        }
    }

    /// The school named; where none is, every one.
    pub(super) fn named_or_every(&self) -> Result<Vec<Store>, Stop> {
        if self.globals.school.is_some() {
            Ok(vec![self.store()?])
        } else {
            self.every_store()
        }
    }

    /// The schools whose tasks are to be read, and the desk where the user's own are too.
    pub(super) fn queues(&self) -> Result<(Vec<Store>, Option<Desk>), Stop> {
        let desk = self.desk()?;
        let stores = match (self.globals.all, self.is_own()) {
            (true, _) => self.every(&desk)?,
            (false, true) => Vec::new(),
            (false, false) => {
                vec![self.dated(open(&desk, self.globals.school.as_deref())?)?]
            }
        };
        Ok((stores, (self.globals.all || self.is_own()).then_some(desk)))
    }

    fn every_store(&self) -> Result<Vec<Store>, Stop> {
        self.every(&self.desk()?)
    }

    fn every(&self, desk: &Desk) -> Result<Vec<Store>, Stop> {
        let open = |entry: SchoolEntry| self.dated(noticed(desk.open_school(&entry.school.code)?));
        desk.schools()?.into_iter().map(open).collect()
    }
}

/// The terms that days of the user's own tasks are read with: those of the school worked on last.
pub(super) fn own_calendar(desk: &Desk) -> Calendar {
    let current = desk.current().ok().flatten();
    let store = current.and_then(|entry| desk.open_school(&entry.school.code).ok());
    let calendar = store.and_then(|store| store.calendar().ok());
    calendar.unwrap_or_default().without_my_days()
}

/// The code of the school meant: the one named, else the current one.
pub(super) fn meant(desk: &Desk, code: Option<&str>) -> Result<String, Stop> {
    match code {
        Some(code) => Ok(code.to_owned()),
        None => current(desk),
    }
}

/// A school of the desk, open: the one of this code, else the current one.
pub(super) fn open(desk: &Desk, code: Option<&str>) -> Result<Store, Stop> {
    Ok(noticed(desk.open_school(&meant(desk, code)?)?))
}

/// Says what the look at its opening found of a school; it is open all the same.
fn noticed(store: Store) -> Store {
    if let Some(text) = store.notice() {
        out::aside(&text);
    }
    store
}

fn current(desk: &Desk) -> Result<String, Stop> {
    match desk.current()? {
        Some(entry) => Ok(entry.school.code),
        None => Err(Stop::failed(
            "This desk has no school yet. Add one with: sendesk school add --name NAME --code ABC",
        )),
    }
}

/// What a passphrase file holds.
pub(super) struct Line {
    /// Its first line, without its line end.
    pub(super) text: Zeroizing<String>,
    /// True where it goes on behind that.
    pub(super) more: bool,
    /// True where the line is longer than is read.
    pub(super) cut: bool,
}

/// The first line of a passphrase file, without its line end.
pub(super) fn read_passphrase(path: &Path) -> Result<Zeroizing<String>, Stop> {
    Ok(read_line(path)?.text)
}

/// The first line of a passphrase file, and whether that is all of it.
pub(super) fn read_line(path: &Path) -> Result<Line, Stop> {
    let locked = |why: &str| {
        let path = path.display();
        Stop::Locked(format!("The passphrase file {path} {why}"))
    };
    let unread = |fault: std::io::Error| match fault.kind() {
        std::io::ErrorKind::NotFound => locked("is not there. Check the name and the folder."),
        std::io::ErrorKind::PermissionDenied => locked("may not be read by you. Check its rights."),
        _ => locked(&format!("cannot be read ({fault}).")),
    };
    // What it is first: a device or a pipe is nobody's to take rights away from.
    let (file, _) = sys::read::open_regular(path).map_err(unread)?;
    if sys::file::others_can_read(path).map_err(unread)? {
        return Err(locked(
            "can be read by other users of this machine. Take that right away with: chmod 600",
        ));
    }
    let mut line = Zeroizing::new(Vec::new());
    let mut reader = BufReader::new(file.take(LONGEST));
    reader.read_until(b'\n', &mut line).map_err(unread)?;
    let text = passphrase::first_line(&line).map_err(locked)?;
    Ok(Line {
        text: Zeroizing::new(text.to_owned()),
        more: !reader.buffer().trim_ascii().is_empty(),
        cut: line.len() as u64 == LONGEST && !line.ends_with(b"\n"),
    })
}

/// Asks on the terminal without echo.
pub(super) fn ask_passphrase(prompt: &str) -> Result<Zeroizing<String>, Stop> {
    // Where messages are not seen on a terminal nobody would see the question either.
    let missing = || {
        Stop::Locked(
            "The desk is locked and there is no terminal to ask on. Give --passphrase-file PATH, or set \
             SENDESK_PASSPHRASE_FILE."
                .to_owned(),
        )
    };
    if !std::io::stderr().is_terminal() {
        return Err(missing());
    }
    // The prompt turns echo off and ends the process on Ctrl-C before it turns it on again: a signal is heard here.
    give_back_echo().map_err(|_| missing())?;
    match rpassword::prompt_password(prompt) {
        Ok(typed) => Ok(Zeroizing::new(typed)),
        Err(fault) if fault.kind() == std::io::ErrorKind::Interrupted => Err(Stop::Locked(
            "No passphrase was given; nothing was opened or made.".to_owned(),
        )),
        Err(fault) if fault.kind() == std::io::ErrorKind::InvalidData => Err(Stop::Locked(
            "What was typed is not UTF-8 text; nothing was opened or made. Check the terminal's settings."
                .to_owned(),
        )),
        Err(_) => Err(missing()),
    }
}

/// From now on a signal that ends the process puts the terminal back as it is now. Ctrl-C at the prompt ends the prompt
/// itself.
fn give_back_echo() -> std::io::Result<()> {
    static HEARD: OnceLock<sys::signal::Signals> = OnceLock::new();
    if HEARD.get().is_some() {
        return Ok(());
    }
    let tty = sys::tty::Tty::open()?;
    let modes = tty.modes()?;
    let heard = sys::signal::listen(sys::signal::Reaction {
        on_end: || {},
        // A terminal that is gone needs nothing back.
        restore: move || drop(tty.set_modes(&modes)),
        on_resize: || {},
    })?;
    HEARD.get_or_init(|| heard);
    Ok(())
}

/// True when questions can be asked and answered.
pub(super) fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// One line typed in answer; `None` at the end of input.
pub(super) fn ask(out: &mut Out, question: &str) -> Option<String> {
    out.ask(question);
    let mut typed = String::new();
    match std::io::stdin().lock().take(LONGEST).read_line(&mut typed) {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(typed.trim().to_owned()),
    }
}

/// Yes or no; anything but a clear yes is no.
pub(super) fn agrees(out: &mut Out, question: &str) -> bool {
    let typed = ask(out, question).unwrap_or_default();
    matches!(typed.to_lowercase().as_str(), "y" | "yes")
}

/// True when this very word was typed, for what cannot be taken back by a key.
pub(super) fn types(out: &mut Out, question: &str, word: &str) -> bool {
    ask(out, question).is_some_and(|typed| typed.eq_ignore_ascii_case(word))
}
