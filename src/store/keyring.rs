//! The sealed key of the desk: the side file `desk.keys`.
//!
//! One random key opens the desk's own file, which holds the schools' keys. It is sealed twice, under the passphrase
//! (Argon2id) and under the recovery code, so that either opens it and a new passphrase reseals without touching any
//! file of a school. A demonstration desk keeps the key in the clear, and says so.

use super::chain::{hex, unhex};
use super::error::{Error, Result};
use super::file::{self, RawKey};
use super::word;
use crate::domain::passphrase;
use crate::sys;
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::path::Path;
use std::time::{Duration, Instant};
use zeroize::{Zeroize, Zeroizing};

/// Largest side file that is read, in bytes: thirty times what one takes.
const MOST: u64 = 64 * 1024;

/// The newest format of `desk.keys` this program knows.
const FORMAT: i64 = 1;

/// How long deriving a key from the passphrase takes at least, on the machine the desk was made on.
const SLOW: Duration = Duration::from_millis(250);

/// How hard a passphrase is to try: the cost of one derivation with Argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calibration {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Calibration {
    /// 64 MiB, three passes: nothing below is ever used (well above OWASP's least for Argon2id, 19 MiB and two).
    pub const FLOOR: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 1,
    };

    /// What takes this machine a quarter of a second or longer, never below the floor.
    ///
    /// # Errors
    /// When 64 MiB cannot be had.
    pub fn measured() -> Result<Self> {
        if let Some(cheap) = cheap() {
            return Ok(cheap);
        }
        let mut cost = Self::FLOOR;
        loop {
            let start = Instant::now();
            cost.derive("a passphrase", b"sixteen bytes of")?;
            let taken = start.elapsed();
            if taken >= SLOW || cost.passes >= 1000 {
                return Ok(cost);
            }
            // Straight to what the time taken asks for, and one more for a machine that was not quite idle.
            let wanted = SLOW.as_micros() * u128::from(cost.passes) / taken.as_micros().max(1);
            cost.passes = u32::try_from(wanted).unwrap_or(1000).min(999) + 1;
        }
    }

    fn derive(self, passphrase: &str, salt: &[u8]) -> Result<RawKey> {
        let mut key = RawKey::blank();
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32));
        let derived = params.and_then(|params| {
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
                passphrase.as_bytes(),
                salt,
                &mut *key,
            )
        });
        derived.map(|()| key).map_err(|_| Error::NoRoomForKey)
    }

    /// Costs a file may ask for. A damaged or foreign file must not take all memory, nor lower the floor.
    fn is_sane(self) -> bool {
        if cheap() == Some(self) {
            return true;
        }
        (Self::FLOOR.memory_kib..=2 * 1024 * 1024).contains(&self.memory_kib)
            && (Self::FLOOR.passes..=1000).contains(&self.passes)
            && (1..=16).contains(&self.lanes)
    }
}

/// The cost below the floor that a fault script asks for.
#[cfg(any(debug_assertions, feature = "selftest"))]
fn cheap() -> Option<Calibration> {
    super::selftest::wants_cheap_keys().then_some(Calibration {
        memory_kib: 64,
        passes: 1,
        lanes: 1,
    })
}

/// In a build that is handed out there is none.
#[cfg(not(any(debug_assertions, feature = "selftest")))]
fn cheap() -> Option<Calibration> {
    None
}

/// True where keys cost nothing and a try waits a thousandth of what it would.
pub(super) fn is_cheap() -> bool {
    cheap().is_some()
}

/// A key sealed under another.
#[derive(Serialize, Deserialize)]
struct Sealed {
    salt: String,
    nonce: String,
    #[serde(rename = "sealed")]
    text: String,
}

/// The key sealed under the passphrase.
#[derive(Serialize, Deserialize)]
pub(super) struct ByPassphrase {
    kdf: String,
    #[serde(flatten)]
    cost: Calibration,
    #[serde(flatten)]
    sealed: Sealed,
}

