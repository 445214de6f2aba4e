//! The schools of the desk: one is in front, and what the user left in each of the others is kept beside it, apart.
//!
//! A school's store, its lists, its places gone through and what lies over its panes go together. So whatever is done
//! is done in the school in front: nothing can read one school and write in another.

use super::action::Global;
use super::journey::Place;
use super::pane::Pane;
use super::pane::desk::Front;
use super::resume::Resume;
use super::state::{Listed, Own, SchoolTag, Tone};
use super::{App, Error};
use crate::domain::calendar::MyDays;
use crate::domain::id::PupilId;
use crate::domain::pupil::Line;
use crate::domain::school::School;
use crate::domain::step;
use crate::domain::untold::KeptFrom;
use crate::store::{SchoolEntry, Store};
use chrono::NaiveDate;
use std::sync::Arc;

/// A school of the desk. While it is in front all but its code and name is the desk's.
#[derive(Default)]
pub(super) struct Kept {
    /// Its code.
    pub(super) code: String,
    /// Its name.
    pub(super) name: String,
    /// Its records; `None` before it was gone to, and while the desk is locked.
    pub(super) store: Option<Store>,
    own: Own,
    /// Where the user was when the desk locked.
    resume: Option<Resume>,
    revision: i64,
    seen: i64,
    past: Vec<Place>,
    future: Vec<Place>,
    /// The day its lists were read on.
    read_on: Option<NaiveDate>,
    /// Which change was the last one made there, counted over all schools.
    pub(super) acted: u64,
}

impl Kept {
    /// A school that was not gone to yet.
    pub(super) fn of(school: &School) -> Self {
        Self {
            code: school.code.clone(),
            name: school.name.clone(),
            ..Self::default()
        }
    }

    /// True before its lists were read.
    pub(super) fn is_unread(&self) -> bool {
        self.own.is_unseen()
    }
}

impl App {
    /// The schools there are, in the desk's order; what was kept of those known before the lock stays.
    pub(super) fn know_schools(&mut self, schools: &[SchoolEntry]) {
        let mut before = std::mem::take(&mut self.kept);
        for entry in schools {
            let code = &entry.school.code;
            let known = before.iter().position(|kept| kept.code == *code);
            let kept = known.map_or_else(Kept::default, |at| before.swap_remove(at));
            self.kept.push(Kept {
                code: code.clone(),
                name: entry.school.name.clone(),
                ..kept
            });
        }
        self.list_schools();
    }

    /// `:days` and `:kept` without words: what is kept of the school in front.
    pub(super) fn tell_of_school(&mut self, act: Global) -> Result<(), Error> {
        match act {
            Global::KeptFrom => self.set_kept_from(""),
            _ => self.set_my_days(""),
        }
    }

    /// `:days mon thu`: keeps on which weekdays the user is at the school in front; without words says which are kept.
    pub(super) fn set_my_days(&mut self, typed: &str) -> Result<(), Error> {
        let Some(store) = &mut self.store else {
            self.say(
                Tone::Note,
                "Your days are kept for one school: go to it first.",
            );
            return Ok(());
        };
        let code = store.code().to_owned();
        if typed.is_empty() {
            let text = format!(
                "Your days at {code}: {}. : days mon thu keeps others, : days none forgets them.",
                store.my_days()
            );
            self.say(Tone::Note, text);
            return Ok(());
        }
        match MyDays::read(typed) {
            Ok(days) => {
                if let Some(desk) = &self.desk {
                    desk.keep_my_days(&code, days)?;
                }
                store.set_my_days(days);
                self.state.calendar = Arc::new(store.calendar()?);
                self.say(Tone::Done, format!("Your days at {code}: {days}"));
            }
            Err(word) => {
                let text = format!(
                    "\"{word}\" is no day of the week, or could be two. Nothing was changed."
                );
                self.say(Tone::Fault, text);
            }
        }
        Ok(())
    }

