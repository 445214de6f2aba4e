//! The hours of a week: one line each, and the minutes of contacts beside them.

use super::*;
use crate::domain::date;
use crate::domain::hours::Weeks;

fn hours(store: &mut Store, week: &str, minutes: &str) -> i64 {
    add(
        store,
        Kind::Hours,
        &[("week", week), ("hours", minutes), ("note", "Reviews")],
    )
}

fn told(store: &Store) -> Vec<(String, i64)> {
    let lines = store.hours().unwrap();
    lines
        .into_iter()
        .map(|line| (date::iso(line.week), line.minutes))
        .collect()
}

#[test]
fn a_week_has_one_line_which_is_changed_taken_out_and_brought_back() {
    let mut store = store();
    let first = hours(&mut store, "2026-11-16", "150");
    hours(&mut store, "2026-11-23", "60");
    let both = [
        ("2026-11-23".to_owned(), 60),
        ("2026-11-16".to_owned(), 150),
    ];
    assert_eq!(told(&store), both);
    let again = texts(&[("week", "2026-11-16"), ("hours", "30")]);
    let refused = store.step("Add hours", |w| w.add(Kind::Hours, &again));
    assert_eq!(
        refused.unwrap_err().to_string(),
        "Week: the week from Mon 16 Nov 2026 has 2h30 already (u1): change that line instead."
    );
    let onto = texts(&[("week", "2026-11-23")]);
    let refused = store.step("Change", |w| w.amend(Kind::Hours, first, &onto, None));
    assert!(matches!(refused, Err(Error::Refused { .. })));
    let same_week = texts(&[("week", "2026-11-16"), ("hours", "200")]);
    store
        .step("Change", |w| w.amend(Kind::Hours, first, &same_week, None))
        .unwrap();
    assert_eq!(told(&store)[1].1, 200);
    store.undo().unwrap();
    assert_eq!(told(&store), both);
    store
        .step("Remove", |w| w.remove(Kind::Hours, first))
        .unwrap();
    assert_eq!(told(&store).len(), 1);
    store.undo().unwrap();
    assert_eq!(told(&store), both);
    let history = store.history_of(Kind::Hours, first).unwrap();
    assert_eq!(history.len(), 5, "{history:?}");
}

#[test]
fn the_minutes_of_contacts_count_from_monday_to_sunday_without_what_is_struck_or_in_the_bin() {
    let mut store = store();
    aisha(&mut store);
    let entry = |store: &mut Store, at: &str, minutes: &str| {
        let mut values = vec![("pupils", "p1"), ("at", at), ("text", "Said")];
        if !minutes.is_empty() {
            values.push(("minutes", minutes));
        }
        add(store, Kind::Contact, &values)
    };
    entry(&mut store, "2026-11-15T23:59", "1");
    entry(&mut store, "2026-11-16", "2");
    entry(&mut store, "2026-11-22T23:59", "4");
    entry(&mut store, "2026-11-23", "8");
    entry(&mut store, "2026-11-18", "");
    let binned = entry(&mut store, "2026-11-18", "16");
    let struck = entry(&mut store, "2026-11-18T09:00", "32");
    let amended = entry(&mut store, "2026-11-19T09:00", "64");
    store.step("Bin", |w| w.bin(Kind::Contact, binned)).unwrap();
    let (struck, amended) = (struck.to_string(), amended.to_string());
    add(
        &mut store,
        Kind::Strike,
        &[("contact", &struck), ("reason", "Wrong child")],
    );
    add(
        &mut store,
        Kind::Amendment,
        &[("contact", &amended), ("text", "Later")],
    );
    let week = Weeks::of(on("2026-11-18"), on("2026-11-18"));
    assert_eq!(
        store.contact_minutes(week).unwrap(),
        [
            (on("2026-11-16"), 2),
            (on("2026-11-19"), 64),
            (on("2026-11-22"), 4)
        ]
    );
}
