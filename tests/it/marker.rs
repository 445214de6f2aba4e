//! A word that is typed into every field of a whole session, and is then readable nowhere outside the program.

use super::pty::Terminal;
use portable_pty::CommandBuilder;
use sendesk::domain::school::School;
use sendesk::store::{Calibration, Desk, Places};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

const PASSPHRASE: &str = "larch kettle orbit moss";

/// The largest file that is read; nothing of ours comes near it.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Now, as the file system has it.
fn now() -> SystemTime {
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().metadata().unwrap().modified().unwrap()
}

/// Sixteen letters that no file holds by itself, this test's source included.
fn marker() -> String {
    let since = now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let mut chance = u64::from(std::process::id()) ^ since.as_nanos() as u64;
    let mut letter = |consonants: &[u8]| {
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(consonants[(chance >> 33) as usize % consonants.len()])
    };
    (0..16).map(|_| letter(b"BCDFGHJKLMNPQRSTVWXZ")).collect()
}

/// A form the word may lie in.
struct Shape {
    name: &'static str,
    bytes: Vec<u8>,
    /// Letters of either case are the same.
    any_case: bool,
}

/// As text, as UTF-16, as hex, and in base64 at each of its three places.
fn shapes(marker: &str) -> Vec<Shape> {
    let lower = marker.to_ascii_lowercase();
    let title = format!("{}{}", &marker[..1], &lower[1..]);
    let mut shapes = vec![
        Shape {
            name: "plain",
            bytes: lower.clone().into_bytes(),
            any_case: true,
        },
        Shape {
            name: "UTF-16",
            bytes: lower.bytes().flat_map(|byte| [byte, 0]).collect(),
            any_case: true,
        },
    ];
    for text in [marker, &lower, &title] {
        let hex = text.bytes().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        shapes.push(Shape {
            name: "hex",
            bytes: hex.into_bytes(),
            any_case: true,
        });
        for before in 0..3 {
            shapes.push(Shape {
                name: "base64",
                bytes: base64_at(text.as_bytes(), before),
                any_case: false,
            });
        }
    }
    shapes
}

/// The letters of base64 that hang on the word alone, with so many bytes before it.
fn base64_at(word: &[u8], before: usize) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bit = |at: usize| -> usize {
        let byte = (at / 8).checked_sub(before).and_then(|at| word.get(at));
        usize::from(byte.is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1))
    };
    let (first, end) = ((before * 8).div_ceil(6), (before + word.len()) * 8 / 6);
    (first..end)
        .map(|at| LETTERS[(0..6).fold(0, |number, one| number << 1 | bit(at * 6 + one))])
        .collect()
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == wanted[0]) {
        if rest[at..].starts_with(wanted) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// In which shapes the word lies in these bytes.
fn found_in(bytes: &[u8], shapes: &[Shape]) -> Vec<&'static str> {
    let lower = bytes.to_ascii_lowercase();
    let there = |shape: &&Shape| holds(if shape.any_case { &lower } else { bytes }, &shape.bytes);
    shapes
        .iter()
        .filter(there)
        .map(|shape| shape.name)
        .collect()
}

/// Every file below a folder that was changed since; what goes meanwhile is passed over.
fn files_below(folder: &Path, since: SystemTime, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() {
            files_below(&entry.path(), since, found);
        } else if kind.is_file()
            && let Ok(about) = entry.metadata()
            && about.len() <= LARGEST
            && about.modified().is_ok_and(|at| at >= since)
        {
            found.push(entry.path());
        }
    }
}

/// Where the word is readable: the name of the file and the shape.
fn search(folders: &[&Path], since: SystemTime, shapes: &[Shape]) -> Vec<String> {
    let mut files = Vec::new();
    for folder in folders {
        files_below(folder, since, &mut files);
    }
    let mut hits = Vec::new();
    for path in files {
        let name = path.to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap_or_default();
        for (what, bytes) in [("in", &bytes[..]), ("the name of", name.as_bytes())] {
            let shapes = found_in(bytes, shapes);
            hits.extend(shapes.iter().map(|shape| format!("{shape} {what} {name}")));
        }
    }
    hits
}

/// What was sent to the terminal as a title, or as anything else of its operating system commands.
fn commands_in(heard: &str) -> Vec<&str> {
    let parts = heard.split("\x1b]").skip(1);
    parts
        .map(|part| part.split(['\x07', '\x1b']).next().unwrap_or_default())
        .collect()
}

/// A session on a desk of its own, its home and every folder a program may use below one.
struct Session {
    home: PathBuf,
    terminal: Terminal,
    marker: String,
}

