//! What the diary and the queue of the invented school hold.

use crate::domain::calendar::{Calendar, Term};
use crate::domain::contact::{
    Amendment, Contact, ContactKind, Correction, FollowUp, Involved, Visibility,
};
use crate::domain::form::Context;
use crate::domain::id::{AmendmentId, ContactId, PersonId, PupilId, TaskId, TermId};
use crate::domain::moment::Moment;
use crate::domain::person::Person;
use crate::domain::task::{Line, Task};
use crate::ui::tests::school::{day, pupil, today};
use chrono::{DateTime, Days, NaiveTime, TimeZone, Utc};
use std::sync::Arc;

pub(in crate::ui::tests) fn context() -> Context {
    Context {
        time: NaiveTime::from_hms_opt(14, 2, 0),
        calendar: calendar(),
        people: people().into(),
        ..Context::on(today())
    }
}

pub(in crate::ui::tests) fn calendar() -> Arc<Calendar> {
    let term = |id, name: &str, from, to| Term {
        id: TermId(id),
        name: name.into(),
        starts: from,
        ends: to,
    };
    Arc::new(Calendar::new(
        vec![
            term(1, "Autumn 1", day(2026, 9, 2), day(2026, 10, 23)),
            term(2, "Autumn 2", day(2026, 11, 2), day(2026, 12, 18)),
            term(3, "Spring 1", day(2027, 1, 4), day(2027, 2, 12)),
        ],
        Vec::new(),
    ))
}

pub(in crate::ui::tests) fn entered(d: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, d, hour, 5, 0).unwrap()
}

pub(in crate::ui::tests) fn child(n: i64) -> Involved {
    let line = pupil(n);
    Involved {
        pupil: line.pupil.id,
        surname: line.pupil.surname.clone(),
        known_as: line.pupil.known_as().to_owned(),
        class: line.pupil.class.clone(),
        words: None,
    }
}

pub(in crate::ui::tests) fn people() -> Vec<Person> {
    let person = |id, name: &str, relationship: &str| Person {
        id: PersonId(id),
        shared: id,
        pupil: PupilId(5),
        name: name.into(),
        relationship: Some(relationship.into()),
        phone: Some(format!("07700 90012{id}")),
        email: None,
        parental_responsibility: Some(true),
        share: None,
    };
    vec![
        person(1, "Mrs Ngozi Okafor", "mother"),
        Person {
            email: Some("chidi.okafor@example.org".into()),
            parental_responsibility: Some(false),
            share: Some(false),
            ..person(2, "Mr Chidi Okafor", "father")
        },
    ]
}

pub(in crate::ui::tests) fn contact(id: i64, back: u64) -> Contact {
    let kinds = ContactKind::ALL;
    let day = today().checked_sub_days(Days::new(back)).unwrap();
    Contact {
        id: ContactId(id),
        kind: kinds[id as usize % kinds.len()],
        at: Moment {
            day,
            time: NaiveTime::from_hms_opt(9 + (id % 6) as u32, 15, 0).filter(|_| id % 4 > 0),
        },
        minutes: (id % 3 == 0).then_some(25),
        with: (id % 5 > 0).then(|| "Mrs Ngozi Okafor (mum)".to_owned()),
        person: None,
        outcome: (id % 9 == 0).then(|| "spoke".to_owned()),
        text: "Worried reading age has stalled since half-term. Asked for the Lexia data.\n\n\
               Happy with 1:1 before school on Tuesdays."
            .into(),
        visibility: Visibility::ALL[id as usize % 2],
        review: id % 9 == 3,
        tags: vec!["reading".into()],
        pupils: vec![child(id % 30)],
        topic: None,
        follow_up: None,
        amendments: Vec::new(),
        entered_at: entered(23, 14),
        binned_at: None,
    }
}

pub(in crate::ui::tests) fn contacts() -> Vec<Contact> {
    let mut all: Vec<Contact> = (1..40)
        .map(|id| contact(id, (id as u64 - 1) * 3 / 2))
        .collect();
    let follow = |task, due, done| FollowUp {
        task: TaskId(task),
        due: Some(Moment::on(due)),
        done,
    };
    all[0].follow_up = Some(follow(1, day(2026, 11, 17), false));
    all[1].follow_up = Some(follow(2, day(2026, 11, 30), false));
    all[3].follow_up = Some(follow(3, day(2026, 11, 20), true));
    all[2].pupils = vec![
        child(4),
        Involved {
            words: Some("Wants the pen grip back.".into()),
            ..child(7)
        },
        child(9),
    ];
    let strike = |what, text: &str| Amendment {
        id: AmendmentId(1),
        what,
        text: text.into(),
        entered_at: entered(23, 15),
    };
    all[2].amendments = vec![strike(Correction::Amend, "It was on Tuesday, not Monday.")];
    all[4].amendments = vec![strike(Correction::Strike, "written about the wrong child")];
    all
}

pub(in crate::ui::tests) fn task(id: i64, title: &str, due: Option<(u32, u32)>) -> Task {
    Task {
        id: TaskId(id),
        title: title.into(),
        due: due.map(|(month, d)| Moment::on(day(2026, month, d))),
        pupil: Some(PupilId(5)),
        source: None,
        urgent: false,
        carried: 0,
        waiting_for: None,
        done_on: None,
        entered_at: entered(9, 9),
        binned_at: None,
    }
}

pub(in crate::ui::tests) fn line(task: Task, n: Option<i64>) -> Line {
    let from = task.source.map(|_| (ContactKind::Phone, day(2026, 11, 10)));
    Line {
        task,
        about: n.map(child),
        from,
    }
}

pub(in crate::ui::tests) fn tasks_lines() -> Vec<Line> {
    let at = |task: Task, hour| Task {
        due: task
            .due
            .map(|due| Moment::at(due.day, NaiveTime::from_hms_opt(hour, 15, 0).unwrap())),
        ..task
    };
    let mut all = vec![
        line(
            Task {
                source: Some(ContactId(1)),
                carried: 4,
                ..task(1, "Chase EP report", Some((11, 17)))
            },
            Some(4),
        ),
        line(task(2, "Send APDR to Mrs Nowak", Some((11, 20))), Some(40)),
        line(
            Task {
                urgent: true,
                ..task(3, "Ring CAMHS duty line", Some((11, 22)))
            },
            Some(57),
        ),
        line(
            at(task(4, "Review: Lexia, term 1", Some((11, 23))), 9),
            Some(2),
        ),
        line(
            Task {
                urgent: true,
                ..task(5, "Order overlays", Some((11, 23)))
            },
            None,
        ),
        line(task(6, "Annual review papers", Some((11, 24))), Some(11)),
        line(
            task(7, "Speech and language visit", Some((11, 24))),
            Some(3),
        ),
        line(task(8, "Provision map to SLT", Some((11, 28))), None),
        line(task(9, "Book the hall", Some((12, 12))), None),
        line(task(10, "Tidy the resource cupboard", None), None),
        line(
            Task {
                waiting_for: Some("EP".into()),
                ..task(11, "Cognitive assessment report", Some((12, 1)))
            },
            Some(4),
        ),
    ];
    all[8].task.done_on = Some(today());
    all
}
