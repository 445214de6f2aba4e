//! Damaged copies of a desk's files and of its backups.

use super::{Desk, Dice, assert_told, text};
use std::fs;
use std::path::Path;

/// Damages a file, and tells how.
fn damage(path: &Path, dice: &mut Dice) -> &'static str {
    let mut bytes = fs::read(path).unwrap();
    let at = dice.below(bytes.len());
    let kind = *dice.one(&["a bit", "a page", "two pages", "its end", "a tail"]);
    let page = |at: usize| at / 4096 * 4096;
    match kind {
        "a bit" => bytes[at] ^= 1 << dice.below(8),
        "two pages" if bytes.len() >= 8192 => {
            let pages = bytes.len() / 4096;
            let one = dice.below(pages);
            let other = (one + 1 + dice.below(pages - 1)) % pages;
            let kept = bytes[one * 4096..(one + 1) * 4096].to_vec();
            bytes.copy_within(other * 4096..(other + 1) * 4096, one * 4096);
            bytes[other * 4096..(other + 1) * 4096].copy_from_slice(&kept);
        }
        "a page" | "two pages" => {
            let end = bytes.len().min(page(at) + 4096);
            bytes[page(at)..end].fill(0);
        }
        "its end" => bytes.truncate(at),
        _ => bytes.extend((0..=at % 9000).map(|_| dice.below(256) as u8)),
    }
    fs::write(path, bytes).unwrap();
    kind
}

#[test]
fn a_damaged_copy_is_refused_in_words_or_holds_all_it_held() {
    let (mut dice, desk) = (Dice::new(5), Desk::demo("20"));
    let whole = desk.check("before");
    let mut refused = 0;
    for round in 0..50 {
        let copy = desk.copy();
        let paths = [
            copy.school(),
            copy.school(),
            copy.home().join("desk.db"),
            copy.home().join("desk.keys"),
        ];
        let path = &paths[round % paths.len()];
        let kind = damage(path, &mut dice);
        let why = format!(
            "seed {}, round {round}: {kind} of {}",
            dice.seed,
            path.display()
        );
        let check = copy.run(&["selftest", "check"]);
        if check.status.success() {
            assert_eq!(text(&check), whole, "{why}");
        } else {
            assert_told(&check, &why);
            refused += 1;
        }
    }
    assert!(refused >= 20, "only {refused} were refused");
}

#[test]
fn a_damaged_backup_is_refused_in_words_and_nothing_is_touched() {
    let (mut dice, desk) = (Dice::new(6), Desk::demo("20"));
    let backup = desk.folder.path().join("backup.db");
    let made = desk.command(&["backup", "--out"]).arg(&backup).output();
    assert!(made.unwrap().status.success());
    let sound = fs::read(&backup).unwrap();
    assert!(desk.run(&["selftest", "write", "1"]).status.success());
    let before = desk.check("before");
    let restore = || {
        desk.command(&["restore", "--yes"])
            .arg(&backup)
            .output()
            .unwrap()
    };
    for round in 0..50 {
        fs::write(&backup, &sound).unwrap();
        let kind = damage(&backup, &mut dice);
        let why = format!("seed {}, round {round}: {kind}", dice.seed);
        assert_told(&restore(), &why);
    }
    assert_eq!(desk.check("after"), before);
    // The school's file, and its lock.
    assert_eq!(
        fs::read_dir(desk.home().join("schools")).unwrap().count(),
        2
    );
    // What is not damaged is put back.
    fs::write(&backup, &sound).unwrap();
    assert!(restore().status.success());
    assert_ne!(desk.check("restored"), before);
}
