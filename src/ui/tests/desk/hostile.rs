//! Words a broken or hostile file might hold, past every check, and as many as an entry takes.

use super::record::{child, contact, entered, task};
use super::{add_box, desk, over, show_diary, show_queue, worded_form};
use crate::app::overlay::Overlay;
use crate::app::pane::Of;
use crate::app::state::State;
use crate::domain::add_line::Chip;
use crate::domain::contact::{Amendment, Contact, Correction, Involved};
use crate::domain::id::{AmendmentId, PupilId};
use crate::domain::task::{Line, Task};

const HOSTILE: [&str; 6] = [
    "\u{1b}]52;c;eA==\u{7}\u{1b}[2J",
    "\u{6f22}\u{5b57}\u{6f22}\u{5b57}\u{6f22}\u{5b57}\u{6f22}\u{5b57}\u{6f22}\u{5b57}",
    "a\u{202e}b\u{200b}c\r\u{85}d",
    "\u{645}\u{62d}\u{645}\u{62f}",
    "\u{1f469}\u{200d}\u{1f3eb}\u{fe0f}",
    "\u{200b}\u{200d}",
];

/// A long text of one hostile word, with line ends.
fn flood(word: &str) -> String {
    format!("{word}{word} {word}\n")
        .repeat(1_000)
        .chars()
        .take(20_000)
        .collect()
}

fn named(n: usize) -> Involved {
    let name = HOSTILE[n % HOSTILE.len()];
    Involved {
        surname: name.into(),
        known_as: name.into(),
        class: Some(name.into()),
        words: Some(name.into()),
        ..child(1)
    }
}

fn contacts() -> Vec<Contact> {
    (0..12)
        .map(|n| {
            let name = HOSTILE[n % HOSTILE.len()];
            let mut one = contact(n as i64 + 1, n as u64);
            one.with = Some(name.into());
            one.outcome = Some(name.into());
            // One is as long as an entry may be, the others long enough to scroll.
            one.text = if n == 1 { flood(name) } else { name.repeat(90) };
            one.tags = vec![name.into()];
            one.pupils = vec![named(n); 1 + n % 2];
            one.amendments = vec![Amendment {
                id: AmendmentId(1),
                what: [Correction::Amend, Correction::Strike][n % 2],
                text: name.repeat(40),
                entered_at: entered(23, 15),
            }];
            one
        })
        .collect()
}

pub(super) fn queue(size: (u16, u16)) -> State {
    let mut state = desk(size);
    let lines = (0..12)
        .map(|n| Line {
            task: Task {
                waiting_for: Some(HOSTILE[n % 6].into()),
                carried: i64::MAX,
                ..task(n as i64 + 1, HOSTILE[n % 6], Some((11, 18 + n as u32)))
            },
            about: Some(named(n)),
            from: None,
        })
        .collect();
    state.tasks.of = Some(Of {
        pupil: PupilId(1),
        name: HOSTILE[1].into(),
    });
    show_queue(&mut state, lines, 2);
    let hostile = contacts();
    if let Some((_, peek)) = &mut state.tasks.peek {
        peek.source = Some(hostile[1].clone());
        peek.contacts = hostile;
        peek.people[0].name = HOSTILE[0].into();
        peek.people[1].relationship = Some(HOSTILE[1].into());
    }
    let mut open = add_box("x");
    open.input.paste(&flood(HOSTILE[1]));
    open.about = Some((PupilId(1), HOSTILE[2].into()));
    open.chips = HOSTILE
        .iter()
        .map(|name| Chip::With((*name).to_owned()))
        .chain([
            Chip::Then(HOSTILE[0].repeat(60)),
            Chip::Note(HOSTILE[4].into()),
        ])
        .collect();
    over(state, Overlay::Add(Box::new(open)))
}

pub(super) fn diary(size: (u16, u16)) -> State {
    let mut state = desk(size);
    show_diary(&mut state, &contacts(), 1);
    let mut state = over(state, Overlay::Reading);
    let mut form = worded_form(&flood(HOSTILE[4]).chars().take(19_000).collect::<String>());
    form.title = format!("Phone call: {} at {}", HOSTILE[1], HOSTILE[3]);
    form.whom = format!("{} at {}", HOSTILE[1], HOSTILE[3]);
    state.overlays.push(Overlay::Form(form));
    state
}
