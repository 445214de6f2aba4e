//! Boxes to choose from: keys in them, and what is taken.

use super::action::{Action, Global, List, Picker};
use super::form::{About, Opening};
use super::overlay::Overlay;
use super::overlay::finder::Found;
use super::state::Tone;
use super::{App, Error};
use crate::domain::form::Kind;
use crate::domain::text;

impl App {
    pub(super) fn picker(&mut self, act: Picker) -> Result<(), Error> {
        match self.state.overlays.last_mut() {
            Some(Overlay::Finder(finder)) => match act {
                Picker::Down | Picker::Up => finder.step(act == Picker::Down),
                Picker::PageDown | Picker::PageUp => finder.page(act == Picker::PageDown),
                Picker::Take => return self.take_found(),
                Picker::Leave => drop(self.state.overlays.pop()),
                Picker::Complete => {}
            },
            Some(Overlay::Chooser(chooser)) => match act {
                Picker::Down => chooser.list.step(List::Down),
                Picker::Up => chooser.list.step(List::Up),
                Picker::PageDown => chooser.list.step(List::PageDown),
                Picker::PageUp => chooser.list.step(List::PageUp),
                Picker::Take => return self.run_chosen(),
                Picker::Leave => drop(self.state.overlays.pop()),
                Picker::Complete => {}
            },
            Some(Overlay::Themes(open)) => match act {
                Picker::Down | Picker::Up => open.step(act == Picker::Down),
                Picker::PageDown => open.list.step(List::PageDown),
                Picker::PageUp => open.list.step(List::PageUp),
                Picker::Take => return self.keep_theme(),
                Picker::Leave => drop(self.state.overlays.pop()),
                Picker::Complete => {}
            },
            Some(Overlay::Schools(open)) => match act {
                Picker::Down | Picker::PageDown => open.step(true),
                Picker::Up | Picker::PageUp => open.step(false),
                Picker::Take => return self.take_asked_school(),
                Picker::Leave => drop(self.state.overlays.pop()),
                Picker::Complete => {}
            },
            Some(Overlay::Path(_)) => return self.path_key(act),
            Some(Overlay::Add(_)) => match act {
                Picker::Take => return self.take_add(),
                Picker::Leave => return self.leave_add(),
                Picker::Complete => return self.take_better_day(),
                _ => {}
            },
            Some(Overlay::Date(_)) => return self.date_key(act),
            Some(Overlay::PutOn(_)) => return self.put_on_key(act),
            _ => return self.filter_key(act),
        }
        Ok(())
    }

    /// Keys in the date box: arrows go by a day, pages by a week, Tab takes a better day that is offered.
    fn date_key(&mut self, act: Picker) -> Result<(), Error> {
        let context = self.context();
        let Some(Overlay::Date(open)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        match act {
            Picker::Take => return self.take_date(),
            Picker::Leave => {
                self.state.overlays.pop();
                self.forget_asked();
            }
            Picker::Down => open.step(1, &context),
            Picker::Up => open.step(-1, &context),
            Picker::PageDown => open.step(7, &context),
            Picker::PageUp => open.step(-7, &context),
            Picker::Complete => drop(open.blank.take_advice(&context)),
        }
        Ok(())
    }

    /// Opens the record of a child that was found, in the child's own school.
    pub(super) fn open_found(&mut self, found: Found) -> Result<(), Error> {
        if let Some(place) = found.place {
            self.switch(place)?;
            if self.state.all || self.at != place {
                return Ok(());
            }
            self.leave_all()?;
        }
        self.open_record(found.pupil)
    }

    fn take_found(&mut self) -> Result<(), Error> {
        let Some(Overlay::Finder(finder)) = self.state.overlays.last() else {
            return Ok(());
        };
        let typed = text::clean(finder.query.text());
        let found = finder.current();
        self.state.overlays.pop();
        match found {
            Some(found) => self.open_found(found),
            None if typed.is_empty() => Ok(()),
            None if self.state.all => {
                let text = format!("Nobody matches \"{typed}\" at any school of the desk.");
                self.say(Tone::Note, text);
                Ok(())
            }
            None => {
                self.open_form(Opening::new(Kind::Pupil, About::New(None)))?;
                self.fill_name(&typed);
                Ok(())
            }
        }
    }

    /// Runs the command under the palette's cursor and says its keys for the next time.
    fn run_chosen(&mut self) -> Result<(), Error> {
        let Some(Overlay::Chooser(chooser)) = self.state.overlays.last() else {
            return Ok(());
        };
        let Some(row) = chooser.current() else {
            return Ok(());
        };
        if let Some(unfit) = row.unfit {
            self.say(Tone::Note, format!("{}: {unfit}.", row.command.title));
            return Ok(());
        }
        if row.also.iter().any(Option::is_some) {
            // One line for several: which of them is meant, its key says.
            let told: Vec<String> = row
                .commands()
                .map(|command| format!("{} {}", self.key_to(command.name), command.title))
                .collect();
            self.state.overlays.pop();
            self.say(Tone::Note, told.join("   "));
            return Ok(());
        }
        let typed = chooser.words_after(row.command).to_owned();
        self.state.overlays.pop();
        if self.state.meeting.is_some() && self.is_barred_by_name(row.command.action)? {
            return Ok(());
        }
        match row.command.action {
            Action::Global(Global::Theme) => self.choose_theme(&typed)?,
            Action::Global(Global::MyDays) => self.set_my_days(&typed)?,
            Action::Global(Global::KeptFrom) => self.set_kept_from(&typed)?,
            Action::Global(Global::Meeting) => self.meet(&typed)?,
            Action::Global(Global::Schools) if !typed.is_empty() => self.school_named(&typed)?,
            action => self.act(action)?,
        }
        let keys = self.setup.keymap.keys_of(row.command);
        if let (Some(keys), None, true) = (keys.first(), &self.state.flash, self.state.is_open()) {
            self.say(Tone::Note, format!("Next time: {keys}"));
        }
        Ok(())
    }
}
