//! `add`: one line of text that becomes a contact or a task, from an argument, a prompt or standard input.
//!
//! Says nothing of its own about whom a line names: what is printed has initials only.

use super::access::{self, Access};
use super::args::AddArgs;
use super::entry::nobody;
use super::out::Out;
use super::own;
use super::stop::Stop;
use super::{input, pupil};
use crate::domain::add_line::{self, AddLine, Chip, PartKind, What};
use crate::domain::contact::{FollowUp, Topic};
use crate::domain::date::{self, DateFault, Looking, When};
use crate::domain::form::{Context, FieldFault};
use crate::domain::id::{ContactId, PupilId, TaskId};
use crate::domain::moment::Moment;
use crate::domain::{school, step, text};
use crate::store::Store;
use serde::Serialize;

/// What may be written in the line.
pub(super) const HELP: &str = "The line, in double quotes; - reads it from standard input; without one it is asked \
    for, which keeps it out of the shell's history.\n\n\
    @who kind [with whom:] words [> when what-next] [< when it happened] [+tag] [!] [^school]\n\n\
    @- is an entry about nobody; @-policy (or school, class, service, staff) says what it is about.\n\n\
    kind: call, email, meet, visit, letter, text, note, task, review, talk, or the start of one. Without a kind a \
    date behind > makes a task, none a file note. ^me makes a task of your own, at no school. In bash and zsh a ! in \
    double quotes may be taken by the shell: use --urgent.";

/// A line as it is to be typed, about nobody on any file.
const EXAMPLE: &str = "sendesk add \"@ao call mum: worried about reading > 1w send Lexia data\"";

/// Most characters of a line: as many as an entry may have.
const MOST: usize = 20_000;

#[derive(Serialize)]
struct AddedJson {
    id: String,
    /// All that was made: a task for each pupil.
    ids: Vec<String>,
    school: String,
    kind: &'static str,
    pupils: Vec<String>,
    /// What an entry about nobody is about.
    about: Option<&'static str>,
    follow_up: Option<FollowUpJson>,
    due: Option<String>,
}

#[derive(Serialize)]
struct FollowUpJson {
    id: String,
    due: Option<String>,
}

/// Adds what a line says.
pub(super) fn run(access: &Access, verb: &AddArgs, out: &mut Out) -> Result<(), Stop> {
    let given = match verb.line.as_slice() {
        [] if access::can_ask() => None,
        [] => {
            return Err(Stop::usage(format!(
                "There is no terminal to ask on. Give the line in double quotes, or - for standard input: {EXAMPLE}"
            )));
        }
        [only] if only == "-" => Some(settle(&input::whole()?.ok_or_else(too_long)?, out)?),
        [only] => Some(settle(only, out)?),
        _ => {
            return Err(Stop::usage(format!(
                "The line is one argument, in double quotes; these were several, so nothing was stored. Like this: \
                 {EXAMPLE}"
            )));
        }
    };
    if let Some(line) = &given {
        school(access, line)?;
    }
    let desk = access.desk()?;
    let asked = given.is_none();
    let line = if let Some(line) = given {
        line
    } else {
        out.ask("> ");
        settle(&input::line()?.unwrap_or_default(), out)?
    };
    let code = school(access, &line)?;
    let is_own = code.as_deref() == Some(school::OWN);
    let open = || access::open(&desk, code.as_deref());
    let mut store = (!is_own).then(open).transpose()?;
    let line = if is_own {
        own::as_task(&line, access)?
    } else {
        line
    };
    let context = match &store {
        Some(store) => access.context(store, &[])?,
        None => own::context(access, &desk),
    };
    let mut read = add_line::parse(&line, &context);
    read.urgent |= verb.urgent;
    if asked {
        let chips = add_line::chips(&read, context.now(), context.today);
        let told: Vec<String> = chips
            .iter()
            .filter(|chip| !matches!(chip, Chip::Note(_)))
            .map(Chip::text)
            .collect();
        out.say(&told.join(" | "));
    }
    tell(&line, &read, &context, verb.urgent, out);
    match &mut store {
        Some(store) => save(access, store, &read, out),
        None => own::add(&desk, &read, &context, out),
    }
}

/// The line without what nobody could see in it, its line ends kept; refused when nothing or too much is left.
fn settle(line: &str, out: &mut Out) -> Result<String, Stop> {
    if line.chars().count() > 2 * MOST {
        return Err(too_long());
    }
    let clean = text::clean_lines(line);
    if clean.is_empty() {
        return Err(Stop::usage(format!(
            "The line is empty; nothing was stored. Like this: {EXAMPLE}"
        )));
    }
    if clean.chars().count() > MOST {
        return Err(too_long());
    }
    if text::has_unsafe(line) {
        out.say("Characters that cannot be seen were left out of the line.");
    }
    Ok(clean)
}

