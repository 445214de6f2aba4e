//! Backups of the desk's schools, and their way back.
//!
//! A backup lies under the desk's backup phrase, which a change of the passphrase leaves alone, in a folder of its school. The
//! old ones may go only once the new one was opened again and compared.

use super::detach::meanwhile;
use super::head::BACKUP;
use super::lock::Wait;
use super::noted::{self, Listed};
use super::open::Entered;
use super::{Desk, finish, sync_folder, with_end};
use crate::domain::id::StepId;
use crate::domain::retention;
use crate::domain::step::Step;
use crate::store::copy::{self, Copied, Manifest};
use crate::store::error::{Error, Result};
use crate::store::file::RawKey;
use crate::store::seen::Newest;
use crate::store::{Keys, Store, file, lineage, schema};
use crate::sys;
use crate::sys::delay::{self, Point};
use chrono::{NaiveDateTime, TimeDelta};
use rusqlite::Connection;
use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A backup that was made.
#[derive(Debug)]
pub struct BackedUp {
    /// Where it is.
    pub path: PathBuf,
    /// What it holds.
    pub manifest: Manifest,
    /// What went for it, and what lies in the future.
    pub thinned: Thinned,
}

/// What thinning out left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Thinned {
    /// Older ones that were removed.
    pub removed: usize,
    /// Those named from the future, which are kept.
    pub ahead: usize,
    /// Those that hold what the school's own file does not, which are kept.
    pub beyond: usize,
}

/// What a restore would do, before it does it.
#[derive(Debug)]
pub struct Rehearsal {
    /// The backup, whole.
    pub copied: Copied,
    /// The changes the present file holds beyond the last step both have, newest first; `None` where the file cannot be read or
    /// is gone.
    pub lost: Option<Vec<Step>>,
    /// How many drafts the present file holds: words begun and not saved, which a backup of before does not have.
    pub drafts: usize,
    /// How far the present file had come when this was looked at; `None` where it cannot be read or is gone.
    seen: Option<Newest>,
    /// How many changes the backup holds beyond that step: the present file is older, or went another way from there.
    pub gained: usize,
    /// False for a school that is not on this desk yet.
    pub known: bool,
}

/// What is between the present file and a backup.
struct Apart {
    lost: Vec<Step>,
    gained: usize,
    drafts: usize,
    seen: Option<Newest>,
}

/// How a backup's name tells when it was made, by the clock on the wall.
const STAMP: &str = "%Y-%m-%d-%H%M%S";

impl Desk {
    /// The phrase every backup of this desk lies under.
    pub fn backup_phrase(&self) -> Result<Zeroizing<String>> {
        let phrase = self
            .conn
            .query_row("SELECT backup_phrase FROM desk", [], |row| row.get(0));
        self.told(phrase.map(Zeroizing::new))
    }

    /// Makes a backup of a school and thins out the older ones; in another place when one is named, and then none goes.
    ///
    /// # Errors
    /// [`Error::NoSuchSchool`], [`Error::InTheWay`], [`Error::Full`]. Nothing half-made is left, and no older one goes.
    pub fn back_up(&self, code: &str, to: Option<&Path>) -> Result<BackedUp> {
        let Entered { code, keys, .. } = self.entered(code)?;
        let mut store = self.open_school(&code)?;
        let phrase = self.backup_phrase()?;
        let make = |path: &Path| store.copy_to(path, &keys.journal, &phrase);
        let mut turn = None;
        let (path, manifest) = if let Some(path) = to {
            (path.to_owned(), make(path)?)
        } else {
            // Else another session could thin this one out before it is noted.
            turn = Some(self.take_turn(&code)?);
            self.in_new_backup(&code, make)?
        };
        if !store.is_read_only() {
            store.record_access(BACKUP)?;
        }
        if !self.read_only {
            self.note_backed_up(&code, &manifest)?;
            self.note_seen(&store)?;
        }
        let thinned = match to {
            None => {
                let (head, hash) = (manifest.head, &manifest.head_hash);
                self.settle_backup(&code, &path, head, hash, Some(&store))?
            }
            Some(_) => Thinned::default(),
        };
        drop(turn);
        Ok(BackedUp {
            path,
            manifest,
            thinned,
        })
    }

