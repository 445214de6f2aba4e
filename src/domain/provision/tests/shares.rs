//! Who bears what of a run, worked by hand, and what holds for every run there could be.

use super::*;
use crate::domain::calendar::Closure;
use crate::domain::id::ClosureId;

/// The terms of 2026/27: 8 and 7 weeks, 6 and 5, 7 and 7.
pub(super) const YEAR: [(&str, &str, &str); 6] = [
    ("Autumn 1", "2026-09-01", "2026-10-23"),
    ("Autumn 2", "2026-11-02", "2026-12-16"),
    ("Spring 1", "2027-01-04", "2027-02-12"),
    ("Spring 2", "2027-02-22", "2027-03-25"),
    ("Summer 1", "2027-04-12", "2027-05-28"),
    ("Summer 2", "2027-06-07", "2027-07-21"),
];

pub(super) fn terms(rows: &[(&str, &str, &str)], closed: &[&str]) -> Calendar {
    let term = |(at, (name, starts, ends)): (usize, &(&str, &str, &str))| Term {
        id: TermId(at as i64 + 1),
        name: (*name).to_owned(),
        starts: day(starts),
        ends: day(ends),
    };
    let closure = |(at, on): (usize, &&str)| Closure {
        id: ClosureId(at as i64 + 1),
        day: day(on),
        name: "INSET".to_owned(),
    };
    Calendar::new(
        rows.iter().enumerate().map(term).collect(),
        closed.iter().enumerate().map(closure).collect(),
    )
}

fn year() -> Calendar {
    terms(&YEAR, &[])
}

/// An hour a week at £16: £16 a week.
fn hourly(starts: &str, weeks: i64) -> Provision {
    Provision {
        starts: day(starts),
        ..provision(60, 1, weeks)
    }
}

type Spans<'a> = &'a [(&'a str, Option<&'a str>)];

fn on_it(spans: Spans<'_>) -> Vec<Member> {
    let child = |(at, (from, to)): (usize, &(&str, Option<&str>))| member(at as i64 + 1, from, *to);
    spans.iter().enumerate().map(child).collect()
}

/// Planned cost of each child, then nobody's. They sum to the whole.
fn planned_parts(run: &Run, calendar: &Calendar) -> Vec<i64> {
    let costs = Costs::of(run, &sixteen_pounds(), calendar, run.provision.starts);
    let mut parts: Vec<i64> = costs.parts.iter().map(|one| one.planned.unwrap()).collect();
    parts.push(costs.unallocated.planned.unwrap());
    assert_eq!(parts.iter().sum::<i64>(), costs.whole.planned.unwrap());
    assert_eq!(costs.whole.planned, planned(&run.provision));
    parts
}

pub(super) const LATE: &str = "2026-09-07";

