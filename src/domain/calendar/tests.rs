//! School days, terms, weeks: an invented school's year 2026/27, and calendars entered badly.

use super::*;
use proptest::prelude::*;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn term(id: i64, name: &str, starts: NaiveDate, ends: NaiveDate) -> Term {
    Term {
        id: TermId(id),
        name: name.into(),
        starts,
        ends,
    }
}

fn closure(id: i64, day: NaiveDate, name: &str) -> Closure {
    Closure {
        id: ClosureId(id),
        day,
        name: name.into(),
    }
}

/// Six half-terms, given out of order as a school may enter them.
fn year() -> Calendar {
    Calendar::new(
        vec![
            term(3, "Spring 1", day(2027, 1, 4), day(2027, 2, 12)),
            term(1, "Autumn 1", day(2026, 9, 1), day(2026, 10, 23)),
            term(2, "autumn 2", day(2026, 11, 2), day(2026, 12, 18)),
            term(4, "Spring 2", day(2027, 2, 22), day(2027, 3, 25)),
            term(5, "Summer 1", day(2027, 4, 12), day(2027, 5, 28)),
            term(6, "Summer 2", day(2027, 6, 7), day(2027, 7, 21)),
            term(7, "Autumn 1", day(2027, 9, 2), day(2027, 10, 22)),
        ],
        vec![
            closure(2, day(2027, 1, 4), "INSET"),
            closure(1, day(2026, 9, 1), "INSET"),
            closure(3, day(2026, 12, 18), "Burst pipe"),
        ],
    )
}

#[test]
fn each_kind_of_closed_day_says_why_in_words_for_a_sentence() {
    let calendar = year();
    for (on, want) in [
        (day(2026, 11, 28), Some("a Saturday")),
        (day(2026, 11, 29), Some("a Sunday")),
        (day(2026, 10, 28), Some("half-term")),
        (day(2026, 10, 24), Some("half-term")), // a weekend in the holidays is the holidays
        (day(2026, 12, 25), Some("a bank holiday (Christmas Day)")),
        (day(2026, 12, 30), Some("holidays")),
        (day(2027, 5, 3), Some("the Early May bank holiday")),
        (day(2027, 8, 11), Some("holidays")),
        (day(2026, 12, 18), Some("Burst pipe")),
        (day(2026, 11, 23), None),
        (day(2027, 11, 3), None), // no term of that time is known
    ] {
        let said = calendar.closed(on).map(|closed| closed.to_string());
        assert_eq!(said.as_deref(), want, "{on}");
        assert_eq!(calendar.is_school_day(on), want.is_none(), "{on}");
    }
}

#[test]
fn terms_reach_their_own_days_and_the_holidays_between_them_only() {
    let calendar = year();
    assert!(!calendar.covers(day(2026, 8, 31)));
    assert!(calendar.covers(day(2026, 9, 1)));
    assert!(calendar.covers(day(2026, 10, 26)));
    assert!(calendar.covers(day(2027, 8, 1)));
    assert!(calendar.covers(day(2027, 10, 22)));
    assert!(!calendar.covers(day(2027, 10, 23)));
    assert!(!Calendar::default().covers(day(2026, 11, 23)));
}

#[test]
fn a_term_missing_between_two_is_not_taken_for_a_holiday() {
    let calendar = Calendar::new(
        vec![
            term(1, "Autumn", day(2026, 9, 1), day(2026, 12, 18)),
            term(2, "Summer", day(2027, 4, 12), day(2027, 7, 21)),
        ],
        vec![],
    );
    assert!(!calendar.covers(day(2027, 2, 3)) && calendar.is_school_day(day(2027, 2, 3)));
    assert_eq!(calendar.start_of_next_term(day(2026, 11, 23)), None);
    assert_eq!(calendar.end_of_term(day(2027, 2, 3)), None);
}

#[test]
fn school_days_are_counted_over_weekends_holidays_and_closures() {
    let calendar = year();
    for (from, n, want) in [
        (day(2026, 11, 23), 0, day(2026, 11, 23)),
        (day(2026, 11, 23), 1, day(2026, 11, 24)),
        (day(2026, 11, 27), 1, day(2026, 11, 30)),
        (day(2026, 10, 23), 1, day(2026, 11, 2)),
        (day(2026, 12, 17), 1, day(2027, 1, 5)),
        (day(2026, 11, 2), -1, day(2026, 10, 23)),
        (day(2026, 11, 29), -1, day(2026, 11, 27)),
        (day(2026, 12, 25), 5, day(2027, 1, 11)),
    ] {
        assert_eq!(calendar.add_school_days(from, n), Some(want), "{from} {n}");
    }
    assert_eq!(
        calendar.school_days_between(day(2026, 11, 23), day(2026, 12, 31)),
        18
    );
    assert_eq!(
        calendar.school_days_between(day(2026, 12, 31), day(2026, 11, 23)),
        -19
    );
    assert_eq!(
        calendar.school_days_between(day(2026, 10, 24), day(2026, 11, 1)),
        0
    );
}