    /// `:kept 1 sep, paper file`: keeps from which day records are kept at the school in front, and where the rest is;
    /// without words says which day that is.
    pub(super) fn set_kept_from(&mut self, typed: &str) -> Result<(), Error> {
        let today = self.state.today;
        let Some(store) = &self.store else {
            self.say(Tone::Note, "This is kept for one school: go to it first.");
            return Ok(());
        };
        let code = store.code().to_owned();
        if typed.is_empty() {
            let kept = store.kept_from()?;
            let told = kept.map_or_else(
                || "not said from which day records are kept here".to_owned(),
                |kept| kept.text(),
            );
            let text = format!(
                "{code}: {told}. : kept 1 sep, paper file keeps another day and where the rest is, : kept none forgets it."
            );
            self.say(Tone::Note, text);
            return Ok(());
        }
        if self.refuses_change() {
            return Ok(());
        }
        let kept = if typed == "none" {
            None
        } else {
            match KeptFrom::read(typed, today) {
                Ok(kept) => Some(kept),
                Err(why) => {
                    self.say(Tone::Fault, format!("{why} Nothing was changed."));
                    return Ok(());
                }
            }
        };
        let label = step::kept_from(kept.as_ref().map(|kept| kept.day));
        self.store_mut()?
            .step(&label, |writer| writer.keep_from(kept.as_ref()))?;
        self.reload(true)?;
        let told = kept.map_or_else(|| "forgotten".to_owned(), |kept| kept.text());
        let text = format!("{code}: {told}{}", self.way_back(false));
        self.say(Tone::Done, text);
        Ok(())
    }

    fn list_schools(&mut self) {
        let listed = |kept: &Kept| Listed {
            code: kept.code.clone(),
            name: kept.name.clone(),
        };
        self.state.schools = self.kept.iter().map(listed).collect();
        self.state.school.schools = self.kept.len();
        for kept in &mut self.kept {
            kept.own.count(self.state.schools.len());
        }
    }

