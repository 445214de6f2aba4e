//! The children of an invented school: families, classes, numbers, SEN, and the faults to learn on.

use super::date::school_day;
use super::dice::{Dice, Quota};
use super::name::{self, Names};
use super::{Options, share};
use crate::domain::batch::Incoming;
use crate::domain::code::{self, NeedReading, Status, StatusReading};
use crate::domain::text::fold;
use crate::domain::upn;
use crate::domain::year::AcademicYear;
use chrono::{Days, NaiveDate};
use std::collections::HashSet;

/// Year groups of a primary with a nursery class, in order, and how large each is beside the others.
const YEARS: [(&str, f64); 8] = [
    ("N2", 0.6),
    ("R", 1.0),
    ("1", 1.0),
    ("2", 1.0),
    ("3", 1.0),
    ("4", 1.0),
    ("5", 1.0),
    ("6", 1.0),
];

/// Where Reception stands in [`YEARS`].
const RECEPTION: usize = 1;

/// Below so many to a year group, two years share a class.
const MIXED_BELOW: usize = 18;

/// Most pupils in a class (School Admissions (Infant Class Sizes) Regulations 2012, for the infants among them).
const CLASS: usize = 30;

/// Children who have a brother or sister at the school. Practice, not a statistic.
const SIBLINGS: f64 = 0.25;

/// Children who go by another name. Practice, not a statistic.
const KNOWN_AS: f64 = 0.5;

/// A child being made: its row, and what the row does not say.
struct Child {
    row: Incoming,
    /// Place in [`YEARS`].
    year: usize,
    male: bool,
}

/// A family: brothers and sisters share a surname and live in one place.
struct Family {
    community: usize,
    surname: String,
    home_la: &'static str,
    /// The year group of the child made last.
    last: usize,
}

/// All pupils, by surname.
pub(super) fn roll(options: &Options) -> Vec<Incoming> {
    let mut dice = Dice::new(options.seed, options.index as u64);
    let mut children = make_children(&mut dice, options);
    give_sen(&mut dice, options.today, &mut children);
    if children.len() >= 12 {
        plant_faults(&mut dice, options.today, &mut children);
    }
    let mut rows: Vec<Incoming> = children.into_iter().map(|child| child.row).collect();
    rows.sort_by_cached_key(|row| {
        let part = |name: &Option<String>| fold(name.as_deref().unwrap_or_default());
        (part(&row.surname), part(&row.forename), row.upn.clone())
    });
    for (place, row) in rows.iter_mut().enumerate() {
        // As in a file: the headings are on line 1.
        row.row = place + 2;
    }
    rows
}

/// How many are in each year group: as near to its size as whole children go.
fn year_sizes(pupils: usize) -> Vec<usize> {
    let whole: f64 = YEARS.iter().map(|(_, size)| size).sum();
    let mut placed = 0;
    let mut sum = 0.0;
    YEARS
        .iter()
        .map(|(_, size)| {
            sum += size;
            let end = (f64::from(pupils as u32) * sum / whole).round() as usize;
            let here = end.min(pupils) - placed;
            placed += here;
            here
        })
        .collect()
}

