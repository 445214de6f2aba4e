//! Every rule of the add line in a table; what holds for any line is in `laws`.

mod laws;

use super::*;
use chrono::{NaiveDate, NaiveTime};

/// Monday 23 November 2026 and a few words for days.
struct Fixed;

fn at(text: &str) -> Moment {
    let (day, time) = text.split_once(' ').unwrap_or((text, ""));
    Moment {
        day: day.parse::<NaiveDate>().unwrap(),
        time: NaiveTime::parse_from_str(time, "%H%M").ok(),
    }
}

fn stored(text: &str) -> Option<Moment> {
    let (day, time) = text
        .split_once('T')
        .map_or((text, None), |(day, time)| (day, Some(time)));
    let time = match time {
        Some(time) => Some(NaiveTime::parse_from_str(time, "%H:%M").ok()?),
        None => None,
    };
    (day.len() == 10).then_some(())?;
    Some(Moment {
        day: crate::domain::date::from_iso(day)?,
        time,
    })
}

impl Dates for Fixed {
    fn ahead(&self, text: &str) -> Option<Moment> {
        Some(match text.to_lowercase().as_str() {
            "1w" => at("2026-11-30"),
            "fri" | "fri at" => at("2026-11-27"),
            "fri 9" | "fri at 9" => at("2026-11-27 0900"),
            "next thu" => at("2026-12-03"),
            "thu" => at("2026-11-26"),
            "23/11" => at("2026-11-23"),
            "12" | "12 mar" | "12 mar 2027" => at("2027-03-12"),
            "12/3 0915" => at("2027-03-12 0915"),
            other => return stored(other).or_else(|| stored(text)),
        })
    }

    fn back(&self, text: &str) -> Option<Moment> {
        Some(match text {
            "0840" => at("2026-11-23 0840"),
            "y" => at("2026-11-22"),
            "y 1530" => at("2026-11-22 1530"),
            "fri" => at("2026-11-20"),
            other => return stored(other),
        })
    }
}

fn read(line: &str) -> AddLine {
    parse(line, &Fixed)
}

/// Each line and how it is printed; ` #1` behind it stands for a note.
fn settles(lines: &[(&str, &str)]) {
    for (line, want) in lines {
        let line_read = read(line);
        let notes = match line_read.notes.len() {
            0 => String::new(),
            some => format!(" #{some}"),
        };
        assert_eq!(print(&line_read) + &notes, *want, "{line:?}");
    }
}

#[test]
fn a_call_with_a_follow_up_is_read() {
    let line = read("@ao call mum: worried about reading > 1w send Lexia data");
    assert_eq!(line.what, What::Contact(ContactKind::Phone));
    assert_eq!(line.who, ["ao"]);
    assert_eq!(line.with.as_deref(), Some("mum"));
    assert_eq!(line.words, "worried about reading");
    let next = line.follow_up.unwrap();
    assert_eq!(next.due, Some(at("2026-11-30")));
    assert_eq!(next.typed.as_deref(), Some("1w"));
    assert_eq!(next.what, "send Lexia data");
    assert_eq!((line.due, line.happened, line.urgent), (None, None, false));
    assert!(line.notes.is_empty());
}

#[test]
fn a_meeting_a_visit_a_task_and_a_note_are_read() {
    let line = read("@rali meet both parents: APDR 1, targets agreed 25m > 23/11 review");
    assert_eq!(line.what, What::Contact(ContactKind::Meeting));
    assert_eq!(line.with.as_deref(), Some("both parents"));
    assert_eq!(line.words, "APDR 1, targets agreed");
    assert_eq!(line.minutes, Some(25));
    assert_eq!(line.follow_up.unwrap().what, "review");

    let line = read("@noah visit salt: joint target set +slcn");
    assert_eq!(line.what, What::Contact(ContactKind::Visit));
    assert_eq!(line.with.as_deref(), Some("salt"));
    assert_eq!(line.tags, ["slcn"]);

    let line = read("order overlays > fri");
    assert_eq!(line.what, What::Task);
    assert_eq!(line.words, "order overlays");
    assert_eq!(line.due, Some(at("2026-11-27")));
    assert_eq!(line.follow_up, None);

    let line = read("@zz @mm note: both moved to Ms Pratt's group. @zz: upset about it");
    assert_eq!(line.what, What::Contact(ContactKind::Note));
    assert_eq!(line.who, ["zz", "mm"]);
    assert_eq!(line.words, "both moved to Ms Pratt's group.");
    assert_eq!(line.words_of, [(0, "upset about it".to_owned())]);
}

