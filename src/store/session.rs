//! Which runs of the program are at work: each that begins something others must leave alone holds a lock of its own.
//!
//! The lock's file bears a name drawn at random, so that nobody else ever makes it and it can be removed. However the run
//! ends, the system lets go of the lock.

use crate::sys::file::{create_private, private_dir};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// This run, or nobody's: what nobody holds is left to everybody.
#[derive(Debug, Clone, Default)]
pub struct Session(Arc<Run>);

#[derive(Debug, Default)]
struct Run {
    folder: PathBuf,
    name: String,
    held: Mutex<Option<File>>,
}

impl Session {
    /// A run whose lock lies in this folder once something is held; the bytes are its name.
    pub fn new(folder: PathBuf, name: [u8; 8]) -> Self {
        Self(Arc::new(Run {
            folder,
            name: format!("{:016x}", u64::from_be_bytes(name)),
            held: Mutex::default(),
        }))
    }

    /// Its name; empty for nobody's.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Its name, under which others leave alone what it is told of. Where no lock can be held they take it for a run that
    /// is over, which is all that can be known of it.
    pub fn hold(&self) -> &str {
        let run = &*self.0;
        let mut held = run.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_none() && !run.name.is_empty() {
            *held = run.lock().ok();
        }
        &run.name
    }

    /// True where another run of this name is at work.
    pub fn leaves_alone(&self, name: &str) -> bool {
        name != self.name() && is_name(name) && is_held(&self.0.folder.join(name))
    }
}

impl Run {
    fn lock(&self) -> io::Result<File> {
        // Never made anew where the desk itself is gone, as with a stick that was pulled out.
        if !self.folder.parent().is_some_and(Path::is_dir) {
            return Err(io::ErrorKind::NotFound.into());
        }
        private_dir(&self.folder)?;
        self.sweep();
        // Locked before it has its name: nobody finds it free.
        let (path, new) = (self.path(), self.folder.join(format!("{}.new", self.name)));
        let file = create_private(&new)?;
        let named = file
            .try_lock()
            .map_err(io::Error::from)
            .and_then(|()| fs::rename(&new, &path));
        if named.is_err() {
            let _ = fs::remove_file(&new);
        }
        named.map(|()| file)
    }

    fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    /// Removes what runs left that were killed.
    fn sweep(&self) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if name.to_str().is_some_and(is_name) && !is_held(&entry.path()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let held = self.held.get_mut().unwrap_or_else(PoisonError::into_inner);
        if held.is_some() {
            // Before it lets go. Where it cannot be removed another run does that.
            let _ = fs::remove_file(self.path());
        }
    }
}

/// What comes out of a file may be anything: a name is never a path.
fn is_name(name: &str) -> bool {
    name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_held(path: &Path) -> bool {
    let Ok(file) = File::open(path) else {
        return false;
    };
    // Shared, so that two who ask at once do not take each other for the run.
    matches!(file.try_lock_shared(), Err(fs::TryLockError::WouldBlock))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_at_work_until_it_ends_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (
            Session::new(folder.path().join("sessions"), [1; 8]),
            Session::new(folder.path().join("sessions"), [2; 8]),
        );
        assert!(!two.leaves_alone(one.name()), "it holds nothing yet");
        let name = one.hold().to_owned();
        assert!(two.leaves_alone(&name) && !one.leaves_alone(&name));
        let again = one.clone();
        drop(one);
        assert!(two.leaves_alone(again.hold()));
        drop(again);
        assert!(!two.leaves_alone(&name));
        let left = fs::read_dir(folder.path().join("sessions")).unwrap();
        assert_eq!(left.count(), 0);
    }

    #[test]
    fn what_a_killed_run_left_is_free_and_swept_and_no_name_leads_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let dead = folder.path().join("00000000000000ff");
        fs::write(&dead, "").unwrap();
        fs::write(folder.path().join("other"), "").unwrap();
        let run = Session::new(folder.path().to_owned(), [3; 8]);
        assert!(!run.leaves_alone("00000000000000ff"));
        let outside = File::open(folder.path().join("other")).unwrap();
        outside.try_lock().unwrap();
        assert!(!run.leaves_alone("other") && !run.leaves_alone("../other/0000000"));
        run.hold();
        assert!(!dead.exists() && folder.path().join("other").exists());
    }

    #[test]
    fn where_no_lock_can_be_held_the_run_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let run = Session::new(folder.path().join("file"), [4; 8]);
        assert_eq!(run.hold(), "0404040404040404");
        assert_eq!(Session::default().hold(), "");
        let gone = folder.path().join("stick");
        Session::new(gone.join("sessions"), [5; 8]).hold();
        assert!(!gone.exists());
    }
}
