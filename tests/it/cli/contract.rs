//! Flags, keys and exit codes that scripts rely on, command by command.

use super::Home;
use serde_json::json;

#[test]
fn list_pupils_json_has_the_keys_promised_and_in_their_order() {
    let home = Home::with_demo();
    let text = home
        .case(&["list", "pupils", "--where", "status:E", "--json"])
        .ok();
    let keys = [
        "id",
        "upn",
        "surname",
        "forename",
        "preferred_forename",
        "dob",
        "sex",
        "year",
        "class",
        "status",
        "status_since",
        "needs",
        "home_la",
        "leaver",
    ];
    let places: Vec<_> = keys
        .iter()
        .map(|key| {
            text.find(&format!("\"{key}\":"))
                .unwrap_or_else(|| panic!("{key}"))
        })
        .collect();
    assert!(places.is_sorted(), "{text}");
    let list: serde_json::Value = serde_json::from_str(&text).unwrap();
    let first = &list[0];
    assert_eq!(first["status"], "E");
    assert!(first["id"].as_str().unwrap().starts_with('p'));
    assert_eq!(first["needs"][0]["rank"], 1);
    assert_eq!(first.as_object().unwrap().len(), keys.len());
}

#[test]
fn a_filter_narrows_by_every_part() {
    let home = Home::with_demo();
    let count = |filter: &str| {
        let list = home.case(&["list", "pupils", "--where", filter]).json();
        list.as_array().unwrap().len()
    };
    let all = home
        .case(&["list", "pupils"])
        .json()
        .as_array()
        .unwrap()
        .len();
    assert_eq!(all, 103);
    assert_eq!(count("upn:none"), 1);
    assert_eq!(count("upn:wrong"), 1);
    assert_eq!(count("leaver:yes") + count("leaver:no"), all);
    assert_eq!(count("status:none"), 1);
    assert_eq!(count("status:K need:none"), 1);
    assert_eq!(count("status:K,E"), count("status:K") + count("status:E"));
    assert_eq!(count("need:FASD"), 1);
    assert!(count("year:4") > 5);
    assert_eq!(count("class:elm"), count("year:5,6"));
    let refused = home
        .case(&["list", "pupils", "--where", "clas:4"])
        .refused(2);
    assert!(refused.contains("Did you mean class:?"), "{refused}");
}

#[test]
fn find_prints_every_answer_and_show_asks_which_one() {
    let home = Home::with_demo();
    let found = home.case(&["find", "a"]).json();
    let many = found.as_array().unwrap().len();
    assert!(many > 1);
    let nobody = home.case(&["find", "zzzz"]).run();
    assert_eq!((nobody.code, nobody.out.as_str()), (0, ""));
    let choice = home.case(&["show", "a"]).run();
    assert_eq!(choice.code, 4);
    assert!(choice.out.starts_with("id"), "{}", choice.out);
    assert!(choice.err.contains("Give the id of one of them"));
    assert_eq!(home.case(&["set", "a", "class=9Z"]).run().code, 4);
    assert_eq!(
        home.case(&["list", "pupils", "--where", "class:9Z"]).json(),
        json!([])
    );
    let refused = home.case(&["show", "p9999"]).refused(1);
    assert!(refused.contains("There is no p9999"), "{refused}");
}

#[test]
fn new_and_set_take_the_fields_of_the_form_and_print_the_id() {
    let home = Home::with_desk();
    let made = home
        .case(&["new", "pupil", "-", "--json"])
        .input("surname=Okafor\nforename=Aisha\ndob=14/3/2018\nyear=Year 4\n");
    assert_eq!(made.ok(), "{\n  \"id\": \"p1\"\n}\n");
    assert_eq!(
        home.case(&[
            "new",
            "status",
            "pupil=p1",
            "code=SEN Support",
            "from=2026-09-08"
        ])
        .ok(),
        "s1\n"
    );
    assert_eq!(
        home.case(&["new", "need", "pupil=1", "code=SLCN"]).ok(),
        "n1\n"
    );
    let odd = home.case(&["new", "need", "pupil=p1", "code=FASD"]).run();
    assert_eq!((odd.code, odd.out.as_str()), (0, "n2\n"));
    assert!(odd.err.contains("in no census list"), "{}", odd.err);
    home.case(&["set", "n2", "code=ASD"]).ok();
    home.case(&["set", "p1", "preferred_forename=Ash", "home_la="])
        .ok();
    let whole = home.case(&["show", "s1"]).json();
    assert_eq!(whole["preferred_forename"], "Ash");
    assert_eq!(
        whole["needs"],
        json!([{"code": "SLCN", "rank": 1}, {"code": "ASD", "rank": 2}])
    );
    assert_eq!(whole["status_since"], "2026-09-08");
    assert_eq!(whole["year"], "4");
}

