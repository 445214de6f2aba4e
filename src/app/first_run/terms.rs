//! The term dates of the first run: read, and entered as one step.

use crate::app::overlay::Overlay;
use crate::app::overlay::listing::Purpose;
use crate::app::state::{Stage, Tone};
use crate::app::{App, Error};
use crate::domain::calendar::usual::{self, Half};
use crate::domain::form::{Kind, Values};
use crate::domain::step;
use crate::domain::year::AcademicYear;

impl App {
    /// The terms as they stand in the table, none when they are for later.
    pub(super) fn terms_to_enter(&mut self) -> Result<Option<(AcademicYear, Vec<Values>)>, String> {
        let context = self.context();
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return Ok(None);
        };
        match &mut first.dates {
            Some(dates) if first.answers.now == Some(true) => {
                let terms = dates.read(&context)?;
                Ok((!terms.is_empty()).then_some((dates.year, terms)))
            }
            _ => Ok(None),
        }
    }

    /// The usual half-terms of the year under way, where none of that year is on file, and the list to put them right in.
    pub(in crate::app) fn enter_usual_terms(&mut self) -> Result<(), Error> {
        if self.refuses_change() {
            return Ok(());
        }
        let year = usual::year_to_enter(self.state.today);
        let terms = self.state.calendar.terms();
        let told = if terms
            .iter()
            .any(|term| AcademicYear::of(term.starts) == year)
        {
            let told = format!("Terms of {year} are on file already: nothing was entered.");
            (Tone::Note, told)
        } else {
            let terms: Vec<Values> = usual::halves(year).iter().map(Half::values).collect();
            self.enter_terms(year, &terms)?;
            let undo = self.key_to("global.undo");
            let told =
                format!("Usual dates of {year}, not your school's own: check each.   {undo} undo");
            (Tone::Done, told)
        };
        let listed = |overlay: &Overlay| matches!(overlay, Overlay::Listing(open) if open.purpose == Purpose::Calendar);
        if !self.state.overlays.iter().any(listed) {
            self.list_of(Purpose::Calendar)?;
        }
        self.say(told.0, told.1);
        Ok(())
    }

    pub(super) fn enter_terms(
        &mut self,
        year: AcademicYear,
        terms: &[Values],
    ) -> Result<(), Error> {
        let label = step::entered_terms(year);
        self.store_mut()?.step(&label, |writer| {
            for values in terms {
                writer.add(Kind::Term, values)?;
            }
            Ok(())
        })?;
        self.reload(true)?;
        let (code, undo) = (self.state.school.code.clone(), self.key_to("global.undo"));
        let told = format!("Entered: the term dates of {year} at {code}   {undo} undo");
        self.say(Tone::Done, told);
        Ok(())
    }
}
