//! What provision costs: planned, to date, and as delivered, in pence, each rounded once.
//!
//! Planned = minutes x sessions a week x weeks at the hourly rate on the first day, then materials. To date = the same
//! for the teaching weeks that are over, each at its own rate, and materials once it has begun. Delivered = sessions
//! held, each at the rate on its day of whoever ran it; materials are no session. The method is that of costed
//! provision maps as local authorities hand them out: practice, not law.

use super::{Member, Provision, Run, Session, teaching_weeks};
use crate::domain::calendar::Calendar;
use crate::domain::date;
use crate::domain::id::{MemberId, RateId, StaffId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// An hourly rate with on-costs, from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// The row's id.
    pub id: RateId,
    /// Whose.
    pub staff: StaffId,
    /// Pence an hour, on-costs included.
    pub pence_hour: i64,
    /// First day it holds.
    pub from: NaiveDate,
}

/// Why a cost cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    /// Nobody is named who runs it.
    #[error("nobody is named to run it")]
    Nobody,
    /// The one who runs it has no rate on this day.
    #[error("no rate on {}", date::medium(*.0))]
    NoRate(NaiveDate),
}

/// A cost in pence, or why there is none.
pub type Cost = Result<i64, Unknown>;

/// Rates of everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rates(BTreeMap<StaffId, Vec<(NaiveDate, i64)>>);

impl Rates {
    /// From rows in any order. Of two from the same day the one entered last holds.
    pub fn new(mut rates: Vec<Rate>) -> Self {
        rates.sort_by_key(|rate| (rate.from, rate.id));
        let mut by_staff: BTreeMap<StaffId, Vec<(NaiveDate, i64)>> = BTreeMap::new();
        for rate in rates {
            let own = by_staff.entry(rate.staff).or_default();
            own.push((rate.from, rate.pence_hour));
        }
        Self(by_staff)
    }

    /// Pence an hour on a day: the last rate that began on or before it.
    pub fn on(&self, staff: StaffId, day: NaiveDate) -> Option<i64> {
        let own = self.0.get(&staff)?;
        let after = own.partition_point(|(from, _)| *from <= day);
        own.get(after.checked_sub(1)?).map(|(_, pence)| *pence)
    }

    fn of(&self, staff: Option<StaffId>, day: NaiveDate) -> Cost {
        let staff = staff.ok_or(Unknown::Nobody)?;
        self.on(staff, day).ok_or(Unknown::NoRate(day))
    }
}

/// Pence for so many minute-pence of an hourly rate, rounded half up.
fn rounded(minute_pence: i128) -> i64 {
    i64::try_from((minute_pence + 30).div_euclid(60)).unwrap_or(i64::MAX)
}

/// Planned cost of the whole run.
pub fn planned(run: &Provision, rates: &Rates) -> Cost {
    let pence_hour = rates.of(run.staff, run.starts)?;
    let minutes = i128::from(run.minutes_week()) * i128::from(run.weeks);
    Ok(rounded(minutes * i128::from(pence_hour)).saturating_add(run.materials_pence))
}

/// What the weeks that are over should have cost by a day: a week counts once its last school day has come.
pub fn to_date(run: &Provision, rates: &Rates, calendar: &Calendar, today: NaiveDate) -> Cost {
    if today < run.starts {
        return Ok(0);
    }
    let until = today.min(run.last_day(calendar));
    let most = usize::try_from(run.weeks).unwrap_or(0);
    let mut minute_pence = 0;
    let over = teaching_weeks(run.starts, calendar).take(most);
    for (first, _) in over.take_while(|(_, last)| *last <= until) {
        let pence_hour = rates.of(run.staff, first)?;
        minute_pence += i128::from(run.minutes_week()) * i128::from(pence_hour);
    }
    Ok(rounded(minute_pence).saturating_add(run.materials_pence))
}

/// What one session costs, in minute-pence.
fn session_cost(run: &Provision, session: &Session, rates: &Rates) -> Result<i128, Unknown> {
    let staff = session.staff.or(run.staff);
    let pence_hour = rates.of(staff, session.day)?;
    Ok(i128::from(run.minutes) * i128::from(pence_hour))
}

