//! A run of provision in full: who runs it, when and how often, what it costs, who is on it, what is to be mended.

use super::contact;
use super::fact::fact;
use super::pen::{Line, Pen};
use super::theme::Role;
use crate::app::pane::provision::Peek;
use crate::domain::date;
use crate::domain::id::PupilId;
use crate::domain::provision::cost::{self, Cost, pounds};
use crate::domain::provision::{Tier, hours, how_often};

/// The lines; `of` is the child whose provision is looked at.
pub(super) fn full(pen: &Pen<'_>, peek: &Peek, of: Option<PupilId>, width: usize) -> Vec<Line> {
    let run = &peek.run.provision;
    let mut head = vec![pen.piece(run.title(), Role::TextStrong)];
    if let Some(area) = run.area {
        head.push(pen.piece(format!("  {}", area.label()), Role::TextNormal));
    }
    if let Some(tier) = run.tier.map(Tier::word) {
        head.push(pen.piece(format!(", {tier}"), Role::TextMuted));
    }
    let mut lines = vec![head];
    for fault in &peek.faults {
        lines.extend(fact(
            pen,
            "Mend",
            &fault.to_string(),
            Role::StatusSoon,
            width,
        ));
    }
    let when = format!(
        "{} to {}: {}, {} weeks, {} h a week",
        date::medium(run.starts),
        date::medium(peek.last),
        how_often(run.minutes, run.sessions_week),
        run.weeks,
        hours(run.minutes_week())
    );
    let sessions = format!(
        "{} planned, {} held, {} missed",
        run.sessions_planned(),
        peek.run.held(),
        peek.run.missed()
    );
    let cost = cost_of(peek);
    let rate = rate(peek);
    let staff = run.staff_name.as_deref().unwrap_or("nobody named");
    for (label, text) in [
        ("Run by", staff),
        ("When", &when),
        ("Sessions", &sessions),
        ("Cost", &cost),
    ] {
        lines.extend(fact(pen, label, text, Role::TextNormal, width));
    }
    if let Some(rate) = rate {
        lines.extend(fact(pen, "", &rate, Role::TextMuted, width));
    }
    if !peek.has_terms {
        let text =
            "no term dates are entered: any week with a weekday that is no bank holiday counts";
        lines.extend(fact(pen, "", text, Role::TextMuted, width));
    }
    lines.extend(children(pen, peek, of, width));
    for session in peek.run.sessions.iter().rev().filter(|one| !one.held) {
        let reason = session
            .reason
            .as_deref()
            .map_or("no reason given".into(), |reason| pen.words(reason));
        let text = format!("{}: {reason}", date::named(session.day, peek.last));
        lines.extend(fact(pen, "Missed", &text, Role::TextMuted, width));
    }
    lines
}

/// The three sums, each with what of it falls to nobody.
fn cost_of(peek: &Peek) -> String {
    let costs = &peek.costs;
    let (whole, nobody) = (&costs.whole, &costs.unallocated);
    let known = match whole.to_date {
        Err(_) if whole.to_date_known > 0 => {
            format!(" ({} of it known)", pounds(whole.to_date_known))
        }
        _ => String::new(),
    };
    format!(
        "planned {}; to date {}{known}; delivered {}",
        cost::told(whole.planned, nobody.planned),
        cost::told(whole.to_date, nobody.to_date),
        cost::told(whole.delivered, nobody.delivered)
    )
}

/// What was planned at another rate than the one on file by now.
fn rate(peek: &Peek) -> Option<String> {
    let (was, now) = (peek.run.provision.planned_rate?, peek.rate_since?);
    Some(format!(
        "planned at {} an hour; {} is on file for its first day: :recost plans it anew",
        pounds(was),
        pounds(now)
    ))
}

/// Those in it, each with since when and what part of the cost is theirs.
fn children(pen: &Pen<'_>, peek: &Peek, of: Option<PupilId>, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut label = "On it";
    for (member, part) in peek.run.members.iter().zip(&peek.costs.parts) {
        let until = member
            .to
            .map(|to| format!(" to {}", date::day_month(to)))
            .unwrap_or_default();
        let score =
            |text: &Option<String>| text.as_deref().map(|text| pen.words(text).into_owned());
        let scores = match (score(&member.entry), score(&member.exit)) {
            (Some(entry), Some(exit)) => format!(", {entry}, then {exit}"),
            (Some(entry), None) => format!(", at entry {entry}"),
            (None, Some(exit)) => format!(", at exit {exit}"),
            (None, None) => String::new(),
        };
        let text = format!(
            "{} since {}{until}, {}{scores}",
            contact::beside(pen, &member.child, of),
            date::day_month(member.from),
            told(part.planned)
        );
        let role = if of == Some(member.pupil()) {
            Role::TextStrong
        } else {
            Role::TextNormal
        };
        lines.extend(fact(pen, label, &text, role, width));
        label = "";
    }
    lines
}

fn told(cost: Cost) -> String {
    cost.map_or_else(|_| "not known".to_owned(), pounds)
}
