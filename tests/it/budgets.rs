//! Key budgets: each job of the diary and the queue played key by key, counted, and looked up in the store.

use sendesk::app::key::Key;
use sendesk::app::pane::Pane;
use sendesk::domain::contact::{Contact, ContactKind};
use sendesk::domain::date::iso;
use sendesk::domain::id::{ContactId, PupilId};
use sendesk::domain::task::Line;
use sendesk::script::parse;
use sendesk::script::run::Player;
use sendesk::script::screen;
use sendesk::store::Store;

/// One job.
struct Budget {
    /// Its number in the list of budgets.
    number: u32,
    /// What is done.
    job: &'static str,
    /// Keys that bring the desk to where the job begins; not counted.
    before: &'static str,
    /// The job's keys. `<words>` stands for words that are typed, which are free.
    keys: &'static str,
    /// What may be spent.
    most: usize,
    /// Whether it is done.
    done: fn(&mut Player) -> bool,
}

const WORDS: &str = "Worried about reading.";

/// 23 November 2026 is a Monday.
const BUDGETS: &[Budget] = &[
    Budget {
        number: 1,
        job: "see what is due today in all schools",
        before: "1",
        keys: "0",
        most: 1,
        done: |player| {
            let screen = shown(player);
            screen.contains("Today (") && screen.contains("OAK") && screen.contains("HOL")
        },
    },
    Budget {
        number: 3,
        job: "switch school, also back to the last one",
        before: "s 2",
        keys: "s s",
        most: 2,
        done: |player| player.app().unwrap().title() == "sendesk OAK",
    },
    Budget {
        number: 2,
        job: "see what is due today in this school",
        before: "1",
        keys: "4",
        most: 1,
        done: |player| {
            let screen = shown(player);
            player.app().unwrap().state().pane == Pane::Tasks && screen.contains("Today (")
        },
    },
    Budget {
        number: 5,
        job: "log a phone call on the pupil under the cursor, follow-up in a week",
        before: "1",
        keys: "c p <words> tab 1 w enter",
        most: 6,
        done: |player| {
            let contact = newest(store(player));
            contact.kind == ContactKind::Phone
                && contact.text == WORDS
                && contact.pupils[0].pupil == current(player)
                && contact.follow_up.unwrap().due.unwrap().to_stored() == "2026-11-30"
        },
    },
    Budget {
        number: 6,
        job: "the same from anywhere, the pupil not on screen",
        before: "4 / z z z z enter",
        keys: "c p v p tab <words> tab 1 w enter",
        most: 9,
        done: |player| {
            let contact = newest(store(player));
            contact.text == WORDS
                && contact.pupils[0].initials() == "V.P."
                && contact.follow_up.is_some()
        },
    },
    Budget {
        number: 7,
        job: "log an e-mail, no follow-up",
        before: "1",
        keys: "c e <words> enter",
        most: 3,
        done: |player| {
            let contact = newest(store(player));
            contact.kind == ContactKind::Email
                && contact.text == WORDS
                && contact.follow_up.is_none()
        },
    },
    Budget {
        number: 14,
        job: "put this pupil on an intervention",
        before: "1",
        keys: "p l e x enter",
        most: 5,
        done: |player| {
            let pupil = current(player);
            let runs = store(player).runs_of(pupil).unwrap();
            runs.iter().any(|run| run.provision.name == "Lexia")
        },
    },
    Budget {
        number: 15,
        job: "put six marked pupils on it",
        before: "1",
        keys: "space space space space space space p l e x enter",
        most: 11,
        done: |player| {
            let runs = store(player).runs(false).unwrap();
            let today = player.app().unwrap().state().today;
            let joined = |run: &sendesk::domain::provision::Run| {
                let fresh = run.members.iter().filter(|one| one.from == today);
                run.provision.name == "Lexia" && fresh.count() == 6
            };
            runs.iter().any(joined)
        },
    },
    Budget {
        number: 10,
        job: "tick a task",
        before: "1 t T a s k tab f enter 4 / T a s k enter",
        keys: "x",
        most: 1,
        done: |player| tasks(store(player), "Task").is_empty(),
    },
    Budget {
        number: 11,
        job: "push a task a week",
        before: "1 t T a s k tab f enter 4 / T a s k enter",
        keys: ">",
        most: 1,
        done: |player| due(store(player), "Task") == "2026-12-04",
    },
    Budget {
        number: 12,
        job: "move a task to Thursday",
        before: "1 t T a s k tab f enter 4 / T a s k enter",
        keys: "d t h enter",
        most: 4,
        done: |player| due(store(player), "Task") == "2026-11-26",
    },
    Budget {
        number: 13,
        job: "add a task for this pupil due Friday",
        before: "1",
        keys: "t <words> tab f enter",
        most: 4,
        done: |player| {
            let found = tasks(store(player), WORDS);
            due(store(player), WORDS) == "2026-11-27"
                && found[0].task.pupil == Some(current(player))
        },
    },
    Budget {
        number: 16,
        job: "open this pupil's diary from any row about them",
        before: "1",
        keys: "g d",
        most: 2,
        done: |player| {
            let state = player.app().unwrap().state();
            state.pane == Pane::Diary && state.diary.of.is_some()
        },
    },
    Budget {
        number: 20,
        job: "undo whatever I just did",
        before: "1 t U n d o space m e enter",
        keys: "u",
        most: 1,
        done: |player| tasks(store(player), "Undo me").is_empty(),
    },
];

