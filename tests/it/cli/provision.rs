//! The provision map from the shell: staff, rate, type, run, children, sessions, and what it all costs.

use super::Home;
use serde_json::{Value, json};

/// Ms Pratt at £16, a talk group of three times twenty minutes for twelve weeks from 7 September, both children on it.
fn talk_group(home: &Home) {
    for (words, id) in [
        (
            &[
                "staff",
                "name=Ms Pratt",
                "role=teaching assistant",
                "hours_week=32.5",
            ][..],
            "w1",
        ),
        (
            &["rate", "staff=w1", "pence_hour=1600", "from=2026-04-01"],
            "r1",
        ),
        (
            &[
                "provision-type",
                "name=Talk group",
                "area=C&I",
                "tier=targeted",
                "minutes=20",
                "sessions_week=3",
                "weeks=12",
                "group_size=4",
            ],
            "y1",
        ),
        (
            &["provision", "type=y1", "staff=pratt", "starts=2026-09-07"],
            "v1",
        ),
        (
            &["member", "provision=v1", "pupil=aok", "from=2026-09-07"],
            "b1",
        ),
        (
            &[
                "member",
                "provision=v1",
                "pupil=p2",
                "entry=7/25",
                "from=2026-09-07",
            ],
            "b2",
        ),
    ] {
        let mut line = vec!["new"];
        line.extend(words);
        let added = home.case_on("2026-09-07", &line).json();
        assert_eq!(added, json!({"id": id}), "{words:?}");
    }
}

fn run(home: &Home, today: &str) -> Value {
    let rows = home.case_on(today, &["list", "provision"]).json();
    rows[0].clone()
}

