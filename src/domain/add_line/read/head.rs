//! The head of a line: who, what kind, with whom, how long.

use super::{Reader, Sign, kind, mark};
use crate::domain::add_line::{PartKind, What};
use crate::domain::contact::ContactKind;
use crate::domain::person;

/// Most words of a "with" that a colon ends.
const WITH_WORDS: usize = 6;
/// Most words a relationship has.
const RELATIONSHIP_WORDS: usize = 4;
/// Most people of a "with" without a colon: `mum and dad and gran`.
const WITH_PEOPLE: usize = 4;
/// What ends in a full stop and ends no sentence.
const TITLES: [&str; 9] = [
    "mr.", "mrs.", "ms.", "dr.", "prof.", "rev.", "st.", "sr.", "fr.",
];

/// The head as it was read.
pub(super) struct Head {
    /// What the kind word makes, where there is one.
    pub made: Option<(What, bool)>,
    /// Where the body begins.
    pub body: usize,
}

/// Names in a row.
struct Row {
    end: usize,
    /// The last, when a colon follows it.
    told: Option<usize>,
}

impl Reader<'_> {
    pub(super) fn head(&mut self) -> Head {
        let row = self.names(0);
        if let Some(at) = row.told.filter(|at| self.is_one_of_several(*at)) {
            return Head {
                made: None,
                body: at,
            };
        }
        let at = self.past_extras(row.end);
        let Some(made) = self.kind(at) else {
            return Head {
                made: None,
                body: row.end,
            };
        };
        let mut body = at + 1;
        let mut is_closed = self
            .pieces
            .get(at)
            .is_some_and(|piece| !piece.word.tail.is_empty());
        if !is_closed {
            let row = self.names(body);
            let told = row.told.filter(|_| made.0 != What::Task);
            if let Some(at) = told.filter(|at| self.is_one_of_several(*at)) {
                return Head {
                    made: Some(made),
                    body: at,
                };
            }
            is_closed = row.told.is_some();
            body = row.end;
        }
        if !is_closed {
            body = self.with(body, made.0);
        }
        Head {
            made: Some(made),
            body,
        }
    }

    /// Takes the names from here on. One with a colon ends the row, unless another name follows it directly.
    fn names(&mut self, from: usize) -> Row {
        let mut end = from;
        loop {
            let at = self.past_extras(end);
            if let Some(Sign::Nobody(topic)) = self.sign(at) {
                self.take(at, PartKind::Nobody);
                self.made.nobody = true;
                self.made.topic = topic.or(self.made.topic);
                end = at + 1;
                continue;
            }
            let Some(Sign::Name { colon }) = self.sign(at) else {
                return Row { end, told: None };
            };
            self.name(at);
            end = at + 1;
            let next = self.past_extras(end);
            if colon && !matches!(self.sign(next), Some(Sign::Name { .. })) {
                return Row {
                    end,
                    told: Some(at),
                };
            }
        }
    }

    /// Whether the words behind `@x:` are about one of several children. About the only child they are simply the
    /// words.
    fn is_one_of_several(&self, at: usize) -> bool {
        let key = self.key(at);
        self.who.len() > 1
            || (at + 1..self.pieces.len())
                .any(|at| self.sign(at) == Some(Sign::Name { colon: true }) && self.key(at) != key)
    }

    /// The kind word, if it is one; a colon after it is its end.
    fn kind(&mut self, at: usize) -> Option<(What, bool)> {
        if self.sign(at) != Some(Sign::Plain) {
            return None;
        }
        let text = self.text(at);
        let colon = text.find(':');
        let made = kind::read(&text[..colon.unwrap_or(text.len())])?;
        self.take(at, PartKind::Kind);
        if let Some(colon) = colon {
            self.part(at, colon);
        }
        Some(made)
    }

    /// Parts a word at a colon; what stands behind the colon is read anew.
    fn part(&mut self, at: usize, colon: usize) {
        let Some(piece) = self.pieces.get_mut(at) else {
            return;
        };
        let place = piece.word.main.start + colon;
        let end = piece.word.tail.end;
        piece.word.cut(place);
        if place + 1 < end {
            piece.word.tail.end = place + 1;
            self.pieces.truncate(at + 1);
            self.split(place + 1);
            mark::settle_school(self.pieces.iter_mut().map(|piece| &mut piece.word));
            for piece in &mut self.pieces {
                if piece.what == PartKind::School && piece.word.sign == Sign::Plain {
                    piece.what = PartKind::Words;
                }
            }
        }
    }

    /// With whom, and minutes among that; the place behind it.
    fn with(&mut self, from: usize, what: What) -> usize {
        let is_exchange = matches!(what, What::Contact(kind) if kind.is_exchange());
        let is_told = is_exchange || what == What::Contact(ContactKind::Safeguarding);
        let most = if is_told { WITH_WORDS } else { 0 };
        self.with_to_colon(from, most, what != What::Task)
            .or_else(|| is_told.then(|| self.with_by_relationship(from)))
            .unwrap_or(from)
    }

    /// The words up to the first colon.
    fn with_to_colon(&mut self, from: usize, most: usize, may_last: bool) -> Option<usize> {
        let (mut with, mut said) = (Vec::new(), String::new());
        let (mut lasted, mut is_closed) = (None, false);
        for at in from..self.pieces.len() {
            if at > 0 && self.is_on_next_line(at - 1, at) {
                return None;
            }
            let tail = &self.line[self.pieces[at].word.tail.clone()];
            if self.pieces[at].word.is_extra() {
                is_closed |= !with.is_empty();
                if tail.contains(':') {
                    return Some(self.settle_with(&with, lasted, at, None));
                }
                continue;
            }
            if self.sign(at) != Some(Sign::Plain) {
                return None;
            }
            let word = self.text(at);
            let base = word.strip_suffix(':').unwrap_or(word);
            let colon = (base.len() < word.len()).then_some(base.len());
            if let Some(minutes) = kind::minutes(base).filter(|_| lasted.is_none() && may_last) {
                lasted = Some((at, minutes));
                is_closed |= !with.is_empty();
            } else if !base.is_empty() {
                if is_closed || with.len() == most {
                    return None;
                }
                if !said.is_empty() {
                    said.push(' ');
                }
                with.push(at);
                if let Some(glued) = word.find(':').filter(|glued| *glued > 0)
                    && person::relationship(&format!("{said}{}", &word[..glued])).is_some()
                {
                    return Some(self.settle_with(&with, lasted, at, Some(glued)));
                }
                if colon.is_none() && ends_sentence(base) {
                    return None;
                }
                said.push_str(base);
            }
            if colon.is_some() {
                return Some(self.settle_with(&with, lasted, at, colon));
            }
        }
        None
    }

    /// Takes what was found up to the colon in a word; the place behind it.
    fn settle_with(
        &mut self,
        with: &[usize],
        lasted: Option<(usize, i64)>,
        last: usize,
        colon: Option<usize>,
    ) -> usize {
        for at in with {
            self.take(*at, PartKind::With);
        }
        if let Some((at, minutes)) = lasted {
            self.take(at, PartKind::Minutes);
            self.made.minutes = Some(minutes);
        }
        match colon {
            Some(0) => self.take(last, PartKind::Mark),
            Some(colon) => self.part(last, colon),
            None => {}
        }
        last + 1
    }

    /// Without a colon: words for relationships, `mum`, `both parents`, `mum and dad`.
    fn with_by_relationship(&mut self, from: usize) -> usize {
        let mut end = from;
        for nth in 0..WITH_PEOPLE {
            let is_and = matches!(self.text(end), "and" | "&" | "+");
            let start = if nth > 0 && is_and { end + 1 } else { end };
            if nth > 0 && !is_and {
                break;
            }
            let Some(length) = self.relationship(start) else {
                break;
            };
            let last = start + length - 1;
            for at in end..=last {
                self.take(at, PartKind::With);
            }
            end = last + 1;
            let piece = &mut self.pieces[last];
            let text = &self.line[piece.word.main.clone()];
            let bare = text.trim_end_matches(PARTING).len();
            if bare < text.len() {
                let place = piece.word.main.start + bare;
                piece.word.cut(place);
                break;
            }
        }
        end
    }

    /// How many words from here name a relationship. "Both" alone does not: `meet both boys`.
    fn relationship(&self, from: usize) -> Option<usize> {
        let mut said = String::new();
        let mut found = None;
        for length in 1..=RELATIONSHIP_WORDS {
            let at = from + length - 1;
            let is_apart = at > 0 && self.is_on_next_line(at - 1, at);
            if self.sign(at) != Some(Sign::Plain) || is_apart || self.text(at).len() > 40 {
                break;
            }
            if length > 1 {
                said.push(' ');
            }
            let word = self.text(at);
            let bare = word.trim_end_matches(PARTING);
            said.push_str(bare);
            if !said.eq_ignore_ascii_case("both") && person::relationship(&said).is_some() {
                found = Some(length);
            }
            if bare.len() < word.len() {
                break;
            }
        }
        found
    }
}

/// What may part a "with" from the words where there is no colon.
const PARTING: [char; 3] = [',', ';', '.'];

fn ends_sentence(word: &str) -> bool {
    word.ends_with(['.', '?', '!']) && !TITLES.contains(&word.to_lowercase().as_str())
}
