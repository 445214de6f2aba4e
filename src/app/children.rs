//! Whom it is about: the children verbs apply to, those that letters in a form mean, and the people around them.

use super::form::Blank;
use super::overlay::Overlay;
use super::pane::Pane;
use super::{App, Error};
use crate::domain::contact::Contact;
use crate::domain::finder::Match;
use crate::domain::form::{Entry, FieldFault, NOBODY, Reading, Value};
use crate::domain::id::PupilId;
use crate::domain::person::Person;
use std::sync::Arc;

/// From how many marked entries on they are about nobody in particular: the form then asks for the children.
const MANY: usize = 200;

/// What stands beside the box of an entry about nobody.
const NOBODY_SHOWN: &str = "nobody";

impl App {
    /// The children verbs apply to: of the open record, of the marked rows, or of the row under the cursor.
    pub(super) fn pupils_at_hand(&self) -> Vec<PupilId> {
        if let Some(id) = self.record_open() {
            return vec![id];
        }
        let mut found: Vec<PupilId> = Vec::new();
        let mut add = |id: PupilId| {
            if !found.contains(&id) {
                found.push(id);
            }
        };
        match self.state.pane {
            Pane::Register => return self.state.register.chosen(),
            Pane::Provision => {
                let map = &self.state.provision;
                let chosen = if self.reads_one() {
                    map.current_key().into_iter().collect()
                } else {
                    map.chosen()
                };
                map.children(&chosen).for_each(&mut add);
                if let (true, Some(of)) = (chosen.is_empty(), &map.of) {
                    add(of.pupil);
                }
            }
            Pane::Diary => {
                let diary = &self.state.diary;
                if diary.marks.len() > MANY && !self.reads_one() {
                    return found;
                }
                let contacts = if diary.marks.is_empty() || self.reads_one() {
                    diary.current_row().cloned().into_iter().collect()
                } else {
                    let store = self.store.as_ref();
                    store
                        .and_then(|store| store.contacts(&diary.chosen()).ok())
                        .unwrap_or_default()
                };
                let pupils = contacts
                    .iter()
                    .flat_map(|contact: &Contact| &contact.pupils);
                pupils.for_each(|child| add(child.pupil));
                if let (true, Some(of)) = (contacts.is_empty(), &diary.of) {
                    add(of.pupil);
                }
            }
            Pane::Tasks => {
                let tasks = &self.state.tasks;
                let chosen = if self.reads_one() {
                    let line = tasks.current();
                    line.map(|line| line.task.id).into_iter().collect()
                } else {
                    tasks.chosen()
                };
                let lines = chosen.iter().filter_map(|id| tasks.find(*id));
                let store = self.store.as_ref();
                lines
                    .filter_map(|line| store?.pupils_of_task(&line.task).ok())
                    .flatten()
                    .for_each(&mut add);
                if let (true, Some(of)) = (chosen.is_empty(), &tasks.of) {
                    add(of.pupil);
                }
            }
        }
        found
    }

    /// The one pupil verbs apply to.
    pub(super) fn pupil_at_hand(&self) -> Option<PupilId> {
        self.pupils_at_hand().first().copied()
    }

