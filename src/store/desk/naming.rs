//! The names a file goes through: half-made, whole beside its place, in its place. Each rename lasts through a power cut before
//! anything counts on it.

use crate::store::error::{Error, Result};
use crate::sys;
use crate::sys::delay::{self, Point};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// What the name of a school's file ends with while it is made.
pub(super) const HALF: &str = ".half";

/// Where a file waits, whole, before it takes its place.
pub(in crate::store) fn beside(path: &Path) -> PathBuf {
    with_end(path, ".new")
}

pub(in crate::store) fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Removes what an unfinished making left.
pub(in crate::store) fn discard(new: &Path) {
    for end in ["", "-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(with_end(new, end));
    }
}

/// Makes the names in a folder last through a power cut.
pub(in crate::store) fn sync_folder(folder: &Path) -> Result<()> {
    sys::file::sync_dir(folder).map_err(|error| Error::io(folder, error))
}

/// Renames a finished file into its place.
pub(in crate::store) fn settle(path: &Path) -> Result<()> {
    take_place(&beside(path), path)
}

/// Gives a finished file the name it is to have, to last through a power cut.
pub(in crate::store) fn take_place(new: &Path, path: &Path) -> Result<()> {
    delay::at(Point::Rename);
    fs::rename(new, path).map_err(|error| Error::io(path, error))?;
    sync_folder(folder_of(path))
}

/// The same at a place where nothing is.
///
/// # Errors
/// [`Error::InTheWay`] where another has taken the place meanwhile.
pub(in crate::store) fn take_free_place(new: &Path, path: &Path) -> Result<()> {
    delay::at(Point::Rename);
    sys::file::rename_new(new, path).map_err(|error| Error::io(path, error))?;
    sync_folder(folder_of(path))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// True after a making that stopped between the last write and the rename.
pub(in crate::store) fn is_unfinished(path: &Path) -> bool {
    !path.exists() && beside(path).exists()
}

/// Ends it. Whoever calls it has the file alone.
pub(in crate::store) fn finish(path: &Path) -> Result<()> {
    if is_unfinished(path) {
        settle(path)?;
    }
    Ok(())
}
