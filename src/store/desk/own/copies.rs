//! Backups of the user's own tasks: an encrypted file of their own under the backup phrase, without any school's key in it.

use super::{IMAGE, Own, parsed, put};
use crate::domain::id::{StepId, TaskId};
use crate::store::chain::hex;
use crate::store::desk::Desk;
use crate::store::desk::copies::{Thinned, noted};
use crate::store::desk::noted::Listed;
use crate::store::error::{Error, Result};
use crate::store::{copy, file, schema, setting, stranger};
use crate::sys;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A backup of the user's own tasks that was opened and found whole.
#[derive(Debug)]
pub struct OwnCopy {
    /// When it was made, by the real clock.
    pub made_at: DateTime<Utc>,
    rows: BTreeMap<i64, Json>,
}

/// The folder of these backups and what their names begin with: no school's code is like that.
const FOLDER: &str = "own-tasks";

/// More tasks than these are taken from no backup: they are all held in memory.
const MOST: i64 = 100_000;

/// The first shape of the desk's file that had tasks.
const FIRST_WITH_TASKS: i64 = 2;

/// The setting in the backup that says when it was made.
const MADE_AT: &str = "made_at";

impl OwnCopy {
    /// How many tasks it holds.
    pub fn tasks(&self) -> usize {
        self.rows.len()
    }

    fn open(path: &Path, phrase: &str) -> Result<Self> {
        let open = || -> Result<Self> {
            let (conn, version) = file::open_locked(path, phrase, &schema::DESK, "")?;
            if version < FIRST_WITH_TASKS {
                return Err(stranger::refuse(
                    path,
                    "there are no tasks of your own in it",
                ));
            }
            let damaged = || Error::Damaged {
                path: path.to_owned(),
            };
            if !file::is_whole(&conn)? {
                return Err(damaged());
            }
            let made_at = setting::read(&conn, MADE_AT)?.and_then(|at| at.parse().ok());
            let made_at = made_at.and_then(|at| DateTime::from_timestamp(at, 0));
            let count: i64 = conn.query_row("SELECT count(*) FROM task", [], |row| row.get(0))?;
            if count > MOST {
                return Err(stranger::refuse(path, "it holds more than 100,000 tasks"));
            }
            Ok(Self {
                made_at: made_at.ok_or_else(damaged)?,
                rows: rows(&conn)?,
            })
        };
        open().map_err(|error| stranger::told(error, path))
    }
}

fn rows(conn: &Connection) -> Result<BTreeMap<i64, Json>> {
    let mut found = conn.prepare(&format!("SELECT id, {IMAGE} FROM task"))?;
    let found = found.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    let mut rows = BTreeMap::new();
    for row in found {
        let (id, text) = row?;
        rows.insert(id, parsed(&text)?);
    }
    Ok(rows)
}

fn digest(rows: &BTreeMap<i64, Json>) -> String {
    let text = serde_json::to_vec(rows).unwrap_or_default();
    hex(&Sha256::digest(text))
}

fn write(new: &Path, phrase: &str, rows: &BTreeMap<i64, Json>, at: DateTime<Utc>) -> Result<()> {
    let conn = file::create_locked(new, phrase)?;
    let fill = || -> Result<()> {
        conn.pragma_update(None, "journal_mode", "DELETE")?;
        schema::DESK.climb(&conn, |_, _| Ok(()))?;
        let writing = conn.unchecked_transaction()?;
        for (id, image) in rows {
            put(&writing, *id, Some(image))?;
        }
        setting::write(&writing, MADE_AT, &at.timestamp().to_string())?;
        writing.commit()?;
        Ok(())
    };
    fill().map_err(|error| error.on(Some(new)))?;
    file::close(conn, new)?;
    sys::file::sync(new).map_err(|error| Error::io(new, error))
}

