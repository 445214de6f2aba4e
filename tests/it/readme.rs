//! README against the program: its keys, its screen and its tour are real, and `UPDATE=1` puts them there.

use super::pty::Terminal;
use chrono::{Days, NaiveDate};
use sendesk::app::key::{Code, Key};
use sendesk::script::parse::{self, Act, Look, Step};
use sendesk::script::run::Player;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

const KEYS: [&str; 2] = [
    "<!-- keys: made by `just keys` -->\n",
    "<!-- end of keys -->",
];
const SCREEN: [&str; 2] = ["```text\n", "```"];
const TOUR: [&str; 2] = [
    "<!-- tour: made by `just keys` of tests/scripts/0-tour.txt -->\n",
    "<!-- end of tour -->",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn script(name: &str) -> String {
    fs::read_to_string(root().join("tests/scripts").join(name)).unwrap()
}

/// What README holds between two marks, and what stands before and after.
fn between<'a>(readme: &'a str, begin: &str, end: &str) -> [&'a str; 3] {
    let (before, rest) = readme.split_once(begin).unwrap();
    let (found, after) = rest.split_once(end).unwrap();
    [before, found, after]
}

/// The screen that `4-register.txt` expects first.
fn screen() -> String {
    let script = script("4-register.txt");
    let screen: Vec<&str> = script
        .lines()
        .skip_while(|line| *line != "|== 80x24")
        .skip(1)
        .take_while(|line| !line.starts_with("|-- "))
        .map(|line| line.trim_start_matches('|').trim_end())
        .collect();
    screen.join("\n")
}

/// A line of the tour: what README says of it, then what is pressed and typed.
#[derive(Default)]
struct Stop {
    words: String,
    keys: Vec<String>,
}

/// The tour's lines: words after two signs begin one, and the keys below them are its own.
fn stops() -> Vec<Stop> {
    let mut stops: Vec<Stop> = Vec::new();
    let mut in_words = false;
    for line in script("0-tour.txt").lines() {
        if let Some(words) = line.strip_prefix("## ") {
            if !in_words {
                stops.push(Stop::default());
            }
            let stop = stops.last_mut().unwrap();
            if in_words {
                stop.words.push(' ');
            }
            stop.words.push_str(words);
        } else if let Some(keys) = line.strip_prefix("keys ") {
            let keys = keys.split_whitespace().map(|key| match key {
                "`" => "`` ` ``".to_owned(),
                key => format!("`{key}`"),
            });
            stops.last_mut().unwrap().keys.extend(keys);
        } else if let Some(text) = line.strip_prefix("type ") {
            stops.last_mut().unwrap().keys.push(format!("\"{text}\""));
        }
        in_words = line.starts_with("## ");
    }
    stops
}

fn tour() -> String {
    let mut table =
        String::from("| press, or type what is in quotes | and this happens |\n|---|---|\n");
    for stop in stops() {
        assert!(!stop.keys.is_empty(), "no keys: {}", stop.words);
        writeln!(table, "| {} | {} |", stop.keys.join(" "), stop.words).unwrap();
    }
    table
}

/// The key table is made from the command table, the screen is one that a script expects, and the tour is one that
/// is played. `UPDATE=1` puts them there.
#[test]
fn the_keys_the_screen_and_the_tour_in_the_readme_are_real() {
    let path = root().join("README.md");
    let mut readme = fs::read_to_string(&path).unwrap();
    let table = sendesk::cli::keys_table();
    for command in sendesk::app::command::COMMANDS {
        assert!(table.contains(command.title), "{}", command.name);
    }
    let wanted = [
        (KEYS, format!("\n{}\n\n", table.trim())),
        (SCREEN, format!("{}\n", screen())),
        (TOUR, format!("\n{}\n\n", tour().trim())),
    ];
    for ([begin, end], real) in wanted {
        let [before, found, after] = between(&readme, begin, end);
        if std::env::var_os("UPDATE").is_some() {
            readme = format!("{before}{begin}{real}{end}{after}");
            fs::write(&path, &readme).unwrap();
        } else {
            assert!(
                found.trim() == real.trim(),
                "README.md is old between {begin}and {end}: run `just keys`"
            );
        }
    }
}

/// The tour as somebody takes it on another day or in another terminal: every step shows what it says, and the last
/// key leaves.
fn take_tour(day: NaiveDate, size: (u16, u16)) {
    let steps: Vec<Step> = parse::parse(&script("0-tour.txt"))
        .unwrap()
        .into_iter()
        .filter(|step| !matches!(step.act, Act::Expect(..)))
        .map(|step| Step {
            act: match step.act {
                Act::Today(_) => Act::Today(day),
                Act::Size(..) => Act::Size(size.0, size.1),
                act => act,
            },
            ..step
        })
        .collect();
    let mut player = Player::new();
    if let Err(stopped) = player.play(&steps) {
        panic!("on {day} at {size:?}: {stopped}");
    }
    assert!(player.app().unwrap().ended(), "on {day} at {size:?}");
}

#[test]
fn the_tour_can_be_taken_on_any_day_and_in_any_terminal() {
    let first = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    for size in [(80, 24), (100, 30), (120, 40), (160, 50), (200, 60)] {
        take_tour(first, size);
    }
    // A day of every month, and every day of the week.
    for month in 0..12 {
        take_tour(first + Days::new(month * 31 + 1), (80, 24));
    }
}

/// The tour in a real terminal, on the real day: what a script calls the demo is what `sendesk demo` opens.
#[test]
fn the_tour_can_be_taken_with_the_program_itself() {
    let steps = parse::parse(&script("0-tour.txt")).unwrap();
    let day = steps.iter().find_map(|step| match step.act {
        Act::Today(day) => Some(day.to_string()),
        _ => None,
    });
    let mut terminal = Terminal::start(&["demo", "--today", &day.unwrap()]);
    let mut opened = false;
    for step in steps {
        match step.act {
            Act::Expect(Look::Screen, lines) if !opened => {
                terminal.wait_for(lines[2].trim());
                let screen = terminal.screen();
                let found: Vec<&str> = screen.lines().map(str::trim_end).collect();
                assert_eq!(found, lines);
                opened = true;
            }
            Act::Keys(keys) => terminal.send(&keys.iter().map(sent).collect::<String>()),
            Act::Type(text) => terminal.send(&text),
            Act::Shows(words) => terminal.wait_for(&words),
            _ => {}
        }
    }
    assert!(opened);
    terminal.end();
}

/// What a terminal sends for a key of the tour.
fn sent(key: &Key) -> String {
    match key.code {
        Code::Enter => "\r".to_owned(),
        Code::Tab => "\t".to_owned(),
        Code::Esc => "\x1b".to_owned(),
        Code::Char(letter) if !key.ctrl && !key.alt => letter.to_string(),
        _ => panic!("{key} is not sent here"),
    }
}
