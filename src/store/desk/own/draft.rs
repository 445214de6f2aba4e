//! Drafts of forms on the user's own tasks.
//!
//! The table has room for one draft of a task only. Two runs of the program may have begun the same form, so each draft is a
//! row under a number of its own, below zero, and says itself of which task it is and whose; a row without that is of an
//! older version, of the task whose number it bears.

use super::Own;
use crate::domain::id::TaskId;
use crate::store::draft::{Mark, drop_draft};
use crate::store::error::{Error, Result};
use crate::store::history::moment;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// What a draft says of which task it is, empty for a new one. No field has such a name.
const OF: &str = " of";
/// Whose it is.
const WHOSE: &str = " session";

/// A draft of a form on one of the user's own tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnDraft {
    /// Where it is kept.
    pub mark: Mark,
    /// What stands in the boxes, by field name.
    pub texts: BTreeMap<String, String>,
    of: Option<TaskId>,
    whose: String,
}

impl Own<'_> {
    /// The drafts kept of a form on this task, or of a new one, that nobody else is at. What this run of the program keeps
    /// comes first, then the one kept last.
    pub fn drafts_of(&self, of: Option<TaskId>) -> Result<Vec<OwnDraft>> {
        let mut drafts = self.told(self.free_drafts())?;
        drafts.retain(|draft| draft.of == of);
        drafts.sort_by_key(|draft| draft.whose != self.session.name());
        Ok(drafts)
    }

    /// The first of [`Own::drafts_of`].
    pub fn draft(&self, of: Option<TaskId>) -> Result<Option<OwnDraft>> {
        let mut drafts = self.drafts_of(of)?;
        drafts.truncate(1);
        Ok(drafts.pop())
    }

    /// All that nobody else is at, the one kept last first.
    fn free_drafts(&self) -> Result<Vec<OwnDraft>> {
        let mut drafts = self.conn.prepare_cached(
            "SELECT id, task, texts, kept_at FROM draft ORDER BY kept_at DESC, id DESC",
        )?;
        let drafts = drafts.query_map([], |row| {
            let text: String = row.get(2)?;
            let mut texts: BTreeMap<String, String> =
                serde_json::from_str(&text).unwrap_or_default();
            let of = match texts.remove(OF) {
                Some(id) => id.parse().ok(),
                None => row.get(1)?,
            };
            Ok(OwnDraft {
                mark: Mark {
                    id: row.get(0)?,
                    kept_at: row.get(3)?,
                },
                of: of.map(TaskId),
                whose: texts.remove(WHOSE).unwrap_or_default(),
                texts,
            })
        })?;
        let mut drafts: Vec<OwnDraft> = drafts.collect::<rusqlite::Result<_>>()?;
        drafts.retain(|draft| !self.session.leaves_alone(&draft.whose));
        Ok(drafts)
    }

    /// How many drafts are kept that the form of a new task or an open one brings back. The newest draft of a task that is
    /// done or gone becomes one of a new task, where there is none: no row would bring it back.
    pub fn drafts(&self) -> Result<usize> {
        self.told(self.counted_drafts())
    }

    fn counted_drafts(&self) -> Result<usize> {
        let (mut reached, mut new, mut stray) = (0, 0, None);
        for draft in self.free_drafts()? {
            match draft.of {
                None => new += 1,
                Some(id) if is_open(self.conn, id)? => reached += 1,
                Some(_) => stray = stray.or(Some(draft)),
            }
        }
        if let Some(stray) = stray.filter(|_| new == 0 && !self.read_only) {
            let texts = written(&stray.texts, None, &stray.whose);
            new += self.conn.execute(
                "UPDATE draft SET texts = ?1 WHERE id = ?2 AND kept_at = ?3",
                params![texts, stray.mark.id, stray.mark.kept_at],
            )?;
        }
        Ok(reached + new)
    }

    /// Keeps a draft in the place of the one that bears this mark, or as one of its own. While it is held no other run of
    /// the program takes it up.
    pub fn keep_draft(
        &self,
        mark: Option<&Mark>,
        of: Option<TaskId>,
        texts: &BTreeMap<String, String>,
        held: bool,
    ) -> Result<Mark> {
        let whose = if held { self.session.hold() } else { "" };
        let (texts, kept_at) = (written(texts, of, whose), moment(self.now));
        let kept = || -> Result<i64> {
            let transaction = self.begin()?;
            let mut id = None;
            if let Some(mark) = mark {
                let kept = transaction.execute(
                    "UPDATE draft SET texts = ?1, kept_at = ?2 WHERE id = ?3 AND kept_at = ?4",
                    params![texts, kept_at, mark.id, mark.kept_at],
                )?;
                id = (kept > 0).then_some(mark.id);
            }
            if id.is_none() {
                transaction.execute(
                    "INSERT INTO draft (task, texts, kept_at)
                     SELECT min(coalesce(min(task), 0), 0) - 1, ?1, ?2 FROM draft",
                    params![texts, kept_at],
                )?;
            }
            let id = id.unwrap_or_else(|| transaction.last_insert_rowid());
            self.commit(transaction)?;
            Ok(id)
        };
        self.refuse_read_only()?;
        let id = self.told(kept())?;
        Ok(Mark { id, kept_at })
    }

    /// Drops a draft the user gave up; one that another run has kept since stays.
    pub fn drop_draft(&self, mark: &Mark) -> Result<()> {
        self.refuse_read_only()?;
        self.told(drop_draft(self.conn, mark))
    }
}

/// As the table keeps them.
fn written(texts: &BTreeMap<String, String>, of: Option<TaskId>, whose: &str) -> String {
    let mut texts = texts.clone();
    texts.insert(
        OF.to_owned(),
        of.map(|id| id.0.to_string()).unwrap_or_default(),
    );
    texts.insert(WHOSE.to_owned(), whose.to_owned());
    serde_json::to_string(&texts).unwrap_or_default()
}

fn is_open(conn: &Connection, id: TaskId) -> Result<bool> {
    let sql = "SELECT 1 FROM task WHERE id = ?1 AND done_on IS NULL";
    let found = conn.prepare_cached(sql)?.query_row([id.0], |_| Ok(()));
    Ok(found.optional().map_err(Error::from)?.is_some())
}
