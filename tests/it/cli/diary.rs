//! The JSON, the columns and the refusals of the diary's and the queue's commands.

use super::Home;
use serde_json::json;

fn has_keys(value: &serde_json::Value, keys: &[&str]) {
    let found: Vec<&String> = value.as_object().unwrap().keys().collect();
    let mut wanted = keys.to_vec();
    wanted.sort_unstable();
    assert_eq!(found, wanted);
}

#[test]
fn add_has_the_keys_promised() {
    let home = Home::with_children();
    let added = home.case(&["add", "@aok call mum: x > fri ring"]).json();
    has_keys(
        &added,
        &[
            "id",
            "ids",
            "school",
            "kind",
            "pupils",
            "about",
            "follow_up",
            "due",
        ],
    );
    let first = [&added["id"], &added["school"], &added["kind"]];
    assert_eq!(first, ["c1", "OAK", "phone"]);
    assert_eq!(added["pupils"], json!(["A.O."]));
    let next = json!({"id": "t1", "due": "2026-11-27"});
    assert_eq!((&added["follow_up"], &added["due"]), (&next, &json!(null)));
    let each = home.case(&["add", "@aok @nb > 20/11/2026 ring"]).json();
    assert_eq!(each["kind"], "task");
    assert_eq!(
        (&each["id"], &each["ids"]),
        (&json!("t2"), &json!(["t2", "t3"]))
    );
    assert_eq!(each["pupils"], json!(["A.O.", "N.B."]));
    assert_eq!(each["follow_up"], json!(null));
    assert_eq!(each["due"], "2026-11-20");
}

#[test]
fn the_queue_has_the_keys_promised() {
    let home = Home::with_children();
    home.case(&[
        "add",
        "@aok @nb meet both parents: targets > fri 9:15 review",
    ])
    .ok();
    home.case(&["add", "@aok > 20/11/2026 ring", "--urgent"])
        .ok();
    let due = home.case(&["due"]).json();
    let task = json!({
        "id": "t2", "school": "OAK", "kind": "task", "title": "ring", "pupil_id": "p1", "due": "2026-11-20",
        "overdue_days": 3, "source": null, "time": null, "urgent": true, "carried": 0, "waiting_for": null,
        "done_on": null,
    });
    let next = json!({
        "id": "t1", "school": "OAK", "kind": "follow-up", "title": "review", "pupil_id": null, "due": "2026-11-27",
        "overdue_days": 0, "source": "c1", "time": "09:15", "urgent": false, "carried": 0, "waiting_for": null,
        "done_on": null,
    });
    assert_eq!(due, json!([task, next]));
    assert_eq!(home.case(&["today"]).json(), json!([task]));
    assert_eq!(home.case(&["list", "tasks"]).json(), due);
    assert_eq!(home.case(&["show", "t2"]).json(), task);
}

#[test]
fn the_diary_has_the_keys_promised() {
    let home = Home::with_children();
    home.case(&[
        "add",
        "@aok @nb meet both parents 25m: targets @nb: shy > fri review +apdr",
    ])
    .ok();
    let mut diary = home.case(&["list", "diary"]).json();
    assert_eq!(diary[0], home.case(&["show", "c1"]).json());
    let entry = diary[0].as_object_mut().unwrap();
    for (key, length, end) in [("at", 16, ""), ("entered_at", 20, "Z")] {
        let moment = entry.remove(key).unwrap();
        let moment = moment.as_str().unwrap();
        assert!(moment.len() == length && moment.ends_with(end), "{moment}");
    }
    let wanted = json!({
        "id": "c1", "kind": "meeting", "minutes": 25, "with": "both parents", "outcome": null, "text": "targets",
        "visibility": "shareable", "review": false, "tags": ["apdr"],
        "pupils": [{"id": "p1", "words": null}, {"id": "p3", "words": "shy"}], "about": null,
        "follow_up": {"id": "t1", "due": "2026-11-27", "done": false}, "struck": null, "amendments": [],
    });
    assert_eq!(diary[0], wanted);
}