#[test]
fn counting_ends_at_the_edge_of_the_calendar() {
    let calendar = year();
    assert_eq!(calendar.add_school_days(day(2026, 11, 23), i64::MAX), None);
    assert_eq!(calendar.add_school_days(day(2026, 11, 23), i64::MIN), None);
    for odd in [NaiveDate::MIN, NaiveDate::MAX, day(9999, 12, 31)] {
        assert_eq!(calendar.add_school_days(odd, 1), None);
        assert_eq!(calendar.add_school_days(odd, 0), None);
        assert_eq!(calendar.on_or_after(odd), None);
        assert_eq!(calendar.on_or_before(odd), None);
        assert_eq!(calendar.week(odd), None);
        assert_eq!(calendar.end_of_term(odd), None);
    }
    assert!(calendar.school_days_between(NaiveDate::MIN, NaiveDate::MAX) > 70_000);
}

#[test]
fn teaching_weeks_run_on_over_half_term_which_has_no_number() {
    let calendar = year();
    let week = |on| {
        calendar
            .week(on)
            .map(|(name, number)| format!("{name} {number}"))
    };
    assert_eq!(week(day(2026, 9, 1)).as_deref(), Some("Autumn 1"));
    assert_eq!(week(day(2026, 9, 7)).as_deref(), Some("Autumn 2"));
    assert_eq!(week(day(2026, 10, 23)).as_deref(), Some("Autumn 8"));
    assert_eq!(week(day(2026, 10, 28)), None);
    assert_eq!(week(day(2026, 11, 2)).as_deref(), Some("Autumn 9"));
    assert_eq!(week(day(2026, 11, 23)).as_deref(), Some("Autumn 12"));
    assert_eq!(week(day(2026, 11, 29)).as_deref(), Some("Autumn 12")); // its Sunday
    assert_eq!(week(day(2026, 12, 20)).as_deref(), Some("Autumn 15")); // Sunday after the last day
    assert_eq!(week(day(2027, 1, 4)).as_deref(), Some("Spring 1"));
    assert_eq!(week(day(2026, 12, 30)), None);

    assert_eq!(
        calendar.teaching_week(3, day(2026, 11, 23)),
        Some(day(2026, 9, 14))
    );
    assert_eq!(
        calendar.teaching_week(1, day(2026, 11, 23)),
        Some(day(2026, 9, 2))
    );
    assert_eq!(
        calendar.teaching_week(9, day(2026, 10, 28)),
        Some(day(2026, 11, 2))
    );
    assert_eq!(
        calendar.teaching_week(1, day(2026, 12, 28)),
        Some(day(2027, 1, 5))
    );
    assert_eq!(
        calendar.teaching_weeks(day(2026, 11, 23)),
        Some(("Autumn".into(), 15))
    );
    for none in [0, 16, u32::MAX] {
        assert_eq!(calendar.teaching_week(none, day(2026, 11, 23)), None);
    }
}

#[test]
fn ends_and_starts_of_terms_are_school_days() {
    let calendar = year();
    for (on, half, whole, next) in [
        (
            day(2026, 9, 14),
            day(2026, 10, 23),
            day(2026, 12, 17),
            day(2027, 1, 5),
        ),
        (
            day(2026, 10, 28),
            day(2026, 12, 17),
            day(2026, 12, 17),
            day(2027, 1, 5),
        ),
        (
            day(2026, 12, 28),
            day(2027, 2, 12),
            day(2027, 3, 25),
            day(2027, 1, 5),
        ),
        (
            day(2027, 7, 1),
            day(2027, 7, 21),
            day(2027, 7, 21),
            day(2027, 9, 2),
        ),
        (
            day(2026, 8, 20),
            day(2026, 10, 23),
            day(2026, 12, 17),
            day(2026, 9, 2),
        ),
    ] {
        assert_eq!(calendar.end_of_half_term(on), Some(half), "{on}");
        assert_eq!(calendar.end_of_term(on), Some(whole), "{on}");
        assert_eq!(calendar.start_of_next_term(on), Some(next), "{on}");
    }
    assert_eq!(calendar.start_of_next_term(day(2027, 9, 14)), None);
    assert_eq!(calendar.end_of_term(day(2027, 11, 1)), None);
    assert_eq!(calendar.end_of_half_term(day(2020, 1, 1)), None);
}

