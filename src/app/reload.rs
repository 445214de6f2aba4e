//! Reading again what moved, and loading the rows that are seen before a frame is drawn.

use super::overlay::Overlay;
use super::pane::Pane;
use super::state::Tone;
use super::{App, Error, layout};
use crate::store::Part;
use chrono::NaiveDate;
use std::cell::OnceCell;
use std::sync::Arc;

impl App {
    /// A new day began: what was typed as `y` or `1w` meant the old one, and lists are read for the new.
    pub(super) fn begin_day(&mut self, day: NaiveDate) -> Result<(), Error> {
        if self.setup.working_date.is_some() || day == self.state.today {
            return Ok(());
        }
        self.dirty = true;
        for overlay in &mut self.state.overlays {
            if let Overlay::Form(form) = overlay {
                form.settle();
            }
        }
        self.state.today = day;
        self.reload(true)?;
        if self.state.all {
            self.load_day()?;
        }
        // Its chips say "today" and "yesterday".
        self.read_add()
    }

    /// Reads the register and open records again; with `sort`, lists are put in order.
    pub(super) fn reload(&mut self, sort: bool) -> Result<(), Error> {
        let Some(store) = &self.store else {
            return Ok(());
        };
        self.revision = store.revision()?;
        let today = self.state.today;
        self.state.school.later = store.later_than(today)?;
        let all = sort || self.seen == 0;
        // Where all is read again only the end of the journal is wanted.
        let changes = store.changes(if all { i64::MAX } else { self.seen })?;
        self.seen = changes.newest;
        let moved = |part: Part| all || changes.parts.contains(&part);
        let state = &mut self.state;
        let named = [Part::Register, Part::People, Part::Provision];
        let unveiled = state.veil.is_some() && named.into_iter().any(moved);
        if moved(Part::Calendar) {
            state.calendar = Arc::new(store.calendar()?);
        }
        // A run is told apart by who is on it: their names may have moved too.
        if moved(Part::Provision) || moved(Part::Register) {
            state.known = OnceCell::new();
        }
        if moved(Part::People) {
            state.tasks.peek = None;
        }
        if moved(Part::Register) && !state.register.unread {
            state.desk.names_moved();
            state.register.load(store, today, sort)?;
        }
        if moved(Part::Register) || moved(Part::Tasks) || moved(Part::Diary) {
            state.tasks.count(store, today)?;
            state.diary.follow(store, &state.register.index)?;
        }
        let parts = [Part::Provision, Part::Register, Part::Calendar];
        if parts.into_iter().any(moved) {
            state.provision.follow(store, today)?;
        }
        if sort && state.pane == Pane::Diary && state.diary.is_loaded() {
            state.diary.load(store, &state.register.index)?;
        }
        if state.shows(Pane::Tasks) && sort {
            state.tasks.load(store, today)?;
        } else if state.shows(Pane::Tasks) {
            state.tasks.follow(store, today, moved(Part::Register))?;
        }
        let mut gone = false;
        for overlay in &mut self.state.overlays {
            if let Overlay::Record(view) = overlay {
                gone |= !view.reload(store, today)?;
            }
        }
        if gone {
            self.state
                .overlays
                .retain(|overlay| !matches!(overlay, Overlay::Record(_)));
            self.meeting_lost()?;
        }
        if unveiled {
            self.read_veil()?;
        }
        self.reload_listing()
    }

    /// A file moved: is each still the one that is open, and may it still be written?
    pub(super) fn look_at_files(&mut self) {
        let mut told = None;
        for store in self.stores() {
            let could_write = !store.is_read_only();
            let looked = store.look_at_file();
            let code = store.code();
            told = match (could_write, !store.is_read_only(), looked) {
                (true, false, Err(error)) => Some(error.to_string()),
                (true, false, Ok(())) => Some(format!(
                    "{code} was handed over by another session: here it can only be read from now on."
                )),
                (false, true, _) => Some(format!(
                    "The hand-over of {code} was taken back: it can be worked on here again."
                )),
                _ => continue,
            };
        }
        let desk = self.desk.as_ref();
        let told = told.or(desk.and_then(crate::store::Desk::newly_lost));
        let Some(told) = told else { return };
        if let Some(store) = &self.store {
            self.state.school.read_only = store.is_read_only();
        }
        self.dirty = true;
        self.keep_all();
        self.say(Tone::Fault, told);
    }

    /// After the first frame: reads what it did not need, before the first key acts.
    ///
    /// The queue, which is the first screen in most terminals, needs no name but those of its page; at 100,000 pupils
    /// the others take four times as long as all the rest of a start.
    pub fn read_rest(&mut self) {
        if !std::mem::take(&mut self.state.register.unread) {
            return;
        }
        let (Some(store), today) = (&self.store, self.state.today) else {
            return;
        };
        self.dirty = true;
        let state = &mut self.state;
        let read = state
            .register
            .load(store, today, true)
            .and_then(|()| state.tasks.name_rest(store));
        if let Err(error) = read {
            self.say(Tone::Fault, error.to_string());
        }
    }

    /// Fits lists to the screen and loads the rows that are seen.
    pub(super) fn refresh(&mut self) -> Result<(), Error> {
        let areas = layout::areas(self.state.size, self.state.school.schools);
        if self.state.all {
            let day = &mut self.state.day;
            day.list.fit(day.rows.len(), layout::rows_shown(&areas));
        }
        match self.state.overlays.last_mut() {
            Some(Overlay::Chooser(chooser)) => {
                let lines = layout::inner_lines(layout::chooser(&areas)).saturating_sub(2);
                chooser.list.fit(chooser.rows.len(), lines);
            }
            Some(Overlay::PutOn(open)) => {
                let lines = layout::inner_lines(layout::put_on(&areas)).saturating_sub(2);
                open.list.fit(open.rows.len(), lines);
            }
            Some(Overlay::Themes(open)) => open.fit(&areas),
            Some(Overlay::Plan(view)) => {
                let lines = layout::inner_lines(layout::plan(&areas)).saturating_sub(3);
                view.list.fit(view.lines.len(), lines);
            }
            Some(Overlay::Listing(listing)) => {
                let lines = layout::inner_lines(layout::plan(&areas)).saturating_sub(2);
                listing.list.fit(listing.rows.len(), lines);
            }
            _ => {}
        }
        if self.store.is_none() || !self.state.is_open() {
            return Ok(());
        }
        let keys = self.state.pane;
        if !self.state.is_tiled() {
            return self.load_pane(keys, layout::rows_shown(&areas), true);
        }
        let reads = self.reads_one();
        let tiles = layout::tiles(&areas, keys);
        let height = |pane: Pane| layout::rows_shown(&tiles.each[pane.place()]).max(1);
        // Its row tells whom the others follow.
        self.load_pane(keys, height(keys), reads)?;
        self.follow()?;
        for pane in Pane::ALL.into_iter().filter(|pane| *pane != keys) {
            self.load_pane(pane, height(pane), false)?;
        }
        Ok(())
    }

    /// Fits a pane's list to its height and loads the rows that are seen; `peeked` where its peek is seen too.
    fn load_pane(&mut self, pane: Pane, height: usize, peeked: bool) -> Result<(), Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let state = &mut self.state;
        match pane {
            Pane::Register => state
                .register
                .load_page(store, state.today, height, peeked)?,
            Pane::Diary => state
                .diary
                .load_page(store, &state.register.index, height)?,
            Pane::Tasks => state.tasks.load_page(store, height, peeked)?,
            Pane::Provision => state
                .provision
                .load_page(store, state.today, height, peeked)?,
        }
        Ok(())
    }
}
