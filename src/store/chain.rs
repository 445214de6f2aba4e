//! The chain over the journal: a keyed digest of every row image, and of every step over the one before it.
//!
//! [`Chain::verify`] finds any step or row that was edited, removed, exchanged or slipped in, except a cut at the very end:
//! a journal that simply stops earlier is sound in itself, and only its head noted elsewhere shows the loss.
//! Whoever holds the key could write the whole chain anew.

use super::error::Result;
use super::file::{self, RawKey};
use crate::domain::id::StepId;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Connection, Row};
use sha2::Sha256;
use zeroize::Zeroizing;

mod walk;

pub(super) use walk::Image;

/// What the first step follows.
pub(super) const GENESIS: &str = "";

/// The key a school's journal is chained with. It stays when the file gets another key, so that old steps, older backups
/// and heads noted elsewhere still verify.
#[derive(PartialEq, Eq)]
pub(super) struct JournalKey([RawKey; 2]);

impl JournalKey {
    /// A new one.
    pub(super) fn random() -> Result<Self> {
        Ok(Self([file::random_key()?, file::random_key()?]))
    }

    /// The one of a file from before it was kept by itself: derived from the file's key.
    pub(super) fn of_file(file_key: &RawKey) -> Self {
        let mut key = Zeroizing::new([0; 64]);
        // 64 bytes are far below the limit of 255 digests, the only way this can fail.
        let derived =
            Hkdf::<Sha256>::new(None, &**file_key).expand(b"sendesk journal 1", &mut *key);
        debug_assert!(derived.is_ok());
        Self::from_bytes(&*key)
    }

    /// As text, for the desk's table and a copy's manifest.
    pub(super) fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(hex(&*self.bytes()))
    }

    /// Back from text.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let bytes = unhex(text).map(Zeroizing::new)?;
        (bytes.len() == 64).then(|| Self::from_bytes(&bytes))
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        let mut halves = [RawKey::blank(), RawKey::blank()];
        for (half, bytes) in halves.iter_mut().zip(bytes.chunks_exact(32)) {
            half.copy_from_slice(bytes);
        }
        Self(halves)
    }

    fn bytes(&self) -> Zeroizing<[u8; 64]> {
        let mut bytes = Zeroizing::new([0; 64]);
        bytes[..32].copy_from_slice(&*self.0[0]);
        bytes[32..].copy_from_slice(&*self.0[1]);
        bytes
    }
}

impl Clone for JournalKey {
    fn clone(&self) -> Self {
        Self::from_bytes(&*self.bytes())
    }
}

/// The journal's own key, ready to digest.
#[derive(Clone)]
pub(super) struct Chain {
    mac: Hmac<Sha256>,
}

/// A step as it is stored.
#[derive(Debug)]
pub(super) struct StepRow {
    pub id: i64,
    pub kind: String,
    pub label: String,
    pub author: String,
    pub login: String,
    pub at: String,
    pub working_date: Option<String>,
    pub reverses: Option<i64>,
    pub first_row: i64,
    pub row_count: i64,
    pub prev: String,
    pub hash: String,
}

/// The columns [`StepRow::read`] reads.
pub(super) const STEP_COLUMNS: &str =
    "id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash";

impl StepRow {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            kind: row.get(1)?,
            label: row.get(2)?,
            author: row.get(3)?,
            login: row.get(4)?,
            at: row.get(5)?,
            working_date: row.get(6)?,
            reverses: row.get(7)?,
            first_row: row.get(8)?,
            row_count: row.get(9)?,
            prev: row.get(10)?,
            hash: row.get(11)?,
        })
    }
}

impl Chain {
    /// The chain of the journal with this key.
    pub(super) fn new(key: &JournalKey) -> Self {
        Self {
            mac: <Hmac<Sha256> as KeyInit>::new(&(*key.bytes()).into()),
        }
    }

    /// A key for something else, which tells nothing of the journal's own.
    pub(super) fn key_for(&self, what: &[u8]) -> RawKey {
        let mut mac = self.mac.clone();
        mac.update(what);
        let mut key = RawKey::blank();
        key.copy_from_slice(&mac.finalize().into_bytes());
        key
    }

