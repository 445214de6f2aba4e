//! Opening an encrypted file: rights before content, key before anything else, then whose it is and how new.
//!
//! Knows nothing of what the tables mean.

use super::chain::hex;
use super::error::{Error, Result};
use super::schema::Ladder;
use super::stranger;
use crate::domain::passphrase;
use crate::sys;
use crate::sys::delay::{self, Point};
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

/// A file's own random key, on a page of its own that is locked and wiped.
pub(super) type RawKey = sys::memory::Key;

/// An open file.
#[derive(Debug)]
pub(super) struct Opened {
    pub conn: Connection,
    /// True on read-only media, or where the user may only read.
    pub read_only: bool,
}

/// Random bytes from the operating system.
pub(super) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut *bytes).map_err(|_| Error::NoRandom)?;
    Ok(bytes)
}

/// A new random key.
pub(super) fn random_key() -> Result<RawKey> {
    let mut key = RawKey::blank();
    getrandom::fill(&mut *key).map_err(|_| Error::NoRandom)?;
    Ok(key)
}

/// Makes a new file of the newest shape, 0600 before `SQLite` sees it.
///
/// # Errors
/// When something stands in its place, or the folder cannot be written.
pub(super) fn create(path: &Path, key: &RawKey, ladder: &Ladder) -> Result<Connection> {
    drop(sys::file::create_private(path).map_err(|error| Error::io(path, error))?);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let make = || -> Result<Connection> {
        delay::at(Point::Open);
        let conn = Connection::open_with_flags(path, flags)?;
        let mut conn = keyed(conn, key)?;
        conn.pragma_update(None, "journal_mode", "WAL")?;
        settle(&mut conn)?;
        ladder.climb(&conn, |_, _| Ok(()))?;
        Ok(conn)
    };
    make().map_err(|error| error.on(Some(path)))
}

/// Makes a new file under a key, with nothing in it yet: pages are copied into it.
pub(super) fn create_empty(path: &Path, key: &RawKey) -> Result<Connection> {
    keyed(blank(path)?, key).map_err(|error| error.on(Some(path)))
}

/// The same under a passphrase, with `SQLCipher`'s own settings.
pub(super) fn create_locked(path: &Path, phrase: &str) -> Result<Connection> {
    locked(blank(path)?, phrase).map_err(|error| error.on(Some(path)))
}

fn blank(path: &Path) -> Result<Connection> {
    drop(sys::file::create_private(path).map_err(|error| Error::io(path, error))?);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(|error| Error::from(error).on(Some(path)))
}

/// Opens a copy by its passphrase, in each form what was given may have, to be read: as a stranger's, and held against the
/// ladder object by object. `besides` makes what a copy has on top of it.
///
/// # Errors
/// [`Error::WrongPhrase`]; [`Error::NotADesk`] for a file that is not encrypted, or another program's; [`Error::Newer`];
/// [`Error::Unfit`] for one that no sendesk built.
pub(super) fn open_locked(
    path: &Path,
    given: &str,
    ladder: &Ladder,
    besides: &str,
) -> Result<(Connection, i64)> {
    stranger::look(path)?;
    for form in passphrase::forms(given) {
        // SQL ends at a NUL: nothing was ever made under one.
        if form.contains('\0') {
            continue;
        }
        match open_under(path, &form, ladder, besides) {
            Err(Error::WrongPhrase { .. }) => {}
            opened => return opened,
        }
    }
    Err(Error::WrongPhrase {
        path: path.to_owned(),
        odd: passphrase::odd(given),
    })
}

fn open_under(
    path: &Path,
    phrase: &str,
    ladder: &Ladder,
    besides: &str,
) -> Result<(Connection, i64)> {
    // What lies beside the file is not looked at: a copy is one file. Its name must be text for that.
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = match unmoving_name(path) {
        Some(uri) => Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?,
        None => Connection::open_with_flags(path, flags)?,
    };
    stranger::guard(&mut conn)?;
    let conn = locked(conn, phrase)?;
    let version = stranger::hold(&conn, path, ladder, besides);
    version
        .map(|version| (conn, version))
        .map_err(|error| stranger::told(error, path))
}

/// True when every page in use is there and they hang together, those that lie in the WAL still among them.
pub(super) fn hangs_together(conn: &Connection) -> Result<bool> {
    let told: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok(told == "ok")
}

/// The same of a file that has no WAL, and every page of it holds its seal, used or not.
pub(super) fn is_whole(conn: &Connection) -> Result<bool> {
    let broken = conn
        .prepare("PRAGMA cipher_integrity_check")?
        .query([])?
        .next()?
        .is_some();
    Ok(!broken && hangs_together(conn)?)
}

