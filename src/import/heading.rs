//! Which column is which field: headings against the synonyms, and `--map` over both.
//!
//! Every heading is compared whole before any is compared by words, so that `Surname` is never a name in one
//! column and `SEN Start Date` is never a status. A field takes one column, a column fills one field.

mod facts;
mod path;
mod sen;
mod settle;
mod synonym;
#[cfg(test)]
mod tests;

use super::Error;
use crate::domain::batch::{Mapping, Target};
pub(super) use facts::Facts;
use settle::Draft;
use std::collections::{BTreeMap, HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// A heading and what `--map` makes of it; `None` leaves its column out.
pub(super) type Wish = (String, Option<Target>);

/// The columns of a file by field.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Field to column, columns counted from 0.
    pub(super) by_target: BTreeMap<Target, usize>,
    /// Every heading that is not blank.
    pub(super) mapping: Vec<Mapping>,
    /// Columns that lost to another, each a sentence.
    pub(super) notes: Vec<String>,
}

/// The words of a heading in lower case, without signs; `YearGroup` is two.
fn words(heading: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    let mut was_lower = false;
    for c in heading.nfkc() {
        if matches!(c, '\'' | '\u{2019}' | '\u{2018}') {
            continue;
        }
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        if !open || (was_lower && c.is_uppercase()) {
            words.push(String::new());
        }
        open = true;
        was_lower = c.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

/// A heading as it is compared: letters and digits only.
pub(super) fn squash(heading: &str) -> String {
    words(heading).concat()
}

fn listed(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split(',').map(str::trim)
}

/// All headings that are known.
pub(super) struct Vocabulary {
    exact: HashMap<String, (Option<Target>, usize)>,
    general: HashSet<String>,
    elsewhere: HashSet<String>,
    filler: HashSet<&'static str>,
    cores: Vec<(Target, Vec<&'static str>)>,
    words: HashSet<&'static str>,
}

impl Vocabulary {
    pub(super) fn new() -> Self {
        let mut exact = HashMap::new();
        let mut all_words = HashSet::new();
        for (target, text) in synonym::KEPT {
            for (rank, heading) in listed(text).enumerate() {
                exact.insert(squash(heading), (Some(*target), rank));
                all_words.extend(heading.split(' '));
            }
        }
        for heading in listed(synonym::KNOWN) {
            exact.entry(squash(heading)).or_insert((None, 0));
            all_words.extend(heading.split(' '));
        }
        all_words.extend(listed(synonym::ELSEWHERE).flat_map(|heading| heading.split(' ')));
        Self {
            exact,
            general: listed(synonym::GENERAL).map(squash).collect(),
            elsewhere: listed(synonym::ELSEWHERE).map(squash).collect(),
            filler: listed(synonym::FILLER).collect(),
            cores: synonym::CORES
                .iter()
                .map(|(target, words)| (*target, sorted(words.split(' '))))
                .collect(),
            words: all_words,
        }
    }

    /// What a heading is taken for by itself.
    pub(super) fn meaning(&self, heading: &str) -> Option<Target> {
        match self.exact(heading) {
            Some((target, _)) => target,
            None => self.by_words(heading),
        }
    }

    /// The same for a part of a path.
    fn plain_meaning(&self, part: &str) -> Option<Target> {
        match self.exact(part) {
            Some((target, _)) => target,
            None => self.by_plain_words(part),
        }
    }

    /// True for a heading of pupil lists, kept or not.
    pub(super) fn knows(&self, heading: &str) -> bool {
        self.exact(heading).is_some()
    }

    /// What a whole heading means, and how well the word is chosen (0 is best).
    fn exact(&self, heading: &str) -> Option<(Option<Target>, usize)> {
        self.exact.get(&squash(heading)).copied()
    }

    /// What a heading means by its words, or as a path.
    fn by_words(&self, heading: &str) -> Option<Target> {
        self.by_plain_words(heading)
            .or_else(|| path::meaning(self, heading))
    }

    /// What a heading means when only filler stands around the words of a field.
    fn by_plain_words(&self, heading: &str) -> Option<Target> {
        let words = words(heading);
        let dated = is_dated(&words);
        let written_out = |word: &'_ String| synonym::written_out(word).to_owned();
        let whole: Vec<String> = words.iter().map(written_out).collect();
        let kept: Vec<&str> = whole
            .iter()
            .map(String::as_str)
            // `Class 2026/27` is a class, `SEN Status (30 Nov 2026)` a status.
            .filter(|word| !(dated && is_of_a_date(word)))
            .filter(|word| !self.filler.contains(word))
            .collect();
        if let Some((target, _)) = self
            .exact(&whole.join(" "))
            .or_else(|| self.exact(&kept.join(" ")))
        {
            return target;
        }
        if let Some(target) = sen::meaning(&whole) {
            return Some(target);
        }
        if let Some((target, _)) = self
            .cores
            .iter()
            .find(|(_, core)| *core == sorted(kept.iter().copied()))
        {
            return Some(*target);
        }
        let (last, rest) = kept.split_last()?;
        let rank = last
            .parse::<u8>()
            .ok()
            .filter(|rank| (1..=9).contains(rank))?;
        let rest: Vec<&str> = rest
            .iter()
            .copied()
            .filter(|word| *word != "rank")
            .collect();
        let need = self.exact(&rest.join(" ")) == self.exact("need")
            || matches!(
                self.exact(&rest.join(" ")),
                Some((Some(Target::Need(1)), _))
            );
        need.then_some(Target::Need(rank))
    }

    /// How much a line speaks for being the headings of a pupil list; `None` when it cannot be.
    pub(super) fn weigh<'a>(
        &self,
        cells: impl Iterator<Item = &'a str>,
        wishes: &[Wish],
    ) -> Option<i32> {
        let (mut weight, mut named, mut own_name, mut telling) = (0, false, false, false);
        for cell in cells.filter(|cell| !cell.trim().is_empty() && cell.len() <= 80) {
            let squashed = squash(cell);
            let general = self.general.contains(&squashed);
            let wish = wishes
                .iter()
                .find(|(heading, _)| same_heading(heading, cell));
            let target = match (wish, self.exact(cell)) {
                (Some((_, target)), _) => {
                    weight += 3;
                    telling = true;
                    *target
                }
                (None, Some((target, _))) => {
                    weight += if general { 1 } else { 2 };
                    telling |= !general;
                    target
                }
                (None, None) if self.elsewhere.contains(&squashed) => {
                    weight -= 3;
                    None
                }
                (None, None) => {
                    let target = self.by_words(cell);
                    weight += i32::from(target.is_some());
                    target
                }
            };
            if let Some(
                Target::Surname | Target::Forename | Target::FullName | Target::PreferredForename,
            ) = target
            {
                named = true;
                own_name |= !general || wish.is_some();
            }
        }
        let enough = if own_name { 2 } else { 3 };
        (named && weight >= enough && (own_name || telling)).then_some(weight)
    }

    /// The cells of a line that are made of heading words only, and how many others there are. A line of
    /// children's data is not quoted in an error: its cells are made of other words.
    pub(super) fn safe_to_tell<'a>(
        &self,
        cells: impl Iterator<Item = &'a str>,
    ) -> (Vec<String>, usize) {
        let (mut safe, mut others) = (Vec::new(), 0);
        for cell in cells.filter(|cell| !cell.trim().is_empty()) {
            let words = words(cell);
            let known = !words.is_empty()
                && words.iter().all(|word| {
                    self.words.contains(word.as_str()) || self.filler.contains(word.as_str())
                });
            if known && safe.len() < 12 {
                safe.push(crate::domain::text::clean(cell));
            } else {
                others += 1;
            }
        }
        (safe, others)
    }
}

/// True when a heading has a calendar year, or an academic year as 26/27.
fn is_dated(words: &[String]) -> bool {
    let number = |word: &String| word.parse::<u32>().ok().filter(|_| word.len() >= 2);
    let full = |word: &String| word.len() == 4 && number(word).is_some() && word.starts_with("20");
    let pair = |pair: &[String]| matches!((number(&pair[0]), number(&pair[1])), (Some(a), Some(b)) if b == a + 1);
    words.iter().any(full) || words.windows(2).any(pair)
}

fn is_of_a_date(word: &str) -> bool {
    word.parse::<u32>().is_ok()
        || matches!(word, "as" | "at" | "on" | "from" | "to")
        || crate::domain::date::month_of(word).is_some()
}

fn sorted<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut words: Vec<&str> = words.collect();
    words.sort_unstable();
    words
}

