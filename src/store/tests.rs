//! What a store promises, on one in memory.

use super::register::OPEN_STATUSES;
use super::*;
use crate::domain::date;
use crate::domain::id::{
    ClosureId, ContactId, MemberId, PersonId, ProvisionId, ProvisionTypeId, TaskId, TermId,
};
use crate::domain::pupil::Order;

mod costs;
mod diary;
pub(super) mod dice;
mod draft;
mod evidence;
mod field;
mod hours;
mod past;
mod person;
mod provision;
mod task;

pub(super) fn author(name: &str) -> Author {
    Author {
        name: name.to_owned(),
        login: "sam".to_owned(),
        working_date: date::from_iso("2026-11-23"),
    }
}

pub(super) fn store() -> Store {
    Store::memory(author("Sam Reed")).unwrap()
}

pub(super) fn on(text: &str) -> NaiveDate {
    date::from_iso(text).unwrap()
}

pub(super) fn texts(pairs: &[(&'static str, &str)]) -> Values {
    let read = |field: &str, value: &str| match field {
        "pupil" | "rank" | "minutes" | "contact" | "staff" | "type" | "provision"
        | "sessions_week" | "hours" | "weeks" | "group_size" | "pence_hour" | "materials_pence" => {
            Value::Whole(value.parse().unwrap())
        }
        "from" | "to" | "dob" | "left_on" | "parents_informed" | "starts" | "ends" | "date"
        | "week" => Value::Date(on(value)),
        "at" | "due" | "follow_up" => Value::Moment(Moment::from_stored(value).unwrap()),
        "pupils" => {
            let ids = value.split(',').map(|id| id.trim().parse().unwrap());
            Value::Pupils(ids.collect())
        }
        _ => Value::Text(value.to_owned()),
    };
    pairs
        .iter()
        .map(|(field, value)| (*field, (!value.is_empty()).then(|| read(field, value))))
        .collect()
}

pub(super) fn add(store: &mut Store, kind: Kind, pairs: &[(&'static str, &str)]) -> i64 {
    store.step("Add", |w| w.add(kind, &texts(pairs))).unwrap()
}

pub(super) fn aisha(store: &mut Store) -> i64 {
    add(
        store,
        Kind::Pupil,
        &[
            ("surname", "Okafor"),
            ("forename", "Aisha"),
            ("class", "5B"),
            ("year", "5"),
        ],
    )
}

#[test]
fn a_pupil_added_is_in_the_register_with_status_and_needs() {
    let mut store = store();
    let id = aisha(&mut store);
    let pupil = id.to_string();
    add(
        &mut store,
        Kind::Status,
        &[("pupil", &pupil), ("code", "K"), ("from", "2026-01-05")],
    );
    add(
        &mut store,
        Kind::Need,
        &[("pupil", &pupil), ("code", "SLCN")],
    );
    add(
        &mut store,
        Kind::Need,
        &[("pupil", &pupil), ("code", "ASD"), ("rank", "1")],
    );
    let line = store.lines(&[PupilId(id), PupilId(99)]).unwrap().remove(0);
    assert_eq!(line.status.as_deref(), Some("K"));
    assert_eq!(line.status_since, Some(on("2026-01-05")));
    assert_eq!(line.needs, [("ASD".to_owned(), 1), ("SLCN".to_owned(), 2)]);
    assert_eq!(store.all_lines().unwrap(), [line]);
    let names = store.names(on("2026-11-23")).unwrap();
    assert_eq!(
        names.entries()[0].status,
        Some(crate::domain::code::Status::K)
    );
    assert!(names.entries()[0].on_roll);
    assert_eq!(store.school().unwrap().code, "OAK");
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn undo_and_redo_bring_each_state_back_and_the_chain_holds() {
    let mut store = store();
    let id = aisha(&mut store);
    let added = store.dump("pupil").unwrap();
    store
        .step("Change pupil", |w| {
            w.amend(Kind::Pupil, id, &texts(&[("class", "6A")]), None)
        })
        .unwrap();
    let changed = store.dump("pupil").unwrap();
    assert_eq!(store.undo().unwrap().label, "Change pupil");
    assert_eq!(store.dump("pupil").unwrap(), added);
    assert_eq!(store.undo().unwrap().label, "Add");
    assert_eq!(store.dump("pupil").unwrap(), "");
    assert!(matches!(store.undo(), Err(Error::NothingToUndo)));
    assert_eq!(store.redo().unwrap().label, "Add");
    assert_eq!(store.redo().unwrap().label, "Change pupil");
    assert!(matches!(store.redo(), Err(Error::NothingToRedo)));
    assert_eq!(store.dump("pupil").unwrap(), changed);
    assert_eq!(store.verify().unwrap(), None);
    let steps = store.history(None, 100).unwrap();
    let kinds: Vec<_> = steps.iter().map(|step| step.kind.word()).collect();
    assert_eq!(
        kinds,
        [
            "redo", "redo", "undo", "undo", "change", "change", "boundary"
        ]
    );
}

fn codes(store: &Store, pupil: i64) -> Vec<(String, Option<String>, Option<String>)> {
    let record = store.record(PupilId(pupil)).unwrap().unwrap();
    let iso = |day: Option<NaiveDate>| day.map(date::iso);
    record
        .statuses
        .into_iter()
        .map(|period| (period.code, iso(period.starts), iso(period.ends)))
        .collect()
}

fn ranks(store: &Store, pupil: i64) -> Vec<(String, i64)> {
    let record = store.record(PupilId(pupil)).unwrap().unwrap();
    record
        .current_needs()
        .map(|need| (need.code.clone(), need.rank))
        .collect()
}

#[test]
fn a_new_status_closes_the_open_one_the_day_before_in_the_same_step() {
    let mut store = store();
    let pupil = aisha(&mut store).to_string();
    let status = |code: &'static str, from: &'static str| {
        texts(&[("pupil", &pupil), ("code", code), ("from", from)])
    };
    store
        .step("Add", |w| w.add(Kind::Status, &status("N", "")))
        .unwrap();
    store
        .step("Add", |w| w.add(Kind::Status, &status("K", "2026-01-05")))
        .unwrap();
    let both = [
        ("K".to_owned(), Some("2026-01-05".to_owned()), None),
        ("N".to_owned(), None, Some("2026-01-04".to_owned())),
    ];
    assert_eq!(codes(&store, 1), both);
    // On the same day, earlier, or on a day not known it is refused with the reason, and nothing is done.
    for from in ["2026-01-05", "2025-12-01", ""] {
        let refused = store.step("Add", |w| w.add(Kind::Status, &status("E", from)));
        let text = refused.unwrap_err().to_string();
        assert!(
            text.contains(if from.is_empty() {
                "first day"
            } else {
                "Mon 5 Jan 2026"
            }),
            "{text}"
        );
        assert_eq!(codes(&store, 1), both);
    }
    store.undo().unwrap();
    assert_eq!(codes(&store, 1), [("N".to_owned(), None, None)]);
}

#[test]
fn periods_that_would_overlap_are_refused_whoever_writes_them() {
    let mut store = store();
    let pupil = aisha(&mut store).to_string();
    for (code, from) in [
        ("N", "2020-09-01"),
        ("K", "2022-01-10"),
        ("E", "2024-03-01"),
    ] {
        add(
            &mut store,
            Kind::Status,
            &[("pupil", &pupil), ("code", code), ("from", from)],
        );
    }
    let back = store.step("Change", |w| {
        w.amend(Kind::Status, 3, &texts(&[("from", "2023-01-01")]), None)
    });
    assert!(
        back.unwrap_err()
            .to_string()
            .contains("from Mon 10 Jan 2022 to Thu 29 Feb 2024")
    );
    let late = store.step("Change", |w| {
        w.amend(Kind::Status, 2, &texts(&[("from", "2025-01-01")]), None)
    });
    assert!(matches!(late, Err(Error::StatusOverlap { .. })));
    let early = store.step("Change", |w| {
        w.amend(Kind::Status, 2, &texts(&[("from", "")]), None)
    });
    assert!(matches!(early, Err(Error::StatusOverlap { .. })));
    for sql in [
        "INSERT INTO status_period (pupil, code, starts, ends) VALUES (1, 'K', '2021-01-01', '2021-02-01')",
        "INSERT INTO status_period (pupil, code, starts) VALUES (1, 'K', '2026-01-01')",
        "UPDATE status_period SET ends = NULL WHERE id = 2",
        "INSERT INTO status_period (pupil, code) VALUES (77, 'K')",
        "INSERT INTO need (pupil, code, rank) VALUES (1, 'ASD', 0)",
    ] {
        let raw = store.step("Raw", |w| Ok(w.conn.execute(sql, [])?));
        assert!(matches!(raw, Err(Error::Sqlite(_))), "{sql}");
    }
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn ranks_stay_one_each_and_the_others_make_room() {
    let mut store = store();
    let pupil = aisha(&mut store).to_string();
    for (code, rank) in [("SLCN", ""), ("ASD", ""), ("MLD", "1"), ("HI", "")] {
        add(
            &mut store,
            Kind::Need,
            &[("pupil", &pupil), ("code", code), ("rank", rank)],
        );
    }
    let order = |store: &Store| -> Vec<String> {
        let ranked = ranks(store, 1);
        assert!(
            ranked
                .iter()
                .map(|(_, rank)| *rank)
                .eq(1..=ranked.len() as i64),
            "{ranked:?}"
        );
        ranked.into_iter().map(|(code, _)| code).collect()
    };
    assert_eq!(order(&store), ["MLD", "SLCN", "ASD", "HI"]);
    let mut move_to = |id: i64, rank: &str| {
        let values = texts(&[("rank", rank)]);
        store
            .step("Change", |w| w.amend(Kind::Need, id, &values, None))
            .unwrap();
        order(&store)
    };
    assert_eq!(move_to(4, "1"), ["HI", "MLD", "SLCN", "ASD"]);
    assert_eq!(move_to(4, "3"), ["MLD", "SLCN", "HI", "ASD"]);
    assert_eq!(move_to(2, "2"), ["MLD", "ASD", "SLCN", "HI"]);
    store.undo().unwrap();
    store.undo().unwrap();
    store.undo().unwrap();
    assert_eq!(order(&store), ["MLD", "SLCN", "ASD", "HI"]);
}

#[test]
fn a_form_opened_before_another_change_does_not_save_over_it() {
    let mut store = store();
    let id = aisha(&mut store);
    let seen = store.values(Kind::Pupil, id).unwrap().unwrap();
    let mut amend = |pairs: &[(&'static str, &str)], seen: Option<&Values>| {
        store.step("Change", |w| w.amend(Kind::Pupil, id, &texts(pairs), seen))
    };
    amend(&[("class", "6A")], None).unwrap();
    assert!(matches!(
        amend(&[("class", "6C")], Some(&seen)),
        Err(Error::Changed)
    ));
    // Another field, or what it says now anyway, is no clash.
    amend(&[("sex", "F")], Some(&seen)).unwrap();
    amend(&[("class", "6A")], Some(&seen)).unwrap();
    assert_eq!(
        store.lines(&[PupilId(id)]).unwrap()[0]
            .pupil
            .class
            .as_deref(),
        Some("6A")
    );
}

#[test]
fn a_year_group_is_kept_with_its_academic_year_and_moves_on() {
    let mut store = store();
    let id = aisha(&mut store);
    store.author.working_date = Some(on("2027-09-01"));
    let values = store.values(Kind::Pupil, id).unwrap().unwrap();
    assert_eq!(values.get("year"), Some(&Some(Value::Text("6".into()))));
    // Saving what the form shows says nothing new and makes no step.
    let before = store.history(None, 9).unwrap().len();
    store
        .step("Change", |w| {
            w.amend(Kind::Pupil, id, &values, Some(&values))
        })
        .unwrap();
    assert_eq!(store.history(None, 9).unwrap().len(), before);
    store
        .step("Change", |w| {
            w.amend(Kind::Pupil, id, &texts(&[("year", "7")]), None)
        })
        .unwrap();
    let pupil = store.record(PupilId(id)).unwrap().unwrap().pupil;
    assert_eq!(pupil.year_of, Some(crate::domain::year::AcademicYear(2027)));
    assert_eq!(
        store.history(None, 1).unwrap()[0].working_date,
        Some(on("2027-09-01"))
    );
}

#[test]
fn orders_put_what_is_not_known_last_and_names_break_ties() {
    let mut store = store();
    for (surname, class, year, dob) in [
        ("Young", "10A", "10", "2012-01-02"),
        ("Ali", "", "", ""),
        ("Bell", "9B", "9", "2013-05-01"),
        ("Cole", "9B", "R", "2021-05-01"),
    ] {
        add(
            &mut store,
            Kind::Pupil,
            &[
                ("surname", surname),
                ("class", class),
                ("year", year),
                ("dob", dob),
            ],
        );
    }
    add(
        &mut store,
        Kind::Status,
        &[("pupil", "2"), ("code", "K"), ("from", "2026-01-01")],
    );
    add(
        &mut store,
        Kind::Status,
        &[("pupil", "1"), ("code", "E"), ("from", "2026-01-01")],
    );
    let order = |by| {
        store
            .ordered(by)
            .unwrap()
            .into_iter()
            .map(|id| id.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(order(Order::Name), [2, 3, 4, 1]);
    assert_eq!(order(Order::Class), [3, 4, 1, 2]);
    assert_eq!(order(Order::Year), [4, 3, 1, 2]);
    assert_eq!(order(Order::Dob), [1, 3, 4, 2]);
    assert_eq!(order(Order::Status), [1, 2, 3, 4]);
}

#[test]
fn the_names_are_read_from_two_indexes_alone() {
    let store = store();
    for (sql, index) in [
        (
            "SELECT id, name_key, class, left_on FROM pupil ORDER BY name_key, class, left_on, id",
            "pupil_name",
        ),
        (OPEN_STATUSES, "status_period_open"),
        (
            "SELECT code, rank FROM need WHERE pupil = 1 AND ends IS NULL ORDER BY rank, id",
            "need_pupil",
        ),
    ] {
        let plan: String = store
            .conn
            .query_row(&format!("EXPLAIN QUERY PLAN {sql}"), [], |row| row.get(3))
            .unwrap();
        assert!(
            plan.contains(&format!("USING COVERING INDEX {index}")),
            "{plan}"
        );
    }
}

#[test]
fn a_draft_is_kept_until_the_record_is_saved_and_is_no_step() {
    let mut store = store();
    let draft = Draft {
        kind: Kind::Pupil.into(),
        variant: String::new(),
        about: None,
        editing: false,
        texts: [("surname".to_owned(), "Oka".to_owned())].into(),
        mark: None,
    };
    let mark = store.keep_draft(&draft, true).unwrap();
    let later = Draft {
        texts: [("surname".to_owned(), "Okafor".to_owned())].into(),
        mark: Some(mark),
        ..draft
    };
    let mark = store.keep_draft(&later, true).unwrap();
    let kept = store.draft(Kind::Pupil, "", None, false).unwrap().unwrap();
    assert_eq!((kept.texts, kept.mark.as_ref()), (later.texts, Some(&mark)));
    assert_eq!(store.draft(Kind::Pupil, "", Some(1), true).unwrap(), None);
    let failed = store.step("Add", |w| {
        w.drop_draft(Some(&mark))?;
        w.add(Kind::Status, &texts(&[("pupil", "5"), ("code", "K")]))
    });
    assert!(matches!(failed, Err(Error::NoSuchRecord { id }) if id == "p5"));
    assert!(store.draft(Kind::Pupil, "", None, false).unwrap().is_some());
    store
        .step("Nothing", |w| w.drop_draft(Some(&mark)))
        .unwrap();
    assert_eq!(store.draft(Kind::Pupil, "", None, false).unwrap(), None);
    assert_eq!(store.history(None, 9).unwrap().len(), 1);
}

#[test]
fn settings_are_the_schools_own_and_undone_like_anything() {
    let mut store = store();
    store.set_setting("worklist", "a").unwrap();
    store.set_setting("worklist", "b").unwrap();
    assert_eq!(store.setting("worklist").unwrap().as_deref(), Some("b"));
    store.undo().unwrap();
    assert_eq!(store.setting("worklist").unwrap().as_deref(), Some("a"));
    assert_eq!(store.setting("other").unwrap(), None);
}

#[test]
fn owners_values_and_touched_records_are_told() {
    let mut store = store();
    let id = aisha(&mut store);
    let pupil = id.to_string();
    let need = add(
        &mut store,
        Kind::Need,
        &[("pupil", &pupil), ("code", "SLCN")],
    );
    assert_eq!(store.owner(Kind::Need, need).unwrap(), Some(PupilId(id)));
    assert_eq!(store.owner(Kind::Status, 1).unwrap(), None);
    assert_eq!(store.values(Kind::Status, 1).unwrap(), None);
    let last = store.history(None, 1).unwrap()[0].id;
    assert_eq!(
        store.touched(last).unwrap(),
        [(Kind::Need, need, Some(PupilId(id)))]
    );
    store.undo().unwrap();
    let last = store.history(None, 1).unwrap()[0].id;
    assert_eq!(
        store.touched(last).unwrap(),
        [(Kind::Need, need, Some(PupilId(id)))]
    );
    assert!(
        store
            .dump("pupil")
            .unwrap()
            .starts_with("id=1 surname=\"Okafor\" forename=\"Aisha\"")
    );
    assert!(matches!(
        store.dump("sqlite_schema"),
        Err(Error::NoSuchTable { .. })
    ));
}
