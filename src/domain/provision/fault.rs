//! What is to be mended in a run: told beside it with what helps, never a reason to refuse it.

use super::cost::{Costs, Rates, Unknown, pounds};
use super::odd::{self, Odd};
use super::{MemberId, Phase, Run, Weeks};
use crate::domain::calendar::{self, Calendar};
use crate::domain::date;
use chrono::NaiveDate;
use std::fmt;

/// Something to mend in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nobody is in it.
    Empty,
    /// Weeks of it with nobody in it.
    NobodyOn {
        /// How many.
        weeks: usize,
        /// The first school day of the first of them.
        from: NaiveDate,
        /// What of planned cost falls to nobody, where that is known.
        pence: Option<i64>,
    },
    /// Term dates are missing, so that it has fewer weeks than are planned.
    NoTerms(calendar::Unknown, usize),
    /// It has fewer or more teaching weeks from its first to its last day than are planned.
    Weeks {
        /// How many there are.
        found: usize,
        /// How many are planned.
        planned: usize,
    },
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
    /// A child is in it before it begins.
    Early {
        /// Which membership.
        member: MemberId,
        /// Whose: `Aisha Okafor`.
        name: String,
        /// The child's first day.
        from: NaiveDate,
    },
    /// A session that cannot be right as it stands, and how many more there are of the kind.
    Session(Odd, NaiveDate, usize),
}

fn weeks(count: usize) -> String {
    match count {
        1 => "1 week".to_owned(),
        more => format!("{more} weeks"),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = date::medium;
        match self {
            Self::Empty => f.write_str("no child is on it"),
            Self::NobodyOn { weeks, from, pence } => {
                let one = *weeks == 1;
                let which = if one { "the one" } else { "the first" };
                let count = self::weeks(*weeks);
                write!(
                    f,
                    "nobody is on it in {count} of it, {which} from {}",
                    day(*from)
                )?;
                match pence {
                    Some(pence) if *pence > 0 => write!(f, ": {} unallocated", pounds(*pence)),
                    _ => Ok(()),
                }
            }
            Self::NoTerms(unknown, missing) => {
                write!(f, "{unknown}: {} of it not reckoned with", weeks(*missing))
            }
            Self::Weeks { found, planned } => {
                let found = *found;
                write!(f, "{} to its last day, {planned} planned: ", weeks(found))?;
                match found.checked_sub(*planned) {
                    Some(later) => write!(f, "the last {later} cost nobody anything"),
                    None => write!(f, "the cost of {} falls to nobody", planned - found),
                }
            }
            Self::Cost(unknown) => write!(f, "the cost is not known: {unknown}"),
            Self::Leaver { name, left_on, .. } => {
                write!(f, "{name} left on {} and is still on it", day(*left_on))
            }
            Self::Early { name, from, .. } => {
                write!(f, "{name} is on it from {}, before it begins", day(*from))
            }
            Self::Session(odd, on, more) => {
                write!(f, "the session of {} {odd}", day(*on))?;
                match more {
                    0 => Ok(()),
                    more => write!(f, ", and {more} more"),
                }
            }
        }
    }
}

impl Run {
    /// What is to be mended in it on a day. A run that is over keeps only what would falsify its cost.
    pub fn faults(&self, rates: &Rates, calendar: &Calendar, today: NaiveDate) -> Vec<Fault> {
        let weeks = Weeks::of(&self.provision, calendar);
        let costs = Costs::over(self, rates, &weeks, today);
        self.faults_of(&costs, &weeks, calendar, today)
    }

    /// The same, where its weeks and costs are worked out already.
    pub fn faults_of(
        &self,
        costs: &Costs,
        weeks: &Weeks,
        calendar: &Calendar,
        today: NaiveDate,
    ) -> Vec<Fault> {
        let over = self.provision.phase(calendar, today) == Phase::Over;
        let mut faults = self.empty(costs, weeks, over, today);
        faults.extend(ill_fitting(weeks));
        faults.extend(self.ill_placed(calendar, over, today));
        let whole = [
            costs.whole.planned,
            costs.whole.to_date,
            costs.whole.delivered,
        ];
        if let Some(unknown) = whole.into_iter().find_map(Result::err) {
            faults.push(Fault::Cost(unknown));
        }
        faults.extend(self.odd_sessions(calendar));
        faults
    }

    /// Nobody on it at all, or in some of its weeks.
    fn empty(&self, costs: &Costs, weeks: &Weeks, over: bool, today: NaiveDate) -> Vec<Fault> {
        let mut empty = weeks.empty(&self.members);
        match empty.next() {
            Some(first) if !self.members.is_empty() => vec![Fault::NobodyOn {
                weeks: empty.count() + 1,
                from: first.first(),
                pence: costs.unallocated.planned.ok(),
            }],
            _ if !over && self.members_on(today).next().is_none() => vec![Fault::Empty],
            _ => Vec::new(),
        }
    }

    /// Children who have left and are still on it, and who are on it before it begins.
    fn ill_placed(&self, calendar: &Calendar, over: bool, today: NaiveDate) -> Vec<Fault> {
        let last = self.provision.last_day(calendar);
        let mut faults = Vec::new();
        for member in &self.members {
            let name = || member.child.spoken_name();
            if member.from < self.provision.starts && !over {
                faults.push(Fault::Early {
                    member: member.id,
                    name: name(),
                    from: member.from,
                });
            }
            let left_on = member.left_on.filter(|left| *left <= today);
            if let Some(left_on) = left_on
                && left_on < member.to.unwrap_or(last)
                && !over
            {
                faults.push(Fault::Leaver {
                    member: member.id,
                    name: name(),
                    left_on,
                });
            }
        }
        faults
    }

    /// The first session of each kind that cannot be right.
    fn odd_sessions(&self, calendar: &Calendar) -> Vec<Fault> {
        let mut found: Vec<Fault> = Vec::new();
        for (odd, on) in odd::sessions(self, calendar) {
            let same = found.iter_mut().find_map(|fault| match fault {
                Fault::Session(other, _, more) if other.is_like(&odd) => Some(more),
                _ => None,
            });
            match same {
                Some(more) => *more += 1,
                None => found.push(Fault::Session(odd, on, 0)),
            }
        }
        found
    }
}

/// Fewer weeks than are planned, or more.
fn ill_fitting(weeks: &Weeks) -> Option<Fault> {
    if let Some(unknown) = weeks.unknown {
        return Some(Fault::NoTerms(unknown, weeks.missing()));
    }
    let found = weeks.borne.len() + weeks.later;
    (found != weeks.planned).then_some(Fault::Weeks {
        found,
        planned: weeks.planned,
    })
}
