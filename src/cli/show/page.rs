//! The pages of what is no pupil: a contact, a task, a person, a term, a closure; and what belongs to a pupil.

use super::Around;
use crate::cli::entry::{self, EntryJson};
use crate::cli::json::RecordJson;
use crate::cli::out::Out;
use crate::cli::provision;
use crate::cli::queue::TaskJson;
use crate::cli::stop::Stop;
use crate::domain::contact::{Amendment, Contact};
use crate::domain::date;
use crate::domain::form::{Entry, Field, Kind, Value};
use crate::domain::id::{AmendmentId, ContactId, PersonId, ProvisionId, TaskId};
use crate::domain::moment::Moment;
use crate::domain::person::Person;
use crate::domain::task::Line;
use crate::domain::untold::Untold;
use crate::store::{Error, Store};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// A pupil's record with what belongs to it.
#[derive(Serialize)]
pub(super) struct PupilJson {
    #[serde(flatten)]
    record: RecordJson,
    people: Vec<PersonJson>,
    tasks: Vec<TaskJson>,
    /// How many entries of the diary there are.
    contacts: usize,
    /// What parents are to be told of: no time is set, so this is never late.
    to_tell: Option<String>,
}

impl PupilJson {
    /// The record and what belongs to it, on a day.
    pub(super) fn new(
        store: &Store,
        record: RecordJson,
        around: &Around,
        today: NaiveDate,
    ) -> Self {
        let task = |line: &Line| TaskJson::new(&line.task, store.code(), today);
        Self {
            record,
            people: around.people.iter().map(PersonJson::new).collect(),
            tasks: around.tasks.iter().map(task).collect(),
            contacts: around.contacts.len(),
            to_tell: around.untold.as_ref().map(Untold::text),
        }
    }
}

#[derive(Serialize)]
struct PersonJson {
    id: String,
    pupil_id: String,
    name: String,
    relationship: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    parental_responsibility: Option<bool>,
    share: Option<bool>,
}

impl PersonJson {
    fn new(person: &Person) -> Self {
        Self {
            id: person.id.to_string(),
            pupil_id: person.pupil.to_string(),
            name: person.name.clone(),
            relationship: person.relationship.clone(),
            phone: person.phone.clone(),
            email: person.email.clone(),
            parental_responsibility: person.parental_responsibility,
            share: person.share,
        }
    }
}

#[derive(Serialize)]
struct DaysJson {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}

/// Prints a record of a kind that has a page of its own; false for the others.
pub(super) fn print(
    store: &Store,
    kind: Kind,
    number: i64,
    today: NaiveDate,
    out: &mut Out,
) -> Result<bool, Stop> {
    let shown = match kind {
        Kind::Contact => contact(store, ContactId(number), out)?,
        Kind::Amendment | Kind::Strike => amendment(store, AmendmentId(number), out)?,
        Kind::Task => task(store, TaskId(number), today, out)?,
        Kind::Person => person(store, PersonId(number), out)?,
        Kind::Term | Kind::Closure => days(store, kind, number, out)?,
        Kind::Provision => provision::show(store, ProvisionId(number), today, out)?,
        Kind::Staff
        | Kind::Rate
        | Kind::ProvisionType
        | Kind::Member
        | Kind::Session
        | Kind::Hours => fields(store, kind, number, out)?,
        Kind::Pupil | Kind::Status | Kind::Need => return Ok(false),
    };
    if !shown {
        let id = format!("{}{number}", kind.def().letter);
        return Err(Error::NoSuchRecord { id }.into());
    }
    Ok(true)
}

fn contact(store: &Store, id: ContactId, out: &mut Out) -> Result<bool, Stop> {
    let Some(contact) = store.contact(id)? else {
        return Ok(false);
    };
    if out.json {
        out.value(&EntryJson::new(&contact, None));
        return Ok(true);
    }
    let task = match contact.follow_up {
        Some(next) => store.task(next.task)?,
        None => None,
    };
    let promised = task.as_ref().map(|task| task.title.as_str());
    entry::print(&contact, promised, &store.school()?, out);
    Ok(true)
}

