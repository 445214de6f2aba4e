//! A new child who may be on file already: asked about before a second record is made.

use super::overlay::Overlay;
use super::{App, Error};
use crate::domain::date;
use crate::domain::form::Values;
use crate::domain::pupil::Line;

/// Children told of by name in the question.
const TOLD: usize = 3;

impl App {
    /// Asks, once for each that may be meant, whether a new child is one on file; true while that waits for a word. A save
    /// after the next key but Enter is meant: a key held too long makes no second record.
    pub(super) fn asks_about_namesakes(&mut self, values: &Values) -> Result<bool, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let found = store.namesakes(values, self.state.today)?;
        let lines = store.lines(&found[..found.len().min(TOLD)])?;
        let [next, save] = ["form.next", "form.save"].map(|name| self.key_to(name));
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(false);
        };
        if found.is_empty() || form.namesakes == found {
            return Ok(false);
        }
        let told: Vec<String> = lines.iter().map(on_file).collect();
        let more = match found.len() - lines.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        form.ask(format!(
            "On file already: {}{more}. Not saved. {next}, then {save}, adds another child all the same.",
            told.join("; ")
        ));
        form.namesakes = found;
        Ok(true)
    }
}

/// `Aisha Okafor 6W, born 14/03/2018 (p1)`.
fn on_file(line: &Line) -> String {
    let born = match line.pupil.dob {
        Some(day) => format!(", born {}", date::short(day)),
        None => ", date of birth not known".to_owned(),
    };
    format!("{}{born} ({})", super::edit::spoken(line), line.pupil.id)
}