#[test]
fn kind_words_are_read_whole_or_by_a_start_that_fits_one() {
    use ContactKind as K;
    for (word, want) in [
        ("call", Some(K::Phone)),
        ("ca", Some(K::Phone)),
        ("Phone", Some(K::Phone)),
        ("ring", Some(K::Phone)),
        ("email", Some(K::Email)),
        ("e-mail", Some(K::Email)),
        ("em", Some(K::Email)),
        ("mail", Some(K::Email)),
        ("meeting", Some(K::Meeting)),
        ("mee", Some(K::Meeting)),
        ("vis", Some(K::Visit)),
        ("lett", Some(K::Letter)),
        ("sms", Some(K::Text)),
        ("tex", Some(K::Text)),
        ("talk", Some(K::InPerson)),
        ("in-person", Some(K::InPerson)),
        ("safeg", Some(K::Safeguarding)),
        ("note", Some(K::Note)),
        ("ta", None),
        ("te", None),
        ("c", None),
        ("no", None),
        ("not", None),
        ("re", None),
        ("ringing", None),
    ] {
        let line = read(&format!("@ao {word} x"));
        let is_read = line.words == "x";
        assert_eq!(is_read, want.is_some(), "{word}");
        if let Some(kind) = want {
            assert_eq!(line.what, What::Contact(kind), "{word}");
        }
    }
    let line = read("@ao rev both parents: all well");
    assert_eq!(
        (line.what, line.review),
        (What::Contact(K::Meeting), true),
        "a review is a meeting with parents"
    );
    assert_eq!(read("@ao tas find data").what, What::Task);
}

#[test]
fn without_a_kind_it_is_a_task_when_all_it_holds_is_something_to_do_and_else_a_note() {
    settles(&[
        ("", "note"),
        ("@ao not in today", "@ao note: not in today"),
        ("the call was short", "note: the call was short"),
        (
            "@ao cross today > 1w ring mum",
            "@ao note: cross today > 1w: ring mum",
        ),
        ("@ao > fri ring mum", "@ao task: ring mum > 2026-11-27"),
        ("> ring mum", "task: ring mum #1"),
        ("> fri", "task > 2026-11-27"),
        (
            "order overlays < y > fri",
            "note: order overlays > fri < 2026-11-22 #1",
        ),
    ]);
}

#[test]
fn names_come_first_and_with_a_colon_take_the_words_behind_them() {
    settles(&[
        ("call @ao mum: hello", "@ao call mum: hello"),
        ("@ao, @zz @AO note both", "@ao @zz note: both"),
        ("@\"mary jane\" call: x", "@\"mary jane\" call: x"),
        (
            "@\u{201c}mary  jane\u{201d}, call: x",
            "@\"mary jane\" call: x",
        ),
        ("@\"mary jane call: x", "@mary note: jane call: x"),
        (
            "@o'brien @zieli\u{144}ska @\u{1f98a} @\u{645}\u{631}\u{64a}\u{645} @p12 note: x",
            "@o'brien @zieli\u{144}ska @\u{1f98a} @\u{645}\u{631}\u{64a}\u{645} @p12 note: x",
        ),
        ("@ao email sam@x.org: sent", "@ao email sam@x.org: sent"),
        ("@ao: worried", "@ao note: worried"),
        ("@ao: call mum: worried", "@ao call mum: worried"),
        (
            "@zz: upset. @mm: fine",
            "@zz @mm note: @zz: upset. @mm: fine",
        ),
        ("@zz @mm: fine", "@zz @mm note: @mm: fine"),
        (
            "@zz note: x @zz:upset > fri ring",
            "@zz note: x > fri: ring @zz: upset",
        ),
        (
            "@zz @mm note: a @zz: b @mm: c @zz: d",
            "@zz @mm note: a @zz: b\nd @mm: c",
        ),
        (
            "@ao note: beside @mm today",
            "@ao note: beside @mm today #1",
        ),
        ("@ @, @: @\"\"", "note:\n@ @, @: @\"\""),
        ("task ask @zz: now", "task: ask @zz: now #1"),
    ]);
}

