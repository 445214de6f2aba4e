//! What a form is opened with, and which draft is its own.

use super::About;
use super::blank::default_text;
use crate::domain::form::{Context, Entry, Field, Kind, Value};
use crate::domain::id::{ContactId, ProvisionId, PupilId, TaskId};
use crate::store::{Draft, DraftOf};
use std::collections::BTreeMap;

/// What a form is opened with.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// The kind of record.
    pub kind: Kind,
    /// Which one.
    pub about: About,
    /// The children a new record is about, when they are known already.
    pub pupils: Vec<PupilId>,
    /// The runs it is made on, when rows of the map were marked: one record on each. The first stands in the presets.
    pub runs: Vec<ProvisionId>,
    /// What stands in the boxes of a new record, by field name.
    pub presets: BTreeMap<&'static str, String>,
    /// The one field to show: the cell being edited.
    pub only: Option<&'static str>,
    /// True where whom it is about is not to be changed: a meeting shows one child and nobody else.
    pub fixed: bool,
    /// True for a task of the user's own, which is about no child.
    pub own: bool,
}

/// What a variant says before the children, where a draft is about several.
const FOR: &str = "for ";

impl Opening {
    /// A form of this kind about this record.
    pub fn new(kind: Kind, about: About) -> Self {
        let pupils = match about {
            About::New(Some(pupil)) => vec![pupil],
            _ => Vec::new(),
        };
        Self {
            kind,
            about,
            pupils,
            runs: Vec::new(),
            presets: BTreeMap::new(),
            only: None,
            fixed: false,
            own: false,
        }
    }

    /// True for a field that the form does not ask for, as it was opened on these children.
    pub(super) fn hides(&self, entry: Entry, pupils: &[PupilId]) -> bool {
        let kind = self.kind;
        match entry {
            Entry::Pupil if self.own => true,
            Entry::Pupil if kind == Kind::Task => !pupils.is_empty() && !self.about.is_edit(),
            Entry::Pupil => !pupils.is_empty(),
            Entry::Pupils => self.fixed && !pupils.is_empty(),
            Entry::Choice(_) if kind == Kind::Contact => self.fixed,
            Entry::Contact => true,
            Entry::Provision => self.presets.contains_key("provision"),
            _ => false,
        }
    }

    /// What stands in a box of a new record. Whose it is does, so that it can be another's.
    pub(super) fn first_text(&self, def: &'static Field, context: &Context) -> String {
        match self.presets.get(def.name) {
            Some(preset) => preset.clone(),
            None if matches!(def.entry, Entry::Pupils) && !self.pupils.is_empty() => {
                Value::Pupils(self.pupils.clone()).to_text()
            }
            None => default_text(def, context),
        }
    }

    /// A form of a task of the user's own: of this one, or of a new one.
    pub fn own(task: Option<TaskId>) -> Self {
        let about = task.map_or(About::New(None), |id| About::On(id.0));
        Self {
            own: true,
            ..Self::new(Kind::Task, about)
        }
    }

    /// The task of the user's own that is edited; `None` for a new one.
    pub fn own_task(&self) -> Option<TaskId> {
        match self.about {
            About::On(id) if self.own => Some(TaskId(id)),
            _ => None,
        }
    }

    /// What tells its draft from others of the same kind: a call's from a letter's, a cell's from the whole form's, and
    /// those about several children by who they are, so that none comes back about others.
    pub fn variant(&self) -> String {
        let shape = match (self.only, self.presets.get("kind")) {
            (Some(field), _) => format!("cell {field}"),
            (None, Some(kind)) => kind.clone(),
            // What belongs to one run never comes back in another's form.
            (None, None) => match self.presets.get("provision") {
                Some(_) if self.runs.len() > 1 => {
                    let runs: Vec<String> = self.runs.iter().map(ToString::to_string).collect();
                    format!("on {}", runs.join(" "))
                }
                Some(run) => format!("on {run}"),
                None => String::new(),
            },
        };
        if self.about.is_edit() || self.pupils.len() < 2 {
            return shape;
        }
        let mut pupils = self.pupils.clone();
        pupils.sort();
        let ids: Vec<String> = pupils.iter().map(ToString::to_string).collect();
        format!("{shape} {FOR}{}", ids.join(" "))
            .trim_start()
            .to_owned()
    }

    /// Where saving it makes several records: the field that tells them apart, and what stands in it in each.
    pub fn each(&self) -> Vec<(&'static str, i64)> {
        if !matches!(self.about, About::New(_)) {
            return Vec::new();
        }
        if self.runs.len() > 1 {
            return self.runs.iter().map(|run| ("provision", run.0)).collect();
        }
        if self.pupils.len() > 1 && self.kind.def().field("pupil").is_some() {
            return self.pupils.iter().map(|one| ("pupil", one.0)).collect();
        }
        Vec::new()
    }

    /// The form a draft was kept of; `None` for the add line.
    pub fn of_draft(draft: &Draft) -> Option<Self> {
        let DraftOf::Form(kind) = draft.kind else {
            return None;
        };
        let about = match (draft.editing, draft.about, kind) {
            (true, Some(id), _) => About::On(id),
            (_, Some(id), Kind::Amendment | Kind::Strike) => About::Entry(ContactId(id)),
            (_, about, _) => About::New(about.map(PupilId)),
        };
        let mut opening = Self::new(kind, about);
        let mut shape = draft.variant.as_str();
        if let Some(at) = shape.rfind(FOR).filter(|_| !draft.editing) {
            opening.pupils = shape[at + FOR.len()..]
                .split(' ')
                .filter_map(|id| id.parse().ok())
                .collect();
            shape = shape[..at].trim_end();
        }
        if let Some(field) = shape.strip_prefix("cell ") {
            opening.only = kind.def().field(field).map(|field| field.name);
        } else if let Some(runs) = shape.strip_prefix("on ") {
            let first = runs.split(' ').next().unwrap_or(runs);
            opening.presets.insert("provision", first.to_owned());
            opening.runs = runs.split(' ').filter_map(|id| id.parse().ok()).collect();
        } else if !shape.is_empty() {
            opening.presets.insert("kind", shape.to_owned());
        }
        Some(opening)
    }
}
