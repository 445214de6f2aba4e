//! Where a desk's files are.

use std::path::PathBuf;

/// Where a desk lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The folder of `desk.db`, `desk.keys` and `schools/`.
    pub data: PathBuf,
}

impl Places {
    pub(super) fn keys(&self) -> PathBuf {
        self.data.join("desk.keys")
    }

    pub(super) fn desk(&self) -> PathBuf {
        self.data.join("desk.db")
    }

    pub(super) fn schools(&self) -> PathBuf {
        self.data.join("schools")
    }

    pub(super) fn school(&self, code: &str) -> PathBuf {
        self.schools().join(format!("{code}.db"))
    }
}
