//! A small part of what `tests/faults` does at length, on the real program: kills, a file that may not grow, damage, power
//! cuts, twenty writers.
//!
//! `SEED=n` plays another course of the same.

#![cfg(any(debug_assertions, feature = "selftest"))]

mod damage;
mod keys;
mod kill;
mod script;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::Duration;

/// Chance from a seed.
struct Dice {
    seed: u64,
    chance: ChaCha8Rng,
}

impl Dice {
    /// The seed of the environment, or else this one.
    fn new(seed: u64) -> Self {
        let told = std::env::var("SEED").ok();
        let seed = told.and_then(|text| text.parse().ok()).unwrap_or(seed);
        Self {
            seed,
            chance: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    /// A number from 0 up to, not including, the end.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.chance.next_u64() % end as u64).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A desk in a folder of its own.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// A demo, with this many pupils.
    fn demo(pupils: &str) -> Self {
        let desk = Self::nowhere();
        let home = desk.home();
        let words = [
            "demo",
            "--pupils",
            pupils,
            "--today",
            "2026-11-24",
            "--keep",
        ];
        let mut command = desk.command(&words);
        assert!(command.arg(home).output().unwrap().status.success());
        desk
    }

    /// A school in the shape of a version.
    fn of_version(version: u32) -> Self {
        let desk = Self::nowhere();
        let shape = format!("{}/tests/data/v{version}.sql", env!("CARGO_MANIFEST_DIR"));
        let made = desk.run(&["selftest", "make", "--shape", &shape]);
        assert!(made.status.success(), "{made:?}");
        desk
    }

    fn nowhere() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// The same again, to be damaged.
    fn copy(&self) -> Self {
        let copy = Self::nowhere();
        fs::create_dir_all(copy.home().join("schools")).unwrap();
        for name in ["desk.db", "desk.keys"] {
            fs::copy(self.home().join(name), copy.home().join(name)).unwrap();
        }
        let school = self.school();
        let name = school.file_name().unwrap();
        fs::copy(&school, copy.home().join("schools").join(name)).unwrap();
        copy
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// The file of its one school.
    fn school(&self) -> PathBuf {
        let names = fs::read_dir(self.home().join("schools")).unwrap();
        let mut paths = names.map(|entry| entry.unwrap().path());
        paths
            .find(|path| path.extension().is_some_and(|end| end == "db"))
            .unwrap()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sendesk"));
        command.args(words);
        self.settle(command)
    }

    /// As `command`, where no file may grow past so many blocks of 512 bytes.
    fn limited(&self, blocks: u64, words: &[&str]) -> Command {
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!("ulimit -f {blocks}; exec \"$0\" \"$@\"")])
            .arg(env!("CARGO_BIN_EXE_sendesk"))
            .args(words);
        self.settle(command)
    }

    fn settle(&self, mut command: Command) -> Command {
        command
            .env("SENDESK_HOME", self.home())
            .env("TMPDIR", self.folder.path())
            .stdin(Stdio::null());
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Starts a writer.
    fn start(&self, words: &[&str]) -> Writer {
        let mut command = self.command(words);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Writer { child, out }
    }

    /// What the check finds, which must find nothing wrong.
    #[track_caller]
    fn check(&self, why: &str) -> String {
        let check = self.run(&["selftest", "check"]);
        let told = String::from_utf8_lossy(&check.stderr);
        assert!(check.status.success(), "{why}: {told}");
        text(&check)
    }

    /// The check, and that all of these are there.
    #[track_caller]
    fn check_holds(&self, acked: &BTreeSet<String>, why: &str) {
        let rows = marked("row ", &self.check(why));
        let lost: Vec<&String> = acked.difference(&rows).collect();
        assert!(
            lost.is_empty(),
            "{why}: {lost:?} were acknowledged and are lost"
        );
    }
}

/// A writer that runs.
struct Writer {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Writer {
    /// Waits for one line more.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }

    /// Kills it, and gives what it had said since; and whether it was still at it.
    fn kill(mut self) -> (String, bool) {
        let ended = self.child.try_wait().unwrap().is_some();
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let mut said = String::new();
        self.out.read_to_string(&mut said).unwrap();
        (said, !ended)
    }
}

/// Bytes waiting in the WAL of a school.
fn waiting(school: &Path) -> u64 {
    fs::metadata(school.with_extension("db-wal")).map_or(0, |file| file.len())
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What stands behind a mark at the beginning of a line. A last line without its end may be cut short.
fn marked(mark: &str, text: &str) -> BTreeSet<String> {
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let marked = whole.lines().filter_map(|line| line.strip_prefix(mark));
    marked.map(str::to_owned).collect()
}

/// What a check tells of rows and tables, and how many steps there are; not the steps themselves, whose moments differ.
fn held(check: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = check.lines().collect();
    lines.retain(|line| !line.starts_with("step "));
    lines
}

fn pause(dice: &mut Dice, most: Duration) {
    let part = u32::try_from(dice.below(1000)).unwrap();
    std::thread::sleep(most * part / 1000);
}

/// A refusal is a sentence of ours and nothing else.
#[track_caller]
fn assert_told(ended: &Output, why: &str) -> String {
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(
        ended
            .status
            .code()
            .is_some_and(|code| (1..=4).contains(&code)),
        "{why}: {ended:?}"
    );
    assert!(
        told.starts_with("sendesk: ") && !told.contains("panicked"),
        "{why}: {told}"
    );
    told
}

#[test]
fn a_file_that_may_not_grow_refuses_in_words_and_keeps_the_rest() {
    let (mut full, mut kept) = (0, 0);
    for (words, old) in [
        (["write", "2000"], false),
        (["import", "300"], false),
        (["open", ""], true),
    ] {
        let first = if old {
            Desk::of_version(1)
        } else {
            Desk::demo("20")
        };
        let whole = fs::metadata(first.school()).unwrap().len().div_ceil(512);
        let words: Vec<&str> = ["selftest"]
            .into_iter()
            .chain(words)
            .filter(|word| !word.is_empty())
            .collect();
        for more in [0, 16, 64, 160, 400] {
            let desk = first.copy();
            let blocks = if more == 0 { 40 } else { whole / 2 + more };
            let why = format!("{words:?} within {blocks} blocks");
            let ended = desk.limited(blocks, &words).output().unwrap();
            let acked = marked("ack ", &text(&ended));
            if !ended.status.success() {
                let told = assert_told(&ended, &why);
                let known = ["took no more", "can only be read", "may not open"];
                assert!(
                    known.iter().any(|words| told.contains(words)),
                    "{why}: {told}"
                );
                full += 1;
            }
            kept += acked.len();
            desk.check_holds(&acked, &why);
            // With room again it goes on.
            let again = desk.run(
                &words[..2]
                    .iter()
                    .copied()
                    .chain((!old).then_some("1"))
                    .collect::<Vec<_>>(),
            );
            assert!(again.status.success(), "{why}: {again:?}");
        }
    }
    assert!(full >= 6 && kept > 0, "{full} were refused, {kept} kept");
}

#[test]
fn the_check_finds_what_is_not_sound() {
    let desk = Desk::demo("20");
    let out = desk.run(&["selftest", "write", "3"]);
    let acked: Vec<String> = text(&out).lines().map(str::to_owned).collect();
    assert_eq!(acked.len(), 6, "{acked:?}");
    assert!(acked[0].starts_with("ack p21 "), "{acked:?}");
    let whole = desk.check("after a save");
    assert!(
        whole.contains("\nrow p21 ") && whole.contains("table pupil "),
        "{whole}"
    );
    // A pupil more of the last import than there are rows in it.
    desk.run(&["selftest", "import", "3"]);
    let torn = [
        "new",
        "pupil",
        "surname=Selftest",
        "forename=Zed",
        "class=49 of 3",
    ];
    assert!(desk.run(&torn).status.success());
    let told = assert_told(&desk.run(&["selftest", "check"]), "a torn import");
    assert!(told.contains("Of the import \"49 of 3\""), "{told}");
}
