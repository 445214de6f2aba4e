//! Provision: what help there is, who runs it and at what rate, who is in it, and which sessions were held.
//!
//! What it comes to in hours and money is worked out in [`cost`], never stored.

pub mod catalogue;
pub mod cost;
mod deal;
mod fault;
pub mod odd;
#[cfg(test)]
mod tests;
mod weeks;

pub use weeks::{Week, Weeks};

pub use fault::Fault;

use super::calendar::Calendar;
use super::code::Area;
use super::contact::Involved;
use super::id::{MemberId, ProvisionId, ProvisionTypeId, PupilId, SessionId, StaffId};
use chrono::{Days, NaiveDate};

/// Somebody who runs provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The row's id.
    pub id: StaffId,
    /// As it is said: `Ms Pratt`.
    pub name: String,
    /// Teaching assistant, teacher, therapist: the school's words.
    pub role: Option<String>,
    /// Contracted minutes a week.
    pub minutes_week: Option<i64>,
}

/// How far provision goes beyond what all children get. The three layers are practice ("waves"), not law; the four of
/// the 2026 White Paper are a proposal and are not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// High-quality teaching for everybody.
    Universal,
    /// For some, for a time.
    Targeted,
    /// For one child or with specialists.
    Specialist,
}

impl Tier {
    /// All, from the widest.
    pub const ALL: [Self; 3] = [Self::Universal, Self::Targeted, Self::Specialist];

    /// The word that is stored and typed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Universal => "universal",
            Self::Targeted => "targeted",
            Self::Specialist => "specialist",
        }
    }

    /// What it means.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Universal => "for everybody",
            Self::Targeted => "for some, for a time",
            Self::Specialist => "for one child, or with specialists",
        }
    }

    /// The tier a stored word means.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.word() == word)
    }
}

/// A kind of provision, with what it usually takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvisionType {
    /// The row's id.
    pub id: ProvisionTypeId,
    /// What the school calls it.
    pub name: String,
    /// The broad area of need it serves (Code of Practice 6.28 to 6.35).
    pub area: Option<Area>,
    /// How far it goes beyond what all get.
    pub tier: Option<Tier>,
    /// Minutes of a session.
    pub minutes: Option<i64>,
    /// Sessions a week.
    pub sessions_week: Option<i64>,
    /// Weeks a run lasts.
    pub weeks: Option<i64>,
    /// Children in a group.
    pub group_size: Option<i64>,
    /// Materials for a run, in pence.
    pub materials_pence: Option<i64>,
}

/// A run of a type of provision: from when, how often, with whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// The row's id.
    pub id: ProvisionId,
    /// What it is a run of.
    pub of: ProvisionTypeId,
    /// The type's name.
    pub name: String,
    /// The run's own name, which tells it from another of its type.
    pub run_name: Option<String>,
    /// The type's area.
    pub area: Option<Area>,
    /// The type's tier.
    pub tier: Option<Tier>,
    /// The type's group size.
    pub group_size: Option<i64>,
    /// Who runs it.
    pub staff: Option<StaffId>,
    /// The name of who runs it.
    pub staff_name: Option<String>,
    /// First day.
    pub starts: NaiveDate,
    /// Last day, included, when one was given; else it follows from the weeks.
    pub ends: Option<NaiveDate>,
    /// Minutes of a session.
    pub minutes: i64,
    /// Sessions a week.
    pub sessions_week: i64,
    /// Weeks it lasts: what planned cost counts, whatever the dates.
    pub weeks: i64,
    /// Materials for the run, in pence.
    pub materials_pence: i64,
    /// The hourly rate its planned cost is reckoned at, in pence, as it was noted when it was planned.
    pub planned_rate: Option<i64>,
}

/// Where a run stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Its first day lies ahead.
    ToCome,
    /// Between its first and its last day.
    Running,
    /// Its last day is over.
    Over,
}

impl Provision {
    /// What it is called: `Lexia`, or `Lexia (mornings)` where it has a name of its own.
    pub fn title(&self) -> String {
        match &self.run_name {
            Some(own) => format!("{} ({own})", self.name),
            None => self.name.clone(),
        }
    }

    /// The last day: as given, or the last school day of the last of its weeks.
    pub fn last_day(&self, calendar: &Calendar) -> NaiveDate {
        self.ends
            .unwrap_or_else(|| end_of_weeks(self.starts, self.weeks, calendar))
    }

