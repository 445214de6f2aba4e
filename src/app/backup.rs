//! Backups: one now, and those of every school that was changed when the desk is left.

use super::state::Tone;
use super::{App, Error};
use crate::domain::school::OWN;
use crate::store::Desk;

impl App {
    /// Backs up the school on screen; on the day across all schools every one, and the user's own tasks.
    pub(super) fn back_up(&mut self) -> Result<(), Error> {
        let Some(desk) = &self.desk else {
            self.say(
                Tone::Note,
                "This school is in memory alone: there is nothing to back up.",
            );
            return Ok(());
        };
        let mut codes = match &self.store {
            Some(store) => vec![store.code().to_owned()],
            None => desk
                .schools()?
                .into_iter()
                .map(|entry| entry.school.code)
                .collect(),
        };
        for code in &codes {
            desk.back_up(code, None)?;
        }
        if self.store.is_none() && !desk.is_own_backed_up()? {
            desk.back_up_own(None)?;
            codes.push(OWN.to_owned());
        }
        let told = format!(
            "{} backed up, opened again and compared; `sendesk restore` puts one back",
            codes.join(", ")
        );
        self.say(Tone::Done, told);
        match self.store {
            Some(_) => self.reload(false),
            None => Ok(()),
        }
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
