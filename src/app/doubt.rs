//! What is not plain about a form that is saved: asked in it first, told beside what was saved.

use super::form::About;
use super::overlay::Overlay;
use super::{App, Error};
use crate::domain::form::{Kind, Value, Values};

impl App {
    /// Asks in the form what is to be asked before it is saved: `None` then. Else what is to be told afterwards.
    pub(super) fn settle_doubts(
        &mut self,
        kind: Kind,
        about: About,
        values: &Values,
        each: &[(&'static str, i64)],
    ) -> Result<Option<Vec<String>>, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let id = match about {
            About::On(id) => Some(id),
            _ => None,
        };
        // What is refused is refused by the save, which says so in the form.
        let Ok(mut doubts) = store.doubts(kind, id, values) else {
            return Ok(Some(Vec::new()));
        };
        // Of several in one step none is kept unasked.
        for (field, which) in each {
            let mut own = values.clone();
            own.insert(field, Some(Value::Whole(*which)));
            doubts.join(store.doubts(kind, id, &own).unwrap_or_default());
        }
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(Some(doubts.told));
        };
        if form.wonder(doubts.asks) {
            self.dirty = true;
            return Ok(None);
        }
        Ok(Some(doubts.told))
    }

    /// Adds to the message of what was saved.
    pub(super) fn tell_also(&mut self, told: &[String]) {
        if let Some(flash) = self.state.flash.as_mut().filter(|_| !told.is_empty()) {
            flash.text = format!("{} {}", told.join(" "), flash.text);
        }
    }
}
