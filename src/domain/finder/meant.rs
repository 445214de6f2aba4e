//! Whom a name means that was typed without looking: one child, or nobody until somebody chooses.

use super::{Entry, MARK, NameIndex, rank, score};
use crate::domain::id::PupilId;
use crate::domain::text::{clean, fold};

/// Most children to choose from: one for each digit.
const CHOICES: usize = 9;

/// Whom a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// This child, and nobody fits as well. May have left: callers say so.
    One(PupilId),
    /// These fit equally well, at most nine, in the finder's order: somebody has to choose.
    Several(Vec<PupilId>),
    /// Nobody fits.
    None,
}

impl NameIndex {
    /// Whom a name means, as typed behind `@` or on the command line.
    ///
    /// Only those who fit best count. In this order: a whole name; initials in either order or words that each start
    /// a name; letters that start a name; letters that start both; letters inside one. Where one of them is on roll
    /// and the others have left, that one is meant. `p12` is the pupil of that id. A digit behind the letters
    /// chooses among equals: `ao2`.
    pub fn meant(&self, typed: &str) -> Match {
        let typed = fold(&clean(typed));
        if let Some(id) = id(&typed) {
            let is_here = self.entries.iter().any(|entry| entry.id == id);
            return if is_here { Match::One(id) } else { Match::None };
        }
        let best = self.best(&typed);
        if !best.is_empty() {
            return choose(&best);
        }
        let Some((name, nth)) = numbered(&typed) else {
            return Match::None;
        };
        let best = self.best(name);
        match best.get(nth - 1) {
            Some(entry) if nth <= CHOICES => Match::One(entry.id),
            _ if best.is_empty() => Match::None,
            _ => several(&best),
        }
    }

    /// Those who fit best, in the finder's order.
    fn best(&self, folded: &str) -> Vec<&Entry> {
        let words: Vec<&str> = folded
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .collect();
        let may_fit = self.candidates(&words);
        let mut best = u32::MAX;
        let mut found: Vec<(u32, &Entry)> = Vec::new();
        for (entry, _) in self.entries.iter().zip(may_fit).filter(|(_, fits)| *fits) {
            let Some(score) = score(self.name(entry), &words) else {
                continue;
            };
            let class = class(score, self.name(entry), &words);
            if class < best {
                best = class;
                found.clear();
            }
            if class == best {
                found.push((rank(score, entry), entry));
            }
        }
        // Stable: of equals the order of names stays.
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, entry)| entry).collect()
    }
}

fn choose(best: &[&Entry]) -> Match {
    let mut on_roll = best.iter().filter(|entry| entry.on_roll);
    match (best, on_roll.next(), on_roll.next()) {
        ([only], _, _) | (_, Some(only), None) => Match::One(only.id),
        _ => several(best),
    }
}

fn several(best: &[&Entry]) -> Match {
    Match::Several(best.iter().take(CHOICES).map(|entry| entry.id).collect())
}

/// `p12`; a bare number is no id here, for it is as easily a slip.
fn id(folded: &str) -> Option<PupilId> {
    let digits = folded.strip_prefix('p')?;
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// A name and the digit behind it: `ao2` is the second of those `ao` means.
fn numbered(folded: &str) -> Option<(&str, usize)> {
    let nth = folded.chars().next_back()?.to_digit(10)?;
    let name = &folded[..folded.len() - 1];
    let is_one_digit = !name.ends_with(|c: char| c.is_ascii_digit());
    (nth > 0 && is_one_digit && name.contains(char::is_alphabetic))
        .then_some((name.trim_end(), nth as usize))
}

/// How well a name fits, coarsely: within one class nobody is meant more than another.
fn class(score: u32, name: &str, words: &[&str]) -> u32 {
    match score {
        0 => 0,
        1 if words.len() > 1 && is_whole(name, words) => 0,
        1 | 2 => 1,
        3 => 2,
        4 | 5 => 3,
        _ => 4,
    }
}

/// True when the words are a child's whole name, in either order, or a whole surname or forename of several words.
fn is_whole(name: &str, words: &[&str]) -> bool {
    let typed = words.join(" ");
    let mut parts = name.split(MARK);
    let surname = parts.next().unwrap_or_default();
    parts.any(|forename| {
        typed == surname
            || typed == forename
            || typed == format!("{forename} {surname}")
            || typed == format!("{surname} {forename}")
    })
}
