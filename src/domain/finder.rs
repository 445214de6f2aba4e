//! Names held in memory for the filter and the finder: one folded line per pupil, in name order.
//!
//! The store keeps the folded line ([`name_key`]) in an index, so that 100,000 names load in one pass.

mod meant;
mod near;

pub use meant::Match;

use super::code::Status;
use super::id::PupilId;
use super::slip::{PARTED, squeezed};
use super::text::fold;
use memchr::memmem;

/// Between surname, forename, preferred forename and class in a name's line. Below the space, so that
/// "ali, zoe" sorts before "ali khan, adam".
const MARK: char = '\t';

/// The folded line of one pupil: `surname⇥known as⇥legal forename`, the last only when it is another. Lists show the
/// name a child goes by, so that is what they are ordered by.
pub fn name_key(surname: &str, forename: &str, preferred_forename: Option<&str>) -> String {
    let known_as = preferred_forename.filter(|name| !name.is_empty());
    let mut key = fold(surname);
    key.push(MARK);
    key.push_str(&fold(known_as.unwrap_or(forename)));
    if known_as.is_some() {
        key.push(MARK);
        key.push_str(&fold(forename));
    }
    key
}

/// What is held of one pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub id: PupilId,
    /// The census status, when one is known.
    pub status: Option<Status>,
    /// Still on roll.
    pub on_roll: bool,
    start: u32,
    name_end: u32,
    end: u32,
}

/// All names of one school, in name order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameIndex {
    text: String,
    entries: Vec<Entry>,
    widest_class: usize,
    /// On roll by status: N, K, E, not known.
    on_roll: [usize; 4],
}

fn place(status: Option<Status>) -> usize {
    match status {
        Some(Status::N) => 0,
        Some(Status::K) => 1,
        Some(Status::E) => 2,
        None => 3,
    }
}

impl NameIndex {
    /// Room for this many pupils.
    pub fn with_capacity(pupils: usize) -> Self {
        Self {
            text: String::with_capacity(pupils * 24),
            entries: Vec::with_capacity(pupils),
            widest_class: 0,
            on_roll: [0; 4],
        }
    }

    /// Adds one pupil; callers add in name order.
    pub fn push(
        &mut self,
        id: PupilId,
        name_key: &str,
        class: &str,
        status: Option<Status>,
        on_roll: bool,
    ) {
        let start = self.text.len() as u32;
        self.text.push_str(name_key);
        let name_end = self.text.len() as u32;
        self.text.push(MARK);
        if class
            .bytes()
            .all(|b| b.is_ascii() && !b.is_ascii_uppercase())
        {
            self.text.push_str(class);
        } else {
            self.text.push_str(&fold(class));
        }
        let end = self.text.len() as u32;
        self.widest_class = self.widest_class.max((end - name_end - 1) as usize);
        self.text.push('\n');
        self.on_roll[place(status)] += usize::from(on_roll);
        self.entries.push(Entry {
            id,
            status,
            on_roll,
            start,
            name_end,
            end,
        });
    }

    /// Everyone, in name order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many on roll have this status; `None` is not known. Counted while loading: screens ask at every key.
    pub fn on_roll(&self, status: Option<Status>) -> usize {
        self.on_roll[place(status)]
    }

    /// True when nobody is on file.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Bytes of the longest class, folded: how wide a column of classes is worth being.
    pub fn widest_class(&self) -> usize {
        self.widest_class
    }

    /// The row of a pupil.
    pub fn row_of(&self, id: PupilId) -> Option<usize> {
        self.entries.iter().position(|entry| entry.id == id)
    }

    fn line(&self, entry: &Entry) -> &str {
        &self.text[entry.start as usize..entry.end as usize]
    }

    fn name(&self, entry: &Entry) -> &str {
        &self.text[entry.start as usize..entry.name_end as usize]
    }

