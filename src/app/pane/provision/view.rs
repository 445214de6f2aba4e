//! What the map may be narrowed to, how it is laid out, and a run as its rows show it.

use crate::domain::calendar::Calendar;
use crate::domain::code::Area;
use crate::domain::id::{MemberId, ProvisionId};
use crate::domain::provision::cost::{Cost, Costs, Rates};
use crate::domain::provision::{Fault, Phase, Run, Weeks};
use crate::domain::text::fold;
use chrono::NaiveDate;

/// What stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A run.
    Run(ProvisionId),
    /// A child's place on a run.
    Member(MemberId),
}

/// One row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A heading: the area or the child of the run at that place, and how many rows stand under it.
    Head(usize, usize),
    /// A run, by its place among those read.
    Run(usize),
    /// A child's place on a run: the run's place, and the member's within it.
    Member(usize, usize),
}

impl Row {
    /// True for a heading.
    pub fn is_head(&self) -> bool {
        matches!(self, Self::Head(..))
    }
}

/// How the map is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Runs, under the area they serve.
    #[default]
    Provision,
    /// Children, with what each gets.
    Child,
}

impl By {
    /// What the list's title says.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Provision => "provision",
            Self::Child => "child",
        }
    }
}

/// A view of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worklist {
    /// Something is to be mended.
    ToMend,
    /// What is over.
    Over,
}

impl Worklist {
    /// What the list's title says.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ToMend => "provision to mend",
            Self::Over => "provision that is over",
        }
    }
}

/// A run with what its row tells.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The run and its children, with its sessions.
    pub run: Run,
    /// Where it stands.
    pub phase: Phase,
    /// Its last day, given or from its weeks.
    pub last: NaiveDate,
    /// Planned cost of the whole run.
    pub planned: Cost,
    /// What of it falls to nobody.
    pub unallocated: Cost,
    /// Planned cost of each child, in the order of the members.
    pub parts: Vec<Cost>,
    /// What is to be mended.
    pub faults: Vec<Fault>,
}

impl Shown {
    pub(super) fn work(run: Run, rates: &Rates, calendar: &Calendar, today: NaiveDate) -> Self {
        let weeks = Weeks::of(&run.provision, calendar);
        let costs = Costs::over(&run, rates, &weeks, today);
        Self {
            phase: run.provision.phase(calendar, today),
            last: run.provision.last_day(calendar),
            planned: costs.whole.planned,
            unallocated: costs.unallocated.planned,
            parts: costs.parts.iter().map(|part| part.planned).collect(),
            faults: run.faults_of(&costs, &weeks, calendar, today),
            run,
        }
    }

    /// The area it serves; one that was not given comes last.
    pub fn area(&self) -> Option<Area> {
        self.run.provision.area
    }

    /// Its place in the map: by area, then name and first day.
    pub(super) fn order_key(&self) -> impl Ord + use<> {
        let place = |area| Area::ALL.iter().position(|one| *one == area);
        let area = self.area().and_then(place).unwrap_or(Area::ALL.len());
        let run = &self.run.provision;
        (area, fold(&run.title()), run.starts, run.id)
    }

    /// What a filter looks in, folded.
    pub(super) fn said(&self) -> String {
        let run = &self.run.provision;
        let staff = run.staff_name.as_deref().unwrap_or_default();
        fold(&format!("{} {staff}", run.title()))
    }
}
