//! The user's own tasks from the shell: `--school ME`, or `^me` in a line of `add`. They are at no school and about no child.

use super::access::{self, Access};
use super::add::{self, Told};
use super::done::{self, Meant};
use super::out::Out;
use super::stop::Stop;
use crate::domain::add_line::{self, AddLine, PartKind, What};
use crate::domain::form::{Context, Value};
use crate::domain::id::TaskId;
use crate::domain::school::OWN;
use crate::domain::step;
use crate::domain::task::Task;
use crate::store::{Desk, Error, Own};
use crate::sys;
use serde::Serialize;
use std::sync::Arc;

/// Said by a verb that needs a school.
pub(super) const NO_SCHOOL: &str = "ME stands for your own tasks, which are at no school: add, done, list tasks, today, \
    due, undo, redo and backup know them.";

#[derive(Serialize)]
struct StepJson {
    school: &'static str,
    label: String,
}

/// Where every school is read, says why the user's own tasks are not and goes on; where they alone are, that is the end.
pub(super) fn not_read(access: &Access, error: Error, out: &mut Out) -> Result<(), Stop> {
    if !access.globals.all {
        return Err(error.into());
    }
    out.say(&format!("Your own tasks are not among these: {error}"));
    Ok(())
}

/// What a line is read with: no people.
pub(super) fn context(access: &Access, desk: &Desk) -> Context {
    Context {
        time: Some(sys::clock::time()),
        calendar: Arc::new(access::own_calendar(desk)),
        ..Context::on(access.today)
    }
}

/// The line as one of a task: nothing else is at no school, so "Call the LA" is what is to be done.
///
/// # Errors
/// Where it names a child.
pub(super) fn as_task(line: &str, access: &Access) -> Result<String, Stop> {
    let read = add_line::parse(line, &Context::on(access.today));
    if !read.who.is_empty() {
        return Err(Stop::usage(
            "A task of your own is about no child, and this line names one with @; nothing was stored.",
        ));
    }
    let kind = read.parts.iter().any(|part| part.what == PartKind::Kind);
    if read.what == What::Task && kind {
        return Ok(line.to_owned());
    }
    Ok(format!("task {line}"))
}

/// Adds what a line says as a task of the user's own.
pub(super) fn add(
    desk: &Desk,
    read: &AddLine,
    context: &Context,
    out: &mut Out,
) -> Result<(), Stop> {
    let entry =
        add_line::entry(read, &[], None, context).map_err(|faults| add::refused(&faults))?;
    let own = desk.own();
    let mut due = None;
    let mut ids = Vec::new();
    for mut values in entry.records {
        if entry.urgent {
            values.insert("urgent", Some(Value::Text("yes".to_owned())));
        }
        let id = own.add(&values)?;
        due = own.line(id)?.and_then(|line| line.task.due);
        ids.push(id.to_string());
    }
    let told = Told {
        topic: None,
        school: OWN,
        kind: add::TASK,
        pupils: Vec::new(),
        follow_up: None,
        due,
    };
    add::print(told, ids, out);
    Ok(())
}

/// Ticks one of them, or opens it again.
pub(super) fn done(access: &Access, meant: &Meant, undo: bool, out: &mut Out) -> Result<(), Stop> {
    let Meant::Task(id) = *meant else {
        return Err(Stop::usage(
            "Your own tasks have ids such as t3: sendesk list tasks --school ME prints them.",
        ));
    };
    let desk = access.desk()?;
    let own = desk.own();
    let task = found(&own, id)?;
    let on = (!undo).then_some(access.today);
    let told = done::told(id, task.done_on, on);
    if task.done_on.is_some() != on.is_some() {
        own.change(id, &step::ticked(&[id], on.is_some()), |task| {
            task.done_on = on;
        })?;
    }
    let task = found(&own, id)?;
    done::print(id, &task, OWN, &told, out);
    Ok(())
}

fn found(own: &Own<'_>, id: TaskId) -> Result<Task, Stop> {
    let line = own.line(id)?;
    let task = line.map(|line| line.task);
    task.ok_or_else(|| Stop::failed(format!("There is no {id} among your own tasks.")))
}

/// Takes their last change back, or brings it back.
pub(super) fn reverse(access: &Access, redo: bool, out: &mut Out) -> Result<(), Stop> {
    let label = access.desk()?.own().reverse(redo)?;
    let did = if redo { "brought back" } else { "took back" };
    if out.json {
        out.value(&StepJson {
            school: OWN,
            label: label.clone(),
        });
    } else {
        out.line(&label);
    }
    out.say(&format!("{OWN}: {did}: {label}"));
    Ok(())
}
