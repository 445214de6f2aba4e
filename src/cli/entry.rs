//! One entry of the diary: as JSON, whose keys are a promise to users' scripts, and in full as text.

use super::out::Out;
use crate::domain::contact::{Amendment, Contact, Correction, FollowUp, Involved, Topic};
use crate::domain::date;
use crate::domain::moment::Moment;
use crate::domain::school::School;
use chrono::{DateTime, Local, SecondsFormat, Utc};
use serde::Serialize;

/// One entry of `list diary` and `show`.
#[derive(Serialize)]
pub(super) struct EntryJson {
    /// The school's code, when several are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    school: Option<String>,
    id: String,
    kind: &'static str,
    /// When it happened: a day, and the time where it is known.
    at: String,
    minutes: Option<i64>,
    with: Option<String>,
    outcome: Option<String>,
    text: String,
    visibility: &'static str,
    review: bool,
    tags: Vec<String>,
    pupils: Vec<InvolvedJson>,
    /// What an entry about nobody is about: school, class, service, policy or staff.
    about: Option<&'static str>,
    follow_up: Option<PromiseJson>,
    /// The reason of the strike.
    struck: Option<String>,
    amendments: Vec<AmendmentJson>,
    entered_at: String,
}

#[derive(Serialize)]
struct InvolvedJson {
    id: String,
    words: Option<String>,
}

#[derive(Serialize)]
struct PromiseJson {
    id: String,
    due: Option<String>,
    done: bool,
}

#[derive(Serialize)]
struct AmendmentJson {
    id: String,
    at: String,
    text: String,
}

fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl EntryJson {
    /// The entry whole.
    pub(super) fn new(contact: &Contact, school: Option<&str>) -> Self {
        Self {
            school: school.map(str::to_owned),
            id: contact.id.to_string(),
            kind: contact.kind.word(),
            at: contact.at.to_stored(),
            minutes: contact.minutes,
            with: contact.with.clone(),
            outcome: contact.outcome.clone(),
            text: contact.text.clone(),
            visibility: contact.visibility.word(),
            review: contact.review,
            tags: contact.tags.clone(),
            pupils: contact
                .pupils
                .iter()
                .map(|child| InvolvedJson {
                    id: child.pupil.to_string(),
                    words: child.words.clone(),
                })
                .collect(),
            about: contact.topic.map(Topic::word),
            follow_up: contact.follow_up.map(|next| PromiseJson {
                id: next.task.to_string(),
                due: next.due.map(|due| date::iso(due.day)),
                done: next.done,
            }),
            struck: contact.strike().map(|strike| strike.text.clone()),
            amendments: contact
                .amendments
                .iter()
                .filter(|one| one.what == Correction::Amend)
                .map(|one| AmendmentJson {
                    id: one.id.to_string(),
                    at: rfc3339(one.entered_at),
                    text: one.text.clone(),
                })
                .collect(),
            entered_at: rfc3339(contact.entered_at),
        }
    }
}

/// `Okafor, Aisha 5B`.
pub(super) fn with_class(child: &Involved) -> String {
    let class = child.class.as_deref().unwrap_or_default();
    format!("{} {class}", child.listed_name())
        .trim_end()
        .to_owned()
}

/// What stands for the children of an entry about nobody: `(policy)`.
pub(super) fn nobody(topic: Topic) -> String {
    format!("({})", topic.word())
}

/// Whom an entry is about, for one column: the children, or what it is about instead.
pub(super) fn about(contact: &Contact) -> String {
    let names: Vec<String> = contact.pupils.iter().map(with_class).collect();
    match contact.topic {
        Some(topic) => nobody(topic),
        None => names.join("; "),
    }
}

/// A moment of the real clock, as it is told here: `23/11/2026 14:02`.
fn here(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local)
        .format("%d/%m/%Y %H:%M")
        .to_string()
}

/// Prints an entry whole, with what was said of it later.
pub(super) fn print(contact: &Contact, promised: Option<&str>, school: &School, out: &mut Out) {
    out.line(&format!(
        "{}  {}  {}  ({} {})",
        contact.id,
        contact.kind.title(),
        contact.at,
        school.code,
        school.name
    ));
    let mut told = |label: &str, text: Option<String>| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            out.line(&format!("  {label:<14}{text}"));
        }
    };
    for child in &contact.pupils {
        told(
            "Pupil",
            Some(format!("{} {}", child.pupil, with_class(child))),
        );
    }
    told("About", contact.topic.map(nobody));
    told("With", contact.with.clone());
    told(
        "Minutes",
        contact.minutes.map(|minutes| minutes.to_string()),
    );
    told("Outcome", contact.outcome.clone());
    let sees = contact.visibility;
    told(
        "Who sees it",
        Some(format!("{}: {}", sees.word(), sees.meaning())),
    );
    told("Review", contact.review.then(|| "yes".to_owned()));
    told("Tags", Some(contact.tags.join(" ")));
    let next = contact.follow_up;
    told("Follow-up", next.map(|next| follow_up(next, promised)));
    let strike = contact.strike();
    told("Struck", strike.map(|strike| strike.text.clone()));
    told("Entered", Some(here(contact.entered_at)));
    told("In the bin", contact.binned_at.map(here));
    words("Words", &contact.text, out);
    for child in &contact.pupils {
        if let Some(own) = &child.words {
            words(&format!("About {} alone", child.pupil), own, out);
        }
    }
    for amendment in &contact.amendments {
        words(&later(amendment), &amendment.text, out);
    }
}

fn follow_up(next: FollowUp, promised: Option<&str>) -> String {
    let mut text = next.task.to_string();
    text.push(' ');
    text.push_str(&next.due.map_or_else(|| "someday".to_owned(), Moment::shown));
    if next.done {
        text.push_str(", done");
    }
    if let Some(promised) = promised {
        text = format!("{text}: {promised}");
    }
    text
}

/// `Amended 23/11/2026 14:02 (d2)`.
pub(super) fn later(amendment: &Amendment) -> String {
    let what = match amendment.what {
        Correction::Amend => "Amended",
        Correction::Strike => "Struck",
    };
    format!("{what} {} ({})", here(amendment.entered_at), amendment.id)
}

/// A heading and the lines under it.
pub(super) fn words(heading: &str, text: &str, out: &mut Out) {
    if text.is_empty() {
        return;
    }
    out.line(heading);
    for line in text.lines() {
        out.line(format!("  {line}").trim_end());
    }
}
