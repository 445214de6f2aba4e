//! From a line to what it says: the head (who, kind, with whom), then the marks among the words, then the words.

mod build;
mod head;

use super::kind;
use super::mark::{self, Sign, Word};
use super::{AddLine, Dates, PartKind, What};
use crate::domain::contact::ContactKind;
use crate::domain::moment::Moment;
use crate::domain::text;
use std::collections::HashMap;

/// Most words of a date: `Mon 23 Nov 2026 at 14:02`, and one.
const DATE_WORDS: usize = 7;
/// Longest date, in bytes.
const DATE_BYTES: usize = 80;

/// Why something is words that might have been more. Names are kept out: these are shown and printed anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Note {
    Someday,
    ThenKept,
    SinceKept,
    Glued,
    NameKept,
    NobodyKept,
    NothingToDo,
    NothingUrgent,
}

impl Note {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Someday => "No date was read after \">\": what follows it is kept for someday.",
            Self::ThenKept => "No date was read after \">\": it stays among the words.",
            Self::SinceKept => "No date was read after \"<\": it stays among the words.",
            Self::Glued => "\">\" and \"<\" need a space on both sides to mark a date.",
            Self::NameKept => {
                "A name with \"@\" among the words names nobody: put it first, or write a colon after it."
            }
            Self::NobodyKept => {
                "\"@-\" among the words says nothing: put it first for an entry about nobody."
            }
            Self::NothingToDo => {
                "Nothing is said to be done by that day. Write \"task\" first if all of this is still to do."
            }
            Self::NothingUrgent => {
                "\"!\" makes a follow-up or a task urgent: there is neither in this line."
            }
        }
    }
}

/// A date that was found behind a mark.
struct Found {
    mark: usize,
    words: Vec<usize>,
    moment: Moment,
    typed: String,
}

/// A word, what it was taken for and in which stretch of words it stands.
struct Piece {
    word: Word,
    what: PartKind,
    stretch: u32,
}

struct Reader<'a> {
    line: &'a str,
    dates: &'a dyn Dates,
    pieces: Vec<Piece>,
    who: Vec<String>,
    places: HashMap<String, usize>,
    notes: Vec<Note>,
    troubles: Vec<String>,
    made: AddLine,
}

/// Reads a line. Never fails: what means nothing is words.
pub fn parse(line: &str, dates: &dyn Dates) -> AddLine {
    let mut reader = Reader {
        line,
        dates,
        pieces: Vec::new(),
        who: Vec::new(),
        places: HashMap::new(),
        notes: Vec::new(),
        troubles: Vec::new(),
        made: empty(),
    };
    reader.split(0);
    let head = reader.head();
    let body = head.body;
    match head.made {
        Some((What::Task, _)) => reader.task(body),
        made => {
            let (what, review) = made.unwrap_or((What::Contact(ContactKind::Note), false));
            reader.made.what = what;
            reader.made.review = review;
            reader.contact(body, made.is_some());
        }
    }
    reader.tell_glued(body);
    reader.build()
}

fn empty() -> AddLine {
    AddLine {
        what: What::Contact(ContactKind::Note),
        review: false,
        who: Vec::new(),
        nobody: false,
        topic: None,
        with: None,
        words: String::new(),
        words_of: Vec::new(),
        minutes: None,
        follow_up: None,
        due: None,
        happened: None,
        tags: Vec::new(),
        urgent: false,
        school: None,
        parts: Vec::new(),
        notes: Vec::new(),
    }
}

