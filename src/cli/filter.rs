//! `--where`: the register's filter words, and parts such as `status:K`.

pub(super) mod diary;
pub(super) mod provision;
pub(super) mod task;

use super::near;
use super::stop::Stop;
use crate::domain::code;
use crate::domain::finder::NameIndex;
use crate::domain::id::PupilId;
use crate::domain::pupil::Line;
use crate::domain::text::fold;
use crate::domain::year;
use chrono::NaiveDate;
use std::collections::HashSet;

/// What may be written after `--where`.
pub(super) const HELP: &str = "Only those that fit every part of the filter:\n\
    \x20 words         stand in the names or the class\n\
    \x20 status:K      the SEN status; status:K,E either; status:none not known\n\
    \x20 class:5B      the class; class:\"Oak Class\" when it has a space\n\
    \x20 year:4        the year group: N2, R, 1 to 14\n\
    \x20 need:SLCN     a need, whatever its rank; need:none no need\n\
    \x20 upn:none      no UPN; upn:wrong one to be mended; upn:any one at all\n\
    \x20 leaver:yes    left the roll; leaver:no still on it\n\
    \x20 told:no       parents are to be told of special educational provision (CFA 2014 s.68); told:yes the rest";

const PARTS: [&str; 7] = ["status", "class", "year", "need", "upn", "leaver", "told"];

/// A filter that was understood.
#[derive(Debug, Default)]
pub(super) struct Filter {
    words: String,
    parts: Vec<Part>,
}

#[derive(Debug, PartialEq)]
enum Part {
    Status(Vec<Option<String>>),
    Class(Vec<String>),
    Year(Vec<&'static str>),
    Need(Vec<Option<String>>),
    Upn(UpnIs),
    Leaver(bool),
    Told(bool),
}

#[derive(Debug, PartialEq)]
enum UpnIs {
    None,
    Wrong,
    Any,
    This(String),
}

impl Filter {
    /// Understands a filter.
    pub(super) fn read(text: &str) -> Result<Self, Stop> {
        let mut words = Vec::new();
        let mut parts = Vec::new();
        for word in split(text) {
            match word.split_once([':', '=']) {
                Some((name, value)) => parts.push(read_part(&name.to_lowercase(), value)?),
                None => words.push(word),
            }
        }
        Ok(Self {
            words: words.join(" "),
            parts,
        })
    }

    /// Of these lines, those that fit, in their order.
    pub(super) fn apply(&self, lines: Vec<Line>, names: &NameIndex, today: NaiveDate) -> Vec<Line> {
        let by_name = (!self.words.is_empty()).then(|| self.named(names));
        lines
            .into_iter()
            .filter(|line| {
                by_name
                    .as_ref()
                    .is_none_or(|ids| ids.contains(&line.pupil.id))
            })
            .filter(|line| self.parts.iter().all(|part| part.fits(line, today)))
            .collect()
    }

    /// True when names have to be looked at.
    pub(super) fn has_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether parents were told, where the filter asks for it.
    pub(super) fn told(&self) -> Option<bool> {
        self.parts.iter().find_map(|part| match part {
            Part::Told(wanted) => Some(*wanted),
            _ => None,
        })
    }

