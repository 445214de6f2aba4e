//! One child's tasks in the place of all, for the Desk.

use super::Tasks;
use crate::app::pane::Of;
use crate::app::pane::desk::{Follows, Source};
use crate::store;

impl Follows for Tasks {
    fn of(&self) -> Option<&Of> {
        self.of.as_ref()
    }

    fn rename(&mut self, of: &Of) {
        self.of = Some(of.clone());
    }

    fn about(&self, of: Option<Of>, from: Source<'_>) -> Result<Self, store::Error> {
        let mut view = Self {
            of,
            order: self.order,
            reversed: self.reversed,
            ..Self::default()
        };
        view.arrange(from.store, from.today)?;
        Ok(view)
    }

    fn carry(&mut self, shown: &mut Self) {
        (self.late, self.due_today) = (shown.late, shown.due_today);
        self.ahead = std::mem::take(&mut shown.ahead);
    }

    fn catch_up(&mut self, from: Source<'_>, names: bool) -> Result<(), store::Error> {
        self.follow(from.store, from.today, names)
    }
}
