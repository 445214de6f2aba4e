//! The teaching weeks of a run: which bear its cost, which are missing, which are too many.

use super::{Member, Provision, WEEKS_MOST};
use crate::domain::calendar::{self, Calendar, monday_of};
use chrono::{Days, NaiveDate};

/// A Monday to Sunday with a school day in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    monday: NaiveDate,
    /// Its school days within the run, a bit each, Monday's the lowest. Never none.
    days: u8,
}

impl Week {
    /// The week that begins on this day with those of its days that are `taught`; `None` where there is none.
    fn of(monday: NaiveDate, taught: impl Fn(NaiveDate) -> bool) -> Option<Self> {
        let bits = monday.iter_days().take(7).enumerate();
        let days = bits.fold(0, |days, (at, day)| days | (u8::from(taught(day)) << at));
        (days > 0).then_some(Self { monday, days })
    }

    fn day(self, at: u32) -> NaiveDate {
        let day = self.monday.checked_add_days(Days::new(u64::from(at)));
        day.unwrap_or(self.monday)
    }

    /// Its first school day within the run.
    pub fn first(self) -> NaiveDate {
        self.day(self.days.trailing_zeros())
    }

    /// Its last school day within the run: once it has come, the week has passed.
    pub fn last(self) -> NaiveDate {
        self.day(self.days.checked_ilog2().unwrap_or(0))
    }

    /// True for a child who is on the run on any of its school days.
    pub fn has(self, member: &Member) -> bool {
        (0..7).any(|at| self.days & (1 << at) != 0 && member.is_in(self.day(at)))
    }
}

/// The weeks of a run as its calendar has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weeks {
    /// Those that bear its cost: the first of them, as many as are planned.
    pub borne: Vec<Week>,
    /// How many come after those, up to its last day.
    pub later: usize,
    /// Which term dates are missing, where that leaves fewer than are planned.
    pub unknown: Option<calendar::Unknown>,
    /// How many are planned.
    pub planned: usize,
}

impl Weeks {
    /// The weeks of a run from its first to its last day. Days without term dates are no school days.
    pub fn of(run: &Provision, calendar: &Calendar) -> Self {
        let last = run.last_day(calendar);
        let planned = usize::try_from(run.weeks).unwrap_or(0);
        let mut weeks = Self {
            borne: Vec::with_capacity(planned.min(WEEKS_MOST)),
            later: 0,
            unknown: None,
            planned,
        };
        let within = |day: NaiveDate| run.starts <= day && day <= last;
        let taught = |day: NaiveDate| within(day) && calendar.is_school_day(day);
        let mondays = std::iter::successors(monday_of(run.starts), |monday| {
            monday.checked_add_days(Days::new(7))
        });
        for monday in mondays
            .take(WEEKS_MOST)
            .take_while(|monday| *monday <= last)
        {
            let known = |day| taught(day) && calendar.unknown(day).is_none();
            match Week::of(monday, known) {
                Some(week) if weeks.borne.len() < planned => weeks.borne.push(week),
                Some(_) => weeks.later += 1,
                None => {
                    let mut days = monday.iter_days().take(7).filter(|day| taught(*day));
                    let missing = days.find_map(|day| calendar.unknown(day));
                    weeks.unknown = weeks.unknown.or(missing);
                }
            }
        }
        if weeks.missing() == 0 {
            weeks.unknown = None;
        }
        weeks
    }

    /// How many fewer there are than are planned.
    pub fn missing(&self) -> usize {
        self.planned.saturating_sub(self.borne.len())
    }

    /// Those that bear cost with nobody on the run.
    pub fn empty<'a>(&'a self, members: &'a [Member]) -> impl Iterator<Item = Week> + 'a {
        let weeks = self.borne.iter().copied();
        weeks.filter(|week| !members.iter().any(|member| week.has(member)))
    }
}
