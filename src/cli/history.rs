//! `undo`, `redo` and `history`.

use super::access::Access;
use super::args::{HistoryArgs, UndoArgs};
use super::out::Out;
use super::own;
use super::show::split_id;
use super::stop::Stop;
use super::table::Table;
use crate::domain::date;
use crate::domain::form::Kind;
use crate::domain::step::{SET_BACK, Step, StepKind};
use crate::store::{Error, Store};
use chrono::{DateTime, Local, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::Serialize;

/// Most steps that are printed.
const MOST: usize = 10_000;

#[derive(Serialize)]
struct StepJson {
    id: String,
    kind: &'static str,
    label: String,
    author: String,
    login: String,
    /// By the real clock, UTC.
    at: String,
    working_date: Option<String>,
    reverses: Option<String>,
    rows: usize,
    in_effect: bool,
    /// Earlier than the step before it.
    clock_set_back: bool,
}

impl StepJson {
    fn new(step: &Step) -> Self {
        Self {
            id: step.id.to_string(),
            kind: step.kind.word(),
            label: step.label.clone(),
            author: step.author.clone(),
            login: step.login.clone(),
            at: step.at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            working_date: step.working_date.map(date::iso),
            reverses: step.reverses.map(|id| id.to_string()),
            rows: step.rows,
            in_effect: step.in_effect,
            clock_set_back: step.set_back,
        }
    }
}

/// Takes the last change back, or one step alone.
pub(super) fn undo(access: &Access, verb: &UndoArgs, out: &mut Out) -> Result<(), Stop> {
    if access.is_own() {
        return match verb.step {
            None => own::reverse(access, false, out),
            Some(_) => Err(Stop::usage(
                "Of your own tasks the last change alone is taken back: leave the step out.",
            )),
        };
    }
    let mut store = access.store()?;
    let step = match verb.step {
        Some(id) => store.undo_step(id)?,
        None => store.undo()?,
    };
    reversed(&store, "took back", &step, out);
    Ok(())
}

/// Brings back what was taken back last.
pub(super) fn redo(access: &Access, out: &mut Out) -> Result<(), Stop> {
    if access.is_own() {
        return own::reverse(access, true, out);
    }
    let mut store = access.store()?;
    let step = store.redo()?;
    reversed(&store, "brought back", &step, out);
    Ok(())
}

fn reversed(store: &Store, done: &str, step: &Step, out: &mut Out) {
    if out.json {
        out.value(&StepJson::new(step));
    } else {
        out.line(&step.id.to_string());
    }
    out.say(&format!(
        "{}: {done} {}: {}",
        store.code(),
        step.id,
        step.label
    ));
}

/// Prints what was done, newest first.
pub(super) fn run(access: &Access, verb: &HistoryArgs, out: &mut Out) -> Result<(), Stop> {
    let since = match &verb.since {
        None => None,
        Some(text) => {
            let day = date::read(text, access.today);
            Some(day.map_err(|fault| Stop::usage(fault.to_string()))?)
        }
    };
    let of = match &verb.of {
        None => None,
        Some(text) => Some(
            split_id(text)
                .ok_or_else(|| Stop::usage("--of takes the id of a record: p12, c7, t3, a2."))?,
        ),
    };
    let (steps, cut) = newest(&access.store()?, of, since, MOST)?;
    if cut {
        out.say(&format!(
            "The newest {MOST} steps are shown; there are older ones, which are left out."
        ));
    }
    if out.json {
        let steps: Vec<_> = steps.iter().map(StepJson::new).collect();
        out.value(&steps);
        return Ok(());
    }
    let mut table = Table::new(&["id", "when", "by", "what"]);
    for step in &steps {
        table.push(row(step));
    }
    out.table(&table);
    Ok(())
}

/// The newest steps, and whether there are more than so many.
fn newest(
    store: &Store,
    of: Option<(Kind, i64)>,
    since: Option<NaiveDate>,
    most: usize,
) -> Result<(Vec<Step>, bool), Stop> {
    let since = since.map(begins);
    let mut steps = match of {
        None => store.history(since.map(|at| at.date_naive()), most + 1)?,
        Some((kind, id)) => {
            let steps = store.history_of(kind, id)?;
            if steps.is_empty() {
                let id = format!("{}{id}", kind.def().letter);
                return Err(Error::NoSuchRecord { id }.into());
            }
            steps
        }
    };
    steps.retain(|step| since.is_none_or(|at| step.at >= at));
    let cut = steps.len() > most;
    steps.truncate(most);
    Ok((steps, cut))
}

/// When a day begins here, by the real clock; where the clocks go forward at midnight, an hour after that.
fn begins(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let here = (0..3).find_map(|hour| {
        let later = midnight + TimeDelta::hours(hour);
        later.and_local_timezone(Local).earliest()
    });
    here.map_or_else(|| midnight.and_utc(), |here| here.to_utc())
}

fn row(step: &Step) -> Vec<String> {
    let at = step.at.with_timezone(&Local);
    let mut what = step.label.clone();
    if !step.in_effect && step.kind != StepKind::Access {
        what.push_str(" (taken back)");
    }
    if step.set_back {
        what = format!("{what} {SET_BACK}");
    }
    if let Some(day) = step.working_date {
        what = format!("{what} (as on {})", date::short(day));
    }
    vec![
        step.id.to_string(),
        at.format("%d/%m/%Y %H:%M").to_string(),
        step.author.clone(),
        what,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Author;

    fn store() -> Store {
        let author = Author {
            name: "Sam Reed".to_owned(),
            login: "sam".to_owned(),
            working_date: None,
        };
        Store::memory(author).unwrap()
    }

    #[test]
    fn a_history_cut_short_is_known_to_be() {
        let mut store = store();
        let held = store.history(None, 9).unwrap().len();
        for label in ["One", "Two"] {
            store.record_access(label).unwrap();
        }
        let (steps, cut) = newest(&store, None, None, held + 1).unwrap();
        assert_eq!((steps.len(), cut), (held + 1, true));
        assert_eq!(steps[0].label, "Two");
        assert!(!newest(&store, None, None, held + 2).unwrap().1);
    }

    #[test]
    fn a_step_earlier_than_the_one_before_says_so() {
        let mut store = store();
        for (label, minutes) in [("One", 0), ("Two", -5), ("Three", 1), ("Four", -1)] {
            store.later(TimeDelta::minutes(minutes));
            store.record_access(label).unwrap();
        }
        let steps = newest(&store, None, None, 4).unwrap().0;
        let told: Vec<String> = steps.iter().map(|step| row(step).remove(3)).collect();
        assert_eq!(
            told,
            [
                "Four (clock set back)",
                "Three",
                "Two (clock set back)",
                "One"
            ]
        );
        let json = |step| serde_json::to_value(StepJson::new(step)).unwrap();
        assert_eq!(json(&steps[0])["clock_set_back"], true);
        assert_eq!(json(&steps[1])["clock_set_back"], false);
        let (count, newest) = store.set_back_steps().unwrap().unwrap();
        assert_eq!((count, &*newest.label), (2, "Four"));
        let (count, newest) = store.steps_ahead().unwrap().unwrap();
        assert!(count >= 2, "with the step that made the school");
        assert_eq!(newest.label, "Three");
    }
}
