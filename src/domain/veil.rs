//! Names hidden, for a screen others can see: a child by initials and number, everybody else by initials, words by how
//! many they are.
//!
//! A name is known by its words, wherever they stand: `Okafor, Aisha`, `Aisha Okafor`, `Aisha's`, or cut short by an
//! ellipsis. A word that is a name to somebody is hidden also where it was not meant as one: that is the safe side. What
//! is a word of the language or a lone letter as well (`van der`, `O`) is hidden where it stands as a name: beside another
//! word of the same name, or behind a form of address.
//!
//! A number is told by a row that knows whose it is ([`child`]); in a text only by a whole name that is one child's alone.
//! A lone word never is: the mother of one child may be called like another.

mod meeting;
mod word;

use super::id::PupilId;
use super::person;
use super::text::{self, fold};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use word::{
    Unit, bare, initial, is_between, is_in_date, is_large, is_particle, is_shouted, is_single,
    is_small_particle, is_telling, is_title, is_word, letters, parts, start_of, units,
};

/// Who is not to be named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Veil {
    /// Folded words of names, each with whose they are, by place.
    words: BTreeMap<String, Vec<Held>>,
    people: Vec<Called>,
    /// One child is shown, and everybody else's names alone are hidden.
    meeting: bool,
}

/// Somebody: what stands for the name, and the number of a child.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Called {
    initials: String,
    code: Option<PupilId>,
    /// May be read: the child of a meeting, and those around.
    shown: bool,
}

/// What a word is in somebody's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Held {
    /// Whose, among the people.
    place: usize,
    /// It names by itself. Else only beside another word of the name: a particle, a single letter.
    alone: bool,
    /// On file in small letters.
    small: bool,
    side: Side,
}

/// Of which of a child's names a word is, or words are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Side {
    /// Of the forename.
    given: bool,
    /// Of the surname.
    family: bool,
}

impl Side {
    /// Both: the whole name.
    const fn is_whole(self) -> bool {
        self.given && self.family
    }
}

impl Held {
    fn of(place: usize) -> Self {
        Self {
            place,
            alone: false,
            small: false,
            side: Side::default(),
        }
    }

    /// What a word that is written like this tells of it.
    fn written(self, large: bool) -> Self {
        Self {
            alone: self.alone && (large || self.small),
            ..self
        }
    }
}

/// Words of a text that are one name.
struct Run {
    at: Range<usize>,
    told: String,
}

/// What stands for a child on a row of the child's own: initials and number.
pub fn child(id: PupilId, known_as: &str, surname: &str) -> String {
    let initials = text::initials(known_as, surname);
    format!("{initials} {id}").trim_start().to_owned()
}

impl Veil {
    /// A child: names other than the two that give the initials may be empty.
    pub fn child(
        &mut self,
        id: PupilId,
        known_as: &str,
        surname: &str,
        forename: &str,
        middle: &str,
    ) {
        let initials = text::initials(known_as, surname);
        let place = self.called(initials, Some(id));
        self.add_child(place, [known_as, surname, forename, middle]);
    }

    fn add_child(&mut self, place: usize, [known_as, surname, forename, middle]: [&str; 4]) {
        let side = |given, family| Side { given, family };
        for (name, side) in [
            (known_as, side(true, false)),
            (forename, side(true, false)),
            (middle, side(false, false)),
            (surname, side(false, true)),
        ] {
            let held = Held {
                side,
                ..Held::of(place)
            };
            self.add(name, held, true);
        }
    }

    /// Anybody else.
    pub fn person(&mut self, name: &str) {
        let words = units(name).into_iter().map(|unit| unit.text);
        let initials = letters(words.filter(|word| !is_title(word)));
        let place = self.called(initials, None);
        self.add_person(place, name);
    }

    fn add_person(&mut self, place: usize, name: &str) {
        self.add(name, Held::of(place), false);
    }

    fn called(&mut self, initials: String, code: Option<PupilId>) -> usize {
        self.people.push(Called {
            initials,
            code,
            shown: false,
        });
        self.people.len() - 1
    }

