//! Every shipped theme held to its promises, and the reader of theme files to its patience.

use super::check::least_apart;
use super::colour::{self, Vision};
use super::*;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

fn read(text: &str) -> (Theme, Vec<ThemeFault>) {
    Theme::parse("mine", "mine.toml", text, &|_| None)
}

fn shipped(name: &str) -> Theme {
    let (theme, faults) = Theme::named(name, &|_| None);
    assert_eq!(faults, []);
    theme
}

#[test]
fn every_shipped_theme_reads_without_a_fault_and_passes_the_check() {
    for (name, _) in Theme::shipped() {
        assert_eq!(faults(&shipped(name)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_file_in_the_folder_is_shipped_and_names_every_role() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    files.sort();
    let names: Vec<&str> = Theme::shipped().iter().map(|(name, _)| *name).collect();
    assert_eq!(files, names);
    for (name, text) in Theme::shipped() {
        let table: toml::Table = text.parse().unwrap();
        for role in Role::ALL {
            let (section, key) = role.name().split_once('.').unwrap();
            assert!(
                table[section].get(key).is_some(),
                "{name} does not name {}",
                role.name()
            );
        }
    }
}

#[test]
fn slate_keeps_the_distances_it_was_designed_with() {
    // The figures of the design, rounded to whole numbers there.
    for (vision, designed) in Vision::ALL.into_iter().zip([76.0, 39.0, 45.0, 54.0]) {
        let apart = least_apart(&shipped("slate"), vision).unwrap();
        assert!((apart - designed).abs() < 1.5, "{} {apart}", vision.name());
    }
    let style = shipped("slate").style(Role::TextNormal);
    assert_eq!(
        (style.fg, style.bg),
        (Some(Color::Rgb(0xe6, 0xe9, 0xed)), None)
    );
}

#[test]
fn mono_has_no_colour_at_all() {
    let mut mono = shipped("mono");
    mono.each_style(|style| {
        assert!(matches!(style.fg, None | Some(Color::Reset)));
        assert!(matches!(style.bg, None | Some(Color::Reset)));
    });
    assert!(
        mono.school_band(3)
            .add_modifier
            .contains(Modifier::REVERSED)
    );
    assert_ne!(mono.style(Role::ListCursor), mono.style(Role::TextNormal));
}

#[test]
fn a_wrong_name_is_told_with_its_line_and_the_nearest_right_one() {
    let (theme, faults) = read(
        "inherits = \"slate\"\n[list]\ncurser = \"red\"\n[lost]\n[text]\nmuted = {fgg=\"red\"}\n",
    );
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "mine.toml, line 3: \"list.curser\" is no role; the nearest is \"list.cursor\".",
            "mine.toml, line 4: \"lost\" is not known here; the nearest is \"list\".",
            "mine.toml, line 6: \"fgg\" is no part of a style; the nearest is \"fg\".",
        ]
    );
    assert_eq!(
        theme.style(Role::ListCursor),
        shipped("slate").style(Role::ListCursor)
    );
}

#[test]
fn a_bad_colour_is_told_with_its_line_and_the_rest_works() {
    let (theme, faults) = read(
        "inherits = \"slate\"\n[status]\nok = \"#12345\"\nsoon = \"ansi:300\"\nlate = \"ansi:196\"\n",
    );
    assert_eq!(
        faults.iter().map(|fault| fault.line).collect::<Vec<_>>(),
        [3, 4]
    );
    assert_eq!(theme.style(Role::StatusLate).fg, Some(Color::Indexed(196)));
    assert_eq!(
        theme.style(Role::StatusOk),
        shipped("slate").style(Role::StatusOk)
    );
}

#[test]
fn a_file_that_is_no_toml_still_gives_a_whole_theme() {
    let (theme, faults) = read("inherits = \"slate\"\n[text\nnormal = = \u{1}\n");
    assert!(!faults.is_empty());
    assert!(
        faults
            .iter()
            .all(|fault| fault.line >= 1 && fault.file == "mine.toml")
    );
    assert_ne!(theme.style(Role::ListCursor), Style::new());
}

#[test]
fn a_theme_that_inherits_itself_ends() {
    let slate = "inherits = \"slate\"\n[text]\nmuted = \"white\"\n".to_owned();
    let (theme, faults) = Theme::named("slate", &|name| (name == "slate").then(|| slate.clone()));
    assert_eq!(faults, []);
    assert_eq!(theme.style(Role::TextMuted).fg, Some(Color::White));
    assert_eq!(
        theme.style(Role::TextStrong),
        shipped("slate").style(Role::TextStrong)
    );
    let (_, faults) = Theme::named("a", &|name| match name {
        "a" => Some("inherits = \"b\"".to_owned()),
        "b" => Some("inherits = \"a\"".to_owned()),
        _ => None,
    });
    assert_eq!(faults.len(), 1);
    assert!(faults[0].text.contains("leads back to itself"));
}

#[test]
fn an_unknown_theme_is_told_and_slate_stands_in() {
    let (theme, faults) = Theme::named("salte", &|_| None);
    assert_eq!((theme.name(), faults.len()), ("slate", 1));
}

#[test]
fn nothing_is_ever_black_on_black() {
    let (theme, faults) =
        read("[surface]\nbase = \"black\"\n[text]\nnormal = \"black\"\nmuted = \"#010101\"\n");
    assert!(
        faults
            .iter()
            .any(|fault| fault.text.starts_with("text.normal could not be read"))
    );
    assert_eq!(theme.style(Role::TextNormal).fg, Some(Color::White));
    assert_ne!(theme.style(Role::TextMuted).fg, Some(Color::Rgb(1, 1, 1)));
}

#[test]
fn what_many_terminals_cannot_show_carries_no_text() {
    let (theme, faults) = read(
        "[text]\nmuted = \"ansi:8\"\nnormal = { dim = true, bold = true }\nlink = { blink = true }\n[surface]\nborder=\"ansi:8\"\n",
    );
    assert_eq!(
        faults.iter().map(|fault| fault.line).collect::<Vec<_>>(),
        [4, 2, 3]
    );
    assert_eq!(
        theme.style(Role::TextNormal),
        Style::new().add_modifier(Modifier::BOLD)
    );
    assert_eq!(theme.style(Role::SurfaceBorder).fg, Some(Color::Indexed(8)));
}

#[test]
fn a_theme_that_confuses_green_and_red_is_refused() {
    let (theme, _) =
        read("inherits=\"slate\"\n[status]\nok=\"#7ddc9a\"\nsoon=\"#ffce5c\"\nlate=\"#ff8f85\"\n");
    let told = faults(&theme);
    assert!(
        told.iter()
            .any(|fault| fault.contains("only 9 apart in deutan vision")),
        "{told:?}"
    );
}

#[test]
fn faint_text_is_refused() {
    let (theme, _) =
        read("inherits=\"slate\"\n[text]\nmuted=\"#555555\"\n[surface]\nborder=\"#404040\"\n");
    let told = faults(&theme);
    assert!(
        told.iter()
            .any(|fault| fault.starts_with("text.muted on surface.base")),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|fault| fault.starts_with("surface.border has")),
        "{told:?}"
    );
}

