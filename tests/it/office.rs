//! How well lists of the office are read: every field of every child against its right reading, counted and printed.
//!
//! `exports/` holds lists shaped as the systems print them, `fresh/` others made after the reader was mended, in dialects it
//! had not seen. `EXPECTED.jsonl` beside them has what each child should be (of two values in a list either is right);
//! `exports/values.json` has texts of single cells. All children are invented.

use chrono::NaiveDate;
use sendesk::domain::batch::plan::{OnFile, plan};
use sendesk::domain::batch::{Batch, Incoming, Plan, RowFault};
use sendesk::domain::id::PupilId;
use sendesk::domain::pupil::Pupil;
use sendesk::import::{self, Options};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The day the lists were tried.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/import")
        .join(name)
}

fn read(bytes: &[u8], name: &str) -> Result<Batch, import::Error> {
    let map = Vec::new();
    let today = today();
    import::read(bytes, name, &Options { map, today })
}

/// A field of a child as the expectations write it.
fn field(pupil: &Incoming, name: &str) -> Value {
    let text = |value: Option<&String>| value.map_or(Value::Null, |text| text.clone().into());
    let day = |value: Option<NaiveDate>| value.map_or(Value::Null, |day| day.to_string().into());
    match name {
        "upn" => text(pupil.upn.as_ref()),
        "mis_id" => text(pupil.mis_id.as_ref()),
        "surname" => text(pupil.surname.as_ref()),
        "forename" => text(pupil.forename.as_ref()),
        "middle_names" => text(pupil.middle_names.as_ref()),
        "preferred_forename" => text(pupil.preferred_forename.as_ref()),
        "dob" => day(pupil.dob),
        "sex" => text(pupil.sex.as_ref()),
        "year" => text(pupil.year.as_ref()),
        "class" => text(pupil.class.as_ref()),
        "left_on" => day(pupil.left_on),
        "status" => text(pupil.status.as_ref().map(|reading| &reading.code)),
        "status_now" => text(pupil.status_now().map(|reading| &reading.code)),
        "status_since" => day(pupil.status_from),
        "needs" => codes(pupil).into(),
        other => panic!("no field {other}"),
    }
}

fn codes(pupil: &Incoming) -> Vec<String> {
    pupil.needs.iter().map(|need| need.code.clone()).collect()
}

/// True when a value is the wanted one, or one of several wanted.
fn fits(name: &str, got: &Value, want: &Value) -> bool {
    match want {
        Value::Array(several) if name != "needs" => several.contains(got),
        Value::Array(several) if several.iter().any(Value::is_array) => several.contains(got),
        _ => got == want,
    }
}

struct Score {
    right: usize,
    all: usize,
    wrong: Vec<String>,
}

impl Score {
    fn count(&mut self, right: bool, told: impl FnOnce() -> String) {
        self.all += 1;
        if right {
            self.right += 1;
        } else {
            self.wrong.push(told());
        }
    }

    fn told(&self, what: &str) -> String {
        format!(
            "{what}: {} of {} right\n  {}",
            self.right,
            self.all,
            self.wrong.join("\n  ")
        )
    }
}

/// Every field of every child that is expected; a child more than expected counts as one wrong field.
fn score(folder: &Path) -> Score {
    let mut score = Score {
        right: 0,
        all: 0,
        wrong: Vec::new(),
    };
    let expected = std::fs::read_to_string(folder.join("EXPECTED.jsonl")).unwrap();
    for line in expected.lines() {
        let list: Value = serde_json::from_str(line).unwrap();
        let file = list["file"].as_str().unwrap();
        let rows = list["rows"].as_array().unwrap();
        let pupils = match read(&std::fs::read(folder.join(file)).unwrap(), file) {
            Ok(batch) => batch.pupils,
            Err(error) => {
                score.wrong.push(format!("{file}: {error}"));
                Vec::new()
            }
        };
        for (at, want) in rows.iter().enumerate() {
            for (name, want) in want.as_object().unwrap() {
                let got = pupils.get(at).map(|pupil| field(pupil, name));
                score.count(
                    got.as_ref().is_some_and(|got| fits(name, got, want)),
                    || {
                        let got = got.map_or("no such child".to_owned(), |got| got.to_string());
                        format!("{file} child {}: {name} {want}, read {got}", at + 1)
                    },
                );
            }
        }
        for pupil in pupils.iter().skip(rows.len()) {
            score.count(false, || format!("{file}: line {} is no child", pupil.row));
        }
    }
    score
}

/// One cell below a heading in a list of one child: the child, and what is told of that column.
fn cell(heading: &str, text: &str) -> (Incoming, Vec<RowFault>) {
    let quoted = text.replace('"', "\"\"");
    let file = format!("Surname,Forename,{heading}\nOkafor,Ada,\"{quoted}\"\nMoss,Ben,\n");
    let batch = read(file.as_bytes(), "cell.csv").unwrap();
    let told = batch.flagged.into_iter().filter(|fault| fault.row == 2);
    (batch.pupils[0].clone(), told.collect())
}

