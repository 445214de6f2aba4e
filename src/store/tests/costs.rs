//! What a run keeps of how it was planned, and what is asked or told before it is kept.

use super::*;
use crate::domain::doubt::Doubts;
use crate::domain::provision::Provision;
use crate::domain::provision::cost::planned;

/// A type and a run of 12 weeks of an hour by Ms Pratt, from this day. The working date is 23 November 2026.
fn run_from(starts: &str, rate: Option<&str>) -> Store {
    let mut store = store();
    aisha(&mut store);
    aisha(&mut store);
    add(&mut store, Kind::Staff, &[("name", "Ms Pratt")]);
    if let Some(pence) = rate {
        let rate = [
            ("staff", "1"),
            ("pence_hour", pence),
            ("from", "2026-04-01"),
        ];
        add(&mut store, Kind::Rate, &rate);
    }
    let of = [
        ("name", "Talk group"),
        ("minutes", "20"),
        ("sessions_week", "3"),
        ("weeks", "12"),
    ];
    add(&mut store, Kind::ProvisionType, &of);
    let run = [("type", "1"), ("staff", "1"), ("starts", starts)];
    add(&mut store, Kind::Provision, &run);
    store
}

fn run(store: &Store) -> Provision {
    store.run(ProvisionId(1)).unwrap().unwrap().provision
}

