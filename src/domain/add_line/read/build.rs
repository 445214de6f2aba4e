//! From pieces to the line: the texts, and the parts that leave nothing out.

use super::{Note, Reader};
use crate::domain::add_line::{AddLine, Part, PartKind, What};
use crate::domain::text;
use std::collections::{HashMap, HashSet};

impl Reader<'_> {
    pub(super) fn build(mut self) -> AddLine {
        self.made.parts = self.parts();
        let with = self.words(PartKind::With);
        self.made.with = (!with.is_empty()).then(|| one_line(&with));
        self.made.words = self.words(PartKind::Words);
        self.made.words_of = self.words_of();
        let next = self.words(PartKind::Next);
        if let Some(follow_up) = &mut self.made.follow_up {
            let is_nothing = follow_up.due.is_some() && next.is_empty();
            follow_up.what = next;
            if is_nothing {
                self.note(Note::NothingToDo);
            }
        }
        let mut seen = HashSet::new();
        for at in 0..self.pieces.len() {
            let body = self.text(at).get(1..).unwrap_or_default();
            match self.pieces[at].what {
                PartKind::Tag if seen.insert(text::fold(body)) => {
                    let tag = body.to_owned();
                    self.made.tags.push(tag);
                }
                PartKind::Urgent => self.made.urgent = true,
                PartKind::School => self.made.school = Some(body.to_owned()),
                _ => {}
            }
        }
        let is_to_do = self.made.what == What::Task || self.made.follow_up.is_some();
        if self.made.urgent && !is_to_do {
            self.note(Note::NothingUrgent);
        }
        self.notes.sort_unstable();
        let sentences = self.notes.iter().map(|note| note.sentence().to_owned());
        self.made.notes = self.troubles.into_iter().chain(sentences).collect();
        self.made.who = self.who;
        self.made
    }

    /// Whether two pieces that follow on one another are one text with the space between them.
    fn is_joined(&self, before: usize, after: usize) -> bool {
        let (one, other) = (&self.pieces[before], &self.pieces[after]);
        one.what == other.what
            && after == before + 1
            && one.word.tail.is_empty()
            && matches!(
                one.what,
                PartKind::With
                    | PartKind::Words
                    | PartKind::WordsOf(_)
                    | PartKind::Next
                    | PartKind::Due
                    | PartKind::Happened
            )
    }

    fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut add = |start: usize, end: usize, what: PartKind, is_joined: bool| {
            if start == end {
                return;
            }
            match parts.last_mut() {
                Some(last) if is_joined || what == PartKind::Mark && last.what == what => {
                    last.span.end = end;
                }
                _ => parts.push(Part {
                    span: start..end,
                    what,
                }),
            }
        };
        let mut end = 0;
        for (at, piece) in self.pieces.iter().enumerate() {
            let word = &piece.word;
            if at > 0 && self.is_joined(at - 1, at) {
                add(end, word.main.end, piece.what, true);
            } else {
                add(end, word.main.start, PartKind::Mark, false);
                add(word.main.start, word.main.end, piece.what, false);
            }
            add(word.tail.start, word.tail.end, PartKind::Mark, false);
            end = word.tail.end;
        }
        add(end, self.line.len(), PartKind::Mark, false);
        parts
    }

    /// The text of all pieces of one kind.
    fn words(&self, what: PartKind) -> String {
        let mut text = String::new();
        let mut last = None;
        for (at, piece) in self.pieces.iter().enumerate() {
            if piece.what == what {
                self.join(&mut text, last, at);
                last = Some(at);
            }
        }
        text
    }

    /// Adds a piece behind the last of its text. Space with nothing but space in it stays as it is; where something
    /// was taken out there is one space, or one line end.
    fn join(&self, text: &mut String, last: Option<usize>, at: usize) {
        let piece = &self.pieces[at];
        if let Some(last) = last {
            let before = &self.pieces[last];
            let gap = &self.line[before.word.tail.end..piece.word.main.start];
            if self.is_joined(last, at) {
                text.push_str(gap);
            } else if before.stretch != piece.stretch || gap.contains('\n') {
                text.push('\n');
            } else {
                text.push(' ');
            }
        }
        text.push_str(&self.line[piece.word.main.clone()]);
    }

    /// The words about one child alone, in the order the children are first told of.
    fn words_of(&self) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        let mut places: HashMap<usize, (usize, usize)> = HashMap::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            let PartKind::WordsOf(who) = piece.what else {
                continue;
            };
            let next = found.len();
            let (place, last) = places
                .get(&who)
                .map_or((next, None), |(place, last)| (*place, Some(*last)));
            if place == next {
                found.push((who, String::new()));
            }
            if let Some((_, text)) = found.get_mut(place) {
                self.join(text, last, at);
            }
            places.insert(who, (place, at));
        }
        found
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
