//! The real program, run as a script runs it, in a temporary home.

mod backup;
mod bad;
mod contract;
mod diary;
mod doctor;
mod file;
#[cfg(any(debug_assertions, feature = "selftest"))]
mod given;
mod help;
mod line;
mod own;
mod passphrase;
mod past;
mod provision;
mod report;
mod storyline;
#[cfg(any(debug_assertions, feature = "selftest"))]
mod tries;
mod tuesday;
mod whom;

use sendesk::domain::form::{Kind, Value};
use sendesk::domain::school::School;
use sendesk::store::{Calibration, Desk, Places};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The passphrase of every desk made here.
const PASSPHRASE: &str = "larch kettle orbit moss";

/// The working date of every run.
const TODAY: &str = "2026-11-23";

/// A home of its own, removed at the end.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    /// A home with nothing in it.
    fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A desk under a passphrase at the least cost, which `pass` holds, and the school OAK.
    fn with_desk() -> Self {
        let home = Self::empty();
        let places = Places { data: home.desk() };
        let (mut desk, _) =
            Desk::create_with(&places, PASSPHRASE, "Ann Lister", "ann", Calibration::FLOOR)
                .unwrap();
        desk.add_school(&oakfield()).unwrap();
        home.private("pass", PASSPHRASE);
        home
    }

    /// A desk that opens without a passphrase, and four children of OAK: p1 Aisha Okafor and p2 Ada Owen in 5B, p3 Noah Brough in 3C,
    /// and p4 Zed Reid, who left in July.
    fn with_children() -> Self {
        let home = Self::empty();
        let mut desk = Desk::create_demo(&Places { data: home.desk() }, "Ann Lister").unwrap();
        desk.set_working_date(chrono::NaiveDate::from_ymd_opt(2026, 11, 23));
        desk.add_school(&oakfield()).unwrap();
        let mut store = desk.open_school("OAK").unwrap();
        for (surname, forename, class, left) in [
            ("Okafor", "Aisha", "5B", None),
            ("Owen", "Ada", "5B", None),
            ("Brough", "Noah", "3C", None),
            ("Reid", "Zed", "6A", Some("2026-07-17")),
        ] {
            let text = |text: &str| Some(Value::Text(text.to_owned()));
            let left = left.and_then(sendesk::domain::date::from_iso);
            let pupil = sendesk::domain::form::Values::from([
                ("surname", text(surname)),
                ("forename", text(forename)),
                ("class", text(class)),
                ("left_on", left.map(Value::Date)),
            ]);
            store
                .step("Add pupil", |writer| writer.add(Kind::Pupil, &pupil))
                .unwrap();
        }
        home
    }

    /// A kept demo: opens without a passphrase.
    fn with_demo() -> Self {
        let home = Self::empty();
        let desk = home.desk();
        home.case(&["demo", "--schools", "1", "--keep"])
            .arg(&desk)
            .ok();
        home
    }

    /// Where `SENDESK_HOME` points.
    fn desk(&self) -> PathBuf {
        self.path("desk")
    }

    /// A place in the home, beside the desk.
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file beside the desk.
    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// A file only the user can read.
    fn private(&self, name: &str, text: &str) -> PathBuf {
        let path = self.file(name, text);
        self.chmod(name, 0o600);
        path
    }

    fn chmod(&self, name: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    /// A run of the program. The passphrase comes from the file `pass` where there is one.
    fn case(&self, words: &[&str]) -> Case {
        self.case_on(TODAY, words)
    }

    /// A run on another working date.
    fn case_on(&self, today: &str, words: &[&str]) -> Case {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sendesk"));
        command.args(["--today", today]).args(words);
        Case::new(self, command)
    }

    /// A run of the program from a line of shell, in which `$S` is the program.
    fn shell(&self, line: &str) -> Case {
        let mut command = Command::new("sh");
        command
            .args(["-c", line])
            .env("S", env!("CARGO_BIN_EXE_sendesk"));
        Case::new(self, command)
    }

    /// The desk's files with what is in them, those beside an open database apart.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(&self.desk(), &mut found);
        found
    }
}

fn oakfield() -> School {
    School {
        name: "Oakfield Primary School".to_owned(),
        code: "OAK".to_owned(),
        ..School::default()
    }
}

fn collect(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, found);
        } else if !["-wal", "-shm", ".lock"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
}

/// One run, to be described and then judged.
struct Case {
    command: Command,
    input: Option<String>,
}

/// What a run came to.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Case {
    fn new(home: &Home, mut command: Command) -> Self {
        command
            .current_dir(home.folder.path())
            .env_remove("NO_COLOR")
            .env_remove("SENDESK_PASSPHRASE_FILE")
            .env("SENDESK_HOME", home.desk())
            .env("TZ", "UTC")
            .env("USER", "ann");
        if home.path("pass").exists() {
            command.env("SENDESK_PASSPHRASE_FILE", home.path("pass"));
        }
        Self {
            command,
            input: None,
        }
    }

    fn arg(mut self, word: impl AsRef<OsStr>) -> Self {
        self.command.arg(word);
        self
    }

    fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// What standard input holds; without it, nothing.
    fn input(mut self, text: &str) -> Self {
        self.input = Some(text.to_owned());
        self
    }

    fn run(mut self) -> Ran {
        let mut child = self
            .command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        // A run that reads nothing closes the pipe: no fault.
        let _ = input.write_all(self.input.unwrap_or_default().as_bytes());
        drop(input);
        let done = child.wait_with_output().unwrap();
        Ran {
            code: done.status.code().unwrap_or(-1),
            out: String::from_utf8(done.stdout).unwrap(),
            err: String::from_utf8(done.stderr).unwrap(),
        }
    }

    /// It went well; the answer.
    fn ok(self) -> String {
        let ran = self.run();
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        ran.out
    }

    /// It went well; the answer as JSON.
    fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.arg("--json").ok()).unwrap()
    }

    /// It ended with this code and one sentence of ours on standard error, which is given back.
    #[track_caller]
    fn refused(self, code: i32) -> String {
        let ran = self.run();
        assert_eq!(ran.code, code, "{}{}", ran.out, ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        assert!(ran.err.starts_with("sendesk: "), "{}", ran.err);
        ran.err
    }
}