impl Reader<'_> {
    /// Splits the line from a place into words, behind those there are.
    fn split(&mut self, from: usize) {
        let words = mark::words(self.line, from);
        self.pieces.extend(words.into_iter().map(|word| Piece {
            what: match word.sign {
                Sign::Tag => PartKind::Tag,
                Sign::Urgent => PartKind::Urgent,
                Sign::School => PartKind::School,
                _ => PartKind::Words,
            },
            word,
            stretch: 0,
        }));
    }

    fn text(&self, at: usize) -> &str {
        self.pieces
            .get(at)
            .map_or("", |piece| &self.line[piece.word.main.clone()])
    }

    fn sign(&self, at: usize) -> Option<Sign> {
        self.pieces.get(at).map(|piece| piece.word.sign)
    }

    /// The first word from here on that is no tag, `!` or school.
    fn past_extras(&self, from: usize) -> usize {
        let extras = self.pieces.iter().skip(from);
        from + extras.take_while(|piece| piece.word.is_extra()).count()
    }

    fn is_on_next_line(&self, before: usize, after: usize) -> bool {
        let (Some(before), Some(after)) = (self.pieces.get(before), self.pieces.get(after)) else {
            return false;
        };
        self.line[before.word.tail.end..after.word.main.start].contains('\n')
    }

    fn key(&self, at: usize) -> String {
        let name = mark::name(self.text(at));
        let key = text::fold(&name);
        if key.trim().is_empty() { name } else { key }
    }

    /// Takes a name; its index into who.
    fn name(&mut self, at: usize) -> usize {
        let next = self.who.len();
        let place = *self.places.entry(self.key(at)).or_insert(next);
        if place == next {
            self.who.push(mark::name(self.text(at)));
        }
        self.take(at, PartKind::Who);
        place
    }

    fn take(&mut self, at: usize, what: PartKind) {
        if let Some(piece) = self.pieces.get_mut(at) {
            piece.what = what;
        }
    }

    fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Says that no date stands behind any of these marks, and why where the words look like one.
    fn no_date(&mut self, marks: &[usize], note: Note) {
        let dates = self.dates;
        for mark in marks {
            let behind: Vec<&str> = (mark + 1..self.pieces.len().min(mark + 3))
                .map(|at| self.text(at))
                .collect();
            let tries = [
                behind.join(" "),
                behind.first().copied().unwrap_or_default().to_owned(),
            ];
            self.troubles
                .extend(tries.iter().find_map(|text| dates.trouble(text)));
        }
        self.note(note);
    }

    /// Makes the names plain words that `keep` says are none.
    fn drop_names(&mut self, body: usize, keep_told: bool) {
        let (mut is_any, mut is_nobody) = (false, false);
        for piece in self.pieces.iter_mut().skip(body) {
            if let Sign::Name { colon } = piece.word.sign
                && !(keep_told && colon)
            {
                piece.word.make_plain();
                is_any = true;
            } else if matches!(piece.word.sign, Sign::Nobody(_)) {
                piece.word.make_plain();
                is_nobody = true;
            }
        }
        if is_any {
            self.note(Note::NameKept);
        }
        if is_nobody {
            self.note(Note::NobodyKept);
        }
    }

    /// The date behind a mark: the longest start of the words behind it, on its line, that is one. A colon after it
    /// parts it from what follows.
    fn date(&self, mark: usize, read: impl Fn(&str) -> Option<Moment>) -> Option<Found> {
        let mut words = Vec::new();
        let mut text = String::new();
        let mut ends = Vec::new();
        let mut last = mark;
        for at in mark + 1..self.pieces.len() {
            let piece = &self.pieces[at];
            let is_passed = piece.word.is_extra() || piece.what == PartKind::Happened;
            let is_mark = piece.what == PartKind::Mark;
            if self.is_on_next_line(last, at) {
                break;
            }
            last = at;
            if is_passed || is_mark {
                continue;
            }
            if piece.word.sign != Sign::Plain || words.len() == DATE_WORDS {
                break;
            }
            let word = self.text(at);
            if text.len() + word.len() > DATE_BYTES {
                break;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
            words.push(at);
            ends.push(text.len());
            if word.ends_with(':') {
                break;
            }
        }
        while !words.is_empty() {
            text.truncate(ends.pop().unwrap_or_default());
            let typed = text.trim_end_matches(PARTING);
            let last = typed.rsplit(' ').next().unwrap_or_default();
            // "fri at Bede school": the place is not a part of the date.
            if text.len() - typed.len() <= 1
                && !last.eq_ignore_ascii_case("at")
                && !last.is_empty()
                && let Some(moment) = read(typed)
            {
                return Some(Found {
                    mark,
                    words,
                    moment,
                    typed: typed.to_owned(),
                });
            }
            words.pop();
        }
        None
    }

    fn marks(&self, body: usize, sign: Sign) -> Vec<usize> {
        (body..self.pieces.len())
            .filter(|at| self.sign(*at) == Some(sign))
            .collect()
    }

    /// Marks a date and the sign before it.
    fn take_date(&mut self, found: &Found, what: PartKind) {
        self.take(found.mark, PartKind::Mark);
        for at in &found.words {
            self.take(*at, what);
        }
        if let Some(piece) = found.words.last().and_then(|at| self.pieces.get_mut(*at)) {
            let text = &self.line[piece.word.main.clone()];
            let end = piece.word.main.start + text.trim_end_matches(PARTING).len();
            piece.word.cut(end);
        }
    }

    /// A task: everything but the last date behind `>` is its title.
    fn task(&mut self, body: usize) {
        self.made.what = What::Task;
        self.drop_names(body, false);
        let marks = self.marks(body, Sign::Then);
        let dates = self.dates;
        let found = marks
            .iter()
            .rev()
            .find_map(|at| self.date(*at, |text| dates.ahead(text)));
        if let Some(found) = found {
            self.take_date(&found, PartKind::Due);
            self.made.due = Some(found.moment);
        } else if !marks.is_empty() {
            self.no_date(&marks, Note::ThenKept);
        }
        if !self.marks(body, Sign::Since).is_empty() {
            self.note(Note::SinceKept);
        }
    }

    /// An entry; or, where no kind was said and nothing but a thing to do is there, a task.
    fn contact(&mut self, body: usize, is_kind_said: bool) {
        self.drop_names(body, true);
        let dates = self.dates;
        let since = self.marks(body, Sign::Since);
        let found = since
            .iter()
            .rev()
            .find_map(|at| self.date(*at, |text| dates.back(text)));
        if let Some(found) = &found {
            self.take_date(found, PartKind::Happened);
            self.made.happened = Some(found.moment);
        } else if !since.is_empty() {
            self.no_date(&since, Note::SinceKept);
        }
        let thens = self.marks(body, Sign::Then);
        let next = thens
            .iter()
            .find_map(|at| self.date(*at, |text| dates.ahead(text)));
        let then = match (&next, thens.last()) {
            (Some(found), _) => Some(found.mark),
            (None, Some(last)) if self.may_be_someday(*last) => Some(*last),
            _ => None,
        };
        match (&next, then) {
            (Some(found), _) => self.take_date(found, PartKind::Due),
            (None, Some(at)) => {
                self.no_date(&[at], Note::Someday);
                self.take(at, PartKind::Mark);
            }
            (None, None) if !thens.is_empty() => self.no_date(&thens, Note::ThenKept),
            (None, None) => {}
        }
        if let Some(at) = then
            && !is_kind_said
            && self.is_task(body, at, next.is_some())
        {
            self.made.what = What::Task;
            self.made.due = next.map(|found| found.moment);
            return;
        }
        self.spread(body, then);
        if let What::Contact(kind) = self.made.what
            && kind.is_exchange()
            && self.made.minutes.is_none()
        {
            self.minutes_at_the_end();
        }
        if then.is_some() {
            self.made.follow_up = Some(super::FollowUp {
                due: next.as_ref().map(|found| found.moment),
                typed: next.map(|found| found.typed),
                what: String::new(),
            });
        }
    }

    /// Whether what stands behind a `>` without a date is something to do: words on its line that are no number.
    /// `5 > 3` is a comparison.
    fn may_be_someday(&self, mark: usize) -> bool {
        let next = (mark + 1..self.pieces.len()).find(|at| {
            let piece = &self.pieces[*at];
            !piece.word.is_extra() && piece.what == PartKind::Words
        });
        let Some(next) = next else { return false };
        let is_number =
            |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-' | '\u{a3}');
        self.sign(next) == Some(Sign::Plain)
            && !self.text(next).chars().all(is_number)
            && !(mark..next).any(|at| self.is_on_next_line(at, at + 1))
    }

    /// No kind, nothing that happened, nothing about one child alone, and words on one side of the mark only.
    fn is_task(&self, body: usize, mark: usize, is_dated: bool) -> bool {
        let is_told = |piece: &Piece| matches!(piece.word.sign, Sign::Name { .. });
        let is_words = |piece: &Piece| piece.what == PartKind::Words;
        let (before, after) = self.pieces.split_at(mark);
        self.made.happened.is_none()
            && !self.pieces.iter().skip(body).any(is_told)
            && (!before.iter().any(is_words) || is_dated && !after.iter().any(is_words))
    }

    /// Gives every word of the body to all, to one child, or to what is next.
    fn spread(&mut self, body: usize, then: Option<usize>) {
        let (mut now, mut stretch) = (PartKind::Words, 0);
        for at in body..self.pieces.len() {
            if let Some(Sign::Name { colon: true }) = self.sign(at) {
                now = PartKind::WordsOf(self.name(at));
                stretch += 1;
            } else if Some(at) == then {
                now = PartKind::Next;
                stretch += 1;
            } else if self.pieces[at].what == PartKind::Words {
                self.pieces[at].what = now;
            }
            self.pieces[at].stretch = stretch;
        }
    }

    /// `25m` where the words about all end.
    fn minutes_at_the_end(&mut self) {
        let last = self
            .pieces
            .iter()
            .rposition(|piece| piece.what == PartKind::Words);
        let Some(last) = last.filter(|at| self.sign(*at) == Some(Sign::Plain)) else {
            return;
        };
        if let Some(minutes) = kind::minutes(self.text(last)) {
            self.made.minutes = Some(minutes);
            self.take(last, PartKind::Minutes);
        }
    }

    /// Says so where a date was meant and a space is missing: `>fri`.
    fn tell_glued(&mut self, body: usize) {
        let dates = self.dates;
        let is_glued = (body..self.pieces.len()).any(|at| {
            let text = self.text(at);
            let is_words = !matches!(self.pieces[at].what, PartKind::Who | PartKind::Tag);
            let date = |rest: &&str| (1..=DATE_BYTES).contains(&rest.len()) && is_words;
            let ahead = text.strip_prefix('>').filter(date);
            let back = text.strip_prefix('<').filter(date);
            ahead.is_some_and(|text| dates.ahead(text).is_some())
                || back.is_some_and(|text| dates.back(text).is_some())
        });
        if is_glued {
            self.note(Note::Glued);
        }
    }
}

/// What may part a date from the words behind it.
const PARTING: [char; 3] = [':', ',', ';'];
