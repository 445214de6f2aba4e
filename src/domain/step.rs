//! A step: one labelled change of a school's file, which one undo takes back whole.

use super::batch::Plan;
use super::date;
use super::form::{Field, Kind};
use super::id::{ContactId, ProvisionId, PupilId, StepId, TaskId};
use super::moment::Moment;
use super::year::AcademicYear;
use chrono::{DateTime, NaiveDate, Utc};

/// What sort of step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// A change of records: can be taken back.
    Change,
    /// Took an earlier step back.
    Undo,
    /// Brought a step back that had been taken back.
    Redo,
    /// Somebody opened or copied the file: never taken back, never clears redo.
    Access,
    /// A boundary that undo does not pass (the file was made or its shape changed).
    Boundary,
}

impl StepKind {
    /// The word the journal stores.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Access => "access",
            Self::Boundary => "boundary",
        }
    }

    /// The kind a stored word means.
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::Change,
            Self::Undo,
            Self::Redo,
            Self::Access,
            Self::Boundary,
        ]
        .into_iter()
        .find(|kind| kind.word() == word)
    }
}

/// A step as history shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its place in the journal.
    pub id: StepId,
    /// What sort of step.
    pub kind: StepKind,
    /// What it did, in the user's words, without a child's name: `Import 103 pupils`, `Change pupil p12: class`.
    pub label: String,
    /// The name given when the desk was made.
    pub author: String,
    /// The operating system's login name.
    pub login: String,
    /// When, by the real clock.
    pub at: DateTime<Utc>,
    /// The working date, when it was not the real one.
    pub working_date: Option<NaiveDate>,
    /// The step it took back or brought back.
    pub reverses: Option<StepId>,
    /// Rows it touched.
    pub rows: usize,
    /// False when it has been taken back since.
    pub in_effect: bool,
    /// True when the clock ran back before it: it is earlier than the step before it.
    pub set_back: bool,
}

/// What a list says of a step that is earlier than the one before it.
pub const SET_BACK: &str = "(clock set back)";

/// The label of a step that adds a record: of a pupil, when it belongs to one, or of several.
pub fn added(kind: Kind, owner: Option<PupilId>, pupils: usize) -> String {
    let noun = kind.noun();
    match owner {
        _ if pupils > 1 => format!("Add {noun} for {pupils} pupils"),
        Some(pupil) if kind != Kind::Pupil => format!("Add {noun} of pupil {pupil}"),
        _ => format!("Add {noun}"),
    }
}

/// The label of a step that adds a record on each of several runs.
pub fn added_on(kind: Kind, runs: usize) -> String {
    format!("Add {} on {runs} runs", kind.noun())
}

/// The label of a step that changes these fields of a record.
pub fn changed<'a>(kind: Kind, id: i64, fields: impl IntoIterator<Item = &'a str>) -> String {
    let labels: Vec<String> = fields
        .into_iter()
        .filter_map(|name| kind.def().field(name))
        .map(Field::spoken_label)
        .collect();
    let def = kind.def();
    format!(
        "Change {} {}{id}: {}",
        kind.noun(),
        def.letter,
        labels.join(", ")
    )
}

/// The label of a step that says something of an entry later, or strikes it.
pub fn corrected(kind: Kind, contact: ContactId) -> String {
    match kind {
        Kind::Strike => format!("Strike contact {contact}"),
        _ => format!("Amend contact {contact}"),
    }
}

/// The label of a step that ticks tasks, or opens them again.
pub fn ticked(tasks: &[TaskId], done: bool) -> String {
    let tasks = named(Kind::Task, tasks.iter().map(|task| task.0));
    if done {
        format!("Tick {tasks}")
    } else {
        format!("Open {tasks} again")
    }
}

/// The label of a step that moves tasks to a day, or to someday.
pub fn moved(tasks: &[TaskId], due: Option<Moment>) -> String {
    let to = due.map_or_else(|| "someday".to_owned(), |due| date::full(due.day));
    let tasks = named(Kind::Task, tasks.iter().map(|task| task.0));
    format!("Move {tasks} to {to}")
}

/// The label of a step that moves several tasks by as much each: `how` is `a week later`.
pub fn shifted(tasks: &[TaskId], how: &str) -> String {
    let tasks = named(Kind::Task, tasks.iter().map(|task| task.0));
    format!("Move {tasks} {how}")
}

/// The label of a step that makes tasks urgent, or no longer.
pub fn urgent(tasks: &[TaskId], urgent: bool) -> String {
    let tasks = named(Kind::Task, tasks.iter().map(|task| task.0));
    let how = if urgent { "urgent" } else { "not urgent" };
    format!("Mark {tasks} as {how}")
}

/// The label of a step that reckons planned costs anew.
pub fn recosted(runs: &[ProvisionId]) -> String {
    format!(
        "Recost {}",
        named(Kind::Provision, runs.iter().map(|run| run.0))
    )
}