    /// Adds the words of a name as one field of a form has it. `whole`: there is nothing but the name in it.
    fn add(&mut self, name: &str, held: Held, whole: bool) {
        let is_skipped =
            |word: &str| !whole && (is_title(word) || person::relationship(word).is_some());
        let words = units(name).into_iter().map(|unit| unit.text);
        let all: Vec<&str> = words
            .filter(|word| is_word(word) && !is_skipped(word))
            .collect();
        let written_large = all.iter().any(|word| is_large(word));
        for (n, word) in all.iter().enumerate() {
            let small = !is_large(word);
            let is_address = is_title(word) || person::relationship(word).is_some();
            let at_an_end = n == 0 || n + 1 == all.len();
            for part in std::iter::once(*word).chain(parts(word)) {
                // A child may be called Ben, or Le.
                let is_main = at_an_end && !small && part.len() == word.len();
                let alone = is_telling(part)
                    && !is_address
                    && (is_main || !is_particle(part))
                    && !(small && written_large);
                let held = Held {
                    alone,
                    small,
                    ..held
                };
                self.hold(fold(part), held);
            }
        }
    }

    fn hold(&mut self, word: String, held: Held) {
        let all = self.words.entry(word).or_default();
        match all.last_mut() {
            Some(last) if last.place == held.place => *last = both(*last, held),
            _ => all.push(held),
        }
    }

    /// The text with every name in it hidden, every e-mail address, and what stands in quotes by its length: words in
    /// quotes are somebody's own. Hiding it again changes nothing.
    pub fn hide<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.meeting || !text.contains('"') {
            return self.hide_names(text, !self.meeting);
        }
        let mut out = String::with_capacity(text.len());
        for (n, part) in text.split('"').enumerate() {
            if n % 2 == 1 {
                out.push_str(&length(part));
            } else {
                out.push_str(&self.hide_names(part, true));
            }
        }
        Cow::Owned(out)
    }

    /// `numbers`: whether a whole name that is one child's alone is told by the child's number too.
    fn hide_names<'t>(&self, text: &'t str, numbers: bool) -> Cow<'t, str> {
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
        let runs = self.runs(text, numbers).into_iter();
        told.extend(
            runs.filter(|run| apart(&run.at))
                .map(|run| (run.at, run.told)),
        );
        if told.is_empty() {
            return Cow::Borrowed(text);
        }
        told.sort_by_key(|(at, _)| at.start);
        Cow::Owned(replaced(text, told))
    }

    /// Where names stand in a text.
    pub fn found(&self, text: &str) -> Vec<Range<usize>> {
        let runs = self.runs(text, false).into_iter();
        runs.map(|run| run.at).collect()
    }

    /// Somebody as written, who may not be on file: initials for all that is written like a name; `mum`, `EP` and
    /// `(dad)` stay. Never a child's number: whoever it is, it is not the child whose row this is.
    pub fn whom(&self, text: &str) -> String {
        let known = self.hide_names(text, false);
        if self.meeting {
            return known.into_owned();
        }
        let units = units(&known);
        let gap = |at: usize| known.get(units[at - 1].at.end..units[at].at.start);
        let is_name = |at: usize| {
            let word = units[at].text;
            let rest = known.get(units[at].at.end..).unwrap_or_default();
            let titled = at > 0 && is_title(units[at - 1].text);
            is_large(word)
                && is_word(word)
                && !(is_single(word) && rest.starts_with('.'))
                && (titled || !is_shouted(word) || is_single(word))
                && !is_title(word)
                && person::relationship(word).is_none()
        };
        let mut told = Vec::new();
        let mut next = 0;
        while next < units.len() {
            let first = next;
            while next + 1 < units.len()
                && is_small_particle(units[next].text)
                && gap(next + 1).is_some_and(is_between)
            {
                next += 1;
            }
            if is_name(next) {
                let at = units[first].at.start..units[next].at.end;
                told.push((at, initial(units[first].text)));
            } else if next > first {
                next = first;
                if is_name(first) {
                    told.push((units[first].at.clone(), initial(units[first].text)));
                }
            }
            next += 1;
        }
        replaced(&known, told)
    }

    /// Runs of words that name one and the same, and what stands for each.
    fn runs(&self, text: &str, numbers: bool) -> Vec<Run> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let units = units(text);
        let mut runs = Vec::new();
        let mut next = 0;
        while let Some(unit) = units.get(next) {
            let first = next;
            next += 1;
            let Some(mut whose) = self.whose(text, unit) else {
                continue;
            };
            let mut end = next;
            while let Some(more) = units.get(end)
                && bare(units[end - 1].text).is_none()
                && text
                    .get(units[end - 1].at.end..more.at.start)
                    .is_some_and(is_between)
                && let Some(others) = self.whose(text, more)
            {
                let common = in_both(&whose, &others);
                if common.is_empty() {
                    break;
                }
                whose = common;
                end += 1;
            }
            if !is_named(text, &units, first..end, &mut whose) {
                continue;
            }
            next = end;
            if whose.iter().any(|one| self.people[one.place].shown) {
                continue;
            }
            let last = &units[end - 1];
            let length = bare(last.text).map_or(last.text.len(), str::len);
            runs.push(Run {
                at: start_of(text, unit)..last.at.start + length,
                told: self.told(&whose, &units[first..end], numbers),
            });
        }
        runs
    }

    /// Those a word may name; none where it is in no name here.
    fn whose(&self, text: &str, unit: &Unit<'_>) -> Option<Vec<Held>> {
        let word = bare(unit.text).unwrap_or(unit.text);
        let rest = text.get(unit.at.end..).unwrap_or_default();
        // A letter with its stop is an initial already.
        if !is_word(word) || is_single(word) && rest.starts_with('.') {
            return None;
        }
        let is_large = is_large(word);
        let known = |part: &str| {
            let as_written = |held: &&Held| is_large || held.small || is_particle(part);
            let held = self.words.get(&fold(part))?.iter().filter(as_written);
            let held: Vec<Held> = held.map(|held| held.written(is_large)).collect();
            (!held.is_empty()).then_some(held)
        };
        if let Some(whose) = known(word).or_else(|| parts(word).into_iter().find_map(known)) {
            return Some(whose);
        }
        // Cut short: any name that begins like this.
        if !rest.starts_with('\u{2026}') && !rest.starts_with("..") {
            return None;
        }
        let start = fold(word);
        let begun = self.words.range(start.clone()..);
        let mut whose: Vec<Held> = begun
            .take_while(|(name, _)| name.starts_with(&start))
            .flat_map(|(_, held)| held)
            .map(|held| held.written(is_large))
            .collect();
        whose.sort_by_key(|held| held.place);
        whose.dedup_by(|second, first| {
            let same = second.place == first.place;
            if same {
                *first = both(*first, *second);
            }
            same
        });
        (!whose.is_empty()).then_some(whose)
    }

    fn told(&self, whose: &[Held], units: &[Unit<'_>], numbers: bool) -> String {
        let called = |held: &Held| &self.people[held.place];
        let own = || letters(units.iter().map(|unit| unit.text));
        let is_whole = |held: &Held| held.side.is_whole();
        let Some(first) = whose.first() else {
            return own();
        };
        let initials = &called(first).initials;
        match (whose, called(first).code) {
            ([one], Some(code)) if is_whole(one) && numbers => format!("{initials} {code}"),
            _ if whose
                .iter()
                .all(|held| is_whole(held) && called(held).initials == *initials) =>
            {
                initials.clone()
            }
            _ => own(),
        }
    }
}

