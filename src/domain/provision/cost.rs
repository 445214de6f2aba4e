//! What provision costs: planned, to date, and as delivered, in pence, each rounded once.
//!
//! Planned = minutes x sessions a week x weeks at the hourly rate noted when it was planned, then materials. To date =
//! the teaching weeks that have passed, each at the rate on its first school day, with its even part of the materials.
//! Delivered = sessions held, each at the rate on its day of whoever ran it; materials are no session. Each week is
//! shared by the children on the run in it, each session by those on it that day; what nobody was on for is nobody's.
//! The method is that of costed provision maps as local authorities hand them out: practice, not law.

use super::deal::{Deal, Dealt};
use super::weeks::Weeks;
use super::{Provision, Run, Session};
use crate::domain::calendar::Calendar;
use crate::domain::date;
use crate::domain::id::{RateId, StaffId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

pub use super::deal::Sum;

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

    /// The same of whoever is named.
    ///
    /// # Errors
    /// [`Unknown`].
    pub fn of(&self, staff: Option<StaffId>, day: NaiveDate) -> Cost {
        let staff = staff.ok_or(Unknown::Nobody)?;
        self.on(staff, day).ok_or(Unknown::NoRate(day))
    }
}

/// Figures of a file that nobody can have meant are reckoned with as this, so that no sum runs over.
const MOST: i64 = 1_000_000_000;

fn number(figure: i64) -> i128 {
    i128::from(figure.clamp(0, MOST))
}

/// Units in a penny of weekly costs: sixtieths, for minutes of an hourly rate, of an even part of the materials.
fn weekly_penny(run: &Provision) -> i128 {
    60 * number(run.weeks).max(1)
}

/// What a week costs at an hourly rate, in [`weekly_penny`]s.
fn week(run: &Provision, pence_hour: i64) -> i128 {
    let staff = number(run.minutes_week()) * number(pence_hour);
    staff * number(run.weeks).max(1) + 60 * number(run.materials_pence)
}

/// What one session costs, in sixtieths of a penny.
fn session(run: &Provision, session: &Session, rates: &Rates) -> Result<i128, Unknown> {
    let pence_hour = rates.of(session.staff.or(run.staff), session.day)?;
    Ok(number(run.minutes) * number(pence_hour))
}

/// The rate that planned cost is reckoned at, in pence an hour: the one noted on the run.
fn noted(run: &Provision) -> Cost {
    run.planned_rate.ok_or(match run.staff {
        Some(_) => Unknown::NoRate(run.starts),
        None => Unknown::Nobody,
    })
}

/// Planned cost of the whole run.
pub fn planned(run: &Provision) -> Cost {
    let weeks = number(run.weeks);
    let staff = number(run.minutes_week()) * number(noted(run)?) * weeks;
    let pence = i64::try_from((staff + 30).div_euclid(60)).unwrap_or(i64::MAX);
    Ok(pence.saturating_add(run.materials_pence.clamp(0, MOST)))
}

fn deal_planned(run: &Run, weeks: &Weeks) -> Dealt {
    let rate = noted(&run.provision);
    let mut deal = Deal::new(&run.members, weekly_penny(&run.provision));
    let cost = rate.map(|rate| week(&run.provision, rate));
    for week in &weeks.borne {
        deal.bear(cost, |member| week.has(member));
    }
    for _ in 0..weeks.missing() {
        deal.bear(cost, |_| false);
    }
    let mut dealt = deal.done();
    if let Err(unknown) = rate {
        dealt.parts.fill(Sum::unknown(unknown));
        dealt.nobody = Sum::unknown(unknown);
    }
    dealt
}

fn deal_to_date(run: &Run, rates: &Rates, weeks: &Weeks, today: NaiveDate) -> Dealt {
    let provision = &run.provision;
    let mut deal = Deal::new(&run.members, weekly_penny(provision));
    for one in weeks.borne.iter().take_while(|one| one.last() <= today) {
        let rate = rates.of(provision.staff, one.first());
        let cost = rate.map(|rate| week(provision, rate));
        deal.bear(cost, |member| one.has(member));
    }
    deal.done()
}

fn deal_delivered(run: &Run, rates: &Rates) -> Dealt {
    let mut held: Vec<&Session> = run.sessions.iter().filter(|one| one.held).collect();
    held.sort_by_key(|one| (one.day, one.id));
    let mut deal = Deal::new(&run.members, 60);
    for one in held {
        let cost = session(&run.provision, one, rates);
        deal.bear(cost, |member| member.is_in(one.day));
    }
    deal.done()
}

/// One child's part of a run, or nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Planned, in pence.
    pub planned: Cost,
    /// For the weeks that have passed, in pence.
    pub to_date: Cost,
    /// What is known of that.
    pub to_date_known: i64,
    /// For the sessions held while the child was in the run, in pence.
    pub delivered: Cost,
}

impl Part {
    fn of(planned: Sum, to_date: Sum, delivered: Sum) -> Self {
        Self {
            planned: planned.cost,
            to_date: to_date.cost,
            to_date_known: to_date.known,
            delivered: delivered.cost,
        }
    }
}

/// The costs of a run and of each child in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Costs {
    /// The whole.
    pub whole: Part,
    /// What falls to nobody: weeks and sessions with no child on, and weeks that are planned and not there.
    pub unallocated: Part,
    /// By child, in the order of the members.
    pub parts: Vec<Part>,
}

impl Costs {
    /// Works a run out, on a day.
    pub fn of(run: &Run, rates: &Rates, calendar: &Calendar, today: NaiveDate) -> Self {
        Self::over(run, rates, &Weeks::of(&run.provision, calendar), today)
    }

    /// The same, over its weeks.
    pub fn over(run: &Run, rates: &Rates, weeks: &Weeks, today: NaiveDate) -> Self {
        let planned = deal_planned(run, weeks);
        let to_date = deal_to_date(run, rates, weeks, today);
        let delivered = deal_delivered(run, rates);
        let parts = planned.parts.iter().zip(&to_date.parts);
        Self {
            whole: Part::of(planned.whole, to_date.whole, delivered.whole),
            unallocated: Part::of(planned.nobody, to_date.nobody, delivered.nobody),
            parts: parts
                .zip(&delivered.parts)
                .map(|((planned, to_date), delivered)| Part::of(*planned, *to_date, *delivered))
                .collect(),
        }
    }
}

/// A cost as it is printed, with what of it falls to nobody: `£9,120, £120 of it unallocated`.
pub fn told(whole: Cost, unallocated: Cost) -> String {
    let nobody = match unallocated {
        Ok(0) | Err(_) => String::new(),
        Ok(pence) => format!(", {} of it unallocated", pounds(pence)),
    };
    match whole {
        Ok(pence) => format!("{}{nobody}", pounds(pence)),
        Err(_) => format!("not known{nobody}"),
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