/// The side file.
#[derive(Serialize, Deserialize)]
pub(super) struct Keyring {
    program: String,
    format: i64,
    desk: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    passphrase: Option<ByPassphrase>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery: Option<Sealed>,
    /// The key itself, of a demonstration desk only.
    #[serde(skip_serializing_if = "Option::is_none")]
    demo_key: Option<String>,
    /// The unlocks that failed while they were counted in here, and those of them since the last that succeeded. Carried on
    /// as they are: they are counted in `desk.tries` now, so that counting never writes a key.
    pub(super) failed_unlocks: i64,
    #[serde(default)]
    pub(super) wrong_in_a_row: u32,
}

impl Drop for Keyring {
    fn drop(&mut self) {
        self.demo_key.zeroize();
    }
}

impl Keyring {
    /// A new keyring for this key, and the recovery code that opens it too.
    pub(super) fn seal(
        key: &RawKey,
        passphrase: &str,
        cost: Calibration,
    ) -> Result<(Self, Zeroizing<String>)> {
        let mut keyring = Self::blank()?;
        keyring.reseal(key, passphrase, cost)?;
        let code = word::new_recovery_code()?;
        let salt = file::random::<16>()?;
        let under = under_code(&word::read_recovery_code(&code)?, &*salt);
        let header = keyring.header("recovery", None);
        keyring.recovery = Some(Sealed::new(key, &under, &*salt, &header)?);
        Ok((keyring, code))
    }

    /// Seals the key under another passphrase; the recovery code stays as it is.
    pub(super) fn reseal(
        &mut self,
        key: &RawKey,
        passphrase: &str,
        cost: Calibration,
    ) -> Result<()> {
        self.passphrase = Some(self.sealed_under(key, passphrase, cost)?);
        Ok(())
    }

    /// The key sealed under another passphrase, to be put in the place of the present seal.
    pub(super) fn sealed_under(
        &self,
        key: &RawKey,
        passphrase: &str,
        cost: Calibration,
    ) -> Result<ByPassphrase> {
        let salt = file::random::<16>()?;
        let under = cost.derive(passphrase, &*salt)?;
        let header = self.header("passphrase", Some(cost));
        Ok(ByPassphrase {
            kdf: "argon2id".to_owned(),
            cost,
            sealed: Sealed::new(key, &under, &*salt, &header)?,
        })
    }

    /// Puts another seal in the place of the present one.
    pub(super) fn put(&mut self, seal: ByPassphrase) {
        self.passphrase = Some(seal);
    }

    /// A keyring that keeps its key in the clear.
    pub(super) fn in_the_clear(key: &RawKey) -> Result<Self> {
        let mut keyring = Self::blank()?;
        keyring.demo_key = Some(hex(&**key));
        Ok(keyring)
    }

    fn blank() -> Result<Self> {
        Ok(Self {
            program: "sendesk".to_owned(),
            format: FORMAT,
            desk: hex(&*file::random::<16>()?),
            passphrase: None,
            recovery: None,
            demo_key: None,
            failed_unlocks: 0,
            wrong_in_a_row: 0,
        })
    }

    /// Reads the side file, and takes others' rights on it away without a word.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Damaged`], [`Error::NotADesk`], [`Error::Newer`].
    pub(super) fn read(path: &Path) -> Result<Self> {
        let bytes = sys::read::at_most(path, MOST).map_err(|error| Error::io(path, error))?;
        let bytes = Zeroizing::new(bytes);
        let parsed: Result<serde_json::Value, _> = serde_json::from_slice(&bytes);
        let path = path.to_owned();
        let Ok(parsed) = parsed else {
            return Err(Error::Damaged { path });
        };
        if parsed.get("program").and_then(serde_json::Value::as_str) != Some("sendesk") {
            return Err(Error::NotADesk { path });
        }
        match parsed.get("format").and_then(serde_json::Value::as_i64) {
            Some(found) if found > FORMAT => {
                let known = FORMAT;
                return Err(Error::Newer { path, found, known });
            }
            Some(_) => {}
            None => return Err(Error::Damaged { path }),
        }
        if sys::file::others_can_read(&path).unwrap_or_default() {
            // Its rights alone: what was read may be an older seal by now. On a disk that cannot be written they stay; that
            // is no reason to shut the user out.
            let _ = sys::file::make_private(&path);
        }
        serde_json::from_value(parsed).map_err(|_| Error::Damaged { path })
    }

