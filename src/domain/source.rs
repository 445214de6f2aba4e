//! Where a fact comes from and how far it binds: law, guidance, practice or proposal, with its dates.

use chrono::NaiveDate;

/// How far a rule or code binds. A proposal is never shown as a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// An Act or regulations.
    Law,
    /// Statutory guidance or a collection guide of the Department for Education.
    Guidance,
    /// What most schools or systems do.
    Practice,
    /// Announced or consulted on, not in force.
    Proposal,
}

/// A dated source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// The document and paragraph.
    pub authority: &'static str,
    /// How far it binds.
    pub standing: Standing,
    /// First day it holds, where known.
    pub from: Option<NaiveDate>,
    /// Last day it holds; `None` while in force.
    pub to: Option<NaiveDate>,
    /// False where the source is weak: the screen says so.
    pub sure: bool,
}

impl Source {
    /// A source in force, whose first day does not matter.
    pub const fn new(authority: &'static str, standing: Standing) -> Self {
        Self {
            authority,
            standing,
            from: None,
            to: None,
            sure: true,
        }
    }
}
