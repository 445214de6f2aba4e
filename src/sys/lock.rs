//! Who has a file open, and who may replace it: advisory locks on files of their own.
//!
//! Never on a database, its log or its shared memory: closing a second handle there drops `SQLite`'s own locks. A lock's file
//! is empty and is never deleted; the system lets go of what it holds when the process ends, however it ends.

use super::delay::{self, Point};
use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Held {
    /// None where nothing can be locked: on a disk that cannot be written, or a system without locks. Nobody replaces a
    /// file there either.
    file: Option<File>,
}

impl Held {
    /// One that holds nothing.
    pub fn nothing() -> Self {
        Self { file: None }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            // Closing it lets go as well.
            let _ = file.unlock();
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Shared,
    Alone,
}

/// Holds it beside others who share it. None where somebody still holds it alone after the wait.
///
/// # Errors
/// What the system refuses, such as a lock file on a full disk.
pub fn shared(path: &Path, wait: Duration) -> io::Result<Option<Held>> {
    take(path, Kind::Shared, wait)
}

/// Holds it alone. None where anybody else still holds it after the wait.
///
/// # Errors
/// As [`shared`].
pub fn alone(path: &Path, wait: Duration) -> io::Result<Option<Held>> {
    take(path, Kind::Alone, wait)
}

/// How long to look away before another try.
const PAUSE: Duration = Duration::from_millis(5);

fn take(path: &Path, kind: Kind, wait: Duration) -> io::Result<Option<Held>> {
    delay::at(Point::Lock);
    let until = Instant::now() + wait;
    let Some(mut file) = open(path)? else {
        return Ok(Some(Held::nothing()));
    };
    loop {
        let tried = match kind {
            Kind::Shared => file.try_lock_shared(),
            Kind::Alone => file.try_lock(),
        };
        match tried {
            Ok(()) if is_at(&file, path) => return Ok(Some(Held { file: Some(file) })),
            // Somebody removed the file meanwhile: others lock another one.
            Ok(()) => match open(path)? {
                Some(again) => file = again,
                None => return Ok(Some(Held::nothing())),
            },
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(Some(Held::nothing()));
            }
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if Instant::now() >= until => return Ok(None),
            Err(TryLockError::WouldBlock) => sleep(PAUSE),
        }
    }
}

/// Opens a lock's file, made where there is none; none where it cannot be made since nothing there can be written.
fn open(path: &Path) -> io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(
            (rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK)
                .bits()
                .cast_signed(),
        );
    }
    match options.open(path) {
        Ok(file) => Ok(Some(file)),
        // A lock asks for no more than reading where the file is there.
        Err(error) if cannot_write(&error) => Ok(File::open(path).ok()),
        Err(error) => Err(error),
    }
}

fn cannot_write(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}

/// True while the open file is the one at the path.
fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(open), Ok(there)) => is_same(&open, &there),
        _ => false,
    }
}

/// True for two looks at one file. Where the system numbers no files: true.
pub fn is_same(one: &Metadata, other: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        (one.dev(), one.ino()) == (other.dev(), other.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOT: Duration = Duration::ZERO;

    #[test]
    fn many_share_it_one_has_it_alone_and_dropping_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("OAK.lock");
        let (one, other) = (shared(&path, NOT).unwrap(), shared(&path, NOT).unwrap());
        assert!(one.is_some() && other.is_some());
        assert!(alone(&path, NOT).unwrap().is_none());
        drop((one, other));
        let held = alone(&path, NOT).unwrap();
        assert!(held.is_some());
        assert!(shared(&path, NOT).unwrap().is_none() && alone(&path, NOT).unwrap().is_none());
        drop(held);
        assert!(shared(&path, NOT).unwrap().is_some());
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
    }

    #[test]
    fn who_waits_gets_it_once_it_is_let_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("OAK.lock");
        let held = alone(&path, NOT).unwrap();
        let waiting = {
            let path = path.clone();
            std::thread::spawn(move || shared(&path, Duration::from_mins(1)).unwrap().is_some())
        };
        sleep(PAUSE * 4);
        drop(held);
        assert!(waiting.join().unwrap());
    }

    #[test]
    fn a_lock_whose_file_somebody_removed_is_taken_on_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("OAK.lock");
        let old = File::create(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(!is_at(&old, &path));
        let _held = alone(&path, NOT).unwrap().unwrap();
        assert!(shared(&path, NOT).unwrap().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("OAK.lock");
        let elsewhere = folder.path().join("elsewhere");
        std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
        assert!(shared(&path, NOT).is_err() && !elsewhere.exists());
    }
}
