//! A step as the screen tells it: with the child and the thing in place of their ids. The history itself keeps no name.

use super::overlay::listing::{Row, Take};
use super::{App, Error};
use crate::domain::form::Kind;
use crate::domain::step::{self, Step, StepKind};
use crate::store::{Called, Store};

/// Steps that touched more rows are told by their label alone, which says how many records they were.
const ROWS_MOST: usize = 60;
/// So many are named of a step that was about several.
const NAMED: usize = 3;

impl App {
    /// What a step did, naming the child and the thing; by ids while names are hidden.
    pub(super) fn told_step(&self, step: &Step) -> Result<String, Error> {
        if self.state.veil.is_some() {
            return Ok(step.label.clone());
        }
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        told(store, step)
    }

    /// A step as a row of a list.
    pub(super) fn step_row(&self, step: &Step, take: Take) -> Result<Row, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let at = (self.state.local)(step.at);
        let mut behind = String::new();
        if !step.in_effect && step.kind == StepKind::Change {
            behind.push_str(" (taken back)");
        }
        if step.set_back {
            behind = format!("{behind} {}", step::SET_BACK);
        }
        let (named, coded) = (told(store, step)?, format!("{}{behind}", step.label));
        Ok(Row {
            when: at.format("%a %-d %b %H:%M").to_string(),
            what: format!("{named}{behind}"),
            coded: (named != step.label).then_some(coded),
            more: step.author.clone(),
            off: !step.in_effect || step.kind != StepKind::Change,
            take,
        })
    }
}

fn told(store: &Store, step: &Step) -> Result<String, Error> {
    let said = step.label.as_str();
    let said = said.split_once(": ").map_or(said, |(_, undone)| undone);
    // These say what they were: a file from the office, a year's terms.
    let is_known = |label: &str| label.starts_with("Import ") || label.starts_with("Enter ");
    if step.rows == 0 || step.kind == StepKind::Boundary || is_known(&step.label) || is_known(said)
    {
        return Ok(step.label.clone());
    }
    let (mut text, named) = replaced(&step.label, |kind, id| Ok(store.called(kind, id)?))?;
    if step.rows > ROWS_MOST {
        return Ok(text);
    }
    let behind = match named {
        // The label has its one record, or the one child of what was added: then what that is.
        Some(Kind::Pupil) => added(store, step)?,
        Some(_) => None,
        None => about(store, step)?,
    };
    if let Some(behind) = behind {
        text = format!("{text}: {behind}");
    }
    Ok(text)
}

/// A label with names in place of ids, and the kind of the record whose id it had.
fn replaced(
    label: &str,
    called: impl Fn(Kind, i64) -> Result<Option<Called>, Error>,
) -> Result<(String, Option<Kind>), Error> {
    let mut text = String::new();
    let mut found = None;
    for word in label.split(' ') {
        let bare = word.trim_end_matches(':');
        if let Some((kind, id)) = id_behind(&text, bare)
            && let Some(record) = called(kind, id)?
        {
            found = Some(kind);
            if matches!(kind, Kind::Pupil | Kind::Contact) {
                // The name alone; an entry's own kind says more than that it is one.
                text.truncate(text.len() - kind.noun().len() - 1);
            }
            text.push_str(&spoken(kind, &record));
            text.push_str(&word[bare.len()..]);
        } else {
            text.push_str(word);
        }
        text.push(' ');
    }
    text.truncate(text.len().saturating_sub(1));
    Ok((text, found))
}

/// The record an id stands for, where its noun stands before it: `task t3`.
fn id_behind(before: &str, word: &str) -> Option<(Kind, i64)> {
    let mut letters = word.chars();
    let kind = Kind::from_letter(letters.next()?)?;
    let id = letters.as_str().parse().ok().filter(|id: &i64| *id > 0)?;
    let noun = before.trim_end().ends_with(kind.noun());
    noun.then_some((kind, id))
}