    /// Of these rows, those whose names or class hold every word of the filter. Order is kept.
    pub fn filter(&self, rows: &[u32], filter: &str) -> Vec<u32> {
        let folded = fold(filter);
        let mut words: Vec<&str> = folded.split_whitespace().collect();
        // The longest is the rarest, as a rule: one search through all names, and the others in what that found.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let Some((rarest, others)) = words.split_first() else {
            return rows.to_vec();
        };
        let mut holds = vec![false; self.entries.len()];
        self.mark(&mut holds, rarest);
        let others: Vec<memmem::Finder<'_>> = others.iter().map(memmem::Finder::new).collect();
        let fits = |row: u32| {
            let line = |entry| self.line(entry).as_bytes();
            holds.get(row as usize) == Some(&true)
                && self.entries.get(row as usize).is_some_and(|entry| {
                    others.iter().all(|other| other.find(line(entry)).is_some())
                })
        };
        let found: Vec<u32> = rows.iter().copied().filter(|row| fits(*row)).collect();
        if !found.is_empty() {
            return found;
        }
        // Nobody as it was typed: a double name may have been written in one word.
        let words: Vec<String> = words.iter().filter_map(|word| in_one(word)).collect();
        let holds = |row: &u32| {
            self.entries.get(*row as usize).is_some_and(|entry| {
                let line = squeezed(self.line(entry));
                words.iter().all(|word| line.contains(word.as_str()))
            })
        };
        if words.is_empty() {
            return found;
        }
        rows.iter().copied().filter(holds).collect()
    }

    /// Marks the rows whose line holds these letters, in one search through all lines.
    fn mark(&self, rows: &mut [bool], letters: &str) {
        let text = self.text.as_bytes();
        let finder = memmem::Finder::new(letters);
        let (mut from, mut row) = (0, 0);
        while let Some(found) = text.get(from..).and_then(|rest| finder.find(rest)) {
            let at = from + found;
            while self
                .entries
                .get(row)
                .is_some_and(|entry| (entry.end as usize) < at)
            {
                row += 1;
            }
            let (Some(entry), Some(mark)) = (self.entries.get(row), rows.get_mut(row)) else {
                return;
            };
            *mark = true;
            from = entry.end as usize;
        }
    }

    /// The best rows for what was typed in the finder, best first, at most `most`.
    ///
    /// Two letters are initials in either order; letters may be a prefix of one name and a prefix of the other
    /// (`aok` is A… Ok… or Ao… K…); a word may start any name or, last, stand anywhere in one.
    /// Of equals, children on roll come first, then children with SEN, then the order of names.
    pub fn find(&self, typed: &str, most: usize) -> Vec<usize> {
        let folded = fold(typed);
        let words: Vec<&str> = folded
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .collect();
        let may_fit = self.candidates(&words);
        let mut found: Vec<(u32, usize)> = self
            .entries
            .iter()
            .zip(may_fit)
            .enumerate()
            .filter(|(_, (_, may_fit))| *may_fit)
            .filter_map(|(row, (entry, _))| {
                score(self.name(entry), &words).map(|score| (rank(score, entry), row))
            })
            .collect();
        if found.len() > most {
            found.select_nth_unstable(most);
            found.truncate(most);
        }
        found.sort_unstable();
        found.into_iter().map(|(_, row)| row).collect()
    }

    /// Marks the rows of which a name begins with the first letter of a word.
    fn begin(&self, rows: &mut [bool], word: &str) {
        let first: String = word.chars().take(1).collect();
        for (row, entry) in rows.iter_mut().zip(&self.entries) {
            *row |= self.name(entry).starts_with(&first);
        }
        self.mark(rows, &format!("{MARK}{first}"));
    }

    /// The rows worth scoring: a few searches through all lines leave out most, and nobody whom `score` would take.
    fn candidates(&self, words: &[&str]) -> Vec<bool> {
        let mut rows = vec![false; self.entries.len()];
        match words {
            [] => {}
            [only] => {
                self.begin(&mut rows, only);
                // Inside a name a short word counts only where a part begins.
                if only.len() > ANYWHERE {
                    self.mark(&mut rows, only);
                } else {
                    for before in PARTED {
                        self.mark(&mut rows, &format!("{before}{only}"));
                    }
                }
            }
            [first, rest @ ..] => {
                let longest = rest.iter().fold(first, |longest, word| {
                    if word.len() > longest.len() {
                        word
                    } else {
                        longest
                    }
                });
                self.mark(&mut rows, longest);
                // A double name in one word stands nowhere as it is typed, but begins as its name does.
                if in_one(longest).is_some() {
                    self.begin(&mut rows, longest);
                }
            }
        }
        rows
    }
}