fn too_long() -> Stop {
    Stop::usage(format!(
        "A line has at most {MOST} characters; this one has more. Nothing was stored."
    ))
}

/// The school the line goes to: the one it names, else the one of the flag.
fn school(access: &Access, line: &str) -> Result<Option<String>, Stop> {
    let flag = access.globals.school.clone();
    // Which dates are read has no part in it, so no calendar is needed.
    let Some(typed) = add_line::parse(line, &Context::on(access.today)).school else {
        return Ok(flag);
    };
    let code = school::read_code(&typed).map_err(|fault| Stop::usage(fault.to_string()))?;
    match flag {
        Some(flag) if flag != code => Err(Stop::usage(format!(
            "The line names ^{code} and --school names {flag}; nothing was stored. Name one of them."
        ))),
        _ => Ok(Some(code)),
    }
}

/// Says what could not be read, and what is odd about a day.
fn tell(line: &str, read: &AddLine, context: &Context, flagged: bool, out: &mut Out) {
    for note in &read.notes {
        out.say(note);
    }
    let is_task = read.what == What::Task;
    if is_task && (!read.tags.is_empty() || read.minutes.is_some() || read.happened.is_some()) {
        out.say("A task keeps no tags, no minutes and no day behind \"<\": they were left out.");
    }
    let has_next = read.follow_up.is_some() || read.what == What::Task;
    if flagged && !has_next {
        out.say("--urgent is for a follow-up or a task: there is neither in this line.");
    }
    let when = |looking| When {
        today: context.today,
        calendar: &context.calendar,
        looking,
    };
    let due = read
        .follow_up
        .as_ref()
        .and_then(|next| next.due)
        .or(read.due);
    for (sign, looking, found) in [
        (">", Looking::Ahead, due),
        ("<", Looking::Back, read.happened),
    ] {
        if found.is_none()
            && let Some(fault) = impossible(line, sign, &when(looking))
        {
            out.say(&fault.to_string());
        }
    }
    let typed = read.parts.iter().find(|part| part.what == PartKind::Due);
    let again = typed
        .and_then(|part| line.get(part.span.clone()))
        .and_then(|typed| date::read_when(typed, &when(Looking::Ahead)).ok());
    if let Some(date::Read {
        moment,
        advice: Some(advice),
    }) = again
    {
        out.say(&format!("{}: {}", date::full(moment.day), advice.text));
    }
}

/// Why what stands behind a sign is no date, when it was clearly meant for one: `31/11`, or the start of two days.
fn impossible(line: &str, sign: &str, when: &When<'_>) -> Option<DateFault> {
    line.match_indices(sign).find_map(|(at, _)| {
        let alone = line[..at].ends_with(char::is_whitespace) || at == 0;
        let rest = &line[at + sign.len()..];
        let rest = rest
            .lines()
            .next()
            .filter(|rest| alone && rest.starts_with(' '))?;
        date::read_leading(rest, when)
            .err()
            .filter(|fault| !fault.is_no_date())
    })
}

/// The pupils the line names, in its order; those who have left are told of.
fn named(
    access: &Access,
    store: &Store,
    read: &AddLine,
    out: &mut Out,
) -> Result<Vec<PupilId>, Stop> {
    if read.who.is_empty() {
        return Ok(Vec::new());
    }
    let names = store.names(access.today)?;
    let mut who = Vec::with_capacity(read.who.len());
    for (at, typed) in read.who.iter().enumerate() {
        let which = match read.who.len() {
            1 => "the name".to_owned(),
            _ => format!("name {}", at + 1),
        };
        let id = pupil::chosen(store, names.meant(typed), "@", out).map_err(|stop| match stop {
            Stop::Choice(told) => {
                Stop::Choice(format!("Of {which} behind @, {told} Nothing was stored."))
            }
            other => other,
        })?;
        who.push(id.ok_or_else(|| {
            Stop::failed(format!(
                "Nobody at {} matches {which} behind @; nothing was stored. sendesk find and sendesk list pupils \
                 tell who is on file.",
                store.code()
            ))
        })?);
    }
    for line in store.lines(&who)? {
        if let Some(left) = line
            .pupil
            .left_on
            .filter(|_| line.pupil.is_leaver(access.today))
        {
            out.say(&format!(
                "{} left the roll on {}; the line was taken all the same.",
                line.pupil.id,
                date::full(left)
            ));
        }
    }
    Ok(who)
}