    /// `Aisha Okafor 5B at Oakfield Primary`, `6 pupils at …`: a note on the wrong child is a data breach.
    pub(super) fn whom(&self, pupils: &[PupilId]) -> Result<String, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let school = &self.state.school.name;
        Ok(match pupils {
            [] => format!("at {school}"),
            [_] | [_, _] => {
                let lines = store.lines(pupils)?;
                let names: Vec<String> = lines.iter().map(super::edit::spoken).collect();
                format!("{} at {school}", names.join(" and "))
            }
            many => format!("{} pupils at {school}", many.len()),
        })
    }

    /// The names of children whom a title only counts, the first nine of them; of one or two none.
    pub(super) fn counted(&self, pupils: &[PupilId]) -> Result<String, Error> {
        const MOST: usize = 9;
        if pupils.len() <= 2 {
            return Ok(String::new());
        }
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let lines = store.lines(&pupils[..pupils.len().min(MOST)])?;
        let names: Vec<String> = lines.iter().map(super::edit::spoken).collect();
        let more = match pupils.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Ok(format!("{}{more}", names.join(", ")))
    }

    /// The people around these children, each once.
    pub(super) fn people_around(&self, pupils: &[PupilId]) -> Result<Arc<[Person]>, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let mut people: Vec<Person> = Vec::new();
        // Of very many children no list of people helps.
        for pupil in pupils.iter().take(9) {
            for person in store.people_of(*pupil)? {
                if !people.iter().any(|other| other.shared == person.shared) {
                    people.push(person);
                }
            }
        }
        Ok(people.into())
    }

    /// Finds the children whose letters stand in the boxes of the open form, all of them or the one with the caret.
    pub(super) fn find_children(&mut self) -> Result<(), Error> {
        let Some(Overlay::Form(form)) = self.state.overlays.last() else {
            return Ok(());
        };
        let boxes: Vec<(usize, String, bool)> = form
            .blanks
            .iter()
            .enumerate()
            .filter(|(_, one)| matches!(one.def.entry, Entry::Pupil | Entry::Pupils))
            .map(|(at, one)| {
                let many = matches!(one.def.entry, Entry::Pupils);
                (at, one.input.text().to_owned(), many)
            })
            .collect();
        for (at, typed, many) in boxes {
            let found = self.children_meant(&typed, many)?;
            if let Some(Overlay::Form(form)) = self.state.overlays.last_mut()
                && let Some(one) = form.blanks.get_mut(at)
            {
                let fault = |text| FieldFault {
                    field: one.def.name,
                    label: one.def.label,
                    text,
                    instead: None,
                };
                let ids: Vec<String> = match &found {
                    Ok((_, shown)) if shown == NOBODY_SHOWN => vec![NOBODY.to_owned()],
                    Ok((ids, _)) => ids.iter().map(ToString::to_string).collect(),
                    Err(_) => Vec::new(),
                };
                let reading = found.map_err(fault).map(|(ids, shown)| Reading {
                    value: match ids.as_slice() {
                        [] if shown == NOBODY_SHOWN => Some(Value::Pupils(Vec::new())),
                        [] => None,
                        [only] if !many => Some(Value::Whole(only.0)),
                        all => Some(Value::Pupils(all.to_vec())),
                    },
                    shown,
                    ..Reading::default()
                });
                one.found(ids.join(", "), reading);
            }
        }
        Ok(())
    }

    /// The children that letters mean, by commas; or a sentence that numbers who they might be.
    fn children_meant(
        &self,
        typed: &str,
        many: bool,
    ) -> Result<Result<(Vec<PupilId>, String), String>, Error> {
        if typed.trim() == NOBODY && many {
            return Ok(Ok((Vec::new(), NOBODY_SHOWN.to_owned())));
        }
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let mut ids: Vec<PupilId> = Vec::new();
        for part in typed
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            match self.state.register.index.meant(part) {
                Match::One(id) if ids.contains(&id) => {}
                Match::One(id) => ids.push(id),
                Match::Several(some) => {
                    let lines = store.lines(&some)?;
                    let names: Vec<String> = lines
                        .iter()
                        .enumerate()
                        .map(|(n, line)| format!("{} {}", n + 1, super::edit::spoken(line)))
                        .collect();
                    return Ok(Err(format!(
                        "\"{part}\" may be {}: add the digit.",
                        names.join(", ")
                    )));
                }
                Match::None => return Ok(Err(format!("nobody here matches \"{part}\"."))),
            }
        }
        if ids.len() > 1 && !many {
            return Ok(Err("one pupil, not several.".to_owned()));
        }
        let names: Vec<String> = store
            .lines(&ids)?
            .iter()
            .map(|line| {
                let left = if line.pupil.is_leaver(self.state.today) {
                    " (left)"
                } else {
                    ""
                };
                format!("{}{left}", super::edit::spoken(line))
            })
            .collect();
        Ok(Ok((ids, names.join(", "))))
    }

    /// Finds the children that are named in the open form, and what follows from who they are. A form that does not
    /// ask for them stays as it is.
    pub(super) fn know_children(&mut self) -> Result<(), Error> {
        self.find_children()?;
        let Some(Overlay::Form(form)) = self.state.overlays.last() else {
            return Ok(());
        };
        let asks = |one: &&Blank| matches!(one.def.entry, Entry::Pupil | Entry::Pupils);
        let Some(one) = form.blanks.iter().find(asks) else {
            return Ok(());
        };
        let found = one.reading.as_ref().ok();
        let value = found.and_then(|reading| reading.value.clone());
        let nobody = value == Some(Value::Pupils(Vec::new()));
        let pupils = match value {
            Some(Value::Pupils(pupils)) => pupils,
            Some(Value::Whole(id)) => vec![PupilId(id)],
            _ => Vec::new(),
        };
        self.know_whom(&pupils, nobody)
    }

    /// The children a form is about were found, or that it is about nobody: its title says so.
    fn know_whom(&mut self, pupils: &[PupilId], nobody: bool) -> Result<(), Error> {
        let whom = if nobody {
            format!("about nobody at {}", self.state.school.name)
        } else {
            self.whom(pupils)?
        };
        let people = self.people_around(pupils)?;
        let counted = self.counted(pupils)?;
        let context = self.context();
        if let Some(Overlay::Form(form)) = self.state.overlays.last_mut() {
            form.children = counted;
            form.know(whom, people, &context);
        }
        Ok(())
    }
}
