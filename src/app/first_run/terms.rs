//! The term dates of the first run: read, and entered as one step.

use crate::app::state::{Stage, Tone};
use crate::app::{App, Error};
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
