//! Every screen in every theme and with every set of signs: read by everybody, drawn by every font.

use super::sample::{self, Scene, scenes};
use super::{check, drawn, text};
use crate::app::state::{Flash, Tone};
use crate::ui::theme::{GlyphSet, Glyphs, Theme, contrast, fixed};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::collections::BTreeSet;

/// The sizes of the design: a phone over ssh, the smallest that everything fits, a laptop, a wide screen.
const SIZES: [(u16, u16); 4] = [(36, 20), (80, 24), (120, 40), (160, 50)];

/// Signs that are no ASCII and that fonts with the WGL4 set of old Windows consoles have.
const WGL4: &str = "•√…·→←↑↓►▼◄▲█▄▀▌▐░▒▓─│┌┐└┘├┤┬┴┼═║╔╗╚╝";

/// Lines, bars and their empty part: seen, not read.
const LINES: &str = "─│┌┐└┘├┤┬┴┼█▌░";

fn shipped() -> Vec<Theme> {
    let named = |(name, _): &(&str, &str)| {
        let (theme, _) = Theme::named(name, &|_| None);
        theme.with_glyphs(None, GlyphSet::Unicode)
    };
    Theme::shipped().iter().map(named).collect()
}

/// The colours a cell is seen in.
fn seen(cell: &Cell) -> (Color, Color) {
    if cell.modifier.contains(Modifier::REVERSED) {
        (cell.bg, cell.fg)
    } else {
        (cell.fg, cell.bg)
    }
}

/// What is wrong with how a cell looks in a theme that brings its own colours.
fn faint(cell: &Cell) -> Option<String> {
    let (ink, ground) = seen(cell);
    let (Some(ink), Some(ground)) = (fixed(ink), fixed(ground)) else {
        return Some(format!("{ink:?} on {ground:?} is left to the terminal"));
    };
    let sign = cell.symbol().chars().next().unwrap_or(' ');
    let floor = match sign {
        ' ' => return None,
        '░' => 1.5,
        sign if LINES.contains(sign) => 3.0,
        _ => 4.5,
    };
    let found = contrast(ink, ground);
    (found < floor).then(|| format!("a contrast of {found:.1}"))
}

/// What is wrong with how a cell looks in the terminal's own colours, whatever they are.
fn risky(cell: &Cell) -> Option<String> {
    let (ink, ground) = seen(cell);
    let bold = cell.modifier.contains(Modifier::BOLD);
    // Black stands on a colour, never on a ground nobody knows; the same turned round is for what must stand out.
    let coloured = |colour| {
        matches!(
            colour,
            Color::Cyan | Color::Yellow | Color::Green | Color::Magenta
        )
    };
    // Bold is drawn in the bright colour by many terminals: black then fades on any ground, yellow on a white one.
    let fades = bold && matches!(ink, Color::Black | Color::Yellow);
    let safe = match (ink, ground) {
        (Color::Reset | Color::Red, Color::Reset) | (Color::Reset, Color::Red) => true,
        (Color::Black | Color::Reset, colour) | (colour, Color::Black | Color::Reset) => {
            coloured(colour)
        }
        _ => false,
    } && !fades;
    (!safe).then(|| format!("{ink:?} on {ground:?}, bold {bold}"))
}

#[test]
fn every_screen_can_be_read_in_every_theme_at_every_size() {
    let mut told = BTreeSet::new();
    for theme in shipped() {
        let wrong = match theme.name() {
            "mono" | "terminal" => risky,
            _ => faint,
        };
        for size in SIZES {
            for Scene { name, make } in scenes() {
                let (buffer, _) = drawn(&make(size), &theme, size);
                for cell in &buffer.content {
                    assert!(!cell.modifier.contains(Modifier::DIM), "{name}");
                    if let Some(why) = wrong(cell) {
                        let (theme, sign) = (theme.name(), cell.symbol());
                        told.insert(format!("{theme}: {sign:?} in {name}, {why}"));
                    }
                }
            }
        }
    }
    let told: Vec<String> = told.into_iter().collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn mono_has_no_colour_anywhere() {
    for size in SIZES {
        for Scene { name, make } in scenes() {
            let (buffer, _) = drawn(&make(size), &Theme::mono(), size);
            let coloured = buffer
                .content
                .iter()
                .any(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
            assert!(!coloured, "{name}");
        }
    }
}

/// The characters of a screen that are neither ASCII nor allowed.
fn strange(buffer: &Buffer, allowed: &str) -> String {
    text(buffer)
        .chars()
        .filter(|c| !c.is_ascii() && !allowed.contains(*c))
        .collect()
}

#[test]
fn only_signs_of_the_set_in_force_are_drawn() {
    let slate = Theme::named("slate", &|_| None).0;
    for set in GlyphSet::ALL {
        let theme = slate.clone().with_glyphs(Some(set), set);
        let glyphs = Glyphs::of(set);
        let mut allowed: String = glyphs.all().iter().map(|(_, sign)| *sign).collect();
        allowed.push_str(glyphs.ellipsis);
        // An invented child has this letter in her name: what people are called is drawn as it is.
        allowed.push('\u{144}');
        // Amounts are written with their pound sign: an English font without it is not to be had.
        allowed.push('£');
        for size in SIZES {
            for Scene { name, make } in scenes() {
                let (buffer, _) = drawn(&make(size), &theme, size);
                check(&buffer, name);
                if !name.starts_with("hostile") {
                    let strange = strange(&buffer, &allowed);
                    assert_eq!(strange, "", "{name} with {} signs", set.name());
                }
            }
        }
    }
}

#[test]
fn a_title_cut_short_in_a_message_is_cut_with_a_sign_of_the_set() {
    let mut state = sample::register((80, 24));
    state.flash = Some(Flash {
        text: "Done: \"Send the phonics screening results to…\"".to_owned(),
        tone: Tone::Done,
    });
    for (set, told) in [(GlyphSet::Ascii, "to..\""), (GlyphSet::Basic, "to…\"")] {
        let theme = Theme::mono().with_glyphs(Some(set), set);
        let seen = text(&drawn(&state, &theme, (80, 24)).0);
        assert!(seen.contains(told), "{seen}");
    }
}

#[test]
fn basic_signs_are_in_the_fonts_of_old_consoles() {
    let basic = Glyphs::of(GlyphSet::Basic);
    for (name, sign) in basic.all() {
        assert!(sign.is_ascii() || WGL4.contains(sign), "{name}: {sign}");
    }
    assert!(basic.ellipsis.chars().all(|sign| WGL4.contains(sign)));
}