fn newest(store: &Store) -> Contact {
    let newest = store.diary(None).unwrap().into_iter().max().unwrap();
    store.contact(newest).unwrap().unwrap()
}

fn tasks(store: &Store, title: &str) -> Vec<Line> {
    let open = store.open_tasks().unwrap();
    open.into_iter()
        .filter(|line| line.task.title == title)
        .collect()
}

fn due(store: &Store, title: &str) -> String {
    let found = tasks(store, title);
    found[0]
        .task
        .due
        .map(|due| iso(due.day))
        .unwrap_or_default()
}

fn store(player: &mut Player) -> &Store {
    player.app().unwrap().store().unwrap()
}

fn current(player: &mut Player) -> PupilId {
    player.app().unwrap().state().register.current().unwrap()
}

fn shown(player: &mut Player) -> String {
    screen::text(&player.frame().unwrap()).join("\n")
}

fn press(player: &mut Player, keys: &str) -> usize {
    let mut count = 0;
    for key in keys.split(' ') {
        if key == "<words>" {
            for c in WORDS.chars() {
                player.press(Key::char(c)).unwrap();
            }
            continue;
        }
        player.press(key.parse::<Key>().unwrap()).unwrap();
        count += 1;
    }
    count
}

#[test]
fn every_job_is_done_within_its_keys() {
    for budget in BUDGETS {
        let mut player = Player::new();
        let script =
            "school Oakfield Primary sample\nalso Holme Lane Juniors 40\nsize 80x24\nkeys 1\n";
        player.play(&parse::parse(script).unwrap()).unwrap();
        press(&mut player, budget.before);
        let spent = press(&mut player, budget.keys);
        let screen = shown(&mut player);
        assert!(
            (budget.done)(&mut player),
            "budget {}: {} is not done:\n{screen}",
            budget.number,
            budget.job,
        );
        assert!(
            spent <= budget.most,
            "budget {}: {} took {spent} keys, {} at most",
            budget.number,
            budget.job,
            budget.most
        );
    }
}

/// What the diary shows of one child is what the store has of that child.
#[test]
fn a_pupils_diary_holds_that_pupils_entries_and_no_others() {
    let mut player = Player::new();
    let script = "school Oakfield Primary sample\nsize 80x24\nkeys 1 w 1 g d\n";
    player.play(&parse::parse(script).unwrap()).unwrap();
    player.frame().unwrap();
    let app = player.app().unwrap();
    let of = app.state().diary.of.clone().unwrap();
    let rows: Vec<ContactId> = app.state().diary.rows().to_vec();
    for contact in app.store().unwrap().contacts(&rows).unwrap() {
        assert!(contact.pupils.iter().any(|child| child.pupil == of.pupil));
    }
}
