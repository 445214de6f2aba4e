//! The day across the schools. While it is shown no school is in front: what is done to a row is done in the row's own
//! school, which is brought to the front for that alone; anything new asks for its school first. The user's own tasks are
//! among the rows and are in no school at all.

use super::action::{Action, Day, Global, List, Rows};
use super::overlay::Overlay;
use super::overlay::finder::Finder;
use super::pane::day::Whose;
use super::state::{SchoolTag, Tone};
use super::{App, Error};
use crate::domain::id::TaskId;
use crate::domain::school;
use crate::store;
use chrono::NaiveDate;

impl App {
    /// `0`: shows the day; where it is shown, today again, put in order. Drafts of the user's own are offered.
    pub(super) fn show_day(&mut self) -> Result<(), Error> {
        self.lay_out_day()?;
        self.offer_own_drafts();
        Ok(())
    }

    pub(super) fn lay_out_day(&mut self) -> Result<(), Error> {
        if self.kept.is_empty() {
            return Err(Error::NoSchool);
        }
        if !self.state.all {
            self.keep_draft()?;
            self.stop_filters();
            self.put_front_away();
            self.state.arrived = false;
        }
        self.state.overlays.clear();
        self.state.day.on = None;
        self.state.calendar = self.own_calendar();
        self.load_day()?;
        if let Some(code) = self.state.day.missing.first() {
            let text = if code == school::OWN {
                "Your own tasks could not be read: they are not shown here.".to_owned()
            } else {
                format!("{code} could not be opened: its tasks are not shown here.")
            };
            self.say(Tone::Fault, text);
        }
        Ok(())
    }

    /// No school is in front: its store and its lists are out of reach of every verb.
    fn put_front_away(&mut self) {
        self.swap(self.at);
        self.state.all = true;
        self.state.school = SchoolTag {
            name: "All schools".to_owned(),
            code: school::ALL.to_owned(),
            place: 0,
            schools: self.kept.len(),
            demo: self.is_demo(),
            read_only: false,
            later: None,
        };
    }

    /// Reads every school's open tasks and the user's own, and puts them in order.
    pub(super) fn load_day(&mut self) -> Result<(), Error> {
        if self.state.veil.is_some() {
            // Whoever was added anywhere meanwhile is hidden before being shown.
            self.read_veil()?;
        }
        // Before anything is read: what is saved meanwhile is read again.
        let versions = self.day_versions();
        let mut found = Vec::new();
        let mut missing = Vec::new();
        let (today, mut later) = (self.state.today, None);
        for place in 0..self.kept.len() {
            match self.store_of(place) {
                Ok(store) => {
                    later = later.max(store.later_than(today)?);
                    let lines = store.open_tasks()?.into_iter();
                    found.extend(lines.map(|line| (Whose::School(place), line)));
                }
                Err(_) => missing.push(self.kept[place].code.clone()),
            }
        }
        match self.own().map(|own| own.open_tasks()) {
            Some(Ok(lines)) => {
                found.extend(lines.into_iter().map(|line| (Whose::Mine, line)));
            }
            // The schools' are shown all the same.
            Some(Err(_)) => missing.push(school::OWN.to_owned()),
            None => {}
        }
        if self.state.day.visits.is_some() {
            self.state.day.visits = Some(self.next_visits());
        }
        self.state.day.here = self.schools_of(self.state.day.on.unwrap_or(self.state.today));
        self.state.school.later = later;
        self.state.day.missing = missing;
        self.state.day.take(found, self.state.today);
        self.day_seen = versions;
        Ok(())
    }

    /// A number for each school's file and one for the desk's own: each moves with every save of another session there.
    pub(super) fn day_versions(&mut self) -> Vec<i64> {
        let version = |app: &mut Self, place: usize| -> Result<i64, Error> {
            Ok(app.store_of(place)?.version()?)
        };
        // Of a file that cannot be read nothing new can be shown.
        let places = 0..self.kept.len();
        let mut all: Vec<i64> = places
            .map(|place| version(self, place).unwrap_or(-1))
            .collect();
        all.extend(self.own().map(|own| own.version().unwrap_or(-1)));
        all
    }

    /// The schools where the user is on a day.
    fn schools_of(&mut self, day: NaiveDate) -> Vec<usize> {
        let is_there = |app: &mut Self, place: usize| -> Result<bool, Error> {
            let store = app.store_of(place)?;
            Ok(store.my_days().holds(day) && store.calendar()?.is_my_day(day))
        };
        let places = 0..self.kept.len();
        // One that cannot be opened is told of already.
        let there = |place: &usize| is_there(self, *place).unwrap_or(false);
        places.filter(there).collect()
    }

    /// The next day of the user's at each school after the day shown; none where no days are kept.
    fn next_visits(&mut self) -> Vec<Option<NaiveDate>> {
        let on = self.state.day.on.unwrap_or(self.state.today);
        let next = |app: &mut Self, place: usize| -> Result<Option<NaiveDate>, Error> {
            let store = app.store_of(place)?;
            if store.my_days().is_empty() {
                return Ok(None);
            }
            Ok(store.calendar()?.next_of_mine(on))
        };
        (0..self.kept.len())
            .map(|place| next(self, place).unwrap_or_default())
            .collect()
    }

