//! Any walk of verbs, taken back whole and brought back whole.

use super::*;
use crate::domain::id::{ContactId, PersonId, PupilId, StepId, TaskId};
use crate::domain::moment::Moment;
use chrono::TimeDelta;
use proptest::prelude::*;

/// An index of words says what its table says, or this stops.
fn words_are_indexed(store: &Store) {
    for index in WORDS {
        let check = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
        store.conn.execute(&check, []).unwrap();
    }
}

#[derive(Debug, Clone)]
enum Verb {
    Pupil,
    Status(i64, u8),
    Need(i64, i64),
    Class(i64, u8),
    Since(i64, u8),
    Rank(i64, i64),
    Setting(u8),
    Person(i64, i64),
    Say(i64, i64),
    Words(i64, u8),
    About(i64, i64),
    OfChild(i64, i64),
    Later(i64, bool),
    Task(i64),
    Tick(i64, bool),
    Move(i64, u8),
    Urgent(i64),
    Bin(i64, bool),
    Restore(i64, bool),
    Term(u8),
    Closure(u8),
    Hours(u8),
    MoreHours(i64, u8),
    Remove(u8, i64),
    Minutes(i64),
    Undo,
    UndoStep(i64),
    Redo,
}

fn verb() -> impl Strategy<Value = Verb> {
    prop_oneof![
        2 => Just(Verb::Pupil),
        3 => (1..4_i64, 1..28_u8).prop_map(|(pupil, day)| Verb::Status(pupil, day)),
        3 => (1..4_i64, 1..4_i64).prop_map(|(pupil, rank)| Verb::Need(pupil, rank)),
        2 => (1..4_i64, 1..9_u8).prop_map(|(pupil, class)| Verb::Class(pupil, class)),
        2 => (1..5_i64, 1..28_u8).prop_map(|(status, day)| Verb::Since(status, day)),
        2 => (1..5_i64, 1..5_i64).prop_map(|(need, rank)| Verb::Rank(need, rank)),
        1 => (1..4_u8).prop_map(Verb::Setting),
        2 => (1..4_i64, 1..4_i64).prop_map(|(pupil, link)| Verb::Person(pupil, link)),
        3 => (1..4_i64, 1..4_i64).prop_map(|(one, other)| Verb::Say(one, other)),
        2 => (1..4_i64, 1..28_u8).prop_map(|(contact, day)| Verb::Words(contact, day)),
        1 => (1..4_i64, 1..4_i64).prop_map(|(contact, pupil)| Verb::About(contact, pupil)),
        1 => (1..4_i64, 1..4_i64).prop_map(|(contact, pupil)| Verb::OfChild(contact, pupil)),
        2 => (1..4_i64, any::<bool>()).prop_map(|(contact, strike)| Verb::Later(contact, strike)),
        2 => (1..4_i64).prop_map(Verb::Task),
        2 => (1..5_i64, any::<bool>()).prop_map(|(task, done)| Verb::Tick(task, done)),
        2 => (1..5_i64, 1..28_u8).prop_map(|(task, day)| Verb::Move(task, day)),
        1 => (1..5_i64).prop_map(Verb::Urgent),
        2 => (1..4_i64, any::<bool>()).prop_map(|(id, task)| Verb::Bin(id, task)),
        2 => (1..4_i64, any::<bool>()).prop_map(|(id, task)| Verb::Restore(id, task)),
        1 => (1..28_u8).prop_map(Verb::Term),
        1 => (1..28_u8).prop_map(Verb::Closure),
        1 => (1..28_u8).prop_map(Verb::Hours),
        1 => (1..4_i64, 1..28_u8).prop_map(|(hours, day)| Verb::MoreHours(hours, day)),
        1 => (0..4_u8, 1..4_i64).prop_map(|(kind, id)| Verb::Remove(kind, id)),
        1 => (1..8_i64).prop_map(Verb::Minutes),
        2 => Just(Verb::Undo),
        1 => (2..12_i64).prop_map(Verb::UndoStep),
        1 => Just(Verb::Redo),
    ]
}

