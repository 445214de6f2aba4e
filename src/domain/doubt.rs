//! What is not plain about a record that is about to be kept: asked first, or told beside it. Nothing here is refused.

use super::calendar::{Calendar, Term};
use super::date;
use super::id::SessionId;
use super::provision::cost::pounds;
use super::provision::odd::{self, Odd};
use super::provision::{Phase, Run};
use chrono::NaiveDate;

/// What to ask before a record is kept, and what to tell once it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doubts {
    /// Questions, each a sentence with what was found; kept only by somebody who says so.
    pub asks: Vec<String>,
    /// What was presumed, and advice.
    pub told: Vec<String>,
}

impl Doubts {
    /// With those of another record that is kept in the same step; what both ask or tell is asked or told once.
    pub fn join(&mut self, other: Self) {
        let add = |all: &mut Vec<String>, more: Vec<String>| {
            for one in more {
                if !all.contains(&one) {
                    all.push(one);
                }
            }
        };
        add(&mut self.asks, other.asks);
        add(&mut self.told, other.told);
    }
}

/// Pence an hour below which pounds were meant, and above which pence were: nobody costs £5 or £500 an hour.
const RATE: (i64, i64) = (500, 50_000);
/// How often a rate may be another of the same person before a hundredfold slip is the likelier.
const FOLD: i64 = 30;
/// Minutes of a session from which it is rather a week of them: more than a school day.
const SESSION_MOST: i64 = 480;
/// Days of the longest term there is: twenty weeks.
const TERM_MOST: i64 = 140;

/// What is meant by an hourly rate that is a hundred times too little or too much, by itself or beside `others` of the
/// same person, in pence.
pub fn rate_meant(pence: i64, others: &[i64]) -> Option<i64> {
    if pence == 0 {
        return None;
    }
    let least = others.iter().copied().filter(|other| *other > 0).min();
    let most = others.iter().copied().max();
    let small = pence < RATE.0 || least.is_some_and(|least| pence <= least / FOLD);
    let large = pence >= RATE.1 || most.is_some_and(|most| most > 0 && pence >= most * FOLD);
    match (small, large) {
        (true, _) => Some(pence.saturating_mul(100)),
        (_, true) => Some(pence / 100),
        _ => None,
    }
}

/// The question about such a rate.
pub fn rate(pence: i64, others: &[i64]) -> Option<String> {
    let meant = rate_meant(pence, others)?;
    Some(format!(
        "{} an hour is very {}: is {} meant?",
        pounds(pence),
        if meant > pence { "little" } else { "much" },
        pounds(meant)
    ))
}

/// A session longer than a school day.
pub fn session_length(minutes: i64) -> Option<String> {
    (minutes > SESSION_MOST).then(|| {
        format!(
            "One session of {minutes} min: each that is held counts as {} hours. Hours a week in several sessions are \
             given as hours a week.",
            super::provision::hours(minutes)
        )
    })
}

/// A term that overlaps others, is entered twice, or is too long for one.
pub fn term(term: &Term, calendar: &Calendar) -> Vec<String> {
    let days = |term: &Term| {
        format!(
            "{} to {}",
            date::medium(term.starts),
            date::medium(term.ends)
        )
    };
    let mut asks = Vec::new();
    let others = calendar.terms().iter().filter(|other| other.id != term.id);
    for other in others.filter(|other| other.starts <= other.ends) {
        let (name, id) = (&other.name, other.id);
        if (other.starts, other.ends) == (term.starts, term.ends) {
            asks.push(format!("{name} ({id}) has the same days, {}.", days(other)));
        } else if other.starts <= term.ends
            && term.starts <= other.ends
            && !Calendar::is_half(other, term)
        {
            asks.push(format!("It overlaps {name} ({id}), {}.", days(other)));
        }
    }
    let length = (term.ends - term.starts).num_days() + 1;
    if length > TERM_MOST {
        asks.push(format!(
            "It lasts {} weeks; no term is longer than {}. A school year is entered term by term.",
            (length + 6) / 7,
            TERM_MOST / 7
        ));
    }
    asks
}

/// A run as a question names it: what it is, and the id the shell knows it by.
fn named(run: &Run) -> String {
    format!("{} {}", run.provision.title(), run.provision.id)
}