/// Four weeks from Monday 7 September, £64 in all.
#[test]
fn a_child_bears_the_weeks_it_is_on_and_a_week_counts_whole_from_any_of_its_school_days() {
    let cases: [(&str, Spans<'_>, &[i64]); 12] = [
        (
            "both from the start",
            &[(LATE, None), (LATE, None)],
            &[3200, 3200, 0],
        ),
        (
            "one from week 3",
            &[(LATE, None), ("2026-09-21", None)],
            &[4800, 1600, 0],
        ),
        (
            "one from a Friday bears that week",
            &[(LATE, None), ("2026-09-18", None)],
            &[4000, 2400, 0],
        ),
        (
            "one from a Saturday does not",
            &[(LATE, None), ("2026-09-19", None)],
            &[4800, 1600, 0],
        ),
        (
            "alone to a Monday: that week is borne",
            &[(LATE, Some("2026-09-21"))],
            &[4800, 1600],
        ),
        (
            "alone to a Sunday",
            &[(LATE, Some("2026-09-20"))],
            &[3200, 3200],
        ),
        ("nobody at all", &[], &[6400]),
        ("on before it begins", &[("2026-09-01", None)], &[6400, 0]),
        (
            "on only before it begins",
            &[("2026-09-01", Some("2026-09-04"))],
            &[0, 6400],
        ),
        ("on only after it ends", &[("2026-10-05", None)], &[0, 6400]),
        (
            "one leaves as another comes, both bear the week",
            &[(LATE, Some("2026-09-15")), ("2026-09-16", None)],
            &[2400, 4000, 0],
        ),
        (
            "three, one for a week",
            &[
                (LATE, None),
                (LATE, None),
                ("2026-09-14", Some("2026-09-18")),
            ],
            &[2934, 2933, 533, 0],
        ),
    ];
    for (what, spans, want) in cases {
        let run = run(hourly(LATE, 4), on_it(spans), Vec::new());
        assert_eq!(planned_parts(&run, &year()), want, "{what}");
    }
}

#[test]
fn a_child_who_comes_back_is_one_child_in_the_week_of_coming_back() {
    let again = |spans: Spans<'_>| {
        let mut members = on_it(spans);
        members[1].child.pupil = members[0].pupil();
        members
    };
    // Weeks 1 and 4, nobody between.
    let apart = again(&[(LATE, Some("2026-09-11")), ("2026-09-28", None)]);
    let apart = run(hourly(LATE, 4), apart, Vec::new());
    assert_eq!(planned_parts(&apart, &year()), [1600, 1600, 3200]);
    // Off and on again within week 1, beside another child: half of that week, not two thirds.
    let spans: Spans<'_> = &[
        (LATE, Some("2026-09-08")),
        ("2026-09-10", None),
        (LATE, None),
    ];
    let within = run(hourly(LATE, 4), again(spans), Vec::new());
    assert_eq!(planned_parts(&within, &year()), [800, 2400, 3200, 0]);
}

#[test]
fn pennies_go_to_whoever_is_owed_most_and_are_never_taken_back() {
    let spans: Spans<'_> = &[(LATE, None), (LATE, None), (LATE, None)];
    for (what, weeks, rate, materials, want) in [
        // 100p among three.
        ("one week", 1, 100, 0, [34, 33, 33, 0]),
        // 34, 33, 33; then 66.67 each is due: 67, 67, 66.
        ("two weeks", 2, 100, 0, [67, 67, 66, 0]),
        ("three weeks come out even", 3, 100, 0, [100, 100, 100, 0]),
        // A volunteer: 100p of materials over three weeks, 11.1p each a week.
        ("materials alone", 3, 0, 100, [34, 33, 33, 0]),
        ("one penny", 3, 0, 1, [1, 0, 0, 0]),
    ] {
        let provision = Provision {
            planned_rate: Some(rate),
            materials_pence: materials,
            ..hourly(LATE, weeks)
        };
        let run = run(provision, on_it(spans), Vec::new());
        assert_eq!(planned_parts(&run, &year()), want, "{what}");
    }
    // 125p of materials a week: alone, alone, then 62.5p each.
    let provision = Provision {
        planned_rate: Some(0),
        materials_pence: 500,
        ..hourly(LATE, 4)
    };
    let run = run(
        provision,
        on_it(&[(LATE, None), ("2026-09-21", None)]),
        Vec::new(),
    );
    assert_eq!(planned_parts(&run, &year()), [375, 125, 0]);
}

type Case<'a> = (
    &'a str,
    &'a Calendar,
    Provision,
    Spans<'a>,
    &'a [i64],
    &'a [&'a str],
);

fn hold<const N: usize>(cases: [Case<'_>; N]) {
    for (what, calendar, provision, spans, want, told) in cases {
        let run = run(provision, on_it(spans), Vec::new());
        assert_eq!(planned_parts(&run, calendar), want, "{what}");
        let faults = run.faults(&sixteen_pounds(), calendar, run.provision.starts);
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults, told, "{what}");
    }
}

