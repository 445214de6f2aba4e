//! A diary entry in words: in full where it is read, in a line where others stand beside it.

use super::fact::fact;
use super::pen::{Line, Pen, columns, fitting};
use super::theme::{Glyphs, Role};
use super::when::{Clock, days};
use crate::domain::contact::{Amendment, Contact, ContactKind, Correction, Involved, Visibility};
use crate::domain::date;
use crate::domain::form::{Field, Kind};
use crate::domain::id::PupilId;
use chrono::NaiveDate;
use std::borrow::Cow;

/// Minutes between what happened and its entry below which the two count as one moment.
const AT_ONCE: i64 = 15;

/// What mostly comes of a contact: it goes without saying where there are words.
const EXPECTED: [&str; 4] = ["spoke", "sent", "received", "attended"];

/// The first words of an entry for a line of so many columns; what came of it comes before them unless that is what
/// mostly comes of it, and stands for them where there are none.
pub(super) fn first_words(pen: &Pen<'_>, contact: &Contact, width: usize) -> String {
    let said = contact.said();
    let said = match contact.visibility {
        Visibility::Shareable => pen.words(said),
        Visibility::Internal => pen.internal(said),
    };
    let outcome = contact
        .outcome
        .as_deref()
        .filter(|outcome| said.trim().is_empty() || !EXPECTED.contains(outcome))
        .map(|outcome| came(pen, outcome));
    let mut line = String::new();
    if contact.strike().is_some() {
        line.push_str("struck: ");
    }
    if let Some(outcome) = outcome {
        line.push_str(&outcome);
        if !said.trim().is_empty() {
            line.push_str(": ");
        }
    }
    if contact.kind == ContactKind::Safeguarding && line.is_empty() {
        line.push_str("in the safeguarding system");
    }
    // Of a long text no more is looked at than is seen.
    for (n, word) in said.split_whitespace().enumerate() {
        if n > 0 {
            line.push(' ');
        }
        line.push_str(fitting(word, width + 1));
        if columns(&line) > width {
            break;
        }
    }
    line
}

/// What came of a contact: one of what forms offer, or somebody's own words.
fn came<'t>(pen: &Pen<'_>, outcome: &'t str) -> Cow<'t, str> {
    let offered = Kind::Contact.def().field("outcome").map(Field::offers);
    let known = offered.is_some_and(|all| all.iter().any(|offer| offer.value == outcome));
    if known {
        Cow::Borrowed(outcome)
    } else {
        pen.words(outcome)
    }
}

/// Where what was promised stands: a sign with its word or day. `None` where nothing was promised.
pub(super) fn promised(
    glyphs: Glyphs,
    contact: &Contact,
    today: NaiveDate,
) -> Option<(String, Role)> {
    let next = contact.follow_up?;
    if next.done {
        return Some((format!("{} done", glyphs.ok), Role::StatusOk));
    }
    Some(match next.due.map(|due| due.day) {
        None => (format!("{} someday", glyphs.arrow), Role::StatusInfo),
        Some(day) if day < today => (
            format!("{} {}", glyphs.late, date::day_month(day)),
            Role::StatusLate,
        ),
        Some(day) if day == today => (format!("{} today", glyphs.soon), Role::StatusSoon),
        Some(day) => (
            format!("{} {}", glyphs.arrow, date::day_month(day)),
            Role::StatusInfo,
        ),
    })
}

/// Whom an entry is about as a list has room for: the one child by name and class, several counted; of nobody, what it is
/// about.
pub(super) fn about(pen: &Pen<'_>, contact: &Contact) -> String {
    match contact.pupils.as_slice() {
        [] => contact
            .topic
            .map(|topic| format!("({})", topic.word()))
            .unwrap_or_default(),
        [only] => {
            let names = (only.known_as.as_str(), only.surname.as_str());
            with_class(pen.child(only.pupil, names, only.listed_name()), only)
        }
        several => format!("{} pupils", several.len()),
    }
}

/// `Aisha Okafor 5B`.
pub(super) fn spoken(pen: &Pen<'_>, child: &Involved) -> String {
    let names = (child.known_as.as_str(), child.surname.as_str());
    with_class(pen.child(child.pupil, names, child.spoken_name()), child)
}

