//! Invented diaries and queues against the rules of their own forms, and against what a term is like.

use super::*;
use crate::demo::{self, USUAL_PUPILS};
use crate::domain::contact::ContactKind;
use crate::domain::form::{self, Context};
use crate::domain::text::{clean, clean_lines};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

mod people;

/// A school day, a Sunday, a day in August, the first of September, a leap day and the last of December.
const DAYS: [&str; 6] = [
    "2026-11-23",
    "2026-11-22",
    "2026-08-12",
    "2026-09-01",
    "2028-02-29",
    "2027-12-31",
];

fn options(pupils: usize, seed: u64, today: &str) -> Options {
    Options {
        seed,
        today: today.parse().unwrap(),
        pupils,
        index: 0,
    }
}

/// What is in a book, all of it.
#[derive(Debug, PartialEq)]
struct Whole {
    calendar: Vec<(Kind, Values)>,
    people: Vec<Person>,
    tasks: Vec<Task>,
    provision: Vec<Provided>,
    diary: Vec<Entry>,
}

/// A book over pupils numbered from 101, and those pupils.
fn written(options: &Options, entries: Option<usize>) -> (Vec<Incoming>, Whole) {
    let pupils = demo::school(options).pupils;
    let ids: Vec<PupilId> = (101..).map(PupilId).take(pupils.len()).collect();
    let book = book(options, &pupils, &ids, entries);
    let whole = Whole {
        calendar: book.calendar.clone(),
        people: book.people.clone(),
        tasks: book.tasks.clone(),
        provision: book.provision.clone(),
        diary: book.diary().collect(),
    };
    (pupils, whole)
}

fn usual(today: &str) -> Whole {
    written(&options(USUAL_PUPILS, 1, today), None).1
}

fn words<'a>(values: &'a Values, field: &str) -> Option<&'a str> {
    match values.get(field) {
        Some(Some(Value::Text(words))) => Some(words),
        _ => None,
    }
}

fn moment(values: &Values, field: &str) -> Option<Moment> {
    match values.get(field) {
        Some(Some(Value::Moment(moment))) => Some(*moment),
        _ => None,
    }
}

fn about(values: &Values) -> Vec<PupilId> {
    match values.get("pupils") {
        Some(Some(Value::Pupils(pupils))) => pupils.clone(),
        _ => Vec::new(),
    }
}

/// Every form of a book as it would be entered: numbers of people and entries count from 1.
fn forms(whole: &Whole) -> Vec<(Kind, Values)> {
    let mut forms = whole.calendar.clone();
    let entered: Vec<PersonId> = (1..).map(PersonId).take(whole.people.len()).collect();
    for person in &whole.people {
        forms.push((Kind::Person, person.values(&entered)));
    }
    for (number, entry) in (1..).zip(&whole.diary) {
        forms.push((Kind::Contact, entry.values.clone()));
        forms.extend(entry.later(ContactId(number)));
    }
    forms.extend(
        whole
            .tasks
            .iter()
            .map(|task| (Kind::Task, task.values.clone())),
    );
    forms
}

#[test]
fn the_same_seed_and_day_give_the_same_book_and_another_of_either_another() {
    let one = written(&options(100, 7, DAYS[0]), Some(500));
    assert_eq!(one, written(&options(100, 7, DAYS[0]), Some(500)));
    assert_ne!(
        one.1.diary,
        written(&options(100, 8, DAYS[0]), Some(500)).1.diary
    );
    assert_ne!(
        one.1.diary,
        written(&options(100, 7, DAYS[1]), Some(500)).1.diary
    );
}

#[test]
fn every_form_passes_its_own_validation_and_reads_back_as_it_is() {
    for today in DAYS {
        let whole = written(&options(USUAL_PUPILS, 3, today), Some(600)).1;
        let context = Context {
            calendar: Arc::new(calendar(today.parse().unwrap(), today.parse().unwrap()).1),
            ..Context::on(today.parse().unwrap())
        };
        for (kind, values) in forms(&whole) {
            let texts: BTreeMap<&'static str, String> = values
                .iter()
                .filter_map(|(field, value)| match (*field, value.as_ref()?) {
                    ("hours", Value::Whole(minutes)) => Some(("hours", format!("{minutes}m"))),
                    (field, value) => Some((field, value.to_text())),
                })
                .map(|(field, text)| match (field, kind) {
                    ("pupil", _) => (field, format!("p{text}")),
                    ("contact", _) => (field, format!("c{text}")),
                    _ => (field, text),
                })
                .collect();
            let read = form::read(kind, &texts, true, &context);
            assert_eq!(read, Ok(values), "{kind:?} {texts:?}");
        }
    }
}

