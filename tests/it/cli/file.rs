//! What a user names, or another program put in the place of a file: what is no file, too long a path, one file under
//! several names, and an answer that cannot be written.

use super::{Home, PASSPHRASE};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

/// Runs each with a pipe that nobody writes to in place of `FILE`; one that waited would be ended at 20 s with 124.
fn refused_unread(home: &Home, lines: &[(&str, i32)]) {
    for place in ["pipe", "/dev/zero", "."] {
        for (line, code) in lines {
            let line = line.replace("FILE", place);
            let ran = home.shell(&format!("timeout 20 \"$S\" {line}")).run();
            assert_eq!(ran.code, *code, "{line}: {}{}", ran.out, ran.err);
            let what = match place {
                "pipe" => "a pipe",
                "." => "a folder",
                _ => "a device",
            };
            assert!(ran.err.contains(what), "{line}: {}", ran.err);
        }
    }
}

fn pipe(home: &Home, name: &str) {
    home.shell(&format!("mkfifo -m 600 {name}")).ok();
}

#[test]
fn what_is_no_file_is_refused_and_never_waited_for() {
    let home = Home::with_desk();
    pipe(&home, "pipe");
    let before = home.files();
    home.private("own", PASSPHRASE);
    refused_unread(
        &home,
        &[
            ("restore FILE --phrase-file own --yes", 1),
            ("school adopt FILE --phrase-file own", 1),
            ("import FILE --yes", 1),
            ("play FILE", 1),
            ("theme check FILE", 1),
        ],
    );
    // A device is everybody's, which is told first of a file with a passphrase.
    for (line, code) in [
        ("list pupils --passphrase-file pipe", 3),
        ("passphrase --new-passphrase-file pipe", 3),
        ("recover --code-file pipe --new-passphrase-file own", 3),
        ("restore own --phrase-file pipe --yes", 3),
        ("school adopt own --phrase-file pipe", 3),
        ("school handover OAK --out o --new-passphrase-file pipe", 3),
    ] {
        let ran = home.shell(&format!("timeout 20 \"$S\" {line}")).run();
        assert_eq!(ran.code, code, "{line}: {}{}", ran.out, ran.err);
        assert!(
            ran.err.contains("it is a pipe, not a file"),
            "{line}: {}",
            ran.err
        );
    }
    assert_eq!(home.files(), before);
}

#[test]
fn a_pipe_in_the_place_of_the_keys_or_of_a_school_is_told() {
    let home = Home::with_desk();
    for name in ["desk.keys", "schools/OAK.db", "desk.db"] {
        let (path, kept) = (home.desk().join(name), home.path("kept"));
        fs::rename(&path, &kept).unwrap();
        pipe(&home, &format!("desk/{name}"));
        let ran = home.shell("timeout 20 \"$S\" list pupils").run();
        assert_eq!(ran.code, 1, "{name}: {}{}", ran.out, ran.err);
        fs::rename(&kept, &path).unwrap();
    }
    home.case(&["list", "pupils"]).ok();
}

/// A folder whose path has this many bytes.
fn deep(home: &Home, length: usize) -> PathBuf {
    let mut path = home.folder.path().canonicalize().unwrap();
    while path.as_os_str().len() + 2 < length {
        let room = length - path.as_os_str().len() - 1;
        path.push("d".repeat(if room > 201 { 199 } else { room }));
    }
    fs::create_dir_all(&path).unwrap();
    assert_eq!(path.as_os_str().len(), length);
    path
}

#[test]
fn a_path_longer_than_the_store_takes_is_told_as_that() {
    let home = Home::with_desk();
    let folder = deep(&home, 502);
    let (long, over, fits) = (folder.join("backups"), folder.join("ab"), folder.join("a"));
    let told = home.case(&["backup", "--out"]).arg(&long).refused(1);
    assert!(told.contains("too long a path"), "{told}");
    let told = home
        .case(&["school", "handover", "OAK", "--new-passphrase-file"])
        .arg(home.path("pass"))
        .arg("--out")
        .arg(&long)
        .refused(1);
    assert!(told.contains("too long a path"), "{told}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    home.case(&["school", "list"]).ok();
    let elsewhere = home
        .case(&["init"])
        .env("SENDESK_HOME", folder.join("desk"));
    let told = elsewhere.refused(1);
    assert!(told.contains("too long a path"), "{told}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    let made = home.case(&["backup"]).ok();
    fs::copy(made.trim(), &long).unwrap();
    for words in [["restore", "--yes"], ["restore", "--dry-run"]] {
        let told = home.case(&words).arg(&long).refused(1);
        assert!(told.contains("too long a path"), "{told}");
    }
    // One byte more than fits, and as much as fits.
    fs::rename(&long, &over).unwrap();
    let told = home.case(&["restore", "--dry-run"]).arg(&over).refused(1);
    assert!(told.contains("too long a path: 505 bytes"), "{told}");
    fs::rename(&over, &fits).unwrap();
    home.case(&["restore", "--dry-run"]).arg(&fits).ok();
}

#[test]
fn one_file_under_several_names_and_another_desks_folder_are_found_by_doctor() {
    let home = Home::with_desk();
    home.case(&["backup"]).ok();
    home.case(&["doctor"]).ok();
    let school = home.desk().join("schools/OAK.db");
    fs::hard_link(&school, home.path("elsewhere.db")).unwrap();
    let ran = home.case(&["doctor"]).run();
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("OAK.db has 2 names"), "{}", ran.out);
    fs::remove_file(home.path("elsewhere.db")).unwrap();
    let second = home.path("second");
    home.case(&["init"]).env("SENDESK_HOME", &second).ok();
    fs::remove_dir(second.join("schools")).unwrap();
    symlink(home.desk().join("schools"), second.join("schools")).unwrap();
    let ran = home.case(&["doctor"]).env("SENDESK_HOME", &second).run();
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("is a link into the desk in"),
        "{}",
        ran.out
    );
    home.case(&["doctor"]).ok();
}

