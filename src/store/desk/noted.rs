//! What the desk notes of each backup when it is made: the newest step it holds, and its place among the others. None has to
//! be opened to know it, and no clock is asked. A backup made before this was noted, or brought from elsewhere, has none.

use super::Desk;
use crate::domain::id::StepId;
use crate::domain::retention::{self, Made};
use crate::store::error::Result;
use crate::store::setting;
use crate::sys;
use chrono::NaiveDateTime;
use rusqlite::params;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A backup that lies on this desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it is.
    pub path: PathBuf,
    /// The moment in its name, by the clock on the wall.
    pub made: NaiveDateTime,
    /// True where that lies in the future: the clock was ahead then, or is behind now. It is no newest backup.
    pub is_ahead: bool,
    /// What was noted when it was made.
    pub head: Option<Head>,
}

impl Listed {
    /// The newest of a list that begins with the newest; `None` where all lie in the future.
    pub fn newest(all: &[Self]) -> Option<&Self> {
        all.iter().find(|one| !one.is_ahead)
    }

    /// How many of a list are named from the future.
    pub fn count_ahead(all: &[Self]) -> usize {
        all.iter().filter(|one| one.is_ahead).count()
    }
}

/// What was noted of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its place in the order in which backups were made on this desk.
    pub order: i64,
    /// The newest step it holds; 0 for none, and of the user's own tasks.
    pub step: StepId,
    /// That step's hash; of the user's own tasks the digest of all of them.
    pub hash: String,
}

impl Desk {
    /// Notes the head of a backup just made. It is the newest from now on, also where one of that name was noted before.
    pub(super) fn note_head(
        &self,
        code: &str,
        backup: &Path,
        step: StepId,
        hash: &str,
    ) -> Result<()> {
        let done = self.conn.execute(
            "REPLACE INTO setting (name, value) VALUES (?1, ?2)",
            params![
                format!("{}{}", heads_of(code), file_name(backup)),
                format!("{} {hash}", step.0)
            ],
        );
        self.told(done).map(drop)
    }

    /// What is noted of a school's backups, by the names of their files.
    pub(super) fn heads_of_backups(&self, code: &str) -> Result<BTreeMap<String, Head>> {
        let heads = heads_of(code);
        let read = || -> rusqlite::Result<BTreeMap<String, Head>> {
            let mut found = self.conn.prepare_cached(
                "SELECT substr(name, length(?1) + 1), id, value FROM setting
                 WHERE substr(name, 1, length(?1)) = ?1",
            )?;
            let found = found.query_map([&heads], |row| {
                let value: String = row.get(2)?;
                let head = value.split_once(' ').and_then(|(step, hash)| {
                    Some(Head {
                        order: row.get(1).ok()?,
                        step: StepId(step.parse().ok()?),
                        hash: hash.to_owned(),
                    })
                });
                Ok((row.get::<_, String>(0)?, head))
            })?;
            let mut heads = BTreeMap::new();
            for one in found {
                let (name, head) = one?;
                heads.extend(head.map(|head| (name, head)));
            }
            Ok(heads)
        };
        self.told(read())
    }

    /// Forgets what is noted of backups that are gone.
    pub(super) fn forget_heads_but(&self, code: &str, here: &[&Path]) -> Result<()> {
        for name in self.heads_of_backups(code)?.keys() {
            if !here.iter().any(|path| file_name(path) == *name) {
                let name = format!("{}{name}", heads_of(code));
                self.told(setting::remove(&self.conn, &name))?;
            }
        }
        Ok(())
    }

    /// Backups with the moments in their names and what is noted of them, the newest first, those from the future last.
    pub(super) fn in_order(
        &self,
        code: &str,
        mut found: Vec<(PathBuf, NaiveDateTime)>,
    ) -> Result<Vec<Listed>> {
        // The order of a folder's files is anybody's.
        found.sort();
        let mut heads = self.heads_of_backups(code)?;
        let now = sys::clock::local(sys::clock::utc_now());
        let all: Vec<Listed> = found
            .into_iter()
            .map(|(path, made)| Listed {
                head: heads.remove(&file_name(&path)),
                is_ahead: made_of(made, None).is_ahead(now),
                path,
                made,
            })
            .collect();
        let order = retention::newest_first(&as_made(&all), now);
        let rank = |at: usize| order.iter().position(|one| *one == at);
        let mut ranked: Vec<(usize, Listed)> = all.into_iter().enumerate().collect();
        ranked.sort_by_key(|(at, _)| rank(*at).unwrap_or(usize::MAX));
        Ok(ranked.into_iter().map(|(_, one)| one).collect())
    }
}

/// What the rule of retention asks of them.
pub(super) fn as_made(all: &[Listed]) -> Vec<Made> {
    let made = |one: &Listed| made_of(one.made, one.head.as_ref());
    all.iter().map(made).collect()
}

fn made_of(at: NaiveDateTime, head: Option<&Head>) -> Made {
    Made {
        at,
        order: head.map(|head| head.order),
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// What the settings that note the heads of a school's backups begin with.
pub(super) fn heads_of(code: &str) -> String {
    format!("head.{code}/")
}