    fn named(&self, names: &NameIndex) -> HashSet<PupilId> {
        let rows: Vec<u32> = (0..names.len() as u32).collect();
        names
            .filter(&rows, &self.words)
            .into_iter()
            .filter_map(|row| names.entries().get(row as usize).map(|entry| entry.id))
            .collect()
    }
}

/// Words between spaces; double quotes hold words together.
fn split(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => words.push(String::new()),
            c => {
                if let Some(word) = words.last_mut() {
                    word.push(c);
                }
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn read_part(name: &str, value: &str) -> Result<Part, Stop> {
    let values = || {
        value
            .split(',')
            .map(str::trim)
            .filter(|value| !value.is_empty())
    };
    if values().next().is_none() && PARTS.contains(&name) {
        return Err(empty(name, "pupils"));
    }
    let none = |text: &str| fold(text) == "none";
    Ok(match name {
        "status" => Part::Status(
            values()
                .map(|text| match code::read_status(text) {
                    _ if none(text) || text == "?" => Ok(None),
                    Some(reading) if code::Status::from_code(&reading.code).is_some() => {
                        Ok(Some(reading.code))
                    }
                    _ => Err(Stop::usage(format!(
                        "\"{text}\" is no SEN status: N, K, E or none."
                    ))),
                })
                .collect::<Result<_, _>>()?,
        ),
        "class" => Part::Class(values().map(fold).collect()),
        "year" => Part::Year(
            values()
                .map(|text| {
                    year::read_year(text).ok_or_else(|| {
                        Stop::usage(format!(
                            "\"{text}\" is no year group: N1, N2, R, 1 to 14 or X."
                        ))
                    })
                })
                .collect::<Result<_, _>>()?,
        ),
        "need" => Part::Need(
            values()
                .map(|text| match code::read_need(text) {
                    Some(reading) if !none(text) => Some(fold(&reading.code)),
                    _ => None,
                })
                .collect(),
        ),
        "upn" => Part::Upn(match fold(value).as_str() {
            "none" => UpnIs::None,
            "wrong" => UpnIs::Wrong,
            "any" => UpnIs::Any,
            _ => UpnIs::This(crate::domain::upn::normalise(value)),
        }),
        "leaver" => Part::Leaver(read_yes(name, value)?),
        "told" => Part::Told(read_yes(name, value)?),
        _ => return Err(unknown(name, &PARTS)),
    })
}

/// A part without a value.
fn empty(name: &str, list: &str) -> Stop {
    Stop::usage(format!(
        "{name}: says nothing. See sendesk list {list} --help."
    ))
}

/// A part nobody knows.
fn unknown(name: &str, parts: &[&str]) -> Stop {
    let meant = near::nearest(name, parts.iter().copied())
        .map(|near| format!(" Did you mean {near}:?"))
        .unwrap_or_default();
    let all: Vec<String> = parts.iter().map(|part| format!("{part}:")).collect();
    Stop::usage(format!(
        "\"{name}:\" is no part of this filter.{meant} There are {}.",
        all.join(", ")
    ))
}

fn read_yes(name: &str, value: &str) -> Result<bool, Stop> {
    match fold(value).as_str() {
        "yes" | "y" => Ok(true),
        "no" | "n" => Ok(false),
        _ => Err(Stop::usage(format!("{name}: is yes or no."))),
    }
}

impl Part {
    fn fits(&self, line: &Line, today: NaiveDate) -> bool {
        let pupil = &line.pupil;
        match self {
            Self::Status(wanted) => {
                let known = line.status.as_deref().and_then(code::Status::from_code);
                let has = known.map(|status| status.code().to_owned());
                wanted.contains(&has)
            }
            Self::Class(wanted) => {
                let has = pupil.class.as_deref().map(fold);
                has.is_some_and(|class| wanted.contains(&class))
            }
            Self::Year(wanted) => pupil
                .year_on(today)
                .is_some_and(|year| wanted.contains(&year)),
            Self::Need(wanted) => wanted.iter().any(|wanted| match wanted {
                None => line.needs.is_empty(),
                Some(code) => line.needs.iter().any(|(has, _)| fold(has) == *code),
            }),
            Self::Upn(wanted) => match (wanted, pupil.upn.as_deref()) {
                (UpnIs::None, has) => has.is_none(),
                (UpnIs::Any, has) => has.is_some(),
                (UpnIs::Wrong, has) => {
                    has.is_some_and(|upn| !crate::domain::upn::check(upn).is_good())
                }
                (UpnIs::This(upn), has) => has == Some(upn.as_str()),
            },
            Self::Leaver(wanted) => pupil.is_leaver(today) == *wanted,
            // What the line does not tell is asked of the store.
            Self::Told(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_parts_are_told_apart() {
        let filter = Filter::read("oka  status:k,E class:\"Oak Class\"").unwrap();
        assert_eq!(filter.words, "oka");
        assert_eq!(
            filter.parts,
            [
                Part::Status(vec![Some("K".into()), Some("E".into())]),
                Part::Class(vec!["oak class".into()]),
            ]
        );
    }

    #[test]
    fn a_part_nobody_knows_names_the_one_that_was_meant() {
        let Err(Stop::Usage(text)) = Filter::read("stauts:K") else {
            panic!("taken");
        };
        assert!(text.contains("Did you mean status:?"), "{text}");
        for wrong in ["status:Q", "year:99", "leaver:maybe", "class:"] {
            assert!(
                matches!(Filter::read(wrong), Err(Stop::Usage(_))),
                "{wrong}"
            );
        }
    }
}
