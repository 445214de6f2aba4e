//! The line being typed: characters and pastes go into it, and what depends on it follows.

use super::overlay::Overlay;
use super::state::{Stage, Tone};
use super::{App, Error, field};

/// A paste longer than this is refused, in bytes.
const PASTE_MOST: usize = 1 << 20;

impl App {
    /// The line being typed on the desk, if one is.
    pub(super) fn typed_field(&mut self) -> Option<&mut field::Field> {
        match self.state.overlays.last_mut() {
            Some(Overlay::Form(form)) => Some(&mut form.current().input),
            Some(Overlay::Finder(finder)) => Some(&mut finder.query),
            Some(Overlay::Chooser(chooser)) => Some(&mut chooser.query),
            Some(Overlay::Path(path)) => Some(&mut path.input),
            None if self.state.register.filtering => Some(&mut self.state.register.filter),
            Some(_) | None => None,
        }
    }

    fn make_room(&mut self) {
        if let Some(Overlay::Form(form)) = self.state.overlays.last_mut() {
            form.make_room();
        }
    }

    pub(super) fn type_in(&mut self, c: char) -> Result<(), Error> {
        if let Some(Overlay::Finder(finder)) = self.state.overlays.last()
            && let Some(id) = finder.picked(c)
        {
            self.state.overlays.pop();
            return self.open_record(id);
        }
        self.make_room();
        if let Some(field) = self.typed_field() {
            field.insert(c);
        }
        self.typed()
    }

    /// After the line changed: the form, the finder, the filter follow it.
    pub(super) fn typed(&mut self) -> Result<(), Error> {
        let context = self.context();
        match self.state.overlays.last_mut() {
            Some(Overlay::Form(form)) => form.typed(context),
            Some(Overlay::Finder(finder)) => {
                if let Some(store) = &self.store {
                    finder.look(&self.state.register.index, store)?;
                }
            }
            Some(Overlay::Chooser(chooser)) => chooser.look(),
            Some(Overlay::Path(path)) => {
                path.fault = None;
                path.offers.clear();
            }
            None if self.state.register.filtering => {
                self.state.register.narrow();
                self.state.register.list.go(0);
            }
            _ => {}
        }
        Ok(())
    }

    /// A paste is text, never commands: where no line is typed it is refused with a sentence.
    pub(super) fn paste(&mut self, text: &str) -> Result<(), Error> {
        if text.len() > PASTE_MOST {
            self.say(
                Tone::Fault,
                "That paste is over 1 MB: nothing was taken.".to_owned(),
            );
            return Ok(());
        }
        let before = self.typed_field().cloned();
        self.make_room();
        let taken = match &mut self.state.stage {
            Stage::Locked(lock) => Some(lock.input.paste(text)),
            Stage::FirstRun(first) => Some(first.input.paste(text)),
            Stage::Open => self.typed_field().map(|field| field.paste(text)),
        };
        match taken {
            Some(true) if self.state.is_open() => self.typed(),
            Some(true) => Ok(()),
            Some(false) => {
                if let (Some(field), Some(before)) = (self.typed_field(), before) {
                    *field = before;
                }
                self.say(
                    Tone::Fault,
                    "That paste is too long for this line: nothing was taken.".to_owned(),
                );
                Ok(())
            }
            None => {
                self.say(
                    Tone::Note,
                    "A paste is text, and nothing is being typed here. Nothing was done."
                        .to_owned(),
                );
                Ok(())
            }
        }
    }
}
