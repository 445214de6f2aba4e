//! `demo`: invented schools in a temporary folder, or kept in one.

use super::access::Access;
use super::args::DemoArgs;
use super::desk;
use super::out::Out;
use super::stop::Stop;
use crate::config::Paths;
use crate::demo;
use crate::script::sample;
use crate::store::{Desk, Places};
use std::fs;
use std::path::Path;

/// Makes the school, or finds the one kept, and opens the desk on it.
pub(super) fn run(access: &Access, verb: &DemoArgs, out: &mut Out) -> Result<(), Stop> {
    let Some(folder) = &verb.keep else {
        if !desk::has_terminal() {
            return Err(Stop::failed(
                "The demo needs a terminal. To make one for scripts: sendesk demo --keep DIR",
            ));
        }
        let temporary = tempfile::Builder::new()
            .prefix("sendesk-demo-")
            .tempdir()
            .map_err(|fault| {
                Stop::failed(format!("No temporary folder could be made ({fault})."))
            })?;
        make(access, verb, temporary.path())?;
        // The folder goes when this returns. Theme, glyphs and keys are the user's own.
        let paths = Paths {
            config: access.paths.config.clone(),
            ..Paths::under(temporary.path())
        };
        return desk::open_at(access, paths);
    };
    let paths = Paths::under(folder);
    if is_kept(&paths)? {
        if verb.pupils.is_some() || verb.seed.is_some() || verb.entries.is_some() {
            out.say(
                "The demo there is opened as it was made; --pupils, --entries and --seed are for a new one.",
            );
        }
    } else {
        make_whole(access, verb, &paths.data)?;
        out.say(&format!(
            "Made the invented schools in {}.",
            paths.data.display()
        ));
    }
    if desk::has_terminal() {
        return desk::open_at(access, paths);
    }
    out.line(&paths.data.display().to_string());
    out.say("Without a terminal it is left there. SENDESK_HOME names it to other commands.");
    Ok(())
}

/// True when a demo is there, false when there is room for one; anything else is refused.
fn is_kept(paths: &Paths) -> Result<bool, Stop> {
    let folder = paths.data.display();
    let places = Places {
        data: paths.data.clone(),
    };
    if Desk::exists(&places)? {
        return if Desk::is_demo(&places)? {
            Ok(true)
        } else {
            Err(Stop::failed(format!(
                "{folder} holds a desk that is no demo. Name another folder."
            )))
        };
    }
    match fs::read_dir(&paths.data) {
        Ok(mut entries) => match entries.next() {
            None => Ok(false),
            Some(_) => Err(Stop::failed(format!(
                "{folder} holds something else. Name an empty folder, or one that is not there yet."
            ))),
        },
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(fault) if fault.kind() == std::io::ErrorKind::NotADirectory => {
            Err(Stop::failed(format!("{folder} is a file. Name a folder.")))
        }
        Err(fault) => Err(Stop::unreadable(&paths.data, &fault)),
    }
}

/// Makes the demo beside its place and moves it there, so that it is there whole or not at all.
fn make_whole(access: &Access, verb: &DemoArgs, folder: &Path) -> Result<(), Stop> {
    let failed = |fault: std::io::Error| {
        Stop::failed(format!("{} could not be made ({fault}).", folder.display()))
    };
    let parent = folder.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(failed)?;
    let making = tempfile::Builder::new()
        .prefix(".sendesk-demo-")
        .tempdir_in(parent)
        .map_err(failed)?;
    make(access, verb, making.path())?;
    if folder.exists() {
        fs::remove_dir(folder).map_err(failed)?;
    }
    fs::rename(making.path(), folder).map_err(failed)?;
    // It has another name now: there is nothing left to remove.
    let _ = making.keep();
    Ok(())
}

fn make(access: &Access, verb: &DemoArgs, folder: &Path) -> Result<(), Stop> {
    let places = Places {
        data: folder.to_path_buf(),
    };
    // One school where it is measured by its pupils or entries, unless several are asked for.
    let usual = if verb.pupils.is_some() || verb.entries.is_some() {
        1
    } else {
        demo::USUAL_SCHOOLS.len()
    };
    let schools = verb.schools.map_or(usual, |count| count as usize);
    let sizes = match (verb.pupils, schools) {
        (Some(pupils), _) => demo::shared(pupils as usize, schools),
        (None, 1) => vec![demo::USUAL_PUPILS],
        (None, _) => demo::USUAL_SCHOOLS[..schools].to_vec(),
    };
    let seed = verb.seed.unwrap_or(sample::SEED);
    let options = sample::options(seed, access.today, &sizes);
    let entries = verb.entries.map(|count| count as usize);
    sample::make_desk(&places, &options, entries, access.working_date())?;
    Ok(())
}