/// What was typed as one word of a double name: `obrien`, `o-brien`; `None` for a word too short to tell.
fn in_one(word: &str) -> Option<String> {
    let word = Some(word).filter(|word| word.starts_with(char::is_alphanumeric))?;
    Some(squeezed(word)).filter(|word| word.len() > ANYWHERE)
}

/// A double name in one word; `None` for any other.
fn double(name: &str) -> Option<String> {
    name.contains(PARTED).then(|| squeezed(name))
}

/// Words of more bytes than this are also looked for inside names.
const ANYWHERE: usize = 2;

/// Smaller is better.
fn rank(score: u32, entry: &Entry) -> u32 {
    let sen = entry.status.is_some_and(Status::is_sen);
    score * 4 + u32::from(!entry.on_roll) * 2 + u32::from(!sen)
}

/// How well a name fits what was typed; smaller is better, `None` when it does not.
fn score(name: &str, words: &[&str]) -> Option<u32> {
    let mut parts = name.split(MARK);
    let surname = parts.next().unwrap_or_default();
    let known_as = parts.next().unwrap_or_default();
    let legal = parts.next();
    if let [only] = words {
        let by_legal = legal.and_then(|forename| score_one(surname, forename, only));
        return score_one(surname, known_as, only)
            .into_iter()
            .chain(by_legal)
            .min();
    }
    let forename = legal.unwrap_or(known_as);
    let starts = |name: &str, word: &str| {
        let in_one = || {
            let (name, word) = (double(name)?, in_one(word)?);
            Some(name.starts_with(&word))
        };
        name.split(PARTED).any(|part| part.starts_with(word))
            || name.starts_with(word)
            || in_one().unwrap_or(false)
    };
    let all = words
        .iter()
        .all(|word| starts(surname, word) || starts(forename, word) || starts(known_as, word));
    all.then_some(1)
}

/// A double name that was typed in one word, whole or its beginning.
fn score_double(surname: &str, forename: &str, typed: &str) -> Option<u32> {
    let names = [double(surname), double(forename)];
    let typed = in_one(typed)?;
    let mut names = names.into_iter().flatten();
    names
        .clone()
        .any(|name| name == typed)
        .then_some(0)
        .or_else(|| names.any(|name| name.starts_with(&typed)).then_some(3))
}

fn score_one(surname: &str, forename: &str, typed: &str) -> Option<u32> {
    if surname == typed || forename == typed {
        return Some(0);
    }
    if let Some(fit) = score_double(surname, forename, typed) {
        return Some(fit);
    }
    let split = typed
        .char_indices()
        .skip(1)
        .map(|(at, _)| typed.split_at(at))
        .filter(|(one, other)| {
            (forename.starts_with(one) && surname.starts_with(other))
                || (surname.starts_with(one) && forename.starts_with(other))
        })
        .map(|(one, other)| u32::from(!(forename.starts_with(one) && surname.starts_with(other))))
        .min();
    if typed.chars().count() == 2 && split.is_some() {
        return split.map(|reversed| 1 + reversed);
    }
    let starts = surname.starts_with(typed) || forename.starts_with(typed);
    match (starts, split) {
        (true, _) => Some(3),
        (false, Some(reversed)) => Some(4 + reversed),
        (false, None) => {
            let part = |name: &str| {
                name.split(PARTED)
                    .skip(1)
                    .any(|part| part.starts_with(typed))
            };
            if part(surname) || part(forename) {
                Some(6)
            } else if typed.len() > ANYWHERE
                && (surname.contains(typed) || forename.contains(typed))
            {
                Some(7)
            } else {
                None
            }
        }
    }
}

#[cfg(test)]
mod tests;
