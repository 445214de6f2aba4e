//! Tasks as rows and as JSON. The keys are a promise to users' scripts.

use super::entry::with_class;
use super::out::Out;
use super::table::Table;
use crate::domain::date;
use crate::domain::task::{self, Line, Task};
use chrono::NaiveDate;
use serde::Serialize;

/// A task of a school.
pub(super) struct Row {
    /// The school's code.
    pub(super) school: String,
    /// The task.
    pub(super) line: Line,
}

/// One task of `today`, `due`, `list tasks` and `show`.
#[derive(Serialize)]
pub(super) struct TaskJson {
    id: String,
    school: String,
    kind: &'static str,
    title: String,
    pupil_id: Option<String>,
    /// The day it is due.
    due: Option<String>,
    overdue_days: i64,
    /// The contact it follows up.
    source: Option<String>,
    /// The time it is due.
    time: Option<String>,
    urgent: bool,
    carried: i64,
    waiting_for: Option<String>,
    done_on: Option<String>,
}

impl TaskJson {
    /// The task as it stands on a day.
    pub(super) fn new(task: &Task, school: &str, today: NaiveDate) -> Self {
        let time = task.due.and_then(|due| due.time);
        Self {
            id: task.id.to_string(),
            school: school.to_owned(),
            kind: match task.source {
                Some(_) => "follow-up",
                None => "task",
            },
            title: task.title.clone(),
            pupil_id: task.pupil.map(|pupil| pupil.to_string()),
            due: task.due.map(|due| date::iso(due.day)),
            overdue_days: match task.done_on {
                Some(_) => 0,
                None => task.overdue_days(today),
            },
            source: task.source.map(|contact| contact.to_string()),
            time: time.map(|time| time.format("%H:%M").to_string()),
            urgent: task.urgent,
            carried: task.carried,
            waiting_for: task.waiting_for.clone(),
            done_on: task.done_on.map(date::iso),
        }
    }
}

/// The queue's order over several schools: by group and day, then school by school.
pub(super) fn in_order(schools: Vec<(String, Vec<Line>)>, today: NaiveDate) -> Vec<Row> {
    let mut rows = Vec::new();
    for (school, mut lines) in schools {
        task::sort(&mut lines, today);
        rows.extend(lines.into_iter().map(|line| Row {
            school: school.clone(),
            line,
        }));
    }
    rows.sort_by_key(|row| {
        let task = &row.line.task;
        (task.group(today), task.due.map(|due| due.day))
    });
    rows
}

/// Prints tasks: as JSON, or in columns under the headings of their groups. Those done have none.
pub(super) fn print(rows: &[Row], several: bool, today: NaiveDate, out: &mut Out) {
    if out.json {
        let tasks: Vec<TaskJson> = rows
            .iter()
            .map(|row| TaskJson::new(&row.line.task, &row.school, today))
            .collect();
        out.value(&tasks);
        return;
    }
    let mut headings = vec!["id", "due", "task", "pupil", ""];
    if several {
        headings.insert(0, "school");
    }
    let mut table = Table::new(&headings);
    for row in rows {
        let mut cells = cells(&row.line, today);
        if out.plain {
            cells.push(
                group(&row.line, today)
                    .map_or("Done", task::Group::title)
                    .to_owned(),
            );
        }
        if several {
            cells.insert(0, row.school.clone());
        }
        table.push(cells);
    }
    let mut last = None;
    for (at, line) in table.lines(out.plain).iter().enumerate() {
        // With a layout the first line has the headings of the columns.
        let row = if out.plain { None } else { at.checked_sub(1) };
        let group = row
            .and_then(|row| rows.get(row))
            .and_then(|row| group(&row.line, today));
        if group.is_some() && group != last {
            out.line(group.map_or("", task::Group::title));
            last = group;
        }
        out.line(line);
    }
}

/// Where an open task stands; one that is done stands nowhere.
fn group(line: &Line, today: NaiveDate) -> Option<task::Group> {
    let is_open = line.task.done_on.is_none();
    is_open.then(|| line.task.group(today))
}

fn cells(line: &Line, today: NaiveDate) -> Vec<String> {
    let task = &line.task;
    let due = match task.done_on {
        Some(day) => format!("done {}", date::relative(day, today)),
        None => task.due.map(|due| due.short(today)).unwrap_or_default(),
    };
    let urgent = if task.urgent { "! " } else { "" };
    vec![
        task.id.to_string(),
        due,
        format!("{urgent}{}", task.title),
        line.about.as_ref().map(with_class).unwrap_or_default(),
        notes(line, today).join(", "),
    ]
}

/// What else there is to know: late, put off, waiting for, from which contact.
fn notes(line: &Line, today: NaiveDate) -> Vec<String> {
    let task = &line.task;
    let mut notes = Vec::new();
    match task.overdue_days(today) {
        _ if task.done_on.is_some() => {}
        0 => {}
        1 => notes.push("1 day late".to_owned()),
        days => notes.push(format!("{days} days late")),
    }
    if task.carried > 0 {
        notes.push(format!("put off {}x", task.carried));
    }
    notes.extend(
        task.waiting_for
            .as_ref()
            .map(|who| format!("waiting for {who}")),
    );
    if let (Some(contact), Some((kind, day))) = (task.source, line.from) {
        notes.push(format!(
            "{contact} {} {}",
            kind.short(),
            date::named(day, today)
        ));
    }
    notes
}