fn value_is_right(kind: &str, text: &str, want: &Value) -> (bool, Value) {
    let heading = match kind {
        "status" => "SEN Status",
        "needs" => "SEN Needs",
        "year" => "Year Group",
        "dob" => "DOB",
        "upn" => "UPN",
        other => panic!("no cells of {other}"),
    };
    let (pupil, told) = cell(heading, text);
    let got = field(&pupil, kind);
    let flagged = !told.is_empty();
    let right = match want {
        // Not known: nothing is on file, or what is written, told.
        Value::Null if kind == "status" => got.is_null(),
        Value::Null => flagged && (got.is_null() || kind != "dob"),
        Value::String(want) if want == "?" => {
            flagged && !["N", "K", "E"].iter().any(|code| got == *code)
        }
        _ => fits(kind, &got, want),
    };
    (right, got)
}

fn score_values() -> Score {
    let text = std::fs::read_to_string(folder("exports/values.json")).unwrap();
    let values: Value = serde_json::from_str(&text).unwrap();
    let mut score = Score {
        right: 0,
        all: 0,
        wrong: Vec::new(),
    };
    for (kind, cells) in values.as_object().unwrap() {
        for pair in cells.as_array().into_iter().flatten() {
            let text = pair[0].as_str().unwrap();
            let (right, got) = value_is_right(kind, text, &pair[1]);
            score.count(right, || {
                format!("{kind} {text:?}: {}, read {got}", pair[1])
            });
        }
    }
    score
}

#[test]
fn lists_of_the_systems_are_read_as_they_were_meant() {
    let score = score(&folder("exports"));
    println!("{}", score.told("fields of exports"));
    assert!(
        score.wrong.len() <= 4,
        "{}",
        score.told("fields of exports")
    );
}

/// Made after the reader was mended, without looking at it: what it does with lists it has not seen.
#[test]
fn lists_not_seen_before_are_read_as_they_were_meant() {
    let score = score(&folder("fresh"));
    println!("{}", score.told("fields of fresh lists"));
    assert!(
        score.wrong.len() <= 4,
        "{}",
        score.told("fields of fresh lists")
    );
}

#[test]
fn cells_are_read_as_they_were_meant() {
    let score = score_values();
    println!("{}", score.told("cells"));
    assert!(score.wrong.len() <= 2, "{}", score.told("cells"));
}

/// A pupil on file as an import makes it.
fn on_file(id: usize, incoming: &Incoming) -> OnFile {
    let mut pupil = Pupil::blank(PupilId(i64::try_from(id).unwrap()));
    pupil.upn.clone_from(&incoming.upn);
    pupil.mis_id.clone_from(&incoming.mis_id);
    pupil.surname = incoming.surname.clone().unwrap_or_default();
    pupil.forename = incoming.forename.clone().unwrap_or_default();
    pupil
        .preferred_forename
        .clone_from(&incoming.preferred_forename);
    pupil.dob = incoming.dob;
    pupil.class.clone_from(&incoming.class);
    pupil.left_on = incoming.left_on;
    OnFile {
        pupil,
        status: incoming.status_now().map(|status| status.code.clone()),
        needs: codes(incoming),
    }
}

/// The plan of the last of several lists, the earlier ones brought in before it.
fn plan_of(files: &[&str]) -> Plan {
    let mut known: Vec<OnFile> = Vec::new();
    let mut last = None;
    for file in files {
        let bytes = std::fs::read(folder(file)).unwrap();
        let made = plan(read(&bytes, file).unwrap(), &known, today());
        let sum: usize = made.sum().iter().map(|(count, _)| count).sum();
        assert_eq!(sum, made.rows, "{file}");
        for incoming in &made.added {
            known.push(on_file(known.len() + 1, incoming));
        }
        last = Some(made);
    }
    last.unwrap()
}

/// What a list comes to: added, changed, asked, flagged, rejected.
fn figures(files: &[&str]) -> [usize; 5] {
    let plan = plan_of(files);
    [
        plan.added.len(),
        plan.changed.len(),
        plan.asks.len(),
        plan.flagged.len(),
        plan.rejected.len(),
    ]
}

#[test]
fn one_bad_cell_or_mark_costs_no_child() {
    for (file, want) in [
        ("small/stray_pair.csv", [3, 0, 0, 2, 0]),
        ("small/stray_pair_4cols.csv", [3, 0, 0, 2, 0]),
        ("small/stray_gap_next_line.csv", [3, 0, 0, 2, 0]),
        ("small/zero_dates.csv", [5, 0, 0, 5, 0]),
        ("small/upn_shared_blankish.csv", [4, 0, 0, 4, 0]),
        ("small/same_name_class_no_dob_1.csv", [2, 0, 0, 1, 0]),
        ("merge/M24_1.csv", [2, 0, 0, 1, 0]),
        ("small/class_totals.csv", [2, 0, 0, 0, 0]),
        ("small/long_surname.csv", [1, 0, 0, 1, 0]),
        ("small/smart_quotes.csv", [1, 0, 0, 0, 0]),
        ("small/status_ended.csv", [1, 0, 0, 1, 0]),
    ] {
        assert_eq!(figures(&[file]), want, "{file}");
    }
    let plan = plan_of(&["small/class_totals.csv"]);
    assert_eq!(plan.passed_over.len(), 10);
}

