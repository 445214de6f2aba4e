//! What can happen to the desk from outside: a key, a paste, a new size, another session's save, a job's answer.

use super::key::Key;
use chrono::NaiveDate;

/// Something the desk is told.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed (or repeats).
    Key(Key),
    /// Text was pasted: always text, never commands.
    Paste(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// The school's file may have been changed by another session.
    Changed,
    /// Nothing was typed for a moment: drafts are stored.
    Pause,
    /// Nothing was typed for the idle time: the desk locks.
    Idle,
    /// A new day began.
    Day(NaiveDate),
    /// A worker's answer.
    Job(Box<super::job::Message>),
    /// The terminal or the system asks the program to end.
    Quit,
}
