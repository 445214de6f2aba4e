//! What the terminal can most likely show, told from environment variables that are handed in. It is never asked.

use crate::ui::theme::{Depth, GlyphSet, Variant};

/// Reads one environment variable; none where it is not set.
pub type Variables<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What the user said about colour (`--color`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wish {
    /// What the terminal can show.
    #[default]
    Auto,
    /// Colours, whatever the environment says.
    Always,
    /// None.
    Never,
}

/// How many colours: the user's wish before `NO_COLOR` before `COLORTERM` before `TERM`.
pub fn depth(wish: Wish, variable: Variables<'_>) -> Depth {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    let term = set("TERM").unwrap_or_default();
    let able = if matches!(set("COLORTERM").as_deref(), Some("truecolor" | "24bit"))
        || set("WT_SESSION").is_some()
        || term.ends_with("-direct")
    {
        Depth::True
    } else if term.contains("256color") {
        Depth::Ansi256
    } else if term == "dumb" || term.starts_with("vt") {
        Depth::Mono
    } else {
        Depth::Ansi16
    };
    match wish {
        Wish::Never => Depth::Mono,
        Wish::Always => able.max(Depth::Ansi16),
        // no-color.org: present and not empty, whatever its value.
        Wish::Auto if set("NO_COLOR").is_some() => Depth::Mono,
        Wish::Auto => able,
    }
}

/// Which ground the terminal has, as far as it says so: `COLORFGBG` holds the numbers of its colours, the ground last
/// (`15;0`, `0;default;15`). [`Variant::Any`] where it is not set or says nothing.
pub fn ground(variable: Variables<'_>) -> Variant {
    let colours = variable("COLORFGBG").unwrap_or_default();
    let ground = colours.rsplit(';').next().map(str::trim);
    match ground.and_then(|number| number.parse::<u8>().ok()) {
        Some(0..=6 | 8) => Variant::Dark,
        Some(7 | 9..=15) => Variant::Light,
        _ => Variant::Any,
    }
}

/// Which signs `auto` means: ASCII where the locale is not UTF-8 or the terminal is dumb, the old Windows set on
/// plain consoles, all of them elsewhere.
pub fn glyph_set(windows: bool, variable: Variables<'_>) -> GlyphSet {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    if windows {
        let modern = set("WT_SESSION").or_else(|| set("TERM_PROGRAM")).is_some();
        return if modern {
            GlyphSet::Unicode
        } else {
            GlyphSet::Basic
        };
    }
    let locale = set("LC_ALL")
        .or_else(|| set("LC_CTYPE"))
        .or_else(|| set("LANG"))
        .unwrap_or_default();
    let locale = locale.to_ascii_lowercase();
    let term = set("TERM").unwrap_or_default();
    if term == "dumb" || !(locale.contains("utf-8") || locale.contains("utf8")) {
        GlyphSet::Ascii
    } else if term == "linux" || term.starts_with("linux-") {
        GlyphSet::Basic
    } else {
        GlyphSet::Unicode
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| {
            pairs
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        }
    }

    #[test]
    fn colours_follow_the_wish_then_no_color_then_the_terminal() {
        for (wish, pairs, expected) in [
            (
                Wish::Auto,
                &[("TERM", "xterm-256color")][..],
                Depth::Ansi256,
            ),
            (
                Wish::Auto,
                &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")],
                Depth::True,
            ),
            (
                Wish::Auto,
                &[("TERM", "xterm-256color"), ("NO_COLOR", "1")],
                Depth::Mono,
            ),
            (
                Wish::Auto,
                &[("TERM", "xterm-256color"), ("NO_COLOR", "")],
                Depth::Ansi256,
            ),
            (
                Wish::Always,
                &[("TERM", "xterm-256color"), ("NO_COLOR", "1")],
                Depth::Ansi256,
            ),
            (Wish::Always, &[("TERM", "vt220")], Depth::Ansi16),
            (Wish::Never, &[("COLORTERM", "truecolor")], Depth::Mono),
            (Wish::Auto, &[("TERM", "linux")], Depth::Ansi16),
            (Wish::Auto, &[("TERM", "dumb")], Depth::Mono),
        ] {
            assert_eq!(depth(wish, &of(pairs)), expected, "{wish:?} {pairs:?}");
        }
    }

    #[test]
    fn the_ground_is_what_the_terminal_says_and_is_never_guessed() {
        for (said, expected) in [
            (None, Variant::Any),
            (Some(""), Variant::Any),
            (Some("default;default"), Variant::Any),
            (Some("15;0"), Variant::Dark),
            (Some("7;6"), Variant::Dark),
            (Some("12;8"), Variant::Dark),
            (Some("0;7"), Variant::Light),
            (Some("0;15"), Variant::Light),
            (Some("0;default;15"), Variant::Light),
            (Some("0;9"), Variant::Light),
            (Some("0;16"), Variant::Any),
            (Some("15;"), Variant::Any),
        ] {
            let variable = |name: &str| (name == "COLORFGBG").then(|| said.map(str::to_owned))?;
            assert_eq!(ground(&variable), expected, "{said:?}");
        }
    }

    #[test]
    fn signs_follow_the_locale_and_the_console() {
        for (windows, pairs, expected) in [
            (
                false,
                &[("LANG", "en_GB.UTF-8"), ("TERM", "xterm")][..],
                GlyphSet::Unicode,
            ),
            (
                false,
                &[("LANG", "en_GB.UTF-8"), ("LC_ALL", "C")],
                GlyphSet::Ascii,
            ),
            (
                false,
                &[("LC_CTYPE", "C.utf8"), ("TERM", "linux")],
                GlyphSet::Basic,
            ),
            (
                false,
                &[("LANG", "en_GB.UTF-8"), ("TERM", "linux-16color")],
                GlyphSet::Basic,
            ),
            (
                false,
                &[("LANG", "en_GB.ISO-8859-1"), ("TERM", "linux")],
                GlyphSet::Ascii,
            ),
            (
                false,
                &[("LANG", "en_GB.UTF-8"), ("TERM", "dumb")],
                GlyphSet::Ascii,
            ),
            (false, &[("TERM", "xterm")], GlyphSet::Ascii),
            (true, &[], GlyphSet::Basic),
            (true, &[("WT_SESSION", "x")], GlyphSet::Unicode),
        ] {
            assert_eq!(glyph_set(windows, &of(pairs)), expected, "{pairs:?}");
        }
    }
}
