//! The past from the shell: what ended, what was entered by mistake, what is kept elsewhere, and lists that are newer than
//! the day worked on.

use super::Home;
use serde_json::{Value, json};

fn new(home: &Home, words: &[&str]) -> Value {
    let mut line = vec!["new"];
    line.extend(words);
    home.case(&line).json()
}

#[test]
fn a_need_ends_is_refused_twice_at_once_and_is_taken_out() {
    let home = Home::with_children();
    new(&home, &["need", "pupil=p1", "code=SLCN", "from=2025-09-01"]);
    let twice = home
        .case(&["new", "need", "pupil=p1", "code=SLCN", "from=2026-01-05"])
        .refused(1);
    assert!(
        twice.contains("SLCN is on record for that time already (n1"),
        "{twice}"
    );
    home.case(&["set", "n1", "to=2026-07-17"]).ok();
    let shown = home.case(&["show", "p1"]).json();
    assert_eq!(shown["all_needs"][0]["to"], json!("2026-07-17"));
    assert_eq!(shown["needs"], json!([]));
    let gone = home.case(&["remove", "n1"]).json();
    assert_eq!(gone, json!({"id": "n1", "binned": false}));
    assert_eq!(home.case(&["show", "p1"]).json()["all_needs"], json!([]));
    home.case(&["undo"]).ok();
    let shown = home.case(&["show", "p1"]).json();
    assert_eq!(shown["all_needs"][0]["id"], json!("n1"));
    home.case(&["remove", "p1"]).refused(1);
    home.case(&["remove", "okafor"]).refused(2);
}

#[test]
fn an_earlier_period_of_status_goes_in_with_its_last_day() {
    let home = Home::with_children();
    new(&home, &["status", "pupil=p1", "code=E", "from=2026-02-01"]);
    let told = home
        .case(&["new", "status", "pupil=p1", "code=K", "from=2024-09-02"])
        .refused(1);
    assert!(
        told.contains("has a last day too, Sat 31 Jan 2026"),
        "{told}"
    );
    let words = [
        "status",
        "pupil=p1",
        "code=K",
        "from=2024-09-02",
        "to=2026-01-31",
    ];
    assert_eq!(new(&home, &words), json!({"id": "s2"}));
    let shown = home.case(&["show", "p1"]).json();
    assert_eq!(shown["status"], json!("E"));
    assert_eq!(shown["statuses"][1]["to"], json!("2026-01-31"));
}

#[test]
fn parents_to_be_told_are_listed_until_told_or_kept_elsewhere() {
    let home = Home::with_children();
    new(&home, &["status", "pupil=p1", "code=K", "from=2026-09-01"]);
    let words = "name=Lexia tier=targeted minutes=20 sessions_week=3 weeks=6";
    let mut of = vec!["provision-type"];
    of.extend(words.split(' '));
    new(&home, &of);
    new(&home, &["provision", "type=y1", "starts=2026-09-07"]);
    new(
        &home,
        &[
            "member",
            "provision=v1",
            "pupil=p1",
            "from=2026-09-07",
            "--anyway",
        ],
    );
    let listed = |home: &Home| {
        let list = home.case(&["list", "pupils", "--where", "told:no"]).json();
        let ids = list.as_array().unwrap().iter();
        ids.map(|one| one["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(listed(&home), ["p1"]);
    let text = home.case(&["show", "p1"]).json()["to_tell"].clone();
    let text = text.as_str().unwrap();
    assert!(text.contains("s.68(2); no time is set"), "{text}");
    let kept = home
        .case(&[
            "school",
            "records-from",
            "2026-11-01",
            "--elsewhere",
            "paper file",
        ])
        .json();
    let want = json!({"code": "OAK", "records_from": "2026-11-01", "elsewhere": "paper file"});
    assert_eq!(kept, want);
    assert_eq!(home.case(&["school", "records-from"]).json(), want);
    assert!(listed(&home).is_empty());
    home.case(&["school", "records-from", "none"]).ok();
    assert_eq!(listed(&home), ["p1"]);
    home.case(&["set", "s1", "parents_informed=2026-09-04"])
        .ok();
    assert!(listed(&home).is_empty());
    home.case(&["school", "records-from", "2026-12-24"])
        .refused(1);
}

#[test]
fn a_birth_date_that_cannot_be_is_kept_and_told_and_so_is_what_lies_before_a_birth() {
    let home = Home::with_children();
    let told = home.case(&["set", "p1", "dob=1926-03-14"]).run();
    assert_eq!(told.code, 0);
    assert!(
        told.err.contains("no child on roll was born then"),
        "{}",
        told.err
    );
    let mend = home.case(&["show", "p1"]).json()["to_mend"].clone();
    assert!(mend.to_string().contains("cannot be right"), "{mend}");
    home.case(&["set", "p1", "dob=2016-10-03"]).ok();
    let told = home
        .case(&["new", "status", "pupil=p1", "code=K", "from=2015-09-01"])
        .run();
    assert!(
        told.err.contains("before the child was born"),
        "{}",
        told.err
    );
    let told = home.case(&["add", "@p1 note: seen"]).run();
    assert_eq!(told.code, 0, "{}", told.err);
}

#[test]
fn lists_on_a_day_before_the_newest_step_say_that_they_are_newer() {
    let home = Home::with_children();
    let told = |day: &str| home.case_on(day, &["list", "pupils"]).run().err;
    assert_eq!(told("2026-11-23"), "");
    let text = told("2026-09-01");
    assert!(
        text.contains(
            "OAK: you work on Tue 1 Sep 2026, and the newest step worked on Mon 23 Nov 2026"
        ),
        "{text}"
    );
    assert!(told("2026-11-24").is_empty());
}

#[test]
fn a_second_run_of_one_type_is_told_and_each_is_named_by_its_own() {
    let home = Home::with_children();
    let words = "name=Lexia tier=targeted minutes=20 sessions_week=3 weeks=12";
    let mut of = vec!["provision-type"];
    of.extend(words.split(' '));
    new(&home, &of);
    let first = home
        .case(&["new", "provision", "type=lexia", "starts=2026-11-02"])
        .run();
    assert!(!first.err.contains("Another run"), "{}", first.err);
    new(&home, &["member", "provision=lexia", "pupil=p1"]);
    let second = home
        .case(&["new", "provision", "type=lexia", "starts=2026-11-09"])
        .run();
    assert!(
        second
            .err
            .contains("Another run is there: v1 Lexia since 2 Nov 2026: Aisha Okafor."),
        "{}",
        second.err
    );
    home.case(&["set", "v2", "run_name=mornings"]).ok();
    let rows = home.case(&["list", "provision"]).json();
    assert_eq!(rows[0]["run_name"], json!(null));
    assert_eq!(rows[1]["name"], json!("Lexia"));
    assert_eq!(rows[1]["run_name"], json!("mornings"));
    // A name that two have is not taken for either; who is on each is told.
    let told = home
        .case(&["new", "member", "provision=lexia", "pupil=p2"])
        .run();
    assert_eq!(told.code, 1, "{}", told.err);
    assert!(told.err.contains("Aisha Okafor"), "{}", told.err);
    new(&home, &["member", "provision=lexia (mornings)", "pupil=p2"]);
    let rows = home.case(&["list", "provision"]).json();
    assert_eq!(rows[1]["members"][0]["pupil_id"], json!("p2"));
}
