//! What holds for every line: its parts leave nothing out, and what is printed reads as the same.

use super::*;
use crate::domain::text::fold;
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

/// The line without what depends on how it was written.
fn settled(line: &AddLine) -> AddLine {
    AddLine {
        parts: Vec::new(),
        notes: Vec::new(),
        ..line.clone()
    }
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Nothing of the line is in no part, and nothing but marks in no field.
fn keeps_everything(line: &str) {
    let read = read(line);
    let names: HashSet<String> = read.who.iter().map(|who| fold(who)).collect();
    let tags: HashSet<String> = read.tags.iter().map(|tag| fold(tag)).collect();
    let mut end = 0;
    let mut texts = BTreeMap::<String, String>::new();
    for part in &read.parts {
        assert_eq!(part.span.start, end, "{line:?}");
        assert!(part.span.end > end);
        end = part.span.end;
        let text = &line[part.span.clone()];
        match part.what {
            PartKind::Mark => assert!(
                text.chars()
                    .all(|c| c.is_whitespace() || "@:><,;.".contains(c)),
                "{text:?} of {line:?}"
            ),
            PartKind::Who => assert!(names.contains(&fold(&mark::name(text))), "{line:?}"),
            PartKind::Tag => assert!(tags.contains(&fold(&text[1..])), "{line:?}"),
            PartKind::Nobody => assert!(read.nobody && text.starts_with("@-"), "{line:?}"),
            PartKind::Urgent => assert!(read.urgent && text == "!"),
            PartKind::School => assert_eq!(read.school.as_deref(), text.get(1..)),
            PartKind::Minutes => assert_eq!(read.minutes, kind::minutes(text)),
            PartKind::Kind => {
                assert_eq!(kind::read(text), Some((read.what, read.review)));
            }
            what => texts
                .entry(format!("{what:?}"))
                .or_default()
                .push_str(&bare(text)),
        }
    }
    assert_eq!(end, line.len(), "{line:?}");
    let mut want = BTreeMap::<String, String>::new();
    let mut add = |what: PartKind, text: &str| {
        want.insert(format!("{what:?}"), bare(text));
    };
    add(PartKind::Words, &read.words);
    add(PartKind::With, read.with.as_deref().unwrap_or_default());
    for (who, words) in &read.words_of {
        add(PartKind::WordsOf(*who), words);
    }
    let next = read.follow_up.as_ref();
    add(PartKind::Next, next.map_or("", |next| &next.what));
    let typed = next.and_then(|next| next.typed.as_deref());
    add(PartKind::Due, typed.unwrap_or_default());
    want.retain(|_, text| !text.is_empty());
    // A task's own day and the day it happened are kept as days.
    assert_eq!(texts.remove("Happened").is_some(), read.happened.is_some());
    if read.what == What::Task {
        assert_eq!(texts.remove("Due").is_some(), read.due.is_some());
    }
    assert_eq!(texts, want, "{line:?}");
}

fn reads_back(line: &str) {
    let first = read(line);
    let printed = print(&first);
    assert_eq!(
        settled(&read(&printed)),
        settled(&first),
        "{line:?} printed as {printed:?}"
    );
}

/// Words that mean something, and some that nearly do.
const WORDS: &[&str] = &[
    "@ao",
    "@zz",
    "@zz:",
    "@AO:",
    "@mm:upset",
    "@\"mary jane\"",
    "@\"mary",
    "@\"x y\":",
    "jane\"",
    "\"",
    "@",
    "@:",
    "@\"\"",
    "@,",
    "@ao,",
    "@-",
    "@-policy",
    "@-:",
    "@-x",
    "call",
    "call:",
    "note:",
    "note:@zz:",
    "task",
    "task:",
    "rev",
    "visit",
    "em",
    "mum",
    "mum:",
    "mum,",
    "mum:well",
    "both",
    "parents",
    "and",
    "EP:",
    "Mrs.",
    "Jo:",
    "Jo",
    "::",
    ":",
    ">",
    ">",
    "<",
    "<",
    ">fri",
    "fri",
    "fri:",
    "fri,",
    "12",
    "mar",
    "9",
    "2027",
    "y",
    "1530",
    "0840",
    "1w",
    "next",
    "thu",
    "at",
    "31/11",
    "2026-11-27T09:15",
    "25m",
    "25m:",
    "1h30",
    "1h",
    "+slcn",
    "+slcn,",
    "+x:",
    "+44",
    "+",
    "!",
    "!!",
    "^OAK",
    "^STB",
    "^STB:",
    "^",
    "\\",
    "worried",
    "not",
    "a.b",
    "x@y.org",
    "\u{202e}",
    "\u{645}\u{631}",
    "\u{1f98a}",
    "e\u{301}",
    "\u{201c}",
    "\u{201d}",
    "@\u{201c}b",
    "safeguarding",
    "talk",
    "^OAKnote",
    "note:^OAK",
    "call:!",
    "mum:^OAK",
    "mum:+t",
];

fn rich_line() -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS);
    let space = prop::sample::select(vec![
        " ", " ", " ", " ", " ", "  ", "\n", "\t", "\u{a0}", "",
    ]);
    prop::collection::vec((word, space), 0..24).prop_map(|words| {
        words
            .into_iter()
            .flat_map(|(word, space)| [word, space])
            .collect()
    })
}

