//! The help of every command, as it was agreed: a change of it is a change of the contract.

use super::Home;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Every command that is built.
const VERBS: [&[&str]; 48] = [
    &[],
    &["demo"],
    &["init"],
    &["school"],
    &["school", "add"],
    &["school", "list"],
    &["school", "use"],
    &["school", "records-from"],
    &["school", "handover"],
    &["school", "take-back"],
    &["school", "detach"],
    &["school", "attach"],
    &["school", "adopt"],
    &["import"],
    &["list"],
    &["list", "pupils"],
    &["list", "diary"],
    &["list", "tasks"],
    &["list", "hours"],
    &["list", "provision"],
    &["show"],
    &["find"],
    &["add"],
    &["today"],
    &["due"],
    &["done"],
    &["new"],
    &["set"],
    &["recost"],
    &["remove"],
    &["fields"],
    &["undo"],
    &["redo"],
    &["history"],
    &["report"],
    &["report", "handover"],
    &["report", "time"],
    &["backup"],
    &["restore"],
    &["doctor"],
    &["passphrase"],
    &["recover"],
    &["paths"],
    &["keys"],
    &["play"],
    &["theme"],
    &["completions"],
    &["man"],
];

#[test]
fn help_is_as_agreed_and_fits_80_columns() {
    let home = Home::empty();
    let mut all = String::new();
    for words in VERBS {
        let help = home.case(words).arg("--help").env("COLUMNS", "80").ok();
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        let command = [&["sendesk"], words].concat().join(" ");
        write!(all, "$ {command} --help\n{help}\n").unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/help.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &all).unwrap();
    }
    let agreed = fs::read_to_string(&path).unwrap_or_default();
    if agreed != all {
        let diff = similar::TextDiff::from_lines(&agreed, &all);
        let diff = diff.unified_diff().context_radius(1).to_string();
        panic!("The help has changed; UPDATE=1 cargo test takes it as agreed:\n{diff}");
    }
}

#[test]
fn every_command_of_the_help_is_held_by_the_snapshot() {
    let home = Home::empty();
    let help = home.case(&["--help"]).ok();
    let commands = help.split("Commands:\n").nth(1).unwrap();
    let listed = commands
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help");
    let mut count = 0;
    for name in listed {
        count += 1;
        assert!(VERBS.contains(&&[name][..]), "{name}");
    }
    assert!(count > 10, "{help}");
}
