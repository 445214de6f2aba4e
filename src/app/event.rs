//! What can happen to the desk from outside (a key, a paste, a new size, another session's save, a job's answer), and
//! what it can ask of the outside.

use super::key::Key;
use chrono::NaiveDate;

/// Something the desk is told.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed (or repeats).
    Key(Key),
    /// Text was pasted: always text, never commands.
    Paste(String),
    /// Keys that came all at once as no hand sends them: a paste the terminal did not mark. Text too, and why is said.
    Stray(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// The school's file may have been changed by another session.
    Changed,
    /// Nothing was typed for a moment: drafts are stored.
    Pause,
    /// Something typed has not been stored for a while, for typing goes on: drafts are stored.
    Keep,
    /// Nothing was typed for the idle time: the desk locks.
    Idle,
    /// A new day began.
    Day(NaiveDate),
    /// A worker's answer.
    Job(Box<super::job::Message>),
    /// What the user's editor left of the words it was given ([`Errand::Edit`]), line breaks as `\n`; or a sentence
    /// why there is nothing, the words in the form being as they were.
    Edited(Result<String, String>),
    /// The desk could not be suspended ([`Errand::Suspend`]): a sentence why.
    Stayed(String),
    /// The terminal or the system asks the program to end.
    Quit,
}

/// Something only the terminal's owner can do for the desk, while the desk waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Hands these words to the user's own editor; [`Event::Edited`] answers.
    Edit {
        /// The words as they stand in the form.
        text: String,
    },
    /// Gives this text to the terminal's clipboard, from which it is taken again after a while, by a lock and at the end.
    /// [`Event::Stayed`] answers where the terminal takes nothing.
    Copy {
        /// The text.
        text: String,
    },
    /// Goes back to the shell until the user returns. To be asked for by a locked desk only: whoever returns is to
    /// give the passphrase. [`Event::Stayed`] answers where there is no shell to go to.
    Suspend,
}
