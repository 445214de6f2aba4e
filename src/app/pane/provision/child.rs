//! One child's provision in the place of all, for the Desk.

use super::Provision;
use crate::app::pane::Of;
use crate::app::pane::desk::{Follows, Source};
use crate::store;

impl Follows for Provision {
    fn of(&self) -> Option<&Of> {
        self.of.as_ref()
    }

    fn rename(&mut self, of: &Of) {
        self.of = Some(of.clone());
    }

    fn about(&self, of: Option<Of>, from: Source<'_>) -> Result<Self, store::Error> {
        let mut view = Self {
            of,
            by: self.by,
            reversed: self.reversed,
            ..Self::default()
        };
        view.load(from.store, from.today)?;
        Ok(view)
    }

    fn catch_up(&mut self, from: Source<'_>, _names: bool) -> Result<(), store::Error> {
        self.follow(from.store, from.today)
    }
}
