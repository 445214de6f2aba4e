//! Finds whom on file a row of the office's list speaks of.

use super::OnFile;
use crate::domain::batch::Incoming;
use crate::domain::pupil::Pupil;
use crate::domain::text::fold;
use chrono::NaiveDate;
use std::collections::HashMap;

/// A question offers no more candidates than this: the digits 1 to 9 choose.
const MOST: usize = 9;

/// Whom a row speaks of, by places in the list on file.
pub(super) enum Found {
    /// Nobody on file.
    Nobody,
    /// One pupil. `doubt` is 0 for a UPN, 1 for the office's number, 2 for a name.
    One { at: usize, doubt: u8 },
    /// Not certain: one of these, or nobody.
    Several(Vec<usize>),
}

/// The pupils on file by everything a row can name them by.
pub(super) struct Lookup<'a> {
    on_file: &'a [OnFile],
    upn: HashMap<&'a str, Vec<usize>>,
    mis_id: HashMap<&'a str, Vec<usize>>,
    dated: HashMap<(String, NaiveDate), Vec<usize>>,
    undated: HashMap<String, Vec<usize>>,
    named: HashMap<String, Vec<usize>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(on_file: &'a [OnFile]) -> Self {
        let size = on_file.len();
        let mut lookup = Self {
            on_file,
            upn: HashMap::with_capacity(size),
            mis_id: HashMap::with_capacity(size),
            dated: HashMap::with_capacity(size),
            undated: HashMap::new(),
            named: HashMap::with_capacity(size),
        };
        for (at, ours) in on_file.iter().enumerate() {
            let pupil = &ours.pupil;
            if let Some(upn) = pupil.upn.as_deref().filter(|upn| is_number(upn)) {
                put(lookup.upn.entry(upn).or_default(), at);
            }
            if let Some(id) = pupil.mis_id.as_deref() {
                put(lookup.mis_id.entry(id).or_default(), at);
            }
            for key in name_keys(
                &pupil.surname,
                &pupil.forename,
                pupil.preferred_forename.as_deref(),
            ) {
                match pupil.dob {
                    Some(dob) => put(lookup.dated.entry((key.clone(), dob)).or_default(), at),
                    None => put(lookup.undated.entry(key.clone()).or_default(), at),
                }
                put(lookup.named.entry(key).or_default(), at);
            }
        }
        lookup
    }

    pub(super) fn find(&self, row: &Incoming) -> Found {
        let upns = [&row.upn, &row.former_upn];
        for upn in upns.into_iter().flatten().filter(|upn| is_number(upn)) {
            if let Some(places) = self.upn.get(upn.as_str()) {
                return self.judge(row, places.clone(), 0);
            }
        }
        if let Some(places) = row
            .mis_id
            .as_ref()
            .and_then(|id| self.mis_id.get(id.as_str()))
        {
            let places: Vec<usize> = places
                .iter()
                .copied()
                .filter(|at| {
                    let pupil = &self.on_file[*at].pupil;
                    !(upns_differ(row, pupil) && is_stranger(row, pupil))
                })
                .collect();
            if !places.is_empty() {
                return self.judge(row, places, 1);
            }
        }
        self.find_by_name(row)
    }

    /// One place is taken unless it is a stranger's; of several, the one whose name and birthday fit.
    fn judge(&self, row: &Incoming, places: Vec<usize>, doubt: u8) -> Found {
        let fits = |at: &usize| {
            let pupil = &self.on_file[*at].pupil;
            same_name(row, pupil) && row.dob.is_some() && row.dob == pupil.dob
        };
        match places.as_slice() {
            [] => Found::Nobody,
            [at] if is_stranger(row, &self.on_file[*at].pupil) => Found::Several(places),
            [at] => Found::One { at: *at, doubt },
            _ => {
                let mut fitting = places.iter().copied().filter(|at| fits(at));
                match (fitting.next(), fitting.next()) {
                    (Some(at), None) => Found::One { at, doubt },
                    _ => Found::Several(places),
                }
            }
        }
    }

    /// By name and date of birth. Where one side has no date of birth the name alone must do, unless the
    /// UPNs say that it is another child; a class tells two of one name apart.
    fn find_by_name(&self, row: &Incoming) -> Found {
        let surname = row.surname.as_deref().unwrap_or_default();
        let forename = row.forename.as_deref().unwrap_or_default();
        let mut places: Vec<usize> = Vec::new();
        let keys = name_keys(surname, forename, row.preferred_forename.as_deref());
        if let Some(dob) = row.dob {
            for key in &keys {
                extend(&mut places, self.dated.get(&(key.clone(), dob)));
            }
        }
        if places.is_empty() {
            let by_name = if row.dob.is_some() {
                &self.undated
            } else {
                &self.named
            };
            for key in &keys {
                extend(&mut places, by_name.get(key));
            }
            places.retain(|at| !upns_differ(row, &self.on_file[*at].pupil));
            if places.len() > 1 && row.class.is_some() {
                let same_class = |at: &usize| self.on_file[*at].pupil.class == row.class;
                if places.iter().filter(|at| same_class(at)).count() == 1 {
                    places.retain(same_class);
                }
            }
        }
        match places.as_slice() {
            [] => Found::Nobody,
            [at] => Found::One { at: *at, doubt: 2 },
            _ => Found::Several(places),
        }
    }
}

fn put(places: &mut Vec<usize>, at: usize) {
    if places.len() < MOST {
        places.push(at);
    }
}

fn extend(places: &mut Vec<usize>, more: Option<&Vec<usize>>) {
    for at in more.into_iter().flatten() {
        if !places.contains(at) {
            places.push(*at);
        }
    }
}

/// Text such as `PENDING` in a UPN column names nobody.
fn is_number(upn: &str) -> bool {
    upn.bytes().any(|b| b.is_ascii_digit())
}

fn name_keys(surname: &str, forename: &str, preferred: Option<&str>) -> Vec<String> {
    let surname = fold(surname);
    let mut keys = Vec::with_capacity(2);
    for first in [Some(forename), preferred].into_iter().flatten() {
        let key = format!("{surname}\u{1f}{}", fold(first));
        if key.len() > 1 && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

fn upns_differ(row: &Incoming, pupil: &Pupil) -> bool {
    match (&row.upn, &pupil.upn) {
        (Some(theirs), Some(ours)) => theirs != ours && row.former_upn.as_ref() != Some(ours),
        _ => false,
    }
}

fn same_surname(row: &Incoming, pupil: &Pupil) -> bool {
    fold(row.surname.as_deref().unwrap_or_default()) == fold(&pupil.surname)
}

fn same_forename(row: &Incoming, pupil: &Pupil) -> bool {
    let theirs = [&row.forename, &row.preferred_forename];
    let ours = [Some(&pupil.forename), pupil.preferred_forename.as_ref()];
    theirs.into_iter().flatten().any(|their| {
        let their = fold(their);
        ours.into_iter().flatten().any(|our| fold(our) == their)
    })
}

fn same_name(row: &Incoming, pupil: &Pupil) -> bool {
    same_surname(row, pupil) && (row.forename.is_none() || same_forename(row, pupil))
}

/// True when name and date of birth both speak against it. Where a date of birth is missing, a name that
/// shares neither surname nor forename is enough.
fn is_stranger(row: &Incoming, pupil: &Pupil) -> bool {
    match (row.dob, pupil.dob) {
        (Some(theirs), Some(ours)) => theirs != ours && !same_name(row, pupil),
        _ => !same_surname(row, pupil) && !same_forename(row, pupil),
    }
}
