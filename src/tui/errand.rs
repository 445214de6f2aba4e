//! Leaving the screen for a while and coming back: to the user's own editor, and to the shell.
//!
//! The one reader is parked meanwhile, so that it takes no key from who has the terminal then.

use super::guard::Guard;
use super::input::Reader;
use crate::app::event::{Errand, Event};
use crate::sys::signal::Signals;
#[cfg(unix)]
use std::io;
use std::sync::mpsc::Sender;

#[cfg(unix)]
use crate::sys::editor::{Edit, Traces};
#[cfg(unix)]
use crate::sys::suspend;

/// Runs errands away from the screen.
pub(super) trait Outside {
    /// Runs one; `title` names the window afterwards.
    fn run(&mut self, errand: Errand, title: &str) -> Return;

    /// The terminal's clipboard holds something of ours from now on, or no more.
    fn note_copied(&mut self, holds: bool);
}

/// What came of an errand.
#[derive(Debug)]
pub(super) struct Return {
    /// What the desk is told, whatever became of the terminal.
    pub(super) event: Option<Event>,
    /// What became of the terminal.
    pub(super) terminal: Left,
}

/// The terminal after an errand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// Nobody else had it.
    Alone,
    /// Another program had it: the screen must be drawn whole.
    Used,
    /// It cannot be had again.
    Gone,
}

/// What an errand has under way, for the thread that must end it when the program ends.
#[derive(Debug, Clone, Default)]
pub(super) struct UnderWay {
    #[cfg(unix)]
    traces: Traces,
}

impl UnderWay {
    /// Ends an editor that runs.
    pub(super) fn end(&self) {
        #[cfg(unix)]
        self.traces.end_editor();
    }

    /// Wipes what it was given.
    pub(super) fn wipe(&self) {
        #[cfg(unix)]
        self.traces.wipe();
    }
}

/// The terminal and its reader.
pub(super) struct Terminal {
    /// None while parked.
    pub(super) reader: Option<Reader>,
    pub(super) guard: Guard,
    pub(super) sender: Sender<Event>,
    pub(super) signals: Signals,
    pub(super) under_way: UnderWay,
}

impl Return {
    /// Of what is done before it comes here.
    fn nothing() -> Self {
        Self {
            event: None,
            terminal: Left::Alone,
        }
    }

    fn at_once(event: Event) -> Self {
        Self {
            event: Some(event),
            terminal: Left::Alone,
        }
    }
}

#[cfg(unix)]
impl Outside for Terminal {
    fn run(&mut self, errand: Errand, title: &str) -> Return {
        match errand {
            Errand::Edit { text } => match Edit::prepare(&text, &self.under_way.traces) {
                Ok(edit) => self.edit(edit, title),
                Err(why) => Return::at_once(Event::Edited(Err(why))),
            },
            Errand::Copy { .. } => Return::nothing(),
            Errand::Suspend if suspend::may_suspend() => self.suspend(title),
            Errand::Suspend => Return::at_once(stayed()),
        }
    }

    fn note_copied(&mut self, holds: bool) {
        self.guard.note_copied(holds);
    }
}

#[cfg(unix)]
fn stayed() -> Event {
    Event::Stayed(
        "No shell is waiting behind this window, so sendesk was locked and not suspended."
            .to_owned(),
    )
}

#[cfg(unix)]
impl Terminal {
    fn edit(&mut self, edit: Edit, title: &str) -> Return {
        let keys = self.signals.lend_keys();
        self.leave();
        let edited = edit.run(
            || self.signals.ended_by().is_some(),
            || Ok(suspend::may_suspend() && suspend::suspend(|| true, || true)?),
        );
        let taken = self.come_back(|guard| {
            guard.take_from_editor(title)?;
            // The keys are ours again; until then a late answer to the editor has come too.
            drop(keys);
            guard.forget_input()
        });
        Return {
            event: Some(Event::Edited(edited)),
            terminal: taken,
        }
    }

    fn suspend(&mut self, title: &str) -> Return {
        self.leave();
        let was_suspended = suspend::suspend(
            || self.guard.is_in_foreground(),
            || self.signals.ended_by().is_some(),
        );
        Return {
            event: (!was_suspended.unwrap_or(false)).then(stayed),
            terminal: self.come_back(|guard| guard.take_from_shell(title)),
        }
    }

    fn come_back(&mut self, take: impl FnOnce(&Guard) -> io::Result<()>) -> Left {
        // A signal ends the program while the terminal is not ours: touching it would stop the program instead.
        if self.signals.ended_by().is_some() && !self.guard.is_in_foreground() {
            return Left::Gone;
        }
        let taken = take(&self.guard).and_then(|()| Reader::start(self.sender.clone()));
        match taken {
            Ok(reader) => {
                self.reader = Some(reader);
                Left::Used
            }
            Err(_) => Left::Gone,
        }
    }

    fn leave(&mut self) {
        if let Some(reader) = self.reader.take() {
            reader.park();
        }
        self.guard.lend();
    }
}

/// Where there is neither a private folder in memory nor job control.
#[cfg(not(unix))]
impl Outside for Terminal {
    fn note_copied(&mut self, holds: bool) {
        self.guard.note_copied(holds);
    }

    fn run(&mut self, errand: Errand, _: &str) -> Return {
        Return::at_once(match errand {
            Errand::Copy { .. } => return Return::nothing(),
            Errand::Edit { .. } => Event::Edited(Err(
                "On Windows there is no private place to hand the words to an editor in: write in the form. The \
                 words in the form are as they were."
                    .to_owned(),
            )),
            Errand::Suspend => Event::Stayed("On Windows a program cannot be suspended.".to_owned()),
        })
    }
}