#[test]
fn fewer_colours_stay_within_their_depth_and_readable() {
    for depth in [Depth::Ansi256, Depth::Ansi16] {
        let mut theme = shipped("slate").at_depth(depth);
        let base = theme
            .style(Role::SurfaceBase)
            .bg
            .and_then(colour::assumed)
            .unwrap();
        for role in [
            Role::TextNormal,
            Role::TextMuted,
            Role::StatusLate,
            Role::StatusOk,
        ] {
            let ink = theme.style(role).fg.and_then(colour::assumed).unwrap();
            assert!(colour::contrast(ink, base) >= 3.0, "{role:?} at {depth:?}");
        }
        theme.each_style(|style| {
            for colour in [style.fg, style.bg].into_iter().flatten() {
                let within = match depth {
                    Depth::Ansi256 => matches!(colour, Color::Indexed(16..)),
                    _ => !matches!(colour, Color::Rgb(..) | Color::Indexed(_)),
                };
                assert!(within, "{colour:?} at {depth:?}");
            }
        });
    }
    assert_eq!(
        shipped("slate").at_depth(Depth::Mono).styles,
        shipped("mono").styles
    );
}

#[test]
fn school_bands_go_round_with_black_text_on_all_but_blue() {
    let slate = shipped("slate");
    assert_eq!(slate.school_band(0), slate.school_band(7));
    let black: Vec<bool> = (0..7)
        .map(|n| slate.school_band(n).fg == Some(Color::Rgb(0, 0, 0)))
        .collect();
    assert_eq!(black, [true, true, true, true, false, true, true]);
}

#[test]
fn every_sign_is_one_column_wide_and_ascii_is_ascii() {
    for set in GlyphSet::ALL {
        let glyphs = Glyphs::of(set);
        for (name, sign) in glyphs.all() {
            assert_eq!(sign.width(), Some(1), "{name} of {}", set.name());
            assert!(set != GlyphSet::Ascii || sign.is_ascii(), "{name}");
        }
        assert_eq!(
            glyphs.ellipsis.width(),
            if set == GlyphSet::Ascii { 2 } else { 1 }
        );
    }
}

#[test]
fn the_users_setting_beats_the_themes_wish_beats_the_terminal() {
    let (theme, faults) = read("[glyph]\nset = \"basic\"\nlate = \"‼\"\nok = \"wide\"\n");
    assert_eq!(faults.len(), 1);
    assert_eq!(
        theme
            .clone()
            .with_glyphs(None, GlyphSet::Unicode)
            .glyphs()
            .ok,
        '√'
    );
    assert_eq!(
        theme
            .clone()
            .with_glyphs(None, GlyphSet::Unicode)
            .glyphs()
            .late,
        '‼'
    );
    let ascii = theme
        .with_glyphs(Some(GlyphSet::Ascii), GlyphSet::Unicode)
        .glyphs();
    assert_eq!((ascii.set, ascii.late), (GlyphSet::Ascii, '!'));
    assert_eq!(
        shipped("slate")
            .with_glyphs(None, GlyphSet::Basic)
            .glyphs()
            .set,
        GlyphSet::Basic
    );
}
