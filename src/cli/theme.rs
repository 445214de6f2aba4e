//! `theme list` and `theme check`.

use super::access::Access;
use super::args::ThemeVerb;
use super::out::Out;
use super::stop::Stop;
use super::table::Table;
use crate::app::overlay::themes::Entry;
use crate::config::{Config, ThemeChoice};
use crate::sys;
use crate::tui::ability::{self, Variables};
use crate::ui::theme::{self, Theme, ThemeFault, Variant};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;

#[derive(Serialize)]
struct ThemeJson {
    name: String,
    variant: &'static str,
    from: &'static str,
}

#[derive(Serialize)]
struct CheckJson {
    name: String,
    faults: Vec<String>,
}

impl CheckJson {
    /// What was told in reading the theme, and what cannot be read on screen.
    fn of(name: String, theme: &Theme, told: &[ThemeFault]) -> Self {
        let unreadable = theme::faults(theme);
        let faults = told.iter().chain(&unreadable).map(ToString::to_string);
        Self {
            name,
            faults: faults.collect(),
        }
    }
}

/// Lists the themes there are, or says what is wrong with them.
pub(super) fn run(access: &Access, verb: &ThemeVerb, out: &mut Out) -> Result<(), Stop> {
    let config = Config::load(&access.paths);
    for warning in &config.warnings {
        out.say(warning);
    }
    match verb {
        ThemeVerb::List => {
            list(&config, out);
            Ok(())
        }
        ThemeVerb::Check { file: Some(file) } => {
            let checked = vec![check_file(&config, file)?];
            report(&checked, out)
        }
        ThemeVerb::Check { file: None } => {
            let checked: Vec<CheckJson> = all_names(&config)
                .into_iter()
                .map(|name| {
                    let (theme, told) = named(&config, &name);
                    CheckJson::of(name, &theme, &told)
                })
                .collect();
            report(&checked, out)
        }
    }
}

/// Themes by name; one of the user's own takes the place of a shipped one.
fn themes(config: &Config) -> Vec<ThemeJson> {
    let theme = |name: &str| {
        let (theme, _) = named(config, name);
        let own = config.theme_text(name).is_some();
        ThemeJson {
            name: name.to_owned(),
            variant: theme.variant().word(),
            from: if own { "yours" } else { "shipped" },
        }
    };
    all_names(config).iter().map(|name| theme(name)).collect()
}

/// The names of the themes there are, shipped and the user's own.
fn all_names(config: &Config) -> Vec<String> {
    let shipped = Theme::shipped().iter().map(|(name, _)| (*name).to_owned());
    let own = config.themes.iter().map(|theme| theme.name.clone());
    let names: BTreeSet<String> = shipped.chain(own).collect();
    names.into_iter().collect()
}

/// The themes to choose from on the desk, each with what is wrong with it. The shipped ones are sound: a test holds it.
pub(super) fn entries(config: &Config) -> Vec<Entry> {
    let entry = |name: String| {
        let (theme, told) = named(config, &name);
        let own = config.theme_text(&name).is_some();
        let notes = if own {
            CheckJson::of(name.clone(), &theme, &told).faults
        } else {
            Vec::new()
        };
        let from = if own { ", yours" } else { "" };
        let faults = match notes.len() {
            0 => String::new(),
            1 => ", 1 fault".to_owned(),
            many => format!(", {many} faults"),
        };
        Entry {
            about: format!("{}{from}{faults}", theme.variant().ground()),
            name,
            notes,
        }
    };
    all_names(config).into_iter().map(entry).collect()
}

/// The name of the theme the settings give on this terminal, which is told by its environment and never asked.
pub(super) fn settled(choice: &ThemeChoice, variable: Variables<'_>) -> String {
    let ground = match choice {
        ThemeChoice::Named(name) => return name.clone(),
        ThemeChoice::Dark => Variant::Dark,
        ThemeChoice::Light => Variant::Light,
        ThemeChoice::Auto => ability::ground(variable),
    };
    Theme::for_ground(ground).to_owned()
}

/// The theme of a name, and what in its file could not be taken.
pub(super) fn named(config: &Config, name: &str) -> (Theme, Vec<ThemeFault>) {
    Theme::named(name, &|name| config.theme_text(name).map(str::to_owned))
}

fn list(config: &Config, out: &mut Out) {
    let themes = themes(config);
    if out.json {
        out.value(&themes);
        return;
    }
    let mut table = Table::new(&["theme", "variant", "from"]);
    for theme in themes {
        let cells = [theme.name.as_str(), theme.variant, theme.from];
        table.push(cells.map(str::to_owned).to_vec());
    }
    out.table(&table);
}

/// Largest theme file that is read, in bytes.
const MOST: u64 = 1024 * 1024;

fn check_file(config: &Config, file: &Path) -> Result<CheckJson, Stop> {
    let text = sys::read::text(file, MOST).map_err(|fault| Stop::unreadable(file, &fault))?;
    let name = file
        .file_stem()
        .map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let find = |name: &str| config.theme_text(name).map(str::to_owned);
    let (theme, told) = Theme::parse(&name, &file.display().to_string(), &text, &find);
    Ok(CheckJson::of(name, &theme, &told))
}

fn report(checked: &[CheckJson], out: &mut Out) -> Result<(), Stop> {
    if out.json {
        out.value(&checked);
    } else {
        for theme in checked {
            if theme.faults.is_empty() {
                out.line(&format!("{}: nothing to mend", theme.name));
            }
            for fault in &theme.faults {
                out.line(fault);
            }
        }
    }
    if checked.iter().all(|theme| theme.faults.is_empty()) {
        Ok(())
    } else {
        Err(Stop::Told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ThemeText;

    #[test]
    fn a_theme_to_choose_says_whose_it_is_and_what_is_wrong_with_it() {
        let text = "inherits = \"paper\"\n[text]\nmuted = \"#b0b0b0\"\n[list]\ncurser = \"red\"\n";
        let config = Config {
            themes: vec![ThemeText {
                name: "harbour".to_owned(),
                text: text.to_owned(),
            }],
            ..Config::default()
        };
        let entries = entries(&config);
        let told: Vec<(&str, &str)> = entries
            .iter()
            .map(|entry| (entry.name.as_str(), entry.about.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("harbour", "light, yours, 2 faults"),
                ("mono", "dark or light"),
                ("paper", "light"),
                ("slate", "dark"),
                ("terminal", "dark or light"),
            ]
        );
        assert!(
            entries[0].notes[0].starts_with("harbour.toml, line 5: \"list.curser\" is no role")
        );
        assert!(entries[0].notes[1].starts_with("harbour.toml, line 3: text.muted on "));
    }

    #[test]
    fn the_theme_is_the_one_set_then_the_one_for_the_ground_the_terminal_names() {
        let dark = |name: &str| (name == "COLORFGBG").then(|| "15;0".to_owned());
        let light = |name: &str| (name == "COLORFGBG").then(|| "0;15".to_owned());
        let silent = |_: &str| None;
        let named = ThemeChoice::Named("harbour".to_owned());
        for (choice, variable, expected) in [
            (&ThemeChoice::Auto, &dark as Variables<'_>, "slate"),
            (&ThemeChoice::Auto, &light, "paper"),
            (&ThemeChoice::Auto, &silent, "terminal"),
            (&ThemeChoice::Light, &dark, "paper"),
            (&ThemeChoice::Dark, &silent, "slate"),
            (&named, &light, "harbour"),
        ] {
            assert_eq!(settled(choice, variable), expected, "{choice:?}");
        }
    }
}
