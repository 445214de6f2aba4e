//! What an add line makes, saved.

use super::Writer;
use super::error::Result;
use crate::domain::add_line::Entry;
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, TaskId};

impl Writer<'_> {
    /// Adds what a line makes, and gives the number of the contact, or of each task.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn capture(&mut self, entry: &Entry) -> Result<Vec<i64>> {
        let mut made = Vec::with_capacity(entry.records.len());
        for values in &entry.records {
            let id = self.add(entry.kind, values)?;
            made.push(id);
            match entry.kind {
                Kind::Contact => {
                    for (pupil, words) in &entry.words_of {
                        self.say_of(ContactId(id), *pupil, words)?;
                    }
                    if entry.urgent
                        && let Some(task) = self.follow_up_of(ContactId(id))?
                    {
                        self.set_urgent(task, true)?;
                    }
                }
                _ if entry.urgent => self.set_urgent(TaskId(id), true)?,
                _ => {}
            }
        }
        Ok(made)
    }
}