/// What the sessions held have cost.
pub fn delivered(run: &Provision, sessions: &[Session], rates: &Rates) -> Cost {
    let mut minute_pence = 0;
    for session in sessions.iter().filter(|session| session.held) {
        minute_pence += session_cost(run, session, rates)?;
    }
    Ok(rounded(minute_pence))
}

/// Shares a whole among so many: parts differ by at most a penny and sum to the whole; the first ones bear the odd
/// pence.
pub fn shared(whole: i64, among: usize) -> Vec<i64> {
    let Some(count) = i64::try_from(among).ok().filter(|count| *count > 0) else {
        return Vec::new();
    };
    let (each, odd) = (whole.div_euclid(count), whole.rem_euclid(count));
    (0..count).map(|at| each + i64::from(at < odd)).collect()
}

/// One child's part of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Whose membership.
    pub member: MemberId,
    /// Planned, in pence.
    pub planned: Cost,
    /// Planned for the weeks over, in pence.
    pub to_date: Cost,
    /// For the sessions held while the child was in the run, in pence.
    pub delivered: Cost,
}

/// The costs of a run and of each child in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Costs {
    /// Planned, in pence.
    pub planned: Cost,
    /// Planned for the weeks over, in pence.
    pub to_date: Cost,
    /// For the sessions held, in pence.
    pub delivered: Cost,
    /// By child, in the order of the members.
    pub parts: Vec<Part>,
}

impl Costs {
    /// Works a run out, on a day.
    pub fn of(run: &Run, rates: &Rates, calendar: &Calendar, today: NaiveDate) -> Self {
        let planned = planned(&run.provision, rates);
        let to_date = to_date(&run.provision, rates, calendar, today);
        let delivered = delivered(&run.provision, &run.sessions, rates);
        let all = Parts::equal(planned, &run.members, |_| true);
        let begun = Parts::equal(to_date, &run.members, |member| member.from <= today);
        let by_session = Parts::by_session(run, rates);
        let parts = run
            .members
            .iter()
            .enumerate()
            .map(|(at, member)| Part {
                member: member.id,
                planned: all.at(at),
                to_date: begun.at(at),
                delivered: by_session.at(at),
            })
            .collect();
        Self {
            planned,
            to_date,
            delivered,
            parts,
        }
    }

    /// A child's part.
    pub fn part(&self, member: MemberId) -> Option<&Part> {
        self.parts.iter().find(|part| part.member == member)
    }
}

/// The parts of one cost, by the place of the member.
struct Parts(Result<Vec<i64>, Unknown>);

impl Parts {
    fn at(&self, place: usize) -> Cost {
        match &self.0 {
            Ok(parts) => Ok(parts.get(place).copied().unwrap_or(0)),
            Err(unknown) => Err(*unknown),
        }
    }

    /// Among those who bear a part, alike.
    fn equal(whole: Cost, members: &[Member], bears: impl Fn(&Member) -> bool) -> Self {
        Self(whole.map(|whole| {
            let count = members.iter().filter(|member| bears(member)).count();
            let mut parts = shared(whole, count).into_iter();
            members
                .iter()
                .map(|member| bears(member).then(|| parts.next()).flatten().unwrap_or(0))
                .collect()
        }))
    }

    /// Each session among those who were in the run that day. The whole is rounded once; the pence that are over go to
    /// those with the largest fractions, earlier members first.
    fn by_session(run: &Run, rates: &Rates) -> Self {
        Self(Self::of_sessions(run, rates))
    }

