//! Costs worked by hand, amounts and hours as typed, and what is to be mended in a run.

use super::cost::{AmountFault, Cost, Costs, Rate, Rates, Unknown, planned, pounds, read_pence};
mod laws;
mod shares;

use super::*;
use crate::domain::calendar::Term;
use crate::domain::id::{RateId, TermId};
use proptest::prelude::*;

const TA: StaffId = StaffId(1);
const TEACHER: StaffId = StaffId(2);

fn day(text: &str) -> NaiveDate {
    crate::domain::date::from_iso(text).unwrap()
}

fn provision(minutes: i64, sessions_week: i64, weeks: i64) -> Provision {
    Provision {
        id: ProvisionId(1),
        of: ProvisionTypeId(1),
        name: "Talk group".to_owned(),
        run_name: None,
        area: Some(Area::Communication),
        tier: Some(Tier::Targeted),
        group_size: Some(4),
        staff: Some(TA),
        staff_name: Some("Ms Pratt".to_owned()),
        starts: day("2026-09-07"),
        ends: None,
        minutes,
        sessions_week,
        weeks,
        materials_pence: 0,
        planned_rate: Some(1600),
    }
}

fn member(id: i64, from: &str, to: Option<&str>) -> Member {
    Member {
        id: MemberId(id),
        provision: ProvisionId(1),
        child: Involved {
            pupil: PupilId(id),
            surname: "Okafor".to_owned(),
            known_as: "Aisha".to_owned(),
            class: None,
            words: None,
        },
        left_on: None,
        from: day(from),
        to: to.map(day),
        entry: None,
        exit: None,
    }
}

fn group(count: i64) -> Vec<Member> {
    (1..=count)
        .map(|id| member(id, "2026-09-07", None))
        .collect()
}

fn held(on: &str, staff: Option<StaffId>) -> Session {
    Session {
        id: SessionId(1),
        provision: ProvisionId(1),
        day: day(on),
        held: true,
        reason: None,
        staff,
    }
}

fn rates(rows: &[(StaffId, &str, i64)]) -> Rates {
    let rate = |(at, (staff, from, pence_hour)): (usize, &(StaffId, &str, i64))| Rate {
        id: RateId(at as i64 + 1),
        staff: *staff,
        pence_hour: *pence_hour,
        from: day(from),
    };
    Rates::new(rows.iter().enumerate().map(rate).collect())
}

fn sixteen_pounds() -> Rates {
    rates(&[(TA, "2026-04-01", 1600)])
}

fn calendar() -> Calendar {
    let term = |id, name: &str, starts, ends| Term {
        id: TermId(id),
        name: name.to_owned(),
        starts: day(starts),
        ends: day(ends),
    };
    Calendar::new(
        vec![
            term(1, "Autumn 1", "2026-09-02", "2026-10-23"),
            term(2, "Autumn 2", "2026-11-02", "2026-12-18"),
            term(3, "Spring 1", "2027-01-04", "2027-02-12"),
        ],
        Vec::new(),
    )
}

/// To date, of a run that nobody need be on.
fn to_date(run: &Provision, rates: &Rates, calendar: &Calendar, today: NaiveDate) -> Cost {
    let run = self::run(run.clone(), Vec::new(), Vec::new());
    Costs::of(&run, rates, calendar, today).whole.to_date
}

fn delivered(run: &Provision, sessions: &[Session], rates: &Rates) -> Cost {
    let run = self::run(run.clone(), Vec::new(), sessions.to_vec());
    let costs = Costs::of(&run, rates, &calendar(), run.provision.starts);
    costs.whole.delivered
}

fn run(provision: Provision, members: Vec<Member>, sessions: Vec<Session>) -> Run {
    Run {
        provision,
        members,
        sessions,
    }
}

/// Worked by hand. The first two are the examples of costed provision maps (The Key's steps, Durham's 38 weeks).
#[test]
fn planned_cost_is_minutes_by_sessions_by_weeks_at_the_rate_then_materials() {
    let one_to_one = provision(180, 5, 38);
    for (what, run, pence_hour, materials, want) in [
        // 3 x 20 min = 1 h a week, 12 weeks, 12 h at £16.
        (
            "a group of four at £16",
            provision(20, 3, 12),
            1600,
            0,
            19_200,
        ),
        // 15 h a week, 38 weeks, 570 h at £16: £3,120 over £6,000.
        ("fifteen hours one to one", one_to_one, 1600, 0, 912_000),
        // 25 x 3 x 7 = 525 min = 8.75 h at £13.37 = 11,698.75p.
        (
            "a fraction above half",
            provision(25, 3, 7),
            1337,
            0,
            11_699,
        ),
        // 30 min at 1p an hour is half a penny.
        ("half a penny goes up", provision(30, 1, 1), 1, 0, 1),
        ("less than half goes down", provision(29, 1, 1), 1, 0, 0),
        (
            "materials come on top",
            provision(20, 3, 12),
            1600,
            1250,
            20_450,
        ),
        (
            "a volunteer costs materials only",
            provision(20, 3, 12),
            0,
            1250,
            1250,
        ),
    ] {
        let run = Provision {
            materials_pence: materials,
            planned_rate: Some(pence_hour),
            ..run
        };
        assert_eq!(planned(&run), Ok(want), "{what}");
    }
}

