//! Is a school's file sound? Its pages, its references, its indexes of words, its journal.

use super::error::Result;
use super::{Store, file};
use crate::domain::id::StepId;
use rusqlite::ErrorCode;

/// The indexes of words.
const WORDS: [&str; 2] = ["contact_words", "contact_pupil_words"];

/// What is wrong with a file, and what that means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsound {
    /// Pages are damaged or do not hang together.
    Pages,
    /// A row of this table names one that is not there, so many times.
    Dangling(String, i64),
    /// An index of words does not fit its rows; it can be made anew.
    Words(&'static str),
    /// The journal does not hold from this step on: it was changed outside the program.
    Journal(StepId),
}

impl Store {
    /// Holds the whole file against itself; takes a second for each 100 MB.
    ///
    /// # Errors
    /// When the file cannot be read as far as that.
    pub fn check(&self) -> Result<Vec<Unsound>> {
        let mut found = self.read(|conn| {
            let mut found = Vec::new();
            if !file::hangs_together(conn)? {
                found.push(Unsound::Pages);
            }
            let mut dangling = conn.prepare(
                "SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY \"table\"",
            )?;
            let mut dangling = dangling.query([])?;
            while let Some(row) = dangling.next()? {
                found.push(Unsound::Dangling(row.get(0)?, row.get(1)?));
            }
            for index in WORDS.into_iter().filter(|_| !self.read_only) {
                // With a rank, the index is held against the rows it is of.
                let sql =
                    format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
                match conn.execute(&sql, []) {
                    Ok(_) => {}
                    Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => {
                        found.push(Unsound::Words(index));
                    }
                    // Busy, or no room: nothing is told of the index.
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(found)
        })?;
        if let Some(step) = self.verify()? {
            found.push(Unsound::Journal(step));
        }
        Ok(found)
    }

    /// Makes the indexes of words anew from the rows they are of. Nothing can be lost by it.
    ///
    /// # Errors
    /// [`super::Error::ReadOnly`], [`super::Error::Full`].
    pub fn index_words_anew(&mut self) -> Result<()> {
        self.apart(|conn| {
            for index in WORDS {
                conn.execute(
                    &format!("INSERT INTO {index} ({index}) VALUES ('rebuild')"),
                    [],
                )?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests;
