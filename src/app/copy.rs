//! Copying one thing to the terminal's clipboard, by an explicit key only: which, by what way, and when it is gone again.

use super::action::Copied;
use super::event::Errand;
use super::overlay::Overlay;
use super::overlay::record;
use super::state::Tone;
use super::{App, Error};
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, PupilId, TaskId};
use crate::domain::person::Person;

/// The longest text given to a terminal, in bytes: longer ones are cut short or dropped by many.
const LONGEST: usize = 48 * 1024;

impl App {
    /// `y p` and the like. What was copied is a step of the history, without a name or a number in it.
    pub(super) fn copy(&mut self, what: Copied) -> Result<(), Error> {
        if self.refuses_several("copies from") {
            return Ok(());
        }
        let Some((of, told, text)) = self.asked_for(what)? else {
            return Ok(());
        };
        if text.len() > LONGEST {
            self.say(
                Tone::Fault,
                "That is too long for a terminal's clipboard; nothing was copied.",
            );
            return Ok(());
        }
        if let Some(store) = self.store.as_mut().filter(|store| !store.is_read_only()) {
            store.record_access(&format!("Copy {} of {of} to the clipboard", what.name()))?;
            self.revision = store.revision()?;
        }
        self.errand = Some(Errand::Copy { text });
        self.say(
            Tone::Done,
            format!(
                "Given to the terminal's clipboard (OSC 52): {told}. Taken out in 30 s, by a lock and on leaving."
            ),
        );
        Ok(())
    }

    /// The record it belongs to, what is said of it, and the text; says what is missing where there is nothing.
    fn asked_for(&mut self, what: Copied) -> Result<Option<(String, String, String)>, Error> {
        let Some((kind, id)) = self.targets().first().copied() else {
            self.needs_row();
            return Ok(None);
        };
        let of = format!("{}{id}", kind.def().letter);
        let found = match what {
            Copied::Reference => Some((of.clone(), of.clone(), of.clone())),
            Copied::Words => self.words_of(kind, id)?.map(|text| {
                let count = text.split_whitespace().count();
                (of.clone(), format!("{count} words of {of}"), text)
            }),
            Copied::Phone | Copied::Email => self.way_to_person(what)?,
            Copied::Name | Copied::Upn => self.of_pupil(what)?,
        };
        let found = found.filter(|(_, _, text)| !text.trim().is_empty());
        if found.is_none() {
            let text = format!("There is no {} here to copy.", what.name());
            self.say(Tone::Note, text);
        }
        Ok(found)
    }

    fn words_of(&self, kind: Kind, id: i64) -> Result<Option<String>, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        Ok(match kind {
            Kind::Contact => {
                let found = store.contacts(&[ContactId(id)])?.into_iter().next();
                found.map(|contact| contact.said().to_owned())
            }
            Kind::Task => {
                let found = store.task(TaskId(id))?;
                found.map(|task| task.title)
            }
            _ => None,
        })
    }

    /// A number or address: of the person under the cursor of a record, or of the first of the child's people who has one,
    /// those with parental responsibility before others.
    fn way_to_person(&self, what: Copied) -> Result<Option<(String, String, String)>, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let under_cursor = match self.state.overlays.last() {
            Some(Overlay::Record(view)) => {
                let item = view.items.get(view.list.cursor().unwrap_or_default());
                match item {
                    Some(record::Item::Person(at)) => view.people.get(*at).cloned(),
                    _ => None,
                }
            }
            _ => None,
        };
        let mut people = match (under_cursor, self.pupil_at_hand()) {
            (Some(person), _) => vec![person],
            (None, Some(pupil)) => store.people_of(pupil)?,
            (None, None) => Vec::new(),
        };
        people.sort_by_key(|person| person.parental_responsibility != Some(true));
        let way = |person: Person| {
            let text = match what {
                Copied::Phone => person.phone.clone(),
                _ => person.email.clone(),
            }?;
            let of = format!("{} of {}", person.id, person.pupil);
            Some((of, format!("{} of {}", what.name(), person.spoken()), text))
        };
        Ok(people.into_iter().find_map(way))
    }

    fn of_pupil(&self, what: Copied) -> Result<Option<(String, String, String)>, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let pupil: Option<PupilId> = self.pupil_at_hand();
        let Some(record) = pupil.map(|id| store.record(id)).transpose()?.flatten() else {
            return Ok(None);
        };
        let (pupil, of) = (&record.pupil, record.pupil.id.to_string());
        let called = pupil.spoken_name();
        Ok(match what {
            Copied::Upn => {
                let upn = pupil.upn.clone();
                upn.map(|upn| (of, format!("UPN of {called}"), upn))
            }
            _ => Some((of, called.clone(), called)),
        })
    }
}
