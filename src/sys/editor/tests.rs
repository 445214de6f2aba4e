//! Edits by small scripts, without a terminal.

use super::*;
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// An edit of a text by a shell script that finds the file's name in `$1`.
struct Desk {
    home: tempfile::TempDir,
    traces: Traces,
}

impl Desk {
    fn new() -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
            traces: Traces::default(),
        }
    }

    fn edit(&self, text: &str, script: &str) -> Edit {
        let path = self.home.path().join("ed");
        fs::write(&path, format!("{script}\n")).unwrap();
        let variable = |name: &str| {
            let command = format!("/bin/sh '{}'", path.display());
            (name == "EDITOR").then(|| command.into())
        };
        let chosen = Chosen::from_environment(variable).unwrap();
        let scratch = Scratch::make_in(self.home.path()).unwrap();
        Edit::lay_out(text, chosen, scratch, &self.traces).unwrap()
    }

    fn run(&self, text: &str, script: &str) -> Result<String, String> {
        self.edit(text, script).run(|| false, || Ok(false))
    }

    /// How many private folders stand.
    fn left(&self) -> usize {
        let folders = fs::read_dir(self.home.path()).unwrap();
        folders
            .filter(|entry| entry.as_ref().unwrap().path().is_dir())
            .count()
    }
}

#[test]
fn the_editors_words_come_back_and_nothing_stays() {
    let desk = Desk::new();
    let script = "cat \"$1\" >was; echo 'and père' >>\"$1\"; cp \"$1\" .note.txt.swp; mkdir v1; cp was \"$TMPDIR\"/v1/";
    let text = desk.run("Rang home", script).unwrap();
    assert_eq!(text, "Rang home\nand père");
    assert_eq!(desk.left(), 0);
    assert_eq!(desk.run("", "true"), Ok(String::new()));
    assert_eq!(
        desk.run("a", "printf '\\357\\273\\277b\\r\\nc\\n\\n' >\"$1\""),
        Ok("b\nc\n".to_owned())
    );
}

#[test]
fn the_words_lie_in_a_folder_and_a_file_of_the_users_alone_under_a_name_that_says_nothing() {
    let desk = Desk::new();
    let edit = desk.edit("Rang home", "true");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode(&edit.folder), 0o700);
    assert_eq!(mode(&edit.file()), 0o600);
    assert_eq!(edit.file().file_name().unwrap(), "note.txt");
    let text = edit.run(|| false, || Ok(false)).unwrap();
    assert_eq!(text, "Rang home");
}

#[test]
fn what_cannot_be_taken_is_told_and_wiped() {
    let desk = Desk::new();
    for (script, said) in [
        ("echo x >\"$1\"; exit 3", "sh ended with exit code 3."),
        ("kill -9 $$", "sh ended with signal 9."),
        ("printf '\\377' >\"$1\"", "not UTF-8"),
        (
            "head -c 1000001 /dev/zero >\"$1\"",
            "sh left more than 1 MB",
        ),
        ("rm \"$1\"", "could not be read"),
        ("mv \"$1\" other; ln -s other \"$1\"", "could not be read"),
    ] {
        let told = desk.run("Rang home", script).unwrap_err();
        assert!(told.contains(said), "{told}");
        assert!(
            told.ends_with("The words in the form are as they were."),
            "{told}"
        );
        assert_eq!(desk.left(), 0, "{script}");
    }
    let longest = desk.run("", "head -c 1000000 /dev/zero >\"$1\"").unwrap();
    assert_eq!(longest.len(), 1_000_000);
}

#[test]
fn an_editor_ended_with_the_program_gives_what_it_had_written() {
    let desk = Desk::new();
    for (script, expected) in [
        // Ends when asked to.
        ("echo saved >\"$1\"; exec sleep 600", Ok("saved")),
        // Must be ended hard.
        (
            "trap '' TERM; echo saved >\"$1\"; while :; do sleep 0.01; done",
            Ok("saved"),
        ),
        // Stopped: it must go on to hear of it.
        ("echo saved >\"$1\"; kill -STOP $$; exit 1", Ok("saved")),
        (
            ": >\"$1\"; exec sleep 600",
            Err("sh was ended with sendesk. The words in the form are as they were."),
        ),
    ] {
        let edit = desk.edit("Rang home", script);
        let (file, traces) = (edit.file(), desk.traces.clone());
        let signals = std::thread::spawn(move || {
            let before = "Rang home\n";
            while fs::read_to_string(&file).unwrap() == before {
                std::thread::sleep(Duration::from_millis(5));
            }
            std::thread::sleep(Duration::from_millis(50));
            traces.end_editor();
        });
        let text = edit.run(|| true, || Ok(true));
        signals.join().unwrap();
        assert_eq!(
            text.as_deref().map_err(String::as_str),
            expected,
            "{script}"
        );
        assert_eq!(desk.left(), 0);
        assert_eq!(desk.traces.lock().editor, None);
    }
}