/// The same where the row is of one child: another is told without a number.
pub(super) fn beside(pen: &Pen<'_>, child: &Involved, of: Option<PupilId>) -> String {
    if of.is_none_or(|of| of == child.pupil) {
        return spoken(pen, child);
    }
    let names = (child.known_as.as_str(), child.surname.as_str());
    with_class(pen.other_child(names, child.spoken_name()), child)
}

fn with_class(name: String, child: &Involved) -> String {
    match &child.class {
        Some(class) => format!("{name} {class}"),
        None => name,
    }
}

/// An entry in one line among others of the same child: day, kind, with whom, first words.
pub(super) fn brief(pen: &Pen<'_>, contact: &Contact, clock: Clock, width: usize) -> Line {
    let struck = contact.strike().is_some();
    let role = if struck {
        Role::StatusOff
    } else {
        Role::TextNormal
    };
    let day = clock.listed(contact.at.day);
    let mut line = vec![
        pen.piece(format!("{day:<11}"), Role::TextMuted),
        pen.piece(format!("{:<8}", contact.kind.short()), role),
    ];
    let mut rest = width.saturating_sub(19);
    let ellipsis = pen.theme.glyphs().ellipsis;
    let whom = pen.whom(contact.with.as_deref().unwrap_or_default());
    if !whom.is_empty() && width > 40 {
        let whom = shortened(&whom, (width / 4).min(24), ellipsis);
        rest = rest.saturating_sub(columns(&whom) + 2);
        line.push(pen.piece(format!("{whom}  "), Role::TextMuted));
    }
    let words = shortened(&first_words(pen, contact, rest), rest, ellipsis);
    line.push(pen.piece(words, role));
    line
}

/// A text for so many columns, cut with an ellipsis.
fn shortened(text: &str, width: usize, ellipsis: &str) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let cut = fitting(text, width.saturating_sub(columns(ellipsis)));
    format!("{}{ellipsis}", cut.trim_end())
}

/// An entry in full, on the list of one child's where it stands there. `roomy` parts what belongs together by blank
/// lines.
pub(super) fn full(
    pen: &Pen<'_>,
    (contact, of): (&Contact, Option<PupilId>),
    clock: Clock,
    width: usize,
    roomy: bool,
) -> Vec<Line> {
    let mut lines = heading(pen, contact, clock, width);
    let gap = |lines: &mut Vec<Line>| {
        if roomy {
            lines.push(Vec::new());
        }
    };
    let names: Vec<String> = contact
        .pupils
        .iter()
        .map(|child| beside(pen, child, of))
        .collect();
    let names = match contact.topic {
        Some(topic) => format!("nobody: {}", topic.word()),
        None => names.join(", "),
    };
    if !names.is_empty() {
        lines.extend(fact(pen, "About", &names, Role::TextNormal, width));
    }
    gap(&mut lines);
    let struck = contact.strike().is_some();
    let words = if struck {
        Role::StatusOff
    } else {
        Role::TextNormal
    };
    if !contact.text.trim().is_empty() {
        lines.extend(paragraph(pen, &pen.words(&contact.text), words, width));
        gap(&mut lines);
    }
    for child in &contact.pupils {
        if let Some(text) = &child.words {
            let title = format!("{} alone", beside(pen, child, of));
            lines.push(vec![pen.piece(title, Role::TextStrong)]);
            lines.extend(paragraph(pen, &pen.words(text), words, width));
            gap(&mut lines);
        }
    }
    lines.extend(outcome(pen, contact, clock.today, width));
    for one in &contact.amendments {
        if one.what == Correction::Amend {
            let words = pen.words(&one.text);
            let text = format!("Amended {}: {words}", clock.entered(one.entered_at));
            lines.extend(paragraph(pen, &text, Role::TextNormal, width));
        }
    }
    lines.extend(particulars(pen, contact, clock, width));
    lines
}

