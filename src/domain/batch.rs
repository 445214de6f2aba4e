//! What an importer yields and what becomes of it: a batch of rows, and the plan the user agrees to.

pub mod plan;

use super::code::{NeedReading, StatusReading};
use super::id::{PupilId, StepId};
use super::pupil::LeftOut;
use chrono::NaiveDate;

/// A field of the register a column of an office's file can fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// Unique pupil number.
    Upn,
    /// An earlier UPN.
    FormerUpn,
    /// The number in the office's system.
    MisId,
    /// Surname.
    Surname,
    /// Forename.
    Forename,
    /// Both names in one column.
    FullName,
    /// Middle names.
    MiddleNames,
    /// Preferred forename.
    PreferredForename,
    /// Date of birth.
    Dob,
    /// Sex.
    Sex,
    /// Year group.
    Year,
    /// Registration group.
    Class,
    /// Home local authority.
    HomeLa,
    /// Leaving date.
    LeftOn,
    /// SEN status.
    Status,
    /// Yes or no: has an EHC plan.
    Ehcp,
    /// First day of the status.
    StatusFrom,
    /// Last day of the status.
    StatusTo,
    /// The need of one rank, 1 being primary.
    Need(u8),
    /// Needs in one cell, ranked in order.
    Needs,
    /// The rank of the need in this row.
    NeedRank,
}

impl Target {
    /// The name `--map "Heading=name"` takes and JSON prints: `upn`, `surname`, `need1`…
    pub fn name(self) -> String {
        match self {
            Self::Upn => "upn".into(),
            Self::FormerUpn => "former_upn".into(),
            Self::MisId => "mis_id".into(),
            Self::Surname => "surname".into(),
            Self::Forename => "forename".into(),
            Self::FullName => "full_name".into(),
            Self::MiddleNames => "middle_names".into(),
            Self::PreferredForename => "preferred_forename".into(),
            Self::Dob => "dob".into(),
            Self::Sex => "sex".into(),
            Self::Year => "year".into(),
            Self::Class => "class".into(),
            Self::HomeLa => "home_la".into(),
            Self::LeftOn => "left_on".into(),
            Self::Status => "status".into(),
            Self::Ehcp => "ehcp".into(),
            Self::StatusFrom => "status_from".into(),
            Self::StatusTo => "status_to".into(),
            Self::Need(rank) => format!("need{rank}"),
            Self::Needs => "needs".into(),
            Self::NeedRank => "need_rank".into(),
        }
    }

    /// Every target, needs up to rank 4, in the order they are listed to a reader.
    pub const ALL: [Self; 24] = [
        Self::Upn,
        Self::FormerUpn,
        Self::MisId,
        Self::Surname,
        Self::Forename,
        Self::FullName,
        Self::MiddleNames,
        Self::PreferredForename,
        Self::Dob,
        Self::Sex,
        Self::Year,
        Self::Class,
        Self::HomeLa,
        Self::LeftOn,
        Self::Status,
        Self::Ehcp,
        Self::StatusFrom,
        Self::StatusTo,
        Self::Need(1),
        Self::Need(2),
        Self::Need(3),
        Self::Need(4),
        Self::Needs,
        Self::NeedRank,
    ];

    /// The target a name means, as [`Target::name`] writes it; case, spaces and hyphens do not matter.
    pub fn from_name(name: &str) -> Option<Self> {
        let plain = name.trim().to_ascii_lowercase().replace([' ', '-'], "_");
        Self::ALL
            .into_iter()
            .chain((5..=9).map(Self::Need))
            .find(|target| target.name() == plain)
    }
}

/// One heading of the file and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The heading as the file has it.
    pub heading: String,
    /// Its column, counted from 1.
    pub column: usize,
    /// What it fills; `None` when it is not taken.
    pub target: Option<Target>,
}

/// What the file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    /// The file's name without its folder.
    pub file: String,
    /// `csv`.
    pub kind: &'static str,
    /// `UTF-8`, `UTF-8 with BOM`, `Windows-1252`, `UTF-16LE`, `UTF-16BE`.
    pub encoding: String,
    /// `comma`, `semicolon`, `tab`, `pipe`.
    pub delimiter: &'static str,
    /// The line the headings are on, counted from 1.
    pub header_row: usize,
    /// What each heading was taken for.
    pub mapping: Vec<Mapping>,
    /// Things the reader decided, each a sentence: the order of dates with three examples, lines passed over.
    pub notes: Vec<String>,
}