    /// `w 1`: what is due before the next visit to each school, or everything again.
    fn before_visits(&mut self) -> Result<(), Error> {
        if self.state.day.visits.take().is_some() {
            return self.load_day();
        }
        let visits = self.next_visits();
        if visits.iter().all(Option::is_none) {
            self.say(
                Tone::Note,
                "No days of yours are kept yet: at a school, :days mon thu keeps when you are there.",
            );
            return Ok(());
        }
        let code = |place: usize| self.kept[place].code.clone();
        let without: Vec<String> = (0..visits.len())
            .filter(|place| visits[*place].is_none())
            .map(code)
            .collect();
        self.state.day.visits = Some(visits);
        self.load_day()?;
        self.state.day.step(List::Top);
        if !without.is_empty() {
            let text = format!(
                "Without {}: no days of yours are kept there (:days).",
                without.join(", ")
            );
            self.say(Tone::Note, text);
        }
        Ok(())
    }

    /// Does something in a row's own school, which is in front meanwhile, and comes back to the day.
    pub(super) fn within<T>(
        &mut self,
        place: usize,
        task: Option<TaskId>,
        work: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let from = self.at;
        self.swap(place);
        self.at = place;
        self.state.all = false;
        self.acting_on = task.map(|id| (Whose::School(place), id));
        let done = self.open_here().and_then(|()| work(self));
        self.acting_on = None;
        let line = match (task, &self.store) {
            (Some(id), Some(store)) => store.task_line(id).map(|line| Some((id, line))),
            _ => Ok(None),
        };
        self.swap(place);
        self.at = from;
        self.state.all = true;
        if let Some((id, line)) = line? {
            let line = line.filter(|line| line.task.binned_at.is_none());
            self.state.day.replace(Whose::School(place), id, line);
        }
        done
    }

    /// Does something to a row of the day, wherever its task lies.
    fn on_row<T>(
        &mut self,
        whose: Whose,
        id: TaskId,
        work: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match whose {
            Whose::School(place) => self.within(place, Some(id), work),
            Whose::Mine => self.on_own(id, work),
        }
    }

    /// One action while the day is shown and nothing lies over it.
    pub(super) fn day_act(&mut self, action: Action) -> Result<(), Error> {
        match action {
            Action::List(List::Open) => match self.state.day.current().map(|entry| entry.whose) {
                Some(Whose::Mine) => self.day_rows(Rows::Edit),
                _ => self.enter_row().map(drop),
            },
            Action::List(by) => {
                self.state.day.step(by);
                Ok(())
            }
            Action::Day(by) => self.step_day(by),
            Action::Rows(act) => self.day_rows(act),
            Action::Global(act) => self.day_global(act),
            _ => {
                self.say(Tone::Note, ONE_ALONE);
                Ok(())
            }
        }
    }

    pub(super) fn day_rows(&mut self, act: Rows) -> Result<(), Error> {
        let row = self.state.day.current();
        let Some((whose, id)) = row.map(|entry| (entry.whose, entry.line.task.id)) else {
            self.say(Tone::Note, "There is no row under the cursor.");
            return Ok(());
        };
        match (act, whose) {
            (
                Rows::Tick
                | Rows::Urgent
                | Rows::DayLater
                | Rows::DayEarlier
                | Rows::WeekLater
                | Rows::WeekEarlier,
                _,
            ) => {
                self.on_row(whose, id, |app| app.rows(act))?;
                self.count_day()
            }
            (_, Whose::Mine) => self.own_rows(id, act),
            (Rows::Date, Whose::School(place)) => {
                let (open, calendar) = self.within(place, Some(id), |app| {
                    app.rows(Rows::Date)?;
                    let calendar = app.state.calendar.clone();
                    Ok((app.state.overlays.pop(), calendar))
                })?;
                // The school's own holidays speak against its day.
                self.state.calendar = calendar;
                self.state.day.asked = Some(whose);
                if let Some(Overlay::Date(mut open)) = open {
                    open.title = format!("{} at {}", open.title, self.kept[place].code);
                    self.state.overlays.push(Overlay::Date(open));
                }
                Ok(())
            }
            (Rows::Edit | Rows::Bin | Rows::Repeat, _) => {
                if self.enter_row()? {
                    self.rows(act)?;
                }
                Ok(())
            }
            _ => {
                self.say(Tone::Note, ONE_ALONE);
                Ok(())
            }
        }
    }

