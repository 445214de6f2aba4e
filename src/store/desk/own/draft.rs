//! Drafts of forms on the user's own tasks.

use super::Own;
use crate::domain::id::TaskId;
use crate::store::error::{Error, Result};
use crate::store::history::{begin, moment};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

impl Own<'_> {
    /// The draft kept of a form on this task, or of a new one: what stands in the boxes, by field name.
    pub fn draft(&self, of: Option<TaskId>) -> Result<Option<BTreeMap<String, String>>> {
        let found = || -> Result<Option<String>> {
            let mut draft = self
                .conn
                .prepare_cached("SELECT texts FROM draft WHERE task IS ?1")?;
            Ok(draft
                .query_row([of.map(|id| id.0)], |row| row.get(0))
                .optional()?)
        };
        let text = self.told(found())?;
        Ok(text.map(|text| serde_json::from_str(&text).unwrap_or_default()))
    }

    /// How many drafts are kept that the form of a new task or an open one brings back. The newest draft of a task that is
    /// done or gone becomes one of a new task, where there is none: no row would bring it back.
    pub fn drafts(&self) -> Result<usize> {
        let mut counts = self.told(counted(self.conn))?;
        if counts.strays > 0 && counts.new == 0 && !self.read_only {
            let done = self.conn.execute(
                "UPDATE draft SET task = NULL
                 WHERE id = (SELECT id FROM draft
                             WHERE task NOT IN (SELECT id FROM task WHERE done_on IS NULL)
                             ORDER BY kept_at DESC, id DESC LIMIT 1)
                   AND NOT EXISTS (SELECT 1 FROM draft WHERE task IS NULL)",
                [],
            );
            self.told(done.map_err(Error::from))?;
            counts = self.told(counted(self.conn))?;
        }
        Ok((counts.new + counts.open) as usize)
    }

    /// Keeps a draft in the place of the one before.
    pub fn keep_draft(&self, of: Option<TaskId>, texts: &BTreeMap<String, String>) -> Result<()> {
        let kept = || -> Result<()> {
            let transaction = begin(self.conn)?;
            let texts = serde_json::to_string(texts).unwrap_or_default();
            transaction.execute(
                "INSERT INTO draft (task, texts, kept_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (coalesce(task, 0))
                 DO UPDATE SET texts = excluded.texts, kept_at = excluded.kept_at",
                params![of.map(|id| id.0), texts, moment(self.now)],
            )?;
            transaction.commit()?;
            Ok(())
        };
        self.refuse_read_only()?;
        self.told(kept())
    }

    /// Drops a draft the user gave up.
    pub fn drop_draft(&self, of: Option<TaskId>) -> Result<()> {
        self.refuse_read_only()?;
        self.told(drop_draft(self.conn, of))
    }
}

/// Drafts by what they are of: a new task, an open one, one that is done or gone.
struct Counts {
    new: i64,
    open: i64,
    strays: i64,
}

fn counted(conn: &Connection) -> Result<Counts> {
    let sql = "SELECT count(*), coalesce(sum(task IS NULL), 0),
                 coalesce(sum(task IN (SELECT id FROM task WHERE done_on IS NULL)), 0) FROM draft";
    let counts = conn.query_row(sql, [], |row| {
        let (all, new, open): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Counts {
            new,
            open,
            strays: all - new - open,
        })
    })?;
    Ok(counts)
}

pub(super) fn drop_draft(conn: &Connection, of: Option<TaskId>) -> Result<()> {
    conn.prepare_cached("DELETE FROM draft WHERE task IS ?1")?
        .execute([of.map(|id| id.0)])?;
    Ok(())
}
