//! How often the passphrase was tried and was wrong: `desk.tries`, beside the keys and apart from them.
//!
//! One try is made at a time, from reading the count to writing it: tries made at once get no more out of it than one after the
//! other. It holds numbers alone, so that whatever happens to it no key is lost; where it is gone the count begins anew.

use super::{Desk, Places};
use crate::store::Store;
use crate::store::error::{Error, Result};
use crate::store::keyring::Keyring;
use crate::sys;
use crate::sys::lock::{self, Held};
use rusqlite::{Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::time::Duration;

/// How long a try waits for its turn.
const PATIENCE: Duration = Duration::from_mins(2);

/// How long a change of the keys or of the count waits for another one, which takes as long as the disk does.
const CHANGE: Duration = Duration::from_secs(30);

/// More bytes than the numbers ever take.
const MOST: u64 = 1024;

/// The counts since they are kept here. Before, they stood among the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Tries {
    /// Every one that failed, ever.
    failed: i64,
    /// Those since the last that was right.
    in_a_row: u32,
    /// How many had failed by the count among the keys when one was right: those no longer make anybody wait.
    past: i64,
}

impl Tries {
    /// The counts as they are; none where there is no file of them that can be read.
    pub(super) fn read(places: &Places) -> Self {
        let path = places.tries();
        // Whatever else stands there is not waited for.
        let is_file = std::fs::metadata(&path).is_ok_and(|found| found.is_file());
        let text = || -> std::io::Result<String> {
            let mut text = String::new();
            let file = std::fs::File::open(&path)?;
            file.take(MOST).read_to_string(&mut text)?;
            Ok(text)
        };
        let text = if is_file { text().ok() } else { None };
        let read = text.and_then(|text| serde_json::from_str(&text).ok());
        read.map_or_else(Self::default, |read: Self| Self {
            failed: read.failed.max(0),
            ..read
        })
    }

    /// Every try that failed, ever.
    pub(super) fn failed(self, keyring: &Keyring) -> i64 {
        self.failed.saturating_add(keyring.failed_unlocks)
    }

    /// Those since the last that was right.
    pub(super) fn in_a_row(self, keyring: &Keyring) -> u32 {
        let since = keyring.failed_unlocks.saturating_sub(self.past).max(0);
        let before = u32::try_from(since).unwrap_or(u32::MAX);
        self.in_a_row
            .saturating_add(before.min(keyring.wrong_in_a_row))
    }

    /// Counts a wrong try. Where that cannot be written the answer stays the same.
    pub(super) fn count_wrong(places: &Places) {
        Self::change(places, |tries| {
            tries.failed = tries.failed.saturating_add(1);
            tries.in_a_row = tries.in_a_row.saturating_add(1);
        });
    }

    /// A right one: the next waits for nothing.
    pub(super) fn begin_anew(places: &Places, keyring: &Keyring) {
        Self::change(places, |tries| {
            tries.in_a_row = 0;
            tries.past = keyring.failed_unlocks;
        });
    }

    fn change(places: &Places, change: impl FnOnce(&mut Self)) {
        let _held = lock::alone(&places.keys_lock(), CHANGE);
        let mut tries = Self::read(places);
        change(&mut tries);
        if let Ok(text) = serde_json::to_vec(&tries) {
            let _ = sys::file::write_whole(&places.tries(), &text);
        }
    }
}

/// Waits for the turn to try. Where nothing can be locked nobody is waited for.
///
/// # Errors
/// [`Error::TriesInLine`] where others are trying still after two minutes.
pub(super) fn turn(places: &Places) -> Result<Held> {
    match lock::alone(&places.tries_lock(), PATIENCE) {
        Ok(Some(held)) => Ok(held),
        Ok(None) => Err(Error::TriesInLine),
        // As on a full disk: nobody is shut out by that.
        Err(_) => Ok(Held::nothing()),
    }
}

/// Waits until nobody else changes the keys.
///
/// # Errors
/// [`Error::Busy`], and what the system refuses.
pub(super) fn hold_keys(places: &Places) -> Result<Held> {
    let path = places.keys_lock();
    let held = lock::alone(&path, CHANGE).map_err(|error| Error::io(&path, error))?;
    held.ok_or(Error::Busy)
}

/// Removes what a kill left of keys or counts that were being written, while they are held.
pub(super) fn remove_unfinished(places: &Places) {
    for path in [places.keys(), places.tries()] {
        sys::file::remove_unfinished(&path);
    }
}

impl Desk {
    /// Removes what a kill left of keys or counts that were being written. It waits for who is writing them.
    ///
    /// # Errors
    /// As [`Error::Busy`]: nothing was removed.
    pub fn remove_unfinished_keys(places: &Places) -> Result<()> {
        let _held = hold_keys(places)?;
        remove_unfinished(places);
        Ok(())
    }

