//! `report handover`: what the next SENCO of a school needs. The keys are a promise to users' scripts.

use super::paper;
use crate::cli::access::Access;
use crate::cli::entry::{nobody, with_class};
use crate::cli::out::Out;
use crate::cli::queue::TaskJson;
use crate::cli::stop::Stop;
use crate::cli::table::Table;
use crate::domain::contact::{Involved, Topic};
use crate::domain::date;
use crate::domain::handover::{Entry, Handover, Running, Section};
use crate::domain::moment::Moment;
use crate::domain::person::Person;
use crate::domain::provision::{Member, how_often};
use crate::domain::school::School;
use crate::domain::untold::KeptFrom;
use crate::store::Store;
use chrono::NaiveDate;
use serde::Serialize;

#[derive(Serialize)]
struct PaperJson {
    school: String,
    name: String,
    /// The day it is as of.
    day: String,
    /// Follow-ups due up to this day have a section of their own.
    until: String,
    open: Vec<EntryJson>,
    follow_ups: Vec<EntryJson>,
    promises: Vec<EntryJson>,
    provision: Vec<RunJson>,
    provision_to_come: usize,
    /// Before this day records are kept elsewhere, and where.
    records_from: Option<String>,
    records_elsewhere: Option<String>,
    left_out: LeftOutJson,
}

#[derive(Serialize)]
struct EntryJson {
    #[serde(flatten)]
    task: TaskJson,
    /// Whom it is about: the task's child, or those of the entry it follows up.
    pupil_ids: Vec<String>,
    /// What the entry it follows up is about, where that is about nobody.
    about: Option<&'static str>,
    from: Option<FromJson>,
}

#[derive(Serialize)]
struct FromJson {
    id: String,
    kind: &'static str,
    at: String,
    with: Option<String>,
    visibility: &'static str,
    struck: bool,
}

#[derive(Serialize)]
struct RunJson {
    id: String,
    name: String,
    run_name: Option<String>,
    ends: String,
    staff: Option<String>,
    pupil_ids: Vec<String>,
}

#[derive(Serialize)]
struct LeftOutJson {
    /// Tasks that follow up a safeguarding note.
    safeguarding: usize,
}

/// Prints the paper of the school meant.
pub(super) fn run(access: &Access, out: &mut Out) -> Result<(), Stop> {
    let store = access.store()?;
    let today = access.today;
    let paper = Handover::of(
        entries(&store)?,
        store.runs(false)?,
        &store.calendar()?,
        today,
    );
    let (school, kept) = (store.school()?, store.kept_from()?);
    if out.json {
        let (records_from, records_elsewhere) = match kept {
            Some(kept) => (Some(date::iso(kept.day)), kept.elsewhere),
            None => (None, None),
        };
        out.value(&PaperJson {
            records_from,
            records_elsewhere,
            ..json(&paper, &school, today)
        });
    } else if out.plain {
        out.table(&plain(&paper, today));
    } else {
        print(&paper, &school, (today, kept.as_ref()), out);
    }
    Ok(())
}

/// The open tasks with the entries they follow up; an entry in the bin is none.
fn entries(store: &Store) -> Result<Vec<Entry>, Stop> {
    let mut entries = Vec::new();
    for line in store.open_tasks()? {
        let source = match line.task.source {
            Some(id) => store.contact(id)?.filter(|one| one.binned_at.is_none()),
            None => None,
        };
        let mut people: Vec<Person> = Vec::new();
        for child in source.iter().flat_map(|contact| &contact.pupils) {
            people.extend(store.people_of(child.pupil)?);
        }
        entries.push(Entry::new(line, source, &people));
    }
    Ok(entries)
}

/// Whom an entry is about.
fn children(entry: &Entry) -> Vec<&Involved> {
    match (&entry.line.about, &entry.source) {
        (Some(child), _) => vec![child],
        (None, Some(contact)) => contact.pupils.iter().collect(),
        (None, None) => Vec::new(),
    }
}

/// Those in a run now.
fn members(running: &Running, today: NaiveDate) -> Vec<&Member> {
    running.run.members_on(today).collect()
}

