//! The provision map: runs by area, or by child what each gets, with hours a week and planned cost.
//!
//! A desk's provision is small, so all of it is in memory once the pane is first seen. What a row costs is worked out
//! when the list is read, never stored.

mod child;
mod view;

pub use view::{By, Key, Row, Shown, Worklist};

use super::{Narrow, Of};
use crate::app::action::List as Move;
use crate::app::list::{List, Marks};
use crate::domain::calendar::Calendar;
use crate::domain::id::{ProvisionId, PupilId};
use crate::domain::provision::cost::{Costs, Rates};
use crate::domain::provision::{Fault, Member, Phase, Run, Weeks};
use crate::domain::text::fold;
use crate::store::{self, Store};
use chrono::NaiveDate;

/// The run under the cursor in full.
#[derive(Debug, Clone)]
pub struct Peek {
    /// The run with its children and sessions.
    pub run: Run,
    /// Its last day, given or from its weeks.
    pub last: NaiveDate,
    /// What it costs.
    pub costs: Costs,
    /// What is to be mended in it.
    pub faults: Vec<Fault>,
    /// The rate on file for its first day, where it was planned at another.
    pub rate_since: Option<i64>,
    /// False where the school has no term dates, so that any weekday counts.
    pub has_terms: bool,
}

impl Peek {
    fn of(run: Run, rates: &Rates, calendar: &Calendar, today: NaiveDate) -> Self {
        let weeks = Weeks::of(&run.provision, calendar);
        let costs = Costs::over(&run, rates, &weeks, today);
        Self {
            last: run.provision.last_day(calendar),
            faults: run.faults_of(&costs, &weeks, calendar, today),
            costs,
            rate_since: run.provision.rate_since(rates),
            has_terms: calendar.has_terms(),
            run,
        }
    }
}

/// The map as the screen shows it.
#[derive(Debug, Default)]
pub struct Provision {
    /// Every run, worked out.
    shown: Vec<Shown>,
    /// What the list shows.
    pub rows: Vec<Row>,
    /// Cursor and page, over [`Provision::rows`].
    pub list: List,
    /// Marked rows.
    pub marks: Marks<Key>,
    /// The filter.
    pub narrow: Narrow<Key>,
    /// The worklist shown; `None` is what runs and what is to come.
    pub worklist: Option<Worklist>,
    /// By provision or by child.
    pub by: By,
    /// True when the order is turned round.
    pub reversed: bool,
    /// The child whose provision is shown; `None` is everybody's.
    pub of: Option<Of>,
    /// The run under the cursor in full.
    pub peek: Option<Peek>,
    /// First line of the peek shown.
    pub peek_top: usize,
    rates: Rates,
    loaded: bool,
    /// True when what the peek shows may have changed.
    stale: bool,
}

impl Provision {
    /// A run of the list, worked out.
    pub fn shown(&self, at: usize) -> Option<&Shown> {
        self.shown.get(at)
    }

    /// True where another run that is not over is called the same: who is on it tells them apart.
    pub fn has_twin(&self, shown: &Shown) -> bool {
        let title = shown.run.provision.title();
        self.shown.iter().any(|other| {
            other.run.provision.id != shown.run.provision.id
                && other.phase != Phase::Over
                && other.run.provision.title() == title
        })
    }

    /// The row under the cursor.
    pub fn current(&self) -> Option<Row> {
        self.rows.get(self.list.cursor()?).copied()
    }

    /// What a row is, when it is no heading.
    pub fn key(&self, row: Row) -> Option<Key> {
        match row {
            Row::Head(..) => None,
            Row::Run(at) => Some(Key::Run(self.shown.get(at)?.run.provision.id)),
            Row::Member(at, member) => {
                Some(Key::Member(self.shown.get(at)?.run.members.get(member)?.id))
            }
        }
    }

    /// What is under the cursor.
    pub fn current_key(&self) -> Option<Key> {
        self.key(self.current()?)
    }

    /// The run of the row under the cursor.
    pub fn current_run(&self) -> Option<&Shown> {
        match self.current()? {
            Row::Run(at) | Row::Member(at, _) => self.shown.get(at),
            Row::Head(..) => None,
        }
    }

    /// Marked rows in the order of the list, or the one under the cursor.
    pub fn chosen(&self) -> Vec<Key> {
        if self.marks.is_empty() {
            return self.current_key().into_iter().collect();
        }
        let rows = self.rows.iter().filter_map(|row| self.key(*row));
        let mut keys: Vec<Key> = rows.filter(|key| self.marks.holds(*key)).collect();
        // What is marked stays so where the filter hides its row.
        let hidden: Vec<Key> = self
            .marks
            .iter()
            .filter(|key| !keys.contains(key))
            .collect();
        keys.extend(hidden);
        keys
    }

    /// The runs that these rows are or belong to, each once.
    pub fn runs_of(&self, keys: &[Key]) -> Vec<ProvisionId> {
        let mut found = Vec::new();
        for key in keys {
            let run = match *key {
                Key::Run(id) => Some(id),
                Key::Member(id) => {
                    let is_in = |shown: &&Shown| shown.run.members.iter().any(|one| one.id == id);
                    let run = self.shown.iter().find(is_in);
                    run.map(|shown| shown.run.provision.id)
                }
            };
            found.extend(run.filter(|id| !found.contains(id)));
        }
        found
    }

