//! A form being filled in: the fields of a kind, each with its line, its reading and its fault.
//!
//! Enter saves from any field, Tab moves, arrows change the value, Esc keeps the draft: the same everywhere.

use super::field::Field;
use crate::domain::date;
use crate::domain::form::{self, Context, Entry, FieldFault, Kind, Reading, Value, Values};
use crate::domain::id::PupilId;
use chrono::Days;
use std::collections::BTreeMap;

/// Which record a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A new one; of a pupil, when it belongs to one.
    New(Option<PupilId>),
    /// One on file.
    On(i64),
}

impl About {
    /// The number a draft is kept under.
    pub fn number(self) -> Option<i64> {
        match self {
            Self::New(pupil) => pupil.map(|id| id.0),
            Self::On(id) => Some(id),
        }
    }

    /// True for a record on file.
    pub fn is_edit(self) -> bool {
        matches!(self, Self::On(_))
    }
}

/// One blank of the form.
#[derive(Debug, Clone)]
pub struct Blank {
    /// Its definition.
    pub def: &'static form::Field,
    /// What is typed.
    pub input: Field,
    /// What it was understood as, or why not.
    pub reading: Result<Reading, FieldFault>,
    /// True once the caret has left it, or a save was tried: only then is a fault shown.
    pub visited: bool,
    /// True while the next letter takes the place of all that stands here, as in a cell of a spreadsheet: for a
    /// value, such as a date or a code, that has not been typed at since the caret came to it.
    pub whole: bool,
}

impl Blank {
    fn is_value(&self) -> bool {
        !matches!(self.def.entry, Entry::Words(_) | Entry::Upn)
    }
}

/// A form on screen.
#[derive(Debug, Clone)]
pub struct Form {
    /// The kind of record.
    pub kind: Kind,
    /// Which one.
    pub about: About,
    /// The child's full name, class and the school.
    pub title: String,
    /// The fields, without the pupil the form was opened on.
    pub blanks: Vec<Blank>,
    /// The field with the caret.
    pub focus: usize,
    /// What was on file when the form was opened: a save over something newer is refused.
    pub seen: Values,
    /// Faults of the form as a whole, and what the store answered.
    pub faults: Vec<String>,
    /// True when what is typed differs from what was last stored as a draft.
    pub dirty: bool,
    /// True when the form was filled from a draft.
    pub from_draft: bool,
    /// The pupils a new record is for: several when rows were marked.
    pub pupils: Vec<PupilId>,
    fresh: Vec<String>,
    opened_on: Values,
}

impl Form {
    /// A form for a new record, or one filled with what is on file.
    pub fn open(kind: Kind, about: About, seen: Values, title: String, context: Context) -> Self {
        let pupils: Vec<PupilId> = match about {
            About::New(pupil) => pupil.into_iter().collect(),
            About::On(_) => Kind::owner(&seen).into_iter().collect(),
        };
        let blanks: Vec<Blank> = kind
            .def()
            .fields
            .iter()
            .filter(|field| !matches!(field.entry, Entry::Pupil) || pupils.is_empty())
            .map(|def| {
                let text = match seen.get(def.name) {
                    Some(Some(value)) => shown_text(value),
                    _ if about.is_edit() => String::new(),
                    _ => def.default_text().unwrap_or_default().to_owned(),
                };
                let reading = def.read(&text, context);
                Blank {
                    def,
                    input: Field::with(&text),
                    reading,
                    visited: false,
                    whole: true,
                }
            })
            .collect();
        let fresh = blanks
            .iter()
            .map(|one| one.input.text().to_owned())
            .collect();
        Self {
            kind,
            about,
            title,
            blanks,
            focus: 0,
            opened_on: seen.clone(),
            seen,
            faults: Vec::new(),
            dirty: false,
            from_draft: false,
            pupils,
            fresh,
        }
    }

    /// Fills the form from a draft. What was on file when it was typed counts as seen: a save over something newer
    /// is refused, as it would have been then.
    pub fn take_draft(&mut self, texts: &BTreeMap<String, String>, context: Context) {
        for one in &mut self.blanks {
            if let Some(text) = texts.get(one.def.name) {
                one.input = Field::with(text);
                one.reading = one.def.read(text, context);
            }
            if let Some(Ok(was)) = texts
                .get(&was(one.def.name))
                .map(|text| one.def.read(text, context))
            {
                self.seen.insert(one.def.name, was.value);
            }
        }
        self.from_draft = true;
        self.dirty = false;
    }

    /// Puts a name into the form of a new pupil. A draft of more than a name is left alone: there the name stands
    /// once the draft is thrown away.
    pub fn fill_name(&mut self, surname: &str, forename: &str, context: Context) {
        let is_name = |one: &Blank| matches!(one.def.name, "surname" | "forename");
        let mut rest = self.blanks.iter().zip(&self.fresh);
        let keeps =
            self.from_draft && rest.any(|(one, fresh)| !is_name(one) && one.input.text() != fresh);
        for (one, fresh) in self.blanks.iter_mut().zip(&mut self.fresh) {
            let text = match one.def.name {
                "surname" => surname,
                "forename" => forename,
                _ => continue,
            };
            if keeps {
                text.clone_into(fresh);
            } else {
                one.input.set(text);
                one.reading = one.def.read(text, context);
            }
        }
        self.from_draft = keeps;
        self.dirty = !keeps;
    }

    /// Throws away what was typed.
    pub fn start_afresh(&mut self, context: Context) {
        for (one, text) in self.blanks.iter_mut().zip(&self.fresh) {
            one.input = Field::with(text);
            one.reading = one.def.read(text, context);
            one.visited = false;
        }
        self.seen.clone_from(&self.opened_on);
        self.faults.clear();
        self.from_draft = false;
        self.dirty = false;
        self.focus = 0;
    }

