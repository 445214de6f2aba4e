//! What one row of the office's list changes in one pupil on file.

use super::OnFile;
use crate::domain::batch::{FieldChange, Incoming, Mend};
use crate::domain::date;
use crate::domain::pupil::Pupil;
use chrono::NaiveDate;

/// The fields the file changes, and the status or needs in which file and register differ.
///
/// A blank never empties what is on file. A status or a list of needs fills an empty place; where both sides have
/// one and they differ it is a [`Mend`], which is written only when the user takes that line. When a status began
/// is not compared: the office dates it by its own entry.
pub fn compare(
    incoming: &Incoming,
    ours: &OnFile,
    today: NaiveDate,
) -> (Vec<FieldChange>, Vec<Mend>) {
    let mut fields = compare_pupil(incoming, &ours.pupil, today);
    let theirs = match (&incoming.status, incoming.status_to) {
        // The office ended what is open here.
        (Some(status), Some(to)) if ours.status.as_ref() == Some(&status.code) => {
            Some(format!("{}, ended {}", status.code, date::short(to)))
        }
        _ => incoming.status_now().map(|status| status.code.clone()),
    };
    let needs: Vec<&str> = incoming
        .needs
        .iter()
        .map(|need| need.code.as_str())
        .collect();
    let mut mends = Vec::new();
    let sides = [
        (
            "status",
            ours.status.clone().unwrap_or_default(),
            theirs.unwrap_or_default(),
        ),
        ("need", ours.needs.join(", "), needs.join(", ")),
    ];
    for (field, old, new) in sides {
        if new.is_empty() || new == old {
            continue;
        }
        if old.is_empty() {
            fields.push(FieldChange { field, old, new });
        } else {
            mends.push(Mend {
                pupil: ours.pupil.id,
                row: incoming.row,
                field,
                ours: old,
                theirs: new,
                incoming: incoming.clone(),
                take: false,
            });
        }
    }
    (fields, mends)
}

fn compare_pupil(new: &Incoming, old: &Pupil, today: NaiveDate) -> Vec<FieldChange> {
    let dates = [new.dob, old.dob, new.left_on, old.left_on].map(|day| day.map(date::iso));
    let [new_dob, old_dob, new_left, old_left] = dates.each_ref().map(Option::as_deref);
    let name = |field: &'static str| {
        let (new, old) = match field {
            "surname" => (new.surname.as_deref(), Some(old.surname.as_str())),
            "forename" => (new.forename.as_deref(), Some(old.forename.as_str())),
            "middle_names" => (new.middle_names.as_deref(), old.middle_names.as_deref()),
            _ => (
                new.preferred_forename.as_deref(),
                old.preferred_forename.as_deref(),
            ),
        };
        (field, new.filter(|new| !only_louder(new, old)), old)
    };
    let pairs = [
        ("upn", new.upn.as_deref(), old.upn.as_deref()),
        (
            "former_upn",
            new.former_upn.as_deref(),
            old.former_upn.as_deref(),
        ),
        ("mis_id", new.mis_id.as_deref(), old.mis_id.as_deref()),
        name("surname"),
        name("forename"),
        name("middle_names"),
        name("preferred_forename"),
        ("dob", new_dob, old_dob),
        ("sex", new.sex.as_deref(), old.sex.as_deref()),
        ("year", new.year.as_deref(), old.year_on(today)),
        ("class", new.class.as_deref(), old.class.as_deref()),
        ("home_la", new.home_la.as_deref(), old.home_la.as_deref()),
        ("left_on", new_left, old_left),
    ];
    let changed = pairs.into_iter().filter_map(|(field, new, old)| {
        let (new, old) = (new?, old.unwrap_or_default());
        (!new.is_empty() && new != old).then(|| FieldChange {
            field,
            old: old.to_owned(),
            new: new.to_owned(),
        })
    });
    changed.collect()
}

/// True when the file has the same name in capitals: systems that shout do not undo a name written with care.
fn only_louder(new: &str, old: Option<&str>) -> bool {
    old.is_some_and(|old| new != old && old.to_uppercase() == new)
}
