//! Getting into a desk: by its passphrase or by the recovery code, and a new passphrase in place of the old one.
//!
//! A new passphrase seals the same key anew: no school's file is touched, the printed code stays good, backups keep
//! their phrase. Wrong tries are counted beside the keys; after five in a row each further one waits longer.

use super::{Desk, Places};
use crate::store::error::{Error, Result};
use crate::store::file::RawKey;
use crate::store::keyring::{Calibration, Keyring};
use crate::sys;
use std::path::Path;
use std::time::Duration;

/// Wrong tries in a row that cost nothing but their derivation.
const FREE: u32 = 5;

/// The longest a try waits: somebody who forgot is not shut out, somebody who guesses gets a thousand tries a day.
const LONGEST: Duration = Duration::from_mins(1);

/// How long the next try waits after so many wrong ones in a row: 1, 2, 4 seconds and so on after the fifth.
fn delay(wrong: u32) -> Duration {
    let Some(beyond) = wrong.checked_sub(FREE) else {
        return Duration::ZERO;
    };
    let doubled = 1_u64.checked_shl(beyond).unwrap_or(u64::MAX);
    Duration::from_secs(doubled).min(LONGEST)
}

impl Desk {
    /// Opens the desk with its passphrase; a demonstration desk with any. A wrong one is counted.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`], [`Error::NoDesk`], and what is wrong with the files.
    pub fn unlock(places: &Places, passphrase: &str) -> Result<Self> {
        let mut keyring = Self::keyring(places)?;
        if keyring.is_demo() {
            return Self::unlock_demo(places);
        }
        let path = places.keys();
        let key = tried(&mut keyring, &path, |keyring| {
            keyring.by_passphrase(passphrase, &path)
        })?;
        Self::open(places, &key, &keyring)
    }

    /// Opens the desk with the recovery code printed when it was made. A wrong one is counted.
    ///
    /// # Errors
    /// [`Error::MistypedRecoveryCode`], [`Error::WrongRecoveryCode`], and as [`Desk::unlock`].
    pub fn unlock_with_recovery(places: &Places, code: &str) -> Result<Self> {
        let mut keyring = Self::keyring(places)?;
        let path = places.keys();
        let key = tried(&mut keyring, &path, |keyring| {
            keyring.by_recovery(code, &path)
        })?;
        Self::open(places, &key, &keyring)
    }

    /// Opens a demonstration desk.
    ///
    /// # Errors
    /// [`Error::NeedsPassphrase`] where the desk is a real one.
    pub fn unlock_demo(places: &Places) -> Result<Self> {
        let keyring = Self::keyring(places)?;
        let key = keyring.demo_key(&places.keys())?;
        Self::open(places, &key, &keyring)
    }

    /// Puts a new passphrase in place of the old one.
    ///
    /// # Errors
    /// As [`Desk::unlock`]; [`Error::NoPassphrase`] for a demonstration desk. The old one holds until the new one does.
    pub fn change_passphrase(places: &Places, old: &str, new: &str) -> Result<()> {
        Self::reseal(places, new, |keyring, path| {
            keyring.by_passphrase(old, path)
        })
    }

    /// Puts a new passphrase in place of one that is forgotten.
    ///
    /// # Errors
    /// As [`Desk::unlock_with_recovery`]; [`Error::NoPassphrase`].
    pub fn recover(places: &Places, code: &str, new: &str) -> Result<()> {
        Self::reseal(places, new, |keyring, path| keyring.by_recovery(code, path))
    }

    fn reseal(
        places: &Places,
        new: &str,
        open: impl FnOnce(&Keyring, &Path) -> Result<RawKey>,
    ) -> Result<()> {
        let mut keyring = Self::keyring(places)?;
        if keyring.is_demo() {
            return Err(Error::NoPassphrase);
        }
        let path = places.keys();
        let key = tried(&mut keyring, &path, |keyring| open(keyring, &path))?;
        let desk = Self::open(places, &key, &keyring)?;
        let schools = desk.schools()?;
        keyring.reseal(&key, new, Calibration::measured()?)?;
        keyring.write(&path).map_err(|error| {
            let holds = Keyring::read(&path).is_ok_and(|now| now.is(&keyring));
            if holds {
                Error::NewPassphraseUnsure
            } else {
                error
            }
        })?;
        // A killed change may have left the key sealed under the old passphrase.
        sys::file::remove_unfinished(&path);
        for entry in schools {
            // The new one holds already: a school that cannot be opened or written must not say otherwise.
            if let Ok(mut store) = desk.open_school(&entry.school.code)
                && !store.is_read_only()
            {
                let _ = store.record_access("Change the passphrase of the desk");
            }
        }
        Ok(())
    }

    /// How the desk's key is locked, and how often a try failed, as a sentence.
    ///
    /// # Errors
    /// What is wrong with `desk.keys`.
    pub fn lock_told(&self) -> Result<String> {
        Ok(Self::keyring(&self.places)?.told())
    }

    pub(super) fn keyring(places: &Places) -> Result<Keyring> {
        if !Self::exists(places) {
            return Err(Error::NoDesk {
                path: places.data.clone(),
            });
        }
        Keyring::read(&places.keys())
    }
}