#[test]
fn a_desk_that_may_not_be_read_is_not_no_desk() {
    let home = Home::with_desk();
    // The superuser reads it all the same, so another user tries where this is one.
    let other = "setpriv --reuid 65534 --regid 65534 --clear-groups";
    let is_root = home
        .shell(&format!("[ $(id -u) = 0 ] && {other} true"))
        .run();
    let by = if is_root.code == 0 { other } else { "" };
    if !by.is_empty() {
        home.shell("cp \"$S\" program && chmod 755 program .").ok();
    }
    let program = if by.is_empty() { "\"$S\"" } else { "./program" };
    home.chmod("desk", if by.is_empty() { 0o000 } else { 0o700 });
    let config = "HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent";
    for words in ["list pupils", "init", "paths"] {
        let ran = home
            .shell(&format!("{config} {by} {program} {words}"))
            .without_env("SENDESK_PASSPHRASE_FILE")
            .run();
        if words == "paths" {
            continue;
        }
        assert_eq!(ran.code, 1, "{words}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains("may not open"), "{words}: {}", ran.err);
    }
    home.chmod("desk", 0o700);
    home.case(&["list", "pupils"]).ok();
    // Where nothing is, there is no desk.
    let told = home
        .case(&["list", "pupils"])
        .env("SENDESK_HOME", home.path("nowhere"))
        .refused(1);
    assert!(told.contains("There is no desk"), "{told}");
}

#[test]
fn what_was_done_is_done_though_the_answer_could_not_be_written() {
    let home = Home::with_desk();
    let count = || {
        home.case(&["list", "pupils"])
            .json()
            .as_array()
            .unwrap()
            .len()
    };
    for (line, was) in [
        ("new pupil surname=Okafor", 1),
        ("new pupil surname=Owen --json", 2),
        ("backup", 2),
        ("undo", 1),
        ("redo", 2),
    ] {
        let ran = home.shell(&format!("\"$S\" {line} >/dev/full")).run();
        assert_eq!(ran.code, 0, "{line}: {}", ran.err);
        assert!(
            ran.err.contains("The answer could not be written")
                && ran.err.contains("done all the same"),
            "{line}: {}",
            ran.err
        );
        assert_eq!(count(), was, "{line}");
    }
    let backups = fs::read_dir(home.desk().join("backups/OAK")).unwrap();
    assert_eq!(backups.count(), 1);
    // What is asked for its answer alone, or shows what is shown once, has failed.
    home.private("new", "harbour lentil drum frost");
    for line in ["list pupils", "history", "doctor", "school list"] {
        let ran = home.shell(&format!("\"$S\" {line} >/dev/full")).run();
        assert_eq!(ran.code, 1, "{line}: {}", ran.err);
    }
    let ran = home
        .shell("\"$S\" init >/dev/full")
        .env("SENDESK_HOME", home.path("other"))
        .run();
    assert_eq!(ran.code, 1, "{}", ran.err);
    // Nobody reads on: no fault, as before.
    for line in ["list pupils", "new pupil surname=Reid"] {
        let ran = home
            .shell(&format!("{{ \"$S\" {line}; echo $? >&2; }} | true"))
            .run();
        assert!(ran.err.ends_with("0\n"), "{line}: {}", ran.err);
    }
}

#[test]
fn without_user_and_logname_the_author_is_the_account() {
    let home = Home::empty();
    home.private("pass", PASSPHRASE);
    home.case(&["init"])
        .without_env("USER")
        .without_env("LOGNAME")
        .without_env("USERNAME")
        .ok();
    home.case(&["school", "add", "--name", "Oak", "--code", "OAK"])
        .ok();
    home.case(&["new", "pupil", "surname=Okafor"]).ok();
    let history = home.case(&["history"]).ok();
    let account = home.shell("id -un 2>/dev/null || echo unknown").ok();
    assert!(history.contains(account.trim()), "{history}");
    assert!(!history.contains("unknown") || account.trim() == "unknown");
}