fn json(paper: &Handover, school: &School, today: NaiveDate) -> PaperJson {
    let entries = |section| {
        let entry = |entry: &Entry| EntryJson {
            task: TaskJson::new(&entry.line.task, &school.code, today),
            pupil_ids: children(entry)
                .iter()
                .map(|child| child.pupil.to_string())
                .collect(),
            about: entry
                .source
                .as_ref()
                .and_then(|one| one.topic)
                .map(Topic::word),
            from: entry.source.as_ref().map(|contact| FromJson {
                id: contact.id.to_string(),
                kind: contact.kind.word(),
                at: contact.at.to_stored(),
                with: contact.with.clone(),
                visibility: contact.visibility.word(),
                struck: contact.strike().is_some(),
            }),
        };
        paper.section(section).map(entry).collect()
    };
    let run = |running: &Running| {
        let members = members(running, today);
        let run = &running.run.provision;
        RunJson {
            id: run.id.to_string(),
            name: run.name.clone(),
            run_name: run.run_name.clone(),
            ends: date::iso(running.last),
            staff: run.staff_name.clone(),
            pupil_ids: members.iter().map(|one| one.pupil().to_string()).collect(),
        }
    };
    PaperJson {
        school: school.code.clone(),
        name: school.name.clone(),
        day: date::iso(today),
        until: date::iso(paper.until),
        open: entries(Section::Open),
        follow_ups: entries(Section::FollowUp),
        promises: entries(Section::Promise),
        provision: paper.running.iter().map(run).collect(),
        provision_to_come: paper.to_come,
        records_from: None,
        records_elsewhere: None,
        left_out: LeftOutJson {
            safeguarding: paper.safeguarding,
        },
    }
}

/// The heading of a section says what it holds.
fn heading(section: Section, until: NaiveDate) -> String {
    let until = date::full(until);
    match section {
        Section::Open => {
            "OPEN TASKS, late ones first: what stands in neither of the next two lists".to_owned()
        }
        Section::FollowUp => format!("FOLLOW-UPS of diary entries, due by {until}"),
        Section::Promise => {
            "PROMISES MADE TO PARENTS: follow-ups of what was said with a parent or carer"
                .to_owned()
        }
    }
}

fn print(
    paper: &Handover,
    school: &School,
    (today, kept): (NaiveDate, Option<&KeptFrom>),
    out: &mut Out,
) {
    paper::paragraph(
        &format!(
            "HAND-OVER: {} ({}), {}",
            school.name,
            school.code,
            date::full(today)
        ),
        out,
    );
    out.line("");
    let internal = match paper.internal() {
        0 => String::new(),
        1 => " One of the tasks follows up an entry that is internal: not on papers for parents; part of the record they may ask for.".to_owned(),
        many => format!(
            " {many} of the tasks follow up entries that are internal: not on papers for parents; part of the record they may ask for."
        ),
    };
    paper::paragraph(
        &format!(
            "For the next SENCO of this school and nobody else: it names children.{internal} Each open task stands once."
        ),
        out,
    );
    if let Some(kept) = kept {
        paper::paragraph(&format!("Records {}.", kept.text()), out);
    }
    for section in Section::ALL {
        section_heading(&heading(section, paper.until), out);
        let mut any = false;
        for entry in paper.section(section) {
            paper::row(&when(entry, today), &what(entry), out);
            any = true;
        }
        none_unless(any, out);
    }
    section_heading("PROVISION STILL RUNNING, by its last day", out);
    for running in &paper.running {
        print_run(running, today, out);
    }
    none_unless(!paper.running.is_empty(), out);
    foot(paper, out);
}

fn section_heading(text: &str, out: &mut Out) {
    out.line("");
    paper::paragraph(text, out);
}

fn none_unless(any: bool, out: &mut Out) {
    if !any {
        out.line("  None.");
    }
}

/// What is to be known of what is not on the paper.
fn foot(paper: &Handover, out: &mut Out) {
    let (count, follows) = match paper.to_come {
        0 => (String::new(), ""),
        1 => ("1 run".to_owned(), "begins"),
        many => (format!("{many} runs"), "begin"),
    };
    if paper.to_come > 0 {
        out.line("");
        paper::paragraph(
            &format!("{count} of provision {follows} later: sendesk list provision has them."),
            out,
        );
    }
    if paper.safeguarding > 0 {
        let (tasks, them) = match paper.safeguarding {
            1 => (
                "1 task that follows up a safeguarding note".to_owned(),
                "it",
            ),
            many => (
                format!("{many} tasks that follow up safeguarding notes"),
                "them",
            ),
        };
        out.line("");
        paper::paragraph(
            &format!(
                "Left out: {tasks}. Hand {them} over by word of mouth; what was said is in the safeguarding system alone."
            ),
            out,
        );
    }
}

