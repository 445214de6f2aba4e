//! Works out what a batch would do to the pupils on file, before anything is written.
//!
//! Pure, and linear in the number of rows. A row is matched by UPN, then by the office's number, then by
//! name and date of birth. What is uncertain is asked, never guessed: several matches, a number that speaks
//! against the name, a child nearly on file.

mod compare;
mod lookup;
mod near;
#[cfg(test)]
mod tests;

use super::{Ask, Batch, Change, Incoming, Leaver, Plan, Returner, RowFault};
use crate::domain::pupil::Pupil;
use chrono::NaiveDate;
pub use compare::compare;
use lookup::{Found, Lookup};
use near::{Likeness, likeness};
use std::collections::HashMap;

/// A pupil on file as the plan compares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnFile {
    /// The pupil.
    pub pupil: Pupil,
    /// Code of the open period of status; `None` when not known.
    pub status: Option<String>,
    /// Codes of the needs that last, in rank order.
    pub needs: Vec<String>,
}

/// What applying a batch to the pupils on file would do. `today` is the working date: year groups are compared
/// as they stand on it, and who left before it is no longer on roll.
pub fn plan(batch: Batch, on_file: &[OnFile], today: NaiveDate) -> Plan {
    let lookup = Lookup::new(on_file);
    let mut plan = Plan {
        shape: batch.shape,
        rows: batch.rows,
        rejected: batch.rejected,
        flagged: batch.flagged,
        already_listed: batch.already_listed,
        differences: batch.differences,
        passed_over: batch.passed_over,
        ..Plan::default()
    };
    let mut claims = Claims::new(on_file.len());
    let found: Vec<Found> = batch.pupils.iter().map(|row| lookup.find(row)).collect();
    claims.settle(&batch.pupils, &found);
    for (index, (incoming, found)) in batch.pupils.into_iter().zip(found).enumerate() {
        let (candidates, reason) = match found {
            Found::Nobody => {
                plan.added.push(incoming);
                continue;
            }
            Found::One { at, .. } => {
                let Some(row) = claims.other_claimant(at, index) else {
                    update(&mut plan, incoming, &on_file[at], today);
                    continue;
                };
                (
                    vec![at],
                    format!("fits the same pupil on file as row {row}"),
                )
            }
            Found::Several(candidates, why) => (candidates, why.to_owned()),
            Found::Near(candidates, why) => (claims.free(candidates), why.to_owned()),
        };
        if candidates.is_empty() {
            plan.added.push(incoming);
            continue;
        }
        claims.see_all(&candidates);
        plan.asks.push(Ask {
            incoming,
            reason,
            candidates: candidates.iter().map(|at| on_file[*at].pupil.id).collect(),
            choice: None,
        });
    }
    for row in &batch.turned_away {
        match lookup.find(row) {
            Found::Nobody => {}
            Found::One { at, .. } => claims.see_all(&[at]),
            Found::Several(candidates, _) | Found::Near(candidates, _) => {
                claims.see_all(&candidates);
            }
        }
    }
    tell_alike(&mut plan);
    propose_leavers(&mut plan, &claims, on_file, today);
    plan.rejected.sort_by_key(|fault| fault.row);
    plan
}

/// Of two new children with one birthday and names nearly alike one is most likely the other written otherwise. Both are taken,
/// for the file is all there is to tell them by, and that is said.
fn tell_alike(plan: &mut Plan) {
    let mut born: HashMap<NaiveDate, Vec<&Incoming>> = HashMap::new();
    for one in &plan.added {
        let Some(dob) = one.dob else { continue };
        let same_day = born.entry(dob).or_default();
        if let Some(other) = same_day.iter().find(|other| is_alike(one, other)) {
            plan.flagged.push(RowFault {
                row: one.row,
                column: String::new(),
                value: name_of(one),
                reason: format!(
                    "has the birthday of {} on row {} and nearly the name: taken as another child; if they are one, bin one",
                    name_of(other),
                    other.row
                ),
            });
        }
        same_day.push(one);
    }
}

