//! Filters of the panes: begun, typed, kept, cleared; and one level back out of whatever narrows a list.

use super::action::{List, Picker};
use super::pane::Pane;
use super::{App, Error};

impl App {
    /// One level out: closes the top layer, then clears marks, the filter, the worklist, the child.
    pub(super) fn back(&mut self) -> Result<(), Error> {
        if self.state.overlays.pop().is_some() {
            return Ok(());
        }
        match self.state.pane {
            Pane::Provision => {}
            Pane::Register => {
                let register = &mut self.state.register;
                if !register.marks.is_empty() || register.marks.anchor.is_some() {
                    register.marks.clear();
                } else if !register.narrow.filter.is_empty() {
                    register.clear_filter();
                } else if register.worklist.take().is_some() {
                    return self.reload(true);
                }
            }
            Pane::Diary => {
                let diary = &mut self.state.diary;
                if !diary.marks.is_empty() || diary.marks.anchor.is_some() {
                    diary.marks.clear();
                } else if !diary.narrow.filter.is_empty() {
                    return self.clear_filter();
                } else if diary.worklist.take().is_some() || diary.of.take().is_some() {
                    return self.load_diary();
                }
            }
            Pane::Tasks => {
                let tasks = &mut self.state.tasks;
                if !tasks.marks.is_empty() || tasks.marks.anchor.is_some() {
                    tasks.marks.clear();
                } else if !tasks.narrow.filter.is_empty() {
                    return self.clear_filter();
                } else if tasks.worklist.take().is_some() || tasks.of.take().is_some() {
                    return self.load_tasks();
                }
            }
        }
        Ok(())
    }

    /// Shows all again, the cursor on the same row; where the filter showed none, on the one it was begun at.
    fn clear_filter(&mut self) -> Result<(), Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        match self.state.pane {
            Pane::Register => self.state.register.clear_filter(),
            Pane::Diary => {
                let diary = &mut self.state.diary;
                let under = diary.current().or(diary.narrow.begun_at.take());
                diary.narrow.filter.set("");
                diary.narrow(store, &self.state.register.index)?;
                if let Some(id) = under {
                    diary.go(id);
                }
            }
            Pane::Tasks => {
                let tasks = &mut self.state.tasks;
                let current = tasks.current().map(|line| line.task.id);
                let under = current.or(tasks.narrow.begun_at.take());
                tasks.narrow.filter.set("");
                tasks.narrow();
                if let Some(id) = under {
                    tasks.go(id);
                }
            }
            Pane::Provision => {}
        }
        Ok(())
    }

    pub(super) fn begin_filter(&mut self) {
        match (self.state.overlays.last(), self.state.pane) {
            (Some(_), _) | (_, Pane::Provision) => {}
            (_, Pane::Register) => self.state.register.begin_filter(),
            (_, Pane::Diary) => {
                let diary = &mut self.state.diary;
                diary.narrow.typing = true;
                diary.narrow.begun_at = diary.current().or(diary.narrow.begun_at);
            }
            (_, Pane::Tasks) => {
                let tasks = &mut self.state.tasks;
                let under = tasks.current().map(|line| line.task.id);
                tasks.narrow.typing = true;
                tasks.narrow.begun_at = under.or(tasks.narrow.begun_at);
            }
        }
    }

    /// Keys while the filter is typed: Enter keeps it, Esc clears it, arrows move in the list.
    pub(super) fn filter_key(&mut self, act: Picker) -> Result<(), Error> {
        let state = &mut self.state;
        let typing = match state.pane {
            Pane::Register => &mut state.register.narrow.typing,
            Pane::Diary => &mut state.diary.narrow.typing,
            Pane::Tasks => &mut state.tasks.narrow.typing,
            Pane::Provision => return Ok(()),
        };
        match act {
            Picker::Take | Picker::Complete => *typing = false,
            Picker::Down => return self.pane_list(List::Down),
            Picker::Up => return self.pane_list(List::Up),
            Picker::PageDown => return self.pane_list(List::PageDown),
            Picker::PageUp => return self.pane_list(List::PageUp),
            Picker::Leave => {
                *typing = false;
                return self.clear_filter();
            }
        }
        Ok(())
    }

    /// A letter in the filter of the pane in front: the list narrows, its first row under the cursor.
    pub(super) fn typed_in_filter(&mut self) -> Result<(), Error> {
        if self.state.filter_typed().is_none() {
            return Ok(());
        }
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        match self.state.pane {
            Pane::Register => {
                self.state.register.narrow();
                self.state.register.list.go(0);
            }
            Pane::Diary => {
                let diary = &mut self.state.diary;
                diary.narrow(store, &self.state.register.index)?;
                diary.list.go(0);
            }
            Pane::Tasks => {
                self.state.tasks.narrow();
                self.state.tasks.step(List::Top);
            }
            Pane::Provision => {}
        }
        Ok(())
    }
}
