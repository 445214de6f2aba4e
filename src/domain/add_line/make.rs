//! What a line makes, once it is known whom it means: records checked by the same forms as everything else.

use super::{AddLine, Dates, Part, PartKind, What};
use crate::domain::contact::{ContactKind, read_tags};
use crate::domain::date::{DateFault, Looking, When, read_when};
use crate::domain::form::{self, Context, FieldFault, Kind, Value, Values};
use crate::domain::id::PupilId;
use crate::domain::moment::Moment;
use std::collections::BTreeMap;

/// Records to be made as one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Their kind.
    pub kind: Kind,
    /// The values of each: one contact about all its children, or a task for each child.
    pub records: Vec<Values>,
    /// The children it is about, each once.
    pub pupils: Vec<PupilId>,
    /// Words about one child alone.
    pub words_of: Vec<(PupilId, String)>,
    /// The follow-up, or the task, is urgent.
    pub urgent: bool,
}

impl Dates for Context {
    fn ahead(&self, text: &str) -> Option<Moment> {
        self.read_in_line(text, Looking::Ahead)
    }

    fn back(&self, text: &str) -> Option<Moment> {
        self.read_in_line(text, Looking::Back)
            .filter(|moment| moment.day <= self.today)
    }

    fn trouble(&self, text: &str) -> Option<String> {
        if is_word(text) {
            return None;
        }
        let when = When {
            today: self.today,
            calendar: &self.calendar,
            looking: Looking::Ahead,
        };
        let fault = read_when(text, &when).err()?;
        matches!(
            fault,
            DateFault::NoSuchDay { .. }
                | DateFault::NoTerms { .. }
                | DateFault::NoSuchWeek { .. }
                | DateFault::Ambiguous { .. }
                | DateFault::TwoNumbers { .. }
        )
        .then(|| fault.to_string())
    }
}

/// True for "we", which begins Wednesday in a date box; in a line it is a word.
fn is_word(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("we")
}

/// A word about the day after `>`; it never stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineAdvice {
    /// `half-term; Mon 2 Nov?`
    pub text: String,
    /// The whole line with the better day in it, where there is one.
    pub instead: Option<String>,
}

/// What speaks against the day that stands after `>` in this line: no school then, or it is past.
pub fn advice(read: &AddLine, line: &str, context: &Context) -> Option<LineAdvice> {
    let is_due = |part: &Part| part.what == PartKind::Due;
    let first = read.parts.iter().position(is_due)?;
    let last = read.parts.iter().rposition(is_due)?;
    let all = read.parts.get(first..=last)?;
    let span = all.first()?.span.start..all.last()?.span.end;
    // A tag in the middle of a date is no part of it.
    let is_whole = |part: &Part| is_due(part) || line[part.span.clone()].trim().is_empty();
    let typed = line
        .get(span.clone())
        .filter(|_| all.iter().all(is_whole))?;
    let when = When {
        today: context.today,
        calendar: &context.calendar,
        looking: Looking::Ahead,
    };
    let found = read_when(typed, &when).ok()?.advice?;
    let instead = found
        .instead
        .map(|day| format!("{}{day}{}", &line[..span.start], &line[span.end..]));
    Some(LineAdvice {
        text: found.text,
        instead,
    })
}

impl Context {
    fn read_in_line(&self, text: &str, looking: Looking) -> Option<Moment> {
        if is_word(text) {
            return None;
        }
        let when = When {
            today: self.today,
            calendar: &self.calendar,
            looking,
        };
        read_when(text, &when).ok().map(|read| read.moment)
    }
}

