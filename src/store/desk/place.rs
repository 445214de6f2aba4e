//! Where a desk's files are.

use crate::sys;
use std::fs;
use std::path::{Path, PathBuf};

/// Where a desk lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The folder of `desk.db`, `desk.keys` and `schools/`.
    pub data: PathBuf,
}

/// A file or folder of the desk that is reached by another name as well, so that who works there works here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shared {
    /// A file with so many names.
    Names(PathBuf, u64),
    /// A link to elsewhere.
    Link(PathBuf, PathBuf),
    /// A folder that belongs to the desk in the other folder.
    Desk(PathBuf, PathBuf),
}

impl Places {
    /// What of the desk is shared with other names: files with several, links, folders of another desk. A folder that is
    /// mounted in two places cannot be told.
    pub fn shared(&self) -> Vec<Shared> {
        let files = [self.desk(), self.keys()].into_iter();
        let schools = entries(&self.schools())
            .into_iter()
            .filter(|path| path.extension().is_some_and(|ending| ending == "db"));
        let backups = self.data.join("backups");
        let folders = [self.schools(), backups.clone()].into_iter();
        let folders = folders.chain(entries(&backups));
        files
            .chain(schools)
            .chain(folders)
            .filter_map(|path| shared(path, &self.data))
            .collect()
    }

    /// Why the folder is no place for a desk in use, as what it is: `a folder that OneDrive copies to other machines`.
    pub fn away(&self) -> Option<String> {
        use sys::folder::Away;
        Some(match sys::folder::away(&self.data)? {
            Away::Network(kind) => format!("a folder of another machine ({kind})"),
            Away::Synced(program) => format!("a folder that {program} copies to other machines"),
        })
    }

    pub(super) fn keys(&self) -> PathBuf {
        self.data.join("desk.keys")
    }

    /// How often the passphrase was tried and was wrong.
    pub(super) fn tries(&self) -> PathBuf {
        self.data.join("desk.tries")
    }

    /// Held while the passphrase is tried: one try at a time.
    pub(super) fn tries_lock(&self) -> PathBuf {
        self.data.join("tries.lock")
    }

    /// Held while the keys or the count of tries are changed.
    pub(super) fn keys_lock(&self) -> PathBuf {
        self.data.join("keys.lock")
    }

    pub(super) fn desk(&self) -> PathBuf {
        self.data.join("desk.db")
    }

    /// The desk's file as it was in an older format.
    pub(super) fn older_desk(&self) -> PathBuf {
        self.data.join("desk.older.db")
    }

    /// Room kept for the last words on a full disk.
    pub(super) fn reserve(&self) -> PathBuf {
        self.data.join("reserve")
    }

    pub(super) fn schools(&self) -> PathBuf {
        self.data.join("schools")
    }

    /// The locks of the runs of the program that keep drafts.
    pub(super) fn sessions(&self) -> PathBuf {
        self.data.join("sessions")
    }

    pub(super) fn backups(&self, code: &str) -> PathBuf {
        self.data.join("backups").join(code)
    }

    pub(super) fn school(&self, code: &str) -> PathBuf {
        self.schools().join(format!("{code}.db"))
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = listed.map(|entry| entry.path()).collect();
    found.sort();
    found
}

fn shared(path: PathBuf, desk: &Path) -> Option<Shared> {
    let about = fs::symlink_metadata(&path).ok()?;
    if about.is_symlink() {
        let real = path.canonicalize().ok()?;
        // Whose folder, or a folder above it, holds the keys of a desk.
        let other = real
            .ancestors()
            .find(|above| above.join("desk.keys").exists())
            .filter(|above| desk.canonicalize().is_ok_and(|desk| desk != **above));
        let other = other.map(Path::to_owned);
        return Some(match other {
            Some(other) => Shared::Desk(path, other),
            None => Shared::Link(path, real),
        });
    }
    let names = sys::file::names(&about);
    (about.is_file() && names > 1).then_some(Shared::Names(path, names))
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn what_is_reached_by_another_name_is_told() {
        let home = tempfile::tempdir().unwrap();
        let desk = |name: &str| {
            let data = home.path().join(name);
            fs::create_dir_all(data.join("schools")).unwrap();
            fs::write(data.join("desk.keys"), "").unwrap();
            Places { data }
        };
        let (one, other) = (desk("one"), desk("other"));
        fs::write(one.school("OAK"), "").unwrap();
        assert!(one.shared().is_empty() && other.shared().is_empty());
        fs::hard_link(one.school("OAK"), home.path().join("elsewhere")).unwrap();
        fs::hard_link(one.keys(), home.path().join("keys")).unwrap();
        assert_eq!(
            one.shared(),
            [
                Shared::Names(one.keys(), 2),
                Shared::Names(one.school("OAK"), 2)
            ]
        );
        fs::remove_dir(other.schools()).unwrap();
        symlink(one.schools(), other.schools()).unwrap();
        let backups = home.path().join("stick");
        fs::create_dir(&backups).unwrap();
        symlink(&backups, other.data.join("backups")).unwrap();
        let real = |path: &Path| path.canonicalize().unwrap();
        assert_eq!(
            other.shared(),
            [
                Shared::Names(other.school("OAK"), 2),
                Shared::Desk(other.schools(), real(&one.data)),
                Shared::Link(other.data.join("backups"), real(&backups)),
            ]
        );
    }
}
