//! Bringing in a pupil list: a path, the plan, one step.

use super::action::Picker;
use super::job::Message;
use super::overlay::{Overlay, PathBox, plan};
use super::state::Tone;
use super::{App, Error};
use crate::domain::batch::{self, Plan};
use crate::domain::id::PupilId;
use crate::domain::step;
use crate::import;
use crate::store::{self, Applied, Store};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The largest file read, in bytes.
const FILE_MOST: u64 = 50 << 20;

impl App {
    /// Keys in the box that asks for a file.
    pub(super) fn path_key(&mut self, act: Picker) -> Result<(), Error> {
        let Some(Overlay::Path(path)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        match act {
            Picker::Complete => {
                let (text, offers) = complete(path.input.text());
                path.input.set(&text);
                path.offers = offers;
            }
            Picker::Leave => {
                self.state.overlays.pop();
                self.state.busy = None;
            }
            Picker::Take if path.reading.is_none() && !path.input.is_empty() => {
                let file = expand(path.input.text());
                return self.read_file(file);
            }
            Picker::Take | Picker::Down | Picker::Up | Picker::PageDown | Picker::PageUp => {}
        }
        Ok(())
    }

    /// Reads a file and compares it with the register, on a thread with a connection of its own.
    fn read_file(&mut self, file: PathBuf) -> Result<(), Error> {
        let today = self.state.today;
        self.job += 1;
        let job = self.job;
        if let Some(Overlay::Path(path)) = self.state.overlays.last_mut() {
            path.fault = None;
            path.reading = Some(job);
        }
        let outcome = match (&self.desk, &self.store) {
            (Some(desk), Some(store)) => {
                self.state.busy = Some("reading the file");
                let own = desk.open_school(store.code())?;
                self.setup.jobs.run(move || Message::Planned {
                    job,
                    outcome: make_plan(&own, &file, today),
                })
            }
            (None, Some(store)) => Some(Message::Planned {
                job,
                outcome: make_plan(store, &file, today),
            }),
            (_, None) => return Err(Error::NoSchool),
        };
        match outcome {
            Some(message) => self.answer(message),
            None => Ok(()),
        }
    }

    /// The plan is there, or the reason why not. One that was given up, or asked for before a lock, is dropped.
    pub(super) fn planned(
        &mut self,
        job: u64,
        outcome: Result<(Plan, HashMap<PupilId, String>), String>,
    ) {
        let Some(Overlay::Path(path)) = self.state.overlays.last_mut() else {
            return;
        };
        if path.reading != Some(job) {
            return;
        }
        path.reading = None;
        self.state.busy = None;
        match outcome {
            Ok((plan, names)) => {
                self.state.overlays.pop();
                self.state
                    .overlays
                    .push(Overlay::Plan(plan::View::open(plan, names)));
            }
            Err(fault) => path.fault = Some(fault),
        }
    }

    /// Applies the plan as one step.
    pub(super) fn apply_plan(&mut self) -> Result<(), Error> {
        let Some(Overlay::Plan(view)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        if view.plan.is_empty() {
            let unchanged = view.plan.unchanged;
            self.state.overlays.pop();
            self.say(
                Tone::Note,
                format!("Nothing to bring in: {unchanged} pupils are as the file has them."),
            );
            return Ok(());
        }
        view.applying = true;
        let (plan, today) = (view.plan.clone(), self.state.today);
        let message = match (&self.desk, &mut self.store) {
            (Some(desk), Some(store)) => {
                self.state.busy = Some("bringing in pupils");
                let mut own = desk.open_school(store.code())?;
                self.setup
                    .jobs
                    .run(move || Message::Applied(apply(&mut own, &plan, today)))
            }
            (None, Some(store)) => Some(Message::Applied(apply(store, &plan, today))),
            (_, None) => return Err(Error::NoSchool),
        };
        match message {
            Some(message) => self.answer(message),
            None => Ok(()),
        }
    }

    /// The plan was applied, or rolled back.
    pub(super) fn applied(&mut self, outcome: Result<Applied, store::Error>) -> Result<(), Error> {
        self.state.busy = None;
        match outcome {
            Ok(done) => {
                self.state
                    .overlays
                    .retain(|overlay| !matches!(overlay, Overlay::Plan(_)));
                self.reload(true)?;
                let (code, back) = (&self.state.school.code, self.way_back(false));
                let text = format!("Brought in: {} at {code}{back}", done.in_words());
                self.say(Tone::Done, text);
                Ok(())
            }
            Err(error) => {
                if matches!(error, store::Error::RegisterMoved) {
                    // Applied again it would be refused again.
                    let is_plan = |overlay: &Overlay| matches!(overlay, Overlay::Plan(_));
                    self.state.overlays.retain(|overlay| !is_plan(overlay));
                    self.reload(false)?;
                } else if let Some(Overlay::Plan(view)) = self.state.overlays.last_mut() {
                    view.applying = false;
                }
                Err(error.into())
            }
        }
    }

    /// Opens the box that asks for a file with one typed in: the last question of the first run.
    pub(super) fn import_file(&mut self, typed: &str) -> Result<(), Error> {
        let mut path = PathBox::default();
        path.input.set(typed);
        self.state.overlays.push(Overlay::Path(path));
        self.read_file(expand(typed))
    }
}

fn apply(store: &mut Store, plan: &Plan, today: NaiveDate) -> Result<Applied, store::Error> {
    store.step(&step::imported(plan), |writer| writer.apply(plan, today))
}

fn make_plan(
    store: &Store,
    file: &Path,
    today: NaiveDate,
) -> Result<(Plan, HashMap<PupilId, String>), String> {
    let bytes = read_whole(file)?;
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let options = import::Options {
        map: Vec::new(),
        today,
    };
    let batch = import::read(&bytes, &name, &options).map_err(|error| error.to_string())?;
    let (on_file, basis) = store.on_file_at().map_err(|error| error.to_string())?;
    let mut plan = batch::plan::plan(batch, &on_file, today);
    plan.basis = Some(basis);
    let spoken_of = plan::View::pupils(&plan);
    let lines = store.lines(&spoken_of).map_err(|error| error.to_string())?;
    let name = |line: &crate::domain::pupil::Line| {
        let class = line.pupil.class.as_deref().unwrap_or_default();
        format!("{} {class}", line.pupil.listed_name())
            .trim_end()
            .to_owned()
    };
    let names = lines
        .iter()
        .map(|line| (line.pupil.id, name(line)))
        .collect();
    Ok((plan, names))
}

/// Looks whether a path that was typed names a file, before more is done for it.
///
/// # Errors
/// A sentence, when there is none.
pub(super) fn is_there(typed: &str) -> Result<(), String> {
    let file = expand(typed);
    let shown = file.display();
    match std::fs::metadata(&file) {
        Ok(about) if about.is_dir() => Err(format!("{shown} is a folder. Name the file in it.")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(format!("There is no file {shown}."))
        }
        // Whatever else may be wrong is told when it is read.
        _ => Ok(()),
    }
}

/// Reads a file whole.
///
/// # Errors
/// A sentence, when it is not there, a folder, a pipe or a device, too large or may not be read.
pub fn read_whole(file: &Path) -> Result<Vec<u8>, String> {
    let shown = file.display();
    let reason = |error: &std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("There is no file {shown}. Nothing was changed."),
        std::io::ErrorKind::PermissionDenied => {
            format!("{shown} may not be read by you. Nothing was changed.")
        }
        std::io::ErrorKind::IsADirectory => {
            format!("{shown} is a folder. Name the file in it. Nothing was changed.")
        }
        std::io::ErrorKind::FileTooLarge => {
            format!("{shown} is larger than 50 MB, which no pupil list is. Nothing was changed.")
        }
        _ => format!("{shown} could not be read ({error}). Nothing was changed."),
    };
    store::read_file(file, FILE_MOST).map_err(|error| reason(&error))
}

/// `~/list.csv` in full.
fn expand(typed: &str) -> PathBuf {
    let typed = typed.trim().trim_matches(['"', '\'']);
    match (typed.strip_prefix("~/"), directories::BaseDirs::new()) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => PathBuf::from(typed),
    }
}

/// Completes a path: what all candidates share, and their names when there are several.
pub(super) fn complete(typed: &str) -> (String, Vec<String>) {
    let full = expand(typed);
    let (folder, start) = if typed.ends_with('/') || typed.is_empty() {
        (full.clone(), String::new())
    } else {
        let start = full
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        (
            full.parent()
                .map_or_else(|| PathBuf::from("."), Path::to_path_buf),
            start,
        )
    };
    let folder = if folder.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        folder
    };
    let Ok(entries) = std::fs::read_dir(&folder) else {
        return (typed.to_owned(), Vec::new());
    };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() {
                format!("{name}/")
            } else {
                name
            }
        })
        .filter(|name| {
            name.starts_with(&start) && (!name.starts_with('.') || start.starts_with('.'))
        })
        .collect();
    names.sort();
    let Some(first) = names.first() else {
        return (typed.to_owned(), Vec::new());
    };
    let shared = names.iter().fold(first.clone(), |shared, name| {
        shared
            .chars()
            .zip(name.chars())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a)
            .collect()
    });
    let base = typed.strip_suffix(&start).unwrap_or(typed);
    let text = format!("{base}{shared}");
    if names.len() == 1 {
        (text, Vec::new())
    } else {
        (text, names)
    }
}
