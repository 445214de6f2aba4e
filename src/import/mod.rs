//! Reads the school office's files: bytes in, a [`Batch`] out. Knows no file, no clock and no store.
//!
//! A file of the wrong kind is an [`Error`]; a bad row never is. What a reader decided (encoding, delimiter,
//! heading to field, the order of dates) is in [`Batch::shape`], so that it can be shown before anything is written.

mod cell;
mod csv;
mod date;
mod decode;
mod dialect;
mod error;
mod group;
mod heading;
mod mend;
mod name;
mod record;
mod remark;
mod row;
mod shape;
#[cfg(test)]
mod tests;

use crate::domain::batch::Batch;
use chrono::NaiveDate;
pub use error::Error;

/// A file may have so many megabytes.
const MOST_MEGABYTES: usize = 50;

/// What the user adds to what the file says.
#[derive(Debug, Clone)]
pub struct Options {
    /// `--map`: heading and the name of the field it fills ([`Target::name`]), or `-` or `ignore` to leave it out.
    ///
    /// [`Target::name`]: crate::domain::batch::Target::name
    pub map: Vec<(String, String)>,
    /// The working date: no child is born after it.
    pub today: NaiveDate,
}

/// A reader of one kind of file.
pub trait Importer: Sync {
    /// The kind as `import --json` prints it.
    fn kind(&self) -> &'static str;

    /// True when the first bytes are of this kind.
    fn claims(&self, bytes: &[u8]) -> bool;

    /// Reads the file.
    ///
    /// # Errors
    /// When the file as a whole is no pupil list.
    fn read(&self, bytes: &[u8], file_name: &str, options: &Options) -> Result<Batch, Error>;
}

/// Every reader; exactly one claims a file.
pub const ALL: &[&dyn Importer] = &[&csv::Csv];

/// The reader of a file; `None` when it is of no kind that can be read.
pub fn sniff(bytes: &[u8]) -> Option<&'static dyn Importer> {
    ALL.iter().copied().find(|importer| importer.claims(bytes))
}

/// Reads a file of the office, whatever its kind. Of `file_name` only the last part is kept.
///
/// # Errors
/// When the file as a whole is no pupil list, is too large, or a `--map` cannot be.
pub fn read(bytes: &[u8], file_name: &str, options: &Options) -> Result<Batch, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if bytes.len() > MOST_MEGABYTES * 1024 * 1024 {
        return Err(Error::TooLarge {
            size: bytes.len().div_ceil(1024 * 1024),
            limit: MOST_MEGABYTES,
        });
    }
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    match sniff(bytes) {
        Some(importer) => importer.read(bytes, name, options),
        None => Err(decode::other_kind(bytes).unwrap_or(Error::Binary)),
    }
}
