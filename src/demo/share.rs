//! The published statistics an invented school follows: who has SEN, and which needs, by age and sex.

use crate::domain::source::{Source, Standing};

/// Where the shares by year group come from. The shape by year is that of the last detailed tables, scaled to 2026.
pub const BY_YEAR: Source = Source {
    sure: false,
    ..Source::new(
        "Department for Education, Special educational needs in England, January 2026",
        Standing::Practice,
    )
};

/// Where needs and sexes of children with a plan come from.
pub const PLANS: Source = Source::new(
    "Department for Education, Education, health and care plans, England, January 2025",
    Standing::Practice,
);

/// Pupils with SEN support of each hundred, by year group from Reception to Year 6.
pub const SUPPORT_BY_YEAR: [f64; 7] = [9.0, 13.0, 15.0, 16.0, 17.0, 18.0, 18.0];

/// Pupils with an EHC plan of each hundred, in Reception and in Year 6; even steps between.
pub const PLAN_BY_YEAR: [f64; 2] = [3.0, 5.0];

/// Boys among pupils with an EHC plan.
pub const PLAN_MALE: f64 = 0.70;

/// Boys among all pupils with SEN.
pub const SEN_MALE: f64 = 0.612;

/// Boys among pupils with SEN support: what is left of [`SEN_MALE`] when plans are 4.0 and support 15.4 of each hundred.
pub const SUPPORT_MALE: f64 = 0.589;

/// Boys among all pupils.
pub const MALE: f64 = 0.512;

/// Needs in the order of the tables below.
pub const NEEDS: [&str; 12] = [
    "ASD", "SLCN", "SEMH", "MLD", "SLD", "PD", "SPLD", "HI", "PMLD", "OTH", "VI", "MSI",
];

/// Primary need of each hundred plans at age 5, 7 and 10.
const PLAN_AT_5: [f64; 12] = [33.5, 46.3, 5.0, 3.7, 2.2, 3.4, 0.5, 1.2, 1.4, 1.0, 0.5, 0.3];
const PLAN_AT_7: [f64; 12] = [
    31.9, 35.1, 13.7, 5.9, 2.8, 3.7, 1.0, 1.3, 1.5, 1.1, 0.7, 0.3,
];
const PLAN_AT_10: [f64; 12] = [
    32.8, 21.1, 19.8, 11.0, 3.6, 3.5, 2.7, 1.2, 1.3, 1.2, 0.8, 0.3,
];

/// Primary need of each hundred plans at all ages, in all schools and in mainstream schools.
const PLAN_ALL: [f64; 12] = [
    31.5, 21.3, 20.7, 10.6, 4.0, 3.9, 2.3, 1.4, 1.3, 1.2, 0.8, 0.3,
];
const PLAN_MAINSTREAM: [f64; 12] = [
    29.2, 28.8, 19.2, 9.7, 1.3, 3.7, 2.7, 1.6, 0.3, 1.2, 1.0, 0.2,
];

/// Primary need of each hundred pupils with SEN in Year 1, and with SEN support at all ages; NSA comes last.
const SUPPORT_YEAR_1: [f64; 13] = [
    10.3, 51.4, 13.1, 9.2, 0.6, 2.8, 3.5, 1.4, 0.3, 2.6, 0.8, 0.4, 3.7,
];
const SUPPORT_LATER: [f64; 13] = [
    7.0, 25.5, 22.5, 16.0, 0.2, 2.0, 14.5, 1.6, 0.1, 4.0, 0.9, 0.1, 4.0,
];

/// How far a year group, counted from Reception as 0, lies along the primary years: 0 to 1.
fn along(year: usize) -> f64 {
    f64::from(year.min(6) as u32) / 6.0
}

fn between(one: f64, other: f64, part: f64) -> f64 {
    one + (other - one) * part
}

/// The chance of a plan in a year group counted from Reception (nursery as Reception).
pub fn plan(year: usize) -> f64 {
    between(PLAN_BY_YEAR[0], PLAN_BY_YEAR[1], along(year)) / 100.0
}

/// The chance of SEN support in a year group counted from Reception (nursery as Reception).
pub fn support(year: usize) -> f64 {
    SUPPORT_BY_YEAR[year.min(6)] / 100.0
}

/// A chance for all, as it is for one sex, when so many of those it befalls are boys.
pub fn for_sex(chance: f64, male_share: f64, male: bool) -> f64 {
    if male {
        chance * male_share / MALE
    } else {
        chance * (1.0 - male_share) / (1.0 - MALE)
    }
}

/// Weights of [`NEEDS`] as primary need of a plan in a mainstream school, by year group counted from Reception:
/// the table by age, each need scaled as mainstream schools differ from all.
pub fn plan_needs(year: usize) -> [f64; 12] {
    let age = f64::from(year.min(6) as u32) + 5.0;
    let mut weights = [0.0; 12];
    for (need, weight) in weights.iter_mut().enumerate() {
        let at_age = if age <= 7.0 {
            between(PLAN_AT_5[need], PLAN_AT_7[need], (age - 5.0) / 2.0)
        } else {
            between(
                PLAN_AT_7[need],
                PLAN_AT_10[need],
                ((age - 7.0) / 3.0).min(1.0),
            )
        };
        *weight = at_age * PLAN_MAINSTREAM[need] / PLAN_ALL[need];
    }
    weights
}

/// Weights of [`NEEDS`] and, last, NSA as primary need of SEN support, by year group counted from Reception.
pub fn support_needs(year: usize) -> [f64; 13] {
    let mut weights = [0.0; 13];
    for (need, weight) in weights.iter_mut().enumerate() {
        *weight = between(SUPPORT_YEAR_1[need], SUPPORT_LATER[need], along(year));
    }
    weights
}
