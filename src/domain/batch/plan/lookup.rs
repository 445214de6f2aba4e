//! Finds whom on file a row of the office's list speaks of.

use super::OnFile;
use super::near::{Likeness, days_are_near, likeness, skeleton};
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
    /// Not certain: one of these, or nobody; and why.
    Several(Vec<usize>, &'static str),
    /// Nobody by number or name, and nearly one of these, unless another row of the list is about them.
    Near(Vec<usize>, &'static str),
}

const UPN_OF_ANOTHER: &str = "its UPN is that of a child of another name";
const NUMBER_OF_ANOTHER: &str = "its office number is that of a child of another name";
const SEVERAL: &str = "several children on file fit";
const NUMBERS_DIFFER: &str = "name and birthday are those of a child whose numbers are others";

/// The pupils on file by everything a row can name them by.
pub(super) struct Lookup<'a> {
    on_file: &'a [OnFile],
    upn: HashMap<&'a str, Vec<usize>>,
    mis_id: HashMap<&'a str, Vec<usize>>,
    dated: HashMap<(String, NaiveDate), Vec<usize>>,
    undated: HashMap<String, Vec<usize>>,
    named: HashMap<String, Vec<usize>>,
    /// Everybody of a birthday.
    born: HashMap<NaiveDate, Vec<usize>>,
    /// By name without what offices write otherwise.
    bare: HashMap<String, Vec<usize>>,
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
            born: HashMap::new(),
            bare: HashMap::with_capacity(size),
        };
        for (at, ours) in on_file.iter().enumerate() {
            let pupil = &ours.pupil;
            if let Some(upn) = pupil.upn.as_deref().filter(|upn| is_number(upn)) {
                put(lookup.upn.entry(upn).or_default(), at);
            }
            if let Some(id) = pupil.mis_id.as_deref() {
                put(lookup.mis_id.entry(id).or_default(), at);
            }
            if let Some(dob) = pupil.dob {
                lookup.born.entry(dob).or_default().push(at);
            }
            for key in bare_keys(
                &pupil.surname,
                &pupil.forename,
                pupil.preferred_forename.as_deref(),
            ) {
                put(lookup.bare.entry(key).or_default(), at);
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
        match self.find_by_name(row) {
            Found::Nobody => self.find_near(row),
            found => found,
        }
    }

    /// One place is taken when the name goes with the number; of several, the one whose name and birthday fit. A number
    /// that speaks against the name is asked, with whom the name and birthday speak for.
    fn judge(&self, row: &Incoming, places: Vec<usize>, doubt: u8) -> Found {
        let why = if doubt == 0 {
            UPN_OF_ANOTHER
        } else {
            NUMBER_OF_ANOTHER
        };
        if let [at] = places.as_slice() {
            let others = self.namesakes(row, *at);
            if others.is_empty() && goes_with(row, &self.on_file[*at].pupil, doubt) {
                return Found::One { at: *at, doubt };
            }
            let all: Vec<usize> = places.iter().copied().chain(others).take(MOST).collect();
            return Found::Several(all, why);
        }
        let fits = |at: &usize| {
            let pupil = &self.on_file[*at].pupil;
            same_name(row, pupil) && row.dob.is_some() && row.dob == pupil.dob
        };
        let mut fitting = places.iter().copied().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(at), None) => Found::One { at, doubt },
            _ => Found::Several(places, SEVERAL),
        }
    }

    /// Others of this very name and birthday, when the one the number names is not of it.
    fn namesakes(&self, row: &Incoming, at: usize) -> Vec<usize> {
        let mut others = Vec::new();
        if let Some(dob) = row.dob
            && !same_name(row, &self.on_file[at].pupil)
        {
            for key in row_keys(row, name_keys) {
                extend(&mut others, self.dated.get(&(key, dob)));
            }
        }
        others.retain(|other| *other != at);
        others
    }

    /// By name and date of birth. Where one side has no date of birth the name alone must do, unless the
    /// UPNs say that it is another child; a class tells two of one name apart.
    fn find_by_name(&self, row: &Incoming) -> Found {
        let mut places: Vec<usize> = Vec::new();
        let keys = row_keys(row, name_keys);
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
            [at] => {
                let pupil = &self.on_file[*at].pupil;
                if upns_differ(row, pupil) && mis_ids_differ(row, pupil) {
                    return Found::Several(places, NUMBERS_DIFFER);
                }
                Found::One { at: *at, doubt: 2 }
            }
            _ => Found::Several(places, SEVERAL),
        }
    }

    /// Who is nearly this child: a second record is asked about before it is made.
    fn find_near(&self, row: &Incoming) -> Found {
        let mut near: Vec<(usize, &'static str)> = Vec::new();
        let born = row.dob.and_then(|dob| self.born.get(&dob));
        for at in born.into_iter().flatten() {
            near.extend(nearly(row, &self.on_file[*at].pupil).map(|why| (*at, why)));
        }
        let mut named = Vec::new();
        for key in row_keys(row, bare_keys) {
            extend(&mut named, self.bare.get(&key));
        }
        for at in named {
            near.extend(nearly_dated(row, &self.on_file[at].pupil).map(|why| (at, why)));
        }
        near.retain(|(at, _)| !upns_differ(row, &self.on_file[*at].pupil));
        let mut turned = Vec::new();
        if let (Some(surname), Some(forename)) = (&row.surname, &row.forename) {
            for key in bare_keys(forename, surname, None) {
                extend(&mut turned, self.bare.get(&key));
            }
        }
        let fits = |at: &usize| {
            let pupil = &self.on_file[*at].pupil;
            !upns_differ(row, pupil) && (row.dob == pupil.dob || row.dob.is_none())
        };
        let why = "surname and forename are those of a child on file the other way round";
        near.extend(turned.into_iter().filter(fits).map(|at| (at, why)));
        let Some((_, why)) = near.first().copied() else {
            return Found::Nobody;
        };
        let mut places: Vec<usize> = near.into_iter().map(|(at, _)| at).take(MOST).collect();
        places.dedup();
        Found::Near(places, why)
    }
}