/// The left part of a row: due, with its time, and how late.
fn when(entry: &Entry, today: NaiveDate) -> Vec<String> {
    let task = &entry.line.task;
    let Some(due) = task.due else {
        return vec!["no day set".to_owned()];
    };
    let mut lines = vec![date::full(due.day)];
    lines.extend(due.time.map(|time| time.format("at %H:%M").to_string()));
    match task.overdue_days(today) {
        0 => {}
        1 => lines.push("1 day late".to_owned()),
        days => lines.push(format!("{days} days late")),
    }
    lines
}

/// The words of a row: the task, whom it is about, where it comes from.
fn what(entry: &Entry) -> Vec<String> {
    let task = &entry.line.task;
    let mut title = task.title.clone();
    if task.urgent {
        title.insert_str(0, "! ");
    }
    if let Some(who) = &task.waiting_for {
        title.extend([" (waiting for ", who, ")"]);
    }
    let mut about = names(entry);
    if !about.is_empty() {
        about.push_str("; ");
    }
    vec![title, about + &from(entry)]
}

fn names(entry: &Entry) -> String {
    let children: Vec<String> = children(entry).into_iter().map(with_class).collect();
    match entry.source.as_ref().and_then(|contact| contact.topic) {
        Some(topic) if children.is_empty() => nobody(topic),
        _ => children.join("; "),
    }
}

/// `t9, from c7: phone with Mrs Okafor (mum), 10 Nov 2026`.
fn from(entry: &Entry) -> String {
    let task = entry.line.task.id;
    let Some(contact) = &entry.source else {
        return task.to_string();
    };
    let with = contact.with.as_ref();
    let with = with.map_or(String::new(), |with| format!(" with {with}"));
    let struck = match contact.strike() {
        Some(_) => ", struck: not to be relied upon",
        None => "",
    };
    format!(
        "{task}, from {}: {}{with}, {}{struck}",
        contact.id,
        contact.kind.short(),
        date::medium(contact.at.day)
    )
}

fn print_run(running: &Running, today: NaiveDate, out: &mut Out) {
    let run = &running.run.provision;
    let staff = run.staff_name.as_deref().unwrap_or("nobody named");
    let often = how_often(run.minutes, run.sessions_week);
    let names = member_names(running, today);
    paper::row(
        &[date::full(running.last)],
        &[
            format!("{}, {often}, {staff} ({})", run.title(), run.id),
            if names.is_empty() {
                "Nobody is in it.".to_owned()
            } else {
                names
            },
        ],
        out,
    );
}

fn member_names(running: &Running, today: NaiveDate) -> String {
    let name = |one: &&Member| {
        let left = if one.left_on.is_some_and(|day| day < today) {
            " (has left)"
        } else {
            ""
        };
        format!("{}{left}", with_class(&one.child))
    };
    let names: Vec<String> = members(running, today).iter().map(name).collect();
    names.join("; ")
}

/// Rows for programs: section, day, id, what, children, where it comes from.
fn plain(paper: &Handover, today: NaiveDate) -> Table {
    let mut table = Table::new(&[]);
    for section in Section::ALL {
        let word = match section {
            Section::Open => "open",
            Section::FollowUp => "follow-up",
            Section::Promise => "promise",
        };
        for entry in paper.section(section) {
            let task = &entry.line.task;
            table.push(vec![
                word.to_owned(),
                task.due.map(Moment::to_stored).unwrap_or_default(),
                task.id.to_string(),
                task.title.clone(),
                names(entry),
                entry
                    .source
                    .as_ref()
                    .map(|_| from(entry))
                    .unwrap_or_default(),
            ]);
        }
    }
    for running in &paper.running {
        let run = &running.run.provision;
        table.push(vec![
            "provision".to_owned(),
            date::iso(running.last),
            run.id.to_string(),
            run.title(),
            member_names(running, today),
            run.staff_name.clone().unwrap_or_default(),
        ]);
    }
    table
}
