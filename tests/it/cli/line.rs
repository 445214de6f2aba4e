//! Lines `add` cannot take, or takes with a word of warning: nothing is half-stored, and nobody is named on stderr.

use super::Home;

/// What must not change when nothing is stored.
fn kept(home: &Home) -> (String, String) {
    (
        home.case(&["list", "diary"]).ok(),
        home.case(&["list", "tasks"]).ok(),
    )
}

#[test]
fn two_children_are_a_choice_and_none_is_told() {
    let home = Home::with_children();
    let before = kept(&home);
    let two = home.case(&["add", "@ao call: hello"]).run();
    assert_eq!(two.code, 4, "{}", two.err);
    assert_eq!(
        two.out,
        "id  name           class\np1  Okafor, Aisha  5B\np2  Owen, Ada      5B\n"
    );
    for part in ["@ao2", "@p12", "Nothing was stored"] {
        assert!(two.err.contains(part), "{part} in {}", two.err);
    }
    assert!(!two.err.contains("Okafor") && two.err.lines().count() == 1);
    let json = home.case(&["add", "@nb @ao meet: hello", "--json"]).run();
    let choices: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json.code, &choices[1]["name"]), (4, &"Owen, Ada".into()));
    assert!(json.err.contains("Of name 2 behind @"), "{}", json.err);

    let none = home.case(&["add", "@quillfeather call: hello"]).refused(1);
    assert!(
        none.contains("Nobody at OAK matches the name behind @"),
        "{none}"
    );
    assert!(!none.contains("quillfeather"));
    home.case(&["add", "@p99 call: hello"]).refused(1);
    let nobody = home.case(&["add", "call mum: hello"]).refused(2);
    assert!(
        nobody.contains("names no pupil") && nobody.contains("@-") && nobody.contains("@ao"),
        "{nobody}"
    );
    assert_eq!(kept(&home), before);

    assert_eq!(
        home.case(&["add", "@ao2 call: hello"]).ok(),
        "c1  OAK  phone  A.O.\n"
    );
    assert_eq!(home.case(&["show", "c1"]).json()["pupils"][0]["id"], "p2");
    assert_eq!(
        home.case(&["add", "@p3 talk: hello"]).ok(),
        "c2  OAK  in-person  N.B.\n"
    );
}

#[test]
fn a_leaver_is_taken_and_told() {
    let home = Home::with_children();
    let ran = home.case(&["add", "@zr call: new school rang"]).run();
    assert_eq!((ran.code, ran.out.as_str()), (0, "c1  OAK  phone  Z.R.\n"));
    assert_eq!(
        ran.err,
        "p4 left the roll on Fri 17 Jul 2026; the line was taken all the same.\n"
    );
}

#[test]
fn a_day_that_cannot_be_is_kept_as_words_and_told() {
    let home = Home::with_children();
    for (line, told, due) in [
        (
            "@nb call: x > 31/11 ring",
            "31/11 does not exist. Did you mean Mon 30 Nov 2026?",
            "someday",
        ),
        (
            "@nb call: x > s ring",
            "\"s\" could be Sat or Sun",
            "someday",
        ),
        (
            "@nb call: x > eot ring",
            "No term dates are entered",
            "someday",
        ),
        (
            "@nb call: x > 25/12 ring",
            "Fri 25 Dec 2026: a bank holiday (Christmas Day); Tue 29 Dec?",
            "Fri 25 Dec 2026",
        ),
        (
            "@nb call: x > 28/11 ring",
            "Sat 28 Nov 2026: a Saturday; Mon 30 Nov?",
            "Sat 28 Nov 2026",
        ),
    ] {
        let ran = home.case(&["add", line]).run();
        assert_eq!(ran.code, 0, "{line}: {}", ran.err);
        assert!(ran.err.contains(told), "{line}: {}", ran.err);
        assert!(ran.out.trim_end().ends_with(due), "{line}: {}", ran.out);
    }
    assert_eq!(home.case(&["show", "t1"]).json()["title"], "31/11 ring");
    let past = home.case(&["add", "@nb call: x < 31/2"]).run();
    assert_eq!(past.code, 0);
    assert!(past.err.contains("31/2 does not exist"), "{}", past.err);
    let text = home.case(&["show", "c6"]).json();
    assert_eq!(text["text"], "x < 31/2");
    // A task whose day cannot be would be an entry about nobody.
    let task = home.case(&["add", "order overlays > 31/11"]).run();
    assert_eq!((task.code, task.out.as_str()), (2, ""));
    assert!(task.err.contains("31/11 does not exist"), "{}", task.err);
    let urgent = home.case(&["add", "@nb note: x", "--urgent"]).run();
    assert!(
        urgent.err.contains("neither in this line"),
        "{}",
        urgent.err
    );
}

