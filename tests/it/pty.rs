//! What only a real terminal shows: modes taken and given back, type-ahead, resize, paste. Fewer than ten, each slow.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::fs;
use std::io::{Read, Write};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub(super) const SENDESK: &str = env!("CARGO_BIN_EXE_sendesk");
const ALTERNATE: (&str, &str) = ("\x1b[?1049h", "\x1b[?1049l");
const FRAME: (&[u8], &[u8]) = (b"\x1b[?2026h", b"\x1b[?2026l");
const PASTE: (&str, &str) = ("\x1b[?2004h", "\x1b[?2004l");
// Long enough for a machine that builds something else meanwhile.
const LONGEST: Duration = Duration::from_mins(1);

/// What every first frame of the demo holds, and nothing that is printed before it.
pub(super) const FIRST: &str = "Provision";

pub(super) struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    bytes: Arc<Mutex<Vec<u8>>>,
    listener: Option<JoinHandle<()>>,
    /// From then on the listener ends with the next thing it hears.
    deaf: Arc<AtomicBool>,
    /// The modes before sendesk was started.
    pub(super) before: String,
    pub(super) home: tempfile::TempDir,
    size: (u16, u16),
}

impl Terminal {
    /// Starts sendesk with these arguments in a temporary home; nothing is waited for.
    pub(super) fn start(arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let kept = home.path().join("kept").to_string_lossy().into_owned();
        let arguments: Vec<String> = arguments
            .iter()
            .map(|text| text.replace("{kept}", &kept))
            .collect();
        let mut command = CommandBuilder::new(SENDESK);
        command.args(&arguments);
        Self::spawn(home, command)
    }