#[test]
fn the_queue_is_narrowed_by_words_and_parts() {
    let home = Home::with_children();
    for line in [
        "@aok > 20/11/2026 ring the OT",
        "order overlays > t",
        "@nb task: find a desk",
    ] {
        home.case(&["add", line]).ok();
    }
    home.case(&["add", "@aok call > 1w data", "--urgent"]).ok();
    home.case(&["set", "t3", "waiting_for=office"]).ok();
    for (filter, want) in [
        ("late", &["t1"][..]),
        ("today", &["t2"]),
        ("urgent", &["t4"]),
        ("office", &["t3"]),
        ("pupil:aok", &["t1", "t4"]),
        ("source:c1", &["t4"]),
        ("due<t", &["t1"]),
        ("due>t source:c1", &["t4"]),
        ("due:none", &["t3"]),
        ("ring ot", &["t1"]),
    ] {
        let list = home.case(&["list", "tasks", "--where", filter]).json();
        let ids: Vec<&str> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|task| task["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, want, "{filter}");
    }
    let text = home.case(&["list", "tasks"]).ok();
    let places: Vec<_> = ["Late\n", "Today\n", "Next 7 days\n", "Waiting for\n"]
        .map(|group| text.find(group))
        .to_vec();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{text}"
    );
    let plain = home.case(&["list", "tasks", "--plain"]).ok();
    assert!(
        plain.lines().all(|line| line.split('\t').count() == 6),
        "{plain}"
    );
    for (words, told) in [
        (
            &["list", "tasks", "--where", "dew<fri"][..],
            "Did you mean due:?",
        ),
        (
            &["list", "diary", "--where", "kind:shout"],
            "is no kind of contact",
        ),
        (
            &["list", "diary", "--where", "since:31/11"],
            "does not exist",
        ),
        (&["due", "--within", "soon"], "is not a date"),
        (&["due", "--within", "-1d"], ""),
        (&["done", "p1"], "Only a task"),
        (&["done", "ao"], "Give the id"),
        (&["undo", "--step", "t1"], ""),
        (&["history", "--of", "ao"], "takes the id of a record"),
    ] {
        let ran = home.case(words).run();
        assert_eq!(ran.code, 2, "{words:?}: {}", ran.err);
        assert!(ran.err.contains(told), "{words:?}: {}", ran.err);
    }
    for words in [
        &["done", "t99"][..],
        &["done", "c99"],
        &["show", "c99"],
        &["show", "a9"],
        &["history", "--of", "m9"],
    ] {
        let gone = home.case(words).refused(1);
        assert!(gone.contains("There is no"), "{gone}");
    }
    let none = home.case(&["add", "@aok note: no promise"]).ok();
    assert!(none.starts_with("c2  OAK  note  A.O.\n"), "{none}");
    let none = home.case(&["done", "c2"]).refused(1);
    assert!(none.contains("c2 has no follow-up"), "{none}");
}

#[test]
fn a_diary_cut_short_says_so_and_the_newest_stay() {
    let home = Home::with_children();
    for line in [
        "@aok note: first < 1/9",
        "@aok note: third < y",
        "@aok note: second < 1/10",
    ] {
        home.case(&["add", line]).ok();
    }
    let ran = home
        .case(&["list", "diary", "--limit", "2", "--json"])
        .run();
    let list: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&list[0]["text"], &list[1]["text"]),
        (&json!("third"), &json!("second"))
    );
    assert!(
        ran.err.contains("The newest 2 entries are shown"),
        "{}",
        ran.err
    );
    let all = home.case(&["list", "diary", "--limit", "3"]).run();
    assert_eq!((all.code, all.err.as_str()), (0, ""));
    assert_eq!(home.case(&["list", "diary", "--limit", "0"]).run().code, 2);
    let first = home.case(&["list", "diary"]).ok();
    assert!(
        first.contains("c2  yesterday  note  Okafor, Aisha 5B"),
        "{first}"
    );
}

