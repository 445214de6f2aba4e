//! Filters of the panes: begun, typed, kept, cleared; and one level back out of whatever narrows a list.

use super::action::{List, Picker};
use super::pane::Pane;
use super::{App, Error};

impl App {
    /// Every filter that is being typed stays as it is.
    pub(super) fn stop_filters(&mut self) {
        let state = &mut self.state;
        state.register.narrow.typing = false;
        state.diary.narrow.typing = false;
        state.tasks.narrow.typing = false;
        state.provision.narrow.typing = false;
    }

    /// One level out: closes the top layer, then clears marks, the filter, the worklist, the child.
    pub(super) fn back(&mut self) -> Result<(), Error> {
        if self.state.overlays.pop().is_some() {
            return Ok(());
        }
        match self.state.pane {
            Pane::Provision => {
                let map = &mut self.state.provision;
                if !map.marks.is_empty() || map.marks.anchor.is_some() {
                    map.marks.clear();
                } else if !map.narrow.filter.is_empty() {
                    return self.clear_filter();
                } else if map.worklist.take().is_some() {
                    return self.load_provision();
                } else if self.state.desk.provision.is_kept() {
                    return self.show_everybodys();
                } else if map.of.take().is_some() {
                    return self.load_provision();
                }
            }
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
                } else if diary.worklist.take().is_some() {
                    return self.load_diary();
                } else if self.state.desk.diary.is_kept() {
                    return self.show_everybodys();
                } else if diary.of.take().is_some() {
                    return self.load_diary();
                }
            }
            Pane::Tasks => {
                let tasks = &mut self.state.tasks;
                if !tasks.marks.is_empty() || tasks.marks.anchor.is_some() {
                    tasks.marks.clear();
                } else if !tasks.narrow.filter.is_empty() {
                    return self.clear_filter();
                } else if tasks.worklist.take().is_some() {
                    return self.load_tasks();
                } else if self.state.desk.tasks.is_kept() {
                    return self.show_everybodys();
                } else if tasks.of.take().is_some() {
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
            Pane::Provision => {
                let map = &mut self.state.provision;
                let under = map.current_key().or(map.narrow.begun_at.take());
                map.narrow.filter.set("");
                map.narrow();
                if let Some(key) = under {
                    map.go(key);
                }
            }
        }
        Ok(())
    }

    pub(super) fn begin_filter(&mut self) {
        match (self.state.overlays.last(), self.state.pane) {
            (Some(_), _) => {}
            (_, Pane::Provision) => {
                let map = &mut self.state.provision;
                map.narrow.typing = true;
                map.narrow.begun_at = map.current_key().or(map.narrow.begun_at);
            }
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
            Pane::Provision => &mut state.provision.narrow.typing,
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
            Pane::Provision => {
                self.state.provision.narrow();
                self.state.provision.step(List::Top);
            }
        }
        Ok(())
    }
}
