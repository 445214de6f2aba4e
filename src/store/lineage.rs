//! How far two files of one school have the same history, and what each holds beyond that.
//!
//! Told by the hashes of the steps, never by their numbers: two files may have as many steps and others.

use super::Store;
use super::chain::STEP_COLUMNS;
use super::error::Result;
use super::history::{IN_EFFECT, SET_BACK, newest_change, read_step};
use super::seen::Newest;
use crate::domain::id::StepId;
use crate::domain::step::Step;
use rusqlite::{Connection, OptionalExtension, params};

impl Store {
    /// The hash of a step; `None` when there is no such step.
    pub fn hash_of(&self, step: StepId) -> Result<Option<String>> {
        self.read(|conn| {
            let hash = conn
                .prepare_cached("SELECT hash FROM journal_step WHERE id = ?1")?
                .query_row([step.0], |row| row.get(0))
                .optional()?;
            Ok(hash)
        })
    }

    /// The newest step that is more than looking or copying; 0 for none.
    pub(super) fn newest_change(&self) -> Result<i64> {
        self.read(newest_change).map(|step| step.0)
    }

    /// The newest step of this label after a step that only notes what was done; `None` for none.
    pub(super) fn access_after(&self, step: StepId, label: &str) -> Result<Option<StepId>> {
        self.read(|conn| {
            let found: Option<i64> = conn
                .prepare_cached(
                    "SELECT max(id) FROM journal_step WHERE id > ?1 AND kind = 'access' AND label = ?2",
                )?
                .query_row(params![step.0, label], |row| row.get(0))?;
            Ok(found.map(StepId))
        })
    }

    /// The steps after one that changed something, newest first.
    pub(super) fn history_after(&self, step: StepId) -> Result<Vec<Step>> {
        self.read(|conn| {
            let mut steps = conn.prepare_cached(&format!(
                "SELECT {STEP_COLUMNS}, {IN_EFFECT}, {SET_BACK} FROM journal_step AS step
                 WHERE id > ?1 AND kind <> 'access' ORDER BY id DESC"
            ))?;
            let steps = steps.query_map([step.0], read_step)?;
            Ok(steps.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The last step that this file and another of the same school have alike; 0 for none. Each hash holds those before it, so
    /// that all up to there are alike and none after.
    pub(super) fn last_in_common(&self, other: &Connection) -> Result<StepId> {
        self.read(|conn| {
            let hash = |conn: &Connection, id: i64| -> Result<Option<String>> {
                Ok(conn
                    .prepare_cached("SELECT hash FROM journal_step WHERE id = ?1")?
                    .query_row([id], |row| row.get(0))
                    .optional()?)
            };
            let most = Newest::read(conn)?.id.min(Newest::read(other)?.id);
            let (mut alike, mut apart) = (0, most + 1);
            while alike + 1 < apart {
                let middle = alike + (apart - alike) / 2;
                if hash(conn, middle)? == hash(other, middle)? {
                    alike = middle;
                } else {
                    apart = middle;
                }
            }
            Ok(StepId(alike))
        })
    }
}

/// How many steps after one changed something.
pub(super) fn changes_after(conn: &Connection, step: StepId) -> Result<usize> {
    let count: i64 = conn
        .prepare_cached("SELECT count(*) FROM journal_step WHERE id > ?1 AND kind <> 'access'")?
        .query_row([step.0], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}