#[test]
fn every_word_is_clean_and_nothing_is_left_unfilled() {
    for seed in 0..10 {
        let whole = written(&options(USUAL_PUPILS, seed, DAYS[0]), Some(2_000)).1;
        let said = whole.diary.iter().flat_map(|entry| &entry.words_of);
        let mut texts: Vec<String> = said.map(|(_, words)| words.clone()).collect();
        for (_, values) in forms(&whole) {
            texts.extend(values.into_values().flatten().map(|value| value.to_text()));
        }
        for text in texts {
            assert_eq!(clean_lines(&text), text);
            assert_eq!(clean(&text), text);
            assert!(!text.contains(['{', '}']), "{text}");
            assert!(!text.is_empty());
        }
    }
}

#[test]
fn sentences_vary() {
    let whole = usual(DAYS[0]);
    let texts: Vec<&str> = whole
        .diary
        .iter()
        .filter_map(|entry| words(&entry.values, "text"))
        .collect();
    let sentences: HashSet<&str> = texts
        .iter()
        .flat_map(|text| text.split_inclusive(['.', ';']))
        .map(str::trim)
        .collect();
    assert!(sentences.len() >= 60, "{}", sentences.len());
    let different: HashSet<_> = texts.iter().collect();
    assert!(
        different.len() * 10 > texts.len() * 7,
        "{} of {}",
        different.len(),
        texts.len()
    );
}

#[test]
fn a_child_with_sen_has_three_to_five_entries_of_its_own_a_term_and_others_hardly_any() {
    let (pupils, whole) = written(&options(1_000, 2, DAYS[0]), None);
    let mut counts: HashMap<PupilId, usize> = HashMap::new();
    for entry in whole
        .diary
        .iter()
        .filter(|entry| about(&entry.values).len() == 1)
    {
        *counts.entry(about(&entry.values)[0]).or_default() += 1;
    }
    let mut others = 0;
    for (pupil, id) in pupils.iter().zip((101..).map(PupilId)) {
        let count = counts.get(&id).copied().unwrap_or_default();
        let code = pupil.status.as_ref().map(|status| status.code.as_str());
        match code {
            Some("K" | "E") => assert!((3..=5).contains(&count), "{count}"),
            _ => others += count,
        }
    }
    assert!((20..80).contains(&others), "{others}");
}

#[test]
fn kinds_outcomes_reviews_and_corrections_have_their_shares() {
    let whole = written(&options(2_000, 1, DAYS[0]), None).1;
    let share = |wanted: &dyn Fn(&Entry) -> bool| {
        let count = whole.diary.iter().filter(|entry| wanted(entry)).count();
        100.0 * f64::from(count as u32) / f64::from(whole.diary.len() as u32)
    };
    let is = |word: &'static str| move |entry: &Entry| words(&entry.values, "kind") == Some(word);
    for (kind, least, most) in [
        ("phone", 12.0, 30.0),
        ("in-person", 9.0, 25.0),
        ("email", 8.0, 22.0),
        ("meeting", 15.0, 30.0),
        ("visit", 5.0, 15.0),
        ("letter", 1.5, 8.0),
        ("text", 3.0, 12.0),
        ("note", 5.0, 20.0),
        ("safeguarding", 1.0, 6.0),
    ] {
        let share = share(&is(kind));
        assert!((least..most).contains(&share), "{kind}: {share}");
    }
    let given = |field: &'static str| move |entry: &Entry| entry.values.contains_key(field);
    for (field, least, most) in [
        ("minutes", 25.0, 60.0),
        ("review", 12.0, 25.0),
        ("tags", 8.0, 25.0),
        ("visibility", 1.0, 8.0),
        ("follow_up", 20.0, 60.0),
    ] {
        let share = share(&given(field));
        assert!((least..most).contains(&share), "{field}: {share}");
    }
    let later = |kind| move |entry: &Entry| entry.later.is_some_and(|(of, _)| of == kind);
    assert!((2.0..5.0).contains(&share(&later(Kind::Strike))));
    assert!((5.0..10.0).contains(&share(&later(Kind::Amendment))));
    assert!((2.0..9.0).contains(&share(&|entry| about(&entry.values).len() > 1)));
    assert!(share(&|entry| !entry.words_of.is_empty()) > 2.0);
}

