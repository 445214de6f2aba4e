//! `list diary --where`: words, and parts such as `kind:phone`.

use super::{empty, read_yes, split, unknown};
use crate::cli::stop::Stop;
use crate::domain::calendar::Calendar;
use crate::domain::contact::{Contact, ContactKind, Topic, Visibility};
use crate::domain::date::{self, Looking, When};
use crate::domain::text::fold;
use chrono::NaiveDate;

/// What may be written after `--where`.
pub(in crate::cli) const HELP: &str = "Only those that fit every part of the filter:\n\
    \x20 words            begin words of the entry, two letters or more\n\
    \x20 pupil:ao         about this pupil; pupil:p12 by id; pupil:none about nobody\n\
    \x20 about:policy     about nobody but a policy; school, class, service, staff\n\
    \x20 kind:phone       how it came about; kind:phone,email either\n\
    \x20 with:mum         stands in with whom\n\
    \x20 since:1w         from this day on: a week ago, 1/9, y\n\
    \x20 until:1/12       up to this day\n\
    \x20 tag:slcn         has this tag; tag:slcn,reading either\n\
    \x20 follow-up:open   promised and not done; done, any or none\n\
    \x20 visibility:internal\n\
    \x20                  not on papers for parents; or shareable\n\
    \x20 review:yes       a review with parents; review:no\n\
    \x20 struck:yes       struck; struck:no";

const PARTS: [&str; 11] = [
    "pupil",
    "about",
    "kind",
    "with",
    "since",
    "until",
    "tag",
    "follow-up",
    "visibility",
    "review",
    "struck",
];

/// What stands for nobody behind `pupil:`.
pub(in crate::cli) const NOBODY: &str = "none";

/// A filter that was understood.
#[derive(Debug, Default)]
pub(in crate::cli) struct Filter {
    /// Words to be looked up; may be empty.
    pub(in crate::cli) words: String,
    /// The pupil as typed.
    pub(in crate::cli) pupil: Option<String>,
    since: Option<NaiveDate>,
    parts: Vec<Part>,
}

#[derive(Debug, PartialEq)]
enum Part {
    About(Vec<Topic>),
    Kind(Vec<ContactKind>),
    With(String),
    Until(NaiveDate),
    Tag(Vec<String>),
    FollowUp(Promise),
    Visibility(Visibility),
    Review(bool),
    Struck(bool),
}

#[derive(Debug, PartialEq)]
enum Promise {
    Open,
    Done,
    Any,
    None,
}

impl Filter {
    /// Understands a filter on a working date, with the school's calendar.
    pub(in crate::cli) fn read(
        text: &str,
        today: NaiveDate,
        calendar: &Calendar,
    ) -> Result<Self, Stop> {
        let when = When {
            today,
            calendar,
            looking: Looking::Back,
        };
        let mut filter = Self::default();
        let mut words = Vec::new();
        for word in split(text) {
            let Some((name, value)) = word.split_once([':', '=']) else {
                words.push(word);
                continue;
            };
            let name = name.to_lowercase().replace('_', "-");
            if value.trim().is_empty() && PARTS.contains(&name.as_str()) {
                return Err(empty(&name, "diary"));
            }
            match name.as_str() {
                "pupil" => filter.pupil = Some(value.to_owned()),
                "since" => filter.since = Some(read_day(value, &when)?),
                _ => filter.parts.push(read_part(&name, value, &when)?),
            }
        }
        filter.words = words.join(" ");
        let letters = filter.words.chars().filter(|c| c.is_alphanumeric()).count();
        if !words.is_empty() && letters < 2 {
            return Err(Stop::usage("Words to look for have two letters or more."));
        }
        Ok(filter)
    }

    /// True where only entries about nobody can fit.
    pub(in crate::cli) fn nobody(&self) -> bool {
        let none = |text: &String| text.eq_ignore_ascii_case(NOBODY);
        let about = |part: &Part| matches!(part, Part::About(_));
        self.pupil.as_ref().is_some_and(none)
            || self.pupil.is_none() && self.parts.iter().any(about)
    }

    /// True for an entry that happened before the first day asked for: so did all that follow it, newest first.
    pub(in crate::cli) fn is_past(&self, contact: &Contact) -> bool {
        self.since.is_some_and(|since| contact.at.day < since)
    }

    /// True when an entry fits every part. Words and pupil are for the store to find.
    pub(in crate::cli) fn fits(&self, contact: &Contact) -> bool {
        !self.is_past(contact) && self.parts.iter().all(|part| part.fits(contact))
    }
}

