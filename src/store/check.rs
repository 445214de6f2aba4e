//! Is a school's file sound? Its shape, its pages, its references, its indexes of words, every record against the journal,
//! and the journal itself.

use super::error::{Error, Result};
use super::records::{Records, Stray};
use super::schema::SCHOOL;
use super::shape::{self, Misshapen, Shape};
use super::{Store, file};
use crate::domain::id::StepId;
use rusqlite::{Connection, ErrorCode};

/// The indexes of words.
const WORDS: [&str; 2] = ["contact_words", "contact_pupil_words"];

/// So many records are named; of the rest the number is told.
const NAMED: usize = 200;

/// What is wrong with a file, and what that means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsound {
    /// The file is not built as this program builds it.
    Shape(Misshapen),
    /// Pages are damaged or do not hang together.
    Pages,
    /// A row of this table names one that is not there, so many times.
    Dangling(String, i64),
    /// An index of words does not fit its rows; it can be made anew.
    Words(&'static str),
    /// A record is not as the history has it.
    Record(Stray),
    /// So many more are not either.
    MoreRecords(usize),
    /// Something could not be held against anything: this.
    NotHeld(String),
    /// The journal does not hold from this step on: it was changed outside the program.
    Journal(StepId),
}

impl std::fmt::Display for Unsound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Shape(odd) => write!(f, "The file is not built as sendesk builds it: {odd}."),
            Self::Pages => write!(f, "Pages of the file are damaged."),
            Self::Dangling(table, count) => {
                write!(
                    f,
                    "{count} of the rows of {table} belong to something that is not there."
                )
            }
            Self::Words(index) => write!(f, "The index of words {index} does not fit its rows."),
            Self::Record(stray) => write!(f, "A record is not what the history says: {stray}."),
            Self::MoreRecords(count) => {
                write!(
                    f,
                    "Beyond those named, {count} records are not what the history says."
                )
            }
            Self::NotHeld(what) => write!(f, "Not all of it could be checked: {what}"),
            Self::Journal(step) => write!(f, "The history does not hold from step {step} on."),
        }
    }
}

impl Store {
    /// Holds the whole file against itself; takes a second for each 100 MB.
    ///
    /// # Errors
    /// When the file cannot be read as far as that.
    pub fn check(&self) -> Result<Vec<Unsound>> {
        self.read(|conn| {
            let shape = Shape::of(&SCHOOL, SCHOOL.version(), "")?;
            let odd = shape.differences(conn)?;
            let mut found: Vec<Unsound> = odd.into_iter().map(Unsound::Shape).collect();
            let held = self
                .hold_pages(conn, &mut found)
                .and_then(|()| self.hold_records(conn, &shape, &mut found));
            match held {
                // In a file that is built otherwise a question may have no answer; what was found is told all the same.
                Err(Error::Sqlite(error)) if matches!(found.first(), Some(Unsound::Shape(_))) => {
                    found.push(Unsound::NotHeld(Error::Sqlite(error).to_string()));
                }
                other => other?,
            }
            Ok(found)
        })
    }

    /// A look at an opening: is the file built as ours, and does the newest step hold? Whatever else is wrong is for
    /// [`Store::check`] to find, and a file that cannot be read so far tells by itself.
    pub(super) fn look(&self) -> Vec<Unsound> {
        let look = |conn: &Connection| -> Result<Vec<Unsound>> {
            let mut found = Vec::new();
            if SCHOOL.seal() != Some(&*shape::seal(conn)?) {
                let shape = Shape::of(&SCHOOL, SCHOOL.version(), "")?;
                let odd = shape.differences(conn)?;
                found.extend(odd.into_iter().map(Unsound::Shape));
            }
            found.extend(self.chain.head(conn)?.map(Unsound::Journal));
            Ok(found)
        };
        match look(&self.conn).map_err(|error| error.on(self.path())) {
            Ok(found) => found,
            Err(Error::Damaged { .. }) => vec![Unsound::Pages],
            Err(error) => vec![Unsound::NotHeld(error.to_string())],
        }
    }

    /// What the look at the opening found, as a sentence that says what to do; `None` for a file that is sound so far and goes
    /// on from what the desk last saw of it.
    pub fn notice(&self) -> Option<String> {
        let code = &self.code;
        let Some(first) = self.noticed.first() else {
            let unread = || {
                self.unread_kept.then(|| {
                    format!(
                        "{code}: words kept beside its file while that was gone cannot be read, and stay there: sendesk \
                         doctor tells more."
                    )
                })
            };
            let behind = self.behind();
            return behind
                .map(|behind| format!("{code}: {}", behind.told()))
                .or_else(unread);
        };
        let more = match self.noticed.len() - 1 {
            0 => "",
            _ => " And that is not all.",
        };
        Some(format!(
            "{code}: {first}{more} Somebody changed it outside sendesk: see sendesk doctor before you rely on it."
        ))
    }

    fn hold_pages(&self, conn: &Connection, found: &mut Vec<Unsound>) -> Result<()> {
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
            let sql = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
            match conn.execute(&sql, []) {
                Ok(_) => {}
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => {
                    found.push(Unsound::Words(index));
                }
                // Busy, or no room: nothing is told of the index.
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Walks the journal once, then reads every table once, all of one moment: others may save meanwhile.
    fn hold_records(
        &self,
        conn: &Connection,
        shape: &Shape,
        found: &mut Vec<Unsound>,
    ) -> Result<()> {
        let reading = conn.is_autocommit().then(|| conn.unchecked_transaction());
        let reading = reading.transpose()?;
        let mut records = Records::new();
        let broken = self.chain.walk(conn, |image| records.note(image))?;
        if let (Some(step), None) = (records.unknown, broken) {
            let what = format!("step {step} touched a table that this program does not know.");
            found.push(Unsound::NotHeld(what));
        }
        let mut more = 0;
        let mut named = 0;
        records.hold(conn, &self.chain, shape, |told| match told {
            Ok(stray) if named < NAMED => {
                named += 1;
                found.push(Unsound::Record(stray));
            }
            Ok(_) => more += 1,
            Err(table) => found.push(Unsound::NotHeld(format!("the rows of {table}."))),
        })?;
        if more > 0 {
            found.push(Unsound::MoreRecords(more));
        }
        found.extend(broken.map(Unsound::Journal));
        if let Some(reading) = reading {
            reading.finish()?;
        }
        Ok(())
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