#[test]
fn planned_cost_keeps_the_rate_noted_and_delivered_goes_by_that_of_each_day() {
    let rates = rates(&[
        (TA, "2026-04-01", 1600),
        (TA, "2026-10-01", 1680),
        (TEACHER, "2026-04-01", 3000),
    ]);
    let run = provision(20, 3, 12);
    let mut missed = held("2026-11-05", None);
    missed.held = false;
    let sessions = [
        held("2026-09-30", None),          // 20 min at £16: 533.3p
        held("2026-10-01", None),          // at £16.80: 560p
        held("2026-10-02", Some(TEACHER)), // at £30: 1,000p
        missed,
    ];
    // 533.33 + 560 + 1,000 = 2,093.33p
    assert_eq!(delivered(&run, &sessions, &rates), Ok(2093));
    assert_eq!(planned(&run), Ok(19_200));
    // Of two rates from one day, as files from before may have, the one entered last holds.
    let twice = super::tests::rates(&[(TA, "2026-04-01", 1600), (TA, "2026-04-01", 1700)]);
    assert_eq!(twice.on(TA, day("2026-09-07")), Some(1700));
}

#[test]
fn what_is_not_known_is_said_and_never_counted_as_nothing() {
    let run = Provision {
        planned_rate: None,
        ..provision(20, 3, 12)
    };
    let late = rates(&[(TA, "2026-10-01", 1600)]);
    let gap = Err(Unknown::NoRate(day("2026-09-07")));
    assert_eq!(planned(&run), gap);
    assert_eq!(to_date(&run, &late, &calendar(), day("2026-12-01")), gap);
    let before = [held("2026-09-30", None)];
    let unknown = delivered(&run, &before, &late).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "no rate on 30 Sept 2026".replace("Sept", "Sep")
    );
    let nobody = Provision { staff: None, ..run };
    assert_eq!(planned(&nobody), Err(Unknown::Nobody));
    // A session somebody else ran is known all the same.
    let covered = [held("2026-10-02", Some(TA))];
    assert_eq!(delivered(&nobody, &covered, &late), Ok(533));
}

#[test]
fn to_date_counts_the_teaching_weeks_that_are_over() {
    let run = Provision {
        materials_pence: 500,
        ..provision(20, 3, 8)
    };
    let (rates, calendar) = (sixteen_pounds(), calendar());
    for (on, want) in [
        ("2026-09-06", 0),
        ("2026-09-07", 0),
        ("2026-09-10", 0),              // Thursday of the first week
        ("2026-09-11", 1663), // Friday: its last school day has come; 62.5p of materials go with each
        ("2026-10-23", 438 + 7 * 1600), // seven weeks to half-term: 437.5p
        ("2026-10-31", 438 + 7 * 1600), // half-term is no week
        ("2026-11-06", 500 + 8 * 1600),
        ("2026-12-18", 500 + 8 * 1600), // never more than its weeks
    ] {
        assert_eq!(to_date(&run, &rates, &calendar, day(on)), Ok(want), "{on}");
    }
    assert_eq!(run.last_day(&calendar), day("2026-11-06"));
    let early = Provision {
        ends: Some(day("2026-09-18")),
        ..run
    };
    let over = to_date(&early, &rates, &calendar, day("2026-12-18"));
    assert_eq!(over, Ok(125 + 2 * 1600));
}

#[test]
fn a_child_bears_only_the_sessions_held_while_it_was_in() {
    let members = vec![
        member(1, "2026-09-07", None),
        member(2, "2026-09-07", Some("2026-09-08")),
        member(3, "2026-09-09", None),
    ];
    let sessions = vec![
        held("2026-09-08", None),
        held("2026-09-09", None),
        held("2026-09-10", None),
    ];
    // 60 min at £16: 1,600p a session; two children in each.
    let run = run(provision(60, 3, 12), members, sessions);
    let costs = Costs::of(&run, &sixteen_pounds(), &calendar(), day("2026-09-10"));
    assert_eq!(costs.whole.delivered, Ok(4800));
    let parts: Vec<_> = costs.parts.iter().map(|part| part.delivered).collect();
    assert_eq!(parts, [Ok(2400), Ok(800), Ok(1600)]);
    // £48 a week: the first alone with the second and third in week 1, then with the third alone.
    let planned: Vec<_> = costs.parts.iter().map(|part| part.planned).collect();
    assert_eq!(planned, [Ok(28_000), Ok(1600), Ok(28_000)]);
}

