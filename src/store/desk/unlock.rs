//! Getting into a desk: by its passphrase or by the recovery code, and a new passphrase in place of the old one.
//!
//! A new passphrase seals the same key anew: no school's file is touched, the printed code stays good, backups keep
//! their phrase. Wrong tries are counted apart from the keys; after five in a row each further one waits longer. The recovery
//! code cannot be guessed: it is counted, and waits for nobody.

use super::tries::{self, Tries};
use super::{Desk, Places};
use crate::domain::passphrase;
use crate::store::error::{Error, Result};
use crate::store::file::RawKey;
use crate::store::keyring::{self, Calibration, Keyring};
use crate::sys;
use crate::sys::lock::Held;
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
        sys::memory::off_the_stack(|| Self::unlock_by(places, passphrase))
    }

    fn unlock_by(places: &Places, passphrase: &str) -> Result<Self> {
        if Self::keyring(places)?.is_demo() {
            return Self::unlock_demo(places);
        }
        let (keyring, key, turn) = by_passphrase(places, passphrase)?;
        drop(turn);
        Self::open(places, &key, &keyring)
    }

    /// Opens the desk with the recovery code printed when it was made. A wrong one is counted.
    ///
    /// # Errors
    /// [`Error::MistypedRecoveryCode`], [`Error::WrongRecoveryCode`], and as [`Desk::unlock`].
    pub fn unlock_with_recovery(places: &Places, code: &str) -> Result<Self> {
        let (keyring, key) = by_recovery(places, code)?;
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
    /// As [`Desk::unlock`]; [`Error::NoPassphrase`] for a demonstration desk; [`Error::PassphraseMoved`]. The old one holds
    /// until the new one does.
    pub fn change_passphrase(places: &Places, old: &str, new: &str) -> Result<()> {
        Self::refuse_demo(places)?;
        // Whoever tries meanwhile waits, and finds the new one.
        let (keyring, key, _turn) = by_passphrase(places, old)?;
        Self::reseal(places, &keyring, &key, new, |now| now.is(&keyring))
    }

    /// Puts a new passphrase in place of one that is forgotten.
    ///
    /// # Errors
    /// As [`Desk::unlock_with_recovery`]; [`Error::NoPassphrase`].
    pub fn recover(places: &Places, code: &str, new: &str) -> Result<()> {
        Self::refuse_demo(places)?;
        let (keyring, key) = by_recovery(places, code)?;
        // The code opens it whatever the passphrase became meanwhile.
        Self::reseal(places, &keyring, &key, new, |now| now.is_of(&keyring))
    }

    fn refuse_demo(places: &Places) -> Result<()> {
        if Self::keyring(places)?.is_demo() {
            return Err(Error::NoPassphrase);
        }
        Ok(())
    }

    /// Seals the key anew. All that takes long comes first; then the keys are held, read again and written in one go, where
    /// they still allow it.
    fn reseal(
        places: &Places,
        opened: &Keyring,
        key: &RawKey,
        new: &str,
        allow: impl FnOnce(&Keyring) -> bool,
    ) -> Result<()> {
        let desk = Self::open(places, key, opened)?;
        let schools = desk.schools()?;
        let seal = opened.sealed_under(key, &passphrase::made(new), Calibration::measured()?)?;
        let path = places.keys();
        let held = tries::hold_keys(places)?;
        let mut keyring = Self::keyring(places)?;
        if !allow(&keyring) {
            return Err(Error::PassphraseMoved);
        }
        keyring.put(seal);
        keyring.write(&path).map_err(|error| {
            let holds = Keyring::read(&path).is_ok_and(|now| now.is(&keyring));
            if holds {
                Error::NewPassphraseUnsure
            } else {
                error
            }
        })?;
        // A killed change may have left the key sealed under the old passphrase.
        tries::remove_unfinished(places);
        drop(held);
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
        let keyring = Self::keyring(&self.places)?;
        let failed = Tries::read(&self.places).failed(&keyring);
        Ok(keyring.told(failed))
    }

    pub(super) fn keyring(places: &Places) -> Result<Keyring> {
        if !Self::exists(places)? {
            return Err(Error::NoDesk {
                path: places.data.clone(),
            });
        }
        Keyring::read(&places.keys())
    }
}

/// A try at the passphrase, when it is its turn; who changes the passphrase keeps the turn until that is done.
fn by_passphrase(places: &Places, passphrase: &str) -> Result<(Keyring, RawKey, Held)> {
    let turn = tries::turn(places)?;
    // As the keys and the count are now that nobody else tries.
    let keyring = Desk::keyring(places)?;
    let wait = delay(Tries::read(places).in_a_row(&keyring));
    let wait = if keyring::is_cheap() {
        wait / 1000
    } else {
        wait
    };
    std::thread::sleep(wait);
    let key = counted(places, &keyring, || {
        keyring.by_passphrase(passphrase, &places.keys())
    })?;
    Ok((keyring, key, turn))
}

/// A try with the recovery code. It has 130 random bits: nobody gets anywhere by trying many at once.
fn by_recovery(places: &Places, code: &str) -> Result<(Keyring, RawKey)> {
    let keyring = Desk::keyring(places)?;
    let key = counted(places, &keyring, || {
        keyring.by_recovery(code, &places.keys())
    })?;
    Ok((keyring, key))
}

/// Counts a try when its secret is wrong, before anybody is told.
fn counted(
    places: &Places,
    keyring: &Keyring,
    open: impl FnOnce() -> Result<RawKey>,
) -> Result<RawKey> {
    let opened = open();
    match &opened {
        Err(error) if error.is_locked() => Tries::count_wrong(places),
        Ok(_) if Tries::read(places).in_a_row(keyring) > 0 => Tries::begin_anew(places, keyring),
        _ => {}
    }
    opened
}

#[cfg(test)]
mod tests;
