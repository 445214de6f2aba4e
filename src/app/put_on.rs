//! Children put on provision, and what happened in it: a session held or missed.

use super::action::{List, Picker, Provision as Act};
use super::form::{About, Opening};
use super::overlay::Overlay;
use super::overlay::listing::Purpose;
use super::overlay::put_on::PutOnBox;
use super::pane::Pane;
use super::pane::provision::Key;
use super::state::Tone;
use super::{App, Error};
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{ProvisionId, ProvisionTypeId};
use crate::domain::provision::cost::{Costs, told};
use crate::domain::provision::{Phase, how_often};
use crate::domain::{date, step, text};
use chrono::NaiveDate;

impl App {
    /// `p`: opens the box for the children at hand; on a run, asks for the child to put on it.
    pub(super) fn put_on(&mut self) -> Result<(), Error> {
        if self.refuses_change() {
            return Ok(());
        }
        let pupils = self.pupils_at_hand();
        if pupils.is_empty() {
            return self.open_on_run(Kind::Member);
        }
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let (calendar, today) = (&self.state.calendar, self.state.today);
        let runs: Vec<_> = store
            .runs(false)?
            .into_iter()
            .map(|run| {
                let phase = run.provision.phase(calendar, today);
                (run, phase)
            })
            .filter(|(_, phase)| *phase != Phase::Over)
            .collect();
        let types = store.provision_types()?;
        let whom = self.whom(&pupils)?;
        let open = PutOnBox::open(pupils, whom, &runs, &types, today);
        self.state.overlays.push(Overlay::PutOn(Box::new(open)));
        Ok(())
    }

    /// Keys in the box.
    pub(super) fn put_on_key(&mut self, act: Picker) -> Result<(), Error> {
        let Some(Overlay::PutOn(open)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        match act {
            Picker::Down => open.list.step(List::Down),
            Picker::Up => open.list.step(List::Up),
            Picker::PageDown => open.list.step(List::PageDown),
            Picker::PageUp => open.list.step(List::PageUp),
            Picker::Leave => drop(self.state.overlays.pop()),
            Picker::Take => return self.take_put_on(),
            Picker::Complete => {}
        }
        Ok(())
    }

    fn take_put_on(&mut self) -> Result<(), Error> {
        let Some(Overlay::PutOn(open)) = self.state.overlays.last() else {
            return Ok(());
        };
        let Some(offer) = open.current() else {
            let text = "Nothing is called that. Esc, then :new provision type adds it.";
            self.say(Tone::Note, text);
            return Ok(());
        };
        if open.naming.is_none() && open.beside(offer).is_some() {
            let offer = offer.clone();
            if let Some(Overlay::PutOn(open)) = self.state.overlays.last_mut() {
                open.ask_name(offer);
            }
            return Ok(());
        }
        let own = open.naming.as_ref().map(|_| text::clean(open.query.text()));
        let own = own.filter(|own| !own.is_empty());
        let (what, pupils, whom) = (offer.what, open.pupils.clone(), open.whom.clone());
        let today = self.state.today;
        // A run begins on a school day; where no term dates tell of one, today.
        let calendar = &self.state.calendar;
        let known = |day: &NaiveDate| calendar.unknown(*day).is_none();
        let from = calendar.on_or_after(today).filter(known).unwrap_or(today);
        let label = step::put_on(&pupils);
        let put = self.store_mut()?.step(&label, |writer| {
            let put = writer.put_on(&pupils, what, from)?;
            if let Some(own) = &own {
                writer.name_run(put.0, Some(own))?;
            }
            Ok(put)
        });
        let (run, put) = match put {
            Ok(put) => put,
            Err(error) => {
                self.say(Tone::Fault, format!("{error} Nothing was changed."));
                return Ok(());
            }
        };
        self.state.overlays.pop();
        self.clear_marks();
        self.reload(false)?;
        let told = self.told_run(run)?;
        let text = if put.is_empty() {
            format!("{whom}: on {told} already. Nothing was changed.")
        } else {
            format!("{whom}: on {told}{}", self.way_back(false))
        };
        self.say(Tone::Done, text);
        Ok(())
    }

    /// `Lexia, 3 x 20 min a week to 26 Feb, £48`.
    fn told_run(&self, id: ProvisionId) -> Result<String, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let Some(run) = store.run(id)? else {
            return Ok(String::new());
        };
        let (calendar, today) = (&self.state.calendar, self.state.today);
        let costs = Costs::of(&run, &store.rates()?, calendar, today);
        let provision = &run.provision;
        let cost = match costs.whole.planned {
            Ok(_) => told(costs.whole.planned, costs.unallocated.planned),
            Err(unknown) => format!("cost not known: {unknown}"),
        };
        Ok(format!(
            "{}, {} to {}, {cost}",
            provision.title(),
            how_often(provision.minutes, provision.sessions_week),
            date::named(provision.last_day(calendar), today)
        ))
    }

    /// The runs of the marked rows of the map, or of the row under its cursor.
    fn runs_at_hand(&self) -> Vec<ProvisionId> {
        let map = &self.state.provision;
        if self.state.pane != Pane::Provision {
            return Vec::new();
        }
        let keys = if self.reads_one() {
            map.current_key().into_iter().collect()
        } else {
            map.chosen()
        };
        map.runs_of(&keys)
    }