/// An amendment or a strike alone, as JSON the entry it is of.
fn amendment(store: &Store, id: AmendmentId, out: &mut Out) -> Result<bool, Stop> {
    let of = store
        .values(Kind::Amendment, id.0)?
        .and_then(|values| match values.get("contact") {
            Some(Some(Value::Whole(contact))) => Some(ContactId(*contact)),
            _ => None,
        });
    let Some(of) = of else { return Ok(false) };
    if out.json {
        return contact(store, of, out);
    }
    let entry = store.contact(of)?;
    let own = |one: &&Amendment| one.id == id;
    if let Some(amendment) = entry.iter().flat_map(|entry| &entry.amendments).find(own) {
        let heading = format!("{}: {of}", entry::later(amendment));
        entry::words(&heading, &amendment.text, out);
    }
    Ok(true)
}

fn task(store: &Store, id: TaskId, today: NaiveDate, out: &mut Out) -> Result<bool, Stop> {
    let Some(line) = store.task_line(id)? else {
        return Ok(false);
    };
    let task = &line.task;
    if out.json {
        out.value(&TaskJson::new(task, store.code(), today));
        return Ok(true);
    }
    heading(store, &id.to_string(), &task.title, out)?;
    let mut told = |label: &str, text: Option<String>| tell(label, text, out);
    let due = task.due.map_or_else(|| "someday".to_owned(), Moment::shown);
    told("Due", Some(due));
    told(
        "Late",
        Some(task.overdue_days(today))
            .filter(|days| *days > 0 && task.done_on.is_none())
            .map(|days| format!("{days} days")),
    );
    told(
        "Pupil",
        line.about
            .as_ref()
            .map(|child| format!("{} {}", child.pupil, entry::with_class(child))),
    );
    told(
        "Follows up",
        task.source.zip(line.from).map(|(contact, (kind, day))| {
            format!("{contact} {} {}", kind.short(), date::full(day))
        }),
    );
    told("Urgent", task.urgent.then(|| "yes".to_owned()));
    told(
        "Put off",
        Some(task.carried)
            .filter(|times| *times > 0)
            .map(|times| format!("{times}x")),
    );
    told("Waiting for", task.waiting_for.clone());
    told("Done", task.done_on.map(date::full));
    told("In the bin", task.binned_at.map(|_| "yes".to_owned()));
    Ok(true)
}

fn person(store: &Store, id: PersonId, out: &mut Out) -> Result<bool, Stop> {
    let Some(person) = store.person(id)? else {
        return Ok(false);
    };
    if out.json {
        out.value(&PersonJson::new(&person));
        return Ok(true);
    }
    heading(store, &id.to_string(), &person.name, out)?;
    let mut told = |label: &str, text: Option<String>| tell(label, text, out);
    let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    told("Relationship", person.relationship.clone());
    told("Phone", person.phone.clone());
    told("E-mail", person.email.clone());
    told("Parental resp.", person.parental_responsibility.map(yes));
    told("Share", person.share.map(yes));
    let links = store.children_of(id)?;
    let pupils: Vec<_> = links.iter().map(|(_, pupil)| *pupil).collect();
    for line in store.lines(&pupils)? {
        let pupil = &line.pupil;
        told(
            "Pupil",
            Some(format!("{} {}", pupil.id, pupil.listed_name())),
        );
    }
    Ok(true)
}

