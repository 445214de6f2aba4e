//! A list to read and to take from: the bin, the undo list, the history of a record, drafts, term dates, hours.

use crate::app::list::List;
use crate::domain::form::Kind;
use crate::domain::id::{ProvisionId, StepId};
use crate::store::Draft;

/// What the list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// What went to the bin; Enter brings it back.
    Bin,
    /// The last steps; Enter takes one back.
    Steps,
    /// What was done to one record.
    History,
    /// Forms begun and not saved; Enter opens one.
    Drafts,
    /// Terms and closures; Enter edits one.
    Calendar,
    /// The hours of weeks; Enter edits one.
    Hours,
    /// The places of children on a run; Enter edits one.
    Places(ProvisionId),
}

impl Purpose {
    /// What Enter does here; empty where it does nothing.
    pub const fn takes(self) -> &'static str {
        match self {
            Self::Bin => "bring back",
            Self::Steps => "take back this one",
            Self::History => "",
            Self::Drafts => "open",
            Self::Calendar | Self::Hours | Self::Places(_) => "edit",
        }
    }

    /// What a new row is a record of; none where rows come about elsewhere.
    pub const fn makes(self) -> Option<Kind> {
        match self {
            Self::Calendar => Some(Kind::Term),
            Self::Hours => Some(Kind::Hours),
            Self::Bin | Self::Steps | Self::History | Self::Drafts | Self::Places(_) => None,
        }
    }

    /// True where a row can be taken out for good.
    pub const fn removes(self) -> bool {
        matches!(
            self,
            Self::Calendar | Self::Hours | Self::Drafts | Self::Places(_)
        )
    }
}

/// What Enter takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Take {
    /// Nothing.
    Nothing,
    /// A record.
    Record(Kind, i64),
    /// A step.
    Step(StepId),
    /// A draft.
    Draft(Box<Draft>),
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The first column: a day, a time.
    pub when: String,
    /// What it is.
    pub what: String,
    /// More about it: whose, by whom.
    pub more: String,
    /// What it is without a name or anybody's words, for a screen that hides them; where it differs.
    pub coded: Option<String>,
    /// True for what no longer counts: taken back, in the past.
    pub off: bool,
    /// What Enter takes.
    pub take: Take,
}

/// The list as the screen shows it.
#[derive(Debug)]
pub struct Listing {
    /// What it is of.
    pub purpose: Purpose,
    /// Its heading.
    pub title: String,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Cursor and page.
    pub list: List,
}
