//! Backups: one now, and those of every school that was changed when the desk is left.

use super::state::Tone;
use super::{App, Error};
use crate::domain::date;
use crate::store::{Desk, Store};

impl App {
    /// Backs up the school on screen.
    pub(super) fn back_up(&mut self) -> Result<(), Error> {
        let code = self
            .store
            .as_ref()
            .map(Store::code)
            .ok_or(Error::NoSchool)?
            .to_owned();
        let Some(desk) = &self.desk else {
            self.say(
                Tone::Note,
                "This school is in memory alone: there is nothing to back up.",
            );
            return Ok(());
        };
        let made = desk.back_up(&code, None)?;
        let at = (self.state.local)(made.manifest.made_at);
        self.say(
            Tone::Done,
            format!(
                "{code} backed up {} {}, opened again and compared; `sendesk restore` puts it back",
                date::short(at.date()),
                at.format("%H:%M")
            ),
        );
        self.reload(false)
    }

    /// What is done on the way out: schools that were changed are backed up, unless they are invented. Gives a sentence
    /// for each that could not be.
    pub fn back_up_changed(&self) -> Vec<String> {
        let desk = self.desk.as_ref().filter(|desk| !desk.is_demo_desk());
        desk.map(Desk::back_up_changed)
            .map(|(_, told)| told)
            .unwrap_or_default()
    }
}