/// Words that hold no mark.
fn plain() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-z]{3,7}[.,:]?|@mm|\\(x\\)|9|\u{645}\u{631}", 1..6)
        .prop_map(|words| words.join(" "))
}

fn what() -> impl Strategy<Value = (What, bool)> {
    let kinds = prop::sample::select(ContactKind::ALL.to_vec());
    prop_oneof![
        1 => Just((What::Task, false)),
        1 => Just((What::Contact(ContactKind::Meeting), true)),
        6 => kinds.prop_map(|kind| (What::Contact(kind), false)),
    ]
}

fn follow_up() -> impl Strategy<Value = FollowUp> {
    let dates = prop::sample::select(vec!["1w", "fri", "fri 9", "12", "next thu"]);
    let someday = "ring [a-z]{3,9}";
    prop_oneof![
        (dates, prop_oneof![Just(String::new()), plain()]).prop_map(|(date, what)| FollowUp {
            due: Fixed.ahead(date),
            typed: Some(date.to_owned()),
            what,
        }),
        someday.prop_map(|what| FollowUp {
            due: None,
            typed: None,
            what
        }),
    ]
}

prop_compose! {
    fn any_line()(
        (what, review) in what(),
        who in prop::collection::btree_set("[a-z]{2,4}[0-9]?|[a-z]{2,5} [a-z]{2,5}|o'[a-z]{2,4}|\u{1f98a}", 0..4),
        with in prop::option::of("mum|EP|Mrs\\. Patel|[a-z]{3,6} [a-z]{3,6}|both parents"),
        words in prop_oneof![1 => Just(String::new()), 6 => plain()],
        alone in prop::collection::vec(plain(), 0..4),
        minutes in prop::option::of(1_i64..=1440),
        follow_up in prop::option::of(follow_up()),
        due in prop::option::of(0_u64..4000),
        happened in prop::option::of((0_u64..4000, prop::option::of(0_u32..1440))),
        tags in prop::collection::btree_set("[a-z]{1,8}", 0..3),
        urgent in any::<bool>(),
        school in prop::option::of("[A-Z]{2,4}"),
        nobody in prop::option::of(prop::option::of(prop::sample::select(Topic::ALL.to_vec()))),
    ) -> AddLine {
        let day = |days| at("2026-11-23").day + chrono::Days::new(days);
        let moment = |(days, minute): (u64, Option<u32>)| Moment {
            day: day(days),
            time: minute.and_then(|minute| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)),
        };
        let is_task = what == What::Task;
        let may_with = !is_task && what != What::Contact(ContactKind::Note);
        let who: Vec<String> = who.into_iter().collect();
        let alone = alone.into_iter().take(who.len()).enumerate();
        AddLine {
            what,
            review,
            with: with.filter(|_| may_with),
            words,
            words_of: alone.filter(|_| !is_task).collect(),
            minutes: minutes.filter(|_| !is_task),
            follow_up: follow_up.filter(|_| !is_task),
            due: due.filter(|_| is_task).map(|days| Moment { day: day(days), time: None }),
            happened: happened.filter(|_| !is_task).map(moment),
            tags: tags.into_iter().collect(),
            urgent,
            school,
            parts: Vec::new(),
            notes: Vec::new(),
            who,
            nobody: nobody.is_some(),
            topic: nobody.flatten(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_loses_a_character(line in prop_oneof![3 => rich_line(), 1 => any::<String>(), 1 => "[ -~\n]{0,60}"]) {
        keeps_everything(&line);
    }

    #[test]
    fn a_line_that_was_read_is_printed_and_reads_the_same(
        line in prop_oneof![6 => rich_line(), 1 => any::<String>(), 1 => "[ -~\n]{0,60}"],
    ) {
        reads_back(&line);
    }

    #[test]
    fn a_line_that_was_made_is_printed_and_reads_the_same(line in any_line()) {
        let printed = print(&line);
        prop_assert_eq!(settled(&read(&printed)), line, "{}", printed);
    }
}

#[test]
fn two_hundred_kilobytes_are_read_and_kept() {
    for unit in [
        "word ",
        "> ",
        "< ",
        "> a ",
        "< y ",
        "> fri ",
        "@a ",
        "@\"a ",
        "@\u{201c}a ",
        "+t ",
        "! ",
        "^OAK ",
        "a: ",
        "mum and ",
        "\n",
        "x",
        "25m ",
        "@zz: a ",
        "@ao: @zz ",
        "call: ",
        "> +t ",
        "\u{1f98a}",
    ] {
        let line = format!("@ao call mum {}", unit.repeat(200_000 / unit.len()));
        keeps_everything(&line);
    }
    let mut many = String::new();
    for n in 0..20_000 {
        write!(many, "@n{n} ").unwrap();
    }
    for n in 0..10_000 {
        write!(many, "@n{n}: +t{n} sad ").unwrap();
    }
    keeps_everything(&many);
    reads_back(&many);
}