#[test]
fn a_leaver_still_in_a_group_a_rate_gap_and_an_empty_group_are_told() {
    let mut members = group(2);
    members[1].left_on = Some(day("2026-11-03"));
    let none = Rates::default();
    let run = run(provision(20, 3, 12), members, Vec::new());
    let told = |run: &Run, rates: &Rates| -> Vec<String> {
        let faults = run.faults(rates, &calendar(), day("2026-11-23"));
        faults.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        told(&run, &none),
        [
            "Aisha Okafor left on 3 Nov 2026 and is still on it",
            "the cost is not known: no rate on 7 Sep 2026"
        ]
    );
    let mut ended = run.clone();
    ended.members[1].to = Some(day("2026-11-03"));
    assert!(told(&ended, &sixteen_pounds()).is_empty());
    ended.members.clear();
    assert_eq!(told(&ended, &sixteen_pounds()), ["no child is on it"]);
}

#[test]
fn amounts_are_pence_unless_a_sign_or_a_point_says_pounds() {
    for (text, want) in [
        ("1650", 1650),
        ("£16", 1600),
        ("£16.50", 1650),
        ("16.50", 1650),
        ("£ 16.50", 1650),
        ("1,250", 1250),
        ("£1,250", 125_000),
        ("£1,250.75", 125_075),
        ("95p", 95),
        ("0", 0),
    ] {
        assert_eq!(read_pence(text), Ok(want), "{text}");
        assert_eq!(read_pence(&pounds(want)), Ok(want), "{text}");
    }
    for (text, want) in [
        ("16,50", AmountFault::Comma("16,50".to_owned())),
        ("£16,50", AmountFault::Comma("£16,50".to_owned())),
        ("-5", AmountFault::Negative),
        ("£-5", AmountFault::Negative),
        ("16.5", AmountFault::None("16.5".to_owned())),
        ("sixteen", AmountFault::None("sixteen".to_owned())),
        ("£16p", AmountFault::None("£16p".to_owned())),
        ("", AmountFault::None(String::new())),
        ("9999999999", AmountFault::Much),
        (
            "99999999999999999999",
            AmountFault::None("99999999999999999999".to_owned()),
        ),
    ] {
        assert_eq!(read_pence(text), Err(want), "{text}");
    }
    assert_eq!(pounds(123_450), "£1,234.50");
    assert_eq!(pounds(4800), "£48");
    assert_eq!(pounds(5), "£0.05");
}

#[test]
fn hours_are_written_and_read_back() {
    for (minutes, text) in [
        (60, "1"),
        (30, "0.5"),
        (80, "1.33"),
        (1950, "32.5"),
        (0, "0"),
        (600, "10"),
    ] {
        assert_eq!(hours(minutes), text);
    }
    for (text, minutes) in [
        ("32.5", 1950),
        ("32:30", 1950),
        ("32", 1920),
        ("1.33", 80),
        ("7.5 h", 450),
    ] {
        assert_eq!(read_hours(text), Some(minutes), "{text}");
    }
    for text in ["", "many", "-3", "12:75", "12:5", "1.234", "999"] {
        assert_eq!(read_hours(text), None, "{text}");
    }
    assert_eq!(how_often(20, 3), "3 x 20 min a week");
    assert_eq!(how_often(45, 1), "45 min a week");
}

#[test]
fn the_catalogue_names_each_provision_once_and_in_one_of_the_four_areas() {
    let mut names: Vec<&str> = catalogue::ALL.iter().map(|one| one.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), catalogue::ALL.len());
    assert!(
        catalogue::ALL
            .iter()
            .all(|one| Area::ALL.contains(&one.area))
    );
}

proptest! {
    #[test]
    fn delivered_parts_sum_to_the_whole_whoever_came_and_went(
        spans in prop::collection::vec((0_u64..40, 1_u64..60), 1..30),
        on in prop::collection::vec(0_u64..60, 0..25),
        minutes in 1_i64..120,
        pence_hour in 0_i64..5000,
    ) {
        let first = day("2026-09-07");
        let forth = |days: u64| first + chrono::Days::new(days);
        let mut members = group(i64::try_from(spans.len()).unwrap());
        for (member, (from, length)) in members.iter_mut().zip(&spans) {
            member.from = forth(*from);
            member.to = Some(forth(from + length));
        }
        // Somebody is always there.
        members[0].from = first;
        members[0].to = None;
        let sessions = on.iter().map(|days| Session { day: forth(*days), ..held("2026-09-07", None) }).collect();
        let run = run(provision(minutes, 3, 12), members, sessions);
        let rates = rates(&[(TA, "2026-04-01", pence_hour)]);
        let costs = Costs::of(&run, &rates, &calendar(), day("2026-12-01"));
        let sum: i64 = costs.parts.iter().map(|part| part.delivered.unwrap()).sum();
        prop_assert_eq!(Ok(sum), costs.whole.delivered);
    }
}
