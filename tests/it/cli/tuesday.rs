//! A Tuesday in the shell: a call logged, what was promised found again on its day, ticked, put right, struck.

use super::Home;
use serde_json::{Value, json};

/// A fortnight of the calendar, so that dates have terms to go by.
fn open_term(home: &Home) {
    home.case(&[
        "new",
        "term",
        "name=Autumn 1",
        "starts=1/9/2026",
        "ends=23/10/2026",
    ])
    .ok();
    let half = [
        "new",
        "term",
        "name=Autumn 2",
        "starts=2/11/2026",
        "ends=18/12/2026",
    ];
    assert_eq!(home.case(&half).ok(), "m2\n");
    assert_eq!(
        home.case(&["new", "closure", "date=27/11/2026", "name=INSET"])
            .json(),
        json!({"id": "z1"})
    );
    let shown = home.case(&["show", "m2"]).json();
    assert_eq!(shown["ends"], "2026-12-18");
    assert_eq!(home.case(&["show", "z1"]).json()["date"], "2026-11-27");
}

#[test]
fn a_call_is_logged_and_its_promise_comes_back_on_the_day() {
    let home = Home::with_children();
    open_term(&home);
    let mother = [
        "new",
        "person",
        "pupil=aok",
        "name=Mrs Ngozi Okafor",
        "relationship=mum",
    ];
    assert_eq!(home.case(&mother).ok(), "a1\n");

    let added = home
        .case(&[
            "add",
            "@aok call mum: worried about reading > 1w send Lexia data +lexia",
        ])
        .run();
    assert_eq!(
        added.out,
        "c1  OAK  phone  A.O.  follow-up t1 Mon 30 Nov 2026\n"
    );
    assert_eq!((added.code, added.err.as_str()), (0, ""));
    let order = home.case(&["add", "order overlays > tm", "--urgent"]).ok();
    assert_eq!(order, "t2  OAK  task  due Tue 24 Nov 2026\n");

    let entry = home.case(&["show", "c1"]).json();
    assert_eq!(entry["with"], "Mrs Ngozi Okafor (mum)");
    assert_eq!(entry["visibility"], "shareable");
    assert_eq!(entry["tags"], json!(["lexia"]));
    assert_eq!(entry["at"].as_str().unwrap().get(..10), Some("2026-11-23"));

    // On Tuesday only the overlays are due, and on the Monday after that the promise.
    let today = home.case_on("2026-11-24", &["today"]).ok();
    assert!(
        today.contains("Today\nt2  today  ! order overlays"),
        "{today}"
    );
    assert!(!today.contains("t1"), "{today}");
    let later = home.case_on("2026-12-01", &["today"]).ok();
    assert!(later.starts_with("id"), "{later}");
    let (order, data) = (later.find("t2").unwrap(), later.find("t1").unwrap());
    assert!(later.contains("Late\n") && order < data, "{later}");
    assert!(later.contains("Okafor, Aisha 5B"), "{later}");
    tick(&home);
    find_again(&home);
}

/// The follow-up ticked by its contact, opened again, ticked, and the tick taken back.
fn tick(home: &Home) {
    let done = home.case_on("2026-11-30", &["done", "c1"]).run();
    assert_eq!(done.out, "t1  send Lexia data\n");
    assert_eq!(done.err, "OAK: ticked t1\n");
    let twice = home.case(&["done", "t1"]).run();
    assert_eq!(twice.code, 0);
    assert!(
        twice
            .err
            .contains("t1 was ticked already, on Mon 30 Nov 2026"),
        "{}",
        twice.err
    );
    let done = home.case(&["list", "tasks", "--done"]).json();
    assert_eq!(
        (&done[0]["id"], &done[0]["done_on"]),
        (&json!("t1"), &json!("2026-11-30"))
    );
    let again = home.case(&["done", "1", "--undo"]).json();
    assert_eq!(again, json!({"id": "t1", "done_on": null}));
    home.case(&["done", "t1"]).ok();
    let undone = home.case(&["undo"]).run();
    assert!(undone.err.contains("Tick task t1"), "{}", undone.err);
    assert_eq!(home.case(&["show", "t1"]).json()["done_on"], Value::Null);
    home.case(&["done", "t2"]).ok();
    let steps = home.case(&["history", "--of", "t2"]).json();
    assert_eq!(steps[0]["label"], "Tick task t2");
    let made = steps[1]["id"].as_str().unwrap();
    let moved = home.case(&["undo", "--step", made]).refused(1);
    assert!(moved.contains("nothing was changed"), "{moved}");
    let tick = steps[0]["id"].as_str().unwrap();
    home.case(&["undo", "--step", tick]).ok();
    assert_eq!(home.case(&["show", "t2"]).json()["done_on"], Value::Null);
}