fn set(store: &mut Store, kind: Kind, pairs: &[(&'static str, &str)]) -> Result<()> {
    let values = texts(pairs);
    store.step("Change", |w| w.amend(kind, 1, &values, None))
}

#[test]
fn a_backdated_rise_changes_no_plan_until_it_is_costed_anew_and_one_undo_takes_that_back() {
    let mut store = run_from("2026-09-07", Some("1600"));
    assert_eq!(planned(&run(&store)), Ok(19_200));
    let rise = [
        ("staff", "1"),
        ("pence_hour", "1680"),
        ("from", "2026-09-01"),
    ];
    add(&mut store, Kind::Rate, &rise);
    set(&mut store, Kind::Rate, &[("pence_hour", "1500")]).unwrap();
    assert_eq!(planned(&run(&store)), Ok(19_200));
    let rates = store.rates().unwrap();
    assert_eq!(run(&store).rate_since(&rates), Some(1680));
    let recost = |store: &mut Store| {
        store
            .step("Recost v1", |w| w.recost(ProvisionId(1)))
            .unwrap()
    };
    let done = recost(&mut store);
    assert_eq!(
        done.told(),
        "planned £192 at £16 an hour, now £201.60 at £16.80 (£9.60 more)"
    );
    assert_eq!(planned(&run(&store)), Ok(20_160));
    assert!(recost(&mut store).is_same());
    store.undo().unwrap();
    assert_eq!(planned(&run(&store)), Ok(19_200));
}

#[test]
fn the_rate_is_noted_by_the_step_that_first_gives_the_run_somebody_who_has_one() {
    // A rate that comes later, but holds from before the first day.
    let mut store = run_from("2026-09-07", None);
    assert_eq!(run(&store).planned_rate, None);
    let late = [
        ("staff", "1"),
        ("pence_hour", "1700"),
        ("from", "2026-10-01"),
    ];
    add(&mut store, Kind::Rate, &late);
    assert_eq!(run(&store).planned_rate, None);
    let early = [
        ("staff", "1"),
        ("pence_hour", "1600"),
        ("from", "2026-09-01"),
    ];
    add(&mut store, Kind::Rate, &early);
    assert_eq!(run(&store).planned_rate, Some(1600));
    store.undo().unwrap();
    assert_eq!(run(&store).planned_rate, None);
    // Moving the other one to before the first day does it too.
    set(&mut store, Kind::Rate, &[("from", "2026-09-07")]).unwrap();
    assert_eq!(run(&store).planned_rate, Some(1700));
}

#[test]
fn other_staff_or_another_first_day_notes_anew_only_before_the_run_begins() {
    let mut store = run_from("2027-01-04", Some("1600"));
    add(&mut store, Kind::Staff, &[("name", "Mr Oduya")]);
    let his = [
        ("staff", "2"),
        ("pence_hour", "3000"),
        ("from", "2026-04-01"),
    ];
    add(&mut store, Kind::Rate, &his);
    set(&mut store, Kind::Provision, &[("staff", "2")]).unwrap();
    assert_eq!(run(&store).planned_rate, Some(3000));
    set(&mut store, Kind::Provision, &[("staff", "")]).unwrap();
    assert_eq!(run(&store).planned_rate, None);
    set(&mut store, Kind::Provision, &[("staff", "1")]).unwrap();
    assert_eq!(run(&store).planned_rate, Some(1600));
    // It begins in the past from here on.
    set(&mut store, Kind::Provision, &[("starts", "2026-11-02")]).unwrap();
    set(&mut store, Kind::Provision, &[("staff", "2")]).unwrap();
    assert_eq!(run(&store).planned_rate, Some(1600));
}

#[test]
fn two_rates_of_one_person_from_one_day_are_refused_also_when_one_is_moved_there() {
    let mut store = run_from("2026-09-07", Some("1600"));
    let again = texts(&[
        ("staff", "1"),
        ("pence_hour", "1700"),
        ("from", "2026-04-01"),
    ]);
    let refused = store
        .step("Add", |w| w.add(Kind::Rate, &again))
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "r1 is the rate of w1 from 1 Apr 2026 already, £16 an hour: change that one."
    );
    let next = [
        ("staff", "1"),
        ("pence_hour", "1700"),
        ("from", "2026-09-01"),
    ];
    add(&mut store, Kind::Rate, &next);
    set(&mut store, Kind::Rate, &[("from", "2026-09-01")]).unwrap_err();
    // Its amount may be put right where it is.
    set(
        &mut store,
        Kind::Rate,
        &[("pence_hour", "1650"), ("from", "2026-04-01")],
    )
    .unwrap();
}

#[test]
fn weeks_follow_the_last_day_and_a_week_of_hours_is_several_sessions() {
    let mut store = run_from("2026-09-07", Some("1600"));
    let shape = |store: &Store| {
        let run = run(store);
        (run.minutes, run.sessions_week, run.weeks)
    };
    let set = |store: &mut Store, pairs: &[(&'static str, &str)]| {
        self::set(store, Kind::Provision, pairs).map_err(|error| error.to_string())
    };
    set(&mut store, &[("ends", "2026-10-16")]).unwrap();
    assert_eq!(shape(&store), (20, 3, 6));
    set(&mut store, &[("ends", "2026-10-30")]).unwrap();
    assert_eq!(shape(&store), (20, 3, 8));
    set(&mut store, &[("starts", "2026-09-21")]).unwrap();
    assert_eq!(shape(&store), (20, 3, 6));
    // Both given are both kept.
    set(&mut store, &[("ends", "2026-11-06"), ("weeks", "10")]).unwrap();
    assert_eq!(shape(&store), (20, 3, 10));
    for (pairs, want) in [
        (&[("hours_week", "15")][..], (180, 5, 10)),
        (&[("hours_week", "1")], (60, 1, 10)),
        (
            &[("hours_week", "15"), ("sessions_week", "3")],
            (300, 3, 10),
        ),
        (&[("hours_week", "15"), ("minutes", "90")], (90, 10, 10)),
        (&[("minutes", "900"), ("sessions_week", "1")], (900, 1, 10)),
    ] {
        set(&mut store, pairs).unwrap();
        assert_eq!(shape(&store), want, "{pairs:?}");
    }
    for (pairs, told) in [
        (
            &[
                ("hours_week", "15"),
                ("minutes", "50"),
                ("sessions_week", "3"),
            ][..],
            "15 hours a week are not 3 x 50 min a week: give the hours, or minutes and times a week.",
        ),
        (
            &[("hours_week", "15"), ("minutes", "70")],
            "15 hours a week are no whole number of sessions of 70 min.",
        ),
        (
            &[("hours_week", "2.2"), ("sessions_week", "5")],
            "2.2 hours a week in 5 sessions come to no whole minutes: say minutes and times a week.",
        ),
    ] {
        assert_eq!(set(&mut store, pairs).unwrap_err(), told);
    }
    // A new run with a last day takes its weeks from that, not from the type.
    let new = [
        ("type", "1"),
        ("starts", "2026-09-07"),
        ("ends", "2026-09-18"),
    ];
    let id = add(&mut store, Kind::Provision, &new);
    let new = store.run(ProvisionId(id)).unwrap().unwrap().provision;
    assert_eq!(new.weeks, 2);
}

#[test]
fn a_child_put_on_without_a_day_begins_today_and_with_a_new_run_on_its_first_day() {
    let mut store = run_from("2026-09-07", Some("1600"));
    add(
        &mut store,
        Kind::Member,
        &[("provision", "1"), ("pupil", "1")],
    );
    let ahead = [("type", "1"), ("starts", "2027-01-04")];
    add(&mut store, Kind::Provision, &ahead);
    add(
        &mut store,
        Kind::Member,
        &[("provision", "2"), ("pupil", "1")],
    );
    // A run that began, and its children, in one act.
    store
        .step("Add", |w| {
            let run = w.add(
                Kind::Provision,
                &texts(&[("type", "1"), ("starts", "2026-09-14")]),
            )?;
            let child = texts(&[("provision", &run.to_string()), ("pupil", "2")]);
            w.add(Kind::Member, &child)
        })
        .unwrap();
    let runs = store.runs(false).unwrap();
    let mut from: Vec<_> = runs
        .iter()
        .map(|run| (run.provision.starts, run.members[0].from))
        .collect();
    from.sort_unstable();
    let (past, later, ahead) = (on("2026-09-07"), on("2026-09-14"), on("2027-01-04"));
    let want = [(past, on("2026-11-23")), (later, later), (ahead, ahead)];
    assert_eq!(from, want);
}

type Asked<'a> = (&'a [(&'static str, &'a str)], &'a str, &'a str);

/// What is asked and what is told of a record to be added.
fn hold(store: &Store, kind: Kind, cases: &[Asked<'_>]) {
    for (pairs, asks, told) in cases {
        let doubts = store.doubts(kind, None, &texts(pairs)).unwrap();
        let found = (doubts.asks.join(" "), doubts.told.join(" "));
        assert_eq!(found, ((*asks).to_owned(), (*told).to_owned()), "{pairs:?}");
    }
}

#[test]
fn a_session_twice_and_a_child_on_a_run_that_is_over_are_asked_about() {
    let mut store = run_from("2026-09-07", Some("1600"));
    let session = [("provision", "1"), ("date", "2026-11-17")];
    add(&mut store, Kind::Session, &session);
    let run = ("provision", "1");
    let mend = "it is kept, and listed to be mended.";
    let early = format!(
        "The session of Talk group v1 on 4 Sep 2026 lies before the first day, 7 Sep 2026: {mend}"
    );
    let sessions: [Asked<'_>; 3] = [
        (&[run, ("date", "2026-11-18")], "", ""),
        (
            &session,
            "Talk group v1 has a session on 17 Nov 2026 already (h1).",
            "",
        ),
        (&[run, ("date", "2026-09-04")], "", &early),
    ];
    hold(&store, Kind::Session, &sessions);
    // Its own day is no double of it.
    let own = store.doubts(Kind::Session, Some(1), &texts(&session[1..]));
    assert_eq!(own.unwrap(), Doubts::default());
    let child = ("pupil", "1");
    let before = format!(
        "Talk group v1 begins on 7 Sep 2026, after the child's first day 1 Sep 2026: {mend}"
    );
    let after =
        "Talk group v1 ended on 27 Nov 2026: a child on it from 7 Dec 2026 bears nothing of it.";
    let members: [Asked<'_>; 4] = [
        (&[run, child, ("from", "2026-09-07")], "", ""),
        (&[run, child], "", "From 23 Nov 2026, today."),
        (&[run, child, ("from", "2026-09-01")], "", &before),
        (&[run, child, ("from", "2026-12-07")], after, ""),
    ];
    hold(&store, Kind::Member, &members);
}

#[test]
fn a_rate_a_hundredfold_off_is_asked_about_and_what_an_end_and_hours_came_to_is_told() {
    let store = run_from("2026-09-07", Some("1600"));
    let (of, starts, ends) = (
        ("type", "1"),
        ("starts", "2026-09-07"),
        ("ends", "2026-10-30"),
    );
    let both =
        "8 teaching weeks to its last day, 10 planned: both are kept, and listed to be mended.";
    let long = "One session of 900 min: each that is held counts as 15 hours. Hours a week in several sessions are \
                given as hours a week.";
    let runs: [Asked<'_>; 4] = [
        (&[of, starts, ends, ("weeks", "10")], "", both),
        (&[of, starts, ends], "", "8 weeks, by its last day."),
        (
            &[of, ("hours_week", "15")],
            "",
            "Kept as 5 x 180 min a week.",
        ),
        (&[of, ("minutes", "900")], long, ""),
    ];
    hold(&store, Kind::Provision, &runs);
    let (staff, from) = (("staff", "1"), ("from", "2026-09-01"));
    let little = "£0.17 an hour is very little: is £17 meant?";
    let rates: [Asked<'_>; 2] = [
        (&[staff, ("pence_hour", "1700"), from], "", ""),
        (&[staff, ("pence_hour", "17"), from], little, ""),
    ];
    hold(&store, Kind::Rate, &rates);
}

/// The index that serves every parent: a table to come calls it `of`.
#[test]
fn what_hung_on_a_record_is_found_without_reading_the_journal_through() {
    let store = store();
    let image = "iif(json_valid(coalesce(after, before)),
        json_extract(coalesce(after, before), '$.of'), NULL)";
    let sql = format!(
        "EXPLAIN QUERY PLAN SELECT id FROM journal_row WHERE tbl IN ('outcome', 'event') AND {image} = 7"
    );
    let plan: String = store.conn.query_row(&sql, [], |row| row.get(3)).unwrap();
    assert!(
        plan.contains("journal_row_of (tbl=? AND <expr>=?)"),
        "{plan}"
    );
}