impl Session {
    fn start(marker: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().to_path_buf();
        let places = Places {
            data: home.join("data/sendesk"),
        };
        let (mut desk, _) =
            Desk::create_with(&places, PASSPHRASE, "Ms Pratt", "pratt", Calibration::FLOOR)
                .unwrap();
        let school = School::read("Oakfield Primary", "OAK", None, None, None).unwrap();
        desk.add_school(&school).unwrap();
        drop(desk);
        for name in ["tmp", "run"] {
            fs::create_dir(home.join(name)).unwrap();
        }
        // It saves as well, in the folder it is in: what such an editor leaves must go too.
        fs::write(
            home.join("ed"),
            "cp \"$1\" .swp; cp \"$1\" \"$TMPDIR/4913\"; echo more >>\"$1\"\n",
        )
        .unwrap();
        let mut command = CommandBuilder::new("env");
        command.args(["-u", "SENDESK_HOME"]);
        for (name, value) in Self::environment(&home) {
            command.arg(format!("{name}={value}"));
        }
        command.arg(env!("CARGO_BIN_EXE_sendesk"));
        let terminal = Terminal::spawn(folder, command);
        Self {
            home,
            terminal,
            marker: marker.to_owned(),
        }
    }

    fn environment(home: &Path) -> Vec<(&'static str, String)> {
        let below = |name: &str| home.join(name).to_string_lossy().into_owned();
        vec![
            ("HOME", below("")),
            ("TMPDIR", below("tmp")),
            ("XDG_DATA_HOME", below("data")),
            ("XDG_CONFIG_HOME", below("config")),
            ("XDG_STATE_HOME", below("state")),
            ("XDG_CACHE_HOME", below("cache")),
            ("XDG_RUNTIME_DIR", below("run")),
        ]
    }

    /// Sends keys, the word in place of a hash, and waits until the screen shows this.
    fn keys(&mut self, keys: &str, until: &str) {
        self.terminal.send(&keys.replace('#', &self.marker));
        self.terminal.wait_for(until);
    }

    /// Opens a form or a line, types the word into every field, and leaves it as a draft or not at all.
    fn fill(&mut self, opening: &str, title: &str, fields: usize) {
        self.keys(opening, title);
        assert!(self.terminal.screen().contains("TYPE"), "{opening:?}");
        // A filter, a finder or a path has one field, which a Tab may leave.
        let typed = if fields > 1 {
            "#\t".repeat(fields)
        } else {
            "#".to_owned()
        };
        self.keys(&typed, "TYPE");
        // An escape with another key close behind would be an Alt.
        for _ in 0..4 {
            self.terminal.send("\x1b");
            std::thread::sleep(Duration::from_millis(150));
            if self.terminal.screen().contains("NAV") {
                return;
            }
        }
        panic!("after {opening:?}:\n{}", self.terminal.screen());
    }

    /// The same program from the shell.
    fn shell(&self, words: &[&str]) -> String {
        let pass = self.home.join("pass");
        let mut options = fs::OpenOptions::new();
        let mut file = options
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&pass)
            .unwrap();
        file.write_all(PASSPHRASE.as_bytes()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_sendesk"));
        command.args(words).args(["--passphrase-file"]).arg(pass);
        command
            .env_remove("SENDESK_HOME")
            .envs(Self::environment(&self.home));
        let out = command.output().unwrap();
        assert!(
            out.status.success(),
            "{}",
            String::from_utf8_lossy(&out.stderr)
        );
        String::from_utf8_lossy(&out.stdout).into_owned()
    }
}

