//! What a SENCO of an invented school has written down: terms, people, a term's diary, the queue, and older years.
//!
//! Pure: the same seed and day give the same on every machine, and the pupils themselves are not changed by it.
//! Records come as checked forms in the order they are to be entered; numbers the file gives (of people and of
//! entries) are not known here, so what hangs on one says so by its place.

mod dealer;
mod hours;
mod past;
mod people;
mod phrase;
mod provision;
mod queue;
mod talk;

use super::Options;
use super::dice::Dice;
use crate::domain::batch::Incoming;
use crate::domain::calendar::{Calendar, Closure, Term, usual};
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{ClosureId, ContactId, PersonId, PupilId, TermId};
use crate::domain::moment::Moment;
use crate::domain::year::AcademicYear;
use chrono::{Days, NaiveDate};
use people::{Adult, Child};
use phrase::Area;
pub use provision::Provided;

/// Most entries a demo diary can have.
pub const MOST_ENTRIES: usize = 1_000_000;

/// Days a diary reaches back at least: in September into the summer term.
const REACH: u64 = 70;

/// A person of one child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The place in [`Book::people`] of the link this person came with, when it is somebody who is shared.
    pub same_as: Option<usize>,
    values: Values,
}

impl Person {
    /// The form as it is to be entered, given the numbers the links before it were given.
    pub fn values(&self, entered: &[PersonId]) -> Values {
        let mut values = self.values.clone();
        let shared = self.same_as.and_then(|place| entered.get(place));
        if let Some(id) = shared {
            values.insert("name", text(&id.to_string()));
        }
        values
    }
}

/// An entry of the diary and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The form of the contact.
    pub values: Values,
    /// Words about one of several children.
    pub words_of: Vec<(PupilId, String)>,
    /// The day its follow-up was done.
    pub followed_up: Option<NaiveDate>,
    later: Option<(Kind, &'static str)>,
}

impl Entry {
    /// What was said of it later, as the form of an amendment or a strike.
    pub fn later(&self, id: ContactId) -> Option<(Kind, Values)> {
        let (kind, words) = self.later?;
        let field = match kind {
            Kind::Strike => "reason",
            _ => "text",
        };
        let values = Values::from([("contact", Some(Value::Whole(id.0))), (field, text(words))]);
        Some((kind, values))
    }
}

/// A task and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The form of the task.
    pub values: Values,
    /// The days it was moved to, one after the other.
    pub moved: Vec<Moment>,
    /// The day it was done.
    pub done_on: Option<NaiveDate>,
}

/// Everything a SENCO has written down, in the order it is to be entered.
#[derive(Debug)]
pub struct Book<'a> {
    /// Terms and closures of the years around today, and the hours of this term's weeks.
    pub calendar: Vec<(Kind, Values)>,
    /// People, parents first.
    pub people: Vec<Person>,
    /// Tasks that follow nothing up.
    pub tasks: Vec<Task>,
    /// The provision map: staff, rates, types, runs, children and sessions.
    pub provision: Vec<Provided>,
    recent: Vec<Entry>,
    past: past::Past<'a>,
}

impl<'a> Book<'a> {
    /// How many entries the diary has.
    pub fn entries(&self) -> usize {
        self.past.left() + self.recent.len()
    }

    /// The diary by when it happened, oldest first, made as it is asked for: a million entries at once would be too
    /// much to hold.
    pub fn diary(self) -> impl Iterator<Item = Entry> + use<'a> {
        self.past.chain(self.recent)
    }
}

/// What is known while the book is written.
struct Desk<'a> {
    today: NaiveDate,
    /// Which school of several, from 0.
    index: usize,
    /// The first day of the diary's term.
    since: NaiveDate,
    year: AcademicYear,
    calendar: Calendar,
    children: Vec<Child<'a>>,
    adults: Vec<Adult>,
}