    /// Where it stands on a day.
    pub fn phase(&self, calendar: &Calendar, today: NaiveDate) -> Phase {
        if today < self.starts {
            Phase::ToCome
        } else if today > self.last_day(calendar) {
            Phase::Over
        } else {
            Phase::Running
        }
    }

    /// The rate on file for its first day, in pence an hour, where another one is noted for its planned cost.
    pub fn rate_since(&self, rates: &cost::Rates) -> Option<i64> {
        let now = rates.of(self.staff, self.starts).ok()?;
        (self.planned_rate? != now).then_some(now)
    }

    /// Minutes a week.
    pub const fn minutes_week(&self) -> i64 {
        self.minutes.saturating_mul(self.sessions_week)
    }

    /// Sessions of the whole run.
    pub const fn sessions_planned(&self) -> i64 {
        self.sessions_week.saturating_mul(self.weeks)
    }
}

/// The longest time weeks are looked for in: a run of a year with all its holidays, and some more.
const WEEKS_MOST: usize = 120;

/// The last school day of the `weeks`th teaching week from a day on. Weeks without a school day, such as half-term, do
/// not count. Where no term dates are entered, or no more, any week with a weekday that is no bank holiday stands in.
pub fn end_of_weeks(starts: NaiveDate, weeks: i64, calendar: &Calendar) -> NaiveDate {
    let wanted = usize::try_from(weeks).unwrap_or(0).max(1);
    let monday = super::calendar::monday_of(starts).unwrap_or(starts);
    let mondays = std::iter::successors(Some(monday), |day| day.checked_add_days(Days::new(7)));
    let lasts = mondays.take(WEEKS_MOST).filter_map(|monday| {
        // Not from the end of `iter_days`: that is the end of all time.
        let mut week = (0..7)
            .rev()
            .filter_map(|day| monday.checked_add_days(Days::new(day)));
        week.find(|day| *day >= starts && calendar.is_school_day(*day))
    });
    lasts.take(wanted).last().unwrap_or(starts)
}

/// A child in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The row's id.
    pub id: MemberId,
    /// The run.
    pub provision: ProvisionId,
    /// The child as a list names it.
    pub child: Involved,
    /// The day the child left the roll.
    pub left_on: Option<NaiveDate>,
    /// First day in the run.
    pub from: NaiveDate,
    /// Last day in it, included; to its end when empty.
    pub to: Option<NaiveDate>,
    /// Score at the beginning, as it was given.
    pub entry: Option<String>,
    /// Score at the end.
    pub exit: Option<String>,
}

impl Member {
    /// True when the child is in the run on a day.
    pub fn is_in(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Who.
    pub const fn pupil(&self) -> PupilId {
        self.child.pupil
    }
}

/// A session that was held or missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The row's id.
    pub id: SessionId,
    /// The run.
    pub provision: ProvisionId,
    /// The day.
    pub day: NaiveDate,
    /// True when it took place.
    pub held: bool,
    /// Why not, or what else is to be said.
    pub reason: Option<String>,
    /// Who ran it, when it was somebody else than planned.
    pub staff: Option<StaffId>,
}

/// A run with everything about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The run.
    pub provision: Provision,
    /// Everybody who was ever in it, in the order they were put in.
    pub members: Vec<Member>,
    /// Sessions held or missed, by day.
    pub sessions: Vec<Session>,
}

impl Run {
    /// Who is on it on a day, in a few words: `Aisha Okafor, Adam Obi and 2 more`, `nobody on it`.
    pub fn who(&self, day: NaiveDate) -> String {
        const NAMED: usize = 2;
        let there: Vec<String> = self
            .members_on(day)
            .map(|member| member.child.spoken_name())
            .collect();
        match there.len() {
            0 => "nobody on it".to_owned(),
            few if few <= NAMED => there.join(", "),
            all => format!("{} and {} more", there[..NAMED].join(", "), all - NAMED),
        }
    }

    /// What tells it from any other run: `Lexia (mornings) since 7 Sep 2026: Aisha Okafor and 3 more`.
    pub fn told_apart(&self, day: NaiveDate) -> String {
        let run = &self.provision;
        let from = if run.starts > day { "from" } else { "since" };
        let first = super::date::medium(run.starts);
        format!("{} {from} {first}: {}", run.title(), self.who(day))
    }