#[test]
fn two_schools_are_read_together_and_written_one_at_a_time() {
    let home = Home::with_children();
    home.case(&["school", "add", "--name", "St Bede", "--code", "STB"])
        .ok();
    home.case(&[
        "--school",
        "STB",
        "new",
        "pupil",
        "surname=Okafor",
        "forename=Aisha",
    ])
    .ok();
    home.case(&["add", "@aok > 25/11/2026 here"]).ok();
    let there = home
        .case(&["add", "@aok call: hello > 24/11/2026 there ^stb"])
        .ok();
    assert_eq!(
        there,
        "c1  STB  phone  A.O.  follow-up t1 Tue 24 Nov 2026\n"
    );
    home.case(&["--school", "STB", "add", "someday > t"]).ok();

    let due = home.case(&["due", "--all"]).json();
    let rows: Vec<_> = due
        .as_array()
        .unwrap()
        .iter()
        .map(|task| {
            format!(
                "{} {}",
                task["school"].as_str().unwrap(),
                task["title"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(rows, ["STB someday", "STB there", "OAK here"]);
    assert_eq!(home.case(&["due"]).json().as_array().unwrap().len(), 1);
    let text = home.case(&["today", "--all"]).ok();
    assert!(text.contains("STB     t2  today  someday"), "{text}");
    let diary = home
        .case(&["list", "diary", "--all", "--where", "pupil:aok"])
        .json();
    assert_eq!(
        (&diary[0]["school"], &diary[0]["id"]),
        (&json!("STB"), &json!("c1"))
    );
    let id = home
        .case(&["list", "diary", "--all", "--where", "pupil:p1"])
        .refused(2);
    assert!(id.contains("one school's own"), "{id}");

    let history = home.case(&["history"]).ok();
    let both = home
        .case(&["--school", "OAK", "add", "@aok call: hello ^STB"])
        .refused(2);
    assert!(
        both.contains("^STB") && both.contains("--school names OAK"),
        "{both}"
    );
    let none = home.case(&["add", "@aok call: hello ^XYZ"]).refused(1);
    assert!(none.contains("There is no school XYZ"), "{none}");
    home.case(&["add", "@aok call: hello", "--all"]).refused(2);
    assert_eq!(home.case(&["history"]).ok(), history);
}

#[test]
fn forms_take_letters_for_pupils_and_ask_when_several_fit() {
    let home = Home::with_children();
    let ran = home
        .case(&["new", "contact", "pupils=nb, ao", "text=x"])
        .run();
    assert_eq!(ran.code, 4, "{}{}", ran.out, ran.err);
    assert!(
        ran.out.contains("Okafor, Aisha  5B") && ran.out.contains("Owen, Ada"),
        "{}",
        ran.out
    );
    assert!(!ran.err.contains("Okafor"), "{}", ran.err);
    assert_eq!(
        home.case(&["new", "task", "title=x", "pupil=ao2"]).ok(),
        "t1\n"
    );
    assert_eq!(home.case(&["show", "t1"]).json()["pupil_id"], "p2");
    home.case(&["new", "task", "title=x", "pupil=zzz"])
        .refused(1);
    for (words, told) in [
        (
            &["new", "task", "due=fri"][..],
            "title: this cannot be empty",
        ),
        (
            &["new", "task", "title=x", "due=31/11"],
            "Did you mean Mon 30 Nov 2026?",
        ),
        (
            &["new", "contact", "pupils=p1", "text=x", "at=tm"],
            "lies in the future",
        ),
        (
            &["new", "contact", "text=x"],
            "pupils: name the pupils it is about; - is nobody",
        ),
        (
            &["new", "contact", "pupils=p1", "kind=safeguarding", "text=x"],
            "no detail is kept here",
        ),
        (
            &[
                "new",
                "term",
                "name=Autumn",
                "starts=1/9/2026",
                "ends=1/8/2026",
            ],
            "before the first day",
        ),
        (&["set", "t1", "title="], "title: this cannot be empty"),
    ] {
        let ran = home.case(words).run();
        assert_eq!(ran.code, 1, "{words:?}");
        assert!(ran.err.contains(told), "{words:?}: {}", ran.err);
    }
    let off = home.case(&["new", "task", "title=x", "due=25/12"]).run();
    assert_eq!(off.code, 0);
    assert!(
        off.err
            .contains("due: Fri 25 Dec 2026: a bank holiday (Christmas Day); Tue 29 Dec?"),
        "{}",
        off.err
    );
}

#[test]
fn since_a_day_is_since_that_day_began_here() {
    let home = Home::with_children();
    home.case(&["new", "pupil", "surname=Late"]).ok();
    // Fourteen hours ahead and twelve behind: in one of the two this is another day than in London.
    for zone in ["AHEAD-14", "BEHIND+12"] {
        let history = |words: &[&str]| {
            let ran = home
                .case(&[&["history", "--plain"], words].concat())
                .env("TZ", zone);
            ran.ok()
        };
        let all = history(&[]);
        let day = all.split('\t').nth(1).unwrap().split(' ').next().unwrap();
        let since = history(&["--since", day]);
        assert_eq!(since.lines().next(), all.lines().next(), "{zone}");
        let day = chrono::NaiveDate::parse_from_str(day, "%d/%m/%Y").unwrap();
        let next = day.succ_opt().unwrap().to_string();
        assert_eq!(history(&["--since", &next]), "", "{zone}");
    }
}

#[test]
fn days_of_a_filter_are_the_schools_own() {
    let home = Home::with_children();
    for term in [
        ["name=Autumn 1", "starts=2026-09-02", "ends=2026-10-23"],
        ["name=Autumn 2", "starts=2026-11-02", "ends=2026-12-18"],
    ] {
        home.case(&[&["new", "term"][..], &term].concat()).ok();
    }
    home.case(&["new", "closure", "date=2026-11-25", "name=INSET"])
        .ok();
    home.case(&["add", "@aok > 30/11/2026 ring the OT"]).ok();
    home.case(&["add", "@aok > 18/12/2026 cards"]).ok();
    home.case(&["add", "@aok note: seen"]).ok();
    for (filter, want) in [
        ("due<eot", &["t1"][..]),
        ("due:eot", &["t2"]),
        // Wednesday is closed: four school days are Mon 30 Nov.
        ("due:4sd", &["t1"]),
    ] {
        let list = home.case(&["list", "tasks", "--where", filter]).json();
        let ids: Vec<&str> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|task| task["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, want, "{filter}");
    }
    let seen = |filter: &str| {
        let list = home.case(&["list", "diary", "--where", filter]).json();
        list.as_array().unwrap().len()
    };
    assert_eq!((seen("since:wk1"), seen("until:wk1")), (1, 0));
}

#[test]
fn words_about_one_child_are_in_nobody_elses_list() {
    let home = Home::with_children();
    home.case(&[
        "add",
        "@aok @noah note: @aok: settled @noah: upset about it",
    ])
    .ok();
    let of = |filter: &str| {
        home.case(&["list", "diary", "--where", filter])
            .json()
            .to_string()
    };
    let noah = of("pupil:p3");
    assert!(
        noah.contains("upset about it") && !noah.contains("settled"),
        "{noah}"
    );
    let aisha = of("pupil:p1");
    assert!(
        aisha.contains("settled") && !aisha.contains("upset"),
        "{aisha}"
    );
    assert_eq!(of("pupil:p1 upset"), "[]");
    assert!(of("pupil:p3 upset").contains("upset about it"));
    let whole = of("upset");
    assert!(
        whole.contains("settled") && whole.contains("upset"),
        "{whole}"
    );
    let listed = home.case(&["list", "diary", "--where", "pupil:p3"]).ok();
    assert!(listed.contains("upset about it"), "{listed}");
    let page = home.case(&["show", "p3"]).ok();
    assert!(
        page.contains("upset about it") && !page.contains("settled"),
        "{page}"
    );
}
