//! Who was nearly found, where nobody was: one letter of what was typed is forgiven.

use super::{MARK, NameIndex, rank};
use crate::domain::slip::{self, LEAST, PARTED, squeezed};
use crate::domain::text::fold;

impl NameIndex {
    /// The rows whose names are one letter from what was typed, best first, at most `most`. For when [`NameIndex::find`]
    /// finds nobody: words of fewer than four letters are never forgiven any.
    pub fn find_nearly(&self, typed: &str, most: usize) -> Vec<usize> {
        let folded = fold(typed);
        let words: Vec<String> = folded
            .split([' ', ','])
            .map(squeezed)
            .filter(|word| !word.is_empty())
            .collect();
        if words.iter().all(|word| word.chars().count() < LEAST) {
            return Vec::new();
        }
        let mut found: Vec<(u32, usize)> = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(row, entry)| {
                nearly(self.name(entry), &words).map(|score| (rank(score, entry), row))
            })
            .collect();
        found.sort_unstable();
        found.truncate(most);
        found.into_iter().map(|(_, row)| row).collect()
    }
}

/// How nearly a name fits: 0 for a whole name but for one letter, 1 for its beginning; `None` when it does not.
fn nearly(name: &str, words: &[String]) -> Option<u32> {
    let mut slips = 0;
    let mut score = 0;
    for word in words {
        let fits = |fit: &dyn Fn(&str) -> bool| {
            name.split(MARK)
                .any(|one| fit(&squeezed(one)) || one.split(PARTED).any(fit))
        };
        if fits(&|one| one.starts_with(word.as_str())) {
            continue;
        }
        if word.chars().count() < LEAST || slips == 1 {
            return None;
        }
        slips += 1;
        if !fits(&|one| slip::is_one(one, word)) {
            score = 1;
            if !fits(&|one| slip::begins(one, word)) {
                return None;
            }
        }
    }
    Some(score)
}