#[test]
fn weeks_without_school_are_no_weeks_and_an_end_given_bounds_them() {
    let whole = year();
    let snow = [
        "2026-09-14",
        "2026-09-15",
        "2026-09-16",
        "2026-09-17",
        "2026-09-18",
    ];
    let snow = terms(&YEAR, &snow);
    hold([
        (
            "half-term: from then is from the week after",
            &whole,
            hourly("2026-10-19", 2),
            &[("2026-10-19", None), ("2026-10-26", None)],
            &[2400, 800, 0],
            &[],
        ),
        (
            "a week closed for snow",
            &snow,
            hourly(LATE, 2),
            &[(LATE, None), ("2026-09-14", None)],
            &[2400, 800, 0],
            &[],
        ),
        (
            "a Wednesday begins a whole week",
            &whole,
            hourly("2026-09-09", 2),
            &[("2026-09-09", None)],
            &[3200, 0],
            &[],
        ),
        (
            "an end given too early",
            &whole,
            Provision {
                ends: Some(day("2026-09-18")),
                ..hourly(LATE, 4)
            },
            &[(LATE, None)],
            &[3200, 3200],
            &["2 weeks to its last day, 4 planned: the cost of 2 falls to nobody"],
        ),
        (
            "an end given too late",
            &whole,
            Provision {
                ends: Some(day("2026-10-16")),
                ..hourly(LATE, 4)
            },
            &[(LATE, None), ("2026-10-05", None)],
            &[6400, 0, 0],
            &["6 weeks to its last day, 4 planned: the last 2 cost nobody anything"],
        ),
    ]);
}

#[test]
fn weeks_without_term_dates_are_no_weeks_and_what_is_missing_falls_to_nobody() {
    let (whole, autumn) = (year(), terms(&YEAR[..2], &[]));
    let summer = [YEAR[0], YEAR[1], YEAR[4], YEAR[5]];
    let summer = terms(&summer, &[]);
    let none = Calendar::default();
    hold([
        (
            "spring not entered yet: 14 weeks",
            &autumn,
            hourly(LATE, 20),
            &[(LATE, None)],
            &[22_400, 9600],
            &["no term dates after 16 Dec 2026: 6 weeks of it not reckoned with"],
        ),
        (
            "before the first term entered",
            &whole,
            hourly("2026-08-24", 3),
            &[("2026-08-24", None)],
            &[3200, 1600],
            &["no term dates before 1 Sep 2026: 1 week of it not reckoned with"],
        ),
        (
            "spring missing between",
            &summer,
            hourly(LATE, 20),
            &[(LATE, None)],
            &[22_400, 9600],
            &["no term dates between 16 Dec 2026 and 12 Apr 2027: 6 weeks of it not reckoned with"],
        ),
        (
            "no terms at all: Christmas counts",
            &none,
            hourly("2026-12-21", 3),
            &[("2026-12-21", None)],
            &[4800, 0],
            &[],
        ),
    ]);
}

/// The worked example of what costs promise.
#[test]
fn a_child_who_joins_on_1_december_bears_26_weeks_of_38_and_the_first_keeps_its_twelve() {
    for (starts, first, second) in [
        ("2026-09-01", 600_000, 312_000),
        ("2026-09-07", 588_000, 324_000),
    ] {
        let provision = Provision {
            starts: day(starts),
            ..provision(180, 5, 38)
        };
        let alone = run(provision.clone(), on_it(&[(starts, None)]), Vec::new());
        let both = on_it(&[(starts, None), ("2026-12-01", None)]);
        let both = run(provision, both, Vec::new());
        assert_eq!(planned_parts(&both, &year()), [first, second, 0]);
        // The day the second joins takes nothing from what the first has cost to date.
        for today in ["2026-11-27", "2026-12-01"] {
            let to_date = |run: &Run| {
                let costs = Costs::of(run, &sixteen_pounds(), &year(), day(today));
                costs.parts[0].to_date
            };
            assert_eq!(to_date(&both), to_date(&alone), "{today}");
        }
    }
}

/// Children's parts to date with what is known of each, then nobody's.
fn to_date_parts(run: &Run, rates: &Rates, today: &str) -> Vec<(Option<i64>, i64)> {
    let costs = Costs::of(run, rates, &year(), day(today));
    let parts = costs.parts.iter().chain([&costs.unallocated]);
    parts
        .map(|part| (part.to_date.ok(), part.to_date_known))
        .collect()
}

