//! What is to be mended in a run: told beside it with what helps, never a reason to refuse it.

use super::cost::{self, Rates, Unknown};
use super::{MemberId, Phase, Run};
use crate::domain::calendar::Calendar;
use crate::domain::date;
use chrono::NaiveDate;
use std::fmt;

/// Something to mend in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nobody is in it.
    Empty,
    /// What it costs cannot be told.
    Cost(Unknown),
    /// A child who has left the roll is still in it.
    Leaver {
        /// Which membership.
        member: MemberId,
        /// Whose: `Aisha Okafor`.
        name: String,
        /// The day the child left.
        left_on: NaiveDate,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no child is on it"),
            Self::Cost(unknown) => write!(f, "the cost is not known: {unknown}"),
            Self::Leaver { name, left_on, .. } => {
                write!(
                    f,
                    "{name} left on {} and is still on it",
                    date::medium(*left_on)
                )
            }
        }
    }
}

impl Run {
    /// What is to be mended in it on a day. A run that is over keeps only what would falsify its cost.
    pub fn faults(&self, rates: &Rates, calendar: &Calendar, today: NaiveDate) -> Vec<Fault> {
        let mut faults = Vec::new();
        let over = self.provision.phase(calendar, today) == Phase::Over;
        if self.members_on(today).next().is_none() && !over {
            faults.push(Fault::Empty);
        }
        let last = self.provision.last_day(calendar);
        for member in &self.members {
            let Some(left_on) = member.left_on.filter(|left| *left <= today) else {
                continue;
            };
            if left_on < member.to.unwrap_or(last) && !over {
                faults.push(Fault::Leaver {
                    member: member.id,
                    name: member.child.spoken_name(),
                    left_on,
                });
            }
        }
        let costs = [
            cost::planned(&self.provision, rates),
            cost::to_date(&self.provision, rates, calendar, today),
            cost::delivered(&self.provision, &self.sessions, rates),
        ];
        if let Some(unknown) = costs.into_iter().find_map(Result::err) {
            faults.push(Fault::Cost(unknown));
        }
        faults
    }
}
