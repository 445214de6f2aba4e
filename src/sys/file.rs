//! Files and folders for the user alone, written whole or not at all.

use super::delay::{self, Point};
use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Makes a new file only the user can read (0600) and opens it for reading and writing. Refuses
/// (`ErrorKind::AlreadyExists`) where anything stands in its place, be it a link that leads nowhere.
pub fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options
            .mode(0o600)
            .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options.open(path)
}

/// Makes the folder, with its parents, for the user alone (0700); takes others' rights away where it stands already.
///
/// Refuses what is no folder, and a folder meant for everybody (such as `/tmp`), whose rights are not ours to change.
pub fn private_dir(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        /// Set on folders many users share, so that nobody removes another's files.
        const STICKY: u32 = 0o1000;
        let new: Vec<&Path> = path
            .ancestors()
            .take_while(|above| !above.exists())
            .collect();
        builder.mode(0o700).create(path)?;
        for folder in new {
            // Its name is to last through a power cut. Where the folder above may not be read nothing can be done.
            let _ = sync_dir(folder_of(folder));
        }
        let mode = fs::metadata(path)?.permissions().mode();
        if !others_can_read(path)? {
            return Ok(());
        }
        if mode & STICKY != 0 {
            let text = format!(
                "{} is a folder for every user; choose one of your own.",
                path.display()
            );
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, text));
        }
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
        if others_can_read(path)? {
            let text = format!(
                "{} stays open to other users of this machine.",
                path.display()
            );
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, text));
        }
        Ok(())
    }
    #[cfg(not(unix))]
    builder.create(path)
}

/// Whether anybody but the owner has any right on the file or folder. Where the system keeps no such rights: no.
pub fn others_can_read(path: &Path) -> io::Result<bool> {
    let metadata = fs::metadata(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Ok(metadata.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        drop(metadata);
        Ok(false)
    }
}

/// How many names a file has in folders (hard links); one where the system does not tell.
pub fn names(about: &fs::Metadata) -> u64 {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        about.nlink()
    }
    #[cfg(not(unix))]
    {
        let _ = about;
        1
    }
}

/// Takes others' rights on a file or folder away.
pub fn make_private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        Ok(())
    }
}

/// Writes the file for the user alone, whole or not at all: after a crash or a power cut there is the old content
/// or the new. Takes the place of what is there.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = write_beside(path, bytes)?;
    delay::at(Point::Rename);
    file.persist(path).map_err(|failed| failed.error)?;
    sync_dir(folder_of(path))
}

/// As [`write_whole`], but refuses (`ErrorKind::AlreadyExists`) where anything stands in its place.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = write_beside(path, bytes)?;
    file.persist_noclobber(path)
        .map_err(|failed| failed.error)?;
    sync_dir(folder_of(path))
}

fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    // What a kill leaves bears the file's name, so that it can be told and removed.
    let mut file = tempfile::Builder::new()
        .prefix(&unfinished(path))
        .tempfile_in(folder_of(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// What the names of a file that is being written begin with.
fn unfinished(path: &Path) -> OsString {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    name
}

/// Removes what writing a file left where it was killed. Only where nobody can be writing it now.
pub fn remove_unfinished(path: &Path) {
    let begins = unfinished(path).to_string_lossy().into_owned();
    for entry in fs::read_dir(folder_of(path))
        .into_iter()
        .flatten()
        .flatten()
    {
        if entry.file_name().to_string_lossy().starts_with(&begins) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Holds a folder until dropped: who holds it too waits. None where the system holds no folders.
pub fn hold(folder: &Path) -> Option<File> {
    let held = File::open(folder).ok()?;
    held.lock().ok()?;
    Some(held)
}

/// Renames a file to a name that nothing bears. Refuses (`ErrorKind::AlreadyExists`) where anything stands in its place.
pub fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // A file system that cannot ask and rename in one.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            other => return Ok(other?),
        }
    }
    if fs::symlink_metadata(to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// Makes what was written to a file last through a power cut.
pub fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Makes a rename or a removal in the folder last through a power cut.
pub fn sync_dir(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Bytes free to the user on the file system of an existing path; none where it cannot be asked.
pub fn free_bytes(path: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let space = rustix::fs::statvfs(path).ok()?;
        space.f_bavail.checked_mul(space.f_frsize)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn a_private_file_takes_nobodys_place_and_follows_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("school.db");
        drop(create_private(&path).unwrap());
        assert_eq!(mode(&path), 0o600);
        assert_eq!(
            create_private(&path).unwrap_err().kind(),
            io::ErrorKind::AlreadyExists
        );
        let link = folder.path().join("link");
        symlink(folder.path().join("elsewhere"), &link).unwrap();
        assert!(create_private(&link).is_err());
        assert!(!folder.path().join("elsewhere").exists());
    }

    #[test]
    fn a_private_folder_is_made_with_its_parents_and_an_open_one_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b");
        private_dir(&path).unwrap();
        assert_eq!(mode(&path), 0o700);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(others_can_read(&path).unwrap());
        private_dir(&path).unwrap();
        assert!(!others_can_read(&path).unwrap());
    }

    #[test]
    fn a_folder_for_everybody_keeps_its_rights() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o1777)).unwrap();
        assert_eq!(
            private_dir(folder.path()).unwrap_err().kind(),
            io::ErrorKind::PermissionDenied
        );
        assert_eq!(mode(folder.path()), 0o1777);
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        write_whole(&path, b"old").unwrap();
        write_whole(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(mode(&path), 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write_whole(&folder.path().join("no/such/folder"), b"x").is_err());
    }

    #[test]
    fn a_file_takes_no_name_that_another_bears() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("part"), folder.path().join("backup"));
        fs::write(&from, "new").unwrap();
        fs::write(&to, "old").unwrap();
        let refused = rename_new(&from, &to).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&to).unwrap(), b"old");
        fs::remove_file(&to).unwrap();
        rename_new(&from, &to).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"new");
    }

    #[test]
    fn free_space_is_told_where_the_path_exists() {
        let folder = tempfile::tempdir().unwrap();
        assert!(free_bytes(folder.path()).is_some());
        assert_eq!(free_bytes(&folder.path().join("absent")), None);
    }
}
