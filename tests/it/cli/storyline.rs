//! What a SENCO does with the shell on the first day, from an empty home to the import taken back.

use super::{Home, PASSPHRASE};
use sendesk::store::{Desk, Places};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A list as an office exports it: a title, a blank line, and faults of its own. Every child is invented.
const OFFICE: &str = "\
Oakfield Primary School - Pupil List,,,,,,,,
,,,,,,,,
Legal Surname,Legal Forename,Date of Birth,Gender,Year,Reg Group,UPN,SEN Status,SEN Need
Okafor,Aisha,14/03/2018,F,Year 4,4B,B801200005001,K,SLCN
O'Brien,Niall,02/11/2016,M,Year 5,5B,E000200005001,N,
Wójcik,Maja,30/09/2015,F,Year 6,6A,,E,\"ASD, SLCN\"
Ashworth,Ted,31/02/2018,M,Year 4,4B,,N,
Haigh,Poppy,21/01/2017,F,Year 5,5B,A801200005001,,
";

fn ids(list: &Value) -> Vec<&str> {
    let pupils = list.as_array().unwrap();
    pupils
        .iter()
        .map(|pupil| pupil["id"].as_str().unwrap())
        .collect()
}

#[test]
fn from_an_empty_home_to_an_import_taken_back() {
    let home = Home::empty();
    set_up(&home);
    bring_in(&home);
    let list = home.case(&["list", "pupils"]).json();
    correct_one(&home);
    take_it_back(&home, &list);
}

/// The desk and its first school.
fn set_up(home: &Home) {
    home.private("pass", "larch kettle orbit moss\n");
    let told = home.case(&["init", "--author", "Ann Lister"]).ok();
    assert_eq!(told.lines().count(), 2);
    assert!(told.contains("Recovery code") && told.contains("Backup phrase"));
    let added = home.case(&[
        "school",
        "add",
        "--name",
        "Oakfield Primary School",
        "--code",
        "oak",
    ]);
    assert_eq!(added.ok(), "OAK\n");
}

/// The plan first, then the list itself.
fn bring_in(home: &Home) {
    home.file("office.csv", OFFICE);
    let plan = home.case(&["import", "office.csv", "--dry-run"]).ok();
    for part in [
        "Legal Surname",
        "surname",
        "5 rows: 5 added",
        "office.csv:7:",
        "31/02/2018",
    ] {
        assert!(plan.contains(part), "{part} in {plan}");
    }
    assert_eq!(home.case(&["list", "pupils"]).json(), serde_json::json!([]));

    let done = home.case(&["import", "office.csv"]).run();
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.starts_with("OAK: 5 added"), "{}", done.err);
    assert!(!done.err.contains("Okafor"));

    let list = home.case(&["list", "pupils"]).json();
    let names: Vec<_> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|pupil| &pupil["surname"])
        .collect();
    assert_eq!(names, ["Ashworth", "Haigh", "O'Brien", "Okafor", "Wójcik"]);
}

/// One pupil found, corrected, and the correction taken back, brought back and taken back.
fn correct_one(home: &Home) {
    let found = home.case(&["find", "aok"]).json();
    let aisha = ids(&found)[0].to_owned();
    assert_eq!(ids(&found).len(), 1);
    let shown = home.case(&["show", &aisha]).ok();
    assert!(shown.contains("SLCN Speech, language"), "{shown}");

    let set = home.case(&["set", &aisha, "class=4A"]).run();
    assert_eq!((set.out.trim(), set.code), (aisha.as_str(), 0));
    assert!(set.err.contains(&format!("OAK: changed {aisha}: class")));
    assert!(home.case(&["show", &aisha]).ok().contains("4A"));
    home.case(&["undo"]).ok();
    assert!(home.case(&["show", &aisha]).ok().contains("4B"));
    home.case(&["redo"]).ok();
    assert!(home.case(&["show", &aisha]).ok().contains("4A"));
    home.case(&["undo"]).ok();
}