#[test]
fn several_arguments_and_no_line_store_nothing_and_show_the_quoting() {
    let home = Home::with_children();
    let before = kept(&home);
    let several = home
        .case(&["add", "@aok", "call", "Quillfeather:", "hello"])
        .refused(2);
    assert!(
        several.contains("sendesk add \"@ao call mum: worried"),
        "{several}"
    );
    assert!(
        !several.contains("Quillfeather") && several.contains("nothing was stored"),
        "{several}"
    );
    // As the shell has it when the quotes are forgotten: the answer goes to a file, the message does not.
    let ran = home.shell("\"$S\" add @aok call mum: worried > 1w").run();
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("double quotes"), "{}", ran.err);
    for line in ["", "   ", "\u{200b}\u{202e}"] {
        let empty = home.case(&["add", line]).refused(2);
        assert!(empty.contains("The line is empty"), "{empty}");
    }
    let piped = home.case(&["add", "-"]).input("\n\n").refused(2);
    assert!(piped.contains("The line is empty"), "{piped}");
    let none = home.case(&["add"]).refused(2);
    assert!(none.contains("no terminal to ask on"), "{none}");
    assert_eq!(kept(&home), before);
}

#[test]
fn a_line_of_any_length_is_taken_whole_or_refused() {
    let home = Home::with_children();
    let before = kept(&home);
    // The most one argument of a command can be is 128 KB; a pipe takes more.
    let argument = format!("@aok call: {}", "x ".repeat(60_000));
    let refused = home.case(&["add", &argument]).refused(2);
    assert!(refused.contains("at most 20000 characters"), "{refused}");
    for size in [200 * 1024, 3 * 1024 * 1024] {
        let piped = home
            .case(&["add", "-"])
            .input(&format!("@aok call: {}", "é".repeat(size / 2)));
        assert!(piped.refused(2).contains("at most 20000 characters"));
    }
    let title = home
        .case(&["add", &format!("{} > fri", "x".repeat(201))])
        .refused(2);
    assert!(title.contains("at most 200 characters"), "{title}");
    let detail = home
        .case(&["add", "@aok safeguarding: what was said"])
        .refused(2);
    assert!(detail.contains("no detail is kept here"), "{detail}");
    assert_eq!(kept(&home), before);
    home.case(&["add", "@aok safeguarding"]).ok();
    let words = "word ".repeat(3_990);
    home.case(&["add", "-"])
        .input(&format!("@aok note: {words}"))
        .ok();
    assert_eq!(home.case(&["show", "c2"]).json()["text"], words.trim_end());
}

#[test]
fn what_a_line_holds_is_kept_as_written_but_for_what_commands_a_terminal() {
    let home = Home::with_children();
    let lines = "@aok call mum: one\r\ntwo \u{1b}[2J\u{202e}three\n\n";
    let ran = home.case(&["add", "-"]).input(lines).run();
    assert_eq!((ran.code, ran.out.as_str()), (0, "c1  OAK  phone  A.O.\n"));
    assert!(
        ran.err.contains("cannot be seen were left out"),
        "{}",
        ran.err
    );
    assert_eq!(
        home.case(&["show", "c1"]).json()["text"],
        "one\ntwo [2Jthree"
    );
    let listed = home.case(&["list", "diary"]).ok();
    assert!(listed.contains("  one\n"), "{listed}");

    home.case(&["add", "@nb email \"EP: said \"yes"]).ok();
    let unfinished = home.case(&["show", "c2"]).json();
    let all = format!("{}{}", unfinished["with"], unfinished["text"]);
    assert!(all.contains("EP") && all.contains("yes"), "{unfinished}");
    home.case(&["add", "@nb note: he said \"stop and ran"]).ok();
    assert_eq!(
        home.case(&["show", "c3"]).json()["text"],
        "he said \"stop and ran"
    );
}

#[test]
fn names_of_any_script_are_found_and_printed_as_initials() {
    let home = Home::with_children();
    home.case(&["new", "pupil", "surname=כהן", "forename=נועה"])
        .ok();
    home.case(&["new", "pupil", "surname=Star", "forename=🌟"])
        .ok();
    home.case(&["new", "pupil", "surname=Wójcik", "forename=Łucja"])
        .ok();
    assert_eq!(
        home.case(&["add", "@נועה call: שלום"]).ok(),
        "c1  OAK  phone  נ.כ.\n"
    );
    assert_eq!(home.case(&["show", "c1"]).json()["text"], "שלום");
    assert_eq!(
        home.case(&["add", "@🌟 note: 👋🏽 waved"]).ok(),
        "c2  OAK  note  S.\n"
    );
    assert_eq!(home.case(&["show", "c2"]).json()["text"], "👋🏽 waved");
    assert_eq!(
        home.case(&["add", "@lw talk: hello"]).ok(),
        "c3  OAK  in-person  Ł.W.\n"
    );
    let plain = home.case(&["list", "diary", "--plain"]).ok();
    assert!(
        plain.lines().all(|line| line.split('\t').count() == 6),
        "{plain}"
    );
}
