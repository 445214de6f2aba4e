//! Names hidden, for a screen others can see: a child by initials and code, everybody else by initials, words by how
//! many they are.
//!
//! A name is known by its words, wherever they stand: `Okafor, Aisha`, `Aisha Okafor`, `Aisha's`, or cut short by an
//! ellipsis. A word that is a name to somebody is hidden also where it was not meant as one: that is the safe side.

mod meeting;

use super::id::PupilId;
use super::person;
use super::text::{self, fold};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Forms of address: part of how a name is written, and no name.
const TITLES: [&str; 12] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "rev",
    "revd",
];

/// Days and months as dates are written: a child may be called May, and 14 May is a day.
const IN_DATES: [&str; 38] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Who is not to be named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Veil {
    /// Folded words of names, each with whose they are.
    words: BTreeMap<String, Vec<usize>>,
    /// Names that are on file in small letters alone; others are hidden only where they begin with a large one.
    small: BTreeSet<String>,
    people: Vec<Called>,
    /// One child is shown, and everybody else's names alone are hidden.
    meeting: bool,
}

/// Somebody: what stands for the name, and the code of a child.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Called {
    initials: String,
    code: Option<PupilId>,
}

/// A word of a text as a name is made of: letters and digits, with what joins a double name.
struct Unit<'t> {
    at: Range<usize>,
    text: &'t str,
}

impl Veil {
    /// A child: names other than the two that give the initials may be empty.
    pub fn child(&mut self, id: PupilId, known_as: &str, surname: &str, others: &[&str]) {
        let initials = text::initials(known_as, surname);
        let names: Vec<&str> = [known_as, surname]
            .into_iter()
            .chain(others.iter().copied())
            .collect();
        self.add(&names, initials, Some(id));
    }

    /// Anybody else.
    pub fn person(&mut self, name: &str) {
        let letters = units(name).into_iter().filter(|unit| !is_title(unit.text));
        let initials = letters.map(|unit| initial(unit.text)).collect();
        self.add(&[name], initials, None);
    }

    fn add(&mut self, names: &[&str], initials: String, code: Option<PupilId>) {
        let all: Vec<&str> = names
            .iter()
            .flat_map(|name| units(name))
            .map(|unit| unit.text)
            .collect();
        let written_large = all.iter().any(|word| is_large(word));
        let place = self.people.len();
        self.people.push(Called { initials, code });
        for word in all {
            if is_title(word) || person::relationship(word).is_some() {
                continue;
            }
            if !is_large(word) {
                if written_large {
                    // `van`, `bin`, `de`: words of the language as well.
                    continue;
                }
                self.small.insert(fold(word));
            }
            for part in std::iter::once(word).chain(parts(word)) {
                let whose = self.words.entry(fold(part)).or_default();
                if is_telling(part) && whose.last() != Some(&place) {
                    whose.push(place);
                }
            }
        }
        self.words.retain(|_, whose| !whose.is_empty());
    }

