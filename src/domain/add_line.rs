//! The add line: one line of text that becomes a diary entry or a task, whoever is in a hurry.
//!
//! ```text
//! @who  kind  [with whom:]  words  [> when what-next]  [< when it happened]  [+tag]  [!]  [^school]
//! ```
//!
//! Reading never fails and never throws text away: what means nothing is words. Refuses to know who a name means, what
//! a date is and what day it is: names are [`super::finder`]'s, dates are asked of [`Dates`].

mod chip;
mod kind;
mod make;
mod mark;
mod print;
mod read;
#[cfg(test)]
mod tests;

pub use chip::{Chip, about_nobody, chips};
pub use make::{Entry, LineAdvice, advice, entry};
pub use print::print;
pub use read::parse;

use super::contact::{ContactKind, Topic};
use super::moment::Moment;
use std::ops::Range;

/// Reads the dates of an add line.
pub trait Dates {
    /// A day to come, after `>`; `None` when the text is no date.
    fn ahead(&self, text: &str) -> Option<Moment>;
    /// A day gone by, after `<`; `None` when the text is no date.
    fn back(&self, text: &str) -> Option<Moment>;
    /// Why a text that is meant as a day to come is none, as a sentence; `None` when it may as well be a word.
    fn trouble(&self, _text: &str) -> Option<String> {
        None
    }
}

/// What a stretch of the line was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// A child, with the `@`.
    Who,
    /// That it is about nobody: `@-`, `@-policy`.
    Nobody,
    /// The kind word.
    Kind,
    /// With whom.
    With,
    /// The words, or a task's title.
    Words,
    /// Words about one child alone; the index into [`AddLine::who`].
    WordsOf(usize),
    /// Signs and the space between parts.
    Mark,
    /// The day after `>`.
    Due,
    /// What is to be done next.
    Next,
    /// The day after `<`.
    Happened,
    /// A tag, with its plus.
    Tag,
    /// The lone `!`.
    Urgent,
    /// A school's code, with the `^`.
    School,
    /// How long it took.
    Minutes,
}

/// A stretch of the line. The parts of a line follow on one another and leave nothing out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Bytes of the line.
    pub span: Range<usize>,
    /// What it was taken for.
    pub what: PartKind,
}

/// What the line makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// An entry of the diary.
    Contact(ContactKind),
    /// A task.
    Task,
}

/// What was promised in an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// By when; `None` is someday.
    pub due: Option<Moment>,
    /// The date as it was typed; there exactly when `due` is.
    pub typed: Option<String>,
    /// What is to be done; may be empty.
    pub what: String,
}

/// A line as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddLine {
    /// What it makes.
    pub what: What,
    /// A meeting that counts as a review with parents.
    pub review: bool,
    /// The children, as typed, without `@` and quotes; nobody twice.
    pub who: Vec<String>,
    /// It is about no child, said on purpose: `@-`.
    pub nobody: bool,
    /// What it then is about, where the line says: `@-policy`.
    pub topic: Option<Topic>,
    /// With whom, as typed, white space as one space. Nobody of that name need be on file.
    pub with: Option<String>,
    /// The words, line ends and all; of a task, its title.
    pub words: String,
    /// Words about one child alone, which appear in nobody else's chronology: the index into `who`, each once.
    pub words_of: Vec<(usize, String)>,
    /// How long it took, in minutes, 1 to 1,440.
    pub minutes: Option<i64>,
    /// What was promised. A task has none.
    pub follow_up: Option<FollowUp>,
    /// A task's own day; `None` is someday.
    pub due: Option<Moment>,
    /// When it happened, if the line says.
    pub happened: Option<Moment>,
    /// Tags as typed, without their plus signs, none twice.
    pub tags: Vec<String>,
    /// To be done before others of its day: the follow-up, or the task.
    pub urgent: bool,
    /// A school's code as typed, without `^`.
    pub school: Option<String>,
    /// The whole line, part by part.
    pub parts: Vec<Part>,
    /// What could not be read, in sentences without names.
    pub notes: Vec<String>,
}