fn days(store: &Store, kind: Kind, number: i64, out: &mut Out) -> Result<bool, Stop> {
    let Some(values) = store.values(kind, number)? else {
        return Ok(false);
    };
    let day = |name: &str| match values.get(name) {
        Some(Some(Value::Date(day))) => Some(*day),
        _ => None,
    };
    let name = match values.get("name") {
        Some(Some(Value::Text(name))) => name.clone(),
        _ => String::new(),
    };
    let id = format!("{}{number}", kind.def().letter);
    if out.json {
        out.value(&DaysJson {
            id,
            name,
            starts: day("starts").map(date::iso),
            ends: day("ends").map(date::iso),
            date: day("date").map(date::iso),
        });
        return Ok(true);
    }
    heading(store, &id, &name, out)?;
    tell("First day", day("starts").map(date::full), out);
    tell("Last day", day("ends").map(date::full), out);
    tell("Day", day("date").map(date::full), out);
    Ok(true)
}

/// A record as its form has it, for kinds that are little more than that.
fn fields(store: &Store, kind: Kind, number: i64, out: &mut Out) -> Result<bool, Stop> {
    let Some(values) = store.values(kind, number)? else {
        return Ok(false);
    };
    let id = format!("{}{number}", kind.def().letter);
    let value = |field: &Field| values.get(field.name).and_then(Option::as_ref);
    if out.json {
        let mut all = BTreeMap::from([("id", serde_json::Value::from(id))]);
        for field in kind.def().fields {
            let plain = match (value(field), field.entry) {
                (Some(Value::Whole(number)), Entry::Whole(..) | Entry::Pence) => {
                    serde_json::Value::from(*number)
                }
                (Some(Value::Date(day)), _) => serde_json::Value::from(date::iso(*day)),
                (Some(other), _) => serde_json::Value::from(field.box_text(other)),
                (None, _) => serde_json::Value::Null,
            };
            all.insert(field.name, plain);
        }
        out.value(&all);
        return Ok(true);
    }
    let text = |field: &Field| value(field).map(|value| field.box_text(value));
    heading(store, &id, kind.def().title, out)?;
    for field in kind.def().fields {
        tell(field.label, text(field), out);
    }
    Ok(true)
}

fn heading(store: &Store, id: &str, title: &str, out: &mut Out) -> Result<(), Stop> {
    let school = store.school()?;
    out.line(&format!("{id}  {title}  ({} {})", school.code, school.name));
    Ok(())
}

fn tell(label: &str, text: Option<String>, out: &mut Out) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        out.line(&format!("  {label:<16}{text}"));
    }
}

/// The people around a pupil, what is to be done, and the last entries of the diary.
pub(super) fn print_around(around: &Around, last: &[Contact], today: NaiveDate, out: &mut Out) {
    if !around.people.is_empty() {
        out.line("People");
    }
    for person in &around.people {
        let id = person.id.to_string();
        let mut line = format!("{id:<6}{}", person.spoken());
        for more in [&person.phone, &person.email].into_iter().flatten() {
            line = format!("{line}, {more}");
        }
        if person.parental_responsibility == Some(true) {
            line.push_str(", parental responsibility");
        }
        if person.share == Some(false) {
            line.push_str(", DO NOT SHARE");
        }
        out.line(&format!("  {line}"));
    }
    if !around.tasks.is_empty() {
        out.line("To do");
    }
    for task in around.tasks.iter().map(|line| &line.task) {
        let id = task.id.to_string();
        let due = task
            .due
            .map_or_else(|| "someday".to_owned(), |due| due.short(today));
        out.line(&format!("  {id:<6}{due}: {}", task.title));
    }
    if !last.is_empty() {
        let more = around.contacts.len() - last.len();
        out.line(&match more {
            0 => "Last contacts".to_owned(),
            more => format!("Last contacts ({more} older: sendesk list diary --where pupil:ID)"),
        });
    }
    for contact in last {
        let id = contact.id.to_string();
        let with = contact.with.as_ref().map(|with| format!(" {with}"));
        let words = contact.said().lines().next().unwrap_or_default();
        out.line(
            format!(
                "  {id:<6}{} {}{}: {words}",
                contact.at.short(today),
                contact.kind.short(),
                with.unwrap_or_default()
            )
            .trim_end_matches([' ', ':']),
        );
    }
}