#[test]
fn a_form_with_a_fault_stores_nothing_and_names_every_field() {
    let home = Home::with_desk();
    let wrong = home
        .case(&["new", "pupil", "-"])
        .input("surname=Okafor\ndob=31/11/2018\nyear=99\n")
        .run();
    assert_eq!((wrong.code, wrong.out.as_str()), (1, ""));
    let told: Vec<&str> = wrong.err.lines().collect();
    assert!(
        told[0].starts_with("dob: ") && told[1].starts_with("year: "),
        "{}",
        wrong.err
    );
    assert_eq!(told.len(), 2);
    let unknown = home.case(&["new", "pupil", "surmane=Okafor"]).refused(2);
    assert!(unknown.contains("Did you mean surname?"), "{unknown}");
    assert!(!unknown.contains("Okafor"));
    let status = home.case(&["set", "p1", "status=K"]).refused(2);
    assert!(status.contains("sendesk new status"), "{status}");
    home.case(&["new", "pupil", "surname=Okafor"]).ok();
    let nameless = home.case(&["set", "p1", "surname="]).run();
    assert_eq!(nameless.code, 1);
    assert!(
        nameless.err.contains("a pupil needs one name"),
        "{}",
        nameless.err
    );
    let orphan = home
        .case(&["new", "status", "pupil=p7", "code=K"])
        .refused(1);
    assert!(orphan.contains("There is no p7"), "{orphan}");
    assert_eq!(home.case(&["new", "cycle"]).run().code, 2);
    assert_eq!(
        home.case(&["list", "pupils"])
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_step_under_another_working_date_says_so_and_keeps_the_real_time() {
    let home = Home::with_desk();
    home.case_on("2020-02-03", &["new", "pupil", "surname=Okafor"])
        .ok();
    let steps = home.case(&["history"]).json();
    assert_eq!(steps[0]["working_date"], "2020-02-03");
    assert!(!steps[0]["at"].as_str().unwrap().starts_with("2020-02-03"));
    let since = home.case(&["history", "--since", "t"]).run();
    assert_eq!(since.code, 0, "{}", since.err);
    assert_eq!(home.case(&["history", "--since", "soon"]).run().code, 2);
}

#[test]
fn several_schools_are_told_apart_and_a_write_never_guesses() {
    let home = Home::with_desk();
    let alike = home
        .case(&["school", "add", "--name", "Old Mill", "--code", "old"])
        .run();
    assert_eq!((alike.code, alike.out.as_str()), (0, "OLD\n"));
    assert!(alike.err.contains("OLD looks like OAK"), "{}", alike.err);
    home.case(&["new", "pupil", "surname=Okafor"]).ok();
    home.case(&["--school", "old", "new", "pupil", "surname=Haigh"])
        .ok();
    let all = home.case(&["list", "pupils", "--all"]).json();
    assert_eq!(
        (&all[0]["school"], &all[1]["school"]),
        (&"OAK".into(), &"OLD".into())
    );
    home.case(&["school", "use", "OLD"]).ok();
    assert_eq!(home.case(&["list", "pupils"]).json()[0]["surname"], "Haigh");
    assert_eq!(home.case(&["school", "list"]).json()[1]["current"], true);
    let every = home
        .case(&["new", "pupil", "surname=X", "--all"])
        .refused(2);
    assert!(
        every.contains("--all is for list, find, today, due and backup"),
        "{every}"
    );
    let none = home.case(&["list", "pupils", "--school", "XYZ"]).refused(1);
    assert!(none.contains("There is no school XYZ"), "{none}");
    assert_eq!(
        home.case(&["list", "pupils", "--school", "X-"]).run().code,
        2
    );
    home.case(&["school", "add", "--name", "Again", "--code", "OAK"])
        .refused(1);
}

#[test]
fn what_needs_no_desk_runs_without_one() {
    let home = Home::empty();
    for words in [
        &["paths"][..],
        &["fields", "pupil"],
        &["theme", "list"],
        &["theme", "check"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
        &["--version"],
    ] {
        let ran = home.case(words).run();
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{words:?}");
        assert!(!ran.out.is_empty());
        assert!(!ran.out.contains("selftest"), "{words:?}");
    }
    let places = home.case(&["paths"]).json();
    let desk = home.desk().join("desk.db").display().to_string();
    assert_eq!(places["desk"], desk);
    assert!(!home.desk().exists());
}

#[test]
fn a_demo_is_kept_where_it_is_asked_for_and_nowhere_else() {
    let home = Home::with_demo();
    let list = home.case(&["list", "pupils"]).ok();
    let other = Home::with_demo();
    assert_eq!(list, other.case(&["list", "pupils"]).ok());
    home.case(&["demo", "--keep"]).arg(home.desk()).ok();
    assert_eq!(list, home.case(&["list", "pupils"]).ok());
    let nothing = home.case(&["undo"]).refused(1);
    assert!(
        nothing.contains("nothing of yours to take back"),
        "{nothing}"
    );
    home.file("office.csv", "mine");
    let taken = home.case(&["demo", "--keep"]).arg(home.path("")).refused(1);
    assert!(taken.contains("holds something else"), "{taken}");
    let real = Home::with_desk();
    let desk = real.case(&["demo", "--keep"]).arg(real.desk()).refused(1);
    assert!(desk.contains("a desk that is no demo"), "{desk}");
    assert_eq!(home.case(&["demo", "--schools", "4"]).run().code, 2);
    home.case(&["demo"]).refused(1);
    let seeded = home.path("seeded");
    home.case(&["demo", "--seed", "2", "--pupils", "20", "--keep"])
        .arg(&seeded)
        .ok();
    let few = home
        .case(&["list", "pupils"])
        .env("SENDESK_HOME", &seeded)
        .json();
    assert_eq!(few.as_array().unwrap().len(), 20);
    let three = home.path("three");
    home.case(&["demo", "--keep"]).arg(&three).ok();
    let schools = home.case(&["school", "list"]).env("SENDESK_HOME", &three);
    assert_eq!(schools.json().as_array().unwrap().len(), 3);
    let all = home.case(&["list", "pupils", "--all"]);
    let all = all.env("SENDESK_HOME", &three).json();
    assert_eq!(all.as_array().unwrap().len(), 300);
}

#[test]
fn a_reader_who_has_seen_enough_is_no_fault() {
    let home = Home::with_demo();
    let ran = home
        .shell("(\"$S\" list pupils --json; echo $? >&2) | head -1")
        .run();
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("[\n", "0\n"));
}

#[test]
fn plain_rows_are_tabs_and_files_are_the_users_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::with_demo();
    let plain = home.case(&["list", "pupils", "--plain"]).ok();
    assert!(
        plain.lines().all(|line| line.split('\t').count() == 7),
        "{plain}"
    );
    for path in home.files().keys() {
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", path.display());
    }
}

#[cfg(not(any(debug_assertions, feature = "selftest")))]
#[test]
fn no_release_knows_selftest() {
    let ran = Home::empty().case(&["selftest", "check"]).run();
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("unrecognized subcommand"), "{}", ran.err);
    // Nor keys that cost nothing.
    let home = Home::empty();
    home.private("pass", super::PASSPHRASE);
    home.case(&["init"])
        .env("SENDESK_SELFTEST_CHEAP_KEYS", "1")
        .ok();
    let keys = std::fs::read_to_string(home.path("desk/desk.keys")).unwrap();
    let keys: serde_json::Value = serde_json::from_str(&keys).unwrap();
    let cost = &keys["passphrase"];
    assert!(cost["memory_kib"].as_u64() >= Some(64 * 1024) && cost["passes"].as_u64() >= Some(3));
}
