//! Screens of an invented school: at every size, with hostile names, without colour, and as they look.

mod desk;
mod look;
mod map;
mod sample;
mod school;
mod veil;

use super::paint;
use super::theme::{GlyphSet, Role, Theme};
use crate::app::keymap::Keymap;
use crate::app::layout;
use crate::app::state::State;
use crate::domain::text::is_unsafe;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Rect};
use sample::{Scene, scenes};
use std::io::Write;

const SIZES: [(u16, u16); 5] = [(80, 24), (36, 20), (120, 40), (160, 50), (200, 60)];

/// A screen drawn, and where its cursor is.
fn drawn(state: &State, theme: &Theme, (columns, rows): (u16, u16)) -> (Buffer, Option<Position>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let cursor = paint(&mut buffer, state, &Keymap::default(), theme);
    (buffer, cursor)
}

fn themes() -> Vec<Theme> {
    let slate = Theme::named("slate", &|_| None).0;
    let mut all = vec![Theme::mono()];
    all.extend(GlyphSet::ALL.map(|set| slate.clone().with_glyphs(Some(set), set)));
    all
}

fn text(buffer: &Buffer) -> String {
    (0..buffer.area.height)
        .map(|y| row(buffer, y) + "\n")
        .collect()
}

fn row(buffer: &Buffer, y: u16) -> String {
    let mut line = String::new();
    let mut skip = 0;
    for x in 0..buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        if skip == 0 {
            line.push_str(symbol);
            skip = symbol.cell_width().max(1);
        }
        skip -= 1;
    }
    line.trim_end().to_owned()
}

/// Every cell holds one grapheme that is safe, fits the screen and is whole.
fn check(buffer: &Buffer, what: &str) {
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            let width = symbol.cell_width();
            assert!(!symbol.contains(is_unsafe), "{what}: {symbol:?} at {x},{y}");
            assert!(width > 0, "{what}: {symbol:?} at {x},{y} takes no column");
            assert!(
                x + width <= buffer.area.width,
                "{what}: {symbol:?} at {x},{y} is cut"
            );
            if width > 1 {
                assert_eq!(
                    buffer[(x + 1, y)].symbol(),
                    " ",
                    "{what}: half a letter at {x},{y}"
                );
            }
        }
    }
}

#[test]
fn every_scene_is_whole_at_the_sizes_people_have() {
    // SENDESK_SHOW=1 cargo test every_scene_is_whole -- --nocapture: prints them.
    let wanted = option_env!("SENDESK_SHOW").is_some();
    let theme = Theme::named("slate", &|_| None)
        .0
        .with_glyphs(Some(GlyphSet::Unicode), GlyphSet::Unicode);
    for size in SIZES {
        for Scene { name, make } in scenes() {
            let (buffer, cursor) = drawn(&make(size), &theme, size);
            if wanted {
                let (columns, rows) = size;
                let page = format!(
                    "=== {name} {columns}x{rows} cursor {cursor:?}\n{}",
                    text(&buffer)
                );
                std::io::stdout().write_all(page.as_bytes()).unwrap();
            }
            check(&buffer, name);
        }
    }
}

#[test]
fn no_size_makes_a_screen_panic_or_leave_its_place() {
    let themes = themes();
    // A sample: small sizes and the sizes where the layout changes, each with every scene in one theme.
    let widths = [
        1, 2, 3, 4, 5, 7, 11, 16, 17, 20, 35, 36, 37, 48, 59, 60, 79, 99, 100, 139, 140, 173, 200,
    ];
    for (n, columns) in widths.into_iter().enumerate() {
        for (m, rows) in [1, 2, 3, 4, 5, 7, 9, 10, 13, 17, 24, 60]
            .into_iter()
            .enumerate()
        {
            if rows > 24 && n % 4 > 0 {
                continue;
            }
            let theme = &themes[(n + m) % themes.len()];
            for (k, Scene { name, make }) in scenes().into_iter().enumerate() {
                // The longest texts take the longest to draw.
                let every = if name.starts_with("hostile ") { 5 } else { 2 };
                if (n + m + k) % every > 0 {
                    continue;
                }
                let size = (columns, rows);
                let (buffer, cursor) = drawn(&make(size), theme, size);
                check(&buffer, &format!("{name} {columns}x{rows}"));
                if let Some(at) = cursor {
                    assert!(at.x < columns && at.y < rows, "{name} {columns}x{rows}");
                }
            }
        }
    }
}

#[test]
fn a_list_fitted_to_another_size_is_drawn_all_the_same() {
    let theme = Theme::mono();
    for Scene { name, make } in scenes() {
        let state = make((200, 60));
        for size in SIZES {
            check(&drawn(&state, &theme, size).0, name);
        }
    }
}

#[test]
fn a_hostile_name_reaches_the_screen_as_letters_only() {
    let theme = Theme::mono();
    for (columns, rows) in SIZES {
        let (buffer, _) = drawn(&sample::hostile((columns, rows)), &theme, (columns, rows));
        check(&buffer, "hostile");
        let seen = text(&buffer);
        assert!(seen.contains('\u{6f22}'), "wide letters stay\n{seen}");
        assert!(
            !seen.contains('\u{1b}') && !seen.contains('\u{202e}'),
            "{seen}"
        );
    }
}

#[test]
fn the_cursor_stands_on_the_selected_row_or_at_the_caret() {
    let size = (80, 24);
    let theme = Theme::mono();
    let areas = layout::areas(size, 1);
    let (_, cursor) = drawn(&sample::register(size), &theme, size);
    assert_eq!(
        cursor,
        Some(Position::new(areas.list.x, areas.list.y + 2 + 2))
    );
    let (buffer, cursor) = drawn(&sample::finder(size), &theme, size);
    let at = cursor.expect("a caret");
    assert!(row(&buffer, at.y).contains("ok"), "{}", row(&buffer, at.y));
    assert_eq!(buffer[(at.x - 1, at.y)].symbol(), "k");
}