/// True where words of a text are a name: one of them names by itself, the whole name stands there, or a form of address
/// before it says so. Keeps only those whom it names; a day and a month name nobody.
fn is_named(text: &str, units: &[Unit<'_>], run: Range<usize>, whose: &mut Vec<Held>) -> bool {
    if run.clone().all(|at| is_in_date(units, at)) {
        return false;
    }
    let unit = &units[run.start];
    let titled = run.start.checked_sub(1).is_some_and(|before| {
        let before = &units[before];
        is_title(before.text)
            && is_large(before.text)
            && is_large(unit.text)
            && text
                .get(before.at.end..unit.at.start)
                .is_some_and(is_between)
    });
    if !titled {
        whose.retain(|held| held.alone || run.len() > 1 && held.side.is_whole());
    }
    !whose.is_empty()
}

/// Two words of one name taken together.
fn both(one: Held, other: Held) -> Held {
    Held {
        place: one.place,
        alone: one.alone || other.alone,
        small: one.small || other.small,
        side: Side {
            given: one.side.given || other.side.given,
            family: one.side.family || other.side.family,
        },
    }
}

/// Those of both, each list in the order of places.
fn in_both(some: &[Held], others: &[Held]) -> Vec<Held> {
    let (few, many) = if some.len() < others.len() {
        (some, others)
    } else {
        (others, some)
    };
    few.iter()
        .filter_map(|one| {
            let at = many.binary_search_by_key(&one.place, |held| held.place);
            at.ok().map(|at| both(*one, many[at]))
        })
        .collect()
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
