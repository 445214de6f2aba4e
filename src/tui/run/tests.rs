//! The loop on a screen in memory, driven through its channel.

use super::*;
use crate::app::key::Key;
use crate::tui::errand::Return;
use chrono::Days;
use std::cell::Cell;
use std::sync::mpsc;

const SECOND: Duration = Duration::from_secs(1);

/// Notes what it is told; ends at `q`.
#[derive(Default)]
struct Note {
    told: Vec<String>,
    dirty: bool,
    frames: Cell<usize>,
    pause: Option<Duration>,
    idle: Option<Duration>,
    errand: Option<Errand>,
    locked: bool,
    unkept: bool,
}

impl Desk for Note {
    fn event(&mut self, event: Event) {
        if matches!(event, Event::Pause) {
            self.pause = None;
        }
        self.unkept &= !matches!(event, Event::Keep);
        self.told.push(match event {
            Event::Key(key) => key.to_string(),
            other => format!("{other:?}"),
        });
        self.dirty = true;
        if self.told.last().is_some_and(|told| told == "Ctrl-X") {
            self.errand = Some(Errand::Edit {
                text: "Rang".to_owned(),
            });
        }
        match self.told.last().map(String::as_str) {
            Some("y") => {
                self.errand = Some(Errand::Copy {
                    text: "07700 900123".to_owned(),
                });
            }
            Some("l") => self.locked = true,
            _ => {}
        }
    }

    fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    fn ended(&self) -> bool {
        self.told.iter().any(|told| told == "q")
    }

    fn take_errand(&mut self) -> Option<Errand> {
        self.errand.take()
    }

    fn drawn(&mut self) {}

    fn draw(&self, frame: &mut Frame<'_>) {
        self.frames.set(self.frames.get() + 1);
        frame.render_widget(self.told.len().to_string(), frame.area());
    }

    fn pause_after(&self) -> Option<Duration> {
        self.pause
    }

    fn is_unkept(&self) -> bool {
        self.unkept
    }

    fn idle_after(&self) -> Option<Duration> {
        self.idle
    }

    fn is_locked(&self) -> bool {
        self.locked
    }

    fn watched(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    fn title(&self) -> String {
        "sendesk".to_owned()
    }
}

/// An editor that adds a word, on a terminal that is as told afterwards.
struct Fake(Left);

impl Outside for Fake {
    fn note_copied(&mut self, _: bool) {}

