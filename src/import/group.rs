//! Several rows about one child: a row for each need or contact is one pupil with the needs in their order.
//!
//! One child is one UPN, or one number of the office, or one name and date of birth. A UPN on two children is
//! nobody's: both are turned away.

use crate::domain::batch::{Incoming, RowFault};
use crate::domain::code::NeedReading;
use crate::domain::text::fold;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

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

/// Headings that faults are told under.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) upn: String,
    pub(super) mis_id: String,
    pub(super) status: String,
    pub(super) dob: String,
}

/// The pupils, and the rows that are none.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) pupils: Vec<Incoming>,
    pub(super) rejected: Vec<RowFault>,
    pub(super) turned_away: Vec<Incoming>,
    pub(super) flagged: Vec<RowFault>,
}

struct Group {
    pupil: Incoming,
    /// Rank and line of each need.
    needs: Vec<(u32, usize, NeedReading)>,
    flagged: Vec<RowFault>,
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
    let refusals = groups.refusals(told);
    let mut sorted = Gathered::default();
    for (group, refusal) in groups.groups.into_iter().zip(refusals) {
        if let Some(refusal) = refusal {
            sorted
                .rejected
                .extend(group.rows.iter().map(|row| RowFault {
                    row: *row,
                    ..refusal.clone()
                }));
            sorted.turned_away.push(group.pupil);
        } else {
            sorted.flagged.extend(group.flagged);
            sorted.pupils.push(Incoming {
                needs: ranked(group.needs),
                ..group.pupil
            });
        }
    }
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
    /// Why a group is no pupil, by group; the row is set for each of its rows.
    fn refusals(&self, told: &Told) -> Vec<Option<RowFault>> {
        let nameless = |group: &Group| {
            (!is_named(&group.pupil)).then(|| RowFault {
                row: 0,
                column: String::new(),
                value: String::new(),
                reason: "no surname and no forename".to_owned(),
            })
        };
        let mut refusals: Vec<Option<RowFault>> = self.groups.iter().map(nameless).collect();
        for (upn, places) in &self.contested {
            let rows = places.iter().flat_map(|at| &self.groups[*at].rows);
            let mut rows: Vec<usize> = rows.copied().collect();
            rows.sort_unstable();
            let rows: Vec<String> = rows.iter().take(6).map(usize::to_string).collect();
            let reason = format!(
                "the file gives this UPN to two different children (rows {})",
                rows.join(", ")
            );
            for at in places {
                refusals[*at] = Some(RowFault {
                    row: 0,
                    column: told.upn.clone(),
                    value: upn.clone(),
                    reason: reason.clone(),
                });
            }
        }
        refusals
    }

