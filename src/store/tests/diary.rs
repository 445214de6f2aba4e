//! The diary: entries whole, in order, found by words, with what was promised in them.

use super::*;
use crate::domain::contact::{ContactKind, Correction, Involved, Visibility};

/// An index of words says what its table says, or this fails.
fn words_are_indexed(store: &Store) {
    for index in ["contact_words", "contact_pupil_words"] {
        store
            .conn
            .execute(
                &format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"),
                [],
            )
            .unwrap();
    }
}

fn school() -> Store {
    let mut store = store();
    for (surname, forename) in [("Okafor", "Aisha"), ("Marsh", "Reuben"), ("Ali", "Zoë")] {
        add(
            &mut store,
            Kind::Pupil,
            &[("surname", surname), ("forename", forename)],
        );
    }
    add(
        &mut store,
        Kind::Person,
        &[
            ("pupil", "1"),
            ("name", "Mrs Okafor"),
            ("relationship", "mother"),
        ],
    );
    store
}

fn say(store: &mut Store, pairs: &[(&'static str, &str)]) -> ContactId {
    let mut all = vec![
        ("pupils", "p1"),
        ("at", "2026-11-23T08:40"),
        ("text", "Words."),
    ];
    all.retain(|(field, _)| !pairs.iter().any(|(given, _)| given == field));
    all.extend(pairs);
    ContactId(add(store, Kind::Contact, &all))
}

fn numbers(ids: &[ContactId]) -> Vec<i64> {
    ids.iter().map(|id| id.0).collect()
}

#[test]
fn an_entry_comes_back_whole_with_person_visibility_and_follow_up() {
    let mut store = school();
    let id = say(
        &mut store,
        &[
            ("pupils", "p2, p1"),
            ("kind", "phone"),
            ("with", "mum"),
            ("outcome", "spoke"),
            ("minutes", "10"),
            ("tags", "+Reading slcn"),
            ("follow_up", "2026-11-30"),
        ],
    );
    let contact = store.contact(id).unwrap().unwrap();
    assert_eq!(contact.kind, ContactKind::Phone);
    assert_eq!(contact.person, Some(PersonId(1)));
    assert_eq!(contact.visibility, Visibility::Shareable);
    assert_eq!(contact.tags, ["reading", "slcn"]);
    let names: Vec<String> = contact.pupils.iter().map(Involved::spoken_name).collect();
    assert_eq!(names, ["Reuben Marsh", "Aisha Okafor"]);
    let follow_up = contact.follow_up.unwrap();
    let line = store.task_line(follow_up.task).unwrap().unwrap();
    assert_eq!(line.task.title, "Follow up: phone call with mum");
    assert_eq!(line.about, None, "two children, so nobody's in particular");
    assert_eq!(line.from, Some((ContactKind::Phone, on("2026-11-23"))));
    assert_eq!(store.owner(Kind::Contact, id.0).unwrap(), Some(PupilId(2)));
    assert_eq!(store.contacts(&[ContactId(9), id]).unwrap(), [contact]);
    // One step: one undo takes entry, children and task.
    store.undo().unwrap();
    for table in ["contact", "contact_pupil", "task"] {
        assert_eq!(store.dump(table).unwrap(), "", "{table}");
    }
    words_are_indexed(&store);
    store.redo().unwrap();
    let last = store.history(None, 1).unwrap()[0].id;
    let child = Some(PupilId(2));
    assert_eq!(
        store.touched(last).unwrap(),
        [
            (Kind::Contact, id.0, child),
            (Kind::Task, follow_up.task.0, None)
        ]
    );
    words_are_indexed(&store);
}

#[test]
fn the_follow_up_of_a_form_makes_changes_and_bins_the_task() {
    let mut store = school();
    let id = say(&mut store, &[("kind", "phone"), ("with", "mum")]);
    let mut amend = |pairs: &[(&'static str, &str)]| {
        let values = texts(pairs);
        store
            .step("Change", |w| w.amend(Kind::Contact, id.0, &values, None))
            .unwrap();
        let follow_up = store.contact(id).unwrap().unwrap().follow_up;
        follow_up.map(|one| {
            let task = store.task(one.task).unwrap().unwrap();
            (
                task.title,
                task.due.map(Moment::to_stored).unwrap_or_default(),
                task.pupil,
            )
        })
    };
    let told = |title: &str, due: &str, pupil: Option<i64>| {
        Some((title.to_owned(), due.to_owned(), pupil.map(PupilId)))
    };
    assert_eq!(amend(&[("text", "Other words.")]), None);
    let usual = "Follow up: phone call with mum";
    assert_eq!(
        amend(&[("follow_up", "2026-11-30")]),
        told(usual, "2026-11-30", Some(1))
    );
    // What we named follows the entry; what the user named does not.
    assert_eq!(
        amend(&[("kind", "email"), ("pupils", "p1, p2")]),
        told("Follow up: e-mail with mum", "2026-11-30", None)
    );
    assert_eq!(
        amend(&[("follow_up_text", "Send the plan")]),
        told("Send the plan", "2026-11-30", None)
    );
    assert_eq!(
        amend(&[("kind", "letter")]),
        told("Send the plan", "2026-11-30", None)
    );
    assert_eq!(
        amend(&[("follow_up", "")]),
        told("Send the plan", "", None),
        "someday"
    );
    assert_eq!(amend(&[("follow_up_text", "")]), None);
    assert_eq!(store.bin().unwrap().len(), 1);
    assert_eq!(store.open_tasks().unwrap(), []);
}

#[test]
fn who_may_see_an_entry_is_never_widened_unless_somebody_says_so() {
    use Visibility::{Internal, Shareable};
    let mut store = school();
    let mut seen = |with: &str, then: &[(&'static str, &str)]| {
        let id = say(&mut store, &[("kind", "phone"), ("with", with)]);
        let before = store.contact(id).unwrap().unwrap().visibility;
        let values = texts(then);
        store
            .step("Change", |w| w.amend(Kind::Contact, id.0, &values, None))
            .unwrap();
        (before, store.contact(id).unwrap().unwrap().visibility)
    };
    assert_eq!(seen("mum", &[("with", "EP")]), (Shareable, Internal));
    assert_eq!(seen("EP", &[("with", "mum")]), (Internal, Internal));
    assert_eq!(seen("mum", &[("text", "More.")]), (Shareable, Shareable));
    assert_eq!(
        seen("EP", &[("visibility", "shareable"), ("text", "x")]),
        (Internal, Shareable)
    );
    assert_eq!(
        seen("EP", &[("with", "mum"), ("visibility", "")]),
        (Internal, Shareable)
    );
}

#[test]
fn the_diary_is_by_the_moment_it_happened_and_the_bin_is_not_in_it() {
    let mut store = school();
    for (at, pupils) in [
        ("2026-11-20", "p1"),
        ("2026-11-23T08:40", "p1, p2"),
        ("2026-11-23", "p2"),
        ("2026-11-23T08:40", "p1"),
        ("2026-11-24", "p1"),
    ] {
        say(&mut store, &[("at", at), ("pupils", pupils)]);
    }
    store.step("Bin", |w| w.bin(Kind::Contact, 5)).unwrap();
    let strike = texts(&[("contact", "4"), ("reason", "Wrong child")]);
    store
        .step("Strike", |w| w.add(Kind::Strike, &strike))
        .unwrap();
    assert_eq!(numbers(&store.diary(None).unwrap()), [4, 2, 3, 1]);
    assert_eq!(numbers(&store.diary(Some(PupilId(1))).unwrap()), [4, 2, 1]);
    assert_eq!(numbers(&store.diary(Some(PupilId(2))).unwrap()), [2, 3]);
    assert_eq!(store.diary(Some(PupilId(3))).unwrap(), []);
    assert_eq!(
        store
            .last_contact_days(&[PupilId(3), PupilId(2), PupilId(1)])
            .unwrap(),
        [None, Some(on("2026-11-23")), Some(on("2026-11-23"))]
    );
    // Put right within the quarter of an hour, it moves in every list.
    let values = texts(&[("at", "2026-10-01"), ("pupils", "p2")]);
    store
        .step("Change", |w| w.amend(Kind::Contact, 2, &values, None))
        .unwrap();
    assert_eq!(numbers(&store.diary(None).unwrap()), [4, 3, 1, 2]);
    assert_eq!(numbers(&store.diary(Some(PupilId(1))).unwrap()), [4, 1]);
    assert_eq!(numbers(&store.diary(Some(PupilId(2))).unwrap()), [3, 2]);
    let bin = store.bin().unwrap();
    assert_eq!(
        (bin[0].kind, bin[0].id, bin[0].title.as_str()),
        (Kind::Contact, 5, "File note")
    );
    assert_eq!(bin[0].pupils.len(), 1);
}

#[test]
fn the_last_entered_is_offered_again_whenever_it_happened() {
    let mut store = school();
    say(&mut store, &[("kind", "phone"), ("at", "2026-11-23")]);
    say(&mut store, &[("kind", "email"), ("at", "2026-10-01")]);
    say(
        &mut store,
        &[("kind", "phone"), ("at", "2026-11-24"), ("pupils", "p2")],
    );
    let last = |kind| {
        let last = store.last_contact(PupilId(1), kind).unwrap();
        last.map(|contact| contact.id.0)
    };
    assert_eq!(last(None), Some(2));
    assert_eq!(last(Some(ContactKind::Phone)), Some(1));
    assert_eq!(last(Some(ContactKind::Letter)), None);
}

#[test]
fn entries_are_found_by_the_first_letters_of_every_word_and_by_child() {
    let mut store = school();
    say(
        &mut store,
        &[("text", "Zoë's reading is better"), ("with", "Mrs O'Brien")],
    );
    say(
        &mut store,
        &[("text", "Reading recovery \"starts\""), ("tags", "slcn")],
    );
    say(&mut store, &[("text", "Nothing"), ("pupils", "p2")]);
    say(&mut store, &[("text", "In the bin: reading")]);
    store.step("Bin", |w| w.bin(Kind::Contact, 4)).unwrap();
    store
        .step("Say", |w| {
            w.say_of(ContactId(3), PupilId(2), "hates reading aloud")
        })
        .unwrap();
    for (words, about, most, want) in [
        ("read", vec![], 9, vec![3, 2, 1]),
        ("READ bett", vec![], 9, vec![1]),
        ("zoe", vec![], 9, vec![1]),
        ("o'br", vec![], 9, vec![1]),
        ("\"starts\" slcn", vec![], 9, vec![2]),
        ("aloud", vec![], 9, vec![3]),
        ("r", vec![], 9, vec![]),
        ("- r", vec![PupilId(2)], 9, vec![3]),
        ("recovery", vec![PupilId(2)], 9, vec![3, 2]),
        ("read", vec![], 1, vec![3]),
        ("eading", vec![], 9, vec![]),
        ("NOT OR", vec![], 9, vec![3]),
        ("*) AND (", vec![], 9, vec![]),
    ] {
        let found = store.find_contacts(words, &about, most).unwrap();
        let want = if words == "NOT OR" { vec![] } else { want };
        assert_eq!(numbers(&found), want, "{words}");
    }
    for (of, words, want) in [
        (None, "aloud", vec![3]),
        (Some(PupilId(2)), "aloud", vec![3]),
        (Some(PupilId(1)), "aloud", vec![]),
        (Some(PupilId(1)), "read", vec![2, 1]),
        (Some(PupilId(2)), "read", vec![3]),
    ] {
        let found = store.find_contacts_of(of, words, &[], 9).unwrap();
        assert_eq!(numbers(&found), want, "{of:?} {words}");
        let shown = store.contacts_of(of, &[ContactId(3)]).unwrap();
        let told = shown[0].pupils[0].words.is_some();
        assert_eq!(told, of != Some(PupilId(1)), "{of:?}");
    }
    let gone = store.step("Say", |w| w.say_of(ContactId(3), PupilId(1), "x"));
    assert!(matches!(gone, Err(Error::Refused { .. })));
    words_are_indexed(&store);
    while store.undo().is_ok() {}
    words_are_indexed(&store);
    assert_eq!(store.find_contacts("read", &[], 9).unwrap(), []);
    while store.redo().is_ok() {}
    words_are_indexed(&store);
    assert_eq!(
        numbers(&store.find_contacts("read", &[], 9).unwrap()),
        [3, 2, 1]
    );
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn what_touched_an_entry_tells_that_it_changed() {
    type Act<'a> = &'a dyn Fn(&mut Store);
    let mut store = school();
    let (start, _) = store.diary_changes(0).unwrap();
    let first = say(&mut store, &[("follow_up", "2026-11-30")]);
    let second = say(&mut store, &[]);
    let (mut since, changed) = store.diary_changes(start).unwrap();
    assert_eq!(changed, [first, second]);
    let task = store
        .contact(first)
        .unwrap()
        .unwrap()
        .follow_up
        .unwrap()
        .task;
    let amendment = texts(&[("contact", "2"), ("text", "On Tuesday")]);
    let acts: [(Act<'_>, Vec<ContactId>); 4] = [
        (
            &|s| {
                s.step("Tick", |w| w.tick(task, Some(on("2026-11-23"))))
                    .unwrap();
            },
            vec![first],
        ),
        (
            &|s| {
                s.step("Amend", |w| w.add(Kind::Amendment, &amendment))
                    .unwrap();
            },
            vec![second],
        ),
        (&|s| drop(s.undo().unwrap()), vec![second]),
        (
            &|s| {
                aisha(s);
            },
            vec![],
        ),
    ];
    for (act, want) in acts {
        act(&mut store);
        let (newest, changed) = store.diary_changes(since).unwrap();
        assert_eq!(changed, want);
        assert!(newest > since);
        since = newest;
    }
    assert_eq!(store.diary_changes(since).unwrap(), (since, vec![]));
}

#[test]
fn the_history_of_a_record_has_what_belongs_to_it() {
    let mut store = school();
    let id = say(&mut store, &[("follow_up", "2026-11-30")]);
    let amendment = texts(&[("contact", "1"), ("text", "On Tuesday")]);
    store
        .step("Amend", |w| w.add(Kind::Amendment, &amendment))
        .unwrap();
    store.step("Remove", |w| w.remove(Kind::Person, 1)).unwrap();
    store.undo().unwrap();
    store
        .step("Tick", |w| w.tick(TaskId(1), Some(on("2026-11-23"))))
        .unwrap();
    let labels = |kind, id| -> Vec<String> {
        let steps = store.history_of(kind, id).unwrap();
        steps.into_iter().map(|step| step.label).collect()
    };
    // Taking the mother off the file and back changed whom the entry means.
    let whole = ["Tick", "Amend", "Add"];
    assert_eq!(labels(Kind::Contact, id.0), whole);
    assert_eq!(
        labels(Kind::Pupil, 1),
        ["Undo: Remove", "Remove", "Add", "Add"]
    );
    assert_eq!(labels(Kind::Person, 1), ["Undo: Remove", "Remove", "Add"]);
    assert_eq!(labels(Kind::Task, 1), ["Tick", "Add"]);
    assert_eq!(labels(Kind::Term, 1), [""; 0]);
    let contact = store.contact(id).unwrap().unwrap();
    assert_eq!(contact.amendments[0].what, Correction::Amend);
}

#[test]
fn lists_are_read_from_indexes_and_a_save_looks_through_nothing() {
    let mut store = school();
    say(&mut store, &[("follow_up", "2026-11-30"), ("with", "mum")]);
    let plan = |sql: &str| -> String {
        let mut rows = store
            .conn
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap();
        let rows = rows.query_map([], |row| row.get::<_, String>(3)).unwrap();
        rows.map(std::result::Result::unwrap)
            .collect::<Vec<_>>()
            .join("; ")
    };
    let due = super::super::task::DUE_COUNTS;
    for (sql, index, covering) in [
        (super::super::diary::ALL, "contact_at", true),
        (super::super::diary::ABOUT, "contact_pupil_diary", true),
        (due, "task_due", true),
        (&super::super::task::open_sql(), "task_due", false),
    ] {
        let sql = sql.replace("?1", "'1'").replace("?2", "'2'");
        let told = plan(&sql);
        let kind = if covering { "COVERING INDEX" } else { "INDEX" };
        assert!(told.contains(&format!("{kind} {index}")), "{told}");
        assert!(!told.contains("TEMP B-TREE"), "{told}");
    }
    for sql in [
        "DELETE FROM person_link WHERE id = 1",
        "DELETE FROM contact WHERE id = 1",
        "DELETE FROM pupil WHERE id = 1",
        "SELECT min(id) FROM task WHERE source = 1 AND binned_at IS NULL",
        "SELECT id FROM contact WHERE person = 1",
        "SELECT id FROM journal_row WHERE tbl = 'contact' AND pk = 1",
    ] {
        let told = plan(sql);
        assert!(!told.contains("SCAN"), "{sql}: {told}");
    }
    let of_pupil = plan(&super::super::task::tasks_of_sql().replace("?1", "1"));
    for index in ["task_pupil", "task_source", "contact_pupil_diary"] {
        assert!(of_pupil.contains(index), "{of_pupil}");
    }
    assert!(!of_pupil.contains("SCAN"), "{of_pupil}");
    for sql in [
        super::super::diary::MOVED,
        super::super::diary::FOLLOWED,
        super::super::task::TOUCHED,
        super::super::trace::TOUCHED,
    ] {
        let told = plan(&sql.replace("?1", "7"));
        assert!(
            told.contains("SEARCH journal_row USING INTEGER PRIMARY KEY (rowid>"),
            "the end of the journal alone: {told}"
        );
    }
    let history = plan(
        &super::super::trace::rows_of(Kind::Pupil)
            .replace("?1", "'pupil'")
            .replace("?2", "1"),
    );
    assert!(!history.contains("SCAN journal_row"), "{history}");
    assert!(history.contains("journal_row_owner"), "{history}");
}
