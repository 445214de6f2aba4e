//! `list tasks --where`: words, and parts such as `late` or `due<1/12`.

use super::{empty, split, unknown};
use crate::cli::stop::Stop;
use crate::domain::calendar::Calendar;
use crate::domain::date::{self, Looking, When};
use crate::domain::id::ContactId;
use crate::domain::task::{Group, Line};
use crate::domain::text::fold;
use chrono::NaiveDate;

/// What may be written after `--where`.
pub(in crate::cli) const HELP: &str = "Only those that fit every part of the filter:\n\
    \x20 words            stand in the task or in whom it waits for\n\
    \x20 late             its day has passed\n\
    \x20 today            due today\n\
    \x20 urgent           marked as urgent\n\
    \x20 waiting          waits for somebody\n\
    \x20 due<1/12         before this day; due>1w after it; due:fri on it;\n\
    \x20                  due:none without a day\n\
    \x20 pupil:ao         about this pupil; pupil:p12 by id; pupil:none about nobody\n\
    \x20 source:c7        follows up this contact; source:none no contact";

const PARTS: [&str; 3] = ["due", "pupil", "source"];

/// A filter that was understood.
#[derive(Debug, Default)]
pub(in crate::cli) struct Filter {
    /// The pupil as typed.
    pub(in crate::cli) pupil: Option<String>,
    words: Vec<String>,
    parts: Vec<Part>,
}

#[derive(Debug, PartialEq)]
enum Part {
    Late,
    Today,
    Urgent,
    Waiting,
    Before(NaiveDate),
    After(NaiveDate),
    On(NaiveDate),
    Someday,
    Source(Option<ContactId>),
}

impl Filter {
    /// Understands a filter on a working date, with the school's calendar.
    pub(in crate::cli) fn read(
        text: &str,
        today: NaiveDate,
        calendar: &Calendar,
    ) -> Result<Self, Stop> {
        let mut filter = Self::default();
        for word in split(text) {
            let plain = match fold(&word).as_str() {
                "late" => Some(Part::Late),
                "today" => Some(Part::Today),
                "urgent" | "!" => Some(Part::Urgent),
                "waiting" => Some(Part::Waiting),
                _ => None,
            };
            if let Some(part) = plain {
                filter.parts.push(part);
                continue;
            }
            let Some(at) = word.find([':', '=', '<', '>']) else {
                filter.words.push(fold(&word));
                continue;
            };
            let (name, sign, value) = (word[..at].to_lowercase(), &word[at..=at], &word[at + 1..]);
            if value.trim().is_empty() && PARTS.contains(&name.as_str()) {
                return Err(empty(&name, "tasks"));
            }
            match name.as_str() {
                "pupil" => filter.pupil = Some(value.to_owned()),
                "due" => filter.parts.push(read_due(sign, value, today, calendar)?),
                "source" if fold(value) == "none" => filter.parts.push(Part::Source(None)),
                "source" => filter.parts.push(Part::Source(Some(value.parse().map_err(
                    |fault: crate::domain::id::NotAnId| Stop::usage(fault.to_string()),
                )?))),
                _ => return Err(unknown(&name, &PARTS)),
            }
        }
        Ok(filter)
    }

    /// True where only tasks about nobody can fit.
    pub(in crate::cli) fn is_of_nobody(&self) -> bool {
        let typed = self.pupil.as_deref();
        typed.is_some_and(|text| text.eq_ignore_ascii_case(super::diary::NOBODY))
    }

    /// True when a task fits every part. The pupil is for the store to find.
    pub(in crate::cli) fn fits(&self, line: &Line, today: NaiveDate) -> bool {
        let task = &line.task;
        let waiting = task.waiting_for.as_deref().unwrap_or_default();
        let said = fold(&format!("{} {waiting}", task.title));
        self.words.iter().all(|word| said.contains(word.as_str()))
            && self.parts.iter().all(|part| part.fits(line, today))
    }
}

fn read_due(sign: &str, value: &str, today: NaiveDate, calendar: &Calendar) -> Result<Part, Stop> {
    if fold(value) == "none" {
        return Ok(Part::Someday);
    }
    let when = When {
        today,
        calendar,
        looking: Looking::Ahead,
    };
    let read = date::read_when(value, &when).map_err(|fault| Stop::usage(fault.to_string()))?;
    let day = read.moment.day;
    Ok(match sign {
        "<" => Part::Before(day),
        ">" => Part::After(day),
        _ => Part::On(day),
    })
}

impl Part {
    fn fits(&self, line: &Line, today: NaiveDate) -> bool {
        let task = &line.task;
        let due = task.due.map(|due| due.day);
        match self {
            Self::Late => task.group(today) == Group::Late,
            Self::Today => task.group(today) == Group::Today,
            Self::Urgent => task.urgent,
            Self::Waiting => task.waiting_for.is_some(),
            Self::Before(day) => due.is_some_and(|due| due < *day),
            Self::After(day) => due.is_some_and(|due| due > *day),
            Self::On(day) => due == Some(*day),
            Self::Someday => due.is_none(),
            Self::Source(source) => task.source == *source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_signs_and_parts_are_told_apart() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let filter = Filter::read(
            "lexia late due<1/12 source:c7 pupil:ao",
            today,
            &Calendar::default(),
        )
        .unwrap();
        assert_eq!(filter.words, ["lexia"]);
        assert_eq!(filter.pupil.as_deref(), Some("ao"));
        assert_eq!(
            filter.parts,
            [
                Part::Late,
                Part::Before(NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()),
                Part::Source(Some(ContactId(7))),
            ]
        );
        for wrong in ["due<", "due:soon", "source:t7", "dur:fri"] {
            let read = Filter::read(wrong, today, &Calendar::default());
            assert!(matches!(read, Err(Stop::Usage(_))), "{wrong}");
        }
    }
}