/// A session of a run on a day. `own` is the session itself where it is on file.
pub fn session(run: &Run, calendar: &Calendar, own: Option<SessionId>, day: NaiveDate) -> Doubts {
    let mut others = run.clone();
    others.sessions.retain(|one| Some(one.id) != own);
    let mut doubts = Doubts::default();
    for odd in odd::session(&others, calendar, None, day) {
        match odd {
            Odd::Twice(other) => doubts.asks.push(format!(
                "{} has a session on {} already ({other}).",
                named(run),
                date::medium(day)
            )),
            odd => doubts.told.push(format!(
                "The session of {} on {} {odd}: it is kept, and listed to be mended.",
                named(run),
                date::medium(day)
            )),
        }
    }
    doubts
}

/// A child put on a run, `new` or moved. `from` is the child's first day where one is given, `presumed` the one it gets
/// otherwise.
pub fn member(
    run: &Run,
    calendar: &Calendar,
    today: NaiveDate,
    new: bool,
    (from, presumed): (Option<NaiveDate>, NaiveDate),
) -> Doubts {
    let mut doubts = Doubts::default();
    let provision = &run.provision;
    let first = from.unwrap_or(presumed);
    let last = provision.last_day(calendar);
    let ended = format!("{} ended on {}", named(run), date::medium(last));
    if first > last {
        let from = date::medium(first);
        doubts.asks.push(format!(
            "{ended}: a child on it from {from} bears nothing of it."
        ));
    } else if new && provision.phase(calendar, today) == Phase::Over {
        doubts.asks.push(format!("{ended}."));
    }
    if from.is_none() {
        doubts.told.push(format!(
            "From {}, {}.",
            date::medium(first),
            if first == today {
                "today"
            } else {
                "the first day of it"
            }
        ));
    }
    if first < provision.starts {
        doubts.told.push(format!(
            "{} begins on {}, after the child's first day {}: it is kept, and listed to be mended.",
            named(run),
            date::medium(provision.starts),
            date::medium(first)
        ));
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::TermId;

    #[test]
    fn a_rate_a_hundredfold_off_is_asked_about_both_ways() {
        for (pence, others, asked) in [
            (
                16,
                &[][..],
                Some("£0.16 an hour is very little: is £16 meant?"),
            ),
            (
                165_000,
                &[],
                Some("£1,650 an hour is very much: is £16.50 meant?"),
            ),
            (1600, &[1500, 1550], None),
            (0, &[1600], None),
            (20_000, &[], None),
            (
                40_000,
                &[600],
                Some("£400 an hour is very much: is £4 meant?"),
            ),
            (
                600,
                &[30_000],
                Some("£6 an hour is very little: is £600 meant?"),
            ),
        ] {
            assert_eq!(rate(pence, others).as_deref(), asked, "{pence}");
        }
    }

    #[test]
    fn terms_that_overlap_are_there_already_or_last_a_year_are_asked_about() {
        let day = |text: &str| date::from_iso(text).unwrap();
        let of = |id, name: &str, starts, ends| Term {
            id: TermId(id),
            name: name.to_owned(),
            starts: day(starts),
            ends: day(ends),
        };
        let there = vec![
            of(1, "Autumn 1", "2026-09-02", "2026-10-23"),
            of(2, "Autumn 2", "2026-11-02", "2026-12-18"),
        ];
        let calendar = Calendar::new(there, Vec::new());
        for (new, asked) in [
            (of(3, "Spring 1", "2027-01-04", "2027-02-12"), &[][..]),
            // The whole beside its halves is plain.
            (of(3, "Autumn", "2026-09-02", "2026-12-18"), &[]),
            (
                of(3, "Autumn 2", "2026-11-02", "2026-12-18"),
                &["Autumn 2 (m2) has the same days, 2 Nov 2026 to 18 Dec 2026."],
            ),
            (
                of(3, "Spring", "2026-12-17", "2027-03-25"),
                &["It overlaps Autumn 2 (m2), 2 Nov 2026 to 18 Dec 2026."],
            ),
            (
                of(3, "2027", "2027-01-04", "2027-07-21"),
                &[
                    "It lasts 29 weeks; no term is longer than 20. A school year is entered term by term.",
                ],
            ),
            // Its own row is no other term.
            (of(2, "Autumn 2", "2026-11-03", "2026-12-18"), &[]),
        ] {
            assert_eq!(term(&new, &calendar), asked, "{}", new.name);
        }
    }
}
