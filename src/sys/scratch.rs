//! A folder for words in the clear that another program must read: in memory, for the user alone, wiped afterwards.
//!
//! What lies there is never on a disk of its own; the system may still move memory to its swap space, which only
//! an encrypted swap space or none keeps private.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The folder, fresh and under a random name.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
    /// Held for as long as this program lives: what nobody holds was left by one that crashed.
    _held: Option<File>,
}

/// What the folders' names begin with.
const PREFIX: &str = "sendesk-note-";

impl Scratch {
    /// Makes the folder (0700) in `$XDG_RUNTIME_DIR` or in `/dev/shm`, whichever is kept in memory.
    ///
    /// # Errors
    /// A sentence, where neither is.
    pub fn make() -> Result<Self, String> {
        let homes = homes(|name| std::env::var_os(name));
        let Some(home) = homes.iter().find(|home| serves(home)) else {
            return Err(
                "There is no folder kept in memory here (XDG_RUNTIME_DIR, /dev/shm), so nothing is handed to an \
                 editor: write in the form. The words in the form are as they were."
                    .to_owned(),
            );
        };
        Self::make_in(home).map_err(|error| {
            format!(
                "No private folder could be made in {} ({error}). The words in the form are as they were.",
                home.display()
            )
        })
    }

    pub(super) fn make_in(home: &Path) -> io::Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .rand_bytes(16)
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(home)?;
        // Its own end would remove it without wiping.
        let path = folder.keep();
        let held = super::file::hold(&path);
        Ok(Self { path, _held: held })
    }

    /// Wipes what a program that was killed has left. What another session has in use stays, and what cannot be wiped.
    pub fn wipe_left() {
        for home in homes(|name| std::env::var_os(name)) {
            if serves(&home) {
                wipe_left_in(&home);
            }
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Overwrites, empties and removes every file in the folder, whoever made it, and the folder itself. Goes on
    /// past what cannot be wiped; then gives the first error. A folder that is gone already is no error.
    pub fn wipe(&self) -> io::Result<()> {
        match wipe_folder(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }
}

fn wipe_left_in(home: &Path) {
    let ours = |path: &Path| {
        let about = fs::symlink_metadata(path);
        about.is_ok_and(|about| about.is_dir() && about.uid() == rustix::process::getuid().as_raw())
    };
    for entry in fs::read_dir(home).into_iter().flatten().flatten() {
        let path = entry.path();
        let named = entry.file_name();
        if named.to_string_lossy().starts_with(PREFIX)
            && ours(&path)
            && let Ok(folder) = File::open(&path)
            && folder.try_lock().is_ok()
        {
            let _ = wipe_folder(&path);
        }
    }
}

/// Where such a folder may be, best first.
#[cfg(not(target_os = "macos"))]
fn homes(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    variable("XDG_RUNTIME_DIR")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .into_iter()
        .chain([PathBuf::from("/dev/shm")])
        .collect()
}

/// The folder macOS keeps for the user's temporary files: private, but on the disk, which `FileVault` encrypts.
#[cfg(target_os = "macos")]
fn homes(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    variable("TMPDIR").map(PathBuf::from).into_iter().collect()
}

/// Whether files of the folder are kept in memory (tmpfs or ramfs).
#[cfg(target_os = "linux")]
fn serves(home: &Path) -> bool {
    /// statfs(2): `TMPFS_MAGIC` and `RAMFS_MAGIC`.
    const IN_MEMORY: [u64; 2] = [0x0102_1994, 0x8584_58f6];
    // The type's width and sign differ between machines; the number has 32 bits.
    rustix::fs::statfs(home)
        .is_ok_and(|system| IN_MEMORY.contains(&(system.f_type as u64 & 0xffff_ffff)))
}

/// Whether the folder is the user's alone.
#[cfg(target_os = "macos")]
fn serves(home: &Path) -> bool {
    super::file::others_can_read(home).is_ok_and(|open| !open)
}

/// No other system is known well enough to say.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn serves(_: &Path) -> bool {
    false
}

fn wipe_folder(folder: &Path) -> io::Result<()> {
    let mut first = Ok(());
    for entry in fs::read_dir(folder)? {
        let gone = entry.and_then(|entry| {
            let path = entry.path();
            // Of a link, not of what it leads to.
            let kind = entry.file_type()?;
            if kind.is_dir() {
                return wipe_folder(&path);
            }
            let wiped = if kind.is_file() {
                overwrite(&path)
            } else {
                Ok(())
            };
            fs::remove_file(&path).and(wiped)
        });
        first = first.and(gone);
    }
    let gone = fs::remove_dir(folder);
    first.and(gone)
}

fn overwrite(path: &Path) -> io::Result<()> {
    const ZEROS: [u8; 8192] = [0; 8192];
    fs::set_permissions(path, Permissions::from_mode(0o600))?;
    let mut file = OpenOptions::new()
        .write(true)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)?;
    let mut left = file.metadata()?.len();
    while left > 0 {
        let part = left.min(ZEROS.len() as u64);
        file.write_all(&ZEROS[..part as usize])?;
        left -= part;
    }
    file.sync_all()?;
    file.set_len(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::os::unix::fs::symlink;

    #[test]
    fn the_folder_is_the_users_alone_and_never_the_same() {
        let home = tempfile::tempdir().unwrap();
        let (one, other) = (
            Scratch::make_in(home.path()).unwrap(),
            Scratch::make_in(home.path()).unwrap(),
        );
        assert_ne!(one.path(), other.path());
        let mode = fs::metadata(one.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, 0o700);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn only_a_folder_in_memory_serves_and_the_users_own_comes_first() {
        assert!(!serves(Path::new("/proc")));
        assert!(!serves(Path::new("/no/such/folder")));
        if fs::read_to_string("/proc/mounts")
            .unwrap()
            .lines()
            .any(|line| line.contains(" /dev/shm tmpfs "))
        {
            assert!(serves(Path::new("/dev/shm")));
        }
        let shm = PathBuf::from("/dev/shm");
        let own = homes(|_| Some("/run/user/1000".into()));
        assert_eq!(own, [PathBuf::from("/run/user/1000"), shm.clone()]);
        assert_eq!(homes(|_| None), std::slice::from_ref(&shm));
        assert_eq!(homes(|_| Some("relative".into())), [shm]);
    }

    #[test]
    fn wiping_leaves_neither_files_nor_their_bytes_nor_the_folder() {
        let home = tempfile::tempdir().unwrap();
        let scratch = Scratch::make_in(home.path()).unwrap();
        let (inner, note) = (
            scratch.path().join("v1/deep"),
            scratch.path().join("note.txt"),
        );
        fs::create_dir_all(&inner).unwrap();
        let long = "Reuben ".repeat(3000);
        fs::write(&note, &long).unwrap();
        fs::write(inner.join(".note.txt.swp"), &long).unwrap();
        fs::set_permissions(&note, Permissions::from_mode(0o400)).unwrap();
        let kept = home.path().join("kept");
        fs::write(&kept, "not ours").unwrap();
        symlink(&kept, scratch.path().join("link")).unwrap();
        // A handle that was open before sees what is left of the bytes.
        let mut open = fs::File::open(&note).unwrap();
        scratch.wipe().unwrap();
        let mut left = String::new();
        open.read_to_string(&mut left).unwrap();
        assert_eq!(left, "");
        assert!(!scratch.path().exists());
        assert_eq!(fs::read_to_string(kept).unwrap(), "not ours");
        scratch.wipe().unwrap();
    }

    #[test]
    fn what_a_killed_program_left_is_wiped_and_what_another_holds_is_not() {
        let home = tempfile::tempdir().unwrap();
        let in_use = Scratch::make_in(home.path()).unwrap();
        let left = home.path().join(format!("{PREFIX}of-a-crash"));
        let others = home.path().join("sendesk-demo-x");
        for folder in [&left, &others] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("note.txt"), "Rang home").unwrap();
        }
        let link = home.path().join(format!("{PREFIX}link"));
        symlink(&others, &link).unwrap();
        let mut open = File::open(left.join("note.txt")).unwrap();
        wipe_left_in(home.path());
        let mut bytes = String::new();
        open.read_to_string(&mut bytes).unwrap();
        assert_eq!(bytes, "", "the bytes go before the name");
        assert!(!left.exists() && in_use.path().exists());
        assert!(others.join("note.txt").exists());
        // Its holder gone, it is left over like any.
        let path = in_use.path().to_path_buf();
        drop(in_use);
        wipe_left_in(home.path());
        assert!(!path.exists());
    }

    #[test]
    fn bytes_are_overwritten_before_they_are_let_go() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("note.txt");
        fs::write(&path, "x".repeat(20_000)).unwrap();
        overwrite(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), 0);
        assert!(overwrite(&home.path().join("absent")).is_err());
    }
}
