//! A task: what was promised or planned, by when, for which child; and its place in the queue.

use super::id::{ContactId, PupilId, TaskId};
use super::moment::Moment;
use chrono::{DateTime, Days, NaiveDate, Utc};

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The row's id.
    pub id: TaskId,
    /// What is to be done.
    pub title: String,
    /// By when; `None` is someday.
    pub due: Option<Moment>,
    /// The child it is about.
    pub pupil: Option<PupilId>,
    /// The contact it follows up.
    pub source: Option<ContactId>,
    /// To be done before others of its day.
    pub urgent: bool,
    /// How often its day was put off.
    pub carried: i64,
    /// Who has to act first, when it is not us.
    pub waiting_for: Option<String>,
    /// The day it was done.
    pub done_on: Option<NaiveDate>,
    /// When it was entered, by the real clock.
    pub entered_at: DateTime<Utc>,
    /// When it went to the bin.
    pub binned_at: Option<DateTime<Utc>>,
}

/// Where a task stands in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Its day has passed.
    Late,
    /// Due today.
    Today,
    /// Due within the seven days after today.
    NextSeven,
    /// Due after that.
    Later,
    /// No day was set.
    Someday,
    /// Somebody else has to act first, and its day has not come.
    Waiting,
}

impl Group {
    /// All, in the order of the queue.
    pub const ALL: [Self; 6] = [
        Self::Late,
        Self::Today,
        Self::NextSeven,
        Self::Later,
        Self::Someday,
        Self::Waiting,
    ];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Late => "Late",
            Self::Today => "Today",
            Self::NextSeven => "Next 7 days",
            Self::Later => "Later",
            Self::Someday => "Someday",
            Self::Waiting => "Waiting for",
        }
    }
}

impl Task {
    /// Its group on a day. What waits for somebody comes back when its day has come.
    pub fn group(&self, today: NaiveDate) -> Group {
        let week = today.checked_add_days(Days::new(7)).unwrap_or(today);
        match self.due.map(|due| due.day) {
            Some(day) if day < today => Group::Late,
            Some(day) if day == today => Group::Today,
            _ if self.waiting_for.is_some() => Group::Waiting,
            Some(day) if day <= week => Group::NextSeven,
            Some(_) => Group::Later,
            None => Group::Someday,
        }
    }

    /// Moves it to another day, or to someday. A later day counts as put off; another time of the same day does not.
    pub fn move_to(&mut self, due: Option<Moment>) {
        if let (Some(was), Some(now)) = (self.due, due)
            && now.day > was.day
        {
            self.carried += 1;
        }
        self.due = due;
    }

    /// Days it is late by; 0 when it is not.
    pub fn overdue_days(&self, today: NaiveDate) -> i64 {
        self.due
            .map_or(0, |due| (today - due.day).num_days().max(0))
    }
}

/// A task with what a list shows of its child and its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The task.
    pub task: Task,
    /// The child's surname, known-as name and class, when it is about one.
    pub about: Option<super::contact::Involved>,
    /// What the contact it follows up was, and when: `phone` on 10 November.
    pub from: Option<(super::contact::ContactKind, NaiveDate)>,
}

/// A task's place in the queue: by group, then day, urgent first, then those with a time by it, then those put off
/// most, then the oldest entry.
pub fn order_key(task: &Task, today: NaiveDate) -> impl Ord + use<> {
    let time = task.due.and_then(|due| due.time);
    (
        task.group(today),
        task.due.map(|due| due.day),
        !task.urgent,
        time.is_none(),
        time,
        -task.carried,
        task.id,
    )
}

/// Puts tasks in the queue's order, by [`order_key`].
pub fn sort(lines: &mut [Line], today: NaiveDate) {
    lines.sort_by_cached_key(|line| order_key(&line.task, today));
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveTime;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn task(id: i64, due: Option<u32>) -> Task {
        Task {
            id: TaskId(id),
            title: format!("task {id}"),
            due: due.map(|d| Moment {
                day: day(d),
                time: None,
            }),
            pupil: None,
            source: None,
            urgent: false,
            carried: 0,
            waiting_for: None,
            done_on: None,
            entered_at: DateTime::from_timestamp(0, 0).unwrap(),
            binned_at: None,
        }
    }

    fn waiting(id: i64, due: Option<u32>) -> Task {
        Task {
            waiting_for: Some("EP".into()),
            ..task(id, due)
        }
    }

    #[test]
    fn a_task_stands_in_one_group_by_its_day() {
        for (task, want) in [
            (task(1, Some(22)), Group::Late),
            (task(1, Some(23)), Group::Today),
            (task(1, Some(24)), Group::NextSeven),
            (task(1, Some(30)), Group::NextSeven),
            (task(1, None), Group::Someday),
            (waiting(1, None), Group::Waiting),
            (waiting(1, Some(28)), Group::Waiting),
            (waiting(1, Some(23)), Group::Today),
            (waiting(1, Some(20)), Group::Late),
        ] {
            assert_eq!(task.group(day(23)), want, "{:?}", task.due);
        }
        let december = Task {
            due: Some(Moment {
                day: NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(),
                time: None,
            }),
            ..task(1, None)
        };
        assert_eq!(december.group(day(23)), Group::Later);
        assert_eq!(task(1, Some(20)).overdue_days(day(23)), 3);
        assert_eq!(task(1, Some(25)).overdue_days(day(23)), 0);
    }

    #[test]
    fn the_queue_puts_first_what_cannot_wait() {
        let at = |id, hour| Task {
            due: Some(Moment {
                day: day(23),
                time: NaiveTime::from_hms_opt(hour, 0, 0),
            }),
            ..task(id, None)
        };
        let urgent = Task {
            urgent: true,
            ..task(5, Some(23))
        };
        let tasks = [
            task(1, None),
            task(2, Some(23)),
            at(3, 10),
            at(4, 9),
            urgent,
            task(6, Some(20)),
            waiting(7, None),
        ];
        let mut lines: Vec<Line> = tasks
            .into_iter()
            .map(|task| Line {
                task,
                about: None,
                from: None,
            })
            .collect();
        sort(&mut lines, day(23));
        let order: Vec<i64> = lines.iter().map(|line| line.task.id.0).collect();
        assert_eq!(order, [6, 5, 4, 3, 2, 1, 7]);
    }
}
