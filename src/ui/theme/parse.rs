//! A theme file's text to a [`Theme`], in the manner of a patient reader: what is wrong is told with its line and
//! the nearest thing that would have been right, and the rest works.

use super::{
    GlyphSet, Glyphs, Role, Side, Theme, ThemeFault, Variant, Written, colour, shipped_text,
};
use ratatui::style::{Color, Modifier, Style};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};
use unicode_width::UnicodeWidthChar;

/// The theme every other stands on, and what `inherits = "base"` means.
const ROOT: &str = "mono";

/// Keys at the top of a file that carry no style.
const HEAD: &[&str] = &[
    "schema", "name", "variant", "inherits", "author", "license", "palette",
];

/// Flags a style may carry, and what they are on screen.
const FLAGS: &[(&str, Modifier)] = &[
    ("bold", Modifier::BOLD),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
    ("strike", Modifier::CROSSED_OUT),
];

type Value<'a> = toml::Spanned<DeValue<'a>>;

/// See [`Theme::parse`].
pub(super) fn theme(
    name: &str,
    file: &str,
    text: &str,
    resolve: &dyn Fn(&str) -> Option<String>,
) -> (Theme, Vec<ThemeFault>) {
    let mut faults = Vec::new();
    let mut theme = inherit(
        name,
        file,
        text,
        resolve,
        &mut vec![name.to_owned()],
        &mut faults,
    );
    let ink = theme.style(Role::TextNormal).fg;
    for ground in [
        Role::SurfaceBase,
        Role::SurfacePanel,
        Role::SurfacePopup,
        Role::FormField,
    ] {
        let style = &mut theme.styles[ground as usize];
        style.fg = style.fg.or(ink);
    }
    for role in theme.keep_readable() {
        let text = format!(
            "{} could not be read on its ground, so black or white is used for it.",
            role.name()
        );
        faults.push(theme.fault(&[role.name(), Role::SurfaceBase.name()], text));
    }
    (theme.with_glyphs(None, GlyphSet::Ascii), faults)
}

/// Reads the file over the theme it inherits from. `seen` are the names on the way here, so that no circle turns.
fn inherit(
    name: &str,
    file: &str,
    text: &str,
    resolve: &dyn Fn(&str) -> Option<String>,
    seen: &mut Vec<String>,
    faults: &mut Vec<ThemeFault>,
) -> Theme {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        file: Arc::from(file),
        text,
        palette: BTreeMap::new(),
        faults,
    };
    for error in errors {
        reader.fault(
            error.span().unwrap_or_default(),
            format!("this is not TOML: {}.", error.message()),
        );
    }
    let table = table.get_ref();
    let mut theme = if Some(text) == shipped_text(ROOT) {
        Theme::blank(name)
    } else {
        reader.parent(table, resolve, seen)
    };
    name.clone_into(&mut theme.name);
    theme.file = Arc::clone(&reader.file);
    reader.sections(table, &mut theme);
    theme
}

/// One file being read.
struct Reader<'a> {
    file: Arc<str>,
    text: &'a str,
    palette: BTreeMap<String, Color>,
    faults: &'a mut Vec<ThemeFault>,
}

