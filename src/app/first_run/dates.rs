//! The usual term dates as a table to be put right: six half-terms, a box for the first day and one for the last.

use crate::app::form::Blank;
use crate::domain::calendar::usual;
use crate::domain::date;
use crate::domain::form::{self, Context, Kind, Values};
use crate::domain::year::AcademicYear;
use std::collections::BTreeMap;

/// One half-term.
#[derive(Debug)]
pub struct Row {
    /// What it is called.
    pub name: &'static str,
    /// Its first day and its last.
    pub blanks: [Blank; 2],
}

/// The table as the screen shows it.
#[derive(Debug)]
pub struct Dates {
    /// The academic year it is of.
    pub year: AcademicYear,
    /// The half-terms.
    pub rows: Vec<Row>,
    /// The box with the caret, counted along the rows.
    pub focus: usize,
}

impl Dates {
    /// The usual dates of the academic year that is under way, in the summer holidays of the one to come.
    pub fn usual(context: &Context) -> Option<Self> {
        let year = usual::year_to_enter(context.today);
        let def = Kind::Term.def();
        let (starts, ends) = (def.field("starts")?, def.field("ends")?);
        let rows = usual::halves(year)
            .iter()
            .map(|half| Row {
                name: half.name,
                blanks: [
                    Blank::new(starts, &date::short(half.starts), context),
                    Blank::new(ends, &date::short(half.ends), context),
                ],
            })
            .collect();
        Some(Self {
            year,
            rows,
            focus: 0,
        })
    }

    /// The box with the caret.
    pub fn current(&mut self) -> &mut Blank {
        let count = self.rows.len() * 2;
        let at = self.focus % count.max(1);
        &mut self.rows[at / 2].blanks[at % 2]
    }

    /// The row with the caret and whether it is on the last day.
    pub fn place(&self) -> (usize, bool) {
        (self.focus / 2, self.focus % 2 == 1)
    }

    /// To the next box or the one before. Forward, a better day that is offered is taken first.
    pub fn move_focus(&mut self, forward: bool, context: &Context) {
        if forward && self.current().take_advice(context) {
            return;
        }
        let one = self.current();
        one.visited = true;
        let text = one.settled();
        one.input.set(&text);
        let count = self.rows.len() * 2;
        let by = if forward { 1 } else { count - 1 };
        self.focus = (self.focus + by) % count.max(1);
        self.current().whole = true;
    }

    /// So many days earlier: as on every form `by` counts rows down.
    pub fn step(&mut self, by: i64, context: &Context) {
        let one = self.current();
        if let Some(text) = one.stepped(by, context) {
            one.input.set(&text);
            one.read(context);
            one.whole = true;
        }
    }

    /// Room for the next letter: a date that was not typed at gives way.
    pub fn make_room(&mut self) {
        let one = self.current();
        if one.whole {
            one.input.set("");
        }
    }

    /// After the text changed.
    pub fn typed(&mut self, context: &Context) {
        let one = self.current();
        one.whole = false;
        one.visited = false;
        one.read(context);
    }

    /// The terms to be entered: a row with two empty boxes is left out. On a fault the caret goes to its box.
    ///
    /// # Errors
    /// The first fault, as a sentence that names the half-term.
    pub fn read(&mut self, context: &Context) -> Result<Vec<Values>, String> {
        let mut terms = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let [starts, ends] = row.blanks.each_ref().map(|blank| blank.input.text().trim());
            if starts.is_empty() && ends.is_empty() {
                continue;
            }
            let texts = BTreeMap::from([
                ("name", row.name.to_owned()),
                ("starts", starts.to_owned()),
                ("ends", ends.to_owned()),
            ]);
            match form::read(Kind::Term, &texts, true, context) {
                Ok(values) => terms.push(values),
                Err(faults) => {
                    let fault = faults.first();
                    let on_last = fault.is_some_and(|fault| fault.field == "ends");
                    let told = fault.map(|fault| {
                        let (name, label) = (row.name, fault.label.to_lowercase());
                        format!("{name}, {label}: {}", fault.text)
                    });
                    self.focus = at * 2 + usize::from(on_last);
                    self.current().whole = true;
                    return Err(told.unwrap_or_default());
                }
            }
        }
        Ok(terms)
    }

    /// The texts of all boxes, as they wait on the desk.
    pub(super) fn to_text(&self) -> String {
        let blanks = self.rows.iter().flat_map(|row| &row.blanks);
        let texts: Vec<String> = blanks.map(Blank::settled).collect();
        texts.join(";")
    }

    /// Puts the texts back that waited on the desk.
    pub(super) fn take_text(&mut self, text: &str, context: &Context) {
        let blanks = self.rows.iter_mut().flat_map(|row| &mut row.blanks);
        for (blank, text) in blanks.zip(text.split(';')) {
            blank.set(text, context);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn context() -> Context {
        Context::on(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap())
    }

    fn type_in(dates: &mut Dates, text: &str) {
        dates.make_room();
        dates.current().input.set(text);
        dates.typed(&context());
    }

    #[test]
    fn a_row_with_two_empty_boxes_is_left_out_and_half_a_row_is_told() {
        let mut dates = Dates::usual(&context()).unwrap();
        assert_eq!(dates.read(&context()).unwrap().len(), 6);
        type_in(&mut dates, "");
        let told = dates.read(&context()).unwrap_err();
        assert!(told.starts_with("Autumn 1, first day:"), "{told}");
        dates.move_focus(true, &context());
        type_in(&mut dates, "");
        assert_eq!(dates.read(&context()).unwrap().len(), 5);
    }

    #[test]
    fn a_last_day_before_the_first_is_told_with_the_caret_on_it() {
        let mut dates = Dates::usual(&context()).unwrap();
        dates.focus = 3;
        type_in(&mut dates, "1/9/2026");
        dates.focus = 0;
        let told = dates.read(&context()).unwrap_err();
        assert!(told.starts_with("Autumn 2, last day:"), "{told}");
        assert_eq!(dates.place(), (1, true));
    }

    #[test]
    fn what_was_typed_waits_as_text_and_comes_back() {
        let mut dates = Dates::usual(&context()).unwrap();
        type_in(&mut dates, "3 sep 2026");
        let text = dates.to_text();
        let mut again = Dates::usual(&context()).unwrap();
        again.take_text(&text, &context());
        assert_eq!(again.current().input.text(), "03/09/2026");
        assert_eq!(again.to_text(), text);
    }
}
