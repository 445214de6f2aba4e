//! What only the fault scripts ask: what a school's file holds, told by digests, and keys that cost nothing.

use super::error::Result;
use super::{Store, journal};

/// True where keys are to cost nothing, so that a test of many tries does not take a day: `SENDESK_SELFTEST_CHEAP_KEYS=1`.
#[cfg(any(debug_assertions, feature = "selftest"))]
pub(super) fn wants_cheap_keys() -> bool {
    static ASKED: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    *ASKED.get_or_init(|| {
        std::env::var_os("SENDESK_SELFTEST_CHEAP_KEYS").is_some_and(|asked| asked == "1")
    })
}

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

#[cfg(test)]
impl Store {
    /// What somebody with the key does: no step, and no rule of the store.
    pub(crate) fn change_unseen(&self, sql: &str) {
        self.conn.execute_batch(sql).unwrap();
    }
}
