//! Invented schools to look around in and to learn on: no child, family or school in them exists.
//!
//! Pure: the same seed and date give the same school on every machine. Shares and needs follow the published
//! statistics ([`share`]); names are put together from lists; a few faults to learn on are mixed in.

mod date;
pub mod days;
mod dice;
mod name;
pub mod own;
mod person;
pub mod share;

use crate::domain::batch::Incoming;
use crate::domain::school::School;
use chrono::NaiveDate;

/// Pupils of a demo of one school when nothing else is asked for.
pub const USUAL_PUPILS: usize = 103;

/// Pupils of each school of the usual demo: small primaries that share one SENCO.
pub const USUAL_SCHOOLS: [usize; 3] = [140, 95, 65];

/// Most pupils a demo school can have.
pub const MOST_PUPILS: usize = 100_000;

/// Which school to invent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Another seed, another school.
    pub seed: u64,
    /// The day all dates are relative to.
    pub today: NaiveDate,
    /// How many pupils are on file.
    pub pupils: usize,
    /// Which school of several, from 0.
    pub index: usize,
}

/// An invented school and the list its office would export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoSchool {
    /// The school.
    pub school: School,
    /// Its pupils, by surname.
    pub pupils: Vec<Incoming>,
}

/// Name and code of the schools, in order. Local authority 999 is the one the Department's own tests use.
const SCHOOLS: [(&str, &str); 3] = [
    ("Thistlebeck Primary School", "THB"),
    ("Marlow Weir Primary School", "MAR"),
    ("Pennywick Hill Primary School", "PEN"),
];

/// Invents a school.
pub fn school(options: &Options) -> DemoSchool {
    DemoSchool {
        school: describe(options.index),
        pupils: person::roll(options),
    }
}

/// So many pupils shared out over so many schools as they are in the usual demo, every school with one at least.
pub fn shared(pupils: usize, schools: usize) -> Vec<usize> {
    let sizes = &USUAL_SCHOOLS[..schools.clamp(1, USUAL_SCHOOLS.len())];
    let all: usize = sizes.iter().sum();
    let mut left = pupils;
    let mut shares: Vec<usize> = sizes[1..]
        .iter()
        .map(|size| {
            let share = (pupils * size / all).max(1).min(left);
            left -= share;
            share
        })
        .collect();
    shares.insert(0, left.max(1));
    shares
}

/// The school of several that has this place, without its pupils.
pub fn describe(index: usize) -> School {
    let (name, code) = SCHOOLS[index % SCHOOLS.len()];
    School {
        name: name.to_owned(),
        code: code.to_owned(),
        urn: None,
        laestab: Some(format!("999{:04}", 1001 + index)),
        phase: Some("Primary".to_owned()),
    }
}

#[cfg(test)]
mod tests;
