//! A school's calendar: its terms and closures, and which days are school days.
//!
//! Terms and closures are the school's own and are entered; bank holidays are known. Where no term of that time has
//! been entered every weekday that is no bank holiday or closure counts as a school day, and [`Calendar::covers`]
//! tells so. Refuses to know today: every day is handed in.

pub mod bank;
mod stretch;
#[cfg(test)]
mod tests;
pub mod usual;
mod visit;

pub use visit::MyDays;

use super::id::{ClosureId, TermId};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::fmt;
use stretch::{After, Stretch, Whole};

/// First and last day reckoned with: what lies outside is a slip of the finger.
pub const FIRST_DAY: NaiveDate = day_of(1900, 1, 1);
/// See [`FIRST_DAY`].
pub const LAST_DAY: NaiveDate = day_of(2200, 12, 31);

const fn day_of(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

/// A term or a half-term as the school entered it. Two rows whose names are equal but for a trailing number
/// ("Autumn 1", "Autumn 2") are the halves of one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its row.
    pub id: TermId,
    /// What the school calls it.
    pub name: String,
    /// First day.
    pub starts: NaiveDate,
    /// Last day, included. A row that ends before it starts is kept and counts for nothing.
    pub ends: NaiveDate,
}

/// A day in term on which the school is closed to pupils: INSET, snow, an election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// Its row.
    pub id: ClosureId,
    /// The day.
    pub day: NaiveDate,
    /// Why, in the school's words.
    pub name: String,
}

/// Why a day is no school day. Printed, it is what a sentence calls such a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// A Saturday or Sunday outside the holidays.
    Weekend(Weekday),
    /// A bank holiday of England, by its name.
    BankHoliday(&'static str),
    /// The school is closed, for this reason.
    Closure(String),
    /// `half-term` between the halves of one term, `holidays` between two terms; weekends there included.
    Holiday(String),
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekend(Weekday::Sun) => f.write_str("a Sunday"),
            Self::Weekend(_) => f.write_str("a Saturday"),
            Self::BankHoliday(name) if name.ends_with("bank holiday") => write!(f, "the {name}"),
            Self::BankHoliday(name) => write!(f, "a bank holiday ({name})"),
            Self::Closure(name) if name.trim().is_empty() => {
                f.write_str("a day the school is closed")
            }
            Self::Closure(name) | Self::Holiday(name) => f.write_str(name),
        }
    }
}

/// Days of which no term dates say whether they are school days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Before the first term entered, which begins on this day.
    Before(NaiveDate),
    /// Between the end of one and the beginning of the next, which are too far apart for a holiday.
    Between(NaiveDate, NaiveDate),
    /// After the last term entered, which ends on this day.
    After(NaiveDate),
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = super::date::medium;
        match *self {
            Self::Before(starts) => write!(f, "no term dates before {}", day(starts)),
            Self::Between(ends, starts) => {
                write!(f, "no term dates between {} and {}", day(ends), day(starts))
            }
            Self::After(ends) => write!(f, "no term dates after {}", day(ends)),
        }
    }
}

