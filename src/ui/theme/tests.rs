//! Every shipped theme held to its promises, and the reader of theme files to its patience.

use super::check::closest;
use super::colour::{self, Vision};
use super::*;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

fn read(text: &str) -> (Theme, Vec<ThemeFault>) {
    Theme::parse("mine", "mine.toml", text, &|_| None)
}

fn told(theme: &Theme) -> Vec<String> {
    faults(theme).iter().map(ToString::to_string).collect()
}

fn shipped(name: &str) -> Theme {
    let (theme, faults) = Theme::named(name, &|_| None);
    assert_eq!(faults, []);
    theme
}

#[test]
fn every_shipped_theme_reads_without_a_fault_and_passes_the_check() {
    for (name, _) in Theme::shipped() {
        assert_eq!(faults(&shipped(name)), [], "{name}");
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
fn slate_and_paper_keep_the_distances_they_were_designed_with() {
    // The figures of the design, rounded to whole numbers there.
    for (name, designed) in [
        ("slate", [76.0, 39.0, 45.0, 54.0]),
        ("paper", [49.0, 36.0, 36.0, 31.0]),
    ] {
        for (vision, designed) in Vision::ALL.into_iter().zip(designed) {
            let (apart, ..) = closest(&shipped(name), vision).unwrap();
            let kind = vision.name();
            assert!((apart - designed).abs() < 1.5, "{name} {kind} {apart}");
        }
    }
    let style = shipped("slate").style(Role::TextNormal);
    assert_eq!(
        (style.fg, style.bg),
        (Some(Color::Rgb(0xe6, 0xe9, 0xed)), None)
    );
    let base = shipped("paper").style(Role::SurfaceBase).bg;
    assert_eq!(base, Some(Color::Rgb(0xfb, 0xfa, 0xf7)));
}

#[test]
fn late_is_a_block_on_paper_for_its_ink_is_nearly_that_of_all_text() {
    let paper = shipped("paper");
    let late = paper.style(Role::StatusLate);
    assert!(late.add_modifier.contains(Modifier::REVERSED));
    for other in [Role::StatusOk, Role::StatusSoon] {
        let style = paper.style(other);
        assert!(!style.add_modifier.contains(Modifier::REVERSED));
    }
}

#[test]
fn terminal_leaves_every_colour_to_the_terminal_and_takes_none_that_may_vanish() {
    let mut terminal = shipped("terminal");
    assert_eq!(terminal.style(Role::SurfaceBase).bg, Some(Color::Reset));
    assert_eq!(terminal.style(Role::TextNormal).fg, Some(Color::Reset));
    let cursor = terminal.style(Role::ListCursor);
    assert_eq!(cursor, Style::new().add_modifier(Modifier::REVERSED));
    let ink = |role| terminal.style(role).fg;
    let statuses = [Role::StatusOk, Role::StatusSoon, Role::StatusLate].map(ink);
    let want = [Color::Cyan, Color::Yellow, Color::Red].map(Some);
    assert_eq!(statuses, want);
    terminal.each_style(|style| {
        let bold = style.add_modifier.contains(Modifier::BOLD);
        assert!(!style.add_modifier.contains(Modifier::DIM), "{style:?}");
        for colour in [style.fg, style.bg].into_iter().flatten() {
            let chosen = matches!(
                colour,
                Color::Reset
                    | Color::Black
                    | Color::Red
                    | Color::Green
                    | Color::Yellow
                    | Color::Magenta
                    | Color::Cyan
            );
            assert!(chosen, "{style:?}");
        }
        // Bold is drawn in the bright colour by many terminals.
        let fades = matches!(style.fg, Some(Color::Black | Color::Yellow));
        assert!(!(bold && fades), "{style:?}");
    });
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
fn the_ground_a_theme_is_made_for_is_its_own_or_the_one_it_inherits() {
    for (name, want) in [
        ("slate", Variant::Dark),
        ("paper", Variant::Light),
        ("terminal", Variant::Any),
        ("mono", Variant::Any),
    ] {
        assert_eq!(shipped(name).variant(), want, "{name}");
    }
    assert_eq!(read("inherits = \"paper\"").0.variant(), Variant::Light);
    let (theme, faults) = read("inherits = \"paper\"\nvariant = \"bright\"\n");
    assert_eq!((theme.variant(), faults[0].line), (Variant::Light, 2));
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
fn an_unknown_theme_is_told_and_the_one_for_any_ground_stands_in() {
    let (theme, faults) = Theme::named("salte", &|_| None);
    assert_eq!((theme.name(), faults.len()), ("terminal", 1));
    assert_eq!(
        faults[0].to_string(),
        "salte.toml: there is no theme of this name, so terminal is used; there are mono, paper, slate, terminal."
    );
}

#[test]
fn nothing_is_ever_black_on_black() {
    let (theme, faults) =
        read("[surface]\nbase = \"black\"\n[text]\nnormal = \"black\"\nmuted = \"#010101\"\n");
    assert!(
        faults
            .iter()
            .any(|fault| fault.line == 4 && fault.text.starts_with("text.normal could not be read"))
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
    let told = told(&theme);
    assert!(
        told.iter().any(|fault| fault.starts_with(
            "mine.toml, line 3: status.ok and status.late are only 9 apart in deutan vision"
        )),
        "{told:?}"
    );
}

#[test]
fn faint_text_is_refused() {
    let (theme, _) =
        read("inherits=\"slate\"\n[text]\nmuted=\"#555555\"\n[surface]\nborder=\"#404040\"\n");
    let told = told(&theme);
    assert!(
        told.iter()
            .any(|fault| fault.starts_with("mine.toml, line 3: text.muted on list.cursor_away has")),
        "{told:?}"
    );
    assert!(
        told.iter().any(
            |fault| fault.starts_with("mine.toml, line 5: surface.border on surface.popup has")
        ),
        "{told:?}"
    );
}

#[test]
fn a_ground_that_makes_inherited_text_unreadable_is_told_with_its_own_line() {
    let (theme, _) = read("inherits=\"slate\"\n\n[surface]\nbase=\"#6a7480\"\n");
    let told = told(&theme);
    assert!(!told.is_empty());
    for fault in told {
        assert!(fault.starts_with("mine.toml, line 4: "), "{fault}");
    }
    // Over the shipped theme of its own name, the user's file is the one that is named.
    let own = "inherits=\"paper\"\n[text]\nmuted=\"#b0b0b0\"\n";
    let (theme, _) = Theme::parse("paper", "paper.toml", own, &|_| Some(own.to_owned()));
    let lines: Vec<usize> = faults(&theme).iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [3]);
}

#[test]
fn fewer_colours_stay_within_their_depth_and_readable() {
    for (name, depth) in [
        ("slate", Depth::Ansi256),
        ("slate", Depth::Ansi16),
        ("paper", Depth::Ansi256),
        ("paper", Depth::Ansi16),
    ] {
        let mut theme = shipped(name).at_depth(depth);
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
            assert!(
                colour::contrast(ink, base) >= 3.0,
                "{name}: {role:?} at {depth:?}"
            );
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