/// Stores what the line makes as one step, and prints what that is.
fn save(access: &Access, store: &mut Store, read: &AddLine, out: &mut Out) -> Result<(), Stop> {
    let who = named(access, store, read, out)?;
    if who.is_empty() && !read.nobody && matches!(read.what, What::Contact(_)) {
        return Err(Stop::usage(format!(
            "The line names no pupil; nothing was stored. Put @ and two letters first, @- for an entry about nobody \
             (the school, a class, a service, a policy, staff), or a date behind > to make a task of it. Like this: \
             {EXAMPLE}"
        )));
    }
    let mut pupils: Vec<PupilId> = Vec::new();
    for id in &who {
        if !pupils.contains(id) {
            pupils.push(*id);
        }
    }
    let context = access.context(store, &pupils)?;
    let entry = add_line::entry(read, &who, None, &context).map_err(|faults| refused(&faults))?;
    let label = step::added(entry.kind, pupils.first().copied(), pupils.len());
    let numbers = store.step(&label, |writer| writer.capture(&entry))?;
    let lines = store.lines(&pupils)?;
    let initials = lines.iter().map(|line| line.pupil.initials()).collect();
    let letter = entry.kind.def().letter;
    let ids: Vec<String> = numbers
        .iter()
        .map(|number| format!("{letter}{number}"))
        .collect();
    let told = Told {
        school: store.code(),
        pupils: initials,
        ..of_record(store, read, &numbers)?
    };
    print(told, ids, out);
    if let Some(first) = numbers.first() {
        let early = store.told_before_birth(entry.kind, *first)?;
        if !early.is_empty() {
            out.say(&format!("{}{early}.", store.code()));
        }
    }
    Ok(())
}

/// Why a form with the same in it would not be saved.
pub(super) fn refused(faults: &[FieldFault]) -> Stop {
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    Stop::usage(format!("{} Nothing was stored.", told.join(" ")))
}

/// What is told of what was made.
pub(super) struct Told<'a> {
    /// The school's code.
    pub(super) school: &'a str,
    /// The word of its kind.
    pub(super) kind: &'static str,
    /// Initials.
    pub(super) pupils: Vec<String>,
    /// What an entry about nobody is about.
    pub(super) topic: Option<Topic>,
    /// Of an entry.
    pub(super) follow_up: Option<FollowUp>,
    /// Of a task.
    pub(super) due: Option<Moment>,
}

/// The word of a task's kind.
pub(super) const TASK: &str = "task";

fn of_record<'a>(store: &'a Store, read: &AddLine, numbers: &[i64]) -> Result<Told<'a>, Stop> {
    let first = numbers.first().copied().unwrap_or_default();
    let mut told = Told {
        school: store.code(),
        kind: TASK,
        pupils: Vec::new(),
        topic: None,
        follow_up: None,
        due: None,
    };
    match read.what {
        What::Task => told.due = store.task(TaskId(first))?.and_then(|task| task.due),
        What::Contact(kind) => {
            let contact = store.contact(ContactId(first))?;
            told.kind = kind.word();
            told.topic = contact.as_ref().and_then(|contact| contact.topic);
            told.follow_up = contact.and_then(|contact| contact.follow_up);
        }
    }
    Ok(told)
}

/// Prints what was made.
pub(super) fn print(told: Told<'_>, ids: Vec<String>, out: &mut Out) {
    let Told {
        school,
        kind,
        pupils,
        topic,
        follow_up,
        due,
    } = told;
    if out.json {
        let iso = |due: Option<Moment>| due.map(|due| date::iso(due.day));
        out.value(&AddedJson {
            id: ids.first().cloned().unwrap_or_default(),
            ids,
            school: school.to_owned(),
            kind,
            pupils,
            about: topic.map(Topic::word),
            follow_up: follow_up.map(|next| FollowUpJson {
                id: next.task.to_string(),
                due: iso(next.due),
            }),
            due: iso(due),
        });
        return;
    }
    let by = |due: Option<Moment>| due.map_or_else(|| "someday".to_owned(), Moment::shown);
    let mut parts = vec![
        ids.join(" "),
        school.to_owned(),
        kind.to_owned(),
        pupils.join(" "),
        topic.map(nobody).unwrap_or_default(),
    ];
    if kind == TASK {
        let day = by(due);
        parts.push(if due.is_some() {
            format!("due {day}")
        } else {
            day
        });
    }
    parts.extend(follow_up.map(|next| format!("follow-up {} {}", next.task, by(next.due))));
    parts.retain(|part| !part.is_empty());
    let sep = if out.plain { "\t" } else { "  " };
    out.line(&parts.join(sep));
}