/// The verbs that are one call of the writer.
fn mark(writer: &mut Writer<'_>, verb: &Verb) -> Result<()> {
    let bin = |task: bool| if task { Kind::Task } else { Kind::Contact };
    match *verb {
        Verb::Tick(id, done) => {
            let on = done.then(|| crate::store::tests::on("2026-11-23"));
            writer.tick(TaskId(id), on)
        }
        Verb::Move(id, to) => {
            let due = format!("2026-03-{to:02}");
            writer.move_due(TaskId(id), Moment::from_stored(&due))
        }
        Verb::Urgent(id) => writer.set_urgent(TaskId(id), true),
        Verb::Bin(id, task) => writer.bin(bin(task), id),
        Verb::Restore(id, task) => writer.restore(bin(task), id),
        Verb::Remove(kind, id) => {
            let kinds = [Kind::Person, Kind::Term, Kind::Closure, Kind::Hours];
            writer.remove(kinds[usize::from(kind)], id)
        }
        Verb::OfChild(id, pupil) => writer.say_of(ContactId(id), PupilId(pupil), "of one child"),
        _ => Ok(()),
    }
}

/// A form filled in: its kind, its boxes, and the record when one is changed.
type Filled = (Kind, Vec<(&'static str, String)>, Option<i64>);

fn day(day: u8) -> String {
    format!("2026-03-{day:02}")
}

/// The verbs of the register that are a form.
fn register_form(verb: &Verb) -> Option<Filled> {
    Some(match *verb {
        Verb::Pupil => (Kind::Pupil, vec![("surname", "Ali".into())], None),
        Verb::Status(pupil, from) => {
            let pupil = ("pupil", pupil.to_string());
            let boxes = vec![pupil, ("code", "K".into()), ("from", day(from))];
            (Kind::Status, boxes, None)
        }
        Verb::Need(pupil, rank) => {
            let pupil = ("pupil", pupil.to_string());
            let boxes = vec![pupil, ("code", "HI".into()), ("rank", rank.to_string())];
            (Kind::Need, boxes, None)
        }
        Verb::Class(id, class) => (Kind::Pupil, vec![("class", format!("{class}A"))], Some(id)),
        Verb::Since(id, from) => (Kind::Status, vec![("from", day(from))], Some(id)),
        Verb::Rank(id, rank) => (Kind::Need, vec![("rank", rank.to_string())], Some(id)),
        Verb::Hours(on) => {
            let boxes = vec![("week", day(on)), ("hours", "150".into())];
            (Kind::Hours, boxes, None)
        }
        Verb::MoreHours(id, on) => {
            let boxes = vec![("week", day(on)), ("hours", "180".into())];
            (Kind::Hours, boxes, Some(id))
        }
        _ => return None,
    })
}

/// The verbs of diary, queue and calendar that are a form.
fn diary_form(store: &Store, verb: &Verb) -> Option<Filled> {
    Some(match *verb {
        Verb::Person(pupil, link) => {
            // Somebody on file where there is such a link, else somebody new.
            let name = match store.person(PersonId(link)) {
                Ok(Some(_)) => format!("a{link}"),
                _ => format!("Mrs {link}"),
            };
            let boxes = vec![("pupil", pupil.to_string()), ("name", name)];
            (Kind::Person, boxes, None)
        }
        Verb::Say(one, other) => {
            let (pupils, due) = if one == other {
                (format!("p{one}"), "")
            } else {
                (format!("p{one}, p{other}"), "2026-11-30")
            };
            let boxes = vec![
                ("pupils", pupils),
                ("at", "2026-11-20T09:00".into()),
                ("with", format!("Mrs {one}")),
                ("text", format!("Said {other}")),
                ("follow_up", due.into()),
            ];
            (Kind::Contact, boxes, None)
        }
        Verb::Words(id, said) => {
            let words = ("text", format!("Words {said}"));
            let boxes = vec![words, ("at", day(said)), ("follow_up", day(said))];
            (Kind::Contact, boxes, Some(id))
        }
        Verb::About(id, pupil) => (
            Kind::Contact,
            vec![("pupils", format!("p{pupil}"))],
            Some(id),
        ),
        Verb::Later(id, strike) => {
            let contact = ("contact", id.to_string());
            if strike {
                (Kind::Strike, vec![contact, ("reason", "No".into())], None)
            } else {
                (
                    Kind::Amendment,
                    vec![contact, ("text", "Then".into())],
                    None,
                )
            }
        }
        Verb::Task(pupil) => {
            let pupil = ("pupil", pupil.to_string());
            let boxes = vec![("title", "Ring".into()), pupil, ("due", day(9))];
            (Kind::Task, boxes, None)
        }
        Verb::Term(from) => {
            let first = ("starts", day(from));
            let boxes = vec![
                ("name", "Spring".into()),
                first,
                ("ends", "2026-04-01".into()),
            ];
            (Kind::Term, boxes, None)
        }
        Verb::Closure(on) => {
            let boxes = vec![("date", day(on)), ("name", "INSET".into())];
            (Kind::Closure, boxes, None)
        }
        _ => return None,
    })
}

/// A verb that is refused changes nothing, which is as good a case.
fn act(store: &mut Store, verb: &Verb) {
    if let Some((kind, boxes, id)) = register_form(verb).or_else(|| diary_form(store, verb)) {
        let boxes: Vec<(&'static str, &str)> = boxes
            .iter()
            .map(|(field, value)| (*field, value.as_str()))
            .collect();
        let values = texts(&boxes);
        let _ = store.step("Verb", |w| match id {
            Some(id) => w.amend(kind, id, &values, None),
            None => w.add(kind, &values).map(drop),
        });
        return;
    }
    match verb {
        Verb::Setting(value) => store.set_setting("worklist", &value.to_string()).unwrap(),
        Verb::Minutes(minutes) => store.later(TimeDelta::minutes(*minutes)),
        Verb::UndoStep(id) => drop(store.undo_step(StepId(*id))),
        Verb::Undo => drop(store.undo()),
        Verb::Redo => drop(store.redo()),
        other => drop(store.step("Verb", |w| mark(w, other))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_undone_is_the_beginning_and_all_redone_the_end(verbs in prop::collection::vec(verb(), 1..32)) {
        let mut store = store();
        let begin = whole(&store);
        for verb in [Verb::Pupil, Verb::Pupil].iter().chain(&verbs) {
            act(&mut store, verb);
        }
        let end = whole(&store);
        words_are_indexed(&store);
        let mut undone = 0;
        let why = loop {
            match store.undo() {
                Ok(_) => undone += 1,
                Err(error) => break error,
            }
        };
        // Only evidence ends the way back, or a step taken back out of turn that others were built on.
        let out_of_turn = verbs.iter().any(|verb| matches!(verb, Verb::UndoStep(_)));
        match why {
            Error::NothingToUndo => prop_assert_eq!(whole(&store), begin),
            Error::Evidence { .. } => {}
            Error::HistoryMoved { .. } if out_of_turn => {}
            other => prop_assert!(false, "{}", other),
        }
        words_are_indexed(&store);
        let mut kept_out_of_bin = false;
        for _ in 0..undone {
            match store.redo() {
                Ok(_) => {}
                // What came out of the bin late does not go back there.
                Err(Error::Evidence { .. }) => {
                    kept_out_of_bin = true;
                    break;
                }
                Err(other) => prop_assert!(false, "{}", other),
            }
        }
        if !kept_out_of_bin {
            prop_assert_eq!(whole(&store), end);
        }
        words_are_indexed(&store);
        prop_assert_eq!(store.verify().unwrap(), None);
    }
}
