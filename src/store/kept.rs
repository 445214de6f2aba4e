//! Words kept beside a school's file when that file is gone: sealed under the school's own journal key, and taken in as
//! drafts when the school is opened again.

use super::draft::{Draft, Mark};
use super::error::{Error, Result};
use super::{DraftOf, Store, file};
use crate::sys::{self, lock};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

/// A draft as it is sealed.
#[derive(Serialize, Deserialize)]
struct Sealed {
    /// Which of several of one form: where it was kept before, or whose it is.
    whose: String,
    kind: String,
    variant: String,
    about: Option<i64>,
    editing: bool,
    texts: BTreeMap<String, String>,
}

impl Sealed {
    fn of(draft: &Draft, session: &str) -> Self {
        let kept = draft.mark.as_ref().filter(|mark| **mark != Mark::NOWHERE);
        Self {
            whose: kept.map_or_else(|| session.to_owned(), |mark| mark.id.to_string()),
            kind: draft.kind.word().to_owned(),
            variant: draft.variant.clone(),
            about: draft.about,
            editing: draft.editing,
            texts: draft.texts.clone(),
        }
    }

    fn is_of(&self, other: &Self) -> bool {
        let key = |one: &Self| (one.about, one.editing);
        (&self.whose, &self.kind, &self.variant) == (&other.whose, &other.kind, &other.variant)
            && key(self) == key(other)
    }

    fn draft(self) -> Option<Draft> {
        Some(Draft {
            kind: DraftOf::from_word(&self.kind)?,
            variant: self.variant,
            about: self.about,
            editing: self.editing,
            texts: self.texts,
            mark: None,
        })
    }
}

const NONCE: usize = 24;

/// More bytes than words typed in a session's forms ever are.
const MOST: u64 = 16 * 1024 * 1024;

impl Store {
    /// Where words are kept when the school's file is gone; `None` in memory.
    fn kept_path(&self) -> Option<PathBuf> {
        self.path.as_ref().map(|path| path.with_extension("kept"))
    }

    fn kept_cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.chain.key_for(b"sendesk kept 1")).into())
    }

    /// Keeps drafts beside the file, each in the place of the one before it of the same form.
    pub(super) fn keep_beside(&self, drafts: &[Draft]) -> Result<()> {
        let Some(path) = self.kept_path().filter(|_| !drafts.is_empty()) else {
            return Ok(());
        };
        // Two sessions that lost the file keep theirs one after the other.
        let _alone =
            lock::alone(&path, Duration::from_secs(5)).map_err(|error| Error::io(&path, error))?;
        let mut all = self.read_kept(&path)?;
        for draft in drafts {
            let draft = Sealed::of(draft, self.session.name());
            all.retain(|other| !other.is_of(&draft));
            all.push(draft);
        }
        let text = serde_json::to_vec(&all).map(Zeroizing::new);
        let text = text.map_err(|error| Error::io(&path, error.into()))?;
        let nonce = file::random::<NONCE>()?;
        let sealed = self.kept_cipher().encrypt(&XNonce::from(*nonce), &**text);
        let sealed = sealed.map_err(|_| Error::NoRoomForKey)?;
        let bytes = [&nonce[..], &sealed].concat();
        sys::file::write_whole(&path, &bytes).map_err(|error| Error::io(&path, error))
    }

    fn read_kept(&self, path: &Path) -> Result<Vec<Sealed>> {
        let bytes = match sys::read::at_most(path, MOST) {
            Ok(bytes) if bytes.is_empty() => return Ok(Vec::new()),
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io(path, error)),
        };
        let damaged = || Error::Damaged {
            path: path.to_owned(),
        };
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or_else(damaged)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| damaged())?;
        let text = self.kept_cipher().decrypt(&XNonce::from(nonce), sealed);
        let text = text.map(Zeroizing::new).map_err(|_| damaged())?;
        serde_json::from_slice(&text).map_err(|_| damaged())
    }

    fn has_draft(&self, draft: &Draft) -> Result<bool> {
        let found = self.drafts_of(draft.kind, &draft.variant, draft.about, draft.editing)?;
        Ok(found.iter().any(|one| one.texts == draft.texts))
    }

    /// Takes in as drafts what was kept beside the file while it was gone. What cannot be read stays where it is.
    ///
    /// # Errors
    /// [`Error::Damaged`] where it cannot be read; what the store refuses.
    pub(super) fn take_in_kept(&mut self) -> Result<()> {
        let Some(path) = self.kept_path() else {
            return Ok(());
        };
        if self.is_read_only() || !path.exists() {
            return Ok(());
        }
        let _alone =
            lock::alone(&path, Duration::from_secs(5)).map_err(|error| Error::io(&path, error))?;
        for sealed in self.read_kept(&path)? {
            // A file that was put back may hold it already.
            if let Some(draft) = sealed.draft()
                && !self.has_draft(&draft)?
            {
                self.keep_draft(&draft, false)?;
            }
        }
        std::fs::remove_file(&path).map_err(|error| Error::io(&path, error))
    }
}