impl Desk {
    /// Makes a backup of the user's own tasks and thins out the older ones; in another place when one is named, and then none
    /// goes. It is opened again and compared before it takes its name.
    ///
    /// # Errors
    /// [`Error::InTheWay`], [`Error::Full`]. Nothing half-made is left, and no older one goes.
    pub fn back_up_own(&self, to: Option<&Path>) -> Result<(PathBuf, Thinned)> {
        let (phrase, own) = (self.backup_phrase()?, self.own());
        let held = own.told(rows(&self.conn))?;
        let make = |path: &Path| {
            if path.exists() {
                let path = path.to_owned();
                return Err(Error::InTheWay { path });
            }
            copy::in_part(path, |new| {
                write(new, &phrase, &held, own.now)?;
                if OwnCopy::open(new, &phrase)?.rows != held {
                    let path = new.to_owned();
                    return Err(Error::Damaged { path });
                }
                Ok(())
            })
        };
        let mut turn = None;
        let path = if let Some(path) = to {
            make(path).map(|()| path.to_owned())?
        } else {
            turn = Some(self.take_turn(FOLDER)?);
            self.in_new_backup(FOLDER, make)?.0
        };
        // One that the user keeps elsewhere does not count as one of this desk's.
        let mut thinned = Thinned::default();
        if to.is_none() {
            let digest = digest(&held);
            if !own.is_read_only() {
                self.set_setting(&noted(FOLDER), &digest)?;
            }
            thinned = self.settle_backup(FOLDER, &path, StepId(0), &digest, None)?;
        }
        drop(turn);
        Ok((path, thinned))
    }

    /// True when there are none, or a backup on this desk holds them as they are.
    pub fn is_own_backed_up(&self) -> Result<bool> {
        let held = self.own().told(rows(&self.conn))?;
        Ok(match self.setting(&noted(FOLDER))? {
            None => held.is_empty(),
            Some(noted) => noted == digest(&held) && Listed::newest(&self.own_backups()?).is_some(),
        })
    }

    /// The backups of the user's own tasks on this desk, as [`Desk::backups`].
    pub fn own_backups(&self) -> Result<Vec<Listed>> {
        self.backups(FOLDER)
    }

    /// Opens a backup of the user's own tasks. Without a phrase the desk's own is tried.
    ///
    /// # Errors
    /// [`Error::WrongPhrase`], [`Error::NotADesk`], [`Error::Newer`], [`Error::Unfit`], [`Error::Damaged`].
    pub fn open_own_backup(&self, path: &Path, phrase: Option<&str>) -> Result<OwnCopy> {
        match phrase {
            Some(phrase) => OwnCopy::open(path, phrase),
            None => OwnCopy::open(path, &self.backup_phrase()?),
        }
    }
}

impl Own<'_> {
    /// How many tasks are not as a backup has them: added, changed or removed since.
    pub fn differing(&self, copy: &OwnCopy) -> Result<usize> {
        let held = self.told(rows(self.conn))?;
        let ids = held
            .keys()
            .chain(copy.rows.keys().filter(|id| !held.contains_key(*id)));
        Ok(ids.filter(|id| held.get(*id) != copy.rows.get(*id)).count())
    }

    /// Puts the tasks back as a backup has them. It is one step that can be taken back.
    ///
    /// # Errors
    /// [`Error::ReadOnly`], [`Error::Full`], [`Error::Busy`].
    pub fn restore(&self, copy: &OwnCopy) -> Result<()> {
        let held = self.told(rows(self.conn))?;
        let all = held.keys().chain(copy.rows.keys());
        let touched: BTreeSet<TaskId> = all.map(|id| TaskId(*id)).collect();
        let touched: Vec<TaskId> = touched.into_iter().collect();
        self.step("Restore a backup of your own tasks", &touched, |conn| {
            for id in &touched {
                put(conn, id.0, copy.rows.get(&id.0))?;
            }
            Ok(Vec::new())
        })
    }
}