/// True when name and birthday let a number speak for a pupil. A changed surname goes with the forename and the birthday
/// (with the forename alone for a UPN); another forename is a twin, a sibling or a mistake, unless all else agrees.
fn goes_with(row: &Incoming, pupil: &Pupil, doubt: u8) -> bool {
    let same_day = row.dob.is_some() && row.dob == pupil.dob;
    let days_differ = row.dob.is_some() && pupil.dob.is_some() && !same_day;
    let surname = match &row.surname {
        None => Likeness::Same,
        Some(surname) => likeness(surname, &pupil.surname),
    };
    let forename = forename_likeness(row, pupil);
    let all_numbers = row.upn.is_some()
        && row.upn == pupil.upn
        && row.mis_id.is_some()
        && row.mis_id == pupil.mis_id;
    match (surname, forename) {
        (Likeness::Other, Likeness::Other) => false,
        (Likeness::Other, _) => same_day || (doubt == 0 && !days_differ),
        (_, Likeness::Other) => all_numbers && same_day,
        _ => true,
    }
}

/// The best likeness of a forename on either side.
fn forename_likeness(row: &Incoming, pupil: &Pupil) -> Likeness {
    let theirs = [&row.forename, &row.preferred_forename];
    let ours = [Some(&pupil.forename), pupil.preferred_forename.as_ref()];
    let pairs = theirs.into_iter().flatten().flat_map(|their| {
        ours.into_iter()
            .flatten()
            .map(move |our| likeness(their, our))
    });
    match (&row.forename, pupil.forename.is_empty()) {
        (None, _) | (_, true) => pairs.max().unwrap_or(Likeness::Same),
        _ => pairs.max().unwrap_or(Likeness::Other),
    }
}

/// Why a child of the same birthday is nearly this one.
fn nearly(row: &Incoming, pupil: &Pupil) -> Option<&'static str> {
    let surname = likeness(row.surname.as_deref().unwrap_or_default(), &pupil.surname);
    let forename = forename_likeness(row, pupil);
    if surname != Likeness::Other && forename != Likeness::Other {
        return Some("nearly the name of a child on file of the same birthday");
    }
    (forename == Likeness::Same)
        .then_some("forename and birthday are those of a child on file of another surname")
}

/// Why a child of nearly this name is nearly this one by its birthday, or by having none.
fn nearly_dated(row: &Incoming, pupil: &Pupil) -> Option<&'static str> {
    match (row.dob, pupil.dob) {
        (Some(theirs), Some(ours)) => days_are_near(theirs, ours)
            .then_some("the name of a child on file of nearly the same birthday"),
        _ => Some("nearly the name of a child on file, and no birthday tells them apart"),
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

fn row_keys(row: &Incoming, keys: fn(&str, &str, Option<&str>) -> Vec<String>) -> Vec<String> {
    keys(
        row.surname.as_deref().unwrap_or_default(),
        row.forename.as_deref().unwrap_or_default(),
        row.preferred_forename.as_deref(),
    )
}

fn name_keys(surname: &str, forename: &str, preferred: Option<&str>) -> Vec<String> {
    keys_of(surname, forename, preferred, fold)
}

fn bare_keys(surname: &str, forename: &str, preferred: Option<&str>) -> Vec<String> {
    keys_of(surname, forename, preferred, skeleton)
}

fn keys_of(
    surname: &str,
    forename: &str,
    preferred: Option<&str>,
    plain: fn(&str) -> String,
) -> Vec<String> {
    let surname = plain(surname);
    let mut keys = Vec::with_capacity(2);
    for first in [Some(forename), preferred].into_iter().flatten() {
        let key = format!("{surname}\u{1f}{}", plain(first));
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

fn mis_ids_differ(row: &Incoming, pupil: &Pupil) -> bool {
    matches!((&row.mis_id, &pupil.mis_id), (Some(theirs), Some(ours)) if theirs != ours)
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
