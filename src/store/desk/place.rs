//! Where a desk's files are.

use crate::sys;
use std::path::PathBuf;

/// Where a desk lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The folder of `desk.db`, `desk.keys` and `schools/`.
    pub data: PathBuf,
}

impl Places {
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
