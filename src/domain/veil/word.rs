//! Words of a text as names are made of them.

use crate::domain::text::fold;
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

/// Words that stand in a surname before its main one. Most are words of some language as well.
const PARTICLES: [&str; 44] = [
    "ab", "abd", "abu", "af", "al", "ap", "av", "ben", "bin", "bint", "d", "da", "dal", "das",
    "de", "degli", "del", "dela", "della", "den", "der", "des", "di", "do", "dos", "du", "e", "el",
    "ibn", "la", "las", "le", "les", "los", "st", "t", "te", "ten", "ter", "van", "von", "y", "zu",
    "zur",
];

/// Months as dates are written: a child may be called May, and 14 May is a day.
const MONTHS: [&str; 24] = [
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
];

/// Days of the week as dates are written.
const DAYS: [&str; 14] = [
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

/// A word of a text as a name is made of: letters and digits, with what joins a double name.
pub(super) struct Unit<'t> {
    /// Where it stands.
    pub at: Range<usize>,
    /// The word.
    pub text: &'t str,
}

const fn joins(c: char) -> bool {
    matches!(c, '-' | '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}')
}

/// The words of a text.
pub(super) fn units(text: &str) -> Vec<Unit<'_>> {
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

/// Where a name begins that begins with a word: with the sign before it, as in `'t Hart`.
pub(super) fn start_of(text: &str, unit: &Unit<'_>) -> usize {
    let before = text.get(..unit.at.start).unwrap_or_default();
    if is_small_particle(unit.text) {
        before.strip_suffix(joins).unwrap_or(before).len()
    } else {
        before.len()
    }
}

/// The parts of a double name.
pub(super) fn parts(word: &str) -> Vec<&str> {
    word.split(joins)
        .filter(|part| part.len() < word.len() && is_telling(part))
        .collect()
}

/// A word without the ending of what is somebody's.
pub(super) fn bare(word: &str) -> Option<&str> {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("\u{2019}s"))
}

/// True where what stands between two words lets both belong to one name.
pub(super) fn is_between(text: &str) -> bool {
    let before = text.trim_end_matches(joins);
    matches!(before, " " | "," | ", " | ". " | "\n") && text.len() < before.len() + 4
}

/// True for letters; a number is no name.
pub(super) fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphabetic)
}

/// True for more than one letter of ours: a lone initial tells nothing, a lone sign of another script may be a name.
pub(super) fn is_telling(word: &str) -> bool {
    is_word(word) && (!is_single(word) || !word.is_ascii())
}

/// True for one letter.
pub(super) fn is_single(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

/// True unless it begins with a small letter; scripts without the two have no small ones.
pub(super) fn is_large(word: &str) -> bool {
    word.chars()
        .next()
        .is_some_and(|first| !first.is_lowercase())
}

/// True for capitals throughout: `EP`, `SALT`.
pub(super) fn is_shouted(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
}

/// True for `Mrs`.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&fold(word).as_str())
}

/// True for `van`, `de`, `bin`, whether written large or small.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&fold(word).as_str())
}

/// True for `van` written small: it has a letter with the word behind it.
pub(super) fn is_small_particle(word: &str) -> bool {
    !is_large(word) && is_particle(word)
}

/// `O.` for `Okafor`.
pub(super) fn initial(word: &str) -> String {
    let first = word.chars().find(|c| c.is_alphanumeric());
    first
        .map(|c| format!("{}.", c.to_uppercase()))
        .unwrap_or_default()
}

/// The initials of words of a name; a particle and the word it belongs to have one letter between them.
pub(super) fn letters<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let mut out = String::new();
    let mut after_particle = false;
    for word in words {
        if !after_particle {
            out.push_str(&initial(word));
        }
        after_particle = is_small_particle(word);
    }
    out
}

/// True for `May` in `14 May` and `May 2026`, and for `Sun` in `Sun 3`.
pub(super) fn is_in_date(units: &[Unit<'_>], at: usize) -> bool {
    let number = |place: Option<usize>| {
        let text = place.and_then(|place| units.get(place))?.text;
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let number = text.parse::<u16>().ok().filter(|_| digits)?;
        Some((number, text.len()))
    };
    let Some(unit) = units.get(at) else {
        return false;
    };
    let word = fold(unit.text);
    let (before, after) = (number(at.checked_sub(1)), number(Some(at + 1)));
    let is_day = |number: Option<(u16, usize)>| number.is_some_and(|(day, _)| day <= 31);
    if MONTHS.contains(&word.as_str()) {
        return is_day(before) || after.is_some_and(|(_, digits)| digits == 4);
    }
    DAYS.contains(&word.as_str()) && is_day(after)
}
