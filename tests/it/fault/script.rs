//! Fifty power cuts, faults at some of the points of operations on whole files, two processes at once, and the scripts
//! themselves with what they look for put in: by the scripts of `tests/faults`.
//!
//! They need Linux and python3, and most of them strace. Where one is missing the test says so and passes: standard error is not held back
//! from a test that writes to it itself.

use super::Desk;
use crate::pty::{SENDESK, Terminal};
use portable_pty::CommandBuilder;
use std::io::Write;
use std::process::{Command, ExitStatus, Stdio};

/// Whether this machine has what the scripts need, and may trace.
fn can_run(what: &str) -> bool {
    let strace = Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "true"])
        .stderr(Stdio::null())
        .status();
    has(what, strace) && has_python(what)
}

fn has_python(what: &str) -> bool {
    let python = Command::new("python3")
        .arg("-V")
        .stdout(Stdio::null())
        .status();
    has(what, python)
}

fn has(what: &str, ran: std::io::Result<ExitStatus>) -> bool {
    let can = ran.is_ok_and(|status| status.success());
    if !can {
        let told =
            format!("\nPASSED OVER: {what}: no strace or python3 here, or no right to trace\n");
        let _ = std::io::stderr().write_all(told.as_bytes());
    }
    can
}

/// Runs one script on the program under test.
fn script(name: &str, words: &[&str]) {
    let desk = Desk::nowhere();
    let path = format!("{}/tests/faults/{name}.py", env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new("python3");
    command
        .arg(path)
        .args(words)
        .env("SENDESK", env!("CARGO_BIN_EXE_sendesk"))
        .env("TMPDIR", desk.folder.path())
        .env("PYTHONDONTWRITEBYTECODE", "1");
    // A script that is spoiled is the matter of one test alone.
    command.env_remove("MUTATE");
    if std::env::var_os("SEED").is_none() {
        command.env("SEED", "1");
    }
    let ended = command.output().unwrap();
    let told = String::from_utf8_lossy(&ended.stdout);
    assert!(
        ended.status.success() && told.contains("failures=0"),
        "{name} {words:?}: {told}{}",
        String::from_utf8_lossy(&ended.stderr)
    );
}

#[test]
fn a_power_cut_loses_nothing_that_was_acknowledged() {
    if !can_run("50 power cuts") {
        return;
    }
    for (operation, cuts) in [
        ("save", "12"),
        ("import", "8"),
        ("open-1", "8"),
        ("restore", "10"),
        ("backup", "4"),
        ("adopt", "4"),
        ("passphrase", "4"),
    ] {
        script("powercut", &[operation, cuts]);
    }
}

#[test]
fn a_fault_while_files_are_moved_leaves_the_old_or_the_new_whole() {
    if !can_run("faults while files are moved") {
        return;
    }
    for operation in ["restore", "adopt"] {
        for fault in ["EIO", "SIGKILL"] {
            script(
                "inject",
                &[operation, fault, "fsync", "rename", "--every", "4"],
            );
        }
    }
    for fault in ["EIO", "SIGKILL"] {
        script(
            "inject",
            &["passphrase", fault, "renameat", "renameat2", "rename"],
        );
    }
}

/// Runs some of one script at once: each waits more than it works.
fn at_once(name: &str, each: &[&[&str]]) {
    std::thread::scope(|scope| {
        for words in each {
            scope.spawn(move || script(name, words));
        }
    });
}

#[test]
fn two_processes_at_once_lose_nothing_that_was_acknowledged_to_either() {
    if !has_python("two processes at once") {
        return;
    }
    at_once(
        "pairs",
        &[
            &["restore", "all", "3"],
            &["handover", "all", "3"],
            &["adopt", "all", "3"],
            &["passphrase", "all", "3"],
            &["backup", "all", "3"],
            &["erase", "all", "3"],
            &["migrate", "all", "3"],
        ],
    );
}

#[test]
fn each_script_reports_what_it_is_there_to_find() {
    if !can_run("the scripts with what they look for put in") {
        return;
    }
    at_once(
        "mutations",
        &[
            &["kill9", "damage", "writers", "pairs"],
            &["inject", "diskfull", "monkey"],
            &["powercut"],
        ],
    );
}

/// The screen with its forms, lock and backup, and the shell: of sockets none but local ones are asked for, and nothing is
/// resolved or connected to.
#[test]
fn nothing_but_local_sockets_is_asked_of_the_system() {
    if !can_run("no network, by strace") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let kept = folder.path().join("kept");
    // One log for all of them, written on at its end.
    let log_to = format!("--output={}", log.display());
    let traced = ["-f", "-qq", "-A", &log_to, "-e", "trace=network", SENDESK];
    let mut demo = CommandBuilder::new("strace");
    demo.args(traced);
    demo.args(["demo", "--today", "2026-11-23", "--keep"]);
    demo.arg(&kept);
    let mut screen = Terminal::spawn(tempfile::tempdir().unwrap(), demo);
    screen.wait_for("Provision");
    for (keys, until) in [
        ("t", "TYPE"),
        ("Ring\ttoday\r", "Added task"),
        (":back up\r", "backed up"),
        ("\x0c", "Locked"),
        ("\r", "NAV"),
    ] {
        screen.send(keys);
        screen.wait_for(until);
    }
    screen.send("qq");
    screen.end();
    let by_screen = std::fs::read_to_string(&log).unwrap();
    assert!(
        by_screen.contains("AF_UNIX"),
        "nothing was traced: {by_screen}"
    );
    for words in [
        &["list", "pupils"][..],
        &["doctor"],
        &["backup", "--all"],
        &["report", "time"],
    ] {
        let ran = Command::new("strace")
            .args(traced)
            .args(words)
            .env("SENDESK_HOME", &kept)
            .output()
            .unwrap();
        let code = ran.status.code();
        assert!(
            matches!(code, Some(0 | 1)),
            "{words:?}: {}",
            String::from_utf8_lossy(&ran.stderr)
        );
    }
    let asked = std::fs::read_to_string(&log).unwrap();
    let beyond = |line: &&str| line.contains("AF_") && !line.contains("AF_UNIX");
    let beyond: Vec<&str> = asked.lines().filter(beyond).collect();
    assert!(
        asked.starts_with(&by_screen),
        "what the screen asked for is gone"
    );
    assert!(beyond.is_empty(), "{beyond:#?}");
}