#[test]
fn who_is_who_is_asked_and_nobody_is_exchanged_or_doubled() {
    for (name, asked) in [
        ("small/twin_upn_swap", 2),
        ("small/twin_upn_one_wrong", 1),
        ("small/sibling_same_surname_upn", 1),
        ("small/one_forename_shared_adno", 2),
        ("merge/M19", 2),
        ("merge/M04", 1),
        ("merge/M29", 2),
        ("small/drift_noapos", 1),
        ("small/drift_hyphen", 1),
        ("small/drift_space", 1),
        ("small/drift_middle", 1),
        ("small/drift_bracket", 1),
        ("small/drift_acute", 1),
        ("small/drift_okina", 1),
        ("small/drift_umlaut", 1),
    ] {
        let files = [format!("{name}_1.csv"), format!("{name}_2.csv")];
        let plan = plan_of(&[&files[0], &files[1]]);
        // Of two that mean one name nothing need be asked: the fold makes them one.
        let known = plan.asks.len() + plan.unchanged + plan.changed.len();
        assert_eq!((known, plan.added.len()), (asked, 0), "{name}: {plan:?}");
        assert!(plan.asks.len() == asked || name.contains("drift"), "{name}");
        assert!(plan.left.is_empty() || name.contains("one_wrong"), "{name}");
    }
    let plan = plan_of(&[
        "small/near_name_leaver_before.csv",
        "small/near_name_leaver.csv",
    ]);
    assert_eq!(
        (plan.asks.len(), plan.added.len(), plan.left.len()),
        (1, 0, 0)
    );
    let plan = plan_of(&["small/returner_1.csv", "small/returner_2.csv"]);
    assert_eq!((plan.returned.len(), plan.unchanged), (1, 2));
}

/// The first child of a list, in the fields asked for.
fn first(file: &str, names: &[&str]) -> Vec<Value> {
    let batch = read(&std::fs::read(folder(file)).unwrap(), file).unwrap();
    let pupil = &batch.pupils[0];
    names.iter().map(|name| field(pupil, name)).collect()
}

#[test]
fn names_needs_and_statuses_of_small_lists_are_read() {
    for (file, name, want) in [
        ("needs_ranked_in_cell", "needs", json!(["SLCN", "SEMH"])),
        (
            "needs_code_dash_label_list",
            "needs",
            json!(["ASD", "SLCN"]),
        ),
        ("needs_none", "needs", json!([])),
        ("status_alone", "status", json!("K")),
        ("stage_alone", "status", json!("K")),
        ("year_YR", "year", json!("R")),
        ("preferred_whole_name", "preferred_forename", Value::Null),
        ("bracket_known_as", "forename", json!("Ada")),
        ("bracket_known_as", "preferred_forename", json!("Addie")),
        ("caps_surname_first", "surname", json!("OKAFOR")),
        ("caps_surname_first", "forename", json!("Ada")),
        ("space_after_comma", "forename", json!("Ada")),
        ("space_after_comma", "dob", json!("2016-03-14")),
        ("smart_quotes", "surname", json!("Okafor")),
        ("smart_quotes", "dob", json!("2016-03-14")),
        ("mojibake", "surname", json!("O\u{2019}Brien")),
        ("utf7", "forename", json!("Zo\u{eb}")),
        ("pipe", "forename", json!("Ada")),
        ("sep_pipe", "forename", json!("Ada")),
    ] {
        let file = format!("small/{file}.csv");
        assert_eq!(first(&file, &[name]), [want], "{file}");
    }
    for file in ["mojibake", "utf7", "smart_quotes"] {
        let file = format!("small/{file}.csv");
        let batch = read(&std::fs::read(folder(&file)).unwrap(), &file).unwrap();
        assert!(!batch.shape.notes.is_empty(), "{file}");
    }
    let turned = std::fs::read(folder("small/transposed.csv")).unwrap();
    let error = read(&turned, "transposed.csv").unwrap_err();
    assert!(error.to_string().contains("transpose"), "{error}");
}

/// No line vanishes: each that holds something is the headings, a row or passed over in words.
#[test]
fn every_line_of_every_list_is_a_row_or_told() {
    for name in ["exports", "small", "merge", "fresh"] {
        for entry in std::fs::read_dir(folder(name)).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let Ok(text) = String::from_utf8(bytes.clone()) else {
                continue;
            };
            let Ok(batch) = read(&bytes, "list.csv") else {
                continue;
            };
            let holds = |line: &&str| line.chars().any(char::is_alphanumeric);
            let lines = text.lines().filter(holds);
            let lines = lines.filter(|line| !line.starts_with("sep=")).count();
            assert_eq!(
                lines,
                batch.rows + batch.passed_over.len() + 1,
                "{}",
                path.display()
            );
        }
    }
}