/// One try: waits for those before it, and counts it when its secret is wrong. Where the count cannot be written the answer
/// stays the same.
fn tried(
    keyring: &mut Keyring,
    path: &Path,
    open: impl FnOnce(&Keyring) -> Result<RawKey>,
) -> Result<RawKey> {
    std::thread::sleep(delay(keyring.wrong_in_a_row));
    let opened = open(keyring);
    match &opened {
        Err(error) if error.is_locked() => {
            keyring.failed_unlocks += 1;
            keyring.wrong_in_a_row = keyring.wrong_in_a_row.saturating_add(1);
            let _ = keyring.write(path);
        }
        Ok(_) if keyring.wrong_in_a_row > 0 => {
            keyring.wrong_in_a_row = 0;
            let _ = keyring.write(path);
        }
        _ => {}
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::school::School;

    const OLD: &str = "larch kettle orbit moss";
    const NEW: &str = "harbour lentil drum frost";

    struct Case {
        folder: tempfile::TempDir,
        code: String,
    }

    impl Case {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let places = Places {
                data: folder.path().join("desk"),
            };
            let (mut desk, secrets) =
                Desk::create_with(&places, OLD, "Sam", "sam", Calibration::FLOOR).unwrap();
            let school = School::read("Oakfield", "OAK", None, None, None).unwrap();
            desk.add_school(&school).unwrap();
            let code = secrets.recovery_code.to_string();
            Self { folder, code }
        }

        fn places(&self) -> Places {
            Places {
                data: self.folder.path().join("desk"),
            }
        }

        fn opens(&self, passphrase: &str) -> bool {
            Desk::unlock(&self.places(), passphrase).is_ok()
        }
    }

    #[test]
    fn a_try_waits_longer_from_the_sixth_on_and_never_over_a_minute() {
        let waits: Vec<u64> = (0..14).map(|wrong| delay(wrong).as_secs()).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(delay(u32::MAX), LONGEST);
    }

    #[test]
    fn a_new_passphrase_opens_what_the_old_one_did_and_the_printed_code_stays_good() {
        let case = Case::new();
        let phrase = |desk: &Desk| desk.backup_phrase().unwrap().to_string();
        let before = phrase(&Desk::unlock(&case.places(), OLD).unwrap());
        let wrong = Desk::change_passphrase(&case.places(), NEW, NEW);
        assert!(matches!(wrong, Err(Error::WrongPassphrase)));
        Desk::change_passphrase(&case.places(), OLD, NEW).unwrap();
        assert!(case.opens(NEW) && !case.opens(OLD));
        let desk = Desk::unlock_with_recovery(&case.places(), &case.code).unwrap();
        assert_eq!(phrase(&desk), before);
        let history = desk.open_school("OAK").unwrap().history(None, 9).unwrap();
        let labels: Vec<&str> = history.iter().map(|step| &*step.label).collect();
        assert!(
            labels.contains(&"Change the passphrase of the desk"),
            "{labels:?}"
        );
    }

    #[test]
    fn the_printed_code_gives_a_new_passphrase_and_goes_on_doing_so() {
        let case = Case::new();
        let wrong = Desk::recover(&case.places(), "0000-0000", NEW);
        assert!(matches!(wrong, Err(Error::MistypedRecoveryCode)));
        Desk::recover(&case.places(), &case.code, NEW).unwrap();
        assert!(case.opens(NEW) && !case.opens(OLD));
        Desk::recover(&case.places(), &case.code.to_lowercase(), OLD).unwrap();
        assert!(case.opens(OLD));
    }

    #[test]
    fn wrong_tries_in_a_row_are_counted_beside_the_keys_until_one_is_right() {
        let case = Case::new();
        let counted = || {
            let keyring = Keyring::read(&case.places().keys()).unwrap();
            (keyring.wrong_in_a_row, keyring.failed_unlocks)
        };
        assert!(!case.opens("no") && !case.opens("nor this"));
        assert_eq!(counted(), (2, 2));
        assert!(case.opens(OLD));
        assert_eq!(counted(), (0, 2));
    }

    #[test]
    fn a_school_that_cannot_be_opened_does_not_hide_that_the_new_passphrase_holds() {
        let case = Case::new();
        std::fs::remove_file(case.places().school("OAK")).unwrap();
        Desk::change_passphrase(&case.places(), OLD, NEW).unwrap();
        assert!(case.opens(NEW) && !case.opens(OLD));
    }

    #[test]
    fn what_a_killed_change_left_of_the_sealed_keys_goes_with_the_next() {
        let case = Case::new();
        let keys = case.places().keys();
        let left = keys.with_file_name("desk.keys.newA1b2C3");
        std::fs::copy(&keys, &left).unwrap();
        Desk::change_passphrase(&case.places(), OLD, NEW).unwrap();
        assert!(!left.exists() && case.opens(NEW));
        let mut names = std::fs::read_dir(keys.parent().unwrap()).unwrap();
        assert!(names.all(|one| !one.unwrap().file_name().to_string_lossy().contains(".new")));
    }

    #[test]
    fn a_desk_that_cannot_be_opened_keeps_its_old_passphrase() {
        let case = Case::new();
        let (path, keys) = (case.places().desk(), case.places().keys());
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        let before = std::fs::read(&keys).unwrap();
        assert!(Desk::change_passphrase(&case.places(), OLD, NEW).is_err());
        assert_eq!(std::fs::read(&keys).unwrap(), before);
        std::fs::write(&path, whole).unwrap();
        assert!(case.opens(OLD) && !case.opens(NEW));
    }

    #[test]
    fn an_invented_desk_has_no_passphrase_to_change() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            data: folder.path().join("demo"),
        };
        Desk::create_demo(&places, "Sam").unwrap();
        let refused = Desk::change_passphrase(&places, "", NEW);
        assert!(matches!(refused, Err(Error::NoPassphrase)));
    }
}
