//! What may be seen of whom: names hidden, for a screen others look at.

use super::state::Tone;
use super::{App, Error};
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
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        self.state.veil = Some(Arc::new(store.veil()?));
        let key = self.key_to("global.hide-names");
        let text = format!(
            "Names are hidden: initials and codes, words by how many. {key} shows them again."
        );
        self.say(Tone::Note, text);
        Ok(())
    }
}