    /// The runs marked, or the one under the cursor; of a child's place its run. Each once.
    pub fn chosen_runs(&self) -> Vec<ProvisionId> {
        let chosen = self.chosen();
        let mut runs = Vec::new();
        for shown in &self.shown {
            let id = shown.run.provision.id;
            let mut places = shown.run.members.iter();
            if chosen.contains(&Key::Run(id))
                || places.any(|member| chosen.contains(&Key::Member(member.id)))
            {
                runs.push(id);
            }
        }
        runs
    }

    /// The children of these rows; a run is about nobody in particular.
    pub fn children<'a>(&'a self, keys: &'a [Key]) -> impl Iterator<Item = PupilId> + 'a {
        let members = self.shown.iter().flat_map(|shown| &shown.run.members);
        members
            .filter(|member| keys.contains(&Key::Member(member.id)))
            .map(Member::pupil)
    }

    /// How many rows the list shows, headings apart.
    pub fn count(&self) -> usize {
        let is_row = |row: &&Row| !matches!(row, Row::Head(..));
        self.rows.iter().filter(is_row).count()
    }

    /// The place of the cursor among the rows shown, from 1.
    pub fn place(&self) -> Option<usize> {
        self.list.place_among(&self.rows, Row::is_head)
    }

    /// How many rows there are before the filter.
    pub fn unfiltered(&self) -> usize {
        let rows = self.shown.iter().filter(|shown| self.belongs(shown));
        match self.by {
            By::Provision if self.of.is_none() => rows.count(),
            _ => rows.map(|shown| self.members(shown).count()).sum(),
        }
    }

    /// True when the list has been read.
    pub fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// True for a run that the list shows.
    fn belongs(&self, shown: &Shown) -> bool {
        match self.worklist {
            // One child's list has the past too.
            None => self.of.is_some() || shown.phase != Phase::Over,
            Some(Worklist::Over) => shown.phase == Phase::Over,
            Some(Worklist::ToMend) => !shown.faults.is_empty(),
        }
    }

    /// The members of a run that the list shows, by their places.
    fn members<'a>(&'a self, shown: &'a Shown) -> impl Iterator<Item = usize> + 'a {
        let is_of = |pupil| self.of.as_ref().is_none_or(|of| of.pupil == pupil);
        let members = shown.run.members.iter().enumerate();
        members
            .filter(move |(_, member)| is_of(member.pupil()))
            .map(|(at, _)| at)
    }

    /// Reads the map and puts it in order.
    pub fn load(&mut self, store: &Store, today: NaiveDate) -> Result<(), store::Error> {
        self.rates = store.rates()?;
        let runs = match &self.of {
            Some(of) => store.runs_of(of.pupil)?,
            // With their sessions: some of what is to be mended is in them.
            None => store.runs(true)?,
        };
        self.arrange(runs, &store.calendar()?, today);
        Ok(())
    }

    /// Works the runs out and puts them in order.
    fn arrange(&mut self, runs: Vec<Run>, calendar: &Calendar, today: NaiveDate) {
        let under = self.current_key();
        self.shown = runs
            .into_iter()
            .map(|run| Shown::work(run, &self.rates, calendar, today))
            .collect();
        self.shown.sort_by_cached_key(Shown::order_key);
        if self.reversed {
            self.shown.reverse();
        }
        self.loaded = true;
        self.stale = true;
        self.narrow();
        let shown = &self.shown;
        self.marks.retain(|key| match key {
            Key::Run(id) => shown.iter().any(|one| one.run.provision.id == id),
            Key::Member(id) => {
                let mut members = shown.iter().flat_map(|one| &one.run.members);
                members.any(|member| member.id == id)
            }
        });
        if let Some(key) = under {
            self.go(key);
        }
    }

    /// A map of these runs with the first in full, for tests that have no store.
    #[cfg(test)]
    pub(crate) fn show_runs(&mut self, runs: Vec<Run>, rates: Rates, today: NaiveDate) {
        let calendar = Calendar::default();
        self.rates = rates;
        self.arrange(runs, &calendar, today);
        self.peek = self
            .current_run()
            .map(|shown| Peek::of(shown.run.clone(), &self.rates, &calendar, today));
    }

    /// Reads again what was saved since, if it was ever read.
    pub fn follow(&mut self, store: &Store, today: NaiveDate) -> Result<(), store::Error> {
        if self.loaded {
            self.load(store, today)?;
        }
        Ok(())
    }

    /// Applies the filter and puts in the headings.
    pub fn narrow(&mut self) {
        let words: Vec<String> = fold(self.narrow.filter.text())
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        self.rows = match self.by {
            By::Provision if self.of.is_none() => self.by_provision(&words),
            _ => self.by_child(&words),
        };
        self.list.fit_over(&self.rows, Row::is_head);
    }

