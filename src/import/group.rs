//! Several rows about one child: a row for each need or contact is one pupil with the needs in their order.
//!
//! One child is one UPN, or one number of the office, or one name and date of birth. A UPN on two children is
//! nobody's: both are taken without it. What a later row says otherwise is told cell by cell.

use crate::domain::batch::{Difference, Incoming, RowFault, Target};
use crate::domain::code::NeedReading;
use crate::domain::date;
use crate::domain::pupil::LeftOut;
use crate::domain::text::fold;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A fault of one child is told once; so many faults are looked through for it.
const LOOK_BACK: usize = 50;

/// One row as read, before rows are put together.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) pupil: Incoming,
    /// Needs with the rank the row gives them.
    pub(super) needs: Vec<(u32, NeedReading)>,
    pub(super) flagged: Vec<RowFault>,
}

/// Headings that faults are told under, by field.
#[derive(Debug, Default)]
pub(super) struct Told(pub(super) BTreeMap<Target, String>);

impl Told {
    fn of(&self, target: Target) -> String {
        let name = matches!(target, Target::Surname | Target::Forename);
        let whole = self.0.get(&Target::FullName).filter(|_| name);
        let own = self.0.get(&target).or(whole);
        own.cloned().unwrap_or_default()
    }
}

/// The pupils, and the rows that are none.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) pupils: Vec<Incoming>,
    pub(super) rejected: Vec<RowFault>,
    pub(super) turned_away: Vec<Incoming>,
    pub(super) flagged: Vec<RowFault>,
    /// Rows about a child of an earlier row.
    pub(super) already_listed: usize,
    /// Cells in which they say otherwise.
    pub(super) differences: Vec<Difference>,
}

struct Group {
    /// What all rows say.
    pupil: Incoming,
    /// What the first row says.
    first: Incoming,
    /// Rank and line of each need.
    needs: Vec<(u32, usize, NeedReading)>,
    flagged: Vec<RowFault>,
    differences: Vec<Difference>,
    rows: Vec<usize>,
}

type Named = (String, Option<NaiveDate>, String);

#[derive(Default)]
struct Gatherer {
    groups: Vec<Group>,
    upn: HashMap<String, usize>,
    mis_id: HashMap<String, usize>,
    name: HashMap<Named, usize>,
    /// UPNs given to two children, and their groups.
    contested: HashMap<String, Vec<usize>>,
}

/// Puts rows together, in the order of the file.
pub(super) fn gather(drafts: Vec<Draft>, told: &Told) -> Gathered {
    let mut groups = Gatherer::default();
    for draft in drafts {
        groups.place(draft, told);
    }
    groups.take_contested(told);
    let mut sorted = Gathered::default();
    for group in groups.groups {
        if is_named(&group.pupil) {
            sorted.already_listed += group.rows.len() - 1;
            sorted.flagged.extend(group.flagged);
            sorted.differences.extend(group.differences);
            sorted.pupils.push(Incoming {
                needs: ranked(group.needs),
                ..group.pupil
            });
        } else {
            sorted
                .rejected
                .extend(group.rows.iter().map(|row| RowFault {
                    row: *row,
                    column: String::new(),
                    value: String::new(),
                    reason: "no surname and no forename".to_owned(),
                }));
            sorted.turned_away.push(group.pupil);
        }
    }
    sorted.differences.sort_by_key(|difference| difference.row);
    sorted
}

/// Needs by rank, then by line; each once, ranks without gaps whatever the file counts from.
fn ranked(mut needs: Vec<(u32, usize, NeedReading)>) -> Vec<NeedReading> {
    needs.sort_by_key(|(rank, row, _)| (*rank, *row));
    let mut codes = HashSet::new();
    needs
        .into_iter()
        .map(|(_, _, need)| need)
        .filter(|need| codes.insert(need.code.clone()))
        .collect()
}

impl Gatherer {
    /// A UPN on two children is taken from both.
    fn take_contested(&mut self, told: &Told) {
        for (upn, places) in &self.contested {
            let rows = places.iter().flat_map(|at| &self.groups[*at].rows);
            let mut rows: Vec<usize> = rows.copied().collect();
            rows.sort_unstable();
            let rows: Vec<String> = rows.iter().take(6).map(usize::to_string).collect();
            let reason = format!(
                "the file gives this UPN to {} different children (rows {}); left out",
                places.len(),
                rows.join(", ")
            );
            for at in places {
                let group = &mut self.groups[*at];
                group.pupil.upn = None;
                group.pupil.left_out.push(LeftOut {
                    field: Target::Upn.name(),
                    value: upn.clone(),
                    reason: reason.clone(),
                });
                group.flagged.push(RowFault {
                    row: group.pupil.row,
                    column: told.of(Target::Upn),
                    value: upn.clone(),
                    reason: reason.clone(),
                });
            }
        }
    }

