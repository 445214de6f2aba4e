//! Cells as words, so that known codes and labels are found in them whatever stands between.

use crate::domain::text::fold;

/// What parts a word from the one before it, the strongest sign winning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// A blank, or nothing.
    Blank,
    /// A dash, bracket, colon or another sign inside one entry.
    Mark,
    /// A comma, semicolon, stroke, bar, bullet or line end: what parts the entries of a list.
    List,
}

/// One word of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As it is compared: folded, without apostrophes. `&` is `and`, `+` is `plus`.
    pub(super) text: String,
    /// Its bytes in the cell.
    pub(super) start: usize,
    /// The byte after it.
    pub(super) end: usize,
    /// What stands before it.
    pub(super) gap: Gap,
}

impl Word {
    /// True for the words that join the parts of a label or the entries of a list.
    pub(super) fn joins(&self) -> bool {
        matches!(self.text.as_str(), "and" | "plus")
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2019}' | '\u{2018}' | '`' | '\u{b4}' | '\u{2bc}'
    )
}

/// The words of a cell.
pub(super) fn words(cell: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut gap, mut open) = (Gap::Blank, false);
    for (at, c) in cell.char_indices() {
        let end = at + c.len_utf8();
        if c.is_alphanumeric() || (open && is_apostrophe(c)) {
            match words.last_mut().filter(|_| open) {
                Some(word) => word.end = end,
                None => words.push(whole(String::new(), at, end, gap)),
            }
            open = true;
            continue;
        }
        if open {
            gap = Gap::Blank;
        }
        open = false;
        let sign = match c {
            '&' => Some("and"),
            '+' => Some("plus"),
            _ => None,
        };
        if let Some(word) = sign {
            words.push(whole(word.to_owned(), at, end, gap));
            gap = Gap::Blank;
            continue;
        }
        gap = gap.max(match c {
            ',' | ';' | '/' | '\\' | '|' | '\n' | '\u{2022}' | '\u{b7}' => Gap::List,
            _ if c.is_whitespace() => Gap::Blank,
            _ => Gap::Mark,
        });
    }
    for word in words.iter_mut().filter(|word| word.text.is_empty()) {
        word.text = fold(&cell[word.start..word.end]).replace('\'', "");
    }
    words
}

fn whole(text: String, start: usize, end: usize, gap: Gap) -> Word {
    Word {
        text,
        start,
        end,
        gap,
    }
}

/// The longest entry of a table whose words stand at a place: the place after it, and the entry. Joining words
/// (`and`, `&`, `+`) are passed over where the entry has none.
pub(super) fn longest<'t, T>(
    words: &[Word],
    at: usize,
    table: impl Iterator<Item = (&'static str, &'t T)>,
    same: impl Fn(&str, &str) -> bool,
) -> Option<(usize, &'t T)> {
    let mut best: Option<(usize, &T)> = None;
    for (phrase, entry) in table {
        if let Some(end) = stands(words, at, phrase, &same)
            && best.is_none_or(|(most, _)| end > most)
        {
            best = Some((end, entry));
        }
    }
    best
}

fn stands(
    words: &[Word],
    at: usize,
    phrase: &str,
    same: &impl Fn(&str, &str) -> bool,
) -> Option<usize> {
    let mut next = at;
    for (index, wanted) in phrase.split(' ').enumerate() {
        while index > 0
            && words
                .get(next)
                .is_some_and(|word| word.joins() && word.text != wanted)
        {
            next += 1;
        }
        if !same(&words.get(next)?.text, wanted) {
            return None;
        }
        next += 1;
    }
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_what_stands_between_them() {
        let told: Vec<(String, Gap)> = words("SLCN (1), Down\u{2019}s & SA+\nX")
            .into_iter()
            .map(|word| (word.text, word.gap))
            .collect();
        let want = [
            ("slcn", Gap::Blank),
            ("1", Gap::Mark),
            ("downs", Gap::List),
            ("and", Gap::Blank),
            ("sa", Gap::Blank),
            ("plus", Gap::Blank),
            ("x", Gap::List),
        ];
        let want: Vec<(String, Gap)> = want.map(|(text, gap)| (text.to_owned(), gap)).into();
        assert_eq!(told, want);
    }
}