#[test]
fn with_whom_stands_before_the_first_colon_or_is_a_relationship() {
    settles(&[
        ("@ao call mum worried", "@ao call mum: worried"),
        ("@ao call mum, worried", "@ao call mum: worried"),
        ("@ao call mum:worried", "@ao call mum: worried"),
        ("@ao call:mum came", "@ao call: mum came"),
        (
            "@ao call mum and EP worried",
            "@ao call mum and EP: worried",
        ),
        (
            "@ao call speech and language therapist asked",
            "@ao call speech and language therapist: asked",
        ),
        ("@ao call Mrs. Patel: hi", "@ao call Mrs. Patel: hi"),
        ("@ao call mum. Outcome: fine", "@ao call mum: Outcome: fine"),
        ("@ao meet both boys", "@ao meet: both boys"),
        ("@ao call somebody today", "@ao call: somebody today"),
        ("@ao call at 9:15 she said", "@ao call: at 9:15 she said"),
        (
            "@ao call a b c d e f g: long",
            "@ao call: a b c d e f g: long",
        ),
        ("@ao call Jo\nthen: x", "@ao call: Jo\nthen: x"),
        ("@ao call Jo +x Jones: y", "@ao call: Jo Jones: y +x"),
        ("@ao call Jo +x: y", "@ao call Jo: y +x"),
        ("@ao call Jo < y: x", "@ao call: Jo x < 2026-11-22"),
        ("@ao note mum: x", "@ao note: mum: x"),
        ("@ao meet both ::x", "@ao meet: both ::x"),
        ("task mum: x > fri", "task: mum: x > 2026-11-27"),
        ("note : x", "note: x"),
    ]);
}

#[test]
fn the_first_date_behind_an_arrow_starts_the_follow_up() {
    settles(&[
        (
            "@ao call mum: a > next thu > b",
            "@ao call mum: a > next thu: > b",
        ),
        ("@ao call: a > fri 9 b", "@ao call: a > fri 9: b"),
        ("@ao call: a > fri: 9 b", "@ao call: a > fri: 9 b"),
        ("@ao call: a > fri, b", "@ao call: a > fri: b"),
        ("@ao call: a > fri\n9 b", "@ao call: a > fri: 9 b"),
        (
            "@ao call: a > fri at Bede school",
            "@ao call: a > fri: at Bede school",
        ),
        (
            "@ao call: a > 12 mar 2027 b",
            "@ao call: a > 12 mar 2027: b",
        ),
        ("@ao call: a > 12/3 0915 b", "@ao call: a > 12/3 0915: b"),
        ("@ao call: a > b > fri c", "@ao call: a > b > fri: c"),
        ("@ao call: a > b", "@ao call: a > b #1"),
        ("@ao call: a > 31/11 b", "@ao call: a > 31/11 b #1"),
        ("@ao call: 5 > 3.5 now", "@ao call: 5 > 3.5 now #1"),
        ("@ao call: a >", "@ao call: a > #1"),
        ("@ao call: a>b >fri", "@ao call: a>b >fri #1"),
        ("task a > fri b", "task: a b > 2026-11-27"),
        ("task a > 12 b > fri c", "task: a > 12 b c > 2026-11-27"),
        ("task a > soon", "task: a > soon #1"),
    ]);
}

#[test]
fn the_last_date_behind_the_other_arrow_is_when_it_happened() {
    settles(&[
        (
            "@ao call mum: x < y 1530",
            "@ao call mum: x < 2026-11-22T15:30",
        ),
        (
            "@ao call: x < 0840 y > fri z",
            "@ao call: x y > fri: z < 2026-11-23T08:40",
        ),
        ("@ao call: x < +t fri y", "@ao call: x y < 2026-11-20 +t"),
        ("@ao call: x < zoe", "@ao call: x < zoe #1"),
        ("@ao call: x < y z < fri", "@ao call: x < y z < 2026-11-20"),
        ("task a < y", "task: a < y #1"),
    ]);
}

#[test]
fn minutes_end_the_words_or_stand_before_the_colon() {
    settles(&[
        ("@ao call 25m mum: x", "@ao call mum: x 25m"),
        ("@ao call mum 25m: took 1h", "@ao call mum: took 1h 25m"),
        (
            "@ao call mum: x 1h30 < y",
            "@ao call mum: x 90m < 2026-11-22",
        ),
        (
            "@ao call mum: reads 10m a day",
            "@ao call mum: reads 10m a day",
        ),
        ("@ao swam 25m", "@ao note: swam 25m"),
        ("@ao note 40m: seen in maths", "@ao note 40m: seen in maths"),
        ("task swim 25m", "task: swim 25m"),
        ("@ao call: 99h", "@ao call: 99h"),
    ]);
}