    /// Adds a school that is open already, behind the others: scripts and tests.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn add_store(&mut self, store: Store) -> Result<(), Error> {
        let school = store.school()?;
        self.kept.push(Kept {
            store: Some(store),
            ..Kept::of(&school)
        });
        self.list_schools();
        self.dirty = true;
        Ok(())
    }

    /// Shows a school that was opened: its register is read.
    pub(super) fn show_store(&mut self, store: Store) -> Result<(), Error> {
        let school = store.school()?;
        if let Some(kept) = self.kept.get_mut(self.at) {
            // Its file knows its name better than the desk does.
            kept.name.clone_from(&school.name);
            kept.read_on = Some(self.state.today);
        }
        self.state.school = SchoolTag {
            name: school.name,
            code: school.code,
            place: self.at,
            schools: self.kept.len(),
            demo: self.is_demo(),
            read_only: store.is_read_only(),
            later: None,
        };
        self.store = Some(store);
        self.seen = 0;
        if self.state.veil.is_some() {
            // Before anything of the school is shown.
            self.read_veil()?;
        }
        self.state.stage = super::state::Stage::Open;
        self.list_schools();
        self.reload(true)
    }

    /// The records of a school that is not in front, opened where they are not.
    pub(super) fn store_of(&mut self, place: usize) -> Result<&Store, Error> {
        let kept = self.kept.get_mut(place).ok_or(Error::NoSchool)?;
        if kept.store.is_none() {
            let desk = self.desk.as_ref().ok_or(Error::NoSchool)?;
            let store = desk.open_school(&kept.code)?;
            let notice = store.notice();
            kept.store = Some(store);
            if let Some(text) = notice {
                self.say(Tone::Fault, text);
            }
        }
        let kept = self.kept.get(place).ok_or(Error::NoSchool)?;
        kept.store.as_ref().ok_or(Error::NoSchool)
    }

    /// The children of every school that letters find, or nearly, the best of each before the second best of any.
    pub(super) fn find_across(
        &self,
        typed: &str,
        most: usize,
        nearly: bool,
    ) -> Result<Vec<(usize, Line)>, Error> {
        let mut found: Vec<(usize, usize, Line)> = Vec::new();
        for (place, kept) in self.kept.iter().enumerate() {
            let (Some(store), index) = (&kept.store, kept.own.index()) else {
                continue;
            };
            let rows = if nearly {
                index.find_nearly(typed, most)
            } else {
                index.find(typed, most)
            };
            let ids: Vec<PupilId> = rows
                .iter()
                .filter_map(|row| index.entries().get(*row))
                .map(|entry| entry.id)
                .collect();
            let lines = store.lines(&ids)?.into_iter().enumerate();
            found.extend(lines.map(|(rank, line)| (rank, place, line)));
        }
        found.sort_by_key(|(rank, place, _)| (*rank, *place));
        let nearest = found.into_iter().take(most);
        Ok(nearest.map(|(_, place, line)| (place, line)).collect())
    }

    /// Notes that a change was made in the school in front.
    pub(super) fn note_act(&mut self) {
        self.acts += 1;
        let acts = self.acts;
        if let Some(kept) = self.kept.get_mut(self.at) {
            kept.acted = acts;
        }
    }

    /// Puts the school in front aside, or one that was aside in front: the same both ways.
    pub(super) fn swap(&mut self, place: usize) {
        let Some(kept) = self.kept.get_mut(place) else {
            return;
        };
        std::mem::swap(&mut self.store, &mut kept.store);
        std::mem::swap(&mut self.revision, &mut kept.revision);
        std::mem::swap(&mut self.seen, &mut kept.seen);
        std::mem::swap(&mut self.past, &mut kept.past);
        std::mem::swap(&mut self.future, &mut kept.future);
        self.state.exchange(&mut kept.own);
    }

    /// Brings a school to the front as the user left it. Where it cannot be opened everything stays as it was.
    pub(super) fn bring(&mut self, place: usize) -> Result<(), Error> {
        let (from, all) = (self.at, self.state.all);
        if place == from && !all {
            return Ok(());
        }
        if !all {
            self.swap(from);
        }
        self.at = place;
        self.state.all = false;
        self.swap(place);
        let brought = self.open_here();
        if brought.is_err() {
            // Half-read is not read: it is opened anew the next time.
            self.store = self
                .store
                .take()
                .filter(|_| !self.state.school.code.is_empty());
            (self.revision, self.seen) = (-1, 0);
            self.swap(place);
            self.at = from;
            self.state.all = all;
            if !all {
                self.swap(from);
            }
        } else if all {
            self.state.day.wipe();
        }
        brought
    }

    /// Opens the school in front where it is not open yet, or takes in what was saved meanwhile.
    pub(super) fn open_here(&mut self) -> Result<(), Error> {
        let Some(kept) = self.kept.get_mut(self.at) else {
            return Err(Error::NoSchool);
        };
        let read_on = kept.read_on.replace(self.state.today);
        let is_read = !self.state.school.code.is_empty();
        match (self.store.take(), is_read) {
            (Some(store), true) => {
                self.store = Some(store);
                if read_on == Some(self.state.today) {
                    self.changed()
                } else {
                    self.reload(true)
                }
            }
            (Some(store), false) => self.show_store(store),
            (None, _) => {
                let code = kept.code.clone();
                let desk = self.desk.as_ref().ok_or(Error::NoSchool)?;
                let store = desk.open_school(&code)?;
                let notice = store.notice();
                self.show_store(store)?;
                if let Some(text) = notice {
                    self.say(Tone::Fault, text);
                }
                Ok(())
            }
        }
    }

    /// `s 1` to `s 9`, `s s`.
    pub(super) fn go_to_school(&mut self, act: Global) -> Result<(), Error> {
        match act {
            Global::School(digit) => self.switch(usize::from(digit).saturating_sub(1)),
            _ => match self.before {
                Some(place) if place < self.kept.len() => self.switch(place),
                _ => {
                    let text = match self.kept.len() {
                        0 | 1 => ONE_SCHOOL.to_owned(),
                        _ => format!("You were in no other school yet. {}", self.keys_told()),
                    };
                    self.say(Tone::Note, text);
                    Ok(())
                }
            },
        }
    }

    /// Goes to another school. A form or line that is open stays that school's, kept as its draft.
    pub(super) fn switch(&mut self, place: usize) -> Result<(), Error> {
        let count = self.kept.len();
        let all = self.state.all;
        if count <= 1 && !all {
            self.say(Tone::Note, ONE_SCHOOL);
            return Ok(());
        }
        if place >= count {
            let text = format!("There is no school {}. {}", place + 1, self.keys_told());
            self.say(Tone::Note, text);
            return Ok(());
        }
        if place == self.at && !all {
            let text = format!("You are at {} already.", self.state.school.name);
            self.say(Tone::Note, text);
            return Ok(());
        }
        self.keep_draft()?;
        self.note_seen();
        // From the day a school that was not seen yet opens on its queue.
        let pane = if all { Pane::Tasks } else { self.state.pane };
        let (from, front) = (self.at, self.state.desk.front);
        let is_new = self.kept[place].own.is_unseen();
        self.bring(place)?;
        if place != from {
            self.before = Some(from);
        }
        self.state.arrived = true;
        match (is_new, self.kept[place].resume.take()) {
            (_, Some(resume)) => self.resume(resume)?,
            (true, None) => self.open_as_before(pane, front)?,
            (false, None) => {}
        }
        if self.state.overlays.is_empty() {
            self.offer_drafts()?;
        }
        Ok(())
    }

    /// The first sight of a school: the pane the user comes from, everybody's rows in it. A school without pupils opens
    /// on its register, which says how to bring them in.
    fn open_as_before(&mut self, pane: Pane, front: Front) -> Result<(), Error> {
        if self.state.register.index.is_empty() {
            return Ok(());
        }
        self.show(pane)?;
        if front != Front::Pane {
            self.show_desk()?;
        }
        self.past.clear();
        Ok(())
    }

    /// Which digits lead to which school.
    fn keys_told(&self) -> String {
        let told: Vec<String> = self
            .kept
            .iter()
            .enumerate()
            .take(9)
            .map(|(place, kept)| {
                let name = format!("global.school-{}", place + 1);
                format!("{} {}", self.key_to(&name), kept.code)
            })
            .collect();
        format!("{}.", told.join(", "))
    }

    /// Closes every school but the one in front, for a lock: where the user was in each is noted, without any name.
    pub(super) fn put_others_away(&mut self) {
        let front = self.at;
        for place in 0..self.kept.len() {
            if place == front || self.kept[place].store.is_none() {
                continue;
            }
            self.swap(front);
            self.at = place;
            self.swap(place);
            let resume = std::mem::take(&mut self.resume);
            // What was typed there was stored when the school was left.
            let _ = self.note_where();
            let noted = std::mem::replace(&mut self.resume, resume);
            self.swap(place);
            self.at = front;
            self.swap(front);
            let kept = &mut self.kept[place];
            kept.resume = Some(noted);
        }
        for kept in &mut self.kept {
            kept.own.wipe();
            kept.store = None;
            // What was forgotten is read again, whichever way the school is opened.
            kept.read_on = None;
            kept.past.clear();
            kept.future.clear();
        }
    }

    /// No school is known any more: the user's own desk comes back after a look round the demo.
    pub(super) fn forget_schools(&mut self) {
        self.kept.clear();
        self.at = 0;
        self.before = None;
    }

    /// The stores that are open, the one in front first.
    pub fn stores(&self) -> impl Iterator<Item = &Store> {
        let behind = self.kept.iter().filter_map(|kept| kept.store.as_ref());
        self.store.iter().chain(behind)
    }

    /// The stores back in the desk's order, for a script that restarts the desk over them.
    pub fn into_stores(mut self) -> Vec<Store> {
        if !self.state.all {
            self.swap(self.at);
        }
        let stores = self.kept.into_iter().filter_map(|kept| kept.store);
        stores.collect()
    }
}

/// Said where a key to another school finds none.
const ONE_SCHOOL: &str =
    "There is one school on this desk. The shell's `sendesk school add` adds another.";