#[test]
fn another_thread_can_wipe_while_the_editor_runs_and_its_words_are_not_taken() {
    let desk = Desk::new();
    let edit = desk.edit("Rang home", "while [ -e \"$1\" ]; do sleep 0.01; done");
    let traces = desk.traces.clone();
    let other = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        traces.wipe();
    });
    assert!(edit.run(|| false, || Ok(false)).is_err());
    other.join().unwrap();
    assert_eq!(desk.left(), 0);
}

#[test]
fn an_edit_that_is_never_run_is_wiped_too() {
    let desk = Desk::new();
    let edit = desk.edit("Rang home", "true");
    assert_eq!(desk.left(), 1);
    drop(edit);
    assert_eq!(desk.left(), 0);
    desk.traces.end_editor();
}

#[test]
fn an_editor_that_stops_alone_is_told_to_go_on_where_no_shell_would() {
    let desk = Desk::new();
    let text = desk.run("Rang home", "kill -STOP $$; echo on >\"$1\"");
    assert_eq!(text, Ok("on".to_owned()));
}

/// An editor of each known name that notes what it was given, and where.
#[test]
fn a_known_editor_is_told_to_keep_nothing_and_gets_no_folder_but_the_private_one() {
    let vim = ["-n", "-i", "NONE", "--cmd", "nobackup", "-c", "noswapfile"];
    for (name, told, variable) in [
        ("vi", &[][..], "NEXINIT=set recdir="),
        ("vim", &vim, ""),
        ("nvim", &vim, ""),
        ("emacs", &["make-backup-files nil"], ""),
        ("micro", &["-backup", "false"], ""),
        #[cfg(not(target_os = "macos"))]
        ("nano", &["--ignorercfiles"], ""),
    ] {
        let desk = Desk::new();
        let (program, seen) = (desk.home.path().join(name), desk.home.path().join("seen"));
        let script = format!(
            "#!/bin/sh\n{{ for word; do echo \"word $word\"; done; echo \"folder $(pwd -P)\"; env; \
             stat -c 'mode %a' . note.txt 2>/dev/null || stat -f 'mode %Lp' . note.txt; }} >'{}'\necho more >>note.txt\n",
            seen.display()
        );
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        let path = program.display().to_string();
        let chosen = Chosen::from_environment(|set| (set == "EDITOR").then(|| path.clone().into()));
        let scratch = Scratch::make_in(desk.home.path()).unwrap();
        let folder = scratch.path().canonicalize().unwrap();
        let edit = Edit::lay_out("Rang home", chosen.unwrap(), scratch, &desk.traces).unwrap();
        let text = edit.run(|| false, || Ok(false));
        assert_eq!(text.as_deref(), Ok("Rang home\nmore"), "{name}");
        let seen = fs::read_to_string(&seen).unwrap();
        let lines = |start: &'static str| {
            seen.lines()
                .filter_map(move |line| line.strip_prefix(start))
        };
        let words: Vec<&str> = lines("word ").collect();
        for option in told {
            assert!(
                words.iter().any(|word| word.contains(option)),
                "{name}: {option} in {words:?}"
            );
        }
        assert!(
            words.last().unwrap().ends_with("/note.txt"),
            "{name}: {words:?}"
        );
        assert!(seen.contains(variable), "{name}: {seen}");
        assert_eq!(lines("mode ").collect::<Vec<_>>(), ["700", "600"], "{name}");
        for start in ["folder ", "TMPDIR="] {
            let there = lines(start).next().map(Path::new);
            assert_eq!(there.unwrap().file_name(), folder.file_name(), "{name}");
        }
        assert!(!seen.contains("Rang home"), "{name}: {seen}");
        assert_eq!(desk.left(), 0, "{name}");
    }
}

#[test]
fn nothing_stays_of_an_editor_that_is_killed() {
    let desk = Desk::new();
    let told = desk.run("Rang home", "cp \"$1\" .note.swp; kill -KILL $$");
    let told = told.unwrap_err();
    assert!(told.starts_with("sh ended with signal 9."), "{told}");
    assert_eq!(desk.left(), 0);
}
