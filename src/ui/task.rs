//! A task in words: its sign and day for a list, and in full where it is read.

use super::contact;
use super::fact::fact;
use super::pen::{Line, Pen};
use super::person;
use super::theme::{Glyphs, Role};
use super::when::{Clock, days};
use crate::app::pane::tasks::Peek;
use crate::domain::calendar::Calendar;
use crate::domain::date;
use crate::domain::task::{self, Task};
use chrono::{Datelike, NaiveDate};

/// Days late from which a task gets a second sign.
const LONG_LATE: i64 = 5;

/// How often a task is put off before its line says so.
const OFTEN: i64 = 3;

/// What tells of a task's day in a list: a sign, a word or number, and their colour.
pub(super) struct Due {
    /// At most two columns.
    pub sign: String,
    /// At most seven columns: `6d`, `10:00`, `Tue 24`, `12 Dec`.
    pub text: String,
    /// The colour of both.
    pub role: Role,
}

/// A task's day on a day.
pub(super) fn due(glyphs: Glyphs, task: &Task, today: NaiveDate) -> Due {
    let of = |sign: String, text: String, role: Role| Due { sign, text, role };
    if let Some(day) = task.done_on {
        return of(glyphs.ok.to_string(), short(day, today), Role::StatusOff);
    }
    let late = task.overdue_days(today);
    if late > 0 {
        let signs = 1 + usize::from(late >= LONG_LATE || task.urgent);
        let text = if late > 999 {
            "999d+".to_owned()
        } else {
            format!("{late}d")
        };
        return of(
            glyphs.late.to_string().repeat(signs),
            text,
            Role::StatusLate,
        );
    }
    let sign = if task.urgent {
        glyphs.up.to_string()
    } else {
        String::new()
    };
    match task.due {
        None => of(sign, String::new(), Role::TextMuted),
        Some(due) if due.day == today => {
            let time = due.time.map(|time| time.format("%H:%M").to_string());
            let sign = if sign.is_empty() {
                glyphs.soon.to_string()
            } else {
                sign
            };
            of(
                sign,
                time.unwrap_or_else(|| "today".to_owned()),
                Role::StatusSoon,
            )
        }
        Some(due) => of(sign, short(due.day, today), Role::TextNormal),
    }
}

/// A day in seven columns: `Tue 24` within a week, `12 Dec` within a year, else `Dec '27`.
fn short(day: NaiveDate, today: NaiveDate) -> String {
    let ahead = (day - today).num_days();
    if (1..=7).contains(&ahead) {
        day.format("%a %-d").to_string()
    } else if day.year() == today.year() || (0..=180).contains(&ahead) {
        date::day_month(day)
    } else {
        day.format("%b '%y").to_string()
    }
}

/// What else its line tells where there is room, the most wanted first.
pub(super) fn more(pen: &Pen<'_>, line: &task::Line) -> Vec<(String, Role)> {
    let task = &line.task;
    let mut parts = Vec::new();
    if let Some(who) = &task.waiting_for {
        parts.push((format!("waiting: {}", pen.whom(who)), Role::StatusInfo));
    }
    if task.urgent {
        parts.push(("urgent".to_owned(), Role::StatusSoon));
    }
    if task.carried >= OFTEN {
        parts.push((format!("put off {}x", task.carried), Role::StatusSoon));
    }
    if let Some((kind, day)) = line.from {
        let text = format!("from {} {}", contact::came_from(kind), date::day_month(day));
        parts.push((text, Role::TextMuted));
    }
    parts
}

/// A task in one line among others of the same child: sign, day, title, then what else there is.
pub(super) fn brief(pen: &Pen<'_>, line: &task::Line, today: NaiveDate) -> Line {
    let told = due(pen.theme.glyphs(), &line.task, today);
    let mut pieces = vec![
        pen.piece(format!("{:<2} {:<8}", told.sign, told.text), told.role),
        pen.piece(pen.internal(&line.task.title), Role::TextNormal),
    ];
    for (text, role) in more(pen, line) {
        pieces.push(pen.piece(format!("  {text}"), role));
    }
    pieces
}

