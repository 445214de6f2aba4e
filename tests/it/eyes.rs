//! What others may see of a screen: every script again with names hidden, and nobody is named in any frame of it. A
//! view that is added later comes with its script, and is held to the same.

use ratatui::buffer::Buffer;
use sendesk::app::command::COMMANDS;
use sendesk::domain::contact::Visibility;
use sendesk::domain::id::PupilId;
use sendesk::script::parse::{self, Act, Step};
use sendesk::script::run::Player;
use sendesk::store::Store;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Words of names on file, and runs of three words out of what was written about anybody.
#[derive(Default)]
struct Known {
    names: BTreeSet<String>,
    written: BTreeSet<[String; 3]>,
}

/// Words that are part of a name and mean somebody to nobody.
const NOBODY: [&str; 6] = ["Mrs", "Miss", "Prof", "Mum", "Head", "Mother"];

/// Words of the program's own that somebody wrote too: of a command's title, and of the example of the add line.
const OWN: [&str; 3] = ["is in the", "worried about reading", "send Lexia data"];

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
}

impl Known {
    fn add(&mut self, store: &Store) {
        self.add_but(store, None);
    }

    /// Everybody; or all whom nobody may read of in a meeting about this child, and what is for the school alone.
    fn add_but(&mut self, store: &Store, met: Option<PupilId>) {
        let known = self;
        let (mut shown, mut read) = (BTreeSet::new(), BTreeSet::new());
        let ids: Vec<_> = store
            .on_file()
            .unwrap()
            .into_iter()
            .map(|one| one.pupil)
            .collect();
        for pupil in &ids {
            let texts = [
                Some(&pupil.surname),
                Some(&pupil.forename),
                pupil.middle_names.as_ref(),
                pupil.preferred_forename.as_ref(),
            ];
            let is_met = met == Some(pupil.id);
            let whose = if is_met { &mut shown } else { &mut known.names };
            whose.extend(texts.into_iter().flatten().flat_map(|text| words(text)));
            let people = store.people_of(pupil.id).unwrap();
            for person in people.iter().filter(|one| one.share != Some(false)) {
                whose.extend(words(&person.name));
            }
            for person in people.iter().filter(|one| one.share == Some(false)) {
                known.names.extend(words(&person.name));
            }
        }
        let staff = store.staff().unwrap();
        let staff = staff.iter().flat_map(|one| words(&one.name));
        if met.is_some() {
            shown.extend(staff);
        } else {
            known.names.extend(staff);
        }
        known.names.retain(|name| !shown.contains(name));
        known.names.retain(|name| {
            name.chars().count() > 2
                && !name.starts_with(char::is_lowercase)
                && !NOBODY.contains(&name.as_str())
        });
        for contact in store.contacts(&store.diary(None).unwrap()).unwrap() {
            let is_about = |id| contact.pupils.iter().any(|child| child.pupil == id);
            if met.is_some_and(is_about) && contact.visibility == Visibility::Shareable {
                read.extend(runs(&contact.text));
                read.extend(contact.amendments.iter().flat_map(|one| runs(&one.text)));
                continue;
            }
            known.write(&contact.text);
            contact
                .pupils
                .iter()
                .filter_map(|child| child.words.as_ref())
                .for_each(|words| known.write(words));
            contact
                .amendments
                .iter()
                .for_each(|one| known.write(&one.text));
        }
        for line in store.open_tasks().unwrap() {
            known.write(&line.task.title);
        }
        // The same is written of many.
        known.written.retain(|run| !read.contains(run));
    }

    fn write(&mut self, text: &str) {
        self.written
            .extend(runs(text).filter(|run| !OWN.contains(&run.join(" ").as_str())));
    }

    fn told_in(&self, text: &str) -> Option<String> {
        let name = words(text).find(|word| self.names.contains(word));
        name.or_else(|| {
            runs(text)
                .find(|run| self.written.contains(run))
                .map(|run| run.join(" "))
        })
    }
}

fn runs(text: &str) -> impl Iterator<Item = [String; 3]> {
    let all: Vec<String> = words(text).collect();
    let runs: Vec<[String; 3]> = all
        .windows(3)
        .filter_map(|run| run.to_vec().try_into().ok())
        .collect();
    runs.into_iter()
}

/// The rows of a screen from the first after the school's own line.
fn rows(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    (area.y + 1..area.bottom())
        .map(|y| {
            (area.x..area.right())
                .map(|x| buffer[(x, y)].symbol())
                .collect()
        })
        .collect()
}

/// Single keys, so that every frame on the way is looked at; of what is typed the first letters and the rest.
fn singly(act: &Act) -> Vec<Act> {
    match act {
        Act::Keys(keys) => keys.iter().map(|key| Act::Keys(vec![*key])).collect(),
        Act::Type(text) => {
            let at = text.char_indices().nth(3).map_or(text.len(), |(at, _)| at);
            let (first, rest) = text.split_at(at);
            [first, rest]
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(|part| Act::Type(part.to_owned()))
                .collect()
        }
        act => vec![act.clone()],
    }
}