#[test]
fn to_date_goes_by_the_rate_of_each_week_and_an_unknown_one_hides_its_own_week_only() {
    let alone = run(hourly(LATE, 4), on_it(&[(LATE, None)]), Vec::new());
    // A rise on a Wednesday holds from the Monday after.
    let rise = rates(&[(TA, "2026-04-01", 1600), (TA, "2026-09-16", 1700)]);
    for (today, want) in [
        ("2026-09-18", 3200),
        ("2026-09-24", 3200),
        ("2026-09-25", 4900),
        ("2027-07-21", 6600),
    ] {
        assert_eq!(
            to_date_parts(&alone, &rise, today),
            [(Some(want), want), (Some(0), 0)]
        );
    }
    // No rate in week 1.
    let late = rates(&[(TA, "2026-09-14", 1600)]);
    let two = run(
        hourly(LATE, 4),
        on_it(&[(LATE, None), ("2026-09-14", None)]),
        Vec::new(),
    );
    let costs = Costs::of(&two, &late, &year(), day("2026-09-18"));
    let gap = Err(Unknown::NoRate(day(LATE)));
    assert_eq!(
        (costs.whole.to_date, costs.whole.to_date_known),
        (gap, 1600)
    );
    let want = [(None, 800), (Some(800), 800), (Some(0), 0)];
    assert_eq!(to_date_parts(&two, &late, "2026-09-18"), want);
    // Nobody was on in the week that is not known.
    let one = run(hourly(LATE, 4), on_it(&[("2026-09-14", None)]), Vec::new());
    assert_eq!(
        to_date_parts(&one, &late, "2026-09-18"),
        [(Some(1600), 1600), (None, 0)]
    );
    // A last day in the middle of a week: it has passed then, whole.
    let short = Provision {
        ends: Some(day("2026-09-09")),
        ..hourly(LATE, 1)
    };
    let short = run(short, on_it(&[(LATE, None)]), Vec::new());
    assert_eq!(to_date_parts(&short, &rise, "2026-09-08")[0], (Some(0), 0));
    assert_eq!(
        to_date_parts(&short, &rise, "2026-09-09")[0],
        (Some(1600), 1600)
    );
}

#[test]
fn a_session_with_nobody_on_is_delivered_to_nobody_and_summed_all_the_same() {
    let sessions = vec![held("2026-09-08", None), held("2026-09-15", None)];
    let run = run(hourly(LATE, 4), on_it(&[("2026-09-14", None)]), sessions);
    let costs = Costs::of(&run, &sixteen_pounds(), &year(), day("2026-09-15"));
    assert_eq!(costs.whole.delivered, Ok(3200));
    assert_eq!(costs.parts[0].delivered, Ok(1600));
    assert_eq!(costs.unallocated.delivered, Ok(1600));
}

#[test]
fn weeks_and_sessions_that_cannot_be_right_are_to_be_mended() {
    let told = |run: &Run| -> Vec<String> {
        let faults = run.faults(&sixteen_pounds(), &year(), day("2026-09-08"));
        faults.iter().map(ToString::to_string).collect()
    };
    let late = run(hourly(LATE, 4), on_it(&[("2026-09-21", None)]), Vec::new());
    assert_eq!(
        told(&late),
        ["nobody is on it in 2 weeks of it, the first from 7 Sep 2026: £32 unallocated"]
    );
    let early = run(hourly(LATE, 4), on_it(&[("2026-09-01", None)]), Vec::new());
    assert_eq!(
        told(&early),
        ["Aisha Okafor is on it from 1 Sep 2026, before it begins"]
    );
    let days = [
        "2026-09-08",
        "2026-09-08",
        "2026-09-10",
        "2026-09-12",
        "2026-09-04",
        "2026-10-06",
        "2026-10-28",
    ];
    let session = |(at, on): (usize, &&str)| Session {
        id: SessionId(at as i64 + 1),
        ..held(on, None)
    };
    let sessions = days.iter().enumerate().map(session).collect();
    let odd = run(hourly(LATE, 4), on_it(&[(LATE, None)]), sessions);
    assert_eq!(
        told(&odd),
        [
            "the session of 8 Sep 2026 is there twice (h1 is the other)",
            "the session of 10 Sep 2026 is number 3 of its week, 1 a week planned",
            "the session of 12 Sep 2026 is on a Saturday",
            "the session of 4 Sep 2026 lies before the first day, 7 Sep 2026",
            "the session of 6 Oct 2026 lies after the last day, 2 Oct 2026, and 1 more",
        ]
    );
}