    /// Writes the side file whole.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let text = self.text(path)?;
        sys::file::write_whole(path, &text).map_err(|error| Error::io(path, error))
    }

    /// Writes the side file whole, where there is none yet.
    ///
    /// # Errors
    /// [`Error::DeskExists`].
    pub(super) fn write_new(&self, path: &Path) -> Result<()> {
        let text = self.text(path)?;
        sys::file::write_new(path, &text).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => Error::DeskExists {
                path: path.parent().unwrap_or(path).to_owned(),
            },
            _ => Error::io(path, error),
        })
    }

    fn text(&self, path: &Path) -> Result<Zeroizing<Vec<u8>>> {
        let text = serde_json::to_vec_pretty(self).map(Zeroizing::new);
        text.map_err(|error| Error::io(path, error.into()))
    }

    /// True when both are of one desk, whatever they are sealed under.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        self.desk == other.desk
    }

    /// True when both are sealed alike.
    pub(super) fn is(&self, other: &Self) -> bool {
        let text = |keyring: &Self| {
            keyring
                .passphrase
                .as_ref()
                .map(|slot| slot.sealed.text.clone())
        };
        text(self) == text(other)
    }

    /// True when the key is in the clear.
    pub(super) fn is_demo(&self) -> bool {
        self.demo_key.is_some()
    }

    /// What derives the key from the passphrase, and how many tries failed.
    pub(super) fn told(&self, failed: i64) -> String {
        match &self.passphrase {
            None => "none: an invented desk".to_owned(),
            Some(slot) => format!(
                "Argon2id, {} MiB, {} passes; {failed} failed tries ever",
                slot.cost.memory_kib / 1024,
                slot.cost.passes,
            ),
        }
    }

    /// The key of a demonstration desk.
    pub(super) fn demo_key(&self, path: &Path) -> Result<RawKey> {
        let text = self.demo_key.as_ref().ok_or(Error::NeedsPassphrase)?;
        let bytes = unhex(text).map(Zeroizing::new);
        as_key(bytes).ok_or_else(|| Error::Damaged {
            path: path.to_owned(),
        })
    }

    /// The key under the passphrase, in each form what was given may have.
    pub(super) fn by_passphrase(&self, given: &str, path: &Path) -> Result<RawKey> {
        let damaged = || Error::Damaged {
            path: path.to_owned(),
        };
        let slot = self.passphrase.as_ref().ok_or_else(damaged)?;
        let salt = unhex(&slot.sealed.salt).filter(|salt| salt.len() >= 8);
        let salt = salt.ok_or_else(damaged)?;
        if !slot.cost.is_sane() {
            return Err(damaged());
        }
        let header = self.header("passphrase", Some(slot.cost));
        for form in passphrase::forms(given) {
            let under = slot.cost.derive(&form, &salt)?;
            if let Some(key) = slot.sealed.open(&under, &header) {
                return Ok(key);
            }
        }
        let odd = passphrase::odd(given).map(|why| Error::OddPassphrase { why });
        Err(odd.unwrap_or(Error::WrongPassphrase))
    }

    /// The key under the recovery code.
    pub(super) fn by_recovery(&self, typed: &str, path: &Path) -> Result<RawKey> {
        let damaged = || Error::Damaged {
            path: path.to_owned(),
        };
        let code = word::read_recovery_code(typed)?;
        let slot = self.recovery.as_ref().ok_or_else(damaged)?;
        let salt = unhex(&slot.salt).ok_or_else(damaged)?;
        slot.open(&under_code(&code, &salt), &self.header("recovery", None))
            .ok_or(Error::WrongRecoveryCode)
    }

    /// What a seal is bound to: it opens nothing in another desk's file, or with another's costs.
    fn header(&self, slot: &str, cost: Option<Calibration>) -> String {
        let cost = cost.map_or(String::new(), |cost| {
            format!("{} {} {}", cost.memory_kib, cost.passes, cost.lanes)
        });
        format!("sendesk keys {} {} {slot} {cost}", self.format, self.desk)
    }
}