/// The records a line makes. `who` are the children its `@`s mean, in their order; `about` the child it is about when
/// it names none: an entry without either is about nobody, which who asks settles before. `context` knows the people around them.
///
/// # Errors
/// What a form with the same in it would say.
pub fn entry(
    line: &AddLine,
    who: &[PupilId],
    about: Option<PupilId>,
    context: &Context,
) -> Result<Entry, Vec<FieldFault>> {
    if line.nobody && !who.is_empty() {
        return Err(vec![FieldFault {
            field: "pupils",
            label: "Pupils",
            text: "the line names a pupil and nobody (@-): leave one of them out.".to_owned(),
            instead: None,
        }]);
    }
    let about = about.filter(|_| !line.nobody);
    let mut pupils: Vec<PupilId> = Vec::new();
    for id in who.iter().copied().chain(about.filter(|_| who.is_empty())) {
        if !pupils.contains(&id) {
            pupils.push(id);
        }
    }
    let (kind, texts) = match line.what {
        What::Task => (Kind::Task, tasks(line, &pupils)),
        What::Contact(kind) => (Kind::Contact, vec![contact(line, kind, &pupils, context)]),
    };
    let mut records = texts
        .iter()
        .map(|texts| form::read(kind, texts, true, context))
        .collect::<Result<Vec<Values>, _>>()?;
    if is_about_each_alone(line) {
        // They counted as words; they stand beside each child, not in the entry.
        for values in &mut records {
            values.insert("text", None);
        }
    }
    let mut words_of: Vec<(PupilId, String)> = Vec::new();
    for (at, words) in &line.words_of {
        let Some(id) = who.get(*at) else { continue };
        match words_of.iter_mut().find(|(other, _)| other == id) {
            Some((_, said)) => {
                said.push('\n');
                said.push_str(words);
            }
            None => words_of.push((*id, words.clone())),
        }
    }
    Ok(Entry {
        kind,
        records,
        pupils,
        words_of,
        urgent: line.urgent,
    })
}

/// True when the line has words about single children only: they are words enough.
fn is_about_each_alone(line: &AddLine) -> bool {
    line.words.trim().is_empty()
        && !line.words_of.is_empty()
        && matches!(line.what, What::Contact(_))
}

type Texts = BTreeMap<&'static str, String>;

fn stored(moment: Option<Moment>) -> String {
    moment.map(Moment::typed).unwrap_or_default()
}

fn tasks(line: &AddLine, pupils: &[PupilId]) -> Vec<Texts> {
    let of = |pupil: String| {
        Texts::from([
            ("title", line.words.clone()),
            ("due", stored(line.due)),
            ("pupil", pupil),
        ])
    };
    if pupils.is_empty() {
        return vec![of(String::new())];
    }
    pupils.iter().map(|id| of(id.to_string())).collect()
}