    /// Those in it on a day; before it starts, those who will be.
    pub fn members_on(&self, day: NaiveDate) -> impl Iterator<Item = &Member> {
        let day = day.max(self.provision.starts);
        self.members.iter().filter(move |member| member.is_in(day))
    }

    /// How many sessions were held.
    pub fn held(&self) -> usize {
        self.sessions.iter().filter(|session| session.held).count()
    }

    /// How many were missed.
    pub fn missed(&self) -> usize {
        self.sessions.len() - self.held()
    }
}

/// Teaching weeks from a first to a last day, one at least: what weeks follow an end that is given. A week without term
/// dates counts here, since it may be taught once they are entered.
pub fn weeks_between(starts: NaiveDate, ends: NaiveDate, calendar: &Calendar) -> i64 {
    let monday = super::calendar::monday_of(starts).unwrap_or(starts);
    let mondays = std::iter::successors(Some(monday), |day| day.checked_add_days(Days::new(7)));
    let taught = |monday: &NaiveDate| {
        let mut week = monday.iter_days().take(7);
        week.any(|day| starts <= day && day <= ends && calendar.is_school_day(day))
    };
    let within = mondays
        .take(WEEKS_MOST)
        .take_while(|monday| *monday <= ends);
    let count = within.filter(taught).count();
    i64::try_from(count).unwrap_or(1).max(1)
}

/// Minutes a week up to which hours a week are one session: two hours. More is one on each of the five days.
const ONE_SESSION: i64 = 120;

/// Minutes of a session and sessions a week that so many minutes a week are kept as: what else is given is kept to. Told
/// in hours alone, more than two are five sessions, so that one that is ticked never delivers a whole week.
///
/// # Errors
/// A sentence, where they do not come out in whole minutes or whole sessions.
pub fn sessions_of(
    week: i64,
    minutes: Option<i64>,
    times: Option<i64>,
) -> Result<(i64, i64), String> {
    let told = || format!("{} hours a week", hours(week));
    if week < 1 {
        return Err("Hours a week: none need no provision.".to_owned());
    }
    let usual = if week <= ONE_SESSION { 1 } else { 5 };
    match (minutes.filter(|given| *given > 0), times) {
        (Some(minutes), Some(times)) if minutes.saturating_mul(times) == week => {
            Ok((minutes, times))
        }
        (Some(minutes), Some(times)) => Err(format!(
            "{} are not {}: give the hours, or minutes and times a week.",
            told(),
            how_often(minutes, times)
        )),
        (Some(minutes), None) if week % minutes == 0 => Ok((minutes, week / minutes)),
        (Some(minutes), None) => Err(format!(
            "{} are no whole number of sessions of {minutes} min.",
            told()
        )),
        (None, times) => {
            let times = times.unwrap_or(usual).max(1);
            if week % times == 0 {
                Ok((week / times, times))
            } else {
                Err(format!(
                    "{} in {times} sessions come to no whole minutes: say minutes and times a week.",
                    told()
                ))
            }
        }
    }
}

/// `3 x 20 min a week`.
pub fn how_often(minutes: i64, sessions_week: i64) -> String {
    if sessions_week == 1 {
        format!("{minutes} min a week")
    } else {
        format!("{sessions_week} x {minutes} min a week")
    }
}

/// Minutes as hours with at most two decimals: `1`, `0.5`, `1.33`.
pub fn hours(minutes: i64) -> String {
    // Hundredths of an hour, rounded half up.
    let hundredths = (minutes.saturating_mul(100) + 30).div_euclid(60);
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The minutes that hours as typed come to: `32.5`, `32:30`, `32`. `None` for anything else.
pub fn read_hours(text: &str) -> Option<i64> {
    let text = text.trim();
    let text = text.strip_suffix('h').unwrap_or(text).trim_end();
    let (whole, minutes) = if let Some((whole, minutes)) = text.split_once(':') {
        let minutes: i64 = minutes.parse().ok().filter(|_| minutes.len() == 2)?;
        (whole, Some(minutes).filter(|minutes| *minutes < 60)?)
    } else if let Some((whole, part)) = text.split_once('.') {
        if part.is_empty() || part.len() > 2 {
            return None;
        }
        let hundredths: i64 = format!("{part:0<2}").parse().ok()?;
        (whole, (hundredths * 60 + 50) / 100)
    } else {
        (text, 0)
    };
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole: i64 = whole.parse().ok().filter(|whole| *whole <= 168)?;
    Some(whole * 60 + minutes)
}
