//! The words of an add line and those among them that mean something by their sign alone, wherever they stand.

use crate::domain::contact::Topic;
use crate::domain::school;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// What a word's sign says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// A word like any other.
    Plain,
    /// `+slcn`.
    Tag,
    /// `!`.
    Urgent,
    /// `^STB`.
    School,
    /// `@ao`, or `@ao:`.
    Name { colon: bool },
    /// `@-`, or `@-policy`: about no child, and what about.
    Nobody(Option<Topic>),
    /// `>`.
    Then,
    /// `<`.
    Since,
}

/// A word with its place. `main` and `tail` follow on one another.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// The word without the punctuation that only parts it from the next.
    pub main: Range<usize>,
    /// That punctuation, mostly none.
    pub tail: Range<usize>,
    pub sign: Sign,
}

impl Word {
    fn new(main: Range<usize>, tail_end: usize, sign: Sign) -> Self {
        let tail = main.end..tail_end;
        Self { main, tail, sign }
    }

    /// True for what may stand between any two words and changes neither.
    pub fn is_extra(&self) -> bool {
        matches!(self.sign, Sign::Tag | Sign::Urgent | Sign::School)
    }

    /// Makes it a word like any other.
    pub fn make_plain(&mut self) {
        self.sign = Sign::Plain;
        self.main.end = self.tail.end;
        self.tail.start = self.tail.end;
    }

    /// Takes what follows a place out of the word, as punctuation.
    pub fn cut(&mut self, at: usize) {
        self.main.end = at;
        self.tail.start = at;
    }
}

/// What opens or closes a name of several words.
pub(super) const QUOTES: [char; 3] = ['"', '\u{201c}', '\u{201d}'];

/// The words from a place in the line.
pub(super) fn words(line: &str, from: usize) -> Vec<Word> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(start) = line[at..].find(|c: char| !c.is_whitespace()) {
        let start = at + start;
        let end = line[start..]
            .find(char::is_whitespace)
            .map_or(line.len(), |length| start + length);
        let word = read(line, start, end);
        at = word.tail.end;
        found.push(word);
    }
    settle_school(found.iter_mut());
    found
}

/// Of several schools the last is meant; the others are words.
pub(super) fn settle_school<'w>(words: impl DoubleEndedIterator<Item = &'w mut Word>) {
    let schools = words.rev().filter(|word| word.sign == Sign::School);
    schools.skip(1).for_each(Word::make_plain);
}

fn read(line: &str, start: usize, end: usize) -> Word {
    let text = &line[start..end];
    let all = |sign| Word::new(start..end, end, sign);
    let plain = || all(Sign::Plain);
    let trimmed = |marks: &[char]| start + text.trim_end_matches(marks).len();
    match text.chars().next() {
        Some('>') if text.len() == 1 => all(Sign::Then),
        Some('<') if text.len() == 1 => all(Sign::Since),
        Some('!') if text.len() == 1 => all(Sign::Urgent),
        Some('@') => nobody(text, start)
            .or_else(|| quoted(line, start))
            .or_else(|| unquoted(text, start))
            .unwrap_or_else(plain),
        Some('+') => {
            let body = trimmed(&[',', ';', '.', ':']);
            if is_tag(&line[start + 1..body.max(start + 1)]) {
                Word::new(start..body, end, Sign::Tag)
            } else {
                plain()
            }
        }
        Some('^') => {
            let body = trimmed(&[',', ';', '.', ':']);
            if school::read_code(&line[start + 1..body.max(start + 1)]).is_ok() {
                Word::new(start..body, end, Sign::School)
            } else {
                plain()
            }
        }
        _ => plain(),
    }
}

fn is_tag(body: &str) -> bool {
    body.starts_with(char::is_alphabetic)
        && body.chars().all(|c| {
            c.is_alphanumeric()
                || is_combining_mark(c)
                || matches!(c, '-' | '_' | '\'' | '\u{2019}' | '\u{200c}' | '\u{200d}')
        })
}

/// `@-`, `@-policy`, with a comma or colon behind it or without.
fn nobody(text: &str, start: usize) -> Option<Word> {
    let marks = [',', ';', ':'];
    let main = text.trim_end_matches(marks);
    let topic = match main.strip_prefix("@-")? {
        "" => None,
        word => Some(Topic::from_word(word)?),
    };
    let word = start..start + main.len();
    Some(Word::new(word, start + text.len(), Sign::Nobody(topic)))
}

/// `@"mary jane"`, closed on its line by the next quote, with a space, an end or a colon behind it.
fn quoted(line: &str, start: usize) -> Option<Word> {
    let after = &line[start + 1..];
    let opening = after.chars().next().filter(|c| QUOTES.contains(c))?;
    let open = start + 1 + opening.len_utf8();
    let length = line[open..].find(|c: char| c == '\n' || QUOTES.contains(&c))?;
    let closing = line[open + length..].chars().next()?;
    if matches!(closing, '\n' | '\u{201c}') || !is_name(&line[open..open + length]) {
        return None;
    }
    let close = open + length + closing.len_utf8();
    let rest = &line[close..];
    let marks = rest.len() - rest.trim_start_matches([',', ';', ':']).len();
    if let Some(colon) = rest[..marks].find(':') {
        return Some(Word::new(
            start..close,
            close + colon + 1,
            Sign::Name { colon: true },
        ));
    }
    let behind = rest[marks..].chars().next();
    behind
        .is_none_or(char::is_whitespace)
        .then(|| Word::new(start..close, close + marks, Sign::Name { colon: false }))
}

/// `@ao`, `@ao,`, `@ao:`, `@ao:upset`. A quote that is never closed belongs to its own word only.
fn unquoted(text: &str, start: usize) -> Option<Word> {
    let colon = text.find(':');
    let name = text[..colon.unwrap_or(text.len())].trim_end_matches([',', ';']);
    if !is_name(name.get(1..)?) {
        return None;
    }
    let tail_end = start + colon.map_or(text.len(), |at| at + 1);
    let sign = Sign::Name {
        colon: colon.is_some(),
    };
    Some(Word::new(start..start + name.len(), tail_end, sign))
}

/// True for what may be a name: anything but punctuation. Some children's names are an emoji in a test, or right to
/// left.
fn is_name(text: &str) -> bool {
    let is_sign = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || QUOTES.contains(&c);
    !text.chars().all(is_sign)
}

/// The name of a word with the sign of one.
pub(super) fn name(text: &str) -> String {
    let bare = text.strip_prefix('@').unwrap_or(text);
    let Some(inside) = bare.strip_prefix(QUOTES) else {
        return bare.to_owned();
    };
    let inside = inside.strip_suffix(QUOTES).unwrap_or(inside);
    inside
        .trim_start_matches(QUOTES)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