    fn of_sessions(run: &Run, rates: &Rates) -> Result<Vec<i64>, Unknown> {
        /// Parts of a minute-penny that are reckoned with: divisible by every group of up to 16.
        const FINE: i128 = 720_720;
        let mut fine = vec![0_i128; run.members.len()];
        let mut shared_out = 0;
        for session in run.sessions.iter().filter(|session| session.held) {
            let cost = session_cost(&run.provision, session, rates)?;
            let there: Vec<usize> = (0..run.members.len())
                .filter(|at| run.members[*at].is_in(session.day))
                .collect();
            if there.is_empty() {
                continue;
            }
            shared_out += cost;
            let count = i128::try_from(there.len()).unwrap_or(1);
            for at in there {
                fine[at] += cost * FINE / count;
            }
        }
        let penny = FINE * 60;
        let mut parts: Vec<i64> = fine
            .iter()
            .map(|part| i64::try_from(part / penny).unwrap_or(i64::MAX))
            .collect();
        let odd = rounded(shared_out) - parts.iter().sum::<i64>();
        let mut order: Vec<usize> = (0..parts.len()).filter(|at| fine[*at] > 0).collect();
        order.sort_by_key(|at| std::cmp::Reverse(fine[*at] % penny));
        let odd = usize::try_from(odd).unwrap_or(0);
        for at in order.into_iter().take(odd) {
            parts[at] += 1;
        }
        Ok(parts)
    }
}

/// `£1,234.50`, `£48`: pounds, with pence where there are any.
pub fn pounds(pence: i64) -> String {
    let sign = if pence < 0 { "-" } else { "" };
    let (pounds, rest) = (pence.unsigned_abs() / 100, pence.unsigned_abs() % 100);
    let digits = pounds.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if rest == 0 {
        format!("{sign}£{grouped}")
    } else {
        format!("{sign}£{grouped}.{rest:02}")
    }
}

/// Why an amount could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmountFault {
    /// A comma where England writes a point.
    #[error("\"{0}\" has a comma for a point: pounds are written £16.50, pence 1650.")]
    Comma(String),
    /// Less than nothing.
    #[error("an amount cannot be less than nothing.")]
    Negative,
    /// No amount.
    #[error("\"{0}\" is no amount: pence as a whole number (1650), or pounds as £16.50.")]
    None(String),
    /// More than is reckoned with.
    #[error("that is more than {}.", pounds(MOST_PENCE))]
    Much,
}

/// The most an amount can be: a million pounds.
pub const MOST_PENCE: i64 = 100_000_000;

/// Reads an amount: a whole number is pence, as the shell's field names promise; a pound sign or a point means pounds.
/// `1,250` groups thousands.
///
/// # Errors
/// [`AmountFault`].
pub fn read_pence(text: &str) -> Result<i64, AmountFault> {
    let typed = text.trim();
    let none = || AmountFault::None(typed.to_owned());
    if typed.starts_with('-') {
        return Err(AmountFault::Negative);
    }
    let bare = typed.strip_prefix('£').unwrap_or(typed).trim();
    if bare.starts_with('-') {
        return Err(AmountFault::Negative);
    }
    let is_pence = bare.strip_suffix('p').map(str::trim_end);
    let in_pounds = typed.starts_with('£') || bare.contains('.');
    if is_pence.is_some() && in_pounds {
        return Err(none());
    }
    let bare = is_pence.unwrap_or(bare);
    let (whole, part) = match bare.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (bare, None),
    };
    let whole = ungrouped(whole).map_err(|grouped| match grouped {
        Grouped::Wrong => AmountFault::Comma(typed.to_owned()),
        Grouped::No => none(),
    })?;
    let pence = match part {
        Some(part) if part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()) => {
            part.parse::<i64>().map_err(|_| none())?
        }
        Some(_) => return Err(none()),
        None => 0,
    };
    let total = if in_pounds {
        whole.saturating_mul(100).saturating_add(pence)
    } else {
        whole
    };
    if total > MOST_PENCE {
        return Err(AmountFault::Much);
    }
    Ok(total)
}

enum Grouped {
    /// A comma that groups no thousands.
    Wrong,
    /// No number at all.
    No,
}

/// A whole number, thousands grouped by commas or not.
fn ungrouped(text: &str) -> Result<i64, Grouped> {
    let groups: Vec<&str> = text.split(',').collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !groups.iter().all(digits) {
        return Err(Grouped::No);
    }
    let by_thousands = groups.iter().skip(1).all(|part| part.len() == 3)
        && groups.first().is_some_and(|first| first.len() <= 3);
    if groups.len() > 1 && !by_thousands {
        return Err(Grouped::Wrong);
    }
    groups.concat().parse().map_err(|_| Grouped::No)
}