/// A cell or row that was not taken, or was taken and is to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Line of the file, counted from 1; in a file with line breaks in cells, the line the row starts on.
    pub row: usize,
    /// The heading of the column; empty when it is the whole row.
    pub column: String,
    /// What the cell holds.
    pub value: String,
    /// Why, as a sentence without its full stop.
    pub reason: String,
}

/// A line of the file that is no row: title, heading, total, key, footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Line of the file, counted from 1.
    pub row: usize,
    /// What stands on it, cut to a line.
    pub text: String,
}

/// A cell in which a later row about a child says otherwise than the row that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Line of the later row.
    pub row: usize,
    /// The heading of the column.
    pub column: String,
    /// What is taken.
    pub kept: String,
    /// What the later row has.
    pub other: String,
}

/// One pupil as the file has it; `None` is a blank or a column the file does not have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Incoming {
    /// The first line of the file that is about this pupil.
    pub row: usize,
    /// UPN, upper case.
    pub upn: Option<String>,
    /// Former UPN.
    pub former_upn: Option<String>,
    /// Number in the office's system.
    pub mis_id: Option<String>,
    /// Surname.
    pub surname: Option<String>,
    /// Forename.
    pub forename: Option<String>,
    /// Middle names.
    pub middle_names: Option<String>,
    /// Preferred forename.
    pub preferred_forename: Option<String>,
    /// Date of birth.
    pub dob: Option<NaiveDate>,
    /// `M`, `F` or as written.
    pub sex: Option<String>,
    /// Year group, as stored.
    pub year: Option<String>,
    /// Class.
    pub class: Option<String>,
    /// Home local authority.
    pub home_la: Option<String>,
    /// Leaving date.
    pub left_on: Option<NaiveDate>,
    /// SEN status; `None` is not known.
    pub status: Option<StatusReading>,
    /// First day of the status.
    pub status_from: Option<NaiveDate>,
    /// Last day of a status that has ended: it is not the child's status today.
    pub status_to: Option<NaiveDate>,
    /// Needs by rank, 1 first, ranks without gaps.
    pub needs: Vec<NeedReading>,
    /// Cells that could not be taken and are to be mended.
    pub left_out: Vec<LeftOut>,
}

impl Incoming {
    /// The status the child has today; `None` where it is not known or has ended.
    pub fn status_now(&self) -> Option<&StatusReading> {
        self.status.as_ref().filter(|_| self.status_to.is_none())
    }
}

/// What a reader yields: never a failure as a whole for a bad row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// What the file turned out to be.
    pub shape: Shape,
    /// Rows that hold a pupil or should (not titles, blank lines, footers or repeated headings).
    pub rows: usize,
    /// The pupils.
    pub pupils: Vec<Incoming>,
    /// Rows not taken.
    pub rejected: Vec<RowFault>,
    /// Cells taken as they are, to be mended.
    pub flagged: Vec<RowFault>,
    /// What could be read of the rows in [`Batch::rejected`]: whom they name is in the file and so has not left.
    pub turned_away: Vec<Incoming>,
    /// Rows about a child whom an earlier row of the file named.
    pub already_listed: usize,
    /// Cells in which such a row says otherwise.
    pub differences: Vec<Difference>,
    /// Lines that are no rows.
    pub passed_over: Vec<Passed>,
}

/// A field that differs, old and new as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field's name as `set` takes it; `status` and `need` for those.
    pub field: &'static str,
    /// What the register has; empty when nothing.
    pub old: String,
    /// What the file has.
    pub new: String,
}

/// A pupil on file whom the office's file changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Who.
    pub pupil: PupilId,
    /// The file's data: what is written is what [`Change::fields`] lists.
    pub incoming: Incoming,
    /// What differs.
    pub fields: Vec<FieldChange>,
}

