//! Entries about nobody, and with whom an entry was, from the shell.

use super::Home;
use serde_json::json;

#[test]
fn a_line_about_no_child_is_refused_and_told_of_the_sign_for_nobody() {
    let home = Home::with_children();
    let told = home
        .case(&["add", "call governors: SEND policy"])
        .refused(2);
    assert!(told.contains("@-"), "{told}");
    assert_eq!(home.case(&["list", "diary"]).json(), json!([]));
    let ran = home.case(&["new", "contact", "text=Governors"]).run();
    assert!(
        ran.code == 1 && ran.err.contains("- is nobody"),
        "{}",
        ran.err
    );
}

#[test]
fn an_entry_about_nobody_is_listed_narrowed_shown_and_handed_over() {
    let home = Home::with_children();
    let added = home
        .case(&[
            "add",
            "@-policy call governors: SEND policy > 20/11/2026 send it",
        ])
        .json();
    assert_eq!(
        (&added["about"], &added["pupils"]),
        (&json!("policy"), &json!([]))
    );
    home.case(&["add", "@- note: LA panel sat"]).ok();
    home.case(&["add", "@aok note: seen"]).ok();
    let new = ["new", "contact", "pupils=-", "about=staff", "text=Training"];
    home.case(&new).ok();
    home.case(&["new", "contact", "about=class", "text=4P is loud"])
        .ok();
    let ids = |filter: &str| {
        let list = home.case(&["list", "diary", "--where", filter]).json();
        let mut ids: Vec<String> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        ids.join(" ")
    };
    for (filter, want) in [
        ("pupil:none", "c1 c2 c4 c5"),
        ("about:policy", "c1"),
        ("about:staff,class", "c4 c5"),
        ("pupil:none panel", "c2"),
        ("pupil:aok", "c3"),
        ("pupil:aok about:policy", ""),
        ("kind:phone", "c1"),
    ] {
        assert_eq!(ids(filter), want, "{filter}");
    }
    home.case(&["list", "diary", "--where", "about:weather"])
        .refused(2);
    let tasks = home
        .case(&["list", "tasks", "--where", "pupil:none"])
        .json();
    assert_eq!(tasks[0]["id"], "t1");
    let shown = home.case(&["show", "c1"]).json();
    assert_eq!(
        (&shown["about"], &shown["visibility"]),
        (&json!("policy"), &json!("internal"))
    );
    let paper = home.case(&["report", "handover"]).json();
    assert!(
        paper.to_string().contains("\"about\":\"policy\""),
        "{paper}"
    );
    home.case(&["set", "c1", "about=school"]).ok();
    assert_eq!(ids("about:school"), "c1 c2");
    let both = home.case(&["set", "c1", "pupils=aok"]).run();
    assert!(
        both.code == 1 && both.err.contains("names a pupil"),
        "{}",
        both.err
    );
    home.case(&["set", "c1", "pupils=aok", "about="]).ok();
    assert_eq!(ids("pupil:aok"), "c1 c3");
    home.case(&["set", "c1", "pupils=-"]).ok();
    assert_eq!(ids("about:school"), "c1 c2");
    home.case(&["doctor"]).ok();
}

#[test]
fn a_new_contact_is_with_whom_its_words_say_and_with_nobody_else() {
    let home = Home::with_children();
    let mother = [
        "new",
        "person",
        "pupil=aok",
        "name=Mrs Ngozi Okafor",
        "relationship=mum",
    ];
    home.case(&mother).ok();
    for (words, with, text, sees) in [
        (
            "mum: glad",
            json!("Mrs Ngozi Okafor (mum)"),
            "glad",
            "shareable",
        ),
        ("EP: late", json!("EP"), "late", "internal"),
        ("Note: rang", json!(null), "Note: rang", "internal"),
        ("rang", json!(null), "rang", "internal"),
    ] {
        let words = format!("text={words}");
        let id = home
            .case(&["new", "contact", "pupils=aok", "kind=phone", &words])
            .json();
        let shown = home.case(&["show", id["id"].as_str().unwrap()]).json();
        assert_eq!(shown["with"], with, "{words}");
        assert_eq!(
            (&shown["text"], &shown["visibility"]),
            (&json!(text), &json!(sees))
        );
    }
}

#[test]
fn a_second_record_of_a_child_needs_a_word() {
    let home = Home::with_children();
    let child = [
        "new",
        "pupil",
        "surname=O'Mara",
        "forename=Cora",
        "dob=14/3/2018",
    ];
    home.case(&child).ok();
    let before = home.case(&["list", "pupils"]).json();
    for again in [
        &child[..],
        &[
            "new",
            "pupil",
            "surname=OMARA",
            "forename=cora",
            "dob=14/3/2018",
        ],
        &[
            "new",
            "pupil",
            "surname=O'Marra",
            "forename=Cora",
            "dob=14/3/2018",
        ],
        &[
            "new",
            "pupil",
            "surname=Cora",
            "forename=O'Mara",
            "dob=14/3/2018",
        ],
        &["new", "pupil", "surname=O'Mara", "forename=Cora"],
    ] {
        let ran = home.case(again).run();
        assert_eq!(ran.code, 4, "{again:?}: {}", ran.err);
        assert!(
            ran.err.contains("--anyway") && !ran.err.contains("Mara"),
            "{}",
            ran.err
        );
    }
    assert_eq!(home.case(&["list", "pupils"]).json(), before);
    let twin = [
        "new",
        "pupil",
        "surname=O'Mara",
        "forename=Finn",
        "dob=14/3/2018",
    ];
    home.case(&twin).ok();
    let mut all = child.to_vec();
    all.push("--anyway");
    home.case(&all).ok();
    assert_eq!(
        home.case(&["find", "omara"])
            .json()
            .as_array()
            .unwrap()
            .len(),
        3
    );
    let nearly = home.case(&["find", "omarra"]).arg("--json").run();
    assert!(nearly.err.contains("but for one letter"), "{}", nearly.err);
}