/// `SEN status K of Aisha Okafor 5B` behind its noun, `phone call about 3 pupils`.
fn spoken(kind: Kind, record: &Called) -> String {
    let link = if kind == Kind::Contact { "about" } else { "of" };
    let whose = match record.whose.as_slice() {
        [] => return record.thing.clone(),
        [only] => only.clone(),
        many => format!("{} pupils", many.len()),
    };
    format!("{} {link} {whose}", record.thing)
        .trim_start()
        .to_owned()
}

/// What was added to a child: the first record of the step that says more than its kind does.
fn added(store: &Store, step: &Step) -> Result<Option<String>, Error> {
    let wanted = |kind: Kind| {
        step.label
            .starts_with(&format!("Add {} of ", kind.noun()))
            .then_some(kind)
    };
    let kind = match Kind::ALL.into_iter().find_map(wanted) {
        Some(kind) => kind,
        None if step.label.starts_with("Put ") => Kind::Member,
        None => return Ok(None),
    };
    let touched = store.touched(step.id)?;
    let first = touched.iter().find(|(other, ..)| *other == kind);
    let Some((_, id, _)) = first else {
        return Ok(None);
    };
    let called = store.called(kind, *id)?.map(|record| record.thing);
    Ok(called.filter(|thing| !thing.is_empty()))
}

/// What a step was about whose label has no id: its one record, or the first few of its children or things.
fn about(store: &Store, step: &Step) -> Result<Option<String>, Error> {
    let id = step.reverses.unwrap_or(step.id);
    let mut touched = store.touched(id)?;
    if let Some(kind) = said_in(&step.label) {
        touched.retain(|(other, ..)| *other == kind);
    }
    let mut names: Vec<String> = Vec::new();
    for (kind, id, _) in &touched {
        let Some(record) = store.called(*kind, *id)? else {
            continue;
        };
        let name = match (touched.len(), record.whose.as_slice()) {
            (1, _) => spoken(*kind, &record),
            (_, []) => record.thing,
            (_, whose) => whose.join(", "),
        };
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let mut text = names.join(", ");
    if more > 0 {
        text = format!("{text} and {more} more");
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// The kind of record that a label names without an id: of several words the longest noun.
fn said_in(label: &str) -> Option<Kind> {
    let is_said = |kind: &Kind| {
        let said = [kind.noun().to_owned(), kind.plural()];
        said.iter().any(|noun| label.contains(&format!(" {noun}")))
    };
    let said = Kind::ALL.into_iter().filter(is_said);
    said.max_by_key(|kind| (kind.noun().len(), *kind != Kind::Pupil))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_behind_its_noun_gives_way_to_the_name_and_nothing_else_does() {
        let called = |kind, _| {
            let (thing, whose) = match kind {
                Kind::Pupil => ("Aisha Okafor 5B", vec![]),
                Kind::Contact => ("phone call", vec!["Aisha Okafor 5B".to_owned()]),
                Kind::Task => ("\"Ring\"", vec!["Aisha Okafor 5B".to_owned()]),
                _ => ("K", vec!["Aisha Okafor 5B".to_owned()]),
            };
            let thing = thing.to_owned();
            Ok(Some(Called { thing, whose }))
        };
        for (label, want) in [
            (
                "Change pupil p12: class, UPN",
                "Change Aisha Okafor 5B: class, UPN",
            ),
            (
                "Undo: Change SEN status s3: parents told",
                "Undo: Change SEN status K of Aisha Okafor 5B: parents told",
            ),
            (
                "Bring contact c7 back from the bin",
                "Bring phone call about Aisha Okafor 5B back from the bin",
            ),
            (
                "Move task t3 to Fri 27 Nov 2026",
                "Move task \"Ring\" of Aisha Okafor 5B to Fri 27 Nov 2026",
            ),
            ("Change setting s3", "Change setting s3"),
            ("Tick 3 tasks", "Tick 3 tasks"),
        ] {
            assert_eq!(replaced(label, called).unwrap().0, want);
        }
    }
}