impl Sealed {
    fn new(key: &RawKey, under: &RawKey, salt: &[u8], header: &str) -> Result<Self> {
        let nonce = file::random::<24>()?;
        let payload = Payload {
            msg: &**key,
            aad: header.as_bytes(),
        };
        let sealed = XChaCha20Poly1305::new(&(**under).into())
            .encrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| Error::NoRoomForKey)?;
        Ok(Self {
            salt: hex(salt),
            nonce: hex(&*nonce),
            text: hex(&sealed),
        })
    }

    fn open(&self, under: &RawKey, header: &str) -> Option<RawKey> {
        let nonce: [u8; 24] = unhex(&self.nonce)?.try_into().ok()?;
        let payload = Payload {
            msg: &unhex(&self.text)?,
            aad: header.as_bytes(),
        };
        let opened = XChaCha20Poly1305::new(&(**under).into())
            .decrypt(&XNonce::from(nonce), payload)
            .ok();
        as_key(opened.map(Zeroizing::new))
    }
}

/// The code has 130 random bits: one fast derivation is enough.
fn under_code(code: &[u8], salt: &[u8]) -> RawKey {
    let mut key = RawKey::blank();
    // 32 bytes are far below the limit of 255 digests, the only way this can fail.
    let derived = Hkdf::<Sha256>::new(Some(salt), code).expand(b"sendesk recovery 1", &mut *key);
    debug_assert!(derived.is_ok());
    key
}

fn as_key(bytes: Option<Zeroizing<Vec<u8>>>) -> Option<RawKey> {
    let bytes = bytes?;
    let mut key = RawKey::blank();
    (bytes.len() == key.len()).then(|| {
        key.copy_from_slice(&bytes);
        key
    })
}

/// A file's key as text, for the desk's table.
pub(super) fn key_text(key: &RawKey) -> Zeroizing<String> {
    Zeroizing::new(hex(&**key))
}

/// A file's key back from the desk's table.
pub(super) fn key_from_text(text: &str) -> Option<RawKey> {
    as_key(unhex(text).map(Zeroizing::new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measured_cost_takes_a_quarter_of_a_second_and_keeps_to_the_floor() {
        let cost = Calibration::measured().unwrap();
        assert!(cost.is_sane());
        assert!(cost.memory_kib >= 64 * 1024 && cost.passes >= 3);
        let start = Instant::now();
        cost.derive("another", b"sixteen bytes of").unwrap();
        // The machine may be busier or idler than a moment ago.
        assert!(start.elapsed() > SLOW / 3);
    }

    #[test]
    fn a_seal_opens_in_its_own_slot_and_desk_only() {
        let key = file::random_key().unwrap();
        let (mut keyring, code) = Keyring::seal(&key, "words", Calibration::FLOOR).unwrap();
        let path = Path::new("desk.keys");
        assert_eq!(*keyring.by_passphrase("words", path).unwrap(), *key);
        assert_eq!(*keyring.by_recovery(&code, path).unwrap(), *key);
        keyring.desk = hex(&[0; 16]);
        let moved = keyring.by_recovery(&code, path);
        assert!(matches!(moved, Err(Error::WrongRecoveryCode)));
        let moved = keyring.by_passphrase("words", path);
        assert!(matches!(moved, Err(Error::WrongPassphrase)));
    }
}
