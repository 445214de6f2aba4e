//! Names hidden on screen: children whose names are particles, single letters, words of the language or each other's.

use super::school::{lines, state_of};
use super::{drawn, row};
use crate::app::overlay::Overlay;
use crate::app::overlay::finder::Finder;
use crate::app::state::State;
use crate::domain::pupil::Line;
use crate::domain::veil::Veil;
use crate::ui::theme::Theme;
use std::sync::Arc;

const NAMES: [(&str, &str); 12] = [
    ("Anouk", "van der Berg"),
    ("Lucia", "de la cruz"),
    ("Wei", "O"),
    ("Bo", "Li"),
    ("Will", "Rose"),
    ("Rose", "May"),
    ("May", "Will"),
    ("Jean-Luc", "O'Brien"),
    // Two of one name, and one of the initials of another.
    ("Grace", "Barraclough-Gallagher"),
    ("Grace", "Barraclough-Gallagher"),
    ("", "Le"),
    ("Bea", "Loy"),
];

/// The children from this one on, and the screen with the cursor on the third.
fn hidden(size: (u16, u16), from: usize) -> (State, Vec<Line>) {
    let mut lines = lines();
    lines.truncate(NAMES.len());
    let mut veil = Veil::default();
    for (line, (forename, surname)) in lines.iter_mut().zip(NAMES) {
        let pupil = &mut line.pupil;
        (pupil.preferred_forename, pupil.middle_names) = (None, None);
        (pupil.forename, pupil.surname) = (forename.into(), surname.into());
        pupil.class = None;
        veil.child(pupil.id, forename, surname, forename, "");
    }
    lines.rotate_left(from);
    let mut state = state_of(&lines, size);
    state.veil = Some(Arc::new(veil));
    (state, lines)
}

/// The numbers of children in a row of the screen.
fn numbers(row: &str) -> Vec<String> {
    let words = row.split(|c: char| !c.is_alphanumeric());
    let number = |word: &&str| {
        word.strip_prefix('p')
            .is_some_and(|n| n.parse::<i64>().is_ok())
    };
    words.filter(number).map(str::to_owned).collect()
}

#[test]
fn each_childs_row_shows_initials_and_the_childs_own_number_whatever_the_name() {
    for size in [(36, 20), (80, 24), (120, 40), (160, 50)] {
        for at in 0..NAMES.len() {
            let (state, lines) = hidden(size, at);
            let (buffer, _) = drawn(&state, &Theme::mono(), size);
            let rows: Vec<String> = (2..size.1).map(|y| row(&buffer, y)).collect();
            let peeked = state.register.peek.as_ref().unwrap();
            let peeked = peeked.0.pupil.id.to_string();
            // The names stand first in a row; beside them or below, who is under the cursor.
            let first = |row: &String| row.chars().take(30).collect::<String>();
            let named = rows.iter().filter(|row| !numbers(&first(row)).is_empty());
            let named: Vec<&String> = named.take(6).collect();
            assert_eq!(named.len(), 6, "{size:?}\n{}", rows.join("\n"));
            for (row, line) in named.into_iter().zip(&lines) {
                let own = line.pupil.id.to_string();
                assert_eq!(
                    numbers(&first(row)),
                    std::slice::from_ref(&own),
                    "{size:?} {row}"
                );
                let others = numbers(row).into_iter().filter(|one| *one != own);
                assert!(others.into_iter().all(|one| one == peeked), "{row}");
            }
            for (forename, surname) in NAMES {
                for word in [
                    forename,
                    surname,
                    "van",
                    "der",
                    "cruz",
                    "Barraclough",
                    "Brien",
                ] {
                    let seen = rows.iter().find(|row| {
                        row.split(|c: char| !c.is_alphanumeric() && c != '.')
                            .any(|seen| seen == word && !word.is_empty())
                    });
                    assert_eq!(seen, None, "{word} at {size:?}");
                }
            }
        }
    }
}

#[test]
fn the_finder_tells_two_of_one_name_apart_by_their_numbers() {
    let (mut state, lines) = hidden((80, 24), 0);
    let mut finder = Finder {
        hits: lines[8..11].to_vec(),
        ..Finder::default()
    };
    finder.query.set("g");
    state.overlays.push(Overlay::Finder(finder));
    let (buffer, _) = drawn(&state, &Theme::mono(), (80, 24));
    let rows: Vec<String> = (2..24).map(|y| row(&buffer, y)).collect();
    let all = rows.join("\n");
    for line in &lines[8..11] {
        assert!(numbers(&all).contains(&line.pupil.id.to_string()), "{all}");
    }
    assert!(
        !all.contains("Grace") && !all.contains("Barraclough"),
        "{all}"
    );
}