#[test]
fn nothing_of_any_child_is_on_the_screen_of_a_locked_desk() {
    for size in SIZES {
        let mut state = sample::register(size);
        state.stage = crate::app::state::Stage::Locked(crate::app::state::Lock::default());
        let seen = text(&drawn(&state, &Theme::mono(), size).0);
        assert!(
            seen.contains("Locked") && !seen.contains("Okafor") && !seen.contains("5B"),
            "{seen}"
        );
    }
}

#[test]
fn every_kind_of_status_has_its_letter_and_word() {
    let seen = text(&drawn(&sample::register((160, 50)), &Theme::mono(), (160, 50)).0);
    for words in ["E EHC plan", "K SEN support", "N No SEN", "? not known"] {
        assert!(seen.contains(words), "{words}\n{seen}");
    }
}

#[test]
fn the_row_under_the_cursor_has_the_cursors_style_and_no_other_colour() {
    let theme = Theme::named("slate", &|_| None).0;
    let size = (80, 24);
    let (buffer, cursor) = drawn(&sample::register(size), &theme, size);
    let at = cursor.expect("a row");
    let style = theme.style(Role::ListCursor);
    for x in at.x..80 {
        let cell = &buffer[(x, at.y)];
        assert_eq!((Some(cell.fg), Some(cell.bg)), (style.fg, style.bg), "{x}");
    }
}

#[test]
fn a_long_message_is_read_whole() {
    let mut state = sample::register((80, 24));
    let words = "The school file is on a drive that has gone away. Your last entry is safe on this machine and nothing is lost.";
    state.flash = Some(crate::app::state::Flash {
        text: words.into(),
        tone: crate::app::state::Tone::Fault,
    });
    for size in [(80, 24), (36, 20), (24, 10)] {
        let seen = text(&drawn(&state, &Theme::mono(), size).0);
        assert!(
            seen.contains("nothing is") && seen.contains("lost."),
            "{seen}"
        );
    }
}

#[test]
fn empty_places_say_what_helps() {
    let size = (80, 24);
    let seen = |state: &State| text(&drawn(state, &Theme::mono(), size).0);
    let mut state = sample::empty(size);
    assert!(
        seen(&state).contains("No pupils yet at Oakfield Primary."),
        "{}",
        seen(&state)
    );
    state = sample::register(size);
    state.register.narrow.filter.set("zzk");
    state.register.narrow();
    assert!(
        seen(&state).contains("0 of 62 shown by \"zzk\". Esc clears."),
        "{}",
        seen(&state)
    );
    state = sample::finder(size);
    if let Some(crate::app::overlay::Overlay::Finder(finder)) = state.overlays.last_mut() {
        finder.query.set("zzk");
        finder.hits.clear();
    }
    assert!(
        seen(&state).contains("Nobody matches \"zzk\" at Oakfield Primary."),
        "{}",
        seen(&state)
    );
}

#[test]
fn a_fault_of_a_field_is_shown_once_the_caret_has_left_it_and_at_once_where_tab_mends_it() {
    let size = (80, 24);
    let seen = |state: &State| text(&drawn(state, &Theme::mono(), size).0);
    let context = crate::domain::form::Context::on(school::today());
    let mut state = sample::form(size);
    let form = |state: &mut State, act: &dyn Fn(&mut crate::app::form::Form)| {
        let Some(crate::app::overlay::Overlay::Form(form)) = state.overlays.last_mut() else {
            panic!("no form")
        };
        act(form);
    };
    form(&mut state, &|form| {
        form.focus = 3;
        form.current().input.set("soon");
        form.typed(&context);
    });
    assert!(!seen(&state).contains("\"soon\""));
    form(&mut state, &|form| form.move_focus(true, &context));
    assert!(seen(&state).contains("! \"soon\" is"), "{}", seen(&state));
    form(&mut state, &|form| {
        form.move_focus(false, &context);
        form.current().visited = false;
        form.current().input.set("31/2/2018");
        form.typed(&context);
    });
    let told = seen(&state);
    assert!(told.contains("! 31/2/2018 does not"), "{told}");
    assert!(
        told.contains("Tab |") && told.contains("takes it."),
        "{told}"
    );
}

#[test]
fn what_was_changed_elsewhere_and_what_is_typed_here_are_both_shown_with_the_keys() {
    let context = crate::domain::form::Context::on(school::today());
    let mut state = sample::form((80, 24));
    let Some(crate::app::overlay::Overlay::Form(form)) = state.overlays.last_mut() else {
        panic!("no form")
    };
    let mut now = form.seen.clone();
    let text = |text: &str| Some(crate::domain::form::Value::Text(text.to_owned()));
    now.insert("class", text("4W"));
    now.insert("surname", text("Zielinska-Nowak"));
    let class = form.blanks.iter().position(|one| one.def.name == "class");
    form.focus = class.unwrap();
    form.current().input.set("4M");
    form.typed(&context);
    form.meet(&now, &context);
    let seen = text_of(&state);
    for told in [
        "! Class was changed elsewhere: \"4W\" on file now, \"4M\" here.",
        "Tab, then Enter, saves yours; Ctrl-T takes what is on file.",
        "Surname       Zielinska-Nowak",
    ] {
        assert!(seen.contains(told), "{told}: {seen}");
    }
}

fn text_of(state: &State) -> String {
    text(&drawn(state, &Theme::mono(), (80, 24)).0)
}