/// Kind, when, with whom; and, of a struck entry, that it is struck, when and why.
fn heading(pen: &Pen<'_>, contact: &Contact, clock: Clock, width: usize) -> Vec<Line> {
    let kind = contact.kind.title();
    let when = contact.at.shown();
    let whom = &*pen.whom(contact.with.as_deref().unwrap_or_default());
    let mut lines = vec![vec![
        pen.piece(kind, Role::TextStrong),
        pen.piece(format!("  {when}"), Role::TextNormal),
    ]];
    if !whom.is_empty() {
        let used = columns(kind) + columns(&when) + 2;
        if used + columns(whom) + 7 <= width {
            lines[0].push(pen.piece("  with ", Role::TextMuted));
            lines[0].push(pen.piece(whom, Role::TextStrong));
        } else {
            lines.extend(fact(pen, "With", whom, Role::TextStrong, width));
        }
    }
    if let Some(Amendment {
        text, entered_at, ..
    }) = contact.strike()
    {
        let sign = pen.theme.glyphs().late;
        let day = date::named(clock.local(*entered_at).date(), clock.today);
        let text = format!("{sign} struck {day}: {}", pen.words(text));
        lines.extend(paragraph(pen, &text, Role::StatusLate, width));
    }
    lines
}

/// What came of it, how long it took, and what was promised.
fn outcome(pen: &Pen<'_>, contact: &Contact, today: NaiveDate, width: usize) -> Vec<Line> {
    let glyphs = pen.theme.glyphs();
    let mut lines = Vec::new();
    let parts: Vec<String> = [
        contact
            .outcome
            .as_deref()
            .map(|outcome| came(pen, outcome).into_owned()),
        contact.minutes.map(|minutes| format!("{minutes} min")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !parts.is_empty() {
        let text = parts.join(&format!(" {} ", glyphs.dot));
        lines.extend(fact(pen, "Outcome", &text, Role::TextNormal, width));
    }
    if let (Some(next), Some((sign, role))) = (contact.follow_up, promised(glyphs, contact, today))
    {
        let late = next.due.map_or(0, |due| (today - due.day).num_days());
        let text = match next.due {
            _ if next.done => sign,
            Some(due) if late > 0 => {
                format!("{} due {}, {} late", glyphs.late, due.shown(), days(late))
            }
            Some(due) => format!("{} due {}", glyphs.arrow, due.short(today)),
            None => sign,
        };
        lines.extend(fact(pen, "Follow-up", &text, role, width));
    }
    lines
}

/// Who may see it, what it counts as, words to find it by, and when it was entered.
fn particulars(pen: &Pen<'_>, contact: &Contact, clock: Clock, width: usize) -> Vec<Line> {
    let sees = contact.visibility;
    let sees = format!("{}: {}", sees.word(), sees.meaning());
    let mut lines = fact(pen, "Who sees", &sees, Role::TextNormal, width);
    if contact.review {
        let text = "counts as a review with parents";
        lines.extend(fact(pen, "Review", text, Role::StatusInfo, width));
    }
    if !contact.tags.is_empty() {
        let tags: Vec<String> = contact.tags.iter().map(|tag| format!("+{tag}")).collect();
        lines.extend(fact(pen, "Tags", &tags.join(" "), Role::TextNormal, width));
    }
    if let Some(text) = entered_later(contact, clock) {
        lines.extend(fact(pen, "Entered", &text, Role::TextMuted, width));
    }
    lines
}

/// When it was entered, where that was not when it happened.
fn entered_later(contact: &Contact, clock: Clock) -> Option<String> {
    let entered = clock.local(contact.entered_at);
    let apart = match contact.at.time {
        _ if entered.date() != contact.at.day => true,
        Some(time) => (entered.time() - time).num_minutes().abs() > AT_ONCE,
        None => false,
    };
    apart.then(|| clock.entered(contact.entered_at))
}

/// Words with their line ends, wrapped.
pub(super) fn paragraph(pen: &Pen<'_>, text: &str, role: Role, width: usize) -> Vec<Line> {
    pen.wrap_all(text, width)
        .into_iter()
        .map(|line| vec![pen.piece(line, role)])
        .collect()
}

/// What a task's line calls the contact it came from: `call`.
pub(super) const fn came_from(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Phone => "call",
        other => other.short(),
    }
}
