//! Boxes that a form does not show: what it was opened on, and what is asked for only when it matters.

use super::{Blank, Form, Opening};
use crate::domain::form::{Context, Field};
use crate::domain::id::PupilId;
use std::collections::BTreeMap;

/// The name of a run: of a new one it is asked for only where there is another of its type.
const ASKED_LATE: &str = "run_name";

/// True for a field that a form opened on these children does not show at first.
pub(super) fn hidden(field: &Field, opening: &Opening, pupils: &[PupilId]) -> bool {
    let late = field.name == ASKED_LATE && !opening.about.is_edit();
    late || opening.hides(field.entry, pupils)
}

impl Form {
    /// True where a box that is asked for only when it matters is not there yet.
    pub fn may_ask_late(&self) -> bool {
        let has_field = self.kind.def().field(ASKED_LATE).is_some();
        has_field && !self.about.is_edit() && self.blank(ASKED_LATE).is_none()
    }

    /// Puts in the box that is asked for only when it matters, and says why.
    pub fn ask_late(&mut self, why: Option<String>, context: &Context) {
        let def = self.kind.def().field(ASKED_LATE);
        let Some(def) = def.filter(|_| self.may_ask_late()) else {
            return;
        };
        self.blanks.push(Blank::new(def, "", context));
        self.fresh.push(String::new());
        if let Some(why) = why {
            self.focus = self.blanks.len() - 1;
            self.faults = vec![why];
        }
    }

    /// Puts that box in where a draft has words for it.
    pub(super) fn ask_as_drafted(&mut self, texts: &BTreeMap<String, String>, context: &Context) {
        if texts.contains_key(ASKED_LATE) {
            self.ask_late(None, context);
        }
    }
}