    /// Makes a backup of a file of an older format, as it is.
    pub(super) fn back_up_older(&self, conn: &Connection, known: &Entered) -> Result<()> {
        let (code, phrase) = (&known.code, self.backup_phrase()?);
        let key = &known.keys.journal;
        let make =
            |path: &Path| copy::make(conn, path, key, &phrase, sys::clock::utc_now(), &|_| Ok(()));
        let (path, manifest) = self.in_new_backup(code, make)?;
        // One that is not noted goes by its moment.
        let _ = self.note_head(code, &path, manifest.head, &manifest.head_hash);
        Ok(())
    }

    /// Makes the next backup of a school in the place it is to have, and gives both. Another session may take that place
    /// meanwhile: then the next one is taken.
    pub(super) fn in_new_backup<T>(
        &self,
        code: &str,
        make: impl Fn(&Path) -> Result<T>,
    ) -> Result<(PathBuf, T)> {
        let folder = self.places.backups(code);
        sys::file::private_dir(&folder).map_err(|error| Error::io(&folder, error))?;
        loop {
            let path = free(|stamp| folder.join(format!("{code}-{stamp}.db")));
            match make(&path) {
                Err(Error::InTheWay { path: taken }) if taken == path && path.exists() => {}
                copied => return Ok((path, copied?)),
            }
        }
    }

    /// Backs up every school in which something was changed since its last backup, and the user's own tasks. Gives what was
    /// made of schools, and a sentence for each that could not be.
    pub fn back_up_changed(&self) -> (Vec<BackedUp>, Vec<String>) {
        let (mut made, mut told) = (Vec::new(), Vec::new());
        let schools = match self.schools() {
            Ok(schools) => schools,
            Err(error) => return (made, vec![error.to_string()]),
        };
        for entry in schools {
            let code = &entry.school.code;
            let backed_up = || -> Result<Option<BackedUp>> {
                let store = self.open_school(code)?;
                if store.is_read_only() || self.is_backed_up(&store)? {
                    return Ok(None);
                }
                drop(store);
                self.back_up(code, None).map(Some)
            };
            match backed_up() {
                Ok(done) => made.extend(done),
                Err(error) => told.push(format!("{code} was not backed up: {error}")),
            }
        }
        let own = match self.is_own_backed_up() {
            Ok(false) if !self.read_only => self.back_up_own(None).map(drop),
            other => other.map(drop),
        };
        if let Err(error) = own {
            told.push(format!("Your own tasks were not backed up: {error}"));
        }
        (made, told)
    }

    /// True when nothing was changed since the school's last backup on this desk. Looking and copying change nothing.
    pub fn is_backed_up(&self, store: &Store) -> Result<bool> {
        let noted = self.setting(&noted(store.code()))?.unwrap_or_default();
        // Before a step was noted with its hash its number stood alone.
        let (id, hash) = noted.split_once(' ').unwrap_or((&noted, ""));
        let step = StepId(id.parse().unwrap_or(0));
        if store.newest_change()? > step.0 {
            return Ok(false);
        }
        // A file put back to an older state has fewer steps, and of another history others.
        Ok(hash.is_empty() || store.hash_of(step)?.as_deref() == Some(hash))
    }

    /// Notes how far a school is backed up.
    fn note_backed_up(&self, code: &str, manifest: &Manifest) -> Result<()> {
        let head = format!("{} {}", manifest.head.0, manifest.head_hash);
        self.set_setting(&noted(code), &head)
    }

