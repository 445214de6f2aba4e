//! `theme list` and `theme check`.

use super::access::Access;
use super::args::ThemeVerb;
use super::out::Out;
use super::stop::Stop;
use super::table::Table;
use crate::config::Config;
use crate::ui::theme::{self, Theme};
use serde::Serialize;
use std::fs;
use std::path::Path;

#[derive(Serialize)]
struct ThemeJson {
    name: String,
    from: &'static str,
}

#[derive(Serialize)]
struct CheckJson {
    name: String,
    faults: Vec<String>,
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
            let names = names(&config).into_iter().map(|theme| theme.name);
            let checked: Vec<CheckJson> = names
                .map(|name| {
                    let find = |name: &str| config.theme_text(name).map(str::to_owned);
                    let (theme, told) = Theme::named(&name, &find);
                    let mut faults: Vec<String> = told.iter().map(ToString::to_string).collect();
                    faults.extend(theme::faults(&theme));
                    CheckJson { name, faults }
                })
                .collect();
            report(&checked, out)
        }
    }
}

/// Themes by name; one of the user's own takes the place of a shipped one.
fn names(config: &Config) -> Vec<ThemeJson> {
    let own = |name: &str| config.theme_text(name).is_some();
    let shipped = Theme::shipped().iter().map(|(name, _)| ThemeJson {
        name: (*name).to_owned(),
        from: if own(name) { "yours" } else { "shipped" },
    });
    let is_shipped = |name: &str| Theme::shipped().iter().any(|(known, _)| *known == name);
    let others = config
        .themes
        .iter()
        .filter(|theme| !is_shipped(&theme.name));
    let others = others.map(|theme| ThemeJson {
        name: theme.name.clone(),
        from: "yours",
    });
    let mut names: Vec<ThemeJson> = shipped.chain(others).collect();
    names.sort_by(|one, other| one.name.cmp(&other.name));
    names
}

/// The names of the themes there are.
pub(super) fn all_names(config: &Config) -> Vec<String> {
    names(config).into_iter().map(|theme| theme.name).collect()
}

fn list(config: &Config, out: &mut Out) {
    let names = names(config);
    if out.json {
        out.value(&names);
        return;
    }
    let mut table = Table::new(&["theme", "from"]);
    for theme in names {
        table.push(vec![theme.name, theme.from.to_owned()]);
    }
    out.table(&table);
}

fn check_file(config: &Config, file: &Path) -> Result<CheckJson, Stop> {
    let text = fs::read_to_string(file).map_err(|fault| Stop::unreadable(file, &fault))?;
    let name = file
        .file_stem()
        .map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let find = |name: &str| config.theme_text(name).map(str::to_owned);
    let (theme, told) = Theme::parse(&name, &file.display().to_string(), &text, &find);
    let mut faults: Vec<String> = told.iter().map(ToString::to_string).collect();
    faults.extend(theme::faults(&theme));
    Ok(CheckJson { name, faults })
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
                out.line(&format!("{}: {fault}", theme.name));
            }
        }
    }
    if checked.iter().all(|theme| theme.faults.is_empty()) {
        Ok(())
    } else {
        Err(Stop::Told)
    }
}
