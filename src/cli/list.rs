//! `list`: pupils, diary, tasks, hours, provision.

use super::access::{self, Access};
use super::args::ListVerb;
use super::diary;
use super::filter::{self, Filter};
use super::hours;
use super::out::Out;
use super::own;
use super::provision;
use super::pupil::{self, Found};
use super::queue::{self, Row};
use super::stop::Stop;
use crate::domain::calendar::FIRST_DAY;
use crate::domain::finder::NameIndex;
use crate::domain::id::{PupilId, TaskId};
use crate::domain::school::OWN;
use crate::domain::task::Line;
use crate::store::Store;
use std::collections::HashSet;

/// Prints what is asked for, or what a filter leaves of it.
pub(super) fn run(access: &Access, verb: &ListVerb, out: &mut Out) -> Result<(), Stop> {
    match verb {
        ListVerb::Pupils { filter } => pupils(access, filter.as_deref(), out),
        ListVerb::Diary { filter, limit } => diary::run(access, filter.as_deref(), *limit, out),
        ListVerb::Tasks { filter, done } => tasks(access, filter.as_deref(), *done, out),
        ListVerb::Hours => hours::list(access, out),
        ListVerb::Provision { filter } => provision::list(access, filter.as_deref(), out),
    }
}

fn pupils(access: &Access, filter: Option<&str>, out: &mut Out) -> Result<(), Stop> {
    let filter = Filter::read(filter.unwrap_or_default())?;
    let mut found = Vec::new();
    for store in access.stores()? {
        let names = if filter.has_words() {
            store.names(access.today)?
        } else {
            NameIndex::default()
        };
        let mut lines = filter.apply(store.all_lines()?, &names, access.today);
        if let Some(told) = filter.told() {
            let untold = store.untold(access.today)?;
            let untold: HashSet<PupilId> = untold.into_iter().map(|(id, _)| id).collect();
            lines.retain(|line| untold.contains(&line.pupil.id) != told);
            lines.retain(|line| told || !line.pupil.is_leaver(access.today));
        }
        found.push(Found {
            school: store.code().to_owned(),
            lines,
        });
    }
    pupil::print(&found, access.globals.all, access.today, out);
    if found.iter().all(|group| group.lines.is_empty()) {
        out.say("No pupil to list.");
    }
    Ok(())
}

fn tasks(access: &Access, filter: Option<&str>, done: bool, out: &mut Out) -> Result<(), Stop> {
    let typed = filter.unwrap_or_default();
    let mut schools = Vec::new();
    let (stores, desk) = access.queues()?;
    for store in stores {
        let filter = filter::task::Filter::read(typed, access.today, &store.calendar()?)?;
        let mut lines = about(access, &store, &filter, done, out)?;
        lines.retain(|line| filter.fits(line, access.today));
        schools.push((store.code().to_owned(), lines));
    }
    if let Some(desk) = desk {
        let own = desk.own();
        let lines = if done {
            own.done_tasks(FIRST_DAY)
        } else {
            own.open_tasks()
        };
        match lines {
            Ok(lines) if lines.is_empty() => {}
            Ok(mut lines) => {
                let calendar = access::own_calendar(&desk);
                let filter = filter::task::Filter::read(typed, access.today, &calendar)?;
                // They are about no pupil.
                lines.retain(|line| {
                    (filter.pupil.is_none() || filter.is_of_nobody())
                        && filter.fits(line, access.today)
                });
                schools.push((OWN.to_owned(), lines));
            }
            Err(error) => own::not_read(access, error, out)?,
        }
    }
    let rows = if done {
        last_first(schools)
    } else {
        queue::in_order(schools, access.today)
    };
    queue::print(&rows, access.globals.all, access.today, out);
    if rows.is_empty() {
        out.say("No task to list.");
    }
    Ok(())
}

/// The tasks of a school, open or done; only those of a pupil where the filter names one.
fn about(
    access: &Access,
    store: &Store,
    filter: &filter::task::Filter,
    done: bool,
    out: &mut Out,
) -> Result<Vec<Line>, Stop> {
    let mut lines = if done {
        store.done_tasks(FIRST_DAY)?
    } else {
        store.open_tasks()?
    };
    if filter.is_of_nobody() {
        let mut of_nobody = Vec::with_capacity(lines.len());
        for line in lines {
            if store.pupils_of_task(&line.task)?.is_empty() {
                of_nobody.push(line);
            }
        }
        return Ok(of_nobody);
    }
    if let Some(text) = &filter.pupil {
        let theirs: HashSet<TaskId> = match pupil::within(access, store, text, out)? {
            Some(pupil) => {
                let theirs = store.tasks_of(pupil)?;
                theirs.into_iter().map(|line| line.task.id).collect()
            }
            None => HashSet::new(),
        };
        lines.retain(|line| theirs.contains(&line.task.id));
    }
    Ok(lines)
}

fn last_first(schools: Vec<(String, Vec<Line>)>) -> Vec<Row> {
    let mut rows: Vec<Row> = schools
        .into_iter()
        .flat_map(|(school, lines)| {
            lines.into_iter().map(move |line| Row {
                school: school.clone(),
                line,
            })
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.line.task.done_on));
    rows
}