    fn place(&mut self, mut draft: Draft, told: &Told) {
        let home = self.find(&mut draft, told);
        let (upn, mis_id) = (draft.pupil.upn.clone(), draft.pupil.mis_id.clone());
        let name = name_key(&draft.pupil);
        let at = match home {
            Home::Of(at) => {
                self.groups[at].join(draft, told);
                at
            }
            Home::New => self.open(draft),
            Home::Contested(upn, other) => {
                let at = self.open(draft);
                let groups = self.contested.entry(upn).or_insert_with(|| vec![other]);
                groups.push(at);
                at
            }
        };
        if let Some(upn) = upn.filter(|upn| is_number(upn)) {
            self.upn.entry(upn).or_insert(at);
        }
        if let Some(id) = mis_id {
            self.mis_id.entry(id).or_insert(at);
        }
        if let Some(name) = name {
            self.name.entry(name).or_insert(at);
        }
    }

    fn open(&mut self, draft: Draft) -> usize {
        let row = draft.pupil.row;
        self.groups.push(Group {
            first: draft.pupil.clone(),
            pupil: draft.pupil,
            needs: draft
                .needs
                .into_iter()
                .map(|(rank, need)| (rank, row, need))
                .collect(),
            flagged: draft.flagged,
            differences: Vec::new(),
            rows: vec![row],
        });
        self.groups.len() - 1
    }

    fn find(&mut self, draft: &mut Draft, told: &Told) -> Home {
        let pupil = &draft.pupil;
        if let Some(upn) = pupil.upn.as_ref().filter(|upn| is_number(upn))
            && let Some(at) = self.upn.get(upn).copied()
        {
            let places = self.contested.get(upn).cloned();
            let own = places.unwrap_or_else(|| vec![at]);
            let own = own
                .into_iter()
                .find(|at| same_child(pupil, &self.groups[*at].pupil));
            return own.map_or_else(|| Home::Contested(upn.clone(), at), Home::Of);
        }
        if let Some(at) = pupil
            .mis_id
            .as_ref()
            .and_then(|id| self.mis_id.get(id))
            .copied()
        {
            let other = &mut self.groups[at];
            if same_child(pupil, &other.pupil)
                && agrees(pupil.upn.as_ref(), other.pupil.upn.as_ref())
            {
                return Home::Of(at);
            }
            other.flagged.push(RowFault {
                row: pupil.row,
                column: told.of(Target::MisId),
                value: pupil.mis_id.clone().unwrap_or_default(),
                reason: format!("row {} gives this number to another child", other.pupil.row),
            });
            return Home::New;
        }
        let Some(at) = name_key(pupil).and_then(|key| self.name.get(&key)).copied() else {
            return Home::New;
        };
        let group = &self.groups[at];
        let other = &group.pupil;
        if !agrees(pupil.upn.as_ref(), other.upn.as_ref())
            || !agrees(pupil.mis_id.as_ref(), other.mis_id.as_ref())
        {
            return Home::New;
        }
        if pupil.dob.is_some() || says_the_same(draft, group) {
            return Home::Of(at);
        }
        let reason = format!(
            "row {} has the same name and class, and no date of birth tells them apart; taken as another child",
            other.row
        );
        let fault = RowFault {
            row: pupil.row,
            column: told.of(Target::Surname),
            value: pupil.surname.clone().unwrap_or_default(),
            reason,
        };
        draft.flagged.push(fault);
        Home::New
    }
}

/// True when two rows hold the same in every cell that both fill, needs included.
fn says_the_same(draft: &Draft, group: &Group) -> bool {
    let needs = |needs: &mut dyn Iterator<Item = &NeedReading>| {
        needs.map(|need| need.code.clone()).collect::<Vec<_>>()
    };
    let theirs = needs(&mut draft.needs.iter().map(|(_, need)| need));
    let ours = needs(&mut group.needs.iter().map(|(_, _, need)| need));
    let cells = cells(&draft.pupil).into_iter().zip(cells(&group.first));
    theirs == ours
        && cells
            .into_iter()
            .all(|((_, theirs), (_, ours))| agrees(theirs.as_ref(), ours.as_ref()))
        && draft.pupil.status == group.first.status
}

/// The cells of a row that can differ from another row's, as they are told.
fn cells(pupil: &Incoming) -> [(Target, Option<String>); 13] {
    let day = |day: Option<NaiveDate>| day.map(date::short);
    [
        (Target::Upn, pupil.upn.clone()),
        (Target::FormerUpn, pupil.former_upn.clone()),
        (Target::MisId, pupil.mis_id.clone()),
        (Target::Surname, pupil.surname.clone()),
        (Target::Forename, pupil.forename.clone()),
        (Target::MiddleNames, pupil.middle_names.clone()),
        (Target::PreferredForename, pupil.preferred_forename.clone()),
        (Target::Dob, day(pupil.dob)),
        (Target::Sex, pupil.sex.clone()),
        (Target::Year, pupil.year.clone()),
        (Target::Class, pupil.class.clone()),
        (Target::HomeLa, pupil.home_la.clone()),
        (Target::LeftOn, day(pupil.left_on)),
    ]
}

enum Home {
    Of(usize),
    New,
    Contested(String, usize),
}