/// The same list again changes nothing; the import goes back whole, and comes back whole.
fn take_it_back(home: &Home, list: &Value) {
    let history = home.case(&["history"]).ok();
    let labels: Vec<&str> = history.lines().collect();
    assert!(labels[1].contains("Undo: Change pupil"), "{history}");
    assert!(history.contains("(taken back)"));
    assert!(history.contains("Import 5 pupils from the office"));
    assert!(history.contains("Ann Lister"));
    assert!(!history.contains("Okafor"));

    let again = home.case(&["import", "office.csv"]).run();
    assert_eq!(again.code, 0);
    assert!(
        again.err.starts_with("OAK: nothing to change"),
        "{}",
        again.err
    );
    assert!(
        again.out.contains("0 added + 0 changed + 5 unchanged"),
        "{}",
        again.out
    );
    assert_eq!(home.case(&["history"]).ok(), history);

    let undone = home.case(&["undo"]).run();
    assert!(
        undone.err.contains("Import 5 pupils from the office"),
        "{}",
        undone.err
    );
    assert_eq!(home.case(&["list", "pupils"]).json(), serde_json::json!([]));
    home.case(&["redo"]).ok();
    assert_eq!(home.case(&["list", "pupils"]).json(), *list);
}

#[test]
fn import_json_has_the_keys_promised() {
    let home = Home::with_desk();
    home.file("office.csv", OFFICE);
    let plan = home.case(&["import", "office.csv", "--dry-run"]).json();
    assert_eq!(plan["file"], "office.csv");
    assert_eq!(plan["kind"], "csv");
    assert_eq!(
        [
            &plan["rows"],
            &plan["added"],
            &plan["changed"],
            &plan["unchanged"],
            &plan["left"]
        ],
        [5, 5, 0, 0, 0]
    );
    assert_eq!(plan["dry_run"], true);
    let flagged = &plan["flagged"][0];
    assert_eq!(flagged["row"], 7);
    assert_eq!(flagged["column"], "Date of Birth");
    assert_eq!(flagged["value"], "31/02/2018");
    assert!(flagged["reason"].is_string());
    assert_eq!(plan["passed_over"][0]["row"], 1);
    for key in ["asked", "rejected", "differences"] {
        assert_eq!(plan[key], serde_json::json!([]), "{key}");
    }
    assert_eq!(
        (&plan["already_listed"], &plan["returned"]),
        (&0.into(), &0.into())
    );
    assert_eq!(plan["mapping"][0]["heading"], "Legal Surname");
    assert_eq!(plan["mapping"][0]["field"], "surname");
    assert_eq!(plan["flagged"][1]["column"], "UPN");
}

#[test]
fn the_second_list_changes_moves_and_proposes_and_the_office_does_not_overrule_sen() {
    let home = Home::with_desk();
    home.file("office.csv", OFFICE);
    home.case(&["import", "office.csv"]).ok();
    let later = OFFICE
        .replace("4B,B801200005001,K", "4A,B801200005001,N")
        .replace("Haigh,Poppy,21/01/2017,F,Year 5,5B,A801200005001,,\n", "");
    home.file("later.csv", later);
    let plan = home.case(&["import", "later.csv"]).ok();
    assert!(plan.contains("4B -> 4A"), "{plan}");
    assert!(
        plan.contains("The office says otherwise; ours stays"),
        "{plan}"
    );
    assert!(
        plan.contains("On roll and not in the file (--leavers"),
        "{plan}"
    );
    let list = home.case(&["list", "pupils", "--where", "okafor"]).json();
    assert_eq!(
        (&list[0]["class"], &list[0]["status"]),
        (&"4A".into(), &"K".into())
    );
    assert_eq!(
        home.case(&["list", "pupils", "--where", "leaver:yes"])
            .json(),
        serde_json::json!([])
    );
    let left = home.case(&["import", "later.csv", "--leavers"]).run();
    assert!(left.err.contains("1 marked as having left"), "{}", left.err);
    let leavers = home
        .case(&["list", "pupils", "--where", "leaver:yes"])
        .json();
    assert_eq!(leavers[0]["surname"], "Haigh");
    assert_eq!(leavers[0]["leaver"], true);
}