/// A number that moves whenever somebody else wrote to the file.
pub(super) fn version(conn: &Connection) -> Result<i64> {
    Ok(conn
        .prepare_cached("PRAGMA data_version")?
        .query_row([], |row| row.get(0))?)
}

/// A database of the newest shape in memory alone.
pub(super) fn memory(ladder: &Ladder) -> Result<Connection> {
    let mut conn = Connection::open_in_memory()?;
    settle(&mut conn)?;
    ladder.climb(&conn, |_, _| Ok(()))?;
    Ok(conn)
}

/// A database in memory of the shape a ladder had at this rung.
pub(super) fn memory_of(ladder: &Ladder, version: i64) -> Result<Connection> {
    let conn = Connection::open_in_memory()?;
    ladder.climb_to(&conn, version)?;
    Ok(conn)
}

/// Opens a file of ours and brings it to the newest shape, which `note` tells of in the same transaction; nothing is
/// written before its owner and age are known, nor to a file of an older shape before `before` has gone well.
///
/// # Errors
/// When it is missing, damaged, another program's, newer than this program, or cannot be read.
pub(super) fn open(
    path: &Path,
    key: &RawKey,
    ladder: &Ladder,
    before: impl FnOnce(&Connection) -> Result<()>,
    note: impl FnOnce(&Connection, i64) -> Result<()>,
) -> Result<Opened> {
    let (conn, found) = as_it_is(path, key, ladder)?;
    let read_only = conn.is_readonly(rusqlite::MAIN_DB)?;
    if found < ladder.version() {
        if read_only {
            return Err(Error::ReadOnly {
                path: path.to_owned(),
            });
        }
        before(&conn)?;
        ladder
            .climb(&conn, note)
            .map_err(|error| error.on(Some(path)))?;
    }
    Ok(Opened { conn, read_only })
}

/// True while nobody else has the file open; all of its WAL is in it then. Where it can only be read nobody can tell, and
/// nobody here writes to it: true. The file keeps its shape, whatever that is.
///
/// # Errors
/// As [`open`].
pub(super) fn is_alone(path: &Path, key: &RawKey, ladder: &Ladder) -> Result<bool> {
    let (conn, _) = as_it_is(path, key, ladder)?;
    let read_only = conn.is_readonly(rusqlite::MAIN_DB)?;
    // Only the last connection may leave the WAL.
    let alone = read_only || conn.pragma_update(None, "journal_mode", "DELETE").is_ok();
    let back = || -> Result<()> {
        if alone && !read_only {
            conn.pragma_update(None, "journal_mode", "WAL")?;
        }
        conn.close().map_err(|(_, error)| error.into())
    };
    back().map_err(|error| error.on(Some(path)))?;
    Ok(alone)
}

/// Closes the last connection to a file that is to be moved: all of its WAL is in it then, and not only as far as it went.
/// `SQLite` itself closes without a word where that fails.
///
/// # Errors
/// When the WAL cannot be brought in; it stays beside the file.
pub(super) fn close(conn: Connection, path: &Path) -> Result<()> {
    let close = || -> Result<()> {
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        let busy: i64 = conn.query_row(sql, [], |row| row.get(0))?;
        if busy != 0 {
            return Err(Error::Busy);
        }
        conn.close().map_err(|(_, error)| error.into())
    };
    close().map_err(|error| error.on(Some(path)))
}

/// Opens a file of ours in the shape it has, and tells which; nothing is written.
pub(super) fn as_it_is(path: &Path, key: &RawKey, ladder: &Ladder) -> Result<(Connection, i64)> {
    let metadata = fs::metadata(path).map_err(|error| Error::io(path, error))?;
    if !metadata.is_file() {
        return Err(Error::NotADesk {
            path: path.to_owned(),
        });
    }
    if metadata.len() == 0 {
        return Err(Error::Damaged {
            path: path.to_owned(),
        });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = match first_look(path, key, ladder, flags) {
        Err(Error::Sqlite(error)) if wants_to_write(&error) => unmoving(path, key, ladder),
        other => other,
    };
    opened.map_err(|error| error.on(Some(path)))
}

fn first_look(
    path: impl AsRef<Path>,
    key: &RawKey,
    ladder: &Ladder,
    flags: OpenFlags,
) -> Result<(Connection, i64)> {
    let path = path.as_ref();
    delay::at(Point::Open);
    let conn = Connection::open_with_flags(path, flags)?;
    let mut conn = keyed(conn, key)?;
    let found = ladder.check(&conn, path)?;
    settle(&mut conn)?;
    Ok((conn, found))
}

/// True for what `SQLite` says when it cannot make the files beside a WAL database.
fn wants_to_write(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure
        )
    )
}