#[test]
fn a_group_is_set_up_run_and_costed_to_the_penny() {
    let home = Home::with_children();
    talk_group(&home);
    let planned = run(&home, "2026-09-07");
    for (key, want) in [
        ("id", json!("v1")),
        ("name", json!("Talk group")),
        ("area", json!("C&I")),
        ("tier", json!("targeted")),
        ("staff", json!("Ms Pratt")),
        ("group_size", json!(4)),
        ("starts", json!("2026-09-07")),
        // Twelve weeks without a term on file: every weekday counts.
        ("ends", json!("2026-11-27")),
        ("sessions_planned", json!(36)),
        ("sessions_delivered", json!(0)),
        ("planned_pence_hour", json!(1600)),
        ("cost_planned_pence", json!(19_200)),
        ("cost_planned_unallocated_pence", json!(0)),
        ("cost_to_date_pence", json!(0)),
        ("cost_to_date_known_pence", json!(0)),
        ("cost_to_date_unallocated_pence", json!(0)),
        ("cost_delivered_pence", json!(0)),
        ("cost_delivered_unallocated_pence", json!(0)),
        ("to_mend", json!([])),
    ] {
        assert_eq!(planned[key], want, "{key}");
    }
    assert_eq!(
        planned["members"][1],
        json!({
            "id": "b2", "pupil_id": "p2", "from": "2026-09-07", "to": null, "entry": "7/25", "exit": null,
            "cost_planned_pence": 9600, "cost_to_date_pence": 0, "cost_to_date_known_pence": 0,
            "cost_delivered_pence": 0,
        })
    );

    for session in [
        &["session", "provision=v1", "date=2026-09-08"][..],
        &[
            "session",
            "provision=v1",
            "date=2026-09-09",
            "outcome=missed",
            "reason=staff absent",
        ],
    ] {
        let mut line = vec!["new"];
        line.extend(session);
        home.case(&line).ok();
    }
    let later = run(&home, "2026-09-11");
    assert_eq!(later["sessions_delivered"], 1);
    assert_eq!(later["sessions_missed"], 1);
    // A week of an hour at £16; 20 minutes held: 533.3p, shared by two.
    assert_eq!(later["cost_to_date_pence"], 1600);
    assert_eq!(later["cost_delivered_pence"], 533);
    let part = |at: usize| later["members"][at]["cost_delivered_pence"].as_i64();
    assert_eq!((part(0), part(1)), (Some(267), Some(266)));

    let shown = home.case(&["show", "v1"]).ok();
    for line in [
        "Talk group  (OAK Oakfield Primary School)",
        "3 x 20 min a week, 12 weeks",
        "36 planned, 1 held, 1 missed",
        "Planned         £192",
        "Delivered       £5.33",
        "Okafor, Aisha 5B, since 07/09/2026, £96",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    let table = home.case(&["list", "provision"]).ok();
    assert!(table.contains("v1  Talk group"), "{table}");
    recosted(&home);
    let rate = home.case(&["show", "r1"]).json();
    assert_eq!(
        rate,
        json!({"id": "r1", "staff": "w1", "pence_hour": 1600, "from": "2026-04-01"})
    );
}

/// What was agreed stays until it is costed anew.
fn recosted(home: &Home) {
    home.case(&["set", "r1", "pence_hour=£17.50"]).ok();
    assert_eq!(run(home, "2026-09-11")["cost_planned_pence"], 19_200);
    let costed = home.case(&["recost", "v1"]).ok();
    assert_eq!(
        costed.trim_end(),
        "v1  planned £192 at £16 an hour, now £210 at £17.50 (£18 more)"
    );
    assert_eq!(run(home, "2026-09-11")["cost_planned_pence"], 21_000);
    for _ in 0..2 {
        home.case(&["undo"]).ok();
    }
    assert_eq!(run(home, "2026-09-11")["cost_planned_pence"], 19_200);
}

#[test]
fn the_list_is_narrowed_by_words_and_parts() {
    let home = Home::with_children();
    talk_group(&home);
    let listed = |filter: &str| {
        let rows = home
            .case_on("2026-11-23", &["list", "provision", "--where", filter])
            .json();
        rows.as_array().unwrap().len()
    };
    for (filter, want) in [
        ("talk", 1),
        ("pratt running", 1),
        ("area:ci pupil:aok", 1),
        ("over", 0),
        ("mend", 0),
        ("area:cl", 0),
    ] {
        assert_eq!(listed(filter), want, "{filter}");
    }
    home.case(&["list", "provision", "--where", "area:maths"])
        .refused(2);
}

#[test]
fn bad_input_is_told_in_a_sentence_and_nothing_is_stored() {
    let home = Home::with_children();
    talk_group(&home);
    let before = home.case(&["history"]).json();
    for (words, told) in [
        (
            &["new", "provision-type", "name=X", "minutes=0"][..],
            "minutes: a whole number from 1 to 2400",
        ),
        (
            &["new", "provision-type", "name=X", "minutes=-20"],
            "minutes: a whole number from 1 to 2400",
        ),
        (
            &[
                "new",
                "provision",
                "type=y1",
                "starts=2026-11-23",
                "ends=2026-11-20",
            ],
            "ends: it lies before the first day, Mon 23 Nov 2026.",
        ),
        (
            &["set", "v1", "ends=2026-09-01"],
            "ends: it lies before the first day, Mon 7 Sep 2026.",
        ),
        (
            &["set", "b1", "to=2026-09-01"],
            "to: it lies before the first day, Mon 7 Sep 2026.",
        ),
        (
            &["new", "rate", "staff=w1", "pence_hour=16,50"],
            "has a comma for a point: pounds are written £16.50",
        ),
        (
            &["new", "rate", "staff=w1", "pence_hour=-1"],
            "an amount cannot be less than nothing.",
        ),
        (
            &["new", "rate", "staff=w1", "pence_hour=lots"],
            "is no amount",
        ),
        (
            &["new", "rate", "staff=oduya", "pence_hour=1600"],
            "nobody on the staff list is \"oduya\"",
        ),
        (
            &["new", "provision", "type=chess"],
            "no provision type is called \"chess\"",
        ),
        (
            &["new", "member", "provision=v1", "pupil=p1"],
            "p1 is on v1 already, since 7 Sep 2026 (b1).",
        ),
        (&["new", "member", "provision=v9", "pupil=p1"], "v9"),
        (
            &["new", "session", "provision=v1", "outcome=cancelled"],
            "is none of held",
        ),
        (
            &["new", "session", "provision=v1", "date=2027-03-01"],
            "lies in the future",
        ),
    ] {
        let ran = home.case_on("2026-11-23", words).run();
        assert_eq!(
            (ran.code, ran.err.lines().count()),
            (1, 1),
            "{words:?}\n{}",
            ran.err
        );
        assert!(ran.err.contains(told), "{words:?}\n{}", ran.err);
    }
    assert_eq!(home.case(&["history"]).json(), before);
}

#[test]
fn a_rate_gap_and_a_leaver_in_a_group_are_listed_to_be_mended() {
    let home = Home::with_children();
    talk_group(&home);
    home.case(&["set", "r1", "from=2026-10-01"]).ok();
    home.case(&["set", "p2", "left_on=2026-11-03"]).ok();
    let run = run(&home, "2026-11-23");
    // 7 of its 11 weeks are from October on; week 12 has not passed.
    assert_eq!(run["cost_planned_pence"], 19_200);
    assert_eq!(run["cost_to_date_pence"], Value::Null);
    assert_eq!(run["members"][0]["cost_to_date_pence"], Value::Null);
    assert_eq!(run["cost_to_date_known_pence"], 7 * 1600);
    let told = run["to_mend"].as_array().unwrap();
    assert!(
        told[0]
            .as_str()
            .unwrap()
            .ends_with("left on 3 Nov 2026 and is still on it")
    );
    assert_eq!(told[1], "the cost is not known: no rate on 7 Sep 2026");
    let refused = home
        .case_on(
            "2026-11-23",
            &[
                "new",
                "member",
                "provision=v1",
                "pupil=p2",
                "from=2026-11-10",
            ],
        )
        .refused(1);
    assert!(refused.contains("p2"), "{refused}");
    // £16 without its sign is asked about, and kept as given by who means it.
    let mut rate = vec!["new", "rate", "staff=w1", "pence_hour=16"];
    home.case(&rate).refused(4);
    rate.push("--anyway");
    let odd = home.case(&rate).run();
    assert_eq!(odd.code, 0);
    assert!(
        odd.err.contains("that is £0.16 an hour; £16?"),
        "{}",
        odd.err
    );
}

#[test]
fn what_is_not_plain_exits_4_with_the_question_and_anyway_does_it() {
    let home = Home::with_children();
    talk_group(&home);
    let session = ["new", "session", "provision=v1", "date=2026-09-08"];
    home.case_on("2026-09-11", &session).ok();
    let before = home.case(&["history"]).json();
    for (words, question) in [
        (
            "new session provision=v1 date=2026-09-08",
            "Talk group v1 has a session on 8 Sep 2026 already (h1).",
        ),
        (
            "new rate staff=w1 pence_hour=17 from=2026-09-01",
            "£0.17 an hour is very little: is £17 meant?",
        ),
        (
            "set r1 pence_hour=165000",
            "£1,650 an hour is very much: is £16.50 meant?",
        ),
        (
            "new term name=2026/27 starts=2026-09-01 ends=2027-07-21",
            "It lasts 47 weeks; no term is longer than 20. A school year is entered term by term.",
        ),
        (
            "new member provision=v1 pupil=p1 from=2027-01-04",
            "Talk group v1 ended on 27 Nov 2026: a child on it from 4 Jan 2027 bears nothing of it.",
        ),
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        let ran = home.case_on("2026-09-11", &words).run();
        assert_eq!((ran.code, ran.out.trim_end()), (4, question), "{words:?}");
        assert!(ran.err.contains("--anyway"), "{}", ran.err);
    }
    assert_eq!(home.case(&["history"]).json(), before);
    let mut line = session.to_vec();
    line.push("--anyway");
    home.case_on("2026-09-11", &line).ok();
    let twice = run(&home, "2026-09-11");
    assert_eq!(
        twice["to_mend"],
        json!(["the session of 8 Sep 2026 is there twice (h1 is the other)"])
    );
}

#[test]
fn a_child_who_joins_late_bears_its_weeks_and_the_rest_is_printed_as_unallocated() {
    let home = Home::with_children();
    talk_group(&home);
    // Nobody in week 1, the second alone in week 2, both in 3 and 4, the first alone for eight more.
    home.case(&["set", "b1", "from=2026-09-21"]).ok();
    home.case(&["set", "b2", "from=2026-09-14", "to=2026-10-02"])
        .ok();
    let found = run(&home, "2026-09-25");
    for (key, want) in [
        ("cost_planned_pence", 19_200),
        ("cost_planned_unallocated_pence", 1600),
        ("cost_to_date_pence", 4800),
        ("cost_to_date_unallocated_pence", 1600),
    ] {
        assert_eq!(found[key], want, "{key}");
    }
    let part = |at: usize| found["members"][at]["cost_planned_pence"].as_i64();
    assert_eq!((part(0), part(1)), (Some(14_400), Some(3200)));
    let shown = home.case(&["show", "v1"]).ok();
    assert!(
        shown.contains("Planned         £192, £16 of it unallocated"),
        "{shown}"
    );
    let table = home.case(&["list", "provision"]).ok();
    assert!(table.contains("unallocated"), "{table}");
}