    /// The digest of a row image, in hexadecimal.
    pub(super) fn digest(&self, image: &str) -> String {
        let mut mac = self.mac.clone();
        mac.update(image.as_bytes());
        hex(&mac.finalize().into_bytes())
    }

    /// The beginning of the digest of a row image.
    pub(super) fn short(&self, image: &[u8]) -> [u8; 16] {
        let mut mac = self.mac.clone();
        mac.update(image);
        let whole = mac.finalize().into_bytes();
        let mut short = [0; 16];
        short.copy_from_slice(&whole[..16]);
        short
    }

    /// What a step's hash must be, over its fields and the digests of its rows as they stand in the file.
    pub(super) fn hash(&self, conn: &Connection, step: &StepRow) -> Result<String> {
        let mut mac = self.begin(step);
        let mut rows = conn.prepare_cached(
            "SELECT id, tbl, pk, before_digest, after_digest FROM journal_row
             WHERE id >= ?1 AND id < ?1 + ?2 ORDER BY id",
        )?;
        let mut rows = rows.query([step.first_row, step.row_count])?;
        while let Some(row) = rows.next()? {
            let text = |at| row.get_ref(at).map(|value| value.as_str_or_null());
            let digest = |at| text(at).map(Result::unwrap_or_default);
            let table = row.get_ref(1)?.as_str().unwrap_or_default();
            add_row(
                &mut mac,
                row.get(0)?,
                (table, row.get(2)?),
                digest(3)?,
                digest(4)?,
            );
        }
        Ok(hex(&mac.finalize().into_bytes()))
    }

    /// A step's hash before its rows.
    fn begin(&self, step: &StepRow) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        text(&mut mac, &step.prev);
        number(&mut mac, step.id);
        for field in [&step.kind, &step.label, &step.author, &step.login, &step.at] {
            text(&mut mac, field);
        }
        maybe(&mut mac, step.working_date.as_deref());
        number(&mut mac, step.reverses.unwrap_or_default());
        number(&mut mac, step.first_row);
        number(&mut mac, step.row_count);
        mac
    }

    /// True when the image is the one the digest was made of. An image that is gone while its digest stands is not.
    fn fits(&self, image: Option<&str>, digest: Option<&str>) -> bool {
        match (image, digest) {
            (None, None) => true,
            (Some(image), Some(digest)) => {
                let mut mac = self.mac.clone();
                mac.update(image.as_bytes());
                is_hex(&mac.finalize().into_bytes(), digest)
            }
            _ => false,
        }
    }

    /// The first step at which the journal does not hold; `None` when all of it does.
    pub(super) fn verify(&self, conn: &Connection) -> Result<Option<StepId>> {
        self.walk(conn, |_| ())
    }
}

/// One row of the journal, to its number and its table's.
fn add_row(
    mac: &mut Hmac<Sha256>,
    id: i64,
    (table, pk): (&str, i64),
    before: Option<&str>,
    after: Option<&str>,
) {
    number(mac, id);
    text(mac, table);
    number(mac, pk);
    maybe(mac, before);
    maybe(mac, after);
}

// Every field goes in with its length, so that no two different steps read alike.
fn text(mac: &mut Hmac<Sha256>, value: &str) {
    number(mac, value.len() as i64);
    mac.update(value.as_bytes());
}

fn number(mac: &mut Hmac<Sha256>, value: i64) {
    mac.update(&value.to_le_bytes());
}

fn maybe(mac: &mut Hmac<Sha256>, value: Option<&str>) {
    match value {
        Some(value) => text(mac, value),
        None => number(mac, -1),
    }
}

/// True when the text is these bytes in lower-case hexadecimal.
fn is_hex(bytes: &[u8], text: &str) -> bool {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).map_or(0, |c| c as u8);
    let pairs = text.as_bytes().chunks(2);
    text.len() == bytes.len() * 2
        && bytes
            .iter()
            .zip(pairs)
            .all(|(byte, pair)| pair == [digit(byte >> 4), digit(byte & 15)])
}

/// Bytes as lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
    out
}

/// The bytes a hexadecimal text stands for; `None` when it is none.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(
        digits
            .chunks_exact(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect(),
    )
}

#[cfg(test)]
mod tests;