#[test]
fn all_nine_kinds_and_both_corrections_are_in_a_small_school_whatever_the_seed() {
    for seed in 0..30 {
        for pupils in [59, USUAL_PUPILS] {
            let whole = written(&options(pupils, seed, DAYS[0]), None).1;
            for kind in ContactKind::ALL {
                let there = whole
                    .diary
                    .iter()
                    .any(|entry| words(&entry.values, "kind") == Some(kind.word()));
                assert!(there, "{kind:?} of {pupils} at {seed}");
            }
            for kind in [Kind::Strike, Kind::Amendment] {
                let there = whole
                    .diary
                    .iter()
                    .any(|entry| entry.later.is_some_and(|(of, _)| of == kind));
                assert!(there, "{kind:?} of {pupils} at {seed}");
            }
            assert!(
                whole.diary.iter().any(|entry| !entry.words_of.is_empty()),
                "{seed}"
            );
        }
    }
}

#[test]
fn entries_lie_on_school_days_before_today_and_come_oldest_first() {
    for today in DAYS {
        let whole = usual(today);
        let today: NaiveDate = today.parse().unwrap();
        let days: Vec<Moment> = whole
            .diary
            .iter()
            .map(|entry| moment(&entry.values, "at").unwrap())
            .collect();
        assert!(days.is_sorted());
        let first = NaiveDate::from_ymd_opt(AcademicYear::of(today).0, 9, 1)
            .unwrap()
            .min(back(today, REACH));
        let known = calendar(today, first).1;
        for (at, entry) in days.iter().zip(&whole.diary) {
            assert!(first <= at.day && at.day < today, "{at} on {today}");
            assert!(known.is_school_day(at.day), "{at}");
            if let Some(done) = entry.followed_up {
                assert!(at.day <= done && done < today);
            }
        }
    }
}

#[test]
fn a_diary_of_many_entries_goes_back_as_far_as_the_children_have_been_there() {
    let (pupils, whole) = written(&options(300, 1, DAYS[0]), Some(10_000));
    assert_eq!(whole.diary.len(), 10_000);
    let days: Vec<NaiveDate> = whole
        .diary
        .iter()
        .map(|entry| moment(&entry.values, "at").unwrap().day)
        .collect();
    assert!(days.is_sorted());
    assert!(
        (2020..2021).contains(&AcademicYear::of(days[0]).0),
        "{}",
        days[0]
    );
    for (day, entry) in days.iter().zip(&whole.diary) {
        for id in about(&entry.values) {
            let pupil = &pupils[(id.0 - 101) as usize];
            let age = crate::domain::date::age_on(pupil.dob.unwrap(), *day).unwrap();
            assert!(age >= 3, "{age} on {day}");
        }
    }
    let newest = written(&options(300, 1, DAYS[0]), None).1.diary;
    assert_eq!(whole.diary[10_000 - newest.len()..], newest[..]);
    assert_eq!(
        written(&options(300, 1, DAYS[0]), Some(7)).1.diary,
        newest[newest.len() - 7..]
    );
}

#[test]
fn no_pupils_have_no_diary_and_one_pupil_has_what_is_asked_for() {
    for (pupils, entries, want) in [
        (0, Some(50), 0),
        (0, None, 0),
        (1, Some(50), 50),
        (9, Some(0), 0),
    ] {
        let whole = written(&options(pupils, 1, DAYS[0]), entries).1;
        assert_eq!(whole.diary.len(), want, "{pupils}");
    }
}

