//! The user's own editor on the program's terminal: what it sees, what it gives back, and what is left of the words.

use super::pty::{FIRST, SENDESK, Terminal};
use portable_pty::CommandBuilder;
use std::fs;
use std::path::Path;

/// What the editor of a test adds.
const ADDED: &str = "and her father";

#[test]
fn an_editor_and_the_shell_get_the_terminal_as_it_was_and_give_it_back() {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name);
    let (seen, stopped) = (path("seen"), path("stopped"));
    let look = "{ stty -a; stat -c %a . \"$1\"; pwd; } >";
    let editor = format!(
        "{look}'{}'; echo '{ADDED}' >>\"$1\"; : >left~",
        seen.display()
    );
    fs::write(path("ed"), editor).unwrap();
    // With -m the shell is one that jobs are stopped and go on in.
    let mut command = CommandBuilder::new("sh");
    let line = format!(
        "'{SENDESK}' demo --keep '{}' --today 2026-11-23; stty -a >'{}'; read line; fg",
        path("kept").display(),
        stopped.display()
    );
    command.args(["-m", "-c", &line]);
    let mut terminal = Terminal::spawn(home, command);
    terminal.wait_for(FIRST);

    terminal.send("cnHe rang");
    terminal.wait_for("He rang");
    terminal.send("\x18");
    terminal.wait_for(ADDED);
    let seen = fs::read_to_string(seen).unwrap();
    let (modes, rest) = seen.split_at(terminal.before.len());
    assert_eq!(modes, terminal.before, "the editor's terminal");
    let rest: Vec<&str> = rest.lines().collect();
    assert_eq!(rest[..2], ["700", "600"]);
    assert!(!Path::new(rest[2]).exists(), "{} is left", rest[2]);

    terminal.send("\x1a");
    terminal.wait("the shell", |_| {
        stopped.metadata().is_ok_and(|file| file.len() > 0)
    });
    assert_eq!(fs::read_to_string(&stopped).unwrap(), terminal.before);
    terminal.assert_given_back();
    assert!(!terminal.screen().contains(ADDED));
    terminal.send("on\r");
    terminal.wait_for("Locked");
    terminal.send("\r");
    // The words are where they were, and the editor's with them.
    terminal.wait_for(ADDED);
    terminal.send("\x1b");
    terminal.wait_for("The draft is kept");
    terminal.send("qq");
    terminal.end();
    terminal.assert_given_back();
}

/// Killed while the words are in the editor, it wipes them at its next start and offers the draft.
#[test]
fn words_in_an_editor_are_wiped_after_a_kill_and_the_form_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let held = home.path().join("held");
    let editor = format!(
        "{{ pwd; cat \"$1\"; }} >'{}'; kill -9 $PPID",
        held.display()
    );
    fs::write(home.path().join("ed"), editor).unwrap();
    let kept = home.path().join("kept");
    let command = || {
        let mut command = CommandBuilder::new(SENDESK);
        command.args(["demo", "--keep"]);
        command.arg(&kept);
        command.args(["--today", "2026-11-23"]);
        command
    };
    let mut killed = Terminal::spawn(home, command());
    killed.wait_for(FIRST);
    killed.send("cnHe rang");
    killed.wait_for("He rang");
    killed.send("\x18");
    killed.end();
    let told = fs::read_to_string(&held).unwrap();
    let (folder, words) = told.split_once('\n').unwrap();
    assert_eq!(words.trim(), "He rang", "the editor had them");

    let mut command = command();
    command.env("SENDESK_HOME", killed.home.path().join("home"));
    let mut again = Terminal::spawn(tempfile::tempdir().unwrap(), command);
    again.wait_for("A draft is kept from before");
    assert!(!Path::new(folder).exists(), "{folder} is left");
    again.send("qq");
    again.end();
}
