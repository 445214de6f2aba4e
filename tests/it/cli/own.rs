//! The user's own tasks from the shell: at no school, about no child, in the same queue as the schools' when all are read.

use super::Home;

#[test]
fn a_task_of_ones_own_is_added_listed_ticked_and_taken_back_without_a_school() {
    let home = Home::with_children();
    let added = home.case(&["add", "^me Network meeting > fri 1330", "--urgent"]);
    assert_eq!(added.ok(), "t1  ME  task  due Fri 27 Nov 2026 13:30\n");
    let plain = home
        .case(&["add", "--school", "me", "Read the new guidance"])
        .json();
    assert_eq!(
        (&plain["school"], &plain["kind"]),
        (&"ME".into(), &"task".into())
    );
    assert_eq!(plain["due"], serde_json::Value::Null);
    assert_eq!(
        home.case(&["list", "tasks"]).ok(),
        "",
        "none of it is a school's"
    );

    let list = home.case(&["list", "tasks", "--school", "ME"]).json();
    let told: Vec<(&str, bool)> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|task| {
            (
                task["title"].as_str().unwrap(),
                task["urgent"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [("Network meeting", true), ("Read the new guidance", false)]
    );
    let due = home.case(&["due", "--within", "1w", "--school", "ME"]).ok();
    assert!(
        due.contains("Network meeting") && !due.contains("guidance"),
        "{due}"
    );

    assert_eq!(
        home.case(&["done", "t1", "--school", "ME"]).ok(),
        "t1  Network meeting\n"
    );
    let again = home.case(&["done", "t1", "--school", "ME"]).run();
    assert!(again.err.contains("ticked already"), "{}", again.err);
    let done = home
        .case(&["list", "tasks", "--done", "--school", "ME"])
        .json();
    assert_eq!(done[0]["done_on"], "2026-11-23");
    // From now on by the same key as anything else.
    assert_eq!(
        home.case(&["undo", "--school", "ME"]).ok(),
        "Tick task t1\n"
    );
    assert_eq!(
        home.case(&["redo", "--school", "ME"]).json()["label"],
        "Tick task t1"
    );
    home.case(&["done", "t1", "--undo", "--school", "ME"]).ok();
    let none = home.case(&["done", "t9", "--school", "ME"]).refused(1);
    assert!(
        none.contains("There is no t9 among your own tasks"),
        "{none}"
    );
}

#[test]
fn reading_all_schools_reads_ones_own_too() {
    let home = Home::with_children();
    home.case(&["add", "task Order overlays > t"]).ok();
    home.case(&["add", "^me Network meeting > t"]).ok();
    for words in [
        &["today", "--all"][..],
        &["list", "tasks", "--all"],
        &["due", "--within", "1d", "--all"],
    ] {
        let rows = home.case(words).json();
        let schools: Vec<&str> = rows
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["school"].as_str().unwrap())
            .collect();
        assert_eq!(schools, ["OAK", "ME"], "{words:?}");
    }
}

#[test]
fn no_child_gets_into_ones_own_tasks_and_no_school_verb_takes_them() {
    let home = Home::with_children();
    let before = home.files();
    for (words, told) in [
        (&["add", "^me @ao ring > fri"][..], "about no child"),
        (&["add", "@ao task ring ^me > fri"], "about no child"),
        (&["list", "pupils", "--school", "ME"], "at no school"),
        (&["list", "diary", "--school", "ME"], "at no school"),
        (&["show", "t1", "--school", "ME"], "at no school"),
        (&["find", "ao", "--school", "ME"], "at no school"),
        (&["set", "t1", "title=x", "--school", "ME"], "at no school"),
        (&["done", "c1", "--school", "ME"], "ids such as t3"),
        (
            &["undo", "--step", "j1", "--school", "ME"],
            "leave the step out",
        ),
        (
            &["school", "add", "--name", "Meadow", "--code", "ME"],
            "your own tasks",
        ),
        (
            &["school", "add", "--name", "All Saints", "--code", "ALL"],
            "all schools",
        ),
    ] {
        let ran = home.case(words).run();
        assert_eq!(ran.code, 2, "{words:?}: {}", ran.err);
        assert!(ran.err.contains(told), "{words:?}: {}", ran.err);
        assert!(!ran.err.contains("ao ring") && ran.out.is_empty());
    }
    assert!(home.files() == before);
}

#[test]
fn ones_own_tasks_are_backed_up_with_the_schools_and_put_back_after_a_rehearsal() {
    let home = Home::with_children();
    home.case(&["add", "^me Network meeting > fri"]).ok();
    let made = home.case(&["backup", "--all"]).json();
    let schools: Vec<_> = made
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["school"])
        .collect();
    assert_eq!(schools, ["OAK", "ME"]);
    let file = made[1]["file"].as_str().unwrap().to_owned();
    assert!(
        made[1]["steps"].is_null() && file.contains("/backups/own-tasks/own-tasks-2"),
        "{file}"
    );

    home.case(&["done", "t1", "--school", "ME"]).ok();
    let rehearsed = home.case(&["restore", &file, "--dry-run"]).run();
    assert_eq!((rehearsed.code, rehearsed.out.as_str()), (0, "ME\n"));
    assert!(
        rehearsed.err.contains("whole and of 1 task."),
        "{}",
        rehearsed.err
    );
    assert!(
        rehearsed
            .err
            .contains("1 task added, changed or removed since"),
        "{}",
        rehearsed.err
    );
    assert!(
        home.case(&["list", "tasks", "--school", "ME"]).json()[0].is_null(),
        "only looked at"
    );
    let asks = home.case(&["restore", &file]).run();
    assert!(
        asks.code == 1 && asks.err.contains("Nothing was changed."),
        "{}",
        asks.err
    );

    home.case(&["restore", &file, "--yes"]).ok();
    let open = home.case(&["list", "tasks", "--school", "ME"]).json();
    assert_eq!(open[0]["title"], "Network meeting");
    home.case(&["undo", "--school", "ME"]).ok();
    let done = home
        .case(&["list", "tasks", "--done", "--school", "ME"])
        .json();
    assert_eq!(done[0]["title"], "Network meeting");
    let json = home.case(&["restore", &file, "--yes"]).json();
    assert_eq!(
        (&json["school"], &json["lost_steps"]),
        (&"ME".into(), &1.into())
    );

    let named = home.path("mine.db");
    home.case(&["backup", "--school", "ME", "--out"])
        .arg(&named)
        .ok();
    home.case(&["backup", "--school", "ME", "--out"])
        .arg(&named)
        .refused(1);
    let neither = home.file("neither.db", "nothing of ours, and rather long");
    let told = home.case(&["restore"]).arg(&neither).run();
    assert_ne!(told.code, 0);
}