fn name_of(one: &Incoming) -> String {
    let part = |name: &Option<String>| name.clone().unwrap_or_default();
    format!("{} {}", part(&one.forename), part(&one.surname))
        .trim()
        .to_owned()
}

fn is_alike(one: &Incoming, other: &Incoming) -> bool {
    let like = |a: &Option<String>, b: &Option<String>| {
        let (a, b) = (
            a.as_deref().unwrap_or_default(),
            b.as_deref().unwrap_or_default(),
        );
        likeness(a, b) >= Likeness::Near
    };
    like(&one.surname, &other.surname) && like(&one.forename, &other.forename)
}

fn update(plan: &mut Plan, incoming: Incoming, ours: &OnFile, today: NaiveDate) {
    if ours.pupil.is_leaver(today) && incoming.left_on.is_none() {
        plan.returned.push(Returner {
            pupil: ours.pupil.id,
            row: incoming.row,
            take: false,
        });
    }
    let (fields, mends) = compare(&incoming, ours, today);
    plan.office_to_mend.extend(mends);
    if fields.is_empty() {
        plan.unchanged += 1;
    } else {
        plan.changed.push(Change {
            pupil: ours.pupil.id,
            incoming,
            fields,
        });
    }
}

/// Who is on roll and not in the file. A file that names nobody on file says nothing about who left.
fn propose_leavers(plan: &mut Plan, claims: &Claims, on_file: &[OnFile], today: NaiveDate) {
    let on_roll = on_file
        .iter()
        .filter(|ours| !ours.pupil.is_leaver(today))
        .count();
    if on_roll == 0 {
        return;
    }
    if !claims.seen.contains(&true) {
        plan.shape.notes.push(
            "No pupil on file is in this list, so no leavers are proposed. Is it another school's?"
                .to_owned(),
        );
        return;
    }
    plan.left = on_file
        .iter()
        .zip(&claims.seen)
        .filter(|(ours, seen)| !**seen && !ours.pupil.is_leaver(today))
        .map(|(ours, _)| Leaver {
            pupil: ours.pupil.id,
            take: false,
        })
        .collect();
    if plan.left.len() * 2 > on_roll {
        plan.shape.notes.push(format!(
            "The list leaves out {} of the {on_roll} pupils on roll: it may be one class or the SEN register only.",
            plan.left.len()
        ));
    }
}

/// Which row of the batch has which pupil on file.
struct Claims {
    /// By place on file: index and line of the row that has the pupil, and how surely (0 is surest).
    by: Vec<Option<(u8, usize, usize)>>,
    /// By place on file: true when the file may be speaking of the pupil.
    seen: Vec<bool>,
}

impl Claims {
    fn new(size: usize) -> Self {
        Self {
            by: vec![None; size],
            seen: vec![false; size],
        }
    }

    /// The surest row has the pupil; of two equally sure ones the first.
    fn settle(&mut self, rows: &[Incoming], found: &[Found]) {
        for (index, (row, found)) in rows.iter().zip(found).enumerate() {
            if let Found::One { at, doubt } = found {
                self.seen[*at] = true;
                let claim = (*doubt, index, row.row);
                if self.by[*at].is_none_or(|earlier| claim < earlier) {
                    self.by[*at] = Some(claim);
                }
            }
        }
    }

    /// Those whom no row has.
    fn free(&self, places: Vec<usize>) -> Vec<usize> {
        let mut places = places;
        places.retain(|at| self.by[*at].is_none());
        places
    }

    /// The line of the row that has this pupil, when it is another one than `index`.
    fn other_claimant(&self, at: usize, index: usize) -> Option<usize> {
        self.by[at]
            .filter(|(_, claimant, _)| *claimant != index)
            .map(|(_, _, row)| row)
    }

    fn see_all(&mut self, places: &[usize]) {
        for at in places {
            self.seen[*at] = true;
        }
    }
}