/// True when a heading of `--map` means this heading of the file.
fn same_heading(wish: &str, heading: &str) -> bool {
    let squashed = squash(wish);
    wish.trim() == heading.trim() || (!squashed.is_empty() && squashed == squash(heading))
}

/// Reads `--map` pairs.
pub(super) fn read_wishes(map: &[(String, String)]) -> Result<Vec<Wish>, Error> {
    let mut wishes: Vec<Wish> = Vec::new();
    for (heading, name) in map {
        let target = match name.trim() {
            "" | "-" | "ignore" => None,
            name => Some(Target::from_name(name).ok_or_else(|| Error::UnknownTarget {
                target: name.to_owned(),
                targets: Target::ALL.map(Target::name).join(", "),
            })?),
        };
        if let Some((first, _)) = wishes
            .iter()
            .find(|(_, earlier)| target.is_some() && *earlier == target)
        {
            return Err(Error::MappedTwice {
                target: name.trim().to_owned(),
                first: first.clone(),
                second: heading.clone(),
            });
        }
        wishes.push((heading.clone(), target));
    }
    Ok(wishes)
}

/// Gives every field its column.
pub(super) fn assign(
    vocabulary: &Vocabulary,
    headings: &[String],
    facts: &[Facts],
    wishes: &[Wish],
) -> Result<Columns, Error> {
    let mut draft = Draft::new(headings, facts);
    draft.grant(wishes)?;
    draft.match_whole(vocabulary);
    draft.match_words(vocabulary);
    draft.match_weak();
    draft.settle_cells();
    draft.match_cells(vocabulary);
    draft.settle_names();
    draft.settle_needs();
    let mapping = headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| !heading.is_empty())
        .map(|(column, heading)| Mapping {
            heading: heading.clone(),
            column: column + 1,
            target: draft.taken[column],
        })
        .collect();
    Ok(Columns {
        by_target: draft.by_target,
        mapping,
        notes: draft.notes,
    })
}
