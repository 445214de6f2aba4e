//! What only the fault scripts ask of a school's file: what does it hold, told by digests.

use super::error::Result;
use super::{Store, journal};

impl Store {
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
