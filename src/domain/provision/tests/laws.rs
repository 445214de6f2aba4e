//! What holds of the cost of every run there could be.

use super::shares::{LATE, YEAR, terms};
use super::*;

/// A run of any shape in any calendar.
fn any_run() -> impl Strategy<Value = (Run, Rates, Calendar)> {
    let spans = prop::collection::vec((-20_i64..250, 0_i64..250, 0_usize..6), 0..9);
    let sessions = prop::collection::vec(-10_i64..250, 0..20);
    let shape = (1_i64..200, 1_i64..6, 1_i64..45, 0_i64..3000, 0_i64..5000);
    let rises = prop::collection::vec((-30_i64..250, 0_i64..5000), 0..4);
    let when = (0_usize..7, prop::option::of(0_i64..300), -30_i64..60);
    (spans, sessions, shape, rises, when).prop_map(|(spans, sessions, shape, rises, when)| {
        let (minutes, sessions_week, weeks, materials, rate) = shape;
        let (known, ends, shift) = when;
        let forth = |days: i64| day(LATE) + chrono::TimeDelta::days(days);
        let starts = forth(shift);
        let provision = Provision {
            starts,
            ends: ends.map(|days| starts + chrono::TimeDelta::days(days)),
            materials_pence: materials,
            planned_rate: Some(rate),
            ..provision(minutes, sessions_week, weeks)
        };
        let members = spans.iter().enumerate().map(|(at, (from, length, child))| {
            let mut member = member(at as i64 + 1, LATE, None);
            member.child.pupil = PupilId(*child as i64);
            member.from = forth(*from);
            member.to = (length % 3 > 0).then(|| forth(from + length));
            member
        });
        let sessions = sessions.iter().enumerate().map(|(at, days)| Session {
            id: SessionId(at as i64 + 1),
            day: forth(*days),
            ..held(LATE, None)
        });
        let rises = rises.iter().enumerate().map(|(at, (days, pence))| Rate {
            id: RateId(at as i64 + 1),
            staff: TA,
            pence_hour: *pence,
            from: forth(*days),
        });
        let run = run(provision, members.collect(), sessions.collect());
        (run, Rates::new(rises.collect()), terms(&YEAR[..known], &[]))
    })
}

/// What is known of the parts and of nobody's, summed.
fn known(costs: &Costs) -> i64 {
    let parts = costs.parts.iter().chain([&costs.unallocated]);
    parts.map(|part| part.to_date_known).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn parts_and_nobodys_sum_to_the_whole_whatever_comes((run, rates, calendar) in any_run(), days in 0_u64..330) {
        let today = day("2026-08-20") + Days::new(days);
        let costs = Costs::of(&run, &rates, &calendar, today);
        prop_assert_eq!(costs.whole.planned, planned(&run.provision));
        let all = || costs.parts.iter().chain([&costs.unallocated]);
        let sum: i64 = all().map(|part| part.planned.unwrap()).sum();
        prop_assert_eq!(Ok(sum), costs.whole.planned);
        prop_assert_eq!(known(&costs), costs.whole.to_date_known);
        if let Ok(whole) = costs.whole.to_date {
            prop_assert_eq!(all().map(|part| part.to_date.unwrap()).sum::<i64>(), whole);
        }
        if let Ok(whole) = costs.whole.delivered {
            prop_assert_eq!(all().map(|part| part.delivered.unwrap()).sum::<i64>(), whole);
        }
        prop_assert!(all().all(|part| part.to_date_known >= 0 && part.planned.unwrap() >= 0));
    }

    #[test]
    fn to_date_never_falls_as_days_pass_nor_because_somebody_joins_later((run, rates, calendar) in any_run(), joins in 0_u64..300) {
        let first = day("2026-08-20");
        let joins = first + Days::new(joins);
        let mut more = run.clone();
        let mut newcomer = member(99, LATE, None);
        newcomer.from = joins;
        more.members.push(newcomer);
        let mut before: Option<Costs> = None;
        for days in (0..330).step_by(3) {
            let today = first + Days::new(days);
            let now = Costs::of(&run, &rates, &calendar, today);
            if let Some(before) = &before {
                prop_assert!(before.whole.to_date_known <= now.whole.to_date_known);
                prop_assert!(before.unallocated.to_date_known <= now.unallocated.to_date_known);
                for (before, now) in before.parts.iter().zip(&now.parts) {
                    prop_assert!(before.to_date_known <= now.to_date_known);
                }
            }
            if today < joins {
                let with = Costs::of(&more, &rates, &calendar, today);
                prop_assert_eq!(&with.parts[..run.members.len()].iter().map(|one| one.to_date_known).collect::<Vec<_>>(),
                    &now.parts.iter().map(|one| one.to_date_known).collect::<Vec<_>>());
            }
            before = Some(now);
        }
    }

    #[test]
    fn children_on_for_the_same_weeks_differ_by_a_penny_at_most((run, rates, calendar) in any_run(), days in 0_u64..330) {
        let mut twins = run.clone();
        // Everybody has a twin, entered later, on the same days.
        for (at, twin) in run.members.iter().enumerate() {
            let mut twin = twin.clone();
            twin.id = MemberId(100 + at as i64);
            twin.child.pupil = PupilId(50 + twin.child.pupil.0);
            twins.members.push(twin);
        }
        let costs = Costs::of(&twins, &rates, &calendar, day("2026-08-20") + Days::new(days));
        let of = |pupil: i64, amount: fn(&cost::Part) -> i64| -> i64 {
            let parts = twins.members.iter().zip(&costs.parts);
            parts.filter(|(member, _)| member.pupil().0 == pupil).map(|(_, part)| amount(part)).sum()
        };
        for pupil in 0..6 {
            for amount in [|part: &cost::Part| part.planned.unwrap(), |part: &cost::Part| part.to_date_known] {
                let apart = of(pupil, amount) - of(50 + pupil, amount);
                prop_assert!(apart.abs() <= 1, "{apart}");
            }
        }
    }
}