impl Reader<'_> {
    fn fault(&mut self, at: Range<usize>, text: String) {
        let (file, line) = (self.file.to_string(), self.line(&at));
        self.faults.push(ThemeFault { file, line, text });
    }

    /// The line, from 1, that something begins on.
    fn line(&self, at: &Range<usize>) -> usize {
        let before = self.text.get(..at.start).unwrap_or_default();
        before.split('\n').count()
    }

    /// The theme the file stands on: the user's of that name, or the shipped one, or the root.
    fn parent(
        &mut self,
        table: &DeTable<'_>,
        resolve: &dyn Fn(&str) -> Option<String>,
        seen: &mut Vec<String>,
    ) -> Theme {
        let value = table.get("inherits");
        let wanted = value
            .and_then(|value| value.get_ref().as_str())
            .unwrap_or("base");
        let met = seen.iter().any(|name| name == wanted);
        // A user's theme may stand on the shipped one of its own name.
        let own = if met || wanted == "base" {
            None
        } else {
            resolve(wanted)
        };
        let found = own
            .map(Cow::Owned)
            .or_else(|| shipped_text(wanted).map(Cow::Borrowed));
        if found.is_none() && wanted != "base" {
            let why = if met {
                "leads back to itself"
            } else {
                "is not there"
            };
            let text = format!("the theme \"{wanted}\" to inherit from {why}; \"base\" is used.");
            self.fault(value.map(toml::Spanned::span).unwrap_or_default(), text);
        }
        let name = if found.is_some() { wanted } else { ROOT };
        // A user's file may have the name of a shipped one: faults tell them apart.
        let file = match &found {
            Some(Cow::Owned(_)) => format!("{name}.toml"),
            _ => format!("the shipped {name}.toml"),
        };
        let text = found.unwrap_or(Cow::Borrowed(shipped_text(ROOT).unwrap_or_default()));
        seen.push(name.to_owned());
        inherit(name, &file, &text, resolve, seen, self.faults)
    }

    fn sections(&mut self, table: &DeTable<'_>, theme: &mut Theme) {
        if let Some(palette) = table.get("palette") {
            self.read_palette(palette);
        }
        if let Some(value) = table.get("variant") {
            let word = value.get_ref().as_str().unwrap_or_default();
            match Variant::ALL.into_iter().find(|known| known.word() == word) {
                Some(variant) => theme.variant = variant,
                None => self.fault(
                    value.span(),
                    "the variant is \"dark\", \"light\" or \"any\".".to_owned(),
                ),
            }
        }
        for (key, value) in table {
            let section = key.get_ref().as_ref();
            if HEAD.contains(&section) {
                continue;
            }
            let known = known_keys();
            if !known
                .iter()
                .any(|key| key.split('.').next() == Some(section))
            {
                let tables = known
                    .iter()
                    .filter_map(|key| key.split('.').next())
                    .chain(HEAD.iter().copied());
                let near = nearest(section, tables);
                self.fault(
                    key.span(),
                    format!("\"{section}\" is not known here; the nearest is \"{near}\"."),
                );
                continue;
            }
            let Some(entries) = value.get_ref().as_table() else {
                self.fault(
                    value.span(),
                    format!("\"{section}\" must be a table: write [{section}]."),
                );
                continue;
            };
            for (key, value) in entries {
                self.entry(
                    &format!("{section}.{}", key.get_ref()),
                    key.span(),
                    value,
                    theme,
                );
            }
        }
    }

    fn read_palette(&mut self, palette: &Value<'_>) {
        let Some(entries) = palette.get_ref().as_table() else {
            self.fault(
                palette.span(),
                "\"palette\" must be a table: write [palette].".to_owned(),
            );
            return;
        };
        for (key, value) in entries {
            if let Some(colour) = self.colour(value) {
                self.palette.insert(key.get_ref().to_string(), colour);
            }
        }
    }

    /// One key of a section: a role, or one of the lists and signs that are no roles.
    fn entry(&mut self, name: &str, at: Range<usize>, value: &Value<'_>, theme: &mut Theme) {
        let written = Written {
            file: Arc::clone(&self.file),
            line: self.line(&at),
        };
        theme.written.insert(name.to_owned(), written);
        if let Some(role) = Role::ALL.iter().find(|role| role.name() == name) {
            if let Some(style) = self.style(value, role.side(), *role) {
                theme.styles[*role as usize] = style;
            }
            return;
        }
        match name {
            "impact.scale" => self.scale(value, theme),
            "school.bands" => {
                let bands: Vec<Style> = self
                    .list(value)
                    .iter()
                    .filter_map(|band| self.band(band))
                    .collect();
                if !bands.is_empty() {
                    theme.bands = bands;
                }
            }
            "school.all" => {
                if let Some(band) = self.band(value) {
                    theme.all_band = band;
                }
            }
            "glyph.set" => match value.get_ref().as_str() {
                Some("auto") => theme.glyph_set = None,
                Some(set) if GlyphSet::named(set).is_some() => {
                    theme.glyph_set = GlyphSet::named(set);
                }
                _ => self.fault(
                    value.span(),
                    "the set is \"auto\", \"unicode\", \"basic\" or \"ascii\".".to_owned(),
                ),
            },
            _ => match name.strip_prefix("glyph.") {
                Some(sign) if Glyphs::NAMES.contains(&sign) => self.sign(sign, value, theme),
                _ => {
                    let near = nearest(name, known_keys().iter().map(String::as_str));
                    self.fault(
                        at,
                        format!("\"{name}\" is no role; the nearest is \"{near}\"."),
                    );
                }
            },
        }
    }

    fn scale(&mut self, value: &Value<'_>, theme: &mut Theme) {
        let steps = self.list(value);
        if steps.len() != theme.impact.len() {
            self.fault(
                value.span(),
                "the scale has five steps, from much worse to much better.".to_owned(),
            );
            return;
        }
        for (n, step) in steps.iter().enumerate() {
            if let Some(style) = self.style(step, Side::Fg, Role::TextNormal) {
                theme.impact[n] = style;
            }
        }
    }

    fn list<'v>(&mut self, value: &'v Value<'v>) -> Vec<&'v Value<'v>> {
        let Some(list) = value.get_ref().as_array() else {
            self.fault(
                value.span(),
                "this must be a list: write [\"…\", \"…\"].".to_owned(),
            );
            return Vec::new();
        };
        list.iter().collect()
    }

    /// A band: a bare colour is the ground, and its text is black or white, whichever reads better.
    fn band(&mut self, value: &Value<'_>) -> Option<Style> {
        let mut style = self.style(value, Side::Bg, Role::TextNormal)?;
        if let (None, Some(ground)) = (style.fg, style.bg.and_then(colour::assumed)) {
            let (r, g, b) = colour::text_on(ground);
            style.fg = Some(Color::Rgb(r, g, b));
        }
        Some(style)
    }

    fn sign(&mut self, name: &str, value: &Value<'_>, theme: &mut Theme) {
        let mut signs = value.get_ref().as_str().unwrap_or_default().chars();
        match (signs.next(), signs.next()) {
            (Some(sign), None) if sign.width() == Some(1) => {
                theme.glyph_changes.push((name.to_owned(), sign));
            }
            _ => self.fault(
                value.span(),
                format!("the sign \"{name}\" must be one character, one column wide."),
            ),
        }
    }

    fn style(&mut self, value: &Value<'_>, side: Side, role: Role) -> Option<Style> {
        let mut style = Style::new();
        let DeValue::Table(entries) = value.get_ref() else {
            let colour = self.colour(value)?;
            match side {
                Side::Fg => style.fg = self.ink(colour, value, role),
                Side::Bg => style.bg = Some(colour),
            }
            return (style != Style::new()).then_some(style);
        };
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            if let Some((_, flag)) = FLAGS.iter().find(|(known, _)| *known == name) {
                match value.get_ref().as_bool() {
                    Some(true) => style = style.add_modifier(*flag),
                    Some(false) => {}
                    None => self.fault(value.span(), format!("\"{name}\" is true or false.")),
                }
                continue;
            }
            match name {
                "fg" => {
                    style.fg = self
                        .colour(value)
                        .and_then(|colour| self.ink(colour, value, role));
                }
                "bg" => style.bg = self.colour(value),
                "dim" | "blink" => {
                    self.fault(
                        key.span(),
                        format!(
                            "\"{name}\" may not carry text: many terminals make it unreadable."
                        ),
                    );
                }
                _ => {
                    let near = nearest(
                        name,
                        FLAGS.iter().map(|(name, _)| *name).chain(["fg", "bg"]),
                    );
                    self.fault(
                        key.span(),
                        format!("\"{name}\" is no part of a style; the nearest is \"{near}\"."),
                    );
                }
            }
        }
        Some(style)
    }

    /// A colour for text: not the eighth, which many palettes draw as the ground itself. Lines may have it.
    fn ink(&mut self, colour: Color, value: &Value<'_>, role: Role) -> Option<Color> {
        let eighth = matches!(colour, Color::DarkGray | Color::Indexed(8));
        if eighth && !matches!(role, Role::SurfaceBorder | Role::ChartTrack) {
            let text = "colour 8 (bright black) may not carry text: on many terminals it is the ground itself.";
            self.fault(value.span(), text.to_owned());
            return None;
        }
        Some(colour)
    }

    fn colour(&mut self, value: &Value<'_>) -> Option<Color> {
        let text = value.get_ref().as_str().unwrap_or_default();
        let colour = match text {
            "default" => Some(Color::Reset),
            name if self.palette.contains_key(name) => self.palette.get(name).copied(),
            name => match name.strip_prefix("ansi:") {
                Some(number) => number.parse().ok().map(Color::Indexed),
                None if name.starts_with(|c: char| c.is_ascii_digit()) => None,
                None => Color::from_str(name).ok(),
            },
        };
        if colour.is_none() {
            let text = format!(
                "{} is no colour: write \"#rrggbb\", \"ansi:0\" to \"ansi:255\", \"red\", \"default\" or a name of [palette].",
                if text.is_empty() {
                    "this".to_owned()
                } else {
                    format!("\"{text}\"")
                }
            );
            self.fault(value.span(), text);
        }
        colour
    }
}

/// Every `table.key` a theme may hold.
fn known_keys() -> Vec<String> {
    let roles = Role::ALL.iter().map(|role| role.name().to_owned());
    let others = ["impact.scale", "school.bands", "school.all", "glyph.set"].map(str::to_owned);
    roles
        .chain(others)
        .chain(Glyphs::NAMES.iter().map(|name| format!("glyph.{name}")))
        .collect()
}

/// The candidate with the fewest letters to change, add or leave out.
fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> String {
    candidates
        .min_by_key(|candidate| edits(word, candidate))
        .unwrap_or_default()
        .to_owned()
}

/// Levenshtein's distance in characters.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let change = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
