//! What the desk asks of the terminal it runs on: to lend it to the user's editor, or to go back to the shell.

use super::event::Errand;
use super::field::Field;
use super::overlay::Overlay;
use super::state::Tone;
use super::{App, Error};
use crate::domain::form::Entry;

impl App {
    /// The errand to be run now, once.
    pub fn take_errand(&mut self) -> Option<Errand> {
        self.errand.take()
    }

    /// The words of the open form are to go to the user's editor. They are stored as a draft first.
    pub(super) fn ask_editor(&mut self) -> Result<(), Error> {
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        if !matches!(form.current().def.entry, Entry::Lines(_)) {
            let words = |one: &super::form::Blank| matches!(one.def.entry, Entry::Lines(_));
            let Some(at) = form.blanks.iter().position(words) else {
                self.say(
                    Tone::Note,
                    "This form has no words long enough for an editor.",
                );
                return Ok(());
            };
            form.focus = at;
        }
        let text = form.current().input.text().to_owned();
        form.dirty = true;
        self.keep_draft()?;
        self.errand = Some(Errand::Edit { text });
        Ok(())
    }

    /// The editor came back.
    pub(super) fn edited(&mut self, left: Result<String, String>) {
        let text = match left {
            Ok(text) => text,
            Err(why) => {
                self.say(Tone::Fault, why);
                return;
            }
        };
        let context = self.context();
        if let Some(Overlay::Form(form)) = self.state.overlays.last_mut()
            && matches!(form.current().def.entry, Entry::Lines(_))
        {
            // However long: what was written is nowhere else any more. The box says by how much it is too long.
            let mut left = Field::default().of_lines().taking(usize::MAX);
            left.paste(&text);
            form.current().input.set(left.text());
            form.typed(&context);
            form.current().visited = true;
        }
    }

    /// Locks, and goes back to the shell.
    pub(super) fn suspend(&mut self) {
        self.lock();
        self.errand = Some(Errand::Suspend);
    }
}
