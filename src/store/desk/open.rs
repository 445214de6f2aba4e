//! Opening the desk's own file and those of its schools, on a full disk too.

use super::detach::is_odd;
use super::lock::{Opening, Wait, beside_others};
use super::tries::Tries;
use super::{Desk, Places, finish, head};
use crate::store::chain::JournalKey;
use crate::store::error::{Error, Result};
use crate::store::file::{self, RawKey};
use crate::store::keyring::{Keyring, key_from_text};
use crate::store::seen::{At, Looked, Moved, Newest};
use crate::store::shape::{Misshapen, Shape};
use crate::store::{Author, Keys, Session, Store, copy, schema};
use crate::sys;
use crate::sys::lock::Held;
use rusqlite::{Connection, OptionalExtension};
use std::cell::Cell;
use zeroize::Zeroizing;

/// What the desk keeps of a school.
pub(super) struct Entered {
    /// Its code as the desk writes it.
    pub code: String,
    pub keys: Keys,
    /// How many failed unlocks its journal knows of.
    pub failed_noted: i64,
    /// The newest step the desk last saw there.
    pub seen: Newest,
}

impl Desk {
    pub(super) fn open(places: &Places, key: &RawKey, keyring: &Keyring) -> Result<Self> {
        let path = places.desk();
        // As it is, before it is brought to this version's format.
        let kept = places.older_desk();
        let open = |opening: &Opening| {
            let before = |conn: &Connection| {
                opening.may_change()?;
                copy::keep_as_it_is(conn, &kept, key, &schema::DESK)
            };
            file::open(&path, key, &schema::DESK, before, |_, _| Ok(()))
        };
        let (share, take) = (|| places.share(), || places.take(Wait::ToOpen));
        let again = || beside_others(&path, share, take, open);
        let ((opened, held), gave_up) = at_need(places, again, |(opened, _)| opened.read_only)?;
        let name = opened
            .conn
            .query_row("SELECT author FROM desk", [], |row| row.get(0))
            .map_err(|error| Error::from(error).on(Some(&path)))?;
        if !keyring.is_demo() && !opened.read_only {
            let _ = sys::reserve::keep(&places.reserve());
        }
        Ok(Self {
            conn: opened.conn,
            places: places.clone(),
            author: Author {
                name,
                login: sys::process::login(),
                working_date: None,
            },
            demo: keyring.is_demo(),
            read_only: opened.read_only,
            failed_unlocks: Tries::read(places).failed(keyring),
            gave_up: Cell::new(gave_up),
            session: file::random().map_or_else(
                |_| Session::default(),
                |name| Session::new(places.sessions(), *name),
            ),
            at: Box::new(At::of(&path)?),
            told_lost: Cell::new(false),
            _held: held,
        })
    }

    /// True when every page of the desk's own file is there and hangs together, and the key of every school can be read.
    pub fn is_whole(&self) -> bool {
        let keys = |entry: &super::SchoolEntry| self.row_of(&entry.school.code).is_ok();
        let whole = file::hangs_together(&self.conn);
        matches!(whole, Ok(true)) && self.all_schools().is_ok_and(|all| all.iter().all(keys))
    }

    /// Which run of the program the desk is open in: the same across a lock.
    pub fn session(&self) -> Session {
        self.session.clone()
    }

    /// Tells that it is open in a run that had it open before, whose drafts are its own.
    pub fn set_session(&mut self, session: Session) {
        self.session = session;
    }

    /// What in the desk's own file is not as this program builds it.
    pub fn misshapen(&self) -> Result<Vec<Misshapen>> {
        let shape = Shape::of(&schema::DESK, schema::DESK.version(), "")?;
        let odd = shape.differences(&self.conn);
        odd.map_err(|error| error.on(Some(&self.places.desk())))
    }

    /// What to say, once, where the desk's own file or that of its keys was removed or exchanged while it is open: without them
    /// no school opens again.
    pub fn newly_lost(&self) -> Option<String> {
        let (desk, keys) = (self.places.desk(), self.places.keys());
        let lost = match self.at.look(&self.conn) {
            Ok(Looked::Moved(moved)) => Some((desk, moved.told())),
            _ => (!keys.exists()).then(|| (keys, Moved::Removed.told())),
        };
        let (path, how) = lost.filter(|_| !self.told_lost.replace(true))?;
        Some(format!(
            "{} {how}. Without it no school of this desk opens again: put it back before you lock or leave, and make a \
             backup of each school first.",
            path.display()
        ))
    }

    /// True where the disk was so full that the room kept in reserve was given up to open a file.
    pub fn gave_up_reserve(&self) -> bool {
        self.gave_up.get()
    }

    /// Opens a school's file, and notes in its journal the unlocks that have failed since it was last opened.
    ///
    /// # Errors
    /// [`Error::NoSuchSchool`], [`Error::Missing`], [`Error::Damaged`], [`Error::Newer`], [`Error::NoPermission`]. A file of
    /// an older format is backed up before it is brought to this one; where that fails it stays as it was.
    pub fn open_school(&self, code: &str) -> Result<Store> {
        let code = self.code_of(code)?;
        let path = self.places.school(&code);
        let (share, take) = (|| self.share(&code), || self.take(&code, Wait::ToOpen));
        let open = |opening: &Opening| self.open_file(&code, opening);
        let again = || beside_others(&path, share, take, open);
        let is_read_only = |((store, _), _): &((Store, Entered), Held)| store.read_only;
        let (((mut store, known), held), gave_up) = at_need(&self.places, again, is_read_only)?;
        store.held = held;
        self.settle_in(store, &known, gave_up)
    }