fn make_children(dice: &mut Dice, options: &Options) -> Vec<Child> {
    let names = Names::new();
    let sizes = year_sizes(options.pupils);
    let double = if options.pupils > 2_000 { 0.3 } else { 0.05 };
    let mixed = options.pupils / YEARS.len() < MIXED_BELOW;
    let mut families: Vec<Family> = Vec::new();
    let mut taken: HashSet<(String, &'static str)> = HashSet::new();
    let mut children = Vec::with_capacity(options.pupils);
    for (year, size) in sizes.iter().enumerate() {
        for place in 0..*size {
            let male = dice.happens(share::MALE);
            let family = pick_family(dice, &names, &mut families, year, double);
            let forename = unused_forename(dice, &names, &families[family], male, &mut taken);
            let number = children.len();
            let mut row = identity(dice, options, year, place, number);
            row.class = Some(class_name(year, place, *size, mixed));
            row.surname = Some(families[family].surname.clone());
            row.forename = Some(forename.to_owned());
            row.home_la = Some(families[family].home_la.to_owned());
            row.sex = Some(if male { "M" } else { "F" }.to_owned());
            row.preferred_forename = name::short_form(forename)
                .filter(|_| dice.happens(KNOWN_AS))
                .map(str::to_owned);
            if dice.happens(0.3) {
                let community = families[family].community;
                let middle = names.forename(dice, community, male);
                row.middle_names = (middle != forename).then(|| middle.to_owned());
            }
            children.push(Child { row, year, male });
        }
    }
    children
}

/// A family with a child in another year, or a new one.
fn pick_family(
    dice: &mut Dice,
    names: &Names,
    families: &mut Vec<Family>,
    year: usize,
    double: f64,
) -> usize {
    if !families.is_empty() && dice.happens(SIBLINGS) {
        let found = dice.below(families.len());
        if families[found].last != year {
            families[found].last = year;
            return found;
        }
    }
    let community = names.community(dice);
    families.push(Family {
        community,
        surname: names.surname(dice, community, double),
        home_la: if dice.happens(0.07) { "998" } else { "999" },
        last: year,
    });
    families.len() - 1
}

/// A forename nobody of that surname has yet, as far as the lists go.
fn unused_forename(
    dice: &mut Dice,
    names: &Names,
    family: &Family,
    male: bool,
    taken: &mut HashSet<(String, &'static str)>,
) -> &'static str {
    let mut forename = names.forename(dice, family.community, male);
    for _ in 0..6 {
        if taken.insert((family.surname.clone(), forename)) {
            break;
        }
        forename = names.forename(dice, family.community, male);
    }
    forename
}

/// Date of birth, year group and numbers of the child that is so many in its year.
fn identity(
    dice: &mut Dice,
    options: &Options,
    year: usize,
    place: usize,
    number: usize,
) -> Incoming {
    let now = AcademicYear::of(options.today);
    // Age on the 31 August before the year began: 3 in nursery, 4 in Reception.
    let born_in = now.0 - 4 - year as i32;
    let first = NaiveDate::from_ymd_opt(born_in, 9, 1).unwrap_or_default();
    let dob = first + Days::new(dice.below(365) as u64);
    let entered = (now.0 + 1 - (year as i32).max(1)).rem_euclid(100);
    Incoming {
        dob: Some(dob),
        year: Some(YEARS[year].0.to_owned()),
        // Nursery and Reception enter the same autumn: numbers of the nursery come after.
        upn: upn_of(
            options.index,
            entered,
            place + if year == 0 { 500 } else { 0 },
            year == 0,
        ),
        mis_id: Some(format!("{:06}", 4_100 + number)),
        ..Incoming::default()
    }
}

/// The UPN of the so-many-th child of an autumn, with its right letter. A large school borrows the numbers of its
/// neighbours: nurseries from 6001 on, others from 1001.
fn upn_of(school: usize, entered: i32, serial: usize, nursery: bool) -> Option<String> {
    let establishment = if nursery { 6001 } else { 1001 } + school + serial / 1000;
    let rest = format!("999{establishment:04}{entered:02}{:03}", serial % 1000);
    upn::letter_for(&rest).map(|letter| format!("{letter}{rest}"))
}

/// `5A`; in a small school two years share `Elm`.
fn class_name(year: usize, place: usize, size: usize, mixed: bool) -> String {
    const TREES: [&str; 4] = ["Acorn", "Beech", "Chestnut", "Elm"];
    if mixed {
        return TREES[year / 2].to_owned();
    }
    let forms = size.div_ceil(CLASS).max(1);
    let form = place % forms;
    let year = match YEARS[year].0 {
        "N2" => "N",
        other => other,
    };
    match u8::try_from(form) {
        Ok(letter) if letter < 26 => format!("{year}{}", char::from(b'A' + letter)),
        _ => format!("{year}-{}", form + 1),
    }
}

fn give_sen(dice: &mut Dice, today: NaiveDate, children: &mut [Child]) {
    let mut plans = Quota::new(dice);
    let mut supported = Quota::new(dice);
    for child in children {
        let year = child.year.saturating_sub(RECEPTION);
        let plan = share::for_sex(share::plan(year), share::PLAN_MALE, child.male);
        let support = share::for_sex(share::support(year), share::SUPPORT_MALE, child.male);
        let status = if plans.picks(plan) {
            Status::E
        } else if supported.picks(support / (1.0 - plan)) {
            Status::K
        } else {
            Status::N
        };
        child.row.status = Some(reading(status));
        if status.is_sen() {
            child.row.status_from = Some(status_from(dice, today, child));
            child.row.needs = needs(dice, status, year);
        }
    }
}

fn reading(status: Status) -> StatusReading {
    StatusReading {
        code: status.code().to_owned(),
        flag: None,
    }
}

/// A school day since the child came to school; before that for one who came with it.
fn status_from(dice: &mut Dice, today: NaiveDate, child: &Child) -> NaiveDate {
    let autumn = AcademicYear::of(today).0 + 1 - (child.year as i32).max(1);
    let came = NaiveDate::from_ymd_opt(autumn, 9, 7).unwrap_or(today);
    let yesterday = today - Days::new(1);
    let first = if came + Days::new(21) > yesterday {
        today - Days::new(300)
    } else {
        came
    };
    school_day(dice, first, yesterday)
}

/// A primary need by the tables; then a second and a third as practice has it.
fn needs(dice: &mut Dice, status: Status, year: usize) -> Vec<NeedReading> {
    let (more, weights): (f64, Vec<f64>) = match status {
        Status::E => (0.55, share::plan_needs(year).to_vec()),
        _ => (0.3, share::support_needs(year).to_vec()),
    };
    let mut found: Vec<NeedReading> = Vec::new();
    loop {
        let code = share::NEEDS
            .get(dice.weighted(&weights))
            .copied()
            .unwrap_or("NSA");
        let known = found.iter().any(|need| need.code == code);
        // No specialist assessment yet: there is no second need to know of, and it is none itself.
        if !known && (found.is_empty() || code != "NSA") {
            found.push(NeedReading {
                code: code.to_owned(),
                flag: None,
            });
        }
        if code == "NSA" || found.len() == 3 || !dice.happens(more) {
            return found;
        }
    }
}

/// One of each fault a real list has, each on another child.
fn plant_faults(dice: &mut Dice, today: NaiveDate, children: &mut [Child]) {
    let mut used: HashSet<usize> = HashSet::new();
    let mut pick = |children: &[Child], wanted: &dyn Fn(&Child) -> bool| {
        let start = dice.below(children.len());
        let found = (0..children.len())
            .map(|step| (start + step) % children.len())
            .find(|place| !used.contains(place) && wanted(&children[*place]))?;
        used.insert(found);
        Some(found)
    };
    let status = |child: &Child| child.row.status.as_ref().map(|status| status.code.clone());
    let no_sen = |child: &Child| status(child).as_deref() == Some("N");
    let supported = |child: &Child| status(child).as_deref() == Some("K");
    if let Some(place) = pick(children, &no_sen) {
        children[place].row.upn = children[place].row.upn.as_deref().map(wrong_letter);
    }
    if let Some(place) = pick(children, &supported) {
        children[place].row.needs.clear();
    }
    if let Some(place) = pick(children, &supported) {
        children[place].row.needs = code::read_need("FASD").into_iter().collect();
    }
    if let Some(place) = pick(children, &no_sen) {
        children[place].row.status = None;
    }
    if let Some(place) = pick(children, &no_sen) {
        children[place].row.upn = None;
    }
    if let Some(place) = pick(children, &no_sen) {
        let since = today - Days::new(45);
        children[place].row.left_on = Some(school_day(dice, since, today - Days::new(1)));
    }
}

/// The number with another check letter than its own.
fn wrong_letter(number: &str) -> String {
    let letter = if number.starts_with('A') { 'B' } else { 'A' };
    let rest: String = number.chars().skip(1).collect();
    format!("{letter}{rest}")
}
