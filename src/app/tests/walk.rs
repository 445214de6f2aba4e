//! Random walks over three schools: every row lies in the school its message names, and undo takes all of it back.

use super::schools::THREE;
use super::*;
use crate::app::pane::day::Whose;
use crate::app::state::Mode;
use crate::domain::school::School;
use crate::store::Store;

/// A small generator: the same seed, the same walk.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most as u64) as usize
    }
}

/// Three schools in memory, each with three children whose surname says whose they are.
fn desk() -> App {
    let mut stores = THREE.iter().map(|(name, code)| {
        let school = School::read(name, code, None, None, None).unwrap();
        let mut store = Store::memory_of(&school, author("Ms Pratt")).unwrap();
        for forename in ["Aisha", "Ben", "Cara"] {
            let pupil = values(&[("surname", *code), ("forename", forename), ("class", "5B")]);
            store
                .step("New pupil", |writer| writer.add(Kind::Pupil, &pupil))
                .unwrap();
        }
        store.seal_history("Made").unwrap();
        store
    });
    let mut app = App::over(setup(Jobs::InLine), stores.next().unwrap()).unwrap();
    stores.for_each(|store| app.add_store(store).unwrap());
    app.event(Event::Resize(100, 30));
    app
}

/// What is pressed; `$` types words that name the school on screen, `#` answers which school is meant, `%` that or the
/// user's own.
const MOVES: [&str; 60] = [
    "s 1",
    "s 2",
    "s 3",
    "s s",
    "0",
    "s 0",
    "0 j",
    "0 j j x",
    "0 x",
    "0 d t enter",
    "0 + j -",
    "0 j > !",
    "0 u",
    "0 U",
    "0 enter",
    "0 t % $ enter",
    "0 t 0 $ tab t enter",
    "0 G x",
    "0 G k +",
    "0 G e $ enter",
    "0 c p # tab $ enter",
    "0 a # $ enter",
    "0 f a 2",
    "0 ] ] [",
    "1",
    "2",
    "3",
    "4",
    "`",
    "j",
    "k",
    "j j",
    "x",
    "4 x",
    "+",
    "-",
    ">",
    "<",
    "!",
    "4 D",
    "1 t $ enter",
    "1 c p $ enter",
    "1 j c n $ enter",
    "t $ tab t enter",
    "a $ enter",
    "u",
    "U",
    "u u",
    "H",
    "L",
    "tab",
    "f b enter",
    "g t",
    "g d",
    "1 e tab tab $ enter",
    "4 d 1 w enter",
    "4 R $ enter",
    "esc",
    "space",
    "3 e",
];

fn step(app: &mut App, dice: &mut Dice) -> String {
    let keys = MOVES[dice.below(MOVES.len())];
    let mut tale = keys.to_owned();
    for key in keys.split(' ') {
        match key {
            "$" if app.state().mode() == Mode::Type => {
                let words = format!("for {}", app.state().school.code);
                type_in(app, &words);
            }
            "#" => press(app, ["1", "2", "3"][dice.below(3)]),
            "%" => press(app, ["0", "1", "2", "3"][dice.below(4)]),
            "$" => {}
            key => press(app, key),
        }
        tale = format!("{tale}; {}", said(app));
    }
    for _ in 0..4 {
        if app.state().mode() == Mode::Type {
            press(app, "esc");
        }
    }
    assert!(app.state().is_open(), "after {keys}");
    tale
}

/// Reads something of each school's own file, whichever is in front.
fn each<T>(app: &mut App, read: impl Fn(&Store) -> T) -> Vec<T> {
    (0..THREE.len())
        .map(
            |place| match (app.state.all || app.at != place, &app.store) {
                (false, Some(store)) => read(store),
                _ => read(app.store_of(place).unwrap()),
            },
        )
        .collect()
}

fn newest(store: &Store) -> i64 {
    let steps = store.history(None, 1).unwrap();
    steps.first().map_or(0, |step| step.id.0)
}