    /// The same for somebody who has the school alone already.
    pub(super) fn open_alone(&self, code: &str) -> Result<Store> {
        let code = self.entered(code)?.code;
        finish(&self.places.school(&code))?;
        let again = || self.open_file(&code, &Opening::alone());
        let ((store, known), gave_up) = at_need(&self.places, again, |(store, _)| store.read_only)?;
        self.settle_in(store, &known, gave_up)
    }

    /// Opens the file of a school that is held. What the desk says of it is read only now: it may have been erased or
    /// replaced just before.
    fn open_file(&self, code: &str, opening: &Opening) -> Result<(Store, Entered)> {
        let known = self.entered(code)?;
        let before = |conn: &Connection| {
            opening.may_change()?;
            self.back_up_older(conn, &known)?;
            Ok(Some("Make a backup before the new format"))
        };
        let path = self.places.school(&known.code);
        let store = Store::open(&path, &known.keys, &known.code, self.author.clone(), before)?;
        Ok((store, known))
    }

    /// Tells a school that was opened what the desk knows of it, and its journal what it does not know.
    fn settle_in(&self, mut store: Store, known: &Entered, gave_up: bool) -> Result<Store> {
        let code = &known.code;
        store.behind = head::held_against(&store, &known.seen)?;
        self.gave_up.set(self.gave_up.get() || gave_up);
        store.reserve = Some(self.places.reserve());
        store.handed_over.set(self.handed_over(code)?);
        store.set_my_days(self.my_days(code)?);
        store.session = self.session.clone();
        // What cannot be taken in stays where it is, and doctor names it.
        store.unread_kept = store.take_in_kept().is_err();
        let failed = self.failed_unlocks - known.failed_noted;
        if failed != 0 && !self.read_only && !store.is_read_only() {
            self.note_failed(&mut store, code)?;
        }
        Ok(store)
    }

    /// As [`Desk::row_of`], of a school that is worked on here.
    pub(super) fn entered(&self, code: &str) -> Result<Entered> {
        let row = self.row_of(code)?;
        if is_odd(&row.code) {
            return Err(Error::OddCode { code: row.code });
        }
        match self.detached(&row.code)? {
            Some(day) => Err(Error::Detached {
                code: row.code,
                day,
            }),
            None => Ok(row),
        }
    }

    /// A school's code as the desk writes it.
    fn code_of(&self, code: &str) -> Result<String> {
        let upper = code.trim().to_ascii_uppercase();
        let sql = "SELECT code FROM school WHERE code IN (?1, ?2) ORDER BY code <> ?1 LIMIT 1";
        let found = self
            .told(self.conn.prepare_cached(sql))?
            .query_row([code, &upper], |row| row.get(0))
            .optional();
        let found: Option<String> = self.told(found)?;
        match found {
            Some(code) if is_odd(&code) => Err(Error::OddCode { code }),
            Some(code) => Ok(code),
            None => Err(Error::NoSuchSchool { code: upper }),
        }
    }

    /// What the desk keeps of a school.
    pub(super) fn row_of(&self, code: &str) -> Result<Entered> {
        let upper = code.trim().to_ascii_uppercase();
        // As it stands first: a code from before codes were held to capitals is found too.
        let sql = "SELECT raw_key, journal_key, failed_noted, head, head_hash, code FROM school
                   WHERE code IN (?1, ?2) ORDER BY code <> ?1 LIMIT 1";
        let found = self
            .told(self.conn.prepare_cached(sql))?
            .query_row([code, &upper], |row| {
                let text = |text: Option<String>| text.map(Zeroizing::new);
                let seen = Newest {
                    id: row.get(3)?,
                    hash: row.get(4)?,
                };
                let keys = (text(row.get(0)?), text(row.get(1)?));
                Ok((keys, row.get(2)?, seen, row.get(5)?))
            })
            .optional();
        let Some(((file, journal), failed_noted, seen, code)) = self.told(found)? else {
            return Err(Error::NoSuchSchool { code: upper });
        };
        let keys = || {
            let file = key_from_text(&file?)?;
            let journal = match journal {
                Some(text) => JournalKey::from_text(&text)?,
                None => JournalKey::of_file(&file),
            };
            Some(Keys { file, journal })
        };
        let keys = keys().ok_or_else(|| Error::Damaged {
            path: self.places.desk(),
        })?;
        Ok(Entered {
            code,
            keys,
            failed_noted,
            seen,
        })
    }
}

/// Opens a file; where it cannot be opened to be written on a disk so full that `SQLite` cannot even make the files beside
/// a database, gives up the reserve and tries again. Tells whether it did.
fn at_need<T>(
    places: &Places,
    mut open: impl FnMut() -> Result<T>,
    is_read_only: impl Fn(&T) -> bool,
) -> Result<(T, bool)> {
    let first = open();
    let wants = first.as_ref().map_or_else(Error::wants_room, is_read_only);
    let free = sys::file::free_bytes(&places.data);
    let is_full = free.is_some_and(|free| free < sys::reserve::BYTES as u64);
    if wants && is_full && sys::reserve::give_up(&places.reserve()) {
        drop(first);
        return Ok((open()?, true));
    }
    Ok((first?, false))
}

#[cfg(test)]
impl Desk {
    /// The keys of a school on this desk.
    pub(in crate::store) fn keys_of(&self, code: &str) -> Keys {
        self.row_of(code).unwrap().keys
    }
}