    fn run(&mut self, errand: Errand, _: &str) -> Return {
        let Errand::Edit { text } = errand else {
            return Return {
                event: None,
                terminal: self.0,
            };
        };
        Return {
            event: Some(Event::Edited(Ok(format!("{text} home")))),
            terminal: self.0,
        }
    }
}

fn turn<W: Write>(out: W, sender: &Sender<Event>) -> Turn<W, Fake> {
    Turn {
        screen: Screen::new(out, SIZE).unwrap(),
        watch: Watch::new(sender.clone()),
        pace: Pace::start(),
        was_open: false,
        outside: Fake(Left::Used),
    }
}

fn keys(sender: &Sender<Event>, text: &str) {
    for letter in text.chars() {
        sender.send(Event::Key(Key::char(letter))).unwrap();
    }
}

#[test]
fn a_burst_of_keys_is_told_in_order_and_drawn_once() {
    let (sender, receiver) = mpsc::channel();
    let mut desk = Note::default();
    let long = "j".repeat(2000);
    keys(&sender, &long);
    keys(&sender, "qx");
    assert!(turn(Vec::new(), &sender).round(&mut desk, &receiver));
    assert_eq!(
        desk.told.len(),
        2001,
        "nothing is lost and nothing is told after the end"
    );
    assert!(desk.frames.get() <= 4, "{} frames", desk.frames.get());
}

#[test]
fn quit_is_told_and_ends_whatever_the_desk_says() {
    let (sender, receiver) = mpsc::channel();
    let mut desk = Note::default();
    keys(&sender, "a");
    sender.send(Event::Quit).unwrap();
    keys(&sender, "b");
    assert!(!turn(Vec::new(), &sender).round(&mut desk, &receiver));
    assert_eq!(desk.told, ["a", "Quit"]);
}

#[test]
fn a_terminal_that_is_gone_ends_the_desk() {
    struct Gone;
    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let (sender, receiver) = mpsc::channel();
    let mut desk = Note::default();
    assert!(!turn(Gone, &sender).round(&mut desk, &receiver));
    assert_eq!(desk.told, ["Quit"]);
}

#[test]
fn a_pause_in_typing_is_told_without_a_tick() {
    let (sender, receiver) = mpsc::channel();
    let mut desk = Note {
        pause: Some(Duration::from_millis(20)),
        ..Note::default()
    };
    let typist = std::thread::spawn({
        let sender = sender.clone();
        move || {
            std::thread::sleep(Duration::from_millis(300));
            keys(&sender, "q");
        }
    });
    turn(Vec::new(), &sender).round(&mut desk, &receiver);
    typist.join().unwrap();
    assert_eq!(desk.told, ["Pause", "q"]);
    assert_eq!(desk.frames.get(), 2);
}

#[test]
fn what_is_typed_without_a_pause_is_stored_now_and_then_behind_its_frame() {
    let (sender, receiver) = mpsc::channel();
    let mut desk = Note {
        unkept: true,
        ..Note::default()
    };
    let mut turn = turn(Vec::new(), &sender);
    assert!(!turn.pace.keeps(&desk), "a moment ago");
    turn.pace.typed();
    assert!(
        turn.pace.unkept.is_some(),
        "a key does not put it off, as it does a pause"
    );
    turn.pace.unkept = Some(Stamp::now().back(KEEP_EVERY));
    keys(&sender, "aq");
    turn.round(&mut desk, &receiver);
    assert_eq!(desk.told, ["Keep", "a", "q"]);
    assert!(turn.pace.unkept.is_none());
    // What cannot be stored is tried again after as long, not at every key.
    desk.unkept = true;
    turn.pace.unkept = Some(Stamp::now().back(KEEP_EVERY));
    assert!(turn.pace.keeps(&desk) && !turn.pace.keeps(&desk));
    desk.unkept = false;
    turn.pace.unkept = Some(Stamp::now().back(KEEP_EVERY));
    assert!(!turn.pace.keeps(&desk), "stored by a pause meanwhile");
}

#[test]
fn a_key_after_a_long_sleep_finds_a_locked_desk() {
    let (sender, receiver) = mpsc::channel();
    let mut desk = Note {
        idle: Some(Duration::ZERO),
        ..Note::default()
    };
    keys(&sender, "q");
    turn(Vec::new(), &sender).round(&mut desk, &receiver);
    assert_eq!(desk.told, ["Idle", "q"]);
}

#[test]
fn a_new_size_reaches_screen_and_desk() {
    let (sender, receiver) = mpsc::channel();
    let mut desk = Note::default();
    sender.send(Event::Resize(1, 1)).unwrap();
    sender.send(Event::Resize(50, 12)).unwrap();
    keys(&sender, "q");
    turn(Vec::new(), &sender).round(&mut desk, &receiver);
    assert_eq!(desk.told, ["Resize(1, 1)", "Resize(50, 12)", "q"]);
}

#[test]
fn what_is_due_is_told_once_until_the_next_key() {
    let desk = Note {
        pause: Some(Duration::ZERO),
        idle: Some(Duration::ZERO),
        ..Note::default()
    };
    let mut pace = Pace::start();
    let tomorrow = pace.today + Days::new(1);
    let told = |events: Vec<Event>| {
        events
            .iter()
            .map(|event| format!("{event:?}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        told(pace.due(&desk, tomorrow)),
        ["Pause", "Idle", &format!("Day({tomorrow})")]
    );
    assert!(pace.due(&desk, tomorrow).is_empty());
    pace.typed();
    assert_eq!(told(pace.due(&desk, tomorrow)), ["Pause", "Idle"]);
}

#[test]
fn the_loop_sleeps_to_the_nearest_of_what_is_wanted() {
    let midnight = Duration::from_hours(5);
    for (quiet, pause, idle, expected) in [
        (0, None, None, Duration::from_hours(1)),
        (0, None, Some(300), Duration::from_mins(1)),
        (290, None, Some(300), 10 * SECOND),
        (1, Some(3), Some(300), 2 * SECOND),
        (9, Some(3), Some(300), Duration::ZERO),
    ] {
        let seconds = |n: u64| Duration::from_secs(n);
        let rest = rest(
            seconds(quiet),
            pause.map(seconds),
            idle.map(seconds),
            midnight,
        );
        assert_eq!(rest, expected, "{quiet} {pause:?} {idle:?}");
    }
    let just_after = rest(Duration::ZERO, None, None, 3 * SECOND);
    assert!(just_after > 3 * SECOND && just_after < 4 * SECOND);
}

#[test]
fn an_errand_is_run_before_the_next_key_and_its_words_come_first() {
    for (left, told) in [
        (Left::Used, &["Ctrl-X", "Resize", "Edited", "a", "q"][..]),
        (Left::Alone, &["Ctrl-X", "Edited", "a", "q"]),
        // The words are not lost with the terminal.
        (Left::Gone, &["Ctrl-X", "Edited", "Quit"]),
    ] {
        let (sender, receiver) = mpsc::channel();
        let mut desk = Note::default();
        sender.send(Event::Key(Key::ctrl('x'))).unwrap();
        keys(&sender, "aq");
        let mut turn = turn(Vec::new(), &sender);
        turn.outside = Fake(left);
        assert_eq!(turn.round(&mut desk, &receiver), left != Left::Gone);
        let names = desk.told.iter().map(|told| told.split('(').next().unwrap());
        assert_eq!(names.collect::<Vec<_>>(), told);
        assert!(
            desk.told.contains(&"Edited(Ok(\"Rang home\"))".to_owned()),
            "{:?}",
            desk.told
        );
    }
}

#[test]
fn a_desk_that_was_due_to_lock_is_locked_after_the_editor_and_another_is_not() {
    let desk = |idle| Note {
        idle: Some(idle),
        ..Note::default()
    };
    let mut pace = Pace::start();
    let today = pace.today;
    pace.came_back(&desk(Duration::ZERO));
    assert_eq!(pace.due(&desk(Duration::ZERO), today).len(), 1);
    let before = pace.typed;
    std::thread::sleep(Duration::from_millis(5));
    pace.came_back(&desk(Duration::from_hours(1)));
    assert!(pace.typed.elapsed() < before.elapsed());
}

fn sent(turn: &Turn<Vec<u8>, Fake>) -> String {
    String::from_utf8(turn.screen.out().clone()).unwrap()
}

#[test]
fn what_was_copied_is_taken_out_after_half_a_minute_and_by_a_lock() {
    let (sender, receiver) = mpsc::channel();
    let mut desk = Note::default();
    let mut turn = turn(Vec::new(), &sender);
    keys(&sender, "yq");
    turn.round(&mut desk, &receiver);
    // "07700 900123" and a blank, as the terminal is given them.
    let (given, blank) = ("\x1b]52;c;MDc3MDAgOTAwMTIz", "\x1b]52;c;IA==");
    assert!(sent(&turn).contains(given));
    turn.forget_copied(&desk).unwrap();
    assert!(!sent(&turn).contains(blank), "its time is not over");
    assert!(turn.pace.rest(&desk) <= COPIED);
    turn.pace.copied = Some(Stamp::now().back(COPIED));
    turn.forget_copied(&desk).unwrap();
    assert!(sent(&turn).ends_with("\x1b]52;c;!\x1b\\") && sent(&turn).contains(blank));
    let before = sent(&turn).len();
    turn.forget_copied(&desk).unwrap();
    assert_eq!(sent(&turn).len(), before, "once is enough");
    desk.told.clear();
    keys(&sender, "ylq");
    turn.round(&mut desk, &receiver);
    assert!(sent(&turn)[before..].contains(given) && sent(&turn)[before..].contains(blank));
}
