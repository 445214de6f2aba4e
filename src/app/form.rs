//! A form being filled in: the fields of a kind, each with its box, its reading and its fault.
//!
//! Enter saves from any field, Tab moves, arrows change the value, Esc keeps the draft: the same everywhere.

mod blank;
mod follow;
mod late;
mod newer;
mod opening;

pub use blank::Blank;
pub use newer::Newer;
pub use opening::Opening;

use crate::domain::form::{self, Context, Entry, Kind, Values};
use crate::domain::id::{ContactId, PupilId};
use crate::domain::person::Person;
use crate::store::Mark;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which record a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A new one; of a pupil, when it belongs to one.
    New(Option<PupilId>),
    /// One on file.
    On(i64),
    /// What is added to a contact: an amendment, a strike.
    Entry(ContactId),
}

impl About {
    /// The number a draft is kept under.
    pub fn number(self) -> Option<i64> {
        match self {
            Self::New(pupil) => pupil.map(|id| id.0),
            Self::On(id) => Some(id),
            Self::Entry(contact) => Some(contact.0),
        }
    }

    /// True for a record on file.
    pub fn is_edit(self) -> bool {
        matches!(self, Self::On(_))
    }
}

/// A form on screen.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it was opened with.
    pub opening: Opening,
    /// Which record; [`Opening::about`].
    pub about: About,
    /// The kind of record; [`Opening::kind`].
    pub kind: Kind,
    /// What is filled in, the child's full name, class and the school.
    pub title: String,
    /// The child's full name, class and the school, for the title.
    pub whom: String,
    /// The fields, without those the form was opened on.
    pub blanks: Vec<Blank>,
    /// The field with the caret.
    pub focus: usize,
    /// What was on file when the form was opened: a save over something newer is refused.
    pub seen: Values,
    /// What was asked before a save: the next one is meant.
    pub asked: Vec<String>,
    /// Faults of the form as a whole, and what the store answered.
    pub faults: Vec<String>,
    /// Fields typed into here that were changed elsewhere meanwhile.
    pub newer: Vec<Newer>,
    asks: bool,
    /// Those on file who may be the child of this new record, once the user was asked about them.
    pub namesakes: Vec<PupilId>,
    /// True when what is typed differs from what was last stored as a draft.
    pub dirty: bool,
    /// True when the form was filled from a draft.
    pub from_draft: bool,
    /// The draft it is kept in.
    pub mark: Option<Mark>,
    /// The pupils a new record is for: several when rows were marked.
    pub pupils: Vec<PupilId>,
    /// Their names where the title only counts them, else empty.
    pub children: String,
    /// The people around those pupils.
    pub people: Arc<[Person]>,
    fresh: Vec<String>,
    opened_on: Values,
}

impl Form {
    /// A form for a new record, or one filled with what is on file.
    pub fn open(opening: Opening, seen: Values, whom: String, context: &Context) -> Self {
        let (kind, about) = (opening.kind, opening.about);
        let pupils = match about {
            About::New(_) => opening.pupils.clone(),
            About::On(_) => Kind::owner(&seen).into_iter().collect(),
            About::Entry(_) => Vec::new(),
        };
        let hidden = |field| late::hidden(field, &opening, &pupils);
        let blanks: Vec<Blank> = kind
            .def()
            .fields
            .iter()
            .filter(|field| {
                opening
                    .only
                    .map_or(!hidden(field), |only| only == field.name)
            })
            .map(|def| {
                let text = match seen.get(def.name) {
                    Some(Some(value)) => blank::shown_text(def, value),
                    _ if about.is_edit() => String::new(),
                    _ => opening.first_text(def, context),
                };
                Blank::new(def, &text, context)
            })
            .collect();
        let begin = kind.def().begin;
        let unknown = |blank: &Blank| {
            matches!(blank.def.entry, Entry::Pupils) && !about.is_edit() && pupils.is_empty()
        };
        let focus = blanks
            .iter()
            .position(unknown)
            .or_else(|| blanks.iter().position(|blank| blank.def.name == begin))
            .unwrap_or(0);
        let fresh = blanks
            .iter()
            .map(|one| one.input.text().to_owned())
            .collect();
        let mut form = Self {
            kind,
            about,
            title: String::new(),
            whom,
            blanks,
            focus,
            opened_on: seen.clone(),
            seen,
            faults: Vec::new(),
            newer: Vec::new(),
            asks: false,
            namesakes: Vec::new(),
            asked: Vec::new(),
            dirty: false,
            from_draft: false,
            mark: None,
            pupils,
            children: String::new(),
            people: Arc::clone(&context.people),
            fresh,
            opening,
        };
        form.follow(context);
        form
    }

    /// Fills the form from a draft. What was on file when it was typed counts as seen: a save over something newer
    /// is refused, as it would have been then.
    pub fn take_draft(&mut self, texts: &BTreeMap<String, String>, context: &Context) {
        self.ask_as_drafted(texts, context);
        let edits = self.about.is_edit();
        for (one, fresh) in self.blanks.iter_mut().zip(&mut self.fresh) {
            if let Some(text) = texts.get(one.def.name) {
                one.set(text, context);
            }
            if let Some(was) = texts.get(&was(one.def.name)).filter(|_| !edits) {
                fresh.clone_from(was);
                continue;
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
        self.follow(context);
    }

    /// Puts a name into the form of a new pupil. A draft of more than a name is left alone: there the name stands
    /// once the draft is thrown away.
    pub fn fill_name(&mut self, surname: &str, forename: &str, context: &Context) {
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
                one.set(text, context);
            }
        }
        self.from_draft = keeps;
        self.dirty = !keeps;
    }

