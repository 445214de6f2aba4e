//! Plays every script of `tests/scripts`: keys in, screens out. `UPDATE=1 cargo test` takes what is found.

use sendesk::app::key::Key;
use sendesk::app::overlay::Overlay;
use sendesk::script::parse::{self, Act, Step};
use sendesk::script::run::Player;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

fn steps(path: &Path) -> (String, Vec<Step>) {
    let text = fs::read_to_string(path).unwrap();
    let steps = parse::parse(&text).unwrap_or_else(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}: {}", path.display(), faults.join("\n"))
    });
    (text, steps)
}

#[test]
fn every_script_finds_the_screens_it_expects() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = String::new();
    for path in scripts() {
        let (text, steps) = steps(&path);
        let found = Player::new()
            .play(&steps)
            .unwrap_or_else(|stopped| panic!("{}: {stopped}", path.display()));
        if update {
            fs::write(&path, parse::rewrite(&text, &found)).unwrap();
            continue;
        }
        let mut looks = 0;
        for step in &steps {
            let Act::Expect(look, expected) = &step.act else {
                continue;
            };
            looks += 1;
            let is = &found.iter().find(|(line, _)| *line == step.line).unwrap().1;
            let is: Vec<&str> = is.iter().map(|line| line.trim_end()).collect();
            if is != *expected {
                let (old, new) = (expected.join("\n"), is.join("\n"));
                let diff = similar::TextDiff::from_lines(&old, &new);
                writeln!(
                    wrong,
                    "{}:{} {look}\n{}",
                    path.display(),
                    step.line,
                    diff.unified_diff().context_radius(1)
                )
                .unwrap();
            }
        }
        assert!(looks > 0, "{} expects nothing", path.display());
    }
    assert!(
        wrong.is_empty(),
        "{wrong}\nUPDATE=1 cargo test takes the new screens; read them first."
    );
}

/// What a script says is shown is no screen to be accepted anew: it stands there or the script stops.
#[test]
fn a_script_stops_where_the_words_it_shows_are_not_on_the_screen() {
    let play = |words: &str| {
        let script = format!("demo\nsize 80x24\nshows {words}\n");
        Player::new().play(&parse::parse(&script).unwrap())
    };
    assert!(play("DEMO - invented children").is_ok());
    let stopped = play("Oakfield Primary").unwrap_err();
    assert_eq!(stopped.line, 3);
    let told = "\"Oakfield Primary\" does not stand on the screen:\n [THB]";
    assert!(stopped.text.starts_with(told), "{stopped}");
}

/// Every script again where there is little room: nothing may fall over, whatever the size.
#[test]
fn every_script_plays_at_every_size() {
    for path in scripts() {
        let (_, steps) = steps(&path);
        for (columns, rows) in [(36, 20), (20, 6), (1, 1), (200, 60)] {
            let small: Vec<Step> = steps
                .iter()
                .filter(|step| !matches!(step.act, Act::Shows(_)))
                .map(|step| match step.act {
                    Act::Size(..) => Step {
                        line: step.line,
                        act: Act::Size(columns, rows),
                    },
                    _ => step.clone(),
                })
                .collect();
            Player::new()
                .play(&small)
                .unwrap_or_else(|stopped| panic!("{}: {stopped}", path.display()));
        }
    }
}

fn player(pupils: &str) -> Player {
    let mut player = Player::new();
    let script = format!("school {pupils}\nsize 80x24\nkeys 1\n");
    player.play(&parse::parse(&script).unwrap()).unwrap();
    player
}

fn press(player: &mut Player, keys: &str) -> usize {
    let before = player.keys;
    for key in keys.split(' ') {
        player.press(key.parse::<Key>().unwrap()).unwrap();
    }
    player.keys - before
}