    /// True when something was typed that is not on file.
    pub fn is_touched(&self) -> bool {
        self.blanks
            .iter()
            .zip(&self.fresh)
            .any(|(one, text)| one.input.text() != text)
    }

    /// The field with the caret.
    pub fn current(&mut self) -> &mut Blank {
        let last = self.blanks.len().saturating_sub(1);
        &mut self.blanks[self.focus.min(last)]
    }

    /// After typing: reads the field again.
    pub fn typed(&mut self, context: Context) {
        let one = self.current();
        one.reading = one.def.read(one.input.text(), context);
        one.whole = false;
        self.faults.clear();
        self.dirty = true;
    }

    /// Before a letter or a paste goes in: a value that stands as a whole gives way to it.
    pub fn make_room(&mut self) {
        let one = self.current();
        if one.whole && one.is_value() {
            one.input.set("");
        }
    }

    /// To the next field, or the previous.
    pub fn move_focus(&mut self, forward: bool) {
        self.current().visited = true;
        let count = self.blanks.len();
        self.focus = if forward {
            (self.focus + 1) % count
        } else {
            (self.focus + count - 1) % count
        };
        self.current().whole = true;
    }

    /// Changes the value: the next offer, a day, a number; `by` is 1 or 7 either way.
    pub fn change_value(&mut self, by: i64, context: Context) {
        let one = self.current();
        let Some(text) = stepped(one, by, context) else {
            return;
        };
        one.input.set(&text);
        self.typed(context);
        self.current().whole = true;
    }

    /// What is typed, by field name; on an edit only fields that differ from what was on file.
    pub fn texts(&self) -> BTreeMap<&'static str, String> {
        let mut texts: BTreeMap<&'static str, String> = self
            .blanks
            .iter()
            .zip(&self.fresh)
            .filter(|(one, fresh)| !self.about.is_edit() || one.input.text() != *fresh)
            .map(|(one, _)| (one.def.name, one.input.text().to_owned()))
            .collect();
        // Names are judged together: a form that empties one still has the other.
        if self.kind == Kind::Pupil
            && (texts.contains_key("surname") || texts.contains_key("forename"))
        {
            for one in self
                .blanks
                .iter()
                .filter(|one| matches!(one.def.name, "surname" | "forename"))
            {
                texts.insert(one.def.name, one.input.text().to_owned());
            }
        }
        if let (About::New(_), Some(pupil)) = (self.about, self.pupils.first()) {
            texts.insert("pupil", pupil.to_string());
        }
        texts
    }

    /// What was typed, for a draft; of an edit only what differs, with what was on file then.
    pub fn draft_texts(&self) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        for (one, fresh) in self.blanks.iter().zip(&self.fresh) {
            let name = one.def.name;
            if !self.about.is_edit() {
                texts.insert(name.to_owned(), one.input.text().to_owned());
            } else if one.input.text() != fresh {
                let seen = self.seen.get(name).and_then(Option::as_ref).map(shown_text);
                texts.insert(name.to_owned(), one.input.text().to_owned());
                texts.insert(was(name), seen.unwrap_or_default());
            }
        }
        texts
    }

    /// Reads the whole form; on a fault the caret goes to the first field that has one.
    pub fn read(&mut self, context: Context) -> Option<Values> {
        match form::read(self.kind, &self.texts(), !self.about.is_edit(), context) {
            Ok(values) => Some(values),
            Err(faults) => {
                if let Some(first) = faults.first() {
                    self.focus = self
                        .blanks
                        .iter()
                        .position(|one| one.def.name == first.field)
                        .unwrap_or(self.focus);
                }
                self.blanks.iter_mut().for_each(|one| one.visited = true);
                self.faults = faults.iter().map(ToString::to_string).collect();
                None
            }
        }
    }
}

/// The name a draft keeps what was on file under.
fn was(name: &str) -> String {
    format!("{name} was")
}

/// How a value stands in its box: dates as they are written here.
fn shown_text(value: &Value) -> String {
    match value {
        Value::Date(day) => date::short(*day),
        other => other.to_text(),
    }
}

fn stepped(one: &Blank, by: i64, context: Context) -> Option<String> {
    let value = one
        .reading
        .as_ref()
        .ok()
        .and_then(|reading| reading.value.clone());
    match one.def.entry {
        Entry::Date(past) => {
            let Some(Value::Date(day)) = value else {
                return Some(date::short(context.today));
            };
            let size = Days::new(by.unsigned_abs());
            let next = if by < 0 {
                day.checked_sub_days(size)
            } else {
                day.checked_add_days(size)
            }?;
            (!past || next <= context.today).then(|| date::short(next))
        }
        Entry::Whole(least, most) => {
            let number = match value {
                Some(Value::Whole(number)) => number + by,
                _ => least,
            };
            Some(number.clamp(least, most).to_string())
        }
        _ => {
            let offers = one.def.offers();
            let count = i64::try_from(offers.len())
                .ok()
                .filter(|count| *count > 0)?;
            let current = match &value {
                Some(Value::Text(text)) => offers.iter().position(|offer| offer.value == text),
                _ => None,
            };
            let next = match current {
                Some(index) => (index as i64 + by.signum()).rem_euclid(count),
                None if by < 0 => count - 1,
                None => 0,
            };
            offers
                .get(next as usize)
                .map(|offer| offer.value.to_owned())
        }
    }
}

#[cfg(test)]
mod tests;
