//! A step: one labelled change of a school's file, which one undo takes back whole.

use super::batch::Plan;
use super::form::{Field, Kind};
use super::id::{PupilId, StepId};
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
}

/// The label of a step that adds a record: of a pupil, when it belongs to one, or of several.
pub fn added(kind: Kind, owner: Option<PupilId>, pupils: usize) -> String {
    let noun = kind.noun();
    match owner {
        _ if pupils > 1 => format!("Add {noun} for {pupils} pupils"),
        Some(pupil) if kind != Kind::Pupil => format!("Add {noun} of pupil {pupil}"),
        _ => format!("Add {noun}"),
    }
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

/// The label of a step that applies the plan of an import.
pub fn imported(plan: &Plan) -> String {
    let chosen = plan.asks.iter().filter(|ask| ask.choice.is_some()).count();
    match plan.added.len() + plan.changed.len() + chosen {
        0 if plan.office_to_mend.iter().any(|mend| mend.take) => {
            "Import status and needs from the office".to_owned()
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
    fn an_import_is_named_by_how_many_pupils_it_touches() {
        let mut plan = Plan::default();
        assert_eq!(imported(&plan), "Import leavers from the office");
        plan.added.push(crate::domain::batch::Incoming::default());
        assert_eq!(imported(&plan), "Import 1 pupil from the office");
        plan.added.push(crate::domain::batch::Incoming::default());
        assert_eq!(imported(&plan), "Import 2 pupils from the office");
    }
}