/// The same, borrowed: asked for every day a key steps over.
enum Shut<'a> {
    Weekend(Weekday),
    BankHoliday(&'static str),
    Closure(&'a str),
    Holiday(&'static str),
}

/// The days of one school. [`Calendar::default`] knows no terms and no closures, bank holidays only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    terms: Vec<Term>,
    closures: Vec<Closure>,
    stretches: Vec<Stretch>,
    wholes: Vec<Whole>,
    my_days: MyDays,
}

impl Calendar {
    /// A calendar of these rows, in any order, overlapping or not.
    pub fn new(mut terms: Vec<Term>, mut closures: Vec<Closure>) -> Self {
        terms.sort_by_key(|term| (term.starts, term.ends, term.id));
        closures.sort_by_key(|closure| (closure.day, closure.id));
        let (stretches, wholes) = stretch::lay_out(&terms);
        Self {
            terms,
            closures,
            stretches,
            wholes,
            my_days: MyDays::default(),
        }
    }

    /// The same for what is at no school: nobody is anywhere on certain days.
    #[must_use]
    pub fn without_my_days(self) -> Self {
        Self {
            my_days: MyDays::default(),
            ..self
        }
    }

    /// True where one of two terms is the other's half, entered beside the whole: they may well share days.
    pub fn is_half(a: &Term, b: &Term) -> bool {
        stretch::is_half(a, b) || stretch::is_half(b, a)
    }

    /// The rows as entered, by first day.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The closures, by day.
    pub fn closures(&self) -> &[Closure] {
        &self.closures
    }

    /// Why the school is closed on that day; `None` on a school day. A bank holiday comes before a closure, a
    /// closure before the holidays it lies in.
    pub fn closed(&self, day: NaiveDate) -> Option<Closed> {
        Some(match self.shut(day)? {
            Shut::Weekend(weekday) => Closed::Weekend(weekday),
            Shut::BankHoliday(name) => Closed::BankHoliday(name),
            Shut::Closure(name) => Closed::Closure(name.to_owned()),
            Shut::Holiday(name) => Closed::Holiday(name.to_owned()),
        })
    }

    /// Whether pupils are in school on that day, as far as the calendar knows.
    pub fn is_school_day(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && self.shut(day).is_none()
    }

    fn shut(&self, day: NaiveDate) -> Option<Shut<'_>> {
        if let Some(name) = bank::name_of(day) {
            return Some(Shut::BankHoliday(name));
        }
        if let Ok(at) = self
            .closures
            .binary_search_by_key(&day, |closure| closure.day)
        {
            return self
                .closures
                .get(at)
                .map(|closure| Shut::Closure(&closure.name));
        }
        if let (_, Some(stretch)) = self.around(day)
            && stretch.ends < day
        {
            match stretch.after {
                After::HalfTerm => return Some(Shut::Holiday("half-term")),
                After::Holidays => return Some(Shut::Holiday("holidays")),
                After::Unknown => {}
            }
        }
        let weekday = day.weekday();
        matches!(weekday, Weekday::Sat | Weekday::Sun).then_some(Shut::Weekend(weekday))
    }

    /// Whether the terms entered reach that day: it is in one, or in the holidays between two of them.
    pub fn covers(&self, day: NaiveDate) -> bool {
        let (_, stretch) = self.around(day);
        stretch.is_some_and(|stretch| day <= stretch.ends || stretch.after != After::Unknown)
    }

    /// True where terms are entered at all; without any, every weekday that is no bank holiday or closure counts.
    pub fn has_terms(&self) -> bool {
        !self.stretches.is_empty()
    }

    /// Which term dates are missing to know that day; `None` where it is known, and where no terms are entered at all.
    pub fn unknown(&self, day: NaiveDate) -> Option<Unknown> {
        let first = self.stretches.first()?;
        let (next, stretch) = self.around(day);
        let Some(stretch) = stretch else {
            return Some(Unknown::Before(first.starts));
        };
        if day <= stretch.ends || stretch.after != After::Unknown {
            return None;
        }
        Some(match self.stretches.get(next) {
            Some(next) => Unknown::Between(stretch.ends, next.starts),
            None => Unknown::After(stretch.ends),
        })
    }

    /// The last stretch that starts on or before a day, and the place of the one after it.
    fn around(&self, day: NaiveDate) -> (usize, Option<&Stretch>) {
        let next = self
            .stretches
            .partition_point(|stretch| stretch.starts <= day);
        (
            next,
            next.checked_sub(1).and_then(|at| self.stretches.get(at)),
        )
    }

    /// The `n`th school day after a day, or before it when `n` is negative; the day itself for none. `None` where
    /// that leaves [`FIRST_DAY`] to [`LAST_DAY`].
    pub fn add_school_days(&self, from: NaiveDate, n: i64) -> Option<NaiveDate> {
        let mut day = from;
        let mut left = n.unsigned_abs();
        while left > 0 {
            day = within(if n > 0 {
                day.succ_opt()
            } else {
                day.pred_opt()
            })?;
            left -= u64::from(self.is_school_day(day));
        }
        within(Some(day))
    }

    /// The day itself if it is a school day, else the next one.
    pub fn on_or_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        within(Some(day))
            .filter(|day| self.is_school_day(*day))
            .or_else(|| self.add_school_days(day, 1))
    }

    /// The day itself if it is a school day, else the last one before it.
    pub fn on_or_before(&self, day: NaiveDate) -> Option<NaiveDate> {
        within(Some(day))
            .filter(|day| self.is_school_day(*day))
            .or_else(|| self.add_school_days(day, -1))
    }

    /// How many school days lie after `a` up to and with `b`; negative when `b` comes first. So
    /// `add_school_days(a, n)` is `n` school days from `a`.
    pub fn school_days_between(&self, a: NaiveDate, b: NaiveDate) -> i64 {
        let (a, b) = (a.clamp(FIRST_DAY, LAST_DAY), b.clamp(FIRST_DAY, LAST_DAY));
        if b < a {
            // From a school day back to an earlier day: that day counts where this one did not.
            return -self.count(|day| b <= day && day < a, b);
        }
        self.count(|day| day <= b, a.succ_opt().unwrap_or(a))
    }

    fn count(&self, within: impl Fn(NaiveDate) -> bool, from: NaiveDate) -> i64 {
        let days = from.iter_days().take_while(|day| within(*day));
        days.filter(|day| self.is_school_day(*day)).map(|_| 1).sum()
    }

    /// The teaching week a day is in: the term's name and the week's number in the whole term. Weeks run Monday to
    /// Sunday; one with no school day of the term, such as half-term, has no number.
    pub fn week(&self, day: NaiveDate) -> Option<(String, u32)> {
        let monday = monday_of(day)?;
        let sunday = monday.checked_add_days(Days::new(6))?;
        let touches = |whole: &&Whole| whole.starts <= sunday && monday <= whole.ends;
        let holds = |whole: &&Whole| whole.starts <= day && day <= whole.ends;
        let whole = self
            .wholes
            .iter()
            .find(holds)
            .or_else(|| self.wholes.iter().find(touches))?;
        let weeks = self.weeks_of(whole);
        let mut numbered = (1_u32..).zip(weeks);
        let (number, _) = numbered.find(|(_, first)| monday <= *first && *first <= sunday)?;
        Some((whole.name.clone(), number))
    }

    /// The first school day of teaching week `n` of the term that day is in, or of the next one when it lies
    /// between two. `None` when no such term is entered or it has fewer weeks.
    pub fn teaching_week(&self, n: u32, day: NaiveDate) -> Option<NaiveDate> {
        let at = usize::try_from(n).ok()?.checked_sub(1)?;
        self.weeks_of(self.whole_at(day)?).nth(at)
    }

    /// Name and number of teaching weeks of the term that [`Self::teaching_week`] counts in.
    pub fn teaching_weeks(&self, day: NaiveDate) -> Option<(String, u32)> {
        let whole = self.whole_at(day)?;
        let count = self.weeks_of(whole).count();
        Some((whole.name.clone(), u32::try_from(count).ok()?))
    }

    /// The first school day of each week of a term that has one.
    fn weeks_of<'a>(&'a self, whole: &'a Whole) -> impl Iterator<Item = NaiveDate> + 'a {
        let mondays = std::iter::successors(monday_of(whole.starts), |monday| {
            monday.checked_add_days(Days::new(7))
        });
        mondays
            .take_while(|monday| *monday <= whole.ends)
            .filter_map(|monday| {
                let mut days = monday.iter_days().take(7);
                days.find(|day| {
                    whole.starts <= *day && *day <= whole.ends && self.is_school_day(*day)
                })
            })
    }

    /// The last school day of the half-term that day is in, or of the next one when it lies between two.
    pub fn end_of_half_term(&self, day: NaiveDate) -> Option<NaiveDate> {
        let (next, last) = self.around(day);
        let stretch = match last {
            Some(stretch) if day <= stretch.ends => stretch,
            _ => self
                .stretches
                .get(next)
                .filter(|next| stretch::is_holiday(day, next.starts))?,
        };
        self.last_school_day(stretch.starts, stretch.ends)
    }

    /// The last school day of the term that day is in, or of the next one when it lies between two.
    pub fn end_of_term(&self, day: NaiveDate) -> Option<NaiveDate> {
        let whole = self.whole_at(day)?;
        self.last_school_day(whole.starts, whole.ends)
    }

    /// The first school day of the first term that starts after that day: pupils' first, not the INSET day before.
    pub fn start_of_next_term(&self, day: NaiveDate) -> Option<NaiveDate> {
        let (at, current) = self.wholes_around(day);
        let next = self.wholes.get(at)?;
        let reach = current.map_or(day, |current| current.ends.max(day));
        if !stretch::is_holiday(reach, next.starts) {
            return None;
        }
        let first = self
            .on_or_after(next.starts)
            .filter(|first| *first <= next.ends);
        Some(first.unwrap_or(next.starts))
    }

    /// The term a day is in, or the next one when no more than a holiday lies between.
    fn whole_at(&self, day: NaiveDate) -> Option<&Whole> {
        let (at, current) = self.wholes_around(day);
        current.filter(|whole| day <= whole.ends).or_else(|| {
            self.wholes
                .get(at)
                .filter(|next| stretch::is_holiday(day, next.starts))
        })
    }

    fn wholes_around(&self, day: NaiveDate) -> (usize, Option<&Whole>) {
        let next = self.wholes.partition_point(|whole| whole.starts <= day);
        (next, next.checked_sub(1).and_then(|at| self.wholes.get(at)))
    }

    fn last_school_day(&self, starts: NaiveDate, ends: NaiveDate) -> Option<NaiveDate> {
        let last = self.on_or_before(ends).filter(|last| starts <= *last);
        last.or_else(|| within(Some(ends)))
    }
}

fn within(day: Option<NaiveDate>) -> Option<NaiveDate> {
    day.filter(|day| (FIRST_DAY..=LAST_DAY).contains(day))
}

/// The Monday of a day's week.
pub fn monday_of(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))
}