#[test]
fn a_word_typed_into_every_field_is_readable_nowhere_outside_the_program() {
    let (began, marker) = (now() - Duration::from_secs(1), marker());
    let shapes = shapes(&marker);
    let mut desk = Session::start(&marker);
    let home = desk.home.clone();
    let everywhere = [
        &*home,
        Path::new("/tmp"),
        Path::new("/var/tmp"),
        Path::new("/dev/shm"),
    ];

    // The passphrase: a wrong one first.
    desk.terminal.wait_for("Locked");
    desk.keys("#\r", "does not open");
    desk.keys(&format!("{PASSPHRASE}\r"), "NAV");

    // Saved: a child, an entry with its follow-up, a line.
    desk.keys("1n", "TYPE");
    desk.keys("#\t#\r", "1 of 1");
    desk.keys("cn", "TYPE");
    desk.keys("#\tfri\t#\r", "NAV");
    desk.keys("a", "TYPE");
    desk.keys("@# note: # > fri #\r", "NAV");
    // A task of the user's own, in the desk's own file.
    desk.keys("0t0", "New task: your own");
    desk.keys("#\t\t\t#\r", "Added task, your own");
    // Left as drafts, or refused: every field of every form.
    for (opening, title, fields) in [
        ("1n", "New pupil", 10),
        ("e", "Pupil:", 10),
        ("cp", "Phone call:", 12),
        ("cg", "In person:", 12),
        ("cs", "Safeguarding:", 12),
        ("t", "New task:", 6),
        ("bs", "New SEN status:", 4),
        ("bn", "New need:", 5),
        ("bp", "New person:", 14),
        (":new staff\r", "New member of staff at", 5),
        (":new rate\r", "New rate at", 5),
        (":new provision type\r", "New provision type at", 9),
        (":new term\r", "New term at", 4),
        (":new closure\r", "New closure at", 3),
        ("0t0", "New task: your own", 5),
    ] {
        desk.fill(opening, title, fields);
    }
    // Looked for: the filter of each pane, the finder, the palette, help, the path of a list.
    for (opening, title) in [
        ("1/", "TYPE"),
        ("2/", "TYPE"),
        ("3/", "TYPE"),
        ("4/", "TYPE"),
        ("1f", "Find a pupil"),
        (":", "Any command"),
        ("?", "Help: every key"),
        (":import\r", "Bring in a pupil list"),
        ("p", "Put on provision:"),
    ] {
        desk.fill(opening, title, 1);
    }
    // In the user's editor.
    desk.keys("1cn", "TYPE");
    desk.keys("#\x18", "more");
    desk.terminal.send("\x1b");
    desk.terminal.wait_for("The draft is kept");
    desk.keys(":back up\r", "acked up");

    // In the middle of a form, and locked over it.
    desk.keys("cn", "TYPE");
    desk.keys("# and #", "TYPE");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(
        search(&everywhere, began, &shapes),
        Vec::<String>::new(),
        "while a form is open"
    );
    desk.keys("\x0c", "Locked");
    assert!(
        !desk
            .terminal
            .screen()
            .to_ascii_uppercase()
            .contains(&marker)
    );
    assert_eq!(
        search(&everywhere, began, &shapes),
        Vec::<String>::new(),
        "while it is locked"
    );
    desk.keys(&format!("{PASSPHRASE}\r"), "TYPE");
    desk.keys("\x1b", "The draft is kept");
    desk.terminal.send("qq");
    desk.terminal.end();

    assert_eq!(
        search(&everywhere, began, &shapes),
        Vec::<String>::new(),
        "after the end"
    );
    let heard = desk.terminal.heard();
    let commands = commands_in(&heard);
    assert!(!commands.is_empty(), "no title was sent");
    for command in commands {
        assert!(
            found_in(command.as_bytes(), &shapes).is_empty(),
            "{command:?} was sent to the terminal"
        );
    }
    // It was there all the time: on the screen, and on file for who has the passphrase.
    assert!(heard.to_ascii_uppercase().contains(&marker));
    for noun in ["pupils", "diary", "tasks"] {
        let listed = desk.shell(&["list", noun]);
        assert!(
            listed.to_ascii_uppercase().contains(&marker[..8]),
            "{noun}: {listed}"
        );
    }
    let own = desk.shell(&["list", "tasks", "--school", "ME"]);
    assert!(own.to_ascii_uppercase().contains(&marker[..8]), "{own}");
    assert!(!desk.shell(&["backup", "--all"]).is_empty());
    assert_eq!(
        search(&everywhere, began, &shapes),
        Vec::<String>::new(),
        "after the shell"
    );

    // Were it readable, it would be found: each shape in a file of its own.
    for (number, shape) in shapes.iter().enumerate() {
        let path = home.join(format!("state-{number}"));
        let text = [b"xx", &shape.bytes[..], b"yy"].concat();
        fs::write(&path, text).unwrap();
        let hits = search(&[&home], began, &shapes);
        assert!(!hits.is_empty(), "{} is not found", shape.name);
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn the_search_knows_base64_wherever_the_word_begins() {
    assert_eq!(base64_at(b"Marmalade", 0), b"TWFybWFsYWRl");
    // "xMarmalade" is eE1hcm1hbGFkZQ==, "xxMarmalade" eHhNYXJtYWxhZGU=.
    assert_eq!(base64_at(b"Marmalade", 1), b"1hcm1hbGFkZ");
    assert_eq!(base64_at(b"Marmalade", 2), b"NYXJtYWxhZG");
}
