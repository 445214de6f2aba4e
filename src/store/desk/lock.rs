//! Who has a file of the desk open, and who may replace or remove it.
//!
//! Whoever opens the desk's own file or a school's shares its lock from before it is opened until after it is closed.
//! Whoever makes, moves, removes it or brings it to a newer format holds the lock alone, from the first look to the end.
//! So nobody ever has a file open that loses its name, and nobody meets a new file with an old one's log.

use super::detach::is_odd;
use super::{Desk, Places, finish, is_unfinished};
use crate::store::error::{Error, Result};
use crate::sys::lock::{self, Held};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long opening waits for somebody who replaces the file: as long as a save waits for other saves.
const OPENING: Duration = Duration::from_secs(30);

/// How long replacing waits for those who have the file open: long enough for a command, not for a session.
const REPLACING: Duration = Duration::from_secs(if cfg!(test) { 0 } else { 2 });

impl Places {
    pub(super) fn desk_lock(&self) -> PathBuf {
        self.data.join("desk.lock")
    }

    fn school_lock(&self, code: &str) -> PathBuf {
        self.schools().join(format!("{code}.lock"))
    }

    /// Shares the desk's own file.
    pub(super) fn share(&self) -> Result<Held> {
        shared(&self.desk_lock(), "the desk")
    }

    /// Has the desk's own file alone.
    ///
    /// # Errors
    /// [`Error::InUse`] while another session has it open.
    pub(super) fn take(&self, wait: Wait) -> Result<Held> {
        alone(&self.desk_lock(), "the desk", wait)
    }
}

impl Desk {
    /// Shares a school's file.
    pub(super) fn share(&self, code: &str) -> Result<Held> {
        if is_odd(code) {
            return Ok(Held::nothing());
        }
        shared(&self.places.school_lock(code), code)
    }

    /// Has a school's file alone.
    ///
    /// # Errors
    /// [`Error::InUse`] while another session has it open.
    pub(super) fn take(&self, code: &str, wait: Wait) -> Result<Held> {
        // Its lock would lie wherever its code says.
        if is_odd(code) {
            return Ok(Held::nothing());
        }
        let folder = self.places.schools();
        crate::sys::file::private_dir(&folder).map_err(|error| Error::io(&folder, error))?;
        alone(&self.places.school_lock(code), code, wait)
    }

    /// Waits for whoever makes a backup of the same school, so that neither thins out the other's.
    pub(super) fn take_turn(&self, code: &str) -> Result<Held> {
        let folder = self.places.backups(code);
        let above = folder.parent().unwrap_or(&folder);
        crate::sys::file::private_dir(above).map_err(|error| Error::io(above, error))?;
        alone(&folder.with_extension("lock"), code, Wait::ToOpen)
    }

    /// True while somebody else has the school open.
    pub(super) fn is_shared(&self, code: &str) -> bool {
        matches!(self.take(code, Wait::Not), Err(Error::InUse { .. }))
    }
}

/// How long to wait for those who have a file open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    /// As opening does: nobody but those who are about to do the same can be there for long.
    ToOpen,
    /// As replacing does.
    ToReplace,
    /// Not at all.
    Not,
}

fn shared(path: &Path, what: &str) -> Result<Held> {
    match lock::shared(path, OPENING) {
        Ok(Some(held)) => Ok(held),
        Ok(None) => Err(Error::Replacing {
            what: what.to_owned(),
        }),
        // Without its folder the file is not there either: opening it says so.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Held::nothing()),
        Err(error) => Err(Error::io(path, error)),
    }
}

fn alone(path: &Path, what: &str, wait: Wait) -> Result<Held> {
    let wait = match wait {
        Wait::ToOpen => OPENING,
        Wait::ToReplace => REPLACING,
        Wait::Not => Duration::ZERO,
    };
    let held = lock::alone(path, wait).map_err(|error| Error::io(path, error))?;
    held.ok_or_else(|| Error::InUse {
        code: what.to_owned(),
    })
}

/// Whether an older format may be made new while a file is opened, and whether that was wanted.
pub(super) struct Opening {
    alone: bool,
    older: Cell<bool>,
}

impl Opening {
    fn beside_others() -> Self {
        Self {
            alone: false,
            older: Cell::new(false),
        }
    }

    /// Of a file that is held alone.
    pub(super) fn alone() -> Self {
        Self {
            alone: true,
            older: Cell::new(false),
        }
    }

    /// Refuses to bring a file to the newest format while others may have it open.
    ///
    /// # Errors
    /// One that nobody is told: the file is opened again, alone.
    pub(super) fn may_change(&self) -> Result<()> {
        if self.alone {
            return Ok(());
        }
        self.older.set(true);
        Err(Error::Busy)
    }
}

/// Opens a file beside others who have it open. What one alone may do is done first, by one alone: a making that stopped
/// before the rename is ended, an older format made new.
pub(super) fn beside_others<T>(
    path: &Path,
    share: impl Fn() -> Result<Held>,
    take: impl Fn() -> Result<Held>,
    open: impl Fn(&Opening) -> Result<T>,
) -> Result<(T, Held)> {
    loop {
        let held = share()?;
        if !is_unfinished(path) {
            let opening = Opening::beside_others();
            let opened = open(&opening);
            if !opening.older.get() {
                return Ok((opened?, held));
            }
        }
        drop(held);
        let _alone = take()?;
        finish(path)?;
        drop(open(&Opening::alone())?);
    }
}

#[cfg(test)]
mod tests;