/// The sum is told, questions have their reasons, nothing of a line is lost, and a child who is back is put back.
#[test]
fn the_sum_the_questions_and_who_is_back_are_told() {
    let home = Home::with_desk();
    home.file(
        "first.csv",
        "Surname,Forename,DOB,Class,Leaving Date\nOkafor,Ada,14/03/2016,5B,20/07/2026\nO'Brien,Zara,02/09/2016,5B,\n",
    );
    home.case(&["import", "first.csv"]).ok();
    home.file(
        "next.csv",
        "Surname,Forename,DOB,Class\nOkafor,Ada,14/03/2016,5B\nOkafor,Ada,14/03/2016,6C\nOBrien,Zara,02/09/2016,5B\n,,01/01/2016,5B\n\
         Total,2,,\n",
    );
    let ran = home
        .case(&["import", "next.csv", "--yes", "--returners"])
        .run();
    assert_eq!(ran.code, 0, "{}", ran.err);
    for told in [
        "4 rows: 0 added + 0 changed + 1 unchanged + 1 to ask + 1 not taken + 1 about children already listed",
        "row 4: nearly the name of a child on file of the same birthday: p2 O'Brien, Zara",
        "next.csv:3:Class \"6C\": taken is \"5B\"",
        "next.csv:6: Total, 2",
        "marked as back on roll",
    ] {
        assert!(ran.out.contains(told), "{told} in {}", ran.out);
    }
    assert!(ran.err.contains("1 back on roll"), "{}", ran.err);
    let plan = home.case(&["import", "next.csv", "--dry-run"]).json();
    assert_eq!(plan["asked"][0]["candidates"], serde_json::json!(["p2"]));
    assert_eq!(plan["differences"][0]["kept"], "5B");
    assert_eq!(plan["passed_over"][0]["row"], 6);
    let list = home.case(&["list", "pupils"]).json();
    assert_eq!(list.as_array().unwrap().len(), 2);
}

#[test]
fn a_heading_is_taken_for_what_the_user_says() {
    let home = Home::with_desk();
    home.file(
        "odd.csv",
        "Familienname,Forename,Born\nOkafor,Aisha,14/03/2018\n",
    );
    let plan = home
        .case(&[
            "import",
            "odd.csv",
            "--map",
            "Familienname=surname",
            "--map",
            "Born=dob",
        ])
        .json();
    assert_eq!(plan["added"], 1);
    let list = home.case(&["list", "pupils"]).json();
    assert_eq!(
        (&list[0]["surname"], &list[0]["dob"]),
        (&"Okafor".into(), &"2018-03-14".into())
    );
}

/// Every file under a folder, those beside an open database too.
fn every_file(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| {
            if path.is_dir() {
                every_file(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// The files that hold these letters, in UTF-8 or UTF-16.
fn holding(folder: &Path, word: &str) -> Vec<PathBuf> {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|found| found == part);
    let mut found = every_file(folder);
    found.retain(|path| {
        let bytes = fs::read(path).unwrap();
        holds(&bytes, word.as_bytes()) || holds(&bytes, &wide)
    });
    found
}

#[test]
fn a_thief_of_the_folder_finds_no_childs_name_in_it() {
    const SURNAME: &str = "Quillfeather";
    let home = Home::with_desk();
    home.file("office.csv", OFFICE.replace("Okafor", SURNAME));
    // Another session holds the file open, so that the log is still there when the commands have ended.
    let places = Places { data: home.desk() };
    let school = Desk::unlock(&places, PASSPHRASE)
        .unwrap()
        .open_school("OAK")
        .unwrap();
    home.case(&["import", "office.csv"]).run();
    home.case(&["set", "p1", "class=4C"]).ok();
    home.case(&["undo"]).ok();
    assert!(home.case(&["find", "quill"]).ok().contains(SURNAME));

    let names: Vec<String> = every_file(&home.desk())
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(names.iter().any(|name| name == "OAK.db"), "{names:?}");
    assert!(names.iter().any(|name| name == "OAK.db-wal"), "{names:?}");
    // The office's own file is found, so the search can find.
    let office = [home.path("office.csv")];
    for word in [SURNAME, "quillfeather", "B801200005001"] {
        let found = holding(&home.path(""), word);
        let theirs = if word == "quillfeather" {
            &[]
        } else {
            &office[..]
        };
        assert_eq!(found, theirs, "{word}");
    }
    drop(school);
    assert_eq!(holding(&home.desk(), SURNAME), Vec::<PathBuf>::new());
}