/// A day gone by. Here `1w` is a week ago.
fn read_day(text: &str, when: &When<'_>) -> Result<NaiveDate, Stop> {
    let told = |fault: date::DateFault| Stop::usage(fault.to_string());
    let is_span = text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(['d', 'w', 'm'])
        && text[..text.len() - 1].bytes().all(|b| b.is_ascii_digit());
    if is_span {
        let back = date::read_when(&format!("-{text}"), when).map_err(told)?;
        return Ok(back.moment.day);
    }
    let read = date::read_when(text, when).map_err(told)?;
    Ok(read.moment.day)
}

fn read_topic(text: &str) -> Result<Topic, Stop> {
    Topic::from_word(text).ok_or_else(|| {
        let words = Topic::ALL.map(Topic::word).join(", ");
        Stop::usage(format!(
            "\"{text}\" is nothing an entry about nobody is about: {words}."
        ))
    })
}

fn read_kind(text: &str) -> Result<ContactKind, Stop> {
    let folded = fold(text);
    let exact = ContactKind::ALL
        .into_iter()
        .find(|kind| kind.word() == folded || kind.short() == folded);
    let mut holding = ContactKind::ALL
        .into_iter()
        .filter(|kind| fold(kind.title()).contains(&folded));
    exact
        .or_else(|| holding.next().filter(|_| holding.next().is_none()))
        .ok_or_else(|| {
            Stop::usage(format!(
                "\"{text}\" is no kind of contact: {}.",
                ContactKind::ALL.map(ContactKind::word).join(", ")
            ))
        })
}

fn read_part(name: &str, value: &str, when: &When<'_>) -> Result<Part, Stop> {
    let values = || {
        value
            .split(',')
            .map(str::trim)
            .filter(|value| !value.is_empty())
    };
    Ok(match name {
        "about" => Part::About(values().map(read_topic).collect::<Result<_, _>>()?),
        "kind" => Part::Kind(values().map(read_kind).collect::<Result<_, _>>()?),
        "with" => Part::With(fold(value)),
        "until" => Part::Until(read_day(value, when)?),
        "tag" => Part::Tag(
            values()
                .map(|tag| fold(tag.trim_start_matches('+')))
                .collect(),
        ),
        "follow-up" => Part::FollowUp(match fold(value).as_str() {
            "open" => Promise::Open,
            "done" => Promise::Done,
            "any" | "yes" => Promise::Any,
            "none" | "no" => Promise::None,
            _ => return Err(Stop::usage("follow-up: is open, done, any or none.")),
        }),
        "visibility" => Part::Visibility(
            Visibility::from_word(&fold(value))
                .ok_or_else(|| Stop::usage("visibility: is shareable or internal."))?,
        ),
        "review" => Part::Review(read_yes(name, value)?),
        "struck" => Part::Struck(read_yes(name, value)?),
        _ => return Err(unknown(name, &PARTS)),
    })
}

impl Part {
    fn fits(&self, contact: &Contact) -> bool {
        match self {
            Self::About(topics) => contact.topic.is_some_and(|topic| topics.contains(&topic)),
            Self::Kind(kinds) => kinds.contains(&contact.kind),
            Self::With(words) => {
                let with = contact.with.as_deref().map(fold);
                with.is_some_and(|with| with.contains(words))
            }
            Self::Until(day) => contact.at.day <= *day,
            Self::Tag(tags) => contact.tags.iter().any(|tag| tags.contains(&fold(tag))),
            Self::FollowUp(wanted) => match (wanted, contact.follow_up) {
                (Promise::Open, Some(next)) => !next.done,
                (Promise::Done, Some(next)) => next.done,
                (Promise::Any, next) => next.is_some(),
                (Promise::None, next) => next.is_none(),
                (Promise::Open | Promise::Done, None) => false,
            },
            Self::Visibility(wanted) => contact.visibility == *wanted,
            Self::Review(wanted) => contact.review == *wanted,
            Self::Struck(wanted) => contact.strike().is_some() == *wanted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    #[test]
    fn a_week_ago_is_a_span_and_a_day_is_looked_for_behind() {
        let calendar = Calendar::default();
        let typed = "lexia since:1w until:y kind:call,e-mail";
        let filter = Filter::read(typed, day(23), &calendar).unwrap();
        assert_eq!(filter.words, "lexia");
        assert_eq!(filter.since, Some(day(16)));
        assert_eq!(
            filter.parts,
            [
                Part::Until(day(22)),
                Part::Kind(vec![ContactKind::Phone, ContactKind::Email]),
            ]
        );
    }

    #[test]
    fn a_part_that_cannot_be_taken_is_wrong_usage() {
        for wrong in [
            "kind:shout",
            "since:soon",
            "follow-up:maybe",
            "visibility:all",
            "tag:",
            "klnd:phone",
            "x",
        ] {
            let read = Filter::read(wrong, day(23), &Calendar::default());
            assert!(matches!(read, Err(Stop::Usage(_))), "{wrong}");
        }
    }
}