/// Plays a script with names hidden and gives where somebody was named all the same.
fn named_in(name: &str, steps: &[Step], size: Option<(u16, u16)>) -> Vec<String> {
    let mut player = Player::new();
    let mut known = Known::default();
    let mut revision = Vec::new();
    let mut told = Vec::new();
    for step in steps {
        let acts = if size.is_none() {
            singly(&step.act)
        } else {
            vec![step.act.clone()]
        };
        for mut act in acts {
            if let (Act::Size(columns, rows), Some((wide, high))) = (&mut act, size) {
                (*columns, *rows) = (wide, high);
            }
            // What a script shows is shown by name.
            if matches!(act, Act::Expect(..) | Act::Shows(_)) {
                continue;
            }
            let one = Step {
                line: step.line,
                act,
            };
            player
                .play(std::slice::from_ref(&one))
                .unwrap_or_else(|stopped| panic!("{name}: {stopped}"));
            let Ok(app) = player.app() else { continue };
            // What a meeting shows is looked at below.
            if !app.state().is_open() || app.state().meeting.is_some() {
                continue;
            }
            if app.state().veil.is_none() && app.hide_names().is_err() {
                continue;
            }
            // On the day across schools everybody of every school may be seen.
            let now: Vec<i64> = app
                .stores()
                .map(|store| store.revision().unwrap())
                .collect();
            if now != revision {
                known = Known::default();
                app.stores().for_each(|store| known.add(store));
                revision = now;
            }
            let title = app.title();
            let frame = player.frame().unwrap();
            for row in rows(&frame).into_iter().chain([title]) {
                if let Some(word) = known.told_in(&row) {
                    told.push(format!("{name}:{}: {word:?} in {row}", step.line));
                }
            }
        }
    }
    told
}

#[test]
fn with_names_hidden_no_screen_of_any_script_names_anybody() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let mut told = Vec::new();
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for path in files
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
    {
        let steps = parse::parse(&fs::read_to_string(path).unwrap()).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        // A hostile register has names of our own signs in it.
        if name == "hostile.txt" {
            continue;
        }
        for size in [None, Some((160, 50)), Some((36, 20))] {
            told.extend(named_in(&name, &steps, size));
        }
    }
    told.dedup();
    assert!(
        told.is_empty(),
        "{} times\n{}",
        told.len(),
        told[..told.len().min(60)].join("\n")
    );
}

fn play(player: &mut Player, script: &str) {
    let steps = parse::parse(script).unwrap();
    player
        .play(&steps)
        .unwrap_or_else(|stopped| panic!("{script}: {stopped}"));
}

#[test]
fn during_a_meeting_no_key_and_no_command_shows_anybody_else() {
    let mut player = Player::new();
    play(&mut player, "size 120x40\ntoday 2026-11-23\ndemo\nkeys 1\n");
    let (mut told, mut met) = (Vec::new(), 0);
    // The last has a father with whom nothing is shared.
    for (down, whom, by_key) in [(5, "", true), (44, "", false), (0, " akhtar noor", true)] {
        let start = format!(
            "keys esc esc 1 g g{}\nkeys :\ntype meeting{whom}\nkeys enter\n",
            " j".repeat(down)
        );
        play(&mut player, &start);
        let app = player.app().unwrap();
        let pupil = app.state().meeting.unwrap().pupil;
        let mut known = Known::default();
        known.add_but(app.store().unwrap(), Some(pupil));
        let mut look = |player: &mut Player, what: &str| {
            assert!(
                player.app().unwrap().state().meeting.is_some(),
                "{what} ended it"
            );
            for row in rows(&player.frame().unwrap()) {
                let secret = ["DO NOT SHARE", "To mend"]
                    .into_iter()
                    .find(|text| row.contains(text));
                if let Some(word) = known.told_in(&row).or(secret.map(str::to_owned)) {
                    told.push(format!("{what}: {word:?} in {row}"));
                }
            }
        };
        look(&mut player, "at first");
        for command in COMMANDS {
            let ends = [
                "global.lock",
                "global.suspend",
                "global.back",
                "global.close",
            ];
            if ends.contains(&command.name) {
                continue;
            }
            if let (true, Some(keys)) = (by_key, command.keys.first()) {
                play(&mut player, &format!("keys {keys}\n"));
                look(&mut player, command.name);
                // Out of a form or box that was opened, and never twice on the record itself.
                while player.app().unwrap().state().overlays.len() > 1 {
                    play(&mut player, "keys esc\n");
                }
                play(&mut player, "keys j\n");
            }
            if !by_key && !command.scope.is_typing() {
                let word = command.title.split(':').next().unwrap();
                play(&mut player, &format!("keys :\ntype {word}\nkeys enter\n"));
                look(&mut player, command.title);
                while player.app().unwrap().state().overlays.len() > 1 {
                    play(&mut player, "keys esc\n");
                }
                play(&mut player, "keys j\n");
            }
        }
        play(&mut player, "keys esc esc\n");
        assert!(player.app().unwrap().state().meeting.is_none());
        met += 1;
    }
    assert_eq!(met, 3);
    told.dedup();
    assert!(
        told.is_empty(),
        "{} times\n{}",
        told.len(),
        told[..told.len().min(40)].join("\n")
    );
}
