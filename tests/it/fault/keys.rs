//! Random keys, pastes and sizes on the desk without a terminal. `EVENTS=n` plays so many of each seed.

use super::Dice;
use sendesk::app::key::Key;
use sendesk::domain::text;
use sendesk::script::parse::{Act, Step};
use sendesk::script::run::Player;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Events of each seed.
const EVENTS: usize = 5_000;

/// Keys that are no letters.
const NAMED: &[&str] = &[
    "Enter",
    "Enter",
    "Esc",
    "Esc",
    "Tab",
    "Shift-Tab",
    "Backspace",
    "Delete",
    "Up",
    "Down",
    "Left",
    "Right",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "F1",
    "F5",
    "Ctrl-A",
    "Ctrl-D",
    "Ctrl-E",
    "Ctrl-F",
    "Ctrl-J",
    "Ctrl-K",
    "Ctrl-L",
    "Ctrl-N",
    "Ctrl-P",
    "Ctrl-R",
    "Ctrl-S",
    "Ctrl-U",
    "Ctrl-W",
    "Ctrl-X",
    "Ctrl-Z",
    "Alt-B",
    "Alt-Enter",
];

/// Words that lead somewhere, so that not all ends at the door.
const PATHS: &[&str] = &[
    "1",
    "2",
    "3",
    "4",
    "5",
    "a",
    "cn",
    "cp",
    "e",
    "n",
    "d",
    "x",
    "u",
    "U",
    "w1",
    "w4",
    "gg",
    "G",
    "m",
    "b",
    "/k",
    "@a call mum: rang > fri ring back",
    "tomorrow",
    "31/2",
    "29/2/2028",
    "0",
    "-1",
    "99999999999999999999",
];

/// What an office, a keyboard and an attacker put into a line.
const NASTY: &[&str] = &[
    "",
    "\u{1b}[2J\u{1b}]52;c;aGFjaw==\u{7}",
    "line\nline\r\n\tline",
    "Zo\u{eb} O\u{2019}Neill-Smith",
    "\u{202e}eeL nnA",
    "\u{200b}\u{feff}",
    "👩\u{200d}👩\u{200d}👧",
    "שלום",
    "e\u{301}\u{301}\u{301}\u{301}",
    "=cmd|'/c calc'!A1",
    "\u{0}\u{7f}\u{9b}31m",
    "%s%n{}\\",
];

const SIZES: &[(u16, u16)] = &[
    (1, 1),
    (1, 60),
    (200, 1),
    (2, 2),
    (5, 3),
    (20, 10),
    (39, 12),
    (79, 23),
    (80, 24),
    (80, 24),
    (120, 40),
    (200, 60),
    (300, 9),
    (10, 100),
];

/// One event of a run.
fn event(dice: &mut Dice) -> Act {
    match dice.below(100) {
        0..=39 => {
            let letter = char::from(b' ' + u8::try_from(dice.below(95)).unwrap());
            Act::Keys(vec![Key::char(letter)])
        }
        40..=69 => Act::Keys(vec![dice.one(NAMED).parse().unwrap()]),
        70..=84 => Act::Type((*dice.one(PATHS)).to_owned()),
        85..=89 if dice.below(20) == 0 => Act::Paste("Marmalade ".repeat(3000)),
        85..=89 => Act::Paste((*dice.one(NASTY)).to_owned()),
        90..=93 => {
            let (columns, rows) = *dice.one(SIZES);
            Act::Size(columns, rows)
        }
        94..=96 => Act::Pause,
        97 => Act::Changed,
        98 => Act::Later(i64::try_from(1 + dice.below(20)).unwrap()),
        _ => Act::Type("\u{301}é\u{202e}".to_owned()),
    }
}

fn play(player: &mut Player, act: Act) {
    player.play(&[Step { line: 1, act }]).unwrap();
}

/// What every frame must hold to, at whatever size.
fn look(player: &mut Player) {
    let frame = player.frame().unwrap();
    for cell in &frame.content {
        assert!(
            !cell.symbol().chars().any(text::is_unsafe),
            "{:?} is drawn",
            cell.symbol()
        );
    }
}

/// What a run came to.
#[derive(Default)]
struct Told {
    saved: usize,
    sizes: usize,
    ends: usize,
}

fn run(seed: u64, events: usize) -> Told {
    let (mut dice, mut told) = (Dice::new(seed), Told::default());
    let mut player = Player::new();
    let name = "Oakfield Primary School".to_owned();
    play(&mut player, Act::School { name, pupils: 30 });
    let steps = |player: &mut Player| {
        let store = player.app().unwrap().store().unwrap();
        store.history(None, 100_000).unwrap().len()
    };
    let first = steps(&mut player);
    let mut recent: Vec<String> = Vec::new();
    for number in 0..events {
        let act = event(&mut dice);
        told.sizes += usize::from(matches!(act, Act::Size(..)));
        recent.push(format!("{act:.60?}"));
        let done = catch_unwind(AssertUnwindSafe(|| {
            play(&mut player, act);
            if number % 2 == 0 {
                look(&mut player);
            }
        }));
        // What it was is told already.
        if done.is_err() {
            let last = &recent[recent.len().saturating_sub(25)..];
            panic!(
                "seed {}, event {number}; the last were {last:#?}",
                dice.seed
            );
        }
        let app = player.app().unwrap();
        // An editor or a shell that was asked for does not come.
        let _ = app.take_errand();
        if app.ended() {
            told.ends += 1;
            play(&mut player, Act::Restart);
        }
    }
    let app = player.app().unwrap();
    let store = app.store().unwrap();
    assert_eq!(store.verify().unwrap(), None, "seed {}", dice.seed);
    assert_eq!(store.check().unwrap(), Vec::new(), "seed {}", dice.seed);
    told.saved = steps(&mut player) - first;
    told
}

#[test]
fn random_keys_pastes_and_sizes_break_nothing() {
    let events = std::env::var("EVENTS").ok();
    let events = events.and_then(|text| text.parse().ok()).unwrap_or(EVENTS);
    let mut all = Told::default();
    for seed in 11..15 {
        let told = run(seed, events);
        all.saved += told.saved;
        all.sizes += told.sizes;
        all.ends += told.ends;
    }
    let Told { saved, sizes, ends } = all;
    assert!(
        saved >= 5 && sizes >= 50,
        "{saved} saves, {sizes} sizes, {ends} ends"
    );
}