    /// The text with every name in it hidden, every e-mail address, and what stands in quotes by its length: words in
    /// quotes are somebody's own. Hiding it again changes nothing.
    pub fn hide<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.meeting || !text.contains('"') {
            return self.hide_names(text);
        }
        let mut out = String::with_capacity(text.len());
        for (n, part) in text.split('"').enumerate() {
            if n % 2 == 1 {
                out.push_str(&length(part));
            } else {
                out.push_str(&self.hide_names(part));
            }
        }
        Cow::Owned(out)
    }

    fn hide_names<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut told = Vec::new();
        let addresses = addresses(text);
        told.extend(
            addresses
                .iter()
                .cloned()
                .map(|at| (at, "(e-mail)".to_owned())),
        );
        let apart = |at: &Range<usize>| {
            !addresses
                .iter()
                .any(|one| one.start < at.end && at.start < one.end)
        };
        told.extend(self.runs(text).into_iter().filter(|(at, _)| apart(at)));
        if told.is_empty() {
            return Cow::Borrowed(text);
        }
        told.sort_by_key(|(at, _)| at.start);
        Cow::Owned(replaced(text, told))
    }

    /// Where names stand in a text.
    pub fn found(&self, text: &str) -> Vec<Range<usize>> {
        self.runs(text).into_iter().map(|(at, _)| at).collect()
    }

    /// Somebody as written, who may not be on file: initials for all that is written like a name; `mum`, `EP` and
    /// `(dad)` stay.
    pub fn whom(&self, text: &str) -> String {
        let known = self.hide_names(text);
        if self.meeting {
            return known.into_owned();
        }
        let told = units(&known)
            .into_iter()
            .filter(|unit| {
                let word = unit.text;
                let shouted = !word.chars().any(char::is_lowercase);
                is_large(word)
                    && is_telling(word)
                    && !shouted
                    && !is_title(word)
                    && person::relationship(word).is_none()
            })
            .map(|unit| (unit.at, initial(unit.text)))
            .collect();
        replaced(&known, told)
    }

    /// Runs of words that name one and the same, and what stands for each.
    fn runs(&self, text: &str) -> Vec<(Range<usize>, String)> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let units = units(text);
        let mut runs = Vec::new();
        let mut next = 0;
        while let Some(unit) = units.get(next) {
            let Some(mut whose) = self.whose(text, &units, next) else {
                next += 1;
                continue;
            };
            let first = next;
            next += 1;
            while let Some(more) = units.get(next)
                && matches!(
                    text.get(units[next - 1].at.end..more.at.start),
                    Some(" " | ", ")
                )
                && let Some(others) = self.whose(text, &units, next)
            {
                let both: Vec<usize> = whose
                    .iter()
                    .copied()
                    .filter(|one| others.contains(one))
                    .collect();
                if both.is_empty() {
                    break;
                }
                whose = both;
                next += 1;
            }
            let last = &units[next - 1];
            let mut end = last.at.end;
            if let Some(bare) = bare(last.text) {
                end = last.at.start + bare.len();
            }
            runs.push((unit.at.start..end, self.told(&whose, &units[first..next])));
        }
        runs
    }

    /// Those a word names; none where it is no name here.
    fn whose(&self, text: &str, units: &[Unit<'_>], at: usize) -> Option<Vec<usize>> {
        let unit = units.get(at)?;
        let word = bare(unit.text).unwrap_or(unit.text);
        // A letter with its stop is an initial already.
        let initial = word.chars().nth(1).is_none()
            && text
                .get(unit.at.end..)
                .is_some_and(|rest| rest.starts_with('.'));
        if initial || !is_telling(word) || is_in_date(units, at) {
            return None;
        }
        let known = |part: &str| {
            let folded = fold(part);
            (is_large(part) || self.small.contains(&folded))
                .then(|| self.words.get(&folded))
                .flatten()
        };
        if let Some(whose) = known(word) {
            return Some(whose.clone());
        }
        let of_part = parts(word)
            .into_iter()
            .filter(|part| is_telling(part))
            .find_map(known);
        if let Some(whose) = of_part {
            return Some(whose.clone());
        }
        // Cut short: any name that begins like this.
        let cut = text
            .get(unit.at.end..)
            .is_some_and(|rest| rest.starts_with('\u{2026}') || rest.starts_with(".."));
        let start = fold(word);
        let (name, whose) = self.words.range(start.clone()..).next()?;
        (cut && is_large(word) && name.starts_with(&start)).then(|| whose.clone())
    }

    fn told(&self, whose: &[usize], units: &[Unit<'_>]) -> String {
        let mut people = whose.iter().filter_map(|place| self.people.get(*place));
        let Some(first) = people.next() else {
            return String::new();
        };
        match (whose.len(), first.code) {
            (1, Some(code)) => format!("{} {code}", first.initials),
            _ if people.all(|one| one.initials == first.initials) && units.len() > 1 => {
                first.initials.clone()
            }
            _ => units.iter().map(|unit| initial(unit.text)).collect(),
        }
    }
}

/// How much a text says, instead of what: `(5 words)`; nothing for nothing.
pub fn length(text: &str) -> String {
    match text.split_whitespace().count() {
        0 => String::new(),
        1 => "(1 word)".to_owned(),
        count => format!("({count} words)"),
    }
}

fn replaced(text: &str, told: Vec<(Range<usize>, String)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, instead) in told {
        out.push_str(text.get(from..at.start).unwrap_or_default());
        out.push_str(&instead);
        from = at.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

const fn joins(c: char) -> bool {
    matches!(c, '-' | '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}')
}

fn units(text: &str) -> Vec<Unit<'_>> {
    let mut units = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let within = c.is_alphanumeric()
            || is_combining_mark(c)
            || start.is_some() && joins(c) && next.is_some_and(char::is_alphanumeric);
        if within {
            start.get_or_insert(at);
            end = at + c.len_utf8();
        } else if let Some(begin) = start.take() {
            units.push(Unit {
                at: begin..end,
                text: &text[begin..end],
            });
        }
    }
    if let Some(begin) = start {
        units.push(Unit {
            at: begin..end,
            text: &text[begin..end],
        });
    }
    units
}

/// The parts of a double name.
fn parts(word: &str) -> Vec<&str> {
    word.split(joins)
        .filter(|part| part.len() < word.len() && is_telling(part))
        .collect()
}

/// A word without the ending of what is somebody's.
fn bare(word: &str) -> Option<&str> {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("\u{2019}s"))
}

/// True for more than one letter of ours: a lone initial tells nothing, a lone sign of another script may be a name.
fn is_telling(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && (word.chars().nth(1).is_some() || !word.is_ascii())
}

/// True unless it begins with a small letter; scripts without the two have no small ones.
fn is_large(word: &str) -> bool {
    word.chars()
        .next()
        .is_some_and(|first| !first.is_lowercase())
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&fold(word).as_str())
}

fn initial(word: &str) -> String {
    let first = word.chars().find(|c| c.is_alphanumeric());
    first
        .map(|c| format!("{}.", c.to_uppercase()))
        .unwrap_or_default()
}

/// True for `May` in `14 May` and `May 2026`.
fn is_in_date(units: &[Unit<'_>], at: usize) -> bool {
    let number = |place: Option<usize>| {
        let unit = place.and_then(|place| units.get(place));
        unit.is_some_and(|unit| unit.text.bytes().all(|b| b.is_ascii_digit()))
    };
    units
        .get(at)
        .is_some_and(|unit| IN_DATES.contains(&fold(unit.text).as_str()))
        && (number(at.checked_sub(1)) || number(Some(at + 1)))
}

/// E-mail addresses: they are mostly made of a name.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let is_part = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
        let before = text[..at].trim_end_matches(is_part).len();
        let behind = text[at + 1..].trim_start_matches(is_part);
        let end = text.len() - behind.len();
        if before < at && end > at + 1 {
            found.push(before..end);
        }
    }
    found
}

#[cfg(test)]
mod tests;
