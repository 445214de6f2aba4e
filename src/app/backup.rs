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
        let mut ahead = 0;
        for code in &codes {
            ahead += desk.back_up(code, None)?.thinned.ahead;
        }
        if self.store.is_none() && !desk.is_own_backed_up()? {
            ahead += desk.back_up_own(None)?.1.ahead;
            codes.push(OWN.to_owned());
        }
        let codes = codes.join(", ");
        match ahead {
            0 => self.say(
                Tone::Done,
                format!(
                    "{codes} backed up, opened again and compared; `sendesk restore` puts one back"
                ),
            ),
            // The clock is wrong, or was: that matters more than the way back.
            many => self.say(
                Tone::Note,
                format!(
                    "{codes} backed up and compared; {many} named from the future: check the clock"
                ),
            ),
        }
        match self.store {
            Some(_) => self.reload(false),
            None => Ok(()),
        }
    }

    /// The desk remembers how far each school that is open has come. Where it cannot, an older file is not known as one: no
    /// reason to stay.
    pub fn note_seen(&self) {
        if let Some(desk) = &self.desk {
            for store in self.stores() {
                let _ = desk.note_seen(store);
            }
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
