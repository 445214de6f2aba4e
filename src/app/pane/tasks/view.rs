//! What the queue may be narrowed to, and how it is ordered.

use crate::domain::task::{Group, Line};
use chrono::NaiveDate;

/// A view of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worklist {
    /// Follow-ups whose day has passed.
    LateFollowUps,
    /// Everything whose day has passed.
    Late,
    /// What waits for somebody else.
    Waiting,
    /// Put off three times or more.
    Carried,
    /// Done in the last 30 days.
    Done,
}

impl Worklist {
    /// All, in the order of their digits.
    pub const ALL: [Self; 5] = [
        Self::LateFollowUps,
        Self::Late,
        Self::Waiting,
        Self::Carried,
        Self::Done,
    ];

    /// What the list's title says.
    pub const fn title(self) -> &'static str {
        match self {
            Self::LateFollowUps => "late follow-ups",
            Self::Late => "late",
            Self::Waiting => "waiting for somebody",
            Self::Carried => "put off three times or more",
            Self::Done => "done in the last 30 days",
        }
    }

    pub(super) fn holds(self, line: &Line, today: NaiveDate) -> bool {
        let late = line.task.group(today) == Group::Late;
        match self {
            Self::LateFollowUps => late && line.task.source.is_some(),
            Self::Late => late,
            Self::Waiting => line.task.waiting_for.is_some(),
            Self::Carried => line.task.carried >= 3,
            Self::Done => true,
        }
    }
}

/// An order of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By group and day, as the queue of the domain has it.
    #[default]
    Due,
    /// By the child's name; what is about nobody last.
    Name,
    /// The newest entered first.
    Entered,
}

impl Order {
    /// What the list's title says.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Name => "name",
            Self::Entered => "entered",
        }
    }
}