    fn day_global(&mut self, act: Global) -> Result<(), Error> {
        match act {
            Global::Show(_) | Global::Desk => {
                self.bring(self.at)?;
                self.state.arrived = true;
                self.global(act)
            }
            Global::Back if self.state.day.visits.take().is_some() => self.load_day(),
            Global::Back if self.state.day.on.take().is_some() => self.load_day(),
            Global::Back | Global::Past => {
                self.bring(self.at)?;
                self.state.arrived = true;
                Ok(())
            }
            Global::LastSchool => self.switch(self.at),
            Global::Find => self.find_everywhere(),
            Global::Undo | Global::Redo => self.undo_last(act == Global::Redo),
            Global::Refresh => self.load_day(),
            Global::Go(_) => {
                if self.enter_row()? {
                    self.global(act)?;
                }
                Ok(())
            }
            Global::New
            | Global::Make(_)
            | Global::Log(_)
            | Global::PutOn
            | Global::Add
            | Global::List(_)
            | Global::UsualTerms
            | Global::Import => self.ask_school(Some(Action::Global(act))),
            _ => self.global(act),
        }
    }

    /// Goes to the school of the row under the cursor and shows the row in its queue; false where there is no row.
    pub(super) fn enter_row(&mut self) -> Result<bool, Error> {
        let row = self.state.day.current();
        let Some((whose, id)) = row.map(|entry| (entry.whose, entry.line.task.id)) else {
            self.say(Tone::Note, "There is no row under the cursor.");
            return Ok(false);
        };
        let Whose::School(place) = whose else {
            self.say(Tone::Note, AT_NO_SCHOOL);
            return Ok(false);
        };
        self.switch(place)?;
        if self.state.all {
            return Ok(false);
        }
        self.leave_all()?;
        self.reveal_task(id)?;
        Ok(true)
    }

    /// `]` and `[`: another day, as it will look then.
    fn step_day(&mut self, by: Day) -> Result<(), Error> {
        let on = self.state.day.on.unwrap_or(self.state.today);
        let there = match by {
            Day::Next => on.succ_opt(),
            Day::Previous => on.pred_opt(),
            Day::BeforeVisit => return self.before_visits(),
        };
        self.state.day.on = there.filter(|day| *day != self.state.today);
        self.load_day()?;
        self.state.day.step(List::Top);
        Ok(())
    }

    /// Counts anew what is late and due; the rows stay where they are.
    pub(super) fn count_day(&mut self) -> Result<(), Error> {
        let (mut late, mut due) = (0, 0);
        for place in 0..self.kept.len() {
            let today = self.state.today;
            if let Ok(store) = self.store_of(place) {
                let counts = store.due_counts(today)?;
                late += counts.0;
                due += counts.1;
            }
        }
        let own = self.own().map(|own| own.due_counts(self.state.today));
        if let Some(Ok(counts)) = own {
            late += counts.0;
            due += counts.1;
        }
        (self.state.day.late, self.state.day.due_today) = (late, due);
        Ok(())
    }

    /// Enter in the date box over the day.
    pub(super) fn set_due_within(
        &mut self,
        set: impl FnOnce(&mut Self) -> Result<(), Error>,
        task: Option<TaskId>,
    ) -> Result<(), Error> {
        let (Some(whose), Some(id)) = (self.forget_asked(), task) else {
            return Ok(());
        };
        self.on_row(whose, id, set)?;
        self.count_day()
    }

    /// The date box over the day is closed: gives whose task it was about.
    pub(super) fn forget_asked(&mut self) -> Option<Whose> {
        let whose = self.state.day.asked.take();
        if whose.is_some() {
            self.state.calendar = self.own_calendar();
        }
        whose
    }

    /// Takes back the last act, in the school it was done in; or brings back the one taken back last.
    fn undo_last(&mut self, redo: bool) -> Result<(), Error> {
        let mut last = None;
        let own = self.own().map(|own| own.reversible(redo));
        if let Some(Ok(Some(at))) = own {
            last = Some(((at, self.own_acted), Whose::Mine));
        }
        for place in 0..self.kept.len() {
            let Ok(store) = self.store_of(place) else {
                continue;
            };
            let Some(at) = store.reversible(redo)? else {
                continue;
            };
            let key = (at, self.kept[place].acted);
            if last.is_none_or(|(newest, _)| key > newest) {
                last = Some((key, Whose::School(place)));
            }
        }
        let Some((_, whose)) = last else {
            let none = if redo {
                store::Error::NothingToRedo
            } else {
                store::Error::NothingToUndo
            };
            self.say(Tone::Note, none.to_string());
            return Ok(());
        };
        match whose {
            Whose::School(place) => self.within(place, None, |app| app.undo(redo))?,
            Whose::Mine => self.undo_own(redo)?,
        }
        self.load_day()
    }

    /// `f`: the finder over every school, each child with the school's code.
    fn find_everywhere(&mut self) -> Result<(), Error> {
        for place in 0..self.kept.len() {
            if self.kept[place].is_unread() && self.store_of(place).is_ok() {
                self.within(place, None, |_| Ok(()))?;
            }
        }
        let finder = Finder {
            across: true,
            ..Finder::default()
        };
        self.state.overlays.push(Overlay::Finder(finder));
        Ok(())
    }
}

/// Said where a key works in one school alone.
const ONE_ALONE: &str =
    "That works in one school: Enter goes to this row's own, s and a digit to another.";

/// Said where a key leads to the school of a row that has none.
const AT_NO_SCHOOL: &str = "This task is your own: it is at no school, and about no child.";
