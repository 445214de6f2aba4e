//! What only the fault scripts ask of a school's file: is it sound, and what does it hold.

use super::error::Result;
use super::{Store, journal};

/// The indexes of words.
const WORDS: [&str; 2] = ["contact_words", "contact_pupil_words"];

impl Store {
    /// What is wrong with the file, a sentence each: its pages, its references, its indexes of words, its journal.
    ///
    /// # Errors
    /// When the file cannot be read as far as that.
    pub fn faults(&self) -> Result<Vec<String>> {
        let mut faults = self.read(|conn| {
            let mut faults = Vec::new();
            let mut pages = conn.prepare("PRAGMA integrity_check")?;
            let mut pages = pages.query([])?;
            while let Some(row) = pages.next()? {
                let told: String = row.get(0)?;
                if told != "ok" {
                    faults.push(format!("Page check: {told}."));
                }
            }
            let mut dangling =
                conn.prepare("SELECT \"table\", parent FROM pragma_foreign_key_check")?;
            let mut dangling = dangling.query([])?;
            while let Some(row) = dangling.next()? {
                let (table, parent): (String, String) = (row.get(0)?, row.get(1)?);
                faults.push(format!("A row of {table} names none of {parent}."));
            }
            for index in WORDS.iter().filter(|_| !self.read_only) {
                // With a rank, the index is held against the rows it is of.
                let sql =
                    format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
                if let Err(fault) = conn.execute(&sql, []) {
                    faults.push(format!("{index} does not fit its rows: {fault}."));
                }
            }
            Ok(faults)
        })?;
        if let Some(step) = self.verify()? {
            faults.push(format!("The journal is not sound from {step} on."));
        }
        Ok(faults)
    }

    /// Each table with a digest of its rows, and the journal with the number of its steps.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn contents(&self) -> Result<Vec<(&'static str, String)>> {
        let steps: i64 = self.read(|conn| {
            Ok(conn.query_row("SELECT count(*) FROM journal_step", [], |row| row.get(0))?)
        })?;
        let mut contents = vec![("journal_step", steps.to_string())];
        for table in journal::JOURNALLED {
            let mut digest = self.chain.digest(&self.dump(table.name)?);
            digest.truncate(16);
            contents.push((table.name, digest));
        }
        Ok(contents)
    }
}
