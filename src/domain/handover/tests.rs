//! Each open task once, in its section; what is kept back; what still runs.

use super::*;
use crate::domain::contact::Involved;
use crate::domain::id::{ContactId, PersonId, ProvisionId, ProvisionTypeId, PupilId, TaskId};
use crate::domain::moment::Moment;
use crate::domain::provision::Provision;
use crate::domain::task::Task;
use chrono::DateTime;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn follow_ups_are_looked_at_up_to_the_end_of_the_first_october_that_is_not_over() {
    for (today, want) in [
        (day(2027, 7, 20), day(2027, 10, 31)),
        (day(2026, 10, 31), day(2026, 10, 31)),
        (day(2026, 11, 1), day(2027, 10, 31)),
        (day(2027, 1, 4), day(2027, 10, 31)),
    ] {
        assert_eq!(last_day(today), want, "{today}");
    }
}

fn line(id: i64, due: Option<NaiveDate>) -> Line {
    Line {
        task: Task {
            id: TaskId(id),
            title: "Ring".to_owned(),
            due: due.map(Moment::on),
            pupil: None,
            source: None,
            urgent: false,
            carried: 0,
            waiting_for: None,
            done_on: None,
            entered_at: DateTime::default(),
            binned_at: None,
        },
        about: None,
        from: None,
    }
}

fn contact(kind: ContactKind, with: &str) -> Contact {
    Contact {
        id: ContactId(1),
        kind,
        at: Moment::on(day(2026, 11, 10)),
        minutes: None,
        with: Some(with.to_owned()),
        person: None,
        outcome: None,
        text: "Said".to_owned(),
        visibility: Visibility::Internal,
        review: false,
        tags: Vec::new(),
        pupils: vec![Involved {
            pupil: PupilId(1),
            surname: "Okafor".to_owned(),
            known_as: "Aisha".to_owned(),
            class: None,
            words: None,
        }],
        topic: None,
        follow_up: None,
        amendments: Vec::new(),
        entered_at: DateTime::default(),
        binned_at: None,
    }
}

#[test]
fn each_open_task_stands_once_and_a_safeguarding_one_not_at_all() {
    use ContactKind as K;
    let ngozi = Person {
        id: PersonId(1),
        shared: 1,
        pupil: PupilId(1),
        name: "Mrs Ngozi Okafor".to_owned(),
        relationship: Some("mother".to_owned()),
        phone: None,
        email: None,
        parental_responsibility: None,
        share: None,
    };
    let soon = Some(day(2027, 10, 31));
    let later = Some(day(2027, 11, 1));
    let entry = |id, due, source: Option<(K, &str)>| {
        let source = source.map(|(kind, with)| contact(kind, with));
        Entry::new(line(id, due), source, std::slice::from_ref(&ngozi))
    };
    let paper = Handover::of(
        vec![
            entry(1, None, None),
            entry(2, Some(day(2026, 11, 20)), None),
            entry(3, soon, Some((K::Phone, "EP"))),
            entry(4, later, Some((K::Phone, "EP"))),
            entry(5, None, Some((K::Email, "EP"))),
            entry(6, later, Some((K::Phone, "mum"))),
            entry(7, Some(day(2026, 11, 1)), Some((K::Meeting, "ngozi"))),
            // Nobody else took part in a note, whoever it names.
            entry(8, soon, Some((K::Note, "mum"))),
            entry(9, soon, Some((K::Safeguarding, "mum"))),
        ],
        Vec::new(),
        &Calendar::default(),
        day(2026, 11, 23),
    );
    let ids = |section| -> Vec<i64> {
        let entries = paper.section(section);
        entries.map(|entry| entry.line.task.id.0).collect()
    };
    assert_eq!(ids(Section::Open), [2, 4, 1, 5], "late first, someday last");
    assert_eq!(ids(Section::FollowUp), [3, 8]);
    assert_eq!(ids(Section::Promise), [7, 6]);
    assert_eq!(paper.safeguarding, 1);
    assert_eq!(paper.internal(), 6);
}

#[test]
fn provision_that_runs_stands_by_its_last_day_and_what_is_to_come_is_counted() {
    let run = |id, starts, ends| Run {
        provision: Provision {
            id: ProvisionId(id),
            of: ProvisionTypeId(1),
            name: "Talk group".to_owned(),
            run_name: None,
            area: None,
            tier: None,
            group_size: None,
            staff: None,
            staff_name: None,
            starts,
            ends: Some(ends),
            minutes: 20,
            sessions_week: 3,
            weeks: 12,
            materials_pence: 0,
            planned_rate: None,
        },
        members: Vec::new(),
        sessions: Vec::new(),
    };
    let today = day(2026, 11, 23);
    let paper = Handover::of(
        Vec::new(),
        vec![
            run(1, day(2026, 9, 7), day(2026, 12, 18)),
            run(2, day(2026, 9, 7), day(2026, 11, 22)),
            run(3, day(2026, 9, 7), today),
            run(4, day(2027, 1, 5), day(2027, 3, 1)),
        ],
        &Calendar::default(),
        today,
    );
    let running: Vec<i64> = paper
        .running
        .iter()
        .map(|one| one.run.provision.id.0)
        .collect();
    assert_eq!(running, [3, 1]);
    assert_eq!(paper.to_come, 1);
}
