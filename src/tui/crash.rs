//! What is kept of a fault in the program: where it was, never what it was about.
//!
//! The message of a panic may hold what a user typed, so it is neither written nor shown.

use crate::sys::{clock, file};
use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};

/// How many crash files may have the same second in their names.
const MOST_OF_A_SECOND: u32 = 20;

/// Writes the crash file into the folder, which is made where it is not there. Gives its path, or nothing where it
/// could not be written: a second fault must not hide the first.
pub(super) fn record(folder: &Path, fault: &PanicHookInfo<'_>) -> Option<PathBuf> {
    let place = fault
        .location()
        .map(ToString::to_string)
        .unwrap_or_default();
    let text = report(&place, &Backtrace::force_capture().to_string());
    file::private_dir(folder).ok()?;
    let stamp = clock::utc_now().format("crash-%Y%m%d-%H%M%S").to_string();
    // Two may be made within a second, and a clock set back shows one again.
    let names = (1..=MOST_OF_A_SECOND).map(|number| match number {
        1 => format!("{stamp}.txt"),
        _ => format!("{stamp}-{number}.txt"),
    });
    for path in names.map(|name| folder.join(name)) {
        match file::create_private(&path) {
            Ok(mut file) => return file.write_all(text.as_bytes()).ok().map(|()| path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(_) => return None,
        }
    }
    None
}

/// The text of the file: version, machine, place and the calls that led there.
fn report(place: &str, calls: &str) -> String {
    let mut text = String::new();
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    let _ = writeln!(
        text,
        "{name} {version} on {system} {machine}\nat {place}\nthread {thread}\n"
    );
    let _ = writeln!(
        text,
        "{calls}\nThis file holds no pupil's data. It may be sent with a report."
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[test]
    fn a_crash_file_says_where_and_nothing_of_what() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let kept = Arc::new(Mutex::new([None, None]));
        let (into, from) = (Arc::clone(&kept), state.clone());
        // The hook is the whole process's: other tests' panics go where they went before.
        let previous = Arc::new(std::panic::take_hook());
        let others = Arc::clone(&previous);
        std::panic::set_hook(Box::new(move |fault| {
            if std::thread::current().name() == Some("faulty") {
                // Twice within a second, as it seems to a clock that is set back.
                *into.lock().unwrap() = [record(&from, fault), record(&from, fault)];
            } else {
                others(fault);
            }
        }));
        let faulty = std::thread::Builder::new().name("faulty".to_owned());
        let ended = faulty.spawn(|| panic!("Reuben Ali")).unwrap().join();
        std::panic::set_hook(Box::new(move |fault| previous(fault)));
        assert!(ended.is_err());
        let paths = kept.lock().unwrap().clone().map(Option::unwrap);
        assert_ne!(paths[0], paths[1]);
        for path in paths {
            let text = std::fs::read_to_string(path).unwrap();
            assert!(text.contains("crash.rs:"), "{text}");
            assert!(!text.contains("Reuben"), "{text}");
        }
    }
}