    /// Notes in a school's journal the unlocks that have failed since that was last done, or that there are fewer than it knows
    /// of. Of two sessions at once one does it.
    pub(super) fn note_failed(&self, store: &mut Store, code: &str) -> Result<()> {
        let begun = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate);
        let noting = self.told(begun)?;
        let sql = "SELECT failed_noted FROM school WHERE code = ?1";
        let noted: i64 = self.told(noting.query_row(sql, [code], |row| row.get(0)))?;
        let mut failed = self.failed_unlocks;
        if failed < noted {
            // Others may have failed, and been noted, since this session was unlocked.
            failed = Tries::read(&self.places).failed(&Self::keyring(&self.places)?);
        }
        let label = match failed - noted {
            1 => "1 failed unlock of the desk".to_owned(),
            new @ 2.. => format!("{new} failed unlocks of the desk"),
            _ if failed < noted => {
                format!("The count of failed unlocks went back from {noted} to {failed}")
            }
            _ => return Ok(()),
        };
        store.record_access(&label)?;
        let sql = "UPDATE school SET failed_noted = ?1 WHERE code = ?2";
        self.told(noting.execute(sql, params![failed, code]))?;
        self.told(noting.commit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::school::School;
    use crate::store::keyring::Calibration;

    const WORDS: &str = "larch kettle orbit moss";

    fn desk(folder: &tempfile::TempDir) -> Places {
        let places = Places {
            data: folder.path().join("desk"),
        };
        let (mut desk, _) =
            Desk::create_with(&places, WORDS, "Sam", "sam", Calibration::FLOOR).unwrap();
        let school = School::read("Oakfield", "OAK", None, None, None).unwrap();
        desk.add_school(&school).unwrap();
        places
    }

    /// What an older version counted among the keys.
    fn count_among_keys(places: &Places, failed: i64, in_a_row: u32) -> Keyring {
        let mut keyring = Desk::keyring(places).unwrap();
        (keyring.failed_unlocks, keyring.wrong_in_a_row) = (failed, in_a_row);
        keyring.write(&places.keys()).unwrap();
        keyring
    }

    fn notes(desk: &Desk) -> Vec<String> {
        let history = desk.open_school("OAK").unwrap().history(None, 99).unwrap();
        let labels = history.into_iter().map(|step| step.label);
        labels.filter(|label| label.contains("failed")).collect()
    }

    #[test]
    fn what_was_counted_among_the_keys_counts_on_until_a_try_is_right() {
        let folder = tempfile::tempdir().unwrap();
        let places = desk(&folder);
        let keyring = count_among_keys(&places, 7, 6);
        Tries::count_wrong(&places);
        let tries = Tries::read(&places);
        assert_eq!((tries.failed(&keyring), tries.in_a_row(&keyring)), (8, 7));
        Tries::begin_anew(&places, &keyring);
        let tries = Tries::read(&places);
        assert_eq!((tries.failed(&keyring), tries.in_a_row(&keyring)), (8, 0));
        // An older version, opened in between, goes on counting there.
        for (failed, in_a_row, all, waits) in [(9, 2, 10, 2), (9, 0, 10, 0), (12, 8, 13, 5)] {
            let keyring = count_among_keys(&places, failed, in_a_row);
            assert_eq!(
                (tries.failed(&keyring), tries.in_a_row(&keyring)),
                (all, waits)
            );
        }
    }

    #[test]
    fn a_count_that_is_damaged_or_gone_shuts_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        let places = desk(&folder);
        let keyring = Desk::keyring(&places).unwrap();
        for text in [
            "",
            "not json",
            "[]",
            "{\"failed\": -5}",
            "{\"failed\": 1e99}",
            "{\"in_a_row\": -1}",
        ] {
            std::fs::write(places.tries(), text).unwrap();
            let tries = Tries::read(&places);
            assert_eq!(
                (tries.failed(&keyring), tries.in_a_row(&keyring)),
                (0, 0),
                "{text}"
            );
        }
        let most = format!("{{\"failed\": {}, \"in_a_row\": {}}}", i64::MAX, u32::MAX);
        std::fs::write(places.tries(), most).unwrap();
        Tries::count_wrong(&places);
        let tries = Tries::read(&places);
        assert_eq!((tries.failed, tries.in_a_row), (i64::MAX, u32::MAX));
        std::fs::remove_file(places.tries()).unwrap();
        std::fs::create_dir(places.tries()).unwrap();
        assert_eq!(Tries::read(&places), Tries::default());
        assert!(Desk::unlock(&places, "no").is_err() && Desk::unlock(&places, WORDS).is_ok());
    }

    #[test]
    fn of_two_sessions_one_notes_what_failed_and_a_count_that_went_back_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let places = desk(&folder);
        let early = Desk::unlock(&places, WORDS).unwrap();
        assert!(Desk::unlock(&places, "no").is_err() && Desk::unlock(&places, "nor").is_err());
        let (one, other) = (
            Desk::unlock(&places, WORDS).unwrap(),
            Desk::unlock(&places, WORDS).unwrap(),
        );
        assert_eq!(notes(&one), ["2 failed unlocks of the desk"]);
        for desk in [&other, &early] {
            assert_eq!(notes(desk), ["2 failed unlocks of the desk"]);
        }
        std::fs::remove_file(places.tries()).unwrap();
        let back = "The count of failed unlocks went back from 2 to 0";
        for _ in 0..2 {
            let desk = Desk::unlock(&places, WORDS).unwrap();
            assert_eq!(notes(&desk), [back, "2 failed unlocks of the desk"]);
        }
        assert!(Desk::unlock(&places, "no").is_err());
        let desk = Desk::unlock(&places, WORDS).unwrap();
        assert_eq!(notes(&desk)[0], "1 failed unlock of the desk");
    }
}
