//! People around children: shared by siblings, entered once.

use super::*;

fn person(store: &mut Store, pupil: &str, name: &str, relationship: &str) -> Result<i64> {
    let values = texts(&[
        ("pupil", pupil),
        ("name", name),
        ("relationship", relationship),
    ]);
    store.step("Add", |w| w.add(Kind::Person, &values))
}

fn siblings() -> (Store, PersonId, PersonId) {
    let mut store = store();
    aisha(&mut store);
    aisha(&mut store);
    let first = person(&mut store, "1", "Mrs Ngozi Okafor", "mother").unwrap();
    let second = person(&mut store, "2", "a1", "").unwrap();
    (store, PersonId(first), PersonId(second))
}

#[test]
fn siblings_share_one_mother_whose_number_is_entered_once() {
    let (mut store, first, second) = siblings();
    let values = texts(&[
        ("phone", "07700 900123"),
        ("parental_responsibility", "yes"),
    ]);
    store
        .step("Change", |w| w.amend(Kind::Person, second.0, &values, None))
        .unwrap();
    let (one, other) = (
        store.person(first).unwrap().unwrap(),
        store.person(second).unwrap().unwrap(),
    );
    assert_eq!(one.shared, other.shared);
    assert_eq!(one.phone.as_deref(), Some("07700 900123"));
    assert_eq!(other.name, "Mrs Ngozi Okafor");
    // What a person is to a child is that child's alone.
    assert_eq!(one.relationship.as_deref(), Some("mother"));
    assert_eq!(one.parental_responsibility, None);
    assert_eq!(other.parental_responsibility, Some(true));
    assert_eq!(
        store.children_of(second).unwrap(),
        [(first, PupilId(1)), (second, PupilId(2))]
    );
    assert_eq!(store.people_of(PupilId(2)).unwrap(), [other]);
}

#[test]
fn nobody_is_twice_on_one_childs_list() {
    let (mut store, ..) = siblings();
    for (pupil, name) in [
        ("1", "mrs ngozi OKAFOR"),
        ("1", "a2"),
        ("2", "Mrs Ngozi Okafor"),
    ] {
        let refused = person(&mut store, pupil, name, "").unwrap_err().to_string();
        assert!(refused.contains("already: change a"), "{refused}");
        assert!(!refused.contains("kafor"), "{refused}");
    }
    assert!(matches!(
        person(&mut store, "1", "a77", ""),
        Err(Error::NoSuchRecord { id }) if id == "a77"
    ));
    let other = person(&mut store, "1", "Mr Okafor", "father").unwrap();
    let values = texts(&[("name", "Mrs Ngozi Okafor")]);
    let renamed = store.step("Change", |w| w.amend(Kind::Person, other, &values, None));
    assert!(matches!(renamed, Err(Error::Refused { .. })));
}

#[test]
fn a_person_goes_off_the_file_with_the_last_child_and_undo_brings_all_back() {
    let (mut store, first, second) = siblings();
    let said = texts(&[
        ("pupils", "p1"),
        ("at", "2026-11-23"),
        ("with", "mum"),
        ("text", "Well."),
    ]);
    let contact = store.step("Add", |w| w.add(Kind::Contact, &said)).unwrap();
    let read = |store: &Store| store.contact(ContactId(contact)).unwrap().unwrap();
    assert_eq!(read(&store).person, Some(first));
    // Long after the entry has become evidence: whom its words meant is no part of them.
    store.later(TimeDelta::hours(1));
    for link in [second, first] {
        store
            .step("Remove", |w| w.remove(Kind::Person, link.0))
            .unwrap();
    }
    assert_eq!(store.dump("person").unwrap(), "");
    assert_eq!(read(&store).person, None);
    assert_eq!(read(&store).with.as_deref(), Some("mum"));
    store.undo().unwrap();
    store.undo().unwrap();
    assert_eq!(read(&store).person, Some(first));
    assert_eq!(store.children_of(first).unwrap().len(), 2);
    let refused = store.step("Remove", |w| w.remove(Kind::Contact, contact));
    assert!(matches!(refused, Err(Error::Refused { .. })));
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn two_entries_of_one_person_become_one_by_its_id() {
    let (mut store, first, second) = siblings();
    let third = person(&mut store, "2", "N. Okafor", "").unwrap();
    store
        .step("Remove", |w| w.remove(Kind::Person, second.0))
        .unwrap();
    let values = texts(&[("name", "a1")]);
    store
        .step("Change", |w| w.amend(Kind::Person, third, &values, None))
        .unwrap();
    assert_eq!(
        store.children_of(first).unwrap(),
        [(first, PupilId(1)), (PersonId(third), PupilId(2))]
    );
    assert_eq!(store.dump("person").unwrap().lines().count(), 1);
}

#[test]
fn people_are_found_by_the_first_letters_of_any_part_of_their_name() {
    let (mut store, first, _) = siblings();
    let zoe = person(&mut store, "1", "Dr Zoë Smith-Müller", "EP").unwrap();
    for (typed, want) in [
        ("ngo", vec![first.0]),
        ("OKA", vec![first.0]),
        ("mull", vec![zoe]),
        ("zoe", vec![zoe]),
        ("mrs ngozi", vec![first.0]),
        ("kafor", vec![]),
        ("%", vec![]),
        ("", vec![]),
    ] {
        let found: Vec<i64> = store
            .people_like(typed, 9)
            .unwrap()
            .into_iter()
            .map(|person| person.id.0)
            .collect();
        assert_eq!(found, want, "{typed}");
    }
}

#[test]
fn terms_and_closures_make_the_calendar_and_overlap_if_they_must() {
    use crate::domain::calendar::{Calendar, Closure, Term};
    let mut store = store();
    for (name, starts, ends) in [
        ("Spring", "2027-01-04", "2027-03-26"),
        ("Autumn", "2026-09-01", "2027-01-10"),
    ] {
        add(
            &mut store,
            Kind::Term,
            &[("name", name), ("starts", starts), ("ends", ends)],
        );
    }
    add(
        &mut store,
        Kind::Closure,
        &[("date", "2026-11-27"), ("name", "INSET")],
    );
    let term = |id, name: &str, starts, ends| Term {
        id: TermId(id),
        name: name.to_owned(),
        starts: on(starts),
        ends: on(ends),
    };
    let closure = Closure {
        id: ClosureId(1),
        day: on("2026-11-27"),
        name: "INSET".to_owned(),
    };
    let terms = vec![
        term(2, "Autumn", "2026-09-01", "2027-01-10"),
        term(1, "Spring", "2027-01-04", "2027-03-26"),
    ];
    let calendar = store.calendar().unwrap();
    assert_eq!(calendar, Calendar::new(terms, vec![closure]));
    let backwards = texts(&[("ends", "2026-01-01")]);
    let refused = store.step("Change", |w| w.amend(Kind::Term, 1, &backwards, None));
    assert!(matches!(refused, Err(Error::Refused { .. })));
    for (kind, id) in [(Kind::Term, 1), (Kind::Closure, 1)] {
        store.step("Remove", |w| w.remove(kind, id)).unwrap();
        let again = store.step("Remove", |w| w.remove(kind, id));
        assert!(matches!(again, Err(Error::NoSuchRecord { .. })));
    }
    store.undo().unwrap();
    store.undo().unwrap();
    assert_eq!(store.calendar().unwrap(), calendar);
}