/// A status or need in which the register knows better than the office, or the other way round.
/// It is taken only line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// Who.
    pub pupil: PupilId,
    /// Line of the file.
    pub row: usize,
    /// `status` or `need`.
    pub field: &'static str,
    /// What the register has.
    pub ours: String,
    /// What the office has.
    pub theirs: String,
    /// The file's data, should the user take it.
    pub incoming: Incoming,
    /// True when the user ticked it.
    pub take: bool,
}

/// Whom the user says a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// This pupil on file.
    Pupil(PupilId),
    /// A child not yet on file.
    New,
}

/// A row of which it is not certain whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The file's data.
    pub incoming: Incoming,
    /// Why it is asked, as a sentence without its full stop.
    pub reason: String,
    /// Whom it may be.
    pub candidates: Vec<PupilId>,
    /// Whom the user chose; `None` leaves the row out.
    pub choice: Option<Whom>,
}

/// A pupil who left and is in the office's file again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returner {
    /// Who.
    pub pupil: PupilId,
    /// Line of the file.
    pub row: usize,
    /// True when the user ticked it: the leaving date is taken away.
    pub take: bool,
}

/// A pupil on roll who is not in the office's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaver {
    /// Who.
    pub pupil: PupilId,
    /// True when the user ticked it: the pupil is marked as having left.
    pub take: bool,
}

/// What applying a batch would do: shown before anything is written, applied as one step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// What the file turned out to be.
    pub shape: Shape,
    /// Rows that hold a pupil or should.
    pub rows: usize,
    /// Pupils not yet on file.
    pub added: Vec<Incoming>,
    /// Pupils on file whom the file changes.
    pub changed: Vec<Change>,
    /// Pupils on file whom the file does not change.
    pub unchanged: usize,
    /// Rows about a child whom an earlier row of the file named.
    pub already_listed: usize,
    /// Cells in which such a row says otherwise.
    pub differences: Vec<Difference>,
    /// Proposals: on roll and not in the file.
    pub left: Vec<Leaver>,
    /// Proposals: left, and in the file again.
    pub returned: Vec<Returner>,
    /// Lines that are no rows.
    pub passed_over: Vec<Passed>,
    /// Rows not taken.
    pub rejected: Vec<RowFault>,
    /// Cells taken as they are, to be mended.
    pub flagged: Vec<RowFault>,
    /// Statuses and needs that differ.
    pub office_to_mend: Vec<Mend>,
    /// Rows of which it is not certain whom they are about.
    pub asks: Vec<Ask>,
    /// The register's newest step when the plan was made: applying is refused once there is a newer one. `None` where
    /// nobody else can have changed anything.
    pub basis: Option<StepId>,
}

impl Plan {
    /// The rows by what becomes of them, in the order they are told: their sum is [`Plan::rows`].
    pub fn sum(&self) -> [(usize, &'static str); 6] {
        [
            (self.added.len(), "added"),
            (self.changed.len(), "changed"),
            (self.unchanged, "unchanged"),
            (self.asks.len(), "to ask"),
            (self.rejected.len(), "not taken"),
            (self.already_listed, "about children already listed"),
        ]
    }

    /// True when applying it would write nothing.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.changed.is_empty()
            && !self.left.iter().any(|leaver| leaver.take)
            && !self.returned.iter().any(|returner| returner.take)
            && !self.office_to_mend.iter().any(|mend| mend.take)
            && !self.asks.iter().any(|ask| ask.choice.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_read_by_its_own_name() {
        for target in Target::ALL {
            assert_eq!(Target::from_name(&target.name()), Some(target));
        }
        assert_eq!(Target::from_name(" Need7 "), Some(Target::Need(7)));
        assert_eq!(Target::from_name("Full Name"), Some(Target::FullName));
        for name in ["", "need", "need0", "need10", "name"] {
            assert_eq!(Target::from_name(name), None, "{name}");
        }
    }

    #[test]
    fn a_plan_of_proposals_alone_writes_nothing() {
        let leaver = Leaver {
            pupil: PupilId(1),
            take: false,
        };
        let mut plan = Plan {
            left: vec![leaver],
            ..Plan::default()
        };
        assert!(plan.is_empty());
        plan.left[0].take = true;
        assert!(!plan.is_empty());
    }
}