    /// The school's backups on this desk, by the order in which they were made, newest first; those named from the future
    /// come last.
    pub fn backups(&self, code: &str) -> Result<Vec<Listed>> {
        let folder = self.places.backups(code);
        let listed = match fs::read_dir(&folder) {
            Ok(listed) => listed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io(&folder, error)),
        };
        let found = listed
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let name = path.file_name()?.to_str()?;
                let stamp = name
                    .strip_prefix(code)?
                    .strip_prefix('-')?
                    .strip_suffix(".db")?;
                let made = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?;
                Some((path, made))
            })
            .collect();
        self.in_order(code, found)
    }

    /// Notes a backup just made among the others, and removes what need not be kept beside it.
    pub(super) fn settle_backup(
        &self,
        code: &str,
        made: &Path,
        head: StepId,
        hash: &str,
        of: Option<&Store>,
    ) -> Result<Thinned> {
        if !self.read_only {
            self.note_head(code, made, head, hash)?;
        }
        self.thin_out(code, Some(made), of)
    }

    /// Removes backups that need not be kept, never the one just made, and counts them. One that holds what the school's own
    /// file does not is never removed: that file is an older one, or went another way. One that cannot be removed does no
    /// harm: it is tried again next time.
    pub(super) fn thin_out(
        &self,
        code: &str,
        just_made: Option<&Path>,
        of: Option<&Store>,
    ) -> Result<Thinned> {
        copy::clear_parts(&self.places.backups(code).join(code));
        let all = self.backups(code)?;
        let now = sys::clock::local(sys::clock::utc_now());
        let mut thinned = Thinned {
            removed: 0,
            ahead: Listed::count_ahead(&all),
            beyond: 0,
        };
        let mut here = Vec::with_capacity(all.len());
        for (one, kept) in all.iter().zip(retention::kept(&noted::as_made(&all), now)) {
            let is_beyond = match (of, &one.head) {
                (Some(store), Some(head)) if head.step.0 > 0 => {
                    store.hash_of(head.step)?.as_ref() != Some(&head.hash)
                }
                _ => false,
            };
            thinned.beyond += usize::from(is_beyond);
            let stays = kept || is_beyond || just_made == Some(&*one.path);
            if stays || fs::remove_file(&one.path).is_err() {
                here.push(&*one.path);
            } else {
                thinned.removed += 1;
            }
        }
        if !self.read_only {
            self.forget_heads_but(code, &here)?;
        }
        Ok(thinned)
    }

    /// Opens a backup, and tells whether its school is on this desk. Without a phrase the desk's own is tried.
    ///
    /// # Errors
    /// As [`Copied::open`]; [`Error::OtherSchool`] where this desk's school of that code is another one's file.
    pub fn open_backup(&self, path: &Path, phrase: Option<&str>) -> Result<(Copied, bool)> {
        let own;
        let phrase = if let Some(phrase) = phrase {
            phrase
        } else {
            own = self.backup_phrase()?;
            &own
        };
        let copied = Copied::open(path, phrase)?;
        let code = copied.manifest.school.code.clone();
        match self.entered(&code) {
            Ok(known) if known.keys.journal == copied.journal => Ok((copied, true)),
            Ok(_) => Err(Error::OtherSchool { code }),
            Err(Error::NoSuchSchool { .. }) => Ok((copied, false)),
            Err(error) => Err(error),
        }
    }

    /// Opens a backup and tells what putting it back would take away; changes nothing.
    ///
    /// # Errors
    /// As [`Desk::open_backup`].
    pub fn rehearse(&self, path: &Path, phrase: Option<&str>) -> Result<Rehearsal> {
        let (copied, known) = self.open_backup(path, phrase)?;
        let found = known.then(|| self.apart(&copied)).flatten();
        let (lost, gained, drafts, seen) = match found {
            Some(apart) => (Some(apart.lost), apart.gained, apart.drafts, apart.seen),
            None => (None, 0, 0, None),
        };
        Ok(Rehearsal {
            copied,
            lost,
            drafts,
            seen,
            gained,
            known,
        })
    }

    /// What the present file holds beyond the last step it has in common with a backup, newest first, and how many changes
    /// the backup holds beyond that step; none where the file cannot be read.
    fn apart(&self, copied: &Copied) -> Option<Apart> {
        let store = self.open_school(&copied.manifest.school.code).ok()?;
        let common = store.last_in_common(&copied.conn).ok()?;
        let lost = store.history_after(common).ok()?;
        let gained = lineage::changes_after(&copied.conn, common).ok()?;
        Some(Apart {
            lost,
            gained,
            drafts: store.begun().ok()?.len(),
            seen: Some(store.seen.newest()),
        })
    }

    /// Refuses to put a backup back where the present file went on after somebody was told what that would take away.
    fn refuse_gone_on(&self, rehearsal: &Rehearsal) -> Result<()> {
        let code = &rehearsal.copied.manifest.school.code;
        let Some(seen) = &rehearsal.seen else {
            return Ok(());
        };
        // One that cannot be opened any more did not go on.
        let Ok(store) = self.open_alone(code) else {
            return Ok(());
        };
        let drafts = store.begun().map_or(rehearsal.drafts, |all| all.len());
        if store.seen.newest() != *seen || drafts != rehearsal.drafts {
            return Err(meanwhile(code, "put back"));
        }
        Ok(())
    }

    /// Puts a backup in a school's place. The present file is set aside under another name, never overwritten; gives
    /// that name, when there was a file.
    ///
    /// # Errors
    /// [`Error::InUse`] while another session has the school open. What was there stays until the backup is in its place.
    pub fn restore(&mut self, rehearsal: &Rehearsal) -> Result<Option<PathBuf>> {
        let copied = &rehearsal.copied;
        let school = &copied.manifest.school;
        let _alone = self.take(&school.code, Wait::ToReplace)?;
        if let Some(day) = self.handed_over(&school.code)? {
            let code = school.code.clone();
            return Err(Error::HandedOver { code, day });
        }
        if !rehearsal.known {
            self.refuse_known(&school.code)?;
        }
        self.refuse_gone_on(rehearsal)?;
        let path = self.places.school(&school.code);
        finish(&path)?;
        // Under the key the desk has for it: the one the copy was made under may be known elsewhere.
        let keys = Keys {
            file: if rehearsal.known {
                self.entered(&school.code)?.keys.file
            } else {
                file::random_key()?
            },
            journal: copied.journal.clone(),
        };
        // The school will be where this backup left it: what is changed from then on is not backed up. Should the restore
        // fail after this, one backup too many is made, and none too few.
        self.note_backed_up(&school.code, &copied.manifest)?;
        let moment = sys::clock::local(copied.manifest.made_at).format("%-d %b %Y %H:%M");
        let newest = RefCell::default();
        let make = |new: &Path| {
            copied.put(new, &keys.file)?;
            let author = self.author.clone();
            // Of an older format: the copy itself is the backup.
            let mut store = Store::open(new, &keys, &school.code, author, |_| Ok(None))?;
            store.record_access(&format!("Restore the backup of {moment}"))?;
            newest.replace(store.seen.newest());
            store.close(new)
        };
        self.put_in_place(&path, make, || {
            if !rehearsal.known {
                self.told(self.enter(school, &keys))?;
            }
            let before = self.entered(&school.code)?.seen;
            self.note_newest(&school.code, &newest.borrow())?;
            let aside = set_aside(&path, &keys.file);
            if aside.is_err() {
                self.note_newest(&school.code, &before)?;
            }
            aside
        })
    }
}

