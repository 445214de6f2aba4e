//! What the next SENCO of a school is handed on paper: what is open, what was promised to parents, what still runs.

#[cfg(test)]
mod tests;

use super::calendar::Calendar;
use super::contact::{Contact, ContactKind, Visibility};
use super::person::{self, Person};
use super::provision::{Phase, Run};
use super::task::{self, Line};
use chrono::{Datelike, NaiveDate};

/// Where an open task stands on the paper. Each stands once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// What is in neither of the others.
    Open,
    /// It follows up an entry of the diary and is due by the last day looked at.
    FollowUp,
    /// It was promised to a parent or carer, whenever it is due.
    Promise,
}

impl Section {
    /// All, in the order of the paper.
    pub const ALL: [Self; 3] = [Self::Open, Self::FollowUp, Self::Promise];
}

/// The last day of the first October that is not over: by then whoever takes over in September has found their feet.
pub fn last_day(today: NaiveDate) -> NaiveDate {
    let of = |year| NaiveDate::from_ymd_opt(year, 10, 31);
    let this = of(today.year()).filter(|last| today <= *last);
    this.or_else(|| of(today.year() + 1)).unwrap_or(today)
}

/// An open task with the entry it follows up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The task, with its child.
    pub line: Line,
    /// The entry.
    pub source: Option<Contact>,
    /// True where a parent or carer took part in that.
    pub to_parents: bool,
}

impl Entry {
    /// A task and its entry, with the people around the entry's children.
    pub fn new(line: Line, source: Option<Contact>, people: &[Person]) -> Self {
        let to_parents = source.as_ref().is_some_and(|contact| {
            let with = contact.with.as_deref().unwrap_or_default();
            contact.kind.is_exchange() && person::is_with_family(people, with)
        });
        Self {
            line,
            source,
            to_parents,
        }
    }

    /// Where it stands, when follow-ups are looked at up to a day.
    fn section(&self, last: NaiveDate) -> Section {
        let due = self.line.task.due;
        if self.to_parents {
            Section::Promise
        } else if self.source.is_some() && due.is_some_and(|due| due.day <= last) {
            Section::FollowUp
        } else {
            Section::Open
        }
    }

    /// True where the entry is the school's own, not for parents to see.
    pub fn is_internal(&self) -> bool {
        let seen = self.source.as_ref().map(|contact| contact.visibility);
        seen == Some(Visibility::Internal)
    }

    /// True where it follows up what was logged in the safeguarding system, of which no detail is kept here.
    fn is_safeguarding(&self) -> bool {
        let kind = self.source.as_ref().map(|contact| contact.kind);
        kind == Some(ContactKind::Safeguarding)
    }
}

/// A run that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// The run.
    pub run: Run,
    /// Its last day.
    pub last: NaiveDate,
}

/// What is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Follow-ups due up to this day have a section of their own.
    pub until: NaiveDate,
    /// Open tasks in the order of the queue, each with where it stands.
    pub tasks: Vec<(Section, Entry)>,
    /// Tasks that follow up a safeguarding note: not on the paper.
    pub safeguarding: usize,
    /// Provision that runs on the day, by its last day.
    pub running: Vec<Running>,
    /// How many runs begin later.
    pub to_come: usize,
}

impl Handover {
    /// Puts the paper together as of a day.
    pub fn of(entries: Vec<Entry>, runs: Vec<Run>, calendar: &Calendar, today: NaiveDate) -> Self {
        let until = last_day(today);
        let (kept_back, mut entries): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(Entry::is_safeguarding);
        entries.sort_by_cached_key(|entry| task::order_key(&entry.line.task, today));
        let to_come = |run: &&Run| run.provision.phase(calendar, today) == Phase::ToCome;
        let to_come = runs.iter().filter(to_come).count();
        let mut running: Vec<Running> = runs
            .into_iter()
            .filter(|run| run.provision.phase(calendar, today) == Phase::Running)
            .map(|run| Running {
                last: run.provision.last_day(calendar),
                run,
            })
            .collect();
        running.sort_by_key(|one| (one.last, one.run.provision.id));
        Self {
            until,
            tasks: entries
                .into_iter()
                .map(|entry| (entry.section(until), entry))
                .collect(),
            safeguarding: kept_back.len(),
            running,
            to_come,
        }
    }

    /// What stands in a section.
    pub fn section(&self, section: Section) -> impl Iterator<Item = &Entry> {
        let of = move |(place, _): &&(Section, Entry)| *place == section;
        self.tasks.iter().filter(of).map(|(_, entry)| entry)
    }

    /// How many rows come from entries that are the school's own.
    pub fn internal(&self) -> usize {
        let internal = |(_, entry): &&(Section, Entry)| entry.is_internal();
        self.tasks.iter().filter(internal).count()
    }
}
