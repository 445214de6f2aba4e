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
    /// What rungs leave to be worked out: the rung, and the statement that fills its columns in. They run in the newest
    /// shape, as rows of a step of the journal.
    fills: &'static [(i64, &'static str)],
    /// The seal of the newest shape ([`super::shape::seal`]), where a look at every opening needs it without climbing the
    /// ladder again. A test holds it against the ladder and prints what it is to be.
    seal: Option<&'static str>,
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
        include_str!("migrations/0006_planned.sql"),
        include_str!("migrations/0007_run_name.sql"),
        include_str!("migrations/0008_about.sql"),
    ],
    fills: &[(6, FILL_PLANNED)],
    seal: Some("d53109c1a83f64b826a9c1845cbae303de3edb5d9758359ac658f19965774bb8"),
};

/// What planned cost was reckoned at before it was noted: the rate in force on the first day, and of two from one day
/// the one entered last. Also for runs in the bin, which may come back.
const FILL_PLANNED: &str = "
    UPDATE provision SET planned_rate = (
      SELECT pence_hour FROM rate WHERE rate.staff = provision.staff AND rate.starts <= provision.starts
      ORDER BY rate.starts DESC, rate.id DESC LIMIT 1)
    WHERE EXISTS (
      SELECT 1 FROM rate WHERE rate.staff = provision.staff AND rate.starts <= provision.starts)";

/// The desk's own file: `SENK`, so that neither is taken for the other.
pub(super) const DESK: Ladder = Ladder {
    application_id: 0x5345_4e4b,
    rungs: &[
        include_str!("migrations/desk_0001_first.sql"),
        include_str!("migrations/desk_0002_own.sql"),
        include_str!("migrations/desk_0003_heads.sql"),
    ],
    fills: &[],
    seal: None,
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
        // By the pragmas themselves: a file may have tables named like those that would read them.
        let number = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let (owner, found) = (number("application_id")?, number("user_version")?);
        let path = path.to_owned();
        if owner != self.application_id || found < 1 {
            return Err(Error::NotADesk { path });
        }
        let known = self.version();
        if found > known {
            return Err(Error::Newer { path, found, known });
        }
        Ok(found)
    }

    /// The seal of a file of the newest shape, where it is noted.
    pub(super) const fn seal(&self) -> Option<&'static str> {
        self.seal
    }

    /// Makes an empty file as it was after this rung.
    pub(super) fn climb_to(&self, conn: &Connection, version: i64) -> Result<()> {
        let rungs = usize::try_from(version).unwrap_or_default();
        for rung in self.rungs.iter().take(rungs) {
            conn.execute_batch(rung)?;
        }
        Ok(())
    }

    /// What is to be worked out in a file that climbed from this version: statements that change records, to be run in the
    /// newest shape as rows of a step.
    pub(super) fn fills(&self, from: i64) -> impl Iterator<Item = &'static str> {
        let late = self.fills.iter().filter(move |(rung, _)| *rung > from);
        late.map(|(_, sql)| *sql)
    }

    /// Brings a checked or empty file to the newest shape. All rungs and, where there were some to climb, what is to
    /// be noted on top of them, with the version it had; or none.
    pub(super) fn climb(
        &self,
        conn: &Connection,
        note: impl FnOnce(&Connection, i64) -> Result<()>,
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
            note(&transaction, from)?;
        }
        transaction.commit()?;
        Ok(())
    }
}
