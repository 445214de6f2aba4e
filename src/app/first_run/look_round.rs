//! A look round the demo from the first run: an invented school in a folder of its own, beside the user's desk.

use super::{FirstRun, Question};
use crate::app::command;
use crate::app::job::Message;
use crate::app::state::{Lock, Stage, State, Tone};
use crate::app::{App, Error};
use crate::store::{self, Desk, Places};
use chrono::NaiveDate;
use tempfile::TempDir;

/// Makes a demo desk with its school: where, for which day, and the working date of its steps.
pub type MakeDemo = fn(&Places, NaiveDate, Option<NaiveDate>) -> Result<(), store::Error>;

/// The user's own desk, put aside while the demo is looked at.
pub(in crate::app) struct Aside {
    places: Places,
    /// `None` once the demo was locked: the key of the user's desk is wiped then too.
    desk: Option<Desk>,
    first: Box<FirstRun>,
    /// The demo's folder, removed with this.
    _folder: TempDir,
}

impl App {
    /// Makes a demo beside the user's desk, on a thread.
    pub(super) fn look_round(&mut self) -> Result<(), Error> {
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return Ok(());
        };
        first.working = Some("inventing a school");
        let (make, today) = (self.setup.demo, self.state.today);
        let working_date = self.setup.working_date;
        let work = move || Message::Demo(demo(make, today, working_date));
        self.run(work)
    }

    /// The demo is there, or the reason why not.
    pub(in crate::app) fn demo_made(
        &mut self,
        outcome: Result<(TempDir, Desk), String>,
    ) -> Result<(), Error> {
        if let Stage::FirstRun(first) = &mut self.state.stage {
            first.working = None;
        }
        let (folder, desk) = match outcome {
            Ok(made) => made,
            Err(told) => {
                self.say(Tone::Fault, told);
                return Ok(());
            }
        };
        let locked = Stage::Locked(Lock::default());
        let Stage::FirstRun(first) = std::mem::replace(&mut self.state.stage, locked) else {
            return Ok(());
        };
        let demo = Places {
            data: folder.path().to_path_buf(),
        };
        self.aside = Some(Aside {
            places: std::mem::replace(&mut self.setup.places, demo),
            desk: self.desk.take(),
            first,
            _folder: folder,
        });
        self.enter(desk)?;
        let close = self.key_to("global.close");
        self.say(
            Tone::Note,
            format!(
                "All of this is invented; nothing you do here is kept. {close} {close} comes back to your own desk and its first import."
            ),
        );
        Ok(())
    }

    /// True while the demo is looked at from the first run.
    pub(in crate::app) fn is_looking_round(&self) -> bool {
        self.aside.is_some()
    }

    /// The user's own key goes with the demo's when the desk is locked.
    pub(in crate::app) fn lock_aside(&mut self) {
        if let Some(aside) = &mut self.aside {
            aside.desk = None;
        }
    }

    /// The user is done: the program ends, or goes back from the demo to the question it was opened from.
    pub(in crate::app) fn leave(&mut self) {
        let Some(aside) = self.aside.take() else {
            self.ended = true;
            return;
        };
        let size = self.state.size;
        let theme = self.state.theme.clone();
        self.store = None;
        self.forget_schools();
        self.state = State::new(self.state.today, &theme, self.setup.local);
        self.state.size = size;
        self.past.clear();
        self.future.clear();
        self.seen = 0;
        self.quitting = false;
        self.dirty = true;
        self.setup.places = aside.places;
        self.desk = aside.desk;
        let mut first = aside.first;
        first.ask(Question::Begin);
        first.note = Some("Back from the demo; nothing of it was kept.".to_owned());
        if self.desk.is_some() {
            self.state.stage = Stage::FirstRun(first);
        } else {
            self.resume.first_run = Some(first);
        }
    }

    /// The first key of a command, or its word for the palette.
    pub(in crate::app) fn key_to(&self, name: &str) -> String {
        let keys = command::named(name).map(|command| self.setup.keymap.keys_of(command));
        let first = keys.and_then(|keys| keys.into_iter().next());
        first.unwrap_or_else(|| format!(":{}", name.rsplit('.').next().unwrap_or(name)))
    }

    /// Does work where work is done.
    pub(super) fn run(
        &mut self,
        work: impl FnOnce() -> Message + Send + 'static,
    ) -> Result<(), Error> {
        let message = self.setup.jobs.run(work);
        message.map_or(Ok(()), |message| self.answer(message))
    }
}

fn demo(
    make: MakeDemo,
    today: NaiveDate,
    working_date: Option<NaiveDate>,
) -> Result<(TempDir, Desk), String> {
    let folder = tempfile::Builder::new().prefix("sendesk-demo-").tempdir();
    let folder = folder.map_err(|fault| {
        format!("No temporary folder could be made ({fault}). Your own desk is as it was.")
    })?;
    let places = Places {
        data: folder.path().to_path_buf(),
    };
    let desk = make(&places, today, working_date).and_then(|()| Desk::unlock_demo(&places));
    let desk = desk.map_err(|fault| format!("{fault} Your own desk is as it was."))?;
    Ok((folder, desk))
}