    /// Throws away what was typed.
    pub fn start_afresh(&mut self, context: &Context) {
        for (one, text) in self.blanks.iter_mut().zip(&self.fresh) {
            one.set(text, context);
            one.visited = false;
        }
        self.seen.clone_from(&self.opened_on);
        self.faults.clear();
        self.newer.clear();
        self.asked.clear();
        self.asks = false;
        self.from_draft = false;
        self.dirty = false;
        let begin = self.kind.def().begin;
        self.focus = self
            .blanks
            .iter()
            .position(|blank| blank.def.name == begin)
            .unwrap_or(0);
        self.follow(context);
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

    /// A field by name.
    pub fn blank(&self, name: &str) -> Option<&Blank> {
        self.blanks.iter().find(|one| one.def.name == name)
    }

    /// After typing: reads the field again.
    pub fn typed(&mut self, context: &Context) {
        let one = self.current();
        one.read(context);
        one.whole = false;
        self.faults.clear();
        self.newer.clear();
        self.asks = false;
        self.dirty = true;
        self.follow(context);
    }

    /// Before a letter or a paste goes in: a value that stands as a whole gives way to it.
    pub fn make_room(&mut self) {
        let one = self.current();
        if one.whole && one.is_value() {
            one.input.set("");
        }
    }

    /// To the next field, or the previous. Forward, a better day that is offered is taken first; from children
    /// that were asked for the caret goes to the words.
    pub fn move_focus(&mut self, forward: bool, context: &Context) {
        if forward && self.current().take_advice(context) {
            self.dirty = true;
            return;
        }
        self.current().visited = true;
        let count = self.blanks.len();
        let begin = self.kind.def().begin;
        // Of children who were known the boxes follow one another; of those asked for the words come next.
        let asked = self.pupils.is_empty();
        let words = self.blanks.iter().position(|one| one.def.name == begin);
        self.focus = match words {
            Some(words)
                if forward && asked && matches!(self.current().def.entry, Entry::Pupils) =>
            {
                words
            }
            _ if forward => (self.focus + 1) % count,
            _ => (self.focus + count - 1) % count,
        };
        self.current().whole = true;
    }

    /// Changes the value by the arrows, as [`Blank::stepped`] has it: `by` is 1 or 7, below nought for up. In words of
    /// several lines the caret moves.
    pub fn change_value(&mut self, by: i64, context: &Context) {
        let one = self.current();
        if matches!(one.def.entry, Entry::Lines(_)) {
            for _ in 0..by.abs() {
                one.input.move_line(by > 0);
            }
            return;
        }
        let Some(text) = one.stepped(by, context) else {
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
            .map(|(one, _)| (one.def.name, one.meant().to_owned()))
            .collect();
        if let Some(run) = self.opening.presets.get("provision") {
            texts.entry("provision").or_insert_with(|| run.clone());
        }
        let def = self.kind.def();
        if let (About::New(_), Some(first)) = (self.about, self.pupils.first()) {
            if def.field("pupils").is_some() {
                // Where it has a box, what stands there counts.
                if self.blank("pupils").is_some() {
                    return texts;
                }
                let ids: Vec<String> = self.pupils.iter().map(ToString::to_string).collect();
                texts.insert("pupils", ids.join(", "));
            } else if def.field("pupil").is_some() {
                texts.insert("pupil", first.to_string());
            }
        }
        if let About::Entry(contact) = self.about {
            texts.insert("contact", contact.to_string());
        }
        texts
    }

    /// What was typed, for a draft; of an edit only what differs, with what was on file then.
    pub fn draft_texts(&self) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        for (one, fresh) in self.blanks.iter().zip(&self.fresh) {
            let name = one.def.name;
            if !self.about.is_edit() {
                let text = one.input.text();
                let text = if text == fresh {
                    text.to_owned()
                } else {
                    one.settled()
                };
                texts.insert(name.to_owned(), text);
                // Whether somebody chose it, or it follows: else it might widen when the draft is taken up.
                if name == SEES {
                    let chosen = self.opening.presets.contains_key(SEES);
                    let follows = fresh.clone();
                    texts.insert(was(name), if chosen { String::new() } else { follows });
                }
            } else if one.input.text() != fresh {
                let seen = self.seen.get(name).and_then(Option::as_ref);
                texts.insert(name.to_owned(), one.settled());
                let seen = seen.map(|value| blank::shown_text(one.def, value));
                texts.insert(was(name), seen.unwrap_or_default());
            }
        }
        texts
    }

    /// Writes days that were typed as `y` or `1w` out in full: a new day begins, and they meant the old one.
    pub fn settle(&mut self) {
        for (one, fresh) in self.blanks.iter_mut().zip(&self.fresh) {
            if one.input.text() != fresh {
                let text = one.settled();
                one.input.set(&text);
            }
        }
    }

    /// Reads the whole form; on a fault the caret goes to the first field that has one.
    pub fn read(&mut self, context: &Context) -> Option<Values> {
        let unresolved: Vec<form::FieldFault> = self
            .blanks
            .iter()
            .filter(|one| matches!(one.def.entry, Entry::Pupil | Entry::Pupils))
            .filter_map(|one| one.reading.clone().err())
            .collect();
        let read = if unresolved.is_empty() {
            let texts = self.texts();
            if self.about.is_edit() {
                form::read_change(self.kind, &texts, &self.seen, context)
            } else {
                form::read(self.kind, &texts, true, context)
            }
        } else {
            Err(unresolved)
        };
        match read {
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
                self.current().whole = true;
                self.faults = faults.iter().map(ToString::to_string).collect();
                None
            }
        }
    }
}

/// The field that follows from kind and with whom until somebody chooses.
const SEES: &str = "visibility";

/// The name a draft keeps what was on file under.
fn was(name: &str) -> String {
    format!("{name} was")
}

#[cfg(test)]
mod tests;
