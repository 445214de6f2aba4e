//! What the desk remembers of each school: the newest step it last saw there, with its hash. An older file put in a
//! school's place is whole in itself; only what is remembered elsewhere shows it.
//!
//! It is remembered on leaving, at the lock, on a change of school and with a backup, never at a save: that would cost
//! another file's sync. So a file that is newer than what is remembered is nothing strange.

use super::Desk;
use crate::domain::id::StepId;
use crate::store::Store;
use crate::store::error::Result;
use crate::store::seen::Newest;
use rusqlite::params;

/// The label of the step a backup leaves in the history.
pub(super) const BACKUP: &str = "Make a backup";

/// How a school's file is not the one that the desk last saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    /// It ends before the step that was seen.
    Older {
        /// The newest step it has.
        now: StepId,
        /// The newest step that was seen.
        seen: StepId,
    },
    /// It has another history from some step on, such as another desk's after a hand-over.
    Another {
        /// The newest step that was seen.
        seen: StepId,
    },
}

impl Behind {
    /// What to say of the file.
    pub fn told(&self) -> String {
        match self {
            Self::Older { now, seen } => format!(
                "The file is older than what was last seen here: it ends at step {now}, and step {seen} was there. \
                 If you did not put it back yourself, leave and restore the newest backup."
            ),
            Self::Another { seen } => format!(
                "The file is not the one last seen here: its step {seen} is another. If you did not put it there \
                 yourself, leave and restore the newest backup."
            ),
        }
    }
}

impl Desk {
    /// Remembers how far a school has come.
    ///
    /// # Errors
    /// What the desk's own file refuses.
    pub fn note_seen(&self, store: &Store) -> Result<()> {
        if self.read_only || store.path().is_none() || store.seen.moved().is_some() {
            return Ok(());
        }
        let newest = store.read(Newest::read)?;
        self.note_newest(store.code(), &newest)
    }

    /// Remembers this step as the newest that was seen.
    pub(super) fn note_newest(&self, code: &str, newest: &Newest) -> Result<()> {
        let done = self.conn.execute(
            "UPDATE school SET head = ?2, head_hash = ?3
             WHERE code = ?1 AND (head <> ?2 OR head_hash <> ?3)",
            params![code, newest.id, newest.hash],
        );
        self.told(done).map(drop)
    }

    /// A backup of a school that was made after what this desk remembers: the desk's own file is older than the school's.
    /// Gives the step.
    pub fn unseen_backup(&self, store: &Store) -> Result<Option<StepId>> {
        let seen = self.entered(store.code())?.seen;
        if seen.id == 0 {
            return Ok(None);
        }
        store.access_after(StepId(seen.id), BACKUP)
    }

    /// Files of schools that lie in the desk's folder and are not on its list, by name: left by hand, or the desk's own file
    /// is an older one.
    pub fn unknown_schools(&self) -> Result<Vec<String>> {
        let known = self.all_schools()?;
        let listed = std::fs::read_dir(self.places.schools()).into_iter();
        let names = listed.flatten().flatten().filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let code = name.strip_suffix(".db")?;
            let is_known = known.iter().any(|entry| entry.school.code == code);
            (!is_known).then_some(name)
        });
        let mut names: Vec<String> = names.collect();
        names.sort();
        Ok(names)
    }
}

/// How the file of a school that was opened just now is not the one that was last seen; `None` where it goes on from there.
pub(super) fn held_against(store: &Store, seen: &Newest) -> Result<Option<Behind>> {
    let now = store.seen.newest();
    if seen.id == 0 || now == *seen {
        return Ok(None);
    }
    let step = StepId(seen.id);
    if now.id < seen.id {
        let now = StepId(now.id);
        return Ok(Some(Behind::Older { now, seen: step }));
    }
    let same = store.hash_of(step)?.as_deref() == Some(&*seen.hash);
    Ok((!same).then_some(Behind::Another { seen: step }))
}

#[cfg(test)]
mod tests;