/// Nothing of another school is on the screen or under the cursor: names and words say whose they are.
fn shows_its_own(app: &App) -> bool {
    let state = app.state();
    if state.all {
        return state.day.rows.iter().all(|row| {
            let entry = state.day.entry(*row);
            entry.is_none_or(|entry| match entry.whose {
                Whose::School(place) => entry.line.task.title.contains(THREE[place].1),
                Whose::Mine => entry.line.task.title.contains("ALL"),
            })
        });
    }
    let lists = (
        &state.tasks,
        &state.diary,
        &state.register,
        &state.provision,
    );
    let shown = format!("{lists:?}{:?}", state.overlays).to_uppercase();
    let others = THREE.iter().filter(|(_, code)| *code != state.school.code);
    !others.into_iter().any(|(_, other)| shown.contains(other))
}

/// The user's own tasks, whatever became of them.
fn own(app: &App) -> String {
    let own = app.own().unwrap();
    let mut lines = own.open_tasks().unwrap();
    lines.extend(own.done_tasks(NaiveDate::default()).unwrap());
    lines.sort_by_key(|line| line.task.id);
    format!("{lines:?}")
}

const TABLES: [&str; 5] = ["pupil", "contact", "contact_pupil", "task", "person"];

fn records(store: &Store) -> String {
    let dumps = TABLES.map(|table| store.dump(table).unwrap());
    dumps.join("--\n")
}

/// A number from the environment, or else the usual one.
fn asked<T: std::str::FromStr>(name: &str, usual: T) -> T {
    let told = std::env::var(name).ok();
    told.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn whatever_is_pressed_a_row_lies_in_the_school_its_message_names() {
    let (steps, seed) = (asked("WALK", 20_000), asked("SEED", 6));
    println!("seed {seed}, {steps} steps");
    let (mut app, mut dice) = (desk(), Dice(seed));
    let mut before = each(&mut app, newest);
    let (mut written, mut mine) = ([0; 4], own(&app));
    for n in 0..steps {
        let tale = step(&mut app, &mut dice);
        let after = each(&mut app, newest);
        for (place, (_, code)) in THREE.iter().enumerate() {
            if after[place] == before[place] {
                continue;
            }
            written[place] += 1;
            let told = tale.contains(&format!("at {code}"));
            assert!(told, "seed {seed}, step {n}: written at {code}, but {tale}");
        }
        before = after;
        let is = own(&app);
        if is != mine {
            written[3] += 1;
            let told = tale.contains("your own");
            assert!(
                told,
                "seed {seed}, step {n}: written as one's own, but {tale}"
            );
        }
        mine = is;
        assert!(shows_its_own(&app), "seed {seed}, step {n}: {tale}");
    }
    // What was typed names the school that was on screen: none of it lies in another.
    for (dump, (_, code)) in each(&mut app, records).iter().zip(&THREE) {
        for (_, other) in THREE.iter().filter(|(_, other)| other != code) {
            let stray = dump.lines().find(|line| line.contains(other));
            assert_eq!(stray, None, "seed {seed}: at {code}");
        }
    }
    assert!(
        written.iter().all(|count| *count > steps / 50),
        "{written:?}"
    );
}

#[test]
fn everything_is_taken_back_and_brought_back_as_it_was() {
    let (steps, seed) = (asked("UNDO", 2_000), asked("SEED", 14));
    println!("seed {seed}, {steps} steps");
    let (mut app, mut dice) = (desk(), Dice(seed));
    let records = |app: &mut App| {
        let schools = each(app, records);
        [schools, vec![own(app)]].concat()
    };
    let first = records(&mut app);
    for _ in 0..steps {
        step(&mut app, &mut dice);
    }
    let all = |app: &mut App, key: &str| {
        let mut count = 0;
        while {
            press(app, key);
            !said(app).contains("nothing")
        } {
            count += 1;
            assert!(count < 10 * steps, "{}", said(app));
        }
        count
    };
    // What the walk took back last could be brought back too: it is, before anything is compared.
    press(&mut app, "0");
    all(&mut app, "U");
    let last = records(&mut app);
    assert!(first.iter().zip(&last).all(|(first, last)| first != last));
    let taken_back = all(&mut app, "u");
    assert!(records(&mut app) == first, "seed {seed}: {}", said(&app));
    let brought_back = all(&mut app, "U");
    assert!(records(&mut app) == last, "seed {seed}: {}", said(&app));
    assert_eq!(taken_back, brought_back);
}
