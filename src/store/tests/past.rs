//! A past that can be told: needs that end, earlier periods of status, what was before the birth or is kept elsewhere.

use super::*;
use crate::domain::untold::KeptFrom;

fn needs(store: &Store) -> Vec<(String, i64)> {
    store.lines(&[PupilId(1)]).unwrap().remove(0).needs
}

fn told(store: &mut Store, kind: Kind, pairs: &[(&'static str, &str)]) -> String {
    let values = texts(pairs);
    let refused = store.step("Add", |w| w.add(kind, &values));
    refused.unwrap_err().to_string()
}

fn amend(store: &mut Store, kind: Kind, id: i64, pairs: &[(&'static str, &str)]) {
    let values = texts(pairs);
    store
        .step("Change", |w| w.amend(kind, id, &values, None))
        .unwrap();
}

fn with_needs() -> Store {
    let mut store = store();
    aisha(&mut store);
    for code in ["SLCN", "ASD", "SPLD"] {
        add(
            &mut store,
            Kind::Need,
            &[("pupil", "1"), ("code", code), ("from", "2025-09-01")],
        );
    }
    store
}

#[test]
fn a_need_ends_and_the_next_one_is_primary_and_undo_brings_both_back() {
    let mut store = with_needs();
    amend(&mut store, Kind::Need, 1, &[("to", "2026-07-17")]);
    let moved = [("ASD".to_owned(), 1), ("SPLD".to_owned(), 2)];
    assert_eq!(needs(&store), moved);
    let record = store.record(PupilId(1)).unwrap().unwrap();
    assert_eq!(record.needs[2].ends, Some(on("2026-07-17")));
    // It may come back, and stands where it stood.
    amend(&mut store, Kind::Need, 1, &[("to", "")]);
    assert_eq!(needs(&store)[0], ("SLCN".to_owned(), 1));
    assert_eq!(needs(&store)[2], ("SPLD".to_owned(), 3));
    store.undo().unwrap();
    assert_eq!(needs(&store), moved);
}

#[test]
fn a_need_entered_by_mistake_is_taken_out_whole() {
    let mut store = with_needs();
    store.step("Remove", |w| w.remove(Kind::Need, 2)).unwrap();
    assert_eq!(
        needs(&store),
        [("SLCN".to_owned(), 1), ("SPLD".to_owned(), 2)]
    );
    assert!(store.values(Kind::Need, 2).unwrap().is_none());
    store.undo().unwrap();
    assert_eq!(needs(&store)[1], ("ASD".to_owned(), 2));
}

#[test]
fn one_code_is_on_record_once_at_a_time_and_again_later() {
    let mut store = with_needs();
    let twice = [("pupil", "1"), ("code", "SLCN"), ("from", "2026-01-05")];
    let refused = told(&mut store, Kind::Need, &twice);
    assert!(
        refused.contains("(n1, rank 1, from 1 Sep 2025)"),
        "{refused}"
    );
    amend(&mut store, Kind::Need, 1, &[("to", "2025-12-19")]);
    add(&mut store, Kind::Need, &twice);
    // Its end cannot be moved into the other's time.
    let values = texts(&[("to", "2026-02-01")]);
    let refused = store.step("Change", |w| w.amend(Kind::Need, 1, &values, None));
    assert!(refused.is_err());
    // An earlier time of its own is no second one at once, and moves no rank.
    let ranks = needs(&store);
    let earlier = [
        ("pupil", "1"),
        ("code", "SLCN"),
        ("from", "2023-09-01"),
        ("to", "2024-07-19"),
    ];
    add(&mut store, Kind::Need, &earlier);
    assert_eq!(needs(&store), ranks);
}

#[test]
fn an_earlier_period_of_status_is_entered_wherever_it_overlaps_nothing() {
    let mut store = store();
    aisha(&mut store);
    let open = [("pupil", "1"), ("code", "E"), ("from", "2026-02-01")];
    add(&mut store, Kind::Status, &open);
    let period = |from, to| [("pupil", "1"), ("code", "K"), ("from", from), ("to", to)];
    add(
        &mut store,
        Kind::Status,
        &period("2025-01-06", "2026-01-31"),
    );
    add(
        &mut store,
        Kind::Status,
        &period("2023-09-01", "2024-07-19"),
    );
    let record = store.record(PupilId(1)).unwrap().unwrap();
    assert_eq!(record.statuses.len(), 3);
    assert_eq!(record.line().status.as_deref(), Some("E"));
    for (from, to) in [("2026-01-15", "2026-02-01"), ("2024-07-19", "2024-09-01")] {
        let refused = told(&mut store, Kind::Status, &period(from, to));
        assert!(refused.starts_with("Another status"), "{refused}");
    }
    // Without a last day it would be the open one: the sentence says what it lacks.
    let refused = told(&mut store, Kind::Status, &period("2024-08-01", "")[..3]);
    assert!(
        refused.contains("has a last day too, Sat 31 Jan 2026"),
        "{refused}"
    );
    store.step("Remove", |w| w.remove(Kind::Status, 2)).unwrap();
    assert_eq!(store.record(PupilId(1)).unwrap().unwrap().statuses.len(), 2);
}

#[test]
fn a_person_linked_to_the_wrong_child_is_unlinked_and_stays_with_the_others_also_by_undo() {
    let mut store = store();
    aisha(&mut store);
    aisha(&mut store);
    add(
        &mut store,
        Kind::Person,
        &[("pupil", "1"), ("name", "Mrs Okafor")],
    );
    add(&mut store, Kind::Person, &[("pupil", "2"), ("name", "a1")]);
    let said = [
        ("pupils", "2"),
        ("kind", "phone"),
        ("at", "2026-11-20T09:00"),
        ("with", "a2"),
        ("text", "rang"),
    ];
    add(&mut store, Kind::Contact, &said);
    store.later(chrono::TimeDelta::hours(2));
    store.step("Remove", |w| w.remove(Kind::Person, 2)).unwrap();
    assert_eq!(store.people_of(PupilId(2)).unwrap(), []);
    assert_eq!(store.people_of(PupilId(1)).unwrap().len(), 1);
    // The entry is evidence by now; whom its words meant is not part of it.
    store.undo().unwrap();
    assert_eq!(store.people_of(PupilId(2)).unwrap().len(), 1);
}

/// A run of this tier with the child in it from a day on.
fn on_provision(store: &mut Store, tier: &str, from: &str) {
    let of = add(
        store,
        Kind::ProvisionType,
        &[
            ("name", "Lexia"),
            ("tier", tier),
            ("minutes", "20"),
            ("sessions_week", "3"),
            ("weeks", "6"),
        ],
    );
    let run = add(
        store,
        Kind::Provision,
        &[("type", &of.to_string()), ("starts", from)],
    );
    add(
        store,
        Kind::Member,
        &[
            ("provision", &run.to_string()),
            ("pupil", "1"),
            ("from", from),
        ],
    );
}

#[test]
fn cfa_2014_s68_bites_on_provision_without_a_plan_and_without_parents_told_not_on_a_code() {
    let today = on("2026-11-23");
    // Tier, first day, status, told, kept here from; listed?
    let rows = [
        ("targeted", "2026-09-07", None, None, None, true),
        ("", "2026-09-07", Some("K"), None, None, true),
        ("specialist", "2026-09-07", Some("N"), None, None, true),
        ("universal", "2026-09-07", Some("K"), None, None, false),
        ("targeted", "2026-12-01", Some("K"), None, None, false),
        ("targeted", "2026-09-07", Some("E"), None, None, false),
        (
            "targeted",
            "2026-09-07",
            Some("K"),
            Some("2026-09-04"),
            None,
            false,
        ),
        (
            "targeted",
            "2026-09-07",
            Some("K"),
            None,
            Some("2026-09-07"),
            true,
        ),
        (
            "targeted",
            "2026-09-07",
            Some("K"),
            None,
            Some("2026-11-01"),
            false,
        ),
    ];
    for row in rows {
        let (tier, from, status, informed, kept, want) = row;
        let mut store = store();
        aisha(&mut store);
        if let Some(code) = status {
            let period = [
                ("pupil", "1"),
                ("code", code),
                ("from", "2026-09-01"),
                ("parents_informed", informed.unwrap_or_default()),
            ];
            add(&mut store, Kind::Status, &period);
        }
        on_provision(&mut store, tier, from);
        if let Some(day) = kept {
            let kept = KeptFrom {
                day: on(day),
                elsewhere: Some("paper file".to_owned()),
            };
            store.step("Keep", |w| w.keep_from(Some(&kept))).unwrap();
            assert_eq!(store.kept_from().unwrap(), Some(kept));
        }
        let found = store.untold(today).unwrap();
        assert_eq!(!found.is_empty(), want, "{row:?}");
        let own = store.untold_of(PupilId(1), today).unwrap();
        assert_eq!(own, found.into_iter().next().map(|(_, untold)| untold));
        let text = own.map(|untold| untold.text()).unwrap_or_default();
        assert!(!text.contains("late"), "{text}");
    }
}

#[test]
fn parents_told_in_an_earlier_time_were_not_told_of_what_began_since() {
    let mut store = store();
    aisha(&mut store);
    for period in [
        [
            ("pupil", "1"),
            ("code", "K"),
            ("from", "2024-09-01"),
            ("to", "2025-07-18"),
            ("parents_informed", "2024-09-10"),
        ],
        [
            ("pupil", "1"),
            ("code", "K"),
            ("from", "2026-09-01"),
            ("to", ""),
            ("parents_informed", ""),
        ],
    ] {
        add(&mut store, Kind::Status, &period);
    }
    on_provision(&mut store, "targeted", "2026-09-07");
    assert_eq!(store.untold(on("2026-11-23")).unwrap().len(), 1);
}

#[test]
fn a_day_that_lies_ahead_is_no_day_records_are_kept_from_and_none_forgets_it() {
    let mut store = store();
    let kept = |day| KeptFrom {
        day: on(day),
        elsewhere: None,
    };
    let ahead = kept("2026-11-24");
    assert!(store.step("Keep", |w| w.keep_from(Some(&ahead))).is_err());
    let day = kept("2026-09-01");
    store.step("Keep", |w| w.keep_from(Some(&day))).unwrap();
    store.step("Forget", |w| w.keep_from(None)).unwrap();
    assert_eq!(store.kept_from().unwrap(), None);
    store.undo().unwrap();
    assert_eq!(store.kept_from().unwrap(), Some(day));
}

#[test]
fn what_is_dated_before_the_birth_is_told() {
    let mut store = store();
    aisha(&mut store);
    amend(&mut store, Kind::Pupil, 1, &[("dob", "2016-10-03")]);
    let early = [("pupil", "1"), ("code", "K"), ("from", "2015-09-01")];
    add(&mut store, Kind::Status, &early);
    let contact = |day| {
        [
            ("pupils", "1"),
            ("kind", "note"),
            ("at", day),
            ("text", "seen"),
        ]
    };
    add(&mut store, Kind::Contact, &contact("2016-10-02T09:00"));
    add(&mut store, Kind::Contact, &contact("2016-10-03T09:00"));
    assert_eq!(store.before_birth(Kind::Status, 1).unwrap(), 1);
    assert_eq!(store.before_birth(Kind::Contact, 1).unwrap(), 1);
    assert_eq!(store.before_birth(Kind::Contact, 2).unwrap(), 0);
    assert_eq!(store.before_birth(Kind::Pupil, 1).unwrap(), 2);
}

#[test]
fn a_working_date_before_the_day_the_newest_step_worked_on_is_known() {
    let mut store = store();
    aisha(&mut store);
    // The step was made under a working date of its own, whatever the real day.
    let own = on("2026-11-23");
    assert_eq!(store.later_than(own).unwrap(), None);
    assert_eq!(store.later_than(on("2026-09-01")).unwrap(), Some(own));
    store.record_access("Print").unwrap();
    assert_eq!(store.later_than(on("2026-11-22")).unwrap(), Some(own));
    let author = Author {
        working_date: None,
        ..author("Sam Reed")
    };
    let mut store = Store::memory(author).unwrap();
    aisha(&mut store);
    let real = crate::sys::clock::today();
    assert_eq!(store.later_than(real).unwrap(), None);
    let before = real.pred_opt().unwrap();
    assert_eq!(store.later_than(before).unwrap(), Some(real));
}