    fn by_provision(&self, words: &[String]) -> Vec<Row> {
        let mut rows = Vec::new();
        let fits = |shown: &Shown| {
            words
                .iter()
                .all(|word| shown.said().contains(word.as_str()))
        };
        let found: Vec<usize> = (0..self.shown.len())
            .filter(|at| self.belongs(&self.shown[*at]) && fits(&self.shown[*at]))
            .collect();
        let mut last = None;
        for at in &found {
            let area = self.shown[*at].area();
            if last != Some(area) {
                let same = |other: &&usize| self.shown[**other].area() == area;
                rows.push(Row::Head(*at, found.iter().filter(same).count()));
                last = Some(area);
            }
            rows.push(Row::Run(*at));
        }
        rows
    }

    fn by_child(&self, words: &[String]) -> Vec<Row> {
        let mut found: Vec<(String, usize, usize)> = Vec::new();
        for (at, shown) in self.shown.iter().enumerate() {
            if !self.belongs(shown) {
                continue;
            }
            for place in self.members(shown) {
                let child = &shown.run.members[place].child;
                let class = child.class.as_deref().unwrap_or_default();
                let name = format!("{} {}", child.listed_name(), child.pupil.0);
                let said = fold(&format!("{} {name} {class}", shown.said()));
                if words.iter().all(|word| said.contains(word.as_str())) {
                    found.push((fold(&name), at, place));
                }
            }
        }
        found.sort_by(|(name, ..), (other, ..)| name.cmp(other));
        if self.reversed {
            found.reverse();
        }
        let mut rows = Vec::new();
        let mut last: Option<&str> = None;
        for (n, (name, at, place)) in found.iter().enumerate() {
            if self.of.is_none() && last != Some(name) {
                let same = found[n..].iter().take_while(|(other, ..)| other == name);
                rows.push(Row::Head(*at, same.count()));
                last = Some(name);
            }
            rows.push(Row::Member(*at, *place));
        }
        rows
    }

    /// Moves as a key says; headings are passed over.
    pub fn step(&mut self, by: Move) {
        self.list.step_over(by, &self.rows, Row::is_head);
    }

    /// Puts the cursor on a row; false when the list does not show it.
    pub fn go(&mut self, key: Key) -> bool {
        let found = self.rows.iter().position(|row| self.key(*row) == Some(key));
        if let Some(row) = found {
            self.list.go(row);
        }
        found.is_some()
    }

    /// Puts the cursor on a run, widening the list when it does not show it.
    pub fn reveal(
        &mut self,
        store: &Store,
        today: NaiveDate,
        id: ProvisionId,
    ) -> Result<(), store::Error> {
        self.load(store, today)?;
        if self.go_to_run(id) {
            return Ok(());
        }
        self.narrow.filter.set("");
        self.worklist = None;
        self.load(store, today)?;
        if !self.go_to_run(id) {
            self.worklist = Some(Worklist::Over);
            self.load(store, today)?;
            self.go_to_run(id);
        }
        Ok(())
    }

    /// Puts the cursor on the first row of a run.
    fn go_to_run(&mut self, id: ProvisionId) -> bool {
        let is_of = |row: &Row| match *row {
            Row::Run(at) | Row::Member(at, _) => self.shown[at].run.provision.id == id,
            Row::Head(..) => false,
        };
        let found = self.rows.iter().position(is_of);
        if let Some(row) = found {
            self.list.go(row);
        }
        found.is_some()
    }

    /// Fits the list and loads the peek.
    pub fn load_page(
        &mut self,
        store: &Store,
        today: NaiveDate,
        height: usize,
        peeked: bool,
    ) -> Result<(), store::Error> {
        if !self.loaded {
            self.load(store, today)?;
        }
        self.list.fit(self.rows.len(), height);
        if !peeked {
            return Ok(());
        }
        let Some(id) = self.current_run().map(|shown| shown.run.provision.id) else {
            self.peek = None;
            return Ok(());
        };
        let held = self.peek.as_ref().map(|peek| peek.run.provision.id);
        if held != Some(id) {
            self.peek_top = 0;
        } else if !self.stale {
            return Ok(());
        }
        self.stale = false;
        let calendar = store.calendar()?;
        self.peek = store
            .run(id)?
            .map(|run| Peek::of(run, &self.rates, &calendar, today));
        Ok(())
    }

    /// Marks, as a key says.
    pub fn mark(&mut self, act: super::Marking) {
        let all: Vec<Key> = self.rows.iter().filter_map(|row| self.key(*row)).collect();
        match act {
            super::Marking::One => {
                if let Some(key) = self.current_key() {
                    self.marks.toggle(key);
                    self.step(Move::Down);
                }
            }
            super::Marking::Range => {
                let current = self.current_key();
                self.marks.range(&all, current);
            }
            super::Marking::All => super::mark_all(&mut self.marks, &all),
        }
    }

    /// Forgets everything that was read, for a locked desk.
    pub fn wipe(&mut self) {
        *self = Self {
            worklist: self.worklist,
            by: self.by,
            reversed: self.reversed,
            ..Self::default()
        };
    }
}