#[test]
fn signs_may_stand_anywhere() {
    settles(&[
        ("a +SLCN b +slcn, c ! ^STB", "note: a b c +SLCN ! ^STB #1"),
        ("call: a > fri ring ! +x", "call: a > fri: ring +x !"),
        (
            "c + d +44 C++ !! ^toolong ^",
            "note: c + d +44 C++ !! ^toolong ^",
        ),
        ("^OAK task a ^STB", "note: ^OAK task a ^STB"),
        ("a\n\nb  c", "note: a\n\nb  c"),
    ]);
}

#[test]
fn a_day_that_is_meant_but_is_none_is_told_with_its_reason() {
    let today = at("2026-11-23").day;
    let context = crate::domain::form::Context::on(today);
    for (line, want) in [
        ("@ra call mum: hi > 31/11 ring back", "Mon 30 Nov 2026"),
        ("task report > 31/11", "Mon 30 Nov 2026"),
        (
            "@ra call mum: hi > eot send it",
            "Enter the term dates first",
        ),
        ("@ra call mum: hi < 30/2", "does not exist"),
    ] {
        let notes = parse(line, &context).notes;
        assert!(
            notes.iter().any(|note| note.contains(want)),
            "{line}: {notes:?}"
        );
    }
    let notes = parse("@ra call mum: hi > banana bread", &context).notes;
    assert_eq!(notes.len(), 1, "{notes:?}");
}

#[test]
fn what_could_not_be_read_is_said_in_a_sentence_without_names() {
    for (line, want) in [
        ("call: a > b", "kept for someday"),
        ("call: a > 5", "stays among the words"),
        ("call: a < b", "stays among the words"),
        ("call: a >fri", "a space on both sides"),
        ("call: a @zara", "put it first"),
        ("call: a !", "neither in this line"),
        ("call mum > fri", "Write \"task\" first"),
    ] {
        let notes = read(line).notes;
        assert_eq!(notes.len(), 1, "{line}");
        assert!(notes[0].contains(want), "{line}: {}", notes[0]);
        assert!(!notes[0].contains("zara"));
    }
}

#[test]
fn a_line_is_shown_in_chips_before_enter() {
    let now = at("2026-11-23 1402");
    let texts = |line: &str| -> Vec<String> {
        let chips = chips(&read(line), now, now.day);
        chips.iter().map(Chip::text).collect()
    };
    assert_eq!(
        texts("@ao call mum: worried about reading > 1w send Lexia data"),
        [
            "Phone call",
            "@ao",
            "mum",
            "today 14:02",
            "then Mon 30 Nov: send Lexia data"
        ]
    );
    assert_eq!(
        texts("@zz @mm rev both parents: ok 25m @zz: sad > 12/3 0915 print < y +apdr ! ^STB"),
        [
            "Review with parents",
            "@zz",
            "@mm",
            "@zz alone: sad",
            "both parents",
            "yesterday",
            "25 min",
            "then Fri 12 Mar 2027 09:15: print",
            "+apdr",
            "urgent",
            "STB"
        ]
    );
    assert_eq!(texts("order overlays > fri"), ["Task", "due Fri 27 Nov"]);
    assert_eq!(texts("task order overlays"), ["Task", "someday"]);
    let note = &texts("x > y")[2..];
    assert_eq!(note[0], "then someday: y");
    assert!(note[1].starts_with("No date"));
}

#[test]
fn parts_say_what_each_stretch_was_taken_for() {
    use PartKind as P;
    let line = "@ao call mum: hi  there 5m > fri go +t ^OAK";
    let parts: Vec<(&str, P)> = read(line)
        .parts
        .into_iter()
        .map(|part| (&line[part.span], part.what))
        .collect();
    assert_eq!(
        parts,
        [
            ("@ao", P::Who),
            (" ", P::Mark),
            ("call", P::Kind),
            (" ", P::Mark),
            ("mum", P::With),
            (": ", P::Mark),
            ("hi  there", P::Words),
            (" ", P::Mark),
            ("5m", P::Minutes),
            (" > ", P::Mark),
            ("fri", P::Due),
            (" ", P::Mark),
            ("go", P::Next),
            (" ", P::Mark),
            ("+t", P::Tag),
            (" ", P::Mark),
            ("^OAK", P::School),
        ]
    );
}