#[test]
fn the_queue_has_every_group_on_any_day() {
    for today in DAYS {
        for seed in 0..5 {
            let whole = written(&options(USUAL_PUPILS, seed, today), None).1;
            let today: NaiveDate = today.parse().unwrap();
            let open: Vec<(&Task, Option<Moment>)> = whole
                .tasks
                .iter()
                .filter(|task| task.done_on.is_none())
                .map(|task| {
                    (
                        task,
                        task.moved.last().copied().or(moment(&task.values, "due")),
                    )
                })
                .collect();
            let count = |wanted: &dyn Fn(&Task, Option<i64>) -> bool| {
                let days = |due: Option<Moment>| due.map(|due| (due.day - today).num_days());
                open.iter()
                    .filter(|(task, due)| wanted(task, days(*due)))
                    .count()
            };
            assert!(
                count(&|_, due| due.is_some_and(|days| days <= -6)) >= 1,
                "{today}"
            );
            assert!(
                count(&|_, due| due.is_some_and(|days| days < 0)) >= 3,
                "{today}"
            );
            assert!(count(&|_, due| due == Some(0)) >= 5, "{today}");
            assert!(
                count(&|_, due| due.is_some_and(|days| (1..=7).contains(&days))) >= 4,
                "{today}"
            );
            assert!(
                count(&|_, due| due.is_some_and(|days| days > 7)) >= 4,
                "{today}"
            );
            assert!(count(&|_, due| due.is_none()) >= 3, "{today}");
            assert!(
                count(&|task, _| task.values.contains_key("waiting_for")) >= 3,
                "{today}"
            );
            assert!(
                count(&|task, _| task.values.contains_key("urgent")) >= 2,
                "{today}"
            );
            assert!(count(&|task, _| task.moved.len() == 3) >= 1, "{today}");
            let timed =
                |task: &Task| moment(&task.values, "due").is_some_and(|due| due.time.is_some());
            assert!(
                count(&|task, due| due == Some(0) && timed(task)) >= 2,
                "{today}"
            );
            assert!(whole.tasks.iter().any(|task| task.done_on.is_some()));
        }
    }
}

#[test]
fn a_task_put_off_three_times_was_moved_to_a_later_day_each_time_and_one_is_a_leavers() {
    let (pupils, whole) = written(&options(USUAL_PUPILS, 1, DAYS[0]), None);
    for task in whole.tasks.iter().filter(|task| !task.moved.is_empty()) {
        let mut days = vec![moment(&task.values, "due").unwrap().day];
        days.extend(task.moved.iter().map(|moment| moment.day));
        assert!(days.windows(2).all(|pair| pair[0] < pair[1]), "{days:?}");
    }
    let left = pupils
        .iter()
        .position(|pupil| pupil.left_on.is_some())
        .unwrap() as i64
        + 101;
    let is_leavers = |task: &Task| task.values.get("pupil") == Some(&Some(Value::Whole(left)));
    assert_eq!(
        whole.tasks.iter().filter(|task| is_leavers(task)).count(),
        1
    );
}

#[test]
fn a_hundred_thousand_pupils_have_their_book_too() {
    let options = options(demo::MOST_PUPILS, 1, DAYS[0]);
    let pupils = demo::school(&options).pupils;
    let ids: Vec<PupilId> = (1..).map(PupilId).take(pupils.len()).collect();
    let book = book(&options, &pupils, &ids, Some(MOST_ENTRIES));
    assert_eq!(book.entries(), MOST_ENTRIES);
    assert!(book.people.len() > 20_000);
    assert!(book.tasks.len() < 2_000, "{}", book.tasks.len());
    assert_eq!(book.diary().take(5_000).count(), 5_000);
}

#[test]
fn hours_are_typed_for_weeks_of_this_school_year_that_are_over_each_once() {
    for today in DAYS {
        let whole = usual(today);
        let today: NaiveDate = today.parse().unwrap();
        let weeks: Vec<NaiveDate> = whole
            .calendar
            .iter()
            .filter(|(kind, _)| *kind == Kind::Hours)
            .filter_map(|(_, values)| match values.get("week") {
                Some(Some(Value::Date(week))) => Some(*week),
                _ => None,
            })
            .collect();
        let once: HashSet<&NaiveDate> = weeks.iter().collect();
        assert_eq!(once.len(), weeks.len(), "{today}");
        let over = |week: &NaiveDate| week.checked_add_days(Days::new(6)) < Some(today);
        assert!(weeks.iter().all(over), "{today}: {weeks:?}");
    }
    let autumn = usual(DAYS[0]).calendar;
    let typed = autumn.iter().filter(|(kind, _)| *kind == Kind::Hours);
    assert!((7..=12).contains(&typed.count()));
}
