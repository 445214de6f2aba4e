//! Room kept in reserve beside what matters: on a full disk it is given up, and the last words can still be saved.

use super::file;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// How much is kept, in bytes: room for the log of a few long entries.
pub const BYTES: usize = 1024 * 1024;

/// The disk must have this many times as much free: a reserve that fills the disk helps nobody.
const PLENTY: u64 = 32;

/// Keeps a reserve at a path, where none is and the disk has plenty of room. Of random bytes, which no file system
/// stores in less. Nothing depends on it: what fails is tried again next time.
///
/// # Errors
/// What the system refuses; nothing half-made is left.
pub fn keep(path: &Path) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|kept| kept.len() == BYTES as u64) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    if file::free_bytes(folder).is_none_or(|free| free < PLENTY * BYTES as u64) {
        return Ok(());
    }
    give_up(path);
    let mut bytes = vec![0; BYTES];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    let made = file::create_private(path)
        .and_then(|mut kept| kept.write_all(&bytes).and_then(|()| kept.sync_all()));
    if made.is_err() {
        give_up(path);
    }
    made
}

/// Gives the reserve up; true when there was one.
pub fn give_up(path: &Path) -> bool {
    fs::remove_file(path).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reserve_is_kept_once_made_whole_again_and_given_up_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reserve");
        keep(&path).unwrap();
        let kept = fs::read(&path).unwrap();
        assert_eq!(kept.len(), BYTES);
        keep(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), kept, "it stays as it is");
        fs::write(&path, "half").unwrap();
        keep(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), BYTES as u64);
        assert!(give_up(&path) && !give_up(&path) && !path.exists());
    }
}
