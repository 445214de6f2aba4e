//! The shapes of our files over time, and how an old one becomes the newest: a ladder of SQL files, climbed whole
//! in one transaction.

use super::error::{Error, Result};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;

/// One kind of file: how it is known, and every step from nothing to its newest shape.
#[derive(Debug)]
pub(super) struct Ladder {
    /// `SQLite`'s own mark of whose a file is. Four letters as a number, so that `file` and a hex dump show them.
    application_id: i64,
    rungs: &'static [&'static str],
}

/// A school's file: `SEND`.
pub(super) const SCHOOL: Ladder = Ladder {
    application_id: 0x5345_4e44,
    rungs: &[
        include_str!("migrations/0001_first.sql"),
        include_str!("migrations/0002_diary.sql"),
        include_str!("migrations/0003_provision.sql"),
        include_str!("migrations/0004_hours.sql"),
        include_str!("migrations/0005_drafts.sql"),
    ],
};

/// The desk's own file: `SENK`, so that neither is taken for the other.
pub(super) const DESK: Ladder = Ladder {
    application_id: 0x5345_4e4b,
    rungs: &[
        include_str!("migrations/desk_0001_first.sql"),
        include_str!("migrations/desk_0002_own.sql"),
        include_str!("migrations/desk_0003_heads.sql"),
    ],
};

impl Ladder {
    /// The newest shape.
    pub(super) fn version(&self) -> i64 {
        self.rungs.len() as i64
    }

    /// The shape a file is in. Reads only.
    ///
    /// # Errors
    /// When another program made it, or a newer sendesk.
    pub(super) fn check(&self, conn: &Connection, path: &Path) -> Result<i64> {
        let (owner, found): (i64, i64) = conn.query_row(
            "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let path = path.to_owned();
        if owner != self.application_id {
            return Err(Error::NotADesk { path });
        }
        let known = self.version();
        if found > known {
            return Err(Error::Newer { path, found, known });
        }
        Ok(found)
    }

    /// Brings a checked or empty file to the newest shape. All rungs and, where there were some to climb, what is to
    /// be noted on top of them; or none.
    pub(super) fn climb(
        &self,
        conn: &Connection,
        note: impl FnOnce(&Connection) -> Result<()>,
    ) -> Result<()> {
        let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
        // Read again inside: another session may have climbed meanwhile.
        let from: i64 =
            transaction.query_row("SELECT user_version FROM pragma_user_version", [], |row| {
                row.get(0)
            })?;
        let done = usize::try_from(from).unwrap_or_default();
        for rung in self.rungs.iter().skip(done) {
            transaction.execute_batch(rung)?;
        }
        if from < self.version() {
            transaction.pragma_update(None, "application_id", self.application_id)?;
            transaction.pragma_update(None, "user_version", self.version())?;
            note(&transaction)?;
        }
        transaction.commit()?;
        Ok(())
    }
}
