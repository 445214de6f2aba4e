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

    /// Makes the newest draft of a task that is done or gone one of a new task, where there is none: no row would bring it
    /// back.
    pub fn take_in_strays(&self) -> Result<()> {
        if self.read_only {
            return Ok(());
        }
        let done = self.conn.execute(
            "UPDATE draft SET task = NULL
             WHERE NOT EXISTS (SELECT 1 FROM draft WHERE task IS NULL)
               AND id = (SELECT id FROM draft
                         WHERE task NOT IN (SELECT id FROM task WHERE done_on IS NULL)
                         ORDER BY kept_at DESC, id DESC LIMIT 1)",
            [],
        );
        self.told(done.map_err(Error::from)).map(drop)
    }

    /// How many drafts are kept that the form of a new task or an open one brings back.
    pub fn drafts(&self) -> Result<usize> {
        let count = self.conn.query_row(
            "SELECT count(*) FROM draft
                 WHERE task IS NULL OR task IN (SELECT id FROM task WHERE done_on IS NULL)",
            [],
            |row| row.get::<_, i64>(0),
        );
        self.told(count.map_err(Error::from))
            .map(|count| count as usize)
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

pub(super) fn drop_draft(conn: &Connection, of: Option<TaskId>) -> Result<()> {
    conn.prepare_cached("DELETE FROM draft WHERE task IS ?1")?
        .execute([of.map(|id| id.0)])?;
    Ok(())
}
