//! A file from elsewhere is a stranger's, also where its passphrase is right: whoever gave that could have made it.
//!
//! It is opened to be read only, with nothing in it run and no file beside it looked at, and nothing is read through its
//! tables before they are known to be ours, object by object.

use super::error::{Error, Result};
use super::schema::Ladder;
use super::shape::Shape;
use crate::domain::school::{self, School, SchoolFault};
use crate::domain::text;
use crate::sys;
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode};
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The largest file that is taken: twenty times what 100,000 children and ten years make.
const LARGEST: u64 = 8 * 1024 * 1024 * 1024;

/// The page of every file of ours.
const PAGE: u64 = 4096;

/// The longest row that is read, in bytes.
const LONGEST_ROW: i32 = 64 * 1024 * 1024;

/// The longest name of a school, in characters.
const LONGEST_NAME: usize = 1_000;

/// The longest text a copy says of itself.
const LONGEST_SAYING: usize = 200;

/// A refusal: nothing was done with the file.
pub(super) fn refuse(path: &Path, why: impl Into<String>) -> Error {
    Error::Unfit {
        path: path.to_owned(),
        why: why.into(),
    }
}

/// Looks at a file from outside: is there anything to open?
///
/// # Errors
/// [`Error::NotADesk`] for what is no encrypted file, [`Error::Unfit`] for one of no size that ours could have.
pub(super) fn look(path: &Path) -> Result<()> {
    let not_ours = || Error::NotADesk {
        path: path.to_owned(),
    };
    let mut head = [0; 16];
    // Opening a device or a pipe may never end.
    let opened = sys::read::open_regular(path);
    let (mut file, found) = opened.map_err(|error| match error.kind() {
        ErrorKind::IsADirectory | ErrorKind::InvalidInput => refuse(path, error.to_string()),
        _ => Error::io(path, error),
    })?;
    match file.read_exact(&mut head) {
        Ok(()) if head == *b"SQLite format 3\0" => return Err(not_ours()),
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Err(not_ours()),
        Err(error) => return Err(Error::io(path, error)),
    }
    if found.len() > LARGEST {
        return Err(refuse(path, "it is larger than any file of sendesk (8 GB)"));
    }
    Ok(())
}

/// Makes a connection trust nothing in its file: no trigger and no view runs, functions that a schema calls are held to
/// the harmless ones, nothing is attached, no row is longer than any of ours, and a page is looked at before it is used.
pub(super) fn guard(conn: &mut Connection) -> Result<()> {
    use DbConfig as Set;
    for (set, on) in [
        (Set::SQLITE_DBCONFIG_DEFENSIVE, true),
        (Set::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (Set::SQLITE_DBCONFIG_WRITABLE_SCHEMA, false),
        (Set::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (Set::SQLITE_DBCONFIG_ENABLE_VIEW, false),
    ] {
        conn.set_db_config(set, on)?;
    }
    conn.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_ROW)?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "mmap_size", 0)?;
    conn.authorizer(Some(|context: AuthContext<'_>| match context.action {
        AuthAction::Attach { .. } => Authorization::Deny,
        AuthAction::Unknown { code, .. } if code == rusqlite::ffi::SQLITE_ATTACH => {
            Authorization::Deny
        }
        _ => Authorization::Allow,
    }))?;
    Ok(())
}

/// Holds a guarded file against the ladder: whose it is, its age, its size, then every object of it.
///
/// # Errors
/// [`Error::WrongPhrase`], [`Error::NotADesk`], [`Error::Newer`], [`Error::Unfit`].
pub(super) fn hold(conn: &Connection, path: &Path, ladder: &Ladder, besides: &str) -> Result<i64> {
    let version = match ladder.check(conn, path) {
        // A wrong passphrase and a damaged first page cannot be told apart.
        Err(Error::Sqlite(error)) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            return Err(Error::WrongPhrase {
                path: path.to_owned(),
                odd: None,
            });
        }
        checked => checked?,
    };
    let pages: i64 = conn.pragma_query_value(None, "page_count", |row| row.get(0))?;
    let told = u64::try_from(pages)
        .unwrap_or_default()
        .saturating_mul(PAGE);
    let bytes = fs::metadata(path).map_err(|error| Error::io(path, error))?;
    if told != bytes.len() {
        let why = "it is not as long as it says, so that something was cut off it or added to it";
        return Err(refuse(path, why));
    }
    hold_shape(conn, path, ladder, version, besides)?;
    Ok(version)
}

/// The last part of it, by itself.
pub(super) fn hold_shape(
    conn: &Connection,
    path: &Path,
    ladder: &Ladder,
    version: i64,
    besides: &str,
) -> Result<()> {
    let odd = Shape::of(ladder, version, besides)?.differences(conn)?;
    let Some(first) = odd.first() else {
        return Ok(());
    };
    let more = match odd.len() - 1 {
        0 => String::new(),
        1 => ", and one thing more".to_owned(),
        many => format!(", and {many} things more"),
    };
    let why = format!("it is not built as sendesk builds it ({first}{more})");
    Err(refuse(path, why))
}

/// What a fault of reading means here: the file is none of ours.
pub(super) fn told(error: Error, path: &Path) -> Error {
    match error.on(Some(path)) {
        Error::Sqlite(error) if error.sqlite_error_code() == Some(ErrorCode::TooBig) => {
            refuse(path, "a row in it is longer than any that sendesk writes")
        }
        Error::Sqlite(error) => refuse(
            path,
            format!("it cannot be read as a file of sendesk ({error})"),
        ),
        Error::Damaged { .. } => refuse(path, "what it holds does not pass its own check"),
        error => error,
    }
}

/// Refuses what a copy says of itself where it is no short line.
pub(super) fn hold_saying(path: &Path, name: &str, saying: &str) -> Result<()> {
    if saying.chars().count() > LONGEST_SAYING || text::clean(saying) != saying {
        let why = format!("what it says of itself under {name} is no text of sendesk's");
        return Err(refuse(path, why));
    }
    Ok(())
}

/// Refuses a school whose details are not as sendesk keeps them. Above all its code, which is to become a file's name.
pub(super) fn hold_school(path: &Path, school: &School) -> Result<()> {
    let refused = |what: &str| Err(refuse(path, format!("{what} is none that sendesk gives")));
    if school::read_code(&school.code).as_deref() != Ok(&*school.code) {
        return refused("the code of its school");
    }
    let texts = [Some(&school.name), school.phase.as_ref()];
    let long = |text: &&String| text.chars().count() > LONGEST_NAME;
    if texts.iter().flatten().any(long) {
        return refused("the name of its school");
    }
    // A code that stands for something else now may be an old school's: it is refused where it would be new.
    let code = if school::is_reserved(&school.code) {
        "XX"
    } else {
        &school.code
    };
    let [urn, laestab, phase] = [&school.urn, &school.laestab, &school.phase].map(Option::as_deref);
    let read = School::read(&school.name, code, urn, laestab, phase);
    let read = read.map(|read| School {
        code: school.code.clone(),
        ..read
    });
    match read {
        Ok(read) if read == *school => Ok(()),
        Err(SchoolFault::Urn(_)) => refused("the URN of its school"),
        Err(SchoolFault::Laestab(_)) => refused("the LAESTAB number of its school"),
        _ => refused("the name, number or phase of its school"),
    }
}

#[cfg(test)]
mod tests;