#[test]
fn halves_are_told_by_their_names_whatever_the_number_or_year_behind() {
    for names in [
        ["Autumn 1", "Autumn 2"],
        ["Autumn", "Autumn"],
        ["Term 1", "Term 2"],
    ]
    .into_iter()
    .chain([
        ["Autumn 1 2026/27", "Autumn 2 2026/27"],
        ["AUTUMN1", "Autumn 2"],
    ]) {
        let rows = vec![
            term(1, names[0], day(2026, 9, 1), day(2026, 10, 23)),
            term(2, names[1], day(2026, 11, 2), day(2026, 12, 18)),
            term(3, "Term 3", day(2027, 1, 4), day(2027, 2, 12)),
        ];
        let calendar = Calendar::new(rows, vec![]);
        let gap = |on| calendar.closed(on).map(|closed| closed.to_string());
        assert_eq!(
            gap(day(2026, 10, 28)).as_deref(),
            Some("half-term"),
            "{names:?}"
        );
        assert_eq!(
            gap(day(2026, 12, 29)).as_deref(),
            Some("holidays"),
            "{names:?}"
        );
        assert_eq!(
            calendar.end_of_term(day(2026, 9, 2)),
            Some(day(2026, 12, 18)),
            "{names:?}"
        );
    }
}

#[test]
fn a_term_entered_whole_and_in_halves_keeps_its_half_term() {
    let calendar = Calendar::new(
        vec![
            term(1, "Autumn", day(2026, 9, 1), day(2026, 12, 18)),
            term(2, "Autumn 1", day(2026, 9, 1), day(2026, 10, 23)),
            term(3, "Autumn 2", day(2026, 11, 2), day(2026, 12, 18)),
        ],
        vec![],
    );
    assert!(!calendar.is_school_day(day(2026, 10, 28)));
    assert_eq!(
        calendar.week(day(2026, 11, 23)),
        Some(("Autumn".into(), 12))
    );
    assert_eq!(calendar.terms().len(), 3);
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..4000).prop_map(|days| day(2024, 1, 1) + Days::new(days))
}

/// Rows as badly entered as can be: overlapping, backwards, centuries long, names of all sorts.
fn any_calendar() -> impl Strategy<Value = Calendar> {
    let name = prop_oneof![
        Just("Autumn 1"),
        Just("Autumn 2"),
        Just("Autumn"),
        Just("7"),
        Just("")
    ];
    let span = prop_oneof![4 => -5_i64..130, 1 => 60_000_i64..61_000];
    let row = (name, any_day(), span);
    let rows = proptest::collection::vec(row, 0..12);
    let closures = proptest::collection::vec(any_day(), 0..8);
    (rows, closures).prop_map(|(rows, closures)| {
        let terms = (1..).zip(rows).map(|(id, (name, starts, days))| {
            term(id, name, starts, starts + chrono::TimeDelta::days(days))
        });
        let closures = (1..).zip(closures).map(|(id, on)| closure(id, on, "INSET"));
        Calendar::new(terms.collect(), closures.collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn school_days_forth_and_back_end_where_they_began(calendar in any_calendar(), from in any_day(), n in -300_i64..300) {
        let Some(from) = calendar.on_or_after(from) else { return Ok(()) };
        if let Some(there) = calendar.add_school_days(from, n) {
            prop_assert!(calendar.is_school_day(there));
            prop_assert_eq!(calendar.add_school_days(there, -n), Some(from));
            prop_assert_eq!(calendar.school_days_between(from, there), n);
        }
    }

    #[test]
    fn the_nearest_school_day_is_one_and_its_own_nearest(calendar in any_calendar(), on in any_day()) {
        let after = calendar.on_or_after(on).unwrap();
        prop_assert!(calendar.is_school_day(after) && after >= on);
        prop_assert_eq!(calendar.on_or_after(after), Some(after));
        prop_assert_eq!(calendar.on_or_before(after), Some(after));
        prop_assert!(on.iter_days().take_while(|day| *day < after).all(|day| calendar.closed(day).is_some()));
        let before = calendar.on_or_before(on).unwrap();
        prop_assert!(calendar.is_school_day(before) && before <= on);
        prop_assert_eq!(calendar.on_or_before(before), Some(before));
    }

    #[test]
    fn badly_entered_terms_give_weeks_and_ends_that_hold_together(calendar in any_calendar(), on in any_day()) {
        if let Some((name, number)) = calendar.week(on) {
            prop_assert!(number >= 1);
            prop_assert!(calendar.terms().iter().any(|term| term.name.starts_with(&name)));
        }
        let ends = [calendar.end_of_half_term(on), calendar.end_of_term(on)];
        for end in ends.into_iter().chain([calendar.start_of_next_term(on)]).flatten() {
            prop_assert!(calendar.terms().iter().any(|term| term.starts <= end && end <= term.ends));
        }
        prop_assert_eq!(calendar.is_school_day(on), calendar.closed(on).is_none());
    }
}