/// What was said is found by its words, its child, its day.
fn find_again(home: &Home) {
    for (filter, found) in [
        ("zzz", 0),
        ("worr", 1),
        ("pupil:aok since:1w follow-up:open", 1),
        ("kind:call tag:lexia with:ngozi visibility:shareable", 1),
        ("pupil:p2", 0),
        ("until:y", 0),
    ] {
        let list = home.case(&["list", "diary", "--where", filter]).json();
        assert_eq!(list.as_array().unwrap().len(), found, "{filter}");
    }
    let child = home.case(&["show", "p1"]).json();
    assert_eq!(child["people"][0]["name"], "Mrs Ngozi Okafor");
    assert_eq!(
        (&child["tasks"][0]["id"], &child["contacts"]),
        (&json!("t1"), &json!(1))
    );
    let text = home.case(&["show", "aok"]).ok();
    for part in ["People\n  a1", "To do\n  t1", "Last contacts\n  c1"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn an_entry_is_put_right_amended_and_struck_and_stays_readable() {
    let home = Home::with_children();
    let form = [
        "new",
        "contact",
        "pupils=aok, p3",
        "kind=phone",
        "with=mum",
        "text=said no",
        "follow_up=fri",
    ];
    assert_eq!(home.case(&form).ok(), "c1\n");
    let entry = home.case(&["show", "c1"]).json();
    assert_eq!(
        (&entry["outcome"], &entry["visibility"]),
        (&json!("spoke"), &json!("shareable"))
    );
    let pupils = [&entry["pupils"][0]["id"], &entry["pupils"][1]["id"]];
    assert_eq!(pupils, ["p1", "p3"]);

    let set = home
        .case(&["set", "c1", "text=said yes", "visibility=internal"])
        .run();
    assert_eq!(
        (set.code, set.err.as_str()),
        (0, "OAK: changed c1: text, visibility\n")
    );
    home.case(&["set", "t1", "due="]).ok();
    assert_eq!(home.case(&["show", "t1"]).json()["due"], Value::Null);
    let amended = home
        .case(&["new", "amendment", "contact=c1", "text=It was Friday."])
        .ok();
    assert_eq!(amended, "d1\n");
    let struck = home
        .case(&["new", "strike", "contact=c1", "reason=wrong child"])
        .json();
    assert_eq!(struck, json!({"id": "d2"}));

    let entry = home.case(&["show", "c1"]).json();
    assert_eq!(
        (&entry["text"], &entry["struck"]),
        (&json!("said yes"), &json!("wrong child"))
    );
    assert_eq!(entry["amendments"][0]["text"], "It was Friday.");
    let text = home.case(&["show", "c1"]).ok();
    for part in [
        "Words\n  said yes",
        "(d1)\n  It was Friday.",
        "Struck        wrong child",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(
        home.case(&["show", "d1"])
            .ok()
            .contains("(d1): c1\n  It was Friday.")
    );
    let twice = home
        .case(&["new", "strike", "contact=c1", "reason=again"])
        .refused(1);
    assert!(twice.contains("c1 is struck already"), "{twice}");
    let amended = home.case(&["set", "d1", "text=No."]).refused(1);
    assert!(amended.contains("stays as it was written"), "{amended}");
    let history = home.case(&["history", "--of", "c1"]).ok();
    for label in [
        "Strike contact c1",
        "Amend contact c1",
        "Change contact c1",
        "Add contact for 2 pupils",
    ] {
        assert!(history.contains(label), "{label} in {history}");
    }
    assert!(!history.contains("Okafor"));
}