/// Writes the book of a school whose pupils are on file under these numbers, as many as there are pupils.
///
/// With `entries` the diary has so many in all, up to [`MOST_ENTRIES`], the older ones spread over the years the
/// children have been at the school; without it a term's worth. A school without pupils has no diary.
pub fn book<'a>(
    options: &Options,
    pupils: &'a [Incoming],
    ids: &[PupilId],
    entries: Option<usize>,
) -> Book<'a> {
    // Far from the streams of the pupils, one for each part, so that no part moves another.
    let dice = |part: u64| Dice::new(options.seed, 1 << 32 | (options.index as u64) << 8 | part);
    let year = AcademicYear::of(options.today);
    let reach = back(options.today, REACH);
    let since = NaiveDate::from_ymd_opt(year.0, 9, 1).map_or(reach, |first| first.min(reach));
    let (mut records, calendar) = calendar(options.today, since);
    let mut children: Vec<Child> = pupils.iter().zip(ids).map(child).collect();
    let circle = people::around(&mut dice(1), &mut children);
    let desk = Desk {
        today: options.today,
        index: options.index,
        since,
        year,
        calendar,
        children,
        adults: circle.adults,
    };
    let mut recent = talk::term(&mut dice(2), &desk);
    let tasks = queue::tasks(&mut dice(3), &desk);
    let provision = provision::map(&mut dice(5), &desk);
    records.extend(hours::lines(&mut dice(6), &desk));
    let wanted = match entries {
        Some(entries) if !pupils.is_empty() => entries.min(MOST_ENTRIES),
        _ => recent.len(),
    };
    recent.drain(..recent.len().saturating_sub(wanted));
    let older = wanted - recent.len();
    Book {
        calendar: records,
        people: circle.people,
        tasks,
        provision,
        recent,
        past: past::Past::new(dice(4), desk, older),
    }
}

fn child<'a>((row, id): (&'a Incoming, &PupilId)) -> Child<'a> {
    let code = row.status.as_ref().map(|status| status.code.as_str());
    let sen = matches!(code, Some("K" | "E"));
    let need = row.needs.first().map(|need| need.code.as_str());
    Child {
        id: *id,
        row,
        sen,
        area: if sen {
            Area::of(need.or(Some("NSA")))
        } else {
            Area::Any
        },
        adults: Vec::new(),
    }
}

/// The terms from the diary's first day to the end of next year, and this year's INSET days.
fn calendar(today: NaiveDate, since: NaiveDate) -> (Vec<(Kind, Values)>, Calendar) {
    let this = AcademicYear::of(today);
    let (mut records, mut terms, mut closures) = (Vec::new(), Vec::new(), Vec::new());
    for year in AcademicYear::of(since).0..=this.0 + 1 {
        for half in usual::halves(AcademicYear(year)) {
            records.push((Kind::Term, half.values()));
            terms.push(Term {
                id: TermId(terms.len() as i64 + 1),
                name: half.name.to_owned(),
                starts: half.starts,
                ends: half.ends,
            });
        }
    }
    let [autumn, _, spring, ..] = usual::halves(this);
    for day in [autumn.starts, spring.starts] {
        let values = Values::from([("date", Some(Value::Date(day))), ("name", text("INSET"))]);
        records.push((Kind::Closure, values));
        closures.push(Closure {
            id: ClosureId(closures.len() as i64 + 1),
            day,
            name: "INSET".to_owned(),
        });
    }
    (records, Calendar::new(terms, closures))
}

impl Desk<'_> {
    /// A school day from one day to another, both included; where there is none, the last one before.
    fn school_day(&self, dice: &mut Dice, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let days = (last - first).num_days().max(0) as usize;
        for _ in 0..12 {
            let day = forth(first, dice.below(days + 1) as u64);
            if self.calendar.is_school_day(day) {
                return day;
            }
        }
        self.calendar.on_or_before(last).unwrap_or(last)
    }

    /// Where the children are who were on roll yesterday.
    fn on_roll(&self, sen: bool) -> Vec<usize> {
        let is_here = |child: &Child| child.sen == sen && child.row.left_on.is_none();
        (0..self.children.len())
            .filter(|at| is_here(&self.children[*at]))
            .collect()
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a form holds values that may be empty"
)]
fn text(words: &str) -> Option<Value> {
    Some(Value::Text(words.to_owned()))
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

fn forth(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests;