/// Gives the present file another name, all of its WAL brought into it first.
fn set_aside(path: &Path, key: &RawKey) -> Result<Option<PathBuf>> {
    if !path.exists() {
        return Ok(None);
    }
    // Another program, or a sendesk that knows no locks, would go on writing to the file set aside. A damaged file is
    // nobody's.
    if let Ok(false) = file::is_alone(path, key, &schema::SCHOOL) {
        let code = path.file_stem().unwrap_or_default().to_string_lossy();
        return Err(Error::InUse {
            code: code.into_owned(),
        });
    }
    let aside = free(|stamp| with_end(path, &format!(".aside-{stamp}")));
    let mut moved = Vec::new();
    // What lies beside the file goes first, and its names last before the file's own goes, and that before another file
    // takes it: else a power cut could leave the other one beside this one's log, or in its stead.
    let mut away = |ends: &[&str]| -> Result<()> {
        for end in ends {
            let (from, to) = (with_end(path, end), with_end(&aside, end));
            if from.exists() {
                delay::at(Point::Rename);
                fs::rename(&from, &to).map_err(|error| Error::io(&from, error))?;
                moved.push((from, to));
            }
        }
        sync_folder(path.parent().unwrap_or(path))
    };
    if let Err(error) = away(&["-wal", "-shm", "-journal"]).and_then(|()| away(&[""])) {
        let back = moved
            .iter()
            .rev()
            .all(|(from, to)| fs::rename(to, from).is_ok());
        // What cannot be moved back lies aside whole, so that the other may take its place.
        if back || path.exists() {
            return Err(error);
        }
    }
    Ok(Some(aside))
}

/// A name with the moment in it that nothing has yet: two may be made within a second.
fn free(named: impl Fn(&str) -> PathBuf) -> PathBuf {
    let mut at = sys::clock::local(sys::clock::utc_now());
    loop {
        let path = named(&at.format(STAMP).to_string());
        if !path.exists() {
            return path;
        }
        at += TimeDelta::seconds(1);
    }
}

/// The setting that notes how far a school is backed up.
pub(super) fn noted(code: &str) -> String {
    format!("backup.{code}")
}

#[cfg(test)]
mod tests;
