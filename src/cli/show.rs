//! `show`: one record whole.

mod page;

use super::access::Access;
use super::args::ShowArgs;
use super::json::RecordJson;
use super::out::Out;
use super::pupil;
use super::stop::Stop;
use crate::domain::code::{Status, need_type};
use crate::domain::date;
use crate::domain::fault::faults;
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, PupilId};
use crate::domain::person::Person;
use crate::domain::pupil::{Need, Pupil, Record, StatusPeriod};
use crate::domain::task::Line;
use crate::domain::untold::Untold;
use crate::domain::year;
use crate::store::{Error, Store};
use chrono::NaiveDate;

/// Entries of the diary shown with a pupil.
const LAST: usize = 5;

/// Prints the record of an id; of a status or need, the pupil's it belongs to.
pub(super) fn run(access: &Access, verb: &ShowArgs, out: &mut Out) -> Result<(), Stop> {
    let store = access.store()?;
    if let Some((kind, number)) = split_id(&verb.id)
        && page::print(&store, kind, number, access.today, out)?
    {
        return Ok(());
    }
    let id = owner(&store, &verb.id, access.today, out)?;
    let Some(record) = store.record(id)? else {
        return Err(Error::NoSuchRecord { id: id.to_string() }.into());
    };
    let around = Around {
        people: store.people_of(id)?,
        tasks: store
            .tasks_of(id)?
            .into_iter()
            .filter(|line| line.task.done_on.is_none())
            .collect(),
        contacts: store.diary(Some(id))?,
        untold: if record.pupil.is_leaver(access.today) {
            None
        } else {
            store.untold_of(id, access.today)?
        },
    };
    if out.json {
        let record = RecordJson::new(&store, &record, access.today)?;
        out.value(&page::PupilJson::new(&store, record, &around, access.today));
        return Ok(());
    }
    let school = store.school()?;
    out.line(&format!(
        "{}  {}  ({} {})",
        record.pupil.id,
        record.pupil.listed_name(),
        school.code,
        school.name
    ));
    print_pupil(&record.pupil, access.today, out);
    print_sen(&record, access.today, out);
    if let Some(untold) = around.untold.as_ref() {
        out.line("To tell");
        out.line(&format!("  {}", untold.text()));
    }
    let last: Vec<_> = around.contacts.iter().take(LAST).copied().collect();
    page::print_around(
        &around,
        &store.contacts_of(Some(id), &last)?,
        access.today,
        out,
    );
    if let Some(kept) = store.kept_from()? {
        out.line(&format!("Records {}", kept.text()));
    }
    Ok(())
}

/// What belongs to a pupil beside the record itself.
pub(super) struct Around {
    people: Vec<Person>,
    /// Those that are open.
    tasks: Vec<Line>,
    /// All, newest first.
    contacts: Vec<ContactId>,
    /// What parents are to be told of.
    untold: Option<Untold>,
}

/// The kind and number of an id with its letter; `None` for anything else.
pub(super) fn split_id(text: &str) -> Option<(Kind, i64)> {
    let letter = text.trim().chars().next()?;
    let kind = Kind::from_letter(letter)?;
    let number = text.trim().get(letter.len_utf8()..)?;
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.parse().ok().filter(|number| digits && *number > 0)?;
    Some((kind, number))
}

fn owner(store: &Store, text: &str, today: NaiveDate, out: &mut Out) -> Result<PupilId, Stop> {
    match split_id(text) {
        Some((kind, number)) if kind != Kind::Pupil => {
            let id = text.trim().to_lowercase();
            store
                .owner(kind, number)?
                .ok_or_else(|| Error::NoSuchRecord { id }.into())
        }
        _ => pupil::meant(store, text, today, out),
    }
}

fn print_pupil(pupil: &Pupil, today: NaiveDate, out: &mut Out) {
    let mut told = |label: &str, text: Option<String>| {
        if let Some(text) = text {
            out.line(&format!("  {label:<14}{text}"));
        }
    };
    let legal = format!("{} {}", pupil.forename, pupil.surname);
    told(
        "Known as",
        pupil
            .preferred_forename
            .clone()
            .map(|name| format!("{name} (legally {})", legal.trim())),
    );
    told("Middle names", pupil.middle_names.clone());
    told(
        "Born",
        pupil.dob.map(|dob| match date::age_on(dob, today) {
            Some(age) => format!("{} (age {age})", date::full(dob)),
            None => date::full(dob),
        }),
    );
    told("Sex", pupil.sex.clone());
    told("Year", pupil.year_on(today).map(year::spoken));
    told("Class", pupil.class.clone());
    told(
        "UPN",
        Some(pupil.upn.clone().unwrap_or_else(|| "none".to_owned())),
    );
    told("Former UPN", pupil.former_upn.clone());
    told("Office number", pupil.mis_id.clone());
    told("Home LA", pupil.home_la.clone());
    told("Left on", pupil.left_on.map(date::full));
}

fn print_sen(record: &Record, today: NaiveDate, out: &mut Out) {
    out.line("SEN status");
    if record.statuses.is_empty() {
        out.line("  not known");
    }
    for period in &record.statuses {
        out.line(&format!("  {}", status_line(period)));
    }
    if !record.needs.is_empty() {
        out.line("Needs");
    }
    for need in &record.needs {
        out.line(&format!("  {}", need_line(need)));
    }
    let faults = faults(&record.line(), today);
    if !faults.is_empty() {
        out.line("To mend");
    }
    for fault in faults {
        out.line(&format!("  {}: {}", fault.field, fault.text));
    }
}

fn status_line(period: &StatusPeriod) -> String {
    let label = period.known().map_or("no census status", Status::label);
    let mut line = format!("{:<6}{} {label}", period.id.to_string(), period.code);
    line.push_str(&span(period.starts, period.ends));
    if let Some(day) = period.parents_informed {
        line = format!("{line}, parents told {}", date::short(day));
    }
    if let Some(reason) = &period.reason {
        line = format!("{line}: {reason}");
    }
    line
}

fn need_line(need: &Need) -> String {
    let label = need_type(&need.code).map_or("in no census list", |known| known.label);
    let span = span(need.starts, need.ends);
    format!(
        "{:<6}{} {} {label}{span}",
        need.id.to_string(),
        need.rank,
        need.code
    )
}

fn span(starts: Option<NaiveDate>, ends: Option<NaiveDate>) -> String {
    match (starts, ends) {
        (Some(from), Some(to)) => format!(", {} to {}", date::short(from), date::short(to)),
        (Some(from), None) => format!(", since {}", date::short(from)),
        (None, Some(to)) => format!(", until {}", date::short(to)),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_its_kind_and_a_name_is_none() {
        assert_eq!(split_id("p12"), Some((Kind::Pupil, 12)));
        assert_eq!(split_id(" S3 "), Some((Kind::Status, 3)));
        assert_eq!(split_id("n7"), Some((Kind::Need, 7)));
        assert_eq!(split_id("c7"), Some((Kind::Contact, 7)));
        for text in ["", "12", "smith", "p", "p0", "n-1", "p1x", "é1"] {
            assert_eq!(split_id(text), None, "{text}");
        }
    }
}
