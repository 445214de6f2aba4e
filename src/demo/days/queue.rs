//! The queue of an invented school: late and due, far off and some day, waiting, urgent and put off three times.

use super::people::Child;
use super::{Desk, Task, back, forth, text};
use crate::demo::dice::Dice;
use crate::domain::form::{Value, Values};
use crate::domain::moment::Moment;
use chrono::{NaiveDate, NaiveTime};

/// A task as every such queue has it.
#[derive(Clone, Copy)]
struct Usual {
    title: &'static str,
    /// Days from today to the day it is due, and the time; `None` is someday.
    due: Option<(i64, Option<(u32, u32)>)>,
    of: Of,
    urgent: bool,
    waiting_for: &'static str,
    /// How often it was put off, by a week each.
    put_off: i64,
    /// Days since it was done.
    done: Option<u64>,
}

/// Whose it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// A child with SEN.
    Child,
    /// One with an EHC plan.
    Plan,
    /// The one who has left.
    Leaver,
    /// Nobody's in particular.
    Nobody,
}

const fn due(title: &'static str, of: Of, days: i64) -> Usual {
    Usual {
        title,
        due: Some((days, None)),
        of,
        urgent: false,
        waiting_for: "",
        put_off: 0,
        done: None,
    }
}

const fn at(title: &'static str, of: Of, hour: u32, minute: u32) -> Usual {
    Usual {
        due: Some((0, Some((hour, minute)))),
        ..due(title, of, 0)
    }
}

const fn someday(title: &'static str) -> Usual {
    Usual {
        due: None,
        ..due(title, Of::Nobody, 0)
    }
}

const fn waiting(title: &'static str, waiting_for: &'static str, days: i64) -> Usual {
    Usual {
        waiting_for,
        ..due(title, Of::Child, days)
    }
}

const fn urgent(usual: Usual) -> Usual {
    Usual {
        urgent: true,
        ..usual
    }
}

const fn put_off(usual: Usual, times: i64) -> Usual {
    Usual {
        put_off: times,
        ..usual
    }
}

const fn done(title: &'static str, of: Of, days: u64) -> Usual {
    Usual {
        done: Some(days),
        ..due(title, of, -(days as i64))
    }
}

#[rustfmt::skip]
const USUAL: [Usual; 33] = [
    put_off(urgent(due("Chase EP report", Of::Plan, -6)), 3),
    put_off(due("Send APDR to parents", Of::Child, -6), 1),
    due("Send SEN file to the new school", Of::Leaver, -3),
    due("Ring CAMHS duty line", Of::Child, -1),
    at("Review: Lexia, term's figures", Of::Child, 9, 15),
    at("Parent meeting", Of::Child, 10, 0),
    due("Order overlays", Of::Nobody, 0),
    urgent(due("Sign off EP list", Of::Nobody, 0)),
    at("TA drop-in", Of::Nobody, 15, 30),
    due("Annual review: ask for advice", Of::Plan, 1),
    due("Speech and language visit: room and register", Of::Child, 2),
    due("Provision map to senior leaders", Of::Nobody, 3),
    put_off(due("Watch a maths lesson", Of::Child, 3), 2),
    due("Review reading group with the TA", Of::Nobody, 4),
    due("One-page profile to supply folder", Of::Child, 6),
    due("Annual review: invitations out", Of::Plan, 12),
    due("Annual review papers to all invited", Of::Plan, 16),
    due("SEND governor: figures for the meeting", Of::Nobody, 20),
    due("Check SEN types before the census", Of::Nobody, 38),
    due("Plan visits to the next school", Of::Child, 60),
    someday("Sort the resources cupboard"),
    someday("Rewrite the concern form"),
    someday("Visit the new unit across town"),
    someday("Update the SEN information report links"),
    waiting("Report and recommendations", "EP", 9),
    waiting("Consent form back", "parents", 5),
    waiting("Top-up decision", "local authority", 24),
    waiting("Two weeks of lunchtime notes", "class teacher", 3),
    done("Book hall for parents' evening", Of::Nobody, 1),
    done("Send therapy sheet home", Of::Child, 2),
    done("Referral form to SALT", Of::Child, 5),
    done("Update register for the census", Of::Nobody, 11),
    done("Staff briefing: strategies on one page", Of::Nobody, 18),
];

