//! A small part of what `tests/faults` does at length, on the real program: kills, a file that may not grow, damage.
//!
//! `SEED=n` plays another course of the same.

#![cfg(any(debug_assertions, feature = "selftest"))]

mod keys;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

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
fn a_killed_session_loses_nothing_it_acknowledged() {
    let (mut dice, desk) = (Dice::new(1), Desk::demo("20"));
    let mut acked = BTreeSet::new();
    for round in 0..20 {
        let why = format!("seed {}, round {round}", dice.seed);
        let mut writer = desk.start(&["selftest", "write", "1000000"]);
        let mut said = String::new();
        // By turns at any moment from its start, and in the middle of its saves.
        if round % 2 == 0 {
            said = writer.line();
        }
        pause(&mut dice, Duration::from_millis(60));
        let (rest, midway) = writer.kill();
        assert!(midway, "{why}: nothing was left to kill");
        said.push_str(&rest);
        acked.extend(marked("ack ", &said));
        desk.check_holds(&acked, &why);
    }
    assert!(acked.len() >= 10, "only {} were acknowledged", acked.len());
}

#[test]
fn a_killed_import_is_there_whole_or_not_at_all() {
    let (mut dice, desk) = (Dice::new(2), Desk::demo("20"));
    let (school, before) = (desk.school(), marked("row ", &desk.check("before")));
    let import = ["selftest", "import", "2000"];
    let (mut midway, mut while_writing) = (0, 0);
    for round in 0..10 {
        let why = format!("seed {}, round {round}", dice.seed);
        let mut writer = desk.start(&import);
        let began = Instant::now();
        // It writes all of it at its end: by turns once the WAL has begun, and at any moment.
        while round % 2 == 0
            && waiting(&school) == 0
            && writer.child.try_wait().unwrap().is_none()
            && began.elapsed() < Duration::from_secs(30)
        {
            std::thread::sleep(Duration::from_micros(100));
        }
        pause(
            &mut dice,
            Duration::from_millis(if round % 2 == 0 { 8 } else { 400 }),
        );
        let (said, killed) = writer.kill();
        let acked = marked("ack ", &said);
        midway += usize::from(killed);
        while_writing += usize::from(killed && waiting(&school) > 0);
        desk.check_holds(&acked, &why);
        let after = marked("row ", &desk.check(&why));
        assert_eq!((after.len() - before.len()) % 2000, 0, "{why}");
    }
    assert!(
        midway >= 5 && while_writing >= 1,
        "{midway} killed, {while_writing} in a write"
    );
    let acked = marked("ack ", &text(&desk.run(&import)));
    assert_eq!(acked.len(), 2000);
    desk.check_holds(&acked, "an import left alone");
}

#[test]
fn a_killed_opening_of_an_old_file_leaves_what_it_held() {
    let mut dice = Dice::new(3);
    for version in 1..=2 {
        let old = Desk::of_version(version);
        let clean = old.copy();
        let began = Instant::now();
        assert!(!marked("ack ", &text(&clean.run(&["selftest", "open"]))).is_empty());
        let (taken, whole) = (began.elapsed(), clean.check("left alone"));
        let mut midway = 0;
        for round in 0..8 {
            let (why, desk) = (
                format!("seed {}, version {version}, round {round}", dice.seed),
                old.copy(),
            );
            let writer = desk.start(&["selftest", "open"]);
            pause(&mut dice, taken);
            midway += usize::from(writer.kill().1);
            // The digests of all tables, and how many steps the journal has.
            assert_eq!(desk.check(&why), whole, "{why}");
        }
        assert!(midway > 0, "nothing was killed midway");
    }
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
fn a_damaged_copy_is_refused_in_words_or_holds_all_it_held() {
    let (mut dice, desk) = (Dice::new(5), Desk::demo("20"));
    let whole = desk.check("before");
    let mut refused = 0;
    for round in 0..30 {
        let copy = desk.copy();
        let paths = [
            copy.school(),
            copy.school(),
            copy.home().join("desk.db"),
            copy.home().join("desk.keys"),
        ];
        let path = &paths[round % paths.len()];
        let mut bytes = fs::read(path).unwrap();
        let at = dice.below(bytes.len());
        let kind = *dice.one(&["a bit", "a page", "its end", "a tail"]);
        match kind {
            "a bit" => bytes[at] ^= 1 << dice.below(8),
            "a page" => {
                let page = at / 4096 * 4096;
                let end = bytes.len().min(page + 4096);
                bytes[page..end].fill(0);
            }
            "its end" => bytes.truncate(at),
            _ => bytes.extend((0..at % 9000).map(|_| dice.below(256) as u8)),
        }
        fs::write(path, bytes).unwrap();
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
    assert!(refused >= 10, "only {refused} were refused");
}

#[test]
fn the_check_finds_what_is_not_sound() {
    let desk = Desk::demo("20");
    let out = desk.run(&["selftest", "write", "3"]);
    let acked: Vec<String> = text(&out).lines().map(str::to_owned).collect();
    assert_eq!(acked.len(), 6, "{acked:?}");
    assert_eq!(acked[0], "ack p21");
    let whole = desk.check("after a save");
    assert!(
        whole.contains("row p21\n") && whole.contains("table pupil "),
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
