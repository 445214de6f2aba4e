//! The add line: one line for any kind of entry, read as it is typed, with what was understood shown before Enter.

use crate::app::field::Field;
use crate::domain::add_line::{AddLine, Chip, LineAdvice};
use crate::domain::contact::Visibility;
use crate::domain::finder::Match;
use crate::domain::id::PupilId;
use crate::domain::moment::Moment;
use crate::store::Mark;

/// Characters an add line takes.
pub const MOST: usize = 20_000;

/// Who an `@` of the line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What was typed after the `@`.
    pub typed: String,
    /// Whom it means.
    pub means: Match,
    /// `Aisha Okafor 5B`, one for the child meant, or one for each who might be.
    pub names: Vec<String>,
    /// True for a child who has left.
    pub left: bool,
}

/// The add line as the screen shows it.
#[derive(Debug)]
pub struct AddBox {
    /// The line being typed.
    pub input: Field,
    /// When it was begun: `y` and `1w` are counted from that day, and what happened "now" happened then. `None` while
    /// it is empty.
    pub begun: Option<Moment>,
    /// What it was read as.
    pub read: AddLine,
    /// Whom its `@`s mean, in the order they stand.
    pub who: Vec<Named>,
    /// The child under the cursor when the line was opened.
    pub at_hand: Option<(PupilId, String)>,
    /// The child an entry of the diary is about when the line names nobody and does not say `@-`. A task is then about nobody.
    pub about: Option<(PupilId, String)>,
    /// What an entry about nobody is about, in words: the line says `@-`, or there is nobody it could be about.
    pub nobody: Option<String>,
    /// Who may see an entry of the diary.
    pub sees: Option<Visibility>,
    /// With whom, as it will be saved, or that nobody of that name is on file.
    pub with: Option<String>,
    /// What was understood, part by part.
    pub chips: Vec<Chip>,
    /// What speaks against the day after `>`.
    pub advice: Option<LineAdvice>,
    /// Why it was not saved.
    pub fault: Option<String>,
    /// True when what is typed differs from the draft that is stored.
    pub dirty: bool,
    /// True when the line came from a draft.
    pub from_draft: bool,
    /// The draft it is kept in.
    pub mark: Option<Mark>,
}

impl AddBox {
    /// The number its draft is kept under: that of the child it was opened on, so that it comes back for no other.
    pub fn kept_about(&self) -> Option<i64> {
        self.at_hand.as_ref().map(|(pupil, _)| pupil.0)
    }
}
