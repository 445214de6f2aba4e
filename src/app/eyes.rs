//! What may be seen of whom: names hidden, for a screen others look at.

use super::state::Tone;
use super::{App, Error};
use crate::domain::veil::Veil;
use std::sync::Arc;

impl App {
    /// Hides names, or shows them again.
    ///
    /// # Errors
    /// When no school is open, or its names cannot be read.
    pub fn hide_names(&mut self) -> Result<(), Error> {
        if self.state.veil.take().is_some() {
            self.say(Tone::Note, "Names are shown again.");
            return Ok(());
        }
        if self.store.is_none() && !self.state.all {
            return Err(Error::NoSchool);
        }
        self.read_veil()?;
        let key = self.key_to("global.hide-names");
        let text = format!(
            "Names are hidden: initials and codes, words by how many. {key} shows them again."
        );
        self.say(Tone::Note, text);
        Ok(())
    }

    /// Reads the names of every school of the desk: the day across them shows children of each. One that cannot be opened
    /// shows nobody.
    pub(super) fn read_veil(&mut self) -> Result<(), Error> {
        let mut veil = Veil::default();
        if let Some(store) = &self.store {
            store.hide_in(&mut veil)?;
        }
        for place in 0..self.kept.len() {
            let in_front = self.store.is_some() && place == self.at;
            if !in_front && let Ok(store) = self.store_of(place) {
                store.hide_in(&mut veil)?;
            }
        }
        if let Some(meeting) = self.state.meeting {
            veil = self.but_for(veil, meeting.pupil)?;
        }
        self.state.veil = Some(Arc::new(veil));
        Ok(())
    }
}