/// Opens a file as one that nobody can change: no lock, no shared memory beside it. Only where no WAL lies beside it,
/// since the last saves in there would not be seen.
fn unmoving(path: &Path, key: &RawKey, ladder: &Ladder) -> Result<(Connection, i64)> {
    let mut beside = path.as_os_str().to_owned();
    beside.push("-wal");
    if fs::metadata(PathBuf::from(beside)).is_ok_and(|wal| wal.len() > 0) {
        return Err(Error::NoPermission {
            path: path.to_owned(),
        });
    }
    let Some(uri) = unmoving_name(path) else {
        return Err(Error::NoPermission {
            path: path.to_owned(),
        });
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    first_look(uri, key, ladder, flags)
}

/// What `SQLite` is told to open a file by that nobody changes; `None` for a name that is no text.
fn unmoving_name(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    let mut uri = String::from("file:");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push('%');
            uri.push_str(&hex(&[byte]));
        }
    }
    uri.push_str("?immutable=1");
    Some(uri)
}

/// Gives a passphrase, from which `SQLCipher` derives the key.
fn locked(conn: Connection, phrase: &str) -> Result<Connection> {
    let quoted = Zeroizing::new(phrase.replace('\'', "''"));
    let sql = Zeroizing::new(format!(
        "PRAGMA cipher_log_level = NONE; PRAGMA key = '{}';",
        *quoted
    ));
    conn.execute_batch(&sql)?;
    Ok(conn)
}

/// Gives the key. `SQLCipher`'s own log goes to stderr, over the screen, so it is silenced first.
pub(super) fn keyed(conn: Connection, key: &RawKey) -> Result<Connection> {
    let digits = Zeroizing::new(hex(&**key));
    let sql = Zeroizing::new(format!(
        "PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{}'\";",
        *digits
    ));
    conn.execute_batch(&sql)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    Ok(conn)
}

/// How every connection of ours behaves. FULL, since in WAL mode NORMAL loses the last saves when the power goes;
/// content that is deleted is overwritten; nothing spills to temporary files; functions in a file's own schema are
/// not trusted; a row that is replaced counts as deleted, for guards and journal; no other file is ever attached.
fn settle(conn: &mut Connection) -> Result<()> {
    conn.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; 
         PRAGMA trusted_schema = OFF; PRAGMA recursive_triggers = ON;",
    )?;
    conn.pragma_update(None, "cache_size", -CACHE_KIB)?;
    conn.set_prepared_statement_cache_capacity(160);
    // A plan does not hang on the values bound: otherwise statements with a join are made anew at every run.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.authorizer(Some(|context: AuthContext<'_>| match context.action {
        AuthAction::Attach { filename } if !filename.is_empty() => Authorization::Deny,
        // The name is an expression, so what it names is not known yet.
        AuthAction::Unknown { code, .. } if code == rusqlite::ffi::SQLITE_ATTACH => {
            Authorization::Deny
        }
        _ => Authorization::Allow,
    }))?;
    Ok(())
}

/// Pages a connection keeps in memory, in KiB: what a desk needs, and what a change of very many rows does not write
/// twice with.
const CACHE_KIB: i64 = 16 * 1024;
const LARGE_CACHE_KIB: i64 = 128 * 1024;

/// While it lives the connection may keep more pages in memory; then they are given back.
pub(super) struct Room<'a>(&'a Connection);

impl<'a> Room<'a> {
    pub(super) fn make(conn: &'a Connection) -> Result<Self> {
        conn.pragma_update(None, "cache_size", -LARGE_CACHE_KIB)?;
        Ok(Self(conn))
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        // A setting of the connection alone: where it fails nothing is lost.
        let _ = self.0.pragma_update(None, "cache_size", -CACHE_KIB);
    }
}

/// Most bytes of a path, from the root on and without links, that `SQLite` opens: its `MAX_PATHNAME` of 512, less what it
/// adds for the files beside it.
const LONGEST: usize = 504;

/// Where a path is longer than the database takes: that is why it was not opened.
pub(super) fn too_long(path: &Path) -> Option<Error> {
    let whole = std::path::absolute(path).ok()?;
    let real = whole.parent().and_then(|folder| folder.canonicalize().ok());
    let real = real.and_then(|folder| Some(folder.join(whole.file_name()?)));
    let bytes = |path: &Path| path.as_os_str().len();
    let length = bytes(&whole).max(real.as_deref().map_or(0, bytes));
    (length > LONGEST).then(|| Error::TooLong {
        path: path.to_owned(),
        length,
        most: LONGEST,
    })
}

#[cfg(test)]
mod tests;