#[test]
fn a_line_of_ones_own_is_a_task_whatever_word_it_begins_with_and_says_what_it_leaves_out() {
    let home = Home::with_children();
    let draft = |line: &[&str]| home.case(&[&["add"], line].concat()).run();
    for (line, made, title) in [
        (
            &["^me Call the LA > fri"][..],
            "t1  ME  task  due Fri 27 Nov 2026\n",
            "Call the LA",
        ),
        (
            &["Meet the EP ^me"],
            "t2  ME  task  someday\n",
            "Meet the EP",
        ),
        (
            &["^me task Order books > fri 9:15"],
            "t3  ME  task  due Fri 27 Nov 2026 09:15\n",
            "Order books",
        ),
    ] {
        let ran = draft(line);
        assert_eq!((ran.out.as_str(), ran.err.as_str()), (made, ""), "{line:?}");
        let list = home.case(&["list", "tasks", "--school", "ME"]).json();
        let titles: Vec<&str> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["title"].as_str().unwrap())
            .collect();
        assert!(titles.contains(&title), "{titles:?}");
    }
    let urgent = draft(&["^me Read the guidance !"]);
    assert_eq!((urgent.code, urgent.err.as_str()), (0, ""));
    assert_eq!(
        home.case(&["list", "tasks", "--school", "ME"]).json()[2]["urgent"],
        true
    );
    let tagged = draft(&["^me Read guidance +training < y"]);
    assert!(tagged.err.contains("they were left out"), "{}", tagged.err);
    let wrong = draft(&["^me Network > 31/11"]);
    assert!(
        wrong.code == 0 && wrong.err.contains("31/11 does not exist"),
        "{}",
        wrong.err
    );
}

#[test]
fn days_of_ones_own_tasks_are_read_with_the_terms_of_the_school_worked_on() {
    let home = Home::with_demo();
    let eot = ["due", "--within", "eot"];
    home.case(&[&eot[..], &["--all"]].concat()).ok();
    home.case(&["add", "^me Network meeting > eot"]).ok();
    for more in [&["--all"][..], &["--school", "ME"]] {
        let due = home.case(&[&eot[..], more].concat()).ok();
        assert!(due.contains("Network meeting"), "{more:?}: {due}");
        let words = [&["list", "tasks", "--where", "due:eot"][..], more].concat();
        home.case(&words).ok();
    }
}

#[test]
fn schools_are_read_and_backed_up_where_ones_own_tasks_cannot_be() {
    let home = Home::with_children();
    home.case(&["add", "task Order overlays > t"]).ok();
    for number in 0..40 {
        let line = format!(
            "^me A task of some length, number {number}, {}",
            "words ".repeat(24)
        );
        home.case(&["add", &line]).ok();
    }
    let path = home.desk().join("desk.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.len() - 2_000;
    bytes[at] ^= 0x55;
    std::fs::write(&path, bytes).unwrap();
    let today = home.case(&["today", "--all"]).run();
    assert!(
        today.code == 0 && today.out.contains("Order overlays"),
        "{}{}",
        today.out,
        today.err
    );
    assert!(
        today.err.contains("Your own tasks are not among these"),
        "{}",
        today.err
    );
    let made = home.case(&["backup", "--all"]).run();
    assert!(made.out.contains("OAK-2"), "{}{}", made.out, made.err);
    assert!(
        made.code == 1 && made.err.contains("Your own tasks were not backed up"),
        "{}",
        made.err
    );
    home.case(&["today", "--school", "ME"]).refused(1);
}