    /// Starts a command in a temporary home, its environment made new; nothing is waited for.
    pub(super) fn spawn(home: tempfile::TempDir, mut command: CommandBuilder) -> Self {
        let size = (80, 24);
        let pair = native_pty_system()
            .openpty(PtySize {
                rows: size.1,
                cols: size.0,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        // What a test may ask of a build for tests.
        command.env("SENDESK_SELFTEST_READ_MEMORY", "1");
        command.env("PATH", "/usr/bin:/bin");
        command.env(
            "EDITOR",
            format!("sh '{}'", home.path().join("ed").display()),
        );
        command.env("SENDESK_HOME", home.path().join("home"));
        let before = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&bytes);
        let deaf = Arc::new(AtomicBool::new(false));
        let until = Arc::clone(&deaf);
        let listener = std::thread::spawn(move || {
            let mut part = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut part) {
                heard.lock().unwrap().extend_from_slice(&part[..count]);
                if until.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self {
            master: Some(pair.master),
            writer: Some(writer),
            child,
            bytes,
            listener: Some(listener),
            deaf,
            before,
            home,
            size,
        }
    }

    /// The demo, its first frame waited for.
    fn demo() -> Self {
        let mut terminal = Self::start(&["demo", "--keep", "{kept}", "--today", "2026-11-23"]);
        terminal.wait_for(FIRST);
        terminal
    }

    /// Its process.
    pub(super) fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub(super) fn heard(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap()).into_owned()
    }

    pub(super) fn screen(&self) -> String {
        let mut parser = vt100::Parser::new(
            std::num::NonZeroU16::new(self.size.1).unwrap(),
            std::num::NonZeroU16::new(self.size.0).unwrap(),
            0,
        );
        parser.process(whole_frames(&self.bytes.lock().unwrap()));
        parser.screen().contents()
    }

    pub(super) fn send(&mut self, text: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(text.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    pub(super) fn wait(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !holds(self) {
            assert!(
                began.elapsed() < LONGEST,
                "waited for {what}; the screen is\n{}",
                self.screen()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(super) fn wait_for(&mut self, text: &str) {
        self.wait(text, |terminal| terminal.screen().contains(text));
    }

    /// Closes the window: nobody holds the terminal's other end any more.
    fn close(&mut self) {
        self.deaf.store(true, Ordering::SeqCst);
        // Another frame wakes the listener, which holds that end too.
        self.send("?");
        self.listener.take().unwrap().join().unwrap();
        self.writer = None;
        self.master = None;
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", name, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits for the end; how long it took.
    pub(super) fn end(&mut self) -> Duration {
        let began = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < LONGEST, "did not end");
            std::thread::sleep(Duration::from_millis(5));
        }
        began.elapsed()
    }

    pub(super) fn assert_given_back(&self) {
        self.wait("the terminal given back", |terminal| {
            let heard = terminal.heard();
            [ALTERNATE, PASTE]
                .iter()
                .all(|(on, off)| match (heard.rfind(on), heard.rfind(off)) {
                    (Some(on), Some(off)) => on < off,
                    (on, _) => on.is_none(),
                })
        });
        assert!(
            self.heard().contains(ALTERNATE.0),
            "the alternate screen was never taken"
        );
        let cursor = self.heard();
        assert!(
            cursor.rfind("\x1b[?25h") > cursor.rfind("\x1b[?25l"),
            "the cursor is still hidden"
        );
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What was heard up to the end of the last whole frame. A terminal shows a frame all at once; the reader may have it by
/// halves.
fn whole_frames(heard: &[u8]) -> &[u8] {
    let last = |mark: &[u8]| heard.windows(mark.len()).rposition(|part| part == mark);
    match (last(FRAME.0), last(FRAME.1)) {
        (Some(on), off) if off.is_none_or(|off| off < on) => &heard[..on],
        _ => heard,
    }
}

/// How the terminal's line discipline stands, as `stty -a` prints it.
fn modes(master: &dyn MasterPty) -> String {
    let name = master.tty_name().unwrap();
    let out = Command::new("stty")
        .arg("-F")
        .arg(name)
        .arg("-a")
        .output()
        .unwrap();
    String::from_utf8_lossy(&out.stdout).into_owned()
}

#[test]
fn quitting_gives_the_terminal_back_as_it_was() {
    let mut terminal = Terminal::start(&["demo", "--keep", "{kept}"]);
    terminal.wait_for(FIRST);
    let now = |terminal: &Terminal| modes(terminal.master.as_deref().unwrap());
    assert_ne!(now(&terminal), terminal.before, "raw mode was never taken");
    terminal.send("q");
    terminal.wait_for("q again quits");
    terminal.send("q");
    terminal.wait("raw mode given back", |terminal| {
        now(terminal) == terminal.before
    });
    terminal.end();
    terminal.assert_given_back();
}

#[test]
fn signals_and_a_closed_window_end_it_and_the_terminal_is_given_back() {
    for name in ["TERM", "HUP", "INT", "QUIT"] {
        let mut terminal = Terminal::demo();
        terminal.signal(name);
        let took = terminal.end();
        assert!(took < Duration::from_secs(2), "{name}: {took:?}");
        terminal.assert_given_back();
        terminal.wait("raw mode given back", |terminal| {
            modes(terminal.master.as_deref().unwrap()) == terminal.before
        });
    }
    // A closed window: nobody is left to give anything back to.
    let mut terminal = Terminal::demo();
    terminal.close();
    let took = terminal.end();
    assert!(took < Duration::from_secs(2), "{took:?}");
}

/// Keys pressed before anything was drawn open a form, fill it, save it and show it in the diary. A paste in a list is
/// text: it opens the add line, and nothing of it runs.
#[test]
fn keys_typed_before_the_first_frame_act_and_a_paste_is_text() {
    let mut terminal = Terminal::start(&["demo", "--keep", "{kept}", "--today", "2026-11-23"]);
    terminal.send("cnTyped far ahead\r3/ahead\r");
    terminal.wait_for("filter \"ahead\"");
    terminal.wait_for("Typed far ahead");
    terminal.send("\x1b[200~qq x\nD\x1b[201~");
    terminal.wait_for("qq x D");
    terminal.wait_for("Add at");
    terminal.send("\x15/\x1b[200~no such\nchild\x1b[201~");
    terminal.wait_for("no such child");
}

/// As a terminal without bracketed paste sends it: into the box that has the caret, in more pieces than one read takes, and
/// over a list; nothing of it runs.
#[test]
fn lines_pasted_without_a_mark_are_text() {
    let mut terminal = Terminal::demo();
    terminal.send("1gg");
    terminal.wait_for("On roll");
    let list = terminal.screen();
    terminal.send("cn");
    terminal.wait_for("File note:");
    let lines: Vec<String> = (1..400)
        .map(|n| format!("D u x line {n} of words\r"))
        .collect();
    let lines = lines.concat();
    assert!(lines.len() > 2 * 4095);
    terminal.send(&format!("{lines}The end of it"));
    terminal.wait_for("The end of it");
    terminal.wait_for("nothing was run");
    terminal.send("\x1b");
    terminal.wait_for("draft is kept");
    terminal.send("qq x\rD u of two lines\r");
    terminal.wait_for("qq x D u of two lines");
    terminal.wait_for("Add at");
    terminal.send("\x15\x1b");
    terminal.wait("the list as it was", |terminal| {
        terminal.screen().lines().nth(5) == list.lines().nth(5)
    });
}

/// Typing without a pause and a kill in the midst of it: all but the last few seconds comes back.
#[test]
fn steady_typing_is_kept_before_a_pause_comes() {
    let mut terminal = Terminal::demo();
    terminal.send("1ggcn");
    terminal.wait_for("File note:");
    for word in 0..120 {
        terminal.send(&format!("w{word} "));
        std::thread::sleep(Duration::from_millis(50));
    }
    terminal.signal("KILL");
    terminal.end();
    let kept = terminal.home.path().join("kept");
    let mut command = CommandBuilder::new(SENDESK);
    command.args(["demo", "--keep"]);
    command.arg(&kept);
    command.args(["--today", "2026-11-23"]);
    let mut again = Terminal::spawn(tempfile::tempdir().unwrap(), command);
    again.wait_for("A draft is kept from before");
    again.send(":drafts\r\r");
    again.wait_for("the draft you left");
    let screen = again.screen();
    let words = screen.split_whitespace();
    let kept = words.filter_map(|word| word.strip_prefix('w')?.parse().ok());
    assert!(kept.max() >= Some(30), "{screen}");
}

/// Signs and a theme of the user's own, in a demo that is not kept too, and what is wrong with it; a new size is drawn
/// whole.
#[test]
fn a_new_size_is_drawn_whole_and_a_demo_as_the_user_has_it_set() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("home/themes")).unwrap();
    let settings = "glyphs = \"ascii\"\ntheme = \"harbour\"\n";
    fs::write(home.path().join("home/config.toml"), settings).unwrap();
    let theme = "inherits = \"paper\"\n[list]\ncurser = \"red\"\n";
    fs::write(home.path().join("home/themes/harbour.toml"), theme).unwrap();
    let mut command = CommandBuilder::new(SENDESK);
    command.args(["demo", "--pupils", "9"]);
    let mut terminal = Terminal::spawn(home, command);
    terminal.wait_for(FIRST);
    let screen = terminal.screen();
    assert!(
        screen.contains("-----") && !screen.contains('─'),
        "{screen}"
    );
    let fault = "harbour.toml, line 3: \"list.curser\" is no role";
    assert!(screen.contains(fault), "{screen}");
    // The ground of paper, as a terminal of 256 colours has it.
    assert!(terminal.heard().contains("48;5;231"));
    let from = terminal.bytes.lock().unwrap().len();
    terminal.size = (120, 40);
    let size = PtySize {
        rows: 40,
        cols: 120,
        pixel_width: 0,
        pixel_height: 0,
    };
    terminal.master.as_ref().unwrap().resize(size).unwrap();
    terminal.wait("a frame of 40 rows", |terminal| {
        let mut parser = vt100::Parser::new(
            std::num::NonZeroU16::new(40).unwrap(),
            std::num::NonZeroU16::new(120).unwrap(),
            0,
        );
        parser.process(whole_frames(&terminal.bytes.lock().unwrap()[from..]));
        let last: String = parser.screen().rows(0, 120).last().unwrap_or_default();
        last.contains("NAV")
    });
}

/// No key is sent between the save and its sight, and nothing else is due then: what is drawn is the watch's doing.
#[test]
fn another_sessions_save_is_seen_without_a_key_and_nothing_is_asked_of_the_terminal() {
    let mut terminal = Terminal::demo();
    let kept = terminal.home.path().join("kept");
    let shell = |words: &[&str]| {
        let out = Command::new(SENDESK)
            .args(words)
            .env("SENDESK_HOME", &kept)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.success(), "{told}");
    };
    terminal.send("1/aaronson\r");
    terminal.wait_for("shown by \"aaronson\"");
    shell(&["new", "pupil", "surname=Aaronson", "forename=Zed"]);
    terminal.wait_for("Aaronson, Zed");
    terminal.send("\r3");
    terminal.wait_for("by when it happened");
    shell(&["add", "@zed note: Heard from the shell > fri ring back"]);
    terminal.wait_for("Heard from the");
    let heard = terminal.heard();
    for query in [
        "\x1b[6n",
        "\x1b[c",
        "\x1b[>c",
        "\x1b]10;?",
        "\x1b]11;?",
        "\x1b[?u",
        "\x1b[5n",
    ] {
        assert!(!heard.contains(query), "{query:?} was sent");
    }
    // Nobody said which ground it has: only the sixteen colours of its own palette were used.
    let mut colours = 0;
    for colour in heard.split("8;5;").skip(1) {
        let number: String = colour.chars().take_while(char::is_ascii_digit).collect();
        assert!(number.parse::<u8>().unwrap() < 16, "{number} was sent");
        colours += 1;
    }
    assert!(colours > 0 && !heard.contains("8;2;"), "{heard}");
}

#[test]
fn a_panic_gives_the_terminal_back_and_tells_no_data() {
    let mut terminal = Terminal::start(&["selftest", "panic"]);
    terminal.wait("the alternate screen", |terminal| {
        terminal.heard().contains(ALTERNATE.0)
    });
    terminal.send("x");
    terminal.end();
    terminal.assert_given_back();
    let heard = terminal.heard();
    assert!(!heard.contains("secret of a child"), "{heard}");
    assert!(heard.contains("sendesk"), "{heard}");
}

/// The line typed at the prompt of `add` stays out of the shell's history and is on file like any other.
#[test]
fn at_the_shells_prompts_a_line_is_taken_and_ctrl_c_gives_echo_back() {
    let mut terminal = Terminal::start(&["init"]);
    let now = |terminal: &Terminal| modes(terminal.master.as_deref().unwrap());
    terminal.wait_for("New passphrase:");
    terminal.wait("echo off", |terminal| now(terminal) != terminal.before);
    terminal.send("four words\x03");
    terminal.end();
    assert_eq!(now(&terminal), terminal.before);
    assert_eq!(terminal.child.wait().unwrap().exit_code(), 3);
    assert!(!terminal.heard().contains("four"));

    // A blank at an end is not seen: it is asked about.
    let mut terminal = Terminal::start(&["init"]);
    for question in ["New passphrase:", "The same again:"] {
        terminal.wait_for(question);
        terminal.wait("echo off", |terminal| now(terminal) != terminal.before);
        terminal.send("four words \r");
    }
    terminal.wait_for("Keep the blank? (y/N)");
    terminal.send("\r");
    terminal.end();
    assert_eq!(terminal.child.wait().unwrap().exit_code(), 1);
    assert!(terminal.heard().contains("Nothing was done"));
    assert!(!terminal.home.path().join("home/desk.keys").exists());

    let home = tempfile::tempdir().unwrap();
    let kept = home.path().join("home");
    let shell = |words: &[&str]| {
        let mut command = Command::new(SENDESK);
        command.args(words).env("SENDESK_HOME", &kept);
        let out = command.output().unwrap();
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.success(), "{told}");
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    shell(&[
        "demo",
        "--schools",
        "1",
        "--today",
        "2026-11-23",
        "--keep",
        &kept.to_string_lossy(),
    ]);
    shell(&["new", "pupil", "surname=Aaronson", "forename=Zed"]);
    let mut command = CommandBuilder::new(SENDESK);
    command.arg("add");
    let mut terminal = Terminal::spawn(home, command);
    terminal.wait_for("> ");
    terminal.send("@aaronson call mum: Asked for at a prompt > 1w ring back\r");
    assert!(terminal.end() < LONGEST);
    assert_eq!(terminal.child.wait().unwrap().exit_code(), 0);
    // What was understood, then what is on file.
    terminal.wait_for("Phone call | @aaronson | mum");
    terminal.wait_for("follow-up t");
    assert!(shell(&["list", "diary"]).contains("Asked for at a prompt"));
    assert!(shell(&["list", "tasks"]).contains("ring back"));
}
