//! What the user set for this machine: where things are, `config.toml`, `keys.toml` and theme files, as plain values.
//!
//! Configuration is data: nothing in it is run, included or fetched. What cannot be taken is passed over with a
//! sentence that names file and line, and the program starts all the same. What a key or a colour means is not
//! known here.

mod file;
mod key;
mod place;

pub use key::Binding;
pub use place::{NoHome, Paths};

use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Which signs may be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GlyphChoice {
    /// What the environment says.
    #[default]
    Auto,
    /// Any.
    Unicode,
    /// Those every Windows font has.
    Basic,
    /// ASCII alone.
    Ascii,
}

/// Which theme the user set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// Light or dark as the environment says.
    #[default]
    Auto,
    /// The one for a light ground.
    Light,
    /// The one for a dark ground.
    Dark,
    /// The one of this name.
    Named(String),
}

/// A theme file of the user's, unread: the theme's name is the file's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeText {
    /// The file's name without `.toml`.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// What the user set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The theme.
    pub theme: ThemeChoice,
    /// Which signs may be drawn.
    pub glyphs: GlyphChoice,
    /// Minutes without a key after which the desk locks; 0 never.
    pub idle_minutes: u32,
    /// Keys of the user's own.
    pub keys: Vec<Binding>,
    /// Themes of the user's own, by name.
    pub themes: Vec<ThemeText>,
    /// What could not be taken: sentences with file and line.
    pub warnings: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::Auto,
            glyphs: GlyphChoice::Auto,
            idle_minutes: 5,
            keys: Vec::new(),
            themes: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// Longest time without a key that can be asked for, in minutes: a day.
const LONGEST_IDLE: u32 = 24 * 60;

const SETTINGS: [&str; 3] = ["theme", "glyphs", "idle_minutes"];

impl Config {
    /// Reads what there is. Never fails: what cannot be taken is a warning and leaves the default.
    pub fn load(paths: &Paths) -> Self {
        let mut config = Self::default();
        if let Some(text) = file::read(&paths.config_file(), &mut config.warnings) {
            config.take(&paths.config_file(), &text);
        }
        if let Some(text) = file::read(&paths.keys_file(), &mut config.warnings) {
            config.keys = key::read(&paths.keys_file(), &text, &mut config.warnings);
        }
        config.themes = file::read_themes(&paths.themes_dir(), &mut config.warnings);
        config
    }

    /// The text of a theme of the user's own.
    pub fn theme_text(&self, name: &str) -> Option<&str> {
        self.themes
            .iter()
            .find(|theme| theme.name == name)
            .map(|theme| theme.text.as_str())
    }

    fn take(&mut self, path: &Path, text: &str) {
        let table = match DeTable::parse(text) {
            Ok(table) => table.into_inner(),
            Err(fault) => {
                self.warnings.push(file::not_toml(path, text, &fault));
                return;
            }
        };
        for (name, value) in table {
            let line = file::line_of(text, name.span().start);
            let place = format!("{}, line {line}", path.display());
            if let Err(want) = self.set(name.get_ref(), &value) {
                self.warnings.push(format!("{place}: {want}"));
            }
        }
    }

    fn set(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Result<(), String> {
        let value = value.get_ref();
        let want = |what: &str| format!("\"{name}\" is to be {what}; the default stays in force.");
        let word = || {
            value
                .as_str()
                .map(str::trim)
                .map(str::to_ascii_lowercase)
                .unwrap_or_default()
        };
        match name {
            "theme" => {
                self.theme = match word().as_str() {
                    "auto" => ThemeChoice::Auto,
                    "light" => ThemeChoice::Light,
                    "dark" => ThemeChoice::Dark,
                    "" => {
                        return Err(want(
                            "\"auto\", \"light\", \"dark\" or a theme's name in quotes",
                        ));
                    }
                    _ => ThemeChoice::Named(value.as_str().unwrap_or_default().trim().to_owned()),
                }
            }
            "glyphs" => {
                self.glyphs = match word().as_str() {
                    "auto" => GlyphChoice::Auto,
                    "unicode" => GlyphChoice::Unicode,
                    "basic" => GlyphChoice::Basic,
                    "ascii" => GlyphChoice::Ascii,
                    _ => return Err(want("\"auto\", \"unicode\", \"basic\" or \"ascii\"")),
                }
            }
            "idle_minutes" => {
                let minutes = value
                    .as_integer()
                    .and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
                match minutes {
                    Some(minutes) if minutes <= LONGEST_IDLE => self.idle_minutes = minutes,
                    _ => return Err(want("a whole number of minutes from 0 (never) to 1440")),
                }
            }
            _ => {
                return Err(format!(
                    "\"{name}\" is no setting. There are: {}.",
                    SETTINGS.join(", ")
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
