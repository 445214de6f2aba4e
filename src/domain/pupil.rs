//! A pupil, the periods of SEN status and the ranked needs: what the register is made of.

mod namesake;

pub use namesake::may_be_one;

use super::code::Status;
use super::id::{NeedId, PupilId, StatusId};
use super::text;
use super::year::{self, AcademicYear};
use chrono::NaiveDate;

/// A child on the school's roll, or who was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pupil {
    /// The row's id.
    pub id: PupilId,
    /// Unique pupil number, as the office has it; it may be wrong.
    pub upn: Option<String>,
    /// An earlier UPN.
    pub former_upn: Option<String>,
    /// The number the office's system knows the child by (admission number).
    pub mis_id: Option<String>,
    /// Legal surname; may be empty when only a forename is known.
    pub surname: String,
    /// Legal forename; may be empty when only a surname is known.
    pub forename: String,
    /// Middle names.
    pub middle_names: Option<String>,
    /// The forename the child goes by.
    pub preferred_forename: Option<String>,
    /// Date of birth.
    pub dob: Option<NaiveDate>,
    /// `M`, `F` or as the office wrote it.
    pub sex: Option<String>,
    /// Year group as stored, one of [`year::YEARS`].
    pub year: Option<String>,
    /// The academic year [`Pupil::year`] was true in.
    pub year_of: Option<AcademicYear>,
    /// Registration group.
    pub class: Option<String>,
    /// Home local authority: three digits or its name.
    pub home_la: Option<String>,
    /// The day the child left the roll.
    pub left_on: Option<NaiveDate>,
}

impl Pupil {
    /// A pupil of whom nothing is known.
    pub const fn blank(id: PupilId) -> Self {
        Self {
            id,
            upn: None,
            former_upn: None,
            mis_id: None,
            surname: String::new(),
            forename: String::new(),
            middle_names: None,
            preferred_forename: None,
            dob: None,
            sex: None,
            year: None,
            year_of: None,
            class: None,
            home_la: None,
            left_on: None,
        }
    }

    /// The forename the child goes by.
    pub fn known_as(&self) -> &str {
        self.preferred_forename.as_deref().unwrap_or(&self.forename)
    }

    /// `Okafor, Aisha`: how lists show a name.
    pub fn listed_name(&self) -> String {
        listed_name(&self.surname, self.known_as())
    }

    /// `Aisha Okafor`: how sentences show a name.
    pub fn spoken_name(&self) -> String {
        format!("{} {}", self.known_as(), self.surname)
            .trim()
            .to_owned()
    }

    /// `A.O.`
    pub fn initials(&self) -> String {
        text::initials(self.known_as(), &self.surname)
    }

    /// The year group on a day: the stored one, moved on by the Septembers since.
    pub fn year_on(&self, today: NaiveDate) -> Option<&str> {
        let stored = self.year.as_deref()?;
        Some(match self.year_of {
            Some(of) => year::moved_on(stored, of, AcademicYear::of(today)),
            None => stored,
        })
    }

    /// True once the child has left.
    pub fn is_leaver(&self, today: NaiveDate) -> bool {
        self.left_on.is_some_and(|day| day <= today)
    }
}

/// `Okafor, Aisha`; one name alone when the other is not known.
pub fn listed_name(surname: &str, known_as: &str) -> String {
    match (surname.is_empty(), known_as.is_empty()) {
        (false, false) => format!("{surname}, {known_as}"),
        (true, _) => known_as.to_owned(),
        (_, true) => surname.to_owned(),
    }
}

/// A period of SEN status. At most one is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusPeriod {
    /// The row's id.
    pub id: StatusId,
    /// Whose.
    pub pupil: PupilId,
    /// `N`, `K`, `E`, or a code in no set, as the office wrote it.
    pub code: String,
    /// First day, when known.
    pub starts: Option<NaiveDate>,
    /// Last day; `None` while open.
    pub ends: Option<NaiveDate>,
    /// Why it changed.
    pub reason: Option<String>,
    /// When parents were told (Code of Practice 6.43: schools must formally notify parents of SEN support).
    pub parents_informed: Option<NaiveDate>,
}

impl StatusPeriod {
    /// The census status, when the code is one.
    pub fn known(&self) -> Option<Status> {
        Status::from_code(&self.code)
    }
}

/// A need, ranked 1 (primary), 2 (secondary) and on, for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The row's id.
    pub id: NeedId,
    /// Whose.
    pub pupil: PupilId,
    /// A census code, or a code in no set, as the office wrote it.
    pub code: String,
    /// 1 is the primary need.
    pub rank: i64,
    /// First day, when known.
    pub starts: Option<NaiveDate>,
    /// Last day; `None` while it lasts.
    pub ends: Option<NaiveDate>,
}

/// All there is about one pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The pupil.
    pub pupil: Pupil,
    /// Periods of status, newest first.
    pub statuses: Vec<StatusPeriod>,
    /// Needs, those that last first, by rank.
    pub needs: Vec<Need>,
    /// What the office's list had and could not be taken.
    pub left_out: Vec<LeftOut>,
}

/// A cell of the office's list that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The field's name as `set` takes it.
    pub field: String,
    /// What the cell held.
    pub value: String,
    /// Why it was not taken, as a sentence without its full stop.
    pub reason: String,
}

impl Record {
    /// The open period of status.
    pub fn status(&self) -> Option<&StatusPeriod> {
        self.statuses.iter().find(|period| period.ends.is_none())
    }

    /// The record as one line of the register.
    pub fn line(&self) -> Line {
        let status = self.status();
        Line {
            pupil: self.pupil.clone(),
            status: status.map(|period| period.code.clone()),
            status_since: status.and_then(|period| period.starts),
            needs: self
                .current_needs()
                .map(|need| (need.code.clone(), need.rank))
                .collect(),
            left_out: self.left_out.clone(),
        }
    }

    /// Needs that last, by rank.
    pub fn current_needs(&self) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(|need| need.ends.is_none())
    }
}

/// One line of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The pupil, whole: lists show little of it, the finder and JSON more.
    pub pupil: Pupil,
    /// Code of the open period of status.
    pub status: Option<String>,
    /// First day of the open period.
    pub status_since: Option<NaiveDate>,
    /// Needs that last, by rank: code and rank.
    pub needs: Vec<(String, i64)>,
    /// What the office's list had and could not be taken.
    pub left_out: Vec<LeftOut>,
}

/// An order of the register; equals are in name order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Surname, then forename.
    #[default]
    Name,
    /// Class.
    Class,
    /// Year group, youngest first.
    Year,
    /// EHC plan, SEN support, no SEN, not known.
    Status,
    /// Date of birth, oldest first.
    Dob,
}

impl Order {
    /// All orders.
    pub const ALL: [Self; 5] = [Self::Name, Self::Class, Self::Year, Self::Status, Self::Dob];

    /// What the list's title says.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Class => "class",
            Self::Year => "year",
            Self::Status => "status",
            Self::Dob => "date of birth",
        }
    }
}