/// Budget 4: find a pupil and open the record, a register of 300 or fewer, in four keys. Every pupil of the
/// register is looked for by initials; the digit beside the name or Enter opens the record.
#[test]
fn budget_4_any_pupil_of_300_is_open_after_four_keys() {
    let mut player = player("Oakfield Primary 300");
    let names: Vec<(i64, String)> = {
        let store = player.app().unwrap().store().unwrap();
        let lines = store.all_lines().unwrap();
        assert_eq!(lines.len(), 300);
        let initial = |name: &str| sendesk::domain::text::fold(name).chars().next().unwrap();
        lines
            .iter()
            .map(|line| {
                let pupil = &line.pupil;
                (
                    pupil.id.0,
                    format!("{} {}", initial(pupil.known_as()), initial(&pupil.surname)),
                )
            })
            .collect()
    };
    let mut opened = 0;
    for (id, initials) in &names {
        press(&mut player, &format!("f {initials}"));
        let app = player.app().unwrap();
        let Some(Overlay::Finder(finder)) = app.state().overlays.last() else {
            panic!("no finder")
        };
        let place = finder.hits.iter().position(|line| line.pupil.id.0 == *id);
        let Some(place) = place else {
            press(&mut player, "esc");
            continue;
        };
        let last = if place == 0 {
            "enter".to_owned()
        } else {
            (place + 1).to_string()
        };
        assert_eq!(press(&mut player, &last) + 3, 4);
        let app = player.app().unwrap();
        let Some(Overlay::Record(view)) = app.state().overlays.last() else {
            panic!("no record")
        };
        assert_eq!(view.record.pupil.id.0, *id);
        opened += 1;
        press(&mut player, "esc");
    }
    assert!(
        opened * 100 >= names.len() * 99,
        "{opened} of {} in four keys",
        names.len()
    );
}

/// Budget 21: somebody is behind me, one key, from every mode; no name is left on the screen.
#[test]
fn budget_21_one_key_locks_from_everywhere() {
    for before in ["f a", "/ a", "n A", "enter", "? u", ": o", "e", "w", "1"] {
        let mut player = Player::new();
        player
            .play(&parse::parse(&first_run_with_pupil()).unwrap())
            .unwrap();
        press(&mut player, before);
        assert_eq!(press(&mut player, "ctrl-l"), 1);
        let screen = sendesk::script::screen::text(&player.frame().unwrap()).join("\n");
        assert!(screen.contains("Locked"), "after {before}:\n{screen}");
        assert!(!screen.contains("Okafor"), "after {before}:\n{screen}");
        assert!(
            player.app().unwrap().store().is_none(),
            "after {before} the store is open"
        );
    }
}

fn first_run_with_pupil() -> String {
    [
        "home",
        "size 80x24",
        "type four words are better",
        "keys enter",
        "type four words are better",
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
    ]
    .join("\n")
        + "\n"
}

/// Job 5: from the shell on the same file while the desk is open; the desk shows the change. The screens stand in
/// `tests/scripts/5-shell.screens`, taken with `UPDATE=1` like the scripts'.
#[test]
fn job_5_what_the_shell_does_shows_on_the_open_desk() {
    let mut player = Player::new();
    player
        .play(&parse::parse(&first_run_with_pupil()).unwrap())
        .unwrap();
    let home = player.home().unwrap();
    let passphrase = home.parent().unwrap().join("passphrase");
    fs::write(&passphrase, "four words are better\n").unwrap();
    let only_mine = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(&passphrase, only_mine).unwrap();
    let shell = |words: &[&str]| {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_sendesk"))
            .args(["--today", "2026-11-23"])
            .args(words)
            .env("SENDESK_HOME", &home)
            .env("SENDESK_PASSPHRASE_FILE", &passphrase)
            .output()
            .unwrap();
        assert!(
            out.status.success(),
            "{words:?}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    shell(&["new", "pupil", "surname=Moss", "forename=Ben", "class=5B"]);
    shell(&["new", "status", "pupil=p2", "code=K", "from=2026-11-02"]);
    shell(&["new", "need", "pupil=p2", "code=SLCN", "from=2026-11-02"]);
    shell(&["set", "p1", "class=6W"]);
    assert!(shell(&["show", "p2"]).contains("SLCN"));
    assert!(shell(&["find", "bm"]).contains("Moss"));
    let look = parse::parse("changed\nkeys j\neverywhere\nend\n").unwrap();
    let mut found = player.play(&look).unwrap().remove(0).1;
    shell(&["undo"]);
    let look = parse::parse("changed\nscreen\nend\n").unwrap();
    found.push("== after undo".to_owned());
    found.extend(player.play(&look).unwrap().remove(0).1);
    let found = found.join("\n") + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts/5-shell.screens");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &found).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), found);
}