    /// Opens the form of something that belongs to the runs at hand, on each of them.
    fn open_on_run(&mut self, kind: Kind) -> Result<(), Error> {
        let runs = self.runs_at_hand();
        let Some(first) = runs.first() else {
            self.needs_row();
            return Ok(());
        };
        let mut opening = Opening::new(kind, About::New(None));
        opening.presets.insert("provision", first.to_string());
        opening.runs = runs;
        self.open_form(opening)
    }

    /// Asks in the open form for the name of a new run where there is another of its type; true where it did.
    pub(super) fn asks_run_name(&mut self, values: &Values) -> Result<bool, Error> {
        let Some(Some(Value::Whole(of))) = values.get("type") else {
            return Ok(false);
        };
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let beside = store.runs_beside(ProvisionTypeId(*of))?;
        let Some(first) = beside.first() else {
            return Ok(false);
        };
        let why = format!(
            "Another run is there: {}. A name tells this one apart; Enter again goes without.",
            first.told_apart(self.state.today)
        );
        let context = self.context();
        if let Some(Overlay::Form(form)) = self.state.overlays.last_mut() {
            form.ask_late(Some(why), &context);
        }
        Ok(true)
    }

    /// `b c`: the place of a child on the run under the cursor: the child's, or those of the run to choose from.
    fn open_places(&mut self) -> Result<(), Error> {
        if self.refuses_several("works on") {
            return Ok(());
        }
        let map = &self.state.provision;
        if let Some(Key::Member(id)) = map.chosen().first() {
            return self.open_form(Opening::new(Kind::Member, About::On(id.0)));
        }
        let keys = map.chosen();
        let Some(run) = map.runs_of(&keys).first().copied() else {
            self.needs_row();
            return Ok(());
        };
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let places = store.run(run)?.map_or(0, |run| run.members.len());
        if places == 0 {
            let text = format!(
                "No child is on it. {} puts one on it.",
                self.key_to("global.put-on")
            );
            self.say(Tone::Note, text);
            return Ok(());
        }
        self.list_of(Purpose::Places(run))
    }

    /// The names of several runs that a form is opened on; of one run none, for the title has it.
    pub(super) fn runs_counted(&self, opening: &Opening) -> Result<Option<String>, Error> {
        if opening.runs.len() < 2 {
            return Ok(None);
        }
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let mut names = Vec::new();
        for id in &opening.runs {
            names.extend(store.run(*id)?.map(|run| run.provision.title()));
        }
        Ok(Some(names.join(", ")))
    }

    /// The name of the run that a form is opened on, for its title; of several how many.
    pub(super) fn run_meant(&self, opening: &Opening) -> Result<Option<String>, Error> {
        if opening.runs.len() > 1 {
            return Ok(Some(format!("{} runs", opening.runs.len())));
        }
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let id = opening
            .presets
            .get("provision")
            .and_then(|id| id.parse().ok());
        let run = id.map(|id| store.run(id)).transpose()?.flatten();
        Ok(run.map(|run| run.provision.title()))
    }

    pub(super) fn provision(&mut self, act: Act) -> Result<(), Error> {
        let map = &mut self.state.provision;
        match act {
            Act::Worklist(worklist) => {
                let again = map.worklist == Some(worklist);
                map.worklist = if again { None } else { Some(worklist) };
            }
            Act::By(by) => {
                map.by = by;
                map.reversed = false;
                // A run and a child's place are not the same row.
                map.marks.clear();
            }
            Act::Session => return self.open_on_run(Kind::Session),
            Act::Places => return self.open_places(),
            Act::Recost => return self.recost(),
        }
        self.load_provision()
    }

    /// Reckons the planned cost of the runs chosen anew, as one step, and says the difference.
    fn recost(&mut self) -> Result<(), Error> {
        if self.refuses_change() {
            return Ok(());
        }
        let runs = self.state.provision.chosen_runs();
        if runs.is_empty() {
            self.needs_row();
            return Ok(());
        }
        let done = self.store_mut()?.step(&step::recosted(&runs), |writer| {
            let mut done = Vec::with_capacity(runs.len());
            for run in &runs {
                done.push(writer.recost(*run)?);
            }
            Ok(done)
        });
        let done = match done {
            Ok(done) => done,
            Err(error) => {
                self.say(Tone::Fault, format!("{error} Nothing was changed."));
                return Ok(());
            }
        };
        let changed: Vec<_> = done.iter().filter(|one| !one.is_same()).collect();
        let text = match changed.as_slice() {
            [] => "Planned at the rate on file already. Nothing was changed.".to_owned(),
            [only] => format!("{}: {}{}", only.now.name, only.told(), self.way_back(false)),
            [first, rest @ ..] => format!(
                "{}: {}; {} more costed anew{}",
                first.now.name,
                first.told(),
                rest.len(),
                self.way_back(false)
            ),
        };
        self.clear_marks();
        self.reload(false)?;
        self.say(Tone::Done, text);
        Ok(())
    }

    pub(super) fn load_provision(&mut self) -> Result<(), Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        self.state.provision.load(store, self.state.today)?;
        Ok(())
    }

    /// The record of a row of the map.
    pub(super) fn record_of(key: Key) -> (Kind, i64) {
        match key {
            Key::Run(id) => (Kind::Provision, id.0),
            Key::Member(id) => (Kind::Member, id.0),
        }
    }
}
