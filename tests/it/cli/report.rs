//! `report`: what is handed over to the next SENCO, and the time spent by school and week.

use super::Home;
use serde_json::json;

#[test]
fn hours_are_typed_once_a_week_and_add_up_with_the_minutes_of_contacts() {
    let home = Home::with_children();
    home.case(&[
        "school",
        "add",
        "--name",
        "Elm Infant School",
        "--code",
        "ELM",
    ])
    .ok();
    assert_eq!(
        home.case(&["new", "hours", "hours=6h30", "note=Reviews"])
            .json(),
        json!({"id": "u1"})
    );
    home.case(&["new", "hours", "week=18/11", "hours=2.5"]).ok();
    home.case(&["--school", "ELM", "new", "hours", "hours=90m"])
        .ok();
    home.case(&[
        "new",
        "contact",
        "pupils=p1",
        "kind=phone",
        "with=mum",
        "text=Reading",
        "minutes=15",
        "at=17/11",
    ])
    .ok();
    assert_eq!(
        home.case(&["list", "hours", "--all"]).json(),
        json!([
            {"id": "u1", "school": "OAK", "week": "2026-11-23", "minutes": 390, "note": "Reviews"},
            {"id": "u1", "school": "ELM", "week": "2026-11-23", "minutes": 90, "note": null},
            {"id": "u2", "school": "OAK", "week": "2026-11-16", "minutes": 150, "note": null},
        ])
    );
    let report = home.case(&["report", "time"]).json();
    assert_eq!(
        (&report["from"], &report["to"]),
        (&json!("2026-08-31"), &json!("2026-11-29"))
    );
    let week = |week, school, typed: i64, contacts: i64| {
        json!({"week": week, "school": school, "typed_minutes": typed, "contact_minutes": contacts,
               "minutes": typed + contacts})
    };
    assert_eq!(
        report["weeks"],
        json!([
            week("2026-11-16", "OAK", 150, 15),
            week("2026-11-16", "ELM", 0, 0),
            week("2026-11-23", "OAK", 390, 0),
            week("2026-11-23", "ELM", 90, 0),
        ])
    );
    assert_eq!(
        report["schools"],
        json!([
            {"school": "OAK", "name": "Oakfield Primary School", "typed_minutes": 540, "contact_minutes": 15,
             "minutes": 555, "share_percent": 86},
            {"school": "ELM", "name": "Elm Infant School", "typed_minutes": 90, "contact_minutes": 0,
             "minutes": 90, "share_percent": 14},
        ])
    );
    let one = home
        .case(&[
            "--school", "ELM", "report", "time", "--from", "16/11", "--to", "22/11",
        ])
        .json();
    assert_eq!(one["weeks"], json!([]));
    assert_eq!(one["schools"][0]["share_percent"], 0);
    let text = home.case(&["report", "time"]).ok();
    assert!(
        text.contains("16 Nov 2026  OAK     2h30   15m       2h45\n             ELM     0"),
        "{text}"
    );
    assert!(
        text.contains("total        OAK     9h     15m       9h15      86%"),
        "{text}"
    );
    assert!(text.contains("(6.92 to\n6.94)"), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let plain = home.case(&["--plain", "report", "time"]).ok();
    assert!(
        plain.starts_with("2026-11-16\tOAK\t2h30\t15m\t2h45\t\n2026-11-16\tELM\t0\t0\t0\t\n"),
        "{plain}"
    );
    assert!(
        plain.ends_with("total\tELM\t1h30\t0\t1h30\t14%\n"),
        "{plain}"
    );
    home.case(&["undo"]).ok();
    let typed = home.case(&["report", "time"]).json();
    assert_eq!(
        typed["schools"][0]["contact_minutes"], 0,
        "the contact was taken back"
    );
}

#[test]
fn hours_that_cannot_be_taken_are_refused_with_how_to_write_them() {
    let home = Home::with_children();
    home.case(&["new", "hours", "hours=6h30"]).ok();
    for (words, code, told) in [
        (
            &["new", "hours", "hours=2h3"][..],
            1,
            "write 2h30, 2:30, 2.5 (hours) or 150m",
        ),
        (
            &["new", "hours", "hours=1h"],
            1,
            "has 6h30 already (u1): change that line instead",
        ),
        (
            &["new", "hours", "hours=1h", "week=30/11"],
            1,
            "the week from Mon 30 Nov 2026 lies in the future",
        ),
        (&["report", "time", "--from", "soon"], 2, "soon"),
        (
            &["report", "time", "--from", "2/11", "--to", "1/11"],
            2,
            "lies after --to",
        ),
        (&["report", "handover", "--all"], 2, "Name one school"),
    ] {
        let ran = home.case(words).run();
        assert_eq!(ran.code, code, "{words:?}: {}", ran.err);
        assert!(ran.err.contains(told), "{words:?}: {}", ran.err);
    }
    assert_eq!(
        home.case(&["list", "hours"])
            .json()
            .as_array()
            .map(Vec::len),
        Some(1)
    );
}

#[test]
fn a_school_is_handed_over_on_a_paper_on_which_each_open_task_stands_once() {
    let home = Home::with_children();
    for line in [
        "@aok call mum: worried about reading > 20/11 send Lexia data",
        "@aow call EP: report is late > fri chase report",
        "@nb email EP: next year > 3/11/2027 plan the visit",
        "@aok task order overlays > 1/12",
    ] {
        home.case(&["add", line]).ok();
    }
    home.case(&[
        "new",
        "contact",
        "pupils=p3",
        "kind=safeguarding",
        "follow_up=fri",
        "follow_up_text=Ring the lead",
    ])
    .ok();
    for words in [
        &["set", "t1", "due=20/11/2026"][..],
        &["new", "staff", "name=Ms Pratt"],
        &[
            "new",
            "provision-type",
            "name=Talk group",
            "minutes=20",
            "sessions_week=3",
            "weeks=12",
        ],
        &[
            "new",
            "provision",
            "type=talk",
            "staff=pratt",
            "starts=7/9/2026",
        ],
        &["new", "provision", "type=talk", "starts=4/1/2027"],
        &["new", "member", "provision=v1", "pupil=p1"],
        &["new", "member", "provision=v1", "pupil=p3"],
        &["set", "p3", "left_on=20/11/2026"],
    ] {
        home.case(words).ok();
    }
    let paper = home.case(&["report", "handover"]).ok();
    assert_eq!(
        paper,
        "\
HAND-OVER: Oakfield Primary School (OAK), Mon 23 Nov 2026

For the next SENCO of this school and nobody else: it names children. 2 of the
tasks follow up entries that are internal: not on papers for parents; part of
the record they may ask for. Each open task stands once.

OPEN TASKS, late ones first: what stands in neither of the next two lists
  Tue 1 Dec 2026   order overlays
                   Okafor, Aisha 5B; t4
  Wed 3 Nov 2027   plan the visit
                   Brough, Noah 3C; t3, from c3: e-mail with EP, 23 Nov 2026

FOLLOW-UPS of diary entries, due by Sun 31 Oct 2027
  Fri 27 Nov 2026  chase report
                   Owen, Ada 5B; t2, from c2: phone with EP, 23 Nov 2026

PROMISES MADE TO PARENTS: follow-ups of what was said with a parent or carer
  Fri 20 Nov 2026  send Lexia data
  3 days late      Okafor, Aisha 5B; t1, from c1: phone with mum, 23 Nov 2026

PROVISION STILL RUNNING, by its last day
  Fri 27 Nov 2026  Talk group, 3 x 20 min a week, Ms Pratt (v1)
                   Okafor, Aisha 5B; Brough, Noah 3C (has left)

1 run of provision begins later: sendesk list provision has them.

Left out: 1 task that follows up a safeguarding note. Hand it over by word of
mouth; what was said is in the safeguarding system alone.
"
    );
    let json = home.case(&["report", "handover"]).json();
    let ids = |section: &str| -> Vec<&str> {
        let rows = json[section].as_array().unwrap();
        rows.iter().map(|row| row["id"].as_str().unwrap()).collect()
    };
    assert_eq!(ids("open"), ["t4", "t3"]);
    assert_eq!(ids("follow_ups"), ["t2"]);
    assert_eq!(ids("promises"), ["t1"]);
    assert_eq!(json["promises"][0]["pupil_ids"], json!(["p1"]));
    assert_eq!(json["promises"][0]["from"]["with"], json!("mum"));
    assert_eq!(json["left_out"], json!({"safeguarding": 1}));
    assert_eq!(json["provision"][0]["pupil_ids"], json!(["p1", "p3"]));
    assert_eq!(json["provision_to_come"], 1);
    let plain = home.case(&["--plain", "report", "handover"]).ok();
    assert!(
        plain.starts_with("open\t2026-12-01\tt4\torder overlays\tOkafor, Aisha 5B\t\n"),
        "{plain}"
    );
    assert!(plain.ends_with("provision\t2026-11-27\tv1\tTalk group\tOkafor, Aisha 5B; Brough, Noah 3C (has left)\tMs Pratt\n"), "{plain}");
}

#[test]
fn a_school_with_nothing_to_hand_over_says_none_in_every_section() {
    let home = Home::with_children();
    let paper = home.case(&["report", "handover"]).ok();
    assert_eq!(paper.matches("  None.").count(), 4, "{paper}");
    assert!(!paper.contains("Left out"), "{paper}");
}