impl Group {
    fn join(&mut self, draft: Draft, told: &Told) {
        let row = draft.pupil.row;
        self.rows.push(row);
        self.needs.extend(
            draft
                .needs
                .into_iter()
                .map(|(rank, need)| (rank, row, need)),
        );
        for flag in draft.flagged {
            let known = |earlier: &RowFault| {
                (&earlier.column, &earlier.value, &earlier.reason)
                    == (&flag.column, &flag.value, &flag.reason)
            };
            if !self.flagged.iter().take(LOOK_BACK).any(known) {
                self.flagged.push(flag);
            }
        }
        self.join_status(&draft.pupil, told);
        for ((target, ours), (_, theirs)) in cells(&self.pupil).into_iter().zip(cells(&draft.pupil))
        {
            if let (Some(kept), Some(other)) = (ours, theirs)
                && fold(&kept) != fold(&other)
            {
                self.differ(row, told.of(target), kept, other);
            }
        }
        let (ours, theirs) = (&mut self.pupil, draft.pupil);
        ours.left_out.extend(theirs.left_out);
        fill(&mut ours.upn, theirs.upn);
        fill(&mut ours.former_upn, theirs.former_upn);
        fill(&mut ours.mis_id, theirs.mis_id);
        fill(&mut ours.surname, theirs.surname);
        fill(&mut ours.forename, theirs.forename);
        fill(&mut ours.middle_names, theirs.middle_names);
        fill(&mut ours.preferred_forename, theirs.preferred_forename);
        fill(&mut ours.dob, theirs.dob);
        fill(&mut ours.sex, theirs.sex);
        fill(&mut ours.year, theirs.year);
        fill(&mut ours.class, theirs.class);
        fill(&mut ours.home_la, theirs.home_la);
        fill(&mut ours.left_on, theirs.left_on);
    }

    fn differ(&mut self, row: usize, column: String, kept: String, other: String) {
        self.differences.push(Difference {
            row,
            column,
            kept,
            other,
        });
    }

    /// Two statuses of one child: one that lasts wins over one that ended, then the later one when both are dated,
    /// otherwise the first. The other is told.
    fn join_status(&mut self, theirs: &Incoming, told: &Told) {
        let ours = &mut self.pupil;
        let Some(other) = &theirs.status else {
            return;
        };
        let Some(first) = ours.status.clone() else {
            ours.status = Some(other.clone());
            (ours.status_from, ours.status_to) = (theirs.status_from, theirs.status_to);
            return;
        };
        let same = first.code == other.code && ours.status_to == theirs.status_to;
        if same {
            ours.status_from = ours.status_from.or(theirs.status_from);
            return;
        }
        let lasts = (ours.status_to.is_none(), theirs.status_to.is_none());
        let later = ours.status_from.is_some() && theirs.status_from > ours.status_from;
        let replace = match lasts {
            (false, true) => true,
            (true, false) => false,
            _ => later,
        };
        let (kept, lost) = if replace {
            ours.status = Some(other.clone());
            (ours.status_from, ours.status_to) = (theirs.status_from, theirs.status_to);
            (other.code.clone(), first.code)
        } else {
            (first.code, other.code.clone())
        };
        self.differ(theirs.row, told.of(Target::Status), kept, lost);
    }
}

fn fill<T>(ours: &mut Option<T>, theirs: Option<T>) {
    if ours.is_none() {
        *ours = theirs;
    }
}

fn agrees(one: Option<&String>, other: Option<&String>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// Text such as `PENDING` in a UPN column is nobody's number.
fn is_number(upn: &str) -> bool {
    upn.bytes().any(|b| b.is_ascii_digit())
}

fn is_named(pupil: &Incoming) -> bool {
    pupil.surname.is_some() || pupil.forename.is_some() || pupil.preferred_forename.is_some()
}

/// Name with date of birth, or with class where there is none.
fn name_key(pupil: &Incoming) -> Option<Named> {
    if !is_named(pupil) || (pupil.dob.is_none() && pupil.class.is_none()) {
        return None;
    }
    let text = |part: &Option<String>| fold(part.as_deref().unwrap_or_default());
    let class = if pupil.dob.is_some() {
        String::new()
    } else {
        text(&pupil.class)
    };
    let forename = pupil
        .forename
        .as_ref()
        .or(pupil.preferred_forename.as_ref())
        .cloned();
    Some((
        format!("{}\u{1f}{}", text(&pupil.surname), text(&forename)),
        pupil.dob,
        class,
    ))
}

/// True when two rows with one number can be one child: forenames do not differ, and surname or date of birth fits.
fn same_child(one: &Incoming, other: &Incoming) -> bool {
    let fits = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => fold(one) == fold(other),
        _ => true,
    };
    let forename = fits(&one.forename, &other.forename)
        || (one.preferred_forename.is_some()
            && fits(&one.preferred_forename, &other.preferred_forename));
    forename && (fits(&one.surname, &other.surname) || (one.dob.is_some() && one.dob == other.dob))
}

#[cfg(test)]
mod tests;