/// The label of a step that puts records in the bin.
pub fn binned(kind: Kind, ids: &[i64]) -> String {
    format!("Bin {}", named(kind, ids.iter().copied()))
}

/// The label of a step that takes records out of the bin.
pub fn restored(kind: Kind, ids: &[i64]) -> String {
    format!(
        "Bring {} back from the bin",
        named(kind, ids.iter().copied())
    )
}

/// The label of a step that puts children on provision.
pub fn put_on(pupils: &[PupilId]) -> String {
    match pupils {
        [only] => format!("Put pupil {only} on provision"),
        many => format!("Put {} pupils on provision", many.len()),
    }
}

/// The label of a step that takes a record off the file.
pub fn removed(kind: Kind, id: i64) -> String {
    format!("Remove {}", named(kind, [id].into_iter()))
}

/// `task t3`; of several only how many: `4 tasks`.
fn named(kind: Kind, ids: impl ExactSizeIterator<Item = i64>) -> String {
    let (count, noun) = (ids.len(), kind.noun());
    match ids.last() {
        Some(id) if count == 1 => format!("{noun} {}{id}", kind.def().letter),
        _ => format!("{count} {}", kind.plural()),
    }
}

/// The label of a step that says from which day records are kept here, or forgets it.
pub fn kept_from(day: Option<NaiveDate>) -> String {
    match day {
        Some(day) => format!("Keep records here from {}", date::full(day)),
        None => "Forget from when records are kept here".to_owned(),
    }
}

/// The label of a step that enters an academic year's term dates.
pub fn entered_terms(year: AcademicYear) -> String {
    format!("Enter the term dates of {year}")
}

/// The label of a step that applies the plan of an import.
pub fn imported(plan: &Plan) -> String {
    let chosen = plan.asks.iter().filter(|ask| ask.choice.is_some()).count();
    match plan.added.len() + plan.changed.len() + chosen {
        0 if plan.office_to_mend.iter().any(|mend| mend.take) => {
            "Import status and needs from the office".to_owned()
        }
        0 if !plan.left.iter().any(|leaver| leaver.take)
            && plan.returned.iter().any(|returner| returner.take) =>
        {
            "Import children back on roll from the office".to_owned()
        }
        0 => "Import leavers from the office".to_owned(),
        1 => "Import 1 pupil from the office".to_owned(),
        many => format!("Import {many} pupils from the office"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_says_what_was_done_to_which_record_and_never_a_name() {
        let pupil = Some(PupilId(4));
        assert_eq!(added(Kind::Pupil, None, 1), "Add pupil");
        assert_eq!(added(Kind::Status, pupil, 1), "Add SEN status of pupil p4");
        assert_eq!(added(Kind::Need, pupil, 6), "Add need for 6 pupils");
        assert_eq!(
            changed(Kind::Pupil, 12, ["class", "upn", "dob"]),
            "Change pupil p12: class, UPN, date of birth"
        );
        assert_eq!(
            changed(Kind::Status, 3, ["parents_informed"]),
            "Change SEN status s3: parents told"
        );
    }

    #[test]
    fn what_was_done_with_a_task_or_an_entry_is_said_in_the_users_words() {
        let three = [TaskId(3), TaskId(4), TaskId(9)];
        let due = Moment::from_stored("2026-11-27T09:15");
        for (label, want) in [
            (ticked(&three[..1], true), "Tick task t3"),
            (ticked(&three[..1], false), "Open task t3 again"),
            (ticked(&three, true), "Tick 3 tasks"),
            (moved(&three[..1], due), "Move task t3 to Fri 27 Nov 2026"),
            (moved(&three, None), "Move 3 tasks to someday"),
            (urgent(&three[..1], true), "Mark task t3 as urgent"),
            (urgent(&three[..1], false), "Mark task t3 as not urgent"),
            (binned(Kind::Contact, &[7]), "Bin contact c7"),
            (
                restored(Kind::Contact, &[7]),
                "Bring contact c7 back from the bin",
            ),
            (removed(Kind::Person, 3), "Remove person a3"),
            (corrected(Kind::Strike, ContactId(7)), "Strike contact c7"),
            (corrected(Kind::Amendment, ContactId(7)), "Amend contact c7"),
        ] {
            assert_eq!(label, want);
        }
    }

    #[test]
    fn an_import_is_named_by_how_many_pupils_it_touches() {
        let mut plan = Plan::default();
        assert_eq!(imported(&plan), "Import leavers from the office");
        plan.added.push(crate::domain::batch::Incoming::default());
        assert_eq!(imported(&plan), "Import 1 pupil from the office");
        plan.added.push(crate::domain::batch::Incoming::default());
        assert_eq!(imported(&plan), "Import 2 pupils from the office");
    }
}