fn contact(line: &AddLine, kind: ContactKind, pupils: &[PupilId], context: &Context) -> Texts {
    let nobody = pupils.is_empty();
    let about = line.topic.unwrap_or_default().word();
    let follow = line.follow_up.as_ref();
    let silent = line.words.trim().is_empty();
    let outcome = kind.default_outcome().filter(|_| silent);
    let words = match line.words_of.first() {
        Some((_, words)) if silent => words.clone(),
        _ => line.words.clone(),
    };
    Texts::from([
        ("pupils", Value::Pupils(pupils.to_vec()).to_text()),
        ("about", if nobody { about } else { "" }.to_owned()),
        ("kind", kind.word().to_owned()),
        ("with", line.with.clone().unwrap_or_default()),
        ("at", stored(Some(line.happened.unwrap_or(context.now())))),
        (
            "minutes",
            line.minutes
                .map(|minutes| minutes.to_string())
                .unwrap_or_default(),
        ),
        ("outcome", outcome.unwrap_or_default().to_owned()),
        ("text", words),
        ("follow_up", stored(follow.and_then(|follow| follow.due))),
        (
            "follow_up_text",
            follow.map(|follow| follow.what.clone()).unwrap_or_default(),
        ),
        ("review", if line.review { "yes" } else { "" }.to_owned()),
        ("tags", read_tags(&line.tags.join(" ")).join(" ")),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::add_line::parse;
    use chrono::NaiveDate;

    fn context() -> Context {
        Context::on(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap())
    }

    fn made(line: &str, who: &[i64]) -> Result<Entry, Vec<String>> {
        let who: Vec<PupilId> = who.iter().copied().map(PupilId).collect();
        let read = parse(line, &context());
        entry(&read, &who, None, &context())
            .map_err(|faults| faults.iter().map(ToString::to_string).collect())
    }

    fn text<'a>(values: &'a Values, field: &str) -> &'a str {
        match values.get(field) {
            Some(Some(Value::Text(text))) => text,
            _ => "",
        }
    }

    #[test]
    fn a_line_about_two_children_is_one_contact_and_a_task_for_each() {
        let entry = made("@zz @mm note: both moved", &[4, 9]).unwrap();
        assert_eq!((entry.kind, entry.records.len()), (Kind::Contact, 1));
        assert_eq!(
            entry.records[0].get("pupils"),
            Some(&Some(Value::Pupils(vec![PupilId(4), PupilId(9)])))
        );
        let entry = made("@zz @mm task: ring EP > fri", &[4, 9]).unwrap();
        assert_eq!((entry.kind, entry.records.len()), (Kind::Task, 2));
        assert_eq!(text(&entry.records[1], "title"), "ring EP");
    }

    #[test]
    fn two_names_for_one_child_are_that_child_once() {
        let entry = made("@zz @zoe note: seen. @zz: one @zoe: two", &[4, 4]).unwrap();
        assert_eq!(entry.pupils, [PupilId(4)]);
        assert_eq!(entry.words_of, [(PupilId(4), "one\ntwo".to_owned())]);
    }

    #[test]
    fn what_a_form_would_refuse_is_refused_in_a_line() {
        let fault = |line: &str| made(line, &[4]).unwrap_err().remove(0);
        assert!(fault("@zz safeguarding: he said").contains("no detail is kept here"));
        assert!(
            fault("@zz task:").contains("cannot be empty"),
            "{}",
            fault("@zz task:")
        );
        assert!(fault(&format!("task {}", "x".repeat(300))).contains("at most 200"));
        assert!(fault(&format!("@zz note: {}", "x".repeat(30_000))).contains("at most 20000"));
    }

    #[test]
    fn words_about_one_child_alone_are_words_enough_and_stay_beside_that_child() {
        let entry = made("@zz @mm: both moved", &[4, 9]).unwrap();
        assert_eq!(text(&entry.records[0], "text"), "");
        assert_eq!(entry.words_of, [(PupilId(9), "both moved".to_owned())]);
    }

    #[test]
    fn words_that_could_command_a_terminal_are_made_safe() {
        let entry = made("@zz note: a\u{1b}[2Jb\u{202e}c", &[4]).unwrap();
        assert_eq!(text(&entry.records[0], "text"), "a[2Jbc");
    }

    #[test]
    fn a_day_without_school_is_advised_against_with_the_better_day_in_the_line() {
        let told = |line: &str| advice(&parse(line, &context()), line, &context());
        let found = told("@zz call mum: hi > sat: ring +slcn").unwrap();
        assert!(found.text.ends_with("Mon 30 Nov?"), "{}", found.text);
        let better = found.instead.unwrap();
        assert_eq!(better, "@zz call mum: hi > 30/11/2026: ring +slcn");
        assert_eq!(told(&better), None, "taken once");
        assert_eq!(told("@zz call mum: hi > fri ring"), None);
        assert_eq!(told("@zz call mum: hi"), None);
        assert!(told("task ring > sat").unwrap().instead.is_some());
    }

    #[test]
    fn a_day_that_could_be_two_is_said_to_be() {
        let notes = |line: &str| parse(line, &context()).notes.join(" ");
        let told = notes("@zz call mum: hi > s ring");
        assert!(told.contains("\"s\" could be Sat or Sun"), "{told}");
        let told = notes("@zz call mum: hi > we ring");
        assert!(!told.contains("could be"), "{told}");
    }

    #[test]
    fn in_a_line_we_is_a_word_and_wed_is_a_day() {
        let entry = made("@zz call: rang > we ring back", &[4]).unwrap();
        assert_eq!(entry.records[0].get("follow_up"), Some(&None));
        assert_eq!(text(&entry.records[0], "follow_up_text"), "we ring back");
        let entry = made("@zz call: rang > wed ring back", &[4]).unwrap();
        assert!(matches!(entry.records[0].get("follow_up"), Some(Some(_))));
    }
}