    fn place(&mut self, draft: Draft, told: &Told) {
        let home = self.find(&draft, told);
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
                return;
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
            pupil: draft.pupil,
            needs: draft
                .needs
                .into_iter()
                .map(|(rank, need)| (rank, row, need))
                .collect(),
            flagged: draft.flagged,
            rows: vec![row],
        });
        self.groups.len() - 1
    }

    fn find(&mut self, draft: &Draft, told: &Told) -> Home {
        let pupil = &draft.pupil;
        if let Some(upn) = pupil.upn.as_ref().filter(|upn| is_number(upn))
            && let Some(at) = self.upn.get(upn).copied()
        {
            return if same_child(pupil, &self.groups[at].pupil) {
                Home::Of(at)
            } else {
                Home::Contested(upn.clone(), at)
            };
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
                column: told.mis_id.clone(),
                value: pupil.mis_id.clone().unwrap_or_default(),
                reason: format!("row {} gives this number to another child", other.pupil.row),
            });
            return Home::New;
        }
        if let Some(at) = name_key(pupil).and_then(|key| self.name.get(&key)).copied() {
            let other = &self.groups[at].pupil;
            if agrees(pupil.upn.as_ref(), other.upn.as_ref())
                && agrees(pupil.mis_id.as_ref(), other.mis_id.as_ref())
            {
                return Home::Of(at);
            }
        }
        Home::New
    }
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
        let (ours, theirs) = (&mut self.pupil, draft.pupil);
        if let (Some(first), Some(other)) = (ours.dob, theirs.dob)
            && first != other
        {
            self.flagged.push(RowFault {
                row,
                column: told.dob.clone(),
                value: crate::domain::date::short(other),
                reason: format!(
                    "row {} gives this child another date of birth, which is taken",
                    ours.row
                ),
            });
        }
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

    /// Two statuses of one child: the later one when both are dated, otherwise the first, told.
    fn join_status(&mut self, theirs: &Incoming, told: &Told) {
        let ours = &mut self.pupil;
        match (&ours.status, &theirs.status) {
            (Some(first), Some(other)) if first.code != other.code => {
                if theirs.status_from > ours.status_from && ours.status_from.is_some() {
                    ours.status.clone_from(&theirs.status);
                    ours.status_from = theirs.status_from;
                } else if ours.status_from.is_none() || theirs.status_from.is_none() {
                    let reason = format!(
                        "row {} gives this child the status {}, which is taken",
                        ours.row, first.code
                    );
                    self.flagged.push(RowFault {
                        row: theirs.row,
                        column: told.status.clone(),
                        value: other.code.clone(),
                        reason,
                    });
                }
            }
            (None, Some(_)) => {
                ours.status.clone_from(&theirs.status);
                ours.status_from = theirs.status_from;
            }
            _ => {}
        }
        if ours.status_from.is_none() && ours.status == theirs.status {
            ours.status_from = theirs.status_from;
        }
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
mod tests {
    use super::*;

    fn draft(
        row: usize,
        upn: &str,
        mis: &str,
        names: (&str, &str),
        dob: Option<i32>,
        needs: &[(u32, &str)],
    ) -> Draft {
        let text = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        let reading = |(rank, code): &(u32, &str)| {
            let code = (*code).to_owned();
            (*rank, NeedReading { code, flag: None })
        };
        Draft {
            pupil: Incoming {
                row,
                upn: text(upn),
                mis_id: text(mis),
                surname: text(names.0),
                forename: text(names.1),
                dob: dob.and_then(|year| NaiveDate::from_ymd_opt(year, 5, 6)),
                ..Incoming::default()
            },
            needs: needs.iter().map(reading).collect(),
            flagged: Vec::new(),
        }
    }

    fn codes(pupil: &Incoming) -> Vec<&str> {
        pupil.needs.iter().map(|need| need.code.as_str()).collect()
    }

    const ADA: (&str, &str) = ("Okafor", "Ada");

    #[test]
    fn one_upn_one_office_number_or_one_name_and_birthday_is_one_child() {
        for (upn, mis, dob) in [
            ("B801200005001", "", None),
            ("", "12", None),
            ("", "", Some(2016)),
        ] {
            let rows = vec![
                draft(2, upn, mis, ADA, dob, &[(1, "ASD")]),
                draft(3, upn, mis, ADA, dob, &[(1, "SLCN"), (1, "ASD")]),
            ];
            let gathered = gather(rows, &Told::default());
            assert_eq!(gathered.pupils.len(), 1);
            assert_eq!(codes(&gathered.pupils[0]), ["ASD", "SLCN"]);
            assert_eq!(gathered.pupils[0].row, 2);
        }
    }

    #[test]
    fn ranks_may_start_at_nought_have_gaps_and_stand_in_any_order() {
        let rows = vec![
            draft(2, "B801200005001", "", ADA, None, &[(5, "HI")]),
            draft(3, "B801200005001", "", ADA, None, &[(0, "ASD")]),
            draft(4, "B801200005001", "", ("", ""), None, &[(2, "SLCN")]),
        ];
        assert_eq!(
            codes(&gather(rows, &Told::default()).pupils[0]),
            ["ASD", "SLCN", "HI"]
        );
    }

    #[test]
    fn a_upn_on_two_children_turns_both_away() {
        let rows = vec![
            draft(2, "B801200005001", "", ADA, Some(2016), &[]),
            draft(3, "", "", ("Moss", "Ben"), Some(2016), &[]),
            draft(4, "B801200005001", "", ("Okafor", "Bea"), Some(2016), &[]),
        ];
        let gathered = gather(rows, &Told::default());
        let rows: Vec<usize> = gathered.rejected.iter().map(|fault| fault.row).collect();
        assert_eq!(rows, [2, 4]);
        assert!(gathered.rejected[0].reason.contains("rows 2, 4"));
        assert_eq!((gathered.pupils.len(), gathered.turned_away.len()), (1, 2));
    }

    #[test]
    fn a_changed_surname_is_still_one_child_and_two_of_one_name_with_two_upns_are_two() {
        let rows = vec![
            draft(2, "B801200005001", "", ADA, Some(2016), &[]),
            draft(3, "B801200005001", "", ("Bell", "Ada"), Some(2016), &[]),
            draft(4, "A950000178301", "", ADA, Some(2016), &[]),
        ];
        let gathered = gather(rows, &Told::default());
        assert_eq!((gathered.pupils.len(), gathered.rejected.len()), (2, 0));
    }

    #[test]
    fn an_office_number_on_two_children_is_told_and_both_are_taken() {
        let rows = vec![
            draft(2, "", "12", ADA, Some(2016), &[]),
            draft(3, "", "12", ("Moss", "Ben"), Some(2014), &[]),
        ];
        let gathered = gather(rows, &Told::default());
        assert_eq!((gathered.pupils.len(), gathered.flagged.len()), (2, 1));
    }

    #[test]
    fn a_row_without_a_name_is_rejected_unless_another_row_names_the_child() {
        let rows = vec![
            draft(2, "B801200005001", "", ("", ""), None, &[]),
            draft(3, "A950000178301", "", ("", ""), None, &[(1, "ASD")]),
            draft(4, "A950000178301", "", ADA, None, &[]),
        ];
        let gathered = gather(rows, &Told::default());
        assert_eq!(gathered.rejected.len(), 1);
        assert_eq!(gathered.rejected[0].row, 2);
        assert_eq!(gathered.pupils[0].surname.as_deref(), Some("Okafor"));
    }
}