/// Children with SEN to one such queue, and most of these.
const CHILDREN: usize = 20;
const QUEUES: usize = 40;

/// The tasks that follow nothing up.
pub(super) fn tasks(dice: &mut Dice, desk: &Desk) -> Vec<Task> {
    let sen = desk.on_roll(true);
    let queues = if desk.children.is_empty() {
        0
    } else {
        sen.len().div_ceil(CHILDREN).clamp(1, QUEUES)
    };
    let mut tasks = Vec::with_capacity(queues * USUAL.len());
    for queue in 0..queues {
        for (n, usual) in USUAL.iter().enumerate() {
            let Some(usual) = at_school(*usual, n, desk.index) else {
                continue;
            };
            // The office's own work is there once, however large the school.
            if queue == 0 || matches!(usual.of, Of::Child | Of::Plan) {
                tasks.extend(task(dice, desk, &sen, &usual));
            }
        }
    }
    tasks
}

/// A smaller school beside the first has two tasks in three, some days and hours apart, so that the day across them is
/// not one day thrice.
fn at_school(usual: Usual, n: usize, index: usize) -> Option<Usual> {
    if index == 0 {
        return Some(usual);
    }
    let apart = index as i64;
    let due = usual.due.map(|(days, time)| match time {
        Some((hour, minute)) => (days, Some(((hour + 2 * index as u32).min(16), minute))),
        None if days < 0 => (days.min(-1 - apart) + apart, None),
        None if days > 0 => (days + apart, None),
        None => (days, None),
    });
    (!(n + index).is_multiple_of(3)).then_some(Usual { due, ..usual })
}

fn task(dice: &mut Dice, desk: &Desk, sen: &[usize], usual: &Usual) -> Option<Task> {
    let child = match usual.of {
        Of::Nobody => None,
        Of::Leaver => {
            let leaver = desk.children.iter().find(|one| one.row.left_on.is_some());
            Some(leaver?)
        }
        Of::Child | Of::Plan => whose(dice, desk, sen, usual.of == Of::Plan),
    };
    let mut values = Values::from([("title", text(usual.title))]);
    if let Some(child) = child {
        values.insert("pupil", Some(Value::Whole(child.id.0)));
    }
    if usual.urgent {
        values.insert("urgent", text("yes"));
    }
    if !usual.waiting_for.is_empty() {
        values.insert("waiting_for", text(usual.waiting_for));
    }
    let due = usual.due.map(|(days, time)| moment(desk, days, time));
    let mut moved = Vec::new();
    if let Some(due) = due {
        let first = Moment {
            day: back(due.day, 7 * usual.put_off.unsigned_abs()),
            ..due
        };
        values.insert("due", Some(Value::Moment(first)));
        moved.extend((0..usual.put_off).rev().map(|weeks| Moment {
            day: back(due.day, 7 * weeks.unsigned_abs()),
            ..due
        }));
    }
    Some(Task {
        values,
        moved,
        done_on: usual.done.map(|days| near(desk, -(days as i64))),
    })
}

fn whose<'a>(
    dice: &mut Dice,
    desk: &'a Desk<'a>,
    sen: &[usize],
    plan: bool,
) -> Option<&'a Child<'a>> {
    let planned = |at: &&usize| desk.children[**at].has_plan();
    let with_plan: Vec<usize> = sen.iter().filter(planned).copied().collect();
    let from = if plan && !with_plan.is_empty() {
        &with_plan
    } else {
        sen
    };
    dice.one(from).map(|at| &desk.children[*at])
}

fn moment(desk: &Desk, days: i64, time: Option<(u32, u32)>) -> Moment {
    Moment {
        day: if days == 0 {
            desk.today
        } else {
            near(desk, days)
        },
        time: time.and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0)),
    }
}

/// The day so many days from today: a school day when one lies a weekend away, further from today; in the holidays
/// the day itself, or far ahead the next day of school.
fn near(desk: &Desk, days: i64) -> NaiveDate {
    let far = days.unsigned_abs();
    let step = |more: u64| match days {
        ..0 => back(desk.today, far + more),
        _ => forth(desk.today, far + more),
    };
    (0..4)
        .map(step)
        .find(|day| desk.calendar.is_school_day(*day))
        .or_else(|| desk.calendar.on_or_after(step(0)).filter(|_| days > 7))
        .unwrap_or_else(|| step(0))
}
