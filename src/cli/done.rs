//! `done`: ticks a task, or the follow-up of a contact.

use super::access::Access;
use super::args::DoneArgs;
use super::out::Out;
use super::own;
use super::show::split_id;
use super::stop::Stop;
use crate::domain::date;
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, TaskId};
use crate::domain::step;
use crate::domain::task::Task;
use crate::store::{Error, Store};
use chrono::NaiveDate;
use serde::Serialize;

#[derive(Serialize)]
struct DoneJson {
    id: String,
    done_on: Option<String>,
}

/// Ticks, or opens again. What is so already stays, and is told.
pub(super) fn run(access: &Access, verb: &DoneArgs, out: &mut Out) -> Result<(), Stop> {
    let meant = meant(&verb.id)?;
    if access.is_own() {
        return own::done(access, &meant, verb.undo, out);
    }
    let mut store = access.store()?;
    let id = task(&store, &meant)?;
    let found = store.task(id)?.filter(|task| task.binned_at.is_none());
    let Some(task) = found else {
        return Err(Error::NoSuchRecord { id: id.to_string() }.into());
    };
    let on = (!verb.undo).then_some(access.today);
    let told = told(id, task.done_on, on);
    if task.done_on.is_some() != on.is_some() {
        store.step(&step::ticked(&[id], on.is_some()), |writer| {
            writer.tick(id, on)
        })?;
    }
    let task = store.task(id)?.unwrap_or(task);
    print(id, &task, store.code(), &told, out);
    Ok(())
}

/// What is said of a tick, from the day it was done on and the day it is to be done on.
pub(super) fn told(id: TaskId, was: Option<NaiveDate>, on: Option<NaiveDate>) -> String {
    match (was, on) {
        (Some(day), Some(_)) => format!("{id} was ticked already, on {}", date::full(day)),
        (None, None) => format!("{id} is open already"),
        (None, Some(_)) => format!("ticked {id}"),
        (Some(_), None) => format!("{id} is open again"),
    }
}

/// Prints the task as it is now.
pub(super) fn print(id: TaskId, task: &Task, school: &str, told: &str, out: &mut Out) {
    if out.json {
        out.value(&DoneJson {
            id: id.to_string(),
            done_on: task.done_on.map(date::iso),
        });
    } else {
        let sep = if out.plain { "\t" } else { "  " };
        out.line(&[id.to_string(), task.title.clone()].join(sep));
    }
    out.say(&format!("{school}: {told}"));
}

/// A task by its number, or the contact it follows up.
#[derive(Clone, Copy)]
pub(super) enum Meant {
    /// The task itself.
    Task(TaskId),
    /// The follow-up of this contact.
    FollowUp(ContactId),
}

fn meant(text: &str) -> Result<Meant, Stop> {
    match split_id(text) {
        Some((Kind::Task, number)) => Ok(Meant::Task(TaskId(number))),
        Some((Kind::Contact, number)) => Ok(Meant::FollowUp(ContactId(number))),
        Some(_) => Err(Stop::usage(
            "Only a task (t3) or the follow-up of a contact (c7) is ticked.",
        )),
        None => match text.parse() {
            Ok(id) => Ok(Meant::Task(id)),
            Err(_) => Err(Stop::usage(
                "Give the id of a task (t3) or of a contact (c7); sendesk today and sendesk list tasks print them.",
            )),
        },
    }
}

fn task(store: &Store, meant: &Meant) -> Result<TaskId, Stop> {
    let contact = match *meant {
        Meant::Task(id) => return Ok(id),
        Meant::FollowUp(contact) => contact,
    };
    let found = store.contact(contact)?.ok_or(Error::NoSuchRecord {
        id: contact.to_string(),
    })?;
    match found.follow_up {
        Some(next) => Ok(next.task),
        None => Err(Stop::failed(format!(
            "{contact} has no follow-up. Give it one with: sendesk set {contact} follow_up=1w"
        ))),
    }
}
