//! The lock, in every mode: nothing of any child stays in what the screen could show, and the user comes back to it.

use sendesk::app::event::Event;
use sendesk::app::state::Stage;
use sendesk::script::parse;
use sendesk::script::run::Player;

/// How to get into each mode from the register, and what has to be there again after unlocking.
const MODES: [(&str, &str); 25] = [
    ("", "Okafor"),
    ("/ a", "Okafor"),
    ("f a", "Okafor"),
    ("f o k enter", "Okafor"),
    ("n A b b", "Abb"),
    ("e x x", "xx"),
    ("a r a n g", "rang"),
    ("c p h e", "he"),
    ("t m i l k", "milk"),
    ("p", "Okafor"),
    ("? u", "Okafor"),
    (": o", "Okafor"),
    (": t h e m e enter", "Okafor"),
    (": i m p o r t enter", "Okafor"),
    ("g u", "Okafor"),
    ("g b", "Okafor"),
    ("space", "Okafor"),
    ("c", "Okafor"),
    ("2", "Provision map"),
    ("3", "Diary"),
    ("4", "Tasks"),
    ("`", "Desk"),
    ("0", "The day across schools"),
    ("0 t", "The day across schools"),
    ("0 t 0 x x", "xx"),
];

const PASSPHRASE: &str = "four words are better";

fn desk() -> Player {
    let script = [
        "home",
        "size 80x24",
        &format!("type {PASSPHRASE}"),
        "keys enter",
        &format!("type {PASSPHRASE}"),
        "keys enter",
        "keys enter",
        "type Ms Pratt",
        "keys enter",
        "type Oakfield Primary",
        "keys enter",
        "keys enter",
        "keys 2 enter 3",
        "keys n",
        "type Okafor",
        "keys tab",
        "type Aisha",
        "keys enter",
        "keys . .",
    ]
    .join("\n");
    let mut player = Player::new();
    player
        .play(&parse::parse(&(script + "\n")).unwrap())
        .unwrap();
    player
}

fn play(player: &mut Player, line: &str) {
    player.play(&parse::parse(line).unwrap()).unwrap();
}

fn screen(player: &mut Player) -> String {
    sendesk::script::screen::text(&player.frame().unwrap()).join("\n")
}

#[test]
fn the_desk_locks_in_every_mode_when_nobody_is_there_and_comes_back_to_it() {
    for (keys, again) in MODES {
        let mut player = desk();
        if !keys.is_empty() {
            play(&mut player, &format!("keys {keys}\n"));
        }
        player.app().unwrap().event(Event::Idle);
        let shown = screen(&mut player);
        assert!(shown.contains("Locked"), "after {keys}:\n{shown}");
        let app = player.app().unwrap();
        assert!(
            matches!(app.state().stage, Stage::Locked(_)),
            "after {keys}"
        );
        assert!(
            app.store().is_none() && app.stores().next().is_none(),
            "after {keys}"
        );
        assert!(
            app.idle_after().is_none(),
            "after {keys}: it waits to lock again"
        );
        // All that the screen may see, whether it is drawn or not.
        let held = format!("{:?}", app.state());
        for name in ["Okafor", "Aisha", "AISHA", "okafor"] {
            assert!(!held.contains(name), "after {keys}: {name} is held");
        }
        play(&mut player, &format!("type {PASSPHRASE}\nkeys enter\n"));
        let shown = screen(&mut player);
        assert!(shown.contains(again), "after {keys}:\n{shown}");
    }
}

/// Pasted as a file has it, decomposed and with a blank before it; opened as a keyboard gives it.
#[test]
fn a_passphrase_opens_whatever_gives_it_and_a_blank_at_its_end_is_asked_about() {
    let paste = |player: &mut Player, text: &str| {
        let app = player.app().unwrap();
        app.event(Event::Paste(text.to_owned()));
        let shown = screen(player);
        assert!(!shown.contains("larch"), "a passphrase is shown:\n{shown}");
    };
    let enter = |player: &mut Player| {
        play(player, "keys enter\n");
        let words: Vec<String> = screen(player)
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        words.join(" ")
    };
    let mut player = Player::new();
    play(&mut player, "home\nsize 80x24\n");
    paste(&mut player, " cafe\u{301} larch\n");
    let asked = enter(&mut player);
    assert!(asked.contains("Enter again keeps the blank"), "{asked}");
    assert!(enter(&mut player).contains("once more"));
    paste(&mut player, " caf\u{e9} larch");
    let made = enter(&mut player);
    assert!(made.contains("Recovery code"), "{made}");
    for (given, opens) in [
        ("caf\u{e9} larch", false),
        (" caf\u{e9} larch ", false),
        (" caf\u{e9} larch\r\n", true),
        (" cafe\u{301} larch", true),
        ("\u{feff} cafe\u{301} larch", true),
    ] {
        player.app().unwrap().event(Event::Idle);
        assert!(screen(&mut player).contains("Locked"));
        paste(&mut player, given);
        let shown = enter(&mut player);
        assert_eq!(
            shown.contains("Recovery code"),
            opens,
            "{given:?}:\n{shown}"
        );
        let odd = given.ends_with(' ') || (!opens && given.starts_with(' '));
        assert_eq!(
            shown.contains("begins or ends with a blank"),
            odd,
            "{shown}"
        );
        play(&mut player, "keys Esc\n");
    }
}

/// Keys wiped, no core, no reading of its memory by others: as the system has it for the program that runs.
#[cfg(target_os = "linux")]
#[test]
fn a_running_desk_leaves_no_core_and_lets_nobody_read_its_memory() {
    use std::os::unix::fs::MetadataExt;
    use std::process::{Command, Stdio};
    let home = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sendesk"))
        .args(["add", "-"])
        .env("SENDESK_HOME", home.path())
        .env("SENDESK_PASSPHRASE_FILE", "/dev/stdin")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let place = std::path::PathBuf::from(format!("/proc/{}", child.id()));
    let began = std::time::Instant::now();
    let mut seen = None;
    while seen.is_none() && began.elapsed().as_secs() < 20 && child.try_wait().unwrap().is_none() {
        let limits = std::fs::read_to_string(place.join("limits")).unwrap_or_default();
        let core = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"));
        // What cannot be dumped belongs to the superuser in /proc, who is not this user in every run of the test.
        let owner = std::fs::metadata(place.join("environ")).map(|file| file.uid());
        seen = core
            .filter(|line| line.split_whitespace().filter(|word| *word == "0").count() == 2)
            .map(|_| owner.unwrap_or_default());
    }
    let _ = child.kill();
    let _ = child.wait();
    assert_eq!(seen, Some(0), "a core could be left, or the memory be read");
}
