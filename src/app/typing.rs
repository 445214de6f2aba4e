//! The line being typed: characters and pastes go into it, and what depends on it follows.

use super::overlay::Overlay;
use super::overlay::finder::{NEARLY, SHOWN};
use super::state::{Stage, Tone};
use super::{App, Error, field};
use crate::domain::form::{Entry, Kind};

/// A paste longer than this is refused, in bytes.
const PASTE_MOST: usize = 1 << 20;

impl App {
    /// The line being typed on the desk, if one is.
    pub(super) fn typed_field(&mut self) -> Option<&mut field::Field> {
        if self.state.overlays.is_empty() {
            return self.state.filter_typed_mut();
        }
        match self.state.overlays.last_mut() {
            Some(Overlay::Form(form)) => Some(&mut form.current().input),
            Some(Overlay::Finder(finder)) => Some(&mut finder.query),
            Some(Overlay::Chooser(chooser)) => Some(&mut chooser.query),
            Some(Overlay::Themes(open)) => Some(&mut open.query),
            Some(Overlay::Path(path)) => Some(&mut path.input),
            Some(Overlay::Add(open)) => Some(&mut open.input),
            Some(Overlay::Date(open)) => Some(&mut open.blank.input),
            Some(Overlay::PutOn(open)) => Some(&mut open.query),
            Some(Overlay::Schools(open)) => Some(&mut open.query),
            Some(_) | None => None,
        }
    }

    fn make_room(&mut self) {
        match self.state.overlays.last_mut() {
            Some(Overlay::Form(form)) => form.make_room(),
            Some(Overlay::Date(open)) if open.blank.whole => open.blank.input.set(""),
            _ => {}
        }
    }

    pub(super) fn type_in(&mut self, c: char) -> Result<(), Error> {
        if let Some(Overlay::Finder(finder)) = self.state.overlays.last()
            && let Some(found) = finder.picked(c)
        {
            self.state.overlays.pop();
            return self.open_found(found);
        }
        if let Some(Overlay::Schools(open)) = self.state.overlays.last()
            && let Some(whose) = open.picked(c)
        {
            return self.take_whose(whose);
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
            Some(Overlay::Form(form)) => {
                form.typed(&context);
                return self.typed_in_form();
            }
            Some(Overlay::Add(open)) => {
                open.dirty = true;
                open.from_draft = false;
                return self.read_add();
            }
            Some(Overlay::Date(open)) => {
                open.blank.whole = false;
                open.blank.visited = false;
                open.blank.read(&context);
            }
            Some(Overlay::Finder(finder)) if finder.across => {
                let typed = finder.query.text().to_owned();
                let mut found = self.find_across(&typed, SHOWN, false)?;
                let nearly = found.is_empty();
                if nearly {
                    found = self.find_across(&typed, NEARLY, true)?;
                }
                if let Some(Overlay::Finder(finder)) = self.state.overlays.last_mut() {
                    finder.take(found, nearly);
                }
            }
            Some(Overlay::Schools(open)) => open.look(),
            Some(Overlay::Finder(finder)) => {
                if let Some(store) = &self.store {
                    finder.look(&self.state.register.index, store)?;
                }
            }
            Some(Overlay::Chooser(chooser)) => chooser.look(),
            Some(Overlay::PutOn(open)) => open.look(),
            Some(Overlay::Themes(open)) => open.look(),
            Some(Overlay::Path(path)) => {
                path.fault = None;
                path.offers.clear();
            }
            None => return self.typed_in_filter(),
            _ => {}
        }
        Ok(())
    }

    /// A letter in a form: children named by it are found, people of the name typed are offered.
    fn typed_in_form(&mut self) -> Result<(), Error> {
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        let kind = form.kind;
        let one = form.current();
        let typed = one.input.text().to_owned();
        match (kind, one.def.entry, one.def.name) {
            (_, Entry::Pupil | Entry::Pupils, _) => self.know_children(),
            (Kind::Person, _, "name") => self.offer_people(&typed),
            _ => Ok(()),
        }
    }

    /// Offers the people on file whose name begins like this: siblings share one mother.
    fn offer_people(&mut self, typed: &str) -> Result<(), Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let mut offers = Vec::new();
        if typed.trim().chars().count() >= 2 {
            for person in store.people_like(typed, 5)? {
                let of = self.spoken_of(person.pupil)?;
                let word = person.short_relationship().unwrap_or("known");
                offers.push((
                    person.id.to_string(),
                    format!("{}, {word} of {of}", person.name),
                ));
            }
        }
        if let Some(Overlay::Form(form)) = self.state.overlays.last_mut() {
            form.current().more = offers;
        }
        Ok(())
    }

    /// Keys that came all at once as no hand sends them are taken as the paste they are.
    pub(super) fn stray(&mut self, text: &str) -> Result<(), Error> {
        self.state.flash = None;
        if self.paste(text)? {
            self.say(
                Tone::Note,
                "That came all at once, as a paste does: taken as text; nothing was run.",
            );
        }
        Ok(())
    }

    /// A paste is text, never commands: where no line is typed it opens the add line, and nothing runs. True where it was
    /// taken.
    pub(super) fn paste(&mut self, text: &str) -> Result<bool, Error> {
        // A key that waited for a second one waits no more.
        self.state.pending.clear();
        self.state.pending_shown = false;
        self.begins_anew();
        if text.len() > PASTE_MOST {
            self.say(
                Tone::Fault,
                "That paste is over 1 MB: nothing was taken.".to_owned(),
            );
            return Ok(false);
        }
        let before = self.typed_field().cloned();
        self.make_room();
        let taken = match &mut self.state.stage {
            Stage::Locked(lock) => {
                lock.input.hidden = true;
                Some(lock.input.paste(text))
            }
            Stage::FirstRun(first) => first.paste(text),
            Stage::Open => self.typed_field().map(|field| field.paste(text)),
        };
        match taken {
            Some(true) if self.state.is_open() => self.typed()?,
            Some(true) => self.typed_in_first_run(),
            Some(false) => {
                if let (Some(field), Some(before)) = (self.typed_field(), before) {
                    *field = before;
                }
                self.say(
                    Tone::Fault,
                    "That paste is too long for this line: nothing was taken.".to_owned(),
                );
            }
            None if self.state.is_open() && self.takes_add() => {
                self.open_add(text)?;
                return Ok(matches!(self.state.overlays.last(), Some(Overlay::Add(_))));
            }
            None => self.say(
                Tone::Note,
                "A paste is text, and nothing is being typed here. Nothing was done.".to_owned(),
            ),
        }
        Ok(taken == Some(true))
    }

    /// True where the add line may be opened: over a pane or a record of a school, and not before parents who look on.
    fn takes_add(&self) -> bool {
        let on_list = matches!(self.state.overlays.last(), None | Some(Overlay::Record(_)));
        on_list && !self.state.all && self.state.meeting.is_none()
    }
}