/// A task in full with what stands behind it.
pub(super) fn full(
    pen: &Pen<'_>,
    (line, peek): (&task::Line, Option<&Peek>),
    (calendar, clock): (&Calendar, Clock),
    width: usize,
    roomy: bool,
) -> Vec<Line> {
    let task = &line.task;
    let mut lines = contact::paragraph(pen, &pen.words(&task.title), Role::TextStrong, width);
    lines.extend(when(pen, task, calendar, clock.today, width));
    if let Some(child) = &line.about {
        let name = contact::spoken(pen, child);
        lines.extend(fact(pen, "About", &name, Role::TextNormal, width));
    }
    if let Some(who) = &task.waiting_for {
        lines.extend(fact(
            pen,
            "Waiting",
            &pen.whom(who),
            Role::StatusInfo,
            width,
        ));
    }
    let gap = |lines: &mut Vec<Line>| {
        if roomy {
            lines.push(Vec::new());
        }
    };
    let Some(peek) = peek else {
        return lines;
    };
    if let Some(source) = &peek.source {
        gap(&mut lines);
        lines.extend(came_from(pen, source, width));
    }
    if !peek.people.is_empty() {
        gap(&mut lines);
        lines.push(vec![pen.piece("People", Role::ListHeader)]);
        let people = peek.people.iter();
        lines.extend(people.flat_map(|one| person::lines(pen, one, width)));
    }
    if !peek.contacts.is_empty() {
        gap(&mut lines);
        lines.push(vec![pen.piece("Last contacts", Role::ListHeader)]);
        let contacts = peek.contacts.iter();
        lines.extend(contacts.map(|one| contact::brief(pen, one, clock, width)));
    }
    gap(&mut lines);
    let entered = clock.entered(task.entered_at);
    lines.extend(fact(pen, "Entered", &entered, Role::TextMuted, width));
    lines
}

/// By when it is due and what is known of that day; urgent, put off, done.
fn when(
    pen: &Pen<'_>,
    task: &Task,
    calendar: &Calendar,
    today: NaiveDate,
    width: usize,
) -> Vec<Line> {
    let glyphs = pen.theme.glyphs();
    let late = task.overdue_days(today);
    let mut lines = Vec::new();
    let mut say = |label: &str, text: String, role: Role| {
        lines.extend(fact(pen, label, &text, role, width));
    };
    if let Some(day) = task.done_on {
        let text = format!("{} {}", glyphs.ok, date::full(day));
        say("Done", text, Role::StatusOk);
    }
    let (text, role) = match task.due {
        None => ("someday".to_owned(), Role::TextMuted),
        Some(due) if task.done_on.is_some() => (due.shown(), Role::TextNormal),
        Some(due) if late > 0 => (
            format!("{} {}, {} late", glyphs.late, due.shown(), days(late)),
            Role::StatusLate,
        ),
        Some(due) if due.day == today => (
            format!("{} today, {}", glyphs.soon, due.shown()),
            Role::StatusSoon,
        ),
        Some(due) => (due.shown(), Role::TextNormal),
    };
    say("Due", text, role);
    if let Some(closed) = task
        .due
        .filter(|due| due.day >= today && task.done_on.is_none())
        .and_then(|due| calendar.closed(due.day))
    {
        let text = format!("{} no school that day: {closed}", glyphs.soon);
        say("", text, Role::StatusSoon);
    }
    if task.urgent {
        let text = format!("{} before the others of its day", glyphs.up);
        say("Urgent", text, Role::StatusSoon);
    }
    if task.carried > 0 {
        let times = match task.carried {
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            n => format!("{n} times"),
        };
        let role = if task.carried >= OFTEN {
            Role::StatusSoon
        } else {
            Role::TextNormal
        };
        say("Put off", times, role);
    }
    lines
}

/// The contact a task follows up: what it was, and its words.
fn came_from(pen: &Pen<'_>, source: &crate::domain::contact::Contact, width: usize) -> Vec<Line> {
    let whom = source
        .with
        .as_deref()
        .map(|with| format!(" with {}", pen.whom(with)))
        .unwrap_or_default();
    let text = format!("{} {}{whom}", source.kind.title(), source.at.shown());
    let mut lines = fact(pen, "From", &text, Role::TextStrong, width);
    let struck = source.strike().is_some();
    let role = if struck {
        Role::StatusOff
    } else {
        Role::TextNormal
    };
    if struck {
        let text = format!("{} struck: not to be relied upon", pen.theme.glyphs().late);
        lines.extend(fact(pen, "", &text, Role::StatusLate, width));
    }
    lines.extend(contact::paragraph(
        pen,
        &pen.words(&source.text),
        role,
        width,
    ));
    lines
}
